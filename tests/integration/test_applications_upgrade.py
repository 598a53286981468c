"""A database of the first version is upgraded with its petitions, and they are found and moved on afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import create_engine, event, text

from desk.actions import applications, start
from desk.actions.context import Context
from desk.actor import Actor
from desk.clock import SetClock
from desk.models import migrate
from desk.models.engine import Database
from desk.registry.application_types import Clock, ListQuery, Outcome
from desk.registry.life import Move, Step
from desk.reports import recount

pytestmark = pytest.mark.usefixtures("both_engines")


def to_first_version(db: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    engine = create_engine(db.writer.url)
    if db.is_sqlite:
        event.listen(engine, "connect", migrate._for_migration)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()


@pytest.fixture
def old(empty_url: str, clock: SetClock) -> Iterator[Database]:
    database = Database(empty_url, clock)
    yield database
    database.close()


def key(db: Database, number: int) -> object:
    value = UUID(int=number)
    return value.bytes if db.is_sqlite else value


def moment(db: Database) -> object:
    return 1_795_000_000_000_000 if db.is_sqlite else "2026-11-18 08:00:00+00"


def fill(db: Database) -> None:
    """One site, one unit, one clerk, two petitions: as the first version wrote them."""
    one, at = key(db, 1), moment(db)
    rows: list[tuple[str, dict[str, object]]] = [
        ("municipality", {"id": one, "code": "c", "name": "Ç", "authority": "A", "department": "D", "address": "",
                          "hotline": ""}),
        ("site", {"id": one, "municipality_id": one, "code": "merkez", "number": 1, "name": "Merkez",
                  "zone": "Europe/Istanbul", "sample": False, "settings": json.dumps({"place": "Giriş"})}),
        ("unit", {"id": one, "code": "fen", "name": "Fen İşleri Müdürlüğü", "short_name": "Fen", "name_fold": "fen",
                  "name_sort": "fen", "place": "", "valid_from": "2026-01-01"}),
        ("staff", {"id": one, "site_id": one, "code": "danisma1", "name": "Görevli", "kind": "person", "role": "desk",
                   "active": True}),
        ("terminal", {"id": one, "site_id": one, "code": "danisma-1", "name": "D", "role": "desk"}),
        ("person", {"id": one, "site_id": one, "purpose": "application", "notice_version": "",
                    "erase_after": "2028-01-01", "name": "Işıl Öz",
                    "name_fold": "isil oz", "name_sort": "x", "phone": "+905321234567", "tckn": "",
                    "address": ""}),
    ]  # fmt: skip
    for number, kind in ((1, "petition"), (2, "information")):
        rows.append(("application", {
            "id": key(db, 10 + number), "site_id": one, "day": "2026-11-18", "year": 2026, "serial": number,
            "record_number": f"2026/{number:06d}", "tracking_code": f"AAAA-BBB{number}",
            "scan_code": f"20010000{number}", "request_key": str(number),
            "document_kind": kind, "channel": "in_person", "state": "referred",
            "subject": "Kaldırım", "subject_fold": "kaldirim",
            "unit_id": one, "person_id": one,
            "signature_present": True, "missing": "[]", "received_at": at, "due_on": "2026-12-18",
            "due_basis": "Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)", "registered_by": one, "terminal_id": one,
            "receipts": 1,
        }))  # fmt: skip
    with db.writer.connect() as connection:
        for table, row in rows:
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
        connection.commit()


def test_petitions_of_the_first_version_live_on(old: Database, tmp_path: Path) -> None:
    to_first_version(old)
    fill(old)
    assert migrate.upgrade(old) == "0001"
    start.prepare(old)
    ctx = Context(old, Actor(UUID(int=1), UUID(int=1), UUID(int=1)), tmp_path)
    rows = applications.work_list(ctx, ListQuery()).rows
    assert [row.record_number for row in rows] == ["2026/000001", "2026/000002"]
    assert len(applications.work_list(ctx, ListQuery(text="ışıl kaldırım")).rows) == 2
    assert len(applications.work_list(ctx, ListQuery(text="1234567")).rows) == 2
    detail = applications.find_case(ctx, "2026/2")
    assert (detail.due.clock, detail.urgency, detail.applicant) == (Clock.INFORMATION, "normal", "Işıl Öz")
    done = applications.move(ctx, detail.id, Step(Move.ANSWER, outcome=Outcome.POSITIVE, text="Yapıldı"))
    assert done.outcome is Outcome.POSITIVE


def test_what_is_counted_since_is_counted_of_old_petitions_too(old: Database) -> None:
    """Else ``desk db check`` would find every day of the first version wrong, and a year's report would miss them."""
    to_first_version(old)
    fill(old)
    migrate.upgrade(old)
    with old.read() as session:
        found = recount.differences(session, UUID(int=1), date(2026, 11, 18))
    assert not [one for one in found if one.measure.startswith("applications")], found
    assert found  # the fixture wrote no counts of the first version: they would be missed

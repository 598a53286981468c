"""Printers and papers of the first version are there after the upgrade, as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from desk.clock import SetClock
from desk.models import migrate
from desk.models.base import Key, Moment, new_id
from desk.models.engine import Database

pytestmark = pytest.mark.usefixtures("both_engines")

AT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)


@pytest.fixture
def old(empty_url: str, clock: SetClock) -> Iterator[Database]:
    """A database of the revision before this one's, with a printer and a paper of it."""
    database = Database(empty_url, clock)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with database.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        _fill(connection, database)
    yield database
    database.close()


def _fill(connection: Connection, database: Database) -> None:
    dialect = connection.dialect
    names = ("city", "site", "terminal", "staff", "printer", "job")
    city, site, terminal, staff, printer, job = (Key().process_bind_param(new_id(), dialect) for _ in names)
    at = Moment().process_bind_param(AT, dialect)
    here = {"site_id": site}
    rows: list[tuple[str, dict[str, object]]] = [
        ("municipality", dict.fromkeys(("code", "name", "authority", "department", "address", "hotline"), "x")),
        ("site", {"code": "s", "number": 1, "name": "S", "zone": "Europe/Istanbul", "sample": False, "settings": "{}"}),
        ("terminal", here | {"code": "t", "name": "T", "role": "desk"}),
        ("staff", here | {"code": "d", "name": "D", "kind": "person", "role": "desk", "active": True}),
        ("printer", here | {"code": "p", "name": "P", "profile": "generic-80", "address": "virtual:", "active": True}),
        ("print_job", here | {"kind": "ticket", "slip": '{"version": 1}', "copy_no": 1, "state": "failed"}),
    ]
    rows[1][1]["municipality_id"] = city
    rows[4][1].update(terminal_id=terminal, state="ready")
    rows[5][1].update(printer_id=printer, created_by=staff, terminal_id=terminal, created_at=at, reason="x")
    for key, (table, row) in zip((city, site, terminal, staff, printer, job), rows, strict=True):
        row["id"] = key
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)


def test_old_printers_and_papers_stay_and_get_the_new_columns(old: Database) -> None:
    migrate.upgrade(old)
    with old.read() as session:
        paper = "SELECT kind, state, reason, why, seen_at, moved_from, emptied_at FROM print_job"
        job = session.execute(text(paper)).one()
        printer = session.execute(text("SELECT code, state, pool, logo_at FROM printer")).one()
    assert tuple(job) == ("ticket", "failed", "x", "", None, None, None)
    assert tuple(printer) == ("p", "ready", "", None)

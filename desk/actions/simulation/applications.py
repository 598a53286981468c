"""Very many applications at once, for measuring: what a large municipality has after years, written as an import would.

Names are clearly nobody's. The rows are complete (person, event, search text); the summaries are not counted, so
this is no sample for reports.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, text

from desk.actions.simulation.papers import FIRST_NAMES, NOT_YET, STREETS, SURNAMES
from desk.models import application as tables
from desk.models import case, site
from desk.models.base import new_id
from desk.models.bulk import insert_rows
from desk.models.engine import Database, dialect_of
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, next_number, scan_code
from desk.models.visit import Person
from desk.registry.search import search_text
from desk.text import fold, sort_key

_A: Table = tables.Application.__table__  # type: ignore[assignment]
_E: Table = tables.ApplicationEvent.__table__  # type: ignore[assignment]
_S: Table = case.ApplicationSearch.__table__  # type: ignore[assignment]
_P: Table = Person.__table__  # type: ignore[assignment]

CHUNK = 20_000
OPEN_SHARE = 0.03
"""Records of all that are still open: what two months of a busy year leave."""

CHANNELS = ("phone", "phone", "phone", "in_person", "whatsapp", "cimer", "email", "web", "social", "ptt")
KINDS = ("request", "request", "complaint", "complaint", "suggestion", "report", "thanks")
URGENCIES = ("normal", "normal", "normal", "high", "low", "urgent")
ENDS = (
    ("closed", "positive"),
    ("closed", "positive"),
    ("closed", "negative"),
    ("closed", "partial"),
    ("forwarded", None),
)


def fill(db: Database, count: int, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> None:
    """Write ``count`` applications of the years before today into an office that is filled from the template.

    Search indexes of PostgreSQL are made anew at the end, which is ten times faster than keeping them.
    """
    maker = _Maker(db, count, seed)
    indexes = _drop_search_indexes(db)
    for at in range(0, count, CHUNK):
        with db.write() as session:
            persons, applications, events, words = maker.rows(at, min(CHUNK, count - at))
            insert_rows(session, _P, persons)
            insert_rows(session, _A, applications)
            insert_rows(session, _E, events)
            insert_rows(session, _S, words)
        if progress:
            progress(min(at + CHUNK, count), count)
    with db.write() as session:
        for year, serial in maker.serials.items():
            next_number(session, maker.site_id, "record", str(year), serial)
        next_number(session, maker.site_id, f"scan:{int(CodeKind.APPLICATION)}", "", count)
        if dialect_of(session) == "postgresql":
            session.execute(
                text("SELECT setval(pg_get_serial_sequence('application_search', 'doc'), :n)"), {"n": count}
            )
            for statement in indexes:
                session.execute(text(statement))
    _analyse(db)


def _drop_search_indexes(db: Database) -> list[str]:
    if db.is_sqlite:
        return []
    with db.write() as session:
        rows = session.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'application\\_search\\_%'")
        ).all()
        mine = [row for row in rows if row.indexname in case.SEARCH_INDEXES]
        for row in mine:
            session.execute(text(f"DROP INDEX {row.indexname}"))
    return [row.indexdef for row in mine]


def _analyse(db: Database) -> None:
    with db.writer.connect() as connection:
        if db.is_sqlite:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
            return
        connection.commit()
        autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in ("application", "application_search", "person", "application_event"):
            autocommit.exec_driver_sql(f"VACUUM ANALYZE {table}")


class _Maker:
    def __init__(self, db: Database, count: int, seed: int) -> None:
        self.chance = random.Random(seed)
        with db.read() as session:
            here = session.execute(select(site.Site.id, site.Site.number)).first()
            assert here is not None
            self.site_id, self.number = here
            self.units: list[UUID] = list(session.execute(select(site.Unit.id)).scalars())
            self.places: list[UUID] = list(session.execute(select(site.Neighbourhood.id)).scalars())
            self.subjects = [tuple(row) for row in session.execute(
                select(site.Subject.code, site.Subject.name, site.Subject.unit_id)
            )]  # fmt: skip
            self.staff = session.execute(select(site.Staff.id).where(site.Staff.code == "benzetim")).scalar_one()
            self.terminal = session.execute(
                select(site.Terminal.id).where(site.Terminal.role == "command")
            ).scalar_one()
        self.count = count
        self.now = db.now()
        self.serials: dict[int, int] = {}
        self.codes: set[str] = set()
        self.people = [(f"{first} {last}", i) for i, (first, last) in enumerate(
            (f"{a} {b}".strip(), c) for a in FIRST_NAMES for b in ("", *FIRST_NAMES[::3]) for c in SURNAMES
        )]  # fmt: skip
        self.days = 5 * 365

    def rows(self, at: int, count: int) -> tuple[list[dict[str, Any]], ...]:
        found: tuple[list[dict[str, Any]], ...] = ([], [], [], [])
        for place in range(at, at + count):
            for rows, row in zip(found, self._one(place), strict=True):
                rows.append(row)
        return found

    def _one(self, place: int) -> tuple[dict[str, Any], ...]:
        chance = self.chance
        moment = self.now - timedelta(
            days=self.days * (1 - place / self.count), seconds=chance.randrange(3600) + 86_400
        )
        moment = moment.astimezone(UTC)
        day = moment.date()
        serial = self.serials[day.year] = self.serials.get(day.year, 0) + 1
        name, _ = chance.choice(self.people)
        phone = f"+90532{chance.randrange(10_000_000):07d}"
        where = chance.choice(self.places)
        code, subject, unit_id = chance.choice(self.subjects)
        subject = f"{chance.choice(STREETS)} {chance.randint(1, 200)} {subject}"
        key, person, number = new_id(), new_id(), f"{day.year}/{serial:06d}"
        row = {
            "id": key, "site_id": self.site_id, "day": day, "year": day.year, "serial": serial, "record_number": number,
            "tracking_code": self._tracking(), "scan_code": scan_code(CodeKind.APPLICATION, self.number, place + 1),
            "request_key": f"bench:{place}", "document_kind": "none", "channel": chance.choice(CHANNELS),
            "subject": subject, "subject_fold": fold(subject), "unit_id": unit_id, "person_id": person,
            "neighbourhood_id": where, "visit_id": None, "ticket_id": None, "signature_present": False, "missing": [],
            "received_at": moment, "due_on": day + timedelta(days=chance.randint(1, 40)), "due_basis": "target:10",
            "registered_by": self.staff, "terminal_id": self.terminal, "receipts": 1, "kind": chance.choice(KINDS),
            "sender_kind": "person", "persons": 1, "urgency": chance.choice(URGENCIES), "subject_code": code,
            "clock": "target", "hidden": False, "version": 0,
        } | dict.fromkeys(NOT_YET)  # fmt: skip
        row |= self._state(moment, place)
        event = {
            "id": new_id(), "site_id": self.site_id, "application_id": key, "at": moment, "kind": "registered",
            "staff_id": self.staff, "terminal_id": self.terminal, "unit_id": None, "data": {},
        }  # fmt: skip
        words = {
            "doc": place + 1, "application_id": key, "site_id": self.site_id,
            "text": search_text(number, name, phone, subject),
        }  # fmt: skip
        return self._person(person, name, phone, where, day), row, event, words

    def _person(self, key: UUID, name: str, phone: str, where: UUID, day: date) -> dict[str, Any]:
        return {
            "id": key, "site_id": self.site_id, "purpose": "application", "notice_version": "",
            "erase_after": self.now.date() + timedelta(days=400), "name": name, "name_fold": fold(name),
            "name_sort": sort_key(name), "phone": phone, "tckn": "", "address": "", "neighbourhood_id": where,
        }  # fmt: skip

    def _state(self, moment: datetime, place: int) -> dict[str, Any]:
        """The newest are mostly open, and a few that nobody ever ended."""
        fresh = place >= self.count * (1 - OPEN_SHARE)
        if self.chance.random() < (0.7 if fresh else 0.01):
            return {"state": self.chance.choice(("referred", "referred", "in_progress")), "open": True}
        state, outcome = self.chance.choice(ENDS)
        ended = moment + timedelta(days=self.chance.randint(0, 20))
        told = None if fresh else ended + timedelta(days=1)
        return {"state": state, "outcome": outcome, "open": False, "closed_at": ended, "told_at": told}

    def _tracking(self) -> str:
        while True:
            letters = "".join(self.chance.choices(TRACKING_ALPHABET, k=8))
            if letters not in self.codes:
                self.codes.add(letters)
                return f"{letters[:4]}-{letters[4:]}"

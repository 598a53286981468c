"""A site with a day's work on it, made with the commands the actions use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from desk.actor import Actor, Right
from desk.clock import SetClock
from desk.config import resource_path
from desk.models import site, tables
from desk.models.application import Application, Enclosure
from desk.models.counting import Measure
from desk.models.engine import Database
from desk.models.visit import Visit
from desk.models.work import Work, work
from desk.queue import commands
from desk.registry import assistance, template, visits
from desk.registry.types import AssistanceKind

TUESDAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, second: int = 0, day: date = TUESDAY) -> datetime:
    """A moment given on the site's wall clock (UTC+3 all year)."""
    return datetime(day.year, day.month, day.day, hour - 3, minute, second, tzinfo=UTC)


@dataclass
class Office:
    """One municipality, one site, one clerk, and a clock that goes where it is set."""

    db: Database
    clock: SetClock
    actor: Actor

    @classmethod
    def open(cls, folder: Path, url: str = "") -> Office:
        clock = SetClock(at(8))
        db = Database(url or f"sqlite:///{folder / 'reports.db'}", clock)
        tables.Base.metadata.create_all(db.writer)
        with db.write() as session:
            site_id = template.fill(session, resource_path("templates", "belediye.toml"), clock.now())
            staff_id = session.execute(select(site.Staff.id)).scalars().first()
            terminal_id = session.execute(select(site.Terminal.id)).scalars().first()
        assert staff_id and terminal_id
        return cls(db, clock, Actor(staff_id, terminal_id, site_id))

    @property
    def site_id(self) -> UUID:
        return self.actor.site_id

    @contextmanager
    def at(self, moment: datetime) -> Iterator[Work]:
        self.clock.set(moment)
        with work(self.db, self.actor, Right.ISSUE) as done:
            yield done

    def visit(
        self, moment: datetime, code: str = "vergi", *, persons: int = 1, priority: str = ""
    ) -> tuple[UUID, UUID]:
        """A visitor takes a number; returns visit and ticket."""
        with self.at(moment) as w:
            service = w.session.execute(select(site.Service).where(site.Service.code == code)).scalar_one()
            unit = w.session.get_one(site.Unit, service.unit_id).code
            visit_id = visits.record(
                w, str(uuid4()), persons=persons, service_id=service.id, service_code=code, unit_code=unit
            )
            ticket_id = commands.issue(w, service.id, visit_id, priority=bool(priority), persons=persons)
            if priority:
                w.count(Measure.PRIORITY, priority)
        return visit_id, ticket_id

    def direct(self, moment: datetime, unit: str = "fen", persons: int = 1) -> UUID:
        """A visitor is told the way and takes no number."""
        with self.at(moment) as w:
            return visits.record(w, str(uuid4()), persons=persons, unit_code=unit)

    def undo(self, moment: datetime, visit_id: UUID, ticket_id: UUID) -> None:
        with self.at(moment) as w:
            visits.void(w, visit_id)
            commands.cancel(w, ticket_id, "void")

    def call(self, moment: datetime, code: str = "vergi") -> UUID:
        with self.at(moment) as w:
            counter = (
                w.session.execute(
                    select(site.CounterService.counter_id)
                    .join(site.Service, site.Service.id == site.CounterService.service_id)
                    .join(site.Counter, site.Counter.id == site.CounterService.counter_id)
                    .where(site.Service.code == code)
                    .order_by(site.Counter.number)
                )
                .scalars()
                .first()
            )
            assert counter
            called = commands.call_next(w, counter)
        assert called
        return called

    def serve(self, called: datetime, finished: datetime, code: str = "vergi") -> UUID:
        ticket_id = self.call(called, code)
        with self.at(called) as w:
            commands.start(w, ticket_id)
        with self.at(finished) as w:
            commands.finish(w, ticket_id)
        return ticket_id

    def assist(self, moment: datetime, kind: AssistanceKind, started: datetime | None = None) -> UUID:
        """A refakat job; with ``started`` it is also assigned, begun and ended then."""
        with self.at(moment) as w:
            job = assistance.request(w, kind, from_place="Giriş", to_place="2. kat")
            escort = w.actor.staff_id
        if started:
            with self.at(started) as w:
                assistance.assign(w, job, escort)
                assistance.start(w, job)
                assistance.end(w, job)
        return job

    def petition(
        self, moment: datetime, unit: str = "fen", *, missing: tuple[str, ...] = (), enclosures: int = 0
    ) -> None:
        with self.at(moment) as w:
            unit_id = w.session.execute(select(site.Unit.id).where(site.Unit.code == unit)).scalar_one_or_none()
            serial = 1 + len(w.session.execute(select(Application.id)).all())
            application = Application(
                site_id=w.site_id, day=w.day, year=w.day.year, serial=serial,
                record_number=f"{w.day.year}/{serial:06d}",
                tracking_code=f"AAAA-{serial:04d}", scan_code=f"{serial:012d}", request_key=str(uuid4()),
                document_kind="petition", channel="in_person", state="new", subject="", subject_fold="",
                unit_id=unit_id, person_id=None, neighbourhood_id=None, visit_id=None, ticket_id=None,
                signature_present=not missing, missing=list(missing), received_at=w.now, due_on=w.day, due_basis="",
                registered_by=w.actor.staff_id, terminal_id=w.actor.terminal_id, receipts=1,
            )  # fmt: skip
            w.session.add(application)
            w.session.flush()
            for position in range(enclosures):
                w.session.execute(
                    insert(Enclosure).values(
                        site_id=w.site_id, application_id=application.id, position=position, name="", kind="", pages=9
                    )
                )
            w.count(Measure.PETITIONS, "petition")
            w.count(Measure.PETITIONS_BY_UNIT, unit)
            w.count(Measure.CONTACTS)
            if missing:
                w.count(Measure.PETITIONS_INCOMPLETE)
            if enclosures:
                w.count(Measure.ENCLOSURES, value=enclosures)

    def note(self, text: str, day: date = TUESDAY) -> None:
        with self.db.write() as session:
            session.execute(update(site.SiteDay).where(site.SiteDay.day == day).values(note=text))

    def forget_visit(self, visit_id: UUID) -> None:
        """Damage: a record is changed behind the summaries' back."""
        with self.db.write() as session:
            session.execute(update(Visit).where(Visit.id == visit_id).values(voided_at=self.clock.now()))


def busy_tuesday(office: Office) -> None:
    """A day with one of everything that a sheet counts."""
    office.direct(at(8, 5), "fen", persons=2)
    office.direct(at(9, 1), "")
    for minute, code in enumerate(("vergi", "vergi", "imar", "evrak", "vergi", "danisma")):
        office.visit(at(9, 10 + minute), code, persons=1 + minute % 2, priority="age65" if minute == 1 else "")
    office.undo(at(10, 0, 5), *office.visit(at(9, 59, 59), "vergi"))
    office.serve(at(9, 30), at(9, 41))
    office.serve(at(9, 45), at(9, 50))
    office.serve(at(9, 52), at(10, 7), "imar")
    called = office.call(at(10, 20))
    with office.at(at(10, 22)) as w:
        commands.recall(w, called)
        commands.no_show(w, called)
    _, waiting = office.visit(at(10, 30), "sosyal")
    with office.at(at(10, 50)) as w:
        commands.cancel(w, waiting, "left")
    office.visit(at(17, 30), "evlendirme")  # after closing: the desk may
    office.assist(at(9, 10), AssistanceKind.WHEELCHAIR, at(9, 16))
    office.assist(at(9, 40), AssistanceKind.SIGN)
    job = office.assist(at(9, 41), AssistanceKind.VOICE)
    with office.at(at(9, 42)) as w:
        assistance.cancel(w, job)
    office.petition(at(11), "fen", enclosures=3)
    office.petition(at(11, 5), "fen", missing=("signature",))
    office.petition(at(11, 9), "imar", enclosures=1)
    office.note("Sosyal destekte 10.00–11.30 arası iki banko açık tutuldu.")

"""A day's work at one site, done by the actions that the buttons call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from desk.actions import counter, day, desk, escort, records, shift
from desk.actions.context import Context
from desk.clock import SetClock, local_date
from desk.models import site
from desk.models.visit import Visit
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind, Destination, Enclosure, PersonInput, PetitionRequest
from desk.reports.day_sheet import day_sheet
from desk.reports.recount import Difference, differences
from desk.reports.types import DaySheet

TUESDAY = date(2026, 11, 24)
COUNTERS = {"danisma": 1, "talep": 1, "evrak": 3, "vergi": 4, "sosyal": 6, "imar": 7, "evlendirme": 8}


def at(hour: int, minute: int = 0, second: int = 0, day: date = TUESDAY) -> datetime:
    """A moment given on the site's wall clock (UTC+3 all year)."""
    return datetime(day.year, day.month, day.day, hour - 3, minute, second, tzinfo=UTC)


@dataclass
class Office:
    """One clerk, and a clock that goes where it is set. Every method is something a person does at that moment."""

    ctx: Context
    clock: SetClock

    @property
    def site_id(self) -> UUID:
        return self.ctx.actor.site_id

    def visit(
        self,
        moment: datetime,
        code: str = "vergi",
        *,
        persons: int = 1,
        priority: Priority | None = None,
        numbers: int = 1,
    ) -> tuple[UUID, UUID]:
        """A visitor takes a number; returns visit and (first) ticket. A leap of days is confirmed."""
        self.clock.set(moment)
        day.open_day(self.ctx, local_date(moment))
        made = desk.register_visit(
            self.ctx, desk.VisitRequest(str(uuid4()), code, persons=persons, priority=priority, numbers=numbers)
        )
        return made.visit.id, made.tickets[0].id

    def direct(self, moment: datetime, unit: str = "fen", persons: int = 1) -> None:
        """A visitor is told the way and takes no number."""
        self.clock.set(moment)
        to = Destination(f"unit:{unit}", unit, "", "", "", unit, "", unit) if unit else None
        desk.give_direction(self.ctx, desk.Direction(str(uuid4()), persons=persons, to=to))

    def undo(self, moment: datetime, visit_id: UUID, priority: Priority | None = None) -> None:
        self.clock.set(moment)
        desk.undo_visit(self.ctx, visit_id, priority)

    def call(self, moment: datetime, code: str = "vergi") -> UUID:
        self.clock.set(moment)
        called = counter.call_next(self.ctx, COUNTERS[code])
        assert called
        return called.ticket_id

    def serve(self, called: datetime, finished: datetime, code: str = "vergi") -> UUID:
        ticket_id = self.call(called, code)
        counter.start(self.ctx, ticket_id)
        self.clock.set(finished)
        counter.finish(self.ctx, ticket_id)
        return ticket_id

    def no_show(self, called: datetime, given_up: datetime, code: str = "vergi") -> UUID:
        ticket_id = self.call(called, code)
        self.clock.set(given_up - timedelta(seconds=20))
        counter.recall(self.ctx, ticket_id)
        self.clock.set(given_up)
        counter.no_show(self.ctx, ticket_id)
        return ticket_id

    def assist(self, moment: datetime, kind: AssistanceKind, started: datetime | None = None) -> UUID:
        """A refakat job; with ``started`` it is also assigned, begun and ended then."""
        self.clock.set(moment)
        job = escort.request(self.ctx, kind, "2. kat")
        if started:
            self.clock.set(started)
            escort.assign(self.ctx, job, self.ctx.actor.staff_id)
            escort.start(self.ctx, job)
            escort.end(self.ctx, job)
        return job

    def petition(self, moment: datetime, unit: str = "fen", *, signed: bool = True, enclosures: int = 0) -> None:
        self.clock.set(moment)
        sender = PersonInput(name="Ayşe Yıldırım", address="Ihlamur Sk. No: 12/3")
        given = tuple(Enclosure(f"{n + 1}. fotoğraf", "Fotoğraf", 9) for n in range(enclosures))
        records.register_petition(
            self.ctx,
            PetitionRequest(
                str(uuid4()),
                sender=sender,
                signature_present=signed,
                subject="Kaldırım onarımı",
                unit_code=unit,
                enclosures=given,
            ),
        )

    def retire(self, *codes: str) -> None:
        """Services that are offered no more."""
        with self.ctx.db.write() as session:
            session.execute(update(site.Service).where(site.Service.code.in_(codes)).values(active=False))

    def forget_visit(self, visit_id: UUID) -> None:
        """Damage: a record is changed behind the summaries' back."""
        with self.ctx.db.write() as session:
            session.execute(update(Visit).where(Visit.id == visit_id).values(voided_at=self.clock.now()))

    def sheet(self, day: date = TUESDAY) -> DaySheet:
        with self.ctx.db.read() as session:
            return day_sheet(session, self.site_id, day, at(18, day=day), "Elif Karaca")

    def differences(self, day: date | None = None) -> list[Difference]:
        """Of one day, or of all that were worked."""
        with self.ctx.db.read() as session:
            days = [day] if day else session.execute(select(site.SiteDay.day)).scalars()
            return [one for each in days for one in differences(session, self.site_id, each)]


def busy_tuesday(office: Office) -> None:
    """A day with one of everything that a sheet counts."""
    ctx = office.ctx
    office.direct(at(8, 5), "fen", persons=2)
    office.direct(at(9, 1), "")
    for minute, code in enumerate(("vergi", "vergi", "imar", "evrak", "vergi", "danisma")):
        office.visit(at(9, 10 + minute), code, persons=1 + minute % 2, priority=Priority.AGE if minute == 1 else None)
    visit_id, _ = office.visit(at(9, 59, 59), "vergi", priority=Priority.PREGNANT)
    office.undo(at(10, 0, 5), visit_id, Priority.PREGNANT)
    office.serve(at(9, 30), at(9, 41))
    office.serve(at(9, 45), at(9, 50))
    office.serve(at(9, 52), at(10, 7), "imar")
    office.no_show(at(10, 20), at(10, 22))
    office.visit(at(17, 30), "evlendirme")  # after closing: the desk may
    office.assist(at(9, 10), AssistanceKind.WHEELCHAIR, at(9, 16))
    office.assist(at(9, 40), AssistanceKind.SIGN)
    escort.cancel(ctx, office.assist(at(9, 41), AssistanceKind.VOICE))
    office.petition(at(11), "fen", enclosures=3)
    office.petition(at(11, 5), "fen", signed=False)
    office.petition(at(11, 9), "imar", enclosures=1)
    office.petition(at(11, 20), "")
    shift.write_note(ctx, "Sosyal destekte 10.00–11.30 arası iki banko açık tutuldu.")

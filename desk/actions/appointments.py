"""Appointments at the desk, the kiosk and the command line: give a time, check in, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actions.requests import Registered
from desk.actor import Right, Scope
from desk.errors import N_, Stale, UserError
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.work import Work
from desk.printing import ledger
from desk.queue import appointments, catalog, issuing, opening, reads, waiting
from desk.queue.appointments import Appointment
from desk.registry import persons, site, visits
from desk.registry.types import NOBODY, Arrival, PersonInput

KEEP_DAYS = 30
"""Days after the appointment for which its name is kept, unless the site says otherwise."""


@dataclass(frozen=True, slots=True)
class Booking:
    """What the small form carries. ``key`` is made by the screen: a double press gives one appointment."""

    key: str
    service_code: str
    at: datetime
    persons: int = 1
    early_minutes: int | None = None  # None: as the site has it
    late_minutes: int | None = None
    identity: PersonInput = NOBODY


def book(ctx: Context, booking: Booking) -> Appointment:
    """Give a time; its code is what the visitor notes down.

    Raises UserError for an unknown service, a time that has passed or lies on a closed day, or identity that cannot
    be true.
    """
    service = ctx.read(catalog.service_by_code, booking.service_code)
    identity = persons.checked(booking.identity)
    with ctx.work(Right.ISSUE) as work:
        scope = paper.scope_of(work)
        made = appointments.by_request(work, booking.key)
        if made is None:
            if not service.active:
                raise UserError(N_("“{name}” hizmeti şu anda kapalı."), name=service.name)
            _refuse_closed(work, service.id, booking.at)
            made = appointments.add(
                work,
                booking.key,
                service.id,
                booking.at,
                persons=booking.persons,
                early_minutes=booking.early_minutes,
                late_minutes=booking.late_minutes,
                person_id=_keep(work, identity, booking.at),
            )
        return appointments.by_id(work.session, scope, made)


def _refuse_closed(work: Work, service_id: UUID, at: datetime) -> None:
    is_open, _ = opening.opening(work.session, Scope(work.site_id, work.day, at), service_id)
    if not is_open:
        raise UserError(N_("Bu saatte kapalıyız; randevu için çalışma saatleri içinde bir saat yazınız."))


def _keep(work: Work, identity: PersonInput, at: datetime) -> UUID | None:
    days = setting(work.session, work.site_id, "appointment_person_keep_days", KEEP_DAYS)
    ahead = max(0, (at.astimezone(work.zone).date() - work.day).days)
    return persons.keep(work, identity, "appointment", ahead + days)


def check_in(ctx: Context, code: str, *, lang: str = "tr", at_kiosk: bool = False) -> Registered:
    """The visitor has come: a number that counts from the later of its time and now.

    Doing it again gives the same number. Raises UserError, with what to do, for an unknown code, too early, too late
    or another day, and for a closed kiosk.
    """
    with ctx.work(Right.ISSUE) as work:
        scope = paper.scope_of(work)
        one = appointments.by_code(work.session, scope, code)
        if one.state == "arrived" and one.day == scope.day and one.visit_id is not None:
            return _answered(work, one.visit_id)
        appointments.refuse_out_of_time(one, scope, work.zone)
        if at_kiosk and not opening.kiosk_state(work.session, scope).open:
            raise UserError(N_("Şu anda kapalıyız."))
        if not appointments.claim(work, one.id):
            again = appointments.by_id(work.session, scope, one.id)
            if again.visit_id is None:
                raise Stale(N_("Bu randevu az önce değiştirildi; yeniden deneyiniz."))
            return _answered(work, again.visit_id)
        return _arrived(work, one, lang)


def _arrived(work: Work, one: Appointment, lang: str) -> Registered:
    scope = paper.scope_of(work)
    service = catalog.service_by_code(work.session, scope, one.service_code)
    visit_id = visits.record(
        work,
        f"appointment:{one.id}",
        persons=one.persons,
        service_id=service.id,
        service_code=service.code,
        unit_code=service.unit_code,
        arrival=Arrival.APPOINTMENT,
    )
    arrived_at = max(one.at, work.now)
    issuing.issue(
        work,
        service.id,
        visit_id,
        persons=one.persons,
        lang=lang,
        outside_hours=not opening.opening(work.session, scope)[0],
        ahead=waiting.ahead_of(work.session, scope, service.id, arrived_at, False),
        override_reason=N_("Randevulu"),
        arrived_at=arrived_at,
    )
    appointments.attach(work, one.id, visit_id)
    tickets = reads.tickets_of_visit(work.session, scope, visit_id)
    printer_id = ledger.printer_for(work.session, work.site_id, work.actor.terminal_id)
    jobs = paper.print_tickets(work, tickets, site.header(work.session, scope), printer_id)
    return Registered(visits.visit(work.session, visit_id), tickets, jobs, repeated=False)


def _answered(work: Work, visit_id: UUID) -> Registered:
    """What the first check-in was told."""
    scope = paper.scope_of(work)
    tickets = reads.tickets_of_visit(work.session, scope, visit_id)
    return Registered(visits.visit(work.session, visit_id), tickets, (), repeated=True)


def cancel(ctx: Context, appointment_id: UUID) -> Appointment:
    """Take a time back. Raises Stale when the visitor has come or it was cancelled before."""
    with ctx.work(Right.ISSUE) as work:
        if not appointments.cancel(work, appointment_id):
            raise Stale(N_("Bu randevu iptal edilemez: ziyaretçi gelmiş ya da randevu daha önce iptal edilmiş."))
        return appointments.by_id(work.session, paper.scope_of(work), appointment_id)


def of_day(ctx: Context, day: date | None = None) -> tuple[Appointment, ...]:
    """The appointments of a day, for the list beside the form."""

    def read(session: Session, scope: Scope) -> tuple[Appointment, ...]:
        return appointments.of_day(session, scope, day)

    return ctx.read(read)

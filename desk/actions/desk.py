"""The Danışma page and the kiosk: register a visitor, give numbers, point the way, undo."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from desk.actions import paper
from desk.actions.context import Context
from desk.actions.look import Seen, look
from desk.actions.requests import TICKETS_LIMIT as TICKETS_LIMIT
from desk.actions.requests import Direction as Direction
from desk.actions.requests import Registered as Registered
from desk.actions.requests import VisitRequest as VisitRequest
from desk.actor import Right, Scope
from desk.errors import N_, UserError
from desk.models.counting import Measure
from desk.models.session import Session
from desk.models.work import Work
from desk.printing import ledger
from desk.queue import commands, forecast_log, issuing, overrides, reads
from desk.queue.overrides import HardlyToday
from desk.queue.types import Priority, Ticket, TicketState
from desk.registry import assistance, guide, persons, site, visits
from desk.registry.types import NOBODY, AssistanceKind, Visit


def register_visit(ctx: Context, request: VisitRequest, *, bound_by_hours: bool = False) -> Registered:
    """Register a visitor, give the number(s), ask for refakat and enqueue the slips: one transaction.

    ``bound_by_hours`` (the kiosk) refuses outside opening hours; desk and command line issue with a notice. Raises
    UserError for an unknown or closed service or identity that cannot be true, AskFirst for a full cap and for a
    number that will hardly be called today (a reason passes both).
    """
    request = _checked(request)
    try:
        with ctx.db.connect() as connection:
            seen = look(ctx, connection, request.key, request.service_code, request.priority is not None)
            if seen.earlier is None:
                return _given(ctx, connection, request, seen, bound_by_hours)
    except IntegrityError:
        # Two presses pass the look above at once; the second meets the first one's key.
        seen = _look(ctx, request)
        if seen.earlier is None:
            raise
    return _answered(ctx, seen.earlier)


def _look(ctx: Context, request: VisitRequest) -> Seen:
    with ctx.db.connect() as connection:
        return look(ctx, connection, request.key, request.service_code, request.priority is not None)


def _given(ctx: Context, connection: Connection, request: VisitRequest, seen: Seen, bound_by_hours: bool) -> Registered:
    if bound_by_hours and not seen.kiosk:
        raise UserError(N_("Şu anda kapalıyız."))
    if seen.promise.hardly_today and not request.override_reason:
        raise HardlyToday
    right = Right.OVERRIDE if request.override_reason else Right.ISSUE
    with ctx.work(right, seen=seen.standing, connection=connection) as work:
        return _register(work, request, seen)


def _checked(request: VisitRequest) -> VisitRequest:
    if not 1 <= request.numbers <= TICKETS_LIMIT:
        raise UserError(N_("Bir kayıtta en çok {limit} numara verilebilir."), limit=TICKETS_LIMIT)
    if 1 < request.persons < request.numbers:
        raise UserError(N_("Kişi sayısından fazla numara verilemez."))
    if request.identity is NOBODY and not request.override_reason:
        return request
    reason = overrides.checked_reason(request.override_reason) if request.override_reason else ""
    return replace(request, identity=persons.checked(request.identity), override_reason=reason)


def _register(work: Work, request: VisitRequest, seen: Seen) -> Registered:
    keep_days = seen.standing.place.settings.get("visit_person_keep_days", 30)
    visit_id = visits.record(
        work,
        request.key,
        persons=request.persons,
        service_id=seen.offer.id,
        service_code=seen.offer.code,
        unit_code=request.unit_code or seen.settled.unit_code,
        subject_code=request.subject_code,
        arrival=request.arrival,
        person_id=persons.keep(work, request.identity, "visit", keep_days),
        unit_id=None if request.unit_code else seen.settled.unit_id,
    )
    tickets = issuing.issue_all(work, seen.offer, visit_id, request.numbers, _asked(request, seen), seen.latest)
    forecast_log.keep(work, tickets[0].id, seen.offer.id, seen.promise)
    if request.priority is not None:
        work.count(Measure.PRIORITY, request.priority, len(tickets))
    if request.assistance is not None:
        _escort(work, request.assistance, tickets[0], seen)
    jobs = paper.print_tickets(work, tickets, seen.settled.header, seen.settled.printer_id)
    return Registered(Visit(visit_id, request.persons, work.now, ""), tickets, jobs, repeated=False)


def _asked(request: VisitRequest, seen: Seen) -> issuing.Asked:
    return issuing.Asked(
        priority=request.priority is not None,
        persons=request.persons if request.numbers == 1 else 1,
        lang=request.lang,
        outside_hours=not seen.open,
        ahead=seen.promise.ahead,
        forecast=seen.promise.band,
        window=seen.promise.window,
        assistance=request.assistance is not None,
        override_reason=request.override_reason,
        unlikely=seen.promise.hardly_today,
    )


def _escort(work: Work, kind: AssistanceKind, ticket: Ticket, seen: Seen) -> None:
    assistance.request(
        work,
        kind,
        from_place=seen.standing.place.settings.get("place", N_("Giriş")),
        to_place=ticket.place,
        visit_id=ticket.visit_id,
        ticket_id=ticket.id,
        ticket_number=ticket.number,
        lang=ticket.lang,
    )


def _answered(ctx: Context, visit_id: UUID) -> Registered:
    """What the first press of this key was told."""

    def read(session: Session, scope: Scope) -> Registered:
        tickets = reads.tickets_of_visit(session, scope, visit_id)
        return Registered(visits.visit(session, visit_id), tickets, (), repeated=True)

    return ctx.read(read)


def draft_ticket(ctx: Context, request: VisitRequest) -> Ticket:
    """The ticket as it would be issued now, for the preview; its number is the next one, taken by nobody."""
    seen = _look(ctx, request)
    with ctx.db.read() as session:
        number = reads.next_number(session, seen.scope, seen.offer.id)
    return Ticket(
        id=UUID(int=0),
        visit_id=UUID(int=0),
        number=number,
        letter=seen.offer.letter,
        service_code=seen.offer.code,
        service_name=seen.offer.name,
        place=seen.offer.place,
        state=TicketState.WAITING,
        priority=request.priority is not None,
        persons=request.persons if request.numbers == 1 else 1,
        issued_at=seen.scope.now,
        lang=request.lang,
        scan_code="100100000007",
        assistance=request.assistance is not None,
        ahead=seen.promise.ahead,
        forecast=seen.promise.band,
        outside_hours=not seen.open,
        window=seen.promise.window,
    )


def give_direction(ctx: Context, direction: Direction) -> Visit:
    """Count a visitor who was told the way; with ``printed`` a direction slip comes out."""
    try:
        return _directed(ctx, direction)
    except IntegrityError:
        return _directed(ctx, direction)  # the other press of the same key has committed meanwhile


def _directed(ctx: Context, direction: Direction) -> Visit:
    with ctx.work(Right.ISSUE) as work:
        visit_id = visits.by_request(work, direction.key)
        return visits.visit(work.session, visit_id or _direct(work, direction))


def _direct(work: Work, direction: Direction) -> UUID:
    to = direction.to
    visit_id = visits.record(
        work,
        direction.key,
        persons=direction.persons,
        unit_code=to.unit_code if to else "",
        subject_code=to.subject_code if to else "",
        arrival=direction.arrival,
    )
    if direction.assistance is not None:
        assistance.request(
            work,
            direction.assistance,
            from_place=site.place(work.session, paper.scope_of(work)),
            to_place=to.detail or to.name if to else "",
            visit_id=visit_id,
            lang=direction.lang,
        )
    if direction.guide:
        guide.told(work, direction.guide, visit_id, printed=direction.printed)
        if direction.printed:
            paper.print_guide(work, visit_id, direction.guide)
    elif direction.printed and to is not None:
        paper.print_direction(work, visit_id, to, direction.lang)
    return visit_id


def undo_visit(ctx: Context, visit_id: UUID, priority: Priority | None = None) -> tuple[str, ...]:
    """Void a visit within ten seconds; returns the numbers whose slips must be taken back.

    ``priority`` is the class the screen had counted: no record keeps it, so only the screen can take it back.
    Raises Stale when it is too late, was undone before, or a number was already called; ValueError for a priority
    visit without its class, whose count would stay wrong for ever.
    """
    with ctx.work(Right.ISSUE) as work:
        visits.void(work, visit_id)
        guide.take_back(work, visit_id)
        numbers = []
        for ticket in reads.tickets_of_visit(work.session, paper.scope_of(work), visit_id):
            if ticket.priority != (priority is not None):
                raise ValueError("a priority visit is undone with its class, another one without")
            commands.cancel(work, ticket.id, "void")
            ledger.withdraw(work, ticket.id)
            numbers.append(ticket.number)
        if priority is not None:
            work.count(Measure.PRIORITY, priority, -len(numbers))
        ledger.withdraw(work, visit_id)
        assistance.cancel_of_visit(work, visit_id)
        return tuple(numbers)

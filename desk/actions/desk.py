"""The Danışma page and the kiosk: register a visitor, give numbers, point the way, undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.errors import N_, UserError
from desk.models.counting import Measure
from desk.models.settings import setting
from desk.models.work import Work
from desk.printing import ledger
from desk.queue import catalog, commands, issuing, opening, reads, waiting
from desk.queue.types import Band, Priority, Service, Ticket, TicketState
from desk.registry import assistance, persons, site, visits
from desk.registry.types import NOBODY, Arrival, AssistanceKind, Destination, PersonInput, Visit

TICKETS_LIMIT = 60
"""Numbers given in one press: a school class, not a mistyped year."""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What a press of "Sıra ver" carries. ``key`` is made by the screen: a double press gives one ticket."""

    key: str
    service_code: str
    persons: int = 1
    numbers: int = 1  # one number for the whole group, or one each
    priority: Priority | None = None
    assistance: AssistanceKind | None = None
    arrival: Arrival = Arrival.WALK_IN
    subject_code: str = ""
    unit_code: str = ""
    identity: PersonInput = NOBODY
    lang: str = "tr"
    override: bool = False  # full cap: the desk may, the kiosk may not


@dataclass(frozen=True, slots=True)
class Registered:
    """What the desk, kiosk and command line tell afterwards."""

    visit: Visit
    tickets: tuple[Ticket, ...]
    jobs: tuple[UUID, ...]  # print jobs, one per ticket; empty without a printer
    repeated: bool  # this press had already been answered


def register_visit(ctx: Context, request: VisitRequest, *, bound_by_hours: bool = False) -> Registered:
    """Register a visitor, give the number(s), ask for refakat and enqueue the slips: one transaction.

    ``bound_by_hours`` (the kiosk) refuses outside opening hours; desk and command line issue with a notice. Raises
    UserError for an unknown or closed service, a full cap, or identity that cannot be true.
    """
    if not 1 <= request.numbers <= TICKETS_LIMIT:
        raise UserError(N_("Bir kayıtta en çok {limit} numara verilebilir."), limit=TICKETS_LIMIT)
    request = replace(request, identity=persons.checked(request.identity))
    seen = ctx.read(_look, request)
    if bound_by_hours and not seen.open:
        raise UserError(N_("Şu anda kapalıyız."))
    try:
        with ctx.work(Right.ISSUE) as work:
            earlier = visits.by_request(work, request.key)
            if earlier is not None:
                return _registered(work, earlier, (), repeated=True)
            visit_id, jobs = _register(work, request, seen)
            return _registered(work, visit_id, jobs, repeated=False)
    except IntegrityError as error:
        # PostgreSQL lets two presses pass the look above at once; the second meets the first one's key.
        with ctx.work(Right.ISSUE) as work:
            earlier = visits.by_request(work, request.key)
            if earlier is None:
                raise error from None
            return _registered(work, earlier, (), repeated=True)


@dataclass(frozen=True, slots=True)
class _Seen:
    service: Service
    ahead: int
    forecast: Band | None
    open: bool


def _look(s: Session, scope: Scope, request: VisitRequest) -> _Seen:
    """Everything that can be known before the transaction, so that nobody waits for the forecast."""
    service = catalog.service_by_code(s, scope, request.service_code)
    ahead, band = waiting.promise(s, scope, service.id, request.priority is not None)
    is_open, _ = opening.opening(s, scope)
    return _Seen(service, ahead, band, is_open)


def _register(work: Work, request: VisitRequest, seen: _Seen) -> tuple[UUID, tuple[UUID, ...]]:
    keep_days = setting(work.session, work.site_id, "visit_person_keep_days", 30)
    visit_id = visits.record(
        work,
        request.key,
        persons=request.persons,
        service_id=seen.service.id,
        service_code=seen.service.code,
        unit_code=request.unit_code or seen.service.unit_code,
        subject_code=request.subject_code,
        arrival=request.arrival,
        person_id=persons.keep(work, request.identity, "visit", keep_days),
    )
    issued = []
    for place in range(request.numbers):
        ticket_id = issuing.issue(
            work,
            seen.service.id,
            visit_id,
            priority=request.priority is not None,
            persons=request.persons if request.numbers == 1 else 1,
            lang=request.lang,
            outside_hours=not seen.open,
            ahead=seen.ahead + place,
            forecast=seen.forecast if place == 0 else None,
            override_cap=request.override,
        )
        issued.append(ticket_id)
        if request.priority is not None:
            work.count(Measure.PRIORITY, request.priority)
    if request.assistance is not None:
        _escort(work, request.assistance, visit_id, issued[0], seen.service.place)
    jobs = tuple(job for ticket_id in issued if (job := paper.print_ticket(work, ticket_id)))
    return visit_id, jobs


def _escort(work: Work, kind: AssistanceKind, visit_id: UUID, ticket_id: UUID, to_place: str) -> None:
    scope = paper.scope_of(work)
    assistance.request(
        work,
        kind,
        from_place=site.place(work.session, scope),
        to_place=to_place,
        visit_id=visit_id,
        ticket_id=ticket_id,
        ticket_number=reads.ticket(work.session, scope, ticket_id).number,
    )


def _registered(work: Work, visit_id: UUID, jobs: tuple[UUID, ...], *, repeated: bool) -> Registered:
    scope = paper.scope_of(work)
    tickets = reads.tickets_of_visit(work.session, scope, visit_id)
    return Registered(visits.visit(work.session, visit_id), tickets, jobs, repeated)


def draft_ticket(ctx: Context, request: VisitRequest) -> Ticket:
    """The ticket as it would be issued now, for the preview; its number is the next one, taken by nobody."""
    return ctx.read(_draft, request)


def _draft(s: Session, scope: Scope, request: VisitRequest) -> Ticket:
    seen = _look(s, scope, request)
    return Ticket(
        id=UUID(int=0),
        visit_id=UUID(int=0),
        number=reads.next_number(s, scope, seen.service.id),
        letter=seen.service.letter,
        service_code=seen.service.code,
        service_name=seen.service.name,
        place=seen.service.place,
        state=TicketState.WAITING,
        priority=request.priority is not None,
        persons=request.persons if request.numbers == 1 else 1,
        issued_at=scope.now,
        lang=request.lang,
        scan_code="100100000007",
        assistance=request.assistance is not None,
        ahead=seen.ahead,
        forecast=seen.forecast,
        outside_hours=not seen.open,
    )


@dataclass(frozen=True, slots=True)
class Direction:
    """A visitor who was told the way ("Bilgi verildi"): counted, no number."""

    key: str
    persons: int = 1
    arrival: Arrival = Arrival.WALK_IN
    assistance: AssistanceKind | None = None
    to: Destination | None = None
    printed: bool = False


def give_direction(ctx: Context, direction: Direction) -> Visit:
    """Count a visitor who was told the way; with ``printed`` a direction slip comes out."""
    try:
        return _given(ctx, direction)
    except IntegrityError:
        return _given(ctx, direction)  # the other press of the same key has committed meanwhile


def _given(ctx: Context, direction: Direction) -> Visit:
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
        )
    if direction.printed and to is not None:
        paper.print_direction(work, visit_id, to)
    return visit_id


def undo_visit(ctx: Context, visit_id: UUID, priority: Priority | None = None) -> tuple[str, ...]:
    """Void a visit within ten seconds; returns the numbers whose slips must be taken back.

    ``priority`` is the class the screen had counted: no record keeps it, so only the screen can take it back.
    Raises Stale when it is too late, was undone before, or a number was already called; ValueError for a priority
    visit without its class, whose count would stay wrong for ever.
    """
    with ctx.work(Right.ISSUE) as work:
        visits.void(work, visit_id)
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

"""The Banko page and ``desk call``: call, recall, serve, hold, send on, give back, break."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.errors import N_, UserError
from desk.models import work as works
from desk.models.settings import setting
from desk.models.work import Work
from desk.printing import ledger
from desk.queue import (
    calling,
    catalog,
    commands,
    counter_reads,
    counters,
    forecast_log,
    issuing,
    opening,
    overrides,
    promises,
    reads,
)
from desk.queue.types import AtCounter, Ticket
from desk.registry import site


@dataclass(frozen=True, slots=True)
class Sent:
    """The service that a visitor was sent on to."""

    service: str  # its name
    manned: bool  # somebody sits at a counter of it

    @property
    def notice(self) -> str:
        """What is said when nobody is there to call them; with {number} and {service}."""
        return "" if self.manned else N_("{number} yönlendirildi; “{service}” için şu anda açık banko yok.")


def call_next(ctx: Context, number: int, *, opens: bool = True) -> AtCounter | None:
    """Call the next number to counter ``number``; None when nobody waits for its services.

    Raises UserError for an unknown counter, one that is on break or still has a number to finish, and after the day
    was closed. A closed counter is opened for the actor, unless ``opens`` is False: then it is refused too.
    """
    with ctx.db.connect() as connection:
        seen = works.standing_of(connection, ctx.actor.site_id)
        counter_id = counters.numbered(connection, ctx.actor.site_id, number)
        with ctx.work(Right.CALL, seen=seen, connection=connection) as work:
            return calling.call_next(work, counter_id, opens=opens)


def call_this(ctx: Context, number: int, ticket_id: UUID, reason: str, *, opens: bool = True) -> AtCounter:
    """Call this very number to counter ``number`` out of turn; the reason is kept with the call."""
    with ctx.work(Right.OVERRIDE) as work:
        return calling.call_this(work, _counter(work, number), ticket_id, reason, opens=opens)


def _counter(work: Work, number: int) -> UUID:
    return counters.by_number(work, number)


def recall(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        calling.recall(work, ticket_id)


def start(ctx: Context, ticket_id: UUID) -> None:
    """The visitor has come ("Geldi, işleme al")."""
    with ctx.work(Right.CALL) as work:
        commands.start(work, ticket_id)


def finish(ctx: Context, ticket_id: UUID, outcome: str = "done") -> None:
    with ctx.work(Right.CALL) as work:
        commands.finish(work, ticket_id, outcome)


def no_show(ctx: Context, ticket_id: UUID) -> None:
    """Nobody came. Refused before the site's number of calls and seconds."""
    with ctx.work(Right.CALL) as work:
        commands.no_show(work, ticket_id)


def bring_back(ctx: Context, ticket_id: UUID) -> None:
    """Who did not come is here after all, within the site's time: waits again with number and arrival time."""
    with ctx.work(Right.CALL) as work:
        commands.bring_back(work, ticket_id)


def hold(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.hold(work, ticket_id)


def resume(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.resume(work, ticket_id)


def return_to_queue(ctx: Context, ticket_id: UUID) -> None:
    """A called or held number waits again, with number and arrival time kept."""
    with ctx.work(Right.CALL) as work:
        commands.return_to_queue(work, ticket_id)


def leave(ctx: Context, ticket_id: UUID) -> None:
    """The visitor went away without being served ("Ayrıldı")."""
    with ctx.work(Right.CALL) as work:
        commands.leave(work, ticket_id)


def transfer(ctx: Context, ticket_id: UUID, service_code: str) -> Sent:
    """Send the visitor to another service with number and arrival time kept, also while nobody sits there for it."""
    with ctx.work(Right.CALL) as work:
        service = catalog.service_by_code(work.session, paper.scope_of(work), service_code)
        if not service.active:
            raise UserError(N_("“{name}” hizmeti şu anda kapalı."), name=service.name)
        commands.transfer(work, ticket_id, service.id)
        return Sent(service.name, counter_reads.is_manned(work.session, paper.scope_of(work), service.id))


def transfer_to_counter(ctx: Context, ticket_id: UUID, number: int) -> None:
    """Send the visitor to one counter; it alone calls them while somebody sits there."""
    with ctx.work(Right.CALL) as work:
        commands.transfer(work, ticket_id, counter_id=_counter(work, number))


def transfer_to_staff(ctx: Context, ticket_id: UUID, staff_code: str) -> None:
    """Send the visitor to one clerk, at whatever counter they sit."""
    with ctx.work(Right.CALL) as work:
        staff_id = counter_reads.staff_by_code(work.session, paper.scope_of(work), staff_code)
        commands.transfer(work, ticket_id, staff_id=staff_id)


def add_service(ctx: Context, ticket_id: UUID, service_code: str, reason: str = "") -> Ticket:
    """One more number for the same visit, with its slip.

    It waits from now on, or from the first number's arrival when the site says so
    (``further_service_keeps_arrival``). Öncelik goes with it and is counted once per visit. Raises UserError for a
    number of another day, AskFirst for a full cap (``reason`` passes it and is kept).
    """
    with ctx.work(Right.OVERRIDE if reason else Right.CALL) as work:
        scope = paper.scope_of(work)
        first = reads.ticket_of_today(work.session, scope, ticket_id)
        service = catalog.service_by_code(work.session, scope, service_code)
        promise = promises.promise(work.session, scope, service.id, first.priority)
        further = issuing.issue(
            work,
            service.id,
            first.visit_id,
            priority=first.priority,
            persons=first.persons,
            lang=first.lang,
            outside_hours=not opening.opening(work.session, scope)[0],
            ahead=promise.ahead,
            forecast=promise.band,
            override_reason=overrides.checked_reason(reason) if reason else "",
            further=True,
        )
        forecast_log.keep(work, further, service.id, promise)
        if setting(work.session, work.site_id, "further_service_keeps_arrival", False):
            commands.wait_since(work, further, ticket_id)
        ticket = reads.ticket(work.session, scope, further)
        printer = ledger.printer_for(work.session, work.site_id, work.actor.terminal_id)
        paper.print_tickets(work, (ticket,), site.header(work.session, scope), printer)
        return ticket


def open_counter(ctx: Context, number: int) -> None:
    """Open a counter, or come back from a break."""
    with ctx.work(Right.CALL) as work:
        counters.open_counter(work, _counter(work, number))


def begin_break(ctx: Context, number: int, reason: str) -> None:
    """Break at a counter: no calls until it is opened again."""
    with ctx.work(Right.CALL) as work:
        counters.begin_break(work, _counter(work, number), reason)


def close_counter(ctx: Context, number: int) -> int:
    """Close a counter; refused while a number is called or served there. How many on hold went back to the queue."""
    with ctx.work(Right.CALL) as work:
        return commands.close_counter(work, _counter(work, number))


def set_auto_call(ctx: Context, number: int, seconds: int) -> None:
    """Whether and after how many seconds this counter calls the next number by itself; 0: never."""
    with ctx.work(Right.CALL) as work:
        counters.set_auto_call(work, _counter(work, number), seconds)

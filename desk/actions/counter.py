"""The Banko page and ``desk call``: call, recall, serve, hold, transfer."""

from __future__ import annotations

from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.queue import catalog, commands, counters, reads
from desk.queue.types import AtCounter


def call_next(ctx: Context, number: int) -> AtCounter | None:
    """Call the next number to counter ``number``; None when nobody waits for its services.

    Raises UserError for an unknown counter or one that still has a number to finish.
    """
    with ctx.work(Right.CALL) as work:
        scope = paper.scope_of(work)
        counter_id = reads.counter_number(work.session, scope, number)
        if commands.call_next(work, counter_id) is None:
            return None
        return reads.counter_panel(work.session, scope, number).current


def recall(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.recall(work, ticket_id)


def start(ctx: Context, ticket_id: UUID) -> None:
    """The visitor has come ("Geldi, işleme al")."""
    with ctx.work(Right.CALL) as work:
        commands.start(work, ticket_id)


def finish(ctx: Context, ticket_id: UUID, outcome: str = "done") -> None:
    with ctx.work(Right.CALL) as work:
        commands.finish(work, ticket_id, outcome)


def no_show(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.no_show(work, ticket_id)


def hold(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.hold(work, ticket_id)


def resume(ctx: Context, ticket_id: UUID) -> None:
    with ctx.work(Right.CALL) as work:
        commands.resume(work, ticket_id)


def transfer(ctx: Context, ticket_id: UUID, service_code: str) -> None:
    """Send the visitor to another service with number and arrival time kept."""
    with ctx.work(Right.CALL) as work:
        service = catalog.service_by_code(work.session, paper.scope_of(work), service_code)
        commands.transfer(work, ticket_id, service.id)


def open_counter(ctx: Context, number: int) -> None:
    with ctx.work(Right.CALL) as work:
        counters.open_counter(work, reads.counter_number(work.session, paper.scope_of(work), number))


def close_counter(ctx: Context, number: int) -> None:
    """Close a counter; refused while a number is called or served there."""
    with ctx.work(Right.CALL) as work:
        counters.close_counter(work, reads.counter_number(work.session, paper.scope_of(work), number))

"""Short forms of what the desk does over and over in tests of the actions."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import func, select

from desk.actions import check, counter, desk
from desk.actions.context import Context
from desk.actions.desk import Registered, VisitRequest
from desk.models.ticket import Ticket
from desk.queue import reads
from desk.queue import waiting as queue_waiting
from desk.queue.types import AtCounter

_keys = count(1)


def key() -> str:
    """What a screen makes for each press."""
    return f"press-{next(_keys)}"


def visit(ctx: Context, service: str = "vergi", **given: Any) -> Registered:
    """A visitor takes a number."""
    return desk.register_visit(ctx, VisitRequest(**{"key": key(), "service_code": service} | given))


def number(ctx: Context, service: str = "vergi", **given: Any) -> str:
    """The number a visitor gets."""
    return visit(ctx, service, **given).tickets[0].number


def call(ctx: Context, banko: int) -> AtCounter:
    """Somebody waits, and is called."""
    called = counter.call_next(ctx, banko)
    assert called is not None, "nobody waits"
    return called


def serve(ctx: Context, banko: int) -> AtCounter:
    called = call(ctx, banko)
    counter.start(ctx, called.ticket_id)
    counter.finish(ctx, called.ticket_id)
    return called


def current(ctx: Context, banko: int) -> AtCounter | None:
    return ctx.read(reads.counter_panel, banko).current


def waiting(ctx: Context) -> int:
    return sum(queue.waiting for queue in ctx.read(queue_waiting.queues))


def rows(ctx: Context, table: type[Any]) -> int:
    """How many rows a table has."""
    with ctx.db.read() as session:
        counted: int = session.execute(select(func.count()).select_from(table)).scalar_one()
        return counted


def state(ctx: Context, ticket_id: Any) -> str:
    with ctx.db.read() as session:
        return session.execute(select(Ticket.state).where(Ticket.id == ticket_id)).scalar_one()


def assert_whole(ctx: Context) -> None:
    """The file is sound and every count says what the records say."""
    assert check.problems(ctx.db) == []

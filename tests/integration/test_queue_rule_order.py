"""The order of the one statement that calls is the order of the rule in Python, on both engines."""

from __future__ import annotations

import random

import pytest
from acting import visit
from sqlalchemy import select

from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.site import Counter
from desk.models.ticket import Ticket
from desk.queue import catalog, reads, rule, waiting
from desk.queue.types import Priority

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.mark.parametrize("head_start", [0, 5, 30])
def test_sql_and_python_call_in_the_same_order(ctx: Context, clock: SetClock, head_start: int) -> None:
    chance = random.Random(head_start)
    for _ in range(25):
        clock.advance(seconds=chance.choice((0.000001, 1, 59.5, 91, 307)))
        visit(ctx, priority=Priority.AGE if chance.random() < 0.4 else None)
    clock.advance(minutes=3)
    now = clock.now()

    def order(session, scope):  # type: ignore[no-untyped-def]
        counter_id = session.execute(select(Counter.id).where(Counter.number == 4)).scalar_one()
        return [row.number for row in session.execute(reads.eligible(scope, counter_id, head_start))]

    called = ctx.read(order)
    with ctx.db.read() as session:
        tickets = session.execute(select(Ticket).order_by(Ticket.id)).scalars().all()
    expected = sorted(tickets, key=lambda t: -rule.score(t.arrived_at, t.priority, head_start, now))
    assert called == [ticket.number for ticket in expected]


def test_who_is_ahead_is_who_would_be_called_before(ctx: Context, clock: SetClock) -> None:
    for minutes, priority in ((20, None), (5, Priority.AGE), (15, None), (5, None)):
        visit(ctx, priority=priority)
        clock.advance(minutes=minutes)
    service = ctx.read(catalog.service_by_code, "vergi")
    assert ctx.read(waiting.promise, service.id, False)[0] == 4
    assert ctx.read(waiting.promise, service.id, True)[0] == 2  # one came 45 minutes ago, one has öncelik
    assert visit(ctx, priority=Priority.AGE).tickets[0].ahead == 2

"""The order of the one statement that calls is the order of the rule in Python, on both engines."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product

import pytest
from acting import visit
from sqlalchemy import select

from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.base import new_id
from desk.models.site import Counter
from desk.models.ticket import Ticket
from desk.queue import catalog, promises, rule
from desk.queue.eligible import among_heads, eligible
from desk.queue.types import Priority

pytestmark = pytest.mark.usefixtures("both_engines")


RULES = [
    rule.Rule(head_start=0),
    rule.Rule(head_start=5),
    rule.Rule(head_start=30),
    rule.Rule("strict"),
    rule.Rule("interleave", k=2),
    rule.Rule("accumulating", ratio=3.0),
    rule.Rule("accumulating", ratio=1.5),
]


@pytest.mark.parametrize("used", RULES, ids=lambda used: f"{used.name}-{used.head_start:g}-{used.k}-{used.ratio:g}")
@pytest.mark.parametrize("run", [0, 2])
def test_sql_and_python_call_in_the_same_order(ctx: Context, clock: SetClock, used: rule.Rule, run: int) -> None:
    chance = random.Random(used.head_start + run)
    begun = clock.now()
    for _ in range(25):
        clock.advance(seconds=chance.choice((0.000001, 1, 59.5, 91, 307)))
        visit(ctx, priority=Priority.AGE if chance.random() < 0.4 else None)
    clock.advance(minutes=3)

    def minutes(moment):  # type: ignore[no-untyped-def]
        return (moment - begun).total_seconds() / 60

    def order(session, scope):  # type: ignore[no-untyped-def]
        counter_id = session.execute(select(Counter.id).where(Counter.number == 4)).scalar_one()
        return [row.number for row in session.execute(eligible(scope, counter_id, used, run))]

    called = ctx.read(order)
    with ctx.db.read() as session:
        tickets = session.execute(select(Ticket).order_by(Ticket.id)).scalars().all()
    now = minutes(clock.now())
    expected = sorted(tickets, key=lambda t: rule.key(used, minutes(t.arrived_at), t.priority, now, run))
    assert called == [ticket.number for ticket in expected]


@pytest.mark.parametrize(
    "used", RULES[:3] + RULES[3:4] + RULES[5:], ids=lambda used: f"{used.name}-{used.head_start:g}"
)
def test_who_is_counted_ahead_is_who_is_called_before(ctx: Context, clock: SetClock, used: rule.Rule) -> None:
    chance = random.Random(7)
    for _ in range(15):
        clock.advance(seconds=chance.choice((1, 59.5, 91, 307)))
        visit(ctx, priority=Priority.AGE if chance.random() < 0.4 else None)
    clock.advance(minutes=2)

    def orders(session, scope):  # type: ignore[no-untyped-def]
        counter_id = session.execute(select(Counter.id).where(Counter.number == 4)).scalar_one()
        called = session.execute(eligible(scope, counter_id, used)).all()
        for place, row in enumerate(called):
            before = rule.before(used, row.arrived_at, row.priority, scope.now)
            counted = session.execute(select(Ticket.number).where(before)).scalars().all()
            assert set(counted) == {other.number for other in called[: place + 1]}, row.number

    ctx.read(orders)


def test_who_is_ahead_is_who_would_be_called_before(ctx: Context, clock: SetClock) -> None:
    for minutes, priority in ((20, None), (5, Priority.AGE), (15, None), (5, None)):
        visit(ctx, priority=priority)
        clock.advance(minutes=minutes)
    service = ctx.read(catalog.service_by_code, "vergi")
    assert ctx.read(promises.promise, service.id, False).ahead == 4
    assert ctx.read(promises.promise, service.id, True).ahead == 2  # one came 45 minutes ago, one has öncelik
    assert visit(ctx, priority=Priority.AGE).tickets[0].ahead == 2


def sent_here_and_there(ctx: Context, clock: SetClock, chance: random.Random, count: int) -> None:
    """A hall with several services, many of one moment, appointments to come, and some who were sent on."""
    for _ in range(count):
        clock.advance(seconds=chance.choice((0, 0, 1, 59.5, 307)))
        visit(
            ctx,
            service=chance.choice(("vergi", "vergi", "talep", "sosyal")),
            numbers=(numbers := chance.choice((1, 1, 3))),
            persons=numbers,
            priority=Priority.AGE if chance.random() < 0.4 else None,
        )
    with ctx.db.write() as session:
        tickets = session.execute(select(Ticket).order_by(Ticket.id)).scalars().all()
        counters = session.execute(select(Counter).order_by(Counter.number)).scalars().all()
        for place, one in enumerate(counters):
            one.state = ("open", "closed", "break")[place % 3]
            one.staff_id = None if one.state == "closed" else tickets[0].staff_id or ctx.actor.staff_id
        for ticket in tickets:
            if chance.random() < 0.3:
                ticket.wanted_counter_id = chance.choice(counters).id
            elif chance.random() < 0.1:
                ticket.wanted_staff_id = chance.choice((ctx.actor.staff_id, new_id()))
            if chance.random() < 0.1:
                ticket.arrived_at += timedelta(minutes=chance.choice((-40, 20)))
            if chance.random() < 0.2:
                ticket.state = "served"


def test_the_first_of_each_class_hold_the_first_of_all(ctx: Context, clock: SetClock) -> None:
    sent_here_and_there(ctx, clock, random.Random(3), 30)

    def compare(session, scope):  # type: ignore[no-untyped-def]
        for counter, used, run in product(session.execute(select(Counter)).scalars(), RULES[2:], (0, 1, 2)):
            everybody = [row.id for row in session.execute(eligible(scope, counter.id, used, run))]
            for count in (1, 2, 3, 5):
                few = [row.id for row in session.execute(among_heads(scope, counter.id, used, run, count))]
                assert few == everybody[:count], (counter.number, used, run, count)

    ctx.read(compare)

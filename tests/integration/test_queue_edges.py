"""What holds beside the moves: outcomes, what a call keeps, other sites, thousands who wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from acting import assert_whole, call, serve, visit
from sqlalchemy import func, select
from test_queue_many_waiting import crowd
from test_reports_bad_input import second_site

from desk.actions import counter, desk, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.queue import reads, reasons, rule
from desk.queue.types import Priority

pytestmark = pytest.mark.usefixtures("both_engines")

MANY = 10_000


def row(ctx: Context, ticket_id: Any) -> Ticket:
    with ctx.db.read() as session:
        return session.get_one(Ticket, ticket_id)


@pytest.mark.parametrize(("outcome", "kept"), [("done", "done"), ("papers", "papers"), ("elsewhere", "elsewhere")])
def test_service_ends_with_an_outcome_that_is_kept(ctx: Context, outcome: str, kept: str) -> None:
    visit(ctx)
    at = call(ctx, 4)
    counter.start(ctx, at.ticket_id)
    with pytest.raises(UserError, match=r"Böyle bir sonuç yok: belki\. Bilinenler: done, papers, elsewhere"):
        counter.finish(ctx, at.ticket_id, "belki")
    counter.finish(ctx, at.ticket_id, outcome)
    assert (row(ctx, at.ticket_id).state, row(ctx, at.ticket_id).outcome) == ("served", kept)
    assert outcome in reasons.OUTCOMES
    assert_whole(ctx)


def test_each_call_keeps_rule_version_and_what_the_rule_saw(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(minutes=20)
    visit(ctx, priority=Priority.AGE)
    clock.advance(minutes=4)
    shown = ctx.read(reads.counter_panel, 4).next[0]
    called = serve(ctx, 4)
    assert (shown.number, shown.waited_minutes, shown.head_start) == ("V 002", 4, 30)
    with ctx.db.read() as session:
        kept = session.execute(select(TicketCall)).scalar_one()
    assert (kept.rule, kept.rule_version) == ("head_start", 1)
    assert called.reason is not None and kept.inputs == rule.inputs(called.reason)
    assert {"waited_minutes": 4, "head_start": 30, "runner_up": "V 001", "runner_up_waited": 24}.items() <= (
        kept.inputs.items()
    )


def test_nobody_reaches_a_number_of_another_site(ctx: Context) -> None:
    there = second_site(ctx)
    theirs = visit(there).tickets[0]
    ours = visit(ctx).tickets[0]
    assert theirs.number == ours.number == "V 001"
    deeds: tuple[Callable[[], Any], ...] = (
        lambda: counter.call_this(ctx, 4, theirs.id, "Acil durum"),
        lambda: counter.recall(ctx, theirs.id),
        lambda: counter.start(ctx, theirs.id),
        lambda: counter.finish(ctx, theirs.id),
        lambda: counter.no_show(ctx, theirs.id),
        lambda: counter.bring_back(ctx, theirs.id),
        lambda: counter.hold(ctx, theirs.id),
        lambda: counter.resume(ctx, theirs.id),
        lambda: counter.return_to_queue(ctx, theirs.id),
        lambda: counter.leave(ctx, theirs.id),
        lambda: counter.transfer(ctx, theirs.id, "imar"),
        lambda: counter.add_service(ctx, theirs.id, "imar"),
        lambda: ctx.read(reads.find_open, theirs.scan_code),
        lambda: desk.undo_visit(ctx, theirs.visit_id),
    )
    for place, deed in enumerate(deeds):
        with pytest.raises(UserError) as told:
            deed()
        assert str(told.value), place
    assert (row(there, theirs.id).state, row(ctx, ours.id).state) == ("waiting", "waiting")
    assert call(ctx, 4).ticket_id == ours.id
    assert shift.close_day(ctx) == 1
    assert row(there, theirs.id).state == "waiting"  # the day of the other site goes on
    assert_whole(ctx)


def test_ten_thousand_who_wait_are_added_to_called_and_end_with_the_day(ctx: Context, clock: SetClock) -> None:
    crowd(ctx, MANY)
    last = visit(ctx)
    assert last.tickets[0].number == "V 002"
    assert last.tickets[0].ahead > MANY // 2
    served = serve(ctx, 4)
    assert served.number == "W 00007"
    clock.advance(days=1)
    assert visit(ctx).tickets[0].number == "V 001"  # the first press of the morning ends what was left
    with ctx.db.read() as session:
        counted = session.execute(select(Ticket.state, func.count()).group_by(Ticket.state)).all()
        running = session.execute(select(func.count()).where(TicketPeriod.ended_at.is_(None))).scalar_one()
    assert dict(counted) == {"expired": MANY + 1, "served": 1, "waiting": 1}
    assert running == 1
    assert shift.sheet(ctx, (clock.now() - timedelta(days=1)).date()).expired == MANY + 1

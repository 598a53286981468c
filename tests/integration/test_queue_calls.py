"""What the hall reads after it was away: each call as it was made."""

from __future__ import annotations

import pytest

from desk.actions import counter, desk, warm
from desk.models import changes
from desk.queue import reads

pytestmark = pytest.mark.usefixtures("both_engines")


def test_a_call_made_while_the_hall_was_down_keeps_its_counter_after_the_ticket_moved_on(ctx, clock):
    desk.register_visit(ctx, desk.VisitRequest("a", "vergi"))
    cursor = ctx.read(reads.hall_board).cursor
    called = counter.call_next(ctx, 4)
    clock.advance(seconds=20)
    counter.recall(ctx, called.ticket_id)
    clock.advance(seconds=20)
    counter.transfer(ctx, called.ticket_id, "imar")
    clock.advance(minutes=1)
    counter.call_next(ctx, 7)
    calls = ctx.read(reads.calls_since, cursor)
    assert [(c.number, c.counter_number, c.recall) for c in calls] == [
        ("V 001", 4, 1),
        ("V 001", 4, 2),
        ("V 001", 7, 1),
    ]
    assert [c.seq for c in calls] == sorted({c.seq for c in calls})


def test_two_recalls_in_one_moment_are_two_calls(ctx):
    desk.register_visit(ctx, desk.VisitRequest("a", "vergi"))
    cursor = ctx.read(reads.hall_board).cursor
    called = counter.call_next(ctx, 4)
    counter.recall(ctx, called.ticket_id)
    counter.recall(ctx, called.ticket_id)
    assert len(ctx.read(reads.calls_since, cursor)) == 3


def test_a_program_makes_ready_for_its_first_press_without_writing_or_calling_anything(ctx):
    desk.register_visit(ctx, desk.VisitRequest("a", "vergi"))

    def log(session, scope):
        return changes.last_seq(session, scope.site_id), reads.hall_board(session, scope)

    before = ctx.read(log)
    warm.make_ready(ctx)
    assert ctx.read(log) == before
    assert counter.call_next(ctx, 4).number == "V 001"

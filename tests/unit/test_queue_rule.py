"""The calling rule in words and numbers: head start, and that nobody starves by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desk.queue.rule import reason, score
from desk.queue.types import CallReason, NextUp

NOW = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
minutes = st.integers(0, 600 * 60).map(lambda seconds: timedelta(seconds=seconds))


def test_a_score_is_the_minutes_waited_and_the_head_start() -> None:
    assert score(NOW - timedelta(minutes=12, seconds=30), False, 30, NOW) == 12.5
    assert score(NOW - timedelta(minutes=9), True, 30, NOW) == 39


@given(minutes, minutes, st.booleans(), st.booleans(), st.integers(0, 120))
def test_the_order_of_two_does_not_change_while_they_wait(
    first: timedelta, second: timedelta, one: bool, other: bool, head_start: int
) -> None:
    def ahead(now: datetime) -> bool:
        mine, theirs = score(NOW - first, one, head_start, now), score(NOW - second, other, head_start, now)
        return mine > theirs

    assert ahead(NOW) == ahead(NOW + timedelta(hours=2))


@given(minutes, minutes, st.booleans(), st.integers(0, 120))
def test_nobody_is_overtaken_by_one_who_came_more_than_the_head_start_later(
    waited: timedelta, later: timedelta, priority: bool, head_start: int
) -> None:
    if later > timedelta(minutes=head_start):
        newcomer = NOW - waited + later
        assert score(NOW - waited, False, head_start, NOW) > score(newcomer, priority, head_start, NOW)


def test_the_reason_names_who_would_have_been_next() -> None:
    called = NextUp(UUID(int=1), "V 003", True, 9, 30)
    second = NextUp(UUID(int=2), "V 001", False, 16, 0)
    assert reason(called, second) == CallReason("head_start", 1, 9, 30, "V 001", 16, 0, priority=True)
    assert reason(called, None) == CallReason("head_start", 1, 9, 30, priority=True)

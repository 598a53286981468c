"""The calling rule in words and numbers: head start, and that nobody starves by it."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desk.queue import reasons
from desk.queue.rule import RULES, Rule, key, overtaken_for, priority_first, reason, score
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


@given(minutes, minutes, st.sampled_from(sorted(RULES)), st.integers(0, 4))
def test_every_rule_calls_those_of_one_class_as_they_came(
    first: timedelta, second: timedelta, name: str, run: int
) -> None:
    used = Rule(name)
    one, other = sorted((-first.total_seconds() / 60, -second.total_seconds() / 60))
    for priority in (False, True):
        assert key(used, one, priority, 0.0, run) <= key(used, other, priority, 0.0, run)


def test_whose_turn_it_is_between_the_first_of_each_class() -> None:
    """Somebody who came 40 minutes ago against öncelik of 5 minutes ago."""
    turns = {name: priority_first(Rule(name), -40, -5, 0.0, run=0) for name in RULES}
    assert turns == {"head_start": False, "strict": True, "interleave": True, "accumulating": False}
    assert not priority_first(Rule("interleave", k=2), -40, -5, 0.0, run=2)
    assert priority_first(Rule("accumulating", ratio=3), -12, -5, 0.0)
    assert [overtaken_for(Rule(name)) for name in ("head_start", "strict")] == [30, math.inf]


def test_the_reason_in_words_never_tells_the_class() -> None:
    called = NextUp(UUID(int=1), "V 003", True, 11, 30)
    second = NextUp(UUID(int=2), "A 044", False, 29, 0)
    assert reasons.after_call(reason(called, second), str) == (
        "11 dk bekledi; öncelikli olduğu için 30 dakika önce gelmiş sayıldı. "
        "Ardından A\N{NO-BREAK SPACE}044 geliyordu: 29 dk."
    )
    assert reasons.in_short(reason(called, second), str) == "öncelikli, 11 + 30 dk · ardından A 044: 29 dk"
    assert reasons.before_call(called, str) == "Öncelikli · 11 + 30 dk"

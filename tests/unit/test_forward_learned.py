"""What the last days teach the forecast."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.learned import (
    COUNTER_WEIGHT,
    HALL_WEIGHT,
    NO_SHOW_BINS,
    arrivals_scale,
    break_hazard,
    no_show_curve,
    speed,
)

CALLED = st.lists(st.tuples(st.floats(0, 400), st.booleans()), max_size=200)


@given(CALLED)
def test_the_longer_the_wait_the_more_stay_away(called: list[tuple[float, bool]]) -> None:
    curve = no_show_curve(called)
    assert len(curve) == NO_SHOW_BINS and all(0 <= share <= 1 for share in curve)
    assert all(one <= other + 1e-12 for one, other in pairwise(curve))


def test_nobody_known_nobody_stays_away() -> None:
    assert set(no_show_curve([])) == {0.0}


def test_a_few_no_shows_do_not_empty_a_bin() -> None:
    curve = no_show_curve([(5.0, False)] * 95 + [(5.0, True)] * 3 + [(150.0, True)] * 2, bins=8)
    assert curve[0] == pytest.approx((3 + 15 * 0.05) / (98 + 15))
    assert curve[7] == pytest.approx((2 + 15 * 0.05) / (2 + 15))


def test_a_bin_that_falls_is_pooled_with_the_one_before() -> None:
    curve = no_show_curve([(5.0, True)] * 50 + [(5.0, False)] * 50 + [(25.0, False)] * 100, bins=2)
    assert curve[0] == curve[1] == pytest.approx(0.25)


def test_a_slow_morning_is_believed_slowly() -> None:
    assert speed(20.0, 10.0, 2, HALL_WEIGHT) == pytest.approx(1 + 2 / 42)
    assert speed(600.0, 300.0, 60, COUNTER_WEIGHT) == pytest.approx(1 + 60 / 75)


def test_without_a_service_the_speed_is_the_usual() -> None:
    assert speed(0.0, 0.0, 0, HALL_WEIGHT) == 1.0


def test_a_crowded_morning_promises_a_crowded_day() -> None:
    assert arrivals_scale(30, 30.0) == 1.0
    assert arrivals_scale(90, 30.0) == 2.0
    assert arrivals_scale(0, 0.0) == 1.0


def test_breaks_are_counted_per_minute_open() -> None:
    assert break_hazard(3, 600.0) == pytest.approx(0.005)
    assert break_hazard(0, 0.0) == 0.0

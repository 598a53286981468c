"""What a waiting visitor is promised, and when nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.forecast import ENOUGH_SERVED, Hall, forecast, round_for_people
from desk.queue.types import Band

HALL = Hall(served=200, serve_seconds=360, counters_open=2, counters_free=0, minutes_to_pause=240)


def test_a_band_around_the_expected_wait() -> None:
    assert forecast(6, HALL) == Band(20, 30)  # 6.5 services of 6 minutes at two counters: 19.5
    assert forecast(0, HALL) == Band(2, 3)


def test_at_a_free_counter_nobody_waits() -> None:
    assert forecast(0, replace(HALL, counters_free=1)) == Band(0, 0)
    assert forecast(0, replace(HALL, counters_free=1, served=0)) == Band(0, 0)


@pytest.mark.parametrize(
    "hall",
    [
        replace(HALL, counters_open=0),
        replace(HALL, counters_open=0, counters_free=0, served=5000),
        replace(HALL, served=ENOUGH_SERVED - 1),
        replace(HALL, minutes_to_pause=29),
    ],
)
def test_nothing_is_promised_without_counter_data_or_across_a_pause(hall: Hall) -> None:
    assert forecast(6, hall) is None


def test_a_band_that_ends_with_the_pause_is_still_promised() -> None:
    assert forecast(6, replace(HALL, minutes_to_pause=30)) == Band(20, 30)


@pytest.mark.parametrize(
    ("exact", "told"), [(0, 1), (0.2, 1), (1, 1), (1.1, 2), (4.9, 5), (5, 5), (5.1, 10), (10, 10), (17, 20), (61, 65)]
)
def test_minutes_are_rounded_as_people_say_them(exact: float, told: int) -> None:
    assert round_for_people(exact) == told


@given(st.integers(0, 200), st.integers(30, 9000), st.floats(5, 5000), st.integers(1, 40))
def test_a_band_is_in_order_and_never_narrower_for_those_further_back(
    ahead: int, served: int, seconds: float, counters: int
) -> None:
    hall = Hall(served, seconds, counters, 0, float("inf"))
    here, behind = forecast(ahead, hall), forecast(ahead + 1, hall)
    assert here is not None and behind is not None
    assert 1 <= here.low <= here.high
    assert here.low <= behind.low and here.high <= behind.high

"""How a forecast is said: minutes, the clock where a pause lies between, or nothing."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.forecast import round_for_people, told
from desk.queue.types import Band, Window

OPEN = ((480, 720), (780, 1020))
"""08.00–17.00, lunch from 12.00 to 13.00."""

LUNCH = (time(12), time(13))


@pytest.mark.parametrize(
    ("exact", "told_as"),
    [(0, 1), (0.2, 1), (1, 1), (1.1, 2), (4.9, 5), (5, 5), (5.1, 10), (10, 10), (17, 20), (61, 65)],
)
def test_minutes_are_rounded_as_people_say_them(exact: float, told_as: int) -> None:
    assert round_for_people(exact) == told_as


def test_a_wait_that_ends_before_lunch_is_told_in_minutes() -> None:
    assert told(600, 12.0, 18.0, OPEN) == (Band(15, 20), None)
    assert told(700, 12.0, 20.0, OPEN) == (Band(15, 20), None)


def test_across_lunch_the_clock_is_told_and_the_lunch_with_it() -> None:
    assert told(710, 81.0, 88.0, OPEN) == (None, Window(time(13, 10), time(13, 20), LUNCH))


def test_a_window_never_begins_or_ends_within_lunch() -> None:
    assert told(690, 20.0, 50.0, OPEN) == (None, Window(time(11, 50), time(13, 5), LUNCH))
    assert told(690, 40.0, 95.0, OPEN) == (None, Window(time(13), time(13, 5), LUNCH))


def test_who_takes_a_number_during_lunch_is_told_the_clock() -> None:
    assert told(750, 31.0, 38.0, OPEN) == (None, Window(time(13), time(13, 10), LUNCH))


def test_across_closing_the_clock_is_told() -> None:
    assert told(1010, 12.0, 18.0, OPEN) == (None, Window(time(17), time(17, 10)))


def test_whoever_waits_inside_after_closing_is_told_minutes_again() -> None:
    assert told(1025, 3.0, 8.0, OPEN) == (Band(3, 10), None)


def test_a_day_without_hours_has_no_pause() -> None:
    assert told(700, 60.0, 90.0, ()) == (Band(60, 90), None)


@given(st.floats(480, 1019), st.floats(0, 300), st.floats(0, 60))
def test_minutes_are_never_told_across_lunch_or_closing(minute: float, median: float, width: float) -> None:
    band, window = told(minute, median, median + width, OPEN)
    assert (band is None) is not (window is None)
    if band is not None:
        assert any(opens <= minute and minute + median + width <= closes for opens, closes in OPEN)
    if window is not None and median + width + minute < 1440:
        assert window.begins < window.ends

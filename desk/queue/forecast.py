"""What a forecast says to people: a band of minutes, a window by the clock where a pause lies between, or nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from desk.queue.types import Band, Window

ENOUGH_SERVED = 30
"""Served tickets of a service under which nothing is promised but a free counter."""

HARDLY_TODAY = 0.5
"""A newcomer who is not called today in more than this share of the courses "will hardly be served today"."""

SERVES_ON = 20
"""Minutes after closing in which counters go on with those who wait, unless the site says otherwise."""

_STEP = 5  # minutes of the clock


def round_for_people(minutes: float) -> int:
    """One to five to the minute, above upward to five minutes: nobody believes "17 minutes"."""
    if minutes <= 5:
        return max(1, math.ceil(minutes))
    return math.ceil(minutes / 5) * 5


def told(
    minute: float, median: float, upper: float, open_hours: Sequence[tuple[int, int]]
) -> tuple[Band | None, Window | None]:
    """How minutes from ``minute`` (after midnight) are told: a band, or a window when they cross lunch or closing.

    ``open_hours``: when the site is open that day, lunch taken out; none for a site without hours.
    """
    begins, ends = minute + median, minute + upper
    if any(opens <= minute and ends <= closes for opens, closes in open_hours) or not open_hours:
        return Band(round_for_people(median), round_for_people(upper)), None
    lunches = [(a[1], b[0]) for a, b in pairwise(open_hours)]
    pause = next(((begin, end) for begin, end in lunches if minute < end and ends > begin), None)
    if pause is None and minute >= open_hours[-1][1]:
        # Long after closing there is no pause to come: minutes are as good as ever.
        return Band(round_for_people(median), round_for_people(upper)), None
    first = math.floor(begins / _STEP) * _STEP
    if pause is not None and pause[0] <= first < pause[1]:
        first = pause[1]
    last = max(math.ceil(ends / _STEP) * _STEP, first + _STEP)
    if pause is not None and pause[0] < last <= pause[1]:
        last = pause[1] + _STEP  # not before lunch means: soon after it
    return None, Window(_time(first), _time(last), (_time(pause[0]), _time(pause[1])) if pause else None)


def _time(minute: float) -> time:
    whole = int(minute) % (24 * 60)
    return time(whole // 60, whole % 60)

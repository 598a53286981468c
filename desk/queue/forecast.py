"""The waiting forecast that is printed and shown: a band of minutes, or nothing when it would be a guess.

This first estimator multiplies the numbers ahead with the lately measured service time over the open counters. It
says nothing under 30 served tickets, without an open counter, or when the band would cross lunch or closing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from desk.queue.types import Band

ENOUGH_SERVED = 30
LOWER, UPPER = 0.8, 1.35
"""The band around the expected wait."""


@dataclass(frozen=True, slots=True)
class Hall:
    """What is known of a service at this moment."""

    served: int  # tickets the mean is made of
    serve_seconds: float  # their mean
    counters_open: int
    counters_free: int
    minutes_to_pause: float  # until lunch or closing; infinite when none is ahead


def forecast(ahead: int, hall: Hall) -> Band | None:
    """The band for someone with ``ahead`` numbers before them; None when nothing honest can be said."""
    if hall.counters_open == 0:
        return None
    if ahead == 0 and hall.counters_free > 0:
        return Band(0, 0)
    if hall.served < ENOUGH_SERVED:
        return None
    # Everybody ahead, and half a service for those at the counters now.
    expected = (ahead + 0.5) * hall.serve_seconds / 60 / hall.counters_open
    band = Band(round_for_people(expected * LOWER), round_for_people(expected * UPPER))
    return None if band.high > hall.minutes_to_pause else band


def round_for_people(minutes: float) -> int:
    """One to five to the minute, above upward to five minutes: nobody believes "17 minutes"."""
    if minutes <= 5:
        return max(1, math.ceil(minutes))
    return math.ceil(minutes / 5) * 5

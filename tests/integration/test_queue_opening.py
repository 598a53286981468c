"""When the kiosk gives numbers: the weekday's hours, lunch, public holidays and half days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.queue import opening

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("moment", "open_now", "minutes_left"),
    [
        ("2026-11-24T10:42", True, 78),  # a Tuesday: until lunch
        ("2026-11-24T12:30", False, None),
        ("2026-11-24T16:00", True, 60),
        ("2026-11-24T17:00", False, None),
        ("2026-11-22T10:00", False, None),  # a Sunday
        ("2027-01-01T10:00", False, None),  # New Year's Day, a Friday
        ("2026-10-29T10:00", False, None),  # Republic Day, a Thursday
        ("2026-10-28T11:00", True, 60),  # its eve: lunch comes first
        ("2026-10-28T13:30", False, None),  # and nobody after 13.00
    ],
)
def test_hours_hold_on_working_days_half_days_and_holidays(ctx, clock, moment, open_now, minutes_left):
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL))
    now_open, left = ctx.read(opening.opening)
    assert now_open is open_now
    assert left == (minutes_left if minutes_left is not None else float("inf"))

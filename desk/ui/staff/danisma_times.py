"""Times and days as they are typed at the desk; pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from desk.clock import ISTANBUL, local

_CLOCK = re.compile(r"(\d{1,2})(?:[.:\s]?(\d{2}))?")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")


def moment_of(now: datetime, day: str, clock: str) -> datetime | None:
    """ "14.30", "1430" or "14" on a day ("" is today, else 25.11 or 25.11.2026); None for what is no such moment.

    A day without its year that has passed is the next one.
    """
    here = local(now)
    at = _CLOCK.fullmatch(clock.strip())
    if at is None:
        return None
    hour, minute = int(at[1]), int(at[2] or 0)
    date = here.date()
    if day.strip():
        found = _DAY.fullmatch(day.strip())
        if found is None:
            return None
        try:
            date = date.replace(year=int(found[3] or here.year), month=int(found[2]), day=int(found[1]))
            if not found[3] and date < here.date():
                date = date.replace(year=date.year + 1)
        except ValueError:
            return None
    if hour > 23 or minute > 59:
        return None
    return datetime(date.year, date.month, date.day, tzinfo=ISTANBUL) + timedelta(hours=hour, minutes=minute)

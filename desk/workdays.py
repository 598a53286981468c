"""Working days and public holidays of Turkey.

Public holidays are those of Law 2429; 28 October and the eves of religious holidays are half days, off from 13.00.
Dates of religious holidays are known to 2032 and estimated afterwards.
"""

from __future__ import annotations

from datetime import date
from functools import cache

HALF_DAY_ENDS = 13 * 60
"""Minutes after midnight at which work ends on a half day (Law 2429, article 2)."""


def is_holiday(day: date) -> bool:
    """Whether the whole day is a public holiday; weekends are not asked about."""
    return day in _days(day.year, "public")


def is_half_day(day: date) -> bool:
    return day in _days(day.year, "half_day")


def is_working_day(day: date) -> bool:
    """Monday to Friday without public holidays; a half day counts as a working day."""
    return day.weekday() < 5 and not is_holiday(day)


@cache
def _days(year: int, category: str) -> frozenset[date]:
    from holidays import country_holidays  # on use: 40 ms

    return frozenset(country_holidays("TR", years=year, categories=(category,)))

"""Working days and public holidays of Turkey.

Public holidays are those of Law 2429; 28 October and the eves of religious holidays are half days, off from 13.00.
Dates of religious holidays are known to 2032 and estimated afterwards. Administrative leave (idari izin) is decided
from year to year and belongs to the site: a ``Calendar`` is made with it.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from desk.holiday_file import named
from desk.values import dataclass

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


def is_estimated(day: date) -> bool:
    """Whether the day is a religious holiday (or its eve) whose date is only estimated."""
    return day in _estimated(day.year)


@cache
def _days(year: int, category: str) -> frozenset[date]:
    return frozenset(_named(year, category))


@cache
def _estimated(year: int) -> frozenset[date]:
    names = {**_named(year, "public"), **_named(year, "half_day")}
    return frozenset(day for day, name in names.items() if "estimated" in name)


@cache
def _named(year: int, category: str) -> dict[date, str]:
    return named(year, category, lambda: dict(_turkey()(years=year, categories=(category,), language="en_US")))


@cache
def _turkey() -> Any:
    """The class with the holidays of Turkey.

    WORKAROUND: ``holidays.countries`` reads all of its 270 countries when one is asked for, in every program that
    starts (80 ms). An empty package of the same place stands in while the one module is read.
    """
    import holidays

    name = "holidays.countries"
    if name not in sys.modules:
        stand_in = ModuleType(name)
        stand_in.__path__ = [str(Path(holidays.__file__).parent / "countries")]
        sys.modules[name] = stand_in
        try:
            from holidays.countries.turkey import Turkey
        finally:
            del sys.modules[name]
        return Turkey
    from holidays.countries.turkey import Turkey

    return Turkey


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which one site works.

    ``leave`` are whole days of administrative leave, ``half_leave`` those that end at 13.00. ``half_days_count`` says
    whether a half day counts as a working day (a setting; it does unless the site says otherwise).
    """

    leave: frozenset[date] = frozenset()
    half_leave: frozenset[date] = frozenset()
    half_days_count: bool = True

    def is_working_day(self, day: date) -> bool:
        if not is_working_day(day) or day in self.leave:
            return False
        return self.half_days_count or not (is_half_day(day) or day in self.half_leave)

    def add_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``, which itself does not count."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``."""
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def from_day_on(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def until_day(self, day: date) -> date:
        """The day itself when it is a working day, else the one before."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def has_estimate(self, start: date, end: date) -> bool:
        """Whether an estimated holiday lies after ``start`` up to and including ``end``."""
        return any(is_estimated(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


PUBLIC = Calendar()
"""Public holidays only, without any site's administrative leave."""

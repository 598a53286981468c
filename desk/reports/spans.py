"""The days a sheet is about: one day, a week from Monday, a month by its weeks."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from desk.reports.types import Period
from desk.text import MONTHS

SHORT_WEEKDAYS = ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a sheet. ``columns`` names the days of a week or the weeks of a month; a day has its hours."""

    period: Period
    first: date
    last: date
    columns: tuple[str, ...] = ()
    column_of: tuple[int, ...] = ()  # of each day

    def by_day(self) -> dict[date, int] | None:
        if self.period is Period.DAY:
            return None
        return {self.first + timedelta(days=n): column for n, column in enumerate(self.column_of)}


def day_span(day: date) -> Span:
    return Span(Period.DAY, day, day)


def week_span(day: date) -> Span:
    """Monday to Sunday around a day."""
    first = day - timedelta(days=day.weekday())
    names = tuple(f"{SHORT_WEEKDAYS[n]} {(first + timedelta(days=n)).day}" for n in range(7))
    return Span(Period.WEEK, first, first + timedelta(days=6), names, tuple(range(7)))


def month_span(day: date) -> Span:
    """The month around a day, by its weeks: "1–6", "7–13" …"""
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    column_of = tuple((n + first.weekday()) // 7 for n in range(last.day))
    weeks: dict[int, list[int]] = {}
    for n, column in enumerate(column_of, 1):
        weeks.setdefault(column, []).append(n)
    names = tuple(f"{days[0]}–{days[-1]}" if len(days) > 1 else str(days[0]) for days in weeks.values())
    return Span(Period.MONTH, first, last, names, column_of)


SPANS = {Period.DAY: day_span, Period.WEEK: week_span, Period.MONTH: month_span}


def title_of(span: Span) -> str:
    """ "16–22 Kasım 2026", "Kasım 2026" """
    month = MONTHS[span.last.month - 1]
    if span.period is Period.MONTH:
        return f"{month} {span.last.year}"
    begins = (
        str(span.first.day)
        if span.first.month == span.last.month
        else f"{span.first.day} {MONTHS[span.first.month - 1]}"
    )
    return f"{begins}–{span.last.day} {month} {span.last.year}"

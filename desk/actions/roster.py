"""Who sits where when: what the shift lead writes and what the forecast reads; and the forecast's scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desk.actions.context import Context
from desk.actor import Right
from desk.errors import N_, UserError
from desk.queue import roster, scorecard
from desk.queue.roster import CounterRoster, Line
from desk.queue.scorecard import Scorecard

SCORE_DAYS_LIMIT = 250
AHEAD_DAYS = 60
"""How far ahead dates that differ are listed."""


def week(ctx: Context) -> tuple[CounterRoster, ...]:
    """The roster of every counter and weekday that has one; empty for a site without a roster."""
    return ctx.read(roster.week)


def dates(ctx: Context) -> tuple[CounterRoster, ...]:
    """What is different on single dates, from today on."""
    return ctx.read(lambda s, scope: roster.days(s, scope, scope.day, scope.day + timedelta(days=AHEAD_DAYS)))


def write_week(ctx: Context, counter: int, weekdays: Sequence[int], lines: Sequence[Line]) -> None:
    """A counter's lines on some weekdays (0 is Monday) instead of those before; none takes it off the roster.

    Raises UserError for an unknown counter or clerk and for hours that cannot be.
    """
    with ctx.work(Right.REPORT) as work:
        roster.write_week(work, counter, weekdays, lines)


def write_day(ctx: Context, counter: int, day: date, lines: Sequence[Line]) -> None:
    """A counter's lines on one date; none: nobody sits there that day."""
    with ctx.work(Right.REPORT) as work:
        roster.write_day(work, counter, day, lines)


def clear_day(ctx: Context, counter: int, day: date) -> None:
    """The date follows its weekday again."""
    with ctx.work(Right.REPORT) as work:
        roster.clear_day(work, counter, day)


def score(ctx: Context, days: int = scorecard.DAYS) -> Scorecard:
    """How good the forecast was on the last days; raises UserError for a number of days that makes no sense."""
    if not 1 <= days <= SCORE_DAYS_LIMIT:
        raise UserError(N_("Gün sayısı 1 ile {limit} arasında olmalı."), limit=SCORE_DAYS_LIMIT)
    return ctx.read(scorecard.scorecard, days)


def line_of(text: str) -> Line:
    """ "08.00–17.00" or "08.00-17.00/12.00-13.00" (with lunch) as a line; raises UserError for anything else."""
    hours, _, lunch = text.replace("–", "-").partition("/")
    begins, ends = _span(hours, text)
    return Line(begins, ends, _span(lunch, text) if lunch else None)


def _span(text: str, whole: str) -> tuple[int, int]:
    begins, dash, ends = text.partition("-")
    if not dash:
        raise UserError(N_("Saat aralığı anlaşılamadı: {text}. Örnek: 08.00-17.00/12.00-13.00"), text=whole)
    return _minute(begins, whole), _minute(ends, whole)


def _minute(text: str, whole: str) -> int:
    hour, _, minute = text.strip().replace(":", ".").partition(".")
    if not (hour.isdecimal() and (minute.isdecimal() or not minute)) or int(hour) > 24 or int(minute or 0) > 59:
        raise UserError(N_("Saat aralığı anlaşılamadı: {text}. Örnek: 08.00-17.00/12.00-13.00"), text=whole)
    return int(hour) * 60 + int(minute or 0)

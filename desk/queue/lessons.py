"""What the last days of a site teach the forecast: learned once a day from its records, kept as one row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from desk.actor import Scope
from desk.models.base import micros
from desk.models.forecast import ForecastHabits, ForecastLog
from desk.models.session import Session
from desk.models.site import SiteDay
from desk.models.summary import DayCount
from desk.models.ticket import Ticket
from desk.queue import announce, habits, records, roster
from desk.queue.announce import KEPT_DAYS, Given
from desk.queue.habits import Learned, Shift
from desk.queue.opening import Calendar
from desk.queue.records import DayRows

VERSION = 1
"""Of what is kept: another one is learned anew."""

FEW_DAYS = 5
"""While fewer days are known, today teaches too."""

ENOUGH_TICKETS = 20_000
"""A site of ten thousand a day has told enough after two."""

OLDEST = timedelta(days=60)

_T = Ticket.__table__
_LOG = ForecastLog.__table__


class Lesson(NamedTuple):
    """``fresh``: the row to keep, when nobody has kept it yet."""

    known: Learned
    fresh: dict[str, Any] | None


def read(s: Session, scope: Scope, calendar: Calendar) -> Lesson:
    """What was learned for this day: as it is kept, or anew from the records of the days before."""
    kept = s.execute(
        select(ForecastHabits.version, ForecastHabits.learned).where(
            ForecastHabits.site_id == scope.site_id, ForecastHabits.day == scope.day
        )
    ).one_or_none()
    if kept is not None and kept.version == VERSION:
        return Lesson(habits.from_data(kept.learned), None)
    pages, usual = past_pages(s, scope, calendar)
    data = habits.to_data(habits.learn(pages, usual, widening(s, scope, calendar.zone)))
    # As it will be read: every terminal promises the same.
    return Lesson(habits.from_data(data), {"version": VERSION, "learned": data})


def is_kept(s: Session, scope: Scope) -> bool:
    """Whether the row of the day is there by now."""
    found = s.execute(
        select(ForecastHabits.version).where(ForecastHabits.site_id == scope.site_id, ForecastHabits.day == scope.day)
    ).scalar()
    return found == VERSION


def with_today(s: Session, scope: Scope, calendar: Calendar, today: DayRows) -> Learned:
    """While few days are known: what they and today teach."""
    pages, usual = past_pages(s, scope, calendar)
    pages.append(records.page(scope.day.weekday(), today, {}, over=False))
    return habits.learn(pages, usual, widening(s, scope, calendar.zone))


def past_pages(s: Session, scope: Scope, calendar: Calendar) -> tuple[list[habits.Page], dict[int, Shift]]:
    """The pages of the last days, oldest first, and the usual shifts of their counters."""
    first = _first_day(s, scope)
    if first is None:
        return [], {}
    days = records.read_days(s, scope.site_id, calendar.zone, first, scope.day - timedelta(days=1))
    usual = habits.usual_shifts([rows.opened for rows in days.values() if rows.opened])
    plan = roster.read(s, scope, first, scope.day)
    pages = []
    for day, rows in sorted(days.items()):
        shifts = roster.expected(plan.shifts(day), usual, (), None) if calendar.spans(day) else {}
        pages.append(records.page(day.weekday(), rows, shifts))
    return pages, usual


def _first_day(s: Session, scope: Scope) -> date | None:
    """The first of the days to learn from: the last twenty, fewer where a day has thousands of tickets."""
    days = (
        s.execute(
            select(SiteDay.day)
            .where(SiteDay.site_id == scope.site_id, SiteDay.day < scope.day, SiteDay.day >= scope.day - OLDEST)
            .order_by(SiteDay.day.desc())
            .limit(KEPT_DAYS)
        )
        .scalars()
        .all()
    )
    if not days:
        return None
    counted = s.execute(
        select(DayCount.day, func.sum(DayCount.value))
        .where(DayCount.site_id == scope.site_id, DayCount.measure == "tickets_issued", DayCount.day >= days[-1])
        .group_by(DayCount.day)
    )
    tickets = {day: int(count) for day, count in counted}
    found, seen = days[0], 0
    for day in days:
        seen += tickets.get(day, 0)
        if day != days[0] and seen > ENOUGH_TICKETS:
            break
        found = day
    return found


def widening(s: Session, scope: Scope, zone: ZoneInfo) -> float:
    """k of the day: from the forecasts of the last days and the calls that followed."""
    rows = s.execute(
        select(_LOG.c.median, _LOG.c.sd, micros(_T.c.first_called_at) - micros(_T.c.issued_at))
        .join(_T, _T.c.id == _LOG.c.ticket_id)
        .where(_LOG.c.site_id == scope.site_id, _LOG.c.day < scope.day, _LOG.c.day >= scope.day - timedelta(days=31))
        .where(_LOG.c.replications > 0, _T.c.first_called_at.is_not(None))
        .order_by(_LOG.c.day.desc())
        .limit(ENOUGH_TICKETS)
    )
    return announce.widening(Given(middle, sd, waited / records.MINUTE) for middle, sd, waited in rows)

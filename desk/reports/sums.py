"""The summaries of some days in memory: the one place that reads them for sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from desk.models.counting import Duration, Measure
from desk.models.summary import DayCount, DurationCount, HourCount, MonthCount, MonthDuration
from desk.reports.histogram import Histogram

DAY: Table = DayCount.__table__  # type: ignore[assignment]
HOUR: Table = HourCount.__table__  # type: ignore[assignment]
DURATION: Table = DurationCount.__table__  # type: ignore[assignment]
MONTH: Table = MonthCount.__table__  # type: ignore[assignment]
MONTH_DURATION: Table = MonthDuration.__table__  # type: ignore[assignment]


@dataclass(slots=True)
class Sums:
    """What was counted, over all the days that were read."""

    days: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # measure → key → value
    visits: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))  # service → column → visits
    durations: dict[str, dict[str, Histogram]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, measure: Measure, key: str | None = None) -> int:
        """A measure's total, or its value for one key."""
        counted = self.days[measure]
        return counted.total() if key is None else counted[key]

    def histogram(self, duration: Duration, key: str | None = None) -> Histogram:
        by_key = self.durations[duration]
        if key is not None:
            return by_key.get(key, Histogram())
        return Histogram.of_all(by_key.values())


def between(table: Table, site_id: UUID, first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    when = table.c.day == first if first == last else table.c.day.between(first, last)
    return table.c.site_id == site_id, when


def read_sums(session: Session, site_id: UUID, first: date, last: date, columns: dict[date, int] | None) -> Sums:
    """Everything counted from ``first`` to ``last``.

    Visits stand by the hour, or, with ``columns`` (which day belongs to which), by column.
    """
    sums = Sums()
    counted = (DAY.c.measure, DAY.c.key, func.sum(DAY.c.value))
    by_key = select(*counted).where(*between(DAY, site_id, first, last)).group_by(DAY.c.measure, DAY.c.key)
    for measure, key, value in session.execute(by_key).all():
        sums.days[measure][key] = int(value)
    if columns is None:
        by_hour = select(HOUR.c.key, HOUR.c.hour, HOUR.c.value).where(*between(HOUR, site_id, first, last))
        for key, hour, value in session.execute(by_hour.where(HOUR.c.measure == Measure.VISITS)).all():
            sums.visits[key][hour] = value
    else:
        by_day = select(DAY.c.key, DAY.c.day, DAY.c.value).where(*between(DAY, site_id, first, last))
        for key, day, value in session.execute(by_day.where(DAY.c.measure == Measure.VISITS)).all():
            sums.visits[key][columns[day]] += value
    sums.durations = read_durations(session, [site_id], first, last)
    return sums


def read_durations(session: Session, sites: Iterable[UUID], first: date, last: date) -> dict[str, dict[str, Histogram]]:
    """Histograms by duration and key."""
    return histograms(session, DURATION, DURATION.c.site_id.in_(list(sites)), DURATION.c.day.between(first, last))


def histograms(session: Session, table: Table, *where: ColumnElement[bool]) -> dict[str, dict[str, Histogram]]:
    """What a table of durations (of days or of months) holds, by duration and key."""
    found: dict[str, dict[str, Histogram]] = defaultdict(dict)
    by = (table.c.measure, table.c.key, table.c.bucket)
    asked = select(*by, func.sum(table.c.value), func.sum(table.c.seconds)).where(*where).group_by(*by)
    for measure, key, bucket, value, seconds in session.execute(asked).all():  # one by one takes a driver twice as long
        by_key = found[measure]
        histogram = by_key.get(key)
        if histogram is None:
            histogram = by_key[key] = Histogram()
        histogram.add(bucket, int(value), int(seconds))
    return found

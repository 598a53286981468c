"""The summaries of some days in memory: the one place that reads them for sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

from desk.models.counting import Duration, Measure
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.summary import DayCount, DurationCount, HourCount, MonthCount, MonthDuration
from desk.reports.histogram import Histogram

DAY = DayCount.__table__
HOUR = HourCount.__table__
DURATION = DurationCount.__table__
MONTH = MonthCount.__table__
MONTH_DURATION = MonthDuration.__table__


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


_BY_KEY, _BY_HOUR, _BY_BUCKET = (  # of one day each is a row, nothing is added up
    Query(
        select(*columns).where(table.c.site_id == bindparam("site"), table.c.day == bindparam("day"), *more),
        lasting=True,
    )
    for table, columns, more in (
        (DAY, (DAY.c.measure, DAY.c.key, DAY.c.value), ()),
        (HOUR, (HOUR.c.key, HOUR.c.hour, HOUR.c.value), (HOUR.c.measure == Measure.VISITS,)),
        (DURATION, tuple(DURATION.c[name] for name in ("measure", "key", "bucket", "value", "seconds")), ()),
    )
)


def ask_sums(
    connection: Connection, site_id: UUID, first: date, last: date, columns: dict[date, int] | None
) -> Callable[[], Sums]:
    """Everything counted from ``first`` to ``last``; of one day, sent with whatever is asked next (``Query.ask``).

    Visits of one day stand by the hour; those of more by column (``columns`` tells which day belongs to which).
    """
    if columns is None:
        values = {"site": site_id, "day": first}
        rows = [query.ask_bare(connection, values) for query in (_BY_KEY, _BY_HOUR, _BY_BUCKET)]
        return lambda: _of_day(*(answer() for answer in rows))
    sums = _of_days(connection, site_id, first, last, columns)
    return lambda: sums


def _of_day(by_key: Iterable[Any], by_hour: Iterable[Any], by_bucket: Iterable[Any]) -> Sums:
    sums = Sums()
    for measure, key, value in by_key:
        sums.days[measure][key] = value
    for key, hour, value in by_hour:
        sums.visits[key][hour] = value
    sums.durations = in_histograms(by_bucket)
    return sums


def _of_days(connection: Connection, site_id: UUID, first: date, last: date, columns: dict[date, int]) -> Sums:
    sums = Sums()
    counted = (DAY.c.measure, DAY.c.key, func.sum(DAY.c.value))
    by_key = select(*counted).where(*between(DAY, site_id, first, last)).group_by(DAY.c.measure, DAY.c.key)
    for measure, key, value in connection.execute(by_key).all():
        sums.days[measure][key] = int(value)
    by_day = select(DAY.c.key, DAY.c.day, DAY.c.value).where(*between(DAY, site_id, first, last))
    for key, day, value in connection.execute(by_day.where(DAY.c.measure == Measure.VISITS)).all():
        sums.visits[key][columns[day]] += value
    in_days = DURATION.c.day.between(first, last)
    asked = durations_asked(DURATION, DURATION.c.site_id == site_id, in_days)
    sums.durations = in_histograms(connection.execute(asked).all())
    return sums


def histograms(session: Session, table: Table, *where: ColumnElement[bool]) -> dict[str, dict[str, Histogram]]:
    """What a table of durations (of days or of months) holds, by duration and key."""
    return in_histograms(session.execute(durations_asked(table, *where)).all())  # one by one takes twice as long


def durations_asked(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    by = (table.c.measure, table.c.key, table.c.bucket)
    return select(*by, func.sum(table.c.value), func.sum(table.c.seconds)).where(*where).group_by(*by)


def in_histograms(rows: Iterable[Any]) -> dict[str, dict[str, Histogram]]:
    """Rows of duration, key, bucket, count and seconds."""
    found: dict[str, dict[str, Histogram]] = defaultdict(dict)
    for measure, key, bucket, value, seconds in rows:
        by_key = found[measure]
        histogram = by_key.get(key)
        if histogram is None:
            histogram = by_key[key] = Histogram()
        histogram.add(bucket, int(value), int(seconds))
    return found

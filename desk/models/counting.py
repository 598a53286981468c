"""Measure keys and their summary increments.

A ``Tally`` collects what one transaction counted; it is written last, sorted by key (eight clients that upserted
in random order fell to 1.2 transactions a second by deadlocks).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Date, Select, Table, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from desk.models.engine import insert_for
from desk.models.prepared import Prepared
from desk.models.summary import DayCount, DurationCount, HourCount, MonthCount, MonthDuration

_DAY = DayCount.__table__
_HOUR = HourCount.__table__
_DURATION = DurationCount.__table__
_MONTH = MonthCount.__table__
_MONTH_DURATION = MonthDuration.__table__


class Measure(StrEnum):
    """What is counted. The key says by what; the definitions with their control queries stand in reports.measures."""

    VISITS = "visits"  # by service code; key "" for a direction without a number
    PERSONS = "persons"
    DIRECTIONS = "directions"
    VISITS_BY_UNIT = "visits_by_unit"  # by unit code
    TICKETS_ISSUED = "tickets_issued"  # by service code
    TICKETS_SERVED = "tickets_served"
    TICKETS_OUTCOME = "tickets_outcome"  # how service ended: done, papers, elsewhere; manual when served by hand
    TICKETS_CANCELLED = "tickets_cancelled"
    NO_SHOWS = "no_shows"
    LEFT = "left"
    EXPIRED = "expired"
    PRIORITY = "priority"  # by class
    MANUAL_ENTERED = "manual_entered"  # numbers given by hand and entered afterwards, by service code
    LIMITS_PASSED = "limits_passed"  # numbers given against a limit, by limit
    ASSISTANCE = "assistance"  # by kind
    ASSISTANCE_ENDED = "assistance_ended"  # by kind
    PETITIONS = "petitions"  # by document kind
    PETITIONS_INCOMPLETE = "petitions_incomplete"
    PETITIONS_BY_UNIT = "petitions_by_unit"  # by unit code
    ENCLOSURES = "enclosures"
    APPLICATIONS = "applications"  # by kind of application, whatever the channel, petitions among them
    APPLICATIONS_BY_CHANNEL = "applications_by_channel"
    APPLICATIONS_BY_UNIT = "applications_by_unit"  # by code of the unit that has it now; "" while no unit has it
    APPLICATIONS_BY_NEIGHBOURHOOD = "applications_by_neighbourhood"  # by code; "" when none was given
    APPLICATIONS_BY_SUBJECT = "applications_by_subject"  # by code of the routing table; "" for free words
    APPLICATIONS_OUTCOME = "applications_outcome"  # positive, negative, partial, forwarded, out_of_scope …
    APPLICATIONS_OUTCOME_BY_CHANNEL = "applications_outcome_by_channel"  # "meeting:positive"
    APPLICATIONS_OUTCOME_BY_UNIT = "applications_outcome_by_unit"  # "fen:positive"; ":positive" where no unit had it
    APPLICATIONS_FEEDBACK = "applications_feedback"  # yes, no, unreached: what was said when asked after the end
    CALLS = "calls"  # by outcome: answered, abandoned, missed
    CONTACTS = "contacts"  # temas: every recorded meeting of any kind, one each
    VISITS_BY_SUBJECT = "visits_by_subject"  # by subject code; only visits with one
    PETITIONS_BY_CHANNEL = "petitions_by_channel"
    PETITIONS_BY_NEIGHBOURHOOD = "petitions_by_neighbourhood"  # by code; "" when none was given
    EQUIPMENT_USED = "equipment_used"  # pieces that went out, by the kind of help of the job
    SURVEYS = "surveys"  # by form code
    SURVEYS_BY_PLACE = "surveys_by_place"  # desk, kiosk, field
    SURVEY_ANSWERS = "survey_answers"  # by "form:version:question:value"
    SURVEYS_ALARMING = "surveys_alarming"  # by form code
    INCIDENTS = "incidents"  # by kind
    GUIDE = "guide"  # what a service needs was told, by code of the guide's entry


class Duration(StrEnum):
    WAIT = "wait"  # issue to first call, by service code
    SERVE = "serve"  # start to finish, by service code
    ASSISTANCE_WAIT = "assistance_wait"  # requested to started
    ASSISTANCE_JOB = "assistance_job"  # requested to ended
    CALL_WAIT = "call_wait"  # in the exchange's queue, by line; every call
    CALL_TALK = "call_talk"  # answered calls, by line


BUCKET_LIMITS: tuple[int, ...] = (
    *range(0, 600, 15),
    *range(600, 1800, 30),
    *range(1800, 7200, 60),
    *range(7200, 14401, 300),
)
"""Lower limits of the histogram's buckets in seconds: 15 s wide under ten minutes, 30 s under thirty, 1 min under two
hours, then 5 min. A median read from them is off by less than one width."""


def bucket_of(seconds: float) -> int:
    """The lower limit (seconds) of the bucket that holds a duration."""
    value = min(max(int(seconds), 0), BUCKET_LIMITS[-1])
    return value - value % bucket_width(value)


def bucket_width(lower: int) -> int:
    """Width in seconds of the bucket around a duration."""
    return 15 if lower < 600 else 30 if lower < 1800 else 60 if lower < 7200 else 300


class Tally:
    """Increments of one transaction. Negative ones compensate what was undone."""

    def __init__(self) -> None:
        self.days: Counter[tuple[str, str]] = Counter()
        self.hours: Counter[tuple[int, str, str]] = Counter()
        self.durations: Counter[tuple[str, str, int]] = Counter()
        self.seconds: Counter[tuple[str, str, int]] = Counter()

    def count(self, measure: Measure, key: str = "", value: int = 1, hour: int | None = None) -> None:
        """Add to a measure of the day; with ``hour`` (local) also to that hour's."""
        name = str(measure)  # drivers take long for a member of an enumeration
        self.days[name, key] += value
        if hour is not None:
            self.hours[hour, name, key] += value

    def time(self, duration: Duration, key: str, seconds: float) -> None:
        entry = (str(duration), key, bucket_of(seconds))
        self.durations[entry] += 1
        self.seconds[entry] += max(int(seconds), 0)

    def untime(self, duration: Duration, key: str, seconds: float) -> None:
        """Take a duration back that was counted on this day."""
        entry = (str(duration), key, bucket_of(seconds))
        self.durations[entry] -= 1
        self.seconds[entry] -= max(int(seconds), 0)

    def rows(self, site_id: UUID, day: date) -> dict[Table, list[dict[str, Any]]]:
        """What is added to the summaries of the day and of its month, by table, sorted by key."""
        base: dict[str, Any] = {"site_id": site_id, "day": day, "month": day.replace(day=1)}
        days = [{**base, "measure": m, "key": k, "value": n} for (m, k), n in sorted(self.days.items()) if n]
        hours = [
            {**base, "hour": h, "measure": m, "key": k, "value": n} for (h, m, k), n in sorted(self.hours.items()) if n
        ]
        durations = [
            base | {"measure": m, "key": k, "bucket": b, "value": n, "seconds": self.seconds[m, k, b]}
            for (m, k, b), n in sorted(self.durations.items())
            if n
        ]
        return {_DAY: days, _HOUR: hours, _DURATION: durations}


def write(connection: Connection, site_id: UUID, tallies: Mapping[date, Tally]) -> None:
    """Upsert everything, in the order of the keys: the counts of all days, then what their months add up to.

    Months come after every day: two transactions that correct an older day and count today would else wait for each
    other.
    """
    written = [tally.rows(site_id, day) for day, tally in sorted(tallies.items())]
    for rows_of in written:
        for table, rows in rows_of.items():
            if rows:
                _addition(table).many(connection, rows)
    for table, months in OF_MONTH.items():
        rows = written[0][table] if len(written) == 1 else _by_key(months, [row for of in written for row in of[table]])
        if rows:
            _addition(months).many(connection, rows)


def _by_key(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [column.name for column in table.primary_key]
    return sorted(rows, key=lambda row: [str(row[name]) for name in names])


def add_up_months(connection: Connection, site_id: UUID, first: date, last: date) -> None:
    """The months from ``first`` to ``last`` anew from their days: for who wrote the counts of whole days."""
    begins = first.replace(day=1)
    for table, months in OF_MONTH.items():
        connection.execute(months.delete().where(months.c.site_id == site_id, months.c.month.between(begins, last)))
        added_up = summed(table, site_id, begins, last)
        connection.execute(months.insert().from_select([column.name for column in months.columns], added_up))


def summed(table: Table, site_id: UUID, first: date, last: date) -> Select[Any]:
    """Counts or durations of days added up by month, in the columns of their table of months."""
    months = OF_MONTH[table]
    after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    month = first_of_month(table.c.day).label("month")
    keys = [month if column.name == "month" else table.c[column.name] for column in months.primary_key]
    by = {column.name: key for column, key in zip(months.primary_key, keys, strict=True)}
    told = [by.get(c.name, func.sum(table.c.get(c.name)).label(c.name)) for c in months.columns]
    return select(*told).where(table.c.site_id == site_id, table.c.day >= first, table.c.day < after).group_by(*keys)


class first_of_month(GenericFunction[date]):  # noqa: N801 - reads as the SQL function it is
    """The first day of a day's month, on both engines."""

    type = Date()
    inherit_cache = True
    name = "first_of_month"


@compiles(first_of_month)
def _first_sqlite(element: first_of_month, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, 'start of month')"


@compiles(first_of_month, "postgresql")
def _first_postgresql(element: first_of_month, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **kw)}) AS DATE)"


OF_MONTH = {_DAY: _MONTH, _DURATION: _MONTH_DURATION}
"""A summary of days and that of months."""


@cache
def _addition(table: Table) -> Prepared:
    """One statement for all rows, whatever their number: made once for the life of the program."""

    def make(dialect: str) -> Any:
        statement = insert_for(dialect, table)
        added = {c.name: table.c[c.name] + statement.excluded[c.name] for c in table.c if not c.primary_key}
        return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=added)

    return Prepared(make)

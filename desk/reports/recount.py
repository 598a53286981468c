"""Every count again from the records, and where the summaries disagree (``desk db check``, tests of every action)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from desk.models.counting import OF_MONTH, Duration, Measure, summed
from desk.models.session import Session
from desk.models.summary import DayCount, DurationCount, HourCount
from desk.registry.types import DocumentKind
from desk.reports.measures import DEFINITIONS, TIMINGS
from desk.reports.records import DayRecords, read_records


class CountKey(NamedTuple):
    """One count: the measure, by what (service, unit, class, kind; "" for the site), and the local hour or None."""

    measure: str
    key: str
    hour: int | None


class Timed(NamedTuple):
    """How many durations were counted and the sum of their whole seconds."""

    times: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Recount:
    counts: dict[CountKey, int]
    durations: dict[str, Timed]


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that does not say what the records say. ``hour`` is None for the whole day."""

    measure: str
    key: str
    hour: int | None
    summary: int
    records: int

    def __str__(self) -> str:
        where = f"{self.measure}[{self.key}]" if self.key else self.measure
        when = "" if self.hour is None else f" {self.hour:02d}.00"
        return f"{where}{when}: {self.summary} ≠ {self.records}"


def recount(session: Session, site_id: UUID, day: date) -> Recount:
    """Every measure of a day counted again from the records.

    The class of a priority is in no record, so PRIORITY comes back as one total under the key "".
    Durations come back per kind for the whole site: a transferred number may have waited for another service.
    """
    records = read_records(session, site_id, day)
    counts: Counter[CountKey] = Counter()
    _visits(records, counts)
    _tickets(records, counts)
    _assistance(records, counts)
    _petitions(records, counts)
    for told in DEFINITIONS:
        if told.control is not None:
            for key, value in told.control(session, site_id, day).items():
                counts[CountKey(told.measure, key, None)] += value
    durations = {str(d): Timed(len(records.durations[d]), sum(map(int, records.durations[d]))) for d in Duration}
    for timing in TIMINGS:
        if timing.control is not None:
            durations[timing.duration] = Timed(*timing.control(session, site_id, day))
    return Recount({entry: n for entry, n in counts.items() if n}, durations)


def _visits(records: DayRecords, counts: Counter[CountKey]) -> None:
    for visit in records.visits:
        for hour in (None, visit.hour):
            counts[CountKey(Measure.VISITS, visit.service, hour)] += 1
            counts[CountKey(Measure.PERSONS, "", hour)] += visit.persons
        counts[CountKey(Measure.CONTACTS, "", None)] += 1
        if not visit.service:
            counts[CountKey(Measure.DIRECTIONS, "", None)] += 1
        if visit.unit:
            counts[CountKey(Measure.VISITS_BY_UNIT, visit.unit, None)] += 1


def _tickets(records: DayRecords, counts: Counter[CountKey]) -> None:
    for ticket in records.tickets:
        for hour in (None, ticket.hour):
            counts[CountKey(Measure.TICKETS_ISSUED, ticket.asked_for, hour)] += 1
        if ticket.priority and not ticket.voided and not ticket.further:
            counts[CountKey(Measure.PRIORITY, "", None)] += 1
        end = _END.get(ticket.state)
        if end is Measure.TICKETS_CANCELLED and ticket.outcome == "left":
            end = Measure.LEFT
        if end:
            counts[CountKey(end, ticket.service, None)] += 1


_END = {
    "served": Measure.TICKETS_SERVED,
    "no_show": Measure.NO_SHOWS,
    "expired": Measure.EXPIRED,
    "cancelled": Measure.TICKETS_CANCELLED,
}


def _assistance(records: DayRecords, counts: Counter[CountKey]) -> None:
    for job in records.assistance:
        if job.state == "cancelled":
            continue
        counts[CountKey(Measure.ASSISTANCE, job.kind, None)] += 1
        if job.state == "ended":
            counts[CountKey(Measure.ASSISTANCE_ENDED, job.kind, None)] += 1


def _petitions(records: DayRecords, counts: Counter[CountKey]) -> None:
    for petition in records.petitions:
        counts[CountKey(Measure.CONTACTS, "", None)] += 1
        if petition.kind == DocumentKind.NONE:
            continue
        counts[CountKey(Measure.PETITIONS, petition.kind, None)] += 1
        counts[CountKey(Measure.PETITIONS_BY_UNIT, petition.unit, None)] += 1
        counts[CountKey(Measure.PETITIONS_INCOMPLETE, "", None)] += petition.incomplete
        counts[CountKey(Measure.ENCLOSURES, "", None)] += petition.enclosures


def differences(session: Session, site_id: UUID, day: date) -> list[Difference]:
    """Where a day's summaries and its records disagree; empty when all is well."""
    records = recount(session, site_id, day)
    kept = _kept(session, site_id, day)
    found = [
        Difference(*entry, summary=kept.counts.get(entry, 0), records=records.counts.get(entry, 0))
        for entry in kept.counts.keys() | records.counts.keys()
    ]
    for duration in Duration:
        ours, theirs = kept.durations.get(duration, Timed(0, 0)), records.durations[duration]
        found.append(Difference(duration, "", None, ours.times, theirs.times))
        found.append(Difference(f"{duration}_seconds", "", None, ours.seconds, theirs.seconds))
    wrong = [d for d in found if d.summary != d.records]
    return sorted(wrong, key=lambda d: (d.measure, d.key, -1 if d.hour is None else d.hour))


def _kept(session: Session, site_id: UUID, day: date) -> Recount:
    """The summaries in the shape of a recount: priority without its classes, durations without their services."""
    counts: Counter[CountKey] = Counter()
    for row in session.execute(select(DayCount).where(DayCount.site_id == site_id, DayCount.day == day)).scalars():
        key = "" if row.measure == Measure.PRIORITY else row.key
        counts[CountKey(row.measure, key, None)] += row.value
    for hour in session.execute(select(HourCount).where(HourCount.site_id == site_id, HourCount.day == day)).scalars():
        counts[CountKey(hour.measure, hour.key, hour.hour)] += hour.value
    durations: dict[str, Timed] = {}
    timed = select(DurationCount).where(DurationCount.site_id == site_id, DurationCount.day == day)
    for part in session.execute(timed).scalars():
        before = durations.get(part.measure, Timed(0, 0))
        durations[part.measure] = Timed(before.times + part.value, before.seconds + part.seconds)
    return Recount(dict(counts), durations)


def month_differences(session: Session, site_id: UUID) -> list[str]:
    """Months of counts and durations that are not what their days add up to, one line each."""
    found: list[str] = []
    for table, months in OF_MONTH.items():
        keys = [column.name for column in months.primary_key if column.name != "site_id"]
        values = [column.name for column in months.columns if not column.primary_key]
        asked = summed(table, site_id, date(1, 1, 1), date(9998, 1, 1)).subquery()
        kept, added = (
            {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in session.execute(read) if any(row[len(keys) :])}
            for read in (
                select(*(months.c[name] for name in (*keys, *values))).where(months.c.site_id == site_id),
                select(*(asked.c[name] for name in (*keys, *values))),
            )
        )
        wrong = sorted(key for key in kept.keys() | added.keys() if kept.get(key) != added.get(key))
        found += [f"{months.name} {key}: {kept.get(key)} ≠ {added.get(key)}" for key in wrong]
    return found

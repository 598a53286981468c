"""The counts of one site's day, week or month, read from the summaries that every transaction keeps.

Only what no count holds comes from the records: the longest wait, the numbers and refakat jobs that are still open,
events, slips that did not come out. Everything that is read belongs to one moment (one read transaction).
A closed day's sheet is read as it was signed (``reports.stored``); this module makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, literal, select

from desk.actor import Scope
from desk.clock import ISTANBUL
from desk.models.counting import Duration, Measure
from desk.models.engine import connection_of
from desk.models.prepared import Query
from desk.models.session import Session
from desk.queue import opening
from desk.queue.reasons import OUTCOMES_COUNTED
from desk.queue.types import PRIORITY_NAMES, Priority
from desk.registry import surveys
from desk.registry.survey_forms import Form
from desk.registry.types import (
    ASSISTANCE_NAMES,
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    AssistanceKind,
)
from desk.reports import around, day_reads
from desk.reports.measures import definition
from desk.reports.names import NO_UNIT
from desk.reports.spans import SPANS, Span, day_span
from desk.reports.sums import DAY, HOUR, Sums, read_sums
from desk.reports.types import AssistanceLine, Comparison, Count, DaySheet, Period, ServiceLine
from desk.text import sort_key

MEAN_OF_DAYS = 4
"""How many past days of the same weekday (weeks, months) make the mean a period is compared with."""

LOOK_BACK_WEEKS = 52
"""How far back those days are looked for: a site that was shut for long is compared with nothing older."""

COMPARED = (
    Measure.VISITS,
    Measure.PERSONS,
    Measure.TICKETS_ISSUED,
    Measure.TICKETS_SERVED,
    Measure.ASSISTANCE,
    Measure.PETITIONS,
)


def day_sheet(session: Session, site_id: UUID, day: date, now: datetime, made_by: str) -> DaySheet:
    """The sheet of ``day`` as it stands at ``now`` (aware). A day without any action gives a sheet of zeros.

    ``made_by`` is the name that stands under "Düzenleyen". Raises UserError for a site that does not exist.
    """
    return sheet_of(session, site_id, day_span(day), now, made_by)


def sheet_of(
    session: Session, site_id: UUID, span: Span, now: datetime, made_by: str, *, figures_only: bool = False
) -> DaySheet:
    """The same of a day, a week or a month. ``figures_only`` (the page that refreshes while the day runs) leaves out
    what only paper and files tell: accuracy of the forecast, printers, who was there, surveys by question, means."""
    first, last = span.first, span.last
    whole_day = span.period is Period.DAY and not figures_only
    session.flush()  # the statements go past the session
    connection = connection_of(session)
    header = day_reads.header(connection, site_id)
    sums = read_sums(connection, site_id, first, last, span.by_day())
    opens, closes = _opening(session, site_id, span)
    hours = _hours(opens, closes, (h for by_hour in sums.visits.values() for h, n in by_hour.items() if n))
    if span.columns:
        hours = tuple(range(len(span.columns)))
    units = day_reads.units(connection, last)
    lines = _service_lines(day_reads.services(connection, site_id), units, sums, hours)
    earlier = _earlier(connection, site_id, span)
    wait, serve = sums.histogram(Duration.WAIT), sums.histogram(Duration.SERVE)
    longest, longest_service = day_reads.longest_wait(connection, site_id, first, last)
    open_tickets, open_jobs = day_reads.still_open(connection, site_id, first, last)
    compared, visits_previous = _compared(connection, site_id, span, earlier, sums)
    note, opening_note = day_reads.notes(connection, site_id, first) if span.period is Period.DAY else ("", "")
    forms = surveys.every_form(session) if sums.of(Measure.SURVEYS) else {}
    return DaySheet(
        header=header,
        day=first,
        opens=_time_of_day(opens),
        closes=_time_of_day(closes),
        hours=hours,
        services=lines,
        directions_by_hour=tuple(sums.visits[""][h] for h in hours),
        visits_by_hour=tuple(sum(by_hour[h] for by_hour in sums.visits.values()) for h in hours),
        weekday_mean_by_hour=_mean_by_hour(connection, site_id, span, earlier, hours),
        visits=sums.of(Measure.VISITS),
        persons=sums.of(Measure.PERSONS),
        directions=sums.of(Measure.DIRECTIONS),
        tickets_issued=sums.of(Measure.TICKETS_ISSUED),
        tickets_served=sums.of(Measure.TICKETS_SERVED),
        tickets_waiting=open_tickets,
        tickets_cancelled=sums.of(Measure.TICKETS_CANCELLED),
        no_shows=sums.of(Measure.NO_SHOWS),
        left=sums.of(Measure.LEFT),
        expired=sums.of(Measure.EXPIRED),
        wait_mean=wait.mean,
        wait_median=_at_most(longest, wait.quantile(0.5)),
        wait_p90=_at_most(longest, wait.quantile(0.9)),
        wait_longest=longest,
        wait_longest_service=longest_service,
        serve_mean=serve.mean,
        serve_median=serve.quantile(0.5),
        serve_p90=serve.quantile(0.9),
        priority=tuple(Count(p, PRIORITY_NAMES[p], sums.of(Measure.PRIORITY, p)) for p in Priority),
        assistance=tuple(Count(k, ASSISTANCE_NAMES[k], sums.of(Measure.ASSISTANCE, k)) for k in AssistanceKind),
        assistance_lines=tuple(_assistance_line(sums, kind) for kind in AssistanceKind),
        assistance_done=sums.of(Measure.ASSISTANCE_ENDED),
        assistance_open=open_jobs,
        assistance_wait_mean=sums.histogram(Duration.ASSISTANCE_WAIT).mean,
        units=_by_unit(sums, Measure.VISITS_BY_UNIT, units),
        petitions=sums.of(Measure.PETITIONS),
        petitions_incomplete=sums.of(Measure.PETITIONS_INCOMPLETE),
        enclosures=sums.of(Measure.ENCLOSURES),
        petition_units=_by_unit(sums, Measure.PETITIONS_BY_UNIT, units),
        channels=_by_name(sums, Measure.PETITIONS_BY_CHANNEL, CHANNEL_NAMES),
        document_kinds=_by_name(sums, Measure.PETITIONS, DOCUMENT_NAMES),
        contacts=sums.of(Measure.CONTACTS),
        surveys=_survey_forms(sums, forms),
        surveys_alarming=sums.of(Measure.SURVEYS_ALARMING),
        manual_entered=sums.of(Measure.MANUAL_ENTERED),
        limits_passed=sums.of(Measure.LIMITS_PASSED),
        ticket_outcomes=_by_name(sums, Measure.TICKETS_OUTCOME, OUTCOMES_COUNTED),
        survey_lines=() if figures_only else around.survey_lines(sums, forms),
        events=around.events(session, site_id, first, last) if sums.of(Measure.INCIDENTS) else (),
        printer_troubles=() if figures_only else around.printer_troubles(connection, site_id, first, last),
        left_open=around.left_open(connection, site_id, first) if whole_day else (),
        staff=around.staff_of(connection, site_id, first) if whole_day else (),
        opening_note="" if figures_only else opening_note,
        visits_previous=visits_previous,
        accuracy=around.accuracy(connection, site_id, first) if whole_day else None,
        compared=() if figures_only else compared,
        compared_with=len(earlier),
        made_at=now,
        made_by=made_by,
        note=note,
        period=span.period,
        last=None if span.period is Period.DAY else last,
        columns=span.columns,
    )


def _opening(session: Session, site_id: UUID, span: Span) -> tuple[int | None, int | None]:
    """Minutes after midnight; None on a day the site is shut, and for weeks and months."""
    if span.period is not Period.DAY:
        return None, None
    noon = datetime.combine(span.first, time(12), ISTANBUL)
    spans = opening.calendar(session, Scope(site_id, span.first, noon)).spans(span.first)
    return (spans[0][0], spans[-1][1]) if spans else (None, None)


def _time_of_day(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}.{minutes % 60:02d}"


def _hours(opens: int | None, closes: int | None, counted: Iterable[int]) -> tuple[int, ...]:
    """The opening hours without a gap, widened to whatever was counted outside them."""
    shown = set(counted)
    if opens is not None and closes is not None and closes > opens:
        shown |= {opens // 60, (closes - 1) // 60}
    return tuple(range(min(shown), max(shown) + 1)) if shown else ()


def _service_lines(
    services: list[Any],
    units: dict[UUID | str, str],
    sums: Sums,
    hours: tuple[int, ...],
) -> tuple[ServiceLine, ...]:
    """One line per service that is offered or was counted. A code without a service still gets its line."""
    counted = {key for measure in _BY_SERVICE for key, value in sums.days[measure].items() if value and key}
    known = {row.code for row in services}
    lines = [
        _line(row.code, row.letter, row.name, units.get(row.unit_id, ""), sums, hours)
        for row in services
        if row.active or row.code in counted
    ]
    return (*lines, *(_line(code, "", code, "", sums, hours) for code in sorted(counted - known)))


_BY_SERVICE = (
    Measure.VISITS,
    Measure.TICKETS_ISSUED,
    Measure.TICKETS_SERVED,
    Measure.TICKETS_CANCELLED,
    Measure.NO_SHOWS,
    Measure.LEFT,
    Measure.EXPIRED,
)


def _line(code: str, letter: str, name: str, unit: str, sums: Sums, hours: tuple[int, ...]) -> ServiceLine:
    wait = sums.histogram(Duration.WAIT, code)
    return ServiceLine(
        letter=letter,
        name=name,
        unit=unit,
        by_hour=tuple(sums.visits[code][h] for h in hours),
        visits=sums.of(Measure.VISITS, code),
        tickets=sums.of(Measure.TICKETS_ISSUED, code),
        served=sums.of(Measure.TICKETS_SERVED, code),
        wait_mean=wait.mean,
        wait_median=wait.quantile(0.5),
        wait_p90=wait.quantile(0.9),
        serve_mean=sums.histogram(Duration.SERVE, code).mean,
        unserved=sum(sums.of(m, code) for m in (Measure.NO_SHOWS, Measure.LEFT, Measure.EXPIRED)),
        code=code,
    )


def _assistance_line(sums: Sums, kind: AssistanceKind) -> AssistanceLine:
    return AssistanceLine(
        key=kind,
        name=ASSISTANCE_NAMES[kind],
        asked=sums.of(Measure.ASSISTANCE, kind),
        ended=sums.of(Measure.ASSISTANCE_ENDED, kind),
        equipment=sums.of(Measure.EQUIPMENT_USED, kind),
        wait_mean=sums.histogram(Duration.ASSISTANCE_WAIT, kind).mean,
        job_mean=sums.histogram(Duration.ASSISTANCE_JOB, kind).mean,
    )


def _earlier(connection: Connection, site_id: UUID, span: Span) -> list[Span]:
    """Past periods to compare with, newest first: worked days of the same weekday, weeks or months with work."""
    if span.period is Period.DAY:
        last, first = (span.first - timedelta(weeks=n) for n in (1, LOOK_BACK_WEEKS))
        days = (day for day in day_reads.worked(connection, site_id, first, last) if day.weekday() == last.weekday())
        return [day_span(day) for day in islice(days, MEAN_OF_DAYS)]
    found: list[Span] = []
    before = span
    for _ in range(MEAN_OF_DAYS):
        before = SPANS[span.period](before.first - timedelta(days=1))
        if day_reads.worked(connection, site_id, before.first, before.last):
            found.append(before)
    return found


def _days(spans: Sequence[Span]) -> list[date]:
    return [one.first + timedelta(days=n) for one in spans for n in range((one.last - one.first).days + 1)]


def _four(days: Sequence[Span]) -> dict[str, date]:
    """Values for a statement about four days; where there are fewer, the last is said again."""
    return {f"day_{n}": days[min(n, len(days) - 1)].first for n in range(MEAN_OF_DAYS)}


_FOUR = [bindparam(f"day_{n}", type_=DAY.c.day.type) for n in range(MEAN_OF_DAYS)]
_COMPARED = (
    select(DAY.c.day, DAY.c.measure, func.sum(DAY.c.value).label("value"))
    .where(DAY.c.site_id == bindparam("site"), DAY.c.measure.in_([literal(str(m)) for m in COMPARED]))
    .group_by(DAY.c.day, DAY.c.measure)
)
_COMPARED_DAYS = Query(_COMPARED.where(DAY.c.day.in_(_FOUR)))
_VISITS_BY_HOUR = Query(
    select(HOUR.c.hour, func.sum(HOUR.c.value).label("visits"))
    .where(HOUR.c.site_id == bindparam("site"), HOUR.c.day.in_(_FOUR), HOUR.c.measure == Measure.VISITS)
    .group_by(HOUR.c.hour)
)


def _mean_by_hour(
    connection: Connection, site_id: UUID, span: Span, earlier: list[Span], hours: tuple[int, ...]
) -> tuple[float, ...]:
    """By the hour of a day, by the weekday of a week; the weeks of months do not match."""
    if not earlier or span.period is Period.MONTH:
        return ()
    if span.period is Period.WEEK:
        by_day = select(DAY.c.day, func.sum(DAY.c.value)).where(
            DAY.c.site_id == site_id, DAY.c.day.in_(_days(earlier)), DAY.c.measure == Measure.VISITS
        )
        columns = [0] * 7
        for day, value in connection.execute(by_day.group_by(DAY.c.day)):
            columns[day.weekday()] += int(value)
        return tuple(value / len(earlier) for value in columns)
    visits = dict(_VISITS_BY_HOUR.bare(connection, {"site": site_id, **_four(earlier)}))
    return tuple(int(visits.get(h, 0)) / len(earlier) for h in hours)


def _compared(
    connection: Connection, site_id: UUID, span: Span, earlier: list[Span], sums: Sums
) -> tuple[tuple[Comparison, ...], int | None]:
    """Figures beside their means over earlier periods; the visits of the one right before (the same weekday a week
    before), None when the site did not work then."""
    if not earlier:
        return (), None
    if span.period is Period.DAY:
        rows = _COMPARED_DAYS.all(connection, {"site": site_id, **_four(earlier)})
    else:
        rows = list(connection.execute(_COMPARED.where(DAY.c.day.in_(_days(earlier))), {"site": site_id}))
    newest, totals, visits = earlier[0], dict.fromkeys(map(str, COMPARED), 0), 0
    for day, measure, value in rows:
        totals[measure] += int(value)
        if measure == Measure.VISITS and newest.first <= day <= newest.last:
            visits += int(value)
    means = tuple(Comparison(definition(m).name, sums.of(m), totals[m] / len(earlier)) for m in COMPARED)
    return means, visits if newest == _before(span) else None


def _before(span: Span) -> Span:
    """The period right before; of a day, the same weekday a week before."""
    if span.period is Period.DAY:
        return day_span(span.first - timedelta(weeks=1))
    return SPANS[span.period](span.first - timedelta(days=1))


def _at_most(longest: float | None, quantile: float | None) -> float | None:
    """A quantile read from a bucket may lie above the longest wait that was measured; on paper it must not."""
    return quantile if longest is None or quantile is None else min(quantile, longest)


def _by_unit(sums: Sums, measure: Measure, units: dict[UUID | str, str]) -> tuple[Count, ...]:
    """Largest first; equal ones by name."""
    counts = [Count(key, units.get(key, key) or NO_UNIT, value) for key, value in sums.days[measure].items() if value]
    return tuple(sorted(counts, key=lambda c: (-c.value, sort_key(c.name))))


def _by_name(sums: Sums, measure: Measure, names: Mapping[Any, str]) -> tuple[Count, ...]:
    """Every key that the program knows, in its order, and whatever else was counted."""
    known = [str(key) for key in names]
    counted = sums.days[measure]
    keys = [key for key in (*known, *sorted(counted.keys() - set(known))) if counted[key]]
    return tuple(Count(key, names.get(key, key), counted[key]) for key in keys)


def _survey_forms(sums: Sums, forms: Mapping[tuple[str, int], Form]) -> tuple[Count, ...]:
    counted = sums.days[Measure.SURVEYS]
    titles = {code: form.title for (code, _), form in sorted(forms.items())}
    return tuple(Count(code, titles.get(code, code), value) for code, value in sorted(counted.items()) if value)

"""The counts of one site's day, week or month, read from the summaries that every transaction keeps.

Only what no count holds comes from the records: the longest wait, the numbers and refakat jobs that are still open,
events, slips that did not come out. Everything that is read belongs to one moment (one read transaction).
A closed day's sheet is read as it was signed (``reports.stored``); this module makes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from desk.models.counting import Duration, Measure
from desk.models.session import Session
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
from desk.reports import around, day_answers
from desk.reports.day_answers import COMPARED, Answers, Earlier
from desk.reports.measures import definition
from desk.reports.names import NO_UNIT
from desk.reports.spans import SPANS, Span, day_span
from desk.reports.sums import Sums
from desk.reports.types import AssistanceLine, Comparison, Count, DaySheet, Period, ServiceLine
from desk.text import sort_key


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
    session.flush()  # the statements go past the session
    read = day_answers.read(session.connection(), site_id, span, figures_only=figures_only)
    sums = read.sums
    forms = surveys.every_form(session) if sums.of(Measure.SURVEYS) else {}
    compared, visits_previous = _compared(span, read.earlier, sums)
    note, opening_note = read.notes
    return DaySheet(
        header=read.header,
        day=span.first,
        **_by_hour(span, read),
        **_of_tickets(read),
        **_of_assistance(read),
        **_of_records(sums, read.units),
        surveys=_survey_forms(sums, forms),
        surveys_alarming=sums.of(Measure.SURVEYS_ALARMING),
        survey_lines=() if figures_only else around.survey_lines(sums, forms),
        events=around.events(session, site_id, span.first, span.last) if sums.of(Measure.INCIDENTS) else (),
        printer_troubles=read.troubles,
        left_open=read.left_open,
        staff=read.staff,
        opening_note="" if figures_only else opening_note,
        visits_previous=visits_previous,
        accuracy=read.accuracy,
        compared=() if figures_only else compared,
        compared_with=len(read.earlier.spans),
        made_at=now,
        made_by=made_by,
        note=note,
        period=span.period,
        last=None if span.period is Period.DAY else span.last,
        columns=span.columns,
    )


def _by_hour(span: Span, read: Answers) -> dict[str, Any]:
    """Visits by the hours of the day (by the columns of a week or month), and the hours it was open."""
    visits = read.sums.visits
    opens, closes = (read.spans[0][0], read.spans[-1][1]) if read.spans else (None, None)
    hours = _hours(opens, closes, (h for by_hour in visits.values() for h, n in by_hour.items() if n))
    if span.columns:
        hours = tuple(range(len(span.columns)))
    return {
        "opens": _time_of_day(opens),
        "closes": _time_of_day(closes),
        "hours": hours,
        "services": _service_lines(read.services, read.units, read.sums, hours),
        "directions_by_hour": tuple(visits[""][h] for h in hours),
        "visits_by_hour": tuple(sum(by_hour[h] for by_hour in visits.values()) for h in hours),
        "weekday_mean_by_hour": _mean_by_hour(span, read.earlier, hours),
    }


def _of_tickets(read: Answers) -> dict[str, Any]:
    sums, tickets = read.sums, read.tickets
    wait, serve = sums.histogram(Duration.WAIT), sums.histogram(Duration.SERVE)
    return {
        "visits": sums.of(Measure.VISITS),
        "persons": sums.of(Measure.PERSONS),
        "directions": sums.of(Measure.DIRECTIONS),
        "tickets_issued": sums.of(Measure.TICKETS_ISSUED),
        "tickets_served": sums.of(Measure.TICKETS_SERVED),
        "tickets_waiting": tickets.still_open,
        "tickets_cancelled": sums.of(Measure.TICKETS_CANCELLED),
        "no_shows": sums.of(Measure.NO_SHOWS),
        "left": sums.of(Measure.LEFT),
        "expired": sums.of(Measure.EXPIRED),
        "manual_entered": sums.of(Measure.MANUAL_ENTERED),
        "limits_passed": sums.of(Measure.LIMITS_PASSED),
        "ticket_outcomes": _by_name(sums, Measure.TICKETS_OUTCOME, OUTCOMES_COUNTED),
        "priority": tuple(Count(p, PRIORITY_NAMES[p], sums.of(Measure.PRIORITY, p)) for p in Priority),
        "wait_mean": wait.mean,
        "wait_median": _at_most(tickets.longest, wait.quantile(0.5)),
        "wait_p90": _at_most(tickets.longest, wait.quantile(0.9)),
        "wait_longest": tickets.longest,
        "wait_longest_service": tickets.longest_service,
        "serve_mean": serve.mean,
        "serve_median": serve.quantile(0.5),
        "serve_p90": serve.quantile(0.9),
    }


def _of_assistance(read: Answers) -> dict[str, Any]:
    sums = read.sums
    return {
        "assistance": tuple(Count(k, ASSISTANCE_NAMES[k], sums.of(Measure.ASSISTANCE, k)) for k in AssistanceKind),
        "assistance_lines": tuple(_assistance_line(sums, kind) for kind in AssistanceKind),
        "assistance_done": sums.of(Measure.ASSISTANCE_ENDED),
        "assistance_open": read.open_jobs,
        "assistance_wait_mean": sums.histogram(Duration.ASSISTANCE_WAIT).mean,
    }


def _of_records(sums: Sums, units: dict[UUID | str, str]) -> dict[str, Any]:
    return {
        "units": _by_unit(sums, Measure.VISITS_BY_UNIT, units),
        "petitions": sums.of(Measure.PETITIONS),
        "petitions_incomplete": sums.of(Measure.PETITIONS_INCOMPLETE),
        "enclosures": sums.of(Measure.ENCLOSURES),
        "petition_units": _by_unit(sums, Measure.PETITIONS_BY_UNIT, units),
        "channels": _by_name(sums, Measure.PETITIONS_BY_CHANNEL, CHANNEL_NAMES),
        "document_kinds": _by_name(sums, Measure.PETITIONS, DOCUMENT_NAMES),
        "contacts": sums.of(Measure.CONTACTS),
    }


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


def _mean_by_hour(span: Span, earlier: Earlier, hours: tuple[int, ...]) -> tuple[float, ...]:
    """By the hour of a day, by the weekday of a week; the weeks of months do not match."""
    if not earlier.spans or span.period is Period.MONTH:
        return ()
    columns: Counter[int] = Counter()
    for column, value in earlier.visits:
        columns[int(column)] += int(value)
    return tuple(columns[column] / len(earlier.spans) for column in hours)


def _compared(span: Span, earlier: Earlier, sums: Sums) -> tuple[tuple[Comparison, ...], int | None]:
    """Figures beside their means over earlier periods; the visits of the one right before (the same weekday a week
    before), None when the site did not work then."""
    if not earlier.spans:
        return (), None
    newest, totals, visits = earlier.spans[0], dict.fromkeys(map(str, COMPARED), 0), 0
    for day, measure, value in earlier.counted:
        totals[measure] += int(value)
        if measure == Measure.VISITS and newest.first <= day <= newest.last:
            visits += int(value)
    count = len(earlier.spans)
    means = tuple(Comparison(definition(m).name, sums.of(m), totals[m] / count) for m in COMPARED)
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

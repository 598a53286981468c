"""Everything a sheet is made of, asked in two goes: what a period has, and what the ones it is compared with had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, literal, select

from desk.models.counting import Measure
from desk.models.prepared import Query, together
from desk.queue import opening
from desk.registry.types import SiteHeader
from desk.reports import around, day_reads
from desk.reports.spans import SPANS, Span, day_span
from desk.reports.sums import DAY, HOUR, Sums, ask_sums
from desk.reports.types import Accuracy, LeftLine, Period, PrinterTrouble
from desk.values import dataclass

MEAN_OF_DAYS = 4
"""How many past days of the same weekday (weeks, months) make the mean a period is compared with."""

COMPARED = (
    Measure.VISITS,
    Measure.PERSONS,
    Measure.TICKETS_ISSUED,
    Measure.TICKETS_SERVED,
    Measure.ASSISTANCE,
    Measure.PETITIONS,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The past periods that one is compared with, newest first, and what they counted."""

    spans: list[Span]
    counted: Sequence[Any] = ()  # day, measure, value
    visits: Sequence[tuple[Any, Any]] = ()  # by hour of a day, by weekday of a week; of months none


@dataclass(frozen=True, slots=True)
class Answers:
    """What was read for one sheet. ``None``, "" and () stand for what was not asked."""

    header: SiteHeader
    sums: Sums
    spans: tuple[opening.Span, ...]
    services: list[Any]
    units: dict[UUID | str, str]
    tickets: day_reads.Tickets
    open_jobs: int
    earlier: Earlier
    notes: tuple[str, str] = ("", "")  # the shift's, and that of its opening
    troubles: tuple[PrinterTrouble, ...] = ()
    left_open: tuple[LeftLine, ...] = ()
    staff: tuple[str, ...] = ()
    accuracy: Accuracy | None = None


def read(connection: Connection, site_id: UUID, span: Span, *, figures_only: bool = False) -> Answers:
    """Ask for everything at once; ``figures_only`` is told in ``day_sheet.sheet_of``."""
    first, last, one_day = span.first, span.last, span.period is Period.DAY
    asked: dict[str, Callable[[], Any]] = {}
    with together(connection) if one_day else nullcontext():  # of more days, some answers are waited for
        asked["header"] = day_reads.header(connection, site_id)
        asked["services"] = services = _once(day_reads.services(connection, site_id))
        asked["units"] = day_reads.units(connection, last)
        asked["tickets"] = day_reads.tickets(connection, site_id, first, last, services)
        asked["open_jobs"] = day_reads.open_jobs(connection, site_id, first, last)
        if not figures_only:
            asked["troubles"] = around.printer_troubles(connection, site_id, first, last)
        if one_day:
            asked["spans"] = opening.ask_spans(connection, site_id, first)
            asked["notes"] = day_reads.notes(connection, site_id, first)
        if one_day and not figures_only:
            asked["left_open"] = around.left_open(connection, site_id, first)
            asked["staff"] = around.staff_of(connection, site_id, first)
            asked["accuracy"] = around.accuracy(connection, site_id, first)
        before = _before(connection, site_id, span)
        asked["sums"] = ask_sums(connection, site_id, first, last, span.by_day())
    earlier = _earlier(connection, site_id, span.period, before())
    answers = {name: answer() for name, answer in asked.items()}
    return Answers(**{"spans": (), "earlier": earlier, **answers})


def _once(answer: Callable[[], list[Any]]) -> Callable[[], list[Any]]:
    """The same answer for two who want it."""
    kept: list[list[Any]] = []

    def told() -> list[Any]:
        if not kept:
            kept.append(answer())
        return kept[0]

    return told


def _before(connection: Connection, site_id: UUID, span: Span) -> Callable[[], list[Span]]:
    """Past periods to compare with, newest first: worked days of the same weekday, weeks or months with work."""
    if span.period is Period.DAY:
        days = day_reads.same_weekday(connection, site_id, span.first, MEAN_OF_DAYS)
        return lambda: [day_span(day) for day in days()]
    found: list[Span] = []
    before = span
    for _ in range(MEAN_OF_DAYS):
        before = SPANS[span.period](before.first - timedelta(days=1))
        if day_reads.worked(connection, site_id, before.first, before.last):
            found.append(before)
    return lambda: found


_FOUR = [bindparam(f"day_{n}", type_=DAY.c.day.type) for n in range(MEAN_OF_DAYS)]
_COMPARED = (
    select(DAY.c.day, DAY.c.measure, func.sum(DAY.c.value).label("value"))
    .where(DAY.c.site_id == bindparam("site"), DAY.c.measure.in_([literal(str(m)) for m in COMPARED]))
    .group_by(DAY.c.day, DAY.c.measure)
)
_COMPARED_DAYS = Query(_COMPARED.where(DAY.c.day.in_(_FOUR)), lasting=True)
_VISITS_BY_HOUR = Query(
    select(HOUR.c.hour, func.sum(HOUR.c.value).label("visits"))
    .where(HOUR.c.site_id == bindparam("site"), HOUR.c.day.in_(_FOUR), HOUR.c.measure == Measure.VISITS)
    .group_by(HOUR.c.hour),
    lasting=True,
)


def _earlier(connection: Connection, site_id: UUID, period: Period, spans: list[Span]) -> Earlier:
    if not spans:
        return Earlier([])
    if period is Period.DAY:
        values = {"site": site_id, **_four(spans)}
        with together(connection):
            counted = _COMPARED_DAYS.ask_all(connection, values)
            visits = _VISITS_BY_HOUR.ask_bare(connection, values)
        return Earlier(spans, counted(), visits())
    days = _days(spans)
    rows = list(connection.execute(_COMPARED.where(DAY.c.day.in_(days)), {"site": site_id}))
    if period is Period.MONTH:  # the weeks of months do not match
        return Earlier(spans, rows)
    return Earlier(spans, rows, [(day.weekday(), value) for day, measure, value in rows if measure == Measure.VISITS])


def _four(days: Sequence[Span]) -> dict[str, date]:
    """Values for a statement about four days; where there are fewer, the last is said again."""
    return {f"day_{n}": days[min(n, len(days) - 1)].first for n in range(MEAN_OF_DAYS)}


def _days(spans: Sequence[Span]) -> list[date]:
    return [one.first + timedelta(days=n) for one in spans for n in range((one.last - one.first).days + 1)]

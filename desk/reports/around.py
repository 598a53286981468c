"""What a sheet tells besides counts: events, printers, surveys by question, corrections, the shift itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, select, text

from desk.clock import ISTANBUL
from desk.models.base import micros
from desk.models.counting import Measure
from desk.models.forecast import ForecastLog
from desk.models.prepared import Query
from desk.models.print_job import TROUBLED, Printer, PrintJob
from desk.models.session import Session
from desk.models.shift import KeptSheet, LateEntry, LeftOpen, ShiftStaff
from desk.models.site import SiteDay, Staff
from desk.models.ticket import Ticket
from desk.registry import incidents, surveys
from desk.registry.survey_forms import HIGHEST, Form
from desk.reports.measure_types import By
from desk.reports.measures import definition
from desk.reports.names import read_names
from desk.reports.sums import Sums
from desk.reports.types import Accuracy, Correction, EventLine, LeftLine, PrinterTrouble, SurveyLine
from desk.text import clock_time

_LOG = ForecastLog.__table__
_TICKET = Ticket.__table__
_JOB = PrintJob.__table__
_PRINTER = Printer.__table__
_LEFT = LeftOpen.__table__
_STAFF = Staff.__table__
_SHIFT_STAFF = ShiftStaff.__table__
_KEPT = KeptSheet.__table__
_SITE_DAY = SiteDay.__table__
WITHIN_MINUTES = 5
"""A promise this near to the wait was kept (the scorecard's ±5 minutes)."""


def events(session: Session, site_id: UUID, first: date, last: date) -> tuple[EventLine, ...]:
    found = incidents.of_days(session, site_id, first, last)
    return tuple(
        EventLine(
            one.number,
            one.at,
            one.name,
            one.place,
            " ".join(f"{clock_time(step.at)} {step.text}" for step in one.steps),
            one.outcome,
        )
        for one in found
    )


_TROUBLES = Query(
    select(_PRINTER.c.name, _JOB.c.state, func.count().label("jobs"), func.max(_JOB.c.reason).label("reason"))
    .join_from(_JOB, _PRINTER, _PRINTER.c.id == _JOB.c.printer_id)
    .where(_JOB.c.site_id == bindparam("site"))
    .where(_JOB.c.created_at >= bindparam("begin"), _JOB.c.created_at < bindparam("end"))
    .where(text(f"print_job.{TROUBLED}"))
    .group_by(_PRINTER.c.name, _JOB.c.state),
    lasting=True,
)


def printer_troubles(
    connection: Connection, site_id: UUID, first: date, last: date
) -> Callable[[], tuple[PrinterTrouble, ...]]:
    """Slips of those days that failed, or of which nobody knows whether they came out."""
    begin, end = _moments(first, last)
    asked = _TROUBLES.ask_all(connection, {"site": site_id, "begin": begin, "end": end})
    return lambda: _by_printer(asked())


def _by_printer(rows: Iterable[Any]) -> tuple[PrinterTrouble, ...]:
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for name, state, count, reason in rows:
        found.setdefault(name, {})[state] = (count, reason or "")
    none = (0, "")
    return tuple(
        PrinterTrouble(
            name,
            states.get("failed", none)[0],
            states.get("unknown", none)[0],
            states.get("failed", none)[1] or states.get("unknown", none)[1],
        )
        for name, states in sorted(found.items())
    )


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(first, time(), ISTANBUL)
    return begin, datetime.combine(last + timedelta(days=1), time(), ISTANBUL)


def survey_lines(sums: Sums, forms: Mapping[tuple[str, int], Form]) -> tuple[SurveyLine, ...]:
    """Results by question, each with how many answered it."""
    counted = sums.days[Measure.SURVEY_ANSWERS]
    if not counted:
        return ()
    results = surveys.results(counted, forms)
    return tuple(SurveyLine(r.form, r.text, r.n, r.mean, HIGHEST.get(r.kind, 0), r.counts) for r in results)


_OFF = func.abs(_LOG.c.median - (micros(_TICKET.c.first_called_at) - micros(_TICKET.c.issued_at)) / 60e6)
_ACCURACY = Query(
    select(
        func.count().label("promises"),
        func.sum(case((_OFF <= WITHIN_MINUTES, 1), else_=0)).label("kept"),
        func.avg(_OFF).label("off"),
    )
    .join_from(_LOG, _TICKET, _TICKET.c.id == _LOG.c.ticket_id)
    .where(_LOG.c.site_id == bindparam("site"), _LOG.c.day == bindparam("day"))
    .where(_TICKET.c.first_called_at.is_not(None)),
    lasting=True,
)


def accuracy(connection: Connection, site_id: UUID, day: date) -> Callable[[], Accuracy | None]:
    """The forecast's, of one day, as the scorecard tells it; None when nothing was promised that a call followed."""
    asked = _ACCURACY.ask(connection, {"site": site_id, "day": day})
    return lambda: _accuracy(*asked())


def _accuracy(count: int, within: int, error: float) -> Accuracy | None:
    return Accuracy(int(count), int(within), float(error) * 60) if count else None


def corrections(session: Session, site_id: UUID, day: date, kept: Any) -> tuple[Correction, ...]:
    """What came after the sheet was signed, one line a measure and key; what was taken back again is no line."""
    asked = (
        select(
            LateEntry.measure,
            LateEntry.key,
            func.sum(LateEntry.value).label("value"),
            func.min(LateEntry.at).label("first"),
            func.max(LateEntry.at).label("last"),
        )
        .where(LateEntry.site_id == site_id, LateEntry.day == day, LateEntry.at > kept.made_at)
        .group_by(LateEntry.measure, LateEntry.key)
        .order_by(LateEntry.measure, LateEntry.key)
    )
    rows = [row for row in session.execute(asked) if row.value]
    if not rows:
        return ()
    names = read_names(session, [site_id])
    found = []
    for row in rows:
        told = definition(Measure(row.measure))
        about = names.on(told, row.key, day) if told.by is not By.NOTHING else ""
        found.append(Correction(told.name, row.key, int(row.value), row.first, row.last, about))
    return tuple(found)


_LEFT_OPEN = Query(
    select(*(_LEFT.c[name] for name in ("kind", "number", "state", "done")))
    .where(_LEFT.c.site_id == bindparam("site"), _LEFT.c.day == bindparam("day"))
    .order_by(_LEFT.c.at, _LEFT.c.id),
    lasting=True,
)


def left_open(connection: Connection, site_id: UUID, day: date) -> Callable[[], tuple[LeftLine, ...]]:
    asked = _LEFT_OPEN.ask_all(connection, {"site": site_id, "day": day})
    return lambda: tuple(LeftLine(*row) for row in asked())


_THERE = Query(
    select(_STAFF.c.name)
    .join_from(_SHIFT_STAFF, _STAFF, _SHIFT_STAFF.c.staff_id == _STAFF.c.id)
    .where(_SHIFT_STAFF.c.site_id == bindparam("site"), _SHIFT_STAFF.c.day == bindparam("day"))
    .order_by(_STAFF.c.name),
    lasting=True,
)


def staff_of(connection: Connection, site_id: UUID, day: date) -> Callable[[], tuple[str, ...]]:
    asked = _THERE.ask_all(connection, {"site": site_id, "day": day})
    return lambda: tuple(row.name for row in asked())


_NEWEST = Query(
    select(*(_KEPT.c[name] for name in ("revision", "serial", "made_at", "data")), _SITE_DAY.c.closed_at)
    .join_from(_KEPT, _SITE_DAY, (_SITE_DAY.c.site_id == _KEPT.c.site_id) & (_SITE_DAY.c.day == _KEPT.c.day))
    .where(_KEPT.c.site_id == bindparam("site"), _KEPT.c.day == bindparam("day"))
    .order_by(_KEPT.c.revision.desc())
    .limit(1),
    lasting=True,
)


def kept_sheet(session: Session, site_id: UUID, day: date) -> Any:
    """The newest signed sheet of a day (``revision``, ``serial``, ``made_at``, ``data``), with ``closed_at`` of the
    day now: None while it is open again. None when there is no sheet."""
    session.flush()
    return _NEWEST.one_or_none(session.connection(), {"site": site_id, "day": day})

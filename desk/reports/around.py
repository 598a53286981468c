"""What a sheet tells besides counts: events, printers, surveys by question, corrections, the shift itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Table, case, func, select
from sqlalchemy.orm import Session

from desk.clock import ISTANBUL
from desk.models.base import micros
from desk.models.counting import Measure
from desk.models.forecast import ForecastLog
from desk.models.print_job import Printer, PrintJob
from desk.models.shift import KeptSheet, LateEntry, LeftOpen, ShiftStaff
from desk.models.site import Staff
from desk.models.ticket import Ticket
from desk.registry import incidents, surveys
from desk.registry.survey_forms import HIGHEST, Form
from desk.reports.measure_types import By
from desk.reports.measures import definition
from desk.reports.names import read_names
from desk.reports.sums import Sums
from desk.reports.types import Accuracy, Correction, EventLine, LeftLine, PrinterTrouble, SurveyLine
from desk.text import clock_time

_LOG: Table = ForecastLog.__table__  # type: ignore[assignment]
_TICKET: Table = Ticket.__table__  # type: ignore[assignment]
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


def printer_troubles(session: Session, site_id: UUID, first: date, last: date) -> tuple[PrinterTrouble, ...]:
    """Slips of those days that failed, or of which nobody knows whether they came out."""
    begin, end = _moments(first, last)
    asked = (
        select(Printer.name, PrintJob.state, func.count(), func.max(PrintJob.reason))
        .join(Printer, Printer.id == PrintJob.printer_id)
        .where(PrintJob.site_id == site_id, PrintJob.created_at >= begin, PrintJob.created_at < end)
        .where(PrintJob.state.in_(("failed", "unknown")))
        .group_by(Printer.name, PrintJob.state)
    )
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for name, state, count, reason in session.execute(asked):
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


def accuracy(session: Session, site_id: UUID, day: date) -> Accuracy | None:
    """The forecast's, of one day, as the scorecard tells it; None when nothing was promised that a call followed."""
    waited = (micros(_TICKET.c.first_called_at) - micros(_TICKET.c.issued_at)) / 60e6
    off = func.abs(_LOG.c.median - waited)
    kept = case((off <= WITHIN_MINUTES, 1), else_=0)
    asked = (
        select(func.count(), func.sum(kept), func.avg(off))
        .join_from(_LOG, _TICKET, _TICKET.c.id == _LOG.c.ticket_id)
        .where(_LOG.c.site_id == site_id, _LOG.c.day == day, _TICKET.c.first_called_at.is_not(None))
    )
    count, within, error = session.execute(asked).one()
    return Accuracy(int(count), int(within), float(error) * 60) if count else None


def corrections(session: Session, site_id: UUID, day: date, kept: KeptSheet) -> tuple[Correction, ...]:
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


def left_open(session: Session, site_id: UUID, day: date) -> tuple[LeftLine, ...]:
    asked = select(LeftOpen).where(LeftOpen.site_id == site_id, LeftOpen.day == day).order_by(LeftOpen.at, LeftOpen.id)
    return tuple(LeftLine(row.kind, row.number, row.state, row.done) for row in session.execute(asked).scalars())


def staff_of(session: Session, site_id: UUID, day: date) -> tuple[str, ...]:
    asked = (
        select(Staff.name)
        .join(ShiftStaff, ShiftStaff.staff_id == Staff.id)
        .where(ShiftStaff.site_id == site_id, ShiftStaff.day == day)
        .order_by(Staff.name)
    )
    return tuple(session.execute(asked).scalars())


def kept_sheet(session: Session, site_id: UUID, day: date) -> KeptSheet | None:
    """The newest signed sheet of a day."""
    asked = select(KeptSheet).where(KeptSheet.site_id == site_id, KeptSheet.day == day)
    return session.execute(asked.order_by(KeptSheet.revision.desc()).limit(1)).scalar_one_or_none()

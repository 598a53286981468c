"""What screens read of the print ledger: papers, printers, and which printer a terminal prints at."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, literal_column, select

from desk.errors import N_, UserError
from desk.models.base import written
from desk.models.prepared import Query
from desk.models.print_job import Printer, PrintJob
from desk.models.session import Session
from desk.models.site import Staff, Terminal
from desk.printing.types import NEEDY, JobState, JobView, PrinterView

_JOB = PrintJob.__table__
_PRINTER = Printer.__table__
_TERMINAL = Terminal.__table__
OPEN = written(_JOB.c.state, "queued", "sending")
"""In the words of the index of open jobs; what is printed is never looked through for what waits."""

IN_ORDER = (_JOB.c.created_at, _JOB.c.id)

A4 = "cups:"
"""What the address of an A4 printer begins with: it takes documents, all others take slips."""

REPLACED_REASON = N_("Yerine yenisi yazdırıldı.")
WITHDRAWN_REASON = N_("Numara iptal edildiği için yazdırılmadı.")
TAKEN_BACK_REASON = N_("Geri alındı; yazdırılmadı.")
NOBODY_WAITS = (WITHDRAWN_REASON, TAKEN_BACK_REASON, REPLACED_REASON)
"""Reasons of papers that were not printed and that nobody misses."""


def waiting_at(printer_id: UUID | ColumnElement[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (_JOB.c.printer_id == printer_id, OPEN, _JOB.c.state == JobState.QUEUED)


def printer_for(session: Session, site_id: UUID, terminal_id: UUID) -> UUID | None:
    """The terminal's own active slip printer, else any active one of the site, else None."""
    return _first(_SLIP_PRINTER, session, site_id, terminal_id)


def document_printer_for(session: Session, site_id: UUID, terminal_id: UUID) -> UUID | None:
    """The same for A4 documents."""
    return _first(_A4_PRINTER, session, site_id, terminal_id)


def ask_printer(session: Session, site_id: UUID, terminal_id: UUID) -> Callable[[], UUID | None]:
    """The first, its statement being sent with whatever is asked next (``Query.ask``)."""
    session.flush()  # the statement goes past the session
    asked = _SLIP_PRINTER.ask(session.connection(), {"site": site_id, "terminal": terminal_id})
    return lambda: None if (found := asked()) is None else found.id


def _first(printers: Query, session: Session, site_id: UUID, terminal_id: UUID) -> UUID | None:
    session.flush()  # the statement goes past the session
    found = printers.one_or_none(session.connection(), {"site": site_id, "terminal": terminal_id})
    return None if found is None else found.id


def _printers(takes: ColumnElement[bool]) -> Query:
    own_first = (_PRINTER.c.terminal_id != bindparam("terminal"), _PRINTER.c.code)
    here = (_PRINTER.c.site_id == bindparam("site"), _PRINTER.c.active, takes)
    return Query(select(_PRINTER.c.id).where(*here).order_by(*own_first).limit(literal_column("1")))


_SLIP_PRINTER = _printers(_PRINTER.c.address.not_like(literal_column(f"'{A4}%'")))
_A4_PRINTER = _printers(_PRINTER.c.address.like(literal_column(f"'{A4}%'")))


def last_job(session: Session, subject_id: UUID, kind: str) -> JobView | None:
    """The newest job of a ticket or record."""
    wanted = job_rows().where(_JOB.c.subject_id == subject_id, _JOB.c.kind == kind)
    row = session.execute(wanted.order_by(_JOB.c.created_at.desc(), _JOB.c.copy_no.desc()).limit(1)).one_or_none()
    return view(row) if row else None


def job(session: Session, job_id: UUID) -> JobView:
    """Raises UserError when there is none of this id."""
    row = session.execute(job_rows().where(_JOB.c.id == job_id)).one_or_none()
    if row is None:
        raise UserError(N_("Yazdırma işi bulunamadı."))
    return view(row)


def open_jobs(session: Session, printer_id: UUID) -> tuple[JobView, ...]:
    """What waits at a printer, in the order it will be printed."""
    rows = session.execute(job_rows().where(*waiting_at(printer_id)).order_by(*IN_ORDER))
    return tuple(view(row) for row in rows)


def jobs(session: Session, site_id: UUID, *, printer_id: UUID | None = None, limit: int = 100) -> tuple[JobView, ...]:
    """The newest papers of a site or of one printer, newest first."""
    wanted = job_rows().where(_JOB.c.site_id == site_id)
    if printer_id is not None:
        wanted = wanted.where(_JOB.c.printer_id == printer_id)
    rows = session.execute(wanted.order_by(_JOB.c.created_at.desc(), _JOB.c.id.desc()).limit(limit))
    return tuple(view(row) for row in rows)


def needing(session: Session, site_id: UUID) -> tuple[JobView, ...]:
    """Papers of the last hours that are not there and that nobody has seen to, oldest first."""
    lost = _lost(session, site_id)
    return tuple(view(row) for row in session.execute(job_rows().where(*lost).order_by(*IN_ORDER)))


_AGAIN = PrintJob.__table__.alias("again")
_LATELY = timedelta(hours=12)


def _lost(session: Session, site_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Not printed or perhaps not, of the twelve hours before the newest paper; neither replaced nor seen."""
    newest = session.execute(select(func.max(_JOB.c.created_at)).where(_JOB.c.site_id == site_id)).scalar()
    replaced = select(_AGAIN.c.id).where(
        _AGAIN.c.site_id == site_id, _AGAIN.c.created_at >= _JOB.c.created_at, _AGAIN.c.reprint_of == _JOB.c.id
    )
    since = (_JOB.c.created_at >= newest - _LATELY,) if newest else ()
    return (
        _JOB.c.site_id == site_id,
        _JOB.c.state.in_(NEEDY),
        _JOB.c.reason.not_in(NOBODY_WAITS),
        _JOB.c.seen_at.is_(None),
        ~replaced.exists(),
        *since,
    )


def printers(session: Session, site_id: UUID, *, now: datetime | None = None) -> tuple[PrinterView, ...]:
    """The site's active printers, by name. ``now`` tells which of them nobody looks after."""
    here = _JOB.c.printer_id == _PRINTER.c.id
    queued = select(func.count()).where(here, OPEN, _JOB.c.state == JobState.QUEUED)
    lost = select(func.count()).where(here, *_lost(session, site_id))
    rows = session.execute(
        select(
            _PRINTER,
            _TERMINAL.c.name.label("terminal_name"),
            queued.scalar_subquery().label("queued"),
            lost.scalar_subquery().label("failed"),
            lost.where(_JOB.c.state == JobState.WAITING).scalar_subquery().label("waiting"),
        )
        .join(_TERMINAL, _TERMINAL.c.id == _PRINTER.c.terminal_id)
        .where(_PRINTER.c.site_id == site_id, _PRINTER.c.active)
        .order_by(_PRINTER.c.name, _PRINTER.c.code)
    )
    return tuple(
        PrinterView(
            row.id, row.code, row.name, row.profile, row.address, row.state, row.state_at,
            row.terminal_name, row.queued, row.failed, row.pool, row.waiting,
            running=now is None or (row.lease_until is not None and row.lease_until >= now),
        )
        for row in rows
    )  # fmt: skip


_BEFORE = Printer.__table__.alias("printer_before")
_SEEN_BY = Staff.__table__.alias("staff_seen")


def job_rows() -> Select[Any]:
    return (
        select(
            _JOB,
            _PRINTER.c.name.label("printer_name"),
            _BEFORE.c.name.label("before_name"),
            Staff.name.label("asked_by"),
            _SEEN_BY.c.name.label("seen_name"),
        )
        .join(_PRINTER, _PRINTER.c.id == _JOB.c.printer_id)
        .join(Staff, Staff.id == _JOB.c.created_by)
        .outerjoin(_BEFORE, _BEFORE.c.id == _JOB.c.moved_from)
        .outerjoin(_SEEN_BY, _SEEN_BY.c.id == _JOB.c.seen_by)
    )


def view(row: Row[Any]) -> JobView:
    return JobView(
        row.id,
        row.printer_id,
        row.kind,
        row.subject_id,
        JobState(row.state),
        row.reason,
        row.copy_no,
        row.created_at,
        row.finished_at,
        json.dumps(row.slip, ensure_ascii=False),
        row.printer_name,
        row.before_name or "",
        row.why,
        row.asked_by,
        row.seen_at,
        row.seen_name or "",
        row.emptied_at is None,
    )

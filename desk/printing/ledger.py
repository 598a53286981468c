"""The ledger: print jobs are rows, and the printer's own word decides "printed".

A job is written in the transaction of the action it belongs to, so no number exists without its slip and no slip
without its number. Sent once: what failed or is unknown waits for a person, and a reprint is a new row marked
"KOPYA n" that says who asked for it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session, aliased

from desk.errors import N_, UserError
from desk.events import Kind
from desk.i18n import translator
from desk.models.base import new_id
from desk.models.print_job import Printer, PrintJob
from desk.models.site import Terminal
from desk.models.work import Work
from desk.printing.slips import Slip, mark_copy
from desk.printing.types import JobState, JobView, PrinterState, PrinterView

_J: Table = PrintJob.__table__  # type: ignore[assignment]
_P: Table = Printer.__table__  # type: ignore[assignment]

_VIEW = (
    _J.c.id,
    _J.c.printer_id,
    _J.c.kind,
    _J.c.subject_id,
    _J.c.state,
    _J.c.reason,
    _J.c.copy_no,
    _J.c.created_at,
    _J.c.slip,
)


def enqueue(
    work: Work,
    printer_id: UUID,
    kind: str,
    slip: Slip,
    subject_id: UUID | None,
    *,
    copy_no: int = 1,
    reprint_of: UUID | None = None,
) -> UUID:
    """Write a job for a printer and return its id; whoever owns the printer sends it."""
    job_id = new_id()
    work.session.execute(
        insert(_J).values(
            id=job_id,
            site_id=work.site_id,
            printer_id=printer_id,
            kind=kind,
            subject_id=subject_id,
            slip=slip.to_json(),
            copy_no=copy_no,
            reprint_of=reprint_of,
            state=JobState.QUEUED,
            reason="",
            created_at=work.now,
            created_by=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
        )
    )
    work.change(Kind.PRINT_CHANGED, job_id)
    return job_id


def reprint(work: Work, job_id: UUID) -> UUID:
    """Enqueue a job's slip again, marked as the next copy of its ticket or record."""
    row = work.session.execute(select(*_VIEW).where(_J.c.id == job_id)).one_or_none()
    if row is None:
        raise UserError(N_("Bu baskı kaydı bulunamadı."))
    highest: int = work.session.execute(
        select(func.max(_J.c.copy_no)).where(_J.c.kind == row.kind, _same_subject(row))
    ).scalar_one()
    slip = Slip.from_json(row.slip)
    copy = mark_copy(slip, highest + 1, translator(slip.lang))
    return enqueue(work, row.printer_id, row.kind, copy, row.subject_id, copy_no=highest + 1, reprint_of=job_id)


def _same_subject(row: Any) -> Any:
    return _J.c.id == row.id if row.subject_id is None else _J.c.subject_id == row.subject_id


def printer_for(session: Session, site_id: UUID, terminal_id: UUID) -> UUID | None:
    """The terminal's own active printer, else the first active one of the site; None when there is none."""
    own: UUID | None = session.execute(
        select(_P.c.id)
        .where(_P.c.site_id == site_id, _P.c.active)
        .order_by((_P.c.terminal_id == terminal_id).desc(), _P.c.code)
        .limit(1)
    ).scalar()
    return own


def last_job(session: Session, subject_id: UUID, kind: str) -> JobView | None:
    """The newest job of a ticket, refakat or record."""
    row = session.execute(
        select(*_VIEW)
        .where(_J.c.subject_id == subject_id, _J.c.kind == kind)
        .order_by(_J.c.created_at.desc(), _J.c.copy_no.desc())
        .limit(1)
    ).one_or_none()
    return _job(row) if row is not None else None


def job(session: Session, job_id: UUID) -> JobView:
    """One job; raises UserError when there is none."""
    row = session.execute(select(*_VIEW).where(_J.c.id == job_id)).one_or_none()
    if row is None:
        raise UserError(N_("Bu baskı kaydı bulunamadı."))
    return _job(row)


def _job(row: Any) -> JobView:
    return JobView(
        row.id,
        row.printer_id,
        row.kind,
        row.subject_id,
        JobState(row.state),
        row.reason,
        row.copy_no,
        row.created_at,
        row.slip,
    )


def printers(session: Session, site_id: UUID) -> tuple[PrinterView, ...]:
    """All active printers of a site with their health and what waits for them."""
    later = aliased(PrintJob)
    printed_again = select(later.id).where(later.reprint_of == PrintJob.id, later.state == JobState.PRINTED).exists()
    waiting = _counted(PrintJob.state.in_((JobState.QUEUED, JobState.SENDING)))
    broken = _counted(PrintJob.state.in_((JobState.FAILED, JobState.UNKNOWN)), ~printed_again)
    rows = session.execute(
        select(Printer, Terminal.name, waiting, broken)
        .join(Terminal, Terminal.id == Printer.terminal_id)
        .where(Printer.site_id == site_id, Printer.active)
        .order_by(Printer.code)
    )
    return tuple(
        PrinterView(
            p.id,
            p.code,
            p.name,
            p.terminal_id,
            terminal,
            p.profile,
            p.address,
            PrinterState(p.state),
            p.state_at,
            queued,
            failed,
        )
        for p, terminal, queued, failed in rows
    )


def _counted(*conditions: Any) -> Any:
    return (
        select(func.count())
        .select_from(PrintJob)
        .where(PrintJob.printer_id == Printer.id, *conditions)
        .correlate(Printer)
        .scalar_subquery()
    )

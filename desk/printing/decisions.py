"""What people decide about papers, and when the content of a paper is over.

A slip that came too late waits for somebody: released it is printed, withdrawn it never is. What was lost is
acknowledged ("gördüm"), so that the warning ends without a reprint.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.print_job import PrintDocument, Printer, PrintJob
from desk.models.session import Session
from desk.models.settings import setting
from desk.printing.ledger import STALE_REASON, Unit, move
from desk.printing.papers import A4, TAKEN_BACK_REASON, document_printer_for, job, printer_for
from desk.printing.types import NEEDY, JobState

_JOB = PrintJob.__table__
_PRINTER = Printer.__table__
_DOCUMENT = PrintDocument.__table__

KEEP_DAYS = 30
"""A slip holds subjects, initials and tracking codes; after the site's ``print_keep_days`` its row alone remains."""
BATCH = 500  # slips emptied in one transaction: nobody at a counter waits for it


def release(unit: Unit, job_id: UUID) -> None:
    """Print it though it is late; elsewhere when its printer was switched off meanwhile.

    Raises UserError when it does not wait for anybody (any more).
    """
    also = _instead(unit, job_id)
    if not move(unit, job_id, JobState.WAITING, JobState.QUEUED, "", released_at=unit.now, **also):
        raise UserError(N_("Bu fiş artık karar beklemiyor."))


def _instead(unit: Unit, job_id: UUID) -> dict[str, UUID]:
    """Where a paper goes whose printer is no longer used: to the one that the terminal prints at."""
    its = select(_PRINTER.c.id, _PRINTER.c.address).join(_JOB, _JOB.c.printer_id == _PRINTER.c.id)
    gone = unit.session.execute(its.where(_JOB.c.id == job_id, ~_PRINTER.c.active)).one_or_none()
    if gone is None:
        return {}
    another = document_printer_for if gone.address.startswith(A4) else printer_for
    to = another(unit.session, unit.actor.site_id, unit.actor.terminal_id)
    return {} if to is None else {"printer_id": to, "moved_from": gone.id}


def withdraw_job(unit: Unit, job_id: UUID) -> bool:
    """Never print it. False when it is too late for that: it is printed, on its way, or was given up."""
    taken_back = False
    for before in (JobState.QUEUED, JobState.WAITING):
        taken_back |= bool(move(unit, job_id, before, JobState.FAILED, TAKEN_BACK_REASON))
    return taken_back


def acknowledge(unit: Unit, job_id: UUID) -> None:
    """Somebody knows that it was not printed; the warning ends, state and reason stay. Raises UserError."""
    seen = (
        update(_JOB)
        .where(_JOB.c.id == job_id, _JOB.c.state.in_(NEEDY), _JOB.c.seen_at.is_(None))
        .values(seen_at=unit.now, seen_by=unit.actor.staff_id)
        .returning(_JOB.c.id)
    )
    if unit.session.execute(seen).first() is not None:
        unit.change(Kind.PRINT_CHANGED, job_id)
    elif job(unit.session, job_id).state not in NEEDY:
        raise UserError(N_("Bu fiş basıldı ya da hâlâ sırada; görüldü olarak işaretlenecek bir sorun yok."))


def to_empty(session: Session, site_id: UUID, now: datetime) -> tuple[UUID, ...]:
    """Papers whose content is over, at most ``BATCH``."""
    until = now - timedelta(days=setting(session, site_id, "print_keep_days", KEEP_DAYS))
    over = select(_JOB.c.id).where(_JOB.c.site_id == site_id, _JOB.c.emptied_at.is_(None), _JOB.c.created_at < until)
    return tuple(session.execute(over.order_by(_JOB.c.created_at).limit(BATCH)).scalars())


def empty(unit: Unit, job_ids: tuple[UUID, ...]) -> None:
    """Delete what stood on these papers; kind, states, times and who stay. What still waited is given up."""
    for before in (JobState.QUEUED, JobState.WAITING):
        for job_id in job_ids:
            move(unit, job_id, before, JobState.FAILED, STALE_REASON)
    unit.session.execute(update(_JOB).where(_JOB.c.id.in_(job_ids)).values(slip={}, emptied_at=unit.now))
    unit.session.execute(delete(_DOCUMENT).where(_DOCUMENT.c.job_id.in_(job_ids)))

"""A paper printed once more because a person asked: a new row, marked "KOPYA n", with who, when and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from desk.errors import N_, UserError
from desk.i18n import translator
from desk.models.print_job import PrintJob
from desk.models.session import Session
from desk.printing import ledger
from desk.printing.elements import Slip
from desk.printing.papers import REPLACED_REASON, document_printer_for, printer_for
from desk.printing.slips import mark_copy
from desk.printing.types import JobState

_JOB = PrintJob.__table__

WHY_LENGTH = 200
EMPTIED = N_("Bu fişin içeriği saklama süresi dolduğu için silindi; yeniden yazdırılamaz.")


def reprint(unit: ledger.Unit, job_id: UUID, why: str = "") -> UUID:
    """The same paper again, marked "KOPYA n", at the printer of the terminal that asks. Who, when and why is its row.

    A job that still waits is not printed besides: it becomes *failed* and this one takes its place. Raises UserError
    when there is none of this id, when its content was deleted at the end of its time, or cannot be marked.
    """
    this = select(_JOB).where(_JOB.c.id == job_id)
    old = unit.session.execute(this.with_for_update(key_share=True)).one_or_none()  # two who ask get two numbers
    if old is None:
        raise UserError(N_("Yazdırma işi bulunamadı."))
    if old.emptied_at is not None:
        raise UserError(EMPTIED)
    copies = select(func.max(_JOB.c.copy_no)).where(_same_paper(unit.session, old))
    copy_no: int = (unit.session.execute(copies).scalar() or old.copy_no) + 1
    again = _slip_again(unit, old, copy_no) if "elements" in old.slip else _document_again(unit, old, copy_no)
    for before in (JobState.QUEUED, JobState.WAITING):
        ledger.move(unit, job_id, before, JobState.FAILED, REPLACED_REASON)
    if why.strip():
        unit.session.execute(update(_JOB).where(_JOB.c.id == again).values(why=why.strip()[:WHY_LENGTH]))
    return again


def printed_before(session: Session, kind: str, subject_id: UUID) -> tuple[UUID, int] | None:
    """The first paper of this kind that a record has, and the highest number of its copies; None before the first.

    A paper that failed was never in anybody's hands.
    """
    same = select(_JOB.c.id, func.max(_JOB.c.copy_no).over()).where(
        _JOB.c.subject_id == subject_id, _JOB.c.kind == kind, _JOB.c.state != JobState.FAILED
    )
    found = session.execute(same.order_by(_JOB.c.created_at, _JOB.c.id).limit(1)).one_or_none()
    return None if found is None else (found[0], found[1])


def _slip_again(unit: ledger.Unit, old: Row[Any], copy_no: int) -> UUID:
    slip = Slip.from_data(old.slip)
    printer_id = printer_for(unit.session, unit.actor.site_id, unit.actor.terminal_id) or old.printer_id
    marked = mark_copy(slip, copy_no, translator(slip.lang))
    return ledger.enqueue(unit, printer_id, old.kind, marked, old.subject_id, copy_no=copy_no, reprint_of=old.id)


def _document_again(unit: ledger.Unit, old: Row[Any], copy_no: int) -> UUID:
    """The bytes that were printed first, not those of a copy, which bear a number already."""
    from desk.printing.pdf_copy import mark_pdf  # reportlab, for this paper alone

    first = _first_of(unit.session, old.id)
    found = ledger.document(unit.session, first)
    if found is None:
        raise UserError(EMPTIED)
    if found[0] != ledger.PDF:
        raise UserError(N_("Bu belge buradan yeniden yazdırılamaz; hazırlandığı ekrandan yeniden yazdırınız."))
    mark = translator()(N_("KOPYA {count}")).format(count=copy_no)
    content = mark_pdf(found[2], mark)
    printer_id = document_printer_for(unit.session, unit.actor.site_id, unit.actor.terminal_id) or old.printer_id
    return ledger.enqueue_document(
        unit, printer_id, old.kind, ledger.PDF, found[1], content, old.subject_id, copy_no=copy_no, reprint_of=old.id
    )


def _same_paper(session: Session, job: Row[Any]) -> ColumnElement[bool]:
    """The paper and all its copies: those of a record by what it is, all others by what they are copies of."""
    if job.subject_id is not None:
        return and_(_JOB.c.subject_id == job.subject_id, _JOB.c.kind == job.kind)
    family = select(_JOB.c.id).where(_JOB.c.id == _first_of(session, job.id)).cte("family", recursive=True)
    again = _JOB.alias("again")
    family = family.union_all(select(again.c.id).join(family, again.c.reprint_of == family.c.id))
    return _JOB.c.id.in_(select(family.c.id))


def _first_of(session: Session, job_id: UUID) -> UUID:
    """The paper of which this one is a copy, or a copy's copy; itself when it is none."""
    before = select(_JOB.c.reprint_of)
    while (found := session.execute(before.where(_JOB.c.id == job_id)).scalar()) is not None:
        job_id = found
    return job_id

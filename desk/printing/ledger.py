"""The print ledger: every paper is a row, written with what it is for, before any printer is asked.

queued → sending → printed | unknown | failed. Only the process that holds a printer's lease moves its jobs, each
move is a conditional UPDATE, and nothing goes back from *sending* to *queued* unless no byte had gone out. What
is *unknown* or *failed* is printed again by a person only, as a new row with "KOPYA n".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Row, Select, Table, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from desk.actor import Actor
from desk.errors import N_, UserError
from desk.events import Kind
from desk.i18n import translator
from desk.models import changes
from desk.models.base import new_id, written
from desk.models.engine import Database
from desk.models.print_job import Printer, PrintJob
from desk.models.site import Terminal
from desk.printing.elements import Slip
from desk.printing.slips import mark_copy
from desk.printing.types import JobState, JobView, PrinterView

_JOB: Table = PrintJob.__table__  # type: ignore[assignment]
_PRINTER: Table = Printer.__table__  # type: ignore[assignment]
_OPEN = written(_JOB.c.state, "queued", "sending")
"""In the words of the index of open jobs; what is printed is never looked through for what waits."""

LEASE = timedelta(seconds=15)
"""How long a printer stays with a process that no longer says that it lives."""

STALE = {
    "ticket": timedelta(minutes=2),
    "direction": timedelta(minutes=2),
    "assistance": timedelta(minutes=2),
}
"""A slip older than this does not burst out when paper comes back: its person has gone on without it."""
STALE_OTHERWISE = timedelta(minutes=15)

STALE_REASON = N_("Zamanında basılamadı. Gerekiyorsa yeniden yazdırınız.")
INTERRUPTED_REASON = N_("Yazdırma yarıda kesildi; kâğıda basılmış olabilir.")
REPLACED_REASON = N_("Yerine yenisi yazdırıldı.")
WITHDRAWN_REASON = N_("Numara iptal edildiği için yazdırılmadı.")


class Unit(Protocol):
    """An open transaction: a ``Work`` of an action, or an ``Entry`` of the spooler."""

    session: Session
    actor: Actor
    now: datetime

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None: ...


@dataclass(slots=True)
class Entry:
    """The spooler's transaction. Unlike an action it opens no business day: a printer may fail at midnight."""

    session: Session
    actor: Actor
    now: datetime
    changed: list[tuple[Kind, UUID | None]] = field(default_factory=list)

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None:
        self.changed.append((kind, subject_id))


@contextmanager
def entry(db: Database, actor: Actor) -> Iterator[Entry]:
    """One short transaction with its changes. Raises Fault when the database cannot be written."""
    with db.write() as session:
        made = Entry(session, actor, db.now())
        yield made
        changes.append(session, actor, made.now, made.changed)


# What actions do


def enqueue(
    unit: Unit,
    printer_id: UUID,
    kind: str,
    slip: Slip,
    subject_id: UUID | None,
    *,
    copy_no: int = 1,
    reprint_of: UUID | None = None,
) -> UUID:
    """Write down that this slip is to be printed; the printer's owner finds it when the transaction is through."""
    job_id = new_id()
    unit.session.execute(
        insert(_JOB).values(
            id=job_id,
            site_id=unit.actor.site_id,
            printer_id=printer_id,
            kind=kind,
            subject_id=subject_id,
            slip=slip.to_data(),
            copy_no=copy_no,
            reprint_of=reprint_of,
            state=JobState.QUEUED,
            reason="",
            created_at=unit.now,
            created_by=unit.actor.staff_id,
            terminal_id=unit.actor.terminal_id,
        )
    )
    unit.change(Kind.PRINT_CHANGED, job_id)
    return job_id


def reprint(unit: Unit, job_id: UUID) -> UUID:
    """The same slip again, marked "KOPYA n", at the printer of the terminal that asks. Who and when is its row.

    A job that still waits is not printed besides: it becomes *failed* and this one takes its place.
    """
    old = unit.session.execute(select(_JOB).where(_JOB.c.id == job_id)).one_or_none()
    if old is None:
        raise UserError(N_("Yazdırma işi bulunamadı."))
    copies = select(func.max(_JOB.c.copy_no)).where(_same_paper(old))
    copy_no: int = (unit.session.execute(copies).scalar() or old.copy_no) + 1
    _move(unit, job_id, JobState.QUEUED, JobState.FAILED, REPLACED_REASON)
    slip = Slip.from_data(old.slip)
    printer_id = printer_for(unit.session, unit.actor.site_id, unit.actor.terminal_id) or old.printer_id
    marked = mark_copy(slip, copy_no, translator(slip.lang))
    return enqueue(unit, printer_id, old.kind, marked, old.subject_id, copy_no=copy_no, reprint_of=job_id)


def withdraw(unit: Unit, subject_id: UUID) -> None:
    """Let slips of something undone that still wait never come out: nobody may queue with a cancelled number."""
    waiting = select(_JOB.c.id).where(_JOB.c.subject_id == subject_id, _JOB.c.state == JobState.QUEUED)
    for job_id in unit.session.execute(waiting).scalars().all():
        _move(unit, job_id, JobState.QUEUED, JobState.FAILED, WITHDRAWN_REASON)


def _same_paper(job: Row[Any]) -> ColumnElement[bool]:
    if job.subject_id is None:
        return or_(_JOB.c.id == job.id, _JOB.c.reprint_of == job.id)
    return and_(_JOB.c.subject_id == job.subject_id, _JOB.c.kind == job.kind)


# What screens read


def printer_for(session: Session, site_id: UUID, terminal_id: UUID) -> UUID | None:
    """The terminal's own active printer, else any active one of the site, else None."""
    own_first = (_PRINTER.c.terminal_id != terminal_id, _PRINTER.c.code)
    found: UUID | None = session.execute(
        select(_PRINTER.c.id).where(_PRINTER.c.site_id == site_id, _PRINTER.c.active).order_by(*own_first).limit(1)
    ).scalar()
    return found


def last_job(session: Session, subject_id: UUID, kind: str) -> JobView | None:
    """The newest job of a ticket or record."""
    wanted = _jobs().where(_JOB.c.subject_id == subject_id, _JOB.c.kind == kind)
    row = session.execute(wanted.order_by(_JOB.c.created_at.desc(), _JOB.c.copy_no.desc()).limit(1)).one_or_none()
    return _view(row) if row else None


def job(session: Session, job_id: UUID) -> JobView:
    """Raises UserError when there is none of this id."""
    row = session.execute(_jobs().where(_JOB.c.id == job_id)).one_or_none()
    if row is None:
        raise UserError(N_("Yazdırma işi bulunamadı."))
    return _view(row)


def open_jobs(session: Session, printer_id: UUID) -> tuple[JobView, ...]:
    """What waits at a printer, in the order it will be printed."""
    rows = session.execute(_jobs().where(*_waiting(printer_id)).order_by(*_IN_ORDER))
    return tuple(_view(row) for row in rows)


def printers(session: Session, site_id: UUID) -> tuple[PrinterView, ...]:
    """The site's active printers, by name."""
    again = aliased(PrintJob)
    newest = select(func.max(_JOB.c.created_at)).where(_JOB.c.site_id == site_id).scalar_subquery()
    since = session.execute(select(newest)).scalar()
    queued = select(func.count()).where(_JOB.c.printer_id == _PRINTER.c.id, _OPEN, _JOB.c.state == JobState.QUEUED)
    lost = select(func.count()).where(
        _JOB.c.printer_id == _PRINTER.c.id,
        _JOB.c.site_id == site_id,
        _JOB.c.state.in_((JobState.FAILED, JobState.UNKNOWN)),
        _JOB.c.reason != WITHDRAWN_REASON,
        ~select(again.id)
        .where(again.site_id == site_id, again.created_at >= _JOB.c.created_at, again.reprint_of == _JOB.c.id)
        .exists(),
    )
    if since is not None:
        lost = lost.where(_JOB.c.created_at >= since - timedelta(hours=12))
    rows = session.execute(
        select(
            _PRINTER,
            Terminal.name.label("terminal_name"),
            queued.scalar_subquery().label("queued"),
            lost.scalar_subquery().label("failed"),
        )
        .join(Terminal, Terminal.id == _PRINTER.c.terminal_id)
        .where(_PRINTER.c.site_id == site_id, _PRINTER.c.active)
        .order_by(_PRINTER.c.name, _PRINTER.c.code)
    )
    return tuple(
        PrinterView(
            row.id, row.code, row.name, row.profile, row.address, row.state, row.state_at,
            row.terminal_name, row.queued, row.failed,
        )
        for row in rows
    )  # fmt: skip


def _jobs() -> Select[Any]:
    return select(_JOB)


def _view(row: Row[Any]) -> JobView:
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
    )


# What the owner of a printer does

_IN_ORDER = (_JOB.c.created_at, _JOB.c.id)


def _waiting(printer_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (_JOB.c.printer_id == printer_id, _OPEN, _JOB.c.state == JobState.QUEUED)


def lease(unit: Unit, printer_id: UUID, owner: str, *, gone: str = "", longer: timedelta = timedelta()) -> bool:
    """Take the printer, or keep it, for another ``LEASE``. False when a living process has it.

    ``gone``: an owner known to be dead, whose lease need not be waited for. Whoever takes a printer from
    another finds its half-sent jobs *unknown*: nobody can say what is on paper. ``longer``: what a long slip needs.
    """
    here = _PRINTER.c.id == printer_id
    until = unit.now + LEASE + longer
    kept = update(_PRINTER).where(here, _PRINTER.c.lease_owner == owner).values(lease_until=until)
    if _count(unit.session.execute(kept)):
        return True
    free = or_(
        _PRINTER.c.lease_owner.is_(None),
        _PRINTER.c.lease_until.is_(None),
        _PRINTER.c.lease_until < unit.now,
        _PRINTER.c.lease_owner == gone,
    )
    taken = update(_PRINTER).where(here, _PRINTER.c.active, free).values(lease_owner=owner, lease_until=until)
    if not _count(unit.session.execute(taken)):
        return False
    _interrupt(unit, printer_id)
    return True


def _interrupt(unit: Unit, printer_id: UUID) -> None:
    half_sent = select(_JOB.c.id).where(_JOB.c.printer_id == printer_id, _OPEN, _JOB.c.state == JobState.SENDING)
    for job_id in unit.session.execute(half_sent).scalars().all():
        _move(unit, job_id, JobState.SENDING, JobState.UNKNOWN, INTERRUPTED_REASON)


def release(unit: Unit, printer_id: UUID, owner: str) -> None:
    """Give the printer up, so that the next process need not wait."""
    unit.session.execute(
        update(_PRINTER)
        .where(_PRINTER.c.id == printer_id, _PRINTER.c.lease_owner == owner)
        .values(lease_owner=None, lease_until=None)
    )


def owner_of(session: Session, printer_id: UUID) -> str:
    """Who holds the printer, as far as the table knows; empty when nobody does."""
    return session.execute(select(_PRINTER.c.lease_owner).where(_PRINTER.c.id == printer_id)).scalar() or ""


@dataclass(frozen=True, slots=True)
class Post:
    """A printer as its owner finds it: where it is, and since when something waits there (None: nothing)."""

    address: str
    profile: str
    terminal_id: UUID
    active: bool
    waiting_since: datetime | None


def post(session: Session, printer_id: UUID) -> Post:
    """One read of a printer and its queue. Raises UserError when there is no such printer."""
    since = select(_JOB.c.created_at).where(*_waiting(printer_id)).order_by(*_IN_ORDER).limit(1).scalar_subquery()
    row = session.execute(
        select(_PRINTER.c.address, _PRINTER.c.profile, _PRINTER.c.terminal_id, _PRINTER.c.active, since).where(
            _PRINTER.c.id == printer_id
        )
    ).one_or_none()
    if row is None:
        raise UserError(N_("Yazıcı bulunamadı."))
    return Post(*row)


def printers_of(session: Session, terminal_id: UUID) -> tuple[UUID, ...]:
    """The active printers of a terminal."""
    mine = select(_PRINTER.c.id).where(_PRINTER.c.terminal_id == terminal_id, _PRINTER.c.active)
    return tuple(session.execute(mine.order_by(_PRINTER.c.code)).scalars())


def unexplained(session: Session, printer_id: UUID, reason: str) -> bool:
    """Whether a waiting job does not say this reason yet."""
    silent = select(_JOB.c.id).where(*_waiting(printer_id), _JOB.c.reason != reason)
    return session.execute(silent.limit(1)).first() is not None


def set_aside_stale(unit: Unit, printer_id: UUID) -> int:
    """Give up what has waited too long; a person decides whether it is printed after all. How many."""
    aside = 0
    for row in unit.session.execute(select(_JOB.c.id, _JOB.c.kind, _JOB.c.created_at).where(*_waiting(printer_id))):
        if unit.now - row.created_at > STALE.get(row.kind, STALE_OTHERWISE):
            aside += _move(unit, row.id, JobState.QUEUED, JobState.FAILED, STALE_REASON)
    return aside


def take(unit: Unit, printer_id: UUID, owner: str) -> JobView | None:
    """The next job, now *sending*; None when nothing waits or the printer is no longer ours."""
    ours = select(_PRINTER.c.id).where(_PRINTER.c.id == printer_id, _PRINTER.c.lease_owner == owner)
    if unit.session.execute(ours).first() is None:
        return None
    first = select(_JOB.c.id).where(*_waiting(printer_id)).order_by(*_IN_ORDER).limit(1).scalar_subquery()
    row = unit.session.execute(
        update(_JOB)
        .where(_JOB.c.id == first, _JOB.c.state == JobState.QUEUED)
        .values(state=JobState.SENDING, sent_at=unit.now, reason="")
        .returning(*_JOB.c)
    ).one_or_none()
    if row is None:
        return None
    unit.change(Kind.PRINT_CHANGED, row.id)
    return _view(row)


def settle(unit: Unit, job_id: UUID, state: JobState, reason: str = "") -> None:
    """What became of a job that was being sent: printed, unknown or failed; queued only if no byte had gone out."""
    _move(unit, job_id, JobState.SENDING, state, reason)


def hold(unit: Unit, printer_id: UUID, reason: str) -> None:
    """Let the waiting jobs say why they wait."""
    other = _JOB.c.reason != reason
    for job_id in unit.session.execute(select(_JOB.c.id).where(*_waiting(printer_id), other)).scalars().all():
        unit.session.execute(update(_JOB).where(_JOB.c.id == job_id, *_waiting(printer_id)).values(reason=reason))
        unit.change(Kind.PRINT_CHANGED, job_id)


def note_state(unit: Unit, printer_id: UUID, state: str) -> bool:
    """Keep what the printer says of itself. True when it is news."""
    known = update(_PRINTER).where(_PRINTER.c.id == printer_id, _PRINTER.c.state != state)
    if not _count(unit.session.execute(known.values(state=state, state_at=unit.now))):
        return False
    unit.change(Kind.PRINTER_CHANGED, printer_id)
    return True


def _move(unit: Unit, job_id: UUID, before: JobState, after: JobState, reason: str) -> int:
    done = after not in (JobState.QUEUED, JobState.SENDING)
    values = {"state": after, "reason": reason, "finished_at": unit.now if done else None}
    moved = unit.session.execute(update(_JOB).where(_JOB.c.id == job_id, _JOB.c.state == before).values(values))
    if _count(moved):
        unit.change(Kind.PRINT_CHANGED, job_id)
        return 1
    return 0


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount

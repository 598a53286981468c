"""The print ledger: every paper is a row, written with what it is for, before any printer is asked.

queued → sending → printed | unknown | failed. Only the process that holds a printer's lease moves its jobs, each
move is a conditional UPDATE, and nothing goes back from *sending* to *queued* unless no byte had gone out. What
is *unknown* or *failed* is printed again by a person only, as a new row with "KOPYA n". What people decide about
papers stands in ``decisions``, printers that stand in for each other in ``pool``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, CursorResult, bindparam, insert, or_, select, update

from desk.actor import Actor
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import changes
from desk.models.base import Key, new_id
from desk.models.engine import Database
from desk.models.prepared import JsonText, Query, insertion
from desk.models.print_job import PrintDocument, Printer, PrintJob
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Terminal
from desk.printing.elements import Slip
from desk.printing.papers import (
    IN_ORDER,
    OPEN,
    WITHDRAWN_REASON,
    document_printer_for,
    job,
    jobs,
    last_job,
    needing,
    open_jobs,
    printer_for,
    printers,
    waiting_at,
)
from desk.printing.types import SETTLED, JobState, JobView

__all__ = [  # what screens read stands in ``papers``, and is found here too
    "document_printer_for", "enqueue", "enqueue_document", "entry", "job", "jobs", "last_job", "lease", "needing",
    "open_jobs", "printer_for", "printers", "settle", "take", "withdraw",
]  # fmt: skip

_JOB = PrintJob.__table__
_PRINTER = Printer.__table__
_DOCUMENT = PrintDocument.__table__

_QUEUED = str(JobState.QUEUED)

LEASE = timedelta(seconds=15)
"""How long a printer stays with a process that no longer says that it lives."""

SOON_STALE = frozenset({"ticket", "direction", "assistance", "guide"})
"""Slips whose person goes on without them: the site's ``print_stale_seconds`` holds for these."""
STALE_SECONDS = 120
STALE_KIOSK_SECONDS = 60  # nobody stands at the kiosk that long
STALE_OTHERWISE = timedelta(minutes=15)

PDF = "application/pdf"
STALE_REASON = N_("Zamanında basılamadı. Gerekiyorsa bastırınız, gerekmiyorsa geri alınız.")
INTERRUPTED_REASON = N_("Yazdırma yarıda kesildi; kâğıda basılmış olabilir.")


class Unit(Protocol):
    """An open transaction: a ``Work`` of an action, or an ``Entry`` of the spooler."""

    @property
    def session(self) -> Session: ...

    @property
    def connection(self) -> Connection: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime: ...

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None: ...


@dataclass(slots=True)
class Entry:
    """The spooler's transaction. Unlike an action it opens no business day: a printer may fail at midnight."""

    session: Session
    actor: Actor
    now: datetime
    changed: list[tuple[Kind, UUID | None]] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        return self.session.connection()

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None:
        self.changed.append((kind, subject_id))


@contextmanager
def entry(db: Database, actor: Actor) -> Iterator[Entry]:
    """One short transaction with its changes. Raises Fault when the database cannot be written."""
    with db.transaction() as base:
        session = base.session
        made = Entry(session, actor, db.now())
        yield made
        changes.append(session.connection(), actor, made.now, made.changed)


# What actions do


def enqueue(
    unit: Unit,
    printer_id: UUID,
    kind: str,
    slip: Slip | JsonText,
    subject_id: UUID | None,
    *,
    copy_no: int = 1,
    reprint_of: UUID | None = None,
) -> UUID:
    """Write down that this slip (or its text) is to be printed; the printer's owner finds it when the transaction is
    through."""
    job_id = new_id()
    row = {
        "id": job_id,
        "site_id": unit.actor.site_id,
        "printer_id": printer_id,
        "kind": kind,
        "subject_id": subject_id,
        "slip": JsonText(slip.to_json()) if isinstance(slip, Slip) else slip,
        "copy_no": copy_no,
        "reprint_of": reprint_of,
        "state": _QUEUED,
        "reason": "",
        "created_at": unit.now,
        "created_by": unit.actor.staff_id,
        "terminal_id": unit.actor.terminal_id,
    }
    insertion(_JOB).run(unit.connection, row)
    unit.change(Kind.PRINT_CHANGED, job_id)
    return job_id


def enqueue_document(
    unit: Unit,
    printer_id: UUID,
    kind: str,
    media: str,
    title: str,
    content: bytes,
    subject_id: UUID | None = None,
    *,
    copy_no: int = 1,
    reprint_of: UUID | None = None,
) -> UUID:
    """Write down a PDF for an A4 printer (or a picture for a printer's memory). ``title`` names no person."""
    job_id = enqueue(unit, printer_id, kind, Slip(kind, "tr", ()), subject_id, copy_no=copy_no, reprint_of=reprint_of)
    unit.session.execute(update(_JOB).where(_JOB.c.id == job_id).values(slip={"document": media}))
    unit.session.execute(insert(_DOCUMENT).values(job_id=job_id, media=media, title=title, content=content))
    return job_id


def withdraw(unit: Unit, subject_id: UUID) -> None:
    """Let slips of something undone that still wait never come out: nobody may queue with a cancelled number."""
    still = (JobState.QUEUED, JobState.WAITING)
    waiting = select(_JOB.c.id, _JOB.c.state).where(_JOB.c.subject_id == subject_id, _JOB.c.state.in_(still))
    for row in unit.session.execute(waiting).all():
        move(unit, row.id, JobState(row.state), JobState.FAILED, WITHDRAWN_REASON)


# What the owner of a printer does


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
    half_sent = select(_JOB.c.id).where(_JOB.c.printer_id == printer_id, OPEN, _JOB.c.state == JobState.SENDING)
    for job_id in unit.session.execute(half_sent).scalars().all():
        move(unit, job_id, JobState.SENDING, JobState.UNKNOWN, INTERRUPTED_REASON)


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


def empty_queue(unit: Unit, printer_id: UUID, to: UUID | None) -> None:
    """What waits at a printer that is switched off goes to another one; nothing waits there for ever."""
    if to is None or to == printer_id:
        return
    moved = update(_JOB).where(*waiting_at(printer_id)).values(printer_id=to, moved_from=printer_id, reason="")
    for job_id in unit.session.execute(moved.returning(_JOB.c.id)).scalars().all():
        unit.change(Kind.PRINT_CHANGED, job_id)


def holding(session: Session, printer_id: UUID) -> tuple[str, datetime | None]:
    """Who holds the printer, and until when; an empty name when nobody does."""
    held = select(_PRINTER.c.lease_owner, _PRINTER.c.lease_until).where(_PRINTER.c.id == printer_id)
    row = session.execute(held).one_or_none()
    return (row.lease_owner or "", row.lease_until) if row else ("", None)


def document(session: Session, job_id: UUID) -> tuple[str, str, bytes] | None:
    """Media, title and content of a job that prints no slip."""
    row = session.execute(
        select(_DOCUMENT.c.media, _DOCUMENT.c.title, _DOCUMENT.c.content).where(_DOCUMENT.c.job_id == job_id)
    ).one_or_none()
    return (row.media, row.title, row.content) if row else None


def note_logo(unit: Unit, printer_id: UUID) -> None:
    """The site's logo lies in the printer's memory from now on."""
    unit.session.execute(update(_PRINTER).where(_PRINTER.c.id == printer_id).values(logo_at=unit.now))
    unit.change(Kind.PRINTER_CHANGED, printer_id)


@dataclass(frozen=True, slots=True)
class Post:
    """A printer as its owner finds it: where it is, and since when something waits there (None: nothing)."""

    address: str
    profile: str
    terminal_id: UUID
    active: bool
    pool: str
    has_logo: bool
    waiting_since: datetime | None


def post(session: Session, printer_id: UUID) -> Post:
    """One read of a printer and its queue. Raises UserError when there is no such printer."""
    row = _post().one_or_none(session.connection(), {"printer": printer_id})
    if row is None:
        raise UserError(N_("Yazıcı bulunamadı."))
    return Post(*row)


@cache
def _post() -> Query:
    """Made once: every printer's thread asks twice a second."""
    here: Any = bindparam("printer", type_=Key())
    since = select(_JOB.c.created_at).where(*waiting_at(here)).order_by(*IN_ORDER).limit(1).scalar_subquery()
    its = _PRINTER.c
    has_logo = its.logo_at.is_not(None).label("has_logo")
    waits = since.label("waiting_since")
    return Query(
        select(its.address, its.profile, its.terminal_id, its.active, its.pool, has_logo, waits).where(its.id == here)
    )


def printers_of(session: Session, terminal_id: UUID) -> tuple[UUID, ...]:
    """The active printers of a terminal."""
    mine = select(_PRINTER.c.id).where(_PRINTER.c.terminal_id == terminal_id, _PRINTER.c.active)
    return tuple(session.execute(mine.order_by(_PRINTER.c.code)).scalars())


def unexplained(session: Session, printer_id: UUID, reason: str) -> bool:
    """Whether a waiting job does not say this reason yet."""
    silent = select(_JOB.c.id).where(*waiting_at(printer_id), _JOB.c.reason != reason)
    return session.execute(silent.limit(1)).first() is not None


def stale_after(session: Session, site_id: UUID) -> tuple[timedelta, timedelta]:
    """How long a ticket waits for its printer before a person decides: at the desk, and at a kiosk."""
    desk = setting(session, site_id, "print_stale_seconds", STALE_SECONDS)
    kiosk = setting(session, site_id, "print_stale_seconds_kiosk", STALE_KIOSK_SECONDS)
    return timedelta(seconds=desk), timedelta(seconds=min(desk, kiosk))


def set_aside_stale(unit: Unit, printer_id: UUID) -> int:
    """What has waited too long waits for a person now, who releases or withdraws it. How many."""
    desk, kiosk = stale_after(unit.session, unit.actor.site_id)
    aside = 0
    rows = select(_JOB.c.id, _JOB.c.kind, _JOB.c.created_at, _JOB.c.released_at, Terminal.role)
    for row in unit.session.execute(
        rows.join(Terminal, Terminal.id == _JOB.c.terminal_id).where(*waiting_at(printer_id))
    ).all():
        allowed = (kiosk if row.role == "kiosk" else desk) if row.kind in SOON_STALE else STALE_OTHERWISE
        if unit.now - (row.released_at or row.created_at) > allowed:
            aside += move(unit, row.id, JobState.QUEUED, JobState.WAITING, STALE_REASON)
    return aside


def take(unit: Unit, printer_id: UUID, owner: str) -> JobView | None:
    """The next job, now *sending*; None when nothing waits or the printer is no longer ours."""
    ours = select(_PRINTER.c.id).where(_PRINTER.c.id == printer_id, _PRINTER.c.lease_owner == owner)
    if unit.session.execute(ours.with_for_update(key_share=True)).first() is None:  # nobody takes it before the commit
        return None
    first = select(_JOB.c.id).where(*waiting_at(printer_id)).order_by(*IN_ORDER).limit(1).scalar_subquery()
    taken = unit.session.execute(
        update(_JOB)
        .where(_JOB.c.id == first, _JOB.c.printer_id == printer_id, _JOB.c.state == JobState.QUEUED)
        .values(state=JobState.SENDING, sent_at=unit.now, reason="")
        .returning(_JOB.c.id)
    ).scalar()
    if taken is None:
        return None
    unit.change(Kind.PRINT_CHANGED, taken)
    return job(unit.session, taken)


def settle(unit: Unit, job_id: UUID, state: JobState, reason: str = "") -> None:
    """What became of a job that was being sent: printed, unknown or failed; queued only if no byte had gone out."""
    move(unit, job_id, JobState.SENDING, state, reason)


def hold(unit: Unit, printer_id: UUID, reason: str) -> None:
    """Let the waiting jobs say why they wait."""
    other = _JOB.c.reason != reason
    for job_id in unit.session.execute(select(_JOB.c.id).where(*waiting_at(printer_id), other)).scalars().all():
        unit.session.execute(update(_JOB).where(_JOB.c.id == job_id, *waiting_at(printer_id)).values(reason=reason))
        unit.change(Kind.PRINT_CHANGED, job_id)


def note_state(unit: Unit, printer_id: UUID, state: str) -> bool:
    """Keep what the printer says of itself. True when it is news."""
    known = update(_PRINTER).where(_PRINTER.c.id == printer_id, _PRINTER.c.state != state)
    if not _count(unit.session.execute(known.values(state=state, state_at=unit.now))):
        return False
    unit.change(Kind.PRINTER_CHANGED, printer_id)
    return True


def move(unit: Unit, job_id: UUID, before: JobState, after: JobState, reason: str, **also: Any) -> int:
    """From one state to another, if it is still in the first; 0 when somebody was faster."""
    done = after in SETTLED
    values: dict[str, Any] = {"state": after, "reason": reason, "finished_at": unit.now if done else None} | also
    moved = unit.session.execute(update(_JOB).where(_JOB.c.id == job_id, _JOB.c.state == before).values(values))
    if _count(moved):
        unit.change(Kind.PRINT_CHANGED, job_id)
        return 1
    return 0


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount

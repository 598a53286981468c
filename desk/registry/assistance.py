"""Refakat: a job is requested, assigned, started, handed over and ended; equipment goes out and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from desk.actor import Scope
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.i18n import SOURCE_LANGUAGE
from desk.models import assistance as tables
from desk.models import site
from desk.models.base import new_id
from desk.models.counting import Duration, Measure
from desk.models.numbers import next_number
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.visit import Visit
from desk.models.work import Work
from desk.registry.types import (
    ASSISTANCE_STATE_NAMES,
    AssistanceBoard,
    AssistanceJob,
    AssistanceKind,
    AssistanceState,
    Equipment,
    Escort,
)

_A = tables.Assistance.__table__
_USE = tables.EquipmentUse.__table__
_PIECE = tables.Equipment.__table__
_STAFF = site.Staff.__table__


class Step(NamedTuple):
    """A move of a job: where it may start, where it leads, which time it writes, what the change log says."""

    sources: frozenset[AssistanceState]
    target: AssistanceState
    moment: str
    kind: Kind


_S = AssistanceState
ASSIGN = Step(frozenset({_S.REQUESTED, _S.ASSIGNED}), _S.ASSIGNED, "assigned_at", Kind.ASSISTANCE_ASSIGNED)
START = Step(frozenset({_S.ASSIGNED}), _S.STARTED, "started_at", Kind.ASSISTANCE_STARTED)
HAND_OVER = Step(frozenset({_S.STARTED}), _S.HANDED_OVER, "handed_over_at", Kind.ASSISTANCE_HANDED_OVER)
END = Step(frozenset({_S.STARTED, _S.HANDED_OVER}), _S.ENDED, "ended_at", Kind.ASSISTANCE_ENDED)
CANCEL = Step(frozenset({_S.REQUESTED, _S.ASSIGNED}), _S.CANCELLED, "ended_at", Kind.ASSISTANCE_CANCELLED)
STEPS = (ASSIGN, START, HAND_OVER, END, CANCEL)
OPEN = frozenset({_S.REQUESTED, _S.ASSIGNED, _S.STARTED, _S.HANDED_OVER})

SAME_REQUEST = timedelta(minutes=15)
"""How long a second press of "Yardım istiyorum" at one kiosk means the escort who is already coming."""

UNDO_SECONDS = 10
"""How long a step can be taken back, as a visit can."""

HANDED_OVER = timedelta(days=7)
"""How long a job left open overnight stays on the board: its wheelchair is still out there with somebody."""


def request(
    work: Work,
    kind: AssistanceKind,
    *,
    from_place: str,
    to_place: str,
    visit_id: UUID | None = None,
    ticket_id: UUID | None = None,
    ticket_number: str = "",
    lang: str = SOURCE_LANGUAGE,
) -> UUID:
    """Ask for somebody to accompany a visitor, who reads ``lang``. The job goes by the ticket's number, else by its own
    "RF 012"."""
    serial = next_number(work.session, work.site_id, "assistance", work.day.isoformat())
    job_id = new_id()
    work.session.execute(
        insert(_A).values(
            id=job_id,
            site_id=work.site_id,
            day=work.day,
            serial=serial,
            number=ticket_number or f"RF {serial:03d}",
            visit_id=visit_id,
            ticket_id=ticket_id,
            kind=kind,
            state=AssistanceState.REQUESTED,
            from_place=from_place,
            to_place=to_place,
            requested_at=work.now,
            terminal_id=work.actor.terminal_id,
            lang=lang,
        )
    )
    _log(work, job_id, AssistanceState.REQUESTED, None)
    work.count(Measure.ASSISTANCE, kind)
    work.change(Kind.ASSISTANCE_REQUESTED, job_id)
    return job_id


def on_its_way_to(work: Work, terminal_id: UUID) -> UUID | None:
    """The job that was asked for at a terminal and whose escort has not come yet: one errand, however often a key is
    pressed there."""
    found: UUID | None = work.session.execute(
        select(_A.c.id)
        .where(_A.c.site_id == work.site_id, _A.c.day == work.day, _A.c.terminal_id == terminal_id)
        .where(_A.c.visit_id.is_(None))
        .where(_A.c.state.in_((_S.REQUESTED, _S.ASSIGNED)), _A.c.requested_at > work.now - SAME_REQUEST)
        .order_by(_A.c.requested_at.desc())
        .limit(1)
    ).scalar()
    return found


def assign(work: Work, job_id: UUID, escort_id: UUID, equipment_id: UUID | None = None) -> None:
    """Give a job to an escort, with a piece of equipment when one is needed."""
    _move(work, job_id, ASSIGN, escort_id=escort_id)
    if equipment_id is not None:
        take_equipment(work, job_id, equipment_id)


def take_equipment(work: Work, job_id: UUID, equipment_id: UUID) -> None:
    """Note a piece as out. Raises Stale when another job has it."""
    row = {"id": new_id(), "site_id": work.site_id, "assistance_id": job_id}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(_USE).values(**row, equipment_id=equipment_id, out_at=work.now))
    except IntegrityError as error:
        raise Stale(N_("Bu ekipman şu anda başka bir refakatte.")) from error
    job = work.session.execute(
        update(_A).where(_A.c.id == job_id).values(equipment_id=equipment_id).returning(_A.c.day, _A.c.kind)
    ).one()
    work.count(Measure.EQUIPMENT_USED, job.kind, day=job.day)
    work.change(Kind.EQUIPMENT_TAKEN, equipment_id)


def return_equipment(work: Work, equipment_id: UUID) -> None:
    """Note a piece as back. Raises Stale when it was in already."""
    back = work.session.execute(
        update(_USE)
        .where(_USE.c.equipment_id == equipment_id, _USE.c.in_at.is_(None))
        .values(in_at=work.now)
        .returning(_USE.c.id)
    ).first()
    if back is None:
        raise Stale(N_("Bu ekipman zaten yerinde."))
    work.change(Kind.EQUIPMENT_RETURNED, equipment_id)


def start(work: Work, job_id: UUID) -> None:
    """The escort sets off with the visitor."""
    job = _move(work, job_id, START)
    work.time(Duration.ASSISTANCE_WAIT, job.kind, (work.now - job.requested_at).total_seconds(), day=job.day)


def hand_over(work: Work, job_id: UUID) -> None:
    """The visitor has reached the unit."""
    _move(work, job_id, HAND_OVER)


def end(work: Work, job_id: UUID) -> None:
    """The visitor is back or needs nobody any more; equipment that is out comes back with them."""
    job = _move(work, job_id, END)
    _free_equipment(work, job_id)
    work.count(Measure.ASSISTANCE_ENDED, job.kind, day=job.day)
    work.time(Duration.ASSISTANCE_JOB, job.kind, (work.now - job.requested_at).total_seconds(), day=job.day)


def cancel(work: Work, job_id: UUID) -> None:
    """Nobody is needed after all: the request is taken out of the counts."""
    job = _move(work, job_id, CANCEL)
    _free_equipment(work, job_id)
    work.count(Measure.ASSISTANCE, job.kind, -1, day=job.day)


def take_back(work: Work, job_id: UUID, done: AssistanceState) -> None:
    """Undo the step that led to ``done`` within ten seconds: times, counts and equipment are as they were before it.

    Raises Stale when it is too late, or the job moved on since.
    """
    row = work.session.execute(select(_A).where(_A.c.id == job_id, _A.c.site_id == work.site_id)).one_or_none()
    if row is None or row.state != done:
        raise _stale(work, job_id)
    event = tables.AssistanceEvent
    history = work.session.execute(
        select(event.state, event.at, event.escort_id)
        .where(event.assistance_id == job_id)
        .order_by(event.at.desc(), event.id.desc())
        .limit(2)
    ).all()
    step = next(one for one in STEPS if one.target == done)
    if len(history) < 2 or history[1].state not in step.sources:  # what stands here is itself a step taken back
        raise _stale(work, job_id)
    if abs((work.now - history[0].at).total_seconds()) > UNDO_SECONDS:
        raise Stale(N_("Geri alma süresi ({seconds} sn) doldu."), seconds=UNDO_SECONDS)
    before = history[1]
    values: dict[str, Any] = {"state": before.state, step.moment: None, "escort_id": before.escort_id}
    if done == before.state:
        values[step.moment] = before.at  # given to somebody else: it is the first one's again
    work.session.execute(update(_A).where(_A.c.id == job_id).values(**values))
    _uncount(work, row, done)
    _equipment_back(work, row, done, history[0].at)
    _log(work, job_id, AssistanceState(before.state), before.escort_id)
    work.change(Kind.ASSISTANCE_ASSIGNED, job_id)


def _uncount(work: Work, row: Any, done: AssistanceState) -> None:
    tally = work.tally(row.day)
    if done is _S.STARTED:
        tally.untime(Duration.ASSISTANCE_WAIT, row.kind, (row.started_at - row.requested_at).total_seconds())
    elif done is _S.ENDED:
        work.count(Measure.ASSISTANCE_ENDED, row.kind, -1, day=row.day)
        tally.untime(Duration.ASSISTANCE_JOB, row.kind, (row.ended_at - row.requested_at).total_seconds())
    elif done is _S.CANCELLED:
        work.count(Measure.ASSISTANCE, row.kind, day=row.day)


def _equipment_back(work: Work, row: Any, done: AssistanceState, at: datetime) -> None:
    """A piece that went out with the step is in again, one that came back with it is out again (if it is free)."""
    own = _USE.c.assistance_id == row.id
    if done is _S.ASSIGNED:
        gone = delete(_USE).where(own, _USE.c.out_at == at, _USE.c.in_at.is_(None)).returning(_USE.c.equipment_id)
        for (piece,) in work.session.execute(gone).all():
            work.count(Measure.EQUIPMENT_USED, row.kind, -1, day=row.day)
            work.session.execute(update(_A).where(_A.c.id == row.id).values(equipment_id=None))
            work.change(Kind.EQUIPMENT_RETURNED, piece)
    elif done in (_S.ENDED, _S.CANCELLED):
        try:
            with work.session.begin_nested():
                again = update(_USE).where(own, _USE.c.in_at == at).values(in_at=None).returning(_USE.c.equipment_id)
                pieces = work.session.execute(again).all()
        except IntegrityError as error:
            raise Stale(N_("Ekipman bu arada başka bir refakate verildi; geri alınamaz.")) from error
        for (piece,) in pieces:
            work.change(Kind.EQUIPMENT_TAKEN, piece)


def cancel_of_visit(work: Work, visit_id: UUID) -> None:
    """With an undone visit its request goes too."""
    for (job_id,) in work.session.execute(
        select(_A.c.id)
        .where(
            _A.c.site_id == work.site_id, _A.c.day == select(Visit.day).where(Visit.id == visit_id).scalar_subquery()
        )
        .where(_A.c.visit_id == visit_id, _A.c.state.in_(CANCEL.sources))
    ).all():
        cancel(work, job_id)


def _free_equipment(work: Work, job_id: UUID) -> None:
    returned = work.session.execute(
        update(_USE)
        .where(_USE.c.assistance_id == job_id, _USE.c.in_at.is_(None))
        .values(in_at=work.now)
        .returning(_USE.c.equipment_id)
    ).all()
    for (equipment_id,) in returned:
        work.change(Kind.EQUIPMENT_RETURNED, equipment_id)


def _move(work: Work, job_id: UUID, step: Step, **values: Any) -> Any:
    row = work.session.execute(
        update(_A)
        .where(_A.c.id == job_id, _A.c.site_id == work.site_id, _A.c.state.in_(step.sources))
        .values({"state": step.target, step.moment: work.now, **values})
        .returning(_A.c.id, _A.c.day, _A.c.kind, _A.c.requested_at, _A.c.escort_id)
    ).first()
    if row is None:
        raise _stale(work, job_id)
    _log(work, job_id, step.target, row.escort_id)
    work.change(step.kind, job_id)
    return row


def _stale(work: Work, job_id: UUID) -> UserError:
    row = work.session.execute(
        select(_A.c.number, _A.c.state, site.Staff.name)
        .outerjoin(site.Staff, site.Staff.id == _A.c.escort_id)
        .where(_A.c.id == job_id, _A.c.site_id == work.site_id)
    ).first()
    if row is None:
        return UserError(N_("Bu refakat işi bulunamadı."))
    state = ASSISTANCE_STATE_NAMES[AssistanceState(row.state)]
    if row.name:
        return Stale(
            N_("{number} refakati değişmiş: {state}, {escort}."), number=row.number, state=state, escort=row.name
        )
    return Stale(N_("{number} refakati değişmiş: {state}."), number=row.number, state=state)


def _log(work: Work, job_id: UUID, state: AssistanceState, escort_id: UUID | None) -> None:
    work.session.execute(
        insert(tables.AssistanceEvent).values(
            id=new_id(),
            site_id=work.site_id,
            assistance_id=job_id,
            at=work.now,
            state=state,
            staff_id=work.actor.staff_id,
            escort_id=escort_id,
        )
    )


def board(s: Session, scope: Scope) -> AssistanceBoard:
    """Open jobs (oldest first), escorts and equipment, for the Refakat page and the desk."""
    jobs = jobs_open(s, scope)
    busy = {job.escort_id: job.number for job in jobs if job.escort_id}
    escorts = s.execute(select(_STAFF.c.id, _STAFF.c.name).where(*_escorts(scope)).order_by(_STAFF.c.name))
    done: int = s.execute(
        select(func.count()).where(_A.c.site_id == scope.site_id, _A.c.day == scope.day, _A.c.state == _S.ENDED)
    ).scalar_one()
    return AssistanceBoard(
        jobs=jobs,
        escorts=tuple(Escort(e.id, e.name, busy.get(e.id, "")) for e in escorts),
        equipment=_equipment(s, scope),
        done_today=done,
    )


def free_escorts(s: Session, scope: Scope, jobs: Sequence[AssistanceJob]) -> int:
    """How many escorts are on none of the open ``jobs``."""
    busy = {job.escort_id for job in jobs}
    return sum(row.id not in busy for row in s.execute(select(_STAFF.c.id).where(*_escorts(scope))))


def _escorts(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return _STAFF.c.site_id == scope.site_id, _STAFF.c.role == "escort", _STAFF.c.active


def jobs_open(s: Session, scope: Scope) -> tuple[AssistanceJob, ...]:
    target = setting(s, scope.site_id, "assistance_target_minutes", 15)
    rows = s.execute(
        _JOBS.where(_A.c.site_id == scope.site_id)
        .where(_A.c.day.between(scope.day - HANDED_OVER, scope.day))
        .where(_A.c.state.in_(OPEN))
        .order_by(_A.c.requested_at)
    )
    return tuple(_job(row, target, scope.now) for row in rows)


def job(s: Session, scope: Scope, job_id: UUID) -> AssistanceJob:
    """One job, open or not; raises UserError when it is unknown."""
    row = s.execute(_JOBS.where(_A.c.id == job_id, _A.c.site_id == scope.site_id)).one_or_none()
    if row is None:
        raise UserError(N_("Bu refakat işi bulunamadı."))
    target = setting(s, scope.site_id, "assistance_target_minutes", 15)
    return _job(row, target, scope.now)


_JOBS = (
    select(_A, _STAFF.c.name.label("escort"), _PIECE.c.name.label("piece"))
    .outerjoin(_STAFF, _STAFF.c.id == _A.c.escort_id)
    .outerjoin(_PIECE, _PIECE.c.id == _A.c.equipment_id)
)


def _job(row: Any, target: int, now: datetime) -> AssistanceJob:
    return AssistanceJob(
        id=row.id,
        number=row.number,
        kind=AssistanceKind(row.kind),
        state=AssistanceState(row.state),
        from_place=row.from_place,
        to_place=row.to_place,
        escort=row.escort or "",
        escort_id=row.escort_id,
        equipment=row.piece or "",
        equipment_id=row.equipment_id,
        requested_at=row.requested_at,
        assigned_at=row.assigned_at,
        started_at=row.started_at,
        handed_over_at=row.handed_over_at,
        target_minutes=target,
        waiting_seconds=max(0, int(((row.started_at or now) - row.requested_at).total_seconds())),
        lang=row.lang,
    )


def _equipment(s: Session, scope: Scope) -> tuple[Equipment, ...]:
    rows = s.execute(
        select(_PIECE.c.id, _PIECE.c.code, _PIECE.c.name, _PIECE.c.kind, _A.c.number, _USE.c.out_at)
        .outerjoin(_USE, (_USE.c.equipment_id == _PIECE.c.id) & _USE.c.in_at.is_(None))
        .outerjoin(_A, _A.c.id == _USE.c.assistance_id)
        .where(_PIECE.c.site_id == scope.site_id, _PIECE.c.active)
        .order_by(_PIECE.c.code)
    )
    return tuple(
        Equipment(id_, code, name, AssistanceKind(kind), number or "", out_at)
        for id_, code, name, kind, number, out_at in rows
    )

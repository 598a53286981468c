"""What can be done with a ticket: call, recall, serve, hold, transfer, no-show, cancel.

Each command gets the open ``Work``, does one thing and notes its changes and counts there. A move is a conditional
UPDATE on the states it may start from; losing the race raises ``Stale`` with who was first. The hot ones are Core
statements: the ORM costs twice as much.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, insert, select, update

from desk.actor import Scope
from desk.clock import local
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Duration, Measure
from desk.models.settings import setting
from desk.models.site import Counter, Service, Staff
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.models.work import Work
from desk.queue import reads, rule
from desk.queue.counters import open_counter, refuse_when_busy
from desk.queue.lifecycle import MOVES, Move
from desk.queue.periods import next_period, seconds_serving
from desk.queue.types import STATE_NAMES, TicketState

_T: Table = Ticket.__table__  # type: ignore[assignment]
_P: Table = TicketPeriod.__table__  # type: ignore[assignment]
_CALL: Table = TicketCall.__table__  # type: ignore[assignment]
_S: Table = Service.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]


def call_next(work: Work, counter_id: UUID) -> UUID | None:
    """Call the ticket that the rule puts first, or return None when nobody waits.

    One statement claims it, so two counters never call the same number. A counter that still has a called or
    served number is refused.
    """
    refuse_when_busy(work, counter_id)
    open_counter(work, counter_id)
    head_start = setting(work.session, work.site_id, "head_start_minutes", 30)
    first = reads.eligible(Scope(work.site_id, work.day, work.now), counter_id, head_start)
    claimed = work.session.execute(
        update(_T)
        .where(_T.c.id == first.with_only_columns(_T.c.id).limit(1).with_for_update(skip_locked=True).scalar_subquery())
        .where(_T.c.state == TicketState.WAITING)
        .values(
            state=TicketState.CALLED,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            called_at=work.now,
            recalls=1,
        )
        .returning(_T.c.id, _T.c.number, _T.c.priority, _T.c.arrived_at, _T.c.service_id, _T.c.first_called_at)
    ).first()
    if claimed is None:
        return None
    _called_first_time(work, claimed)
    runner_up = work.session.execute(first.limit(1)).first()
    why = rule.reason(
        reads.as_next_up(claimed, work.now, head_start),
        reads.as_next_up(runner_up, work.now, head_start) if runner_up else None,
    )
    inputs = {name: value for name, value in asdict(why).items() if name not in ("rule", "version")}
    _log_call(work, claimed.id, counter_id, 1, why.rule, why.version, inputs)
    next_period(work, claimed.id, TicketState.CALLED, counter_id)
    work.change(Kind.TICKET_CALLED, claimed.id)
    found: UUID = claimed.id
    return found


def _called_first_time(work: Work, row: Row[Any]) -> None:
    """The wait ends with the first call; a returned or transferred ticket is not counted again."""
    if row.first_called_at is not None:
        return
    issued, code = work.session.execute(
        select(_T.c.issued_at, _S.c.code).join(_S, _S.c.id == _T.c.service_id).where(_T.c.id == row.id)
    ).one()
    work.session.execute(update(_T).where(_T.c.id == row.id).values(first_called_at=work.now))
    work.time(Duration.WAIT, code, (work.now - issued).total_seconds())


def recall(work: Work, ticket_id: UUID) -> None:
    """Call the same number again at its counter."""
    row = move(work, ticket_id, Move.RECALL, recalls=_T.c.recalls + 1, called_at=work.now)
    _log_call(work, ticket_id, row.counter_id, row.recalls, "recall", 1, {"waited_minutes": 0, "head_start": 0})
    work.change(Kind.TICKET_RECALLED, ticket_id)


def start(work: Work, ticket_id: UUID) -> None:
    """The visitor has come: service begins."""
    move(work, ticket_id, Move.START, started_at=work.now, staff_id=work.actor.staff_id)
    work.change(Kind.TICKET_STARTED, ticket_id)


def finish(work: Work, ticket_id: UUID, outcome: str = "done") -> None:
    """Service ends. The time served is the sum of its serving periods: a pause on hold does not count."""
    row = move(work, ticket_id, Move.FINISH, ended_at=work.now, outcome=outcome)
    code = service_code(work, row.service_id)
    work.time(Duration.SERVE, code, seconds_serving(work, ticket_id), day=row.day)
    work.count(Measure.TICKETS_SERVED, code, day=row.day)
    work.change(Kind.TICKET_FINISHED, ticket_id)


def no_show(work: Work, ticket_id: UUID) -> None:
    """Nobody came, after the number of calls the site asks for."""
    recalls = work.session.execute(select(_T.c.recalls).where(_T.c.id == ticket_id)).scalar_one_or_none()
    needed = setting(work.session, work.site_id, "no_show_after_recalls", 2)
    if recalls is not None and recalls < needed:
        raise UserError(N_("“Gelmedi” demeden önce numarayı en az {count} kez çağırınız."), count=needed)
    row = move(work, ticket_id, Move.NO_SHOW, ended_at=work.now, outcome="no_show")
    work.count(Measure.NO_SHOWS, service_code(work, row.service_id), day=row.day)
    work.change(Kind.TICKET_NO_SHOW, ticket_id)


def hold(work: Work, ticket_id: UUID) -> None:
    """Put aside, at the same counter, without losing the place."""
    move(work, ticket_id, Move.HOLD)
    work.change(Kind.TICKET_HELD, ticket_id)


def resume(work: Work, ticket_id: UUID) -> None:
    """Take a held ticket up again at its counter, which must be free."""
    counter_id = work.session.execute(select(_T.c.counter_id).where(_T.c.id == ticket_id)).scalar_one_or_none()
    if counter_id is not None:
        refuse_when_busy(work, counter_id)
    move(work, ticket_id, Move.RESUME, started_at=work.now)
    work.change(Kind.TICKET_RESUMED, ticket_id)


def transfer(work: Work, ticket_id: UUID, service_id: UUID) -> None:
    """Send to another service, keeping number and arrival time."""
    move(work, ticket_id, Move.TRANSFER, service_id=service_id, counter_id=None, started_at=None, recalls=0)
    work.change(Kind.TICKET_TRANSFERRED, ticket_id)


def cancel(work: Work, ticket_id: UUID, outcome: str) -> None:
    """``outcome`` "left": gave up waiting; "void": undone by the desk. The number stays spent."""
    row = move(work, ticket_id, Move.CANCEL, ended_at=work.now, outcome=outcome)
    measure = Measure.LEFT if outcome == "left" else Measure.TICKETS_CANCELLED
    work.count(measure, service_code(work, row.service_id), day=row.day)
    work.change(Kind.TICKET_CANCELLED, ticket_id)


def move(work: Work, ticket_id: UUID, move: Move, **values: Any) -> Row[Any]:
    """Do one allowed move, or raise Stale saying what the ticket is now and who made it so."""
    step = MOVES[move]
    row = work.session.execute(
        update(_T)
        .where(_T.c.id == ticket_id, _T.c.site_id == work.site_id, _T.c.state.in_(step.sources))
        .values(state=step.target, **values)
        .returning(_T.c.id, _T.c.day, _T.c.service_id, _T.c.counter_id, _T.c.recalls)
    ).first()
    if row is None:
        raise _stale(work, ticket_id)
    if move is not Move.RECALL:
        next_period(work, ticket_id, step.target, row.counter_id)
    return row


def _stale(work: Work, ticket_id: UUID) -> UserError:
    row = work.session.execute(
        select(_T.c.number, _T.c.state, _C.c.name, Staff.name)
        .outerjoin(_C, _C.c.id == _T.c.counter_id)
        .outerjoin(Staff, Staff.id == _T.c.staff_id)
        .where(_T.c.id == ticket_id, _T.c.site_id == work.site_id)
    ).first()
    if row is None:
        return UserError(N_("Bu sıra numarası bulunamadı."))
    number, state, counter, _ = row
    if state == TicketState.EXPIRED:
        return Stale(N_("{number} gün sonunda kapandı."), number=number)
    since: datetime | None = work.session.execute(
        select(_P.c.started_at).where(_P.c.ticket_id == ticket_id).order_by(_P.c.started_at.desc()).limit(1)
    ).scalar()
    at = f"{local(since, work.zone):%H.%M}" if since else ""
    if counter:
        return Stale(
            N_("{number} için önce {counter} işlem yaptı: {state} ({at})."),
            number=number,
            counter=counter,
            state=STATE_NAMES[TicketState(state)],
            at=at,
        )
    return Stale(
        N_("{number} artık bu işleme uygun değil: {state}."), number=number, state=STATE_NAMES[TicketState(state)]
    )


def _log_call(
    work: Work, ticket_id: UUID, counter_id: UUID, recall: int, rule_name: str, version: int, inputs: dict[str, Any]
) -> None:
    work.session.execute(
        insert(_CALL).values(
            id=new_id(),
            site_id=work.site_id,
            ticket_id=ticket_id,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            at=work.now,
            recall=recall,
            rule=rule_name,
            rule_version=version,
            inputs=inputs,
        )
    )


def service_code(work: Work, service_id: UUID) -> str:
    code: str = work.session.execute(select(_S.c.code).where(_S.c.id == service_id)).scalar_one()
    return code

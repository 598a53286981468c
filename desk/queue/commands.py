"""What can be done with a ticket once it is called: serve, hold, transfer, no-show, bring back, leave, cancel.

Each command gets the open ``Work``, does one thing and notes its changes and counts there. A move is a conditional
UPDATE on the states it may start from; losing the race raises ``Stale`` with who was first. The hot ones are Core
statements: the ORM costs twice as much.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from desk.clock import local
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.base import written
from desk.models.counting import Duration, Measure
from desk.models.prepared import Prepared, Query
from desk.models.settings import setting
from desk.models.site import Counter, Service, Staff
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.models.work import Work
from desk.queue import counter_reads, day, issuing
from desk.queue.counters import refuse_unmanned, refuse_when_busy, shut
from desk.queue.lifecycle import MOVES, OPEN_STATES, Move
from desk.queue.periods import next_period, seconds_serving
from desk.queue.reasons import OUTCOMES
from desk.queue.types import STATE_NAMES, TicketState

_T = Ticket.__table__
_P = TicketPeriod.__table__
_CALL = TicketCall.__table__
_S = Service.__table__
_C = Counter.__table__

REASON_LIMIT = 120


def start(work: Work, ticket_id: UUID) -> None:
    """The visitor has come: service begins."""
    move(work, ticket_id, Move.START, started_at=work.now, staff_id=work.actor.staff_id)
    work.change(Kind.TICKET_STARTED, ticket_id)


def finish(work: Work, ticket_id: UUID, outcome: str = "done") -> None:
    """Service ends. The time served is the sum of its serving periods: a pause on hold does not count.

    Raises UserError for an ``outcome`` that is none of ``reasons.OUTCOMES``.
    """
    if outcome not in OUTCOMES:
        raise UserError(N_("Böyle bir sonuç yok: {name}. Bilinenler: {known}"), name=outcome, known=", ".join(OUTCOMES))
    row = move(work, ticket_id, Move.FINISH, ended_at=work.now, outcome=outcome)
    code = service_code(work, row.service_id)
    work.time(Duration.SERVE, code, seconds_serving(work, ticket_id), day=row.day)
    work.count(Measure.TICKETS_SERVED, code, day=row.day)
    work.count(Measure.TICKETS_OUTCOME, outcome, day=row.day)
    work.change(Kind.TICKET_FINISHED, ticket_id)


def no_show(work: Work, ticket_id: UUID) -> None:
    """Nobody came, after the number of calls and the seconds since the last one that the site asks for.

    A call that lies in the future was made before the clock was set back: nobody can tell how long ago, and nobody
    must wait an hour for it.
    """
    called = work.session.execute(
        select(_T.c.recalls, _T.c.called_at).where(_T.c.id == ticket_id, _T.c.state == TicketState.CALLED)
    ).first()
    if called is not None:
        missing, since = counter_reads.before_no_show(work.session, work.site_id, called.recalls, called.called_at)
        if missing:
            needed = called.recalls + missing
            raise UserError(N_("“Gelmedi” demeden önce numarayı en az {count} kez çağırınız."), count=needed)
        if called.called_at <= work.now < since:
            left = -int((work.now - since).total_seconds() // 1)
            raise UserError(
                N_("Son çağrının üzerinden henüz yeterince geçmedi; {count} sn daha bekleyiniz."), count=left
            )
    row = move(work, ticket_id, Move.NO_SHOW, ended_at=work.now, outcome="no_show")
    work.count(Measure.NO_SHOWS, service_code(work, row.service_id), day=row.day)
    work.change(Kind.TICKET_NO_SHOW, ticket_id)


def bring_back(work: Work, ticket_id: UUID) -> None:
    """A number that did not come is here after all: it waits again with its number and arrival time.

    Raises UserError when the site's time for that is over, on another day, and when its label was given again.
    """
    lost = work.session.execute(
        select(_T.c.number, _T.c.day, _T.c.ended_at).where(_T.c.id == ticket_id, _T.c.state == TicketState.NO_SHOW)
    ).first()
    if lost is not None:
        minutes = setting(work.session, work.site_id, "bring_back_minutes", counter_reads.BRING_BACK_MINUTES)
        if lost.day != work.day or work.now > lost.ended_at + timedelta(minutes=minutes):
            raise UserError(
                N_("{number} için geri alma süresi ({minutes} dk) doldu; yeni numara veriniz."),
                number=lost.number,
                minutes=minutes,
            )
        _refuse_second_label(work, lost.number)
    row = move(
        work, ticket_id, Move.BRING_BACK, ended_at=None, outcome=None, counter_id=None, started_at=None, recalls=0
    )
    work.count(Measure.NO_SHOWS, service_code(work, row.service_id), -1, day=row.day)
    work.change(Kind.TICKET_BROUGHT_BACK, ticket_id)


def _refuse_second_label(work: Work, number: str) -> None:
    """After a wrap the label may be on another slip by now."""
    alive = (
        select(func.count())
        .select_from(_T)
        .where(_T.c.site_id == work.site_id, _T.c.day == work.day, _T.c.number == number)
        .where(_T.c.state.in_(OPEN_STATES))
    )
    if work.session.execute(alive).scalar_one() or issuing.held(work, number):
        raise UserError(N_("{number} numarası bu arada başkasına verildi; yeni numara veriniz."), number=number)


def hold(work: Work, ticket_id: UUID) -> None:
    """Put aside, at the same counter, without losing the place."""
    move(work, ticket_id, Move.HOLD)
    work.change(Kind.TICKET_HELD, ticket_id)


def resume(work: Work, ticket_id: UUID) -> None:
    """Take a held ticket up again at its counter, which must be free and open."""
    counter_id = work.session.execute(
        select(_T.c.counter_id).where(_T.c.id == ticket_id, _T.c.state == TicketState.ON_HOLD)
    ).scalar_one_or_none()
    if counter_id is not None:
        refuse_unmanned(refuse_when_busy(work, counter_id))
    move(work, ticket_id, Move.RESUME, started_at=work.now, staff_id=work.actor.staff_id)
    work.change(Kind.TICKET_RESUMED, ticket_id)


def return_to_queue(work: Work, ticket_id: UUID) -> None:
    """Back to those who wait, with number and arrival time, free for every counter with the skill."""
    move(work, ticket_id, Move.RETURN, counter_id=None, started_at=None, recalls=0)
    work.change(Kind.TICKET_RETURNED, ticket_id)


def transfer(
    work: Work,
    ticket_id: UUID,
    service_id: UUID | None = None,
    *,
    counter_id: UUID | None = None,
    staff_id: UUID | None = None,
) -> None:
    """Send on to another service, to one counter or to one clerk, keeping number and arrival time.

    A number sent to a counter or clerk is called by them alone while they are there (see counter_reads). Raises
    UserError when nobody sits there now.
    """
    _refuse_empty_seat(work, counter_id, staff_id)
    values: dict[str, Any] = {"service_id": service_id} if service_id else {}
    move(
        work,
        ticket_id,
        Move.TRANSFER,
        **values,
        counter_id=None,
        started_at=None,
        recalls=0,
        wanted_counter_id=counter_id,
        wanted_staff_id=staff_id,
    )
    work.change(Kind.TICKET_TRANSFERRED, ticket_id)


def _refuse_empty_seat(work: Work, counter_id: UUID | None, staff_id: UUID | None) -> None:
    if counter_id is not None:
        counter = work.session.execute(select(_C.c.name, _C.c.state).where(_C.c.id == counter_id)).one()
        if counter.state == "closed":
            raise UserError(N_("{counter} kapalı; başka banko veya hizmet seçiniz."), counter=counter.name)
    if staff_id is not None:
        seat = select(_C.c.id).where(_C.c.site_id == work.site_id, _C.c.staff_id == staff_id, _C.c.state != "closed")
        if work.session.execute(seat).first() is None:
            name = work.session.execute(select(Staff.name).where(Staff.id == staff_id)).scalar_one()
            raise UserError(N_("{staff} şu anda bir bankoda değil; başka görevli veya hizmet seçiniz."), staff=name)


def leave(work: Work, ticket_id: UUID) -> None:
    """The visitor went away without being served ("Ayrıldı"). The number stays spent."""
    row = move(work, ticket_id, Move.LEAVE, ended_at=work.now, outcome="left")
    work.count(Measure.LEFT, service_code(work, row.service_id), day=row.day)
    work.change(Kind.TICKET_CANCELLED, ticket_id)


def cancel(work: Work, ticket_id: UUID, outcome: str) -> None:
    """``outcome`` "left": gave up waiting; "void": undone by the desk. The number stays spent."""
    row = move(work, ticket_id, Move.CANCEL, ended_at=work.now, outcome=outcome)
    measure = Measure.LEFT if outcome == "left" else Measure.TICKETS_CANCELLED
    work.count(measure, service_code(work, row.service_id), day=row.day)
    work.change(Kind.TICKET_CANCELLED, ticket_id)


def wait_since(work: Work, ticket_id: UUID, other_id: UUID) -> None:
    """A number counts from the arrival of another one of the same visitor."""
    arrived = select(_T.c.arrived_at).where(_T.c.id == other_id).scalar_subquery()
    work.session.execute(update(_T).where(_T.c.id == ticket_id).values(arrived_at=arrived))


def close_counter(work: Work, counter_id: UUID) -> int:
    """Close a counter; refused while a number is called or served there. Whoever is on hold there goes back to those
    who wait, or nobody would ever call them: how many."""
    refuse_when_busy(work, counter_id)
    held = select(_T.c.id).where(_T.c.counter_id == counter_id, _T.c.day == work.day, _T.c.state == TicketState.ON_HOLD)
    found = work.session.execute(held).all()
    for (ticket_id,) in found:
        return_to_queue(work, ticket_id)
    shut(work, counter_id, work.now)
    return len(found)


def move(work: Work, ticket_id: UUID, move: Move, **values: Any) -> Any:
    """Do one allowed move, or raise Stale saying what the ticket is now and who made it so.

    The counter it happens at is marked first: a silent one counts as away, and whoever calls there takes the counter
    before the ticket too, so that two on PostgreSQL never wait for one another.
    """
    target, which = MOVES[move].target, {"ticket": ticket_id}
    _SEEN.run(work.connection, which | {"now": work.now})
    if target is TicketState.WAITING:
        day.refuse_when_closed_meanwhile(work)  # nobody would call them any more
    new = {f"new_{name}": value for name, value in values.items()}
    row = _moving(move, tuple(values)).one_or_none(work.connection, which | {"site": work.site_id} | new)
    if row is None:
        raise stale(work, ticket_id)
    if move is not Move.RECALL:
        next_period(work, ticket_id, target, row.counter_id)
    return row


_TICKET = bindparam("ticket", type_=_T.c.id.type)


def _mark_of_counter() -> Any:
    at = select(_T.c.counter_id).where(_T.c.id == _TICKET, _T.c.counter_id.is_not(None)).scalar_subquery()
    return update(_C).where(_C.c.id == at).values(seen_at=bindparam("now", type_=_C.c.seen_at.type))


_SEEN = Prepared(lambda _dialect: _mark_of_counter())


@lru_cache(maxsize=64)
def _moving(move: Move, names: tuple[str, ...]) -> Query:
    """The conditional UPDATE of a move that sets these columns too."""
    step = MOVES[move]
    values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=_T.c[name].type) for name in names}
    if move is Move.RECALL:
        values["recalls"] = _T.c.recalls + 1
    here = _T.c.id == _TICKET, _T.c.site_id == bindparam("site", type_=_T.c.site_id.type)
    return Query(
        update(_T)
        .where(*here, written(_T.c.state, *sorted(step.sources)))
        .values(state=str(step.target), **values)
        .returning(_T.c.id, _T.c.day, _T.c.service_id, _T.c.counter_id, _T.c.recalls)
    )


def stale(work: Work, ticket_id: UUID) -> UserError:
    row = work.session.execute(
        select(_T.c.number, _T.c.state, _C.c.name, _T.c.first_called_at)
        .outerjoin(_C, _C.c.id == _T.c.counter_id)
        .where(_T.c.id == ticket_id, _T.c.site_id == work.site_id)
    ).first()
    if row is None:
        return UserError(N_("Bu sıra numarası bulunamadı."))
    number, state, counter, first_called = row
    if state == TicketState.EXPIRED:
        return Stale(N_("{number} gün sonunda kapandı."), number=number)
    since, staff = work.session.execute(
        select(_P.c.started_at, Staff.name)
        .outerjoin(Staff, Staff.id == _P.c.staff_id)
        .where(_P.c.ticket_id == ticket_id)
        .order_by(_P.c.started_at.desc(), _P.c.id.desc())
        .limit(1)
    ).one_or_none() or (None, "")
    at = f"{local(since, work.zone):%H.%M}" if since else ""
    if counter:
        return Stale(
            N_("{number} için önce {counter} işlem yaptı: {state} ({at})."),
            number=number,
            counter=counter,
            state=STATE_NAMES[TicketState(state)],
            at=at,
        )
    if first_called and staff:
        return Stale(
            N_("{number} için önce {staff} işlem yaptı: {state} ({at})."),
            number=number,
            staff=staff,
            state=STATE_NAMES[TicketState(state)],
            at=at,
        )
    return Stale(
        N_("{number} artık bu işleme uygun değil: {state}."), number=number, state=STATE_NAMES[TicketState(state)]
    )


def service_code(work: Work, service_id: UUID) -> str:
    code: str = _CODE.one_or_none(work.connection, {"service": service_id}).code
    return code


_CODE = Query(select(_S.c.code).where(_S.c.id == bindparam("service", type_=_S.c.id.type)))

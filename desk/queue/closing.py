"""The end of a business day, and opening one again: what is still open ends with its day, in that day's counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, bindparam, func, select, update

from desk.clock import local
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.counting import Measure
from desk.models.day_event import DayEvent
from desk.models.numbers import CodeKind
from desk.models.prepared import Prepared
from desk.models.site import Counter, Service, SiteDay, Staff
from desk.models.ticket import NumberSeries, Ticket
from desk.models.work import Work
from desk.queue.counters import shut
from desk.queue.day import is_closed as is_closed
from desk.queue.lifecycle import MOVES, Move
from desk.queue.periods import end_periods
from desk.queue.types import TicketState
from desk.queue.waiting import at_counter
from desk.text import clean

_T = Ticket.__table__
_C = Counter.__table__
_S = Service.__table__
_DAY = SiteDay.__table__
_SERIES = NumberSeries.__table__

LEFT_OPEN = timedelta(days=7)
"""How far before the last business day a morning looks for numbers that are still open: a desk that was writing at
midnight may have left one in a day that had ended. Not further: after years that would be every row."""

REASON_LIMIT = 200


def close_day(work: Work) -> int:
    """End the business day: numbers that wait expire, counters without a visitor close. How many expired.

    Whoever is being served may finish. Afterwards nobody is given a number or called until ``reopen_day``. Raises
    Stale with who was first when it was closed already.
    """
    if work.closed:
        raise _closed_before(work)
    closed = (
        update(_DAY)
        .where(_DAY.c.site_id == work.site_id, _DAY.c.day == work.day, _DAY.c.closed_at.is_(None))
        .values(closed_at=work.now, closed_by=work.actor.staff_id)
        .returning(_DAY.c.day)
    )
    if work.session.execute(closed).first() is None:  # the other press came between
        raise _closed_before(work)
    work.closed = True
    _wait_for_presses(work)
    expired = expire_all(work)
    busy = select(_T.c.counter_id).where(at_counter(), _T.c.counter_id.is_not(None))
    idle = select(_C.c.id).where(_C.c.site_id == work.site_id, _C.c.state != "closed", _C.c.id.not_in(busy))
    for (counter_id,) in work.session.execute(idle).all():
        shut(work, counter_id, work.now)
    _note(work, "closed", "")
    work.change(Kind.DAY_CLOSED)
    return expired


def _wait_for_presses(work: Work) -> None:
    """Let every call and issue that has begun end first, and later ones find the day closed (PostgreSQL; on SQLite
    every work stands alone anyway). Counters before numbers, as everybody takes them, or two meet in a deadlock."""
    _lock_counters(work)
    codes = _SERIES.c.series == f"scan:{int(CodeKind.TICKET)}"
    work.session.execute(select(_SERIES.c.last).where(_SERIES.c.site_id == work.site_id, codes).with_for_update())


def _lock_counters(work: Work) -> None:
    here = select(_C.c.id).where(_C.c.site_id == work.site_id)
    work.session.execute(here.order_by(_C.c.id).with_for_update()).all()


def reopen_day(work: Work, reason: str) -> None:
    """Open the closed business day again. Who did it and why stays on record.

    Raises UserError without a reason and when the day is open.
    """
    said = clean(reason)
    if not said or len(said) > REASON_LIMIT:
        raise UserError(N_("Günü yeniden açma nedenini en çok {count} harfle yazınız."), count=REASON_LIMIT)
    reopened = (
        update(_DAY)
        .where(_DAY.c.site_id == work.site_id, _DAY.c.day == work.day, _DAY.c.closed_at.is_not(None))
        .values(closed_at=None, closed_by=None)
        .returning(_DAY.c.day)
    )
    if work.session.execute(reopened).first() is None:
        raise Stale(N_("Gün zaten açık."))
    work.closed = False
    _note(work, "reopened", said)
    work.change(Kind.DAY_REOPENED)


def _note(work: Work, kind: str, reason: str) -> None:
    values = {"site_id": work.site_id, "day": work.day, "at": work.now, "staff_id": work.actor.staff_id}
    work.session.add(DayEvent(**values, kind=kind, reason=reason))
    work.session.flush()


def _closed_before(work: Work) -> Stale:
    at, who = work.session.execute(
        select(_DAY.c.closed_at, Staff.name)
        .outerjoin(Staff, Staff.id == _DAY.c.closed_by)
        .where(_DAY.c.site_id == work.site_id, _DAY.c.day == work.day)
    ).one()
    time = f"{local(at, work.zone):%H.%M}"
    return Stale(N_("Gün saat {time} itibarıyla kapatılmıştı ({staff})."), time=time, staff=who or "")


def expire_all(work: Work) -> int:
    """End of the day: whoever still waits, is called or on hold expires; who is being served may finish. How many."""
    return _expire(work, _T.c.day == work.day, _T.c.state != TicketState.SERVING)


def begin_day(work: Work) -> bool:
    """What an earlier day left open ends with it, in that day's counts: numbers expire, counters close. Whether any."""
    earlier = select(func.max(SiteDay.day)).where(SiteDay.site_id == work.site_id, SiteDay.day < work.day)
    last = work.session.execute(earlier).scalar()
    _lock_counters(work)
    expired = _expire(work, _T.c.day.between(last - LEFT_OPEN, work.day - timedelta(days=1))) if last else 0
    left_open = select(_C.c.id, _C.c.seen_at).where(_C.c.site_id == work.site_id, _C.c.state != "closed")
    counters = work.session.execute(left_open).all()
    for counter_id, seen_at in counters:
        shut(work, counter_id, seen_at or work.now)
    return bool(expired or counters)


def _expire(work: Work, *which: ColumnElement[bool]) -> int:
    """All in two statements: a first press of the morning must not wait for thousands who were never called."""
    still_open = _T.c.site_id == work.site_id, _T.c.state.in_(MOVES[Move.EXPIRE].sources)
    code = select(_S.c.code).where(_S.c.id == _T.c.service_id).scalar_subquery()
    wanted = select(_T.c.id, _T.c.day, code).where(*still_open, *which).order_by(_T.c.id).with_for_update(of=_T)
    rows = work.session.execute(wanted).all()  # they are ours now: nothing moves between
    _EXPIRED.many(work.connection, [{"ticket": ticket_id, "now": work.now} for ticket_id, _, _ in rows])
    end_periods(work, [ticket_id for ticket_id, _, _ in rows])
    for ticket_id, day, service in rows:
        work.count(Measure.EXPIRED, service, day=day)
        work.change(Kind.TICKET_EXPIRED, ticket_id)
    return len(rows)


_EXPIRED = Prepared(
    lambda _dialect: (
        update(_T)
        .where(_T.c.id == bindparam("ticket", type_=_T.c.id.type))
        .values(state=str(TicketState.EXPIRED), ended_at=bindparam("now", type_=_T.c.ended_at.type), outcome="expired")
    )
)

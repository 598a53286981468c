"""The counters themselves: taken, on break, left, and never two numbers at one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.prepared import Query
from desk.models.site import Counter, CounterPeriod
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.queue import day, waiting

_T = Ticket.__table__
_C = Counter.__table__

REASON_LIMIT = 120
AUTO_CALL_LIMIT = 120
"""Seconds: whoever wants more time than that between two visitors calls by hand."""


_AT = bindparam("counter", type_=_C.c.id.type)
_LOCKED = Query(
    select(_C.c.id, _C.c.name, _C.c.state, _C.c.staff_id, _C.c.priority_run).where(_C.c.id == _AT).with_for_update()
)
_NUMBERED = Query(
    select(_C.c.id).where(
        _C.c.site_id == bindparam("site", type_=_C.c.site_id.type),
        _C.c.number == bindparam("number", type_=_C.c.number.type),
    )
)
_BUSY = Query(select(_T.c.number).where(_T.c.counter_id == _AT, waiting.at_counter()).limit(1))


def by_number(work: Work, number: int) -> UUID:
    """The id of the counter with this number. Raises UserError for an unknown one."""
    return numbered(work.connection, work.site_id, number)


def numbered(connection: Connection, site_id: UUID, number: int) -> UUID:
    """The same, before a work begins."""
    found = _NUMBERED.one_or_none(connection, {"site": site_id, "number": number})
    if found is None:
        raise UserError(N_("Böyle bir banko yok: {number}"), number=number)
    counter_id: UUID = found.id
    return counter_id


def open_counter(work: Work, counter_id: UUID) -> None:
    """The actor takes the counter, or comes back from a break: from now on it is part of the roster.

    Another clerk taking over begins a period of their own. Raises UserError when the day was closed.
    """
    before = locked(work, counter_id)
    day.refuse_when_closed_meanwhile(work)
    same = before.state == "open" and before.staff_id == work.actor.staff_id
    values = {"seen_at": work.now} if same else {"state": "open", "staff_id": work.actor.staff_id, "seen_at": work.now}
    work.session.execute(update(_C).where(_C.c.id == counter_id).values(values))
    if not same:
        _next_period(work, counter_id, "open", "")
        work.change(Kind.COUNTER_OPENED, counter_id)


def begin_break(work: Work, counter_id: UUID, reason: str) -> None:
    """No calls until the counter is opened again. Refused while a number is called or served there.

    ``reason``: one of reasons.BREAK_REASONS or the clerk's own words.
    """
    before = refuse_when_busy(work, counter_id)
    if before.state != "open":
        raise UserError(N_("{counter} açık değil; mola verilemez."), counter=before.name)
    if not reason or len(reason) > REASON_LIMIT:
        raise UserError(N_("Mola nedenini en çok {count} harfle yazınız."), count=REASON_LIMIT)
    work.session.execute(update(_C).where(_C.c.id == counter_id).values(state="break", seen_at=work.now))
    _next_period(work, counter_id, "break", reason)
    work.change(Kind.COUNTER_PAUSED, counter_id)


def set_auto_call(work: Work, counter_id: UUID, seconds: int) -> None:
    """After "Bitir" this counter calls the next number by itself in so many seconds; 0: never."""
    if not 0 <= seconds <= AUTO_CALL_LIMIT:
        raise UserError(N_("Otomatik çağrı süresi 0 ile {limit} saniye arasında olmalıdır."), limit=AUTO_CALL_LIMIT)
    work.session.execute(update(_C).where(_C.c.id == counter_id).values(auto_call_seconds=seconds))
    work.change(Kind.SETTINGS_CHANGED, counter_id)


def refuse_unmanned(counter: Any) -> None:
    """Raise UserError for a counter on break, closed, or without a clerk."""
    if counter.state == "break":
        raise UserError(N_("{counter} molada. Çağırmak için önce moladan dönünüz."), counter=counter.name)
    if counter.state != "open":
        raise UserError(N_("{counter} kapalı. Çağırmak için önce bankoyu açınız."), counter=counter.name)
    if counter.staff_id is None:
        raise UserError(N_("{counter} için görevli yok. Çağırmak için önce bankoyu açınız."), counter=counter.name)


def shut(work: Work, counter_id: UUID, at: datetime) -> None:
    work.session.execute(
        update(_C).where(_C.c.id == counter_id).values(state="closed", seen_at=at, staff_id=None, priority_run=0)
    )
    _end_period(work, counter_id, at)
    work.change(Kind.COUNTER_CLOSED, counter_id)


def _next_period(work: Work, counter_id: UUID, kind: str, reason: str) -> None:
    _end_period(work, counter_id, work.now)
    work.session.add(
        CounterPeriod(
            site_id=work.site_id,
            day=work.day,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            kind=kind,
            reason=reason,
            started_at=work.now,
        )
    )
    work.session.flush()


def _end_period(work: Work, counter_id: UUID, at: datetime) -> None:
    work.session.execute(
        update(CounterPeriod)
        .where(CounterPeriod.counter_id == counter_id, CounterPeriod.ended_at.is_(None))
        .values(ended_at=at)
    )


def locked(work: Work, counter_id: UUID) -> Any:
    """The counter, kept for this work alone: two presses there look one after the other (PostgreSQL; on SQLite every
    work stands alone anyway)."""
    return _LOCKED.one_or_none(work.connection, {"counter": counter_id})


def refuse_when_busy(work: Work, counter_id: UUID) -> Any:
    """The counter's row, locked; raises UserError while a number is called or served there."""
    here = {"counter": counter_id}
    locked, called = _LOCKED.ask(work.connection, here), _BUSY.ask(work.connection, here)
    counter, busy = locked(), called()
    if busy is not None:
        raise UserError(N_("Önce {number} numarasının işlemini tamamlayınız."), number=busy.number)
    return counter

"""The counters themselves: taken, left, and never two numbers at one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, select, update

from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.site import Counter, CounterPeriod
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.queue import waiting

_T: Table = Ticket.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]


def open_counter(work: Work, counter_id: UUID) -> None:
    """The actor takes the counter: from now on it is part of the roster."""
    done = work.session.execute(
        update(_C)
        .where(_C.c.id == counter_id, _C.c.state != "open")
        .values(state="open", staff_id=work.actor.staff_id, seen_at=work.now)
        .returning(_C.c.id)
    ).first()
    if done is None:
        work.session.execute(
            update(_C).where(_C.c.id == counter_id).values(seen_at=work.now, staff_id=work.actor.staff_id)
        )
        return
    _end_counter_period(work, counter_id, work.now)
    work.session.add(
        CounterPeriod(
            site_id=work.site_id,
            day=work.day,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            kind="open",
            reason="",
            started_at=work.now,
        )
    )
    work.session.flush()
    work.change(Kind.COUNTER_OPENED, counter_id)


def close_counter(work: Work, counter_id: UUID) -> None:
    """Close a counter; refused while a number is called or served there."""
    refuse_when_busy(work, counter_id)
    shut(work, counter_id, work.now)


def shut(work: Work, counter_id: UUID, at: datetime) -> None:
    work.session.execute(update(_C).where(_C.c.id == counter_id).values(state="closed", seen_at=at, staff_id=None))
    _end_counter_period(work, counter_id, at)
    work.change(Kind.COUNTER_CLOSED, counter_id)


def _end_counter_period(work: Work, counter_id: UUID, at: datetime) -> None:
    work.session.execute(
        update(CounterPeriod)
        .where(CounterPeriod.counter_id == counter_id, CounterPeriod.ended_at.is_(None))
        .values(ended_at=at)
    )


def refuse_when_busy(work: Work, counter_id: UUID) -> None:
    # Two presses at one counter look one after the other (PostgreSQL; on SQLite every work stands alone anyway).
    work.session.execute(select(_C.c.id).where(_C.c.id == counter_id).with_for_update())
    busy = work.session.execute(select(_T.c.number).where(_T.c.counter_id == counter_id, waiting.at_counter())).first()
    if busy is not None:
        raise UserError(N_("Önce {number} numarasının işlemini tamamlayınız."), number=busy.number)

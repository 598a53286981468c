"""The end of a business day: what is still open ends with it, in that day's counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Table, func, select

from desk.events import Kind
from desk.models.counting import Measure
from desk.models.site import Counter, SiteDay
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.queue.commands import move, service_code
from desk.queue.counters import shut
from desk.queue.lifecycle import MOVES, Move
from desk.queue.types import TicketState

_T: Table = Ticket.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]

LEFT_OPEN = timedelta(days=7)
"""How far before the last business day a morning looks for numbers that are still open: a desk that was writing at
midnight may have left one in a day that had ended. Not further: after years that would be every row."""


def expire_all(work: Work) -> int:
    """End of the day: whoever still waits, is called or on hold expires; who is being served may finish. How many."""
    return _expire(work, _T.c.day == work.day, _T.c.state != TicketState.SERVING)


def begin_day(work: Work) -> bool:
    """What an earlier day left open ends with it, in that day's counts: numbers expire, counters close. Whether any."""
    earlier = select(func.max(SiteDay.day)).where(SiteDay.site_id == work.site_id, SiteDay.day < work.day)
    last = work.session.execute(earlier).scalar()
    expired = _expire(work, _T.c.day.between(last - LEFT_OPEN, work.day - timedelta(days=1))) if last else 0
    left_open = select(_C.c.id, _C.c.seen_at).where(_C.c.site_id == work.site_id, _C.c.state != "closed")
    counters = work.session.execute(left_open).all()
    for counter_id, seen_at in counters:
        shut(work, counter_id, seen_at or work.now)
    return bool(expired or counters)


def _expire(work: Work, *which: ColumnElement[bool]) -> int:
    rows = work.session.execute(
        select(_T.c.id).where(_T.c.site_id == work.site_id, _T.c.state.in_(MOVES[Move.EXPIRE].sources), *which)
    ).all()
    for (ticket_id,) in rows:
        row = move(work, ticket_id, Move.EXPIRE, ended_at=work.now, outcome="expired")
        work.count(Measure.EXPIRED, service_code(work, row.service_id), day=row.day)
        work.change(Kind.TICKET_EXPIRED, ticket_id)
    return len(rows)

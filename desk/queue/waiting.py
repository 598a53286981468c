"""Who waits, and how many are ahead. What a newcomer is told is another question (``promises``)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from desk.actor import Scope
from desk.models.base import written
from desk.models.session import Session
from desk.models.ticket import Ticket
from desk.queue import rule, types
from desk.queue.catalog import services

_T = Ticket.__table__


def ahead_of(s: Session, scope: Scope, service_id: UUID, arrived_at: datetime, priority: bool) -> int:
    """How many waiting numbers of the service will be called before one that comes at ``arrived_at``."""
    before = rule.before(rule.of(s, scope.site_id), arrived_at, priority, scope.now)
    count: int = s.execute(
        select(func.count()).where(*waiting_in(scope), _T.c.service_id == service_id, before)
    ).scalar_one()
    return count


def queues(s: Session, scope: Scope) -> tuple[types.ServiceQueue, ...]:
    """Every active service with those who wait."""
    rows = s.execute(select(_T.c.service_id, func.count()).where(*waiting_in(scope)).group_by(_T.c.service_id))
    waiting = {row[0]: int(row[1]) for row in rows}
    return tuple(
        types.ServiceQueue(one, waiting.get(one.id, 0), None, busy=False) for one in services(s, scope) if one.active
    )


def waiting_in(scope: Scope) -> tuple[Any, ...]:
    return (_T.c.site_id == scope.site_id, _T.c.day == scope.day, written(_T.c.state, "waiting"))


def at_counter() -> ColumnElement[bool]:
    """A ticket that occupies a counter: in the words of the index that finds it."""
    return written(Ticket.__table__.c.state, "called", "serving")

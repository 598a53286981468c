"""Who waits, how many are ahead, and what a newcomer is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Table, cast, func, select
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.models.base import written
from desk.models.settings import setting
from desk.models.site import Counter, CounterService, Service
from desk.models.summary import DurationCount
from desk.models.ticket import Ticket
from desk.queue import rule, types
from desk.queue.catalog import services
from desk.queue.forecast import Hall, forecast
from desk.queue.opening import opening
from desk.queue.types import Band

_T: Table = Ticket.__table__  # type: ignore[assignment]

FORECAST_DAYS = 20
"""Days whose service times the forecast looks at."""


def halls(s: Session, scope: Scope) -> dict[UUID, Hall]:
    """Per service: what the forecast needs to know."""
    _, pause = opening(s, scope)
    busy = select(_T.c.counter_id).where(at_counter(), _T.c.counter_id == Counter.id)
    counters = s.execute(
        select(
            CounterService.service_id,
            func.count().label("open"),
            func.sum(1 - cast(busy.exists(), Integer)).label("free"),
        )
        .join(Counter, Counter.id == CounterService.counter_id)
        .where(Counter.site_id == scope.site_id, Counter.state == "open")
        .group_by(CounterService.service_id)
    )
    by_service = {row.service_id: (row.open, int(row.free)) for row in counters}
    times = _serve_times(s, scope)
    found = {}
    for service_id, code in s.execute(select(Service.id, Service.code).where(Service.site_id == scope.site_id)):
        served, seconds = times.get(code, (0, 0))
        opened, free = by_service.get(service_id, (0, 0))
        found[service_id] = Hall(served, seconds / served if served else 0.0, opened, free, pause)
    return found


def _serve_times(s: Session, scope: Scope) -> dict[str, tuple[int, int]]:
    rows = s.execute(
        select(DurationCount.key, func.sum(DurationCount.value), func.sum(DurationCount.seconds))
        .where(
            DurationCount.site_id == scope.site_id,
            DurationCount.day > scope.day - timedelta(days=FORECAST_DAYS),
            DurationCount.measure == "serve",
        )
        .group_by(DurationCount.key)
    )
    return {key: (int(count), int(seconds)) for key, count, seconds in rows}


def ahead_of(s: Session, scope: Scope, service_id: UUID, arrived_at: datetime, priority: bool) -> int:
    """How many waiting numbers of the service will be called before one that comes at ``arrived_at``."""
    head_start = setting(s, scope.site_id, "head_start_minutes", 30)
    mine = int(arrived_at.timestamp() * 1_000_000) - (head_start * 60_000_000 if priority else 0)
    count: int = s.execute(
        select(func.count()).where(*waiting_in(scope), _T.c.service_id == service_id, rule.rank(head_start) <= mine)
    ).scalar_one()
    return count


def promise(s: Session, scope: Scope, service_id: UUID, priority: bool) -> tuple[int, Band | None]:
    """Numbers ahead and forecast for someone who would take a number now."""
    ahead = ahead_of(s, scope, service_id, scope.now, priority)
    return ahead, forecast(ahead, halls(s, scope)[service_id])


def queues(s: Session, scope: Scope) -> tuple[types.ServiceQueue, ...]:
    """Every active service with those who wait and what a newcomer would be told."""
    rows = s.execute(select(_T.c.service_id, func.count()).where(*waiting_in(scope)).group_by(_T.c.service_id))
    waiting = {row[0]: int(row[1]) for row in rows}
    known = halls(s, scope)
    crowded = setting(s, scope.site_id, "crowded_minutes", 25)
    result = []
    for service in services(s, scope):
        if service.active:
            count = waiting.get(service.id, 0)
            band = forecast(count, known[service.id])
            result.append(types.ServiceQueue(service, count, band, band is not None and band.high > crowded))
    return tuple(result)


def waiting_in(scope: Scope) -> tuple[Any, ...]:
    return (_T.c.site_id == scope.site_id, _T.c.day == scope.day, written(_T.c.state, "waiting"))


def at_counter() -> ColumnElement[bool]:
    """A ticket that occupies a counter: in the words of the index that finds it."""
    return written(Ticket.state, "called", "serving")

"""What was promised with each number: kept in the transaction that gives it, compared with the call later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.clock import local
from desk.models.engine import insert_into
from desk.models.forecast import ForecastHabits, ForecastLog
from desk.models.prepared import insertion
from desk.models.session import Session
from desk.models.work import Work
from desk.queue.types import Promise

_LOG = ForecastLog.__table__
_HABITS = ForecastHabits.__table__

_FIELDS = (
    "rule", "rule_version", "median", "upper", "sd", "k", "replications", "shadow", "waiting", "counters_open",
)  # fmt: skip


def row(promise: Promise) -> dict[str, Any] | None:
    """The part of a log row that comes from the forecast; None when none was made."""
    if promise.forecast is None:
        return None
    return {name: getattr(promise.forecast, name) for name in _FIELDS}


_KEPT: dict[UUID, dict[str, Any]] = {}
"""By site, the lesson that was kept last: every promise brings it until the next look at the days. Where that work was
taken back, the other terminals learn it themselves."""


def keep(work: Work, ticket_id: UUID, service_id: UUID, promise: Promise) -> None:
    """Keep a promise with its ticket, and what was newly learned to make it. Nothing for one without a forecast."""
    values = row(promise)
    if values is not None:
        window = promise.window
        insertion(_LOG).run(
            work.connection,
            {
                "site_id": work.site_id,
                "day": work.day,
                "ticket_id": ticket_id,
                "service_id": service_id,
                "window_from": _moment(work, window.begins) if window else None,
                "window_to": _moment(work, window.ends) if window else None,
                **values,
            },
        )
    if promise.learned is not None and _KEPT.get(work.site_id) is not promise.learned:
        keep_learned(work, promise.learned)
        _KEPT[work.site_id] = promise.learned


def _moment(work: Work, at: Any) -> datetime:
    """A time of the business day's clock as a moment; what lies before now is past midnight."""
    found = datetime.combine(local(work.now, work.zone).date(), at, work.zone)
    return found if found >= work.now - timedelta(minutes=10) else found + timedelta(days=1)


def keep_learned(work: Work, learned: dict[str, Any]) -> None:
    """What the last days taught, for the other terminals; whoever was first is right."""
    statement = insert_into(work.session, _HABITS).values(site_id=work.site_id, day=work.day, **learned)
    changed = {name: statement.excluded[name] for name in ("version", "learned")}
    work.session.execute(statement.on_conflict_do_update(index_elements=["site_id", "day"], set_=changed))


def windows(s: Session, ticket_ids: list[UUID]) -> Iterator[tuple[UUID, datetime, datetime]]:
    """Of these tickets those that were told a window, with its begin and end (to print it again)."""
    rows = s.execute(
        select(_LOG.c.ticket_id, _LOG.c.window_from, _LOG.c.window_to).where(
            _LOG.c.ticket_id.in_(ticket_ids), _LOG.c.window_from.is_not(None)
        )
    )
    yield from (tuple(found) for found in rows)

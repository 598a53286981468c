"""How long a ticket waited, was called, served or on hold: rows that are opened and closed, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update

from desk.models.base import new_id
from desk.models.prepared import Prepared, Query, insertion
from desk.models.ticket import TicketPeriod
from desk.models.work import Work
from desk.queue.lifecycle import PERIOD_STATES
from desk.queue.types import TicketState

_P = TicketPeriod.__table__


_END = Prepared(
    lambda _dialect: (
        update(_P)
        .where(_P.c.ticket_id == bindparam("ticket", type_=_P.c.ticket_id.type), _P.c.ended_at.is_(None))
        .values(ended_at=bindparam("now", type_=_P.c.ended_at.type))
    )
)


def open_period(work: Work, ticket_id: UUID, kind: TicketState, at: datetime, counter_id: UUID | None = None) -> None:
    row = {
        "id": new_id(),
        "site_id": work.site_id,
        "ticket_id": ticket_id,
        "kind": str(kind),
        "started_at": at,
        "staff_id": work.actor.staff_id,
        "counter_id": counter_id,
    }
    insertion(_P).run(work.connection, row)


def next_period(work: Work, ticket_id: UUID, state: TicketState, counter_id: UUID | None) -> None:
    _END.run(work.connection, {"ticket": ticket_id, "now": work.now})
    if state in PERIOD_STATES:
        open_period(work, ticket_id, state, work.now, counter_id)


def end_periods(work: Work, ticket_ids: Sequence[UUID]) -> None:
    """What runs of these tickets ends now, and nothing begins."""
    _END.many(work.connection, [{"ticket": ticket_id, "now": work.now} for ticket_id in ticket_ids])


_SERVING = Query(
    select(_P.c.started_at, _P.c.ended_at).where(
        _P.c.ticket_id == bindparam("ticket", type_=_P.c.ticket_id.type), _P.c.kind == str(TicketState.SERVING)
    )
)


def seconds_serving(work: Work, ticket_id: UUID) -> float:
    total = timedelta()
    for started, ended in _SERVING.all(work.connection, {"ticket": ticket_id}):
        total += (ended or work.now) - started
    return total.total_seconds()

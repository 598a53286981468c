"""Whom a counter may call, in the rule's order.

Under every rule those of one class are called first come, first served (``rule``). So the first of all is among the
first of each service and class, which an index finds whatever the number of those who wait; with the few who were
sent to a counter or a clerk they are ordered, not the whole hall. Whole orders are asked for by nobody but tests.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, literal_column, or_, select, true, union_all

from desk.actor import Scope
from desk.models.base import written
from desk.models.site import Counter, CounterService
from desk.models.ticket import Ticket
from desk.queue import rule
from desk.queue.waiting import waiting_in

_T: Table = Ticket.__table__  # type: ignore[assignment]
_H = _T.alias("head")
_C: Table = Counter.__table__  # type: ignore[assignment]
_SKILL: Table = CounterService.__table__  # type: ignore[assignment]

COLUMNS = (_T.c.id, _T.c.number, _T.c.priority, _T.c.arrived_at, _T.c.wanted_counter_id, _T.c.wanted_staff_id)

HEADS = 32
"""Of each service and class so many are looked at where others may be about to claim the first ones: more than there
are counters that press at one moment."""


def eligible(scope: Scope, counter_id: UUID, used: rule.Rule, run: int = 0, limit: int | None = None) -> Any:
    """Waiting tickets this counter may call, first to be called first (``run``: see rule.Kind).

    With ``limit`` only that many, found among the heads of each service and class.
    """
    if limit is None:
        return select(*COLUMNS).where(*callable_at(scope, counter_id)).order_by(*rule.order(used, scope.now, run))
    heads = [_head(scope, counter_id, yes, place) for yes in (True, False) for place in range(limit)]
    return _ordered(scope, used, run, union_all(*heads, _sent(scope, counter_id))).limit(limit)


def eligible_in_company(scope: Scope, counter_id: UUID, used: rule.Rule, run: int = 0) -> Any:
    """The first one, where other counters claim at the same moment (PostgreSQL): heads enough to pass over theirs.

    Whoever was claimed since the statement began is asked again whether they wait.
    """
    heads = [_heads(scope, counter_id, yes) for yes in (True, False)]
    found = _ordered(scope, used, run, union_all(*heads, _sent(scope, counter_id)))
    return found.where(*waiting_in(scope)).limit(1)


def _ordered(scope: Scope, used: rule.Rule, run: int, ids: CompoundSelect[Any]) -> Select[Any]:
    return select(*COLUMNS).where(_T.c.id.in_(ids)).order_by(*rule.order(used, scope.now, run))


def _head(scope: Scope, counter_id: UUID, priority: bool, place: int) -> Select[Any]:
    """Of each of the counter's services the one at this place (from 0) of the class, or NULL."""
    one = _unsent(scope, priority).limit(1).offset(literal_column(str(place)))
    return select(one.scalar_subquery()).where(_SKILL.c.counter_id == counter_id)


def _heads(scope: Scope, counter_id: UUID, priority: bool) -> Select[Any]:
    """Of each of the counter's services the first ``HEADS`` of the class."""
    some = _unsent(scope, priority).limit(HEADS).lateral()
    return select(some.c.id).join_from(_SKILL, some, true()).where(_SKILL.c.counter_id == counter_id)


def _unsent(scope: Scope, priority: bool) -> Select[Any]:
    """Who waits for a service and was sent to nobody, first come first, in the words of the index that knows it."""
    waits = _H.c.site_id == scope.site_id, _H.c.day == scope.day, written(_H.c.state, "waiting")
    return (
        select(_H.c.id)
        .where(*waits, _H.c.service_id == _SKILL.c.service_id, _H.c.priority.is_(priority))
        .where(_H.c.wanted_counter_id.is_(None), _H.c.wanted_staff_id.is_(None))
        .order_by(_H.c.arrived_at, _H.c.id)
        .correlate(_SKILL)
    )


def _sent(scope: Scope, counter_id: UUID) -> Select[Any]:
    """Who was sent to a counter or a clerk and may be called here. They are few, in an index of their own."""
    sent = or_(_T.c.wanted_counter_id.is_not(None), _T.c.wanted_staff_id.is_not(None))
    return select(_T.c.id).where(*callable_at(scope, counter_id), sent)


def callable_at(scope: Scope, counter_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Those who wait for the counter's services, and those sent to it or to its clerk.

    Whoever was sent to a counter or clerk is theirs alone while they are there; when they leave, anybody with the
    skill may call, so that nobody waits for a door that stays shut.
    """
    skills = select(_SKILL.c.service_id).where(_SKILL.c.counter_id == counter_id)
    manned = _C.c.site_id == scope.site_id, _C.c.state != "closed"
    there = select(_C.c.id).where(*manned)
    clerks = select(_C.c.staff_id).where(*manned, _C.c.staff_id.is_not(None))
    free = and_(
        or_(_T.c.wanted_counter_id.is_(None), _T.c.wanted_counter_id.not_in(there)),
        or_(_T.c.wanted_staff_id.is_(None), _T.c.wanted_staff_id.not_in(clerks)),
    )
    clerk = select(_C.c.staff_id).where(_C.c.id == counter_id).scalar_subquery()
    mine = or_(_T.c.wanted_counter_id == counter_id, _T.c.wanted_staff_id == clerk)
    return (*waiting_in(scope), or_(and_(_T.c.service_id.in_(skills), free), mine))

"""Whom a counter may call, in the rule's order.

Under every rule those of one class are called first come, first served (``rule``). So the first of all is among the
first of each service and class: SQLite finds these by an index and orders them and the few who were sent to a counter
or a clerk, not the whole hall (``among_heads``). PostgreSQL orders all who wait: it knows nothing yet of a day that
has just begun, and would look at all of them for each service and class anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select, union_all

from desk.actor import Scope
from desk.models.base import written
from desk.models.site import Counter, CounterService
from desk.models.ticket import Ticket
from desk.queue import rule
from desk.queue.waiting import waiting_in

_T = Ticket.__table__
_H = _T.alias("head")
_C = Counter.__table__
_SKILL = CounterService.__table__

COLUMNS = (_T.c.id, _T.c.number, _T.c.priority, _T.c.arrived_at, _T.c.wanted_counter_id, _T.c.wanted_staff_id)


def first(dialect: str, scope: Scope, counter_id: Any, used: rule.Rule, run: int, limit: int) -> Select[Any]:
    """The first ``limit`` of ``eligible``, in the way that is quick on this engine."""
    if dialect == "sqlite":
        return among_heads(scope, counter_id, used, run, limit)
    return eligible(scope, counter_id, used, run).limit(limit)


def eligible(scope: Scope, counter_id: Any, used: rule.Rule, run: int = 0) -> Select[Any]:
    """Waiting tickets this counter may call, first to be called first (``run``: see rule.Kind)."""
    return select(*COLUMNS).where(*callable_at(scope, counter_id)).order_by(*rule.order(used, scope.now, run))


def among_heads(scope: Scope, counter_id: Any, used: rule.Rule, run: int, limit: int) -> Select[Any]:
    """The first ``limit`` of them, found among the heads of each service and class."""
    heads = [_head(scope, counter_id, yes, place) for yes in (True, False) for place in range(limit)]
    found = _T.c.id.in_(union_all(*heads, _sent(scope, counter_id)))
    return select(*COLUMNS).where(found).order_by(*rule.order(used, scope.now, run)).limit(limit)


def _head(scope: Scope, counter_id: Any, priority: bool, place: int) -> Select[Any]:
    """Of each of the counter's services the one at this place (from 0) of the class, or NULL.

    Of those who were sent to nobody, first come first, in the words of the index that knows it.
    """
    waits = _H.c.site_id == scope.site_id, _H.c.day == scope.day, written(_H.c.state, "waiting")
    one = (
        select(_H.c.id)
        .where(*waits, _H.c.service_id == _SKILL.c.service_id, _H.c.priority.is_(priority))
        .where(_H.c.wanted_counter_id.is_(None), _H.c.wanted_staff_id.is_(None))
        .order_by(_H.c.arrived_at, _H.c.id)
        .limit(literal_column("1"))
        .offset(literal_column(str(place)))
        .correlate(_SKILL)
    )
    return select(one.scalar_subquery()).where(_SKILL.c.counter_id == counter_id)


def _sent(scope: Scope, counter_id: Any) -> Select[Any]:
    """Who was sent to a counter or a clerk and may be called here. They are few, in an index of their own."""
    sent = or_(_T.c.wanted_counter_id.is_not(None), _T.c.wanted_staff_id.is_not(None))
    return select(_T.c.id).where(*callable_at(scope, counter_id), sent)


def callable_at(scope: Scope, counter_id: Any) -> tuple[ColumnElement[bool], ...]:
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

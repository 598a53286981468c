"""The calling rule: one table of the rules a site may choose from, each with its order in SQL, in Python and in words.

The default is the head start: a priority ticket counts as having come some minutes earlier, so nobody is overtaken by
a ticket issued more than that after theirs, and nobody starves. Under every rule those of one class are called first
come, first served: a rule only decides between the first of each. The order stands in SQL (``Kind.order``) for the
one statement that calls, and in Python (``Kind.key``) for the forecast that plays the queue forward.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, and_, case, literal, or_, select

from desk.errors import N_
from desk.models.base import micros
from desk.models.session import Session
from desk.models.site import Site
from desk.models.ticket import Ticket
from desk.queue.reasons import CHOSEN
from desk.queue.types import CallReason, NextUp
from desk.values import dataclass

_T = Ticket.__table__
_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A site's rule with its figures; each rule looks only at its own."""

    name: str = "head_start"
    head_start: float = 30.0  # minutes
    k: int = 2  # priority numbers in a row before one of the others
    ratio: float = 3.0  # a minute of a priority number counts so many times

    @property
    def version(self) -> int:
        return RULES[self.name].version


class Kind(NamedTuple):
    """One rule. The smallest ``key`` is called first, and so is the first by ``order``; then the older ticket.

    Both take the moment and the *run*: how many priority numbers this counter has called one after the other.
    """

    version: int
    name: str
    told: str  # to the public, with the rule's figures
    order: Callable[[Rule, datetime, int], tuple[ColumnElement[Any], ...]]
    key: Callable[[Rule, float, bool, float, int], tuple[float, float]]


def of(session: Session, site_id: UUID) -> Rule:
    """The rule that a site has chosen; the head start when it chose none this program knows."""
    return from_settings(session.execute(select(Site.settings).where(Site.id == site_id)).scalar_one())


def from_settings(values: Mapping[str, Any]) -> Rule:
    """The rule in a site's settings, read before."""
    name = values.get("calling_rule", "head_start")
    return Rule(
        name=name if name in RULES else "head_start",
        head_start=values.get("head_start_minutes", 30),
        k=max(1, values.get("interleave_k", 2)),
        ratio=max(1.0, values.get("accumulating_ratio", 3.0)),
    )


# --- the order in SQL -----------------------------------------------------------------------------------------------
def order(rule: Rule, now: datetime, run: int) -> tuple[ColumnElement[Any], ...]:
    """What the tickets that wait are ordered by at a counter with this run; the first is called first.

    ``now`` may be a mark for the moment, in statements that are put together once.
    """
    return (*RULES[rule.name].order(rule, now, run), _T.c.id)


def _head_start_order(rule: Rule, now: datetime, run: int) -> tuple[ColumnElement[Any], ...]:
    return (rank(rule.head_start),)


def rank(head_start_minutes: float) -> ColumnElement[Any]:
    """SQL of the head start: the moment a ticket counts from, in microseconds; the smallest is called first."""
    return micros(_T.c.arrived_at) - case((_T.c.priority, round(head_start_minutes * _MINUTE)), else_=0)


def _strict_order(rule: Rule, now: datetime, run: int) -> tuple[ColumnElement[Any], ...]:
    return _T.c.priority.desc(), _T.c.arrived_at


def _interleave_order(rule: Rule, now: datetime, run: int) -> tuple[ColumnElement[Any], ...]:
    return _T.c.priority.asc() if run >= rule.k else _T.c.priority.desc(), _T.c.arrived_at


def _accumulating_order(rule: Rule, now: datetime, run: int) -> tuple[ColumnElement[Any], ...]:
    until = literal(_in_micros(now), BigInteger) if isinstance(now, datetime) else micros(now)
    waited = until - micros(_T.c.arrived_at)
    return ((waited * case((_T.c.priority, rule.ratio), else_=1.0)).desc(), _T.c.arrived_at)


def _in_micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def before(rule: Rule, arrived_at: datetime, priority: bool, now: datetime) -> ColumnElement[bool]:
    """SQL: the ticket is called before one that arrived then, by all that is known now.

    Under the interleave nobody can know which counter's turn it will be: the worse of the two is told.
    """
    older = _T.c.arrived_at <= arrived_at
    if rule.name == "strict":
        return and_(_T.c.priority, older) if priority else or_(_T.c.priority, older)
    if rule.name == "accumulating":
        mine = (_in_micros(now) - _in_micros(arrived_at)) * (rule.ratio if priority else 1.0)
        waited = literal(_in_micros(now), BigInteger) - micros(_T.c.arrived_at)
        return waited * case((_T.c.priority, rule.ratio), else_=1.0) >= mine
    if rule.name == "interleave":
        return older if priority else or_(older, _T.c.priority)
    mine_from = _in_micros(arrived_at) - (round(rule.head_start * _MINUTE) if priority else 0)
    return rank(rule.head_start) <= mine_from


# --- the order in Python --------------------------------------------------------------------------------------------
def key(rule: Rule, arrived: float, priority: bool, now: float = 0.0, run: int = 0) -> tuple[float, float]:
    """What a ticket is ordered by, in minutes on the axis of ``arrived`` and ``now``; the smallest is called first."""
    return RULES[rule.name].key(rule, arrived, priority, now, run)


def _head_start_key(rule: Rule, arrived: float, priority: bool, now: float, run: int) -> tuple[float, float]:
    return counts_from(arrived, priority, rule.head_start), 0.0


def _strict_key(rule: Rule, arrived: float, priority: bool, now: float, run: int) -> tuple[float, float]:
    return float(not priority), arrived


def _interleave_key(rule: Rule, arrived: float, priority: bool, now: float, run: int) -> tuple[float, float]:
    return float(priority if run >= rule.k else not priority), arrived


def _accumulating_key(rule: Rule, arrived: float, priority: bool, now: float, run: int) -> tuple[float, float]:
    return -(now - arrived) * (rule.ratio if priority else 1.0), arrived


def priority_first(rule: Rule, normal: float, priority: float, now: float, run: int = 0) -> bool:
    """Of the first of each class, by their arrivals (minutes): whether it is the priority number's turn."""
    return key(rule, priority, True, now, run) < key(rule, normal, False, now, run)


def next_run(run: int, priority: bool) -> int:
    """A counter's run after one more call."""
    return run + 1 if priority else 0


def overtaken_for(rule: Rule) -> float:
    """For how many minutes after an arrival a priority newcomer may still overtake it; infinite but for one rule."""
    return rule.head_start if rule.name == "head_start" else math.inf


def score(arrived_at: datetime, priority: bool, head_start_minutes: float, now: datetime) -> float:
    """Minutes waited, with the head start; the highest is called first."""
    return (now - arrived_at).total_seconds() / 60 + (head_start_minutes if priority else 0)


def counts_from(arrived: float, priority: bool, head_start_minutes: float) -> float:
    """The moment a ticket counts from, in minutes like ``arrived``; the smallest is called first.

    The order of ``rank`` and ``score`` without a clock: by it the forecast plays the queue forward.
    """
    return arrived - head_start_minutes if priority else arrived


# --- the table ------------------------------------------------------------------------------------------------------
RULES: dict[str, Kind] = {
    "head_start": Kind(
        1,
        N_("Önce gelmiş sayma"),
        N_("Öncelikli sıra, {head_start} dakika önce gelmiş sayılır."),
        _head_start_order,
        _head_start_key,
    ),
    "strict": Kind(
        1,
        N_("Önce öncelikliler"),
        N_("Bekleyen öncelikli varsa önce o çağrılır."),
        _strict_order,
        _strict_key,
    ),
    "interleave": Kind(
        1,
        N_("Dönüşümlü"),
        N_("Her bankoda {k} öncelikli numaradan sonra genel sıradan bir numara çağrılır."),
        _interleave_order,
        _interleave_key,
    ),
    "accumulating": Kind(
        1,
        N_("Biriken süre"),
        N_("Öncelikli sırada beklenen her dakika {ratio} dakika sayılır."),
        _accumulating_order,
        _accumulating_key,
    ),
}


# --- the reason -----------------------------------------------------------------------------------------------------
CHOSEN_VERSION = 1


def next_up(rule: Rule, row: Any, now: datetime, wanted: str = "") -> NextUp:
    """A ticket that waits (id, number, priority, arrived_at), with what the rule makes of it."""
    # Numbers of one press are a microsecond apart: that is not a minute less.
    waited = max(0, int(((now - row.arrived_at).total_seconds() + 0.001) // 60))
    return NextUp(
        row.id,
        row.number,
        row.priority,
        waited,
        head_start=round(rule.head_start) if row.priority and rule.name == "head_start" else 0,
        rule=rule.name,
        k=rule.k if rule.name == "interleave" else 0,
        ratio=rule.ratio if rule.name == "accumulating" else 0.0,
        wanted=wanted,
    )


def reason(called: NextUp, runner_up: NextUp | None, run: int = 0, chosen: str = "") -> CallReason:
    """Why ``called`` came before ``runner_up``: by the rule, or ``chosen`` for the reason a person gave."""
    return CallReason(
        rule=CHOSEN if chosen else called.rule,
        version=CHOSEN_VERSION if chosen else RULES[called.rule].version,
        waited_minutes=called.waited_minutes,
        head_start=called.head_start,
        runner_up=runner_up.number if runner_up else "",
        runner_up_waited=runner_up.waited_minutes if runner_up else 0,
        runner_up_head_start=runner_up.head_start if runner_up else 0,
        priority=called.priority,
        runner_up_priority=runner_up.priority if runner_up else False,
        k=called.k,
        run=run if called.k else 0,
        ratio=called.ratio,
        wanted=called.wanted,
        note=chosen,
    )


def inputs(why: CallReason) -> dict[str, Any]:
    """What is kept with a call beside the rule and its version: only what says something."""
    kept = {name: getattr(why, name) for name in CallReason.__dataclass_fields__ if name not in ("rule", "version")}
    return {name: value for name, value in kept.items() if value or name in ("waited_minutes", "head_start")}

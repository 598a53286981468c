"""The scorecard of the waiting forecast: what was promised with each number against what happened.

Errors are forecast − wait in minutes: below zero somebody waited longer than the median said. Coverage and width are
those of the people who had to queue; whoever was called at once had nothing to be promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from desk.actor import Scope
from desk.clock import local
from desk.models.forecast import ForecastLog
from desk.models.session import Session
from desk.models.site import Service, Site
from desk.models.ticket import Ticket
from desk.queue.forecast import ENOUGH_SERVED

_T = Ticket.__table__
_LOG = ForecastLog.__table__

_NAMES = select(Service.code, Service.short_name)

K = TypeVar("K", bound=int | str | bool | date)

DAYS = 20
"""Working days of the scorecard, unless asked for others."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure has to reach; ``low`` or ``high`` None: that end is free."""

    low: float | None
    high: float | None

    def kept(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


LIMITS = {
    "mae_ratio": Limit(None, 0.50),
    "bias": Limit(-1.0, 1.0),
    "within5": Limit(0.80, None),
    "within10": Limit(0.92, None),
    "coverage": Limit(0.82, 0.90),
    "width": Limit(None, 7.0),
}
"""Thresholds of the study. They belong to its load: a hall of single counters with long services may miss some."""


@dataclass(frozen=True, slots=True)
class Given:
    """One forecast whose ticket was called."""

    day: date
    hour: int  # local, of issue
    service: str  # code
    priority: bool
    median: float
    upper: float
    queued: bool  # had to wait: else a counter was free
    shadow: float
    waited: float


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of some forecasts; minutes and shares. None where there was nothing to measure it on."""

    forecasts: int
    queued: int
    mae: float
    bias: float
    within5: float
    within10: float
    shadow_mae: float
    mae_ratio: float | None
    coverage: float | None
    width: float | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``total`` is None when none of the days has a forecast that was followed by a call."""

    first: date
    last: date
    total: Score | None
    today: Score | None  # of the last day alone
    by_day: tuple[tuple[date, Score], ...]
    by_hour: tuple[tuple[int, Score], ...]
    by_class: tuple[tuple[bool, Score], ...]
    by_service: tuple[tuple[str, Score], ...]
    tickets: int  # issued on these days
    uncalled: int  # forecast but never called: left, expired or taken back
    names: Mapping[str, str]  # of services, by code

    @property
    def enough(self) -> bool:
        """Whether the figures say something."""
        return self.total is not None and self.total.forecasts >= ENOUGH_SERVED


def score(given: Sequence[Given]) -> Score | None:
    """The figures of some forecasts; None for none."""
    if not given:
        return None
    off = [one.median - one.waited for one in given]
    queued = [one for one in given if one.queued]
    mae = fmean(abs(error) for error in off)
    shadow = fmean(abs(one.shadow - one.waited) for one in given)
    return Score(
        forecasts=len(given),
        queued=len(queued),
        mae=mae,
        bias=fmean(off),
        within5=fmean(abs(error) <= 5 for error in off),
        within10=fmean(abs(error) <= 10 for error in off),
        shadow_mae=shadow,
        mae_ratio=mae / shadow if shadow > 0 else None,
        coverage=fmean(one.waited <= one.upper for one in queued) if queued else None,
        width=fmean(one.upper - one.median for one in queued) if queued else None,
    )


def _by(given: Iterable[Given], which: Callable[[Given], K]) -> tuple[tuple[K, Score], ...]:
    groups: dict[K, list[Given]] = {}
    for one in given:
        groups.setdefault(which(one), []).append(one)
    found = ((key, score(ones)) for key, ones in sorted(groups.items()))
    return tuple((key, made) for key, made in found if made is not None)


def scorecard(s: Session, scope: Scope, days: int = DAYS) -> Scorecard:
    """The scorecard of the last ``days`` days on which a forecast was given, with the open one."""
    wanted = (
        s.execute(
            select(_LOG.c.day)
            .where(_LOG.c.site_id == scope.site_id, _LOG.c.day <= scope.day)
            .group_by(_LOG.c.day)
            .order_by(_LOG.c.day.desc())
            .limit(max(1, days))
        )
        .scalars()
        .all()
    )
    first = wanted[-1] if wanted else scope.day
    last = wanted[0] if wanted else scope.day
    given, uncalled = _given(s, scope, first)
    tickets: int = s.execute(
        select(func.count()).where(_T.c.site_id == scope.site_id, _T.c.day.between(first, last))
    ).scalar_one()
    return Scorecard(
        first=first,
        last=last,
        total=score(given),
        today=score([one for one in given if one.day == scope.day]),
        by_day=_by(given, lambda one: one.day),
        by_hour=_by(given, lambda one: one.hour),
        by_class=_by(given, lambda one: one.priority),
        by_service=_by(given, lambda one: one.service),
        tickets=tickets,
        uncalled=uncalled,
        names={row.code: row.short_name for row in s.execute(_NAMES.filter_by(site_id=scope.site_id))},
    )


def _given(s: Session, scope: Scope, first: date) -> tuple[list[Given], int]:
    """Forecasts since ``first`` with the waits that followed, and how many tickets were never called."""
    zone = ZoneInfo(s.execute(select(Site.zone).where(Site.id == scope.site_id)).scalar_one())
    rows = s.execute(
        select(
            _LOG.c.day,
            Service.code,
            _T.c.priority,
            _LOG.c.median,
            _LOG.c.upper,
            _LOG.c.replications,
            _LOG.c.shadow,
            _T.c.issued_at,
            _T.c.first_called_at,
            _T.c.state,
        )
        .join(_T, _T.c.id == _LOG.c.ticket_id)
        .join(Service, Service.id == _LOG.c.service_id)
        .where(_LOG.c.site_id == scope.site_id, _LOG.c.day.between(first, scope.day))
        .order_by(_T.c.issued_at)
    )
    given, uncalled = [], 0
    for day, service, priority, median, upper, replications, shadow, issued, called, state in rows:
        if called is None:
            uncalled += state not in ("waiting", "on_hold")
            continue
        waited = (called - issued).total_seconds() / 60
        hour = local(issued, zone).hour
        given.append(Given(day, hour, service, bool(priority), median, upper, replications > 0, shadow, waited))
    return given, uncalled

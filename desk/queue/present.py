"""The hall at this moment as the forecast sees it: who waits, what each counter does and what its roster says.

Each process keeps what it read. The queue and the counters are read anew after every change of the change log; what
moves slowly (the day's records so far, rosters, settings) once a minute beside the work, or at once when a counter, a
setting or a roster was changed. Board, kiosk and the number that is given at the same moment stand on one snapshot and
tell the same.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, and_, bindparam, select

from desk.actor import Scope
from desk.events import Kind
from desk.models.base import micros, written
from desk.models.engine import dialect_of
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Counter, CounterService, Service
from desk.models.summary import Change
from desk.models.ticket import NumberSeries, Ticket
from desk.queue import habits, lessons, opening, records, roster
from desk.queue.forecast import HARDLY_TODAY, SERVES_ON
from desk.queue.habits import Learned, Opened, Shift
from desk.queue.records import DayRows
from desk.queue.rule import Rule, key
from desk.queue.rule import of as rule_of
from desk.queue.snapshot import NEVER, CounterNow, Doing, Snapshot, TicketNow
from desk.queue.types import Promise
from desk.values import dataclass

_T = Ticket.__table__
_C = Counter.__table__
_CHANGE = Change.__table__
_SERIES = NumberSeries.__table__

SLOW_SECONDS = 60
"""How long the day's records so far are believed; then they are read beside the work (``read_ahead``)."""

AT_MOST_SECONDS = 120
"""After which nobody is told anything by them any more: where nobody asked for a minute, the next one waits."""

FRESH_SECONDS = 5
"""How long a snapshot is believed while nothing changes: services go on."""

LATELY = 10
"""Calls of the moving average that the forecast is compared with."""

_UNSETTLE = (
    Kind.SETTINGS_CHANGED, Kind.COUNTER_OPENED, Kind.COUNTER_PAUSED, Kind.COUNTER_CLOSED, Kind.DAY_CLOSED, Kind.OTHER,
)  # fmt: skip
"""Changes after which what moves slowly is read at once. (A day that is opened is another one than was read.)"""


# Made once: to put these together took longer than to run them.
_LAST_SEQ = Query(
    select(_SERIES.c.last).where(
        _SERIES.c.site_id == bindparam("site"), _SERIES.c.series == "change", _SERIES.c.period == ""
    )
)
_UNSETTLED = Query(
    select(_CHANGE.c.seq)
    .where(_CHANGE.c.site_id == bindparam("site"), _CHANGE.c.seq > bindparam("since"))
    .where(written(_CHANGE.c.kind, *map(str, _UNSETTLE)))
    .limit(1)
)
_WAITING = Query(
    select(_T.c.service_id, micros(_T.c.arrived_at).label("arrived"), _T.c.priority).where(
        _T.c.site_id == bindparam("site"), _T.c.day == bindparam("today"), written(_T.c.state, "waiting")
    )
)
_SEATS = Query(
    select(
        _C.c.number,
        _C.c.state,
        _C.c.priority_run,
        micros(_C.c.seen_at).label("seen_at"),
        _T.c.service_id,
        micros(_T.c.called_at).label("called_at"),
    )
    .select_from(_C.outerjoin(_T, and_(_T.c.counter_id == _C.c.id, written(_T.c.state, "called", "serving"))))
    .where(_C.c.site_id == bindparam("site"))
)


@dataclass(frozen=True, slots=True)
class Slow:
    """What moves slowly."""

    day: date
    read_at: datetime
    seq: int
    midnight: datetime
    open_hours: tuple[tuple[int, int], ...]
    rule: Rule
    hardly: float  # share of courses without a call
    goes_home: float  # minute until which those inside are served
    rostered: frozenset[int]  # counters that have a roster
    codes: Mapping[UUID, str]
    skills: Mapping[int, frozenset[str]]  # by counter
    shifts: Mapping[int, Shift]
    lesson: lessons.Lesson
    known: Learned  # the lesson; while few days are known with today in it
    opened: Mapping[int, list[Opened]]
    acted: Mapping[int, float]  # by counter: the end of its last visitor
    calls: Mapping[str, tuple[float, ...]]  # by service: the last ones
    issued: int
    speed: float
    bare_codes: Mapping[Any, str] = field(default_factory=dict)  # codes by the key as the driver gives it


@dataclass(slots=True)
class Present:
    """The snapshot of a moment, with what was already promised on it."""

    slow: Slow
    read_at: datetime
    seq: int
    snapshot: Snapshot
    promises: dict[tuple[str, bool, int], Promise] = field(default_factory=dict)

    def random(self) -> Random:
        """The same for every question of this moment: what differs then differs for a reason."""
        return Random(self.seq)

    def ahead(self, service: str, priority: bool) -> int:
        """Numbers of the service that the rule calls before one that comes now."""
        now, rule = self.snapshot.now, self.slow.rule
        mine = key(rule, now, priority, now)
        same = [one for one in self.snapshot.waiting if one.service == service]
        return sum([key(rule, one.arrived, one.priority, now) <= mine for one in same])

    def counters_open(self, service: str) -> list[CounterNow]:
        return [
            counter
            for counter in self.snapshot.counters
            if service in counter.services and counter.doing in (Doing.IDLE, Doing.BUSY)
        ]

    def shadow(self, service: str, ahead: int) -> float:
        """What a usual product would say: numbers ahead × the moving average of the time between two calls."""
        able = self.counters_open(service)
        waiting = {one.service for one in self.snapshot.waiting}
        if any(counter.doing is Doing.IDLE and not counter.services & waiting for counter in able):
            return 0.0
        calls = self.slow.calls.get(service, ())
        if len(calls) > 1:
            return ahead * (calls[-1] - calls[0]) / (len(calls) - 1)
        return ahead * self.slow.known.mean.get(service, 0.0) / max(1, len(able))


class _Kept:
    """What one process knows of the sites of one database."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.slow: dict[UUID, Slow] = {}
        self.present: dict[UUID, Present] = {}


_KEPT: dict[str, _Kept] = {}
_BY_ENGINE: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()  # the same: an address takes 20 µs to be written
_GUARD = threading.Lock()
_DATABASES = 8
"""A program has one open; tests have many, one after the other."""


def forget() -> None:
    """Drop what this process keeps: the next forecast reads everything."""
    with _GUARD:
        _KEPT.clear()
        _BY_ENGINE.clear()


def forget_moment() -> None:
    """Drop only what was read of this moment: the next forecast reads the queue and the counters."""
    with _GUARD:
        for kept in _KEPT.values():
            kept.present.clear()


def present(s: Session, scope: Scope) -> Present:
    """The hall at this moment."""
    kept = _kept(s)
    seq = _seq(s, scope)
    known = kept.present.get(scope.site_id)
    if known is not None and known.seq == seq and known.slow.day == scope.day:
        age = (scope.now - known.read_at).total_seconds()
        if 0 <= age < FRESH_SECONDS and _age(known.slow, scope) < AT_MOST_SECONDS:
            return known
    # Whoever comes while another one learns waits for it instead of learning too.
    with kept.lock:
        slow = kept.slow.get(scope.site_id)
        if slow is None or not _still_holds(s, scope, slow, seq):
            slow = kept.slow[scope.site_id] = _read_slow(s, scope, seq, slow)
    found = Present(slow, scope.now, seq, _snapshot(s, scope, slow))
    kept.present[scope.site_id] = found
    return found


def _kept(s: Session) -> _Kept:
    """Of the database that is read: one for its readers and its writers."""
    engine = s.connection().engine
    found = _BY_ENGINE.get(engine)
    if found is None:
        found = _BY_ENGINE[engine] = _kept_of(str(engine.url))
    return found


def _kept_of(url: str) -> _Kept:
    with _GUARD:
        if url not in _KEPT:
            if len(_KEPT) >= _DATABASES:
                del _KEPT[next(iter(_KEPT))]
                _BY_ENGINE.clear()
            _KEPT[url] = _Kept()
        return _KEPT[url]


def _seq(s: Session, scope: Scope) -> int:
    found = _LAST_SEQ.one_or_none(s.connection(), {"site": scope.site_id})
    return found.last if found else 0


def _still_holds(s: Session, scope: Scope, slow: Slow, seq: int) -> bool:
    if slow.day != scope.day or seq < slow.seq or not _age(slow, scope) < AT_MOST_SECONDS:
        return False
    if seq == slow.seq:
        return True
    return _UNSETTLED.one_or_none(s.connection(), {"site": scope.site_id, "since": slow.seq}) is None


def _age(slow: Slow, scope: Scope) -> float:
    """Seconds since it was read; a clock that was set back makes it as old as can be."""
    age = (scope.now - slow.read_at).total_seconds()
    return age if age >= 0 else NEVER


def is_aging(s: Session, scope: Scope) -> bool:
    """Whether what moves slowly is to be read beside the work, before somebody must wait for it."""
    slow = _kept(s).slow.get(scope.site_id)
    return slow is not None and slow.day == scope.day and _age(slow, scope) >= SLOW_SECONDS


def read_ahead(s: Session, scope: Scope) -> None:
    """Read what moves slowly, while others go on with what is known."""
    kept, seq = _kept(s), _seq(s, scope)
    slow = _read_slow(s, scope, seq, kept.slow.get(scope.site_id))
    with kept.lock:
        now = kept.slow.get(scope.site_id)
        if now is None or now.seq <= seq:
            kept.slow[scope.site_id] = slow


# --- what moves slowly


def _read_slow(s: Session, scope: Scope, seq: int, before: Slow | None) -> Slow:
    calendar = opening.calendar(s, scope)
    spans = calendar.spans(scope.day)
    today = records.read_days(s, scope.site_id, calendar.zone, scope.day, scope.day).get(scope.day, DayRows())
    lesson = _lesson(s, scope, calendar, before)
    known = lesson.known
    if known.days < lessons.FEW_DAYS:
        known = lessons.with_today(s, scope, calendar, today)
    plan = roster.read(s, scope, scope.day, scope.day)
    by_roster = plan.shifts(scope.day)
    codes = {row.id: row.code for row in s.execute(select(Service.id, Service.code).filter_by(site_id=scope.site_id))}
    spans_by_counter = today.spans_by_counter()
    return Slow(
        day=scope.day,
        read_at=scope.now,
        seq=seq,
        midnight=records.midnight(scope.day, calendar.zone),
        open_hours=spans,
        rule=rule_of(s, scope.site_id),
        hardly=setting(s, scope.site_id, "hardly_today_share", HARDLY_TODAY),
        goes_home=spans[-1][1] + setting(s, scope.site_id, "serves_on_minutes", SERVES_ON) if spans else NEVER,
        rostered=frozenset(by_roster),
        codes=codes,
        skills=_skills(s, scope, codes),
        shifts=roster.expected(by_roster, known.usual, plan.numbers, _as_shift(spans)),
        lesson=lesson,
        known=known,
        opened=today.opened_by_counter(),
        acted={
            number: max((span.ended for span in done if span.ended < NEVER), default=-NEVER)
            for number, done in spans_by_counter.items()
        },
        calls=_calls(today),
        issued=len(today.seen),
        speed=known.speed(
            (span.service, span.counter, span.ended - span.called)
            for done in spans_by_counter.values()
            for span in done
            if span.came and span.ended < NEVER
        ),
        bare_codes=codes if dialect_of(s) == "postgresql" else {key.bytes: code for key, code in codes.items()},
    )


def _lesson(s: Session, scope: Scope, calendar: opening.Calendar, before: Slow | None) -> lessons.Lesson:
    """Learned once a day; to be kept until somebody has."""
    if before is None or before.day != scope.day:
        return lessons.read(s, scope, calendar)
    if before.lesson.fresh is not None and lessons.is_kept(s, scope):
        return lessons.Lesson(before.lesson.known, None)
    return before.lesson


def _as_shift(spans: tuple[tuple[int, int], ...]) -> Shift | None:
    if not spans:
        return None
    lunch = (float(spans[0][1]), float(spans[1][0])) if len(spans) > 1 else None
    return Shift(spans[0][0], spans[-1][1], lunch)


def _skills(s: Session, scope: Scope, codes: Mapping[UUID, str]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = s.execute(
        select(_C.c.number, CounterService.service_id)
        .join(_C, _C.c.id == CounterService.counter_id)
        .where(_C.c.site_id == scope.site_id)
    )
    for number, service_id in rows:
        found.setdefault(number, set()).add(codes.get(service_id, ""))
    return {number: frozenset(services) for number, services in found.items()}


def _calls(today: DayRows) -> dict[str, tuple[float, ...]]:
    found: dict[str, list[float]] = {}
    for ticket in today.seen:
        for span in ticket.spans:
            found.setdefault(span.service, []).append(span.called)
    return {service: tuple(sorted(calls)[-LATELY:]) for service, calls in found.items()}


# --- who waits, and what each counter does


def _snapshot(s: Session, scope: Scope, slow: Slow) -> Snapshot:
    start = round(slow.midnight.timestamp() * 1_000_000)
    now = (scope.now - slow.midnight).total_seconds() / 60
    connection, code_of = s.connection(), slow.bare_codes.get
    waiting = tuple(
        TicketNow((arrived - start) / records.MINUTE, code_of(service_id, ""), bool(priority))
        for service_id, arrived, priority in _WAITING.bare(connection, {"site": scope.site_id, "today": scope.day})
    )
    seats = _SEATS.all(connection, {"site": scope.site_id})
    counters = (counter_now(row, slow, now, start) for row in seats)
    return Snapshot(
        now=now,
        waiting=waiting,
        counters=tuple(counter for counter in counters if counter is not None),
        habits=slow.known.habits,
        rule=slow.rule,
        priority_per_minute=slow.known.priority_per_minute(slow.issued, now),
        speed=slow.speed,
    )


def counter_now(row: Any, slow: Slow, now: float, start: int) -> CounterNow | None:
    """None for a counter that nobody is expected at."""
    shift, services = slow.shifts.get(row.number), slow.skills.get(row.number)
    if services is None or (row.state == "closed" and shift is None):
        return None
    seen = -NEVER if row.seen_at is None else (row.seen_at - start) / records.MINUTE
    times = slow.opened.get(row.number, [])
    away = habits.gaps(times)
    lunch = _lunch_to_come(shift, away, now)
    doing, since, opens, serving = Doing.IDLE, max(seen, slow.acted.get(row.number, -NEVER)), NEVER, ""
    if row.service_id is not None:
        called = seen if row.called_at is None else (row.called_at - start) / records.MINUTE
        doing, since, serving = Doing.BUSY, called, slow.codes.get(row.service_id, "")
    elif row.state == "break":
        doing, since = Doing.BREAK, seen
    elif row.state != "open" and shift is not None:
        doing, since, opens = _closed(shift, times, now)
        if doing is Doing.CLOSED and lunch is not None and opens >= lunch[1]:
            lunch = None  # it is at lunch
    ends = max(shift.ends if shift else NEVER, slow.goes_home) if _to_the_end(shift, slow) else (shift or _NONE).ends
    if row.state == "open" and now > ends - 10:
        ends = now + 10  # still here
    return CounterNow(
        services=services,
        doing=doing,
        since=since if since > -NEVER else now,
        serving=serving,
        speed=slow.known.pace.get(row.number, 1.0),
        opens=opens,
        ends=ends,
        lunch=lunch,
        break_due=len(records.breaks_of(times)) < records.BREAKS_A_DAY,
        run=row.priority_run,
    )


_NONE = Shift(0.0, NEVER)


def _to_the_end(shift: Shift | None, slow: Slow) -> bool:
    """Whether a counter serves until those inside are served: those that the roster has until closing."""
    return bool(slow.open_hours) and (shift is None or shift.ends >= slow.open_hours[-1][1] - 15)


def _lunch_to_come(shift: Shift | None, away: list[tuple[float, float]], now: float) -> tuple[float, float] | None:
    lunch = shift.lunch if shift else None
    if lunch is None or now >= lunch[1] - 5 or habits.lunch_in(away) is not None:
        return None
    return lunch


def _closed(shift: Shift, times: list[Opened], now: float) -> tuple[Doing, float, float]:
    """What a closed counter does, since when, and when the roster has it back."""
    if not times:
        return Doing.CLOSED, shift.begins, shift.begins
    left = max(one.ends for one in times if one.ends < NEVER) if any(one.ends < NEVER for one in times) else now
    if shift.lunch is not None and shift.lunch[0] - 20 <= left < shift.lunch[1]:
        return Doing.CLOSED, left, shift.lunch[1]
    if left >= shift.ends - 20:
        return Doing.CLOSED, left, NEVER  # gone home
    return Doing.BREAK, left, NEVER

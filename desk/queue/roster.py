"""The roster: who is to sit at which counter, when; and what is expected where nobody wrote one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.roster import RosterDay, RosterWeek
from desk.models.session import Session
from desk.models.site import Counter, Staff
from desk.models.work import Work
from desk.queue.habits import Shift
from desk.values import dataclass

DAY_MINUTES = 24 * 60

_COUNTER, _STAFF = Counter.__table__, Staff.__table__


@dataclass(frozen=True, slots=True)
class Line:
    """A shift as it is written: minutes after midnight. Of one counter's lines none may overlap another."""

    begins: int
    ends: int
    lunch: tuple[int, int] | None = None
    staff: str = ""  # code; "" when it is open who comes


@dataclass(frozen=True, slots=True)
class CounterRoster:
    """A counter's lines; of a weekday, or of one date where ``day`` is given (no lines: nobody that day)."""

    counter: int
    lines: tuple[Line, ...]
    weekday: int | None = None
    day: date | None = None


def week(s: Session, scope: Scope) -> tuple[CounterRoster, ...]:
    """The roster of every counter and weekday that has one."""
    return _grouped(s, scope, RosterWeek.__table__.c, "weekday")


def days(s: Session, scope: Scope, first: date, last: date) -> tuple[CounterRoster, ...]:
    """What is different on single dates."""
    return _grouped(s, scope, RosterDay.__table__.c, "day", RosterDay.__table__.c.day.between(first, last))


def _grouped(s: Session, scope: Scope, of: Any, when: str, *which: Any) -> tuple[CounterRoster, ...]:
    rows = s.execute(
        select(_COUNTER.c.number, of[when], of.begins, of.ends, of.lunch_from, of.lunch_to, _STAFF.c.code)
        .join(_COUNTER, _COUNTER.c.id == of.counter_id)
        .outerjoin(_STAFF, _STAFF.c.id == of.staff_id)
        .where(of.site_id == scope.site_id, *which)
        .order_by(of[when], _COUNTER.c.number, of.begins)
    )
    found: dict[tuple[int, Any], list[Line]] = defaultdict(list)
    for number, at, begins, ends, lunch_from, lunch_to, staff in rows:
        lines = found[number, at]
        if begins < ends:
            lunch = (lunch_from, lunch_to) if lunch_from is not None else None
            lines.append(Line(begins, ends, lunch, staff or ""))
    return tuple(CounterRoster(number, tuple(lines), **{when: at}) for (number, at), lines in found.items())


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster of some dates, read once."""

    numbers: tuple[int, ...]  # of all counters
    weekdays: Mapping[tuple[int, int], Shift | None]  # by counter and weekday
    dates: Mapping[tuple[int, date], Shift | None]

    def shifts(self, day: date) -> dict[int, Shift | None]:
        """The shift on a day of every counter that has a roster, None for nobody."""
        rostered = {number for number, _ in self.weekdays}
        found = {number: self.weekdays.get((number, day.weekday())) for number in rostered}
        return found | {number: shift for (number, at), shift in self.dates.items() if at == day}


def read(s: Session, scope: Scope, first: date, last: date) -> Roster:
    """The roster of the dates ``first`` to ``last``."""
    numbers = s.execute(select(Counter.number).where(Counter.site_id == scope.site_id).order_by(Counter.number))
    return Roster(
        tuple(numbers.scalars()),
        {(row.counter, row.weekday): _shift(row.lines) for row in week(s, scope) if row.weekday is not None},
        {(row.counter, row.day): _shift(row.lines) for row in days(s, scope, first, last) if row.day is not None},
    )


def _shift(lines: Iterable[Line]) -> Shift | None:
    """Several lines of a counter are one shift; what lies between them is its lunch."""
    ordered = sorted(lines, key=lambda line: line.begins)
    if not ordered:
        return None
    lunch = next((line.lunch for line in ordered if line.lunch is not None), None)
    if lunch is None:
        lunch = next(((a.ends, b.begins) for a, b in pairwise(ordered) if a.ends < b.begins), None)
    return Shift(ordered[0].begins, ordered[-1].ends, lunch)


def expected(
    roster: Mapping[int, Shift | None], usual: Mapping[int, Shift], numbers: Iterable[int], opening: Shift | None
) -> dict[int, Shift]:
    """When each counter is to be open today: by its roster; without one as it usually is; else as the site."""
    found: dict[int, Shift | None] = dict(usual)
    if not usual and opening is not None:
        found = dict.fromkeys(numbers, opening)
    return {number: shift for number, shift in (found | dict(roster)).items() if shift is not None}


# --- commands


def write_week(work: Work, counter: int, weekdays: Iterable[int], lines: Iterable[Line]) -> None:
    """A counter's lines on some weekdays (0 is Monday) instead of those before; none takes it off the roster.

    Raises UserError for an unknown counter or clerk and for hours that cannot be.
    """
    wanted = sorted(set(weekdays))
    if not all(0 <= day <= 6 for day in wanted):
        raise UserError(N_("Gün 0 (pazartesi) ile 6 (pazar) arasında olmalı."))
    ready = _rows(work, counter, lines)
    counter_id = _counter(work, counter)
    work.session.execute(delete(RosterWeek).where(RosterWeek.counter_id == counter_id, RosterWeek.weekday.in_(wanted)))
    work.session.add_all(RosterWeek(weekday=day, counter_id=counter_id, **row) for day in wanted for row in ready)
    work.session.flush()
    work.change(Kind.SETTINGS_CHANGED)


def write_day(work: Work, counter: int, day: date, lines: Iterable[Line]) -> None:
    """A counter's lines on one date; none: nobody sits there that day. Raises UserError like ``write_week``."""
    ready = _rows(work, counter, lines)
    counter_id = _counter(work, counter)
    work.session.execute(delete(RosterDay).where(RosterDay.counter_id == counter_id, RosterDay.day == day))
    nobody = {"site_id": work.site_id, "staff_id": None, "begins": 0, "ends": 0, "lunch_from": None, "lunch_to": None}
    work.session.add_all(RosterDay(day=day, counter_id=counter_id, **row) for row in ready or [nobody])
    work.session.flush()
    work.change(Kind.SETTINGS_CHANGED)


def clear_day(work: Work, counter: int, day: date) -> None:
    """The date follows its weekday again."""
    counter_id = _counter(work, counter)
    work.session.execute(delete(RosterDay).where(RosterDay.counter_id == counter_id, RosterDay.day == day))
    work.change(Kind.SETTINGS_CHANGED)


def _counter(work: Work, number: int) -> UUID:
    found = work.session.execute(
        select(Counter.id).where(Counter.site_id == work.site_id, Counter.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Böyle bir banko yok: {number}"), number=number)
    return found


def _rows(work: Work, counter: int, lines: Iterable[Line]) -> list[dict[str, Any]]:
    ordered = sorted(lines, key=lambda line: line.begins)
    for line in ordered:
        if not 0 <= line.begins < line.ends <= DAY_MINUTES:
            raise UserError(N_("Banko {number}: bitiş saati başlangıçtan sonra olmalı."), number=counter)
        if line.lunch is not None and not line.begins < line.lunch[0] < line.lunch[1] < line.ends:
            raise UserError(N_("Banko {number}: öğle arası çalışma saatleri içinde olmalı."), number=counter)
    if any(a.ends > b.begins for a, b in pairwise(ordered)):
        raise UserError(N_("Banko {number}: iki görev aynı saatlere denk geliyor."), number=counter)
    return [
        {
            "site_id": work.site_id,
            "staff_id": _staff(work, line.staff),
            "begins": line.begins,
            "ends": line.ends,
            "lunch_from": line.lunch[0] if line.lunch else None,
            "lunch_to": line.lunch[1] if line.lunch else None,
        }
        for line in ordered
    ]


def _staff(work: Work, code: str) -> UUID | None:
    if not code:
        return None
    found = work.session.execute(
        select(Staff.id).where(Staff.site_id == work.site_id, Staff.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Görevli yok: {code}"), code=code)
    return found

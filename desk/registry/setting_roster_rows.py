"""The roster's sub-page of Ayarlar, read from the database and written back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from desk.actor import Scope
from desk.errors import N_
from desk.models.session import Session
from desk.models.site import Counter, Staff
from desk.models.work import Work
from desk.queue import roster
from desk.registry.setting_fields import FieldError, Record, Sheet, Value
from desk.registry.setting_roster import (
    AFTERNOON,
    CLERKS,
    CODE,
    KIND,
    OPEN,
    OTHERWISE,
    WEEKDAYS,
    lines_of,
    problems,
    values_of,
)


def sheet(s: Session, scope: Scope) -> Sheet:
    """Every counter with its week."""
    week = {(row.counter, row.weekday): row.lines for row in roster.week(s, scope)}
    counters = s.execute(
        select(Counter.number, Counter.name).where(Counter.site_id == scope.site_id).order_by(Counter.number)
    )
    records, otherwise = [], []
    for number, name in counters:
        key, worked = f"{KIND}:{number}", 0
        values: dict[str, Value] = {}
        for day in range(len(WEEKDAYS)):
            lines = week.get((number, day), ())
            worked += bool(lines)
            shown = values_of(lines)
            if shown is None:
                otherwise.append((key, f"{day}.begins"))
            values |= {f"{day}.{part}": value for part, value in (shown or values_of(()) or {}).items()}
        records.append(Record(key, name, values, "" if worked else N_("çizelgesi yok")))
    return Sheet(CODE, tuple(records), {**_clerks(s, scope), OTHERWISE: tuple(otherwise)})


def _clerks(s: Session, scope: Scope) -> dict[str, tuple[tuple[Value, str], ...]]:
    people = s.execute(
        select(Staff.code, Staff.name)
        .where(Staff.site_id == scope.site_id, Staff.kind == "person", Staff.active)
        .order_by(Staff.name)
    )
    names = tuple((code, name) for code, name in people)
    return {CLERKS: ((OPEN, N_("Belli değil")), *names), AFTERNOON: ((OPEN, N_("Aynı görevli")), *names)}


def write(work: Work, number: str, values: Mapping[str, Value], before: Record | None) -> None:
    """Write the weekdays of a counter that were changed.

    ``work`` needs session, site and change log only. Raises FieldError for hours that cannot be, UserError for a
    clerk who has left.
    """
    record = f"{KIND}:{number}"
    now = {**(before.values if before else {}), **values}
    problem = next((one for one in problems(Sheet(CODE, (Record(record, "", now),))) if one.wrong), None)
    if problem is not None:
        raise FieldError(problem.record, problem.key, problem.message, **problem.params)
    for day in sorted({int(key.partition(".")[0]) for key in values}):
        roster.write_week(work, int(number), (day,), lines_of(now, day))

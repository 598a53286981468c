"""İdari izin: days the site does not work although the calendar says so. Last days already told stay as told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, func, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models.case import AdministrativeLeave
from desk.models.engine import insert_into
from desk.models.session import Session
from desk.models.work import Work
from desk.registry import deadlines
from desk.registry.application_types import Clock
from desk.text import clean
from desk.workdays import is_working_day

_L = AdministrativeLeave.__table__
_A = tables.Application.__table__


@dataclass(frozen=True, slots=True)
class Leave:
    day: date
    half: bool  # from 13.00 on
    reason: str


def days(s: Session, scope: Scope, year: int | None = None) -> tuple[Leave, ...]:
    """The administrative leave of a site, oldest first; of one year when asked."""
    asked = select(_L).where(_L.c.site_id == scope.site_id).order_by(_L.c.day)
    if year is not None:
        asked = asked.where(_L.c.day.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple(Leave(row.day, row.half, row.reason) for row in s.execute(asked))


@dataclass(frozen=True, slots=True)
class Moved:
    """A last day that a change of the calendar moves for what is registered from now on."""

    clock: Clock
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What a day of leave would change: new last days, and how many open ones fall on the day (they stay as told)."""

    moved: tuple[Moved, ...]
    falls_on: int


def effect(s: Session, scope: Scope, leave: Leave, *, taken_back: bool = False) -> Effect:
    """What granting (or taking back) a day would change for what is registered today."""
    now = deadlines.calendar_of(s, scope.site_id)
    periods = deadlines.periods_of(s, scope.site_id)
    whole, half = now.leave - {leave.day}, now.half_leave - {leave.day}
    if not taken_back:
        whole, half = (whole, half | {leave.day}) if leave.half else (whole | {leave.day}, half)
    then = replace(now, leave=whole, half_leave=half)
    moved = []
    for clock in Clock:
        before = deadlines.due(clock, scope.day, periods=periods, calendar=now).on
        after = deadlines.due(clock, scope.day, periods=periods, calendar=then).on
        if before != after:
            moved.append(Moved(clock, before, after))
    count = s.execute(
        select(func.count()).where(_A.c.site_id == scope.site_id, _A.c.open.is_(True), _A.c.due_on == leave.day)
    ).scalar_one()
    return Effect(tuple(moved), count)


def grant(work: Work, leave: Leave) -> None:
    """Enter a day, or change it. Raises UserError for a day that is off anyway and for a missing reason."""
    reason = clean(leave.reason)
    if not is_working_day(leave.day):
        raise UserError(N_("Bu gün zaten tatil."))
    if not reason or len(reason) > 200:
        raise UserError(N_("İdari iznin dayanağını yazınız (en çok 200 harf)."))
    row = {"site_id": work.site_id, "day": leave.day, "half": leave.half, "reason": reason}
    statement = insert_into(work.session, _L).values(row)
    work.session.execute(
        statement.on_conflict_do_update(index_elements=["site_id", "day"], set_={"half": leave.half, "reason": reason})
    )
    work.change(Kind.SETTINGS_CHANGED)


def take_back(work: Work, day: date) -> None:
    work.session.execute(delete(_L).where(_L.c.site_id == work.site_id, _L.c.day == day))
    work.change(Kind.SETTINGS_CHANGED)

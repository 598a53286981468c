"""Last answer dates. Legal periods come from the site's settings, never from constants here.

A clock counts calendar days (Law 3071, CİMER) or working days (Law 4982, the unit's own targets); it stands still
while the citizen is asked for something, and goes on with what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from desk.errors import N_
from desk.models.case import AdministrativeLeave
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.site import Site
from desk.registry.application_types import Clock, DueInfo, Urgency
from desk.registry.due_words import basis
from desk.registry.types import DocumentKind
from desk.text import short_date
from desk.workdays import PUBLIC, Calendar


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Periods:
    """How long each clock runs, as the site has set it. ``moves`` lets a last day on a day off move to the next
    working day; without it the day stays and the working day before it is said beside it."""

    days: Mapping[Clock, int] = field(
        default_factory=lambda: {
            Clock.PETITION: 30,
            Clock.INFORMATION: 15,
            Clock.INFORMATION_LONG: 30,
            Clock.CIMER: 30,
            Clock.CIMER_INFORMATION: 15,
        }
    )
    targets: Mapping[Urgency, int] = field(
        default_factory=lambda: {Urgency.URGENT: 1, Urgency.HIGH: 3, Urgency.NORMAL: 10, Urgency.LOW: 20}
    )
    moves: bool = False
    fee_days: int = 15  # working days in which a fee of Law 4982 is paid, else the request counts as waived


STANDARD = Periods()
_SETTINGS = {
    Clock.PETITION: "petition_days",
    Clock.INFORMATION: "information_working_days",
    Clock.INFORMATION_LONG: "information_long_working_days",
    Clock.CIMER: "cimer_days",
    Clock.CIMER_INFORMATION: "cimer_information_working_days",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A last day: so many ``count`` of ``unit`` after ``start`` (which does not count)."""

    on: date
    basis: str  # what ``due_words.basis_words`` puts into words
    start: date
    count: int
    unit: Unit

    def data(self) -> list[Any]:
        """For the event that set it: read back by ``of_data``."""
        return [self.start.isoformat(), self.count, str(self.unit), self.on.isoformat()]


def of_data(data: Any, basis: str) -> Due | None:
    if not isinstance(data, list) or len(data) != 4:
        return None
    start, count, unit, on = data
    return Due(date.fromisoformat(on), basis, date.fromisoformat(start), count, Unit(unit))


def unit_of(clock: Clock) -> Unit:
    return Unit.DAYS if clock in (Clock.PETITION, Clock.CIMER) else Unit.WORKING_DAYS


def due(
    clock: Clock,
    received: date,
    *,
    urgency: Urgency = Urgency.NORMAL,
    periods: Periods = STANDARD,
    calendar: Calendar = PUBLIC,
) -> Due:
    """The last day to answer what was received on ``received``, which itself does not count."""
    count = periods.targets[urgency] if clock is Clock.TARGET else periods.days[clock]
    return after(received, count, unit_of(clock), basis(clock, count), periods, calendar)


def of_document(kind: DocumentKind, received: date, periods: Periods = STANDARD, calendar: Calendar = PUBLIC) -> Due:
    """The last day of a paper as the form stands now: only for drafts on a screen."""
    clock = {
        DocumentKind.INFORMATION: Clock.INFORMATION,
        DocumentKind.PETITION: Clock.PETITION,
        DocumentKind.ORAL: Clock.PETITION,
    }.get(kind, Clock.TARGET)
    return due(clock, received, periods=periods, calendar=calendar)


def after(start: date, count: int, unit: Unit, basis: str, periods: Periods, calendar: Calendar) -> Due:
    if unit is Unit.WORKING_DAYS:
        on = calendar.add_working_days(start, count)
    else:
        on = start + timedelta(days=count)
        if periods.moves:
            on = calendar.from_day_on(on)
    return Due(on, basis, start, count, unit)


def left(clock: Clock, stopped_on: date, due_on: date, calendar: Calendar) -> int:
    """What was left of a clock when it was stopped, in its unit; 0 when it had run out."""
    if due_on <= stopped_on:
        return 0
    if unit_of(clock) is Unit.WORKING_DAYS:
        return calendar.working_days_between(stopped_on, due_on)
    return (due_on - stopped_on).days


def resumed(
    clock: Clock, stopped_on: date, due_on: date, today: date, basis: str, periods: Periods, calendar: Calendar
) -> Due:
    """The last day of a clock that stood from ``stopped_on`` and goes on today; one that had run out stays so."""
    rest = left(clock, stopped_on, due_on, calendar)
    if rest == 0:
        return Due(due_on, basis, due_on, 0, unit_of(clock))
    return after(today, rest, unit_of(clock), basis, periods, calendar)


def words(due: Due) -> str:
    """23.11.2026 + 15 iş günü → 14.12.2026"""
    unit = N_("iş günü") if due.unit is Unit.WORKING_DAYS else N_("gün")
    plain = due.start + timedelta(days=due.count)
    if due.unit is Unit.DAYS and plain != due.on:  # moved off a day off
        return f"{short_date(due.start)} + {due.count} {unit} → {short_date(plain)} (tatil) → {short_date(due.on)}"
    return f"{short_date(due.start)} + {due.count} {unit} → {short_date(due.on)}"


def explained(due: Due, clock: Clock, calendar: Calendar, stopped_on: date | None = None) -> DueInfo:
    return DueInfo(
        on=due.on,
        clock=clock,
        basis=due.basis,
        words=words(due),
        estimated=calendar.has_estimate(due.start, due.on),
        day_off=not calendar.is_working_day(due.on),
        working_day_before=calendar.until_day(due.on),
        stopped_on=stopped_on,
    )


def periods_of(session: Session, site_id: UUID) -> Periods:
    """The periods as the site has set them."""
    return periods_in(_settings(session, site_id))


def _settings(session: Session, site_id: UUID) -> dict[str, Any]:
    found = _SITE_SETTINGS.one_or_none(session.connection(), {"site": site_id})
    return dict(found.settings)


def periods_in(values: Mapping[str, Any]) -> Periods:
    """The same, from settings that were read already."""
    targets: dict[str, int] = {
        **{str(k): v for k, v in STANDARD.targets.items()},
        **values.get("target_working_days", {}),
    }
    return Periods(
        days={clock: values.get(name, STANDARD.days[clock]) for clock, name in _SETTINGS.items()},
        targets={urgency: int(targets[urgency]) for urgency in Urgency},
        moves=values.get("due_moves_off_days_off", False),
        fee_days=values.get("fee_working_days", STANDARD.fee_days),
    )


_LEAVE_TABLE = AdministrativeLeave.__table__
_LEAVE = Query(
    select(_LEAVE_TABLE.c.day, _LEAVE_TABLE.c.half).where(_LEAVE_TABLE.c.site_id == bindparam("site")), lasting=True
)
_SITE_TABLE = Site.__table__
_SITE_SETTINGS = Query(select(_SITE_TABLE.c.settings).where(_SITE_TABLE.c.id == bindparam("site")), lasting=True)


def calendar_of(session: Session, site_id: UUID) -> Calendar:
    """The site's working days: public holidays, its administrative leave, its rule for half days."""
    return ask_calendar(session.connection(), site_id)()


def ask_calendar(connection: Connection, site_id: UUID) -> Callable[[], Calendar]:
    """The same, its statements being sent together with others (``prepared.together``)."""
    settings, leave = _SITE_SETTINGS.ask(connection, {"site": site_id}), ask_leave(connection, site_id)
    return lambda: calendar_in(settings().settings, leave())


def ask_leave(connection: Connection, site_id: UUID) -> Callable[[], list[Any]]:
    return _LEAVE.ask_all(connection, {"site": site_id})


def calendar_in(values: Mapping[str, Any], leave: Sequence[Any]) -> Calendar:
    """The same, from what was read already."""
    return Calendar(
        leave=frozenset(day for day, half in leave if not half),
        half_leave=frozenset(day for day, half in leave if half),
        half_days_count=values.get("half_days_count", True),
    )

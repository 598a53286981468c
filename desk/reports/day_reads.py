"""What a sheet reads beside the summaries, each in one statement that is put into words once.

The page that follows the day and the sheet ask twenty questions a time: made anew, the statements took longer than
their answers. Each function sends its question with whatever is asked next (``prepared.together``) and gives back what
waits for the answer. ``connection`` is the one under the session that the sheet was asked with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Integer, Table, bindparam, func, literal, or_, select, type_coerce
from sqlalchemy.types import NullType

from desk.errors import N_, UserError
from desk.models.assistance import Assistance
from desk.models.prepared import Query
from desk.models.shift import Shift
from desk.models.site import Municipality, Service, Site, SiteDay, Unit
from desk.models.ticket import Ticket
from desk.queue.types import TicketState
from desk.registry.types import AssistanceState, SiteHeader

OPEN_TICKETS = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD)
OPEN_ASSISTANCE = (
    AssistanceState.REQUESTED,
    AssistanceState.ASSIGNED,
    AssistanceState.STARTED,
    AssistanceState.HANDED_OVER,
)

_TICKET = Ticket.__table__
_ASSISTANCE = Assistance.__table__
_SERVICE = Service.__table__
_UNIT = Unit.__table__
_SITE_DAY = SiteDay.__table__
_SHIFT = Shift.__table__
_SITE = Site.__table__
_MUNICIPALITY = Municipality.__table__

_HERE: Any = bindparam("site")


def within(table: Table) -> tuple[ColumnElement[bool], ...]:
    """Rows of a site from "first" to "last"; one day is asked for as such (its index then ends with it)."""
    return table.c.site_id == _HERE, table.c.day.between(bindparam("first"), bindparam("last"))


def on_day(table: Table) -> tuple[ColumnElement[bool], ...]:
    return table.c.site_id == _HERE, table.c.day == bindparam("first")


class ByDays:
    """A question about one day or several: two statements, so that the one of a day looks in one place."""

    def __init__(self, made: Any) -> None:
        self._day, self._days = Query(made(on_day), lasting=True), Query(made(within))

    def of(self, site_id: UUID, first: date, last: date) -> tuple[Query, dict[str, Any]]:
        if first == last:
            return self._day, {"site": site_id, "first": first}
        return self._days, {"site": site_id, "first": first, "last": last}


_HEADER = Query(
    select(
        *(_MUNICIPALITY.c[name] for name in ("name", "authority", "department")),
        _SITE.c.name.label("site"),
        *(_MUNICIPALITY.c[name] for name in ("address", "hotline")),
    )
    .join_from(_SITE, _MUNICIPALITY, _MUNICIPALITY.c.id == _SITE.c.municipality_id)
    .where(_SITE.c.id == _HERE),
    lasting=True,
)


def header(connection: Connection, site_id: UUID) -> Callable[[], SiteHeader]:
    """The answer raises UserError for a site that does not exist."""
    asked = _HEADER.ask(connection, {"site": site_id})
    return lambda: _header(asked())


def _header(row: Any) -> SiteHeader:
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    return SiteHeader(*row)


_SERVICES = Query(
    select(*(_SERVICE.c[name] for name in ("id", "code", "letter", "name", "unit_id", "active")))
    .where(_SERVICE.c.site_id == _HERE)
    .order_by(_SERVICE.c.position, _SERVICE.c.code),
    lasting=True,
)


def services(connection: Connection, site_id: UUID) -> Callable[[], list[Any]]:
    """Those of the site in their order, with the ones no longer offered (they may have been, that day)."""
    return _SERVICES.ask_all(connection, {"site": site_id})


_UNITS = Query(
    select(*(_UNIT.c[name] for name in ("id", "code", "short_name", "valid_from", "valid_to"))).order_by(
        _UNIT.c.valid_to.is_(None), _UNIT.c.valid_to
    ),
    lasting=True,
)


def units(connection: Connection, day: date) -> Callable[[], dict[UUID | str, str]]:
    """Short names by id and by code: of a code that was given twice, the unit that was valid on that day."""
    asked = _UNITS.ask_all(connection, {})
    return lambda: _named(asked(), day)


def _named(rows: Sequence[Any], day: date) -> dict[UUID | str, str]:
    names: dict[UUID | str, str] = {}
    for row in rows:
        names[row.id] = row.short_name
        valid = row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
        if valid or row.code not in names:
            names[row.code] = row.short_name
    return names


_WORKED = Query(select(_SITE_DAY.c.day).where(*within(_SITE_DAY)).limit(1))


def worked(connection: Connection, site_id: UUID, first: date, last: date) -> bool:
    """Whether the site was at work on any of the days. Waits for its answer."""
    return _WORKED.one_or_none(connection, {"site": site_id, "first": first, "last": last}) is not None


LOOK_BACK_WEEKS = 52
"""How far back days of the same weekday are looked for: a site that was shut for long is compared with nothing older.
"""

_SAME_WEEKDAY = [bindparam(f"day_{weeks}", type_=_SITE_DAY.c.day.type) for weeks in range(1, LOOK_BACK_WEEKS + 1)]
_EARLIER = Query(
    select(_SITE_DAY.c.day)
    .where(_SITE_DAY.c.site_id == _HERE, _SITE_DAY.c.day.in_(_SAME_WEEKDAY))
    .order_by(_SITE_DAY.c.day.desc())
    .limit(bindparam("most", type_=Integer())),
    lasting=True,
)


def same_weekday(connection: Connection, site_id: UUID, day: date, most: int) -> Callable[[], list[date]]:
    """The last days of that weekday before ``day`` on which the site was at work, the newest first."""
    before = {f"day_{weeks}": day - timedelta(weeks=weeks) for weeks in range(1, LOOK_BACK_WEEKS + 1)}
    asked = _EARLIER.ask_all(connection, {"site": site_id, "most": most, **before})
    return lambda: [row.day for row in asked()]


class Tickets(NamedTuple):
    """What the tickets themselves tell: the longest wait from issue to first call in seconds (None without a call),
    the service it was for, and how many are not over."""

    longest: float | None
    longest_service: str
    still_open: int


_WAITED = type_coerce(_TICKET.c.first_called_at - _TICKET.c.issued_at, NullType())
_STATES = [literal(str(state)) for state in OPEN_TICKETS]
_TICKETS = ByDays(
    lambda when: (
        select(
            _TICKET.c.service_id,
            func.max(_WAITED).filter(or_(_TICKET.c.outcome.is_(None), _TICKET.c.outcome != "void")).label("waited"),
            func.count().filter(_TICKET.c.state.in_(_STATES)).label("open"),
        )
        .where(*when(_TICKET))
        .group_by(_TICKET.c.service_id)
    )
)


def tickets(
    connection: Connection, site_id: UUID, first: date, last: date, services: Callable[[], list[Any]]
) -> Callable[[], Tickets]:
    """Their rows are gone over once. Of two longest waits, that of the service which stands first among ``services``
    is told."""
    query, values = _TICKETS.of(site_id, first, last)
    asked = query.ask_all(connection, values)
    return lambda: _told(asked(), services())


def _told(rows: Sequence[Any], services: Sequence[Any]) -> Tickets:
    longest, of = None, ""
    waits = {row.service_id: _seconds(row.waited) for row in rows if row.waited is not None}
    for service in services:
        wait = waits.get(service.id)
        if wait is not None and (longest is None or wait > longest):
            longest, of = wait, service.name
    return Tickets(longest, of, sum(row.open for row in rows))


def _seconds(waited: timedelta | int) -> float:
    """A difference of moments: PostgreSQL gives it as such, SQLite in microseconds."""
    return waited.total_seconds() if isinstance(waited, timedelta) else waited / 1_000_000


_JOBS = ByDays(
    lambda when: (
        select(func.count().label("jobs"))
        .select_from(_ASSISTANCE)
        .where(*when(_ASSISTANCE))
        .where(_ASSISTANCE.c.state.in_([literal(str(state)) for state in OPEN_ASSISTANCE]))
    )
)


def open_jobs(connection: Connection, site_id: UUID, first: date, last: date) -> Callable[[], int]:
    """Refakat jobs that are not over."""
    query, values = _JOBS.of(site_id, first, last)
    asked = query.ask(connection, values)
    return lambda: int(asked().jobs)


_NOTES = Query(
    select(_SITE_DAY.c.note, _SHIFT.c.opening_note)
    .select_from(
        _SITE_DAY.outerjoin(_SHIFT, (_SHIFT.c.site_id == _SITE_DAY.c.site_id) & (_SHIFT.c.day == _SITE_DAY.c.day))
    )
    .where(*on_day(_SITE_DAY)),
    lasting=True,
)


def notes(connection: Connection, site_id: UUID, day: date) -> Callable[[], tuple[str, str]]:
    """The shift's note and what was written when it was opened."""
    asked = _NOTES.ask(connection, {"site": site_id, "first": day})
    return lambda: (row.note or "", row.opening_note or "") if (row := asked()) else ("", "")

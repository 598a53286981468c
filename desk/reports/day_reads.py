"""What a sheet reads beside the summaries, each in one statement that is put into words once.

The page that follows the day and the sheet ask twenty questions a time: made anew, the statements took longer than
their answers. ``connection`` is the one under the session that the sheet was asked with.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, literal, or_, select

from desk.errors import N_, UserError
from desk.models.assistance import Assistance
from desk.models.base import micros
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
        self._day, self._days = Query(made(on_day)), Query(made(within))

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
    .where(_SITE.c.id == _HERE)
)


def header(connection: Connection, site_id: UUID) -> SiteHeader:
    """Raises UserError for a site that does not exist."""
    row = _HEADER.one_or_none(connection, {"site": site_id})
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    return SiteHeader(*row)


_SERVICES = Query(
    select(*(_SERVICE.c[name] for name in ("code", "letter", "name", "unit_id", "active")))
    .where(_SERVICE.c.site_id == _HERE)
    .order_by(_SERVICE.c.position, _SERVICE.c.code)
)


def services(connection: Connection, site_id: UUID) -> list[Any]:
    """Those of the site in their order, with the ones no longer offered (they may have been, that day)."""
    return _SERVICES.all(connection, {"site": site_id})


_UNITS = Query(
    select(*(_UNIT.c[name] for name in ("id", "code", "short_name", "valid_from", "valid_to"))).order_by(
        _UNIT.c.valid_to.is_(None), _UNIT.c.valid_to
    )
)


def units(connection: Connection, day: date) -> dict[UUID | str, str]:
    """Short names by id and by code: of a code that was given twice, the unit that was valid on that day."""
    names: dict[UUID | str, str] = {}
    for row in _UNITS.all(connection, {}):
        names[row.id] = row.short_name
        valid = row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
        if valid or row.code not in names:
            names[row.code] = row.short_name
    return names


_WORKED = Query(select(_SITE_DAY.c.day).where(*within(_SITE_DAY)).order_by(_SITE_DAY.c.day.desc()))


def worked(connection: Connection, site_id: UUID, first: date, last: date) -> list[date]:
    """Days with work, the newest first."""
    return [row.day for row in _WORKED.all(connection, {"site": site_id, "first": first, "last": last})]


_WAITED = micros(_TICKET.c.first_called_at) - micros(_TICKET.c.issued_at)
_LONGEST = ByDays(
    lambda when: (
        select(_WAITED.label("waited"), _SERVICE.c.name)
        .join_from(_TICKET, _SERVICE, _SERVICE.c.id == _TICKET.c.service_id)
        .where(*when(_TICKET), _TICKET.c.first_called_at.is_not(None))
        .where(or_(_TICKET.c.outcome.is_(None), _TICKET.c.outcome != "void"))
        .order_by(_WAITED.desc(), _TICKET.c.issued_at)
        .limit(1)
    )
)


def longest_wait(connection: Connection, site_id: UUID, first: date, last: date) -> tuple[float | None, str]:
    """Seconds of the longest wait from issue to first call, and the service it was for."""
    query, values = _LONGEST.of(site_id, first, last)
    row = query.one_or_none(connection, values)
    return (row.waited / 1_000_000, row.name) if row else (None, "")


def _counted(table: Table, states: tuple[str, ...], when: Any) -> Any:
    asked = select(func.count()).select_from(table).where(*when(table))
    return asked.where(table.c.state.in_([literal(str(state)) for state in states])).scalar_subquery()


_OPEN = ByDays(
    lambda when: select(
        _counted(_TICKET, OPEN_TICKETS, when).label("tickets"),
        _counted(_ASSISTANCE, OPEN_ASSISTANCE, when).label("jobs"),
    )
)


def still_open(connection: Connection, site_id: UUID, first: date, last: date) -> tuple[int, int]:
    """Tickets and refakat jobs that are not over."""
    query, values = _OPEN.of(site_id, first, last)
    row = query.one_or_none(connection, values)
    return row.tickets, row.jobs


_NOTES = Query(
    select(_SITE_DAY.c.note, _SHIFT.c.opening_note)
    .select_from(
        _SITE_DAY.outerjoin(_SHIFT, (_SHIFT.c.site_id == _SITE_DAY.c.site_id) & (_SHIFT.c.day == _SITE_DAY.c.day))
    )
    .where(*on_day(_SITE_DAY))
)


def notes(connection: Connection, site_id: UUID, day: date) -> tuple[str, str]:
    """The shift's note and what was written when it was opened."""
    row = _NOTES.one_or_none(connection, {"site": site_id, "first": day})
    return (row.note or "", row.opening_note or "") if row else ("", "")

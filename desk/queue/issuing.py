"""Giving a number: the series, the cap, the label, the ticket and its first period.

The hottest path of the program: everything that can be known before is handed in, each table is written by one
statement, and what comes back is made of the values in hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from desk.clock import local
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.numbers import CodeKind, next_numbers, scan_code
from desk.models.numbers_ahead import ReservedBlock, ReservedNumber
from desk.models.prepared import insertion
from desk.models.site import Service
from desk.models.ticket import Ticket, TicketPeriod
from desk.models.work import Work
from desk.queue import types
from desk.queue.day import refuse_when_closed, refuse_when_closed_meanwhile
from desk.queue.lifecycle import OPEN_STATES
from desk.queue.numbering import Range, label, series_of
from desk.queue.overrides import CapReached, Limit, record
from desk.queue.types import Band, TicketState, Window

_T = Ticket.__table__
_P = TicketPeriod.__table__
_S = Service.__table__

_TICK = timedelta(microseconds=1)

OFFER_COLUMNS = (
    _S.c.id.label("service_id"),
    _S.c.code,
    _S.c.letter,
    _S.c.name,
    _S.c.place,
    _S.c.active,
    _S.c.first_serial,
    _S.c.last_serial,
    _S.c.serial_step,
    _S.c.daily_cap,
)
"""For statements that read more beside: from the table of services."""

_OFFER = select(*OFFER_COLUMNS)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, as far as giving its numbers goes."""

    id: UUID
    code: str
    letter: str
    name: str
    place: str
    active: bool
    numbers: Range
    cap: int | None

    @property
    def series(self) -> str:
        return series_of(self.letter, self.code)


@dataclass(frozen=True, slots=True)
class Asked:
    """What every number of one press has in common."""

    priority: bool = False
    persons: int = 1
    lang: str = "tr"
    outside_hours: bool = False
    ahead: int = 0  # of the first one
    forecast: Band | None = None  # of the first one: who comes after it waits longer
    assistance: bool = False
    override_reason: str = ""  # why the cap, or that nobody may be called today, does not count
    unlikely: bool = False  # told that it will hardly be called today
    arrived_at: datetime | None = None  # an appointment counts from its own time when that is later
    further: bool = False  # another number of a visit that has one already
    window: Window | None = None  # instead of ``forecast`` across lunch or closing


def offer_of(row: Any) -> Offer:
    """From a row with the columns of ``OFFER_COLUMNS``."""
    numbers = Range(row.letter, row.first_serial, row.last_serial, row.serial_step)
    return Offer(row.service_id, row.code, row.letter, row.name, row.place, row.active, numbers, row.daily_cap)


def offer(work: Work, service_id: UUID) -> Offer:
    """Raises UserError for a service of another site."""
    row = work.connection.execute(_OFFER.where(_S.c.id == service_id, _S.c.site_id == work.site_id)).one_or_none()
    if row is None:
        raise UserError(N_("Böyle bir hizmet yok: {code}"), code="")
    return offer_of(row)


def issue(
    work: Work,
    service_id: UUID,
    visit_id: UUID,
    *,
    priority: bool = False,
    persons: int = 1,
    lang: str = "tr",
    outside_hours: bool = False,
    ahead: int = 0,
    forecast: Band | None = None,
    override_reason: str = "",
    arrived_at: datetime | None = None,
    taken: tuple[int, str] | None = None,
    further: bool = False,
) -> UUID:
    """Give one number of a service to a visit and return the ticket's id.

    ``taken`` is the (serial, label) of a number given by hand before: no series is raised and no cap asked. Raises
    UserError for a closed day, an inactive service or a full daily cap (``override_reason`` passes the latter).
    """
    asked = Asked(
        priority, persons, lang, outside_hours, ahead, forecast, False, override_reason, False, arrived_at, further
    )
    found = offer(work, service_id)
    if taken is not None:
        _refuse(work, found)
        codes = _codes(work, 1)
        refuse_when_closed_meanwhile(work)
        (ticket,) = _write(work, found, visit_id, asked, [taken], codes, work.now)
    else:
        (ticket,) = issue_all(work, found, visit_id, 1, asked, last_issued(work))
    return ticket.id


def issue_all(
    work: Work, offer: Offer, visit_id: UUID, count: int, asked: Asked, latest: datetime | None
) -> tuple[types.Ticket, ...]:
    """Give ``count`` numbers of a service to a visit.

    ``latest`` is when the day's last number was given: with a clock that was set back nobody comes before those who
    wait. Raises UserError like ``issue``.
    """
    _refuse(work, offer)
    numbers, codes = _taken(work, offer, count)
    refuse_when_closed_meanwhile(work)  # who closes the day waits for our series, and we for theirs
    if offer.cap is not None and numbers[-1][0] > offer.cap and not asked.override_reason:
        raise CapReached
    at = work.now if latest is None or work.now >= latest else latest + _TICK
    tickets = _write(work, offer, visit_id, asked, numbers, codes, at)
    if asked.override_reason:
        _record_overrides(work, offer, asked, numbers, tickets)
    return tickets


def last_issued(work: Work) -> datetime | None:
    """When the last number of the business day was given."""
    found: datetime | None = work.connection.execute(
        select(func.max(_T.c.issued_at)).where(_T.c.site_id == work.site_id, _T.c.day == work.day)
    ).scalar()
    return found


def take_numbers(work: Work, service_id: UUID, count: int) -> list[tuple[int, str]]:
    """Take (serial, label) of the next numbers of a service out of its series, whatever the cap."""
    found = offer(work, service_id)
    _refuse(work, found)
    numbers: list[tuple[int, str]] = []
    _more(work, found, count, numbers)
    return numbers


def _refuse(work: Work, offer: Offer) -> None:
    refuse_when_closed(work)
    if not offer.active:
        raise UserError(N_("“{name}” hizmeti şu anda kapalı."), name=offer.name)


def _taken(work: Work, offer: Offer, count: int) -> tuple[list[tuple[int, str]], list[str]]:
    """The numbers and the codes of their barcodes: both series are raised at once."""
    scan, last = next_numbers(
        work.connection,
        work.site_id,
        ((f"scan:{int(CodeKind.TICKET)}", "", count), (f"ticket:{offer.series}", work.day.isoformat(), count)),
    )
    numbers: list[tuple[int, str]] = []
    tried = _add_free(work, offer, range(last - count + 1, last + 1), numbers)
    if len(numbers) < count:
        _more(work, offer, count, numbers, tried)
    return numbers, _scan_codes(work, scan, count)


def _codes(work: Work, count: int) -> list[str]:
    (scan,) = next_numbers(work.connection, work.site_id, ((f"scan:{int(CodeKind.TICKET)}", "", count),))
    return _scan_codes(work, scan, count)


def _scan_codes(work: Work, last: int, count: int) -> list[str]:
    return [scan_code(CodeKind.TICKET, work.site_number, running) for running in range(last - count + 1, last + 1)]


def _more(work: Work, offer: Offer, count: int, numbers: list[tuple[int, str]], tried: int = 0) -> None:
    """Raise the series until there are ``count``: after a wrap, labels that are still alive are passed over."""
    while len(numbers) < count:
        if tried >= offer.numbers.size:
            raise UserError(N_("Bugün için sıra doldu."))  # every label is on a slip in somebody's hand
        missing = count - len(numbers)
        series = (f"ticket:{offer.series}", work.day.isoformat(), missing)
        (last,) = next_numbers(work.connection, work.site_id, (series,))
        tried += _add_free(work, offer, range(last - missing + 1, last + 1), numbers)


def _add_free(work: Work, offer: Offer, serials: range, numbers: list[tuple[int, str]]) -> int:
    """Add those whose label is free; how many were tried after a wrap."""
    tried = 0
    for serial in serials:
        number = label(offer.numbers, serial)
        if serial > offer.numbers.size:
            tried += 1
            if any(number == other for _, other in numbers) or _alive(work, number) or held(work, number):
                continue
        numbers.append((serial, number))
    return tried


def _alive(work: Work, number: str) -> bool:
    wanted = select(_T.c.id).where(_T.c.site_id == work.site_id, _T.c.day == work.day, _T.c.number == number)
    return work.connection.execute(wanted.where(_T.c.state.in_(OPEN_STATES)).limit(1)).first() is not None


def held(work: Work, number: str) -> bool:
    """Whether the label is on paper in a drawer, kept for a power cut."""
    return (
        work.connection.execute(
            select(ReservedNumber.serial)
            .join(ReservedBlock, ReservedBlock.id == ReservedNumber.block_id)
            .where(ReservedBlock.site_id == work.site_id, ReservedBlock.day == work.day)
            .where(ReservedNumber.number == number, ReservedNumber.state == "open")
            .limit(1)
        ).first()
        is not None
    )


def _write(
    work: Work,
    offer: Offer,
    visit_id: UUID,
    asked: Asked,
    numbers: Sequence[tuple[int, str]],
    codes: Sequence[str],
    at: datetime,
) -> tuple[types.Ticket, ...]:
    arrived = at if asked.arrived_at is None else max(at, asked.arrived_at)
    rows = [
        _row(work, offer, visit_id, asked, place, serial, number, code, at, arrived)
        for place, ((serial, number), code) in enumerate(zip(numbers, codes, strict=True))
    ]
    connection = work.connection
    insertion(_T).many(connection, rows)
    insertion(_P).many(connection, [_period(work, row["id"], at) for row in rows])
    work.tally().count(Measure.TICKETS_ISSUED, offer.code, len(rows), local(at, work.zone).hour)
    for row in rows:
        work.change(Kind.TICKET_ISSUED, row["id"])
    return tuple(_ticket(offer, asked, row, place) for place, row in enumerate(rows))


def _row(
    work: Work,
    offer: Offer,
    visit_id: UUID,
    asked: Asked,
    place: int,
    serial: int,
    number: str,
    code: str,
    at: datetime,
    arrived: datetime,
) -> dict[str, Any]:
    forecast = asked.forecast if place == 0 else None
    return {
        "id": new_id(),
        "site_id": work.site_id,
        "day": work.day,
        "visit_id": visit_id,
        "service_id": offer.id,
        "series": offer.series,
        "serial": serial,
        "number": number,
        "scan_code": code,
        "state": str(TicketState.WAITING),
        "priority": asked.priority,
        "persons": asked.persons,
        "lang": asked.lang,
        "issued_at": at,
        "arrived_at": arrived,
        "outside_hours": asked.outside_hours,
        "ahead": asked.ahead + place,
        "forecast_low": forecast.low if forecast else None,
        "forecast_high": forecast.high if forecast else None,
        "recalls": 0,
        "further_service_id": offer.id if asked.further else None,
    }


def _period(work: Work, ticket_id: UUID, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "site_id": work.site_id,
        "ticket_id": ticket_id,
        "kind": str(TicketState.WAITING),
        "started_at": at,
        "staff_id": work.actor.staff_id,
    }


def _ticket(offer: Offer, asked: Asked, row: dict[str, Any], place: int) -> types.Ticket:
    return types.Ticket(
        id=row["id"],
        visit_id=row["visit_id"],
        number=row["number"],
        letter=offer.letter,
        service_code=offer.code,
        service_name=offer.name,
        place=offer.place,
        state=TicketState.WAITING,
        priority=asked.priority,
        persons=asked.persons,
        issued_at=row["issued_at"],
        lang=asked.lang,
        scan_code=row["scan_code"],
        assistance=asked.assistance and place == 0,
        ahead=row["ahead"],
        forecast=asked.forecast if place == 0 else None,
        outside_hours=asked.outside_hours,
        window=asked.window if place == 0 else None,
    )


def _record_overrides(
    work: Work,
    offer: Offer,
    asked: Asked,
    numbers: Sequence[tuple[int, str]],
    tickets: Sequence[types.Ticket],
) -> None:
    """Once for each number that really passed something."""
    for (serial, _), ticket in zip(numbers, tickets, strict=True):
        if offer.cap is not None and serial > offer.cap:
            record(work, ticket.id, Limit.CAP, asked.override_reason)
        elif asked.unlikely:
            record(work, ticket.id, Limit.UNLIKELY, asked.override_reason)

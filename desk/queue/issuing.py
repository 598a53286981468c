"""Giving a number: the series, the cap, the label, the ticket and its first period.

The hottest path of the program: Core statements only.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Table, insert, select

from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.numbers import CodeKind, next_number, next_scan_code
from desk.models.site import Service
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.queue.lifecycle import OPEN_STATES
from desk.queue.numbering import Range, label
from desk.queue.periods import open_period
from desk.queue.types import Band, TicketState

_T: Table = Ticket.__table__  # type: ignore[assignment]
_S: Table = Service.__table__  # type: ignore[assignment]


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
    override_cap: bool = False,
) -> UUID:
    """Give one number of a service to a visit and return the ticket's id.

    Raises UserError for an inactive service or a full daily cap (``override_cap`` lets the desk pass the latter).
    """
    service = work.session.execute(select(_S).where(_S.c.id == service_id)).one()
    if not service.active:
        raise UserError(N_("“{name}” hizmeti şu anda kapalı."), name=service.name)
    numbers = Range(service.letter, service.first_serial, service.last_serial, service.serial_step)
    serial, number = _next_label(work, numbers, override_cap, service.daily_cap)
    ticket_id = new_id()
    work.session.execute(
        insert(_T).values(
            id=ticket_id,
            site_id=work.site_id,
            day=work.day,
            visit_id=visit_id,
            service_id=service_id,
            series=service.letter,
            serial=serial,
            number=number,
            scan_code=next_scan_code(work.session, work.site_id, work.site_number, CodeKind.TICKET),
            state=TicketState.WAITING,
            priority=priority,
            persons=persons,
            lang=lang,
            issued_at=work.now,
            arrived_at=work.now,
            outside_hours=outside_hours,
            ahead=ahead,
            forecast_low=forecast.low if forecast else None,
            forecast_high=forecast.high if forecast else None,
            recalls=0,
        )
    )
    open_period(work, ticket_id, TicketState.WAITING, work.now)
    work.count(Measure.TICKETS_ISSUED, service.code, by_hour=True)
    work.change(Kind.TICKET_ISSUED, ticket_id)
    return ticket_id


def _next_label(work: Work, numbers: Range, override_cap: bool, cap: int | None) -> tuple[int, str]:
    """The next serial whose label is free: after a wrap, labels of tickets still alive are passed over."""
    for _ in range(numbers.size):
        serial = next_number(work.session, work.site_id, f"ticket:{numbers.letter}", work.day.isoformat())
        if cap is not None and serial > cap and not override_cap:
            raise UserError(N_("Bugün için sıra doldu."))
        number = label(numbers, serial)
        if serial <= numbers.size or not _alive(work, number):
            return serial, number
    raise UserError(N_("Bugün için sıra doldu."))  # every label is on a slip in somebody's hand


def _alive(work: Work, number: str) -> bool:
    return (
        work.session.execute(
            select(_T.c.id)
            .where(_T.c.site_id == work.site_id, _T.c.day == work.day, _T.c.number == number)
            .where(_T.c.state.in_(OPEN_STATES))
        ).first()
        is not None
    )

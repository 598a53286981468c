"""What boards, counters, kiosk and hall ask about the queue. Every function takes a session and a scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, cast, func, or_, select

from desk.actor import Scope
from desk.clock import local
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.assistance import Assistance
from desk.models.base import written
from desk.models.prepared import Query
from desk.models.print_job import PrintJob
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Counter, Service, Site, Staff
from desk.models.summary import Change
from desk.models.ticket import NumberSeries, Ticket, TicketCall
from desk.models.visit import Visit
from desk.queue import types
from desk.queue.counter_reads import counter_number as counter_number
from desk.queue.counter_reads import counter_panel as counter_panel
from desk.queue.counter_reads import done as done
from desk.queue.counter_reads import missed as missed
from desk.queue.counter_reads import next_up as next_up
from desk.queue.counter_reads import seats as seats
from desk.queue.numbering import Range, label, parse
from desk.queue.types import Band, TicketState
from desk.queue.waiting import at_counter, queues

_T = Ticket.__table__
_CHANGE = Change.__table__
_CALL = TicketCall.__table__
_C = Counter.__table__
_STAFF = Staff.__table__
_SERVICE = Service.__table__

PRIORITY_PERCENT = 18
"""Share of priority numbers past which others pay for them (see queue.md)."""

ENOUGH_NUMBERS = 30
SCAN_DIGITS = 12

CALLS_OF_A_BOARD = 50
"""How far back the hall looks for each number it shows: nobody is called again that often."""


def live_board(s: Session, scope: Scope, issued: int = 6, *, forecasts: bool = True) -> types.LiveBoard:
    """The right side of the Danışma page (without ``forecasts``: for a first look, which does not wait for them)."""
    found = _told(s, scope) if forecasts else queues(s, scope)
    lately = case((Visit.at > scope.now - timedelta(hours=1), 1), else_=0)
    visits, persons, last_hour = s.execute(
        select(func.count(), func.coalesce(func.sum(Visit.persons), 0), func.coalesce(func.sum(lately), 0)).where(
            Visit.site_id == scope.site_id, Visit.day == scope.day, Visit.voided_at.is_(None)
        )
    ).one()
    return types.LiveBoard(
        queues=found,
        counters=counters(s, scope),
        issued=last_issued(s, scope, issued),
        visits_today=visits,
        persons_today=int(persons),
        visits_last_hour=int(last_hour),
        waiting=sum(q.waiting for q in found),
    )


def _told(s: Session, scope: Scope) -> tuple[types.ServiceQueue, ...]:
    from desk.queue import promises  # no part of a window's start

    return promises.queues(s, scope)


def last_issued(s: Session, scope: Scope, limit: int) -> tuple[types.Issued, ...]:
    """Numbers lately given, newest first, each with the state of its slip."""
    state = (
        select(PrintJob.state)
        .where(PrintJob.subject_id == _T.c.id, PrintJob.kind == "ticket")
        .order_by(PrintJob.created_at.desc(), PrintJob.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = s.execute(
        select(
            _T.c.id,
            _T.c.visit_id,
            _T.c.number,
            _SERVICE.c.name,
            _T.c.issued_at,
            func.coalesce(state, "none").label("print_state"),
            _SERVICE.c.short_name,
        )
        .join(_SERVICE, _SERVICE.c.id == _T.c.service_id)
        .where(_T.c.site_id == scope.site_id, _T.c.day == scope.day, _T.c.state != "cancelled")
        .order_by(_T.c.issued_at.desc(), _T.c.id.desc())
        .limit(limit)
    )
    return tuple(types.Issued(*row) for row in rows)


def counters(s: Session, scope: Scope) -> tuple[types.CounterState, ...]:
    current = and_(_T.c.counter_id == _C.c.id, at_counter())
    rows = s.execute(
        select(_C.c.number, _C.c.name, _C.c.state, _T.c.state, _T.c.number, _STAFF.c.name)
        .select_from(_C)
        .outerjoin(_T, current)
        .outerjoin(_STAFF, _STAFF.c.id == _C.c.staff_id)
        .where(_C.c.site_id == scope.site_id)
        .order_by(_C.c.number)
    )
    return tuple(
        types.CounterState(number, name, _counter_state(state, doing), ticket or "", staff or "")
        for number, name, state, doing, ticket, staff in rows
    )


def _counter_state(state: str, doing: str | None) -> str:
    return doing or ("free" if state == "open" else state)


def priority_share(s: Session, scope: Scope) -> types.PriorityShare:
    """The share of the day's numbers that have öncelik. ``over`` past the site's mark (18 %), from thirty numbers on:
    under that a handful of people would ring the bell."""
    priority, numbers = s.execute(
        select(func.coalesce(func.sum(cast(_T.c.priority, Integer)), 0), func.count()).where(
            _T.c.site_id == scope.site_id,
            _T.c.day == scope.day,
            or_(_T.c.outcome.is_(None), _T.c.outcome != "void"),
        )
    ).one()
    percent = 100 * int(priority) / numbers if numbers else 0.0
    mark = setting(s, scope.site_id, "priority_share_percent", PRIORITY_PERCENT)
    return types.PriorityShare(int(priority), numbers, percent, numbers >= ENOUGH_NUMBERS and percent > mark)


def find_open(s: Session, scope: Scope, text: str) -> types.Ticket:
    """The day's number as it was typed ("v18", "V 018") or scanned; of two with one label the newer.

    Raises UserError when there is none today.
    """
    said = text.strip()
    if len(said) == SCAN_DIGITS and said.isdigit():
        found = _tickets(s, scope, and_(Ticket.scan_code == said, Ticket.day == scope.day))
    else:
        typed = parse(said)
        letter, figure = typed if typed else ("", 0)
        labels = {f"{letter} {figure:0{width}d}".strip() for width in range(1, 7)}
        found = _tickets(s, scope, and_(Ticket.day == scope.day, Ticket.number.in_(labels))) if typed else ()
    if not found:
        raise UserError(N_("Bugün verilmiş böyle bir numara yok: {number}"), number=said)
    return max(found, key=lambda one: (one.issued_at, one.id))


def ticket(s: Session, scope: Scope, ticket_id: UUID) -> types.Ticket:
    """One ticket as it is printed and shown; raises UserError when it is of another site or unknown."""
    found = _tickets(s, scope, Ticket.id == ticket_id)
    if not found:
        raise UserError(N_("Bu sıra numarası bulunamadı."))
    return found[0]


def ticket_of_today(s: Session, scope: Scope, ticket_id: UUID) -> types.Ticket:
    """The same, of the business day; raises UserError for one of another day: its visit is over."""
    found = ticket(s, scope, ticket_id)
    if s.execute(select(Ticket.day).where(Ticket.id == ticket_id)).scalar_one() != scope.day:
        raise UserError(N_("{number} başka bir günün numarası; Danışma’dan yeni numara veriniz."), number=found.number)
    return found


def ticket_by_scan(s: Session, scope: Scope, code: str) -> types.Ticket | None:
    """The ticket whose slip carries this barcode; None when none does."""
    found = _tickets(s, scope, Ticket.scan_code == code)
    return found[0] if found else None


def tickets_of_visit(s: Session, scope: Scope, visit_id: UUID) -> tuple[types.Ticket, ...]:
    return _tickets(s, scope, Ticket.visit_id == visit_id)


def _tickets(s: Session, scope: Scope, which: ColumnElement[bool]) -> tuple[types.Ticket, ...]:
    escorted = (
        select(Assistance.id)
        .where(Assistance.site_id == Ticket.site_id, Assistance.day == Ticket.day, Assistance.ticket_id == Ticket.id)
        .where(Assistance.state != "cancelled")
        .exists()
    )
    rows = s.execute(
        select(Ticket, Service, escorted.label("escorted"), Site.zone)
        .join(Service, Service.id == Ticket.service_id)
        .join(Site, Site.id == Ticket.site_id)
        .where(which, Ticket.site_id == scope.site_id)
        .order_by(Ticket.serial)
    ).all()
    without = [row.Ticket.id for row in rows if row.Ticket.forecast_low is None]
    told = _windows(s, without) if without else {}
    found = []
    for row in rows:
        one = _ticket(row.Ticket, row.Service, bool(row.escorted))
        if one.id in told:
            begins, ends = (local(at, ZoneInfo(row.zone)).time() for at in told[one.id])
            one = replace(one, window=types.Window(begins, ends))
        found.append(one)
    return tuple(found)


def _windows(s: Session, tickets: list[UUID]) -> dict[UUID, tuple[datetime, datetime]]:
    from desk.queue import forecast_log  # no part of a window's start

    return {found: (begins, ends) for found, begins, ends in forecast_log.windows(s, tickets)}


def _ticket(row: Ticket, service: Service, escorted: bool) -> types.Ticket:
    band = None
    if row.forecast_low is not None and row.forecast_high is not None:
        band = Band(row.forecast_low, row.forecast_high)
    return types.Ticket(
        id=row.id,
        visit_id=row.visit_id,
        number=row.number,
        letter=service.letter,
        service_code=service.code,
        service_name=service.name,
        place=service.place,
        state=TicketState(row.state),
        priority=row.priority,
        persons=row.persons,
        issued_at=row.issued_at,
        lang=row.lang,
        scan_code=row.scan_code,
        assistance=escorted,
        ahead=row.ahead,
        forecast=band,
        outside_hours=row.outside_hours,
    )


def next_number(s: Session, scope: Scope, service_id: UUID) -> str:
    """The label the next ticket would get if nobody takes one before; only for previews."""
    service = s.get_one(Service, service_id)
    last = s.execute(
        select(NumberSeries.last).where(
            NumberSeries.site_id == scope.site_id,
            NumberSeries.series == f"ticket:{service.letter}",
            NumberSeries.period == scope.day.isoformat(),
        )
    ).scalar()
    numbers = Range(service.letter, service.first_serial, service.last_serial, service.serial_step)
    return label(numbers, (last or 0) + 1)


def calls_since(s: Session, scope: Scope, seq: int) -> tuple[types.Call, ...]:
    """Calls and recalls after the hall's cursor, oldest first: none is lost over a restart."""
    at = {"site": scope.site_id, "today": scope.day, "cursor": seq}
    rows = _CALLS_SINCE.all(s.connection(), at)
    return tuple({row.seq: types.Call(**row._asdict()) for row in rows}.values())


def _calls_since() -> Query:
    """Put together once: whoever was called waits for this to be painted in the hall."""
    # The call's own row, not the ticket as it is now: it may have been served, moved on or called elsewhere since.
    first = written(_CHANGE.c.kind, Kind.TICKET_CALLED)
    same = (_CALL.c.ticket_id == _CHANGE.c.subject_id) & (_CALL.c.at == _CHANGE.c.at) & (first == (_CALL.c.recall == 1))
    return Query(
        select(
            _CHANGE.c.seq,
            _T.c.id.label("ticket_id"),
            _T.c.number,
            _C.c.name.label("counter_name"),
            _C.c.number.label("counter_number"),
            _CHANGE.c.at,
            _CALL.c.recall,
            _T.c.lang,
            _T.c.service_id,
        )
        .join_from(_CHANGE, _T, _T.c.id == _CHANGE.c.subject_id)
        .join(_CALL, same)
        .join(_C, _C.c.id == _CALL.c.counter_id)
        .where(
            _CHANGE.c.site_id == bindparam("site", type_=_CHANGE.c.site_id.type), _CHANGE.c.seq > bindparam("cursor")
        )
        .where(written(_CHANGE.c.kind, Kind.TICKET_CALLED, Kind.TICKET_RECALLED))
        .where(_T.c.day == bindparam("today", type_=_T.c.day.type))
        .order_by(_CHANGE.c.seq, _CALL.c.recall)
    )


_CALLS_SINCE = _calls_since()


def _call(row: Any, recall: int) -> types.Call:
    return types.Call(
        seq=row.seq,
        ticket_id=row.id,
        number=row.number,
        counter_name=row.counter_name,
        counter_number=row.counter_number,
        at=row.at,
        recall=recall,
        lang=row.lang,
        service_id=row.service_id,
    )


def hall_board(s: Session, scope: Scope, count: int = 6) -> types.HallBoard:
    """The newest call of each of the last ``count`` numbers, those who wait, and the cursor to go on from."""
    # The last calls in the order they were made: seq, not time, decides.
    lately = (
        select(_CHANGE.c.seq, _CHANGE.c.subject_id)
        .where(_CHANGE.c.site_id == scope.site_id)
        .where(_CHANGE.c.kind.in_((Kind.TICKET_CALLED, Kind.TICKET_RECALLED)))
        .order_by(_CHANGE.c.seq.desc())
        .limit(CALLS_OF_A_BOARD * count)
        .subquery()
    )
    newest = select(func.max(lately.c.seq).label("seq"), lately.c.subject_id).group_by(lately.c.subject_id).subquery()
    rows = s.execute(
        select(
            newest.c.seq,
            _T.c.called_at.label("at"),
            *(_T.c.id, _T.c.number, _T.c.recalls, _T.c.lang, _T.c.service_id),
            _C.c.name.label("counter_name"),
            _C.c.number.label("counter_number"),
        )
        .join(_T, _T.c.id == newest.c.subject_id)
        .join(_C, _C.c.id == _T.c.counter_id)
        .where(_T.c.day == scope.day)
        .order_by(newest.c.seq.desc())
        .limit(count)
    )
    cursor: int | None = s.execute(select(func.max(_CHANGE.c.seq)).where(_CHANGE.c.site_id == scope.site_id)).scalar()
    return types.HallBoard(tuple(_call(row, row.recalls) for row in rows), queues(s, scope), cursor or 0)

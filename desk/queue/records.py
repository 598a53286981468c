"""From the rows of some days to the pages the forecast learns from.

``page`` is pure: the tables of a site and the days of the simulation are both told to it in minutes after midnight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.models.base import micros
from desk.models.session import Session
from desk.models.site import Counter, CounterPeriod, Service
from desk.models.ticket import Ticket, TicketPeriod
from desk.queue import habits
from desk.queue.habits import Opened, Page, Shift, slot_of
from desk.queue.snapshot import AWAY_MINUTES, NEVER, SILENT_MINUTES

_T = Ticket.__table__
_P = TicketPeriod.__table__
_C = CounterPeriod.__table__

MINUTE = 60_000_000  # microseconds

BREAKS_A_DAY = 2
"""After so many a counter is not expected to take another one."""


class Span(NamedTuple):
    """A ticket at a counter, from its call to the end of service (``NEVER`` while it is there)."""

    counter: int
    service: str
    waited_from: float
    called: float
    ended: float
    came: bool


class Seen(NamedTuple):
    """A ticket of the day. ``service``: the one it was issued for."""

    service: str
    arrived: float
    priority: bool
    missed: bool  # it ended as a no-show
    spans: tuple[Span, ...]


@dataclass(slots=True)
class DayRows:
    """What the tables hold of one day."""

    seen: list[Seen] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)

    def spans_by_counter(self) -> dict[int, list[Span]]:
        """In the order of their calls."""
        found: dict[int, list[Span]] = defaultdict(list)
        for ticket in self.seen:
            for span in ticket.spans:
                found[span.counter].append(span)
        for spans in found.values():
            spans.sort(key=lambda span: span.called)
        return found

    def opened_by_counter(self) -> dict[int, list[Opened]]:
        found: dict[int, list[Opened]] = defaultdict(list)
        for one in sorted(self.opened, key=lambda one: one.begins):
            found[one.counter].append(one)
        return found


def page(weekday: int, rows: DayRows, shifts: Mapping[int, Shift], *, over: bool = True) -> Page:
    """The records of one day; ``over``: whoever has not opened by now did not come at all."""
    found = Page(weekday)
    for ticket in rows.seen:
        _note_ticket(found, ticket)
    opened = rows.opened_by_counter()
    for counter, spans in rows.spans_by_counter().items():
        _note_pauses(found, spans, opened.get(counter, []))
    for times in opened.values():
        _note_breaks(found, times)
    for counter, shift in shifts.items():
        _note_lateness(found, opened.get(counter, []), shift, over)
    return found


def _note_ticket(found: Page, ticket: Seen) -> None:
    slot = slot_of(ticket.arrived)
    found.arrivals[slot] += 1
    found.priority[ticket.service, slot] += ticket.priority
    if not ticket.spans:
        return
    first = ticket.spans[0]
    waited = max(0.0, first.called - ticket.arrived)
    found.waits.append((ticket.service, slot, waited))
    if first.came:
        found.called.append((waited, False))
        found.sent_on += any(span.service != first.service for span in ticket.spans[1:])
    elif ticket.missed:
        found.called.append((waited, True))
    for span in ticket.spans:
        if span.ended < NEVER and span.came:
            found.durations.append((span.service, span.counter, span.ended - span.called))
        elif span.ended < NEVER:
            found.absent.append(span.ended - span.called)


def _note_pauses(found: Page, spans: Sequence[Span], times: Sequence[Opened]) -> None:
    """What lies between two visitors: a handover, or a clerk who was away without a word."""
    for before, after in pairwise(spans):
        idle = after.called - max(before.ended, after.waited_from)
        if idle <= 0 or not _open_throughout(times, before.ended, after.called):
            continue
        if idle > SILENT_MINUTES:
            if idle <= AWAY_MINUTES:
                found.breaks.append(idle)
        elif after.waited_from < before.ended:
            found.handovers.append(idle)


def _open_throughout(times: Sequence[Opened], begins: float, ends: float) -> bool:
    return any(one.begins <= begins and ends <= one.ends for one in times)


def breaks_of(times: Sequence[Opened]) -> list[tuple[float, float]]:
    """Absences of a counter that were neither lunch nor the end of work."""
    away = habits.gaps(times)
    lunch = habits.lunch_in(away)
    return [gap for gap in away if gap != lunch and 1.0 < gap[1] - gap[0] <= AWAY_MINUTES]


def _note_breaks(found: Page, times: Sequence[Opened]) -> None:
    taken = breaks_of(times)
    found.breaks += [ends - begins for begins, ends in taken]
    until = taken[BREAKS_A_DAY - 1][0] if len(taken) >= BREAKS_A_DAY else NEVER
    for one in times:
        if one.ends < NEVER:
            found.open_minutes += max(0.0, min(one.ends, until) - one.begins)


def _note_lateness(found: Page, times: Sequence[Opened], shift: Shift, over: bool) -> None:
    if times:
        found.late.append(times[0].begins - shift.begins)
    elif over:
        found.late.append(NEVER)
    if shift.lunch is None or not times:
        return
    if any(one.begins <= shift.lunch[0] + 10 and one.ends >= shift.lunch[1] for one in times):
        return  # worked through
    back = [one.begins for one in times if one.begins > shift.lunch[0] + 10]
    if back:
        found.late.append(back[0] - shift.lunch[1])
    elif over:
        found.late.append(NEVER)


# --- from the tables


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment (UTC) from which a day's minutes are counted."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _midnight_micros(day: date, zone: ZoneInfo) -> int:
    return (midnight(day, zone) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def read_days(s: Session, site_id: UUID, zone: ZoneInfo, first: date, last: date) -> dict[date, DayRows]:
    """What the tables hold of the days ``first`` to ``last`` on which anything was done."""
    starts: dict[date, int] = {}

    def minute(day: date, moment: int | None) -> float:
        if day not in starts:
            starts[day] = _midnight_micros(day, zone)
        return NEVER if moment is None else (moment - starts[day]) / MINUTE

    found: dict[date, DayRows] = defaultdict(DayRows)
    numbers = counter_numbers(s, site_id)
    codes, issued_for = _services(s, site_id)
    here = (_T.c.site_id == site_id, _T.c.day.between(first, last))
    stays = _periods(s, here, minute, numbers)
    rows = s.execute(
        select(
            _T.c.id, _T.c.day, _T.c.service_id, _T.c.series, _T.c.priority, _T.c.state, micros(_T.c.arrived_at)
        ).where(*here, _T.c.state != "cancelled")
    )
    for ticket_id, day, service_id, series, priority, state, arrived in rows:
        now, then = codes.get(service_id, ""), issued_for.get(series, "") or codes.get(service_id, "")
        at = minute(day, arrived)
        found[day].seen.append(
            Seen(then, at, bool(priority), state == "no_show", spans(stays.get(ticket_id, ()), then, now, at))
        )
    opened = select(_C.c.day, _C.c.counter_id, micros(_C.c.started_at), micros(_C.c.ended_at)).where(
        _C.c.site_id == site_id, _C.c.day.between(first, last), _C.c.kind == "open"
    )
    for day, counter_id, begins, ends in s.execute(opened):
        found[day].opened.append(Opened(numbers.get(counter_id, 0), minute(day, begins), minute(day, ends)))
    return dict(found)


def counter_numbers(s: Session, site_id: UUID) -> dict[UUID, int]:
    return {row.id: row.number for row in s.execute(select(Counter.id, Counter.number).filter_by(site_id=site_id))}


def _services(s: Session, site_id: UUID) -> tuple[dict[UUID, str], dict[str, str]]:
    """Codes by id, and by the series of their numbers: a ticket sent on keeps its series."""
    rows = s.execute(select(Service.id, Service.code, Service.letter).filter_by(site_id=site_id)).all()
    by_series: dict[str, str] = {}
    for row in rows:
        by_series[row.code] = row.code
    for row in rows:
        if row.letter:
            by_series[row.letter] = "" if row.letter in by_series else row.code  # a shared letter tells nothing
    return {row.id: row.code for row in rows}, by_series


class Stay(NamedTuple):
    """One period of a ticket: its kind, counter, begin and end."""

    kind: str
    counter: int
    begins: float
    ends: float


def _periods(s: Session, here: Iterable[Any], minute: Any, numbers: Mapping[UUID, int]) -> dict[UUID, list[Stay]]:
    found: dict[UUID, list[Stay]] = defaultdict(list)
    rows = s.execute(
        select(_T.c.id, _T.c.day, _P.c.kind, _P.c.counter_id, micros(_P.c.started_at), micros(_P.c.ended_at))
        .join_from(_T, _P, _P.c.ticket_id == _T.c.id)
        .where(*here)
    )
    for ticket_id, day, kind, counter_id, begins, ends in rows:
        stay = Stay(kind, numbers.get(counter_id, 0), minute(day, begins), minute(day, ends))
        found[ticket_id].append(stay)
    return found


def spans(stays: Iterable[Stay], issued_for: str, ended_as: str, arrived: float) -> tuple[Span, ...]:
    """Times at a counter: called and then served is one; whatever lies before a transfer was the first service."""
    found: list[Span] = []
    waited_from, service, last = arrived, issued_for, ""
    for stay in sorted(stays, key=lambda one: one.begins):
        if stay.kind == "waiting":
            waited_from = stay.begins if found else arrived
            service = ended_as if found and last == "serving" else service
        elif stay.kind == "called" or (stay.kind == "serving" and last != "called"):
            found.append(Span(stay.counter, service, waited_from, stay.begins, stay.ends, came=stay.kind == "serving"))
        elif stay.kind == "serving":
            found[-1] = found[-1]._replace(ended=stay.ends, came=True)
        last = stay.kind
    return tuple(found)

"""When the site is open: weekday hours, lunch, public holidays, closed and short days, hours of one service.

They bind the kiosk only. The desk and the command line give numbers at any time, with a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, delete, select

from desk.actor import Scope
from desk.clock import ISTANBUL, local
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.engine import insert_into
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.site import ClosedDay as ClosedDayRow
from desk.models.site import OpeningHours, Service, ServiceHours, Site, SiteDay
from desk.models.work import Work
from desk.text import clean
from desk.values import dataclass
from desk.workdays import HALF_DAY_ENDS, is_half_day, is_holiday

LOOK_AHEAD = 60
"""Days in which the next opening is looked for: longer than any holiday with its bridges."""

REASON_LIMIT = 80
"""Letters of a reason: it stands large on the kiosk."""

Span = tuple[int, int]
"""From and to, in minutes after midnight on the site's clock."""


class Shut(StrEnum):
    """Why no number is given at this moment."""

    HOURS = "hours"
    LUNCH = "lunch"
    HOLIDAY = "holiday"
    CLOSED_DAY = "closed_day"
    DAY_ENDED = "day_ended"


class ClosedKind(StrEnum):
    """Why a day is closed or short; said to people unless the site wrote words of its own."""

    BRIDGE = "bridge"
    LEAVE = "leave"
    LOCAL = "local"
    WORKS = "works"
    OTHER = "other"


CLOSED_NAMES = {
    ClosedKind.BRIDGE: N_("Bayram köprüsü"),
    ClosedKind.LEAVE: N_("İdari izin"),
    ClosedKind.LOCAL: N_("Yerel tatil"),
    ClosedKind.WORKS: N_("Bakım ve onarım çalışması"),
    ClosedKind.OTHER: "",
}


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that is closed, or open only from ``opens`` to ``closes`` (minutes after midnight)."""

    day: date
    kind: ClosedKind
    reason: str = ""  # the site's own words, in Turkish; "" for those of the kind
    opens: int | None = None
    closes: int | None = None

    @property
    def is_short(self) -> bool:
        return self.opens is not None


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether numbers are given now; if not why, and when they are again."""

    open: bool
    minutes_left: float  # until lunch or closing; infinite when closed
    why: Shut | None = None
    closed_day: ClosedDay | None = None
    opens_at: datetime | None = None  # None while open, or when nothing is known for LOOK_AHEAD days


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours of a site, read once: ``spans`` says when a day is open."""

    zone: ZoneInfo
    weekdays: dict[int, Any]  # weekday → opens, closes, lunch_from, lunch_to
    closed: dict[date, ClosedDay]
    service: dict[int, Span] | None = None  # weekday → hours of the service that is asked about

    def spans(self, day: date) -> tuple[Span, ...]:
        """When the day is open, lunch taken out; empty for a day that is not."""
        whole = self._whole(day)
        if whole is None:
            return ()
        if self.service and (own := self.service.get(day.weekday())):
            whole = max(whole[0], own[0]), min(whole[1], own[1])
        row = self.weekdays.get(day.weekday())
        if row is None or row.lunch_from is None or row.lunch_to is None:
            return _filled([whole])
        return _filled([(whole[0], min(whole[1], row.lunch_from)), (max(whole[0], row.lunch_to), whole[1])])

    def _whole(self, day: date) -> Span | None:
        """From the first to the last minute. What the site wrote for this very day comes before every rule."""
        special = self.closed.get(day)
        if special is not None:
            return None if special.opens is None or special.closes is None else (special.opens, special.closes)
        row = self.weekdays.get(day.weekday())
        if row is None or is_holiday(day):
            return None
        return row.opens, min(row.closes, HALF_DAY_ENDS) if is_half_day(day) else row.closes

    def why_shut(self, day: date, minute: float) -> Shut:
        spans = self.spans(day)
        if not spans:
            special = self.closed.get(day)
            if special is not None:
                return Shut.CLOSED_DAY
            return Shut.HOLIDAY if day.weekday() in self.weekdays and is_holiday(day) else Shut.HOURS
        return Shut.LUNCH if spans[0][1] <= minute < spans[-1][0] else Shut.HOURS

    def next_opening(self, after: datetime, *, not_on: date | None = None) -> datetime | None:
        """The first opening after a moment; ``not_on`` is a day that was ended by hand."""
        here = local(after, self.zone)
        minute = here.hour * 60 + here.minute + here.second / 60
        for ahead in range(LOOK_AHEAD):
            day = here.date() + timedelta(days=ahead)
            if day == not_on:
                continue
            for opens, _ in self.spans(day):
                if ahead or opens > minute:
                    return self._at(day, opens)
        return None

    def _at(self, day: date, minute: int) -> datetime:
        return datetime.combine(day, time(minute // 60, minute % 60), self.zone)


def _filled(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans if start < end)


_SERVICE = Service.__table__
_ZONE = Query(select(Site.zone).where(Site.id == bindparam("site")))
_HOURS = tuple(getattr(OpeningHours, name) for name in ("weekday", "opens", "closes", "lunch_from", "lunch_to"))
_WEEKDAYS = Query(select(*_HOURS).where(OpeningHours.site_id == bindparam("site")))
_CLOSED = Query(
    select(*(getattr(ClosedDayRow, name) for name in ("day", "kind", "reason", "opens", "closes")))
    .where(ClosedDayRow.site_id == bindparam("site"))
    .where(ClosedDayRow.day.between(bindparam("first"), bindparam("last")))
    .order_by(ClosedDayRow.day)
)


def calendar(s: Session, scope: Scope, service_id: UUID | None = None) -> Calendar:
    """The hours of the site for the days ahead; with a service, its own hours too."""
    zone = _zone(s, scope.site_id)
    today = local(scope.now, zone).date()
    weekdays = _WEEKDAYS.all(s.connection(), {"site": scope.site_id})
    return Calendar(
        zone,
        {row.weekday: row for row in weekdays},
        {one.day: one for one in closed_days(s, scope, today, today + timedelta(days=LOOK_AHEAD))},
        _service_hours(s, service_id) if service_id else None,
    )


def ask_spans(connection: Connection, site_id: UUID, day: date) -> Callable[[], tuple[Span, ...]]:
    """When the site is open on one day, its statements being sent with whatever is asked next (``Query.ask``)."""
    weekdays = _WEEKDAYS.ask_all(connection, {"site": site_id})
    closed = _CLOSED.ask_all(connection, {"site": site_id, "first": day, "last": day})
    return lambda: Calendar(
        ISTANBUL,  # hours are by the site's own clock, whatever it is
        {row.weekday: row for row in weekdays()},
        {row.day: _closed_day(row) for row in closed()},
    ).spans(day)


def _zone(s: Session, site_id: UUID) -> ZoneInfo:
    s.flush()  # the statements go past the session
    return ZoneInfo(_ZONE.one_or_none(s.connection(), {"site": site_id}).zone)


def _service_hours(s: Session, service_id: UUID) -> dict[int, Span]:
    rows = s.execute(select(ServiceHours).where(ServiceHours.service_id == service_id)).scalars()
    return {row.weekday: (row.opens, row.closes) for row in rows}


def opening(s: Session, scope: Scope, service_id: UUID | None = None) -> tuple[bool, float]:
    """Whether the site is open now, and minutes until lunch or closing (infinite when closed)."""
    found = state_of(calendar(s, scope, service_id), scope.now)
    return found.open, found.minutes_left


def state_of(known: Calendar, now: datetime) -> OpenState:
    """What hours that were read before say of a moment."""
    here = local(now, known.zone)
    minute = here.hour * 60 + here.minute + here.second / 60
    for opens, closes in known.spans(here.date()):
        if opens <= minute < closes:
            return OpenState(True, closes - minute)
    why = known.why_shut(here.date(), minute)
    special = known.closed.get(here.date())
    return OpenState(False, float("inf"), why, special, known.next_opening(now))


def kiosk_state(s: Session, scope: Scope, service_id: UUID | None = None) -> OpenState:
    """Whether the kiosk gives numbers (of a service): open hours of a business day that was not ended by hand."""
    known = calendar(s, scope, service_id)
    if day_ended(s, scope):
        special = known.closed.get(scope.day)
        return OpenState(False, float("inf"), Shut.DAY_ENDED, special, known.next_opening(scope.now, not_on=scope.day))
    return state_of(known, scope.now)


def shut_services(s: Session, scope: Scope) -> frozenset[UUID]:
    """Services with hours of their own that are shut at this moment."""
    own = s.execute(
        select(ServiceHours.service_id)
        .join(_SERVICE, _SERVICE.c.id == ServiceHours.service_id)
        .where(_SERVICE.c.site_id == scope.site_id)
        .distinct()
    ).scalars()
    return frozenset(service_id for service_id in own.all() if not opening(s, scope, service_id)[0])


def day_ended(s: Session, scope: Scope) -> bool:
    """Whether "Günü kapat" ended the business day."""
    closed_at = s.execute(
        select(SiteDay.closed_at).where(SiteDay.site_id == scope.site_id, SiteDay.day == scope.day)
    ).scalar()
    return closed_at is not None


# --- the table of closed and short days


def closed_days(s: Session, scope: Scope, first: date, last: date) -> tuple[ClosedDay, ...]:
    """Closed and short days from ``first`` to ``last``, in order."""
    s.flush()
    rows = _CLOSED.all(s.connection(), {"site": scope.site_id, "first": first, "last": last})
    return tuple(_closed_day(row) for row in rows)


def _closed_day(row: Any) -> ClosedDay:
    return ClosedDay(row.day, ClosedKind(row.kind), row.reason, row.opens, row.closes)


def set_closed_day(work: Work, closed: ClosedDay) -> None:
    """Close or shorten a day; one entered before is changed. Raises UserError for hours that cannot be."""
    if (closed.opens is None) != (closed.closes is None):
        raise UserError(N_("Kısa gün için açılış ve kapanış saatini birlikte yazınız."))
    if closed.opens is not None and closed.closes is not None and not 0 <= closed.opens < closed.closes <= 24 * 60:
        raise UserError(N_("Kapanış saati açılıştan sonra olmalı."))
    reason = clean(closed.reason)
    if len(reason) > REASON_LIMIT:
        raise UserError(N_("Gerekçe en çok {count} harf olabilir."), count=REASON_LIMIT)
    if closed.kind is ClosedKind.OTHER and not reason:
        raise UserError(N_("Kapalı günün nedenini yazınız; ziyaretçilere gösterilir."))
    values = {"kind": str(closed.kind), "reason": reason, "opens": closed.opens, "closes": closed.closes}
    key = {"site_id": work.site_id, "day": closed.day}
    table = ClosedDayRow.__table__
    statement = insert_into(work.session, table).values(key | values)
    work.session.execute(statement.on_conflict_do_update(index_elements=["site_id", "day"], set_=values))
    work.change(Kind.SETTINGS_CHANGED)


def clear_closed_day(work: Work, day: date) -> None:
    """The day follows its weekday again. Raises UserError when it was not in the table."""
    found = work.session.execute(
        delete(ClosedDayRow)
        .where(ClosedDayRow.site_id == work.site_id, ClosedDayRow.day == day)
        .returning(ClosedDayRow.day)
    ).first()
    if found is None:
        raise UserError(N_("Bu gün kapalı günler arasında yok."))
    work.change(Kind.SETTINGS_CHANGED)


def set_service_hours(work: Work, service_id: UUID, weekdays: Sequence[int], hours: Span | None) -> None:
    """Hours of one service on some weekdays (0 is Monday); None lets them follow the site again."""
    if hours is not None and not 0 <= hours[0] < hours[1] <= 24 * 60:
        raise UserError(N_("Kapanış saati açılıştan sonra olmalı."))
    work.session.execute(
        delete(ServiceHours).where(ServiceHours.service_id == service_id, ServiceHours.weekday.in_(weekdays))
    )
    if hours is not None:
        rows = [
            {"service_id": service_id, "weekday": day, "opens": hours[0], "closes": hours[1]} for day in set(weekdays)
        ]
        work.session.execute(insert_into(work.session, ServiceHours.__table__).values(rows))
    work.change(Kind.SETTINGS_CHANGED)


def clock_of(minute: int) -> str:
    """08.30 from minutes after midnight."""
    return f"{minute // 60:02d}.{minute % 60:02d}"

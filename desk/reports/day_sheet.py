"""The counts of one site's day, read from the summaries that every transaction keeps (not from the records).

Only three things come from the day's records, because no count holds them: the longest wait, and the numbers and
refakat jobs that are still open. Everything that is read belongs to one moment (one read transaction).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, func, or_, select
from sqlalchemy.orm import Session

from desk.errors import N_, UserError
from desk.models.assistance import Assistance
from desk.models.base import micros
from desk.models.counting import Duration, Measure
from desk.models.site import Municipality, OpeningHours, Service, Site, SiteDay, Unit
from desk.models.summary import DayCount, DurationCount, HourCount
from desk.models.ticket import Ticket
from desk.queue.types import PRIORITY_NAMES, Priority, TicketState
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind, AssistanceState, SiteHeader
from desk.reports.histogram import Histogram
from desk.reports.types import Count, DaySheet, ServiceLine
from desk.text import sort_key

MEAN_OF_DAYS = 4
"""How many past days of the same weekday make the mean a day is compared with."""

LOOK_BACK_WEEKS = 52
"""How far back those days are looked for: a site that was shut for long is compared with nothing older."""

OPEN_TICKETS = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD)
OPEN_ASSISTANCE = (
    AssistanceState.REQUESTED,
    AssistanceState.ASSIGNED,
    AssistanceState.STARTED,
    AssistanceState.HANDED_OVER,
)
NO_UNIT = N_("Birim belirtilmedi")

_DAY: Table = DayCount.__table__  # type: ignore[assignment]
_HOUR: Table = HourCount.__table__  # type: ignore[assignment]
_DURATION: Table = DurationCount.__table__  # type: ignore[assignment]
_TICKET: Table = Ticket.__table__  # type: ignore[assignment]
_ASSISTANCE: Table = Assistance.__table__  # type: ignore[assignment]
_SERVICE: Table = Service.__table__  # type: ignore[assignment]
_UNIT: Table = Unit.__table__  # type: ignore[assignment]
_SITE_DAY: Table = SiteDay.__table__  # type: ignore[assignment]


@dataclass(slots=True)
class _Sums:
    """A day's summaries in memory."""

    days: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # measure → key → value
    visits: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))  # service → hour → visits
    durations: dict[str, dict[str, Histogram]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, measure: Measure, key: str | None = None) -> int:
        """A measure's total, or its value for one key."""
        counted = self.days[measure]
        return counted.total() if key is None else counted[key]

    def histogram(self, duration: Duration, key: str | None = None) -> Histogram:
        by_key = self.durations[duration]
        if key is not None:
            return by_key.get(key, Histogram())
        return Histogram.of_all(by_key.values())


def day_sheet(session: Session, site_id: UUID, day: date, now: datetime, made_by: str) -> DaySheet:
    """The sheet of ``day`` as it stands at ``now`` (aware). A day without any action gives a sheet of zeros.

    ``made_by`` is the name that stands under "Düzenleyen". Raises UserError for a site that does not exist.
    """
    sums = _sums(session, site_id, day)
    opens, closes = _opening(session, site_id, day.weekday())
    hours = _hours(opens, closes, (h for by_hour in sums.visits.values() for h, n in by_hour.items() if n))
    services = _services(session, site_id)
    units = _units(session)
    lines = _service_lines(services, units, sums, hours)
    directions = tuple(sums.visits[""][h] for h in hours)
    earlier = _same_weekdays(session, site_id, day)
    wait, serve = sums.histogram(Duration.WAIT), sums.histogram(Duration.SERVE)
    longest, longest_service = _longest_wait(session, site_id, day)
    return DaySheet(
        header=_header(session, site_id),
        day=day,
        opens=_time_of_day(opens),
        closes=_time_of_day(closes),
        hours=hours,
        services=lines,
        directions_by_hour=directions,
        visits_by_hour=tuple(sum(by_hour[h] for by_hour in sums.visits.values()) for h in hours),
        weekday_mean_by_hour=_mean_by_hour(session, site_id, earlier[:MEAN_OF_DAYS], hours),
        visits=sums.of(Measure.VISITS),
        persons=sums.of(Measure.PERSONS),
        directions=sums.of(Measure.DIRECTIONS),
        tickets_issued=sums.of(Measure.TICKETS_ISSUED),
        tickets_served=sums.of(Measure.TICKETS_SERVED),
        tickets_waiting=_open(session, _TICKET, OPEN_TICKETS, site_id, day),
        tickets_cancelled=sums.of(Measure.TICKETS_CANCELLED),
        no_shows=sums.of(Measure.NO_SHOWS),
        left=sums.of(Measure.LEFT),
        expired=sums.of(Measure.EXPIRED),
        wait_mean=wait.mean,
        wait_median=_at_most(longest, wait.quantile(0.5)),
        wait_p90=_at_most(longest, wait.quantile(0.9)),
        wait_longest=longest,
        wait_longest_service=longest_service,
        serve_mean=serve.mean,
        priority=tuple(Count(p, PRIORITY_NAMES[p], sums.of(Measure.PRIORITY, p)) for p in Priority),
        assistance=tuple(Count(k, ASSISTANCE_NAMES[k], sums.of(Measure.ASSISTANCE, k)) for k in AssistanceKind),
        assistance_done=sums.of(Measure.ASSISTANCE_ENDED),
        assistance_open=_open(session, _ASSISTANCE, OPEN_ASSISTANCE, site_id, day),
        assistance_wait_mean=sums.histogram(Duration.ASSISTANCE_WAIT).mean,
        units=_by_unit(sums, Measure.VISITS_BY_UNIT, units),
        petitions=sums.of(Measure.PETITIONS),
        petitions_incomplete=sums.of(Measure.PETITIONS_INCOMPLETE),
        enclosures=sums.of(Measure.ENCLOSURES),
        petition_units=_by_unit(sums, Measure.PETITIONS_BY_UNIT, units),
        visits_previous=_visits(session, site_id, day - timedelta(weeks=1), earlier),
        made_at=now,
        made_by=made_by,
        note=_note(session, site_id, day),
    )


def _header(session: Session, site_id: UUID) -> SiteHeader:
    row = session.execute(
        select(
            Municipality.name,
            Municipality.authority,
            Municipality.department,
            Site.name.label("site"),
            Municipality.address,
            Municipality.hotline,
        )
        .join_from(Site, Municipality)
        .where(Site.id == site_id)
    ).one_or_none()
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    return SiteHeader(*row)


def _sums(session: Session, site_id: UUID, day: date) -> _Sums:
    sums = _Sums()
    by_day = select(_DAY.c.measure, _DAY.c.key, _DAY.c.value)
    for measure, key, value in session.execute(by_day.where(*_of(_DAY, site_id, day))):
        sums.days[measure][key] = value
    by_hour = select(_HOUR.c.key, _HOUR.c.hour, _HOUR.c.value)
    for key, hour, value in session.execute(
        by_hour.where(*_of(_HOUR, site_id, day), _HOUR.c.measure == Measure.VISITS)
    ):
        sums.visits[key][hour] = value
    timed = select(_DURATION.c.measure, _DURATION.c.key, _DURATION.c.bucket, _DURATION.c.value, _DURATION.c.seconds)
    for measure, key, bucket, value, seconds in session.execute(timed.where(*_of(_DURATION, site_id, day))):
        sums.durations[measure].setdefault(key, Histogram()).add(bucket, value, seconds)
    return sums


def _of(table: Table, site_id: UUID, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.site_id == site_id, table.c.day == day


def _opening(session: Session, site_id: UUID, weekday: int) -> tuple[int | None, int | None]:
    """Minutes after midnight; None on a weekday the site is shut."""
    hours = session.get(OpeningHours, (site_id, weekday))
    return (hours.opens, hours.closes) if hours else (None, None)


def _time_of_day(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}.{minutes % 60:02d}"


def _hours(opens: int | None, closes: int | None, counted: Iterable[int]) -> tuple[int, ...]:
    """The opening hours without a gap, widened to whatever was counted outside them."""
    shown = set(counted)
    if opens is not None and closes is not None and closes > opens:
        shown |= {opens // 60, (closes - 1) // 60}
    return tuple(range(min(shown), max(shown) + 1)) if shown else ()


def _services(session: Session, site_id: UUID) -> list[Row[tuple[str, str, str, UUID, bool]]]:
    """Those of the site in their order, with the ones no longer offered (they may have been, that day)."""
    columns = (_SERVICE.c.code, _SERVICE.c.letter, _SERVICE.c.name, _SERVICE.c.unit_id, _SERVICE.c.active)
    asked = select(*columns).where(_SERVICE.c.site_id == site_id)
    return list(session.execute(asked.order_by(_SERVICE.c.position, _SERVICE.c.code)))


def _units(session: Session) -> dict[UUID | str, str]:
    """Short names by id and by code; of a code that was given twice, the unit that is still valid."""
    names: dict[UUID | str, str] = {}
    asked = select(_UNIT.c.id, _UNIT.c.code, _UNIT.c.short_name).order_by(_UNIT.c.valid_to.is_(None), _UNIT.c.valid_to)
    for row in session.execute(asked):
        names[row.id] = names[row.code] = row.short_name
    return names


def _service_lines(
    services: list[Row[tuple[str, str, str, UUID, bool]]],
    units: dict[UUID | str, str],
    sums: _Sums,
    hours: tuple[int, ...],
) -> tuple[ServiceLine, ...]:
    """One line per service that is offered or was counted. A code without a service still gets its line."""
    counted = {key for measure in _BY_SERVICE for key, value in sums.days[measure].items() if value and key}
    known = {row.code for row in services}
    lines = [
        _line(row.code, row.letter, row.name, units.get(row.unit_id, ""), sums, hours)
        for row in services
        if row.active or row.code in counted
    ]
    return (*lines, *(_line(code, "", code, "", sums, hours) for code in sorted(counted - known)))


_BY_SERVICE = (
    Measure.VISITS,
    Measure.TICKETS_ISSUED,
    Measure.TICKETS_SERVED,
    Measure.TICKETS_CANCELLED,
    Measure.NO_SHOWS,
    Measure.LEFT,
    Measure.EXPIRED,
)


def _line(code: str, letter: str, name: str, unit: str, sums: _Sums, hours: tuple[int, ...]) -> ServiceLine:
    wait = sums.histogram(Duration.WAIT, code)
    return ServiceLine(
        letter=letter,
        name=name,
        unit=unit,
        by_hour=tuple(sums.visits[code][h] for h in hours),
        visits=sums.of(Measure.VISITS, code),
        tickets=sums.of(Measure.TICKETS_ISSUED, code),
        served=sums.of(Measure.TICKETS_SERVED, code),
        wait_mean=wait.mean,
        wait_median=wait.quantile(0.5),
        wait_p90=wait.quantile(0.9),
        serve_mean=sums.histogram(Duration.SERVE, code).mean,
        unserved=sum(sums.of(m, code) for m in (Measure.NO_SHOWS, Measure.LEFT, Measure.EXPIRED)),
    )


def _same_weekdays(session: Session, site_id: UUID, day: date) -> list[date]:
    """Past business days of the same weekday, newest first."""
    weeks = [day - timedelta(weeks=n) for n in range(1, LOOK_BACK_WEEKS + 1)]
    asked = select(_SITE_DAY.c.day).where(_SITE_DAY.c.site_id == site_id, _SITE_DAY.c.day.in_(weeks))
    return list(session.execute(asked.order_by(_SITE_DAY.c.day.desc())).scalars())


def _mean_by_hour(session: Session, site_id: UUID, days: list[date], hours: tuple[int, ...]) -> tuple[float, ...]:
    if not days:
        return ()
    asked = select(_HOUR.c.hour, func.sum(_HOUR.c.value).label("visits")).where(
        _HOUR.c.site_id == site_id, _HOUR.c.day.in_(days), _HOUR.c.measure == Measure.VISITS
    )
    visits = {row.hour: int(row.visits) for row in session.execute(asked.group_by(_HOUR.c.hour))}
    return tuple(visits.get(h, 0) / len(days) for h in hours)


def _visits(session: Session, site_id: UUID, day: date, days: list[date]) -> int | None:
    """The visits of a past day; None when the site did not work then."""
    if day not in days:
        return None
    asked = select(func.sum(_DAY.c.value)).where(*_of(_DAY, site_id, day), _DAY.c.measure == Measure.VISITS)
    return int(session.execute(asked).scalar() or 0)


def _longest_wait(session: Session, site_id: UUID, day: date) -> tuple[float | None, str]:
    """Seconds of the longest wait from issue to first call, and the service it was for."""
    waited = micros(_TICKET.c.first_called_at) - micros(_TICKET.c.issued_at)
    asked = (
        select(waited.label("waited"), _SERVICE.c.name)
        .join_from(_TICKET, _SERVICE)
        .where(*_of(_TICKET, site_id, day), _TICKET.c.first_called_at.is_not(None))
        .where(or_(_TICKET.c.outcome.is_(None), _TICKET.c.outcome != "void"))
        .order_by(waited.desc(), _TICKET.c.issued_at)
        .limit(1)
    )
    row = session.execute(asked).one_or_none()
    return (row.waited / 1_000_000, row.name) if row else (None, "")


def _at_most(longest: float | None, quantile: float | None) -> float | None:
    """A quantile read from a bucket may lie above the longest wait that was measured; on paper it must not."""
    return quantile if longest is None or quantile is None else min(quantile, longest)


def _open(session: Session, table: Table, states: tuple[str, ...], site_id: UUID, day: date) -> int:
    asked = select(func.count()).select_from(table).where(*_of(table, site_id, day), table.c.state.in_(states))
    return session.execute(asked).scalar_one()


def _by_unit(sums: _Sums, measure: Measure, units: dict[UUID | str, str]) -> tuple[Count, ...]:
    """Largest first; equal ones by name."""
    counts = [Count(key, units.get(key, key) or NO_UNIT, value) for key, value in sums.days[measure].items() if value]
    return tuple(sorted(counts, key=lambda c: (-c.value, sort_key(c.name))))


def _note(session: Session, site_id: UUID, day: date) -> str:
    return session.execute(select(_SITE_DAY.c.note).where(*_of(_SITE_DAY, site_id, day))).scalar() or ""

"""One press of a button: one transaction, with who, when, and what it changed and counted.

Commands get the open ``Work`` instead of a bare session, so that no command can forget the business day, the
change log or the counts: they are written once, in the right order, when the work ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, select, update

from desk.actor import Actor, Right, Scope, allowed
from desk.clock import local, local_date
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import changes, counting
from desk.models.counting import Duration, Measure, Tally
from desk.models.engine import Database, Transaction, insert_into
from desk.models.prepared import Query, together
from desk.models.session import Session
from desk.models.site import OpeningHours, Site, SiteDay
from desk.values import dataclass
from desk.workdays import is_working_day


@dataclass(slots=True)
class Work:
    """An open transaction. ``day`` is the business day, ``opened`` by the first work of a morning.

    What is counted belongs to ``day``, unless it happens to a record of an earlier one: each day's counts agree with
    its own records.
    """

    base: Transaction
    actor: Actor
    now: datetime
    day: date
    zone: ZoneInfo
    site_number: int
    opened: bool = False
    closed: bool = False  # the shift lead has ended this business day: nobody is given a number or called
    settings: Mapping[str, Any] = field(default_factory=dict)  # the site's own
    tallies: dict[date, Tally] = field(default_factory=dict)
    changed: list[tuple[Kind, UUID | None]] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.base.session

    @property
    def connection(self) -> Connection:
        """The transaction without the ORM: for statements that run at every press."""
        return self.base.connection

    @property
    def site_id(self) -> UUID:
        return self.actor.site_id

    @property
    def hour(self) -> int:
        """The local hour, for counts by the hour."""
        return local(self.now, self.zone).hour

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None:
        """Note what happened for the change log."""
        self.changed.append((kind, subject_id))

    def tally(self, day: date | None = None) -> Tally:
        """The counts of a day (the business day without one)."""
        return self.tallies.setdefault(day or self.day, Tally())

    def count(
        self, measure: Measure, key: str = "", value: int = 1, *, by_hour: bool = False, day: date | None = None
    ) -> None:
        self.tally(day).count(measure, key, value, self.hour if by_hour else None)

    def time(self, duration: Duration, key: str, seconds: float, *, day: date | None = None) -> None:
        self.tally(day).time(duration, key, seconds)


@dataclass(frozen=True, slots=True)
class Place:
    """A site, as far as its work goes: what only changes with its settings."""

    zone: ZoneInfo
    number: int
    settings: dict[str, Any]
    sample: bool
    opens: int | None = None  # the week's earliest opening, in minutes after midnight on the site's clock


@dataclass(frozen=True, slots=True)
class Standing:
    """What every work begins with: the site, and where its business days stand."""

    place: Place
    last_day: date | None
    last_closed: bool  # the shift lead has ended that day


BEFORE_OPENING = 120
"""A business day may begin so many minutes before the site's opening, for those who come first."""

JUMP_WORKING_DAYS = 5
"""A new day may lie so many unworked working days after the last one: a closed week, or the bridge of a holiday."""


class DayJump(UserError):
    """The clock says a day that lies too far ahead: a person must say that it is right, once.

    A clock that was set wrongly would else move the business day, which never goes back, for good.
    """

    def __init__(self, last: date, today: date) -> None:
        super().__init__(
            N_(
                "Bilgisayarın tarihi {today}; son iş günü ise {last}. Tarih yanlışsa saati düzeltiniz; "
                "doğruysa günü bir kez onaylayınız: desk db open-day --date {iso}"
            ),
            today=f"{today:%d.%m.%Y}",
            last=f"{last:%d.%m.%Y}",
            iso=today.isoformat(),
        )
        self.last, self.day = last, today


@contextmanager
def work(
    db: Database,
    actor: Actor,
    right: Right,
    *,
    seen: Standing | None = None,
    connection: Connection | None = None,
    confirmed: date | None = None,
) -> Iterator[Work]:
    """Open a transaction for ``actor``; at its end write counts and the change log, then commit.

    ``seen`` is what a look of a moment ago found, on ``connection``: nobody waits for it within the transaction.
    ``confirmed`` is a day that a person has said is right. Raises UserError without the right, DayJump for a day that
    must be confirmed first, Fault when the database cannot be reached.
    """
    if not allowed(actor, right):
        raise UserError(N_("Bu işlem için yetkiniz yok."))
    with db.transaction(connection, in_haste=seen is not None) as base:
        now = db.now()
        if seen is None or seen.last_day is None or seen.last_day < today_of(seen, now):
            seen = standing_of(base.connection, actor.site_id)
        day, opened, closed = _open_day(base, actor, now, seen, confirmed)
        done = Work(base, actor, now, day, seen.place.zone, seen.place.number, opened, closed, seen.place.settings)
        if opened:
            done.change(Kind.DAY_OPENED)
        yield done
        base.flush()  # counts and the change log come last
        running = None if done.closed else day
        if any(counted != running for counted in done.tallies):
            from desk.models import late  # seldom, and tables that no window's first look needs

            late.note(base.connection, actor.site_id, actor.staff_id, now, done.tallies, running)
        counting.write(base.connection, actor.site_id, done.tallies)
        changes.append(base.connection, actor, now, done.changed)


def scope(session: Session, site_id: UUID, now: datetime) -> Scope:
    """What reads of this moment look at: the open business day, or today when nothing was done yet."""
    return scope_of(standing(session, site_id), site_id, now)


def scope_of(stands: Standing, site_id: UUID, now: datetime) -> Scope:
    today = today_of(stands, now)
    return Scope(site_id, max(stands.last_day, today) if stands.last_day else today, now)


def today_of(stands: Standing, now: datetime) -> date:
    """The business day that a moment asks for.

    It follows the site's opening, not midnight: a day that nobody closed goes on through the night, so that a clock
    set past midnight while people wait neither ends their waiting nor begins the numbers anew.
    """
    today, last = local_date(now, stands.place.zone), stands.last_day
    if last is None or stands.last_closed or stands.place.opens is None or today - last != timedelta(days=1):
        return today
    at = local(now, stands.place.zone)
    return last if at.hour * 60 + at.minute < stands.place.opens - BEFORE_OPENING else today


def standing(session: Session, site_id: UUID) -> Standing:
    """Read by one statement. Raises UserError for an unknown site."""
    return standing_of(session.connection(), site_id)


def standing_of(connection: Connection, site_id: UUID) -> Standing:
    """The same, before a work begins on this connection."""
    with together(connection):
        standing = _STANDING.ask(connection, {"site": site_id})
    row = standing()
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    place = Place(ZoneInfo(row.zone), row.number, row.settings, row.sample, row.opens)
    return Standing(place, row.day, row.closed_at is not None)


def jump(stands: Standing, now: datetime) -> DayJump | None:
    """What somebody must confirm before the first work of this moment; None on every usual day."""
    today, last = today_of(stands, now), stands.last_day
    leaps = last is not None and last < today and _leaps(last, today, stands.place)
    return DayJump(last, today) if last is not None and leaps else None


def _open_day(
    base: Transaction, actor: Actor, now: datetime, stands: Standing, confirmed: date | None
) -> tuple[date, bool, bool]:
    """Today's business day, whether this work opened it, and whether it is closed.

    It never goes back: a clock set to yesterday goes on writing into the newer day. The change log is not touched
    here: who locked its series first and numbers later would meet in a deadlock with everybody else.
    """
    today = local_date(now, stands.place.zone)
    if today != confirmed:
        today = today_of(stands, now)
    last = stands.last_day
    if last is not None and last >= today:
        return last, False, stands.last_closed
    if last is not None and today != confirmed and _leaps(last, today, stands.place):
        raise DayJump(last, today)
    row = {"site_id": actor.site_id, "day": today, "opened_at": now, "opened_by": actor.staff_id, "note": ""}
    wanted = insert_into(base.session, _DAY).values(row).on_conflict_do_nothing().returning(_DAY.c.day)
    opened = base.connection.execute(wanted).first() is not None  # else another desk was first this very moment
    if last is not None and opened:
        base.connection.execute(
            update(_DAY)
            .where(_DAY.c.site_id == actor.site_id, _DAY.c.day < today, _DAY.c.closed_at.is_(None))
            .values(closed_at=now, closed_by=actor.staff_id)
        )
    return today, opened, False


def _leaps(last: date, today: date, place: Place) -> bool:
    """Whether more working days than usual lie between; days of a sample stand where they were wanted."""
    if place.sample or (today - last).days <= JUMP_WORKING_DAYS:
        return False
    limit = int(place.settings.get("day_jump_working_days", JUMP_WORKING_DAYS))
    between = (last + timedelta(days=ahead) for ahead in range(1, (today - last).days))
    return sum(1 for day in islice(between, 366) if is_working_day(day)) > limit


_SITE = Site.__table__
_DAY = SiteDay.__table__
_LAST = select(func.max(_DAY.c.day)).where(_DAY.c.site_id == bindparam("site")).scalar_subquery()

_HOURS = OpeningHours.__table__
_OPENS = select(func.min(_HOURS.c.opens)).where(_HOURS.c.site_id == bindparam("site")).scalar_subquery()

_STANDING = Query(
    select(_SITE.c.zone, _SITE.c.number, _SITE.c.settings, _SITE.c.sample, _OPENS.label("opens"))
    .add_columns(_DAY.c.day, _DAY.c.closed_at)
    .join_from(_SITE, _DAY, (_DAY.c.site_id == _SITE.c.id) & (_DAY.c.day == _LAST), isouter=True)
    .where(_SITE.c.id == bindparam("site")),
    lasting=True,
)

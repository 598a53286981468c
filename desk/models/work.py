"""One press of a button: one transaction, with who, when, and what it changed and counted.

Commands get the open ``Work`` instead of a bare session, so that no command can forget the business day, the
change log or the counts: they are written once, in the right order, when the work ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from desk.actor import Actor, Right, Scope, allowed
from desk.clock import local, local_date
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import changes
from desk.models.counting import Duration, Measure, Tally
from desk.models.engine import Database, insert_into
from desk.models.site import Site, SiteDay


@dataclass(slots=True)
class Work:
    """An open transaction. ``day`` is the business day, ``opened`` by the first work of a morning.

    What is counted belongs to ``day``, unless it happens to a record of an earlier one: each day's counts agree with
    its own records.
    """

    session: Session
    actor: Actor
    now: datetime
    day: date
    zone: ZoneInfo
    site_number: int
    opened: bool = False
    tallies: dict[date, Tally] = field(default_factory=dict)
    changed: list[tuple[Kind, UUID | None]] = field(default_factory=list)

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


@contextmanager
def work(db: Database, actor: Actor, right: Right) -> Iterator[Work]:
    """Open a transaction for ``actor``; at its end write counts and the change log, then commit.

    Raises UserError without the right, Fault when the database cannot be reached.
    """
    if not allowed(actor, right):
        raise UserError(N_("Bu işlem için yetkiniz yok."))
    with db.write() as session:
        zone, number = _site(session, actor.site_id)
        now = db.now()
        day, opened = _open_day(session, actor, now, zone)
        done = Work(session, actor, now, day, zone, number, opened)
        if opened:
            done.change(Kind.DAY_OPENED)
        yield done
        for counted, tally in sorted(done.tallies.items()):
            tally.write(session, actor.site_id, counted)
        changes.append(session, actor, now, done.changed)


def scope(session: Session, site_id: UUID, now: datetime) -> Scope:
    """What reads of this moment look at: the open business day, or today when nothing was done yet."""
    zone, _ = _site(session, site_id)
    day = _last_day(session, site_id)
    today = local_date(now, zone)
    return Scope(site_id, max(day, today) if day else today, now)


def _site(session: Session, site_id: UUID) -> tuple[ZoneInfo, int]:
    row = session.execute(select(_SITE.c.zone, _SITE.c.number).where(_SITE.c.id == site_id)).one_or_none()
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    return ZoneInfo(row.zone), row.number


def _last_day(session: Session, site_id: UUID) -> date | None:
    return session.execute(select(func.max(_DAY.c.day)).where(_DAY.c.site_id == site_id)).scalar()


def _open_day(session: Session, actor: Actor, now: datetime, zone: ZoneInfo) -> tuple[date, bool]:
    """Today's business day, and whether this work opened it.

    It never goes back: a clock set to yesterday goes on writing into the newer day. The change log is not touched
    here: who locked its series first and numbers later would meet in a deadlock with everybody else.
    """
    today = local_date(now, zone)
    last = _last_day(session, actor.site_id)
    if last is not None and last >= today:
        return last, False
    row = {"site_id": actor.site_id, "day": today, "opened_at": now, "opened_by": actor.staff_id, "note": ""}
    wanted = insert_into(session, _DAY).values(row).on_conflict_do_nothing().returning(_DAY.c.day)
    opened = session.execute(wanted).first() is not None  # else another desk was first this very moment
    if last is not None and opened:
        session.execute(
            update(_DAY)
            .where(_DAY.c.site_id == actor.site_id, _DAY.c.day < today, _DAY.c.closed_at.is_(None))
            .values(closed_at=now, closed_by=actor.staff_id)
        )
    return today, opened


_SITE: Table = Site.__table__  # type: ignore[assignment]
_DAY: Table = SiteDay.__table__  # type: ignore[assignment]

"""What a press of "Sıra ver" looks up before its transaction: one small statement, and what is kept of the settings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select

from desk.actions.context import Context
from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import known, work
from desk.models import site as tables
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.printing import ledger
from desk.queue import issuing, opening, present, promises
from desk.queue.types import Promise
from desk.registry import site
from desk.registry.types import SiteHeader

T = TypeVar("T")

_T = Ticket.__table__
_V = Visit.__table__
_SITE = tables.Site.__table__
_DAY = tables.SiteDay.__table__
_SERVICE = tables.Service.__table__
_UNIT = tables.Unit.__table__


@dataclass(frozen=True, slots=True)
class Settled:
    """What only changes with the settings."""

    place: work.Place
    offer: issuing.Offer
    unit_id: UUID
    unit_code: str
    header: SiteHeader
    printer_id: UUID | None
    hours: opening.Calendar


@dataclass(frozen=True, slots=True)
class Seen:
    """The moment before a number is given."""

    standing: work.Standing
    scope: Scope
    settled: Settled
    promise: Promise
    open: bool  # hours of the site and of the service
    kiosk: bool  # and the day was not ended by hand
    earlier: UUID | None  # the visit that this press already made
    latest: datetime | None  # when the day's last number was given

    @property
    def offer(self) -> issuing.Offer:
        return self.settled.offer


def _now() -> Select[Any]:
    """What changes with every press: the day, its last number, this very press; and how old our settings are."""
    at: BindParameter[Any] = bindparam("site")
    earlier = select(_V.c.id).where(_V.c.site_id == at, _V.c.request_key == bindparam("key")).scalar_subquery()
    latest = select(func.max(_T.c.issued_at)).where(_T.c.site_id == at, _T.c.day == _DAY.c.day).scalar_subquery()
    return (
        select(
            _DAY.c.day.label("last_day"),
            _DAY.c.closed_at.label("last_closed_at"),
            earlier.label("earlier"),
            latest.label("latest"),
            known.version(at).label("version"),
        )
        .where(_DAY.c.site_id == at)
        .order_by(_DAY.c.day.desc())
        .limit(1)
    )


_NOW = Query(_now())
_VERSION = Query(select(known.version(bindparam("site")).label("version")))


def look(ctx: Context, connection: Connection, key: str, service_code: str, priority: bool) -> Seen:
    """Everything that can be known before, so that nobody waits for it. Raises UserError for an unknown service."""
    site_id, now = ctx.actor.site_id, ctx.db.now()
    row = _NOW.one_or_none(connection, {"site": site_id, "key": key})
    if row is None:  # nothing was ever done here
        row = None, None, None, None, _VERSION.one_or_none(connection, {"site": site_id}).version
    last_day, closed_at, earlier, latest, version = row
    settled = _settled(ctx, service_code.strip(), version, now)
    standing = work.Standing(settled.place, last_day, closed_at is not None)
    scope = work.scope_of(standing, site_id, now)
    is_open = _is_open(ctx, settled, version, now)
    return Seen(
        standing=standing,
        scope=scope,
        settled=settled,
        promise=_promise(ctx, scope, settled.offer.id, priority),
        open=is_open,
        kiosk=is_open and not (standing.last_closed and last_day == scope.day),
        earlier=earlier,
        latest=latest,
    )


def _settled(ctx: Context, code: str, version: int, now: datetime) -> Settled:
    """Read again after every change of settings, and every day: hours are read for the days ahead."""
    day = now.date()
    name = ("settled", code, ctx.actor.terminal_id)
    return _kept(ctx, name, (version, day), lambda: ctx.read(_read_settled, ctx, code))


def _read_settled(s: Session, scope: Scope, ctx: Context, code: str) -> Settled:
    row = s.execute(
        select(*issuing.OFFER_COLUMNS, _UNIT.c.id.label("unit_id"), _UNIT.c.code.label("unit_code"))
        .join_from(_SERVICE, _UNIT, _UNIT.c.id == _SERVICE.c.unit_id)
        .where(_SERVICE.c.site_id == scope.site_id)
        .where(or_(_SERVICE.c.code == code, _SERVICE.c.letter.in_((code, code.upper()))))
        .order_by(_SERVICE.c.position)
        .limit(1)
    ).one_or_none()
    if row is None:
        raise UserError(N_("Böyle bir hizmet yok: {code}"), code=code)
    return Settled(
        place=work.standing(s, scope.site_id).place,
        offer=issuing.offer_of(row),
        unit_id=row.unit_id,
        unit_code=row.unit_code,
        header=site.header(s, scope),
        printer_id=ledger.printer_for(s, scope.site_id, ctx.actor.terminal_id),
        hours=opening.calendar(s, scope, row.service_id),
    )


def _kept(ctx: Context, name: Hashable, version: Hashable, make: Callable[[], T]) -> T:
    return ctx.db.known.get(ctx.actor.site_id, name, version, make)


def _is_open(ctx: Context, settled: Settled, version: int, now: datetime) -> bool:
    """Hours are whole minutes: what was said of this minute holds to its end."""
    name = ("open", settled.offer.id)
    minute = (id(settled.hours), version, now.replace(second=0, microsecond=0))
    return _kept(ctx, name, minute, lambda: opening.state_of(settled.hours, now).open)


def _promise(ctx: Context, scope: Scope, service_id: UUID, priority: bool) -> Promise:
    """What a newcomer is told; it opens its own look at the database, because it asks much more of it."""
    with ctx.db.read() as session:
        told = promises.promise(session, scope, service_id, priority)
        aging = present.is_aging(session, scope)
    if aging:
        ctx.db.beside.do(lambda: ctx.read(present.read_ahead))
    return told if isinstance(told, Promise) else Promise(*told)

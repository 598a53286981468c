"""What the kiosk can offer at this moment: who speaks, which services, how long they take, whether we are open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk.queue.types import ServiceQueue
from desk.registry.types import SiteHeader

if TYPE_CHECKING:  # imported with the first read: Qt paints before
    from desk.actions.context import Context

TILES = 6
"""Services on the start page; with more, five and a way to all of them."""

LOOK_AHEAD = timedelta(days=14)
"""How far the next opening is looked for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One look at the database, for all pages."""

    header: SiteHeader
    queues: tuple[ServiceQueue, ...]  # active services in the order of the kiosk
    open: bool
    opens_at: datetime | None  # the next opening, when closed and known
    staff_codes: frozenset[str]  # who may leave the kiosk, also while the database is away

    def tiles(self) -> tuple[ServiceQueue, ...]:
        """The services with a tile of their own on the start page."""
        own = tuple(queue for queue in self.queues if queue.service.kiosk)
        return own if len(own) <= TILES and len(own) == len(self.queues) else own[: TILES - 1]

    def shape(self) -> tuple:
        """What the start page is laid out by; all else only changes words on it."""
        return self.open, self.header, tuple((q.service.code, q.service.name, q.service.kiosk) for q in self.queues)

    @property
    def more(self) -> bool:
        """Whether there are services that have no tile on the start page."""
        return len(self.tiles()) < len(self.queues)


NOTHING_YET = Offer(SiteHeader("", "", "", "", "", ""), (), False, None, frozenset())


def load(ctx: Context) -> Offer:
    """Read the offer; belongs in a worker. Raises Fault when the database is away."""
    from desk.queue import opening, waiting
    from desk.registry import site

    def everything(session, scope) -> Offer:
        is_open, _ = opening.opening(session, scope)
        return Offer(
            header=site.header(session, scope),
            queues=waiting.queues(session, scope),
            open=is_open,
            opens_at=None if is_open else _next_opening(session, scope),
            staff_codes=frozenset(person.code for person in site.staff(session, scope)),
        )

    return ctx.read(everything)


def _next_opening(session, scope) -> datetime | None:
    """The first minute at which the site is open again: by half hours forward, then by minutes back."""
    from desk.queue import opening

    def is_open(at: datetime) -> bool:
        return opening.opening(session, replace(scope, now=at))[0]

    step = timedelta(minutes=30)
    at = scope.now.replace(second=0, microsecond=0)
    while at < scope.now + LOOK_AHEAD:
        at += step
        if is_open(at):
            while is_open(at - timedelta(minutes=1)):
                at -= timedelta(minutes=1)
            return at
    return None

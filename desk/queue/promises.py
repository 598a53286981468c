"""What a newcomer is told: the hall as it is now, played forward."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from desk.actor import Scope
from desk.models.session import Session
from desk.models.settings import setting
from desk.queue import announce, types, waiting
from desk.queue.forecast import ENOUGH_SERVED, told
from desk.queue.forward import Outlook, may_come_late, outlook, replications
from desk.queue.present import Present, present
from desk.queue.snapshot import NEVER, TicketNow
from desk.queue.types import Band, Forecast, Promise

TILE_REPLICATIONS = 32
"""A board asks for every service at once; its figures lose hardly anything (MAE 2.40 at 20, 2.36 at 200)."""


def promise(s: Session, scope: Scope, service_id: UUID, priority: bool) -> Promise:
    """What somebody is told who would take a number now."""
    here = present(s, scope)
    # A service that was made a moment ago is known with the next look at what moves slowly.
    code = here.slow.codes.get(service_id, "")
    return _promise(here, code, priority, replications(len(here.snapshot.waiting)))


def _promise(here: Present, service: str, priority: bool, times: int) -> Promise:
    known = here.promises.get((service, priority, times))
    if known is None:
        # The one of a board and the one of a press are two: each is the same until something changes.
        known = here.promises[service, priority, times] = promise_on(here, service, priority, times)
    return known


def promise_on(here: Present, service: str, priority: bool, times: int) -> Promise:
    """What a newcomer of the service is told at this moment; ``times``: how often to play."""
    slow, snapshot = here.slow, here.snapshot
    ahead, fresh = here.ahead(service, priority), slow.lesson.fresh
    found = outlook(snapshot, TicketNow(snapshot.now, service, priority), here.random(), times)
    if found is None:
        return Promise(ahead, learned=fresh)
    if found.at_once:
        return Promise(ahead, Band(0, 0), forecast=_kept(here, service, ahead, found, 0.0), learned=fresh)
    if slow.known.served.get(service, 0) < ENOUGH_SERVED:
        return Promise(ahead, learned=fresh)
    if found.missed > slow.hardly:
        return Promise(ahead, hardly_today=_is_certain(here, service), learned=fresh)
    if found.median == NEVER:
        return Promise(ahead, learned=fresh)
    promised = announce.promise(found, slow.known.k)
    band, window = told(snapshot.now, promised.median, promised.upper, slow.open_hours)
    kept = _kept(here, service, ahead, found, promised.upper)
    return Promise(ahead, band, window, forecast=kept, learned=fresh)


def _is_certain(here: Present, service: str) -> bool:
    """Whether nobody may come after all: without a roster nobody knows who does, with one a counter may be late."""
    slow = here.slow
    if not any(service in counter.services for counter in here.snapshot.counters):
        return all(number in slow.rostered for number, skills in slow.skills.items() if service in skills)
    return not may_come_late(here.snapshot, service)


def _kept(here: Present, service: str, ahead: int, found: Outlook, upper: float) -> Forecast:
    site_rule = here.slow.rule
    return Forecast(
        rule=site_rule.name,
        rule_version=site_rule.version,
        median=round(found.median, 3),
        upper=round(upper, 3),
        sd=round(found.sd, 3),
        k=round(here.slow.known.k, 4),
        replications=found.replications,
        shadow=round(here.shadow(service, ahead), 3),
        waiting=sum(one.service == service for one in here.snapshot.waiting),
        counters_open=len(here.counters_open(service)),
    )


def queues(s: Session, scope: Scope) -> tuple[types.ServiceQueue, ...]:
    """Every active service with those who wait and what a newcomer would be told."""
    standing = waiting.queues(s, scope)
    crowded = setting(s, scope.site_id, "crowded_minutes", 25)
    here = present(s, scope)
    times = min(TILE_REPLICATIONS, replications(len(here.snapshot.waiting)))
    return tuple(_with_promise(here, queue, times, crowded) for queue in standing)


def _with_promise(here: Present, queue: types.ServiceQueue, times: int, crowded: float) -> types.ServiceQueue:
    code = queue.service.code
    told_now = _promise(here, code, False, times)
    upper = told_now.band.high if told_now.band else told_now.forecast.upper if told_now.forecast else 0
    return replace(
        queue,
        forecast=told_now.band,
        busy=told_now.hardly_today or upper > crowded,
        window=told_now.window,
        hardly_today=told_now.hardly_today,
        counters_open=len(here.counters_open(code)),
    )

"""One day's agenda, and what everybody on it shares."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from desk.actions.simulation.book import Book
from desk.actions.simulation.place import Hours, Place


@dataclass(slots=True)
class Stage:
    """Moments and what happens then, in the order of time; ``now`` is the moment that is played."""

    place: Place
    day: date
    hours: Hours
    chance: Random
    book: Book
    until: datetime  # nothing is simulated that happens then or later
    now: datetime = field(init=False)
    midnight: datetime = field(init=False)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.midnight = datetime.combine(self.day, time(), self.place.zone).astimezone(UTC)
        self.now = self.midnight

    def minute(self) -> float:
        """Minutes after midnight on the site's clock (which Türkiye has not turned since 2016)."""
        return (self.now - self.midnight).total_seconds() / 60

    def at(self, minute: float, what: Callable[[], None]) -> None:
        """Let something happen at a minute after midnight."""
        moment = self.midnight + timedelta(minutes=minute)
        heapq.heappush(self._agenda, (max(moment, self.now), next(self._order), what))

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (self.now + timedelta(seconds=seconds), next(self._order), what))

    def play(self) -> None:
        """Everything that is on the agenda, and what comes onto it meanwhile."""
        agenda = self._agenda
        while agenda:
            self.now, _, what = heapq.heappop(agenda)
            what()

"""The one "now".

Time is UTC everywhere below the screens; ``local()`` gives the site's wall clock for people. Nothing else in
the program asks the operating system for the date.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ISTANBUL = ZoneInfo("Europe/Istanbul")


class Clock(Protocol):
    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock, shifted by ``offset`` (the database server's clock minus ours)."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset


class SetClock:
    """A clock set by hand, for the tour, the simulation and the tests.

    With ``running`` it goes on from the set moment at the pace of the machine; else it stands still until
    ``advance()``.
    """

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._start = start.astimezone(UTC)
        self._origin = time.monotonic() if running else None

    def now(self) -> datetime:
        if self._origin is None:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._origin)

    def advance(self, **duration: float) -> None:
        """Move on by a ``timedelta`` given in keywords: ``advance(minutes=5)``."""
        self._start += timedelta(**duration)

    def set(self, moment: datetime) -> None:
        self._start = moment.astimezone(UTC)
        if self._origin is not None:
            self._origin = time.monotonic()


def local(moment: datetime, zone: ZoneInfo = ISTANBUL) -> datetime:
    """``moment`` on the site's wall clock."""
    return moment.astimezone(zone)


def local_date(moment: datetime, zone: ZoneInfo = ISTANBUL) -> date:
    return local(moment, zone).date()

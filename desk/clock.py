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
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ServerClock:
    """The database server's clock: as it said when it was asked, and how long that is ago.

    The machine's own clock plays no part, so setting it wrongly, or right, changes nothing.
    """

    def __init__(self, server: datetime) -> None:
        self.set(server)

    def set(self, server: datetime) -> None:
        """The server was asked just now."""
        self._anchor = server, _uptime()

    def age(self) -> float:
        """Seconds since the server was asked."""
        return _uptime() - self._anchor[1]

    def now(self) -> datetime:
        server, asked = self._anchor
        return (server + timedelta(seconds=_uptime() - asked)).astimezone(UTC)


def _uptime() -> float:
    """Seconds that nobody can set; on Linux they go on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


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

"""Which call the hall shows, for how long, and what comes next. Pure: no Qt, no database, times are given.

Every call is shown at least ``SHOWN_SECONDS``; while one is on, later ones wait their turn, so that none is
overwritten and none is lost. The place reached in the change log is kept in a small file: after a restart the calls
made meanwhile are shown too, those older than ``FRESH`` only in the list.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from desk.errors import Fault
from desk.files import write_whole
from desk.queue.types import Call

SHOWN_SECONDS = 6.0
"""How long a call stays alone on the screen while others wait (screens.md, "Hall")."""

FRESH = timedelta(minutes=2)
"""A call made while the display was down is still announced when it is not older than this."""

LISTED = 5
"""Calls under "Son çağrılar"."""


class CallQueue:
    """The calls of one hall display. ``steady`` times are seconds of a clock that never jumps."""

    def __init__(self) -> None:
        self.current: Call | None = None
        self.recent: list[Call] = []
        """Newest first, one per number, without the current one."""
        self.cursor = 0
        """The last call taken in: what is asked of the change log next."""
        self.shown = 0
        """The last call that was on the screen: what is kept over a restart."""
        self._waiting: deque[Call] = deque()
        self._since = float("-inf")

    @property
    def waiting(self) -> int:
        """Calls that are known and not shown yet."""
        return len(self._waiting)

    def begin(self, listed: Iterable[Call], missed: Iterable[Call], cursor: int, now: datetime) -> None:
        """Start with what the day already has.

        ``listed`` are the newest calls (newest first, one per number), ``missed`` those after the kept cursor (oldest
        first; empty on a first start), ``cursor`` the end of the change log that both were read at.
        """
        fresh = [call for call in missed if now - call.at <= FRESH]
        announced = {call.seq for call in fresh}
        quiet = [call for call in listed if call.seq not in announced]
        self.current = quiet[0] if quiet else None
        self.recent = quiet[1 : LISTED + 1]
        self.shown = self.current.seq if self.current else 0
        self._since = float("-inf")
        self._waiting = deque(fresh)
        self.cursor = max([cursor, *(call.seq for call in fresh)])

    def add(self, calls: Iterable[Call]) -> None:
        """Take in calls read after ``cursor``, oldest first; what was already taken in is passed over."""
        for call in calls:
            if call.seq > self.cursor:
                self.cursor = call.seq
                self._waiting.append(call)

    def pass_over(self, seq: int, calls: Iterable[Call]) -> None:
        """Take in the calls of this display out of everything that was called up to ``seq``."""
        self.add(calls)
        self.cursor = max(self.cursor, seq)

    def advance(self, steady: float) -> Call | None:
        """Show the next call when its time has come; returns it, or None when nothing changes."""
        if not self._waiting or self.remaining(steady) > 0:
            return None
        self._list_current()
        self.current = self._waiting.popleft()
        self.recent = [call for call in self.recent if call.ticket_id != self.current.ticket_id]
        self.shown, self._since = self.current.seq, steady
        return self.current

    def remaining(self, steady: float) -> float:
        """Seconds the current call still has for itself; 0 when the next may come."""
        return max(0.0, self._since + SHOWN_SECONDS - steady)

    def clear(self) -> None:
        """A new day has begun: nothing of yesterday stays on the screen."""
        self.current, self.recent = None, []

    def _list_current(self) -> None:
        if self.current is not None:
            others = [call for call in self.recent if call.ticket_id != self.current.ticket_id]
            self.recent = [self.current, *others][:LISTED]


class Bookmark:
    """The file that keeps, per site, the last call that was on the screen."""

    def __init__(self, folder: Path, site_id: UUID) -> None:
        self._path = folder / f"hall-{site_id.hex[-12:]}.json"

    def load(self) -> int | None:
        """The kept place; None on the first start or when the file cannot be read (then nothing is announced)."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))["shown"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def save(self, shown: int) -> bool:
        """Keep the place; False when the disk refuses (the display goes on without)."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps({"shown": shown}).encode())
        except (OSError, Fault):
            return False
        return True

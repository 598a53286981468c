"""Whether anybody has committed to a SQLite file since, for a hundredth of what a look at its tables costs.

Threads that look every second or oftener for what other programs wrote ask here first: a machine at which nobody does
anything shall do nothing either. SQLite counts commits itself (https://sqlite.org/pragma.html#pragma_data_version).
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path


class Pulse:
    """A connection of its own: the count leaves out what the asking connection wrote, and this one never writes."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # never makes a file that was deleted
        self._connection: sqlite3.Connection | None = None
        self._opened = 0
        self._ended = False
        self._lock = threading.Lock()

    def beat(self) -> tuple[int, int] | None:
        """Another value whenever there was a commit in between, of any program; None when it cannot be told."""
        with self._lock:
            if self._ended:
                return None
            try:
                if self._connection is None:
                    self._connection = sqlite3.connect(
                        self._address, uri=True, isolation_level=None, timeout=0, check_same_thread=False
                    )
                    self._opened += 1
                [(count,)] = self._connection.execute("PRAGMA data_version").fetchall()
            except sqlite3.Error:
                self._close()
                return None
            return self._opened, count

    def stop(self) -> None:
        """No more connection from now on."""
        with self._lock:
            self._ended = True
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

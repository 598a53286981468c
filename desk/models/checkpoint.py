"""SQLite's write-ahead log is copied into its database beside the work, not in the commit of whoever comes thousandth.

A registration writes 27 pages: by SQLite's own rule (every 1000 pages, within a commit) one in forty waited 10 to 25 ms
for the disk. A PASSIVE checkpoint keeps nobody waiting (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

EVERY = 8
"""Commits of this process after which it looks whether anybody has made a checkpoint meanwhile. Eight programs on one
file make sixty and more between two checkpoints; one alone must not double what its disk has to write. A log that is
copied begins at its beginning again, and a commit that overwrites costs 0.6 times one that lengthens the file."""

PAUSE_SECONDS = 3.0
"""At least so long between two checkpoints, whoever makes them: a commit beside one waits for the same disk."""

MANY = 64
"""Commits of this process after which it does not wait any longer: its log is still a third of ``AT_LAST`` then, and
begins at its beginning again before a commit must see to it."""

AGAIN = 3
"""What was written meanwhile is copied too, in a moment: only a log that is copied whole begins at its beginning."""

AT_LAST = 5000
"""Pages after which a commit does it itself (SQLite's own limit is 1000): where somebody writes without a pause, the
thread never finds the log at rest, and copies all but its end."""


class Checkpoints:
    """Told of every commit by ``note``; its thread begins with the first checkpoint and ends with ``stop``."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # never makes a file that was deleted
        self._commits = 0
        self._copied_at: float | None = None  # when the file was last written, as far as this process has seen
        self._wanted = threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    def note(self) -> None:
        """One more commit is done."""
        self._commits += 1
        if self._commits % EVERY or self._done_meanwhile():
            return
        self._commits = 0
        if self._thread is None:
            self._ended = False
            self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
            self._thread.start()
        self._wanted.set()

    def _done_meanwhile(self) -> bool:
        """Whether another one was made, or a moment ago: nothing else writes into the file itself."""
        try:
            copied_at = os.stat(self._path).st_mtime  # noqa: PTH116 - a path object doubles what it costs
        except OSError:
            return True  # gone: the next press says it
        known, self._copied_at = self._copied_at, copied_at
        if known not in (None, copied_at):
            self._commits = 0
            return True
        return self._commits < MANY and 0 <= time.time() - copied_at < PAUSE_SECONDS

    def stop(self) -> None:
        """Make the last one, and wait for it."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._ended = True
            self._wanted.set()
            thread.join()

    def _run(self) -> None:
        while not self._ended:
            self._wanted.wait()
            self._wanted.clear()
            with suppress(sqlite3.Error):  # gone, read-only, full: the next commit finds out and says it
                self._copy()
            self._copied_at = None  # what it is now is of our own making

    def _copy(self) -> None:
        connection = sqlite3.connect(self._address, uri=True, isolation_level=None)
        try:
            before = -1
            for _ in range(AGAIN):
                busy, written, _copied = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if busy or written == before:
                    return
                before = written
        finally:
            connection.close()

"""SQLite's write-ahead log is copied into its database beside the work, not in the commit of whoever comes thousandth.

A registration writes 65 pages: by SQLite's own rule (every 1000 pages, within a commit) one in fifteen waited 10 to
25 ms for the disk. A PASSIVE checkpoint keeps nobody waiting (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

EVERY = 200
"""Commits of this process between two checkpoints."""

AT_LAST = 5000
"""Pages after which a commit does it itself, where nobody else came to it (SQLite's own limit is 1000)."""


class Checkpoints:
    """Told of every commit by ``note``; its thread begins with the first checkpoint and ends with ``stop``."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=rw"  # never makes a file that was deleted
        self._commits = 0
        self._wanted = threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    def note(self) -> None:
        """One more commit is done."""
        self._commits += 1
        if self._commits % EVERY:
            return
        if self._thread is None:
            self._ended = False
            self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
            self._thread.start()
        self._wanted.set()

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

    def _copy(self) -> None:
        connection = sqlite3.connect(self._address, uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        finally:
            connection.close()

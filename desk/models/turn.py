"""Waiting for one's turn to write into a SQLite file.

SQLite's own way of waiting sleeps up to 100 ms at a time: with eight counters a call then took 60 ms that needs 5. Here
another look is taken after half a millisecond, by the driver itself: who waits takes no processor from whoever writes.
"""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection

from desk.models.prepared import driver_of, wrapped

QUICK_LOOK, SLOW_LOOK = 0.0005, 0.005
"""Seconds between two looks whether the writer before us is done."""

SOON = 0.1
"""Seconds after which looks are slow."""


def begin_alone(connection: Connection, statement: str, busy_seconds: float) -> None:
    """Begin (``statement``) as the only writer; raises SQLAlchemy's OperationalError after ``busy_seconds``."""
    begin, begun = driver_of(connection).execute, time.monotonic()
    while True:
        try:
            begin(statement)
            return
        except sqlite3.Error as error:
            waited = time.monotonic() - begun
            if "locked" not in str(error) or waited > busy_seconds:
                raise wrapped(connection, statement, error) from error
        time.sleep(QUICK_LOOK if waited < SOON else SLOW_LOOK)

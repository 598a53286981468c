"""How a database is filled with very many rows: what is set aside meanwhile, on either engine."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text

from desk.models.engine import Database
from desk.models.prepared import run


@contextmanager
def in_bulk(db: Database, *, empty: bool) -> Iterator[None]:
    """On SQLite: more room for pages, fewer checkpoints, and no look at the parent for each of a million rows.

    An ``empty`` database is also filled without waiting for the disk and without writing every page twice (first into
    the log): a power cut then costs a file that can be made anew; when the filling is over everything is on the disk.
    ``desk db check`` looks at all parents. The connections that were set so are closed at the end.
    """
    if not db.is_sqlite:
        yield
        return
    pragmas = ["foreign_keys=OFF", "cache_size=-200000", "wal_autocheckpoint=50000"]
    if empty:
        pragmas += ["synchronous=OFF"]

    def prepare(connection: Any, *_: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        if empty:
            with suppress(sqlite3.OperationalError):  # a window has the file open: then its log stays
                connection.execute("PRAGMA journal_mode=MEMORY")

    db.close()
    told, db.after_commit[:] = list(db.after_commit), []  # no checkpoints beside the work
    event.listen(db.writer, "checkout", prepare)
    try:
        yield
    finally:
        event.remove(db.writer, "checkout", prepare)
        db.after_commit[:] = told
        db.close()
        with db.connect() as connection:  # synchronous again: the log is on the disk, then what it holds
            run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        if empty:
            _to_disk(db.path)


def _to_disk(path: Path | None) -> None:
    """What the system still holds of the file is on the disk when this returns."""
    if path is not None:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def trust_parents(connection: Connection) -> None:
    """PostgreSQL: no look at the parent for each of millions of rows, where we may ask for that (its administrator).

    For the running transaction only.
    """
    if connection.dialect.name == "postgresql":
        asked = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if connection.execute(asked).scalar():
            connection.execute(text("SET LOCAL session_replication_role = replica"))


@contextmanager
def without_collector() -> Iterator[None]:
    """A day's hundred thousand rows live until it is written: looking through them for cycles took half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

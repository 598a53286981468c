"""What a program in use has and one that was just begun has not: its collector settled, its database in memory."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from desk import app
from desk.models.engine import Database

_PIECE = 4 << 20


def settle_down() -> None:
    """For a process of its own: the collector works as in every window of the program (``app.settle_down``), by the
    clock, not in the middle of a press."""
    gc.freeze()
    gc.disable()

    def collect() -> None:
        while True:
            time.sleep(app.COLLECT_MS / 1000)
            app.collect()

    threading.Thread(target=collect, daemon=True).start()


@contextmanager
def collector_waits() -> Iterator[None]:
    """What is measured is collected afterwards, as the program does beside its presses."""
    was_on = gc.isenabled()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def read_in(db: Database) -> float:
    """Bring the files of a database on this machine into its memory, where a day's work finds them; gigabytes.

    A server elsewhere, or one whose files may not be read, stays as it is: 0.
    """
    read = 0
    for path in _files(db):
        try:
            with path.open("rb", buffering=0) as file:
                while piece := file.read(_PIECE):
                    read += len(piece)
        except OSError:  # a table that went meanwhile, or another user's
            continue
    return read / 1e9


def _files(db: Database) -> Iterator[Path]:
    if db.path is not None:
        yield db.path
        return
    with db.read() as session:
        folder = Path(session.execute(text("SHOW data_directory")).scalar_one())
        number = session.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    base = folder / "base" / str(number)
    if base.is_dir():
        yield from base.iterdir()

"""What was written stands in the database's own file soon, without anybody waiting for it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desk.models.checkpoint import EVERY, MANY, Checkpoints


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "danisma.db"


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    """Stays open: the last one to close a file would copy the log itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "wal_autocheckpoint=0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE press (id INTEGER PRIMARY KEY)")
        yield connection


def in_the_file_alone(path: Path) -> int:
    alone = path.with_name("alone.db")
    shutil.copy(path, alone)
    with closing(sqlite3.connect(alone)) as connection:
        found: int = connection.execute("SELECT count(*) FROM press").fetchone()[0]
    return found


def press(writer: sqlite3.Connection, checkpoints: Checkpoints, times: int) -> None:
    for _ in range(times):
        writer.execute("INSERT INTO press DEFAULT VALUES")
        checkpoints.note()


def test_a_rush_of_presses_is_copied_whole(path: Path, writer: sqlite3.Connection) -> None:
    checkpoints = Checkpoints(path)
    press(writer, checkpoints, MANY)
    checkpoints.stop()
    assert in_the_file_alone(path) == MANY


def test_the_log_begins_again_and_does_not_grow(path: Path, writer: sqlite3.Connection) -> None:
    log = path.with_name("danisma.db-wal")
    sizes = []
    for _ in range(4):
        checkpoints = Checkpoints(path)
        press(writer, checkpoints, MANY)
        checkpoints.stop()
        sizes.append(log.stat().st_size)
    assert sizes[-1] == sizes[0]


def test_a_few_presses_do_not_make_the_disk_write_twice(path: Path, writer: sqlite3.Connection) -> None:
    checkpoints = Checkpoints(path)
    press(writer, checkpoints, EVERY)  # the file itself was written a moment ago
    checkpoints.stop()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        in_the_file_alone(path)


def test_a_file_that_is_gone_keeps_nobody_from_going_on(path: Path, writer: sqlite3.Connection) -> None:
    checkpoints = Checkpoints(path)
    path.unlink()
    press(writer, checkpoints, MANY)
    checkpoints.stop()
    assert not path.exists()

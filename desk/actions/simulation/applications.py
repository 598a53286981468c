"""Very many applications at once, for measuring: what a large municipality has after years, as registering leaves it.

Names are clearly nobody's. Every record has what ``applications.register`` writes (person, application, the channel's
fields, its events, search text) and, where it is ended, the event of its end; ``tests`` compare the two. The summaries
are not counted, so this is no sample for reports.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, event, text

from desk.actions.simulation.application_rows import Maker, Rows
from desk.models import application as tables
from desk.models import case
from desk.models.bulk import insert_rows
from desk.models.engine import Database
from desk.models.numbers import CodeKind, next_number
from desk.models.visit import Person

_TABLES: tuple[Table, ...] = (
    Person.__table__, tables.Application.__table__, case.ApplicationDetail.__table__,
    tables.ApplicationEvent.__table__, case.ApplicationSearch.__table__,
)  # fmt: skip
"""In the order in which they refer to each other, as ``Maker.rows`` gives their rows."""

CHUNK = 20_000


def fill(db: Database, count: int, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> None:
    """Write ``count`` applications of the years before today into an office that is filled from the template.

    Indexes are made anew at the end, which is ten times faster than keeping them. Nobody else may use the database.
    """
    maker = Maker(db, count, seed)
    with _in_bulk(db), _without_collector():
        with _indexes_last(db):
            for at in range(0, count, CHUNK):
                _write(db, maker.rows(at, min(CHUNK, count - at)))
                if progress:
                    progress(min(at + CHUNK, count), count)
        with db.write() as session:
            for year, serial in maker.serials.items():
                next_number(session, maker.site_id, "record", str(year), serial)
            next_number(session, maker.site_id, f"scan:{int(CodeKind.APPLICATION)}", "", count)
    if not db.is_sqlite:  # the server does this by itself some time after so many rows
        with db.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in _TABLES:
                connection.exec_driver_sql(f"VACUUM ANALYZE {table.name}")


def _write(db: Database, rows: Rows) -> None:
    with db.write() as session:
        if not db.is_sqlite:
            _trust_parents(session.connection())
        for table, found in zip(_TABLES, rows, strict=True):
            insert_rows(session, table, found)


def _trust_parents(connection: Connection) -> None:
    """PostgreSQL: no look at the parent for each of millions of rows, where we may ask for that (its administrator)."""
    if connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
        connection.execute(text("SET LOCAL session_replication_role = replica"))


@contextmanager
def _in_bulk(db: Database) -> Iterator[None]:
    """On SQLite: room for pages, few checkpoints, no waiting for the disk; it is a copy that can be made anew."""
    if not db.is_sqlite:
        yield
        return

    def prepare(connection: Any, *_: object) -> None:
        for pragma in ("foreign_keys=OFF", "cache_size=-400000", "wal_autocheckpoint=50000", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    db.close()
    event.listen(db.writer, "checkout", prepare)
    try:
        yield
        with db.writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    finally:
        event.remove(db.writer, "checkout", prepare)
        db.close()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Looking through a hundred thousand living rows for cycles takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _indexes_last(db: Database) -> Iterator[None]:
    """Without indexes and search triggers while rows are written; they come back as they were."""
    with db.write() as session:
        found = (_take_sqlite if db.is_sqlite else _take_postgresql)(session.connection())
    yield
    with db.write() as session:
        connection = session.connection()
        if not db.is_sqlite:
            connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
            connection.execute(text("SELECT setval(pg_get_serial_sequence('application_search', 'doc'), max(doc)) "
                                    "FROM application_search"))  # fmt: skip
        for statement in found:
            connection.exec_driver_sql(statement)


def _take_sqlite(connection: Connection) -> list[str]:
    names = ", ".join(f"'{table.name}'" for table in _TABLES)
    rows = connection.execute(
        text(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger') "
            f"AND tbl_name IN ({names})"
        )
    ).all()
    for row in rows:
        connection.exec_driver_sql(f"DROP {row.type} {row.name}")
    indexes = [row.sql for row in rows if row.type == "index"]
    searched = [
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')"
        for name in case.SEARCH_INDEXES
        if connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = :name"), {"name": name}).first()
    ]
    return indexes + searched + [row.sql for row in rows if row.type == "trigger"]


def _take_postgresql(connection: Connection) -> list[str]:
    """Those of constraints stay: other tables lean on them."""
    rows = connection.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
            "AND tablename = ANY(:tables) "
            "AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conname IS NOT NULL)"
        ),
        {"tables": [table.name for table in _TABLES]},
    ).all()
    for row in rows:
        connection.exec_driver_sql(f'DROP INDEX "{row.indexname}"')
    return [row.indexdef for row in rows]

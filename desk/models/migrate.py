"""Bringing a database to this program's revision, once, safely.

Three windows start at once on a fresh machine: one migrates, the others wait at the lock. A SQLite file is copied
first; migrations run with foreign keys off (a batch rebuild with them on deleted all cascading children) and the
keys are checked before the commit. A database newer than the program is refused. The everyday version check reads
one row and does not import alembic (360 ms).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from desk.errors import N_, Fault, UserError
from desk.models.engine import Database, as_fault

HEAD = "0017"
"""The revision this program writes; a test holds it against the newest migration."""

_ITS_TABLE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT to_regclass('alembic_version')",
}
"""Whether the table of the revision is there: asked at every start, for which no inspector needs to be made."""

LOCK_SECONDS = 60
_ADVISORY_LOCK = 730_153_001


def revision(db: Database) -> str | None:
    """The database's revision; None when nothing was ever created in it.

    Raises UserError for a SQLite file that holds the tables of another program.
    """
    if db.path is not None and not db.path.exists():
        return None
    with db.read() as session:
        connection = session.connection()
        if connection.execute(text(_ITS_TABLE[connection.dialect.name])).scalar() is None:
            if db.is_sqlite and inspect(connection).get_table_names():
                raise UserError(N_("Bu dosya bir Danışma veri tabanı değil."))
            return None
        value: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return value


def refuse_newer(found: str | None) -> None:
    """Raise UserError when a newer program has already been here."""
    if found is not None and found > HEAD:
        raise UserError(
            N_("Veri tabanı bu programdan daha yeni (sürüm {found}, program {head}). Programı güncelleyiniz."),
            found=found,
            head=HEAD,
        )


def upgrade(db: Database) -> str | None:
    """Create or upgrade; returns the revision it was at before. Nothing is done when it is up to date."""
    found = revision(db)
    refuse_newer(found)
    if found == HEAD:
        return found
    with alone(db):
        found = revision(db)  # somebody else may have done it while we waited
        refuse_newer(found)
        if found != HEAD:
            if found is not None:
                _copy(db, found)
            _run(db)
    return found


def _run(db: Database) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine(db.writer.url, hide_parameters=True)
    if db.is_sqlite:
        event.listen(engine, "connect", _for_migration)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    try:
        with as_fault(), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_keys(db, connection)
    finally:
        engine.dispose()


def _for_migration(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=OFF")


def _check_keys(db: Database, connection: Connection) -> None:
    if not db.is_sqlite:
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Fault(
            N_("Veri tabanı yükseltilemedi: {count} kayıt bağlantısı bozuk. Eski sürüm korundu."), count=len(broken)
        )


def _copy(db: Database, found: str) -> None:
    """A whole copy beside the file, by SQLite's own backup (a plain copy would miss the -wal)."""
    path = db.path
    if path is None:
        return
    target = path.with_name(f"{path.stem}-{found}-yedek{path.suffix}")
    source = sqlite3.connect(path)
    try:
        copy = sqlite3.connect(target)
        with copy:
            source.backup(copy)
        copy.close()
    except sqlite3.Error as error:
        raise Fault(N_("Yükseltmeden önce yedek alınamadı: {reason}"), reason=error) from error
    finally:
        source.close()


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """Only one process creates, migrates or fills. The lock of a killed process is freed by the system."""
    if db.path is not None:
        guard = _locked(db.path.with_name(f"{db.path.name}.lock"))
        try:
            yield
        finally:
            guard.close()
        return
    with as_fault(), db.writer.connect() as connection:
        # An upgrade may take longer than an everyday writer waits.
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        connection.commit()  # the lock belongs to the session, not to the transaction
        try:
            yield
        finally:
            try:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
                connection.commit()
            except DBAPIError:
                connection.invalidate()


def _locked(path: Path) -> sqlite3.Connection:
    """The open lock file of a SQLite database. Raises Fault when another process keeps it or it cannot be made."""
    try:
        guard = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Fault(N_("Veri tabanını şu anda başka bir pencere hazırlıyor; biraz sonra deneyiniz.")) from error
        raise Fault(N_("Veri tabanı dosyası açılamıyor. Klasör iznini ve diski denetleyiniz.")) from error
    return guard

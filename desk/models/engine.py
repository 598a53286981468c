"""The one place that knows SQLite from PostgreSQL.

SQLite runs in WAL with ``synchronous=FULL`` (in simulated power cuts NORMAL lost acknowledged tickets in 23 of 30
trials, FULL in none); writers begin with BEGIN IMMEDIATE, because a transaction that starts reading and then
writes fails at once with "locked" whatever the time-out; readers have an engine of their own and never wait.
"""

from __future__ import annotations

import os
import re
import select
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, OperationalError

from desk.clock import Clock, ServerClock, SystemClock
from desk.errors import N_, Fault, UserError
from desk.files import reason_of
from desk.models.beside import Beside
from desk.models.checkpoint import AT_LAST, Checkpoints
from desk.models.known import Known
from desk.models.prepared import call, end, end_look, in_one_go, one_by_one, only_reads
from desk.models.pulse import Pulse
from desk.models.session import Session
from desk.models.turn import begin_alone

BUSY_SECONDS = 5
"""How long a writer waits for another one before it says so, unless a database is opened with less."""

CLOCK_SECONDS = 300.0
"""How often a PostgreSQL server is asked for its time."""

AT_HAND = 2
"""Connections kept ready for the next press, beside the pool."""

CUT_CABLE: dict[str, Any] = {
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
"""Milliseconds and seconds after which a silent server counts as gone; the system alone waits a quarter of an hour."""


class Database:
    """Both engines of one database, and its clock.

    ``after_commit`` callables are told of every commit of this process (the change feed wakes by them).
    ``busy_seconds`` is how long a writer waits for another one.
    """

    def __init__(self, url: str, clock: Clock | None = None, *, busy_seconds: float = BUSY_SECONDS) -> None:
        try:
            given = make_url(url)
        except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
            shown = re.sub(r"//[^@/]*@", "//…@", url)  # without the password
            raise UserError(N_("Veri tabanı adresi anlaşılamadı: {url}"), url=shown) from error
        self.dialect = given.get_backend_name()
        if self.dialect not in ("sqlite", "postgresql"):
            raise UserError(N_("Bu veri tabanı desteklenmiyor: {name}"), name=self.dialect)
        self.url = given.set(drivername=self.dialect)  # which driver it is, is ours to know
        self.busy_seconds = busy_seconds
        self.after_commit: list[Callable[[], None]] = []
        self.known = Known()
        self.beside = Beside()
        self._at_hand: list[Connection] = []
        self._same_file: _SameFile | None = None
        self._checkpoints: Checkpoints | None = None
        self._pulse: Pulse | None = None
        self._writer, self._reader = self._sqlite_engines() if self.is_sqlite else self._postgresql_engines()
        self.clock: Clock = clock or (SystemClock() if self.is_sqlite else self._server_clock())

    @property
    def is_sqlite(self) -> bool:
        return self.dialect == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def writer(self) -> Engine:
        return self._writer

    def now(self) -> datetime:
        return self.clock.now()

    def beat(self) -> object | None:
        """Another value whenever there was a commit in between, of any program; None where only a look can tell (on
        PostgreSQL, and of a file that was deleted or replaced: a look says so)."""
        if self._pulse is None or (self._same_file is not None and not self._same_file.is_it()):
            return None
        return self._pulse.beat()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """The connection that writes, before it begins: a ``Query`` warms the pages that a transaction needs next."""
        with as_fault(self.busy_seconds):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def transaction(self, connection: Connection | None = None, *, in_haste: bool = False) -> Iterator[Transaction]:
        """Like ``write``, on a connection of ``connect()`` when one is given; the ORM is made only when it is used.

        ``in_haste``: on PostgreSQL statements do not wait for each other's answers (see ``prepared.in_one_go``), on a
        connection that has looked at something before.
        """
        with as_fault(self.busy_seconds):
            held = connection or self._take()
            try:
                made = Transaction(held, self._begin)
                try:
                    self._tell_time(held)
                    with in_one_go(held) if in_haste and _is_open(held) and not self.is_sqlite else nullcontext():
                        yield made
                        made.commit()
                except BaseException:
                    made.roll_back()
                    raise
            finally:
                if connection is None:
                    self._give_back(held)
        for told in self.after_commit:
            told()

    def _take(self) -> Connection:
        """The connection last given back, else one of the pool (whose own way costs 80 µs)."""
        while self._at_hand:
            connection = self._at_hand.pop()
            if self.is_sqlite or _is_standing(connection.connection.driver_connection):
                return connection
            connection.invalidate()
            connection.close()
        return self._writer.connect()

    def _give_back(self, connection: Connection) -> None:
        if connection.closed or connection.invalidated or connection.in_transaction() or len(self._at_hand) >= AT_HAND:
            connection.close()
            return
        if _is_open(connection):  # only looked
            call(connection, "rollback")
        self._at_hand.append(connection)

    def _begin(self, connection: Connection) -> None:
        if self._same_file is not None:
            self._same_file.check()
            if not _is_open(connection):
                begin_alone(connection, "BEGIN IMMEDIATE", self.busy_seconds)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any exception, told to ``after_commit``.

        What is written here is not in the change log: whatever this process keeps of the settings is read anew.
        """
        with self.transaction() as made:
            yield made.session
        self.known.forget()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent look at the database; what is changed in it is thrown away (PostgreSQL refuses it)."""
        with as_fault(self.busy_seconds), self._reader.connect() as connection:
            connection.begin()
            session = Session(connection)
            try:
                yield session
                end_look(connection)
            finally:
                session.close()

    def close(self) -> None:
        self.beside.stop()
        while self._at_hand:
            self._at_hand.pop().close()
        if self._checkpoints is not None:
            self._checkpoints.stop()
        if self._pulse is not None:
            self._pulse.stop()
        self._writer.dispose()
        self._reader.dispose()

    def _sqlite_engines(self) -> tuple[Engine, Engine]:
        if self.path in (None, Path(":memory:")):
            raise UserError(N_("Bellekteki veri tabanı kullanılamaz; bir dosya adı veriniz."))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Fault(
                N_("Veri klasörü açılamıyor: {path} ({reason})"), path=self.path.parent, reason=reason_of(error)
            ) from error
        self._same_file = same_file = _SameFile(self.path)
        self._checkpoints = Checkpoints(self.path)
        self._pulse = Pulse(self.path)
        self.after_commit.append(self._checkpoints.note)
        engines = []
        for begin in ("BEGIN IMMEDIATE", "BEGIN"):
            connect_args = {"timeout": self.busy_seconds, "check_same_thread": False}
            engine = create_engine(self.url, connect_args=connect_args, hide_parameters=True)
            engine.dialect.statement_compiler = _SaysWhichIndex
            event.listen(engine, "do_connect", same_file.check)
            event.listen(engine, "connect", _sqlite_preparation(self.busy_seconds, writes=begin != "BEGIN"))
            event.listen(engine, "connect", same_file.remember)
            event.listen(engine, "begin", same_file.check)
            event.listen(engine, "begin", _begin_with(begin, self.busy_seconds))
            engines.append(engine)
        return engines[0], engines[1]

    def _postgresql_engines(self) -> tuple[Engine, Engine]:
        url = self.url.set(drivername="postgresql+psycopg")
        # Parameters hold names and identity numbers: no error carries them into a log.
        given = {"connect_timeout": BUSY_SECONDS} | CUT_CABLE
        options: dict[str, Any] = {"connect_args": given, "hide_parameters": True}
        writer = create_engine(url, **options)
        prepare = _postgresql_preparation(self.busy_seconds)
        self._watch(writer, prepare)
        event.listen(writer, "before_cursor_execute", one_by_one)
        # A read sees one moment, as on SQLite: board, counters and counts of one screen agree.
        reader = create_engine(url, isolation_level="REPEATABLE READ", **options)
        self._watch(reader, prepare)
        event.listen(reader, "connect", only_reads)
        return writer, reader

    def _watch(self, engine: Engine, prepare: Callable[[Any, object], None]) -> None:
        from desk.models.patience import PatientConnection

        @event.listens_for(engine, "do_connect")
        def connect(_dialect: object, _record: object, args: Any, options: Any) -> Any:
            return PatientConnection.connect(*args, **options)

        event.listen(engine, "connect", prepare)
        event.listen(engine, "checkout", _refuse_dropped)

    def _server_clock(self) -> ServerClock:
        """The server's clock: forty desks must not disagree about who came first."""
        with as_fault(), self._writer.connect() as connection:
            return ServerClock(connection.execute(_SERVER_NOW).scalar_one())

    def _tell_time(self, connection: Connection) -> None:
        """Ask the server again when it is long ago; in the thread of a press, before its transaction counts."""
        clock = self.clock
        if isinstance(clock, ServerClock) and clock.age() > CLOCK_SECONDS:
            clock.set(connection.execute(_SERVER_NOW).scalar_one())


_SERVER_NOW = text("SELECT clock_timestamp()")


class _SaysWhichIndex(SQLiteCompiler):
    """``select.with_hint(table, "INDEXED BY …", "sqlite")`` is written out; SQLAlchemy leaves it out for SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


def _sqlite_preparation(busy_seconds: float, *, writes: bool) -> Callable[[sqlite3.Connection, object], None]:
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={0 if writes else round(busy_seconds * 1000)}",  # who writes waits in begin_alone()
            "temp_store=MEMORY",
            f"wal_autocheckpoint={AT_LAST}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


class _SameFile:
    """Stops work on a file that was deleted or replaced meanwhile: what an open one still takes is lost at its end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = str(path)
        self._known: tuple[int, int] | None = None

    def remember(self, *_: object) -> None:
        self._known = self._known or self._now()

    def check(self, *_: object) -> None:
        if not self.is_it():
            raise Fault(
                N_("Veri tabanı dosyası silinmiş ya da değiştirilmiş: {path}. Programı kapatıp yeniden açınız."),
                path=self._path,
            )

    def is_it(self) -> bool:
        return self._known is None or self._now() == self._known

    def _now(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._text)  # noqa: PTH116 - at every press: a path object doubles what it costs
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _postgresql_preparation(busy_seconds: float) -> Callable[[Any, object], None]:
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {round(busy_seconds * 1000)}")
        connection.commit()

    return prepare


def _begin_with(statement: str, busy_seconds: float) -> Callable[[Any], None]:
    def begin(connection: Any) -> None:
        if not _is_open(connection):  # by a Transaction, before SQLAlchemy was asked
            begin_alone(connection, statement, busy_seconds)

    return begin


@contextmanager
def as_fault(busy_seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """Say what went wrong with the database in a sentence instead of a traceback."""
    try:
        yield
    except OperationalError as error:
        raise _fault(error, busy_seconds) from error
    except DBAPIError as error:
        if "not a database" in str(error.orig):
            raise UserError(N_("Bu dosya bir Danışma veri tabanı değil.")) from error
        if error.connection_invalidated:
            raise Fault(N_("Veri tabanıyla bağlantı koptu. Kayıt yapılmadı; yeniden deneyiniz.")) from error
        raise


def _fault(error: OperationalError, busy_seconds: float) -> Fault:
    told = str(error.orig).lower()
    if "does not answer" in told:  # models.patience
        return Fault(N_("Veri tabanı sunucusu yanıt vermiyor. Biraz sonra yeniden deneyiniz; kayıt iki kez yapılmaz."))
    if getattr(error.orig, "sqlstate", "") in ("40P01", "40001"):  # deadlock, serialization failure
        return Fault(N_("Aynı anda yapılan iki işlem çakıştı. Kayıt yapılmadı; yeniden deneyiniz."))
    if "locked" in told or "busy" in told or "lock timeout" in told:
        return Fault(
            N_("Veri tabanını {seconds} saniyedir başka bir program kullanıyor. Kayıt yapılmadı; yeniden deneyiniz."),
            seconds=busy_seconds,
        )
    if "full" in told:
        return Fault(N_("Diskte yer kalmadı. Kayıt yapılmadı; bilgi işleme haber veriniz."))
    if "unable to open" in told:
        return Fault(N_("Veri tabanı dosyası açılamıyor. Klasör iznini ve diski denetleyiniz."))
    if "readonly" in told:
        return Fault(N_("Veri tabanı dosyasına yazılamıyor. Dosya iznini denetleyiniz."))
    if "no such table" in told:
        return Fault(N_("Veri tabanı hazırlanmamış. “desk db upgrade” komutunu çalıştırınız."))
    return Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason=str(error.orig).split("\n")[0])


class Transaction:
    """An open transaction. Its session is made when it is asked for: the hottest path never needs one.

    The driver begins and ends it. SQLAlchemy learns of it when it is first asked to do something (150 µs).
    """

    __slots__ = ("_made", "connection")

    def __init__(self, connection: Connection, begin: Callable[[Any], None]) -> None:
        self.connection = connection
        self._made: Session | None = None
        begin(connection)

    @property
    def session(self) -> Session:
        if self._made is None:
            self._made = Session(self.connection)
        return self._made

    def flush(self) -> None:
        """Write what the session still holds."""
        if self._made is not None:
            self._made.flush()

    def commit(self) -> None:
        if self._made is not None:
            self._made.commit()
        if self.connection.in_transaction():
            self.connection.commit()
        else:
            end(self.connection)
        self._close()

    def roll_back(self) -> None:
        self._close()
        if self.connection.in_transaction():
            self.connection.rollback()
        elif not self.connection.invalidated:
            call(self.connection, "rollback")

    def _close(self) -> None:
        if self._made is not None:
            self._made.close()


def _is_open(connection: Connection) -> bool:
    """Whether the driver is in a transaction, whoever began it."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status)  # 0 is IDLE


def _refuse_dropped(driver: Any, _record: object, _proxy: object) -> None:
    """Let the pool connect anew instead of asking every time whether the line still stands."""
    if not _is_standing(driver):
        raise DisconnectionError


def _is_standing(driver: Any) -> bool:
    """Whether nothing has come from the server since: its good-bye, when it was stopped or dropped the line."""
    return not (driver.closed or select.select([driver.fileno()], [], [], 0)[0])


def dialect_of(session: Session) -> str:
    """sqlite or postgresql."""
    return session.connection().dialect.name


def insert_for(dialect: str, table: Table) -> Any:
    """An INSERT of this engine, which can say ON CONFLICT."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with all its drivers: not where SQLite is used

    return postgresql.insert(table)


def insert_into(session: Session, table: Table) -> Any:
    """An INSERT that can say ON CONFLICT, for whichever engine the session speaks to."""
    return insert_for(dialect_of(session), table)

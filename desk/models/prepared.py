"""Core statements made into text once, for the few that run at every press of a button.

SQLAlchemy works 15 to 30 µs on a statement whose text it already knows, and as long on each row; the driver 7. What is
left out here is only that way: the same types convert the values, and errors come as SQLAlchemy's own.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import Any
from weakref import WeakSet

from sqlalchemy import JSON, Boolean, Connection, Date, Dialect, Table, bindparam, insert
from sqlalchemy.exc import CompileError, DBAPIError
from sqlalchemy.types import TypeEngine

from desk.models.base import Key, Moment, moment_number

Row = dict[str, Any]
Converter = Callable[[Any], Any]


_KNOWN: WeakSet[Prepared] = WeakSet()
_GUARD = threading.Lock()


def make_ready(connection: Connection) -> None:
    """Put every statement that is known by now into words: a third of what a first press else takes.

    Nothing is sent. A statement that only the other engine can say is left alone.
    """
    with _GUARD:
        known = tuple(_KNOWN)
    for statement in known:
        with suppress(CompileError):
            statement.make_ready(connection.dialect)


class Prepared:
    """One statement, made by ``make`` from the engine's name (ON CONFLICT differs) when it is run there first.

    ``lasting``: PostgreSQL keeps its plan from the first time on, for every connection that reads. It is for what goes
    by keys: a list or a search is planned better for the values it is asked with.
    """

    def __init__(self, make: Callable[[str], Any], *, lasting: bool = False) -> None:
        self._make = make
        self._lasting = lasting
        self._texts: dict[str, _Text] = {}
        with _GUARD:
            _KNOWN.add(self)

    def run(self, connection: Connection, row: Row) -> Any:
        """One row; a driver's cursor comes back. Raises SQLAlchemy's errors."""
        text = self._texts.get(connection.dialect.name) or self._of(connection.dialect)
        try:
            if text.lasting:
                return driver_of(connection).execute(text.sql, text.values(row), prepare=True)
            return driver_of(connection).execute(text.sql, text.values(row))
        except connection.dialect.loaded_dbapi.Error as error:
            raise wrapped(connection, text.sql, error) from error

    def many(self, connection: Connection, rows: Sequence[Row]) -> None:
        """All rows in one go; nothing comes back."""
        if len(rows) == 1:
            self.run(connection, rows[0])
        elif rows:
            text = self._of(connection.dialect)
            values = text.values
            try:
                driver_of(connection).cursor().executemany(text.sql, [values(row) for row in rows])
            except connection.dialect.loaded_dbapi.Error as error:
                raise wrapped(connection, text.sql, error) from error

    def make_ready(self, dialect: Dialect) -> None:
        self._of(dialect)

    def _of(self, dialect: Dialect) -> _Text:
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = _Text(self._make(dialect.name), dialect, lasting=self._lasting)
        return text


def driver_of(connection: Connection) -> Any:
    """The driver's own connection: what ``driver_connection`` finds by two more steps at every statement."""
    return connection.connection.dbapi_connection


class Query:
    """A SELECT, or an UPDATE … RETURNING; rows come back as named tuples.

    It does not begin the transaction that a connection was taken for. Methods raise SQLAlchemy's errors. ``lasting``
    is told in ``Prepared``.
    """

    def __init__(self, statement: Any, *, lasting: bool = False) -> None:
        self._columns = list(statement.exported_columns)
        self._row: Any = namedtuple("Found", [column.key for column in self._columns])  # type: ignore[misc]
        self._prepared = Prepared(lambda _dialect: statement, lasting=lasting)
        self._read: dict[str, list[Converter | None]] = {}

    def one_or_none(self, connection: Connection, values: Row) -> Any:
        """The first row."""
        found = self._prepared.run(connection, values).fetchone()
        return None if found is None else self._made(self._readers(connection.dialect), found)

    def ask(self, connection: Connection, values: Row) -> Callable[[], Any]:
        """Send it and go on; calling what comes back waits for the first row. Saves a way to the server where
        another statement can be sent before its answer is needed (see ``in_one_go``)."""
        cursor = self._prepared.run(connection, values)
        readers = self._readers(connection.dialect)
        if connection.dialect.name == "sqlite":
            row = cursor.fetchone()  # before what comes next changes its table
            return lambda: None if row is None else self._made(readers, row)
        return lambda: None if (row := cursor.fetchone()) is None else self._made(readers, row)

    def all(self, connection: Connection, values: Row) -> list[Any]:
        """All rows."""
        return self.ask_all(connection, values)()

    def ask_all(self, connection: Connection, values: Row) -> Callable[[], list[Any]]:
        """As ``ask``, for all rows."""
        cursor = self._prepared.run(connection, values)
        readers = self._readers(connection.dialect)
        if connection.dialect.name == "sqlite":
            rows = cursor.fetchall()
            return lambda: [self._made(readers, found) for found in rows]
        return lambda: [self._made(readers, found) for found in cursor.fetchall()]

    def bare(self, connection: Connection, values: Row) -> list[Any]:
        """All rows as the driver gives them (a key on SQLite: bytes): for hundreds of which only numbers are wanted."""
        return self.ask_bare(connection, values)()

    def ask_bare(self, connection: Connection, values: Row) -> Callable[[], list[Any]]:
        """As ``ask``, for what ``bare`` gives."""
        cursor = self._prepared.run(connection, values)
        if connection.dialect.name == "sqlite":
            rows: list[Any] = cursor.fetchall()
            return lambda: rows
        found: Callable[[], list[Any]] = cursor.fetchall
        return found

    def _made(self, readers: list[Converter | None], found: Any) -> Any:
        return self._row._make([v if to is None else to(v) for to, v in zip(readers, found, strict=True)])

    def _readers(self, dialect: Dialect) -> list[Converter | None]:
        read = self._read.get(dialect.name)
        if read is None:
            read = self._read[dialect.name] = [_reader(column.type, dialect) for column in self._columns]
        return read


class _Text:
    """A statement as the driver takes it: values in the order of its marks, on both engines."""

    def __init__(self, statement: Any, dialect: Dialect, *, lasting: bool) -> None:
        compiled = statement.compile(dialect=dialect)
        text = str(compiled)
        types = {name: bound.type for bound, name in compiled.bind_names.items()}
        if compiled.positional:
            order = list(compiled.positiontup)
        else:
            order = _NAMED.findall(text)
            text = _NAMED.sub("%s", text)  # the driver reads a tuple sooner than a dict
        plain = {name: value for name, value in compiled.params.items() if value is not None}
        for column in getattr(compiled, "insert_prefetch", ()):
            if column.default.is_scalar:
                plain[column.key] = column.default.arg
        self.sql = text
        self.lasting = lasting and dialect.name == "postgresql"
        self.values: Callable[[Row], tuple[Any, ...]] = _packer(order, types, plain, dialect)


_NAMED = re.compile(r"%\((\w+)\)s")


def _packer(
    order: Sequence[str], types: dict[str, TypeEngine[Any]], plain: Row, dialect: Dialect
) -> Callable[[Row], tuple[Any, ...]]:
    """A function from a row to the values as the driver takes them; what a row does not name is its default.

    It is written out as one expression, like the ``__init__`` of a dataclass: a loop over names and converters took
    three times as long, and longer than SQLite itself. Names come from our own statements, never from data.
    """
    known: dict[str, Any] = {"_plain": plain}
    parts = []
    for place, name in enumerate(order):
        value = f"r.get({name!r}, _plain[{name!r}])" if name in plain else f"r[{name!r}]"
        kind = types[name]
        if isinstance(kind, Key) and dialect.name == "sqlite":
            part = f"None if (v := {value}) is None else v.int.to_bytes(16)"  # v.bytes, without its two calls
        elif isinstance(kind, Date) and dialect.name == "sqlite":
            part = f"None if (v := {value}) is None else v.isoformat()"
        elif (to := _writer(kind, dialect)) is not None:
            known[f"_to_{place}"] = to
            part = f"None if (v := {value}) is None else _to_{place}(v)"
        else:
            part = value
        parts.append(part)
    made: Callable[[Row], tuple[Any, ...]] = eval(f"lambda r: ({' '.join(f'{part},' for part in parts)})", known)
    return made


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """What a value that is not None goes through."""
    if isinstance(kind, JSON):
        return _json
    if isinstance(kind, Boolean | Key):
        return None  # both drivers take them as they are (a key on SQLite as its bytes)
    if isinstance(kind, Moment):
        return moment_number if dialect.name == "sqlite" else None
    return kind.dialect_impl(dialect).bind_processor(dialect)


class JsonText(str):
    """A value of a JSON column that is text already."""

    __slots__ = ()


def _json(value: Any) -> str:
    return str(value) if isinstance(value, JsonText) else json.dumps(value)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def run(connection: Connection, sql: str) -> None:
    """A statement without values, by the driver. Raises SQLAlchemy's errors."""
    try:
        driver_of(connection).execute(sql)
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrapped(connection, sql, error) from error


def call(connection: Connection, name: str) -> None:
    """The driver's own "commit" or "rollback". Raises SQLAlchemy's errors."""
    try:
        getattr(driver_of(connection), name)()
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrapped(connection, name, error) from error


def only_reads(driver: Any, _record: object) -> None:
    """PostgreSQL, for the event "connect" of what only reads. A statement is prepared where it asks for it
    (``lasting``) and nowhere else: the plan of a list fits the values it is asked with."""
    driver.read_only = True
    driver.prepare_threshold = sys.maxsize


def end_look(connection: Connection) -> None:
    """End a reading transaction of PostgreSQL by a COMMIT: there is nothing to take back, and at a ROLLBACK the driver
    forgets what it has prepared, so that the server would plan each statement anew at every look."""
    if connection.dialect.name == "sqlite" or not connection.in_transaction():
        return
    if driver_of(connection).info.transaction_status == _IN_TRANSACTION:
        call(connection, "commit")


_IN_TRANSACTION = 2
"""The driver's INTRANS: begun and not failed."""


def end(connection: Connection) -> None:
    """Commit. In haste the answer is that of the whole, with its end: the driver's own commit waits for one more."""
    if _HASTE in connection.info:
        run(connection, "COMMIT")
    else:
        call(connection, "commit")


@contextmanager
def in_one_go(connection: Connection) -> Iterator[None]:
    """PostgreSQL: send statements without waiting for each one's answer, only where a value of it is asked for.

    What the server refused is told at the next such place, at the latest at the end. Whatever SQLAlchemy itself sends
    meanwhile ends it, because SQLAlchemy asks for every answer (``one_by_one``). Raises SQLAlchemy's errors.
    """
    driver: Any = connection.connection.driver_connection
    try:
        with ExitStack() as haste:
            haste.enter_context(driver.pipeline())
            connection.info[_HASTE] = haste
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrapped(connection, "pipeline", error) from error
    finally:
        if not connection.invalidated:
            connection.info.pop(_HASTE, None)


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """What is asked (``Query.ask``) in this block goes to PostgreSQL in one go, with the transaction's beginning; all
    answers are here at its end. Within a transaction in haste, and on SQLite, nothing is different."""
    if connection.dialect.name == "sqlite" or _HASTE in connection.info:
        yield
    else:
        with in_one_go(connection):
            yield


_HASTE = "in one go"


def one_by_one(connection: Connection, *_: Any) -> None:
    """For the event "before_cursor_execute"."""
    haste = connection.info.pop(_HASTE, None)
    if haste is not None:
        haste.close()


def wrapped(connection: Connection, sql: str, error: Exception) -> Exception:
    """A driver's error as SQLAlchemy's own, to be raised; a connection that is lost is left at once."""
    lost = bool(connection.dialect.is_disconnect(error, connection.connection.driver_connection, None))  # type: ignore[arg-type]
    if lost:
        connection.invalidate(error)
    return _sqlalchemy_error(connection.dialect, sql, error, lost)


def _sqlalchemy_error(dialect: Dialect, sql: str, error: Exception, lost: bool) -> Exception:
    # Parameters hold names and identity numbers: no error carries them into a log.
    told: Exception = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )
    return told


class Insertion:
    """INSERT into one table with the columns that its rows name; others get their plain defaults or the server's."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: dict[tuple[str, ...], Prepared] = {}

    def run(self, connection: Connection, row: Row) -> None:
        self._of(row).run(connection, row)

    def many(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Rows that all name the same columns."""
        if rows:
            self._of(rows[0]).many(connection, rows)

    def _of(self, row: Row) -> Prepared:
        names = tuple(row)
        known = self._known.get(names)
        if known is None:
            columns = {name: bindparam(name, type_=self._table.c[name].type) for name in names}
            known = self._known[names] = Prepared(lambda _dialect: insert(self._table).values(columns))
        return known


@cache
def insertion(table: Table) -> Insertion:
    """The one of this table, for the life of the program."""
    return Insertion(table)

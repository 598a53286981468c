"""Writing very many rows at once, for the simulation and imports.

Core's executemany works 30 µs on a row before the driver sees it. Here the statement is made once per table and the
values go to the driver as they are, through the same type conversions: SQLite takes them by its own executemany,
PostgreSQL by COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from desk.models.base import Key
from desk.models.session import Session

Converter = Callable[[Any], Any]


def insert_rows(
    session: Session, table: Table, rows: Sequence[dict[str, Any]], names: Sequence[str] | None = None
) -> None:
    """Insert rows that name every column, or those of ``names`` (no default is filled in), in the transaction."""
    if not rows:
        return
    connection = session.connection()
    wanted = list(names or (column.name for column in table.columns))
    by_name = dict(zip(table.columns.keys(), converters(connection, table), strict=True))
    insert_values(connection, table, wanted, converted(rows, wanted, [by_name[name] for name in wanted]))


def insert_values(connection: Connection, table: Table, names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values that are already as the driver takes them, in the order of ``names``."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, values)
        return
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    cursor = connection.connection.cursor()
    cursor.executemany(statement, values)  # type: ignore[arg-type]
    cursor.close()


def converters(connection: Connection, table: Table) -> list[Converter | None]:
    """What turns each column's values into the driver's; None for a column that needs nothing."""
    dialect = connection.dialect
    found: list[Converter | None] = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns
    ]
    if dialect.name == "sqlite":  # half of all values are keys: the short way for them
        found = [_key if isinstance(c.type, Key) else one for c, one in zip(table.columns, found, strict=True)]
    return found


_key: Converter = attrgetter("bytes")


def converted(
    rows: Sequence[dict[str, Any]], names: list[str], by_place: list[Converter | None]
) -> Iterator[list[Any]]:
    """Values of dict rows as the driver takes them, in the order of ``names`` (``by_place``: their converters)."""
    every = itemgetter(*names)
    some = [(place, convert) for place, convert in enumerate(by_place) if convert is not None]
    for row in rows:
        values = list(every(row))
        for place, convert in some:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _copy(connection: Connection, table: Table, names: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in values:
            copy.write_row(row)

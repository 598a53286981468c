"""Rows again: kept once in temporary tables, then inserted anew by the database itself, moved in time.

A driver works 5 to 8 µs on each row that it is handed; ``INSERT … SELECT`` takes 1 to 2, and only the few values of a
day cross over. Keys made on the kept day (UUIDv7) move by whole units of 2^24 ms (4 h 40 min), so that only their first
three bytes are another day's: whole days stay in order, and the moments themselves move exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Date, MetaData, Table

from desk.models.base import Key, Moment
from desk.models.bulk import converted, converters, insert_values

Row = dict[str, Any]

UNIT = 1 << 24
"""Milliseconds by which keys move."""

_HEAD = 3
"""Bytes of a key that count these units."""


@dataclass(frozen=True, slots=True)
class Shift:
    """From the kept day to another one. ``days`` and ``moved`` differ where the clock was turned between the two."""

    day: date
    days: int
    moved: timedelta

    def values(self, connection: Connection, heads: Sequence[int]) -> Row:
        """The parameters of every statement here; ``heads`` are the units of the kept keys (``heads_of``)."""
        units = round(self.moved / timedelta(milliseconds=UNIT))
        if connection.dialect.name == "postgresql":
            return {"day": self.day, "days": self.days, "moved": self.moved, "milliseconds": units * UNIT}
        moved = round(self.moved.total_seconds()) * 1_000_000
        told = {f"head{place}": (head + units).to_bytes(_HEAD) for place, head in enumerate(heads)}
        return {"day": self.day.isoformat(), "days": f"{self.days:+d} days", "moved": moved, **told}


def heads_of(own: Collection[UUID]) -> list[int]:
    """The units in which these keys were made."""
    return sorted({_unit(key) for key in own})


def _unit(key: UUID) -> int:
    return int.from_bytes(key.bytes[:_HEAD])


class Speech:
    """How one engine says what is needed; parameters are ``value(name)``."""

    def __init__(self, connection: Connection) -> None:
        self.sqlite = connection.dialect.name == "sqlite"

    def value(self, name: str, kind: str = "") -> str:
        """A parameter; PostgreSQL wants to know its type."""
        if self.sqlite:
            return f":{name}"
        return f"%({name})s" + (f"::{kind}" if kind else "")

    def moment(self, column: str) -> str:
        return f"{column} + {self.value('moved', 'interval')}"

    def date(self, column: str) -> str:
        return f"date({column}, :days)" if self.sqlite else f"{column} + {self.value('days', 'integer')}"

    def padded(self, number: str, digits: int) -> str:
        """A whole number with leading noughts."""
        if self.sqlite:
            return f"substr('{'0' * digits}' || ({number}), -{digits})"
        return f"lpad(({number})::text, {digits}, '0')"


class Kept:
    """The rows of one table as they were written on one day.

    ``own`` are the keys that move. ``told`` gives columns an expression of their own: of the kept columns as
    ``k.name``, of ``k.n`` (the row's place, from 0), of parameters, or of the table that ``joined`` names as ``j``.
    ``unless`` names a parameter: no row is written when it is true.
    """

    def __init__(
        self,
        connection: Connection,
        name: str,
        table: Table,
        rows: Sequence[Row],
        own: Collection[UUID],
        told: Mapping[str, str] | None = None,
        joined: str = "",
        unless: str = "",
    ) -> None:
        self._speech, self._own, self._heads = Speech(connection), own, heads_of(own)
        self.name = name
        columns = [column for column in table.columns if column.name in rows[0]]
        moving = [c.name for c in columns if isinstance(c.type, Key) and any(row[c.name] in own for row in rows)]
        self._keep(connection, table, [c.name for c in columns], moving, rows)
        names = ", ".join(f'"{column.name}"' for column in columns)
        makers = [(told or {}).get(c.name) or self._moved(c, rows, moving) for c in columns]
        of = f" JOIN {joined} j ON j.n = k.n" if joined else ""
        only = f" WHERE NOT {self._speech.value(unless, 'boolean')}" if unless else ""
        self.statement = f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(makers)} FROM {name} k{of}{only}'

    def insert(self, connection: Connection, values: Row) -> None:
        """Write the rows again."""
        driver: Any = connection.connection.driver_connection
        driver.execute(self.statement, values)

    def _keep(
        self, connection: Connection, table: Table, names: list[str], moving: list[str], rows: Sequence[Row]
    ) -> None:
        """A temporary table with the same columns, the row's place, and the unit of each key that moves."""
        columns = "".join(f", 0 AS head_{name}" for name in moving) + "".join(f', "{name}"' for name in names)
        connection.exec_driver_sql(
            f'CREATE TEMPORARY TABLE {self.name} AS SELECT 0 AS n{columns} FROM "{table.name}" WHERE 1 = 0'
        )
        by_name = dict(zip(table.columns.keys(), converters(connection, table), strict=True))
        if self._speech.sqlite:
            by_name |= dict.fromkeys(moving, self._tail)
        found = converted(rows, names, [by_name[name] for name in names])
        heads = ([self._head(row[name]) for name in moving] for row in rows)
        values = ([n, *head, *told] for n, (head, told) in enumerate(zip(heads, found, strict=True)))
        kept = Table(self.name, MetaData())
        insert_values(connection, kept, ["n", *(f"head_{name}" for name in moving), *names], values)

    def _head(self, key: UUID | None) -> int | None:
        """Which of the units; None for a key that does not move."""
        return None if key is None or key not in self._own else self._heads.index(_unit(key))

    def _tail(self, key: UUID) -> bytes:
        return key.bytes[_HEAD:] if key in self._own else key.bytes

    def _moved(self, column: Any, rows: Sequence[Row], moving: list[str]) -> str:
        name, speech = f'k."{column.name}"', self._speech
        if all(row[column.name] is None for row in rows):
            return name
        if column.name in moving:
            moved = self._key(column.name)
            always = all(row[column.name] in self._own for row in rows)
            return moved if always else f"CASE WHEN k.head_{column.name} IS NULL THEN {name} ELSE {moved} END"
        if isinstance(column.type, Moment):
            return speech.moment(name)
        if isinstance(column.type, Date):
            return speech.value("day", "date") if column.name == "day" else speech.date(name)
        return name

    def _key(self, name: str) -> str:
        if self._speech.sqlite:
            heads = " ".join(f"WHEN {place} THEN :head{place}" for place in range(len(self._heads)))
            return f'CAST(CASE k.head_{name} {heads} END || k."{name}" AS BLOB)'
        letters = f"replace(k.\"{name}\"::text, '-', '')"
        then = f"('x' || substr({letters}, 1, 12))::bit(48)::bigint + {self._speech.value('milliseconds', 'bigint')}"
        return f"(lpad(to_hex({then}), 12, '0') || substr({letters}, 13))::uuid"

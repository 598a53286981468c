"""Numbers people see and codes scanners read.

A series is one row, raised by an upsert with RETURNING in the transaction that uses the number: a rolled-back
transaction gives it back, a committed one never shares it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam

from desk.models.engine import insert_for
from desk.models.prepared import Prepared
from desk.models.session import Session
from desk.models.ticket import NumberSeries
from desk.values import dataclass

_SERIES = NumberSeries.__table__

TRACKING_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L: read aloud on the phone and typed at the kiosk."""


class CodeKind(IntEnum):
    """First digit of a barcode: which paper it stands on."""

    TICKET = 1
    APPLICATION = 2
    ASSISTANCE = 3


@dataclass(frozen=True, slots=True)
class ScanCode:
    kind: CodeKind
    site_number: int
    running: int


def next_number(session: Session, site_id: UUID, series: str, period: str = "", count: int = 1) -> int:
    """Take ``count`` numbers of a series and return the last; the first ever is 1."""
    (last,) = next_numbers(session.connection(), site_id, ((series, period, count),))
    return last


def next_numbers(connection: Connection, site_id: UUID, wanted: Sequence[tuple[str, str, int]]) -> list[int]:
    """Raise several series by one statement: (series, period, count) each; the last number of each, in that order.

    Their rows are locked in the order of their names, whatever the order asked for: who raises two of them elsewhere
    must do it here too, or they meet in a deadlock.
    """
    statement, names = _raising(len(wanted))
    values = [value for series, period, count in sorted(wanted) for value in (site_id, series, period, count)]
    raised = statement.run(connection, dict(zip(names, values, strict=True))).fetchall()
    if len(raised) == 1:
        return [raised[0][2]]
    stands = {(series, period): last for series, period, last in raised}
    return [stands[series, period] for series, period, _ in wanted]


@cache
def _raising(count: int) -> tuple[Prepared, list[str]]:
    """Raise ``count`` series by what is inserted, and return where they stand; with it the names of its values."""
    columns = list(_SERIES.columns)

    def make(dialect: str) -> Any:
        rows = [{c.name: bindparam(f"{c.name}_{place}", type_=c.type) for c in columns} for place in range(count)]
        statement = insert_for(dialect, _SERIES).values(rows)
        raised = {"last": _SERIES.c.last + statement.excluded.last}
        keys = list(_SERIES.primary_key)
        statement = statement.on_conflict_do_update(index_elements=keys, set_=raised)
        return statement.returning(_SERIES.c.series, _SERIES.c.period, _SERIES.c.last)

    return Prepared(make), [f"{column.name}_{place}" for place in range(count) for column in columns]


def scan_code(kind: CodeKind, site_number: int, running: int) -> str:
    """Twelve digits: kind 1, site 3, running 7, check 1. An even count of digits packs into Code 128 set C."""
    body = f"{int(kind)}{site_number % 1000:03d}{running % 10_000_000:07d}"
    return body + _check_digit(body)


def read_scan_code(code: str) -> ScanCode | None:
    """What a scanned code says, or None when it is none of ours (wrong length, letters, check digit, kind)."""
    if len(code) != 12 or not (code.isascii() and code.isdigit()) or _check_digit(code[:11]) != code[11]:
        return None
    kind = int(code[0])
    if kind not in CodeKind.__members__.values():
        return None
    return ScanCode(CodeKind(kind), int(code[1:4]), int(code[4:11]))


def _check_digit(body: str) -> str:
    """Luhn (ISO/IEC 7812-1 annex B): finds every single wrong digit and nearly every swap of neighbours."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def tracking_code() -> str:
    """A random code such as 7K4M-92QD: 31^8 possibilities, so nobody guesses a stranger's petition."""
    import secrets  # no part of a start

    letters = [secrets.choice(TRACKING_ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"

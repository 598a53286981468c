"""What giving a number costs beside the very same rows written by sqlite3 alone.

Two copies of one database: a number is given in the first by the action that the button calls; the rows it wrote are
read back and written into the second, raw, in one transaction. Both are timed in turn within the same loop, so that
whatever else the machine does falls on both; each comes right after a forecast, which is timed apart, so that neither
finds the processor's caches warmer than the other. The first presses are not counted: a day's presses find the log of
the database at the length it has, and statements in words, where the very first ones lengthen and make them. At the end
the two files must hold the same rows.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.actions import counter, look
from desk.actions.context import Context
from desk.actions.desk import Registered, VisitRequest, register_visit
from desk.models.checkpoint import MANY
from desk.queue import present

TABLES = (
    "visit",
    "number_series",
    "ticket",
    "ticket_period",
    "forecast_log",
    "print_job",
    "day_count",
    "hour_count",
    "month_count",
    "change",
)
"""Everything that giving a number writes, in the order it is written."""

COUNTED = ("number_series", "day_count", "hour_count", "month_count")
"""Rows that are raised and not only added."""

SERVICES = ("vergi", "talep", "sosyal", "imar")

FIRST = 2 * MANY
"""Presses that are not counted: by then the log was copied and begins at its beginning again."""


@dataclass(frozen=True, slots=True)
class IssueCost:
    """Milliseconds; ``rows`` per number and table."""

    ours: float
    raw: float
    raw_p99: float
    forecast: float
    rows: dict[str, int]
    statements: int
    same: bool  # both files hold the same rows at the end

    @property
    def ratio(self) -> float:
        return self.ours / self.raw


def measure(ctx: Context, folder: Path, numbers: int, clock: Callable[[], float] = time.perf_counter) -> IssueCost:
    """Give ``numbers`` numbers in ``ctx`` (a filled SQLite file) after the first ones, and write their rows raw too."""
    assert ctx.db.path is not None
    counter.open_counter(ctx, 1)  # with somebody to serve there is a forecast to be kept
    _issue(ctx, "first")  # opens the day; what is read once is read
    copy = folder / "raw.db"
    with closing(sqlite3.connect(ctx.db.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    ours: list[float] = []
    raw: list[float] = []
    told: list[float] = []
    forecasts: list[float] = []
    rows: dict[str, int] = {}
    with closing(_opened(ctx.db.path)) as seen, closing(_opened(copy)) as target, timed_forecast(told, clock):
        writer = RawWriter(target)
        before = _counts(seen)
        last = _last_seq(seen)
        for turn in range(FIRST + numbers):
            told.clear()
            begun = clock()
            done = _issue(ctx, f"press-{turn}", SERVICES[turn % len(SERVICES)])
            took = clock() - begun - sum(told)
            forecasts += told
            after = _counts(seen)
            written = _written(seen, done, last, before, after)
            before, last = after, _last_seq(seen)
            _forecast_anew(ctx)
            begun = clock()
            writer.write(written)
            if turn >= FIRST:
                raw.append(clock() - begun)
                ours.append(took)
            rows = rows or {table: len(written[table]) for table in TABLES}
        same = all(_whole(seen, table) == _whole(target, table) for table in TABLES)
    return IssueCost(
        statistics.median(ours) * 1000,
        statistics.median(raw) * 1000,
        sorted(raw)[-1 - len(raw) // 100] * 1000,
        statistics.median(forecasts) * 1000,
        rows,
        statements_of_one(ctx),
        same,
    )


def _forecast_anew(ctx: Context) -> None:
    """A forecast like the one that a press begins with: nothing of this moment is kept before and after."""
    present.forget_moment()
    with ctx.db.connect() as connection:
        look.look(ctx, connection, "", SERVICES[0], False)
    present.forget_moment()


def _issue(ctx: Context, key: str, service: str = SERVICES[0]) -> Registered:
    return register_visit(ctx, VisitRequest(key=key, service_code=service))


@contextmanager
def timed_forecast(told: list[float], clock: Callable[[], float]) -> Iterator[None]:
    """Meanwhile every forecast adds the seconds it took to ``told``: it is made before the transaction."""
    place: Any = look
    promise: Callable[..., Any] = place._promise

    def timed(*args: Any) -> Any:
        begun = clock()
        try:
            return promise(*args)
        finally:
            told.append(clock() - begun)

    place._promise = timed
    try:
        yield
    finally:
        place._promise = promise


def statements_of_one(ctx: Context) -> int:
    """How many statements one press sends within its transaction, BEGIN and COMMIT not counted."""
    seen: list[str] = []
    with ctx.db.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(seen.append)
    _issue(ctx, "counted")
    driver.set_trace_callback(None)
    return sum(1 for statement in seen if statement.startswith("INSERT"))


class RawWriter:
    """The same rows with nothing in between: prepared statements of sqlite3, one transaction, synchronous=FULL."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        marks = {table: ", ".join("?" * len(_columns(connection, table))) for table in TABLES}
        self._insert = {table: f"INSERT INTO {table} VALUES ({marks[table]})" for table in TABLES}
        self._raise_one = (
            "INSERT INTO {table} VALUES ({marks}) ON CONFLICT ({key}) "
            "DO UPDATE SET {last} = {table}.{last} + excluded.{last}"
        )
        self._count = {
            table: self._raise_one.format(table=table, marks=marks[table], key=key, last="value")
            for table, key in (
                ("day_count", 'site_id, day, measure, "key"'),
                ("hour_count", 'site_id, day, hour, measure, "key"'),
                ("month_count", 'site_id, month, measure, "key"'),
            )
        }
        self._series = (
            self._raise_one.format(
                table="number_series", marks=marks["number_series"], key="site_id, series, period", last="last"
            ).replace(") ON", "), (?, ?, ?, ?), (?, ?, ?, ?) ON", 1)
            + " RETURNING last"
        )

    def write(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        execute, many = self._connection.execute, self._connection.executemany
        execute("BEGIN IMMEDIATE")
        execute(self._insert["visit"], rows["visit"][0])
        execute(self._series, [value for row in rows["number_series"] for value in row]).fetchall()
        execute(self._insert["ticket"], rows["ticket"][0])
        execute(self._insert["ticket_period"], rows["ticket_period"][0])
        many(self._insert["forecast_log"], rows["forecast_log"])
        execute(self._insert["print_job"], rows["print_job"][0])
        many(self._count["day_count"], rows["day_count"])
        many(self._count["hour_count"], rows["hour_count"])
        many(self._count["month_count"], rows["month_count"])
        many(self._insert["change"], rows["change"])
        execute("COMMIT")


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


Counted = dict[str, dict[tuple[Any, ...], int]]


def _counts(seen: sqlite3.Connection) -> Counted:
    """Where every raised row stands: its key, and its last value."""
    return {table: {row[:-1]: row[-1] for row in seen.execute(f"SELECT * FROM {table}")} for table in COUNTED}


def _last_seq(seen: sqlite3.Connection) -> int:
    return int(seen.execute("SELECT max(seq) FROM change").fetchone()[0])


def _written(
    seen: sqlite3.Connection, done: Registered, last: int, before: Counted, after: Counted
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of one press as they stand in the file; of raised ones by how much they were raised."""
    (ticket,) = done.tickets
    rows = {
        "visit": seen.execute("SELECT * FROM visit WHERE id = ?", (done.visit.id.bytes,)).fetchall(),
        "ticket": seen.execute("SELECT * FROM ticket WHERE id = ?", (ticket.id.bytes,)).fetchall(),
        "ticket_period": seen.execute("SELECT * FROM ticket_period WHERE ticket_id = ?", (ticket.id.bytes,)).fetchall(),
        "forecast_log": seen.execute("SELECT * FROM forecast_log WHERE ticket_id = ?", (ticket.id.bytes,)).fetchall(),
        "print_job": seen.execute("SELECT * FROM print_job WHERE id = ?", (done.jobs[0].bytes,)).fetchall(),
        "change": seen.execute("SELECT * FROM change WHERE seq > ? ORDER BY seq", (last,)).fetchall(),
    }
    for table in COUNTED:
        raised = {key: value - before[table].get(key, 0) for key, value in after[table].items()}
        rows[table] = [(*key, by) for key, by in sorted(raised.items()) if by]
    return rows


def _whole(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)


def rows_in_words(rows: dict[str, int]) -> str:
    """visit 1 · number_series 3 · …"""
    return " · ".join(f"{table} {count}" for table, count in rows.items())

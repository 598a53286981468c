"""The bare engines beside which the queue is measured: the same rows by psycopg, the same claim by sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import time
from typing import Any
from uuid import UUID

from sqlalchemy import make_url

from desk.actions.context import Context
from desk.actions.desk import VisitRequest, register_visit
from desk.bench.queue_work import SERVICE, Done
from desk.models.base import new_id

PLAIN = ("visit", "ticket", "ticket_period", "print_job", "change")


def rows_of_one(ctx: Context) -> dict[str, Any]:
    """The rows of one press on PostgreSQL, to be written again and again with keys of their own."""
    import psycopg

    register_visit(ctx, VisitRequest("raw-0", SERVICE))
    url = _plain(ctx)
    done = register_visit(ctx, VisitRequest("raw-1", SERVICE))
    ticket = done.tickets[0].id
    found: dict[str, Any] = {"site": ctx.actor.site_id}
    with psycopg.connect(url) as connection:
        for table, where in (
            ("visit", ("id", done.visit.id)),
            ("ticket", ("id", ticket)),
            ("ticket_period", ("ticket_id", ticket)),
            ("print_job", ("id", done.jobs[0])),
        ):
            cursor = connection.execute(f"SELECT * FROM {table} WHERE {where[0]} = %s", (where[1],))
            found[table] = _named(cursor)[0]
        cursor = connection.execute("SELECT * FROM change ORDER BY seq DESC LIMIT 3")
        found["change"] = _named(cursor)[::-1]
        found["day_count"] = _named(connection.execute("SELECT * FROM day_count ORDER BY measure, key"))
        found["month_count"] = _named(connection.execute("SELECT * FROM month_count ORDER BY measure, key"))
        found["hour_count"] = _named(connection.execute("SELECT * FROM hour_count ORDER BY hour, measure, key"))
    ctx.db.close()
    return found


def _plain(ctx: Context) -> str:
    return (
        make_url(str(ctx.db.url.render_as_string(hide_password=False)))
        .set(drivername="postgresql")
        .render_as_string(hide_password=False)
    )


def _named(cursor: Any) -> list[dict[str, Any]]:
    from psycopg.types.json import Jsonb

    names = [column.name for column in cursor.description]
    return [
        {name: Jsonb(value) if isinstance(value, dict) else value for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]


def write_flat_out(url: str, rows: dict[str, Any], place: int, seconds: float, begin: Any, out: Any) -> None:
    """Write the rows of one press per transaction, as fast as it goes."""
    import psycopg

    with psycopg.connect(url) as connection:
        writer = _Writer(connection, rows)
        writer.write(f"warm-{place}-{new_id()}")
        begin.wait()
        done = Done([], [], [])
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            done.numbers.append(writer.write(f"raw-{place}-{new_id()}"))
        out.send(done)


class _Writer:
    def __init__(self, connection: Any, rows: dict[str, Any]) -> None:
        self._connection, self._rows = connection, rows
        self._insert = {table: self._insertion(table, rows[table]) for table in PLAIN}
        self._raise = (
            "INSERT INTO number_series VALUES (%s, %s, %s, %s), (%s, %s, %s, %s) ON CONFLICT (site_id, series, period) "
            "DO UPDATE SET last = number_series.last + excluded.last RETURNING last"
        )
        self._raise_one = self._raise.replace(", (%s, %s, %s, %s) ON", " ON")
        self._count = {
            table: f"{self._insertion(table, rows[table])} ON CONFLICT ({keys}) "
            f"DO UPDATE SET value = {table}.value + excluded.value"
            for table, keys in (
                ("day_count", "site_id, day, measure, key"),
                ("hour_count", "site_id, day, hour, measure, key"),
                ("month_count", "site_id, month, measure, key"),
            )
        }

    @staticmethod
    def _insertion(table: str, row: Any) -> str:
        names = list(row[0] if isinstance(row, list) else row)
        marks = ", ".join(f"%({name})s" for name in names)
        return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"

    def write(self, key: str) -> str:
        rows, site = self._rows, self._rows["site"]
        visit, ticket, period, job = (new_id() for _ in range(4))
        day = rows["ticket"]["day"].isoformat()
        execute = self._connection.execute
        execute(self._insert["visit"], rows["visit"] | {"id": visit, "request_key": key})
        raised = execute(self._raise, (site, "scan:1", "", 1, site, "ticket:V", day, 1)).fetchall()
        serial = raised[1][0]
        execute(self._insert["ticket"], rows["ticket"] | {"id": ticket, "visit_id": visit, "serial": serial})
        execute(self._insert["ticket_period"], rows["ticket_period"] | {"id": period, "ticket_id": ticket})
        execute(self._insert["print_job"], rows["print_job"] | {"id": job, "subject_id": ticket})
        with self._connection.cursor() as cursor:
            for table in self._count:
                cursor.executemany(self._count[table], [row | {"value": 1} for row in rows[table]])
            last = execute(self._raise_one, (site, "change", "", 3)).fetchone()[0]
            subjects: tuple[UUID, ...] = (visit, ticket, job)
            changes = [
                row | {"seq": last - 2 + place, "subject_id": subjects[place]}
                for place, row in enumerate(rows["change"])
            ]
            cursor.executemany(self._insert["change"], changes)
        execute("NOTIFY danisma_change")  # a commit that tells others takes a lock of the server's
        self._connection.commit()
        return str(serial)


def call_next(ctx: Context, times: int) -> float:
    """The claim alone, as one statement of sqlite3 in a transaction that is taken back; median seconds."""
    assert ctx.db.path is not None
    connection = sqlite3.connect(ctx.db.path, isolation_level=None)
    claim = (
        "UPDATE ticket SET state = 'called', recalls = 1 WHERE id = (SELECT id FROM ticket WHERE state = 'waiting' "
        "AND site_id = ? AND day = (SELECT max(day) FROM site_day) ORDER BY arrived_at, id LIMIT 1) RETURNING id"
    )
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(claim, (ctx.actor.site_id.bytes,)).fetchall()
        took.append(time.perf_counter() - begun)
        connection.execute("ROLLBACK")
    connection.close()
    return statistics.median(took)

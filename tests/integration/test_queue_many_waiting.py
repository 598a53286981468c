"""Ten thousand who wait: the right one is called, and every deed of a counter goes by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from acting import call, visit
from sqlalchemy import insert, select, update
from test_reads_and_indexes import watched, whole_tables

from desk.actions import counter, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.base import new_id
from desk.models.site import Site
from desk.models.ticket import Ticket
from desk.queue import reads

MANY = 10_000


def crowd(ctx: Context, count: int) -> None:
    """One more number for each second of the last hours, every eighth with öncelik."""
    first = visit(ctx).tickets[0]
    with ctx.db.write() as session:
        row = dict(session.execute(select(Ticket.__table__).where(Ticket.id == first.id)).mappings().one())
        at = [first.issued_at - timedelta(seconds=count - place) for place in range(count)]
        session.execute(
            insert(Ticket),
            [
                row
                | {
                    "id": new_id(),
                    "series": "W",
                    "serial": place,
                    "number": f"W {place:05d}",
                    "priority": place % 8 == 7,
                }
                | {"scan_code": f"{place:012d}", "arrived_at": at[place], "issued_at": at[place]}
                for place in range(count)
            ],
        )


def test_of_ten_thousand_the_right_ones_are_called_without_reading_the_others(ctx: Context, clock: SetClock) -> None:
    crowd(ctx, MANY)
    panel = ctx.read(reads.counter_panel, 4)
    assert panel.waiting == MANY + 1
    assert [one.number for one in panel.next] == ["W 00007", "W 00015", "W 00023"]
    with watched(ctx) as seen:
        assert call(ctx, 4).number == "W 00007"
        ctx.read(reads.counter_panel, 4)
    assert_by_index(ctx, seen)


def assert_by_index(ctx: Context, seen: list[tuple[str, Any]]) -> None:
    with sqlite3.connect(str(ctx.db.path)) as connection:
        found = {(step, " ".join(s.split())) for s, p in seen for step in whole_tables(connection, s, p)}
        plans = [row[3] for s, p in seen for row in connection.execute(f"EXPLAIN QUERY PLAN {s}", p)]
    connection.close()
    assert seen and plans
    assert not found, "\n".join(f"{step}: {statement[:300]}" for step, statement in sorted(found))


def missed(ctx: Context) -> Any:
    at = call(ctx, 4)
    counter.recall(ctx, at.ticket_id)
    assert isinstance(ctx.db.clock, SetClock)
    ctx.db.clock.advance(seconds=20)
    counter.no_show(ctx, at.ticket_id)
    return at.ticket_id


def held(ctx: Context) -> Any:
    at = call(ctx, 4)
    counter.hold(ctx, at.ticket_id)
    return at.ticket_id


DEEDS: dict[str, Callable[[Context], Any]] = {
    "choose": lambda ctx: counter.call_this(ctx, 4, ctx.read(reads.find_open, "v2").id, "Acil durum"),
    "bring back": lambda ctx: counter.bring_back(ctx, missed(ctx)),
    "hold, return": lambda ctx: counter.return_to_queue(ctx, held(ctx)),
    "hold, resume": lambda ctx: counter.resume(ctx, held(ctx)),
    "leave": lambda ctx: counter.leave(ctx, call(ctx, 4).ticket_id),
    "send to a counter": lambda ctx: counter.transfer_to_counter(ctx, call(ctx, 4).ticket_id, 5),
    "send to a clerk": lambda ctx: counter.transfer_to_staff(ctx, call(ctx, 4).ticket_id, "danisma1"),
    "further service": lambda ctx: counter.add_service(ctx, call(ctx, 4).ticket_id, "imar"),
    "break": lambda ctx: (counter.open_counter(ctx, 4), counter.begin_break(ctx, 4, "Kısa mola")),
    "close a counter": lambda ctx: (held(ctx), counter.close_counter(ctx, 4)),
    "day": lambda ctx: (shift.close_day(ctx), shift.reopen_day(ctx, "Meclis")),
    "missed": lambda ctx: ctx.read(reads.missed, ctx.read(reads.counter_panel, 4).counter_id),
    "priority share": lambda ctx: ctx.read(reads.priority_share),
    "seats": lambda ctx: ctx.read(reads.seats, 4),
}


@pytest.mark.parametrize("name", DEEDS)
def test_no_deed_of_a_counter_looks_at_every_row_there_ever_was(ctx: Context, name: str) -> None:
    for _ in range(3):
        visit(ctx)
    counter.open_counter(ctx, 5)
    with watched(ctx) as seen:
        DEEDS[name](ctx)
    assert_by_index(ctx, seen)


@pytest.mark.parametrize("used", ["strict", "interleave", "accumulating"])
def test_no_rule_of_a_site_does_either(ctx: Context, used: str) -> None:
    with ctx.db.write() as session:
        session.execute(update(Site).values(settings={"calling_rule": used}))
    for _ in range(3):
        visit(ctx)
    with watched(ctx) as seen:
        call(ctx, 4)
        ctx.read(reads.counter_panel, 4)
    assert_by_index(ctx, seen)

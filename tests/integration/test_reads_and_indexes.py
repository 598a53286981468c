"""No screen and no press reads a whole table: what a desk does often takes as long after years as on the first day.

SQLite is asked how it will go about each statement. A partial index counts only when the statement itself says the
value (https://sqlite.org/partialindex.html): a bound one hides it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from acting import call, visit
from sqlalchemy import event

from desk.actions import counter, desk, paper, records, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.prepared import Prepared
from desk.printing import ledger
from desk.queue import reads
from desk.queue.types import Priority
from desk.registry import applications, assistance, named
from desk.registry.types import AssistanceKind, PersonInput, PetitionRequest

GROWING = (
    "ticket",
    "ticket_period",
    "ticket_call",
    "visit",
    "assistance",
    "print_job",
    "application",
    "person",
    "change",
)
"""Tables with a row for everything that ever happened."""

NEWEST = (
    ("change", "max(change.seq)"),
    ("change", "ORDER BY change.seq DESC"),
    ("print_job", "max(print_job.created_at)"),
)
"""Statements that go along a key from its end and stop: the plan does not say so."""

BY_SITE_ALONE = re.compile(r"\(site_id=\?(?: AND day<\?)?\)$")


def _names(step: str) -> str:
    """The table of a line such as "SEARCH ticket USING INDEX …", without the number of an alias."""
    return re.sub(r"_\d+$", "", step.split()[1])


def whole_tables(connection: sqlite3.Connection, statement: str, parameters: Any) -> list[str]:
    """Steps of the plan that look at every row of a growing table."""
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    newest = {table for table, by in NEWEST if by in statement}
    return [
        step
        for step in steps
        if step.startswith(("SCAN", "SEARCH"))
        and _names(step) in GROWING
        and (step.startswith("SCAN") or BY_SITE_ALONE.search(step))
        and _names(step) not in newest
    ]


@contextmanager
def watched(ctx: Context) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _x: object, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE")) and not many:
            seen.append((statement, parameters))

    run = Prepared.run

    def noted(self: Prepared, connection: Any, row: Any) -> Any:  # these go past SQLAlchemy's events
        text = self._of(connection.dialect)
        note(None, None, text.sql, text.values(row), None, False)
        return run(self, connection, row)

    engines = (ctx.db.writer, ctx.db._reader)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    with mock.patch.object(Prepared, "run", noted):
        yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def petition(ctx: Context) -> None:
    sender = PersonInput(name="Ayşe Örnek")
    records.register_petition(ctx, PetitionRequest("evrak", sender=sender, subject="Kaldırım", signature_present=True))


def undo(ctx: Context) -> None:
    desk.undo_visit(ctx, visit(ctx, priority=Priority.AGE, assistance=AssistanceKind.WHEELCHAIR).visit.id, Priority.AGE)


def serve(ctx: Context) -> None:
    called = call(ctx, 4)
    counter.recall(ctx, called.ticket_id)
    assert isinstance(ctx.db.clock, SetClock)
    ctx.db.clock.advance(seconds=20)
    counter.no_show(ctx, called.ticket_id)
    called = call(ctx, 4)
    counter.start(ctx, called.ticket_id)
    counter.finish(ctx, called.ticket_id)


def reprint(ctx: Context) -> None:
    paper.reprint(ctx, visit(ctx).tickets[0].id)


def spool(ctx: Context) -> None:
    """What a printer's thread does every half second, and with each slip."""
    with ctx.db.read() as session:
        printer_id = ledger.printer_for(session, ctx.actor.site_id, ctx.actor.terminal_id)
        assert printer_id is not None
        ledger.post(session, printer_id)
        ledger.unexplained(session, printer_id, "")
        ledger.open_jobs(session, printer_id)
    with ledger.entry(ctx.db, ctx.actor) as entry:
        ledger.lease(entry, printer_id, "somebody")
        ledger.set_aside_stale(entry, printer_id)
        ledger.hold(entry, printer_id, "Kâğıt bitti.")
        job = ledger.take(entry, printer_id, "somebody")
        assert job is not None
        ledger.settle(entry, job.id, job.state)
        ledger.release(entry, printer_id, "somebody")


def tomorrow(ctx: Context) -> None:
    assert isinstance(ctx.db.clock, SetClock)
    ctx.db.clock.advance(days=1)
    visit(ctx)


@pytest.mark.parametrize(
    "deed",
    [
        visit,
        undo,
        serve,
        petition,
        reprint,
        spool,
        tomorrow,
        shift.close_day,
        shift.sheet,
        paper.printers,
        lambda ctx: ctx.read(reads.live_board),
        lambda ctx: ctx.read(reads.hall_board),
        lambda ctx: ctx.read(reads.calls_since, 3),
        lambda ctx: ctx.read(reads.counter_panel, 4),
        lambda ctx: ctx.read(assistance.board),
        lambda ctx: ctx.read(applications.recent),
        lambda ctx: ctx.read(named.by_scan, "2026/000001"),
    ],
    ids=[
        "visit",
        "undo",
        "serve",
        "petition",
        "reprint",
        "spool",
        "tomorrow",
        "close_day",
        "sheet",
        "printers",
        "live_board",
        "hall_board",
        "calls_since",
        "counter_panel",
        "refakat",
        "recent",
        "by_scan",
    ],
)
def test_no_deed_looks_at_every_row_there_ever_was(ctx: Context, deed: Callable[[Context], Any]) -> None:
    for _ in range(3):
        visit(ctx)
    counter.call_next(ctx, 5)
    records.register_petition(ctx, PetitionRequest("ilk", sender=PersonInput(name="Ali"), signature_present=True))
    with watched(ctx) as seen:
        deed(ctx)
    assert seen
    with sqlite3.connect(str(ctx.db.path)) as connection:
        found = {(step, " ".join(s.split())) for s, p in seen for step in whole_tables(connection, s, p)}
    connection.close()
    assert not found, "\n".join(f"{step}: {statement[:300]}" for step, statement in sorted(found))

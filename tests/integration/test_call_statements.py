"""Calling the next number costs few statements, whatever is added over the years, and one look at who waits."""

from __future__ import annotations

from typing import Any

from acting import visit

from desk.actions import counter
from desk.actions.context import Context

IN_THE_TRANSACTION = 18
"""begin, standing, counter by number, the counter, its number now, who waits, claim, first call, run, call, period
ended and begun, help, durations of the day and of its month, series of changes, changes; end."""


def test_a_call_takes_few_statements_and_looks_once_at_who_waits(ctx: Context) -> None:
    for _ in range(4):
        visit(ctx)
    first = counter.call_next(ctx, 4)  # opens the counter
    assert first is not None
    counter.start(ctx, first.ticket_id)
    counter.finish(ctx, first.ticket_id)
    with ctx.db.connect() as connection:
        driver: Any = connection.connection.driver_connection
    told: list[str] = []
    driver.set_trace_callback(told.append)
    assert counter.call_next(ctx, 4) is not None
    driver.set_trace_callback(None)
    begun = next(place for place, one in enumerate(told) if one.startswith("BEGIN"))
    assert len(told[begun:]) <= IN_THE_TRANSACTION, told[begun:]
    assert sum("ticket.state = 'waiting'" in one and one.startswith("SELECT") for one in told[begun:]) == 1

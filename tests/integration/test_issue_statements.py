"""Giving a number costs few statements, whatever is added to it over the years."""

from __future__ import annotations

from typing import Any

import pytest
from acting import visit
from sqlalchemy import update

from desk.actions.context import Context
from desk.actor import Right
from desk.errors import UserError
from desk.events import Kind
from desk.models.site import Service

IN_THE_TRANSACTION = 14
"""visit, series, whether the day is still open, ticket, period, paper, counts by day, hour and month, series of
changes, changes; forecast; begin and end."""


def statements(ctx: Context, **given: Any) -> list[str]:
    """What the connection that writes was told during one press, each kind of statement once."""
    with ctx.db.connect() as connection:
        driver: Any = connection.connection.driver_connection
    told: list[str] = []
    driver.set_trace_callback(told.append)
    visit(ctx, **given)
    driver.set_trace_callback(None)
    begun = next(place for place, one in enumerate(told) if one.startswith("BEGIN"))
    return list(dict.fromkeys(" ".join(one.split()[:3]) for one in told[begun:]))


def test_a_number_takes_no_more_statements_than_tables(ctx: Context) -> None:
    visit(ctx)
    told = statements(ctx)
    assert len(told) <= IN_THE_TRANSACTION, told
    # What can be known before is read before; only that the day was not closed meanwhile cannot.
    assert len([one for one in told if one.startswith("SELECT")]) == 1


def test_a_class_of_forty_takes_hardly_more(ctx: Context) -> None:
    visit(ctx)
    assert len(statements(ctx, numbers=40, persons=40)) <= IN_THE_TRANSACTION


@pytest.mark.usefixtures("both_engines")
def test_a_setting_changed_at_another_desk_is_seen_by_the_next_press(ctx: Context, context_of: Any) -> None:
    visit(ctx)
    other = context_of("kiosk")
    with other.work(Right.OVERRIDE) as work:
        work.session.execute(update(Service).where(Service.code == "vergi").values(active=False))
        work.change(Kind.SETTINGS_CHANGED)
    with pytest.raises(UserError, match="şu anda kapalı"):
        visit(ctx)

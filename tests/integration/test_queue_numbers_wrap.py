"""After the last label of a service the first comes again, but never one that somebody still holds."""

from __future__ import annotations

import pytest
from acting import assert_whole, call, number, serve, visit
from sqlalchemy import update

from desk.actions import counter, desk
from desk.actions.context import Context
from desk.models.site import Service

pytestmark = pytest.mark.usefixtures("both_engines")


def test_a_wrap_passes_over_labels_still_alive(ctx: Context) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(first_serial=1, last_serial=5))
    first = [visit(ctx) for _ in range(5)]
    serve(ctx, 4)  # V 001 is free again
    held = call(ctx, 4)
    counter.start(ctx, held.ticket_id)
    counter.hold(ctx, held.ticket_id)  # V 002 is not
    desk.undo_visit(ctx, first[3].visit.id)  # V 004 is
    assert number(ctx) == "V 001"
    assert number(ctx) == "V 004"
    serve(ctx, 5)  # V 003
    assert number(ctx) == "V 003"
    assert_whole(ctx)

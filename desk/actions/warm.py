"""What the first press of a program would have to find out by itself: found out beside the windows, once they stand."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from desk.actions import counter, look
from desk.actions.context import Context
from desk.errors import DeskError
from desk.models import prepared, work
from desk.models.site import Service
from desk.queue import calling, rule

FIRST_PRESS = (counter, look)
"""Read here, so that their statements are known."""


def make_ready(ctx: Context) -> None:
    """The words of the statements, the opening hours, the records and rosters of the forecast. Nothing is written.

    For a thread of its own. Whatever fails here is found out by whoever presses, and said there.
    """
    with suppress(DeskError), ctx.db.connect() as connection:
        standing = work.standing_of(connection, ctx.actor.site_id)
        calling.make_ready(connection.dialect.name, rule.from_settings(standing.place.settings))
        prepared.make_ready(connection)
        first = select(Service.code).where(Service.site_id == ctx.actor.site_id).order_by(Service.position).limit(1)
        with ctx.db.read() as session:
            code = session.execute(first).scalar()
        if code:
            look.look(ctx, connection, "", code, False)

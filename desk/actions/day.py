"""A business day that a person must confirm, because the clock has jumped."""

from __future__ import annotations

from datetime import date

from desk.actions.context import Context
from desk.actor import Right
from desk.clock import local_date
from desk.errors import N_, UserError
from desk.models.work import DayJump, standing


def open_day(ctx: Context, day: date) -> bool:
    """Say that today is really ``day``: it is opened, however far it lies from the last one. False when it was open.

    Raises UserError when the clock says another day: what a person confirms is what they were shown.
    """
    with ctx.db.read() as session:
        before = standing(session, ctx.actor.site_id).last_day
    try:
        with ctx.work(Right.OVERRIDE, confirmed=day) as work:
            today = local_date(work.now, work.zone)
    except DayJump as jump:
        today = jump.day
    if today != day:
        raise UserError(
            N_("Bilgisayarın tarihi {today}. Bu gün açılamaz: {day}"), today=f"{today:%d.%m.%Y}", day=f"{day:%d.%m.%Y}"
        )
    return before is None or before < day

"""A business day that a person must confirm, because the clock has jumped."""

from __future__ import annotations

from datetime import date

from desk.actions.context import Context
from desk.actor import Right
from desk.clock import local_date
from desk.errors import N_, UserError
from desk.models.day_event import DayEvent
from desk.models.work import DayJump, jump, standing


def to_confirm(ctx: Context) -> DayJump | None:
    """What a person must confirm before today's first work (``last`` and ``day``); None on every usual day."""
    with ctx.db.read() as session:
        return jump(standing(session, ctx.actor.site_id), ctx.db.now())


def open_day(ctx: Context, day: date, reason: str = "") -> bool:
    """Say that today is really ``day``: it is opened, however far it lies from the last one. False when it was open.

    Who said so, and the ``reason`` given on the screen, stay with the day. Raises UserError when the clock says another
    day: what a person confirms is what they were shown.
    """
    with ctx.db.read() as session:
        before = standing(session, ctx.actor.site_id).last_day
    try:
        with ctx.work(Right.OVERRIDE, confirmed=day) as work:
            today = local_date(work.now, work.zone)
            if reason and (before is None or before < day == today):
                values = {"site_id": work.site_id, "day": work.day, "at": work.now, "staff_id": work.actor.staff_id}
                work.session.add(DayEvent(**values, kind="confirmed", reason=reason))
    except DayJump as leap:
        today = leap.day
    if today != day:
        raise UserError(
            N_("Bilgisayarın tarihi {today}. Bu gün açılamaz: {day}"), today=f"{today:%d.%m.%Y}", day=f"{day:%d.%m.%Y}"
        )
    return before is None or before < day

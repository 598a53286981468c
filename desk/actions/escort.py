"""The Refakat page: one touch per step."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.i18n import SOURCE_LANGUAGE
from desk.registry import assistance, site
from desk.registry.types import AssistanceKind, AssistanceState


class Coming(NamedTuple):
    """Somebody comes to this terminal; ``new``: because of this press, not of one before."""

    job: UUID
    new: bool


def request(
    ctx: Context, kind: AssistanceKind, to_place: str, *, printed: bool = False, lang: str = SOURCE_LANGUAGE
) -> UUID:
    """Ask for somebody without taking a number (a job from the desk) for a visitor who reads ``lang``."""
    with ctx.work(Right.ASSIST) as work:
        from_place = site.place(work.session, paper.scope_of(work))
        job_id = assistance.request(work, kind, from_place=from_place, to_place=to_place, lang=lang)
        if printed:
            paper.print_assistance(work, job_id)
        return job_id


def call_here(ctx: Context, kind: AssistanceKind, to_place: str, lang: str = SOURCE_LANGUAGE) -> Coming:
    """Kiosk "Yardım istiyorum": when somebody is already on the way to this terminal, that job is the answer.

    The row of the terminal is held meanwhile, so that two presses at the same moment are one errand too.
    """
    with ctx.work(Right.ASSIST) as work:
        site.hold_terminal(work.session, ctx.actor.terminal_id)
        coming = assistance.on_its_way_to(work, ctx.actor.terminal_id)
        if coming is not None:
            return Coming(coming, new=False)
        from_place = site.place(work.session, paper.scope_of(work))
        return Coming(assistance.request(work, kind, from_place=from_place, to_place=to_place, lang=lang), new=True)


def assign(ctx: Context, job_id: UUID, escort_id: UUID, equipment_id: UUID | None = None) -> None:
    """Give the job to an escort; a piece of equipment goes out with it."""
    with ctx.work(Right.ASSIST) as work:
        assistance.assign(work, job_id, escort_id, equipment_id)


def start(ctx: Context, job_id: UUID) -> None:
    with ctx.work(Right.ASSIST) as work:
        assistance.start(work, job_id)


def hand_over(ctx: Context, job_id: UUID) -> None:
    with ctx.work(Right.ASSIST) as work:
        assistance.hand_over(work, job_id)


def end(ctx: Context, job_id: UUID) -> None:
    """The job is done; equipment still out is booked in."""
    with ctx.work(Right.ASSIST) as work:
        assistance.end(work, job_id)


def cancel(ctx: Context, job_id: UUID) -> None:
    with ctx.work(Right.ASSIST) as work:
        assistance.cancel(work, job_id)


def take_back(ctx: Context, job_id: UUID, done: AssistanceState) -> None:
    """Undo the last step of a job, which led to ``done``, within ten seconds. Raises Stale."""
    with ctx.work(Right.ASSIST) as work:
        assistance.take_back(work, job_id, done)


def take_equipment(ctx: Context, job_id: UUID, equipment_id: UUID) -> None:
    with ctx.work(Right.ASSIST) as work:
        assistance.take_equipment(work, job_id, equipment_id)


def return_equipment(ctx: Context, equipment_id: UUID) -> None:
    with ctx.work(Right.ASSIST) as work:
        assistance.return_equipment(work, equipment_id)

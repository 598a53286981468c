"""What the hall display asks of the database; every function belongs in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.queue.types import Call, HallBoard, HallSettings
from desk.registry.types import SiteHeader
from desk.ui.hall.calls import LISTED

if TYPE_CHECKING:  # imported with the first read: Qt paints before
    from desk.actions.context import Context


@dataclass(frozen=True, slots=True)
class Morning:
    """Where a display begins: who speaks, the day so far, and what was called since ``kept``."""

    header: SiteHeader
    board: HallBoard
    missed: tuple[Call, ...]
    settings: HallSettings


def morning(ctx: Context, kept: int | None) -> Morning:
    """Everything to begin with, at one moment. ``kept`` is the place of an earlier run, None without one."""
    from desk.queue import reads
    from desk.registry import hall, site

    def everything(session, scope) -> Morning:
        missed = () if kept is None else reads.calls_since(session, scope, kept)
        settings = hall.hall_settings(session, scope, ctx.actor.terminal_id)
        return Morning(site.header(session, scope), reads.hall_board(session, scope, LISTED + 1), missed, settings)

    return ctx.read(everything)


def calls(ctx: Context, cursor: int) -> tuple[Call, ...]:
    """Calls after ``cursor``, oldest first."""
    from desk.queue import reads

    return ctx.read(reads.calls_since, cursor)


def board(ctx: Context) -> tuple[HallBoard, HallSettings]:
    """The last calls, who waits, and what this display is set to by now."""
    from desk.queue import reads
    from desk.registry import hall

    def everything(session, scope) -> tuple[HallBoard, HallSettings]:
        settings = hall.hall_settings(session, scope, ctx.actor.terminal_id)
        return reads.hall_board(session, scope, LISTED + 1), settings

    return ctx.read(everything)

"""What the hall display asks of the database; every function belongs in a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.queue.types import Call, HallBoard, HallSettings
from desk.registry.types import SiteHeader
from desk.ui.hall.calls import LISTED
from desk.ui.kiosk.offer import Closed, closed_state
from desk.values import dataclass

if TYPE_CHECKING:  # imported with the first read: Qt paints before
    from desk.actions.context import Context


@dataclass(frozen=True, slots=True)
class Board:
    """What a display shows besides calls: who speaks, who waits, what it is set to by now, whether it is closed."""

    header: SiteHeader
    board: HallBoard
    settings: HallSettings
    closed: Closed | None


@dataclass(frozen=True, slots=True)
class Morning:
    """Where a display begins: the day so far, and what was called since ``kept``."""

    now: Board
    missed: tuple[Call, ...]


def morning(ctx: Context, kept: int | None) -> Morning:
    """Everything to begin with, at one moment. ``kept`` is the place of an earlier run, None without one."""
    from desk.queue import reads

    def everything(session, scope) -> Morning:
        missed = () if kept is None else reads.calls_since(session, scope, kept)
        return Morning(_board(session, scope, ctx), missed)

    return ctx.read(everything)


def calls(ctx: Context, cursor: int) -> tuple[Call, ...]:
    """Calls after ``cursor``, oldest first."""
    from desk.queue import reads

    return ctx.read(reads.calls_since, cursor)


def board(ctx: Context) -> Board:
    """Everything but the calls that are still to be shown."""
    return ctx.read(_board, ctx)


def _board(session, scope, ctx: Context) -> Board:
    from desk.queue import opening, reads
    from desk.registry import hall, site

    state = opening.kiosk_state(session, scope)
    return Board(
        header=site.header(session, scope),
        board=reads.hall_board(session, scope, LISTED + 1),
        settings=hall.hall_settings(session, scope, ctx.actor.terminal_id),
        closed=None if state.open else closed_state(state),
    )

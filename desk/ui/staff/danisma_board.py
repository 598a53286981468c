"""What stands around the form of Danışma, read in one go."""

from __future__ import annotations

from typing import Any

from desk.actions.context import Context
from desk.printing import papers
from desk.printing.types import PrinterView
from desk.queue import opening, reads
from desk.queue.types import LiveBoard
from desk.registry import assistance
from desk.registry.types import AssistanceJob
from desk.ui.staff.danisma_slip import MOST_ROWS
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    board: LiveBoard
    jobs: tuple[AssistanceJob, ...]  # of refakat, open
    free: int  # escorts
    printer: PrinterView | None  # this terminal's
    open: bool


def read_board(ctx: Context, *, forecasts: bool = True) -> Shown:
    """For a worker."""

    def all_of(s: Any, scope: Any) -> tuple[Any, ...]:
        jobs = assistance.jobs_open(s, scope)
        return (
            reads.live_board(s, scope, MOST_ROWS, forecasts=forecasts),
            jobs,
            assistance.free_escorts(s, scope, jobs),
            opening.opening(s, scope)[0],
            papers.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id),
            papers.printers(s, ctx.actor.site_id),
        )

    board, jobs, free, is_open, printer_id, printers = ctx.read(all_of)
    printer = next((one for one in printers if one.id == printer_id), None)
    return Shown(board, jobs, free, printer, is_open)

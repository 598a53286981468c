"""What the printers page reads, for workers: nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from desk.actions import printer_setup
from desk.actions import printers as actions
from desk.actions.context import Context
from desk.printing.types import JobState, JobView, PrinterView

LATELY = 60
"""Papers of one printer that are listed at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All printers, the papers that need somebody, and the chosen printer's papers."""

    printers: tuple[PrinterView, ...]
    needing: tuple[JobView, ...]
    papers: tuple[JobView, ...]
    chosen: UUID | None
    off: tuple[tuple[UUID, str], ...] = ()  # printers that are not used now


def read(ctx: Context, chosen: UUID | None) -> Shown:
    """``chosen`` falls back to the printer that is worst off."""
    printers = actions.printers(ctx)
    if chosen not in {one.id for one in printers}:
        chosen = min(printers, key=_worst_first).id if printers else None
    papers = actions.jobs(ctx, chosen, LATELY) if chosen else ()
    return Shown(printers, actions.needing(ctx), papers, chosen, printer_setup.switched_off(ctx))


def _worst_first(printer: PrinterView) -> tuple[bool, bool, str]:
    return (printer.state in ("ready", "unknown"), not printer.failed, printer.name)


def in_line(papers: tuple[JobView, ...]) -> tuple[JobView, ...]:
    """What waits at the printer, in the order it will be printed."""
    waiting = [one for one in papers if one.state in (JobState.QUEUED, JobState.SENDING)]
    return tuple(reversed(waiting))

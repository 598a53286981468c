"""What strip and rail of the staff window say, read in one go; and what is new of the other printers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.ui.staff.status_strip import Facts
from desk.ui.staff.words import TROUBLE, trouble_words
from desk.ui.widgets import toasts

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desk.actions.context import Context
    from desk.printing.types import PrinterView


class PrinterNews:
    """Says once, calmly, that another terminal's printer (a kiosk's) needs a hand while it still works."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.told: dict[UUID, str] | None = None

    def tell(self, others: tuple[PrinterView, ...]) -> None:
        """``others``: as they were read just now; the first time nothing is new."""
        if self.told is not None:
            for printer in others:
                if self.told.get(printer.id) != printer.state and printer.state in TROUBLE:
                    toasts(self._window).info(trouble_words(printer), icon="printer", seconds=10)
        self.told = {printer.id: printer.state for printer in others}


def read_facts(ctx: Context, counter: int) -> Facts:
    """For a worker."""
    from desk.printing import papers
    from desk.queue import opening, reads
    from desk.registry import assistance, site

    def all_of(s: Any, scope: Any) -> tuple[Any, ...]:
        return (
            site.staff_name(s, ctx.actor.staff_id),
            site.terminal_name(s, ctx.actor.terminal_id),
            opening.opening(s, scope),
            reads.counter_panel(s, scope, counter).waiting if counter else 0,
            len(assistance.jobs_open(s, scope)),
            papers.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id),
            papers.printers(s, ctx.actor.site_id),
        )

    staff, terminal, (is_open, left), waiting, escorts, printer_id, all_printers = ctx.read(all_of)
    own = next((one for one in all_printers if one.id == printer_id), None)
    others = tuple(one for one in all_printers if one.id != printer_id)
    return Facts(staff, terminal, is_open, left, own, waiting, escorts, others)

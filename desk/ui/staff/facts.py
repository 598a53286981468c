"""What strip and rail of the staff window say, read in one go; for a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from desk.ui.staff.status_strip import Facts

if TYPE_CHECKING:
    from desk.actions.context import Context


def read_facts(ctx: Context, counter: int) -> Facts:
    from desk.actions import paper
    from desk.printing import ledger
    from desk.queue import opening, reads
    from desk.registry import assistance, site

    def all_of(s: Any, scope: Any) -> tuple[str, str, tuple[bool, float], int, int, UUID | None]:
        return (
            site.staff_name(s, ctx.actor.staff_id),
            site.terminal_name(s, ctx.actor.terminal_id),
            opening.opening(s, scope),
            reads.counter_panel(s, scope, counter).waiting if counter else 0,
            len(assistance.jobs_open(s, scope)),
            ledger.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id),
        )

    staff, terminal, (is_open, left), waiting, escorts, printer_id = ctx.read(all_of)
    all_printers = paper.printers(ctx)
    own = next((one for one in all_printers if one.id == printer_id), None)
    others = tuple(one for one in all_printers if one.id != printer_id)
    return Facts(staff, terminal, is_open, left, own, waiting, escorts, others)

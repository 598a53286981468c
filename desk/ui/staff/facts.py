"""What strip and rail of the staff window say, read in one go; for a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.ui.staff.status_strip import Facts

if TYPE_CHECKING:
    from desk.actions.context import Context


def read_facts(ctx: Context, counter: int) -> Facts:
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

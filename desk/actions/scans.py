"""Where the paper behind one of our codes stands: what the command line and the kiosk may say without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.actions.context import Context
from desk.errors import UserError
from desk.models.application import Application
from desk.queue import reads
from desk.registry import named
from desk.registry.scanning import Paper, Scan


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket ("V 017", "waiting") or an application ("2026/004218", "referred", its last answer date)."""

    number: str
    state: str
    due_on: date | None = None


def standing(ctx: Context, scan: Scan) -> Standing | None:
    """None for a code of ours whose paper this database does not know. Opens no record, so nothing is logged."""
    if scan.paper is Paper.TICKET:
        ticket = ctx.read(reads.ticket_by_scan, scan.code)
        return Standing(ticket.number, ticket.state) if ticket else None
    if scan.paper is not Paper.APPLICATION:
        return None
    try:
        application_id = ctx.read(named.by_scan, scan.code)
    except UserError:
        return None
    wanted = select(Application.record_number, Application.state, Application.due_on)
    with ctx.db.read() as session:
        row = session.execute(wanted.where(Application.id == application_id)).one()
    return Standing(row.record_number, row.state, row.due_on)

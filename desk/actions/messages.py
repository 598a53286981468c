"""Ready messages between desk and counters: send one, read what waits, say that it was read."""

from __future__ import annotations

from uuid import UUID

from desk.actions.context import Context
from desk.actor import Right
from desk.registry import messages as registry
from desk.registry.place_types import Message


def send(ctx: Context, place: int, sender: int, to: int) -> Message:
    """Send the ready sentence at ``place`` (from 0) from ``sender`` to ``to``: numbers of counters, 0 is the desk."""
    with ctx.work(Right.ISSUE) as work:
        message_id = registry.send(work, place, sender, to)
    found = ctx.read(registry.one, message_id)
    assert found is not None
    return found


def seen(ctx: Context, message_id: UUID) -> None:
    """Whoever works here has read it."""
    with ctx.work(Right.ISSUE) as work:
        registry.seen(work, message_id)


def message(ctx: Context, message_id: UUID) -> Message | None:
    return ctx.read(registry.one, message_id)


def waiting(ctx: Context, to: int) -> tuple[Message, ...]:
    """What nobody has read yet at a counter, or at the desk (0)."""
    return ctx.read(registry.open_for, to)

"""What the kiosk does besides numbers: noting that the privacy notice was offered."""

from __future__ import annotations

from desk.actions.context import Context
from desk.printing import ledger
from desk.registry import privacy
from desk.registry.privacy import How


def note_notice(ctx: Context, how: How, version: str, lang: str, press: str) -> None:
    """The notice was offered, opened or heard during one stay at the kiosk (``press``); opens no business day."""
    with ledger.entry(ctx.db, ctx.actor) as entry:
        privacy.shown(entry, ctx.actor.site_id, how, version, lang, press)

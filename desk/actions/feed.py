"""Following what happens: the change log of the site, handed to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

from desk.actions.context import Context
from desk.events import Change
from desk.models.changes import ChangeFeed


def follow(
    ctx: Context,
    told: Callable[[list[Change]], None],
    cursor: int | None = None,
    stirred: Callable[[frozenset[str]], None] | None = None,
) -> ChangeFeed:
    """Start a feed of this site's changes; ``told`` is called on the feed's thread. ``stop()`` it at the end.

    ``stirred``: see ``ChangeFeed``; of every site of the database.
    """
    feed = ChangeFeed(ctx.db, ctx.actor.site_id, told, cursor, stirred)
    feed.start()
    return feed

"""The change log as a Qt signal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.actions import feed
from desk.actions.context import Context


class Bridge(QObject):
    """Emits ``changed`` (a list of ``desk.events.Change``, oldest first) on the GUI thread.

    The feed's thread emits; this object outlives it, so the queued signal always has a living sender.
    """

    changed = Signal(object)

    stirred = Signal(object)
    """Kinds (a frozenset) of what was just committed, before it is read; on PostgreSQL, of every site."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._feed: Any = None

    def start(self, cursor: int | None = None) -> None:
        """Follow the log from ``cursor`` (a seq), or from what comes next."""
        if self._feed is None:
            self._feed = feed.follow(self._ctx, self.changed.emit, cursor, self.stirred.emit)

    def stop(self) -> None:
        if self._feed is not None:
            self._feed.stop()
            self._feed = None

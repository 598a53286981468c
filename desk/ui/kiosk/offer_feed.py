"""Keeps the kiosk's offer fresh: after changes, every half minute, and soon again while the database is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk.errors import DeskError
from desk.events import Change
from desk.ui import tasks
from desk.ui.kiosk import offer
from desk.ui.kiosk.offer import Offer

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.ui.office import Office

FRESH_MS = 30_000
"""Forecasts and opening hours are read anew this often, and after changes."""

AWAY_MS = 3000
"""While the database is away it is asked this often."""

CHANGE_MS = 500
"""A burst of changes makes one read."""


class OfferFeed(QObject):
    """``taken`` carries every new Offer, ``lost`` says that the database is away. Runs from ``start`` to ``stop``."""

    taken = Signal(object)
    lost = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._office: Office | None = None
        self._running = False
        self.state = "wait"
        """wait | known | away"""
        self._net = QTimer(self, interval=FRESH_MS)
        self._net.timeout.connect(self.load)
        self._soon = QTimer(self, interval=CHANGE_MS, singleShot=True)
        self._soon.timeout.connect(self.load)

    def follow(self, office: Office) -> None:
        self._office = office
        office.bridge.changed.connect(self._on_changes)
        self.load()

    def start(self) -> None:
        self._running = True
        self._net.start()
        self.load()

    def stop(self) -> None:
        self._running = False
        self._net.stop()
        self._soon.stop()

    def load(self) -> None:
        """Read the offer anew."""
        if self._office is not None:
            ctx = self._office.ctx
            tasks.latest(self, "offer", lambda: offer.load(ctx), self._take, self._missed)

    def _on_changes(self, changes: list[Change]) -> None:
        if self._running and not self._soon.isActive():
            self._soon.start()

    def _take(self, new: Offer) -> None:
        self.state = "known"
        self._net.setInterval(FRESH_MS)
        self.taken.emit(new)

    def _missed(self, error: DeskError) -> None:
        self.state = "away"
        self._net.setInterval(AWAY_MS)
        self.lost.emit()

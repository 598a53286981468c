"""The base of every page of the staff window."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desk.events import Change, Kind
from desk.ui.office import Office

THROTTLE_MS = 40
"""Reloads are at most this often: a burst of changes makes one."""


class Page(QFrame):
    """One screen. A subclass says what it is, builds itself, and loads when shown or when something it shows changed.

    A hidden page only remembers that it is out of date.
    """

    title = ""  # on the rail, already Turkish
    icon = ""  # name in resources/icons
    shows: frozenset[Kind] = frozenset()  # kinds of changes that make it reload

    badge = Signal(int)  # number on the rail; 0 hides it
    said = Signal(str, object)  # a sentence for the toast, and what undoes it (a callable or None)
    hinted = Signal(str)  # a sentence that nothing was done, and what to do first
    failed = Signal(str)  # an error sentence that stays until it is dismissed

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._stale = True
        self._away = False
        self._throttle = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._throttle.timeout.connect(self._reload_if_shown)
        office.bridge.changed.connect(self._on_changes)

    def load(self) -> None:
        """Read what the page shows (through ui.tasks) and show it."""
        raise NotImplementedError

    def keys(self) -> list[tuple[str, str]]:
        """Key chords of the page and what they do, for Shift+F1."""
        return []

    def enter(self) -> None:
        """Put the focus where work begins; called when the page is chosen."""

    def personal(self) -> tuple[QWidget, ...]:
        """The parts that show personal details: covered when nobody touches the window for a while."""
        return ()

    def set_away(self, away: bool) -> None:
        """The database cannot be reached (say what still works), or can again: what is shown is read anew."""
        was, self._away = self._away, away
        if was and not away:
            self.reload_soon()

    def open_scan(self, code: str) -> bool:
        """A barcode was scanned while this page is in front; True when the page took it."""
        return False

    def reload_soon(self) -> None:
        self._stale = True
        if not self._throttle.isActive():
            self._throttle.start()

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind in self.shows for change in changes):
            self.reload_soon()

    def read_ahead(self) -> None:
        """Read now what the page will show first: then it has it when it is shown."""
        self._stale = False
        self.load()

    def _reload_if_shown(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_shown()

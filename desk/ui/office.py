"""What the windows of one process share: who works here, the database behind actions, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # a window is painted before the database's libraries are read
    from desk.actions.context import Context
    from desk.ui.bridge import Bridge


class Office(QObject):
    """Handed to every window and page. ``ctx`` changes when somebody else sits down: read it anew for each action."""

    staff_changed = Signal()
    counter_changed = Signal()
    touched = Signal()  # somebody is at one of the windows of this desk, so at all of them
    left = Signal()  # whoever sat here goes: every window is locked
    came_back = Signal()  # one window was opened with a name and a PIN, and the others with it

    def __init__(self, ctx: Context, bridge: Bridge, *, counter: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.bridge = bridge
        self.counter = counter
        """The Banko of this machine; 0 when it is none."""

    def take_counter(self, number: int) -> None:
        if number != self.counter:
            self.counter = number
            self.counter_changed.emit()

    def seat(self, ctx: Context) -> None:
        """Somebody else works here now."""
        self.ctx = ctx
        self.staff_changed.emit()

"""Key chords of a window, heard before its widgets hear them.

A chord matches its modifiers exactly. That is what keeps Turkish typing safe: AltGr arrives as Ctrl+Alt (Windows) or
as a key of its own (X11, Wayland), and no chord of ours is either of them.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

_SAME = {Qt.Key.Key_Enter: Qt.Key.Key_Return}
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)


class Chords:
    """Which keys do what: ``chords.add("Alt+R", self.toggle)``."""

    def __init__(self) -> None:
        self._acts: dict[tuple[int, int], tuple[Callable[[], object], bool, Callable[[], bool] | None]] = {}

    def add(
        self,
        keys: str,
        act: Callable[[], object],
        *,
        repeats: bool = False,
        when: Callable[[], bool] | None = None,
    ) -> None:
        """``repeats``: a held key does it again. ``when``: asked each time; without its yes the key goes on its way."""
        combination = QKeySequence(keys)[0]
        self._acts[combination.key(), combination.keyboardModifiers().value] = (act, repeats, when)

    def handle(self, event: QKeyEvent) -> bool:
        """Do what the key means; True when it meant something."""
        key = _SAME.get(Qt.Key(event.key()), event.key()) if event.key() else 0
        found = self._acts.get((key, (event.modifiers() & _MODIFIERS).value))
        if found is None:
            return False
        act, repeats, when = found
        if when is not None and not when():
            return False
        if repeats or not event.isAutoRepeat():
            act()
        return True


def typing() -> bool:
    """Whether letters would go into a text just now."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def on_a_button() -> bool:
    """Whether Space and Enter belong to a button that was reached with Tab."""
    return isinstance(QApplication.focusWidget(), QAbstractButton)


class WindowKeys(QObject):
    """Follows the focus of a window and shows each key press to ``hear`` first.

    ``hear(event)`` returns True when the key is used up. ``scan(event)`` hears keys of the window's popups too.
    ``blocked()``: while True no shortcut of a page may fire (an overlay covers it).
    """

    def __init__(
        self,
        window: QWidget,
        hear: Callable[[QKeyEvent], bool],
        *,
        scan: Callable[[QKeyEvent], bool] | None = None,
        blocked: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._hear, self._scan, self._blocked = window, hear, scan, blocked
        self._watched: QWidget | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if new is not None and new is not self._window and self._belongs(new):
            new.installEventFilter(self)
            self._watched = new

    def _belongs(self, widget: QWidget | None) -> bool:
        """Whether ``widget`` is in this window or in a popup opened from it."""
        while widget is not None and widget is not self._window:
            if widget.isWindow() and widget.windowType() != Qt.WindowType.Popup:
                return False
            widget = widget.parentWidget()
        return widget is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and self._blocked is not None and self._blocked():
            event.accept()
            return True
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self._window and self._watched is not None:
            return False  # the focused widget has passed it on: it was heard before
        if self._scan is not None and self._scan(event):
            return True
        in_popup = isinstance(watched, QWidget) and watched.window() is not self._window
        return not in_popup and self._hear(event)

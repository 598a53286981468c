"""Fingers and keys at the kiosk: who is there, where the arrows lead, and the hidden ways to the staff page."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desk.ui.kiosk.navigation import STEPS, neighbour
from desk.ui.kiosk.seeing import AFTER_ALL
from desk.ui.staff.wedge import Wedge
from desk.ui.theme import look_of
from desk.ui.widgets.control import Control

CORNER = 140
"""Side of the hidden corner, pixels of the picture."""

LOUDER = "+"
"""On no paper of ours: it sets the voice, however fast it is pressed."""

CORNER_MS = 3000
"""How long the corner is held."""

SECOND_TOUCH_S = 0.7
SECOND_TOUCH = 90
"""A touch so soon after a page came, so near (pixels of the picture) to the one that called it, is the second tap of
a trembling hand: it was not meant for what has come there."""

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_SECRET = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Touch(QObject):
    """Watches the window and every widget of its page."""

    touched = Signal()
    escaped = Signal()
    staff_wanted = Signal()
    walked = Signal(QWidget)  # a key of the page got the focus by the keyboard

    def __init__(self, window: QWidget, steady: Callable[[], float] = time.monotonic) -> None:
        """``steady``: seconds of a clock that never jumps."""
        super().__init__(window)
        self._window = window
        self.answered: Callable[[int, str], bool] = lambda key, text: False
        """Asked with each key, and what it writes, before it does anything; True when that was all it was for."""
        self.in_order: Callable[[], bool] = lambda: False
        """Whether the arrows lead through all keys one after the other: who does not see them knows no rows."""
        self.scanner: Wedge | None = None
        self._steady = steady
        self._turned_at = self._touched_at = float("-inf")
        self._spot: QPoint | None = None
        self._page: QWidget | None = None
        self.corner = QTimer(self, interval=CORNER_MS, singleShot=True)
        self.corner.timeout.connect(self.staff_wanted)
        window.installEventFilter(self)

    def watch(self, page: QWidget) -> None:
        """The page that is shown from now on."""
        self._page = page
        for widget in (page, *page.findChildren(QWidget)):
            widget.installEventFilter(self)

    def page_turned(self) -> None:
        """Another step has come under the finger."""
        self._turned_at = self._steady()

    def keys(self) -> list[Control]:
        """The controls of the page in reading order."""
        page = self._page
        if page is None:
            return []
        deaf = Qt.FocusPolicy.NoFocus
        found = [key for key in page.findChildren(Control) if key.isVisibleTo(page) and key.focusPolicy() != deaf]
        return sorted(found, key=lambda key: bool(key.property(AFTER_ALL)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSES and isinstance(event, QMouseEvent):
            self.touched.emit()
            if self._is_second(event):
                return True
            self._hold_corner(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self.corner.stop()
        elif kind == QEvent.Type.ContextMenu:
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.touched.emit()
            return self._heard(event, watched) or self._key_pressed(event, watched)
        elif kind == QEvent.Type.FocusIn and isinstance(watched, Control) and _is_by_keys(event):
            self.walked.emit(watched)
        return False

    def _heard(self, event: QKeyEvent, watched: QObject) -> bool:
        """A key that belongs to a scan, or does something for who cannot see. Each key is heard once, though Qt offers
        it to the focus and, when that does not want it, to what lies behind."""
        if watched is not (self._window.focusWidget() or self._window):
            return False
        if self.scanner is not None and event.text() != LOUDER and self.scanner.hear(event):
            return True
        return self.answered(event.key(), event.text())

    def _is_second(self, event: QMouseEvent) -> bool:
        """Whether this is the tail of the touch that brought the page. A press that several widgets see counts once."""
        at, now = event.globalPosition().toPoint(), self._steady()
        reach = SECOND_TOUCH * look_of(self._window).pixel_scale
        near = self._spot is not None and (at - self._spot).manhattanLength() < reach
        if near and self._touched_at <= self._turned_at and now - self._turned_at < SECOND_TOUCH_S:
            return True
        self._spot, self._touched_at = at, now
        return False

    def _hold_corner(self, event: QMouseEvent) -> None:
        at = self._window.mapFromGlobal(event.globalPosition().toPoint())
        side = round(CORNER * look_of(self._window).pixel_scale)
        if 0 <= at.x() < side and 0 <= at.y() < side:
            self.corner.start()

    def _key_pressed(self, event: QKeyEvent, watched: QObject) -> bool:
        """True when the key was answered here, or does nothing at a kiosk."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Q and held == _SECRET:
            self.staff_wanted.emit()
            return True
        if held & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            # AltGr types letters on a Turkish keyboard and comes as Ctrl+Alt or as none: let a text through.
            return not event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return True
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)  # in a field: between its letters
        if event.key() in STEPS and not (sideways and watched.inherits("QLineEdit")):
            self._walk(Qt.Key(event.key()))
            return True
        return False

    def _walk(self, key: Qt.Key) -> None:
        """On to the next control that way; without one in focus the first one comes to light."""
        keys = self.keys()
        if not keys:
            return
        here = self._window.focusWidget()
        target = keys[0]
        if here in keys and self.in_order():
            mirrored = self._window.layoutDirection() == Qt.LayoutDirection.RightToLeft
            ahead = (Qt.Key.Key_Down, Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right)
            target = keys[(keys.index(here) + (1 if key in ahead else -1)) % len(keys)]
        elif here in keys:
            target = keys[neighbour([self._place(one) for one in keys], keys.index(here), key)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.show_ring()

    def _place(self, key: QWidget) -> QRect:
        return QRect(key.mapTo(self._window, QPoint(0, 0)), key.size())


def _is_by_keys(event: QEvent) -> bool:
    return isinstance(event, QFocusEvent) and event.reason() in _BY_KEYS

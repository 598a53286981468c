"""Fingers and keys at the kiosk: who is there, where the arrows lead, and the hidden ways to the staff page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desk.ui.kiosk.navigation import STEPS, neighbour
from desk.ui.theme import look_of
from desk.ui.widgets.control import Control

CORNER = 140
"""Side of the hidden corner, pixels of the picture."""

CORNER_MS = 3000
"""How long the corner is held."""

_SECRET = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Touch(QObject):
    """Watches the window and every widget of its page."""

    touched = Signal()
    escaped = Signal()
    staff_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page: QWidget | None = None
        self.corner = QTimer(self, interval=CORNER_MS, singleShot=True)
        self.corner.timeout.connect(self.staff_wanted)
        window.installEventFilter(self)

    def watch(self, page: QWidget) -> None:
        """The page that is shown from now on."""
        self._page = page
        for widget in (page, *page.findChildren(QWidget)):
            widget.installEventFilter(self)

    def keys(self) -> list[Control]:
        """The controls of the page in reading order."""
        page = self._page
        if page is None:
            return []
        deaf = Qt.FocusPolicy.NoFocus
        return [key for key in page.findChildren(Control) if key.isVisibleTo(page) and key.focusPolicy() != deaf]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self.touched.emit()
            self._hold_corner(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self.corner.stop()
        elif kind == QEvent.Type.ContextMenu:
            return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.touched.emit()
            return self._key_pressed(event, watched)
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
        if event.key() in STEPS and not watched.inherits("QLineEdit"):
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
        if here in keys:
            target = keys[neighbour([self._place(one) for one in keys], keys.index(here), key)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.show_ring()

    def _place(self, key: QWidget) -> QRect:
        return QRect(key.mapTo(self._window, QPoint(0, 0)), key.size())

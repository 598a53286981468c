"""The focus ring: one overlay per window that follows the focused control.

It is drawn around the control, not in it, so no layout has to keep room for it and nothing clips it. It shows for
focus by keyboard; a control taken by mouse or finger shows it with the next key.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desk.ui.theme import Sizes, Theme
from desk.ui.widgets.painting import draw_box, painting

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}


class FocusRing(QWidget):
    """Follows ``target`` (any widget of the same window); hidden while there is none."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")
        self.hide()
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = 8.0
        self._sizes: Sizes | None = None
        self._theme: Theme | None = None

    def follow(self, target: QWidget, radius: float, sizes: Sizes, theme: Theme) -> None:
        """Surround ``target``, whose corners have ``radius``."""
        self.leave()
        self._target, self._radius, self._sizes, self._theme = target, radius, sizes, theme
        at: QWidget | None = target
        while at is not None and at is not self.parentWidget():
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget()
        self._place()

    def leave(self, target: QWidget | None = None) -> None:
        """Stop following (only if it is ``target`` that is followed, when given)."""
        if target is not None and target is not self._target:
            return
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        elif event.type() == QEvent.Type.Hide and watched is self._target:
            self.hide()
        return False

    def _place(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or window is None or self._sizes is None or not shiboken6.isValid(target):
            return
        if not target.isVisibleTo(window):
            self.hide()
            return
        inner = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        out = self._sizes.ring + self._sizes.ring_gap
        self.setGeometry(inner.adjusted(-out, -out, out, out))
        self._clip(target, window, inner)
        self.show()
        self.raise_()
        self.update()

    def _clip(self, target: QWidget, window: QWidget, inner: QRect) -> None:
        """Hide what a scroll area has scrolled away; a control that is wholly in view keeps its whole ring."""
        shown = self.geometry()
        at = target.parentWidget()
        while at is not None and at is not window:
            area = at.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is at:
                port = QRect(at.mapTo(window, QPoint(0, 0)), at.size())
                if not port.contains(inner):
                    shown = shown.intersected(port)
            at = at.parentWidget()
        if shown == self.geometry():
            self.clearMask()
        else:
            self.setMask(QRegion(shown.translated(-self.pos())))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sizes is None or self._theme is None:
            return
        with painting(self) as painter:
            reach = self._sizes.ring + self._sizes.ring_gap
            draw_box(
                painter,
                QRectF(self.rect()),
                self._radius + reach,
                edge=self._theme.petrol_500,
                width=self._sizes.ring,
            )


def ring_of(widget: QWidget) -> FocusRing:
    """The ring of the window ``widget`` is in, made on first use."""
    window = widget.window()
    ring = shown_ring(widget)
    if ring is None:
        ring = FocusRing(window)
        window.__dict__["_desk_ring"] = ring
    return ring


def shown_ring(widget: QWidget) -> FocusRing | None:
    """The window's ring when it has one; a window that is being closed must not get a new child."""
    ring = widget.window().__dict__.get("_desk_ring")
    return ring if ring is not None and shiboken6.isValid(ring) else None

"""Something that covers the window for a moment: questions, pickers, the page of keys. Never a window of its own."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desk.ui.theme import color
from desk.ui.widgets import Dressed, Text, draw_box, painting

EDGE = 24  # least distance of the panel from the window's edges, pixels


class Panel(Dressed, QWidget):
    """The sheet that lies on the darkened window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), self.sizes.radius_card, theme.surface, theme.line, self.border())


class Overlay(Dressed, QFrame):
    """A panel over a darkened window. Esc and a click beside it close it; Tab stays inside; the focus goes back after.

    ``anchor``: a widget the panel stands above (a picker); without one it is centred.
    """

    closed = Signal()
    over_lock = False  # whether it may be seen while the window is locked

    def __init__(self, window: QWidget, title: str, *, width: int = 480, anchor: QWidget | None = None) -> None:
        super().__init__(window)
        self.setAccessibleName(title)
        self._width, self._anchor = width, anchor
        self._from: QWidget | None = None
        self.panel = Panel(self)
        self.column = QVBoxLayout(self.panel)
        self.column.setSpacing(12)
        self.title = Text(title, "heading", wrap=True)
        self.column.addWidget(self.title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.column.addLayout(self.body, 1)
        self.hide()
        window.installEventFilter(self)
        self.panel.installEventFilter(self)

    def open(self) -> None:
        """Show it and take the focus."""
        self._from = QApplication.focusWidget()
        self.setGeometry(self.parentWidget().rect())
        pad = self.sizes.card_pad + 4
        self.column.setContentsMargins(pad, pad - 4, pad, pad)
        self.show()
        self.raise_()
        self._place()
        (self.first_focus() or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def first_focus(self) -> QWidget | None:
        """The widget that gets the focus when it opens."""
        inside = self._stops()
        return inside[0] if inside else None

    def dismiss(self) -> None:
        """Close, and give the focus back to where it was."""
        back = self._from
        self._from = None
        self.hide()
        if back is not None and shiboken6.isValid(back) and back.isVisible() and back.window() is self.window():
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _stops(self) -> list[QWidget]:
        """What Tab reaches inside, in order."""
        found = []
        at = self.nextInFocusChain()
        while at is not None and at is not self:
            if (
                self.isAncestorOf(at)
                and at.focusPolicy() & Qt.FocusPolicy.TabFocus
                and at.isEnabled()
                and at.isVisibleTo(self)
                and at.focusProxy() is None
            ):
                found.append(at)
            at = at.nextInFocusChain()
        return found

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        stops = self._stops()
        if stops:
            now = QApplication.focusWidget()
            at = stops.index(now) if now in stops else (-1 if forward else 0)
            step = 1 if forward else -1
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[(at + step) % len(stops)].setFocus(reason)
        return True

    def _place(self) -> None:
        room = self.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        wide = min(round(self._width * max(1.0, self.look.text_scale * 0.9)), room.width())
        self.panel.setFixedWidth(wide)
        high = min(self._height(), room.height())
        self.panel.resize(wide, high)
        if self._anchor is not None and shiboken6.isValid(self._anchor):
            corner = self._anchor.mapTo(self.parentWidget(), QPoint(0, 0))
            self.panel.move(max(EDGE, min(corner.x(), room.right() - wide)), max(EDGE, corner.y() - high - 8))
        else:
            self.panel.move((self.width() - wide) // 2, (self.height() - high) // 2)

    def _is_too_low(self) -> bool:
        """There has come more into it, larger text or a sentence, than it has room for; and the window has more."""
        most = self.height() - 2 * EDGE
        return self.isVisible() and self.panel.height() < min(self._height(), most)

    def _height(self) -> int:
        """What stands in the panel needs so many pixels at its width."""
        layout = self.panel.layout()
        wants = layout.heightForWidth(self.panel.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return max(wants, layout.minimumSize().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()  # nothing reaches the page below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
            self._place()
        elif watched is self.panel and event.type() == QEvent.Type.LayoutRequest and self._is_too_low():
            self._place()
        return False

    def look_changed(self) -> None:
        super().look_changed()
        if self.isVisible():
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color(self.theme.petrol_900, 0.45))

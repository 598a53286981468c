"""Nothing here yet, and when there will be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_lines, line_height, wrap


class EmptyState(Painted):
    """``EmptyState("check", "Bekleyen yok", "Yeni sıra verildiğinde burada görünür.")``"""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *,
        framed: bool = True,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, scale=scale, parent=parent)
        self._icon, self._title, self._text, self._framed = icon, title, text, framed
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_texts(self, icon: str, title: str, text: str = "") -> None:
        self._icon, self._title, self._text = icon, title, text
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def _lines(self, width: float) -> tuple[list[str], list[str]]:
        room = max(120, width - 2 * self.sizes.card_pad)
        text = wrap(self.font_of("hint"), self._text, room) if self._text else []
        return wrap(self.font_of("heading"), self._title, room), text

    def _high(self, width: float) -> int:
        title, text = self._lines(width)
        words = len(title) * line_height(self.font_of("heading")) + len(text) * line_height(self.font_of("hint"))
        return round(self.sizes.icon * 1.6) + 4 + words

    def sizeHint(self) -> QSize:
        width = max(self.width(), 240)
        return QSize(280, self._high(width) + 2 * self.sizes.card_pad)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme, rect, side = self.theme, QRectF(self.rect()), round(self.sizes.icon * 1.6)
        if self._framed:
            draw_box(painter, rect, self.sizes.radius_card, None, theme.line_strong, self.border(), True)
        title, text = self._lines(rect.width())
        y = (rect.height() - self._high(rect.width())) / 2
        paint_icon(painter, self._icon, QRectF((rect.width() - side) / 2, y, side, side), theme.accent)
        y += side + 4
        heading = self.font_of("heading")
        draw_lines(painter, QRectF(0, y, rect.width(), 0), title, heading, theme.ink, ALIGN_CENTER)
        y += len(title) * line_height(heading)
        draw_lines(painter, QRectF(0, y, rect.width(), 0), text, self.font_of("hint"), theme.ink_2, ALIGN_CENTER)

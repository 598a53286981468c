"""A row of a list of numbers: a line above it, the number at its left; what follows is the heir's."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desk.ui.widgets import Painted, draw_text, line_height, text_width


class NumberRow(Painted):
    """``air`` is how much higher than its words it is, pixels at text scale 1."""

    def __init__(self, air: int) -> None:
        super().__init__("")
        self._air = air
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, line_height(self.font_of("strong")) + self._air)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint_number(self, painter: QPainter, number: str) -> float:
        """The line and the number; pixels from the left that they take, alike in all rows."""
        painter.fillRect(QRectF(0, 0, self.width(), 1), self.theme.line)
        strong = self.font_of("strong")
        wide = max(text_width(strong, number), text_width(strong, "W 000"))
        draw_text(painter, QRectF(0, 0, wide, self.height()), number, strong, self.theme.ink)
        return wide

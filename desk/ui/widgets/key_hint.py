"""A key cap: which key does this."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, Sizes, font
from desk.ui.widgets.control import Painted
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width


def key_size(key: str, sizes: Sizes) -> QSize:
    """Room a cap takes: never narrower than high."""
    face = font("key", sizes=sizes)
    height = line_height(face) + 6
    return QSize(max(height, text_width(face, key) + 14), height)


def paint_key(painter: QPainter, rect: QRectF, key: str, face: QFont, ink: str | QColor, edge: str | QColor) -> None:
    draw_box(painter, rect, 4 + rect.height() / 24, edge=edge, width=max(1.0, rect.height() / 24))
    draw_text(painter, rect, key, face, ink, ALIGN_CENTER, elide=False)


class KeyHint(Painted):
    """``KeyHint("Alt+R")``; purely visual, the shortcut itself belongs to the page."""

    def __init__(self, key: str, *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(key, scale=scale, parent=parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return key_size(self._key, self.sizes)

    def paint(self, painter: QPainter) -> None:
        theme = self.theme
        paint_key(painter, QRectF(self.rect()), self._key, self.font_of("key"), theme.ink_2, theme.line_strong)

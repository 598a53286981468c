"""A key cap: which key does this."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, Sizes, font
from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width


def key_size(key: str, sizes: Sizes) -> QSize:
    """Room a cap takes: never narrower than high."""
    face = font("key", sizes=sizes)
    height = line_height(face) + 6
    return QSize(max(height, _words_width(face, key) + 14), height)


RETURN = "↵"
"""Not in IBM Plex Sans: drawn as an icon, or a machine without another typeface shows a box."""


def _words_width(face: QFont, key: str) -> int:
    words = key.replace(RETURN, "")
    return text_width(face, words) + (round(face.pixelSize() * 1.1) if RETURN in key else 0)


def paint_key(painter: QPainter, rect: QRectF, key: str, face: QFont, ink: str | QColor, edge: str | QColor) -> None:
    draw_box(painter, rect, 4 + rect.height() / 24, edge=edge, width=max(1.0, rect.height() / 24))
    if RETURN not in key:
        draw_text(painter, rect, key, face, ink, ALIGN_CENTER, elide=False)
        return
    words, side = key.replace(RETURN, ""), face.pixelSize() * 1.1
    left = rect.center().x() - _words_width(face, key) / 2
    wide = text_width(face, words)
    draw_text(painter, QRectF(left, rect.y(), wide, rect.height()), words, face, ink, elide=False)
    paint_icon(painter, "return", QRectF(left + wide, rect.center().y() - side / 2, side, side), ink)


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

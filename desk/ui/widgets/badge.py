"""The letter of a service."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, Theme
from desk.ui.widgets.control import Painted
from desk.ui.widgets.painting import draw_box, draw_text


def paint_badge(painter: QPainter, rect: QRectF, letter: str, theme: Theme, face: QFont, filled: bool = False) -> None:
    """A service's letter in a tinted (or filled) box."""
    fill, ink = (theme.petrol_600, theme.on_petrol) if filled else (theme.petrol_100, theme.on_tint)
    edge = theme.on_tint if theme.outlined and not filled else None
    draw_box(painter, rect, rect.height() * 0.18, fill, edge, theme.border)
    draw_text(painter, rect, letter, face, ink, ALIGN_CENTER, elide=False)


class ServiceBadge(Painted):
    """``ServiceBadge("V")``; ``filled`` for the chosen one and on the hall display."""

    def __init__(
        self, letter: str, *, filled: bool = False, side: int = 0, scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        super().__init__(letter, scale=scale, parent=parent)
        self._letter, self._filled, self._side = letter, filled, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_letter(self, letter: str, filled: bool | None = None) -> None:
        self._letter = letter
        self._filled = self._filled if filled is None else filled
        self.setAccessibleName(letter)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._side or round(self.sizes.control * 0.8)
        return QSize(side, side)

    def paint(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        face = self.font_of(round(rect.height() * 0.5), 600)
        paint_badge(painter, rect, self._letter, self.theme, face, self._filled)

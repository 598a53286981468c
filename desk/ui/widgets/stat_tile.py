"""One figure: what it is, how much, and what to compare it with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width


class StatTile(Painted):
    """``StatTile("clock", "Ortalama bekleme")``, then ``set_value("10", "dk", "En uzun 41 dk, Sosyal Destek")``."""

    def __init__(
        self,
        icon: str,
        label: str,
        value: str = "–",
        unit: str = "",
        note: str = "",
        *,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, scale=scale, parent=parent)
        self._icon, self._label = icon, label
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value, unit, note)

    def set_value(self, value: str, unit: str = "", note: str = "") -> None:
        self._value, self._unit, self._note = value, unit, note
        self.setAccessibleDescription(". ".join(part for part in (f"{value} {unit}".strip(), note) if part))
        self.setToolTip(note)
        self.updateGeometry()
        self.update()

    def _heights(self) -> tuple[int, int, int]:
        return (
            max(line_height(self.font_of("hint")), self.sizes.icon),
            round(line_height(self.font_of("display")) * 0.9),
            line_height(self.font_of("hint")),
        )

    def sizeHint(self) -> QSize:
        pad = self.sizes.card_pad
        wide = max(
            self.sizes.icon + self.sizes.gap + text_width(self.font_of("hint"), self._label),
            text_width(self.font_of("display"), self._value) + 8 + text_width(self.font_of("heading"), self._unit),
        )
        return QSize(max(wide, 120) + 2 * pad, sum(self._heights()) + 2 * pad - 4)

    def minimumSizeHint(self) -> QSize:
        wide = text_width(self.font_of("display"), self._value) + 8 + text_width(self.font_of("heading"), self._unit)
        return QSize(max(wide, 72) + 2 * self.sizes.card_pad, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme, sizes, rect = self.theme, self.sizes, QRectF(self.rect())
        draw_box(painter, rect, sizes.radius_card, theme.surface, theme.line, self.border())
        pad, (first, second, third) = sizes.card_pad, self._heights()
        room, y = rect.width() - 2 * pad, pad - 2.0
        paint_icon(painter, self._icon, QRectF(pad, y + (first - sizes.icon) / 2, sizes.icon, sizes.icon), theme.ink_2)
        left = pad + sizes.icon + sizes.gap
        spot = QRectF(left, y, rect.width() - left - pad, first)
        draw_text(painter, spot, self._label, self.font_of("hint"), theme.ink_2)
        y += first
        face = self.font_of("display")
        draw_text(painter, QRectF(pad, y, room, second), self._value, face, theme.ink, elide=False)
        wide = text_width(face, self._value) + 8
        # the unit stands on the figure's base line
        drop = (face.pixelSize() - self.font_of("heading").pixelSize()) * 0.36
        spot = QRectF(pad + wide, y + drop, max(0, room - wide), second)
        draw_text(painter, spot, self._unit, self.font_of("heading", 400), theme.ink_2)
        spot = QRectF(pad, y + second, room, third)
        draw_text(painter, spot, self._note, self.font_of("hint"), theme.ink_2)

"""Chips: things to tick. And the row that wraps them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT
from desk.ui.widgets.button import skin
from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, mixed, text_width


class Chip(Control):
    """``Chip("Hamile", hint="3")``: checkable; a check replaces its icon while it is on, its width stays the same.

    ``shape`` is "pill", or "box" for one of a few exclusive choices; ``hint`` is the digit of its key chord.
    """

    def __init__(
        self,
        label: str,
        *,
        icon: str | None = None,
        hint: str = "",
        shape: str = "pill",
        compact: bool = False,
        narrow: bool = False,
        checked: bool = False,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._icon, self._hint, self._shape, self._compact = icon, hint, shape, compact
        self._room = 0.5 if narrow else 0.875  # at each side, of the usual padding
        self.setCheckable(True)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def radius(self) -> float:
        return self.height() / 2 if self._shape == "pill" else self.sizes.radius

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self.updateGeometry()
        self.update()

    def _content_width(self, with_icon: bool) -> int:
        width = text_width(self.font_of("table"), self._label)
        if with_icon:
            width += self._icon_side() + self.sizes.gap
        if self._hint:
            width += self.sizes.gap + self.sizes.gap // 2 + text_width(self.font_of("caption"), self._hint)
        return width

    def _icon_side(self) -> int:
        return round(self.sizes.icon * 0.9)

    def sizeHint(self) -> QSize:
        height = max(self.sizes.control, line_height(self.font_of("table")) + 12)
        return QSize(self._content_width(True) + 2 * round(self.sizes.pad * self._room), height)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, state, on = self.theme, self.state(), self.isChecked()
        look = skin(theme, "primary" if on else "secondary", state)
        ink = look.ink if on or state else theme.ink
        edge = look.edge if not on or theme.outlined else None
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border(), theme.outlined and state == "disabled")
        icon, side, gap = ("check" if on else self._icon), self._icon_side(), self.sizes.gap
        left = (rect.width() - self._content_width(bool(icon))) / 2
        if icon:
            paint_icon(painter, icon, QRectF(left, (rect.height() - side) / 2, side, side), ink)
            left += side + gap
        wide = text_width(self.font_of("table"), self._label)
        spot = QRectF(left, 0, wide, rect.height())
        draw_text(painter, spot, self._label, self.font_of("table"), ink, ALIGN_LEFT, elide=False)
        if self._hint:
            faint = mixed(ink, look.fill or theme.surface, 0.2) if on else (ink if state == "disabled" else theme.ink_3)
            spot = QRectF(left + wide + gap * 1.5, 0, 99, rect.height())
            draw_text(painter, spot, self._hint, self.font_of("caption"), faint, ALIGN_LEFT, elide=False)

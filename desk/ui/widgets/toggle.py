"""On or off, with a check inside while on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, mixed, text_width


class Toggle(Control):
    """``Toggle("Refakat isteniyor")``: switch and words; ``show_label=False`` keeps the words for screen readers."""

    def __init__(
        self,
        label: str,
        *,
        checked: bool = False,
        show_label: bool = True,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._show_label = show_label
        self.setCheckable(True)
        self.setChecked(checked)

    def radius(self) -> float:
        return self._switch().height() / 2 if not self._show_label else self.sizes.radius

    def _switch(self) -> QSize:
        height = max(28, round(self.sizes.icon * 1.4))
        return QSize(round(height * 1.86), height)

    def sizeHint(self) -> QSize:
        switch = self._switch()
        if not self._show_label:
            return QSize(max(switch.width(), self.sizes.control), self.sizes.control)
        face = self.font_of("heading")
        wide = switch.width() + self.sizes.gap + 4 + text_width(face, self._label)
        return QSize(wide + 4, max(self.sizes.control, line_height(face)))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, on, state = self.theme, self.isChecked(), self.state()
        switch = QRectF(0, (rect.height() - self._switch().height()) / 2, *self._switch().toTuple())
        fill, knob, edge = self._colors(state, on)
        draw_box(painter, switch, switch.height(), fill, edge, max(self.border(), 1.5))
        margin = switch.height() * 0.16
        side = switch.height() - 2 * margin
        left = switch.right() - margin - side if on else switch.left() + margin
        draw_box(painter, QRectF(left, switch.center().y() - side / 2, side, side), side / 2, knob)
        if on:
            tick = QRectF(switch.left() + margin, switch.top() + margin * 1.6, side, side - margin * 1.2)
            paint_icon(painter, "check", tick, knob)
        if self._show_label:
            room = rect.width() - switch.width() - self.sizes.gap - 4
            at = switch.right() + self.sizes.gap + 4
            ink = mixed(theme.ink_2, theme.sunken, 0.25) if state == "disabled" else theme.ink
            spot = QRectF(at, 0, room, rect.height())
            draw_text(painter, spot, self._label, self.font_of("heading"), ink)

    def _colors(self, state: str, on: bool):
        theme = self.theme
        if state == "disabled":
            faint = mixed(theme.line_strong, theme.sunken, 0.4)
            return theme.sunken, faint, faint
        if on:
            fill = theme.petrol_hover if state == "hover" and not theme.outlined else theme.petrol_600
            return fill, theme.on_petrol, fill
        return (theme.hover if state == "hover" else theme.surface), theme.ink_3, theme.line_strong

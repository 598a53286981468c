"""Chips: things to tick."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT
from desk.ui.tokens import Sizes
from desk.ui.widgets.button import skin
from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_lines, draw_text, halves, line_height, mixed, text_width

DENSITIES = (0, 1, 2, 3)
"""As it likes to be; the check in the place of the digit; long words in two lines, too; all that can in two lines."""

LONGEST = {2: "0" * 12, 3: "0" * 8}
"""By density: words that are wider than so many digits are broken into two lines."""


class Chip(Control):
    """``Chip("Hamile", hint="3")``: checkable; a check replaces its icon while it is on, its width stays the same.

    ``shape`` is "pill", or "box" for one of a few exclusive choices; ``hint`` is the digit of its key chord.
    ``set_density`` makes it narrower where its row has little room (``FittingRow``).
    """

    def __init__(
        self,
        label: str,
        *,
        icon: str | None = None,
        hint: str = "",
        shape: str = "pill",
        narrow: bool = False,
        checked: bool = False,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._icon, self._hint, self._shape = icon, hint, shape
        self._room = 0.5 if narrow else 0.875  # at each side, of the usual padding
        self._density = 0
        self._widths: dict[int, int] = {}  # by density, while they hold
        self._widths_of: Sizes | None = None
        self.setCheckable(True)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def radius(self) -> float:
        if self._shape == "pill" and self._density in LONGEST:
            return self.sizes.radius_card  # room for a second line
        return self.height() / 2 if self._shape == "pill" else self.sizes.radius

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._widths_of = None
        self.updateGeometry()
        self.update()

    def set_label(self, label: str) -> None:
        self._widths_of = None
        super().set_label(label)

    def set_density(self, density: int) -> None:
        """One of DENSITIES."""
        if density != self._density:
            self._density = density
            self.updateGeometry()
            self.update()

    def lines(self, density: int) -> list[str]:
        """The words in one line, or in two where they are long for the density."""
        face = self.font_of("table")
        if density not in LONGEST or text_width(face, self._label) <= text_width(face, LONGEST[density]):
            return [self._label]
        return halves(face, self._label)

    def width_at(self, density: int) -> int:
        """The width it wishes for at a density: the same whether it is on or off."""
        if self._widths_of is not self.sizes:  # a row asks for all densities, several times while it is laid out
            self._widths, self._widths_of = {}, self.sizes
        if density not in self._widths:
            room = self._room if density == 0 else 0.375
            content = self._content_width(density == 0 or self._icon is not None, density)
            self._widths[density] = content + 2 * round(self.sizes.pad * room)
        return self._widths[density]

    def _content_width(self, with_icon: bool, density: int) -> int:
        width = max(text_width(self.font_of("table"), words) for words in self.lines(density))
        if with_icon:
            width += self._icon_side() + self.sizes.gap
        if self._hint:
            width += self.sizes.gap + self.sizes.gap // 2 + self._hint_width(density)
        return width

    def _hint_width(self, density: int) -> int:
        wide = text_width(self.font_of("caption"), self._hint)
        return max(wide, self._icon_side()) if self._check_for_hint(density) else wide

    def _check_for_hint(self, density: int) -> bool:
        """Whether the check stands where the digit was."""
        return density > 0 and bool(self._hint) and self._icon is None

    def _icon_side(self) -> int:
        return round(self.sizes.icon * 0.9)

    def sizeHint(self) -> QSize:
        height = max(self.sizes.control, line_height(self.font_of("table")) + 12)
        return QSize(self.width_at(self._density), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width_at(max(LONGEST)), self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, state, on = self.theme, self.state(), self.isChecked()
        look = skin(theme, "primary" if on else "secondary", state)
        ink = look.ink if on or state else theme.ink
        edge = look.edge if not on or theme.outlined else None
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border(), theme.outlined and state == "disabled")
        instead = on and self._check_for_hint(self._density)
        icon, side, gap = ("check" if on and not instead else self._icon), self._icon_side(), self.sizes.gap
        left = (rect.width() - self._content_width(bool(icon), self._density)) / 2
        if icon:
            paint_icon(painter, icon, QRectF(left, (rect.height() - side) / 2, side, side), ink)
            left += side + gap
        face, lines = self.font_of("table"), self.lines(self._density)
        wide, high = max(text_width(face, words) for words in lines), line_height(face) * len(lines)
        draw_lines(painter, QRectF(left, (rect.height() - high) / 2, wide, high), lines, face, ink)
        left += wide + gap * 1.5
        if instead:
            paint_icon(painter, "check", QRectF(left, (rect.height() - side) / 2, side, side), ink)
        elif self._hint:
            faint = mixed(ink, look.fill or theme.surface, 0.2) if on else (ink if state == "disabled" else theme.ink_3)
            small = self.font_of("caption")
            spot = QRectF(left, 0, text_width(small, self._hint), rect.height())
            draw_text(painter, spot, self._hint, small, faint, ALIGN_LEFT, elide=False)

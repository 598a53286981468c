"""The painted parts of "Başvurum nerede?": a key for one sign, and the card that says where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from desk.ui.kiosk.fitting import even, least, tall
from desk.ui.kiosk.parts import EXPAND, Scaled
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Control, draw_box, draw_lines, draw_text, line_height, paint_icon, text_width
from desk.ui.widgets.button import skin
from desk.ui.widgets.tile import fitted_line
from desk.values import dataclass

Row = tuple[str, str]
"""What it is, and what it is here."""


class SignKey(Control):
    """One letter or digit to touch, or a word with an icon before it ("Sil")."""

    def __init__(self, sign: str, *, icon: str = "") -> None:
        super().__init__(sign, scale="kiosk")
        self._icon = icon
        self.setSizePolicy(EXPAND, EXPAND)

    def sizeHint(self) -> QSize:
        side = round(88 * self.look.pixel_scale)
        return QSize(side, max(side, line_height(self.font_of("strong", 600))))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look = skin(self.theme, "secondary", self.state())
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        ink = look.ink if self.state() else self.theme.ink
        face, taken = self.font_of("strong", 600), 0
        if self._icon:
            side = self.sizes.icon
            taken = side + self.sizes.gap
            face = fitted_line(self._label, face, rect.width() - taken - self.sizes.gap * 2, self.font_of)
            left = (rect.width() - taken - text_width(face, self._label)) / 2
            paint_icon(painter, self._icon, QRectF(left, (rect.height() - side) / 2, side, side), ink)
        draw_text(painter, rect.adjusted(taken, 0, 0, 0), self._label, face, ink, ALIGN_CENTER, elide=False)


@dataclass(frozen=True, slots=True)
class Band:
    """Columns beside each other: letters, lines, ink and where it begins; ``below``: the room below them, ``above``:
    what the marks of the first line need."""

    columns: list[tuple[QFont, list[str], str, float]]
    below: float
    above: float = 0.0

    @property
    def first(self) -> int:
        """The height of the first line, which all columns have in common."""
        return max(line_height(face) for face, _, _, _ in self.columns)

    @property
    def high(self) -> float:
        return self.above + max(line_height(face) * len(lines) for face, lines, _, _ in self.columns) + self.below


class StandingCard(Scaled):
    """The state in large letters, below it what belongs to it. Letters shrink before a row goes."""

    fits_words = True

    def __init__(self, state: str, sentence: str, rows: Sequence[Row]) -> None:
        super().__init__(state)
        self._state, self._sentence, self._rows = state, sentence, tuple(rows)
        told = [sentence] if sentence else []
        self.setAccessibleDescription(" ".join([*told, *(f"{label}: {value}." for label, value in rows)]))
        self.setSizePolicy(EXPAND, EXPAND)

    def sizeHint(self) -> QSize:
        return QSize(0, round(self.px(700)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self.px(300)))

    def paint(self, painter: QPainter) -> None:
        theme, rect, pad = self.theme, QRectF(self.rect()), float(self.sizes.card_pad)
        inner = rect.adjusted(pad * 1.3, pad, -pad * 1.3, -pad)
        bands = self._fitting(inner.width(), inner.height())
        high = min(rect.height(), sum(band.high for band in bands) + 2 * pad)
        box = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, rect.width(), high)
        draw_box(painter, box, self.sizes.radius_tile, theme.surface, theme.line_strong, self.border())
        top = box.y() + pad
        for band in bands:
            for face, lines, ink, left in band.columns:
                first = band.first - line_height(face)
                at = top + band.above + first / 2
                spot = QRectF(inner.x() + left, at, inner.width() - left, line_height(face) * len(lines))
                draw_lines(painter, spot, lines, face, ink)
            top += band.high

    def _fitting(self, wide: float, high: float) -> list[Band]:
        """Names above their values; beside them where there is more width than height; then smaller letters."""
        ways = [(1.0, False), (1.0, True)] if wide > high else [(1.0, False)]
        ways += [(percent / 100, wide > high) for percent in range(95, 45, -5)]
        bands: list[Band] = []
        for share, beside in ways:
            bands = self._bands(share, wide, beside)
            if sum(band.high for band in bands) <= high:
                break
        return bands

    def _bands(self, share: float, wide: float, beside: bool) -> list[Band]:
        """What stands there from top to bottom."""
        theme = self.theme
        state = self._face(64 * min(self.look.text_scale, 1.25), 700, share)
        while text_width(state, max(self._state.split(), key=len)) > wide:
            state = self.font_of(state.pixelSize() - 1, 700)
        extra = (tall(state, self._state) - line_height(state)) / 2
        found = [Band([(state, even(state, self._state, wide), theme.accent, 0.0)], self.px(16) * share, extra)]
        if self._sentence:
            body = self._face(38 * self.look.text_scale, 400, share)
            found.append(Band([(body, even(body, self._sentence, wide), theme.ink, 0.0)], self.px(20) * share))
        label = self._face(28 * self.look.text_scale, 500, share)
        value = self._face(40 * self.look.text_scale, 600, share)
        left = max((text_width(label, name) for name, _ in self._rows), default=0) + self.px(28) if beside else 0.0
        if left > wide * 0.45:
            beside, left = False, 0.0
        for name, words in self._rows:
            shown = (label, even(label, name, wide), theme.ink_2_kiosk, 0.0)
            said = (value, even(value, words, wide - left), theme.ink, left)
            if beside:
                found.append(Band([shown, said], self.px(12) * share))
            else:
                found += [Band([shown], 0.0), Band([said], self.px(22) * share)]
        return found

    def _face(self, pixels: float, weight: int, share: float) -> QFont:
        return self.font_of(max(round(self.px(pixels) * share), least(self.look)), weight)

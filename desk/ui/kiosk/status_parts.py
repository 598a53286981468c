"""The painted parts of "Başvurum nerede?": a key for one sign, and the card that says where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from desk.ui.kiosk.fitting import even, least
from desk.ui.kiosk.parts import EXPAND, Scaled
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Control, draw_box, draw_lines, draw_text, line_height, paint_icon, text_width
from desk.ui.widgets.button import skin

Row = tuple[str, str]
"""What it is, and what it is here."""


class SignKey(Control):
    """One letter or digit to touch, or an icon with a name ("Sil")."""

    def __init__(self, sign: str = "", *, icon: str = "", name: str = "") -> None:
        super().__init__(sign, name=name or sign, scale="kiosk")
        self._icon = icon
        self.setSizePolicy(EXPAND, EXPAND)

    def sizeHint(self) -> QSize:
        side = round(88 * self.look.pixel_scale)
        return QSize(side, max(side, line_height(self.font_of("strong", 600))))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look = skin(self.theme, "secondary", self.state())
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        if self._icon:
            side = self.sizes.icon
            spot = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, spot, look.ink)
            return
        ink = look.ink if self.state() else self.theme.ink
        draw_text(painter, rect, self._label, self.font_of("strong", 600), ink, ALIGN_CENTER, elide=False)


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
        share = 1.0
        while share > 0.5 and self._high(share, inner.width()) > inner.height():
            share -= 0.05
        high = min(rect.height(), self._high(share, inner.width()) + 2 * pad)
        box = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, rect.width(), high)
        draw_box(painter, box, self.sizes.radius_tile, theme.surface, theme.line_strong, self.border())
        top = box.y() + pad
        for face, lines, ink, gap in self._parts(share, inner.width()):
            step = line_height(face) * len(lines)
            draw_lines(painter, QRectF(inner.x(), top, inner.width(), step), lines, face, ink)
            top += step + gap

    def _high(self, share: float, wide: float) -> float:
        return sum(line_height(face) * len(lines) + gap for face, lines, _, gap in self._parts(share, wide))

    def _parts(self, share: float, wide: float) -> list[tuple[QFont, list[str], str, float]]:
        """Faces and lines from top to bottom, each with the room below it."""
        theme, small = self.theme, self.px(8) * share
        state = self._face(64 * min(self.look.text_scale, 1.25), 700, share)
        while text_width(state, max(self._state.split(), key=len)) > wide:
            state = self.font_of(state.pixelSize() - 1, 700)
        found = [(state, even(state, self._state, wide), theme.accent, self.px(16) * share)]
        body = self._face(38 * self.look.text_scale, 400, share)
        if self._sentence:
            found.append((body, even(body, self._sentence, wide), theme.ink, self.px(20) * share))
        label = self._face(28 * self.look.text_scale, 500, share)
        value = self._face(40 * self.look.text_scale, 600, share)
        for name, words in self._rows:
            found.append((label, even(label, name, wide), theme.ink_2_kiosk, 0))
            found.append((value, even(value, words, wide), theme.ink, self.px(14) * share + small))
        return found

    def _face(self, pixels: float, weight: int, share: float) -> QFont:
        return self.font_of(max(round(self.px(pixels) * share), least(self.look)), weight)

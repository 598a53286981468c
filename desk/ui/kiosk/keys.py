"""What is touched at the kiosk and is not in the kit: languages, services, the two wide choices, the last key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from desk.ui.kiosk.parts import EXPAND, FIX
from desk.ui.widgets import (
    Button,
    Control,
    Tile,
    draw_box,
    draw_lines,
    draw_text,
    line_height,
    paint_icon,
    text_width,
    wrap,
)
from desk.ui.widgets.button import skin
from desk.ui.widgets.tile import fitted, fitted_line


class LanguageKey(Control):
    """One language, written in itself."""

    def __init__(self, label: str, chosen: bool) -> None:
        super().__init__(label, scale="kiosk")
        self._chosen = chosen
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setSizePolicy(EXPAND, FIX)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name; the page decides what is chosen
        return

    def sizeHint(self) -> QSize:
        return QSize(self.sizes.control, round(self.sizes.control * 0.96))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        sizes = self.sizes
        look = skin(self.theme, "primary" if self._chosen else "secondary", self.state())
        draw_box(painter, rect, sizes.radius, look.fill, look.edge, self.border())
        mark = sizes.icon * 0.75 if self._chosen else 0.0
        gap = sizes.gap * 0.5 if self._chosen else 0.0
        room = rect.width() - mark - gap - sizes.gap * 1.5
        face = fitted_line(self._label, self.font_of("label", 600 if self._chosen else 500), room, self.font_of)
        wide = text_width(face, self._label)
        left = (rect.width() - wide - mark - gap) / 2
        ink = look.ink if self._chosen or self.state() else self.theme.ink
        if self._chosen:
            paint_icon(painter, "check", QRectF(left, (rect.height() - mark) / 2, mark, mark), ink)
        spot = QRectF(left + mark + gap, 0, wide + 2, rect.height())
        draw_text(painter, spot, self._label, face, ink, elide=False)


class ServiceTile(Tile):
    """A service. Its icon does not grow with the text, so that large letters keep their room; ``bare`` leaves it out
    (lowered screen). The forecast is never shortened: half of it would be a wrong one."""

    def __init__(self, title: str, note: str, *, icon: str, layout: str, bare: bool = False) -> None:
        super().__init__(title, note, icon=icon, layout="row" if bare else layout)
        self._bare = bare

    def _box(self) -> int:
        return 0 if self._bare else round(self.sizes.icon * 2 / self.look.text_scale)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() - (self.sizes.card_pad // 2 if self._bare else 0))

    def minimumSizeHint(self) -> QSize:
        # Titles shrink to their room; columns stay equally wide.
        return QSize(self.sizes.control * 2, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        if self._bare:
            self._paint_bare(painter, rect)
        else:
            super().paint(painter, rect)

    def _paint_bare(self, painter: QPainter, rect: QRectF) -> None:
        theme, pad = self.theme, float(self.sizes.card_pad)
        look = skin(theme, "secondary", self.state())
        edge = theme.accent if self.state() and not theme.outlined else look.edge
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border() * (0.75 if theme.outlined else 1))
        room = rect.width() - 2 * pad
        face, lines = fitted(self._label, self.font_of("strong"), room, self.font_of)
        draw_lines(painter, QRectF(pad, pad * 0.7, room, rect.height()), lines, face, theme.ink)
        self._paint_foot(painter, rect)

    def _paint_foot(self, painter: QPainter, rect: QRectF, *_) -> None:
        theme, pad = self.theme, self.sizes.card_pad
        side = self.sizes.icon * 0.8 / self.look.text_scale
        room = rect.width() - 2.5 * pad - side
        face = self.font_of("body", 500)
        if text_width(face, self._note) * 0.8 > room:  # the words matter more than the arrow
            room, side = rect.width() - 2.0 * pad, 0.0
        face = fitted_line(self._note, face, room, self.font_of)
        high = line_height(self.font_of("body"))
        top = rect.height() - pad * 0.7 - high
        spot = QRectF(rect.width() - pad - side, top + (high - side) / 2, side, side)
        if side:
            paint_icon(painter, "chevron-right", spot, theme.accent)
        draw_text(painter, QRectF(pad, top, room, high), self._note, face, theme.ink_2_kiosk, elide=False)


class ChoiceTile(Control):
    """A wide choice with a sentence; the sentence is left out where it would not fit whole. ``lines``: how many the
    title may need."""

    def __init__(
        self, title: str, sentence: str, *, icon: str, filled: bool, lines: int = 1, flat: bool = False
    ) -> None:
        super().__init__(title, scale="kiosk")
        self._sentence, self._icon, self._filled, self._lines = sentence, icon, filled, lines
        self._flat = False
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(EXPAND, EXPAND)

    def set_flat(self, flat: bool) -> None:
        """As low as the title allows."""
        self._flat = flat
        self.setSizePolicy(EXPAND, FIX if flat else EXPAND)

    def radius(self) -> float:
        return self.sizes.radius_tile

    def sizeHint(self) -> QSize:
        if self._flat:
            return self.minimumSizeHint()
        high = line_height(self.font_of("heading")) + 4 * line_height(self.font_of("caption"))
        return QSize(self.sizes.control * 3, high + self.sizes.card_pad)

    def minimumSizeHint(self) -> QSize:
        high = line_height(self.font_of("heading")) * self._lines + round(self.sizes.card_pad * 1.5)
        return QSize(self.sizes.control * 2, high)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "primary" if self._filled else "secondary", self.state())
        edge = look.edge if self._filled else theme.accent
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border() * (1 if theme.outlined else 1.5))
        pad, side = sizes.card_pad * 1.2, min(sizes.icon * 1.7 / self.look.text_scale, rect.height() * 0.5)
        ink = look.ink
        icon_ink = theme.ink if theme.outlined and not self._filled else ink
        paint_icon(painter, self._icon, QRectF(pad, (rect.height() - side) / 2, side, side), icon_ink)
        left = pad * 1.7 + side
        room = rect.width() - pad * 2.5 - side
        face, title = fitted(self._label, self.font_of("heading", 700), room, self.font_of)
        if len(title) > 1 and 2 * line_height(face) > rect.height():
            face, title = fitted_line(self._label, self.font_of("heading", 700), room, self.font_of), [self._label]
        small = self.font_of("caption", 500)
        step, line = line_height(face) * len(title), line_height(small)
        lines = wrap(small, self._sentence, room)
        if step + len(lines) * line > rect.height() - sizes.gap:
            lines = []
        top = (rect.height() - step - len(lines) * line) / 2
        draw_lines(painter, QRectF(left, top, room, step), title, face, ink)
        spot = QRectF(left, top + step, room, len(lines) * line)
        draw_lines(painter, spot, lines, small, ink if self._filled else theme.ink)


class FinishKey(Button):
    """The one filled key that ends a step: tall, with larger letters."""

    def __init__(self, label: str, high: int) -> None:
        super().__init__(label, kind="primary", scale="kiosk")
        self._high = high
        self.setSizePolicy(EXPAND, FIX)

    def _face(self) -> QFont:
        return self.font_of("heading", 600)

    def _height(self) -> int:
        return max(self._high, line_height(self._face()) + self.sizes.gap)

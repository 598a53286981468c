"""Kiosk tiles: one service, or one big choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, font
from desk.ui.widgets.button import skin
from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import balanced, draw_box, draw_lines, draw_text, line_height, text_width, wrap


class Tile(Control):
    """A service at the kiosk: icon box, title in up to two lines, forecast line, chevron.

    ``layout="row"`` puts the title beside the icon (portrait), "column" below it (landscape). A word too long for the
    tile makes the title smaller, never cut.
    """

    def __init__(
        self,
        title: str,
        note: str = "",
        *,
        icon: str,
        layout: str = "row",
        name: str | None = None,
        scale: str = "kiosk",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, name=name, scale=scale, parent=parent)
        self._icon, self._note, self._layout = icon, note, layout
        self.setAccessibleDescription(note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_note(self, note: str) -> None:
        """The forecast line, a ready sentence."""
        self._note = note
        self.setAccessibleDescription(note)
        self.update()

    def radius(self) -> float:
        return self.sizes.radius_tile

    def _box(self) -> int:
        return self.sizes.icon * 2

    def sizeHint(self) -> QSize:
        sizes, title = self.sizes, self.font_of("strong")
        words = max((text_width(title, word) for word in self._label.split()), default=0)
        lines, note = 2 * line_height(title), line_height(self.font_of("body"))
        beside = self._layout == "row"
        wide = words + 2 * sizes.card_pad + (self._box() + sizes.card_pad if beside else 0)
        high = (max(self._box(), lines) if beside else self._box() + sizes.gap + lines) + note + 2 * sizes.card_pad
        return QSize(max(wide, sizes.control * 2), high)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "secondary", self.state())
        edge = theme.accent if self.state() and not theme.outlined else look.edge
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border() * (0.75 if theme.outlined else 1))
        box, pad = self._box(), float(sizes.card_pad)
        self._paint_icon(painter, QRectF(pad, pad, box, box))
        if self._layout == "row":
            left, top, room = 2 * pad + box, pad, rect.width() - 3 * pad - box
        else:
            left, top, room = pad, pad + box + sizes.gap, rect.width() - 2 * pad
        face, lines = fitted(self._label, self.font_of("strong"), room, self.font_of)
        high = len(lines) * line_height(face)
        if self._layout == "row":
            top += max(0, (box - high) / 2)
        draw_lines(painter, QRectF(left, top, room, high), lines, face, theme.ink)
        self._paint_foot(painter, rect)

    def _paint_icon(self, painter: QPainter, spot: QRectF) -> None:
        theme = self.theme
        edge = theme.on_tint if theme.outlined else None
        draw_box(painter, spot, self.sizes.radius_tile * 0.7, theme.petrol_100, edge, self.border())
        inner = spot.width() * 0.5
        place = QRectF(spot.center().x() - inner / 2, spot.center().y() - inner / 2, inner, inner)
        paint_icon(painter, self._icon, place, theme.on_tint)

    def _paint_foot(self, painter: QPainter, rect: QRectF) -> None:
        theme, pad, side = self.theme, self.sizes.card_pad, self.sizes.icon * 0.8
        face = self.font_of("body", 500)
        high = line_height(face)
        top = rect.height() - pad * 0.8 - high
        arrow = QRectF(rect.width() - pad - side, top + (high - side) / 2, side, side)
        paint_icon(painter, "chevron-right", arrow, theme.accent)
        room = rect.width() - 3 * pad - side
        draw_text(painter, QRectF(pad, top, room, high), self._note, face, theme.ink_2_kiosk)


class BigTile(Control):
    """A wide kiosk choice: icon at left, title, a sentence below it. ``kind``: "primary" or "outline"."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        *,
        icon: str,
        kind: str = "outline",
        name: str | None = None,
        scale: str = "kiosk",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, name=name, scale=scale, parent=parent)
        self._sentence, self._icon, self._kind = sentence, icon, kind
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def radius(self) -> float:
        return self.sizes.radius_tile

    def sizeHint(self) -> QSize:
        sizes, face = self.sizes, self.font_of("heading")
        words = max((text_width(face, word) for word in self._label.split()), default=0)
        high = line_height(face) + 2 * line_height(self.font_of("caption")) + 2 * sizes.card_pad
        return QSize(words + sizes.icon * 2 + 3 * sizes.card_pad, max(high, sizes.control * 2))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "primary" if self._kind == "primary" else "secondary", self.state())
        edge = look.edge if self._kind == "primary" else theme.accent
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border() * (1 if theme.outlined else 1.5))
        pad, side = sizes.card_pad * 1.5, sizes.icon * 1.75
        icon_ink = theme.ink if theme.outlined and self._kind != "primary" else look.ink
        paint_icon(painter, self._icon, QRectF(pad, (rect.height() - side) / 2, side, side), icon_ink)
        left = pad * 1.75 + side
        room = rect.width() - pad * 2.25 - side
        face, title = fitted(self._label, self.font_of("heading"), room, self.font_of)
        small = self.font_of("caption", 500)
        step = line_height(face) * len(title)
        most = max(1, int((rect.height() - step - sizes.gap) // line_height(small)))
        lines = wrap(small, self._sentence, room, most) if self._sentence else []
        top = (rect.height() - step - len(lines) * line_height(small)) / 2
        draw_lines(painter, QRectF(left, top, room, step), title, face, look.ink)
        ink = look.ink if self._kind == "primary" else theme.ink
        spot = QRectF(left, top + step, room, len(lines) * line_height(small))
        draw_lines(painter, spot, lines, small, ink)


EDGE = 0.6
"""Kept free beside the words of a small tile, as a share of the gap."""


class OptionTile(Control):
    """A small kiosk setting: icon above its name above its state ("Karşıtlık · Normal"); outlined double when on."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        icon: str,
        name: str | None = None,
        scale: str = "kiosk",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._icon = icon
        self._on = False
        self._icon_shown, self._lines = True, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value)

    def cramped(self, width: float) -> bool:
        """Whether its name needs a second line in so many pixels."""
        return text_width(self.font_of("caption", 600), self._label) > width - 2 * self._edge()

    def _edge(self) -> float:
        return self.sizes.gap * EDGE

    def give_two_lines(self, icon: bool) -> None:
        """Its name has two lines, in a higher tile or (without ``icon``) where the icon would be."""
        self._lines, self._icon_shown = 2, icon
        self.updateGeometry()
        self.update()

    def set_value(self, value: str, on: bool = False) -> None:
        """The state in words, and whether it differs from the usual one."""
        self._value, self._on = value, on
        self.setAccessibleDescription(value)
        self.update()

    def sizeHint(self) -> QSize:
        sizes, face = self.sizes, font("caption", 600, self.sizes)
        words = max(text_width(face, self._label), text_width(face, self._value))
        high = (self._lines + 1) * line_height(face) + (sizes.icon if self._icon_shown else 0)
        return QSize(words + sizes.pad, high + round(sizes.pad * 0.9))

    def minimumSizeHint(self) -> QSize:
        longest = max((text_width(self.font_of("caption", 600), word) for word in self._label.split()), default=0)
        return QSize(max(longest + 8, self.sizes.control), self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "secondary", self.state())
        edge, width = (theme.accent, self.border() * 2) if self._on else (look.edge, self.border())
        draw_box(painter, rect, sizes.radius, look.fill, edge, width * (0.75 if theme.outlined else 1))
        beside = self._edge()
        room, step = rect.width() - 2 * beside, line_height(self.font_of("caption"))
        side = sizes.icon if self._icon_shown else 0
        if self._lines == 2:
            face, lines = fitted(self._label, self.font_of("caption", 600), room, self.font_of)
        else:
            face, lines = fitted_line(self._label, self.font_of("caption", 600), room, self.font_of), [self._label]
        under = line_height(face) * len(lines)
        top = (rect.height() - side - under - (step if self._value else 0)) / 2
        if side:
            paint_icon(painter, self._icon, QRectF((rect.width() - side) / 2, top, side, side), theme.accent)
        draw_lines(painter, QRectF(beside, top + side, room, under), lines, face, theme.ink, ALIGN_CENTER)
        spot = QRectF(beside, top + side + under, room, step)
        small = fitted_line(self._value, self.font_of("caption", 600 if self._on else 400), room, self.font_of)
        ink = theme.accent if self._on else theme.ink_2_kiosk
        draw_text(painter, spot, self._value, small, ink, ALIGN_CENTER)


def fitted(words: str, face: QFont, room: float, font_of) -> tuple[QFont, list[str]]:
    """Balanced lines of ``words``, in a smaller face when a word is wider than ``room`` (down to 60 %)."""
    weight = round(face.variableAxisValue(QFont.Tag("wght")) or 400)
    size = least = face.pixelSize()
    least = round(size * 0.6)
    longest = max(words.split(), key=len, default="")
    while size > least and (text_width(face, longest) > room or len(wrap(face, words, room)) > 2):
        size -= 1
        face = font_of(size, weight)
    return face, balanced(face, words, room)


def fitted_line(words: str, face: QFont, room: float, font_of) -> QFont:
    """The face, made smaller (down to 70 %) until ``words`` fit on one line."""
    weight = round(face.variableAxisValue(QFont.Tag("wght")) or 400)
    size = face.pixelSize()
    least = round(size * 0.7)
    while size > least and text_width(face, words) > room:
        size -= 1
        face = font_of(size, weight)
    return face

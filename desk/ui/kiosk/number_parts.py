"""The painted parts of the number's page: the number, what to expect, what the slip is doing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy

from desk.ui.kiosk.fitting import even, fit, least
from desk.ui.kiosk.parts import EXPAND, PREFER, Scaled
from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT
from desk.ui.widgets import draw_box, draw_lines, draw_text, line_height, paint_icon, text_width
from desk.ui.widgets.tile import fitted, fitted_line


class NumberCard(Scaled):
    """The number, as large as its card allows, with the service and where to go."""

    def __init__(self, name: str, head: str, number: str, service: str, place: str, pill: str) -> None:
        """``name``: what it is, for who hears it; ``head``: what of that stands above the number, "" for nothing."""
        super().__init__(name)
        self._head, self._number, self._service, self._place, self._pill = head, number, service, place, pill
        self.setAccessibleDescription(f"{number} · {service} · {place}")
        self.setSizePolicy(EXPAND, EXPAND)

    def leave_pill(self) -> None:
        """The number takes the pill's room: what it says stands in the words below."""
        self._pill = ""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(self.px(620)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self.px(300)) + self._text_high())

    def _text_high(self) -> int:
        high = sum(line_height(self.font_of(role)) for role in ("title", "strong", "body")) + self.sizes.gap * 4
        return high if self._pill else high - self._pill_high() - self.sizes.gap

    def _pill_high(self) -> int:
        return line_height(self.font_of("body")) + self.sizes.gap

    def paint(self, painter: QPainter) -> None:
        theme, rect, sizes = self.theme, QRectF(self.rect()), self.sizes
        draw_box(painter, rect, sizes.radius_tile, theme.surface, theme.line_strong, self.border())
        pad = sizes.card_pad
        inner = rect.adjusted(pad, pad, -pad, -pad)
        body = self.font_of("body")
        top = inner.top()
        if self._head:
            spot = self._paint_lines(painter, inner, self._head, self.font_of("strong", 500), theme.ink_2_kiosk)
            top = spot.bottom()
        bottom = inner.bottom()
        if self._place:
            bottom = self._paint_lines(painter, inner, self._place, body, theme.ink_2_kiosk, above=bottom).y()
        strong = self.font_of("strong", 600)
        at = self._paint_lines(painter, inner, self._service, strong, theme.ink, above=bottom).y()
        if self._pill:
            high = self._pill_high()
            at -= high + sizes.gap
            self._paint_pill(painter, QRectF(inner.x(), at, inner.width(), high), body)
        side = pad - self.px(12) if self.look.text_scale > 1 else 0.0  # large letters take nothing from the number
        self._paint_number(painter, QRectF(inner.x() - side, top, inner.width() + 2 * side, at - top))

    def _paint_lines(
        self, painter: QPainter, room: QRectF, words: str, face: QFont, ink: str, above: float | None = None
    ) -> QRectF:
        """Centred words in one or two lines, from the top of ``room`` or ending ``above``; the place they took."""
        if text_width(face, words) > room.width():
            words = words.replace(" · ", "\n")
        face, lines = fit(words, face, room.width(), 2 * line_height(face), self.font_of, look=self.look, most=2)
        high = len(lines) * line_height(face)
        spot = QRectF(room.x(), room.y() if above is None else above - high, room.width(), high)
        draw_lines(painter, spot, lines, face, ink, ALIGN_CENTER)
        return spot

    def _paint_number(self, painter: QPainter, room: QRectF) -> None:
        size = max(24, min(round(self.px(360)), int(room.height() / 0.98)))
        face = self.font_of(size, 700)
        wide = text_width(face, self._number)
        if wide > room.width():
            face = self.font_of(int(size * room.width() / wide), 700)
        draw_text(painter, room, self._number, face, self.theme.ink, ALIGN_CENTER, elide=False)

    def _paint_pill(self, painter: QPainter, room: QRectF, body: QFont) -> None:
        theme, sizes = self.theme, self.sizes
        side = sizes.icon * 0.9 / self.look.text_scale
        taken = side + sizes.gap + sizes.pad * 1.5
        face = self.font_of(body.pixelSize(), 600)
        face, _ = fit(self._pill, face, room.width() - taken, room.height(), self.font_of, look=self.look, most=1)
        wide = text_width(face, self._pill) + taken
        box = QRectF(room.center().x() - wide / 2, room.y(), wide, room.height())
        edge = theme.on_tint if theme.outlined else None
        draw_box(painter, box, box.height() / 2, theme.petrol_100, edge, self.border())
        inner = box.adjusted(sizes.pad * 0.75, 0, -sizes.pad * 0.75, 0)
        paint_icon(painter, "bell", self.first(inner, side), theme.on_tint)
        words = self.beside(inner, side + sizes.gap)
        draw_text(painter, words, self._pill, face, theme.on_tint, elide=False)


class FigureBox(Scaled):
    """A tinted box: what it is above, the figure below; ``beside``: both on one line."""

    fits_words = True

    def __init__(self, label: str, value: str, *, icon: str, beside: bool = False) -> None:
        super().__init__(label)
        self._label, self._value, self._icon, self._beside = label, value, icon, beside
        self.setAccessibleDescription(value)
        self.setSizePolicy(EXPAND, PREFER)

    def sizeHint(self) -> QSize:
        high = line_height(self._figure())
        if not self._beside:
            high += line_height(self.font_of("label")) + round(self.sizes.card_pad * 1.4)
        return QSize(0, high)

    def _figure(self) -> QFont:
        size = 52 if self._beside and self.look.text_scale == 1 else 68
        return self.font_of(round(self.px(size) * min(self.look.text_scale, 1.4)), 700)

    def paint(self, painter: QPainter) -> None:
        theme, rect, sizes = self.theme, QRectF(self.rect()), self.sizes
        edge = theme.on_tint if theme.outlined else None
        draw_box(painter, rect, sizes.radius_tile, theme.petrol_100, edge, self.border())
        pad = sizes.card_pad
        inner = rect.adjusted(pad * 1.2, pad * 0.7, -pad * 1.2, -pad * 0.7)
        if self._beside:
            self._paint_line(painter, rect.adjusted(pad, 0, -pad, 0))
            return
        label, side = self.font_of("label", 500), sizes.icon / self.look.text_scale
        step = line_height(label)
        head = QRectF(inner.x(), inner.y(), inner.width(), step)
        paint_icon(painter, self._icon, self.first(head, side), theme.on_tint)
        words = self.beside(head, side + sizes.gap)
        face = fitted_line(self._label, label, words.width(), self.font_of)
        draw_text(painter, words, self._label, face, theme.on_tint)
        figure = fitted_line(self._value, self._figure(), inner.width(), self.font_of)
        spot = QRectF(inner.x(), inner.y() + step, inner.width(), inner.height() - step)
        draw_text(painter, spot, self._value, figure, theme.on_tint, elide=False)

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        ink, side = self.theme.on_tint, self.sizes.icon / self.look.text_scale
        paint_icon(painter, self._icon, self.first(rect, side), ink)
        words = self.beside(rect, side + self.sizes.gap)
        figure = fitted_line(self._value, self._figure(), words.width() * 0.55, self.font_of)
        wide = text_width(figure, self._value)
        draw_text(painter, words, self._value, figure, ink, ALIGN_RIGHT, elide=False)
        room = words.width() - wide - self.sizes.gap
        label = self.font_of("label", 500)
        if text_width(label, self._label) > room:  # in two lines, as large as the box allows
            label = self.font_of(min(label.pixelSize(), int(rect.height() / 2.9)), 500)
        face, lines = fitted(self._label, label, room, self.font_of)
        high = len(lines) * line_height(face)
        spot = QRectF(words.x(), (rect.height() - high) / 2, room, high)
        draw_lines(painter, spot, lines, face, ink)


class PaperBox(Scaled):
    """What the slip is doing: coming, to be taken, or not coming. It grows with what it has to say, up to ``most``
    pixels of the picture: the number stays the largest thing."""

    fits_words = True

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._title, self._sentence, self._trouble = "", "", False
        policy = QSizePolicy(EXPAND, PREFER)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, title: str, sentence: str, *, trouble: bool = False) -> None:
        self._title, self._sentence, self._trouble = title, sentence, trouble
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.update()

    def title(self) -> str:
        return self._title

    def sizeHint(self) -> QSize:
        high = line_height(self.font_of("heading")) + 2 * line_height(self.font_of("body")) + self.sizes.card_pad
        return QSize(0, round(high))

    def heightForWidth(self, wide: int) -> int:
        """Room for the words in the usual letters, as far as the number can spare it."""
        room = wide - self._beside_icon()
        high = sum(len(lines) * line_height(face) for face, lines in self._set(1.0, room))
        return min(max(round(high + self.sizes.card_pad), self.sizeHint().height()), round(self.px(self._most)))

    def _beside_icon(self) -> float:
        return self.sizes.card_pad * (2 * 1.4 + 1.3) + self._icon_side()

    def _icon_side(self) -> float:
        return self.sizes.icon * 1.8 / self.look.text_scale

    def _set(self, share: float, room: float) -> list[tuple[QFont, list[str]]]:
        """Title and sentence in letters ``share`` times as large as usual."""
        bottom, found = least(self.look), []
        for words, role, weight in ((self._title, "heading", 600), (self._sentence, "body", 500)):
            face = self.font_of(max(bottom, round(self.font_of(role).pixelSize() * share)), weight)
            found.append((face, even(face, words, room) if words else []))
        return found

    def _fitting(self, room: QRectF) -> list[tuple[QFont, list[str]]]:
        """The largest letters in which everything is said; at worst without the sentence."""
        for percent in range(100, 55, -5):
            found = self._set(percent / 100, room.width())
            if sum(len(lines) * line_height(face) for face, lines in found) <= room.height():
                return found
        return found[:1]

    def paint(self, painter: QPainter) -> None:
        theme, rect, sizes = self.theme, QRectF(self.rect()), self.sizes
        fill, edge = (theme.brick_100, theme.brick_600) if self._trouble else (theme.amber_100, theme.amber_500)
        draw_box(painter, rect, sizes.radius_tile, fill, edge, self.border() * (1 if theme.outlined else 2))
        pad, side = sizes.card_pad * 1.4, self._icon_side()
        inner = rect.adjusted(pad, 0, -pad, 0)
        ink = theme.brick_text if self._trouble else theme.ink
        paint_icon(painter, "pencil" if self._trouble else "printer", self.first(inner, side), ink)
        room = self.beside(inner, side + sizes.card_pad * 1.3)
        parts = self._fitting(room)
        top = (rect.height() - sum(len(lines) * line_height(face) for face, lines in parts)) / 2
        for face, lines in parts:  # ink on the tint: brick letters would be too faint for poor sight (5.8, not 7)
            high = len(lines) * line_height(face)
            draw_lines(painter, QRectF(room.x(), top, room.width(), high), lines, face, theme.ink)
            top += high

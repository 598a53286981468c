"""The painted parts of the number's page: the number, what to expect, what the slip is doing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from desk.ui.kiosk.parts import EXPAND, PREFER, Scaled
from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT
from desk.ui.widgets import draw_box, draw_lines, draw_text, line_height, paint_icon, text_width, wrap
from desk.ui.widgets.tile import fitted, fitted_line


class NumberCard(Scaled):
    """The number, as large as its card allows, with the service and where to go."""

    def __init__(self, label: str, number: str, service: str, place: str, pill: str) -> None:
        super().__init__(label)
        self._label, self._number, self._service, self._place, self._pill = label, number, service, place, pill
        self.setAccessibleDescription(f"{number} · {service} · {place}")
        self.setSizePolicy(EXPAND, EXPAND)

    def sizeHint(self) -> QSize:
        return QSize(0, round(self.px(620)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self.px(300)) + self._text_high())

    def _text_high(self) -> int:
        return sum(line_height(self.font_of(role)) for role in ("title", "strong", "body")) + self.sizes.gap * 4

    def paint(self, painter: QPainter) -> None:
        theme, rect, sizes = self.theme, QRectF(self.rect()), self.sizes
        draw_box(painter, rect, sizes.radius_tile, theme.surface, theme.line_strong, self.border())
        pad = sizes.card_pad
        inner = rect.adjusted(pad, pad, -pad, -pad)
        label, strong, body = self.font_of("strong", 500), self.font_of("strong", 600), self.font_of("body")
        top = QRectF(inner.x(), inner.y(), inner.width(), line_height(label))
        draw_text(painter, top, self._label, label, theme.ink_2_kiosk, ALIGN_CENTER)
        face, service = fitted(self._service, strong, inner.width(), self.font_of)
        foot = len(service) * line_height(face) + (line_height(body) if self._place else 0)
        at = inner.bottom() - foot
        draw_lines(painter, QRectF(inner.x(), at, inner.width(), foot), service, face, theme.ink, ALIGN_CENTER)
        spot = QRectF(inner.x(), inner.bottom() - line_height(body), inner.width(), line_height(body))
        face = fitted_line(self._place, body, inner.width(), self.font_of)
        draw_text(painter, spot, self._place, face, theme.ink_2_kiosk, ALIGN_CENTER)
        high = line_height(body) + sizes.gap
        at -= high + sizes.gap
        self._paint_pill(painter, QRectF(inner.x(), at, inner.width(), high), body)
        room = QRectF(inner.x(), top.bottom(), inner.width(), at - top.bottom())
        self._paint_number(painter, room)

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
        face = fitted_line(self._pill, self.font_of(body.pixelSize(), 600), room.width() * 0.8, self.font_of)
        wide = text_width(face, self._pill) + side + sizes.gap + sizes.pad * 1.5
        box = QRectF(room.center().x() - wide / 2, room.y(), wide, room.height())
        edge = theme.on_tint if theme.outlined else None
        draw_box(painter, box, box.height() / 2, theme.petrol_100, edge, self.border())
        inner = box.adjusted(sizes.pad * 0.75, 0, -sizes.pad * 0.75, 0)
        paint_icon(painter, "bell", self.first(inner, side), theme.on_tint)
        words = self.beside(inner, side + sizes.gap)
        draw_text(painter, words, self._pill, face, theme.on_tint, elide=False)


class FigureBox(Scaled):
    """A tinted box: what it is above, the figure below; ``beside``: both on one line."""

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
        size = 52 if self._beside else 68
        return self.font_of(round(self.px(size) * min(self.look.text_scale, 1.25)), 700)

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
    """What the slip is doing: coming, to be taken, or not coming."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._sentence, self._trouble = "", "", False
        self.setSizePolicy(EXPAND, PREFER)

    def set_words(self, title: str, sentence: str, *, trouble: bool = False) -> None:
        self._title, self._sentence, self._trouble = title, sentence, trouble
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.update()

    def title(self) -> str:
        return self._title

    def sizeHint(self) -> QSize:
        high = line_height(self.font_of("heading")) + 2 * line_height(self.font_of("body")) + self.sizes.card_pad
        return QSize(0, round(high))

    def paint(self, painter: QPainter) -> None:
        theme, rect, sizes = self.theme, QRectF(self.rect()), self.sizes
        fill, edge = (theme.brick_100, theme.brick_600) if self._trouble else (theme.amber_100, theme.amber_500)
        draw_box(painter, rect, sizes.radius_tile, fill, edge, self.border() * (1 if theme.outlined else 2))
        pad = sizes.card_pad * 1.4
        inner = rect.adjusted(pad, 0, -pad, 0)
        side = sizes.icon * 1.8 / self.look.text_scale
        ink = theme.brick_text if self._trouble else theme.ink
        paint_icon(painter, "pencil" if self._trouble else "printer", self.first(inner, side), ink)
        room = self.beside(inner, side + sizes.card_pad * 1.3)
        face, title = fitted(self._title, self.font_of("heading"), room.width(), self.font_of)
        body = self.font_of("body", 500)
        step, line = line_height(face), line_height(body)
        lines = wrap(body, self._sentence, room.width()) if self._sentence else []
        if len(title) * step + len(lines) * line > rect.height():
            lines = []
        top = (rect.height() - len(title) * step - len(lines) * line) / 2
        spot = QRectF(room.x(), top, room.width(), len(title) * step)
        draw_lines(painter, spot, title, face, ink)
        spot = QRectF(room.x(), spot.bottom(), room.width(), len(lines) * line)
        draw_lines(painter, spot, lines, body, theme.ink)

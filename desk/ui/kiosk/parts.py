"""Painted parts of the kiosk pages that the kit does not have."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT, color
from desk.ui.widgets import (
    Button,
    Control,
    Painted,
    Tile,
    draw_box,
    draw_lines,
    draw_text,
    line_height,
    mixed,
    paint_bar,
    paint_icon,
    paint_logo,
    text_width,
    wrap,
)
from desk.ui.widgets.button import skin
from desk.ui.widgets.painting import balanced
from desk.ui.widgets.tile import fitted, fitted_line

EXPAND, PREFER, FIX = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed


class Scaled(Painted):
    """A painted part at kiosk scale; ``px()`` turns pixels of the 1080 picture into ours.

    Parts reckon from left to right; the kit's drawing helpers mirror them for Arabic.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__(name, scale="kiosk")

    def px(self, pixels: float) -> float:
        return pixels * self.look.pixel_scale

    @staticmethod
    def beside(rect: QRectF, taken: float) -> QRectF:
        """``rect`` without its first ``taken`` pixels."""
        return rect.adjusted(taken, 0, 0, 0)

    @staticmethod
    def first(rect: QRectF, side: float) -> QRectF:
        """A square of ``side`` at the beginning of ``rect``, half way down."""
        return QRectF(rect.left(), rect.center().y() - side / 2, side, side)


class SiteHead(Scaled):
    """The mark, the site's own name and who runs it, and the time at the far end."""

    def __init__(self, name: str, below: str) -> None:
        super().__init__(name)
        self._name, self._below, self._time = name, below, ""
        self.setAccessibleDescription(below)
        self.setSizePolicy(EXPAND, FIX)

    def set_time(self, words: str) -> None:
        """The time of day; an empty one where the page shows it elsewhere."""
        if words != self._time:
            self._time = words
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, line_height(self._title()) + line_height(self._small()))

    def _title(self) -> QFont:
        return self.font_of(round(self.px(34) * min(self.look.text_scale, 1.25)), 600)

    def _small(self) -> QFont:
        return self.font_of(round(self.px(26) * min(self.look.text_scale, 1.25)), 400)

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        title, small = self._title(), self._small()
        if self._time:
            clock = self.font_of(round(self.px(60)), 700)
            wide = text_width(clock, self._time)
            spot = QRectF(rect.width() - wide, 0, wide, rect.height())
            draw_text(painter, spot, self._time, clock, theme.ink, ALIGN_RIGHT, elide=False)
            rect = rect.adjusted(0, 0, -wide - 20, 0)
        mark = self.px(56)
        paint_logo(painter, self.first(rect, mark), theme.ink)
        room = self.beside(rect, mark + self.px(24))
        upper = QRectF(room.x(), 0, room.width(), line_height(title))
        lower = QRectF(room.x(), upper.height(), room.width(), line_height(small))
        face = fitted_line(self._name, title, room.width(), self.font_of)
        draw_text(painter, upper, self._name, face, theme.ink)
        face = fitted_line(self._below, small, room.width(), self.font_of)
        draw_text(painter, lower, self._below, face, theme.ink_2)


class Hero(Scaled):
    """The greeting. It takes what room is left and, when that is too little, shows less of itself."""

    def __init__(self, title: str, sentence: str, *, size: int) -> None:
        super().__init__(title)
        self._title, self._sentence, self._size = title, sentence, size
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(EXPAND, QSizePolicy.Policy.Ignored)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def paint(self, painter: QPainter) -> None:
        wide, high = float(self.width()), float(self.height())
        scale = min(self.look.text_scale, 1.25)
        title, heads = fitted(self._title, self.font_of(round(self.px(self._size) * scale), 700), wide, self.font_of)
        below = self.font_of(round(self.px(self._size * 0.48) * scale), 400)
        lines = wrap(below, self._sentence, wide * 0.85) if self._sentence else []
        if len(lines) == 2:
            lines = balanced(below, self._sentence, wide * 0.85)
        step, small = line_height(title) * len(heads), line_height(below)
        if step > high:
            return
        if step + small * len(lines) > high:
            lines = []
        top = (high - step - small * len(lines)) / 2
        draw_lines(painter, QRectF(0, top, wide, step), heads, title, self.theme.ink)
        spot = QRectF(0, top + step, wide, small * len(lines))
        draw_lines(painter, spot, lines, below, self.theme.ink)


class PetrolPanel(Scaled):
    """The petrol ground of a header or side panel with the mark drawn large and faint; black with a yellow edge in
    high contrast. Call ``stand_on_petrol`` on it."""

    def __init__(self, *, edge: str) -> None:
        super().__init__()
        self._edge = edge  # "below" or "beside"
        self.wish = 0  # the height it would like, pixels
        self.setSizePolicy(EXPAND, PREFER)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return (layout.sizeHint() if layout else QSize(0, 0)).expandedTo(QSize(0, self.wish))

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else QSize(0, 0)

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        painter.fillRect(rect, theme.paper)
        if theme.outlined:
            line = max(2.0, self.px(4))
            if self._edge == "below":
                draw_box(painter, QRectF(0, rect.height() - line, rect.width(), line), 0, theme.accent)
            else:
                draw_box(painter, QRectF(rect.width() - line, 0, line, rect.height()), 0, theme.accent)
            return
        faint = mixed(theme.paper, theme.ink, 0.13)
        if self._edge == "below" and rect.height() < self.px(300):
            return
        side = self.px(520) if self._edge == "below" else self.px(300)
        far = rect.width() - side * 0.86
        top = self.px(120) if self._edge == "below" else -side * 0.4
        painter.setClipRect(rect)
        paint_logo(painter, QRectF(far, top, side, side), faint)
        painter.setClipping(False)


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


class PageTitle(Scaled):
    """What the page is, with an icon before it when there is one."""

    def __init__(self, words: str, icon: str = "") -> None:
        super().__init__(words)
        self._words, self._icon = words, icon
        self.setSizePolicy(EXPAND, FIX)

    def _face(self) -> QFont:
        return self.font_of(round(self.px(60) * min(self.look.text_scale, 1.2)), 600)

    def sizeHint(self) -> QSize:
        return QSize(0, line_height(self._face()))

    def paint(self, painter: QPainter) -> None:
        rect, side = QRectF(self.rect()), self.px(64) if self._icon else 0.0
        if side:
            paint_icon(painter, self._icon, self.first(rect, side), self.theme.accent)
            rect = self.beside(rect, side + self.px(20))
        face = fitted_line(self._words, self._face(), rect.width(), self.font_of)
        draw_text(painter, rect, self._words, face, self.theme.accent)


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


class Assurance(Scaled):
    """The privacy line with its shield, and the help line below."""

    def __init__(self, words: str, below: str = "") -> None:
        super().__init__(words)
        self._words, self._below = words, below
        self.setAccessibleDescription(below)
        self.setSizePolicy(EXPAND, FIX)

    def sizeHint(self) -> QSize:
        return QSize(0, line_height(self._face()) * (2 if self._below else 1))

    def _face(self) -> QFont:
        return self.font_of(round(self.px(26) * min(self.look.text_scale, 1.25)), 500)

    def paint(self, painter: QPainter) -> None:
        theme, rect, face = self.theme, QRectF(self.rect()), self._face()
        side, step = self.px(40), line_height(face)
        paint_icon(painter, "shield-check", self.first(QRectF(0, 0, rect.width(), step), side), theme.accent)
        room = self.beside(rect, side + self.px(18))
        upper = QRectF(room.x(), 0, room.width(), step)
        face = fitted_line(self._words, face, room.width(), self.font_of)
        draw_text(painter, upper, self._words, face, theme.ink)
        if self._below:
            small = self.font_of(face.pixelSize(), 400)
            draw_text(painter, upper.translated(0, step), self._below, small, theme.ink_2_kiosk)


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


class Countdown(Scaled):
    """The bar back to the start. It runs while ``tick()`` is called; a touch pauses it."""

    ended = Signal()

    def __init__(self, seconds: int, running: str, paused: str) -> None:
        super().__init__()
        self._span = self._left = seconds * 1000
        self._running, self._paused_words = running, paused
        self.paused = False
        self.setSizePolicy(EXPAND, FIX)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(0, round(self.px(14)) + line_height(self._face()) + round(self.px(4)))

    def _face(self) -> QFont:
        return self.font_of(round(self.px(26) * min(self.look.text_scale, 1.25)), 400)

    def pause(self) -> None:
        self.paused = True
        self._say()

    def tick(self, milliseconds: int) -> None:
        """Let time pass; ``ended`` once at the end."""
        if self.paused or self._left <= 0:
            return
        self._left = max(0, self._left - milliseconds)
        self._say()
        if self._left == 0:
            self.ended.emit()

    def _say(self) -> None:
        words = self._paused_words if self.paused else self._running.format(seconds=-(-self._left // 1000))
        self.setAccessibleName(words)
        self.update()

    def paint(self, painter: QPainter) -> None:
        theme, wide = self.theme, float(self.width())
        high = self.px(12)
        share = self._left / self._span
        paint_bar(painter, QRectF(0, 0, wide, high), share, theme)
        face = fitted_line(self.accessibleName(), self._face(), wide, self.font_of)
        spot = QRectF(0, high + self.px(4), wide, line_height(self._face()))
        draw_text(painter, spot, self.accessibleName(), face, theme.ink_2_kiosk)


class Veil(Scaled):
    """Lies over the page while something takes its time, so that nobody touches twice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setObjectName("veil")
        self.hide()

    def cover(self, words: str) -> None:
        """Say ``words`` over the whole window."""
        self.setAccessibleName(words)
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        painter.fillRect(rect, color(theme.petrol_900, 0.55))
        face = self.font_of("heading", 600)
        wide = min(rect.width() * 0.86, text_width(face, self.accessibleName()) + self.px(140))
        high = line_height(face) + self.px(80)
        box = QRectF((rect.width() - wide) / 2, (rect.height() - high) / 2, wide, high)
        draw_box(painter, box, self.sizes.radius_tile, theme.surface, theme.accent, self.border() * 2)
        face = fitted_line(self.accessibleName(), face, wide - self.px(40), self.font_of)
        draw_text(painter, box, self.accessibleName(), face, theme.ink, ALIGN_CENTER)

"""Painted parts of the kiosk pages that the kit does not have."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.kiosk.fitting import even, fit, least, right_to_left, tall
from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT, color
from desk.ui.widgets import (
    Painted,
    draw_box,
    draw_lines,
    draw_text,
    line_height,
    mixed,
    paint_bar,
    paint_icon,
    paint_logo,
    text_width,
)
from desk.ui.widgets.tile import fitted_line

LEAST_GREETING = 0.7
"""A greeting that would have to be smaller than this share is left out."""

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


WIDE_HERO = 600
"""Pixels of the picture from which a greeting's sentence need not have all the width."""

HERO_SENTENCE = 0.48
"""The size of a greeting's sentence, as a share of the greeting's."""

SHARES = (1.0, 0.92, 0.85, 0.78, LEAST_GREETING)
"""How large a greeting may be: first it becomes smaller, then it shows less of itself."""

SMALLER_SHARES = (0.62, 0.55, 0.48)
"""How small the name of a page may become beside it, with what it asks for, before one of them is left out."""

Part = tuple[str, QFont, list[str]]
"""What it is ("title", "sentence", "news"), its letters, its lines."""


class Hero(Scaled):
    """The greeting, what to do here, and what is announced. It takes what room is left and, when that is too little,
    shows less of itself: the greeting goes first, then the announcement; what to do is said to the last."""

    fits_words = True

    def __init__(self, title: str, sentence: str, *, size: int, news: str = "", named: bool = False) -> None:
        """``named``: the title is no greeting but the page's name, which stands nowhere else."""
        super().__init__(title)
        self._title, self._sentence, self._size, self._news = title, sentence, size, news
        self._named = named
        self.setAccessibleDescription(" ".join(one for one in (sentence, news) if one))
        self.setSizePolicy(EXPAND, QSizePolicy.Policy.Ignored)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def shown(self) -> set[str]:
        """What it has room for now: "title", "sentence", "news"."""
        return {name for name, _, _ in self._fitting()}

    def paint(self, painter: QPainter) -> None:
        parts = self._fitting()
        top = (self.height() - self._high(parts)) / 2
        for place, (name, face, lines) in enumerate(parts):
            top += self._gap(name) if place else 0.0
            high = line_height(face) * len(lines)
            extra = (tall(face, " ".join(lines)) - line_height(face)) / 2
            spot = QRectF(0, top + extra, self.width(), high)
            if name == "news":
                side = self.px(44)
                paint_icon(painter, "bell", self.first(spot, side), self.theme.ink)
                spot, lines = self.beside(spot, side + self.px(20)), [left_to_right(line) for line in lines]
            draw_lines(painter, spot, lines, face, self.theme.ink)
            top += high + 2 * extra

    def _fitting(self) -> list[Part]:
        """The most that fits, in the largest letters in which it does."""
        wanted = (("title", "sentence", "news"), ("sentence", "news"), ("title", "sentence"), ("sentence",), ("title",))
        there = {"title": self._title, "sentence": self._sentence, "news": self._news}
        for names in wanted:
            for share in (*SHARES, *SMALLER_SHARES) if self._named else SHARES:
                parts = [part for name in names if there[name] for part in [self._part(name, there[name], share)]]
                if parts and self._fits(parts, more=2 if share < LEAST_GREETING else 0):
                    return parts
        return []

    def _part(self, name: str, words: str, share: float) -> Part:
        scale, wide = min(self.look.text_scale, 1.25), float(self.width())
        if name == "title":
            face = self._face(self._size * scale * share, 700)
            return name, face, even(face, words, wide)
        if name == "news":
            face = self._face(32 * scale * share, 500)
            return name, face, even(face, words, wide - self.px(64))
        face = self._face(self._size * HERO_SENTENCE * scale * max(share, LEAST_GREETING), 400)
        lines = even(face, words, wide)
        if len(lines) > 1 and wide > self.px(WIDE_HERO):  # beside the mark drawn large
            lines = even(face, words, wide * 0.85)
        return name, face, lines

    def _face(self, pixels: float, weight: int) -> QFont:
        return self.font_of(max(round(self.px(pixels)), least(self.look)), weight)

    def _gap(self, name: str) -> float:
        return self.px(20) if name == "news" else 0.0

    def _high(self, parts: list[Part]) -> float:
        words = sum(line_height(face) * (len(lines) - 1) + tall(face, " ".join(lines)) for _, face, lines in parts)
        return words + sum(self._gap(name) for name, _, _ in parts[1:])

    def _fits(self, parts: list[Part], more: int = 0) -> bool:
        most, wide = {"title": 3, "sentence": 3 + more, "news": 2}, self.width()
        broad = all(
            len(lines) <= most[name] and all(text_width(face, line) <= wide for line in lines)
            for name, face, lines in parts
        )
        return broad and self._high(parts) <= self.height()


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


class PageTitle(Scaled):
    """What the page is, with an icon before it when there is one."""

    def __init__(self, words: str, icon: str = "") -> None:
        super().__init__(words)
        self._words, self._icon = words, icon
        self.setSizePolicy(EXPAND, FIX)

    def _face(self) -> QFont:
        return self.font_of(round(self.px(60) * min(self.look.text_scale, 1.2)), 600)

    def sizeHint(self) -> QSize:
        return QSize(0, tall(self._face(), self._words))

    def paint(self, painter: QPainter) -> None:
        rect, side = QRectF(self.rect()), self.px(64) if self._icon else 0.0
        if side:
            paint_icon(painter, self._icon, self.first(rect, side), self.theme.accent)
            rect = self.beside(rect, side + self.px(20))
        face = fitted_line(self._words, self._face(), rect.width(), self.font_of)
        draw_text(painter, rect, self._words, face, self.theme.accent)


class Assurance(Scaled):
    """A line to read with its icon: the privacy line with its shield, and the help line below."""

    def __init__(
        self, words: str, below: str = "", lines: int = 1, *, icon: str = "shield-check", size: int = 26
    ) -> None:
        """``lines``: how many the words may take; ``size`` of the letters, pixels of the picture."""
        super().__init__(words)
        self._words, self._below, self._most = words, below, lines
        self._icon, self._size = icon, size
        self.setAccessibleDescription(below)
        self.setSizePolicy(EXPAND, FIX)

    def sizeHint(self) -> QSize:
        return QSize(0, line_height(self._face()) * (self._most + (1 if self._below else 0)))

    def _face(self) -> QFont:
        return self.font_of(round(self.px(self._size) * min(self.look.text_scale, 1.25)), 500)

    def paint(self, painter: QPainter) -> None:
        theme, rect, face = self.theme, QRectF(self.rect()), self._face()
        side, step = self.px(40), line_height(face)
        room = self.beside(rect, side + self.px(18))
        face, lines = fit(
            self._words, face, room.width(), step * self._most, self.font_of, look=self.look, most=self._most
        )
        high = line_height(face) * len(lines)
        top = max(0.0, (rect.height() - high - (line_height(face) if self._below else 0)) / 2)
        head = QRectF(0, top, rect.width(), line_height(face))
        paint_icon(painter, self._icon, self.first(head, side), theme.accent)
        draw_lines(painter, QRectF(room.x(), top, room.width(), high), lines, face, theme.ink)
        if self._below:
            small = self.font_of(face.pixelSize(), 400)
            spot = QRectF(room.x(), top + high, room.width(), line_height(small))
            draw_text(painter, spot, self._below, small, theme.ink_2_kiosk)


def left_to_right(words: str) -> str:
    """Words of a site that are in no language of the right hand keep their order and their full stop in a mirrored
    window."""
    return words if right_to_left(words) else f"\u200e{words}\u200e"


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

    def allow(self, seconds: int) -> None:
        """Begin anew with more time, unless it was paused."""
        if not self.paused:
            self._span = self._left = seconds * 1000
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

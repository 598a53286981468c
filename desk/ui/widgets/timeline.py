"""What happened, newest first; and how far along the way something is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT, ALIGN_RIGHT
from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_lines, draw_text, line_height, text_width, wrap
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: icon, what happened, more about it, when (ready words). ``tone``: tint, amber, brick."""

    icon: str
    title: str
    text: str = ""
    when: str = ""
    tone: str = "tint"


class Timeline(Painted):
    """``Timeline("Süreç")``, then ``set_moments([...])``; as high as its words need."""

    def __init__(self, name: str, *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(name, scale=scale, parent=parent)
        self._moments: tuple[Moment, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        self._moments = tuple(moments)
        self.setAccessibleDescription("\n".join(f"{m.when} {m.title}. {m.text}".strip() for m in self._moments))
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        return round(self.sizes.icon * 1.4)

    def _left(self) -> int:
        return self._side() + round(self.sizes.gap * 1.5)

    def _lines(self, moment: Moment, width: int) -> tuple[list[str], list[str]]:
        when = text_width(self.font_of("hint"), moment.when)
        room = width - self._left()
        title = wrap(self.font_of("strong"), moment.title, room - when - self.sizes.gap)
        return title, wrap(self.font_of("hint"), moment.text, room) if moment.text else []

    def _height(self, moment: Moment, width: int) -> int:
        title, text = self._lines(moment, width)
        words = len(title) * line_height(self.font_of("strong")) + len(text) * line_height(self.font_of("hint"))
        return max(words, self._side()) + round(self.sizes.pad * 0.75)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(moment, width) for moment in self._moments)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 240)
        return QSize(320, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paint(self, painter: QPainter) -> None:
        y = 0.0
        for place, moment in enumerate(self._moments):
            high = self._height(moment, self.width())
            last = place == len(self._moments) - 1
            self._paint_moment(painter, moment, y, high, last)
            y += high

    def _paint_moment(self, painter: QPainter, moment: Moment, y: float, high: int, last: bool) -> None:
        theme, side, left = self.theme, self._side(), self._left()
        fill, ink = {
            "tint": (theme.petrol_100, theme.on_tint),
            "amber": (theme.amber_100, theme.amber_text),
            "brick": (theme.brick_100, theme.brick_text),
        }[moment.tone]
        if not last:
            thin = max(1.5, self.border())
            draw_box(painter, QRectF((side - thin) / 2, y + side + 2, thin, high - side - 4), 0, theme.line_strong)
        spot = QRectF(0, y, side, side)
        draw_box(painter, spot, side / 2, fill, ink if theme.outlined else None, self.border())
        inner = side * 0.58
        paint_icon(painter, moment.icon, QRectF((side - inner) / 2, y + (side - inner) / 2, inner, inner), ink)
        title, text = self._lines(moment, self.width())
        strong, hint = self.font_of("strong"), self.font_of("hint")
        room = self.width() - left
        top = y + max(0, (side - line_height(strong)) / 2) if not text else y
        draw_lines(painter, QRectF(left, top, room, high), title, strong, theme.ink)
        spot = QRectF(left, top, room, line_height(strong))
        draw_text(painter, spot, moment.when, hint, theme.ink_2, ALIGN_RIGHT, elide=False)
        spot = QRectF(left, top + len(title) * line_height(strong), room, high)
        draw_lines(painter, spot, text, hint, theme.ink_2)


class Steps(Painted):
    """The way of an application in stations: done (check), current (dot), to come (ring). ``low``: title and time stand
    in one line."""

    def __init__(self, name: str, *, low: bool = False, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(name, scale=scale, parent=parent)
        self._low = low
        self._steps: tuple[tuple[str, str], ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[tuple[str, str]], current: int) -> None:
        """``steps`` are (title, when); those before ``current`` are done (all, when it is their number)."""
        self._steps, self._current = tuple(steps), current
        here = self._steps[current][0] if current < len(self._steps) else ""
        self.setAccessibleDescription(here)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = max((self._width(title, when) for title, when in self._steps), default=60)
        second = 0 if self._low else line_height(self.font_of("hint"))
        high = self._side() + 4 + line_height(self.font_of("strong")) + second
        return QSize((wide + self.sizes.gap) * max(1, len(self._steps)), high)

    def _width(self, title: str, when: str) -> int:
        words = text_width(self.font_of("strong"), title)
        return words + self.sizes.gap + text_width(self.font_of("hint"), when) if self._low and when else words

    def minimumSizeHint(self) -> QSize:
        return QSize(60 * max(1, len(self._steps)), self.sizeHint().height())

    def _side(self) -> int:
        return round(self.sizes.icon * 1.3)

    def paint(self, painter: QPainter) -> None:
        if not self._steps:
            return
        theme, side, part = self.theme, self._side(), self.width() / len(self._steps)
        for place, (title, when) in enumerate(self._steps):
            x, done, here = place * part, place < self._current, place == self._current
            if place + 1 < len(self._steps):
                tone = theme.accent if done else theme.line_strong
                draw_box(painter, QRectF(x + side + 3, side / 2 - 1.5, part - side - 6, 3), 0, tone)
            self._paint_station(painter, QRectF(x, 0, side, side), done, here)
            first, second = line_height(self.font_of("strong")), line_height(self.font_of("hint"))
            face = self.font_of("strong" if here else "table")
            ink = theme.ink if done or here else theme.ink_2
            draw_text(painter, QRectF(x, side + 4, part - 6, first), title, face, ink, ALIGN_LEFT)
            after = text_width(face, title) + self.sizes.gap if self._low else 0
            down, high = (0, first) if self._low else (first, second)
            spot = QRectF(x + after, side + 4 + down, part - 6 - after, high)
            draw_text(painter, spot, when, self.font_of("hint"), theme.ink_2, ALIGN_LEFT)

    def _paint_station(self, painter: QPainter, spot: QRectF, done: bool, here: bool) -> None:
        theme, side = self.theme, spot.width()
        if done:
            draw_box(painter, spot, side / 2, theme.petrol_600)
            inner = side * 0.6
            place = QRectF(spot.x() + (side - inner) / 2, (side - inner) / 2, inner, inner)
            paint_icon(painter, "check", place, theme.on_petrol)
            return
        draw_box(painter, spot, side / 2, theme.surface, theme.accent if here else theme.line_strong, 2)
        if here:
            inner = side * 0.46
            place = QRectF(spot.x() + (side - inner) / 2, (side - inner) / 2, inner, inner)
            draw_box(painter, place, inner / 2, theme.accent)

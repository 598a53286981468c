"""The painted parts of the hall display. Each says in its accessible description what a person reads on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from desk.ui.theme import ALIGN_CENTER, ALIGN_LEFT, ALIGN_RIGHT
from desk.ui.widgets import (
    Painted,
    draw_lines,
    draw_text,
    line_height,
    paint_badge,
    paint_icon,
    paint_logo,
    text_width,
    wrap,
)
from desk.ui.widgets.painting import balanced
from desk.values import dataclass

LEGIBLE = 82
"""Letters of 1/200 of 8 m on a 43-inch screen (0.496 mm a pixel), pixels of the picture (screens.md, "Hall")."""

SMALLEST = 64
"""Nothing is written smaller, unless a name has no other room: 1/200 of 8 m on a 55-inch screen. What the settings
reckon with is ``setting_rules.HALL_LETTERS``."""

NAMED = 40
"""The least of the strip's words (screens.md, "Tokens"), so that no count has to wait for its turn: a service's letter,
which stands on the slip, and its count are larger."""

BELOW = 56
"""The most of them: a larger İ would touch the letter above it."""

CAPITALS = 1.18
"""Letters may be so much higher than their box where there are capitals and digits only (0.70 of the letters)."""

BETWEEN = 22
"""Between the names of two services, pixels of the picture."""

CLOSE = 1.14
"""From line to line where two stand closely, as a share of the letters."""


class Part(Painted):
    """A painted part that fills the place the window gives it; ``px()`` turns pixels of the 1920 picture into ours."""

    def __init__(self, name: str) -> None:
        super().__init__(name, scale="hall")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def px(self, pixels: float) -> float:
        return pixels * self.look.pixel_scale

    def say(self, words: str) -> None:
        """Keep what is shown for screen readers and tests, and paint anew."""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    def fitting(self, words: str, pixels: float, weight: int, room: float) -> QFont:
        """The face of ``pixels`` (of the picture), smaller when ``words`` would be wider than ``room``."""
        size = max(1, round(self.px(pixels)))
        face = self.font_of(size, weight)
        wide = text_width(face, words)
        if wide > room > 0:
            face = self.font_of(max(1, int(size * room / wide)), weight)
        return face


class Head(Part):
    """Who speaks here, the date and the time."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name, self._date, self._time = "", "", ""

    def set_words(self, name: str, date: str, time: str) -> None:
        if (name, date, time) != (self._name, self._date, self._time):
            self._name, self._date, self._time = name, date, time
            self.say(f"{name} · {date} {time}")

    def paint(self, painter: QPainter) -> None:
        theme, wide, high, pad = self.theme, self.width(), self.height(), self.px(44)
        painter.fillRect(self.rect(), theme.petrol_900)
        side = self.px(50)
        ink = theme.ink if theme.outlined else theme.on_petrol
        paint_logo(painter, QRectF(pad, (high - side) / 2, side, side), ink)
        clock = self.font_of(round(self.px(80)), 700)
        right = wide - pad
        span = text_width(clock, self._time)
        draw_text(painter, QRectF(right - span, 0, span, high), self._time, clock, ink, ALIGN_RIGHT, elide=False)
        right -= span + self.px(24)
        day = self.font_of(round(self.px(SMALLEST)), 400)
        span = text_width(day, self._date)
        draw_text(painter, QRectF(right - span, 0, span, high), self._date, day, theme.petrol_soft, ALIGN_RIGHT)
        left = pad + side + self.px(22)
        face = self.fitting(self._name, SMALLEST, 600, right - span - left - self.px(24))
        draw_text(painter, QRectF(left, 0, right - span - left, high), self._name, face, ink)


class CurrentCall(Part):
    """The number that is called now, and where to; calm while nobody was called."""

    def __init__(self, name: str, idle: str) -> None:
        super().__init__(name)
        self._title, self._idle = name, idle
        self._number, self._place, self._also = "", "", ""
        self._closed: tuple[str, str] | None = None
        self._stale: tuple[str, str] | None = None
        self.lit = True
        """False in the dark half of a flash."""
        self.say(idle)

    def set_call(self, number: str, place: str, also: str = "") -> None:
        """Show a call; two empty strings show the calm panel. ``also``: the heading in the language of its ticket."""
        self._number, self._place, self._also = number, place, also
        self._tell()

    @property
    def closed(self) -> bool:
        return self._closed is not None

    def set_closed(self, title: str, sentences: str) -> None:
        """Say that we are closed, and when we open again, instead of a call; an empty title: we are open."""
        closed = (title, sentences) if title else None
        if closed != self._closed:
            self._closed = closed
            self._tell()

    def set_stale(self, title: str, sentence: str) -> None:
        """Say that new calls cannot be shown, instead of one that may be over; an empty title: they can."""
        self._stale = (title, sentence) if title else None
        self._tell()

    def _tell(self) -> None:
        instead = self._closed or self._stale
        if instead:
            self.say(" ".join(instead))
        else:
            self.say(f"{self._number} → {self._place}" if self._number else self._idle)

    def set_lit(self, lit: bool) -> None:
        if lit != self.lit:
            self.lit = lit
            self.update()

    def paint(self, painter: QPainter) -> None:
        if self._closed:
            self._paint_calm(painter, "clock", self._closed[0], self._closed[1])
            return
        if self._stale:
            self._paint_calm(painter, "warning", self._stale[0], self._stale[1])
            return
        if not self._number:
            self._paint_calm(painter, "bell", self._idle, "")
            return
        theme, wide, high = self.theme, float(self.width()), float(self.height())
        fill, ink = ("", theme.on_amber) if self.lit else (theme.amber_100, theme.ink)
        painter.fillRect(self.rect(), theme.amber_500)
        if not self.lit:
            edge = self.px(12)
            painter.fillRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), fill)
        pad = self.px(60)
        room = wide - 2 * pad
        top = self.px(14)
        head = self.font_of(round(self.px(SMALLEST)), 600)
        bell, step = self.px(SMALLEST), line_height(head)
        paint_icon(painter, "bell", QRectF(pad, top + (step - bell) / 2, bell, bell), ink)
        left = pad + bell + self.px(24)
        title = f"{self._title} · {self._also}" if self._also else self._title
        face = self.fitting(title, SMALLEST, 600, wide - left - pad)
        draw_text(painter, QRectF(left, top, wide - left - pad, step), title, face, ink)
        rule = round(high * 0.655)
        spot = QRectF(pad, top + step, room, rule - top - step)
        number = self.fitting(self._number, min(384, spot.height() * CAPITALS / self.px(1)), 700, room)
        draw_text(painter, whole(spot, number), self._number, number, ink, ALIGN_CENTER, elide=False)
        painter.fillRect(QRectF(pad, rule, room, max(1.0, self.px(4))), ink)
        self._paint_place(painter, QRectF(pad, rule, room, high - rule), ink)

    def _paint_place(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        arrow = min(self.px(176), rect.height() * 0.8)
        gap = self.px(48)
        size = min(200, rect.height() * 0.88 / self.px(1))
        face = self.fitting(self._place, size, 600, rect.width() - arrow - gap)
        span = text_width(face, self._place)
        left = rect.x() + (rect.width() - arrow - gap - span) / 2
        spot = QRectF(left, rect.center().y() - arrow / 2, arrow, arrow)
        paint_icon(painter, "arrow-right", spot, ink)
        spot = QRectF(left + arrow + gap, rect.y(), span + 4, rect.height())
        draw_text(painter, whole(spot, face), self._place, face, ink, ALIGN_LEFT, elide=False)

    def _paint_calm(self, painter: QPainter, icon: str, title: str, sentences: str) -> None:
        """No call: an icon, a title and what else there is to say, on petrol."""
        theme, wide, high = self.theme, float(self.width()), float(self.height())
        painter.fillRect(self.rect(), theme.petrol_600 if not theme.outlined else theme.paper)
        ink = theme.on_petrol if not theme.outlined else theme.ink
        room = wide - self.px(160)
        face, small = self.font_of(round(self.px(88)), 600), self.font_of(round(self.px(72)), 500)
        heads = balanced(face, title, room)
        lines = wrap(small, sentences, room) if sentences else []
        mark, gap = self.px(150), self.px(40)
        step, line = line_height(face), line_height(small)
        top = (high - mark - gap - step * len(heads) - line * len(lines)) / 2
        paint_icon(painter, icon, QRectF((wide - mark) / 2, top, mark, mark), ink)
        top += mark + gap
        draw_lines(painter, QRectF(0, top, wide, step * len(heads)), heads, face, ink, ALIGN_CENTER)
        spot = QRectF(0, top + step * len(heads), wide, line * len(lines))
        draw_lines(painter, spot, lines, small, ink, ALIGN_CENTER)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: a number and where it was called to."""

    number: str
    place: str


class RecentCalls(Part):
    """The last five numbers, newest first."""

    def __init__(self, name: str, rows: int) -> None:
        super().__init__(name)
        self._title, self._rows = name, rows
        self._lines: list[Line] = []

    def set_title(self, title: str) -> None:
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def set_lines(self, lines: Sequence[Line]) -> None:
        self._lines = list(lines[: self._rows])
        self.say(" · ".join(f"{line.number} {line.place}" for line in self._lines))

    def paint(self, painter: QPainter) -> None:
        theme, wide, pad = self.theme, float(self.width()), self.px(40)
        painter.fillRect(self.rect(), theme.petrol_900)
        ink = theme.ink if theme.outlined else theme.on_petrol
        head = self.fitting(self._title, SMALLEST, 600, wide - 2 * pad)
        top = line_height(head) + self.px(8)
        draw_text(
            painter, QRectF(pad, self.px(4), wide - 2 * pad, line_height(head)), self._title, head, theme.petrol_soft
        )
        step = (self.height() - top - self.px(4)) / self._rows
        for place, line in enumerate(self._lines):
            rect = QRectF(pad, top + place * step, wide - 2 * pad, step)
            edge = theme.petrol_500 if not theme.outlined else theme.line
            painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), max(1.0, self.px(2))), edge)
            self._paint_line(painter, rect, line, ink, theme.petrol_soft if place else ink)

    def _paint_line(self, painter: QPainter, rect: QRectF, line: Line, ink: str, soft: str) -> None:
        number = self.fitting(line.number, 100, 700, rect.width() * 0.56)
        draw_text(painter, whole(rect, number), line.number, number, ink, elide=False)
        room = rect.width() - text_width(number, line.number) - self.px(32)
        place = self.fitting(line.place, LEGIBLE, 500, room)
        draw_text(painter, whole(rect, place), line.place, place, soft, ALIGN_RIGHT, elide=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One service of the strip; a sensitive one has no name."""

    letter: str
    name: str
    count: int


class WaitingStrip(Part):
    """How many wait for each service. More services than there is room for in legible letters take turns."""

    PLACES = 8

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._title = name
        self._all: list[Waiting] = []
        self._turn = 0

    def set_waiting(self, waiting: Sequence[Waiting]) -> None:
        self._all = list(waiting)
        self._say()

    def turn(self) -> None:
        """Show the next services when there are more than fit."""
        self._turn += 1
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        self.say(" · ".join(" ".join(filter(None, (one.letter, one.name, str(one.count)))) for one in self.shown()))

    def shown(self) -> list[Waiting]:
        """The services whose turn it is: evenly many each time."""
        pages = max(1, -(-len(self._all) // self._places()))
        share = -(-len(self._all) // pages) if self._all else 0
        first = self._turn % pages * share
        return self._all[first : first + share]

    def _places(self) -> int:
        """How many stand beside each other so that every name can be read."""
        face, room = self.font_of(round(self.px(NAMED)), 400), self._room()
        widest = max((text_width(face, one.name) for one in self._all), default=0) + self.px(BETWEEN)
        return min(self.PLACES, max(1, int(room / widest))) if widest > 0 else self.PLACES

    def _heading(self) -> QFont:
        return self.font_of(round(self.px(NAMED)), 600)

    def _left(self) -> float:
        return self.px(36 + 20) + text_width(self._heading(), self._title)

    def _room(self) -> float:
        return max(0.0, self.width() - self._left() - self.px(20))

    def paint(self, painter: QPainter) -> None:
        theme, high, title = self.theme, float(self.height()), self._heading()
        painter.fillRect(self.rect(), theme.paper)
        spot = QRectF(self.px(36), 0, text_width(title, self._title), high)
        draw_text(painter, spot, self._title, title, theme.ink_2_kiosk, elide=False)
        shown = self.shown()
        if not shown:
            return
        left, step = self._left(), self._room() / len(shown)
        longest = max((one.name for one in shown), key=lambda name: text_width(title, name))
        face = self.fitting(longest, BELOW, 400, step - self.px(BETWEEN))
        for place, one in enumerate(shown):
            spot = QRectF(left + place * step, self.px(12), step, high - self.px(18))
            painter.fillRect(QRectF(spot.x(), spot.y(), max(1.0, self.px(2)), spot.height()), theme.line_strong)
            self._paint_one(painter, spot.adjusted(self.px(BETWEEN / 2), 0, -self.px(BETWEEN / 2), 0), one, face)

    def _paint_one(self, painter: QPainter, rect: QRectF, one: Waiting, face: QFont) -> None:
        """Letter and count stand on one line in every place, also where no name follows below."""
        theme, side = self.theme, self.px(76)
        badge = QRectF(rect.x(), rect.y(), side, side)
        paint_badge(painter, badge, one.letter, theme, self.font_of(round(side * 0.85), 700), filled=True)
        room = rect.width() - side - self.px(18)
        count = self.fitting(str(one.count), LEGIBLE, 700, room)
        spot = QRectF(badge.right() + self.px(18), rect.y(), room, side)  # nearer to its letter than to the next one
        draw_text(painter, whole(spot, count), str(one.count), count, theme.ink, ALIGN_LEFT, elide=False)
        if one.name:
            spot = QRectF(rect.x(), rect.y() + side, rect.width(), rect.height() - side)
            draw_text(painter, whole(spot, face), one.name, face, theme.ink_2_kiosk, ALIGN_LEFT, elide=False)


class SentenceLine(Part):
    """One sentence at the foot, in two lines; it changes, it never moves. A quiet warning takes its place."""

    LINES = 2

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._words, self._warning = "", False

    def set_words(self, words: str, warning: bool = False) -> None:
        if (words, warning) != (self._words, self._warning):
            self._words, self._warning = words, warning
            self.say(words)

    def _face(self) -> QFont:
        return self.font_of(round(self.px(SMALLEST)), 500)

    def _room(self) -> float:
        return self.width() - self.px(44 + 72 + 26 + 44)

    def leaves(self, words: str) -> list[str]:
        """``words`` in parts that fit whole, in letters that the farthest seat reads: each has its turn."""
        room = self._room()
        if room <= 0 or not words:
            return [words]
        lines = wrap(self._face(), words, room)
        return [" ".join(lines[at : at + self.LINES]) for at in range(0, len(lines), self.LINES)]

    def paint(self, painter: QPainter) -> None:
        theme, high, pad, side = self.theme, float(self.height()), self.px(44), self.px(72)
        painter.fillRect(self.rect(), theme.petrol_700)
        if not self._words:
            return
        ink = theme.ink if theme.outlined else theme.on_petrol
        icon = "warning" if self._warning else "info"
        spot = QRectF(pad, (high - side) / 2, side, side)
        paint_icon(painter, icon, spot, theme.amber_500 if self._warning else ink)
        face, room = self._face(), self._room()
        lines = balanced(face, self._words, room)
        if len(lines) > self.LINES or any(text_width(face, line) > room for line in lines):  # one very long word
            face = self.fitting(self._words, SMALLEST, 500, room)
            lines = [self._words]
        step = face.pixelSize() * CLOSE
        top = (high - step * len(lines)) / 2
        for place, line in enumerate(lines):
            rect = QRectF(pad + side + self.px(26), top + place * step, room, step)
            draw_text(painter, whole(rect, face), line, face, ink, ALIGN_LEFT, elide=False)


def whole(room: QRectF, face: QFont) -> QRectF:
    """``room`` as high as a line of ``face``, with the same middle: marks above and below reach out of it, uncut."""
    more = max(0.0, line_height(face) - room.height()) / 2
    return room.adjusted(0, -more, 0, more)

"""What is touched at the kiosk and is not in the kit: languages, services, the two wide choices, the last key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from desk.ui.kiosk.fitting import even, fit, least
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
)
from desk.ui.widgets.button import skin
from desk.ui.widgets.tile import fitted_line

COMFORTABLE = 0.75
"""A title smaller than this share of its usual size wants the room of the icon."""


INNER = 0.5
"""Kept free between a key's words and its frame, as a share of the usual padding."""

SMALLER = 0.6
"""The least share of its size that a title gives way to its sentence."""

COMFORTABLE_NOTE = 0.9
"""A forecast that had to be smaller than this share wants the room of the arrow."""


Set = tuple[QFont, list[str]]
"""Letters, and the lines set in them."""


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
        """Large letters want no more height than the words and the mark above them need."""
        words = line_height(self.font_of("label", 600)) + round(self.sizes.icon * 0.75)
        return QSize(self.sizes.control, max(round(88 * self.look.pixel_scale), words + self.sizes.gap // 2))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        sizes = self.sizes
        look = skin(self.theme, "primary" if self._chosen else "secondary", self.state())
        draw_box(painter, rect, sizes.radius, look.fill, look.edge, self.border())
        ink = look.ink if self._chosen or self.state() else self.theme.ink
        face = fitted_line(
            self._label,
            self.font_of("label", 600 if self._chosen else 500),
            rect.width() - 2 * INNER * sizes.pad,
            self.font_of,
        )
        wide, high = text_width(face, self._label), line_height(face)
        words = QRectF((rect.width() - wide) / 2, (rect.height() - high) / 2, wide + 2, high)
        if self._chosen:
            words = self._paint_mark(painter, rect, words, ink)
        draw_text(painter, words, self._label, face, ink, elide=False)

    def _paint_mark(self, painter: QPainter, rect: QRectF, words: QRectF, ink: str) -> QRectF:
        """The mark before the words, or above them where large letters leave no room; where the words go then."""
        mark, gap = self.sizes.icon * 0.75, self.sizes.gap * 0.5
        if words.width() + mark + gap <= rect.width() - self.sizes.gap * 1.5:
            spot = QRectF(words.x() - (mark + gap) / 2, (rect.height() - mark) / 2, mark, mark)
            paint_icon(painter, "check", spot, ink)
            return words.translated((mark + gap) / 2, 0)
        mark = min(mark, rect.height() - words.height())
        top = (rect.height() - mark - words.height()) / 2
        paint_icon(painter, "check", QRectF((rect.width() - mark) / 2, top, mark, mark), ink)
        return QRectF(words.x(), top + mark, words.width(), words.height())


class ServiceTile(Tile):
    """A service. Its icon does not grow with the text, so that large letters keep their room; ``bare`` leaves it out
    (lowered screen, long names in large letters). The title takes the room there is, in up to four lines, and is
    never cut; nor is the forecast: half of it would be a wrong one."""

    fits_words = True

    def __init__(self, title: str, note: str, *, icon: str, layout: str, bare: bool = False) -> None:
        super().__init__(title, note, icon=icon, layout=layout)
        self._bare = self._quiet = False
        if bare:
            self.make_bare()

    def set_quiet(self, quiet: bool) -> None:
        """It gives no number at the moment; a touch says why. Still legible, but nothing invites to it."""
        if quiet != self._quiet:
            self._quiet = quiet
            self.update()

    def make_bare(self) -> None:
        """Without its icon from now on."""
        self._bare, self._layout = True, "row"
        self.updateGeometry()

    def cramped(self, wide: float) -> bool:
        """Whether the title beside the icon would be much smaller than it should be, on a tile ``wide`` pixels."""
        wanted = self.font_of("strong")
        room = wide - 3 * self.sizes.card_pad - self._box()
        face, _ = self._fitted(room, 2 * line_height(wanted), most=2)
        return face.pixelSize() < COMFORTABLE * wanted.pixelSize()

    def _box(self) -> int:
        return 0 if self._bare else round(self.sizes.icon * 2 / self.look.text_scale)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() - (self.sizes.card_pad // 2 if self._bare else 0))

    def minimumSizeHint(self) -> QSize:
        # Titles shrink to their room; columns stay equally wide.
        return QSize(self.sizes.control * 2, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, pad, box = self.theme, float(self.sizes.card_pad), self._box()
        look = skin(theme, "secondary", self.state())
        edge = theme.accent if self.state() and not theme.outlined else look.edge
        fill = theme.paper if self._quiet and not self.state() else look.fill
        draw_box(painter, rect, self.radius(), fill, edge, self.border() * (0.75 if theme.outlined else 1))
        left, top = pad, pad * (0.7 if self._bare else 1)
        if box:
            self._paint_icon(painter, QRectF(pad, pad, box, box))
            left, top = (2 * pad + box, top) if self._layout == "row" else (left, pad + box + self.sizes.gap)
        foot, beside = self._foot(rect), self._beside()
        left = left if box else beside
        room = QRectF(left, top, rect.width() - left - beside, (foot.y() if self._note else foot.bottom()) - top)
        face, lines = self._fitted(room.width(), room.height())
        high = len(lines) * line_height(face)
        if box and self._layout == "row":
            room.translate(0, max(0, (box - high) / 2))
        draw_lines(painter, room, lines, face, theme.ink_2_kiosk if self._quiet else theme.ink)
        self._paint_note(painter, foot, arrow=not self._quiet and room.y() + high <= foot.y())

    def _fitted(self, room: float, high: float, most: int = 4) -> tuple[QFont, list[str]]:
        return fit(self._label, self.font_of("strong"), room, high, self.font_of, look=self.look, most=most)

    def _beside(self) -> float:
        """Kept free at both sides; less on the narrow tile of a lowered screen whose forecast would be too small."""
        pad = self.sizes.card_pad
        if self._bare and text_width(self.font_of(least(self.look), 500), self._note) > self.width() - 2 * pad:
            return pad * 0.48
        return pad

    def _foot(self, rect: QRectF) -> QRectF:
        """The line of the forecast."""
        pad, beside, body = self.sizes.card_pad, self._beside(), self.font_of("body", 500)
        room = rect.width() - 2 * beside
        # A forecast that would be very small on one line has two, on a narrow tile of large letters.
        lines = 2 if self._bare and text_width(body, self._note) * COMFORTABLE > room else 1
        high = line_height(body) * lines
        return QRectF(beside, rect.height() - pad * 0.7 - high, room, high)

    def _paint_note(self, painter: QPainter, foot: QRectF, *, arrow: bool) -> None:
        theme, pad = self.theme, self.sizes.card_pad
        side = self.sizes.icon * 0.8 / self.look.text_scale
        face, room = self.font_of("body", 500), foot.width() - pad * 0.5 - side
        if text_width(face, self._note) * COMFORTABLE_NOTE > room:  # words before the arrow
            arrow, room = False, foot.width()
        most = 2 if foot.height() >= 2 * line_height(face) else 1
        face, lines = fit(self._note, face, room, foot.height(), self.font_of, look=self.look, most=most)
        if len(lines) > 1:
            draw_lines(painter, foot, lines, face, theme.ink_2_kiosk)
            return
        if text_width(face, lines[0]) > room:  # into the margins rather than cut
            into = self._beside() * 0.6
            foot = foot.adjusted(-into, 0, into, 0)
        if arrow:
            spot = QRectF(foot.right() - side, foot.y() + (foot.height() - side) / 2, side, side)
            paint_icon(painter, "chevron-right", spot, theme.accent)
        draw_text(painter, foot, " ".join(lines), face, theme.ink_2_kiosk, elide=False)


class ChoiceTile(Control):
    """A wide choice with a sentence; the sentence is left out where it would not fit whole. ``lines``: how many the
    title may need. ``large``: in the letters of a page with nothing else on it."""

    def __init__(
        self, title: str, sentence: str, *, icon: str, filled: bool, lines: int = 1, large: bool = False
    ) -> None:
        super().__init__(title, scale="kiosk")
        self._roles = ("title", "body") if large else ("heading", "caption")
        self._sentence, self._icon, self._filled, self._lines = sentence, icon, filled, lines
        self._flat = False
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(EXPAND, EXPAND)

    def set_flat(self, flat: bool) -> None:
        """As low as the title allows."""
        self._flat = flat
        self.setSizePolicy(EXPAND, FIX if flat else EXPAND)

    def high(self, wide: float) -> int:
        """The height that shows the title and the whole sentence in so much width."""
        pad, small = self.sizes.card_pad * 1.2, self.font_of(self._roles[1], 500)
        room = wide - pad * 2.5 - self._icon_side() / self.look.text_scale
        below = line_height(small) * len(even(small, self._sentence, room))
        face, title = self._title(room, 2 * line_height(self.font_of(self._roles[0], 700)))
        return line_height(face) * len(title) + below + round(self.sizes.gap * 1.5)

    def radius(self) -> float:
        return self.sizes.radius_tile

    def sizeHint(self) -> QSize:
        if self._flat:
            return self.minimumSizeHint()
        high = line_height(self.font_of(self._roles[0])) + 4 * line_height(self.font_of(self._roles[1]))
        return QSize(self.sizes.control * 3, high + self.sizes.card_pad)

    def minimumSizeHint(self) -> QSize:
        high = line_height(self.font_of(self._roles[0])) * self._lines + round(self.sizes.card_pad * 1.5)
        return QSize(self.sizes.control * 2, high)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "primary" if self._filled else "secondary", self.state())
        edge = look.edge if self._filled else theme.accent
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border() * (1 if theme.outlined else 1.5))
        pad = sizes.card_pad * 1.2
        side, room, (face, title), (small, lines) = self._arranged(rect)
        ink = look.ink
        left = pad * 1.7 + side if side else pad
        if side:
            icon_ink = theme.ink if theme.outlined and not self._filled else ink
            paint_icon(painter, self._icon, QRectF(pad, (rect.height() - side) / 2, side, side), icon_ink)
        step, line = line_height(face) * len(title), line_height(small)
        top = (rect.height() - step - len(lines) * line) / 2
        draw_lines(painter, QRectF(left, top, room, step), title, face, ink)
        spot = QRectF(left, top + step, room, len(lines) * line)
        draw_lines(painter, spot, lines, small, ink if self._filled else theme.ink)

    def _arranged(self, rect: QRectF) -> tuple[float, float, Set, Set]:
        """The icon's side, the room of the words, title and sentence: the icon goes before the sentence does, and the
        title becomes smaller."""
        pad, usual = self.sizes.card_pad * 1.2, min(self._icon_side() / self.look.text_scale, rect.height() * 0.5)
        kept: tuple[float, float, Set, Set] | None = None
        for side, bold in ((usual, COMFORTABLE), (0.0, COMFORTABLE), (0.0, SMALLER)):
            room = rect.width() - (pad * 2.5 + side if side else pad * 2)
            title = self._title(room, rect.height(), bold)
            high = rect.height() - self.sizes.gap - line_height(title[0]) * len(title[1])
            found = (side, room, title, self._said(room, high))
            kept = kept or found
            if found[3][1] or self._flat:
                return found
        return kept

    def _said(self, room: float, high: float) -> Set:
        """The sentence in letters that suit ``room`` × ``high``; no lines where even the smallest do not."""
        face = self.font_of(self._roles[1], 500)
        while True:
            lines = even(face, self._sentence, room)
            if len(lines) * line_height(face) <= high and all(text_width(face, line) <= room for line in lines):
                return face, lines
            if face.pixelSize() <= least(self.look):
                return face, []
            face = self.font_of(face.pixelSize() - 1, 500)

    def _icon_side(self) -> float:
        return self.sizes.icon * (2.4 if self._roles[0] == "title" else 1.7)

    def _title(self, room: float, high: float, bold: float = COMFORTABLE) -> Set:
        """On one line a little smaller (down to the share ``bold``), so that the sentence keeps its room; else in two
        lines."""
        wanted = self.font_of(self._roles[0], 700)
        if self._lines == 1:
            face, title = fit(self._label, wanted, room, high, self.font_of, look=self.look, most=1)
            if face.pixelSize() >= bold * wanted.pixelSize():
                return face, title
        return fit(self._label, wanted, room, high, self.font_of, look=self.look, most=2)


class SlimKey(Button):
    """A button that goes without its icon, and whose words then shrink a little, before they touch its frame."""

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        icon = self._icon
        if icon and self._content_width() > self._inner():
            self._icon = None
        try:
            super().paint(painter, rect)
        finally:
            self._icon = icon

    def _inner(self) -> float:
        return self.width() - 2 * INNER * self.sizes.pad

    def _face(self) -> QFont:
        face = self.font_of("strong")
        if self._icon or not self.isVisible():
            return face
        room, high = self._inner(), float(2 * line_height(face))
        return fit(self._label, face, room, high, self.font_of, look=self.look, most=1)[0]

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizes.control * 2, self._height())

    def _height(self) -> int:
        return max(self.sizes.control, line_height(self.font_of("strong")) + 16)


class FinishKey(Button):
    """The one filled key that ends a step: tall, with larger letters."""

    def __init__(self, label: str, high: int) -> None:
        super().__init__(label, kind="primary", scale="kiosk")
        self._high = high
        self.setSizePolicy(EXPAND, FIX)

    def _face(self) -> QFont:
        face = self.font_of("heading", 600)
        if not self.isVisible():
            return face
        return fitted_line(self._label, face, self.width() - 2 * self.sizes.gap, self.font_of)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizes.control * 2, self.sizeHint().height())

    def _height(self) -> int:
        return max(self._high, line_height(self.font_of("heading", 600)) + self.sizes.gap)

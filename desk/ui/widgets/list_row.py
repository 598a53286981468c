"""Rows to choose or look at: search results, open jobs, last numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets.badge import paint_badge
from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.key_hint import key_size, paint_key
from desk.ui.widgets.painting import draw_box, draw_text, line_height, may_elide, mixed, text_width


class ListRow(Control):
    """A leading letter or round icon, a title with a second line, a value with a remark at right, a key cap.

    ``ListRow("Emlak ve çevre temizlik vergisi", "Mali Hizmetler · Zemin kat", letter="V", right="6 bekliyor",
    note="12–18 dk", key="Ctrl+2")``. ``set_current(True)`` tints it and fills the letter. ``passive`` rows only show
    (no focus, no hover). ``tone``: "", "amber" for a value past its target, "brick" for what does not work.
    """

    def __init__(
        self,
        title: str,
        sub: str = "",
        *,
        letter: str = "",
        icon: str = "",
        icon_tone: str = "tint",
        right: str = "",
        note: str = "",
        key: str = "",
        tone: str = "",
        boxed: bool = False,
        passive: bool = False,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, name=name, scale=scale, parent=parent)
        self._sub, self._letter, self._icon, self._icon_tone = sub, letter, icon, icon_tone
        self._key, self._boxed, self._passive, self._current = key, boxed, passive, False
        self._right, self._note, self._tone = right, note, tone
        self._describe()
        if passive:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, title: str, sub: str = "") -> None:
        if (title, sub) != (self._label, self._sub):
            self._sub = sub
            self.set_label(title)
            self._describe()

    def set_right(self, right: str, note: str = "", tone: str = "") -> None:
        if (right, note, tone) == (self._right, self._note, self._tone):
            return
        self._right, self._note, self._tone = right, note, tone
        self._describe()

    def set_current(self, current: bool) -> None:
        """The one Enter would take."""
        if current != self._current:
            self._current = current
            self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(" · ".join(part for part in (self._sub, self._right, self._note) if part))
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        return round(self.sizes.control * 0.9) if self._letter or self._icon else 0

    def _pad(self) -> float:
        return self.sizes.pad * 0.75 if self._boxed or not self._passive else 0

    def _text_height(self) -> int:
        return line_height(self.font_of("table")) + (
            line_height(self.font_of("hint")) if self._sub or self._note else 0
        )

    def _right_width(self) -> int:
        return max(text_width(self.font_of("strong"), self._right), text_width(self.font_of("hint", 500), self._note))

    def sizeHint(self) -> QSize:
        height = max(self._side() + 12, self._text_height() + (12 if self._sub or self._note else 16))
        if not self._passive:
            height = max(height, self.sizes.control)
        words = max(text_width(self.font_of("strong"), self._label), text_width(self.font_of("hint"), self._sub))
        return QSize(round(words + self._side() + self._right_width() + 4 * self.sizes.pad), height)

    def minimumSizeHint(self) -> QSize:
        least = self._side() + self._right_width() + text_width(self.font_of("strong"), "Mmmmm…") + 3 * self.sizes.pad
        return QSize(least, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, state = self.theme, self.state()
        fill = theme.surface if self._boxed else None
        if not self._passive:
            fill = {"hover": theme.hover, "pressed": theme.petrol_100}.get(state, fill)
        if self._current:
            fill = theme.petrol_100
        edge = theme.line if self._boxed else None
        if self._current and theme.outlined:
            edge = theme.petrol_600
        draw_box(painter, rect, self.sizes.radius, fill, edge, max(1, self.border()))
        left = self._paint_lead(painter, rect)
        right = self._paint_right(painter, rect)
        self._paint_words(painter, QRectF(left, 0, right - left - self.sizes.gap, rect.height()))

    def _paint_lead(self, painter: QPainter, rect: QRectF) -> float:
        theme, side, left = self.theme, self._side(), self._pad()
        spot = QRectF(left, (rect.height() - side) / 2, side, side)
        if self._letter:
            filled = self._current
            paint_badge(painter, spot, self._letter, theme, self.font_of(round(side * 0.46), 600), filled)
        elif self._icon:
            fill, ink = {
                "tint": (theme.petrol_100, theme.on_tint),
                "amber": (theme.amber_100, theme.amber_text),
                "brick": (theme.brick_100, theme.brick_text),
            }[self._icon_tone]
            draw_box(painter, spot, side / 2, fill, ink if theme.outlined else None, self.border())
            inner = side * 0.56
            place = QRectF(spot.center().x() - inner / 2, spot.center().y() - inner / 2, inner, inner)
            paint_icon(painter, self._icon, place, ink)
        return left + side + (self.sizes.gap * 1.5 if side else 0)

    def _paint_right(self, painter: QPainter, rect: QRectF) -> float:
        theme, sizes, right = self.theme, self.sizes, rect.width() - self._pad()
        if self._key:
            cap = key_size(self._key, sizes)
            spot = QRectF(right - cap.width(), (rect.height() - cap.height()) / 2, cap.width(), cap.height())
            paint_key(painter, spot, self._key, self.font_of("key"), theme.ink_2, theme.line_strong)
            right -= cap.width() + sizes.gap * 1.5
        wide = self._right_width()
        first = line_height(self.font_of("table")) if self._right else 0
        second = line_height(self.font_of("hint")) if self._note else 0
        top = (rect.height() - first - second) / 2
        tones = {"amber": theme.amber_text, "brick": theme.brick_text}
        ink = tones.get(self._tone, theme.ink)
        spot = QRectF(right - wide, top, wide, first)
        draw_text(painter, spot, self._right, self.font_of("strong"), ink, ALIGN_RIGHT, elide=False)
        faint = tones.get(self._tone, theme.ink_2)
        spot = QRectF(right - wide, top + first, wide, second)
        face = self.font_of("hint", 500 if self._tone else 400)
        draw_text(painter, spot, self._note, face, faint, ALIGN_RIGHT, elide=False)
        return right - wide

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        first, second = line_height(self.font_of("table")), line_height(self.font_of("hint")) if self._sub else 0
        top = (rect.height() - first - second) / 2
        face = self.font_of("table", 600 if self._letter or self._boxed else 500)
        ink = mixed(theme.ink_2, theme.surface, 0.3) if self.state() == "disabled" else theme.ink
        spot = QRectF(rect.x(), top + first, rect.width(), second)
        with may_elide(painter):
            draw_text(painter, QRectF(rect.x(), top, rect.width(), first), self._label, face, ink)
            draw_text(painter, spot, self._sub, self.font_of("hint"), theme.ink_2)
        cut = max(text_width(face, self._label), text_width(self.font_of("hint"), self._sub)) > rect.width() + 1
        self.setToolTip("\n".join(part for part in (self._label, self._sub) if part) if cut else "")

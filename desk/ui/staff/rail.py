"""The rail at the left edge of the staff window: one button per page, with a count when something waits there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.theme import ALIGN_CENTER, Theme, on_petrol_cached
from desk.ui.widgets import (
    Control,
    Dressed,
    draw_box,
    draw_text,
    line_height,
    paint_icon,
    paint_logo,
    painting,
    ring_of,
    text_width,
)
from desk.values import dataclass

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Place:
    """A page as the rail knows it. ``title`` is a marked source string."""

    name: str
    title: str
    icon: str
    keys: str
    below: bool = False
    """At the lower end of the rail, away from the day's work."""


class RailButton(Control):
    """Icon above title; light while its page is shown; an amber count at the icon's shoulder."""

    def __init__(self, place: Place) -> None:
        super().__init__(translator()(place.title))
        self.place = place
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(place.keys)
        self.setAccessibleDescription(place.keys)

    def count(self) -> int:
        return self._count

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            waiting = translator()(N_("{count} bekliyor")).format(count=count)
            self.setAccessibleDescription(f"{waiting} · {self.place.keys}" if count else self.place.keys)
            self.update()

    def show_ring(self) -> None:
        ring_of(self).follow(self, self.radius(), self.sizes, on_petrol_cached(self.theme))

    def sizeHint(self) -> QSize:
        face = self.font_of("caption", 500)
        return QSize(text_width(face, self.label()) + 8, self.sizes.icon + line_height(face) + 26)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes, on = self.theme, self.sizes, self.isChecked()
        fill, ink = (theme.paper, theme.accent) if on else (None, rail_ink(theme))
        if on and theme.name != "light":
            fill, ink = theme.petrol_600, theme.on_petrol
        elif not on and self.state() in ("hover", "pressed"):
            fill = None if theme.outlined else theme.petrol_hover
        draw_box(painter, rect, sizes.radius, fill)
        side, face = sizes.icon * 1.2, self.font_of("caption", 600 if on else 500)
        words = line_height(face)
        top = (rect.height() - side - words - 4) / 2
        icon = QRectF((rect.width() - side) / 2, top, side, side)
        paint_icon(painter, self.place.icon, icon, ink)
        spot = QRectF(0, top + side + 4, rect.width(), words)
        draw_text(painter, spot, self.label(), face, ink, ALIGN_CENTER, elide=False)
        if self._count:
            self._paint_count(painter, icon)

    def _paint_count(self, painter: QPainter, icon: QRectF) -> None:
        theme, face = self.theme, self.font_of("caption", 600)
        words = str(self._count) if self._count < 100 else "99+"
        high = line_height(face) + 2
        wide = max(high + 4, text_width(face, words) + 12)
        spot = QRectF(min(icon.right() - 6, self.width() - wide), icon.top() - 4, wide, high)
        draw_box(painter, spot, high / 2, theme.amber_500, theme.petrol_700 if theme.outlined else None)
        draw_text(painter, spot, words, face, theme.on_amber, ALIGN_CENTER, elide=False)


def rail_ink(theme: Theme) -> str:
    """Ink on the dark rail."""
    return theme.ink if theme.outlined else theme.on_petrol


class Rail(Dressed, QFrame):
    """``chosen(name)`` when a page is asked for; ``set_current(name)``, ``set_count(name, n)``."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translator()(N_("Sayfalar")))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._buttons = {place.name: RailButton(place) for place in places}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        for name, button in self._buttons.items():
            if not button.place.below:
                self._column.addWidget(button)
            button.clicked.connect(lambda _on=False, name=name: self._clicked(name))
        self._column.addStretch(1)
        for button in self._buttons.values():
            if button.place.below:
                self._column.addWidget(button)
        self.look_changed()

    def _clicked(self, name: str) -> None:
        button = self._buttons[name]
        button.setChecked(True)  # a second click does not put the page away
        self.chosen.emit(name)

    def set_current(self, name: str) -> None:
        for each, button in self._buttons.items():
            button.setChecked(each == name)

    def set_count(self, name: str, count: int) -> None:
        if name in self._buttons:
            self._buttons[name].set_count(count)

    def look_changed(self) -> None:
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        self.setFixedWidth(max(WIDTH, widest + 12))
        self._column.setContentsMargins(8, self._logo_side() + 40, 8, 12)
        super().look_changed()

    def _logo_side(self) -> int:
        return round(self.sizes.icon * 1.7)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.petrol_700)
            if theme.outlined:
                painter.fillRect(QRectF(self.width() - 2, 0, 2, self.height()), theme.line)
            side = self._logo_side()
            paint_logo(painter, QRectF((self.width() - side) / 2, 18, side, side), rail_ink(theme))

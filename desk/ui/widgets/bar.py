"""Bars: a share of the most, in queue rows and tables of counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT, ALIGN_RIGHT, Theme
from desk.ui.widgets.badge import paint_badge
from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, may_elide, text_width


def paint_bar(painter: QPainter, rect: QRectF, share: float, theme: Theme, color: str | None = None) -> None:
    """A track with its first ``share`` (0–1) filled; in high contrast the track is outlined."""
    radius = rect.height() / 2
    draw_box(painter, rect, radius, theme.sunken, theme.line if theme.outlined else None, 1)
    share = min(max(share, 0.0), 1.0)
    if share > 0:
        filled = QRectF(rect.x(), rect.y(), max(rect.width() * share, rect.height()), rect.height())
        draw_box(painter, filled, radius, color or theme.petrol_500)


class QueueRow(Painted):
    """A service in the live queue: letter, name, forecast band, bar, how many wait; amber when it is busy.

    ``set_shape(stacked=True)``: the band stands on a line of its own, in the bar's place: a column takes it for all of
    its rows when ``fits()`` says that one of them has no room beside its name. ``low``: with less air.
    """

    def __init__(
        self, letter: str, service: str, *, short: str = "", scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        """``short`` is shown where the whole name does not fit beside the forecast."""
        super().__init__(service, scale=scale, parent=parent)
        self._letter, self._service, self._short = letter, service, short or service
        self._forecast, self._waiting, self._share, self._busy = "", 0, 0.0, False
        self._stacked = self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, waiting: int, forecast: str, share: float, busy: bool = False) -> None:
        """``forecast`` is a ready band ("9–14 dk · yoğun", "Bekleme yok"), ``share`` (0–1) the bar."""
        self._waiting, self._forecast, self._share, self._busy = waiting, forecast, share, busy
        self.setAccessibleDescription(f"{waiting} · {forecast}")
        self.update()

    def set_shape(self, *, stacked: bool, low: bool) -> None:
        if (stacked, low) != (self._stacked, self._low):
            self._stacked, self._low = stacked, low
            self.updateGeometry()
            self.update()

    def fits(self, width: int) -> bool:
        """Whether the short name and all of the forecast stand on one line of a row so wide."""
        words = text_width(self._band(), self._forecast) + self.sizes.gap if self._forecast else 0
        return text_width(self.font_of("table"), self._short) + words <= width - self._left() - self._right()

    def sizeHint(self) -> QSize:
        step = line_height(self.font_of("table"))
        lines = step + line_height(self._band()) + 4 if self._stacked else step + 22
        height = max(self._side() + (5 if self._low else 12), lines - (4 if self._low else 0))
        names = text_width(self.font_of("table"), self._service) + text_width(self.font_of("hint"), self._forecast)
        return QSize(self._side() + names + self._count_width() + 4 * self.sizes.gap + 12, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _side(self) -> int:
        return round(self.sizes.control * 0.8)

    def _left(self) -> int:
        return self._side() + round(self.sizes.gap * 1.25)

    def _right(self) -> int:
        return self._count_width() + round(self.sizes.gap * 1.5)

    def _band(self) -> QFont:
        return self.font_of("hint", 600 if self._busy else 400)

    def _count_width(self) -> int:
        return max(text_width(self.font_of("value"), "00"), text_width(self.font_of("value"), str(self._waiting)))

    def paint(self, painter: QPainter) -> None:
        theme, side = self.theme, self._side()
        y = (self.height() - side) / 2 - (0 if self._low or self._stacked else 2)
        paint_badge(painter, QRectF(0, y, side, side), self._letter, theme, self.font_of(round(side * 0.5), 600))
        left, right = self._left(), self.width() - self._right()
        step = line_height(self.font_of("table"))
        below = line_height(self._band()) if self._stacked else 10
        line = QRectF(left, y + (side - step - below) / 2, right - left, step)
        if self._stacked:
            self._paint_name(painter, line, self._service)
            self._paint_band(painter, QRectF(left, line.bottom(), line.width(), below), ALIGN_LEFT)
        else:
            self._paint_line(painter, line)
            track = QRectF(left, line.bottom() + 6, line.width(), 4)
            paint_bar(painter, track, self._share, theme, theme.amber_500 if self._busy else None)
        spot = QRectF(right, y, self.width() - right, side)
        draw_text(painter, spot, str(self._waiting), self.font_of("value"), theme.ink, ALIGN_RIGHT, elide=False)

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        """The name, and the forecast at its right."""
        wide = text_width(self._band(), self._forecast)
        spot = rect.adjusted(0, 0, -wide - self.sizes.gap, 0)
        whole = text_width(self.font_of("table"), self._service) <= spot.width()
        self._paint_name(painter, spot, self._service if whole else self._short)
        self._paint_band(painter, QRectF(rect.right() - wide, rect.y(), wide, rect.height()), ALIGN_RIGHT)

    def _paint_name(self, painter: QPainter, rect: QRectF, name: str) -> None:
        face = self.font_of("table")
        if text_width(face, name) > rect.width():
            name = self._short
        with may_elide(painter):
            draw_text(painter, rect, name, face, self.theme.ink)
        self.setToolTip(f"{self._service} · {self._forecast}" if name != self._service else "")

    def _paint_band(self, painter: QPainter, rect: QRectF, align: Qt.AlignmentFlag) -> None:
        tone = self.theme.amber_text if self._busy else self.theme.ink_2
        draw_text(painter, rect, self._forecast, self._band(), tone, align, elide=False)


class BarRow(Painted):
    """A count in a list of counts: icon or letter, label (and a second line), bar, value, further columns at right.

    ``columns`` are right-aligned cells of ``column_width`` each, e.g. ("14 dk", "3"). Give all rows of a list the same
    ``label_width`` (pixels at text scale 1) and their bars begin in one line.
    """

    def __init__(
        self,
        label: str,
        value: str = "",
        share: float = 0.0,
        *,
        icon: str = "",
        letter: str = "",
        sub: str = "",
        columns: tuple[str, ...] = (),
        column_width: int = 60,
        label_width: int = 0,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, scale=scale, parent=parent)
        self._label, self._icon, self._letter, self._sub = label, icon, letter, sub
        self._column_width, self._label_width = column_width, label_width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value, share, columns)

    def set_value(self, value: str, share: float, columns: tuple[str, ...] = ()) -> None:
        self._value, self._share, self._columns = value, share, columns
        self.setAccessibleDescription(" · ".join((value, *columns)))
        self.update()

    def _side(self) -> int:
        return round(self.sizes.control * 0.75) if self._letter else (self.sizes.icon if self._icon else 0)

    def sizeHint(self) -> QSize:
        lines = line_height(self.font_of("table")) + (line_height(self.font_of("caption")) if self._sub else 0)
        return QSize(320, max(lines + 8, self._side() + 8, 36))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme, sizes, side = self.theme, self.sizes, self._side()
        middle = self.height() / 2
        if self._letter:
            spot = QRectF(0, middle - side / 2, side, side)
            paint_badge(painter, spot, self._letter, theme, self.font_of(round(side * 0.5), 600))
        elif self._icon:
            paint_icon(painter, self._icon, QRectF(0, middle - side / 2, side, side), theme.accent)
        left = side + sizes.gap if side else 0
        right = self._paint_right(painter)
        column = round(self._label_width * self.look.text_scale) or round((right - left) * 0.52)
        self._paint_label(painter, QRectF(left, 0, column, self.height()))
        track = QRectF(left + column + sizes.gap, middle - 4, right - left - column - 2 * sizes.gap, 8)
        if track.width() > 16:
            paint_bar(painter, track, self._share, theme)

    def _paint_right(self, painter: QPainter) -> float:
        """The value and further cells; returns where they begin."""
        right = float(self.width())
        cell = round(self._column_width * self.look.text_scale)
        for words in reversed(self._columns):
            draw_text(
                painter,
                QRectF(right - cell, 0, cell, self.height()),
                words,
                self.font_of("body"),
                self.theme.ink,
                ALIGN_RIGHT,
            )
            right -= cell
        face = self.font_of("heading")
        wide = max(text_width(face, "0000"), text_width(face, self._value))
        spot = QRectF(right - wide, 0, wide, self.height())
        draw_text(painter, spot, self._value, face, self.theme.ink, ALIGN_RIGHT, elide=False)
        return right - wide

    def _paint_label(self, painter: QPainter, rect: QRectF) -> None:
        face, small = self.font_of("table"), self.font_of("caption")
        first, second = line_height(face), line_height(small) if self._sub else 0
        top = (rect.height() - first - second) / 2
        draw_text(painter, QRectF(rect.x(), top, rect.width(), first), self._label, face, self.theme.ink)
        spot = QRectF(rect.x(), top + first, rect.width(), second)
        draw_text(painter, spot, self._sub, small, self.theme.ink_2, Qt.AlignmentFlag.AlignLeft)

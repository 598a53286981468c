"""Bars: a share of the most, in queue rows and tables of counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_RIGHT, Theme
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
    """A service in the live queue: letter, name, forecast band, bar, how many wait; amber when it is busy."""

    def __init__(
        self, letter: str, service: str, *, short: str = "", scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        """``short`` is shown where the whole name does not fit beside the forecast."""
        super().__init__(service, scale=scale, parent=parent)
        self._letter, self._service, self._short = letter, service, short or service
        self._forecast, self._waiting, self._share, self._busy = "", 0, 0.0, False
        self._brief = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, waiting: int, forecast: str, share: float, busy: bool = False, brief: str = "") -> None:
        """``forecast`` is a ready band ("9–14 dk", "Bekleme yok"), ``share`` (0–1) the bar.

        ``brief`` stands in its place, behind a sign, where a busy row has no room for both name and band.
        """
        self._waiting, self._forecast, self._share, self._busy = waiting, forecast, share, busy
        self._brief = brief or forecast
        self.setAccessibleDescription(f"{waiting} · {forecast}")
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self.sizes.control * 0.8)
        height = max(side + 12, line_height(self.font_of("table")) + 22)
        names = text_width(self.font_of("table"), self._service) + text_width(self.font_of("hint"), self._forecast)
        return QSize(side + names + self._count_width() + 4 * self.sizes.gap + 12, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _count_width(self) -> int:
        return max(text_width(self.font_of("value"), "00"), text_width(self.font_of("value"), str(self._waiting)))

    def paint(self, painter: QPainter) -> None:
        theme, sizes = self.theme, self.sizes
        side, count = round(sizes.control * 0.8), self._count_width()
        y = (self.height() - side) / 2 - 2
        face = self.font_of(round(side * 0.5), 600)
        paint_badge(painter, QRectF(0, y, side, side), self._letter, theme, face)
        left, right = side + sizes.gap * 1.5, self.width() - count - sizes.gap * 2.5
        step = line_height(self.font_of("table"))
        top = y + (side - step - 10) / 2
        self._paint_line(painter, QRectF(left, top, right - left, step))
        track = QRectF(left, top + step + 6, right - left, 4)
        paint_bar(painter, track, self._share, theme, theme.amber_500 if self._busy else None)
        spot = QRectF(right, y, self.width() - right, side)
        draw_text(painter, spot, str(self._waiting), self.font_of("value"), theme.ink, ALIGN_RIGHT, elide=False)

    def _paint_line(self, painter: QPainter, rect: QRectF) -> None:
        """The name, and the forecast at its right."""
        theme, face, gap = self.theme, self.font_of("table"), self.sizes.gap
        band = self.font_of("hint", 600 if self._busy else 400)
        name, words, sign = self._service, self._forecast, 0
        if text_width(face, name) > rect.width() - text_width(band, words) - gap:
            name = self._short
        if self._brief != words and text_width(face, name) > rect.width() - text_width(band, words) - gap:
            words, sign = self._brief, round(self.sizes.icon * 0.7)
        wide = text_width(band, words) + (sign + 4 if sign else 0)
        with may_elide(painter):
            spot = QRectF(rect.x(), rect.y(), rect.width() - wide - gap, rect.height())
            draw_text(painter, spot, name, face, theme.ink)
        self.setToolTip(f"{self._service} · {self._forecast}" if name != self._service or sign else "")
        tone = theme.amber_text if self._busy else theme.ink_2
        place = QRectF(rect.right() - wide, rect.y(), wide, rect.height())
        draw_text(painter, place, words, band, tone, ALIGN_RIGHT, elide=False)
        if sign:
            paint_icon(painter, "warning", QRectF(place.x(), place.center().y() - sign / 2, sign, sign), tone)


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

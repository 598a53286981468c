"""Visitors by hour: bars, and a tick for what is usual at that hour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_CENTER, ALIGN_LEFT, ALIGN_RIGHT
from desk.ui.widgets.control import Painted
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width


@dataclass(frozen=True, slots=True)
class Hour:
    """A bar: label ("09.00"), count, the usual count (None when not known)."""

    label: str
    value: int
    usual: float | None = None


class HourBars(Painted):
    """``set_hours([Hour("08.00", 18, 20), …], now=2)``; the current hour is darker and its label bold.

    ``legend`` names the bars and, when a mean is known, the tick ("Bugün", "4 haftalık salı ortalaması").
    """

    def __init__(
        self, name: str, legend: tuple[str, str] = ("", ""), *, scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, scale=scale, parent=parent)
        self._legend = legend
        self._hours: tuple[Hour, ...] = ()
        self._now: int | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_hours(self, hours: Sequence[Hour], now: int | None = None) -> None:
        self._hours, self._now = tuple(hours), now
        self.setAccessibleDescription(", ".join(f"{hour.label}: {hour.value}" for hour in self._hours))
        self.update()

    def set_legend(self, bars: str, ticks: str) -> None:
        self._legend = (bars, ticks)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, round(line_height(self.font_of("hint")) * 2 + 200))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, round(line_height(self.font_of("hint")) * 2 + 100))

    def top(self) -> tuple[int, int]:
        """Upper end of the scale and its step: round numbers, four to six lines."""
        most = max([hour.value for hour in self._hours] + [hour.usual or 0 for hour in self._hours] + [1])
        for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000, 50000, 100000):
            if most / step <= 5:
                return math.ceil(most / step) * step, step
        return math.ceil(most), max(1, math.ceil(most / 5))

    def paint(self, painter: QPainter) -> None:
        theme, face = self.theme, self.font_of("hint")
        high, (top, step) = line_height(face), self.top()
        head = high + 4 if any(self._legend) else 0
        axis = text_width(face, str(top)) + self.sizes.gap
        # room above the highest bar for its figure
        plot = QRectF(axis, head + high, self.width() - axis, self.height() - head - 2 * high - 4)
        self._paint_legend(painter, high)
        for value in range(0, top + 1, step):
            y = plot.bottom() - plot.height() * value / top
            painter.setPen(QPen(QColor(theme.line_strong if value == 0 else theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            draw_text(painter, QRectF(0, y - high / 2, axis - 8, high), str(value), face, theme.ink_2, ALIGN_RIGHT)
        if self._hours:
            part = plot.width() / len(self._hours)
            for place, hour in enumerate(self._hours):
                self._paint_hour(
                    painter, hour, QRectF(plot.left() + place * part, plot.y(), part, plot.height()), top, place
                )

    def _paint_hour(self, painter: QPainter, hour: Hour, cell: QRectF, top: int, place: int) -> None:
        theme, now, face = self.theme, place == self._now, self.font_of("hint")
        high, wide = line_height(face), min(cell.width() * 0.6, 56)
        rise = cell.height() * hour.value / top
        bar = QRectF(cell.center().x() - wide / 2, cell.bottom() - rise, wide, rise)
        if rise > 0:
            fill = theme.petrol_600 if now else theme.petrol_500
            if theme.name == "dark":
                fill = theme.petrol_500 if now else theme.petrol_600
            elif theme.outlined:
                fill = theme.petrol_600 if now else theme.ink
            draw_box(painter, bar, min(4, rise / 2), fill)
            draw_box(painter, bar.adjusted(0, min(4, rise / 2), 0, 0), 0, fill)
        above = bar.top()
        if hour.usual is not None:
            y = cell.bottom() - cell.height() * hour.usual / top
            self._paint_tick(painter, cell, y, wide)
            if abs(y - above) < high or y < above:
                above = min(above, y)
        if hour.value:  # no bar says nought; a figure over the tick of an hour to come would not
            self._paint_figure(painter, cell, above, str(hour.value))
        spot = QRectF(cell.x(), cell.bottom() + 4, cell.width(), high)
        label = self.font_of("label") if now else face
        shown = hour.label
        if text_width(label, shown) > cell.width() - 4:
            shown = hour.label.split(".")[0]
        draw_text(painter, spot, shown, label, theme.ink if now else theme.ink_2, ALIGN_CENTER, elide=False)

    def _paint_figure(self, painter, cell: QRectF, above: float, figure: str) -> None:
        font = self.font_of("label")
        high, wide = line_height(font), text_width(font, figure)
        # no grid line runs through a figure
        patch = QRectF(cell.center().x() - wide / 2 - 2, above - high + 2, wide + 4, high - 4)
        painter.fillRect(patch, QColor(self.theme.surface))
        spot = QRectF(cell.x(), above - high, cell.width(), high)
        draw_text(painter, spot, figure, font, self.theme.ink, ALIGN_CENTER, elide=False)

    def _paint_tick(self, painter: QPainter, cell: QRectF, y: float, wide: float) -> None:
        theme = self.theme
        reach = min(wide / 2 + 7, cell.width() / 2 - 1)
        for color, width in ((theme.surface, 4), (theme.ink, 2)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawLine(QPointF(cell.center().x() - reach, y), QPointF(cell.center().x() + reach, y))

    def _paint_legend(self, painter: QPainter, high: int) -> None:
        theme, face, right = self.theme, self.font_of("hint"), float(self.width())
        bars, ticks = self._legend
        if ticks and any(hour.usual is not None for hour in self._hours):
            right -= text_width(face, ticks)
            draw_text(
                painter, QRectF(right, 0, self.width() - right, high), ticks, face, theme.ink_2, ALIGN_LEFT, elide=False
            )
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.drawLine(QPointF(right - 28, high / 2), QPointF(right - 8, high / 2))
            right -= 52
        if bars:
            right -= text_width(face, bars)
            spot = QRectF(right, 0, text_width(face, bars), high)
            draw_text(painter, spot, bars, face, theme.ink_2, ALIGN_LEFT, elide=False)
            draw_box(
                painter, QRectF(right - 22, high / 2 - 7, 14, 14), 3, theme.ink if theme.outlined else theme.petrol_500
            )

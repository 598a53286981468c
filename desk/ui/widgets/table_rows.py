"""How the rows of a table are drawn: all that are in sight in one go, each from its object.

Qt would come once for every cell, with an index and a style option of its own, and ask the model for each part of it:
that took three quarters of a painting. What rows are drawn with is asked for once a painting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from desk.ui.tables.rows_model import Column
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_text, line_height, may_elide
from desk.ui.widgets.pill import Pill, paint_pill, pill_face, pill_size

if TYPE_CHECKING:
    from desk.ui.widgets.data_table import DataTable

PAD = 12
"""Inner side padding of a cell."""


class RowPainter:
    """Draws rows of one table in the look it has now, for one painting."""

    def __init__(self, table: DataTable, painter: QPainter) -> None:
        self._table, self._painter = table, painter
        theme, sizes = self._theme, self._sizes = table.theme, table.sizes
        self._faces = {weight: table.font_of("table", weight) for weight in (400, 500, 600)}
        self._small, self._label = table.font_of("caption"), pill_face(sizes)
        self._second = line_height(self._small)
        self._line, self._tint, self._hover = QColor(theme.line), QColor(theme.petrol_100), QColor(theme.hover)
        self._ink, self._ink_2 = QColor(theme.ink), QColor(theme.ink_2)
        painter.__dict__["widget"] = table.viewport()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, area: QRect) -> None:
        """What meets ``area`` of the viewport."""
        table = self._table
        columns = table.rows_model.columns
        spots = [(table.columnViewportPosition(place), table.columnWidth(place)) for place in range(len(columns))]
        left, right = min(x for x, _ in spots), max(x + width for x, width in spots)
        seen = [
            (column, x + PAD, width - 2 * PAD)
            for column, (x, width) in zip(columns, spots, strict=True)
            if x + width > area.left() and x <= area.right()
        ]
        chosen = {index.row() for index in table.selectionModel().selectedRows()}
        for place, top, high in self._rows(area):
            marked = place in chosen
            self._paint_ground(QRect(left, top, right - left, high), marked, place == table.hovered_row())
            if marked:
                self._painter.fillRect(QRectF(spots[0][0], top, 4, high), QColor(self._theme.accent))
            row = table.rows_model.row_at(place)
            for column, x, width in seen:
                self._paint_cell(QRectF(x, top, width, high), row, column, marked)

    def _rows(self, area: QRect) -> Iterator[tuple[int, int, int]]:
        """Place, upper edge and height of every row that meets ``area``."""
        table = self._table
        first = table.rowAt(area.top())
        for place in range(first, table.rows_model.rowCount()) if first >= 0 else ():
            top = table.rowViewportPosition(place)
            if top > area.bottom():
                return
            yield place, top, table.rowHeight(place)

    def _paint_ground(self, rect: QRect, marked: bool, hovered: bool) -> None:
        painter, theme = self._painter, self._theme
        if marked or hovered:
            painter.fillRect(QRectF(rect), self._tint if marked else self._hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._line)
        if marked and theme.outlined:
            for y in (rect.top(), rect.bottom() - 1):
                painter.fillRect(QRectF(rect.left(), y, rect.width(), 2), QColor(theme.petrol_600))

    def _paint_cell(self, rect: QRectF, row: Any, column: Column, marked: bool) -> None:
        pill = column.pill(row) if column.pill else None
        if pill is not None:
            self._paint_pill(rect, pill, marked)
            return
        icon = column.icon(row) if column.icon else ""
        if icon:
            side = self._sizes.icon
            spot = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_icon(self._painter, icon, spot, self._ink_2)
            rect = rect.adjusted(side + self._sizes.gap, 0, 0, 0)
        with may_elide(self._painter) if column.stretch else nullcontext():  # others are as wide as what they say
            self._paint_words(rect, row, column)

    def _paint_pill(self, rect: QRectF, pill: Pill, marked: bool) -> None:
        size = pill_size(pill, self._sizes, self._label)
        wide = min(size.width(), rect.width() + PAD)
        spot = QRectF(rect.x(), rect.center().y() - size.height() / 2, wide, size.height())
        if marked and pill.tone == "tint":
            pill = replace(pill, tone="outline-tint")
        paint_pill(self._painter, spot, pill, self._theme, self._sizes, self._label)

    def _paint_words(self, rect: QRectF, row: Any, column: Column) -> None:
        words, sub = column.text(row), column.sub(row) if column.sub else ""
        face, align = self._faces[600 if column.strong else (500 if sub else 400)], column.alignment()
        if not sub:
            draw_text(self._painter, rect, words, face, self._ink, align)
            return
        first = line_height(face)
        top = rect.y() + (rect.height() - first - self._second) / 2
        x, wide = rect.x(), rect.width()
        draw_text(self._painter, QRectF(x, top, wide, first), words, face, self._ink, align)
        draw_text(self._painter, QRectF(x, top + first, wide, self._second), sub, self._small, self._ink_2, align)

"""The table of records: painted rows, keyboard, selection as a bar and a tint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desk.ui.tables.rows_model import SUB_ROLE, Column, RowsModel
from desk.ui.theme import style_part
from desk.ui.widgets.control import Dressed
from desk.ui.widgets.painting import draw_text, line_height, text_width
from desk.ui.widgets.table_rows import PAD, RowPainter


class _Header(Dressed, QHeaderView):
    """Titles over a strong line."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setAccessibleName(table.accessibleName())
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), line_height(self.font_of("hint")) + 20)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme, area = self.theme, QRectF(rect)
        column: Column = self._table.rows_model.columns[logical]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = area.adjusted(PAD, 0, -PAD, 0)
        draw_text(painter, spot, column.title, self.font_of("hint", 500), theme.ink_2, column.alignment())
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.line_strong))
        painter.restore()


class _Hints(Dressed, QStyledItemDelegate):
    """What a cell says when the pointer rests on it. Cells are drawn by the table (``RowPainter``)."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table)
        self._table = table

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """The whole of a cell whose words were shortened."""
        said = [words for words in (index.data(), index.data(SUB_ROLE)) if words]
        faces = (self._table.font_of("table", 600), self._table.font_of("caption"))
        room = option.rect.width() - 2 * PAD
        cut = any(text_width(face, words) > room for face, words in zip(faces, said, strict=False))
        QToolTip.showText(event.globalPos(), "\n".join(said) if cut else "", view)
        return True


class DataTable(Dressed, QTableView):
    """``DataTable(COLUMNS, name="Son kayıtlar")``; ``set_rows(rows)`` keeps the chosen row when it is still there.

    ``selected(row | None)`` with every change of the choice, ``activated_row(row)`` on Enter and double click.
    ``two_line`` rows are 58 high, others 40 (at text scale 1).
    """

    selected = Signal(object)
    activated_row = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column] | RowsModel,
        *,
        name: str,
        two_line: bool = False,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._two_line, self._hovered = two_line, -1
        self.rows_model = columns if isinstance(columns, RowsModel) else RowsModel(columns, parent=self)
        self.setAccessibleName(name)
        self.setModel(self.rows_model)
        self.setHorizontalHeader(_Header(self))
        self.setItemDelegate(_Hints(self))
        self._behave()
        self.look_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            RowPainter(self, painter).paint(event.rect())
        finally:  # a live painter would crash the process
            painter.end()

    def _behave(self) -> None:
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.viewport().setAutoFillBackground(False)
        self.entered.connect(self._hover)
        self.doubleClicked.connect(lambda index: self.activated_row.emit(self.rows_model.row_at(index.row())))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show ``rows``, keeping choice and scroll position."""
        chosen, scroll = self.chosen(), self.verticalScrollBar().value()
        key = None if chosen is None else self.rows_model.key_of(chosen)
        held = self.blockSignals(True)
        self.rows_model.set_rows(rows)
        place = -1 if key is None else self.rows_model.find(key)
        if place >= 0:
            self.selectRow(place)
        self.blockSignals(held)
        self.verticalScrollBar().setValue(scroll)
        if chosen != self.chosen():
            self.selected.emit(self.chosen())

    def chosen(self) -> Any:
        """The chosen row, None when there is none."""
        model = self.selectionModel()
        places = model.selectedRows() if model else []
        return self.rows_model.row_at(places[0].row()) if places else None

    def choose(self, key: Any) -> bool:
        """Choose the row with ``key`` and scroll to it; False when it is not shown."""
        place = self.rows_model.find(key)
        if place >= 0:
            self.selectRow(place)
        return place >= 0

    def hovered_row(self) -> int:
        return self._hovered

    def _hover(self, index: QModelIndex) -> None:
        self._set_hovered(index.row())

    def _set_hovered(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def leaveEvent(self, event) -> None:
        self._set_hovered(-1)
        super().leaveEvent(event)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        self.viewport().update()
        if not self.signalsBlocked():
            self.selected.emit(self.chosen())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.chosen() is None and event.reason() != Qt.FocusReason.MouseFocusReason and self.rows_model.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _CHORD:
            if self.chosen() is not None:
                self.activated_row.emit(self.chosen())
            return
        super().keyPressEvent(event)

    # --- sizes

    def look_changed(self) -> None:
        sizes = self.sizes
        self.verticalHeader().setDefaultSectionSize(sizes.row_two if self._two_line else sizes.row)
        self._lay_columns()
        style_part(self)
        super().look_changed()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def showEvent(self, event: QShowEvent) -> None:
        self.look_changed()
        super().showEvent(event)

    def _lay_columns(self) -> None:
        """Fixed columns get their width (times text scale), the others share the rest."""
        columns, scale = self.rows_model.columns, self.look.text_scale
        widths = [self._least(column, scale) for column in columns]
        stretching = [place for place, column in enumerate(columns) if column.stretch]
        rest = self.viewport().width() - sum(widths)
        if stretching and rest > 0:
            for place in stretching:
                widths[place] += rest // len(stretching)
            widths[stretching[-1]] += rest % len(stretching)
        for place, width in enumerate(widths):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)

    def _least(self, column: Column, scale: float) -> int:
        title = text_width(self.font_of("hint", 500), column.title) + 2 * PAD
        return max(title, round(column.width * scale), 120 if column.stretch else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.horizontalHeader().sizeHint().height() + self.sizes.row * 2)


_CHORD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class WholeRows(Dressed, QWidget):
    """A table as high as so many whole lines as there is room for: none is cut by the edge below it."""

    def __init__(self, table: DataTable) -> None:
        super().__init__()
        self._table = table
        table.setParent(self)
        self.setSizePolicy(table.sizePolicy())

    def sizeHint(self) -> QSize:
        return self._table.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._table.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def look_changed(self) -> None:
        super().look_changed()
        QTimer.singleShot(0, self, self.arrange)  # once the table's lines have their new height

    def arrange(self) -> None:
        table = self._table
        around = table.horizontalHeader().sizeHint().height() + 2 * table.frameWidth()
        line = table.verticalHeader().defaultSectionSize()
        lines = max(1, (self.height() - around) // line)
        table.setGeometry(0, 0, self.width(), min(self.height(), around + lines * line))

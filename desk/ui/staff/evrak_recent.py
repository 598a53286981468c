"""The day's registrations below the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import RecordRow
from desk.ui.staff.evrak_work import RECENT
from desk.ui.tables.records import columns
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Card, DataTable, EmptyState

LEAST_LINES = 4
"""So many lines have their room on the emptiest day."""


class _RecentTable(DataTable):
    """As high as its lines: the page is scrolled, not the table in it as well."""

    reached = Signal(int, int)

    def __init__(self, columns: Sequence[Column], *, name: str) -> None:
        super().__init__(columns, name=name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_rows(self, rows: Sequence[Any]) -> None:
        super().set_rows(rows)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        lines = max(LEAST_LINES, self.rows_model.rowCount())
        return QSize(240, self.horizontalHeader().sizeHint().height() + self.sizes.row * lines)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            spot = self.visualRect(current)
            self.reached.emit(spot.top(), spot.height())


class RecentCard(Card):
    """``show_rows()``; ``opened(record_id)`` on Enter and double click; ``marked(top, height)``: the line reached."""

    opened = Signal(object)
    marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = tr = translator()
        super().__init__(tr(N_("Son kayıtlar")), parent=parent)
        self._alone = False
        self.table = _RecentTable(columns(lambda: self._alone), name=tr(N_("Son kayıtlar")))
        title, text = N_("Bugün henüz evrak kaydedilmedi"), N_("F2 ile kaydedilen evrak burada görünür.")
        self.nothing = EmptyState("document", tr(title), tr(text), framed=False)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)
        self.table.reached.connect(self.marked)
        self.table.activated_row.connect(lambda row: self.opened.emit(row.id))

    def set_alone(self, alone: bool) -> None:
        """Whether a record is open in front of a citizen: then nobody else's name stands here, not even masked."""
        if alone != self._alone:
            self._alone = alone
            self.table.viewport().update()

    def show_rows(self, rows: Sequence[RecordRow]) -> None:
        self.table.set_rows(rows)
        shown, gone = (self.table, self.nothing) if rows else (self.nothing, self.table)
        gone.hide()  # first: the card never has the height of both
        shown.show()
        words = N_("Bugün {count} evrak") if len(rows) < RECENT else N_("Son {count} evrak")
        self.set_right(self._tr(words).format(count=len(rows)) if rows else "")

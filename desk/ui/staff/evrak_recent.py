"""The day's registrations below the form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import RecordRow
from desk.ui.staff.evrak_work import RECENT
from desk.ui.tables.records import columns
from desk.ui.widgets import Card, DataTable, EmptyState


class _RecentTable(DataTable):
    """As low as two rows where the window is low: the form comes first."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class RecentCard(Card):
    """``show_rows()``; ``opened(record_id)`` on Enter and double click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = tr = translator()
        super().__init__(tr(N_("Son kayıtlar")), parent=parent)
        self._alone = False
        self.table = _RecentTable(columns(lambda: self._alone), name=tr(N_("Son kayıtlar")))
        title, text = N_("Bugün henüz evrak kaydedilmedi"), N_("F2 ile kaydedilen evrak burada görünür.")
        self.nothing = EmptyState("document", tr(title), tr(text), framed=False)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)
        self.table.activated_row.connect(lambda row: self.opened.emit(row.id))

    def set_alone(self, alone: bool) -> None:
        """Whether a record is open in front of a citizen: then nobody else's name stands here, not even masked."""
        if alone != self._alone:
            self._alone = alone
            self.table.viewport().update()

    def show_rows(self, rows: Sequence[RecordRow]) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        words = N_("Bugün {count} evrak") if len(rows) < RECENT else N_("Son {count} evrak")
        self.set_right(self._tr(words).format(count=len(rows)) if rows else "")

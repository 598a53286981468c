"""A read-only table over a list of frozen rows; columns are declared, not programmed.

COLUMNS = (
    Column("Kayıt no", lambda row: row.record_number, strong=True, width=112),
    Column("Konu, birim ve mahalle", lambda row: row.subject, sub=lambda row: row.unit, stretch=True),
    Column("Durum", lambda row: row.state, pill=lambda row: Pill(row.state, "sliders")),
)
model = RowsModel(COLUMNS)
model.set_rows(rows)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.ui.theme import ALIGN_CENTER, ALIGN_LEFT, ALIGN_RIGHT

ROW_ROLE = Qt.ItemDataRole.UserRole  # the row object itself
SUB_ROLE = Qt.ItemDataRole.UserRole + 1  # second line
ICON_ROLE = Qt.ItemDataRole.UserRole + 2  # icon name
PILL_ROLE = Qt.ItemDataRole.UserRole + 3  # desk.ui.widgets.pill.Pill

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and what of a row it shows.

    ``width`` is in pixels at text scale 1 (0: as wide as the title needs); ``stretch`` columns share what is left.
    """

    title: str
    text: Callable[[Any], str]
    sub: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None
    pill: Callable[[Any], Any] | None = None
    align: str = "left"
    strong: bool = False
    width: int = 0
    stretch: bool = False

    def alignment(self) -> Qt.AlignmentFlag:
        return {"left": ALIGN_LEFT, "right": ALIGN_RIGHT, "center": ALIGN_CENTER}[self.align]


class RowsModel(QAbstractTableModel):
    """Rows in the order they are given. ``key`` names a row over reloads (its ``id`` unless told otherwise)."""

    def __init__(
        self, columns: Sequence[Column], *, key: Callable[[Any], Any] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key or (lambda row: getattr(row, "id", row))
        self._rows: Any = self._kept(())

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show ``rows`` instead of what was shown."""
        self.beginResetModel()
        self._rows = self._kept(rows)
        self.endResetModel()

    def _kept(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What holds the rows while they are shown."""
        return tuple(rows)

    def rows(self) -> Sequence[Any]:
        return self._rows

    def row_at(self, place: int) -> Any:
        """The row object in line ``place``; None outside."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def key_of(self, row: Any) -> Any:
        return self._key(row)

    def find(self, key: Any) -> int:
        """The line of the row with ``key``, -1 when it is not there."""
        return next((place for place, row in enumerate(self._rows) if self._key(row) == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(column.alignment())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sub = column.sub(row) if column.sub else ""
            return f"{column.text(row)}, {sub}" if sub else column.text(row)
        if role == ROW_ROLE:
            return row
        asked = {SUB_ROLE: column.sub, ICON_ROLE: column.icon, PILL_ROLE: column.pill}.get(role)
        return asked(row) if asked else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self.columns[section].alignment())
        return None

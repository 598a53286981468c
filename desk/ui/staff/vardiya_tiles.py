"""The six figures of a day, in one row where there is room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.reports.types import DaySheet
from desk.ui.staff import vardiya_words as words
from desk.ui.staff.vardiya_words import Figure
from desk.ui.theme import Sizes
from desk.ui.widgets import Dressed, StatTile, draw_text, line_height, text_width

FIGURES: tuple[tuple[str, str, Callable[[DaySheet], Figure]], ...] = (
    ("persons", N_("Ziyaret"), words.visits),
    ("clock", N_("Ortalama bekleme"), words.waiting),
    ("counter", N_("Ortalama işlem"), words.serving),
    ("walking-stick", N_("Öncelikli"), words.priority),
    ("escort", N_("Refakat"), words.escorts),
    ("person-off", N_("Hizmet almadan ayrılan"), words.unserved),
)
GAP = 12
USUAL_REMARK = "38 / 126 numara · %30,2"


class FigureTile(StatTile):
    """A StatTile with two lines of remarks."""

    def __init__(self, icon: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(icon, label, parent=parent)
        self._lines = ("", "")

    @property
    def sizes(self) -> Sizes:
        """Six of them stand in a row at 1366 pixels: a little less padding than a card."""
        usual = super().sizes
        return replace(usual, card_pad=usual.card_pad * 3 // 4)

    def show_figure(self, figure: Figure) -> None:
        self._lines = (figure.first, figure.second)
        self.set_value(figure.value, figure.unit)
        spoken = [f"{figure.value} {figure.unit}".strip(), *(line for line in self._lines if line)]
        self.setAccessibleDescription(". ".join(spoken))
        self.setToolTip("\n".join(line for line in self._lines if line))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + line_height(self.font_of("hint")))

    def least_width(self) -> int:
        """Wide enough for the label and for a usual remark."""
        face = self.font_of("hint")
        label = text_width(face, self._label) + self.sizes.icon + self.sizes.gap
        return max(label, text_width(face, USUAL_REMARK)) + 2 * self.sizes.card_pad + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_width(), self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        pad, step = self.sizes.card_pad, line_height(self.font_of("hint"))
        room, top = self.width() - 2 * pad, self.height() - pad - 2 * step
        for place, line in enumerate(self._lines):
            spot = QRectF(pad, top + place * step, room, step)
            draw_text(painter, spot, line, self.font_of("hint"), self.theme.ink_2)


class FigureRow(Dressed, QWidget):
    """``show_sheet()``; six, three or two tiles beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = [FigureTile(icon, translator()(label)) for icon, label, _ in FIGURES]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._columns = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange(6)

    def show_sheet(self, sheet: DaySheet) -> None:
        for tile, (_, _, figure) in zip(self._tiles, FIGURES, strict=True):
            tile.show_figure(figure(sheet))

    def _fits(self, columns: int) -> bool:
        widest = max(tile.least_width() for tile in self._tiles)
        return widest * columns + GAP * (columns - 1) <= self.width()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()

    def arrange(self) -> None:
        self._arrange(next((columns for columns in (6, 3, 2) if self._fits(columns)), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    def look_changed(self) -> None:
        self.arrange()
        super().look_changed()

    def minimumSizeHint(self) -> QSize:
        wide = max(tile.least_width() for tile in self._tiles)
        return QSize(wide, super().minimumSizeHint().height())

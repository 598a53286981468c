"""A row that wraps: chips and buttons keep their size and go on in the next line (large text, long words)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desk.ui.widgets.chip import DENSITIES, Chip

MOST_AIR = 16
"""So many pixels a dense chip takes of what its row has left."""


class FlowLayout(QLayout):
    """``FlowLayout(parent, gap=8)``; the lines are left-aligned (right in a right-to-left window)."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: one layout round asks again and again
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, place: int, widget: QWidget) -> None:
        """Before the item that stands at ``place`` now."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _wishes(self, _width: int) -> list[tuple[QLayoutItem, QSize]]:
        """What is shown, each with the size it would have."""
        return [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items, line by line."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item, size in self._wishes(width):
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size.boundedTo(QSize(max(width, item.minimumSize().width()), size.height()))))
            used += size.width() + self._gap
        return lines

    def _arrange(self, rect: QRect, move: bool) -> int:
        """Place the items (when ``move``), each in the middle of its line; return the height they need."""
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max((size.height() for _, size in line), default=0)
            x = rect.x()
            for item, size in line:
                if move:
                    left = rect.right() - (x - rect.x()) - size.width() + 1 if mirrored else x
                    item.setGeometry(QRect(QPoint(left, y + (high - size.height()) // 2), size))
                x += size.width() + self._gap
            y += high + (self._gap if high else 0)
        return max(0, y - rect.y() - self._gap)


class FittingRow(FlowLayout):
    """A flow of chips that are made denser before one of them goes into a second line."""

    def _density(self, width: int) -> int:
        chips = self._chips()
        between = self._gap * max(0, len(chips) - 1)
        fits = (one for one in DENSITIES if sum(chip.width_at(one) for chip in chips) + between <= width)
        return next(fits, 0)

    def _chips(self) -> list[Chip]:
        return [chip for item in self._items if not item.isEmpty() and isinstance(chip := item.widget(), Chip)]

    def _wishes(self, width: int) -> list[tuple[QLayoutItem, QSize]]:
        density = self._density(width)
        chips = self._chips()
        widths = [chip.width_at(density) for chip in chips]
        spare = width - sum(widths) - self._gap * max(0, len(widths) - 1)
        each = max(0, min(MOST_AIR, spare // max(1, len(chips)))) if density else 0
        shown = [item for item in self._items if not item.isEmpty()]
        return [(item, QSize(wide + each, item.sizeHint().height())) for item, wide in zip(shown, widths, strict=True)]

    def setGeometry(self, rect: QRect) -> None:
        density = self._density(rect.width())
        for chip in self._chips():
            chip.set_density(density)
        super().setGeometry(rect)

"""One of a few: boxes side by side, or tabs with counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QWidget

from desk.ui.widgets.button import skin
from desk.ui.widgets.chip import Chip
from desk.ui.widgets.control import Control
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: the value the page works with, the words shown, an icon, a count or second line."""

    value: Any
    label: str
    icon: str | None = None
    note: str = ""


class Segmented(QFrame):
    """``Segmented([Option("walk_in", "Randevusuz"), …], name="Geliş biçimi")``; arrow keys move the choice.

    ``narrow``: less room beside the words, for a row of many boxes.
    """

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[Option],
        *,
        value: Any = None,
        kind: str = "boxes",
        name: str = "",
        narrow: bool = False,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values: list[Any] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = FlowLayout(self, gap=8)
        for place, option in enumerate(options):
            button: Control = Chip(option.label, icon=option.icon, shape="box", narrow=narrow, scale=scale)
            if kind == "tabs":
                button = Tab(option.label, option.note, scale=scale)
            self._values.append(option.value)
            self._group.addButton(button, place)
            button.setAutoExclusive(True)  # heard as a radio button; the group already does the rest
            row.addWidget(button)
        self._group.idToggled.connect(self._toggled)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if options:
            self.set_value(options[0].value if value is None else value)

    def value(self) -> Any:
        """The chosen value."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else None

    def set_value(self, value: Any) -> None:
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def buttons(self) -> list[Control]:
        return [self._group.button(place) for place in range(len(self._values))]

    def set_note(self, value: Any, note: str) -> None:
        """The count on a tab."""
        button = self._group.button(self._values.index(value))
        if isinstance(button, Tab):
            button.set_note(note)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.changed.emit(self._values[place])


class Tab(Control):
    """One tab of a Segmented: words and a count; the current one is outlined."""

    def __init__(self, label: str, note: str = "", *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(label, scale=scale, parent=parent)
        self._note = note
        self.setCheckable(True)

    def set_note(self, note: str) -> None:
        self._note = note
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int]:
        return text_width(self.font_of("strong"), self._label), text_width(self.font_of("strong"), self._note)

    def sizeHint(self) -> QSize:
        words, note = self._widths()
        height = max(self.sizes.control, line_height(self.font_of("strong")) + 12)
        return QSize(words + (note + self.sizes.gap if note else 0) + round(self.sizes.pad * 1.75), height)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, on = self.theme, self.isChecked()
        look = skin(theme, "secondary" if on else "ghost", self.state())
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        words, note = self._widths()
        left = (rect.width() - words - (note + self.sizes.gap if note else 0)) / 2
        face = self.font_of("strong" if on else "table")
        ink = look.ink if on or self.state() else theme.ink_2
        draw_text(painter, QRectF(left, 0, words, rect.height()), self._label, face, ink, elide=False)
        spot = QRectF(left + words + self.sizes.gap, 0, note, rect.height())
        draw_text(painter, spot, self._note, face, ink, elide=False)

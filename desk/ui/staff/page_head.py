"""The head of a page: its name at the left, its buttons at the right, as much of them as there is room for."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.staff.side_by_side import SideBySide
from desk.ui.widgets import Button, FlowLayout


class PageHead(SideBySide):
    """``PageHead(words, buttons, least=380)``: where the buttons and ``least`` pixels (at text scale 1) for the words
    do not stand side by side, the buttons leave their keys off (they stand on the page of keys, too); where that does
    not help, they go below the words, with their keys, and wrap there."""

    def __init__(self, words: QWidget, buttons: tuple[Button, ...], *, least: int, gap: int = 8) -> None:
        super().__init__(gap=12)
        self._keys = QWidget()
        self._flow = FlowLayout(self._keys, gap)
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._keys.setSizePolicy(policy)
        for button in buttons:
            self._flow.addWidget(button)
        self.add(words, stretch=1, least=least)
        self.add(self._keys, stretch=0, least=0)
        self.layout().setAlignment(self._keys, Qt.AlignmentFlag.AlignTop)

    def insert(self, button: Button, *, before: Button) -> None:
        self._flow.insert_widget(self._flow.indexOf(before), button)
        self.arrange()

    def buttons(self) -> list[Button]:
        """In their order."""
        parts = (self._flow.itemAt(place).widget() for place in range(self._flow.count()))
        return [part for part in parts if isinstance(part, Button)]

    def _needed(self, *, keys: bool) -> int:
        buttons = self.buttons()
        return sum(one.width_with(key=keys) for one in buttons) + self._gap * (len(buttons) - 1)

    def arrange(self) -> None:
        scale = self.look.text_scale
        _words, _stretch, least = self._parts[0]
        room = self.width() - round(least * scale) - self._line.spacing()
        whole, bare = self._needed(keys=True), self._needed(keys=False)
        with_keys = whole <= room or bare > room
        for button in self.buttons():
            button.show_key(with_keys)
        self._parts[1] = (self._keys, 0, math.ceil((whole if with_keys else bare) / scale))
        super().arrange()

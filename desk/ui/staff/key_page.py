"""All keys of the page in front, over the window (Shift+F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import KeyHint, SectionLabel, Text

AROUND = 132
"""Pixels of the window that the panel's title and edges take."""

tr = translator()


class KeyPage(Overlay):
    """Two groups: the page's own keys and those of the window. Esc or Shift+F1 closes it."""

    def __init__(self, window: QWidget, page: str, own: Sequence[tuple[str, str]], common: Sequence[tuple[str, str]]):
        super().__init__(window, tr(N_("Tuşlar")), width=1160)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for title, keys in ((page, own), (tr(N_("Her sayfada")), common)):
            if keys:
                columns.addWidget(_group(title, keys), 1, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setLayout(columns)
        columns.setContentsMargins(0, 0, 12, 0)
        area = Scroller(inner)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll
        area.setAccessibleName(tr(N_("Tuşlar")))
        self._inner, self._area = inner, area
        self.body.addWidget(area, 1)

    def _place(self) -> None:
        self._area.setFixedHeight(max(120, min(self._inner.sizeHint().height() + 4, self.height() - AROUND)))
        super()._place()

    def first_focus(self) -> QWidget | None:
        return self._area

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)


def _group(title: str, keys: Sequence[tuple[str, str]]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.addWidget(SectionLabel(title), 0, 0, 1, 2)
    for row, (key, words) in enumerate(keys, start=1):
        grid.addWidget(KeyHint(key), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words, "body", wrap=True), row, 1)
    return box

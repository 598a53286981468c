"""Choosing one of a list inside the window: who works here, which counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.text import fold
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, ListRow, Option, SearchField, Text

SEARCH_FROM = 7
SHOWN = 8
AROUND = 260
"""Pixels of the window that the panel's other parts and its edges take."""

tr = translator()


class Picker(Overlay):
    """↑ ↓ and Enter, or typing to narrow; ``picked(value)``. The present value is where it begins."""

    picked = Signal(object)

    def __init__(
        self,
        window: QWidget,
        title: str,
        options: Sequence[Option],
        *,
        value: Any = None,
        anchor: QWidget | None = None,
    ) -> None:
        super().__init__(window, title, width=380, anchor=anchor)
        self._rows: list[tuple[ListRow, Option]] = []
        self._at = 0
        self.search = SearchField(placeholder=tr(N_("Aramak için yazınız")), name=title)
        self.body.addWidget(self.search)
        self.search.setVisible(len(options) >= SEARCH_FROM)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for option in options:
            row = ListRow(option.label, option.note, icon=option.icon or "")
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.setProperty("keyboard", "↑ ↓ Enter")
            row.clicked.connect(lambda _on=False, option=option: self._take(option))
            column.addWidget(row)
            self._rows.append((row, option))
        column.addStretch(1)
        area = self._area = Scroller(inner)
        self.body.addWidget(area)
        area.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_present())  # higher rows, less room
        self.search.text_edited.connect(lambda _words: self._narrow())
        self.search.moved.connect(self.move_by)
        self.search.chosen.connect(self._choose)
        values = [option.value for option in options]
        self._mark(values.index(value) if value in values else 0)

    def _place(self) -> None:
        """As many whole rows as there are and fit, and the present one among them."""
        high = self._rows[0][0].sizeHint().height() + 2 if self._rows else 40
        fit = max(2, (self.height() - AROUND - self.title.height()) // high)
        self._area.setFixedHeight(min(len(self._rows), SHOWN, fit) * high + 4)
        super()._place()
        self._area.widget().layout().activate()
        self._show_present()

    def _show_present(self) -> None:
        if 0 <= self._at < len(self._rows):
            self._area.ensureWidgetVisible(self._rows[self._at][0], 0, 8)

    def first_focus(self) -> QWidget | None:
        return self.search.edit if self.search.isVisible() else None

    def _shown(self) -> list[int]:
        return [place for place, (row, _) in enumerate(self._rows) if not row.isHidden()]

    def _narrow(self) -> None:
        words = fold(self.search.text()).split()
        for row, option in self._rows:
            key = fold(f"{option.label} {option.note}")
            row.setVisible(all(word in key for word in words))
        shown = self._shown()
        self._mark(shown[0] if shown else -1)

    def move_by(self, step: int) -> None:
        shown = self._shown()
        if shown:
            at = shown.index(self._at) if self._at in shown else 0
            self._mark(shown[max(0, min(at + step, len(shown) - 1))])

    def _mark(self, place: int) -> None:
        self._at = place
        for at, (row, _) in enumerate(self._rows):
            row.set_current(at == place)
        self._show_present()

    def _choose(self) -> None:
        if self._at in self._shown():
            self._take(self._rows[self._at][1])

    def _take(self, option: Option) -> None:
        self.dismiss()
        self.picked.emit(option.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            self.move_by(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)
        event.accept()


class AskToClose(Overlay):
    """ "Pencereyi kapatmak istiyor musunuz?": Enter closes, Esc stays."""

    agreed = Signal()
    over_lock = True

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr(N_("Pencereyi kapatmak istiyor musunuz?")), width=440)
        self.body.addWidget(
            Text(
                tr(N_("Verilen numaralar ve kayıtlar saklıdır; kaydedilmemiş formlar silinir.")),
                "body",
                "ink_2",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        close = Button(tr(N_("Kapat")), key="Enter", kind="primary")
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(close)
        self.body.addSpacing(8)
        self.body.addLayout(row)
        self._close = close
        stay.clicked.connect(self.dismiss)
        close.clicked.connect(self._agree)

    def first_focus(self) -> QWidget | None:
        return self._close

    def _agree(self) -> None:
        self.dismiss()
        self.agreed.emit()

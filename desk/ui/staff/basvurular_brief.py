"""What counts of the chosen application where its detail stands below the list (large text): always in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import SideBySide
from desk.ui.widgets import Button, ElidedText, Pill, StatusPill, Text


class Brief(QWidget):
    """``show_detail(number, subject, state, deadline)``; ``take(button)`` gives the next deed its place in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = Text("", "strong")
        self.subject = ElidedText("", "body", "ink_2")
        self.state, self.deadline = StatusPill(Pill("–")), StatusPill(Pill("–"))
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.number)
        row.addWidget(self.subject, 1)
        row.addWidget(self.state)
        row.addWidget(self.deadline)
        self._deed = QWidget()
        self._place = QVBoxLayout(self._deed)
        self._place.setContentsMargins(0, 0, 0, 0)
        both = SideBySide(gap=12)
        both.add(said, stretch=1, least=480)
        both.add(self._deed, stretch=0, least=210)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 6, 24, 8)
        column.addWidget(both)

    def show_detail(self, number: str, subject: str, state: Pill, deadline: Pill) -> None:
        self.number.setText(number)
        self.subject.setText(subject)
        self.state.set_pill(state)
        self.deadline.set_pill(deadline)

    def take(self, button: Button) -> None:
        self._place.addWidget(button)

"""Choosing who accompanies a visitor, and with what."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import AssistanceBoard, AssistanceJob
from desk.text import at_number
from desk.ui.staff import refakat_words as words
from desk.ui.staff.refakat_words import Suggestion
from desk.ui.staff.side_by_side import let_wrap
from desk.ui.widgets import Button, Option, SectionLabel, Segmented


class AssignPanel(QWidget):
    """``chosen(escort_id, equipment_id | None)``. Free escorts come first, busy ones say where they are."""

    chosen = Signal(object, object)
    closed = Signal()

    def __init__(self, job: AssistanceJob, board: AssistanceBoard, suggestion: Suggestion | None) -> None:
        super().__init__()
        tr = translator()
        hint = suggestion or Suggestion(None, None)
        who = sorted(board.escorts, key=lambda one: (bool(one.busy_with) and one.id != job.escort_id, one.name))
        names = [Option(one.id, self._escort_label(one.name, one.busy_with, job.number)) for one in who]
        preset = job.escort_id or (hint.escort.id if hint.escort else None)
        self.escorts = Segmented(names, value=preset, name=tr(N_("Görevli")))
        held = words.piece_of(job, board)
        pieces = [one for one in board.equipment if not words.is_out(one) or one == held]
        pieces.sort(key=lambda one: (one.kind is not job.kind, one.name))
        options = [Option(None, tr(N_("Ekipmansız"))), *(Option(one.id, one.name) for one in pieces)]
        wanted = held or hint.equipment
        self.equipment = Segmented(options, value=wanted.id if wanted else None, name=tr(N_("Ekipman")))
        self.confirm = Button(tr(N_("Ata")), icon="check", key="Enter", kind="tint")
        self.give_up = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        self._lay_out()
        self.confirm.clicked.connect(self._choose)
        self.give_up.clicked.connect(self.closed)
        for button in (*self.escorts.buttons(), *self.equipment.buttons()):
            button.installEventFilter(self)

    @staticmethod
    def _escort_label(name: str, busy_with: str, number: str) -> str:
        return f"{name} · {at_number(busy_with)}" if busy_with and busy_with != number else name

    def _lay_out(self) -> None:
        tr = translator()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for label, part in ((N_("Görevli"), self.escorts), (N_("Ekipman"), self.equipment)):
            column.addWidget(SectionLabel(tr(label)))
            column.addWidget(let_wrap(part))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.give_up)
        row.addWidget(self.confirm)
        column.addLayout(row)

    def begin(self) -> None:
        """The focus on the chosen escort: arrows move the choice, Enter takes it."""
        buttons = self.escorts.buttons()
        chosen = next((button for button in buttons if button.isChecked()), buttons[0] if buttons else self.give_up)
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self) -> None:
        if self.escorts.value() is not None:
            self.chosen.emit(self.escorts.value(), self.equipment.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a name takes this name, and is done."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            watched.setChecked(True)
            self._choose()
            return True
        return False

"""Who is free and what is in: the right side of the Refakat page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import AssistanceBoard, AssistanceJob, Equipment, Escort
from desk.text import at_number, minutes
from desk.ui.staff import refakat_words as words
from desk.ui.widgets import Button, Card, EmptyState, ListRow


class EscortsCard(Card):
    """``show_board()``; free escorts first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Görevliler")), parent=parent)
        self.body.setSpacing(0)

    def show_board(self, board: AssistanceBoard) -> None:
        empty(self.body)
        free = sum(not one.busy_with for one in board.escorts)
        self.set_right(self._tr(N_("{count} müsait")).format(count=free))
        for escort in sorted(board.escorts, key=lambda one: (bool(one.busy_with), one.name)):
            self.body.addWidget(self._row(escort))
        if not board.escorts:
            title = self._tr(N_("Refakat görevlisi tanımlı değil"))
            self.body.addWidget(EmptyState("escort", title, framed=False))

    def _row(self, escort: Escort) -> ListRow:
        state = at_number(escort.busy_with) if escort.busy_with else self._tr(N_("müsait"))
        tone = "amber" if escort.busy_with else "tint"
        return ListRow(escort.name, icon="person", icon_tone=tone, right=state, passive=True)


class PieceRow(QWidget):
    """A piece of equipment: in, or out with whom and since when; one touch books it in or out."""

    pressed = Signal(object)

    def __init__(self, piece: Equipment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr = translator()
        self.piece = piece
        self._row = ListRow(piece.name, " ", icon=words.KIND_ICONS[piece.kind], passive=True)
        out = words.is_out(piece)
        self.button = Button(tr(N_("Geri al") if out else N_("Ver")), compact=True)
        self.button.setAccessibleName(f"{piece.name}: {self.button.label()}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._row, 1)
        line.addWidget(self.button)
        self.button.clicked.connect(lambda: self.pressed.emit(self.piece))

    def show_state(self, now: datetime, current: AssistanceJob | None) -> None:
        tr, piece = self._tr, self.piece
        if piece.out_since is not None:
            count = minutes(now - piece.out_since)
            sub = tr(N_("{place} · {count} dk")).format(place=at_number(piece.out_with), count=count)
        else:
            sub = tr(N_("Yerinde"))
            self.button.setEnabled(current is not None)
            who = tr(N_("{number} refakatine verir")).format(number=current.number) if current else ""
            self.button.setToolTip(who)
        self._row.set_texts(piece.name, sub)


class EquipmentCard(Card):
    """``taken(piece)`` to give it to the current job, ``returned(piece)``."""

    taken = Signal(object)
    returned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Ekipman")), parent=parent)
        self.body.setSpacing(0)
        self._rows: list[PieceRow] = []
        self._shown: tuple[Equipment, ...] = ()

    def show_board(self, board: AssistanceBoard) -> None:
        inside = sum(not words.is_out(piece) for piece in board.equipment)
        self.set_right(self._tr(N_("{count} yerinde")).format(count=inside))
        if board.equipment == self._shown and self._rows:
            return
        self._shown, self._rows = board.equipment, []
        empty(self.body)
        for piece in board.equipment:
            row = PieceRow(piece)
            row.pressed.connect(self._pressed)
            self._rows.append(row)
            self.body.addWidget(row)

    def tick(self, now: datetime, current: AssistanceJob | None) -> None:
        """``current`` is the job that a piece would be given to."""
        for row in self._rows:
            row.show_state(now, current)

    def _pressed(self, piece: Equipment) -> None:
        (self.returned if words.is_out(piece) else self.taken).emit(piece)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout of widgets."""
    while layout.count():
        part = layout.takeAt(0).widget()
        if part is not None:
            part.hide()
            part.deleteLater()

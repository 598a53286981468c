"""Does the visitor need somebody with them: the refakat card of Danışma."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind
from desk.ui.widgets import Card, Chip, ElidedText, FlowLayout, KeyHint, Toggle

ICONS = {
    AssistanceKind.WHEELCHAIR: "wheelchair",
    AssistanceKind.WALKING: "walking-stick",
    AssistanceKind.VOICE: "speaker",
    AssistanceKind.SIGN: "hand",
    AssistanceKind.CHILD: "child",
    AssistanceKind.UNIT: "arrow-right",
}
tr = translator()


class HelpCard(Card):
    """``kind()`` is the help asked for, None when none is. Alt+R asks, and asks again for the next kind."""

    changed = Signal()

    def __init__(self) -> None:
        self._kind: AssistanceKind | None = None
        super().__init__()
        self.toggle = Toggle(tr(N_("Refakat iste")), name=tr(N_("Refakat isteniyor")))
        self.toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.free = ElidedText("", "body", "ink_2", align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.toggle)
        row.addWidget(self.free, 1)
        row.addWidget(KeyHint("Alt+R"))
        self._chips: dict[AssistanceKind, Chip] = {}
        self._kinds = QWidget()
        flow = FlowLayout(self._kinds, gap=8)
        for kind in AssistanceKind:
            chip = Chip(tr(ASSISTANCE_NAMES[kind]), icon=ICONS[kind])
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _on=False, kind=kind: self.set_kind(kind))
            chip.installEventFilter(self)
            flow.addWidget(chip)
            self._chips[kind] = chip
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._kinds)
        self.body.addLayout(column)
        self._column.setSpacing(0)
        self.toggle.clicked.connect(lambda on: self.set_kind(AssistanceKind.WHEELCHAIR if on else None))
        self._show()

    def kind(self) -> AssistanceKind | None:
        return self._kind

    def set_kind(self, kind: AssistanceKind | None) -> None:
        if kind != self._kind:
            self._kind = kind
            self.changed.emit()
        self._show()

    def cycle(self) -> None:
        """None → the kinds in their order → none."""
        kinds = [None, *AssistanceKind]
        self.set_kind(kinds[(kinds.index(self._kind) + 1) % len(kinds)])

    def set_free(self, escorts: int) -> None:
        words = tr(N_("{count} görevli müsait")).format(count=escorts) if escorts else tr(N_("Müsait görevli yok"))
        self.free.setText(words)

    def _show(self) -> None:
        self.toggle.setChecked(self._kind is not None)
        self.toggle.set_label(tr(N_("Refakat iste")) if self._kind is None else tr(N_("Refakat isteniyor")))
        self._kinds.setVisible(self._kind is not None)
        self._set_margins()
        for kind, chip in self._chips.items():
            chip.setChecked(kind is self._kind)

    def eventFilter(self, watched, event) -> bool:
        if event.type() == event.Type.KeyPress and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            chips = list(self._chips.items())
            at = next(place for place, (_, chip) in enumerate(chips) if chip is watched)
            kind, chip = chips[(at + (1 if event.key() == Qt.Key.Key_Right else -1)) % len(chips)]
            self.set_kind(kind)
            chip.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def look_changed(self) -> None:
        super().look_changed()
        self._set_margins()

    def _set_margins(self) -> None:
        """A row that is as high as its key needs little air; the chips below it need their card's."""
        self._column.setContentsMargins(16, 4, 12, 12 if self._kind is not None else 4)

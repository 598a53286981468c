"""Opening the shift, and the question before the day is closed: what is still open, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.shifts import OPEN_NAMES, OpenItem, OpenKind, ShiftView
from desk.registry.types import Staff
from desk.text import number
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Card, Chip, FlowLayout, Text, TextArea, Toggle


class ClosingCard(Card):
    """The question on the page itself. ``confirmed(note, end_assistance)``, ``kept_open()``."""

    confirmed = Signal(str, bool)
    kept_open = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = tr = translator()
        super().__init__(tr(N_("Gün kapatılsın mı?")), tone="surface", parent=parent)
        self.question = Text("", "body", wrap=True)
        self.handover = TextArea(name=tr(N_("Devir notu")), placeholder=tr(N_("Sonraki vardiyaya bırakılan bilgiler")))
        self.end_assistance = Toggle(tr(N_("Açık refakatleri bitmiş say")), show_label=True)
        self.confirm_button = Button(
            tr(N_("Günü kapat")), icon="lock", kind="danger", name=tr(N_("Günü kapatmayı onayla"))
        )
        self.keep_button = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.end_assistance)
        row.addStretch(1)
        row.addWidget(self.keep_button)
        row.addWidget(self.confirm_button)
        for part in (self.question, self.handover):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.keep_button.clicked.connect(self.kept_open)
        self.confirm_button.clicked.connect(
            lambda: self.confirmed.emit(self.handover.text(), self.end_assistance.isChecked())
        )
        self.hide()

    def show_reading(self) -> None:
        """Before it is known what is open."""
        self.question.setText(translator()(N_("Açık kalan işlere bakılıyor.")))
        self.end_assistance.hide()

    def show_open(self, items: Sequence[OpenItem]) -> None:
        """What is open, in words; the choice about refakat only when there is one."""
        self.question.setText(words(items))
        self.end_assistance.setVisible(any(item.kind is OpenKind.ASSISTANCE for item in items))


def words(items: Sequence[OpenItem]) -> str:
    """What closing the day means for what is open."""
    tr = translator()
    by_kind = {kind: [item.number for item in items if item.kind is kind] for kind in OpenKind}
    tickets = by_kind[OpenKind.TICKET]
    told = []
    if tickets:
        sentence = N_(
            "{count} numara hâlâ açık. Gün kapatılınca bekleyenlerin süresi dolar, artık çağrılamazlar; "
            "bankoda işlemi sürenler tamamlanabilir."
        )
        told.append(tr(sentence).format(count=number(len(tickets))))
    else:
        told.append(tr(N_("Açık numara yok; gün kapatılabilir.")))
    for kind in (OpenKind.ASSISTANCE, OpenKind.EQUIPMENT, OpenKind.PAPER):
        if by_kind[kind]:
            named = ", ".join(by_kind[kind][:6]) + (" …" if len(by_kind[kind]) > 6 else "")
            told.append(
                tr(N_("{what}: {numbers} sonraki vardiyaya devredilir.")).format(
                    what=tr(OPEN_NAMES[kind]), numbers=named
                )
            )
    return " ".join(told)


class OpeningOverlay(Overlay):
    """The opening note and who is there. ``opened(note, staff ids)``."""

    opened = Signal(str, object)

    def __init__(self, window: QWidget, view: ShiftView, people: Sequence[Staff]) -> None:
        tr = translator()
        super().__init__(window, tr(N_("Vardiyayı aç")), width=620)
        if view.handover_note:
            handed = tr(N_("Önceki vardiyadan: {note}")).format(note=view.handover_note)
            self.body.addWidget(Text(handed, "body", wrap=True))
        self.note = TextArea(name=tr(N_("Açılış notu")), placeholder=tr(N_("Bugün bilinmesi gerekenler")))
        self.note.set_text(view.opening_note)
        self.body.addWidget(self.note)
        self.body.addWidget(Text(tr(N_("Görev başında olanlar")), "label"))
        self._chips: list[tuple[UUID, Chip]] = []
        box = QWidget()
        flow = FlowLayout(box, 8)
        for person in people:
            chip = Chip(person.name, checked=person.id in view.staff)
            flow.addWidget(chip)
            self._chips.append((person.id, chip))
        self.body.addWidget(box)
        cancel = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        self.save = Button(tr(N_("Vardiyayı aç")), icon="check", kind="primary", name=tr(N_("Vardiyayı açmayı onayla")))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.save)
        self.body.addLayout(row)
        cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._submit)

    def _submit(self) -> None:
        here = tuple(staff for staff, chip in self._chips if chip.isChecked())
        self.opened.emit(self.note.text(), here)
        self.dismiss()

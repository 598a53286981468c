"""Who sends a paper: a person or a body, how many signed, and whether the sender was taken over from a record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.channels import SENDER_LIMIT
from desk.registry.types import SENDER_NAMES, SenderKind
from desk.ui.widgets import Choice, Option, SectionLabel, Stepper, Text

NAME_LABELS = {
    SenderKind.COMPANY: N_("Tüzel kişinin adı"),
    SenderKind.BODY: N_("Kurumun adı"),
    SenderKind.HEADMAN: N_("Muhtarın adı soyadı"),
    SenderKind.GROUP: N_("İlk imza sahibi"),
    SenderKind.PROXY: N_("Vekilin adı soyadı"),
}

tr = translator()


def name_label(kind: SenderKind) -> str:
    """What the name's field is called."""
    return tr(NAME_LABELS.get(kind, N_("Ad soyad")))


class SenderChoice(Choice):
    """Kişi, vekil, tüzel kişi … ``signatures`` is the line that a toplu dilekçe needs, laid out by the form."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        options = [Option(one, tr(SENDER_NAMES[one])) for one in SenderKind]
        super().__init__(tr(N_("Gönderen")), options, value=SenderKind.PERSON, parent=parent)
        self.signatures = QWidget()
        self.count = Stepper(tr(N_("İmza sayısı")), value=2, low=2, high=SENDER_LIMIT)
        row = QHBoxLayout(self.signatures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(SectionLabel(tr(N_("İmza sayısı"))))
        row.addWidget(self.count)
        told = tr(N_("İlk imza sahibi dâhil; alındı ve cevap ona verilir."))
        row.addWidget(Text(told, "hint", "ink_2", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        self.signatures.hide()
        self.box.changed.connect(self._chosen)
        self.count.value_changed.connect(lambda _: self.changed.emit(self.value()))

    def _chosen(self, kind: SenderKind) -> None:
        self.signatures.setVisible(kind is SenderKind.GROUP)

    def persons(self) -> int:
        return self.count.value() if self.value() is SenderKind.GROUP else 1

    def show_sender(self, kind: SenderKind, persons: int) -> None:
        self.set_value(kind)
        self.count.set_value(max(2, persons))
        self._chosen(kind)

    def show_taken_over(self, record_number: str) -> None:
        """The sender stands on the record of this number; "" when it was typed."""
        self.setToolTip(tr(N_("{number} kaydının göndereni")).format(number=record_number) if record_number else "")
        self.set_hint(tr(N_("aynı gönderen")) if record_number else "")

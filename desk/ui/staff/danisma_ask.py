"""A limit stands against a number: the desk may pass it, with a reason that is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_, UserError
from desk.i18n import translator
from desk.queue.overrides import REASON_LIMIT, Limit, checked_reason
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Chip, Field, FlowLayout, Text

SENTENCES = {
    Limit.CAP: N_("{name} için bugünkü numara sınırı doldu. Gerekçesini yazarsanız numara verilir."),
    Limit.UNLIKELY: N_(
        "{name} için bekleyenler bugün bitmeyebilir: yeni numaraya büyük olasılıkla sıra gelmez. "
        "Ziyaretçiye söyleyiniz; gerekçesini yazarsanız numara yine de verilir."
    ),
}
USUAL = (N_("Süreli işlem, yarına kalamaz"), N_("Uzaktan geldi"), N_("Ziyaretçi beklemeyi kabul etti"))
"""Reasons that come up again and again; one press instead of typing."""

tr = translator()


class AskReason(Overlay):
    """``agreed(reason)``; Esc gives no number."""

    agreed = Signal(str)

    def __init__(self, window: QWidget, name: str, limit: Limit) -> None:
        super().__init__(window, tr(N_("Bugün için sıra doldu")), width=560)
        self.body.addWidget(Text(tr(SENTENCES[limit]).format(name=name), "body", "ink_2", wrap=True))
        self.reason = Field(tr(N_("Gerekçe")), hint=tr(N_("Günün kayıtlarında görünür")), max_length=REASON_LIMIT)
        self.reason.return_pressed.connect(self._agree)
        self.body.addWidget(self.reason)
        self.body.addWidget(self._usual())
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        stay.clicked.connect(self.dismiss)
        give = Button(tr(N_("Yine de ver")), key="Enter", kind="primary")
        give.clicked.connect(self._agree)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(give)
        self.body.addSpacing(8)
        self.body.addLayout(row)

    def _usual(self) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        for words in USUAL:
            chip = Chip(tr(words))
            chip.clicked.connect(lambda _on=False, chip=chip, words=words: self._take(chip, tr(words)))
            flow.addWidget(chip)
        return box

    def _take(self, chip: Chip, words: str) -> None:
        chip.setChecked(False)  # it only fills the field
        self.reason.set_text(words)
        self.reason.set_error("")
        self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        return self.reason.edit

    def _agree(self) -> None:
        try:
            reason = checked_reason(self.reason.text())
        except UserError as error:
            self.reason.set_error(error.text(tr))
            return
        self.dismiss()
        self.agreed.emit(reason)

"""What the frame says while the program opens, or when it cannot."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.ui.widgets import Button, EmptyState


class OpeningWords(QWidget):
    """A sentence in the middle; with a failure the two ways on."""

    def __init__(self) -> None:
        super().__init__()
        tr = translator()
        self.words = EmptyState("clock", "", "")
        self.again = Button(tr(N_("Yeniden dene")), kind="primary")
        self.leave = Button(tr(N_("Kapat")), kind="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.again)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self.waiting()

    def waiting(self) -> None:
        tr = translator()
        self.words.set_texts("clock", tr(N_("Danışma açılıyor")), tr(N_("Veri tabanı hazırlanıyor.")))
        self.again.hide()
        self.leave.hide()

    def failed(self, error: DeskError, bug: str, role: str) -> None:
        """What happened, what still works, what to do; ``bug`` is the id in the log."""
        tr = translator()
        title, works = FAILED[role]
        told = tr(N_("Ayrıntı (bilgi işlem için): {what} Hata kodu: {bug}, danisma.log"))
        words = f"{tr(works)} {told.format(what=error.text(tr), bug=bug)}"
        self.words.set_texts("warning", tr(title), words)
        self.again.show()
        self.leave.setVisible(role == "staff")
        self.again.setFocus()


FAILED = {
    "staff": (
        N_("Program açılamadı"),
        N_(
            "Önceki kayıtlar yerinde durur. Program açılana kadar ön basılı numara fişlerini kullanabilir, "
            "verdiğiniz numaraları sonra Danışma sayfasından girebilirsiniz."
        ),
    ),
    "kiosk": (
        N_("Bu ekran şu anda çalışmıyor"),
        N_(
            "Lütfen danışmaya başvurunuz; görevlimiz size sıra numarası verir. "
            "Ekran az sonra kendiliğinden yeniden denenir."
        ),
    ),
    "hall": (
        N_("Salon ekranı açılamadı"),
        N_(
            "Numaralar bankolardan sesle çağrılır; lütfen çağrıları dinleyiniz. "
            "Ekran az sonra kendiliğinden yeniden denenir."
        ),
    ),
}
"""Per role: what happened, and what still works and what to do."""

"""A period and a form of file: what the incoming register asks before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.channels import read_date
from desk.text import short_date
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Field, Option, SectionLabel, Segmented, Text

FORMS = (("pdf", N_("PDF (A4)"), "document"), ("xlsx", N_("Excel"), "bars"), ("csv", N_("CSV"), "download"))
NOT_READ = N_("Tarih anlaşılamadı. Örnek: 24.11.2026")
tr = translator()


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date
    form: str  # ending of the file


def day_in(field: Field) -> date | None:
    """The day that is written in a field; None, with a sentence beside it, when none is."""
    found = read_date(field.text().strip())
    field.set_error("" if found is not None else tr(NOT_READ))
    return found


class PeriodPanel(Overlay):
    """``agreed(Period)`` on Enter; it stays open until ``dismiss()``. The present month stands there at first."""

    agreed = Signal(object)

    def __init__(self, window: QWidget, title: str, today: date) -> None:
        super().__init__(window, title, width=520)
        self._today = today
        self.first = Field(tr(N_("İlk gün")), placeholder=tr(N_("01.11.2026")), max_length=20)
        self.last = Field(tr(N_("Son gün")), placeholder=tr(N_("24.11.2026")), max_length=20)
        self.first.set_text(short_date(today.replace(day=1)))
        self.last.set_text(short_date(today))
        options = [Option(form, tr(name), icon) for form, name, icon in FORMS]
        self.form = Segmented(options, name=tr(N_("Dosya türü")))
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.trouble.hide()
        self._lay_out()
        for field in (self.first, self.last):
            field.return_pressed.connect(self._agree)

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(12)
        for field in (self.first, self.last):
            days.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(days)
        self.body.addWidget(SectionLabel(tr(N_("Dosya türü"))))
        self.body.addWidget(self.form)
        told = tr(N_("Adlar açık yazılır; defterin alındığı işlenir."))
        self.body.addWidget(Text(told, "hint", "ink_2", wrap=True))
        self.body.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        self.agree = Button(tr(N_("Hazırla")), icon="check", key="Enter", kind="primary")
        stay.clicked.connect(self.dismiss)
        self.agree.clicked.connect(self._agree)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(self.agree)
        self.body.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.first.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._agree()
            event.accept()
            return
        super().keyPressEvent(event)

    def refuse(self, sentence: str) -> None:
        self.agree.setEnabled(True)
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._place()

    def _agree(self) -> None:
        if not self.agree.isEnabled():
            return
        first, last = day_in(self.first), day_in(self.last)
        if first is None or last is None:
            (self.first if first is None else self.last).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if first > last:
            self.last.set_error(tr(N_("Son gün ilk günden önce olamaz.")))
            return
        if first > self._today:
            self.first.set_error(tr(N_("Bu gün henüz gelmedi.")))
            return
        self.agree.setEnabled(False)
        self.agreed.emit(Period(first, last, self.form.value()))

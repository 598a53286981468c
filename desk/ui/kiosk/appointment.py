""" "Randevum var": six digits give the number of an appointment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import PageTitle
from desk.ui.widgets import Button, Field, NumberPad, Text

CODE_DIGITS = 6


class AppointmentPage(KioskPage):
    """A field, a pad of digits, the way back and to help. The code is no secret: it is shown as it is typed."""

    code_given = Signal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr = self.tr_
        title, sentence = tr(N_("Randevum var")), tr(N_("Randevu kodunuzu giriniz, sıra numaranızı alınız."))
        body = self.frame(hero=title, sentence=sentence, question=tr(N_("Randevu kodunuz nedir?")))
        if stage.portrait:
            body.addWidget(PageTitle(title))
            body.addWidget(Text(sentence, "body", "ink_2_kiosk", scale="kiosk", wrap=True))
            body.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(stage.px(24))
        column.addWidget(self._code_field())
        column.addWidget(self._pad(), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column, 6)
        row.addStretch(1)
        body.addLayout(row, 4)
        body.addLayout(self._foot())

    def _code_field(self) -> Field:
        self.field = Field(self.tr_(N_("Randevu kodu (6 rakam)")), max_length=7, scale="kiosk")
        edit = self.field.edit
        edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        edit.setObjectName("code")
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.return_pressed.connect(self._enter)
        return self.field

    def _pad(self) -> NumberPad:
        pad = NumberPad(tr=self.tr_)
        pad.digit.connect(self._type)
        pad.erased.connect(self.field.edit.backspace)
        pad.accepted.connect(self._enter)
        return pad

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        back = Button(self.tr_(N_("Geri")), icon="arrow-left", scale="kiosk")
        back.setObjectName("back")
        back.clicked.connect(lambda: self.go.emit("home"))
        help_me = Button(self.tr_(N_("Yardım istiyorum")), icon="escort", scale="kiosk")
        help_me.setObjectName("help")
        help_me.clicked.connect(lambda: self.go.emit("help"))
        row.addWidget(back, 1)
        row.addWidget(help_me, 1)
        return row

    def enter(self) -> None:
        """Ready for a keyboard or a scanner."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, digit: str) -> None:
        self.field.set_error("")
        if len(self._code()) < CODE_DIGITS:
            self.field.edit.insert(digit)

    def _code(self) -> str:
        return "".join(self.field.text().split())

    def _enter(self) -> None:
        if len(self._code()) == CODE_DIGITS:
            self.code_given.emit(self._code())
        else:
            self.field.set_error(self.tr_(N_("Randevu kodu {count} rakamdır.")).format(count=CODE_DIGITS))

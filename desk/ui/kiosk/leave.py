"""Leaving the kiosk: only who knows a staff code gets behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import PageTitle
from desk.ui.widgets import Button, Field, NumberPad

TRIES = 5
"""Wrong codes before the page goes away."""


class LeavePage(KioskPage):
    """A hidden field and a pad of digits; a keyboard types letters too."""

    entered = Signal(str)
    barred = False  # no visitor meets it

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr = self.tr_
        self.wrong = 0
        title = tr(N_("Görevli girişi"))
        body = self.frame(hero=title)
        if stage.portrait:
            body.addWidget(PageTitle(title))
            body.addStretch(1)
        self.field = Field(tr(N_("Görevli kodu")), icon="lock", max_length=64, scale="kiosk")
        self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.edit.setObjectName("code")
        self.field.return_pressed.connect(self._enter)
        pad = NumberPad(tr=tr)
        pad.digit.connect(lambda digit: self.field.edit.insert(digit))
        pad.erased.connect(self.field.edit.backspace)
        pad.accepted.connect(self._enter)
        back = Button(tr(N_("Vazgeç")), scale="kiosk")
        back.setObjectName("back")
        back.clicked.connect(lambda: self.go.emit("start"))
        column = QVBoxLayout()
        column.setSpacing(stage.px(24))
        column.addWidget(self.field)
        column.addWidget(pad, 1)
        column.addWidget(back)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column, 6)
        row.addStretch(1)
        body.addLayout(row, 3)

    def enter(self) -> None:
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self) -> None:
        """The code was not right."""
        self.wrong += 1
        self.field.edit.clear()
        self.field.set_error(self.tr_(N_("Bu kod tanınmadı.")))
        if self.wrong >= TRIES:
            self.go.emit("start")

    def _enter(self) -> None:
        code = self.field.text().strip()
        if code:
            self.entered.emit(code)

"""Pages that ask for a number on a pad: the code of an appointment, the record number of an application."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk.caret import Caret
from desk.ui.kiosk.offer import heard_alone
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import PageTitle
from desk.ui.widgets import Button, Control, Field, NumberPad, Text, ring_of


def code_field(label: str, most: int, name: str = "code") -> Field:
    """A field for a code, written from left to right in every language."""
    field = Field(label, max_length=most, scale="kiosk")
    edit = field.edit
    edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    edit.setObjectName(name)
    edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
    Caret(edit)
    return field


def spelled(code: str) -> str:
    """A code sign by sign, as it is said."""
    return " ".join(one for one in code if one.isalnum())


class AskingPage(KioskPage):
    """A field, something to fill it with, the way back and to help. ``given(text)`` when it is right."""

    given = Signal(str)
    takes = "0123456789"
    """What a keypad may write."""

    wrong_words = ""
    """What was said of an entry that is not right."""

    hushed = False
    """What is written here opens something: it is said again through headphones only, others hear how much it is."""

    def __init__(self, stage: Stage, *, title: str, sentence: str, question: str, back: str) -> None:
        super().__init__(stage)
        self._back = back
        body = self.frame(hero=title, sentence=sentence, question=question)
        if stage.portrait:
            body.addWidget(PageTitle(title))
            body.addWidget(Text(sentence, "body", "ink_2_kiosk", scale="kiosk", wrap=True))
            body.addStretch(1)
        self.headphones(body)
        self.fill(body)
        self._written = ""
        self.field.edit.textChanged.connect(self._echo)
        body.addLayout(self._foot())

    def fill(self, body: QVBoxLayout) -> None:
        """Put the field and its keys on the page."""
        raise NotImplementedError

    def take_over(self, old: KioskPage) -> None:
        """What was written stands there in the new letters, too."""
        super().take_over(old)
        if isinstance(old, AskingPage):
            self.field.set_text(old.field.text())
            if old.wrong_words:
                self.wrong_words = old.wrong_words
                self.field.set_error(old.wrong_words)

    def enter(self) -> None:
        """Ready for a keyboard or a scanner; a keypad finds the first key, which may be the one for headphones."""
        by_keys = ring_of(self.stage.window).isVisible() and isinstance(self.stage.window.focusWidget(), Control)
        if not self.stage.visitor.aloud and not by_keys:
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """What was given is not right."""
        self.wrong_words = sentence
        self.field.set_error(sentence)
        self.said.emit(sentence, True)

    def ready(self) -> Control | None:
        """The key that ends the writing: it tells what is written so far."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The digits of a keypad are written wherever the arrows have led."""
        sign = event.text().upper()
        if sign and sign in self.takes:
            self._type(sign)
        elif event.key() == Qt.Key.Key_Backspace:
            self.field.edit.backspace()
        else:
            super().keyPressEvent(event)

    def _type(self, sign: str) -> None:
        """A key of the pad was pressed."""
        self.wrong_words = ""
        self.field.set_error("")
        self.field.edit.insert(sign)

    def _echo(self, text: str) -> None:
        """Every sign that comes or goes is told again; of a hushed one only that it came."""
        before, self._written = self._written, text
        added = "".join(one for one in text[len(before) :] if one.isalnum())
        if added:
            self.said.emit(self._told(text, added), False)
        elif len(text) < len(before):
            self.said.emit(self.tr_(N_("Silindi.")), False)
        key = self.ready()
        if key is not None:
            key.setAccessibleDescription(self._told(text, text) if text else "")

    def _told(self, text: str, signs: str) -> str:
        """``signs`` of the ``text`` as everybody near may hear them."""
        if not self.hushed or heard_alone(self.stage.offer, self.stage.visitor):
            return spelled(signs)
        count = sum(one.isalnum() for one in text)
        return self.tr_(N_("Yazılan rakam: {count}")).format(count=count)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        back = Button(self.tr_(N_("Geri")), icon="arrow-left", scale="kiosk")
        back.setObjectName("back")
        back.setProperty("public", True)
        back.clicked.connect(lambda: self.go.emit(self._back))
        row.addWidget(back, 1)
        row.addWidget(self.help_button(), 1)
        return row


class DigitsPage(AskingPage):
    """A field and a pad of digits. What is typed is no secret: it is shown."""

    label = ""
    most = 12
    """The field's label (marked) and how many signs it takes."""

    def fill(self, body: QVBoxLayout) -> None:
        stage = self.stage
        column = QVBoxLayout()
        column.setSpacing(stage.px(24))
        self.field = code_field(self.tr_(self.label), self.most)
        self.field.return_pressed.connect(self._enter)
        column.addWidget(self.field)
        column.addWidget(self._pad(), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column, 6)
        row.addStretch(1)
        body.addLayout(row, 4)

    def _pad(self) -> NumberPad:
        pad = NumberPad(tr=self.tr_)
        pad.digit.connect(self._type)
        pad.erased.connect(self.field.edit.backspace)
        pad.accepted.connect(self._enter)
        self._accept = pad.keys["accept"]
        return pad

    def ready(self) -> Control | None:
        return self._accept

    def _code(self) -> str:
        return "".join(self.field.text().split())

    def _enter(self) -> None:
        wrong = self.wrong(self._code())
        if wrong:
            self.refuse(wrong)
        else:
            self.given.emit(self._code())

    def wrong(self, code: str) -> str:
        """What is not right with the code, "" for nothing."""
        raise NotImplementedError

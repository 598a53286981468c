"""The face-to-face survey: a form asked at the desk, one question below the other. No name is asked.

``attach(page, beside=button)`` gives a page the button and the key that open it.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import surveys
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.survey_forms import FACE_NAMES, HIGHEST, LOWEST, Form, Question, QuestionKind
from desk.registry.surveys import Answer, Filled, Place
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.page_head import PageHead
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, Field, Option, Segmented, Text, TextArea

KEY = "Alt+A"


class QuestionRow(QWidget):
    """One question and its answer; ``answer()`` is None while it is left open."""

    def __init__(self, place: int, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = translator()
        self.question = question
        words = f"{place}. {tr(question.text)}"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(Text(words, "label", wrap=True))
        self._choice: Segmented | None = None
        self._area: TextArea | None = None
        if question.kind is QuestionKind.TEXT:
            self._area = TextArea(name=words)
            column.addWidget(self._area)
            return
        options = [Option("", tr(N_("Yanıt yok"))), *self._options(question)]
        self._choice = Segmented(options, kind="tabs", name=words)
        column.addWidget(self._choice)

    @staticmethod
    def _options(question: Question) -> list[Option]:
        tr = translator()
        if question.kind is QuestionKind.FACES:
            return [Option(str(value), f"{value} {tr(name)}") for value, name in enumerate(FACE_NAMES, 1)]
        if question.kind is QuestionKind.CHOICE:
            return [Option(code, tr(label)) for code, label in question.choices]
        low, high = LOWEST[question.kind], HIGHEST[question.kind]
        return [Option(str(value), str(value)) for value in range(low, high + 1)]

    def answer(self) -> Answer | None:
        if self._area is not None:
            return Answer(self.question.code, text=self._area.text()) if self._area.text().strip() else None
        assert self._choice is not None
        value = self._choice.value()
        if not value:
            return None
        if self.question.kind is QuestionKind.CHOICE:
            return Answer(self.question.code, choice=value)
        return Answer(self.question.code, value=int(value))


class SurveyOverlay(Overlay):
    """``saved(form title)`` after a survey was kept; the form is then empty for the next visitor."""

    saved = Signal(str)

    def __init__(self, page: Page, forms: tuple[Form, ...], failed: Callable[[DeskError], None]) -> None:
        tr = translator()
        super().__init__(page.window(), tr(N_("Yüz yüze anket")), width=760)
        self._page, self._forms, self._failed = page, {form.code: form for form in forms}, failed
        self._rows: list[QuestionRow] = []
        self._key = str(uuid4())
        options = [Option(form.code, tr(form.title)) for form in forms]
        self.choice = Segmented(options, kind="tabs", name=tr(N_("Anket formu")))
        self.scan = Field(tr(N_("Fiş veya alındı barkodu (isteğe bağlı)")), icon="barcode")
        self._holder = QWidget()
        self._questions = QVBoxLayout(self._holder)
        self._questions.setContentsMargins(0, 0, 8, 0)
        scroller = Scroller(self._holder)
        scroller.setMinimumHeight(340)
        note = Text(tr(N_("Ad ve kimlik sorulmaz. İstenmeyen soru boş bırakılabilir.")), "hint", "ink_2", wrap=True)
        cancel = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        self.keep = Button(tr(N_("Anketi kaydet")), icon="check", key="F2", kind="primary")
        row = QHBoxLayout()
        row.addWidget(note, 1)
        row.addWidget(cancel)
        row.addWidget(self.keep)
        for part in (self.choice, self.scan, scroller):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.choice.changed.connect(self.show_form)
        cancel.clicked.connect(self.dismiss)
        self.keep.clicked.connect(self.submit)
        self.show_form(forms[0].code)

    def show_form(self, code: str) -> None:
        """The questions of a form, all open."""
        self._key = str(uuid4())
        while self._questions.count():
            part = self._questions.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._rows = [QuestionRow(place, question) for place, question in enumerate(self._forms[code].questions, 1)]
        for row in self._rows:
            self._questions.addWidget(row)
        self._questions.addStretch(1)

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() == Qt.Key.Key_F2:
            self.submit()
            event.accept()
            return
        super().keyPressEvent(event)

    def submit(self) -> None:
        """F2: keep what was answered."""
        form = self._forms[self.choice.value()]
        answers = tuple(answer for row in self._rows if (answer := row.answer()) is not None)
        ctx, key, scanned = self._page.office.ctx, self._key, self.scan.text().strip()

        def keep() -> UUID:
            ticket, application = surveys.subject_of(ctx, scanned) if scanned else (None, None)
            about = Filled(key, form.code, answers, Place.DESK, ticket, application, form_version=form.version)
            return surveys.fill(ctx, about)

        tasks.run(self, keep, lambda _: self._kept(form), self._failed)

    def _kept(self, form: Form) -> None:
        self.saved.emit(translator()(form.title))
        self.scan.clear()
        self.show_form(form.code)


def attach(page: Page, head: PageHead, beside: Button, keys: PageKeys) -> Button:
    """Give a page's head the button "Anket" before ``beside``, and the page its key."""
    tr = translator()
    button = Button(tr(N_("Anket")), icon="comment", key=KEY)
    head.insert(button, before=beside)

    def failed(error: DeskError) -> None:
        page.failed.emit(error.text(tr))

    def show(forms: tuple[Form, ...]) -> None:
        overlay = SurveyOverlay(page, forms, failed)
        overlay.saved.connect(
            lambda title: page.said.emit(tr(N_("{form} anketi kaydedildi.")).format(form=title), None)
        )
        overlay.open()

    def ask() -> None:
        ctx = page.office.ctx
        tasks.run(page, lambda: surveys.forms(ctx), show, failed)

    button.clicked.connect(ask)
    keys.add(KEY, ask)
    return button

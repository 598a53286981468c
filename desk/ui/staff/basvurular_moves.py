"""Asking what a move needs: one panel for every move of the table, with the fields that the move has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import OUTCOME_NAMES, URGENCY_NAMES, Clock, Detail, Outcome, Urgency
from desk.registry.life import RULES, TEXT_LIMIT, Move, Step
from desk.registry.types import CHANNEL_NAMES, Channel, Unit
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Choice, Field, Option, SectionLabel, Segmented, Text, TextArea, Toggle

TELL_CHANNELS = (Channel.PHONE, Channel.SMS, Channel.EMAIL, Channel.PTT, Channel.KEP, Channel.WHATSAPP,
                 Channel.IN_PERSON, Channel.CIMER, Channel.E_STATE)  # fmt: skip
"""How a citizen is told of a result; the application's own channel comes first."""

INFORMATION = frozenset({Clock.INFORMATION, Clock.INFORMATION_LONG, Clock.CIMER_INFORMATION})

YES, NO, UNREACHED = "yes", "no", "unreached"

FIELDS: dict[Move, tuple[str, ...]] = {
    Move.REFER: ("unit",),
    Move.ASK: ("fee",),
    Move.ANSWER: ("outcome",),
    Move.FORWARD: ("body",),
    Move.WITHDRAW: ("waived",),
    Move.JOIN: ("to",),
    Move.TELL: ("channel",),
    Move.FEEDBACK: ("satisfied",),
    Move.URGE: ("urgency",),
}
"""What a move asks for beside its words."""

AT_ONCE = frozenset({Move.START, Move.TAKE})
"""Moves that ask nothing."""

WORDS = {
    Move.ANSWER: N_("Verilen cevap"),
    Move.NOTE: N_("Not"),
    Move.ASK: N_("Vatandaştan istenen bilgi ya da belge"),
    Move.FEEDBACK: N_("Vatandaşın söyledikleri"),
    Move.RETURN: N_("Geri alma gerekçesi"),
    Move.REOPEN: N_("Yeniden açma gerekçesi"),
    Move.EXTEND: N_("Süre uzatma gerekçesi (başvurana da bildirilir)"),
}

tr = translator()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was entered: the step, the record number of a JOIN, and whether a feedback reopens."""

    step: Step
    to: str = ""
    reopen: bool = False


def is_agreement(event: QKeyEvent) -> bool:
    """Ctrl+Enter."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class MovePanel(Overlay):
    """``agreed(Asked)`` on Ctrl+Enter or its button; it stays open until ``dismiss()``, so that nothing typed is lost.

    ``refuse(sentence)`` shows why it could not be done.
    """

    agreed = Signal(object)

    def __init__(
        self, window: QWidget, move: Move, detail: Detail | None, units: Sequence[Unit], *, title: str = ""
    ) -> None:
        rule = RULES[move]
        super().__init__(window, title or tr(rule.name), width=560)
        self.move_, self._detail = move, detail
        self._first: QWidget | None = None
        if detail is not None:
            about = f"{detail.record_number} · {detail.subject}" if detail.subject else detail.record_number
            self.body.addWidget(Text(about, "body", "ink_2", wrap=True))
        for name in FIELDS.get(move, ()):
            getattr(self, f"_add_{name}")(units)
        label = tr(WORDS.get(move, N_("Açıklama")))
        hint = "" if rule.needs_text else tr(N_("isteğe bağlı"))
        self.text = TextArea(label, hint=hint)
        self.text.edit.installEventFilter(self)
        self.body.addWidget(self.text)
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._add_buttons(title or tr(rule.name))

    def _keep(self, part: QWidget) -> None:
        self._first = self._first or part
        self.body.addWidget(part)

    def _add_unit(self, units: Sequence[Unit]) -> None:
        here = self._detail.unit_code if self._detail is not None else ""
        options = [Option(one.code, one.name, note=one.place) for one in units if one.code != here]
        self.unit = Choice(tr(N_("Havale edilecek birim")), options, placeholder=tr(N_("Birim arayınız")))
        self._keep(self.unit)

    def _add_fee(self, _units: Sequence[Unit]) -> None:
        self.fee = Toggle(tr(N_("Ücret bildirimi (4982 s. K. m. 10); süre durur")))
        if self._detail is not None and self._detail.due.clock in INFORMATION:
            self.body.addWidget(self.fee)

    def _add_waived(self, _units: Sequence[Unit]) -> None:
        self.fee = Toggle(tr(N_("Ücret ödenmedi; vazgeçilmiş sayılır (4982)")))
        if self._detail is not None and self._detail.due.clock in INFORMATION:
            self.body.addWidget(self.fee)

    def _add_outcome(self, _units: Sequence[Unit]) -> None:
        self.body.addWidget(SectionLabel(tr(N_("Sonuç"))))
        icons = {Outcome.POSITIVE: "check", Outcome.NEGATIVE: "cross", Outcome.PARTIAL: "minus"}
        options = [Option(one, tr(OUTCOME_NAMES[one]), icons[one]) for one in Outcome]
        self.outcome = Segmented(options, name=tr(N_("Sonuç")))
        self._keep(self.outcome)

    def _add_body(self, _units: Sequence[Unit]) -> None:
        self.outside = Field(tr(N_("Kurum")), placeholder=tr(N_("Örnek: İl Sağlık Müdürlüğü")), max_length=200)
        self.letter = Field(tr(N_("Yazımızın sayısı")), hint=tr(N_("isteğe bağlı")), max_length=60)
        self._keep(self.outside)
        self._keep(self.letter)

    def _add_to(self, _units: Sequence[Unit]) -> None:
        self.to = Field(tr(N_("Asıl başvurunun kayıt numarası")), placeholder=tr(N_("2026/004218")), max_length=20)
        self._keep(self.to)

    def _add_channel(self, _units: Sequence[Unit]) -> None:
        own = self._detail.channel if self._detail is not None else Channel.PHONE
        ways = list(dict.fromkeys([*([own] if own in TELL_CHANNELS else []), *TELL_CHANNELS]))
        options = [Option(one, tr(CHANNEL_NAMES[one])) for one in ways]
        self.channel = Choice(tr(N_("Nasıl bildirildi?")), options, value=options[0].value)
        self._keep(self.channel)

    def _add_satisfied(self, _units: Sequence[Unit]) -> None:
        self.body.addWidget(SectionLabel(tr(N_("Vatandaş ne dedi?"))))
        options = [
            Option(YES, tr(N_("Memnun")), "check"),
            Option(NO, tr(N_("Memnun değil")), "cross"),
            Option(UNREACHED, tr(N_("Ulaşılamadı")), "phone"),
        ]
        self.satisfied = Segmented(options, name=tr(N_("Vatandaş ne dedi?")))
        self._keep(self.satisfied)
        self.reopen = Toggle(tr(N_("Başvuruyu yeniden aç")))
        self.reopen.setEnabled(False)
        self.body.addWidget(self.reopen)
        self.satisfied.changed.connect(self._unhappy)

    def _unhappy(self, said: str) -> None:
        self.reopen.setEnabled(said == NO)
        if said != NO:
            self.reopen.setChecked(False)

    def _add_urgency(self, _units: Sequence[Unit]) -> None:
        self.body.addWidget(SectionLabel(tr(N_("Yeni aciliyet"))))
        now = self._detail.urgency if self._detail is not None else None
        options = [Option(one, tr(URGENCY_NAMES[one])) for one in Urgency if one is not now]
        self.urgency = Segmented(options, name=tr(N_("Yeni aciliyet")))
        self._keep(self.urgency)

    def _add_buttons(self, label: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        self.agree = Button(label, icon="check", key="Ctrl+Enter", kind="primary")
        stay.clicked.connect(self.dismiss)
        self.agree.clicked.connect(self._agree)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(self.agree)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    # --- react

    def first_focus(self) -> QWidget | None:
        first = self._first or self.text
        if isinstance(first, Segmented):
            return next((one for one in first.buttons() if one.isChecked()), first.buttons()[0])
        return first.focusProxy() or first

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_agreement(event):
            self._agree()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter agrees from within the words too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_agreement(event):
            self._agree()
            return True
        return super().eventFilter(watched, event)

    def refuse(self, sentence: str) -> None:
        """Say why it could not be done; nothing that was typed goes away."""
        self.agree.setEnabled(True)
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._place()

    def _agree(self) -> None:
        if not self.agree.isEnabled():
            return
        text = self.text.text().strip()
        if RULES[self.move_].needs_text and not text:
            self.refuse(tr(N_("Açıklama yazınız.")))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if len(text) > TEXT_LIMIT:
            self.refuse(tr(N_("Açıklama en çok {count} harf olabilir.")).format(count=TEXT_LIMIT))
            return
        self.agree.setEnabled(False)
        self.agreed.emit(self._asked(text))

    def _asked(self, text: str) -> Asked:
        given: dict[str, object] = {}
        for name in FIELDS.get(self.move_, ()):
            given.update(self._given(name))
        to, reopen = str(given.pop("to_number", "")), bool(given.pop("reopen", False))
        version = self._detail.version if self._detail is not None else None
        return Asked(Step(self.move_, version=version, text=text, **given), to, reopen)  # type: ignore[arg-type]

    def _given(self, name: str) -> dict[str, object]:
        if name == "unit":
            return {"unit_code": self.unit.value() or ""}
        if name in ("fee", "waived"):
            return {"fee": self.fee.isChecked()}
        if name == "outcome":
            return {"outcome": self.outcome.value()}
        if name == "body":
            return {"body": self.outside.text(), "letter": self.letter.text()}
        if name == "to":
            return {"to_number": self.to.text().strip()}
        if name == "channel":
            return {"channel": self.channel.value()}
        if name == "urgency":
            return {"urgency": self.urgency.value()}
        said = self.satisfied.value()
        return {
            "reached": said != UNREACHED,
            "satisfied": None if said == UNREACHED else said == YES,
            "reopen": self.reopen.isChecked(),
        }

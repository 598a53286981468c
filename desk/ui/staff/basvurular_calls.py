"""The calls of the day: one is written down in seconds, and becomes an application when the caller wants something."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import exchange
from desk.clock import local
from desk.errors import N_, DeskError, UserError
from desk.i18n import translator
from desk.registry.application_types import CALL_NAMES, CALL_RESULTS, CallOutcome, CallResult
from desk.registry.call_desk import LINES, SUBJECT_LIMIT, CallLine, NewCall
from desk.registry.calls import LONGEST_SECONDS
from desk.text import clock_time
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.evrak_form import new_key
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.staff.side_by_side import SideBySide, let_wrap
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, Choice, DataTable, EmptyState, Field, Option, Pill, SectionLabel, Segmented, Text

tr = translator()

OUTCOMES = {
    CallOutcome.ANSWERED: ("check", "tint"),
    CallOutcome.ABANDONED: ("pause", "amber"),
    CallOutcome.MISSED: ("cross", "brick"),
}


def shown_seconds(seconds: int) -> str:
    """24 sn; 4 dk 12 sn"""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return tr(N_("{count} sn")).format(count=rest)
    return tr(N_("{minutes} dk {rest} sn")).format(minutes=minutes, rest=rest)


def read_seconds(text: str) -> int:
    """Seconds typed as 45, 1.30 or 1:30 (minutes and seconds); 0 for nothing. Raises UserError for anything else."""
    words = text.strip().replace(":", ".")
    if not words:
        return 0
    minutes, dot, rest = words.partition(".")
    parts = (minutes, rest) if dot else ("0", minutes)
    if not all(part.isascii() and part.isdecimal() and len(part) <= 5 for part in parts) or (dot and int(rest) > 59):
        raise UserError(N_("Süre anlaşılamadı; saniye ya da dakika.saniye yazınız. Örnek: 45 ya da 1.30"))
    seconds = int(parts[0]) * 60 + int(parts[1])
    if seconds > LONGEST_SECONDS:
        raise UserError(N_("Süre bir günden uzun olamaz."))
    return seconds


def outcome_pill(one: CallLine) -> Pill:
    icon, tone = OUTCOMES[one.outcome]
    return Pill(tr(CALL_NAMES[one.outcome]), icon, tone)


def _result(one: CallLine) -> str:
    if one.record_number:
        return one.record_number
    return tr(CALL_RESULTS[CallResult(one.result)]) if one.result else "–"


def columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Saat")), lambda one: clock_time(one.at), strong=True, width=64),
        Column(tr(N_("Hat")), lambda one: tr(dict(LINES).get(one.line, one.line)), width=96),
        Column(tr(N_("Durum")), lambda one: tr(CALL_NAMES[one.outcome]), pill=outcome_pill, width=176),
        Column(tr(N_("Bekleme")), lambda one: shown_seconds(one.waiting_seconds), align="right", width=104),
        Column(tr(N_("Görüşme")), lambda one: shown_seconds(one.talk_seconds), align="right", width=104),
        Column(tr(N_("Konu")), lambda one: one.subject or "–", stretch=True),
        Column(tr(N_("Sonuç")), _result, width=140),
    )


LENGTH = N_("sn ya da dk.sn")


class CallPanel(Overlay):
    """F2 writes the call down, F4 writes it down and opens its application (or that of the chosen call).

    ``said`` a sentence with its undo; ``application_asked(CallLine)``.
    """

    said = Signal(str, object)
    application_asked = Signal(object)

    def __init__(self, window: QWidget, office: Office) -> None:
        super().__init__(window, tr(N_("Çağrılar")), width=980)
        self._office, self._key, self._busy = office, new_key(), False
        self._build()
        self._lay_out()
        self._wire()
        self._load()

    # --- build

    def _build(self) -> None:
        self.line = Choice(tr(N_("Hat")), [Option(code, tr(name)) for code, name in LINES], value=LINES[0][0])
        self.at = Field(tr(N_("Saat")), placeholder=tr(N_("10.42")), hint=tr(N_("boşsa şimdi")), max_length=5)
        self.outcome = Segmented(
            [Option(one, tr(CALL_NAMES[one]), OUTCOMES[one][0]) for one in CallOutcome], name=tr(N_("Durum"))
        )
        self.waiting = Field(
            tr(N_("Bekleme")), placeholder=tr(N_("ör. 45")), hint=tr(N_("sn ya da dk.sn")), max_length=8
        )
        self.talk = Field(tr(N_("Görüşme")), placeholder=tr(N_("ör. 45")), hint=tr(LENGTH), max_length=8)
        self.subject = Field(tr(N_("Konu")), hint=tr(N_("kişi adı yazmayınız")), max_length=SUBJECT_LIMIT)
        results = (CallResult.INFORMED, CallResult.TRANSFERRED)
        self.result = Segmented([Option(one, tr(CALL_RESULTS[one])) for one in results], name=tr(N_("Sonuç")))
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.trouble.hide()
        self.table = DataTable(columns(), name=tr(N_("Günün çağrıları")))
        self.table.setFixedHeight(232)
        self.nothing = EmptyState("phone", tr(N_("Bugün çağrı yazılmadı")), "", framed=False)
        self.title_of_table = SectionLabel(tr(N_("Günün çağrıları")))
        self.remove = Button(tr(N_("Seçileni sil")), icon="trash", key="Alt+S")
        self.give_up = Button(tr(N_("Kapat")), key="Esc")
        self.open_application = Button(tr(N_("Başvuru aç")), icon="plus", key="F4")
        self.write = Button(tr(N_("Çağrıyı yaz")), icon="check", key="F2", kind="primary")

    def _lay_out(self) -> None:
        first = SideBySide(gap=12)
        for part, least in ((self.line, 120), (self.at, 120), (self.waiting, 150), (self.talk, 150)):
            first.add(part, least=least)
            first.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(first)
        second = SideBySide(gap=12)
        second.add(_titled(tr(N_("Durum")), self.outcome), stretch=0, least=500)
        self._result = _titled(tr(N_("Sonuç")), self.result)
        second.add(self._result, least=300)
        self.body.addWidget(second)
        for part in (self.subject, self.trouble, self.title_of_table, self.table, self.nothing):
            self.body.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        for button in (self.give_up, self.open_application, self.write):
            foot.addWidget(button)
        self.body.addLayout(foot)

    def _wire(self) -> None:
        self.outcome.changed.connect(self._outcome_chosen)
        for field, after in ((self.at, self.waiting), (self.waiting, self.talk), (self.talk, self.subject)):
            field.return_pressed.connect(after.setFocus)
        self.subject.return_pressed.connect(self.submit)
        self.table.selected.connect(lambda _: self._show_chosen())
        self.write.clicked.connect(self.submit)
        self.open_application.clicked.connect(self.ask_application)
        self.remove.clicked.connect(self.take_back)
        self.give_up.clicked.connect(self.dismiss)
        PanelKeys(self, {"F2": self.submit, "F4": self.ask_application, "Alt+S": self.take_back})

    def first_focus(self) -> QWidget | None:
        return self.waiting.edit

    # --- load

    def _load(self) -> None:
        ctx = self._office.ctx
        tasks.latest(self, "calls", lambda: exchange.calls_of_day(ctx), self._show, self._failed)

    def _show(self, calls: tuple[CallLine, ...]) -> None:
        self.table.set_rows(calls)
        self.table.setVisible(bool(calls))
        self.nothing.setVisible(not calls)
        self.title_of_table.set_hint(tr(N_("{count} çağrı")).format(count=len(calls)) if calls else "")
        self._show_chosen()
        if self.isVisible():
            self._place()

    def _show_chosen(self) -> None:
        one = self.table.chosen()
        self.remove.setEnabled(one is not None and one.by_hand and not one.record_number)

    def _outcome_chosen(self, outcome: CallOutcome) -> None:
        """Only who was answered has talked, and only then something came of it."""
        answered = outcome is CallOutcome.ANSWERED
        self.talk.setEnabled(answered)
        self._result.setEnabled(answered)

    # --- write down

    def call(self) -> NewCall:
        """What stands in the form. Raises UserError for a time or a duration that cannot be read."""
        answered = self.outcome.value() is CallOutcome.ANSWERED
        return NewCall(
            key=self._key,
            line=self.line.value(),
            at=self._moment(),
            outcome=self.outcome.value(),
            result=self.result.value() if answered else None,
            waiting_seconds=read_seconds(self.waiting.text()),
            talk_seconds=read_seconds(self.talk.text()) if answered else 0,
            subject=self.subject.text(),
        )

    def _moment(self) -> datetime | None:
        """Today at the hour that is written; None when none is: now."""
        words = self.at.text().strip().replace(":", ".")
        if not words:
            return None
        now = local(self._office.ctx.now())
        try:
            hour, _, minute = words.partition(".")
            return now.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0).astimezone(UTC)
        except ValueError:
            raise UserError(N_("Saat anlaşılamadı. Örnek: 10.42")) from None

    def submit(self) -> None:
        """F2."""
        self._write(self._written)

    def ask_application(self) -> None:
        """F4: of the chosen call, while the table has the focus; else the one that is written is noted first."""
        chosen = self.table.chosen() if self.table.hasFocus() else None
        if chosen is not None:
            if chosen.record_number:
                self._say(tr(N_("Bu çağrıdan {number} açılmış.")).format(number=chosen.record_number))
                return
            self._go_on(chosen)
            return
        self._write(self._written_for_application)

    def _write(self, ok: object) -> None:
        if self._busy:
            return
        self._say("")
        try:
            call = self.call()
        except UserError as error:
            self._failed(error)
            return
        self._set_busy(True)
        ctx = self._office.ctx

        def op() -> tuple[UUID, tuple[CallLine, ...]]:
            call_id = exchange.note_call(ctx, call)
            return call_id, exchange.calls_of_day(ctx)

        tasks.run(self, op, ok, self._failed, on_end=lambda: self._set_busy(False))  # type: ignore[arg-type]

    def _written(self, done: tuple[UUID, tuple[CallLine, ...]]) -> None:
        call_id, calls = done
        self._key = new_key()
        for field in (self.at, self.waiting, self.talk, self.subject):
            field.clear()
        self._show(calls)
        self.waiting.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(tr(N_("Çağrı yazıldı.")), partial(self._undo, call_id))

    def _written_for_application(self, done: tuple[UUID, tuple[CallLine, ...]]) -> None:
        call_id, calls = done
        found = next((one for one in calls if one.id == call_id), None)
        if found is not None:
            self._go_on(found)

    def _go_on(self, call: CallLine) -> None:
        self.dismiss()
        self.application_asked.emit(call)

    # --- take back

    def take_back(self) -> None:
        """Alt+S: a call that was written by mistake."""
        one = self.table.chosen()
        if one is not None and self.remove.isEnabled():
            self._undo(one.id)

    def _undo(self, call_id: UUID) -> None:
        import shiboken6

        ctx = self._office.ctx
        if shiboken6.isValid(self):
            tasks.run(
                self, lambda: exchange.take_back_call(ctx, call_id), lambda _: self._load(), self._failed
            )  # fmt: skip
            return
        tasks.run(self._office, lambda: exchange.take_back_call(ctx, call_id), lambda _: None)

    # --- common

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self.write, self.open_application):
            button.setEnabled(not busy)

    def _failed(self, error: DeskError) -> None:
        self._say(error.text(tr))

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._place()


def _titled(label: str, part: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(SectionLabel(label))
    column.addWidget(let_wrap(part))
    return box

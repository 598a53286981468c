"""A new application, through any channel: what it is about, who asks, and what it may be a repetition of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desk.clock import local
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import (
    APPLICATION_KIND_NAMES,
    URGENCY_NAMES,
    ApplicationKind,
    ApplicationRequest,
    PossibleDuplicate,
    Proposal,
    Urgency,
)
from desk.registry.channels import FieldError
from desk.registry.types import (
    CHANNEL_NAMES,
    SENDER_NAMES,
    Channel,
    DocumentKind,
    PersonInput,
    Receipt,
    SenderKind,
)
from desk.text import clean, short_date
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_fields import ChannelFields
from desk.ui.staff.evrak_fields import AddressField, CheckedField, PhoneField, name_field, subject_field
from desk.ui.staff.evrak_form import new_key
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller, SideBySide, let_wrap
from desk.ui.tables.applications import state_pill
from desk.ui.widgets import (
    Button,
    Choice,
    ListRow,
    Option,
    SectionLabel,
    Segmented,
    Stepper,
    Text,
    TextArea,
    Toggle,
)

LOOK_MS = 250
"""After this pause in typing subjects are proposed and duplicates looked for."""

PROPOSED = 4
AREA_MOST = 640
"""Pixels of the form's height; what does not fit is scrolled."""

tr = translator()


class NewApplication(Overlay):
    """F2 (or Ctrl+Enter) registers; ``registered(Receipt)``. Nothing typed goes away when it is refused."""

    registered = Signal(object)

    def __init__(self, window: QWidget, office: Office, choices: work.Choices) -> None:
        super().__init__(window, tr(N_("Yeni başvuru")), width=960)
        self._office, self._choices = office, choices
        self._key, self._subject_code, self._busy = new_key(), "", False
        self._by_hand = False  # unit or urgency was chosen, not proposed
        self._join: PossibleDuplicate | None = None
        self._proposed: list[ListRow] = []
        self._repeated: list[ListRow] = []
        self._build()
        self._lay_out()
        self._wire()
        self._channel_chosen()

    # --- build

    def _build(self) -> None:
        none = tr(N_("Belirtilmedi"))
        channels = [Option(one, tr(CHANNEL_NAMES[one])) for one in Channel if one is not Channel.KIOSK]
        self.channel = Choice(tr(N_("Geliş kanalı")), channels, value=Channel.PHONE)
        kinds = [Option(one, tr(APPLICATION_KIND_NAMES[one])) for one in ApplicationKind]
        self.kind = Choice(tr(N_("Tür")), kinds, value=ApplicationKind.REQUEST)
        self.fields = ChannelFields()
        self.subject = subject_field(tr(N_("Konu")))
        self.urgency = Segmented(
            [Option(one, tr(URGENCY_NAMES[one])) for one in Urgency], value=Urgency.NORMAL, name=tr(N_("Aciliyet"))
        )
        self.unit = Choice(
            tr(N_("İlgili birim")),
            [Option("", none), *(Option(one.code, one.name, note=one.place) for one in self._choices.units)],
            placeholder=tr(N_("Birim arayınız")),
        )
        places = [Option("", none), *(Option(one.code, one.name) for one in self._choices.neighbourhoods)]
        self.neighbourhood = Choice(tr(N_("Mahalle")), places)
        self.place = CheckedField(tr(N_("Yer")), lambda _: None, placeholder=tr(N_("Örnek: park girişi")))
        self.words = TextArea(tr(N_("Başvuru metni")), hint=tr(N_("isteğe bağlı")))
        self.name = name_field(tr(N_("Ad soyad")))
        self.phone = PhoneField()
        self.address = AddressField()
        senders = [Option(one, tr(SENDER_NAMES[one])) for one in SenderKind]
        self.sender = Choice(tr(N_("Gönderen")), senders, value=SenderKind.PERSON)
        self.persons = Stepper(tr(N_("İmza sayısı")), value=2, low=2, high=99_999)
        self.paper = Toggle(tr(N_("Alındı yazdır")))
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.register = Button(tr(N_("Kaydet")), icon="check", key="F2", kind="primary")
        self.give_up = Button(tr(N_("Vazgeç")), key="Esc")

    def _lay_out(self) -> None:
        left, right = _column(), _column()
        _fill(left, _row((self.channel, 170), (self.kind, 140)), self.fields, self.subject)
        self._proposals = QVBoxLayout()
        self._proposals.setSpacing(4)
        left.layout().addLayout(self._proposals)
        _fill(left, SectionLabel(tr(N_("Aciliyet"))), let_wrap(self.urgency), self.unit)
        _fill(left, _row((self.neighbourhood, 150), (self.place, 150)))
        self._persons = _column()
        _fill(self._persons, SectionLabel(tr(N_("İmza sayısı"))), self.persons)
        _fill(right, _row((self.name, 190), (self.phone, 150)), self.address)
        _fill(right, _row((self.sender, 150), (self._persons, 150)), self.words)
        self._duplicates_title = SectionLabel(tr(N_("Mükerrer olabilir")), tr(N_("seçerseniz birleştirilir")))
        _fill(right, self._duplicates_title)
        self._duplicates = QVBoxLayout()
        self._duplicates.setSpacing(4)
        right.layout().addLayout(self._duplicates)
        for side in (left, right):
            side.layout().addStretch(1)
        both = SideBySide(gap=24)
        both.add(left, least=400)
        both.add(right, least=400)
        both.layout().setContentsMargins(0, 0, 16, 0)  # room for the bar
        self._area = Scroller(both)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        self._duplicates_title.hide()
        self._persons.hide()
        self._add_buttons()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.paper)
        row.addStretch(1)
        row.addWidget(self.give_up)
        row.addWidget(self.register)
        self.body.addLayout(row)

    def _wire(self) -> None:
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self._look)
        self.channel.changed.connect(lambda _: self._channel_chosen())
        self.sender.changed.connect(self._sender_chosen)
        self.subject.text_edited.connect(self._subject_typed)
        for field in (self.name, self.phone, self.place):
            field.text_edited.connect(lambda _: self._look_soon.start())
        self.neighbourhood.changed.connect(lambda _: self._look_soon.start())
        for choice in (self.unit, self.urgency):
            choice.changed.connect(self._chosen_by_hand)
        self.give_up.clicked.connect(self.dismiss)
        self.register.clicked.connect(self.submit)
        for edit in self.findChildren(QPlainTextEdit):
            edit.installEventFilter(self)

    def first_focus(self) -> QWidget | None:
        return self.subject.edit

    def _place(self) -> None:
        self._area.setFixedHeight(max(160, min(AREA_MOST, self.height() - 200)))  # it never jumps while typing
        super()._place()

    # --- what stands in it

    def request(self) -> ApplicationRequest:
        group = self.sender.value() is SenderKind.GROUP
        return ApplicationRequest(
            key=self._key,
            channel=self.channel.value(),
            kind=self.kind.value(),
            document=DocumentKind.NONE,
            sender=PersonInput(
                name=self.name.text(),
                phone=self.phone.text(),
                neighbourhood_code=self.neighbourhood.value() or "",
                address=self.address.text(),
            ),
            sender_kind=self.sender.value(),
            persons=self.persons.value() if group else 1,
            subject=self.subject.text(),
            subject_code=self._subject_code,
            body=self.words.text(),
            place=self.place.text(),
            neighbourhood_code=self.neighbourhood.value() or "",
            unit_code=self.unit.value() or "",
            urgency=self.urgency.value(),
            fields=self.fields.values(),
        )

    # --- react

    def _channel_chosen(self) -> None:
        self.fields.show_channel(self.channel.value(), DocumentKind.NONE)
        self.paper.setChecked(self.channel.value() is Channel.IN_PERSON)

    def _sender_chosen(self, kind: SenderKind) -> None:
        self._persons.setVisible(kind is SenderKind.GROUP)

    def _subject_typed(self, _words: str) -> None:
        self._subject_code = ""
        self._look_soon.start()

    def _chosen_by_hand(self, _value: object) -> None:
        self._by_hand = True
        self.unit.set_hint("")

    def _look(self) -> None:
        """Subjects that the words propose, and records that may be the same matter."""
        ctx, words, request = self._office.ctx, clean(self.subject.text()), self.request()
        if not self._subject_code:
            tasks.latest(self, "subjects", lambda: work.proposals(ctx, words), self._propose, self._quiet)
        tasks.latest(self, "twice", lambda: work.possible_duplicates(ctx, request), self._show_duplicates, self._quiet)

    def _quiet(self, error: DeskError) -> None:
        """Looking failed: the sentence stands in the form, and registering is possible all the same."""
        self._say(error.text(tr))

    def _propose(self, found: Sequence[Proposal]) -> None:
        _empty(self._proposals, self._proposed)
        for one in found[:PROPOSED]:
            note = tr(URGENCY_NAMES[one.urgency])
            row = ListRow(one.name, f"{one.unit} · {note}", icon="arrow-right", boxed=True)
            row.clicked.connect(partial(self._take, one))
            self._proposals.addWidget(row)
            self._proposed.append(row)
        if found and not self._by_hand:
            self._set_proposed(found[0])

    def _take(self, one: Proposal, _on: bool = False) -> None:
        """A subject of the table: its name, its unit, its urgency."""
        if not clean(self.subject.text()) or len(clean(self.subject.text())) < len(one.name):
            self.subject.set_text(one.name)
        self._subject_code = one.subject_code
        self._by_hand = False
        self._set_proposed(one)
        _empty(self._proposals, self._proposed)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_soon.start()

    def _set_proposed(self, one: Proposal) -> None:
        held = self.urgency.blockSignals(True)
        self.unit.set_value(one.unit_code)
        self.urgency.set_value(one.urgency)
        self.urgency.blockSignals(held)
        self.unit.set_hint(tr(N_("konudan önerildi")))

    def _show_duplicates(self, found: Sequence[PossibleDuplicate]) -> None:
        _empty(self._duplicates, self._repeated)
        if self._join is not None and self._join.id not in {one.id for one in found}:
            self._set_join(None)
        for one in found:
            day = short_date(local(one.received_at).date())
            sub = " · ".join(
                part for part in (tr(one.reason), day, state_pill(one.state).words, one.applicant_masked) if part
            )
            row = ListRow(f"{one.record_number}  {one.subject}", sub, icon="rings", boxed=True)
            row.set_current(self._join is not None and one.id == self._join.id)
            row.clicked.connect(partial(self._pick, one))
            self._duplicates.addWidget(row)
            self._repeated.append(row)
        self._duplicates_title.setVisible(bool(found))
        self._shown_duplicates = tuple(found)

    def _pick(self, one: PossibleDuplicate, _on: bool = False) -> None:
        """The same matter: this record will be joined to that one; once more takes it back."""
        self._set_join(None if self._join is not None and self._join.id == one.id else one)
        for row, shown in zip(self._repeated, self._shown_duplicates, strict=True):
            row.set_current(self._join is not None and shown.id == self._join.id)

    def _set_join(self, one: PossibleDuplicate | None) -> None:
        self._join = one
        words = tr(N_("Kaydet ve {number} ile birleştir")).format(number=one.record_number) if one else ""
        self.register.set_label(words or tr(N_("Kaydet")))

    # --- register

    def submit(self) -> None:
        if self._busy:
            return
        wrong = [one for one in (self.subject, self.name, self.phone, self.address) if one.impossible()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_busy(True)
        self._say("")
        ctx, request, receipt = self._office.ctx, self.request(), self.paper.isChecked()
        join = self._join.id if self._join is not None else None
        tasks.run(
            self,
            lambda: work.register(ctx, request, receipt, join),
            self._registered,
            self._refused,
            on_end=lambda: self._set_busy(False),
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.register.setEnabled(not busy)

    def _registered(self, receipt: Receipt) -> None:
        self.dismiss()
        self.registered.emit(receipt)

    def _refused(self, error: DeskError) -> None:
        sentence = error.text(tr)
        if not (isinstance(error, FieldError) and self.fields.refuse(error.field, sentence)):
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _registers(event):
            self.submit()
            event.accept()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 and Ctrl+Enter register from within the words too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _registers(event):
            self.submit()
            return True
        return super().eventFilter(watched, event)


def _registers(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_F2 or (enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))


def _column() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return box


def _fill(box: QWidget, *parts: QWidget) -> None:
    for part in parts:
        box.layout().addWidget(part)


def _row(*parts: tuple[QWidget, int]) -> SideBySide:
    row = SideBySide(gap=12)
    for part, least in parts:
        row.add(part, least=least)
        row.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return row


def _empty(column: QVBoxLayout, rows: list[ListRow]) -> None:
    for row in rows:
        column.removeWidget(row)
        row.hide()
        row.deleteLater()
    rows.clear()

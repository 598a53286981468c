"""What is entered for a new application: the matter on the left, who asks on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import (
    APPLICATION_KIND_NAMES,
    URGENCY_NAMES,
    ApplicationKind,
    ApplicationRequest,
    Proposal,
    Sender,
    Urgency,
)
from desk.registry.types import CHANNEL_NAMES, DOCUMENT_NAMES, Channel, DocumentKind, PersonInput, SenderKind
from desk.text import clean
from desk.ui.staff.basvurular_fields import ChannelFields
from desk.ui.staff.basvurular_work import Choices
from desk.ui.staff.enclosures import EnclosureBar
from desk.ui.staff.evrak_fields import (
    AddressField,
    CheckedField,
    PhoneField,
    TcknField,
    grouped_tckn,
    name_field,
    subject_field,
)
from desk.ui.staff.evrak_form import ARRIVED, SIGNED, WET_SIGNATURE, new_key, shown_or_typed
from desk.ui.staff.evrak_sender import SenderChoice, name_label
from desk.ui.staff.side_by_side import SideBySide, let_wrap
from desk.ui.widgets import Choice, ListRow, Option, SectionLabel, Segmented, TextArea, Toggle

PROPOSED = 4
tr = translator()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an application comes from: a visitor at a counter, a call, or neither."""

    channel: Channel = Channel.PHONE
    ticket_id: UUID | None = None
    visit_id: UUID | None = None
    call_id: UUID | None = None
    subject: str = ""
    line: str = ""  # on which the call came in
    words: str = ""  # "V 017 sıra numarasıyla"
    now_words: str = ""  # the minute that an envelope gets unless another is written


ALONE = Origin()


class ApplicationEntry(SideBySide):
    """``begin(sender)`` empties it; ``request()`` is what stands in it, with its own key.

    ``matter_changed``: what duplicates are looked for by. ``paper_changed``: another channel or document.
    """

    matter_changed = Signal()
    paper_changed = Signal()

    def __init__(self, choices: Choices, origin: Origin = ALONE, parent: QWidget | None = None) -> None:
        super().__init__(gap=24, parent=parent)
        self._origin, self._choices = origin, choices
        self._key, self.subject_code = new_key(), ""
        self._by_hand = False  # unit or urgency was chosen, not proposed
        self._same: Sender | None = None
        self._proposed: list[ListRow] = []
        self._build_matter()
        self._build_person()
        self._lay_out()
        self._wire()

    # --- build

    def _build_matter(self) -> None:
        none = tr(N_("Belirtilmedi"))
        channels = [Option(one, tr(CHANNEL_NAMES[one])) for one in Channel if one is not Channel.KIOSK]
        self.channel = Choice(tr(N_("Geliş kanalı")), channels, value=self._origin.channel)
        kinds = [Option(one, tr(APPLICATION_KIND_NAMES[one])) for one in ApplicationKind]
        self.kind = Choice(tr(N_("Tür")), kinds, value=ApplicationKind.REQUEST)
        papers = [Option(one, tr(DOCUMENT_NAMES[one])) for one in (DocumentKind.NONE, *_PAPERS)]
        self.document = Choice(tr(N_("Belge")), papers, value=DocumentKind.NONE)
        self.fields = ChannelFields()
        self.subject = subject_field(tr(N_("Konu")))
        self.urgency = Segmented(
            [Option(one, tr(URGENCY_NAMES[one])) for one in Urgency], value=Urgency.NORMAL, name=tr(N_("Aciliyet"))
        )
        units = [Option("", none), *(Option(one.code, one.name, note=one.place) for one in self._choices.units)]
        self.unit = Choice(tr(N_("İlgili birim")), units, placeholder=tr(N_("Birim arayınız")))
        places = [Option("", none), *(Option(one.code, one.name) for one in self._choices.neighbourhoods)]
        self.neighbourhood = Choice(tr(N_("Mahalle")), places)
        self.place = CheckedField(tr(N_("Yer")), lambda _: None, placeholder=tr(N_("Örnek: park girişi")))

    def _build_person(self) -> None:
        self.sender = SenderChoice()
        self.name = name_field(tr(N_("Ad soyad")))
        self.phone = PhoneField()
        self.tckn = TcknField()
        self.address = AddressField()
        self.signature = Toggle(tr(WET_SIGNATURE))
        self.words = TextArea(tr(N_("Başvuru metni")), hint=tr(N_("isteğe bağlı")))
        self.enclosures = EnclosureBar()
        self._texts = (self.subject, self.name, self.phone, self.tckn, self.address)

    def _lay_out(self) -> None:
        left, right = _column(), _column()
        _fill(left, _row((self.channel, 170), (self.kind, 110)), self.document, self.fields, self.subject)
        self._proposals = QVBoxLayout()
        self._proposals.setSpacing(4)
        left.layout().addLayout(self._proposals)
        _fill(left, SectionLabel(tr(N_("Aciliyet"))), let_wrap(self.urgency), self.unit)
        _fill(left, _row((self.neighbourhood, 150), (self.place, 150)))
        _fill(right, _row((self.sender, 130), (self.name, 190)), self.sender.signatures)
        _fill(right, _row((self.phone, 150), (self.tckn, 170)), self.address, self.signature, self.words)
        _fill(right, self.enclosures, self.enclosures.line)
        for side in (left, right):
            side.layout().addStretch(1)
            self.add(side, least=400)
        self.layout().setContentsMargins(0, 0, 16, 0)  # room for the bar

    def _wire(self) -> None:
        self.channel.changed.connect(lambda _: self._dress())
        self.document.changed.connect(self._document_chosen)
        self.kind.changed.connect(lambda _: self._dress())
        self.sender.changed.connect(self._name_sender)
        self.subject.text_edited.connect(self._subject_typed)
        for field in (self.name, self.phone, self.place):
            field.text_edited.connect(lambda _: self.matter_changed.emit())
        self.neighbourhood.changed.connect(lambda _: self.matter_changed.emit())
        for choice in (self.unit, self.urgency):
            choice.changed.connect(self._chosen_by_hand)

    # --- what stands in it

    def begin(self, sender: Sender | None = None) -> None:
        """Empty, with a key of its own; ``sender``: the same one as on that record, come the same way."""
        self._key, self.subject_code, self._by_hand, self._same = new_key(), "", False, sender
        for field in (*self._texts, self.place, self.words):
            field.clear()
        self.fields.forget()
        self.subject.set_text(self._origin.subject if sender is None else "")
        self.unit.set_value("")
        self.unit.set_hint("")
        held = self.urgency.blockSignals(True)
        self.urgency.set_value(Urgency.NORMAL)
        self.urgency.blockSignals(held)
        self.signature.setChecked(False)
        self.enclosures.set_enclosures(())
        self.enclosures.set_files(())
        _empty(self._proposals, self._proposed)
        if sender is not None:
            self._take_over(sender)
        self._dress()
        if self._origin.line and sender is None:
            self.fields.fill({"line": self._origin.line})

    def _take_over(self, sender: Sender) -> None:
        person = sender.person
        self.channel.set_value(sender.channel)
        self.document.set_value(sender.document)
        self.sender.show_sender(sender.kind, sender.persons)
        self.name.set_text(person.name)
        self.phone.set_text(shown_or_typed(person.phone))
        self.tckn.set_text(grouped_tckn(person.tckn))
        self.address.set_text(person.address)
        self.neighbourhood.set_value(person.neighbourhood_code or None)
        self.sender.show_taken_over(sender.record_number)
        self._dress()
        self._same = replace(sender, person=self._person())  # as it reads here: an untouched sender is known again

    def _person(self) -> PersonInput:
        tckn = "" if self.tckn.isHidden() else self.tckn.digits()
        place = self.neighbourhood.value() or ""
        return PersonInput(self.name.text(), tckn, self.phone.text(), place, self.address.text())

    def request(self) -> ApplicationRequest:
        document, person = self.document.value(), self._person()
        same = self._same.application_id if self._same is not None and _same_person(self._same.person, person) else None
        return ApplicationRequest(
            key=self._key,
            channel=self.channel.value(),
            kind=self.kind.value(),
            document=document,
            sender=person,
            sender_kind=self.sender.value(),
            persons=self.sender.persons(),
            subject=self.subject.text(),
            subject_code=self.subject_code,
            body=self.words.text(),
            place=self.place.text(),
            neighbourhood_code=self.neighbourhood.value() or "",
            unit_code=self.unit.value() or "",
            urgency=self.urgency.value(),
            fields=self.fields.values(),
            signature_present=self.signature.isChecked() and document in SIGNED,
            enclosures=self.enclosures.enclosures(),
            ticket_id=self._origin.ticket_id,
            visit_id=self._origin.visit_id,
            call_id=self._origin.call_id,
            same_sender_as=same,
        )

    def refuse(self) -> bool:
        """Whether something impossible stands here: its field gets the sentence and the focus."""
        wrong: list[QWidget] = [one for one in self._texts if not one.isHidden() and one.impossible()]
        field = self.fields.impossible()
        if field is not None:
            wrong.insert(0, field)
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

    # --- react

    def _document_chosen(self, document: DocumentKind) -> None:
        if document is DocumentKind.INFORMATION:
            self.kind.set_value(ApplicationKind.INFORMATION)
        self._dress()

    def _dress(self) -> None:
        """The fields of this channel and paper. A T.C. kimlik no is only offered where the law has a paper behind it:
        a petition, or a request under Law 4982; never for a call or a message (KVKK guide 2024)."""
        channel, document = self.channel.value(), self.document.value()
        self.fields.show_channel(channel, document)
        if document is DocumentKind.TENDER and not self.fields.values().get(ARRIVED):
            self.fields.fill({ARRIVED: self._origin.now_words})
        self.signature.setVisible(document in SIGNED)
        self._name_sender(self.sender.value())
        self.paper_changed.emit()

    def _name_sender(self, kind: SenderKind) -> None:
        self.name.set_label(name_label(kind))
        asked = self.document.value() in SIGNED or self.kind.value() is ApplicationKind.INFORMATION
        self.tckn.setVisible(asked and kind not in (SenderKind.COMPANY, SenderKind.BODY))
        row = self.tckn.parentWidget()
        if isinstance(row, SideBySide):
            row.arrange()

    def _subject_typed(self, _words: str) -> None:
        self.subject_code = ""
        self.matter_changed.emit()

    def _chosen_by_hand(self, _value: object) -> None:
        self._by_hand = True
        self.unit.set_hint("")

    def propose(self, found: Sequence[Proposal]) -> None:
        """Subjects of the table that the words may mean; the first one's unit and urgency stand there at once."""
        _empty(self._proposals, self._proposed)
        for one in found[:PROPOSED]:
            note = tr(URGENCY_NAMES[one.urgency])
            row = ListRow(one.name, f"{one.unit} · {note}", icon="arrow-right", boxed=True)
            row.clicked.connect(partial(self.take, one))
            self._proposals.addWidget(row)
            self._proposed.append(row)
        if found and not self._by_hand:
            self._set_proposed(found[0])

    def take(self, one: Proposal, _on: bool = False) -> None:
        """A subject of the table: its name, its unit, its urgency."""
        if len(clean(self.subject.text())) < len(one.name):
            self.subject.set_text(one.name)
        self.subject_code = one.subject_code
        self._by_hand = False
        self._set_proposed(one)
        _empty(self._proposals, self._proposed)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.matter_changed.emit()

    def _set_proposed(self, one: Proposal) -> None:
        held = self.urgency.blockSignals(True)
        self.unit.set_value(one.unit_code)
        self.urgency.set_value(one.urgency)
        self.urgency.blockSignals(held)
        self.unit.set_hint(tr(N_("konudan önerildi")))


_PAPERS = tuple(one for one in DocumentKind if one is not DocumentKind.NONE)


def _same_person(taken: PersonInput, now: PersonInput) -> bool:
    """The neighbourhood here is the matter's too: another one does not make another sender."""
    return replace(taken, neighbourhood_code="") == replace(now, neighbourhood_code="")


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

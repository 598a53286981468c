"""The form of Evrak Kayıt: what the clerk enters. Of a petition nothing is required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from uuid_utils import uuid7

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import ApplicationKind, ApplicationRequest, Sender
from desk.registry.mrz import Identity
from desk.registry.types import (
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    EVRAK_CHANNELS,
    EVRAK_KINDS,
    Channel,
    Destination,
    DocumentKind,
    Neighbourhood,
    PersonInput,
    SenderKind,
    Unit,
)
from desk.ui.staff.basvurular_fields import ChannelFields
from desk.ui.staff.enclosures import EnclosureBar
from desk.ui.staff.evrak_fields import (
    OPTIONAL,
    AddressField,
    CheckedField,
    PhoneField,
    TcknField,
    grouped_tckn,
    name_field,
    shown_phone,
    subject_field,
)
from desk.ui.staff.evrak_sender import SenderChoice, name_label
from desk.ui.staff.side_by_side import SideBySide, let_wrap
from desk.ui.staff.unit_proposal import proposed_unit
from desk.ui.tables.records import CHANNEL_ICONS
from desk.ui.widgets import Card, Choice, Option, SectionLabel, Segmented, Toggle

FROM_DOCUMENT = N_("Kimlikten okundu; Türkçe harfleri denetleyiniz (Öztürk, belgede OZTURK ya da OEZTUERK yazar).")
SUMMARIES = (
    ("tr", N_("Yalnız Türkçe")), ("en", N_("İngilizce özetli")), ("ar", N_("Arapça özetli")),
    ("ru", N_("Rusça özetli")), ("de", N_("Almanca özetli")),
)  # fmt: skip
"""The language of the essentials that stand below the Turkish alındı belgesi."""

WET_SIGNATURE, E_SIGNATURE = N_("Islak imza görüldü"), N_("E-imza görüldü")
ELECTRONIC = frozenset({Channel.KEP, Channel.EMAIL, Channel.UETS})
SIGNED = frozenset({DocumentKind.PETITION, DocumentKind.INFORMATION, DocumentKind.ORAL})
"""Papers of a citizen; an office's letter or a closed envelope is not looked at for a signature."""

ICONS = {one: CHANNEL_ICONS[one] for one in EVRAK_CHANNELS[:4]}
"""Of the everyday channels; the others have the room for their words only."""

HIDDEN, ARRIVED = "hidden", "arrived_at"


class PetitionForm(Card):
    """``request()`` is what stands in it, with the key of this document; ``changed`` with every keystroke, ``begun``
    when the focus is set where entering begins."""

    changed = Signal()
    begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._tr = translator()
        self._units: dict[str, Unit] = {}
        self._known: Sequence[Destination] = ()
        self._chosen_by_hand = False
        self._key, self._ticket_id = new_key(), None
        self._same: Sender | None = None  # whose sender was taken over
        self.now_words = ""  # "24.11.2026 10.42": the minute that an envelope gets unless another is written
        self._build()
        self._lay_out()
        self._wire()
        self._dress_for_paper()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.kind = Choice(
            tr(N_("Tür")), [Option(kind, tr(DOCUMENT_NAMES[kind])) for kind in EVRAK_KINDS], hint="Alt+T",
            value=EVRAK_KINDS[0],
        )  # fmt: skip
        self.channel = Segmented(
            [Option(one, tr(CHANNEL_NAMES[one]), ICONS.get(one)) for one in EVRAK_CHANNELS],
            name=tr(N_("Geliş kanalı")), narrow=True,  # all six in one line at 1366
        )  # fmt: skip
        self.sender = SenderChoice()
        self.name = name_field(tr(N_("Ad soyad")))
        self.tckn = TcknField()
        self.phone = PhoneField()
        self.fields = ChannelFields(without=frozenset({HIDDEN}), in_row=3, least=150)
        self.neighbourhood = Choice(tr(N_("Mahalle")), placeholder=tr(N_("Seçiniz")))
        self.address = AddressField()
        self.subject = subject_field(tr(N_("Konu özeti")))
        self.unit = Choice(tr(N_("İlgili birim")), placeholder=tr(N_("Birim arayınız")))
        self.summary = Choice(tr(N_("Alındı özeti")), [Option(lang, tr(name)) for lang, name in SUMMARIES], value="tr")
        self.signature = Toggle(tr(WET_SIGNATURE))
        self.hidden = Toggle(tr(N_("Kimliği gizli kalsın")))
        for toggle in (self.signature, self.hidden):
            toggle.setMinimumHeight(34)  # the two as high as a field with its label
        self.enclosures = EnclosureBar()
        self._fields: tuple[CheckedField, ...] = (self.name, self.tckn, self.phone, self.address, self.subject)

    def _lay_out(self) -> None:
        tr = self._tr
        channel = self._titled(tr(N_("Geliş kanalı")), "Alt+1…6", let_wrap(self.channel))
        signature = self._stacked(self.signature, self.hidden)
        rows: tuple[QWidget | tuple[tuple[QWidget, int, int], ...], ...] = (
            ((self.kind, 0, 190), (channel, 1, 400)),
            ((self.sender, 3, 132), (self.name, 5, 190), (self.tckn, 3, 160), (self.phone, 3, 150)),
            self.sender.signatures,
            self.fields,
            ((self.neighbourhood, 2, 150), (self.address, 5, 240)),
            ((self.subject, 3, 240), (self.unit, 2, 190)),
            ((signature, 0, 226), (self.summary, 0, 170), (self.enclosures, 1, 280)),
        )
        self.body.setSpacing(6)
        for parts in rows:
            if isinstance(parts, QWidget):
                self.body.addWidget(parts)
                continue
            row = SideBySide(gap=12)
            for part, stretch, least in parts:
                row.add(part, stretch=stretch, least=least)
                row.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(row)
        self.body.addWidget(self.enclosures.line)
        self.body.addStretch(1)

    @classmethod
    def _titled(cls, label: str, hint: str, part: QWidget) -> QWidget:
        return cls._stacked(SectionLabel(label, hint), part)

    @staticmethod
    def _stacked(*parts: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in parts:
            column.addWidget(part)
        return box

    def _wire(self) -> None:
        for field in self._fields:
            field.text_changed.connect(lambda _: self.changed.emit())
            field.return_pressed.connect(self.focusNextChild)
        self.subject.text_edited.connect(self._propose_unit)
        self.unit.changed.connect(self._unit_chosen)
        self.channel.changed.connect(lambda _: self._paper_chosen())
        self.kind.changed.connect(lambda _: self._paper_chosen())
        self.sender.changed.connect(self._sender_chosen)
        self.fields.changed.connect(self.changed)
        self.fields.built.connect(self._let_enter_through)
        for choice in (self.neighbourhood, self.summary):
            choice.changed.connect(lambda _: self.changed.emit())
        for toggle in (self.signature, self.hidden):
            toggle.toggled.connect(lambda _: self.changed.emit())
        self.enclosures.changed.connect(self.changed)

    # --- what there is to choose from

    def set_choices(
        self, units: Sequence[Unit], neighbourhoods: Sequence[Neighbourhood], known: Sequence[Destination]
    ) -> None:
        """Units, neighbourhoods and the subjects that propose a unit; what is chosen stays."""
        none = self._tr(N_("Belirtilmedi"))
        self._units, self._known = {unit.code: unit for unit in units}, known
        self.unit.set_options([Option("", none), *(Option(u.code, u.name, note=u.place) for u in units)])
        self.neighbourhood.set_options([Option("", none), *(Option(n.code, n.name) for n in neighbourhoods)])

    def unit_name(self) -> str:
        """The full name of the chosen unit, "" without one."""
        unit = self._units.get(self.unit.value() or "")
        return unit.name if unit else ""

    def neighbourhood_name(self) -> str:
        return self.neighbourhood.box.shown() if self.neighbourhood.value() else ""

    # --- what stands in it

    def request(self) -> ApplicationRequest:
        document, person = self.kind.value(), self._person()
        known = self._same is not None and self._same.record_number and self._is_taken_over()
        same = self._same.application_id if self._same is not None and known else None
        information = document is DocumentKind.INFORMATION
        hidden = {HIDDEN: "1"} if self.hidden.isChecked() else {}
        return ApplicationRequest(
            key=self._key,
            channel=self.channel.value(),
            kind=ApplicationKind.INFORMATION if information else ApplicationKind.REQUEST,
            document=document,
            sender=person,
            sender_kind=self.sender.value(),
            persons=self.sender.persons(),
            signature_present=self.signature.isChecked() and document in SIGNED,
            subject=self.subject.text(),
            unit_code=self.unit.value() or "",
            fields=self.fields.values() | hidden,
            enclosures=self.enclosures.enclosures(),
            ticket_id=self._ticket_id,
            same_sender_as=same,
            lang=self.summary.value() or "tr",
        )

    def _person(self) -> PersonInput:
        return PersonInput(
            self.name.text(),
            "" if self.tckn.isHidden() else self.tckn.digits(),
            self.phone.text(),
            self.neighbourhood.value() or "",
            self.address.text(),
        )

    def _is_taken_over(self) -> bool:
        """The sender stands as it came from another record; a corrected one is somebody new."""
        return self._same is not None and self._same.person == self._person()

    def is_empty(self) -> bool:
        """Nothing was entered; kind, channel, sender's kind, language, ticket and a sender taken over do not count."""
        request = self.request()
        given = {code for code in request.fields if code != ARRIVED}
        person = request.sender != PersonInput() and not self._is_taken_over()
        return not (
            person or given or request.subject or request.unit_code or request.signature_present
            or request.enclosures or self.enclosures.files()
        )  # fmt: skip

    def show_request(self, request: ApplicationRequest, same: Sender | None = None) -> None:
        """Put a request back into the form (undo), or an empty one for the next document."""
        self._key, self._ticket_id, self._same = request.key, request.ticket_id, same
        held = self.blockSignals(True)
        self.kind.set_value(request.document if request.document in EVRAK_KINDS else EVRAK_KINDS[0])
        self.channel.set_value(request.channel)
        self.sender.show_sender(request.sender_kind, request.persons)
        self._show_person(request.sender)
        self.subject.clear()
        self.subject.set_text(request.subject)
        self.fields.forget()
        self._dress_for_paper()
        self.fields.fill(request.fields)
        self.unit.set_value(request.unit_code or None)
        self._chosen_by_hand = bool(request.unit_code)
        self.unit.set_hint("")
        self.signature.setChecked(request.signature_present)
        self.hidden.setChecked(HIDDEN in request.fields)
        self.summary.set_value(request.lang)
        self.enclosures.set_enclosures(request.enclosures)
        self.enclosures.set_files(())
        self.blockSignals(held)
        self.changed.emit()

    def _show_person(self, person: PersonInput) -> None:
        texts = person.name, grouped_tckn(person.tckn), shown_or_typed(person.phone), person.address
        for field, text in zip((self.name, self.tckn, self.phone, self.address), texts, strict=True):
            field.clear()
            field.set_text(text)
        self.neighbourhood.set_value(person.neighbourhood_code or None)
        self.tckn.set_hint(self._tr(OPTIONAL))
        self.sender.show_taken_over(self._same.record_number if self._same is not None else "")
        if self._same is not None:  # as it reads in the form, so that an untouched sender is known again
            self._same = replace(self._same, person=self._person())

    def clear(self, ticket_id: UUID | None = None) -> None:
        """Ready for the next document, with a key of its own."""
        self.show_request(ApplicationRequest(key=new_key(), document=EVRAK_KINDS[0], ticket_id=ticket_id))

    def clear_but_sender(self, sender: Sender) -> None:
        """ "Aynı gönderenle yeni kayıt": ready for the next document of the same sender, come the same way."""
        document = sender.document if sender.document in EVRAK_KINDS else EVRAK_KINDS[0]
        channel = sender.channel if sender.channel in EVRAK_CHANNELS else EVRAK_CHANNELS[0]
        again = ApplicationRequest(
            key=new_key(), document=document, channel=channel, sender=sender.person, sender_kind=sender.kind,
            persons=sender.persons,
        )  # fmt: skip
        self.show_request(again, sender)

    def stands_for(self, sender: Sender) -> None:
        """The record of the sender that is kept in the form has got its number."""
        if self._same is not None and self._same.record_number == "":
            self._same = replace(self._same, application_id=sender.application_id, record_number=sender.record_number)
            self.sender.show_taken_over(sender.record_number)

    def begin(self) -> None:
        """The focus where entering begins: the name, or the subject when the sender stands there already."""
        first = self.name if self._same is None else self.subject
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.begun.emit()

    def refuse(self) -> bool:
        """Whether something impossible stands in the form: its field gets the sentence and the focus."""
        wrong: list[QWidget] = [field for field in self._fields if not field.isHidden() and field.impossible()]
        field = self.fields.impossible()
        if field is not None:
            wrong.insert(0, field)
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

    def refuse_field(self, code: str, sentence: str) -> bool:
        """What the registry says of one of the channel's fields; False when it stands nowhere here."""
        return self.fields.refuse(code, sentence)

    # --- from a scanner

    def take_identity(self, identity: Identity) -> None:
        """Name and number of an identity document, to be corrected: it knows no Turkish letters."""
        self.name.set_text(identity.name)
        if identity.tckn:
            self.tckn.set_text(grouped_tckn(identity.tckn))
        self.name.set_note(self._tr(FROM_DOCUMENT))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.edit.selectAll()

    def take_barcode(self, code: str) -> bool:
        """The item number of a posted letter; False when the document came another way."""
        if self.is_empty():
            self.channel.set_value(Channel.PTT)
        if self.channel.value() is not Channel.PTT:
            return False
        self.fields.fill({"ptt_barcode": code})
        return True

    # --- react

    def _propose_unit(self, words: str) -> None:
        if self._chosen_by_hand:
            return
        code = proposed_unit(words, self._known)
        self.unit.set_value(code or None)
        self.unit.set_hint(self._tr(N_("konudan önerildi")) if code else "")

    def _unit_chosen(self, code: str) -> None:
        self._chosen_by_hand = bool(code)
        self.unit.set_hint("")
        self.changed.emit()

    def _sender_chosen(self, kind: SenderKind) -> None:
        self._name_sender(kind)
        self.changed.emit()

    def _name_sender(self, kind: SenderKind) -> None:
        self.name.set_label(name_label(kind))
        self.tckn.setVisible(kind not in (SenderKind.COMPANY, SenderKind.BODY))
        row = self.tckn.parentWidget()
        if isinstance(row, SideBySide):
            row.arrange()

    def _paper_chosen(self) -> None:
        self._dress_for_paper()
        self.changed.emit()

    def _dress_for_paper(self) -> None:
        """The fields of this kind and channel; what the clerk looks for; the minute of an envelope."""
        document, channel = self.kind.value(), self.channel.value()
        self.fields.show_channel(channel, document)
        if document is DocumentKind.TENDER and not self.fields.values().get(ARRIVED):
            self.fields.fill({ARRIVED: self.now_words})
        self.signature.set_label(self._tr(E_SIGNATURE if channel in ELECTRONIC else WET_SIGNATURE))
        self.signature.setVisible(document in SIGNED)
        self._name_sender(self.sender.value())

    def _let_enter_through(self) -> None:
        for field in self.fields.texts():
            field.return_pressed.connect(self.focusNextChild)


def new_key() -> str:
    """What makes two presses of F2 one record."""
    return str(uuid7())


def shown_or_typed(phone: str) -> str:
    """A stored number as people write it; what was typed stays as typed."""
    return shown_phone(phone) if phone.startswith("+") else phone

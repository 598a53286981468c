"""The form of Evrak Kayıt: what the clerk enters. Nothing in it is required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from uuid_utils import uuid7

from desk.errors import N_
from desk.i18n import translator
from desk.registry.mrz import Identity
from desk.registry.types import (
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    EVRAK_CHANNELS,
    EVRAK_KINDS,
    Channel,
    Destination,
    Neighbourhood,
    PersonInput,
    PetitionRequest,
    Unit,
)
from desk.ui.staff.enclosures import EnclosureBar
from desk.ui.staff.evrak_fields import (
    OPTIONAL,
    AddressField,
    CheckedField,
    PhoneField,
    TcknField,
    barcode_field,
    grouped_tckn,
    message_field,
    name_field,
    subject_field,
)
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
ELECTRONIC = frozenset({Channel.KEP, Channel.EMAIL})


class PetitionForm(Card):
    """``request()`` is what stands in it, with the key of this document; ``changed`` with every keystroke."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._tr = translator()
        self._units: dict[str, Unit] = {}
        self._known: Sequence[Destination] = ()
        self._chosen_by_hand = False
        self._key, self._ticket_id = new_key(), None
        self._build()
        self._lay_out()
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.kind = Segmented([Option(kind, tr(DOCUMENT_NAMES[kind])) for kind in EVRAK_KINDS], name=tr(N_("Tür")))
        self.channel = Segmented(
            [Option(one, tr(CHANNEL_NAMES[one]), CHANNEL_ICONS[one]) for one in EVRAK_CHANNELS],
            name=tr(N_("Geliş kanalı")),
        )
        self.name = name_field(tr(N_("Ad soyad")))
        self.tckn = TcknField()
        self.phone = PhoneField()
        self.neighbourhood = Choice(tr(N_("Mahalle")), placeholder=tr(N_("Seçiniz")))
        self.address = AddressField()
        self.subject = subject_field(tr(N_("Konu özeti")))
        self.unit = Choice(tr(N_("İlgili birim")), placeholder=tr(N_("Birim arayınız")))
        self.barcode, self.message = barcode_field(), message_field()
        self.barcode.hide()
        self.message.hide()
        self.summary = Choice(tr(N_("Alındı özeti")), [Option(lang, tr(name)) for lang, name in SUMMARIES], value="tr")
        self.signature = Toggle(tr(WET_SIGNATURE))
        self.signature.setMinimumHeight(36)  # as high as the chips beside it
        self.enclosures = EnclosureBar()
        self._fields: tuple[CheckedField, ...] = (
            self.name, self.tckn, self.phone, self.address, self.subject, self.barcode, self.message,
        )  # fmt: skip

    def _lay_out(self) -> None:
        tr = self._tr
        kind = self._titled(tr(N_("Tür")), "", let_wrap(self.kind))
        channel = self._titled(tr(N_("Geliş kanalı")), "Alt+1…4", let_wrap(self.channel))
        signature = self._titled(tr(N_("İmza")), "", self.signature)
        rows = (
            ((kind, 0, 300), (channel, 1, 380)),
            ((self.name, 5, 200), (self.tckn, 3, 170), (self.phone, 3, 150)),
            ((self.barcode, 2, 170), (self.message, 2, 170), (self.neighbourhood, 2, 150), (self.address, 5, 240)),
            ((self.subject, 3, 240), (self.unit, 2, 190)),
            ((signature, 0, 220), (self.summary, 0, 170), (self.enclosures, 1, 280)),
        )  # fmt: skip
        self.body.setSpacing(10)
        for parts in rows:
            row = SideBySide(gap=12)
            for part, stretch, least in parts:
                row.add(part, stretch=stretch, least=least)
                row.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(row)
        self.body.addWidget(self.enclosures.line)
        self.body.addStretch(1)

    @staticmethod
    def _titled(label: str, hint: str, part: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionLabel(label, hint))
        column.addWidget(part)
        return box

    def _wire(self) -> None:
        for field in self._fields:
            field.text_changed.connect(lambda _: self.changed.emit())
            field.return_pressed.connect(self.focusNextChild)
        self.subject.text_edited.connect(self._propose_unit)
        self.unit.changed.connect(self._unit_chosen)
        self.channel.changed.connect(self._name_signature)
        self.neighbourhood.changed.connect(lambda _: self.changed.emit())
        self.summary.changed.connect(lambda _: self.changed.emit())
        self.kind.changed.connect(lambda _: self.changed.emit())
        self.signature.toggled.connect(lambda _: self.changed.emit())
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

    def request(self) -> PetitionRequest:
        return PetitionRequest(
            key=self._key,
            kind=self.kind.value(),
            channel=self.channel.value(),
            sender=PersonInput(
                self.name.text(),
                self.tckn.digits(),
                self.phone.text(),
                self.neighbourhood.value() or "",
                self.address.text(),
            ),
            signature_present=self.signature.isChecked(),
            subject=self.subject.text(),
            unit_code=self.unit.value() or "",
            enclosures=self.enclosures.enclosures(),
            ticket_id=self._ticket_id,
            lang=self.summary.value() or "tr",
            outside=self._outside(),
        )

    def _outside(self) -> str:
        field = {Channel.PTT: self.barcode, Channel.KEP: self.message}.get(self.channel.value())
        return field.text() if field else ""

    def is_empty(self) -> bool:
        """Nothing was entered; kind, channel, language and ticket do not count."""
        blank = PetitionRequest(key=self._key, ticket_id=self._ticket_id)
        given = self.request()
        return replace(given, kind=blank.kind, channel=blank.channel, lang=blank.lang) == blank

    def show_request(self, request: PetitionRequest) -> None:
        """Put a request back into the form (undo), or an empty one for the next document."""
        self._key, self._ticket_id = request.key, request.ticket_id
        held = self.blockSignals(True)
        self.kind.set_value(request.kind)
        self.channel.set_value(request.channel)
        for field, text in zip(self._fields, _texts(request), strict=True):
            field.clear()
            field.set_text(text)
        self.neighbourhood.set_value(request.sender.neighbourhood_code or None)
        self.unit.set_value(request.unit_code or None)
        self._chosen_by_hand = bool(request.unit_code)
        self.unit.set_hint("")
        self.signature.setChecked(request.signature_present)
        self.summary.set_value(request.lang)
        self.enclosures.set_enclosures(request.enclosures)
        self.tckn.set_hint(self._tr(OPTIONAL))
        self.blockSignals(held)
        self.changed.emit()

    def clear(self, ticket_id: UUID | None = None) -> None:
        """Ready for the next document, with a key of its own."""
        self.show_request(PetitionRequest(key=new_key(), ticket_id=ticket_id))

    def begin(self) -> None:
        """The focus where entering begins."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self) -> bool:
        """Whether something impossible stands in the form: its field gets the sentence and the focus."""
        wrong = [field for field in self._fields if not field.isHidden() and field.impossible()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

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
        self.barcode.set_text(code)
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

    def _name_signature(self, channel: Channel) -> None:
        self.signature.set_label(self._tr(E_SIGNATURE if channel in ELECTRONIC else WET_SIGNATURE))
        self.barcode.setVisible(channel is Channel.PTT)
        self.message.setVisible(channel is Channel.KEP)
        row = self.barcode.parentWidget()
        if isinstance(row, SideBySide):
            row.arrange()
        self.changed.emit()


def new_key() -> str:
    """What makes two presses of F2 one record."""
    return str(uuid7())


def _texts(request: PetitionRequest) -> tuple[str, ...]:
    """The texts of the checked fields, in their order."""
    sender = request.sender
    posted = request.outside if request.channel is Channel.PTT else ""
    message = request.outside if request.channel is Channel.KEP else ""
    number = grouped_tckn(sender.tckn)
    return sender.name, number, sender.phone, sender.address, request.subject, posted, message

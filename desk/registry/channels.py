"""Every channel and every kind of document with its own few fields, declared once: forms, checks, imports read it.

Which outside number makes an import idempotent, which clock runs, and what may name a person stands here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk.errors import N_, UserError
from desk.registry.application_types import ApplicationKind, Clock
from desk.registry.types import CHANNEL_NAMES, Channel, DocumentKind, SenderKind
from desk.text import clean


class FieldKind(StrEnum):
    TEXT = "text"
    DATE = "date"  # kept as 2026-11-24
    MOMENT = "moment"  # kept as 2026-11-24T10:42, to the minute
    CHOICE = "choice"
    YES = "yes"  # kept as "1" or not at all
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a channel. ``pattern`` is what the whole cleaned value must match."""

    code: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    limit: int = 120
    pattern: str = ""
    hint: str = ""  # said when the pattern does not match
    choices: tuple[tuple[str, str], ...] = ()
    upper: bool = False  # kept in capital letters, however it was typed
    personal: bool = False  # names or addresses a person: erased with them, never exported without them


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    channel: Channel
    name: str
    icon: str
    fields: tuple[Field, ...] = ()
    outside: str = ""  # code of the field that holds the other system's number
    clock: Clock | None = None  # None: by the document and the kind


class FieldError(UserError):
    """One field is wrong. ``field`` is its code, so that a form can show the sentence beside it."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


_SENDERS_NUMBER = Field("sender_number", N_("Gönderenin sayısı"), limit=60)
_SENDERS_DATE = Field("sender_date", N_("Gönderenin tarihi"), FieldKind.DATE)
_REFERENCE = Field("reference", N_("Başvuru no"), limit=60)

CHANNELS: tuple[ChannelSpec, ...] = (
    ChannelSpec(Channel.IN_PERSON, CHANNEL_NAMES[Channel.IN_PERSON], "person"),
    ChannelSpec(
        Channel.KEP,
        CHANNEL_NAMES[Channel.KEP],
        "shield-check",
        (
            Field("kep_id", N_("KEP ileti no"), limit=200),
            Field(
                "kep_address",
                N_("Gönderen KEP adresi"),
                limit=120,
                personal=True,
                pattern=r"[^@\s]+@[^@\s]+",
                hint=N_("KEP adresi ad@hs01.kep.tr biçiminde olmalıdır."),
            ),
            Field("delivered_at", N_("Teslim zamanı"), FieldKind.MOMENT),
            _SENDERS_NUMBER,
            _SENDERS_DATE,
        ),
        outside="kep_id",
    ),
    ChannelSpec(
        Channel.PTT,
        CHANNEL_NAMES[Channel.PTT],
        "mail",
        (
            Field(
                "ptt_barcode",
                N_("PTT barkodu"),
                limit=20,
                upper=True,
                pattern=r"[A-Z]{2}\d{9}TR|\d{13}",
                hint=N_("PTT barkodu RR123456789TR biçiminde ya da 13 rakam olmalıdır."),
            ),
            _SENDERS_NUMBER,
            _SENDERS_DATE,
        ),
        outside="ptt_barcode",
    ),
    ChannelSpec(
        Channel.EMAIL,
        CHANNEL_NAMES[Channel.EMAIL],
        "globe",
        (
            Field(
                "email",
                N_("E-posta adresi"),
                personal=True,
                pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+",
                hint=N_("E-posta adresi hatalı."),
            ),
            Field("message_id", N_("İleti no"), limit=200),
        ),
        outside="message_id",
    ),
    ChannelSpec(
        Channel.PHONE,
        CHANNEL_NAMES[Channel.PHONE],
        "phone",
        (
            Field(
                "line",
                N_("Hat"),
                FieldKind.CHOICE,
                choices=(("153", "ALO 153"), ("444", "444"), ("other", N_("Diğer"))),
            ),
            _REFERENCE,
        ),
        outside="reference",
    ),
    ChannelSpec(
        Channel.WHATSAPP,
        CHANNEL_NAMES[Channel.WHATSAPP],
        "comment",
        (Field("conversation", N_("Yazışma no"), limit=60),),
        outside="conversation",
    ),
    ChannelSpec(
        Channel.SMS,
        CHANNEL_NAMES[Channel.SMS],
        "comment",
        (Field("message_id", N_("İleti no"), limit=60),),
        outside="message_id",
    ),
    ChannelSpec(Channel.WEB, CHANNEL_NAMES[Channel.WEB], "globe", (_REFERENCE,), outside="reference"),
    ChannelSpec(
        Channel.SOCIAL,
        CHANNEL_NAMES[Channel.SOCIAL],
        "globe",
        (
            Field(
                "platform",
                N_("Platform"),
                FieldKind.CHOICE,
                required=True,
                choices=(
                    ("x", "X"),
                    ("instagram", "Instagram"),
                    ("facebook", "Facebook"),
                    ("youtube", "YouTube"),
                    ("tiktok", "TikTok"),
                    ("other", N_("Diğer")),
                ),
            ),
            Field("handle", N_("Kullanıcı adı"), limit=60, personal=True),
            Field(
                "link",
                N_("Bağlantı"),
                limit=300,
                personal=True,
                pattern=r"https?://\S+",
                hint=N_("Bağlantı https:// ile başlamalıdır."),
            ),
            Field("message_id", N_("İleti no"), limit=120),
        ),
        outside="message_id",
    ),
    ChannelSpec(
        Channel.CIMER,
        CHANNEL_NAMES[Channel.CIMER],
        "buildings",
        (
            Field(
                "cimer_number",
                N_("CİMER sayısı"),
                required=True,
                limit=20,
                pattern=r"\d{6,12}",
                hint=N_("CİMER sayısı 6–12 rakamdır."),
            ),
            Field(
                "route",
                N_("Geliş yolu"),
                FieldKind.CHOICE,
                choices=(
                    ("internet", N_("İnternet")),
                    ("phone", N_("Telefon")),
                    ("letter", N_("Mektup")),
                    ("person", N_("Şahsen")),
                ),
            ),
            Field("hidden", N_("Kimliğinin gizli tutulmasını istedi"), FieldKind.YES),
        ),
        outside="cimer_number",
        clock=Clock.CIMER,
    ),
    ChannelSpec(
        Channel.OPEN_DOOR,
        CHANNEL_NAMES[Channel.OPEN_DOOR],
        "buildings",
        (Field("open_door_number", N_("Açık Kapı no"), required=True, limit=30),),
        outside="open_door_number",
    ),
    ChannelSpec(
        Channel.E_STATE,
        CHANNEL_NAMES[Channel.E_STATE],
        "buildings",
        (Field("reference", N_("e-Devlet başvuru no"), required=True, limit=60),),
        outside="reference",
    ),
    ChannelSpec(
        Channel.COURIER,
        CHANNEL_NAMES[Channel.COURIER],
        "mail",
        (
            Field("company", N_("Kurye şirketi"), limit=60),
            Field("waybill", N_("Gönderi no"), limit=40),
            _SENDERS_NUMBER,
            _SENDERS_DATE,
        ),
    ),
    ChannelSpec(
        Channel.UETS,
        CHANNEL_NAMES[Channel.UETS],
        "shield-check",
        (Field("uets_number", N_("UETS barkod no"), limit=40), _SENDERS_NUMBER, _SENDERS_DATE),
        outside="uets_number",
    ),
    ChannelSpec(Channel.PUBLIC_DAY, CHANNEL_NAMES[Channel.PUBLIC_DAY], "persons"),
    ChannelSpec(Channel.MEETING, CHANNEL_NAMES[Channel.MEETING], "persons"),
    ChannelSpec(Channel.FIELD, CHANNEL_NAMES[Channel.FIELD], "persons"),
    ChannelSpec(
        Channel.BODY_VISIT,
        CHANNEL_NAMES[Channel.BODY_VISIT],
        "persons",
        (Field("body_name", N_("STK, site veya muhtarlık"), limit=120),),
    ),
    ChannelSpec(Channel.KIOSK, CHANNEL_NAMES[Channel.KIOSK], "comment"),
)

BY_CHANNEL = {spec.channel: spec for spec in CHANNELS}

DOCUMENT_FIELDS: dict[DocumentKind, tuple[Field, ...]] = {
    DocumentKind.OFFICIAL_LETTER: (_SENDERS_NUMBER, _SENDERS_DATE),
    DocumentKind.NOTIFICATION: (_SENDERS_NUMBER, _SENDERS_DATE),
    DocumentKind.WARNING: (Field("notary", N_("Noterlik"), limit=80), _SENDERS_NUMBER, _SENDERS_DATE),
    DocumentKind.TENDER: (
        # Law 4734: an envelope is never opened at the desk; what counts is the minute it came in.
        Field("tender", N_("İhale (zarfın üzerindeki ad veya İKN)"), required=True, limit=200),
        Field("arrived_at", N_("Teslim alındığı dakika"), FieldKind.MOMENT, required=True),
    ),
    DocumentKind.ORAL: (
        Field("taken_by", N_("Tutanağı tutan"), required=True, limit=80),
        Field("witnesses", N_("Tanıklar"), limit=160, personal=True),
    ),
}

ANONYMOUS = Field("hidden", N_("Kimliğinin gizli tutulmasını istedi"), FieldKind.YES)


def fields_of(channel: Channel, document: DocumentKind) -> tuple[Field, ...]:
    """The fields of a channel and of a document, each code once; the wish for anonymity may come through any."""
    found: dict[str, Field] = {}
    for one in (*BY_CHANNEL[channel].fields, *DOCUMENT_FIELDS.get(document, ()), ANONYMOUS):
        found.setdefault(one.code, one)
    return tuple(found.values())


def checked_fields(channel: Channel, document: DocumentKind, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed, cleaned. Raises FieldError for an unknown, missing or impossible value."""
    known = {one.code: one for one in fields_of(channel, document)}
    for code in given:
        if code not in known:
            raise FieldError(code, N_("Bu kanalda böyle bir alan yok: {code}"), code=code[:40])
    found = {}
    for code, one in known.items():
        value = clean(given.get(code, ""))
        if not value:
            if one.required:
                raise FieldError(code, N_("{label} yazılmalıdır."), label=one.label)
            continue
        found[code] = checked_value(one, value)
    return {code: value for code, value in found.items() if value}


def checked_value(one: Field, text: str) -> str:
    """What is kept of one field's text, "" for none. Raises FieldError for what cannot be true."""
    value = clean(text).upper() if one.upper else clean(text)
    if not value:
        return ""
    if len(value) > one.limit:
        raise FieldError(one.code, N_("{label} en çok {count} harf olabilir."), label=one.label, count=one.limit)
    if one.kind is FieldKind.DATE:
        return _date(one, value)
    if one.kind is FieldKind.MOMENT:
        return _moment(one, value)
    if one.kind is FieldKind.YES:
        return "1" if value in ("1", "true", "evet", "Evet") else ""
    if one.kind is FieldKind.CHOICE and value not in dict(one.choices):
        raise FieldError(one.code, N_("{label} için böyle bir seçenek yok: {value}"), label=one.label, value=value)
    if one.kind is FieldKind.NUMBER and not (value.isascii() and value.isdigit()):
        raise FieldError(one.code, N_("{label} bir sayı olmalıdır."), label=one.label)
    if one.pattern and not re.fullmatch(one.pattern, value):
        raise FieldError(one.code, one.hint)
    return value


def _date(one: Field, value: str) -> str:
    found = read_date(value)
    if found is None:
        raise FieldError(one.code, N_("{label} anlaşılamadı: {value}. Örnek: 24.11.2026"), label=one.label, value=value)
    return found.isoformat()


def _moment(one: Field, value: str) -> str:
    found = read_moment(value)
    if found is None:
        raise FieldError(
            one.code, N_("{label} anlaşılamadı: {value}. Örnek: 24.11.2026 10.42"), label=one.label, value=value
        )
    return found.strftime("%Y-%m-%dT%H:%M")


DATES = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")
TIMES = ("%H.%M", "%H:%M", "%H:%M:%S", "%H.%M.%S")


def read_date(text: str) -> date | None:
    """24.11.2026, 2026-11-24 or 24/11/2026; None for anything else."""
    moment = read_moment(text)
    return moment.date() if moment else None


def read_moment(text: str) -> datetime | None:
    """A date with or without a time of day (wall clock, no zone); None when it cannot be read."""
    day, _, rest = text.strip().replace("T", " ").partition(" ")
    for form in DATES:
        for time_form in TIMES if rest else ("",):
            try:
                return datetime.strptime(f"{day} {rest}".strip(), f"{form} {time_form}".strip())  # noqa: DTZ007
            except ValueError:
                continue
    return None


def minute_words(kept: str) -> str:
    """A minute as it is kept or was typed, "24.11.2026 10.42"; as it stands when it cannot be read."""
    found = read_moment(kept)
    return f"{found:%d.%m.%Y %H.%M}" if found else kept


def outside_number(channel: Channel, fields: Mapping[str, str]) -> str:
    """The other system's number, "" when there is none."""
    return fields.get(BY_CHANNEL[channel].outside, "")


def personal_codes(channel: Channel, document: DocumentKind) -> frozenset[str]:
    return frozenset(one.code for one in fields_of(channel, document) if one.personal)


def clock_of(channel: Channel, document: DocumentKind, kind: ApplicationKind) -> Clock:
    """Which period binds the answer (domain.md, Petitions and clocks)."""
    information = document is DocumentKind.INFORMATION or kind is ApplicationKind.INFORMATION
    if BY_CHANNEL[channel].clock is Clock.CIMER:
        return Clock.CIMER_INFORMATION if information else Clock.CIMER
    if information:
        return Clock.INFORMATION
    if document in (DocumentKind.PETITION, DocumentKind.ORAL):
        return Clock.PETITION
    return Clock.TARGET


SENDER_LIMIT = 99_999


def check_persons(sender: SenderKind, persons: int) -> int:
    """How many signed: more than one only for a toplu dilekçe."""
    if not 1 <= persons <= SENDER_LIMIT:
        raise FieldError("persons", N_("Kişi sayısı 1 ile {limit} arasında olmalıdır."), limit=SENDER_LIMIT)
    if sender is not SenderKind.GROUP and persons != 1:
        raise FieldError("persons", N_("Kişi sayısı yalnız toplu başvuruda yazılır."))
    return persons

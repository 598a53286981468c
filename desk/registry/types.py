"""What is recorded about visits, refakat and petitions: requests that come in, frozen read types that go out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desk.errors import N_
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class SiteHeader:
    """Who speaks on paper and screens."""

    municipality: str  # "Çınarova Belediyesi"
    authority: str  # "Çınarova Belediye Başkanlığı"
    department: str  # "Halkla İlişkiler Müdürlüğü"
    site: str  # "Ana hizmet binası danışma", "İrtibat Küresi"
    address: str
    hotline: str  # "ALO 153"
    lines: tuple[str, ...] = ()  # head of official papers, where the site has set its own
    notes: tuple[tuple[str, str], ...] = ()  # sentences of its papers that the site words itself, by key

    def note(self, key: str) -> str:
        """The site's own sentence for this place of a paper; empty when it has none."""
        return dict(self.notes).get(key, "")


class Arrival(StrEnum):
    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"


ARRIVAL_NAMES = {Arrival.WALK_IN: N_("Randevusuz"), Arrival.APPOINTMENT: N_("Randevulu")}


class AssistanceKind(StrEnum):
    """The help that is needed, never a diagnosis (KVKK: health data are special-category)."""

    WHEELCHAIR = "wheelchair"
    WALKING = "walking"
    VOICE = "voice"
    SIGN = "sign"
    CHILD = "child"
    UNIT = "unit"


ASSISTANCE_NAMES = {
    AssistanceKind.WHEELCHAIR: N_("Tekerlekli sandalye"),
    AssistanceKind.WALKING: N_("Yürüme desteği"),
    AssistanceKind.VOICE: N_("Sesli eşlik"),
    AssistanceKind.SIGN: N_("Türk İşaret Dili (TİD)"),
    AssistanceKind.CHILD: N_("Çocuğa eşlik"),
    AssistanceKind.UNIT: N_("Birime eşlik"),
}


class AssistanceState(StrEnum):
    REQUESTED = "requested"
    ASSIGNED = "assigned"
    STARTED = "started"
    HANDED_OVER = "handed_over"
    ENDED = "ended"
    CANCELLED = "cancelled"


ASSISTANCE_STATE_NAMES = {
    AssistanceState.REQUESTED: N_("İstendi"),
    AssistanceState.ASSIGNED: N_("Görevli atandı"),
    AssistanceState.STARTED: N_("Yolda"),
    AssistanceState.HANDED_OVER: N_("Birime teslim edildi"),
    AssistanceState.ENDED: N_("Bitti"),
    AssistanceState.CANCELLED: N_("İptal edildi"),
}


@dataclass(frozen=True, slots=True)
class AssistanceJob:
    id: UUID
    number: str  # the ticket's number, or "RF 012" for a job without one
    kind: AssistanceKind
    state: AssistanceState
    from_place: str
    to_place: str
    escort: str  # "Hakan T.", "" while nobody is assigned
    escort_id: UUID | None
    equipment: str  # "Sandalye 2", "" when none
    equipment_id: UUID | None
    requested_at: datetime
    assigned_at: datetime | None
    started_at: datetime | None
    handed_over_at: datetime | None
    target_minutes: int
    waiting_seconds: int  # requested → started (or until now)
    lang: str = "tr"  # what the visitor reads


@dataclass(frozen=True, slots=True)
class Escort:
    id: UUID
    name: str
    busy_with: str  # number of the job, "" when free


@dataclass(frozen=True, slots=True)
class Equipment:
    id: UUID
    code: str
    name: str
    kind: AssistanceKind
    out_with: str  # number of the job, "" when in
    out_since: datetime | None


@dataclass(frozen=True, slots=True)
class AssistanceBoard:
    jobs: tuple[AssistanceJob, ...]
    escorts: tuple[Escort, ...]
    equipment: tuple[Equipment, ...]
    done_today: int


@dataclass(frozen=True, slots=True)
class PersonInput:
    """Identity a person chose to give. Everything is optional; kept apart from the visit or petition."""

    name: str = ""
    tckn: str = ""
    phone: str = ""
    neighbourhood_code: str = ""
    address: str = ""


NOBODY = PersonInput()


class Channel(StrEnum):
    """How a request reached the municipality. Their own fields stand in ``registry.channels``."""

    IN_PERSON = "in_person"  # danışma, face to face; a petition by hand
    KEP = "kep"
    PTT = "ptt"
    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    WEB = "web"
    SOCIAL = "social"
    CIMER = "cimer"
    OPEN_DOOR = "open_door"
    E_STATE = "e_state"
    COURIER = "courier"
    UETS = "uets"
    PUBLIC_DAY = "public_day"
    MEETING = "meeting"
    FIELD = "field"
    BODY_VISIT = "body_visit"
    KIOSK = "kiosk"


CHANNEL_NAMES = {
    Channel.IN_PERSON: N_("Elden"),
    Channel.KEP: N_("KEP"),
    Channel.PTT: N_("PTT"),
    Channel.EMAIL: N_("E-posta"),
    Channel.PHONE: N_("Telefon"),
    Channel.WHATSAPP: N_("WhatsApp"),
    Channel.SMS: N_("SMS"),
    Channel.WEB: N_("Web ve mobil"),
    Channel.SOCIAL: N_("Sosyal medya"),
    Channel.CIMER: N_("CİMER"),
    Channel.OPEN_DOOR: N_("Açık Kapı"),
    Channel.E_STATE: N_("e-Devlet"),
    Channel.COURIER: N_("Kurye"),
    Channel.UETS: N_("UETS"),
    Channel.PUBLIC_DAY: N_("Halk günü"),
    Channel.MEETING: N_("Mahalle buluşması"),
    Channel.FIELD: N_("Saha ziyareti"),
    Channel.BODY_VISIT: N_("STK, site, muhtar ziyareti"),
    Channel.KIOSK: N_("Kiosk"),
}


class DocumentKind(StrEnum):
    """The paper an application came with, if any."""

    PETITION = "petition"
    INFORMATION = "information"
    OFFICIAL_LETTER = "official_letter"
    NOTIFICATION = "notification"
    WARNING = "warning"
    TENDER = "tender"
    ORAL = "oral"
    NONE = "none"


DOCUMENT_NAMES = {
    DocumentKind.PETITION: N_("Dilekçe · 3071"),
    DocumentKind.INFORMATION: N_("Bilgi edinme · 4982"),
    DocumentKind.OFFICIAL_LETTER: N_("Resmî yazı"),
    DocumentKind.NOTIFICATION: N_("Tebligat"),
    DocumentKind.WARNING: N_("İhtarname"),
    DocumentKind.TENDER: N_("Teklif zarfı"),
    DocumentKind.ORAL: N_("Sözlü talep tutanağı"),
    DocumentKind.NONE: N_("Belgesiz başvuru"),
}

EVRAK_CHANNELS = (Channel.IN_PERSON, Channel.KEP, Channel.PTT, Channel.EMAIL, Channel.COURIER, Channel.UETS)
"""How papers reach Evrak Kayıt; the first four are the everyday ones."""

EVRAK_KINDS = tuple(one for one in DocumentKind if one is not DocumentKind.NONE)


class SenderKind(StrEnum):
    PERSON = "person"
    PROXY = "proxy"
    COMPANY = "company"
    BODY = "body"
    HEADMAN = "headman"
    GROUP = "group"


SENDER_NAMES = {
    SenderKind.PERSON: N_("Kişi"),
    SenderKind.PROXY: N_("Vekil"),
    SenderKind.COMPANY: N_("Tüzel kişi"),
    SenderKind.BODY: N_("Kurum"),
    SenderKind.HEADMAN: N_("Muhtarlık"),
    SenderKind.GROUP: N_("Toplu"),
}

LETTERS = frozenset({DocumentKind.OFFICIAL_LETTER, DocumentKind.NOTIFICATION, DocumentKind.WARNING})
"""Papers that are sent to the municipality and ask for nothing: nobody "applies" with one."""


def applicant_label(document: DocumentKind, sender: SenderKind = SenderKind.PERSON) -> str:
    """What the one is called who stands on a paper (a marked string)."""
    if document is DocumentKind.TENDER:
        return N_("İstekli")
    return N_("Gönderen") if document in LETTERS or sender is SenderKind.BODY else N_("Başvuran")


class ApplicationState(StrEnum):
    NEW = "new"
    REFERRED = "referred"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"  # for the citizen: the clock stands
    CLOSED = "closed"
    FORWARDED = "forwarded"
    OUT_OF_SCOPE = "out_of_scope"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    REOPENED = "reopened"
    VOIDED = "voided"  # taken back with the import that brought it


APPLICATION_STATE_NAMES = {
    ApplicationState.NEW: N_("Yeni"),
    ApplicationState.REFERRED: N_("Birime havale"),
    ApplicationState.IN_PROGRESS: N_("İşlemde"),
    ApplicationState.WAITING: N_("Vatandaştan bilgi bekliyor"),
    ApplicationState.CLOSED: N_("Sonuçlandı"),
    ApplicationState.FORWARDED: N_("Kurum dışına iletildi"),
    ApplicationState.OUT_OF_SCOPE: N_("Görev alanı dışında"),
    ApplicationState.WITHDRAWN: N_("Başvuru geri çekildi"),
    ApplicationState.DUPLICATE: N_("Mükerrer"),
    ApplicationState.REOPENED: N_("Yeniden açıldı"),
    ApplicationState.VOIDED: N_("Geri alındı"),
}


class Missing(StrEnum):
    """What the law asks of a petition and this one lacks (Law 3071 art. 4 and 6)."""

    NAME = "name"
    SIGNATURE = "signature"
    ADDRESS = "address"
    SUBJECT = "subject"


MISSING_NAMES = {
    Missing.NAME: N_("Ad soyad"),
    Missing.SIGNATURE: N_("İmza"),
    Missing.ADDRESS: N_("Adres"),
    Missing.SUBJECT: N_("Belirli konu"),
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    name: str
    kind: str  # "Fotoğraf", "Kroki", …
    pages: int


@dataclass(frozen=True, slots=True)
class PetitionRequest:
    """What the clerk entered. Nothing is required: a petition is never refused at the desk."""

    key: str  # made by the form: a second arrival returns the first record
    kind: DocumentKind = DocumentKind.PETITION
    channel: Channel = Channel.IN_PERSON
    sender: PersonInput = NOBODY
    signature_present: bool = False
    subject: str = ""
    unit_code: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    ticket_id: UUID | None = None
    lang: str = "tr"  # of the summary below the alındı belgesi
    outside: str = ""  # of the channel: the PTT item number of a letter, the number of a KEP message


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that an alındı belgesi says (circular 2004/12, and ours)."""

    application_id: UUID
    record_number: str  # "2026/004218"
    kind: DocumentKind
    received_at: datetime
    channel: Channel
    applicant: str  # full name, "" when not given
    applicant_masked: str
    address: str
    subject: str
    unit: str
    enclosures: tuple[Enclosure, ...]
    due_on: date
    due_basis: str  # marked source string, e.g. "Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)"
    missing: tuple[Missing, ...]
    tracking_code: str  # "7K4M-92QD"
    scan_code: str  # 12 digits
    registered_by: str
    registered_by_masked: str  # "S. T."
    copy_no: int = 1
    sender_kind: SenderKind = SenderKind.PERSON
    persons: int = 1
    due_is_target: bool = False  # "Hedef tarih" instead of "Son cevap tarihi"
    preliminary: bool = False  # official registration is in EBYS and not there yet: "Ön kayıt", number = "Takip no"
    official_number: str = ""  # the EBYS number, once known
    official_on: date | None = None
    state: ApplicationState = ApplicationState.NEW
    tender: str = ""  # of a teklif zarfı: what stands on the envelope, name or İKN
    arrived_at: str = ""  # of a teklif zarfı: "24.11.2026 10.42", the minute that counts (Law 4734)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of "Son kayıtlar"; the name is masked."""

    id: UUID
    record_number: str
    at: datetime
    applicant_masked: str
    subject: str
    channel: Channel
    unit: str
    enclosures: int
    due_on: date
    missing: tuple[Missing, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Unit:
    id: UUID
    code: str
    name: str  # "Fen İşleri Müdürlüğü"
    short_name: str  # "Fen İşleri"
    place: str  # "2. kat"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Destination:
    """One line of the desk's search: a service, a subject or a unit, and where it leads."""

    key: str  # "service:V", "subject:imar-durumu", "unit:fen": stable, for "repeat the last one"
    name: str
    detail: str  # "Mali Hizmetler · Zemin kat, Banko 3–5"
    service_code: str  # "" when only a direction can be given
    subject_code: str
    unit_code: str
    letter: str
    fold: str = ""  # folded name, for the search
    guide: str = ""  # the line of the guide that says what it needs; "" when none does


@dataclass(frozen=True, slots=True)
class Staff:
    id: UUID
    code: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What the desk gets back after registering a visitor."""

    id: UUID
    persons: int
    at: datetime
    direction_to: str  # "" when numbers were given

"""Applications (başvuru) of every channel: what comes in, and the frozen rows that lists and the detail page get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desk.errors import N_
from desk.registry.types import (
    NOBODY,
    ApplicationState,
    Channel,
    DocumentKind,
    Enclosure,
    Missing,
    PersonInput,
    SenderKind,
)


class ApplicationKind(StrEnum):
    """What the citizen wants (domain.md, Applications)."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    REPORT = "report"
    INFORMATION = "information"
    THANKS = "thanks"
    WISH = "wish"


APPLICATION_KIND_NAMES = {
    ApplicationKind.REQUEST: N_("Talep"),
    ApplicationKind.COMPLAINT: N_("Şikâyet"),
    ApplicationKind.SUGGESTION: N_("Öneri"),
    ApplicationKind.REPORT: N_("İhbar"),
    ApplicationKind.INFORMATION: N_("Bilgi edinme"),
    ApplicationKind.THANKS: N_("Teşekkür"),
    ApplicationKind.WISH: N_("Dilek"),
}


class Urgency(StrEnum):
    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


URGENCY_NAMES = {
    Urgency.URGENT: N_("Acil"),
    Urgency.HIGH: N_("Yüksek"),
    Urgency.NORMAL: N_("Normal"),
    Urgency.LOW: N_("Düşük"),
}


class Outcome(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    PARTIAL = "partial"


OUTCOME_NAMES = {
    Outcome.POSITIVE: N_("Olumlu"),
    Outcome.NEGATIVE: N_("Olumsuz"),
    Outcome.PARTIAL: N_("Kısmen olumlu"),
}


ENDED_WITHOUT = (
    ApplicationState.FORWARDED,
    ApplicationState.OUT_OF_SCOPE,
    ApplicationState.WITHDRAWN,
    ApplicationState.DUPLICATE,
)
"""States that end an application without an outcome: each is reported apart (forwarded is not solved)."""


class CallOutcome(StrEnum):
    ANSWERED = "answered"
    ABANDONED = "abandoned"  # the caller rang off while waiting
    MISSED = "missed"  # nobody answered, the line was busy or closed


CALL_NAMES = {
    CallOutcome.ANSWERED: N_("Yanıtlandı"),
    CallOutcome.ABANDONED: N_("Beklerken kapandı"),
    CallOutcome.MISSED: N_("Cevapsız"),
}


class CallResult(StrEnum):
    """What came of a call that was answered."""

    INFORMED = "informed"
    TRANSFERRED = "transferred"
    APPLICATION = "application"


CALL_RESULTS = {
    CallResult.INFORMED: N_("Bilgi verildi"),
    CallResult.TRANSFERRED: N_("Birime bağlandı"),
    CallResult.APPLICATION: N_("Başvuru açıldı"),
}


class Clock(StrEnum):
    """Which period binds the answer. TARGET is the unit's own aim ("Hedef tarih"), all others are law."""

    PETITION = "petition"
    INFORMATION = "information"
    INFORMATION_LONG = "information_long"
    CIMER = "cimer"
    CIMER_INFORMATION = "cimer_information"
    TARGET = "target"


CLOCK_NAMES = {
    Clock.PETITION: N_("Dilekçe (3071)"),
    Clock.INFORMATION: N_("Bilgi edinme (4982)"),
    Clock.INFORMATION_LONG: N_("Bilgi edinme, birden çok kurum (4982)"),
    Clock.CIMER: N_("CİMER"),
    Clock.CIMER_INFORMATION: N_("CİMER bilgi edinme"),
    Clock.TARGET: N_("Hedef tarih"),
}


@dataclass(frozen=True, slots=True)
class ApplicationRequest:
    """Any application, through any channel: from a ticket, from Evrak Kayıt, from a call, or alone."""

    key: str  # made by the form: a second arrival returns the first record
    channel: Channel = Channel.IN_PERSON
    kind: ApplicationKind = ApplicationKind.REQUEST
    document: DocumentKind = DocumentKind.NONE
    sender: PersonInput = NOBODY
    sender_kind: SenderKind = SenderKind.PERSON
    persons: int = 1  # of a toplu dilekçe: all who signed, the sender among them
    subject: str = ""
    subject_code: str = ""  # of the routing table; "" for free words
    body: str = ""
    place: str = ""
    neighbourhood_code: str = ""  # of the matter; the sender's when empty
    unit_code: str = ""
    urgency: Urgency | None = None  # None: what the subject proposes
    fields: Mapping[str, str] = field(default_factory=dict)  # the channel's own (registry.channels)
    signature_present: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    ticket_id: UUID | None = None
    visit_id: UUID | None = None
    call_id: UUID | None = None
    same_sender_as: UUID | None = None  # "aynı gönderenle yeni kayıt": takes that record's sender
    received_at: datetime | None = None  # an earlier arrival (an imported row, a tender's minute); None: now
    lang: str = "tr"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who stands behind a record, to be taken over into the next one."""

    application_id: UUID
    record_number: str
    kind: SenderKind
    persons: int
    channel: Channel
    document: DocumentKind
    person: PersonInput


class Order(StrEnum):
    DUE = "due"  # overdue first
    NEWEST = "newest"
    URGENCY = "urgency"  # acil first, then what is due first


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a work list; name and phone are masked."""

    id: UUID
    record_number: str
    received_at: datetime
    applicant_masked: str
    phone_masked: str
    subject: str
    kind: ApplicationKind
    channel: Channel
    unit: str
    neighbourhood: str
    urgency: Urgency
    state: ApplicationState
    outcome: Outcome | None
    due_on: date
    days_left: int  # negative: overdue; of a stopped clock as it stood
    due_is_target: bool
    stopped: bool
    open: bool
    mine: bool
    version: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    rows: tuple[WorkRow, ...]
    next: str  # hand it back for the following page; "" at the end


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    at: datetime
    kind: str  # of registry.life.EVENT_NAMES
    name: str  # marked source string of the kind
    staff: str
    unit: str
    text: str  # the words of the event, "" when none
    data: Mapping[str, str]  # further facts: letter number, outcome, channel …; codes, not sentences


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DueInfo:
    """A last day, and how it came about."""

    on: date
    clock: Clock
    basis: str  # marked source string of the rule
    words: str  # "23.11.2026 + 15 iş günü → 14.12.2026"
    estimated: bool  # a religious holiday in between is only estimated
    day_off: bool  # the last day is a weekend or holiday …
    working_day_before: date  # … and this is the working day before it (the day itself when it is one)
    stopped_on: date | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One opened application, with the person as given: reading it is logged."""

    id: UUID
    version: int
    record_number: str
    tracking_code: str
    scan_code: str
    received_at: datetime
    channel: Channel
    kind: ApplicationKind
    document: DocumentKind
    sender_kind: SenderKind
    persons: int
    hidden: bool  # the identity is to be kept hidden: shown to who may read persons, written on no list
    applicant: str
    phone: str
    address: str
    neighbourhood: str
    subject: str
    body: str
    place: str
    fields: Mapping[str, str]
    unit: str
    unit_code: str
    urgency: Urgency
    state: ApplicationState
    outcome: Outcome | None
    moves: tuple[str, ...]  # codes of registry.life.Move that are possible now
    due: DueInfo
    closed_at: datetime | None
    told_at: datetime | None
    satisfied: str  # yes | no | unreached | ""
    joined_to: str  # record number, "" when not joined
    joined: tuple[str, ...]  # record numbers joined to this one
    owner: str
    official_number: str
    official_on: date | None
    missing: tuple[Missing, ...]
    enclosures: tuple[Enclosure, ...]
    files: tuple[StoredFile, ...]
    timeline: tuple[TimelineEntry, ...]  # oldest first


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the subject search proposes."""

    subject_code: str
    name: str
    unit_code: str
    unit: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    id: UUID
    record_number: str
    received_at: datetime
    applicant_masked: str
    subject: str
    state: ApplicationState
    reason: str  # person | place: marked source strings in registry.duplicates


@dataclass(frozen=True, slots=True)
class CitizenStatus:
    """What a citizen with the paper in hand may know: no names."""

    record_number: str
    state: ApplicationState
    unit: str
    received_on: date
    due_on: date
    due_is_target: bool
    told: bool
    missing: tuple[Missing, ...]
    working_day_before: date | None = None  # where ``due_on`` is a day off


@dataclass(frozen=True, slots=True)
class SavedFilter:
    id: UUID
    name: str
    query: ListQuery


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a work list shows. Empty means: not asked for."""

    unit_code: str = ""
    channel: Channel | None = None
    kind: ApplicationKind | None = None
    state: ApplicationState | None = None
    urgency: Urgency | None = None
    neighbourhood_code: str = ""
    received_from: date | None = None
    received_to: date | None = None
    open_only: bool = True
    overdue_only: bool = False
    awaiting: bool = False  # "sonuç bekleyen": a unit has it and has not answered
    untold: bool = False  # ended, and the citizen was not told yet
    mine: bool = False
    text: str = ""  # number, name, phone or words: the newest hits first, whatever the order
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class ListSize:
    """How many rows a list has as far as it was counted; ``more``: there may be others beyond."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """The figures beside the lists' names."""

    open: int
    overdue: int
    today: int
    awaiting: int
    untold: int
    mine: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class IncomingLine:
    record_number: str
    received_at: datetime
    channel: Channel
    document: DocumentKind
    sender: str
    sender_number: str
    sender_date: str  # 24.11.2026, "" when none
    enclosures: int
    subject: str
    unit: str
    official_number: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    record_number: str
    received_on: date
    applicant: str  # "" when the identity is to be kept hidden
    subject: str
    enclosures: int
    due_on: date


@dataclass(frozen=True, slots=True)
class CoverList:
    """What goes to a unit in one bundle, to be signed for."""

    unit: str
    made_at: datetime
    made_by: str
    lines: tuple[CoverLine, ...]

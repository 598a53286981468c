"""Read types of what the desk tells and keeps beside the visits: guide, messages, visitor cards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Guide:
    """What a service asks of a visitor, as the municipality's Hizmet Standartları Tablosu says it."""

    code: str
    name: str
    documents: tuple[str, ...]
    duration: str
    fee: str
    place: str
    note: str
    unit: str  # short name; "" when it belongs to none
    subject_code: str = ""
    service_code: str = ""


CALLS = frozenset({"Yardıma ihtiyacım var.", "Güvenlik görevlisini gönderiniz."})
"""Ready messages that call for help: they stand out where they arrive. Of a site's own, those that end in "!" do."""


def is_call(text: str) -> bool:
    """Whether a message between desk and counter calls for help."""
    return text in CALLS or text.rstrip().endswith("!")


@dataclass(frozen=True, slots=True)
class Message:
    """A ready sentence on its way between desk (0) and counters (their numbers)."""

    id: UUID
    at: datetime
    text: str
    sender: int
    to: int
    terminal_id: UUID  # it was sent from here
    staff: str
    seen_at: datetime | None
    seen_by: str


@dataclass(frozen=True, slots=True)
class CardOut:
    """A visitor card that is out, where its bearer went and since when."""

    id: UUID
    card: str
    place: str
    persons: int
    out_at: datetime


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the staff window of a site is set to."""

    mask_seconds: int = 30  # of idleness until personal details are covered; 0: never
    lock_seconds: int = 120  # until the window is locked; 0: never
    messages: tuple[str, ...] = ()
    message_sound: bool = False
    cards: bool = False
    card_prefix: str = "ZK"  # what a visitor card's barcode begins with

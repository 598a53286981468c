"""What the print ledger shows to screens and the command line: frozen read types, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desk.errors import N_


class JobState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"


JOB_STATE_NAMES = {
    JobState.QUEUED: N_("Sırada"),
    JobState.SENDING: N_("Basılıyor"),
    JobState.PRINTED: N_("Basıldı"),
    JobState.UNKNOWN: N_("Basıldığı bilinmiyor"),
    JobState.FAILED: N_("Basılamadı"),
}

SETTLED = frozenset({JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED})
"""States that nothing but a reprint follows."""

PRINTER_STATE_NAMES = {
    "unknown": N_("Durumu bilinmiyor"),
    "ready": N_("Hazır"),
    "paper_low": N_("Kâğıt azaldı"),
    "paper_out": N_("Kâğıt bitti"),
    "cover_open": N_("Kapak açık"),
    "offline": N_("Çevrim dışı"),
}


@dataclass(frozen=True, slots=True)
class JobView:
    """One paper. ``reason`` is a marked source string, empty when nothing is wrong; ``slip`` is JSON.

    A *queued* job with a reason waits for its printer (paper, cover, line) and goes on by itself.
    """

    id: UUID
    printer_id: UUID
    kind: str  # ticket | direction | assistance | receipt | deficiency | day
    subject_id: UUID | None
    state: JobState
    reason: str
    copy_no: int
    created_at: datetime
    finished_at: datetime | None
    slip: str


@dataclass(frozen=True, slots=True)
class PrinterView:
    id: UUID
    code: str
    name: str
    profile: str
    address: str
    state: str  # a key of PRINTER_STATE_NAMES
    state_at: datetime | None
    terminal_name: str
    queued: int
    failed: int  # of the last twelve hours: failed or unknown, and not printed again

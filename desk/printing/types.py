"""What screens and the command line see of printers and print jobs."""

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
    JobState.SENDING: N_("Gönderiliyor"),
    JobState.PRINTED: N_("Basıldı"),
    JobState.UNKNOWN: N_("Basıldığı bilinmiyor"),
    JobState.FAILED: N_("Basılamadı"),
}


class PrinterState(StrEnum):
    UNKNOWN = "unknown"
    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"


PRINTER_STATE_NAMES = {
    PrinterState.UNKNOWN: N_("Bilinmiyor"),
    PrinterState.READY: N_("Hazır"),
    PrinterState.PAPER_LOW: N_("Kâğıt azaldı"),
    PrinterState.PAPER_OUT: N_("Kâğıt bitti"),
    PrinterState.COVER_OPEN: N_("Kapak açık"),
    PrinterState.OFFLINE: N_("Çevrim dışı"),
}


@dataclass(frozen=True, slots=True)
class JobView:
    id: UUID
    printer_id: UUID
    kind: str  # ticket | direction | assistance | receipt | deficiency | day
    subject_id: UUID | None
    state: JobState
    reason: str  # why it failed or is unknown, a marked source string; empty when all is well
    copy_no: int
    created_at: datetime
    slip: str  # elements.Slip as JSON


@dataclass(frozen=True, slots=True)
class PrinterView:
    id: UUID
    code: str
    name: str
    terminal_id: UUID
    terminal_name: str
    profile: str
    address: str
    state: PrinterState
    state_at: datetime | None
    queued: int  # jobs that wait or are being sent
    failed: int  # failed or unknown and not printed again since

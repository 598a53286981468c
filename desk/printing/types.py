"""What the print ledger shows to screens and the command line: frozen read types, no tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desk.errors import N_
from desk.values import dataclass


class JobState(StrEnum):
    QUEUED = "queued"
    WAITING = "waiting"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"


JOB_STATE_NAMES = {
    JobState.QUEUED: N_("Sırada"),
    JobState.WAITING: N_("Kararınızı bekliyor"),
    JobState.SENDING: N_("Basılıyor"),
    JobState.PRINTED: N_("Basıldı"),
    JobState.UNKNOWN: N_("Basıldığı bilinmiyor"),
    JobState.FAILED: N_("Basılamadı"),
}

SETTLED = frozenset({JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED})
"""States that nothing but a reprint follows."""

NEEDY = frozenset({JobState.WAITING, JobState.UNKNOWN, JobState.FAILED})
"""States that a person should see: the paper somebody counts on may not be there."""

PRINTER_STATE_NAMES = {
    "unknown": N_("Durumu bilinmiyor"),
    "ready": N_("Hazır"),
    "paper_low": N_("Kâğıt azaldı"),
    "paper_out": N_("Kâğıt bitti"),
    "cover_open": N_("Kapak açık"),
    "cutter": N_("Kesici takıldı"),
    "offline": N_("Çevrim dışı"),
}


@dataclass(frozen=True, slots=True)
class JobView:
    """One paper. ``reason`` is a marked source string, empty when nothing is wrong; ``slip`` is JSON.

    A *queued* job with a reason waits for its printer (paper, cover, line) and goes on by itself; a *waiting* one
    came too late and waits for a person (release or withdraw).
    """

    id: UUID
    printer_id: UUID
    kind: str  # ticket | direction | assistance | receipt | deficiency | day | codepages | …
    subject_id: UUID | None
    state: JobState
    reason: str
    copy_no: int
    created_at: datetime
    finished_at: datetime | None
    slip: str
    printer_name: str = ""
    moved_from: str = ""  # name of the printer that was out of order when another one of its place took the job
    why: str = ""  # a reprint: what whoever asked for it said
    created_by: str = ""  # name of who asked for the paper
    seen_at: datetime | None = None  # since when a person knows that it was not printed
    seen_by: str = ""
    content: bool = True  # False: the slip's content was deleted at the end of its time

    @property
    def is_document(self) -> bool:
        """A PDF or a picture instead of a slip; its content stands beside the job."""
        return self.slip.startswith('{"document"')


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
    failed: int  # of the last twelve hours: failed, unknown or waiting; not printed again, not seen by anybody
    pool: str = ""  # its place; printers of one place stand in for each other
    waiting: int = 0  # of these: too late, a person decides
    running: bool = True  # a living process looks after it

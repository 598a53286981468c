"""One paper on its way: a slip in the printer's bytes, a logo for its memory, a document for the print server.

Each is sent once, and what became of it is told as far as the printer proves it. What may stand on paper without proof
is *unknown*; only what surely is not, because no byte had gone out, goes back to *queued*.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from desk.actor import Actor
from desk.errors import DeskError
from desk.models.engine import Database
from desk.printing import ledger
from desk.printing.bell import Bell
from desk.printing.cups import CupsQueue, Unsure
from desk.printing.elements import Slip
from desk.printing.escpos import build
from desk.printing.logo import logo_upload
from desk.printing.machine import Machine, sentence
from desk.printing.status import PrinterState
from desk.printing.transports import LineFault
from desk.printing.trouble import (
    A4_ON_SLIP_REASON,
    GONE_REASON,
    NO_PROOF_REASON,
    SLIP_ON_A4_REASON,
    UNBUILDABLE_REASON,
    UNPROVED_REASON,
    UNPROVED_REASONS,
)
from desk.printing.types import JobState, JobView

log = logging.getLogger(__name__)

PROOF_SECONDS = 8.0
DOCUMENT_SECONDS = 180.0
"""How long the print server may take for an A4 document before it is taken back."""
DOCUMENT_POLL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a paper. ``trouble``: the line failed with it, and that sentence says how."""

    state: JobState
    reason: str = ""
    trouble: str = ""
    go_on: bool = True  # the next paper may follow at once


class Delivery:
    """Brings papers out of one printer. ``begun``: something of the one in hand may be on paper."""

    def __init__(
        self,
        db: Database,
        actor: Actor,
        printer_id: UUID,
        machine: Machine,
        *,
        keep: Callable[[float], bool],
        note: Callable[[PrinterState], None],
        bell: Bell,
        stopping: threading.Event,
    ) -> None:
        self._db = db
        self._actor = actor
        self._printer_id = printer_id
        self._machine = machine
        self._keep = keep
        self._note = note
        self._bell = bell
        self._stopping = stopping
        self.begun = False

    def hand_out(self, job: JobView) -> Fate | None:
        """None when another process took the printer meanwhile, which has called the job unknown. Raises Fault."""
        self.begun = False
        if self._machine.queue is not None:
            return self._document(self._machine.queue, job)
        if job.kind == "logo":
            return self._logo(job)
        if job.is_document:
            return Fate(JobState.FAILED, A4_ON_SLIP_REASON)
        return self._slip(job)

    def _bytes_of(self, job: JobView) -> bytes | Fate:
        """The slip in this printer's bytes; what cannot be built is the job's end and not the queue's."""
        assert self._machine.profile is not None
        try:
            built = build(Slip.from_json(job.slip), self._machine.profile)
        except DeskError as error:
            return Fate(JobState.FAILED, sentence(error))
        except Exception:
            log.exception("print job %s cannot be built", job.id)
            return Fate(JobState.FAILED, UNBUILDABLE_REASON)
        if built.replaced:
            log.info("print job %s: characters replaced on paper: %d", job.id, len(built.replaced))
        return built.data

    def _slip(self, job: JobView) -> Fate | None:
        """Send once and wait for proof."""
        talk, profile = self._machine.talk, self._machine.profile
        assert talk is not None and profile is not None
        data = self._bytes_of(job)
        if isinstance(data, Fate):
            return data
        process_id = bytes(33 + byte % 94 for byte in job.id.bytes[-4:])
        seconds = PROOF_SECONDS + 10 * len(data) / profile.serial.baud
        if not self._keep(seconds):
            return None
        gone = False
        self.begun = True
        try:
            can_say = talk.send(data, process_id)
            gone = True
            if not can_say:
                return Fate(JobState.UNKNOWN, NO_PROOF_REASON)
            matter = talk.proof(process_id, seconds, self._stopping.is_set)
        except LineFault as fault:
            self._machine.close()
            untouched = fault.sent == 0 and not gone
            return Fate(JobState.QUEUED if untouched else JobState.UNKNOWN, fault.message, trouble=fault.message)
        if matter is not None:
            return Fate(JobState.UNKNOWN, UNPROVED_REASONS.get(matter, UNPROVED_REASON))
        return self._watched_again()

    def _watched_again(self) -> Fate:
        """A slip begins with ESC @, which on some models ends what the printer tells by itself."""
        assert self._machine.talk is not None
        try:
            self._machine.talk.watch()
        except LineFault as fault:
            self._machine.close()
            return Fate(JobState.PRINTED, trouble=fault.message)
        return Fate(JobState.PRINTED)

    def _logo(self, job: JobView) -> Fate:
        """Put the site's logo into the printer's memory; most models start anew after it."""
        talk, profile = self._machine.talk, self._machine.profile
        assert talk is not None and profile is not None
        with self._db.read() as session:
            found = ledger.document(session, job.id)
        try:
            data = logo_upload(found[2] if found else b"", profile)
        except DeskError as error:
            return Fate(JobState.FAILED, sentence(error))
        self._keep(2 * PROOF_SECONDS + 10 * len(data) / profile.serial.baud)
        self.begun = True
        try:
            well = talk.store(data, PROOF_SECONDS)
        except LineFault as fault:
            self._machine.close()
            return Fate(JobState.UNKNOWN, fault.message, trouble=fault.message)
        if well:
            with ledger.entry(self._db, self._actor) as entry:
                ledger.note_logo(entry, self._printer_id)
        self._machine.close()  # opened anew, it knows the logo
        if not well:
            return Fate(JobState.UNKNOWN, UNPROVED_REASON, go_on=False)
        return Fate(JobState.PRINTED)

    def _document(self, queue: CupsQueue, job: JobView) -> Fate:
        """Hand a PDF to the print server and follow it to its end."""
        with self._db.read() as session:
            found = ledger.document(session, job.id)
        if found is None:
            return Fate(JobState.FAILED, GONE_REASON if job.is_document else SLIP_ON_A4_REASON)
        from desk.printing.pdf_copy import check_pdf  # a slip printer needs none of it

        try:
            check_pdf(found[2])
        except DeskError as error:
            return Fate(JobState.FAILED, sentence(error))
        self.begun = True
        try:
            request = queue.submit(found[2], found[1])
        except Unsure as error:
            return Fate(JobState.UNKNOWN, sentence(error), trouble=sentence(error))
        except DeskError as error:
            return Fate(JobState.QUEUED, sentence(error), trouble=sentence(error))
        end = time.monotonic() + DOCUMENT_SECONDS
        while not self._stopping.is_set() and time.monotonic() < end and self._keep(0.0):
            outcome = queue.outcome(request)
            self._note(outcome.printer)
            if outcome.done:
                return Fate(outcome.state, outcome.reason)
            self._bell.wait(DOCUMENT_POLL_SECONDS)
        if queue.cancel(request):  # it must not come out an hour later, when nobody waits for it
            return Fate(JobState.UNKNOWN, UNPROVED_REASON)
        outcome = queue.outcome(request)
        return Fate(outcome.state if outcome.done else JobState.UNKNOWN, outcome.reason)

"""The owner of one printer: status before, the slip sent once, proof after.

The thread owns the line and nobody else touches it. What it does is written in the ledger step by step, so that
a power cut at any moment leaves a state that is true: a slip that may be on paper is *unknown*, never sent again.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from desk.actor import Actor
from desk.errors import DeskError, Fault, UserError
from desk.models.engine import Database
from desk.printing import ledger, pool
from desk.printing.apart import Line as Apart
from desk.printing.bell import Bell
from desk.printing.cups import CupsQueue
from desk.printing.elements import Slip
from desk.printing.escpos import build
from desk.printing.logo import LOGO_KEY, logo_upload
from desk.printing.papers import A4
from desk.printing.profiles import Profile, load_profile
from desk.printing.status import CAN_PRINT, Conversation, PrinterState
from desk.printing.transports import LineFault, Transport, open_transport
from desk.printing.trouble import (
    A4_ON_SLIP_REASON,
    NO_PROOF_REASON,
    SLIP_ON_A4_REASON,
    UNBUILDABLE_REASON,
    UNPROVED_REASON,
    UNPROVED_REASONS,
    WAITING_REASONS,
    Outage,
)
from desk.printing.types import JobState, JobView

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
"""Another process may enqueue here; in this one ``wake`` comes with the commit."""

RENEW_SECONDS = 5.0
HEALTH_SECONDS = 10.0
PROOF_SECONDS = 8.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Pauses before a line or printer in trouble is tried again; the last one repeats."""

DOCUMENT_SECONDS = 180.0
"""How long the print server may take for an A4 document before it is taken back."""
DOCUMENT_POLL_SECONDS = 0.5

_OLD_ENOUGH = timedelta(seconds=10)  # a slip younger than this is never stale, whatever the settings say
STOP_SECONDS = 3.0
_LONG_SECONDS = ledger.LEASE.total_seconds() - RENEW_SECONDS  # what is left of a lease just before it is renewed


class Worker:
    """Owns one printer. ``look`` is one round of its work; all but ``wake`` and stopping is for one thread."""

    def __init__(
        self,
        db: Database,
        actor: Actor,
        data_dir: Path,
        printer_id: UUID,
        on_change: Callable[[], None] | None = None,
    ) -> None:
        self._db = db
        self._actor = actor
        self._profiles = data_dir / "printers"
        self._printer_id = printer_id
        self._on_change = on_change or (lambda: None)
        self._host = socket.gethostname()
        self._owner = f"{self._host}:{os.getpid()}:{secrets.token_hex(4)}"
        self._bell = Bell()
        self._apart = Apart(self._bell.ring)
        self._outage = Outage(f"printer {printer_id}")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{printer_id}", daemon=True)
        self._ident: int | None = None  # of the thread that works here
        self._line: Transport | None = None
        self._cups: CupsQueue | None = None
        self._talk: Conversation | None = None
        self._profile: Profile | None = None
        self._opened_as: tuple[str, str, bool] | None = None
        self._state: PrinterState | None = None
        self._unsettled: list[tuple[UUID, JobState, str]] = []
        self._renew_at = self._health_at = self._retry_at = 0.0
        self._tries = 0
        self._begun = False  # of the job in hand something may be on paper
        self._trouble = ""
        self._held = False

    # From other threads

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._bell.ring()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._bell.ring()

    def join(self) -> None:
        self._thread.join(STOP_SECONDS)
        line = self._line
        if self._thread.is_alive() and line is not None:
            line.cancel()
            self._thread.join(STOP_SECONDS)

    # The thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._apart.pour(self._line)
                pause = self._look_safely()
                self._bell.wait(pause, self._line.fileno() if self._line else -1)
        finally:
            self.leave()

    def _look_safely(self) -> float:
        """A database that is away, or a bug, must not end the only thread that can print."""
        try:
            pause = self.look()
        except Exception as error:
            self._outage.note(error)
            if not isinstance(error, Fault):
                self._close()
            return 1.0
        self._outage.over()
        return pause

    @property
    def in_trouble(self) -> bool:
        return bool(self._trouble)

    def look(self) -> float:
        """Keep the lease, hear the printer, print what waits, ask how it is. Seconds until the next round."""
        self._ident = self._ident or threading.get_ident()
        assert self._ident == threading.get_ident(), "a printer's line belongs to one thread"
        self._write_down_unsettled()
        self._hear()
        while not self._stopping.is_set():
            if not self._hold_lease():  # asked before each slip: a long queue outlasts a lease
                self._close()
                return POLL_SECONDS
            post = self._look_at_post()
            if self._trouble and time.monotonic() < self._retry_at:
                self._explain(self._trouble)
                return min(self._retry_at - time.monotonic(), POLL_SECONDS)
            if not post.active or (post.waiting_since is None and not self._stand_in(post)):
                break
            self._set_aside_stale(post)
            if not self._print_next(post):
                break
        if time.monotonic() >= self._health_at:
            self._health()
        return POLL_SECONDS

    def leave(self) -> None:
        """Give the printer up; the next process need not wait for the lease to run out."""
        self._close()
        try:
            self._write_down_unsettled()
            if self._held:
                with ledger.entry(self._db, self._actor) as entry:
                    ledger.release(entry, self._printer_id, self._owner)
        except Fault as error:
            log.warning("printer %s: lease not given up; it runs out by itself: %s", self._printer_id, error.text())
        self._bell.close()

    # The ledger

    def _hold_lease(self, seconds: float = 0.0) -> bool:
        """Whether the printer is ours; for a slip that takes ``seconds``, until that one is through."""
        longer = timedelta(seconds=seconds) if seconds > _LONG_SECONDS else timedelta()
        if self._held and not longer and time.monotonic() < self._renew_at:
            return True
        if not self._held and not self._is_free():
            return False
        with self._db.read() as session:
            other = ledger.owner_of(session, self._printer_id)
        gone = other if _is_dead(other) else ""
        with ledger.entry(self._db, self._actor) as entry:
            twin = None if self._held else self._twin(entry.session, lock=True)
            self._held = twin is None and ledger.lease(entry, self._printer_id, self._owner, gone=gone, longer=longer)
        self._renew_at = time.monotonic() + RENEW_SECONDS
        return self._held

    def _is_free(self) -> bool:
        """Looks before it writes, twice a second. A device that is held under another row prints our slips there."""
        with self._db.read() as session:
            owner, until = ledger.holding(session, self._printer_id)
            twin = self._twin(session)
            waits = twin is not None and ledger.post(session, self._printer_id).waiting_since is not None
        if twin is not None and (waits or self._state is not None):
            with ledger.entry(self._db, self._actor) as entry:
                pool.hand_over(entry, self._printer_id, twin)
            self._state = None
            self._on_change()
        living = until is not None and until >= self._db.now() and not _is_dead(owner)
        return twin is None and (owner in ("", self._owner) or not living)

    def _twin(self, session: Session, *, lock: bool = False) -> UUID | None:
        """The row under which a living process holds this very device."""
        address = ledger.post(session, self._printer_id).address
        try:
            return pool.holder(session, self._db.now(), self._printer_id, address, self._host, lock=lock)
        except UserError:  # the address is wrong: opening it says so
            return None

    def _look_at_post(self) -> ledger.Post:
        with self._db.read() as session:
            post = ledger.post(session, self._printer_id)
        if self._opened_as is not None and self._opened_as != _as_opened(post):
            self._close()  # the printer was changed in the settings
            self._retry_at = 0.0
            self._give_up_lease()  # the new device may be held under another row
        return post

    def _give_up_lease(self) -> None:
        with ledger.entry(self._db, self._actor) as entry:
            ledger.release(entry, self._printer_id, self._owner)
        self._held = False
        self._hold_lease()

    def _stand_in(self, post: ledger.Post) -> bool:
        """Take what waits at an ill printer of the same place, when this one is well. Whether there was anything."""
        if not post.pool or self._trouble or self._state not in CAN_PRINT:
            return False
        with self._db.read() as session:
            if not pool.waits_elsewhere(session, self._db.now(), self._printer_id):
                return False
        with ledger.entry(self._db, self._actor) as entry:
            taken = pool.take_over(entry, self._printer_id)
        self._on_change()
        return bool(taken)

    def _set_aside_stale(self, post: ledger.Post) -> None:
        now = self._db.now()
        if post.waiting_since is None or now - post.waiting_since <= _OLD_ENOUGH:
            return
        with self._db.read() as session:
            if now - post.waiting_since <= min(ledger.stale_after(session, self._actor.site_id)):
                return
        with ledger.entry(self._db, self._actor) as entry:
            aside = ledger.set_aside_stale(entry, self._printer_id)
        if aside:
            self._on_change()

    def _explain(self, reason: str) -> None:
        """Waiting jobs say why. Looks before it writes: a printer in trouble is looked at every half second."""
        with self._db.read() as session:
            unexplained = ledger.unexplained(session, self._printer_id, reason)
        if unexplained:
            with ledger.entry(self._db, self._actor) as entry:
                ledger.hold(entry, self._printer_id, reason)
            self._on_change()

    def _settle(self, job: JobView, state: JobState, reason: str = "") -> None:
        """Kept until it is written, should the disk be full just now: no other slip is sent before."""
        self._unsettled.append((job.id, state, reason))
        self._write_down_unsettled()

    def _write_down_unsettled(self) -> None:
        while self._unsettled:
            job_id, state, reason = self._unsettled[0]
            with ledger.entry(self._db, self._actor) as entry:
                ledger.settle(entry, job_id, state, reason)
            del self._unsettled[0]
            self._on_change()

    def _note(self, state: PrinterState) -> None:
        if state == self._state:
            return
        with ledger.entry(self._db, self._actor) as entry:
            news = ledger.note_state(entry, self._printer_id, state)
        self._state = state
        if news:
            self._on_change()

    # The printer

    def _print_next(self, post: ledger.Post) -> bool:
        """Print one job. False when the printer is in trouble or nothing was left for us."""
        if not self._ready(post):
            return False
        with ledger.entry(self._db, self._actor) as entry:
            job = ledger.take(entry, self._printer_id, self._owner)
        if job is None:
            return False
        self._begun = False
        try:
            self._on_change()
            return self._hand_out(job)
        except Exception as error:
            self._own_up(job, error)
            raise

    def _hand_out(self, job: JobView) -> bool:
        if self._cups is not None:
            return self._send_document(self._cups, job)
        if job.kind == "logo":
            return self._send_logo(job)
        data = self._bytes_of(job)
        return data is None or self._send(job, data)

    def _own_up(self, job: JobView, error: Exception) -> None:
        """A job that a full disk or a bug caught half way is settled all the same: *sending* would be for ever, since
        only another owner of the printer ends it. Written down in the next round."""
        if all(job.id != job_id for job_id, _, _ in self._unsettled):
            untouched = isinstance(error, Fault) and not self._begun
            state = JobState.QUEUED if untouched else JobState.UNKNOWN
            self._unsettled.append((job.id, state, "" if untouched else ledger.INTERRUPTED_REASON))

    def _ready(self, post: ledger.Post) -> bool:
        """Whether a slip may be sent now. Opens the line when it is closed, and asks the printer."""
        try:
            if post.address.startswith(A4):
                state, silent = self._open_cups(post).state(), True
                may = state != PrinterState.OFFLINE  # the server learns of paper only while it prints
            else:
                talk, profile = self._open(post)
                state, silent = talk.state(), profile.status.realtime
                may = state in CAN_PRINT
        except DeskError as error:
            self._close()
            self._in_trouble(PrinterState.OFFLINE, _sentence(error))
            return False
        self._health_at = time.monotonic() + HEALTH_SECONDS
        silent = silent and state == PrinterState.UNKNOWN
        if silent or not may:
            self._in_trouble(state, WAITING_REASONS[state])
            return False
        self._note(state)
        self._trouble, self._tries = "", 0
        return True

    def _open(self, post: ledger.Post) -> tuple[Conversation, Profile]:
        if self._talk is None or self._profile is None:
            profile = load_profile(post.profile, self._profiles)
            keeps = post.has_logo and profile.stores_logo
            self._profile = replace(profile, logo=LOGO_KEY) if keeps else profile
            self._line = open_transport(post.address, profile)
            self._line.when_heard(self._bell.ring)
            self._talk = Conversation(self._line, profile)
            self._opened_as = _as_opened(post)
            self._apart.hold(post.address)
            self._talk.watch()
        return self._talk, self._profile

    def _open_cups(self, post: ledger.Post) -> CupsQueue:
        if self._cups is None:
            self._cups = CupsQueue(post.address)
            self._opened_as = _as_opened(post)
        return self._cups

    def _close(self) -> None:
        line, self._line, self._talk, self._cups, self._opened_as = self._line, None, None, None, None
        if line is not None:
            self._apart.let_go()
            line.close()

    def _hear(self) -> None:
        """What the printer says by itself between slips; a cable that was pulled is noticed here."""
        if self._talk is None:
            return
        try:
            state = self._talk.news()
        except LineFault as fault:
            self._close()
            self._in_trouble(PrinterState.OFFLINE, fault.message)
            return
        if state is None:
            return
        if state not in CAN_PRINT:
            self._in_trouble(state, WAITING_REASONS[state])
            return
        self._note(state)
        self._trouble, self._tries, self._retry_at = "", 0, 0.0

    def _in_trouble(self, state: PrinterState, reason: str) -> None:
        self._trouble = reason
        self._retry_at = time.monotonic() + RETRY_SECONDS[min(self._tries, len(RETRY_SECONDS) - 1)]
        self._tries += 1
        self._note(state)
        self._explain(reason)

    def _health(self) -> None:
        self._health_at = time.monotonic() + HEALTH_SECONDS
        with self._db.read() as session:
            post = ledger.post(session, self._printer_id)
        self._ready(post)

    def _bytes_of(self, job: JobView) -> bytes | None:
        """The slip in this printer's bytes; None when that failed, which is the job's end and not the queue's."""
        assert self._profile is not None
        if job.is_document:
            self._settle(job, JobState.FAILED, A4_ON_SLIP_REASON)
            return None
        try:
            built = build(Slip.from_json(job.slip), self._profile)
        except DeskError as error:
            self._settle(job, JobState.FAILED, _sentence(error))
            return None
        except Exception:
            log.exception("print job %s cannot be built", job.id)
            self._settle(job, JobState.FAILED, UNBUILDABLE_REASON)
            return None
        if built.replaced:
            log.info("print job %s: characters replaced on paper: %d", job.id, len(built.replaced))
        return built.data

    def _send(self, job: JobView, data: bytes) -> bool:
        """Send once and wait for proof. False when the line failed."""
        assert self._talk is not None and self._profile is not None
        process_id = bytes(33 + byte % 94 for byte in job.id.bytes[-4:])
        seconds = PROOF_SECONDS + 10 * len(data) / self._profile.serial.baud
        if not self._hold_lease(seconds):
            return False  # whoever took the printer has called this job unknown
        gone = False
        self._begun = True
        try:
            can_say = self._talk.send(data, process_id)
            gone = True
            if not can_say:
                self._settle(job, JobState.UNKNOWN, NO_PROOF_REASON)
                return True
            matter = self._talk.proof(process_id, seconds, self._stopping.is_set)
        except LineFault as fault:
            self._close()
            untouched = fault.sent == 0 and not gone
            self._settle(job, JobState.QUEUED if untouched else JobState.UNKNOWN, fault.message)
            self._in_trouble(PrinterState.OFFLINE, fault.message)
            return False
        if matter is None:
            self._settle(job, JobState.PRINTED)
            return self._watch_again()
        self._settle(job, JobState.UNKNOWN, UNPROVED_REASONS.get(matter, UNPROVED_REASON))
        return True

    def _watch_again(self) -> bool:
        """A slip begins with ESC @, which on some models ends what the printer tells by itself."""
        assert self._talk is not None
        try:
            self._talk.watch()
        except LineFault as fault:
            self._close()
            self._in_trouble(PrinterState.OFFLINE, fault.message)
            return False
        return True

    def _send_logo(self, job: JobView) -> bool:
        """Put the site's logo into the printer's memory; most models start anew after it."""
        assert self._talk is not None and self._profile is not None
        with self._db.read() as session:
            found = ledger.document(session, job.id)
        try:
            data = logo_upload(found[2] if found else b"", self._profile)
        except DeskError as error:
            self._settle(job, JobState.FAILED, _sentence(error))
            return True
        self._hold_lease(2 * PROOF_SECONDS + 10 * len(data) / self._profile.serial.baud)
        self._begun = True
        try:
            well = self._talk.store(data, PROOF_SECONDS)
        except LineFault as fault:
            self._close()
            self._settle(job, JobState.UNKNOWN, fault.message)
            self._in_trouble(PrinterState.OFFLINE, fault.message)
            return False
        if well:
            with ledger.entry(self._db, self._actor) as entry:
                ledger.note_logo(entry, self._printer_id)
        self._settle(job, JobState.PRINTED if well else JobState.UNKNOWN, "" if well else UNPROVED_REASON)
        self._close()  # opened anew, it knows the logo
        return well

    def _send_document(self, queue: CupsQueue, job: JobView) -> bool:
        """Hand a PDF to the print server and follow it to its end. False when there is none to hand it to."""
        with self._db.read() as session:
            found = ledger.document(session, job.id)
        if found is None:
            self._settle(job, JobState.FAILED, SLIP_ON_A4_REASON)
            return True
        self._begun = True
        try:
            request = queue.submit(found[2], found[1])
        except DeskError as error:
            self._settle(job, JobState.QUEUED, _sentence(error))
            self._in_trouble(PrinterState.OFFLINE, _sentence(error))
            return False
        end = time.monotonic() + DOCUMENT_SECONDS
        while not self._stopping.is_set() and time.monotonic() < end and self._hold_lease():
            outcome = queue.outcome(request)
            self._note(outcome.printer)
            if outcome.done:
                self._settle(job, outcome.state, outcome.reason)
                return True
            self._bell.wait(DOCUMENT_POLL_SECONDS)
        if queue.cancel(request):  # it must not come out an hour later, when nobody waits for it
            self._settle(job, JobState.UNKNOWN, UNPROVED_REASON)
            return True
        outcome = queue.outcome(request)
        self._settle(job, outcome.state if outcome.done else JobState.UNKNOWN, outcome.reason)
        return True


def _as_opened(post: ledger.Post) -> tuple[str, str, bool]:
    return post.address, post.profile, post.has_logo


def _sentence(error: DeskError) -> str:
    """A job keeps a marked sentence; one with parameters is put into words now."""
    return error.text() if error.params else error.message


def _is_dead(owner: str) -> bool:
    """Whether the lease's owner was a process of this machine that is gone (a crash, a power cut)."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if os.name != "posix" or host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False  # alive, and somebody else's
    return False

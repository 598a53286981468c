"""One long-lived thread per printer: status before, the slip sent once, proof after.

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
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from desk.actor import Actor
from desk.errors import N_, DeskError, Fault
from desk.models.engine import Database
from desk.printing import ledger
from desk.printing.elements import Slip
from desk.printing.escpos import build
from desk.printing.profiles import Profile, load_profile
from desk.printing.status import CAN_PRINT, Conversation, PrinterState
from desk.printing.transports import LineFault, Transport, open_transport
from desk.printing.types import SETTLED, JobState, JobView

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
"""Another process may enqueue here; in this one ``wake`` comes with the commit."""

RENEW_SECONDS = 5.0
HEALTH_SECONDS = 10.0
PROOF_SECONDS = 8.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Pauses before a line or printer in trouble is tried again; the last one repeats."""

_STOP_SECONDS = 3.0
_LONG_SECONDS = ledger.LEASE.total_seconds() - RENEW_SECONDS  # what is left of a lease just before it is renewed

SILENT_REASON = N_("Yazıcı yanıt vermiyor. Açık ve bağlı olduğundan emin olunuz.")
UNPROVED_REASON = N_("Yazıcı, fişin basıldığını bildirmedi.")
NO_PROOF_REASON = N_("Bu yazıcı modeli basıldığını bildirmez.")
UNBUILDABLE_REASON = N_("Fiş hazırlanamadı. Bilgi işleme haber veriniz.")
_WAITING_REASONS = {
    PrinterState.PAPER_OUT: N_("Kâğıt bitti. Rulo takılınca basılacak."),
    PrinterState.COVER_OPEN: N_("Yazıcının kapağı açık. Kapatılınca basılacak."),
    PrinterState.OFFLINE: N_("Yazıcı çevrim dışı. Yazıcıyı denetleyiniz."),
    PrinterState.UNKNOWN: SILENT_REASON,
}
_UNPROVED_REASONS = {
    PrinterState.PAPER_OUT: N_("Kâğıt, baskı sırasında bitti."),
    PrinterState.COVER_OPEN: N_("Kapak, baskı sırasında açıldı."),
}


class Spooler:
    """The printers of a terminal, each with its thread, for as long as a window lives."""

    def __init__(self, db: Database, actor: Actor, data_dir: Path, on_change: Callable[[], None] | None = None) -> None:
        """``on_change`` is called on a printer's thread after each change it made to the ledger."""
        self._db = db
        self._actor = actor
        self._data_dir = data_dir
        self._on_change = on_change
        self._workers: list[_Worker] = []

    def start(self) -> None:
        with self._db.read() as session:
            mine = ledger.printers_of(session, self._actor.terminal_id)
        for printer_id in mine:
            worker = _Worker(self._db, self._actor, self._data_dir, printer_id, self._on_change)
            self._workers.append(worker)
            worker.start()
        self._db.after_commit.append(self.wake)

    def wake(self) -> None:
        """Something may wait at a printer. Cheap, from any thread."""
        for worker in self._workers:
            worker.wake()

    def stop(self) -> None:
        """Let each printer finish what it prints (a few seconds at most), then give it up."""
        if self.wake in self._db.after_commit:
            self._db.after_commit.remove(self.wake)
        for worker in self._workers:
            worker.ask_to_stop()
        for worker in self._workers:
            worker.join()
        self._workers.clear()


def print_now(db: Database, actor: Actor, data_dir: Path, job_id: UUID, seconds: float) -> str:
    """Print from here if no window does: for the command line. Returns the job's state.

    Waits until the job is settled, or ``seconds`` are over, or its printer turns out to be in trouble.
    """
    end = time.monotonic() + seconds
    with db.read() as session:
        printer_id = ledger.job(session, job_id).printer_id
        ours = ledger.post(session, printer_id).terminal_id == actor.terminal_id
    worker = _Worker(db, actor, data_dir, printer_id) if ours else None
    try:
        while True:
            pause = worker.look() if worker else POLL_SECONDS
            with db.read() as session:
                state = ledger.job(session, job_id).state
            left = end - time.monotonic()
            if state in SETTLED or left <= 0 or (worker and worker.in_trouble):
                return state
            time.sleep(min(pause, left, 0.05))
    finally:
        if worker:
            worker.leave()


class _Worker:
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
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{printer_id}", daemon=True)
        self._ident: int | None = None  # of the thread that works here
        self._line: Transport | None = None
        self._talk: Conversation | None = None
        self._profile: Profile | None = None
        self._opened_as: tuple[str, str] | None = None
        self._state: PrinterState | None = None
        self._unsettled: list[tuple[UUID, JobState, str]] = []
        self._renew_at = self._health_at = self._retry_at = 0.0
        self._tries = 0
        self._trouble = ""

    # From other threads

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def join(self) -> None:
        self._thread.join(_STOP_SECONDS)
        line = self._line
        if self._thread.is_alive() and line is not None:
            line.cancel()
            self._thread.join(_STOP_SECONDS)

    # The thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                pause = self._look_safely()
                self._wake.wait(pause)
                self._wake.clear()
        finally:
            self.leave()

    def _look_safely(self) -> float:
        """A database that is away, or a bug, must not end the only thread that can print."""
        try:
            return self.look()
        except Fault:
            log.warning("printer %s: the ledger cannot be reached", self._printer_id, exc_info=True)
        except Exception:
            log.exception("printer %s: unexpected", self._printer_id)
            self._close()
        return 1.0

    @property
    def in_trouble(self) -> bool:
        return bool(self._trouble)

    def look(self) -> float:
        """Keep the lease, print what waits, ask the printer how it is. Seconds until the next round."""
        self._ident = self._ident or threading.get_ident()
        assert self._ident == threading.get_ident(), "a printer's line belongs to one thread"
        self._write_down_unsettled()
        while not self._stopping.is_set():
            if not self._hold_lease():  # asked before each slip: a long queue outlasts a lease
                self._close()
                return POLL_SECONDS
            post = self._look_at_post()
            if self._trouble and time.monotonic() < self._retry_at:
                self._explain(self._trouble)
                return min(self._retry_at - time.monotonic(), POLL_SECONDS)
            if post.waiting_since is None or not post.active:
                break
            self._set_aside_stale(post)
            if not self._print_next():
                break
        if time.monotonic() >= self._health_at:
            self._health()
        return POLL_SECONDS

    def leave(self) -> None:
        """Give the printer up; the next process need not wait for the lease to run out."""
        self._close()
        try:
            self._write_down_unsettled()
            if self._renew_at:
                with ledger.entry(self._db, self._actor) as entry:
                    ledger.release(entry, self._printer_id, self._owner)
        except Fault:
            log.warning("printer %s: lease not given up; it runs out by itself", self._printer_id, exc_info=True)

    # The ledger

    def _hold_lease(self, seconds: float = 0.0) -> bool:
        """Whether the printer is ours; for a slip that takes ``seconds``, until that one is through."""
        longer = timedelta(seconds=seconds) if seconds > _LONG_SECONDS else timedelta()
        if not longer and time.monotonic() < self._renew_at:
            return True
        with self._db.read() as session:
            other = ledger.owner_of(session, self._printer_id)
        gone = other if _is_dead(other) else ""
        with ledger.entry(self._db, self._actor) as entry:
            held = ledger.lease(entry, self._printer_id, self._owner, gone=gone, longer=longer)
        self._renew_at = time.monotonic() + RENEW_SECONDS if held else 0.0
        return held

    def _look_at_post(self) -> ledger.Post:
        with self._db.read() as session:
            post = ledger.post(session, self._printer_id)
        if self._opened_as is not None and self._opened_as != (post.address, post.profile):
            self._close()  # the printer was changed in the settings
        return post

    def _set_aside_stale(self, post: ledger.Post) -> None:
        if post.waiting_since and self._db.now() - post.waiting_since > min(ledger.STALE.values()):
            with ledger.entry(self._db, self._actor) as entry:
                ledger.set_aside_stale(entry, self._printer_id)
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

    def _print_next(self) -> bool:
        """Print one job. False when the printer is in trouble or nothing was left for us."""
        if not self._ready():
            return False
        with ledger.entry(self._db, self._actor) as entry:
            job = ledger.take(entry, self._printer_id, self._owner)
        if job is None:
            return False
        self._on_change()
        data = self._bytes_of(job)
        return data is None or self._send(job, data)

    def _ready(self) -> bool:
        """Whether a slip may be sent now. Opens the line when it is closed, and asks the printer."""
        try:
            talk, profile = self._open()
            state = talk.state()
        except DeskError as error:
            self._close()
            self._in_trouble(PrinterState.OFFLINE, _sentence(error))
            return False
        self._health_at = time.monotonic() + HEALTH_SECONDS
        silent = state == PrinterState.UNKNOWN and profile.status.realtime
        if silent or state not in CAN_PRINT:
            self._in_trouble(state, _WAITING_REASONS[state])
            return False
        self._note(state)
        self._trouble, self._tries = "", 0
        return True

    def _open(self) -> tuple[Conversation, Profile]:
        if self._talk is None or self._profile is None:
            with self._db.read() as session:
                post = ledger.post(session, self._printer_id)
            self._profile = load_profile(post.profile, self._profiles)
            self._line = open_transport(post.address, self._profile)
            self._talk = Conversation(self._line, self._profile)
            self._opened_as = (post.address, post.profile)
        return self._talk, self._profile

    def _close(self) -> None:
        line, self._line, self._talk, self._opened_as = self._line, None, None, None
        if line is not None:
            line.close()

    def _in_trouble(self, state: PrinterState, reason: str) -> None:
        self._trouble = reason
        self._retry_at = time.monotonic() + RETRY_SECONDS[min(self._tries, len(RETRY_SECONDS) - 1)]
        self._tries += 1
        self._note(state)
        self._explain(reason)

    def _health(self) -> None:
        self._health_at = time.monotonic() + HEALTH_SECONDS
        self._ready()

    def _bytes_of(self, job: JobView) -> bytes | None:
        """The slip in this printer's bytes; None when that failed, which is the job's end and not the queue's."""
        assert self._profile is not None
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
        else:
            self._settle(job, JobState.UNKNOWN, _UNPROVED_REASONS.get(matter, UNPROVED_REASON))
        return True


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

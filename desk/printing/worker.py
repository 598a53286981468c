"""The owner of one printer: status before, the slip sent once, proof after.

The thread owns the line and nobody else touches it. What it does is written in the ledger step by step, so that
a power cut at any moment leaves a state that is true: a slip that may be on paper is *unknown*, never sent again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from desk.actor import Actor
from desk.errors import Fault
from desk.models.engine import Database
from desk.printing import ledger, pool
from desk.printing.bell import Bell
from desk.printing.delivery import Delivery
from desk.printing.hold import Hold
from desk.printing.machine import Machine, Trouble
from desk.printing.status import CAN_PRINT, PrinterState
from desk.printing.trouble import Outage
from desk.printing.types import JobState, JobView

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
"""Another process may enqueue here; in this one ``wake`` comes with the commit."""

HEALTH_SECONDS = 10.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Pauses before a line or printer in trouble is tried again; the last one repeats."""

_OLD_ENOUGH = timedelta(seconds=10)  # a slip younger than this is never stale, whatever the settings say
STOP_SECONDS = 3.0


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
        self._printer_id = printer_id
        self._on_change = on_change or (lambda: None)
        self._bell = Bell()
        self._outage = Outage(f"printer {printer_id}")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{printer_id}", daemon=True)
        self._ident: int | None = None  # of the thread that works here
        self._hold = Hold(db, actor, printer_id, self._on_change)
        self._machine = Machine(data_dir / "printers", self._bell)
        self._delivery = Delivery(
            db, actor, printer_id, self._machine,
            keep=self._keep_lease, note=self._note, bell=self._bell, stopping=self._stopping,
        )  # fmt: skip
        self._post: ledger.Post | None = None
        self._post_of: object | None = None  # the database's beat when it was read
        self._explained: object | None = None
        self._state: PrinterState | None = None
        self._unsettled: list[tuple[UUID, JobState, str]] = []
        self._health_at = self._retry_at = 0.0
        self._tries = 0
        self._trouble = ""

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
        if self._thread.is_alive():
            self._machine.cancel()
            self._thread.join(STOP_SECONDS)

    # The thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._machine.pour()
                pause = self._look_safely()
                # What the printer says is read by a round that succeeds: waiting for it now would be no wait at all.
                self._bell.wait(pause, -1 if self._outage.lasts else self._machine.fileno())
        finally:
            self.leave()

    def _look_safely(self) -> float:
        """A database that is away, or a bug, must not end the only thread that can print."""
        try:
            pause = self.look()
        except Exception as error:
            self._outage.note(error)
            if not isinstance(error, Fault):
                self._machine.close()
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
            if not self._keep_lease():  # asked before each slip: a long queue outlasts a lease
                self._machine.close()
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
        self._machine.close()
        try:
            self._write_down_unsettled()
            self._hold.give_up()
        except Fault as error:
            log.warning("printer %s: lease not given up; it runs out by itself: %s", self._printer_id, error.text())
        self._bell.close()

    # The ledger

    def _keep_lease(self, seconds: float = 0.0) -> bool:
        held = self._hold.keep(seconds, seen=self._state is not None)
        if not held:
            self._state = None  # another process says how the printer is
        return held

    def _look_at_post(self) -> ledger.Post:
        post = self._read_post()
        if self._machine.is_changed(post):
            self._machine.close()  # the printer was changed in the settings
            self._retry_at = 0.0
            self._hold.give_up()  # the new device may be held under another row
            self._keep_lease()
        return post

    def _read_post(self) -> ledger.Post:
        """As the table has it; read when anything was written since."""
        beat = self._db.beat()  # before the read: what is written meanwhile is another one
        if self._post is None or beat is None or beat != self._post_of:
            with self._db.read() as session:
                self._post = ledger.post(session, self._printer_id)
            self._post_of = beat
        return self._post

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
        now = (self._db.beat(), reason)
        if now[0] is not None and now == self._explained:
            return
        with self._db.read() as session:
            unexplained = ledger.unexplained(session, self._printer_id, reason)
        if unexplained:
            with ledger.entry(self._db, self._actor) as entry:
                ledger.hold(entry, self._printer_id, reason)
            self._on_change()
        self._explained = now

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
            job = ledger.take(entry, self._printer_id, self._hold.owner)
        if job is None:
            return False
        try:
            self._on_change()
            fate = self._delivery.hand_out(job)
            if fate is None:
                return False
            self._settle(job, fate.state, fate.reason)
        except Exception as error:
            self._own_up(job, error)
            raise
        if fate.trouble:
            self._in_trouble(Trouble(PrinterState.OFFLINE, fate.trouble))
        return fate.go_on and not fate.trouble

    def _own_up(self, job: JobView, error: Exception) -> None:
        """A job that a full disk or a bug caught half way is settled all the same: *sending* would be for ever, since
        only another owner of the printer ends it. Written down in the next round."""
        if all(job.id != job_id for job_id, _, _ in self._unsettled):
            untouched = isinstance(error, Fault) and not self._delivery.begun
            state = JobState.QUEUED if untouched else JobState.UNKNOWN
            self._unsettled.append((job.id, state, "" if untouched else ledger.INTERRUPTED_REASON))

    def _ready(self, post: ledger.Post) -> bool:
        """Whether a paper may be sent now. Opens the line when it is closed, and asks the printer."""
        self._health_at = time.monotonic() + HEALTH_SECONDS
        try:
            state = self._machine.state(post)
        except Trouble as trouble:
            self._in_trouble(trouble)
            if trouble.state == PrinterState.OFFLINE:
                self._health_at = self._retry_at  # switched on, it is well without a paper having asked for it
            return False
        self._note(state)
        self._trouble, self._tries = "", 0
        return True

    def _hear(self) -> None:
        """What the printer says by itself between slips."""
        try:
            state = self._machine.news()
        except Trouble as trouble:
            self._in_trouble(trouble)
            return
        if state is not None:
            self._note(state)
            self._trouble, self._tries, self._retry_at = "", 0, 0.0

    def _in_trouble(self, trouble: Trouble) -> None:
        self._trouble = trouble.reason
        self._retry_at = time.monotonic() + RETRY_SECONDS[min(self._tries, len(RETRY_SECONDS) - 1)]
        self._tries += 1
        self._note(trouble.state)
        self._explain(trouble.reason)

    def _health(self) -> None:
        self._ready(self._read_post())

"""The printers of a terminal, each with a thread of its own, for as long as a window lives."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from desk.actor import Actor
from desk.models.engine import Database
from desk.printing import decisions, ledger
from desk.printing.trouble import Outage
from desk.printing.types import SETTLED
from desk.printing.worker import POLL_SECONDS, STOP_SECONDS, Worker

FOLLOW_SECONDS = 2.0
"""How soon a printer that was added, given to another terminal or switched off in the settings is noticed."""

HOUSEKEEPING_SECONDS = 24 * 3600.0
_FIRST_HOUSEKEEPING_SECONDS = 60.0  # not while the window opens


class Spooler:
    """The printers of a terminal, each with its thread, for as long as a window lives.

    It follows the table: a printer that is added, moved to another terminal or switched off needs no restart.
    """

    def __init__(self, db: Database, actor: Actor, data_dir: Path, on_change: Callable[[], None] | None = None) -> None:
        """``on_change`` is called on a printer's thread after each change it made to the ledger."""
        self._db = db
        self._actor = actor
        self._data_dir = data_dir
        self._on_change = on_change
        self._workers: dict[UUID, Worker] = {}
        self._followed: object | None = None
        self._outage = Outage(f"printers of terminal {actor.terminal_id}")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printers", daemon=True)

    def start(self) -> None:
        self._look_safely(self.follow)
        self._db.after_commit.append(self.wake)
        self._thread.start()

    def wake(self) -> None:
        """Something may wait at a printer. Cheap, from any thread."""
        for worker in tuple(self._workers.values()):
            worker.wake()

    def stop(self) -> None:
        """Let each printer finish what it prints (a few seconds at most), then give it up."""
        if self.wake in self._db.after_commit:
            self._db.after_commit.remove(self.wake)
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(2 * STOP_SECONDS)
        for worker in self._workers.values():
            worker.ask_to_stop()
        for worker in self._workers.values():
            worker.join()
        self._workers.clear()

    def _run(self) -> None:
        clean_at = time.monotonic() + _FIRST_HOUSEKEEPING_SECONDS
        while not self._stopping.wait(FOLLOW_SECONDS):
            self._look_safely(self.follow)
            if time.monotonic() >= clean_at and self._look_safely(self.keep_house):
                clean_at = time.monotonic() + HOUSEKEEPING_SECONDS

    def _look_safely(self, step: Callable[[], None]) -> bool:
        try:
            step()
        except Exception as error:
            self._outage.note(error)
            return False
        self._outage.over()
        return True

    def follow(self) -> None:
        """Start and stop threads as the table says, when anything was written. Raises Fault when it cannot be read."""
        beat = self._db.beat()
        if beat is not None and beat == self._followed:
            return
        with self._db.read() as session:
            mine = ledger.printers_of(session, self._actor.terminal_id)
        gone = [self._workers.pop(printer_id) for printer_id in tuple(self._workers) if printer_id not in mine]
        for worker in gone:
            worker.ask_to_stop()
        for worker in gone:
            worker.join()
        for printer_id in mine:
            if printer_id not in self._workers and not self._stopping.is_set():
                worker = Worker(self._db, self._actor, self._data_dir, printer_id, self._on_change)
                self._workers[printer_id] = worker
                worker.start()
        self._followed = beat

    def keep_house(self) -> None:
        """Delete what stood on papers of long ago, in small steps. Raises Fault."""
        while not self._stopping.is_set():
            with self._db.read() as session:
                over = decisions.to_empty(session, self._actor.site_id, self._db.now())
            if not over:
                return
            with ledger.entry(self._db, self._actor) as entry:
                decisions.empty(entry, over)


def print_now(db: Database, actor: Actor, data_dir: Path, job_id: UUID, seconds: float) -> str:
    """Print from here if no window does: for the command line. Returns the job's state.

    Waits until the job is settled, or ``seconds`` are over, or its printer turns out to be in trouble.
    """
    end = time.monotonic() + seconds
    with db.read() as session:
        printer_id = ledger.job(session, job_id).printer_id
        ours = ledger.post(session, printer_id).terminal_id == actor.terminal_id
    worker = Worker(db, actor, data_dir, printer_id) if ours else None
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

"""A site with one printer, a real database file, and the printer behind whatever line a test wants."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update

from desk.actor import Actor, Right
from desk.clock import SetClock
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.print_job import Printer
from desk.models.site import Staff
from desk.models.work import work
from desk.printing import ledger, virtual
from desk.printing.elements import Cut, Slip, Text
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler
from desk.printing.types import JobView
from desk.printing.virtual import VirtualPrinter


def slip(text: str = "V 017") -> Slip:
    return Slip("ticket", "tr", (Text(text), Cut()))


@dataclass
class PrintRoom:
    db: Database
    clock: SetClock
    actor: Actor
    folder: Path
    printer_id: UUID
    spoolers: list[Spooler] = field(default_factory=list)

    @classmethod
    def of(cls, db: Database, clock: SetClock, folder: Path) -> PrintRoom:
        with db.read() as session:
            printer = session.execute(select(Printer).where(Printer.code == "danisma-fis")).scalar_one()
            staff_id: UUID = session.execute(select(Staff.id)).scalars().all()[0]
        return cls(db, clock, Actor(staff_id, printer.terminal_id, printer.site_id), folder, printer.id)

    def close(self) -> None:
        for spooler in self.spoolers:
            spooler.stop()

    def connect(self, address: str, profile: str = "generic-80") -> None:
        """Point the printer's row at a line."""
        with self.db.write() as session:
            session.execute(
                update(Printer).where(Printer.id == self.printer_id).values(address=address, profile=profile)
            )

    def virtual(self, profile: str = "generic-80") -> VirtualPrinter:
        """A printer of this test alone, in this process."""
        address = f"virtual:?test={new_id()}"
        self.connect(address, profile)
        return virtual.printer_at(address, load_profile(profile))

    def start(self) -> Spooler:
        spooler = Spooler(self.db, self.actor, self.folder)
        spooler.start()
        self.spoolers.append(spooler)
        return spooler

    def enqueue(self, text: str = "V 017", kind: str = "ticket", subject: UUID | None = None) -> UUID:
        with work(self.db, self.actor, Right.ISSUE) as unit:
            return ledger.enqueue(unit, self.printer_id, kind, slip(text), subject or new_id())

    def job(self, job_id: UUID) -> JobView:
        with self.db.read() as session:
            return ledger.job(session, job_id)

    def printer_state(self) -> str:
        with self.db.read() as session:
            return next(p.state for p in ledger.printers(session, self.actor.site_id) if p.id == self.printer_id)

    def until(self, job_id: UUID, state: str, *, because: str = "") -> JobView:
        """The job, as soon as it is in ``state`` (and its reason has these words)."""
        wait(lambda: self.job(job_id).state == state and because in self.job(job_id).reason, self.job, job_id)
        return self.job(job_id)


def wait(reached: Callable[[], bool], *shown: object, seconds: float = 10.0) -> None:
    """Until ``reached``; fails with what is ``shown`` (a function and its arguments) when it takes too long."""
    end = time.monotonic() + seconds
    pause = 0.002
    while not reached():
        if time.monotonic() > end:
            function, *arguments = shown or (lambda: "not reached",)
            assert callable(function)
            raise AssertionError(function(*arguments))
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)

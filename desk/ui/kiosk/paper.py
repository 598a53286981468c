"""What became of the slip, watched from the touch to the paper."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from desk.errors import DeskError
from desk.events import Change, Kind
from desk.ui import tasks

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.actions.context import Context
    from desk.ui.office import Office

PATIENCE_MS = 6000
"""A slip that is not out by then is told as trouble; when it comes later, that is told too."""


class Paper(StrEnum):
    COMING = "coming"
    PRINTED = "printed"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"


def judge(states: Sequence[str], late: bool) -> Paper:
    """What to tell about jobs in these states (the ledger's, or "held"); no job at all means no printer."""
    if states and all(state == "printed" for state in states):
        return Paper.PRINTED
    if not states or any(state in ("failed", "held", "waiting") for state in states):
        return Paper.TROUBLE
    if any(state == "unknown" for state in states):
        return Paper.UNKNOWN
    return Paper.TROUBLE if late else Paper.COMING


class PaperWatch(QObject):
    """Follows the jobs of one number; ``changed`` carries a Paper."""

    changed = Signal(object)

    def __init__(self, office: Office, jobs: Sequence[UUID], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._jobs = office, tuple(jobs)
        self._states: tuple[str, ...] = ("queued",) * len(self._jobs)
        self._late = False
        self.now = judge(self._states, late=False)
        self._timer = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._timer.timeout.connect(self.lose_patience)
        if self._jobs:
            self._timer.start()
            office.bridge.changed.connect(self._on_changes)
            self._look()

    def lose_patience(self) -> None:
        """The time a visitor waits for paper is over."""
        self._late = True
        self._tell()

    def stop(self) -> None:
        """The visitor goes. Who was told to write the number down needs no slip: what still waits is taken back."""
        self._timer.stop()
        if self._jobs:
            jobs, ctx = self._jobs, self._office.ctx
            self._jobs = ()
            self._office.bridge.changed.disconnect(self._on_changes)
            if self.now == Paper.TROUBLE:
                tasks.run(self._office, lambda: _withdraw(ctx, jobs), _done, _left_waiting)

    def _on_changes(self, changes: list[Change]) -> None:
        if any(one.kind == Kind.PRINT_CHANGED and one.subject_id in self._jobs for one in changes):
            self._look()

    def _look(self) -> None:
        ctx, jobs = self._office.ctx, self._jobs
        tasks.latest(self, "jobs", lambda: _states(ctx, jobs), self._take, self._missed)

    def _take(self, states: tuple[str, ...]) -> None:
        if self._jobs:
            self._states = states
            self._tell()

    def _missed(self, error: DeskError) -> None:
        """The database is away: the patience timer speaks."""

    def _tell(self) -> None:
        now = judge(self._states, self._late)
        if now != self.now:
            self.now = now
            self.changed.emit(now)


def _withdraw(ctx: Context, jobs: Sequence[UUID]) -> None:
    from desk.actions import printers

    for job in jobs:
        printers.withdraw(ctx, job)


def _done(_: None) -> None:
    """Nobody stands there any more."""


def _left_waiting(error: DeskError) -> None:
    """The database is away: a slip that comes too late waits for a person then."""


def _states(ctx: Context, jobs: Sequence[UUID]) -> tuple[str, ...]:
    from desk.actions import paper

    found = [paper.job(ctx, job) for job in jobs]
    # A queued job with a reason waits for its printer: nobody should stand there until somebody brings paper.
    return tuple("held" if one.state == "queued" and one.reason else one.state.value for one in found)

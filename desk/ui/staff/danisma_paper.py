"""Slips of this window under way: when one does not come out, the number is to be told, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desk.actions import paper
from desk.actions.context import Context
from desk.errors import N_
from desk.events import Change, Kind
from desk.i18n import translator
from desk.printing.types import JobState, JobView
from desk.ui import tasks

tr = translator()


class PaperWatch(QObject):
    """``watch(job, number)`` until it is printed or given up.

    ``waits(sentence)``: the printer needs somebody and will go on by itself. ``lost(sentence, ticket_id)``: only a
    reprint helps.
    """

    waits = Signal(str)
    lost = Signal(str, object)

    def __init__(self, context: Callable[[], Context], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._numbers: dict[UUID, str] = {}
        self._told: set[tuple[UUID, str]] = set()

    def watch(self, job_id: UUID, number: str) -> None:
        self._numbers[job_id] = number
        self._ask(job_id)  # it may have failed before this window knew of it

    def forget(self, numbers: Collection[str]) -> None:
        """These were taken back: nobody misses their slips."""
        self._numbers = {job: number for job, number in self._numbers.items() if number not in numbers}

    def hear(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.kind is Kind.PRINT_CHANGED and change.subject_id in self._numbers:
                self._ask(change.subject_id)

    def _ask(self, job_id: UUID) -> None:
        tasks.read(self, partial(paper.job, self._context(), job_id), self._seen)

    def _seen(self, job: JobView) -> None:
        number = self._numbers.get(job.id)
        if number is None:
            return
        if job.state is JobState.PRINTED:
            del self._numbers[job.id]
        elif job.state in (JobState.FAILED, JobState.UNKNOWN):
            del self._numbers[job.id]
            self.lost.emit(_words(number, job), job.subject_id)
        elif job.reason and (job.id, job.reason) not in self._told:
            self._told.add((job.id, job.reason))
            self.waits.emit(_words(number, job))


def _words(number: str, job: JobView) -> str:
    if job.state is JobState.UNKNOWN:
        words = tr(N_("{number}: fişin basıldığı bilinmiyor. {reason} Numarayı ziyaretçiye söyleyiniz."))
    elif job.state is JobState.FAILED:
        words = tr(N_("{number}: fiş basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
    else:
        words = tr(N_("{number}: fiş henüz basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
    return words.format(number=number, reason=tr(job.reason))

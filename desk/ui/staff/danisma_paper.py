"""Slips of this window under way: when one does not come out, the number is to be told, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
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

NAMED = 3
"""Numbers of waiting slips that the message names; the others are counted."""

tr = translator()


class PaperWatch(QObject):
    """``watch(job, number)`` until it is printed or given up.

    ``waits(sentence)``: the printer needs somebody and will go on by itself; one sentence for all that wait, "" when
    none does any more. ``lost(sentence, ticket_id)``: only a reprint helps.
    """

    waits = Signal(str)
    lost = Signal(str, object)

    def __init__(self, context: Callable[[], Context], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._numbers: dict[UUID, str] = {}
        self._waiting: dict[UUID, str] = {}  # job and the reason why it waits, the newest last
        self._told = ""

    def watch(self, job_id: UUID, number: str) -> None:
        self._numbers[job_id] = number
        self._ask(job_id)  # it may have failed before this window knew of it

    def forget(self, numbers: Collection[str]) -> None:
        """These were taken back: nobody misses their slips."""
        for job_id in [job for job, number in self._numbers.items() if number in numbers]:
            self._drop(job_id)
        self._tell()

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
            self._drop(job.id)
        elif job.state in (JobState.FAILED, JobState.UNKNOWN):
            self._drop(job.id)
            self.lost.emit(_lost_words(number, job), job.subject_id)
        elif job.reason:
            self._waiting[job.id] = tr(job.reason)
        self._tell()

    def _drop(self, job_id: UUID) -> None:
        self._numbers.pop(job_id, None)
        self._waiting.pop(job_id, None)

    def _tell(self) -> None:
        numbers = [number for job, number in self._numbers.items() if job in self._waiting]
        words = _waiting_words(numbers, next(reversed(self._waiting.values()), ""))
        if words != self._told:
            self._told = words
            self.waits.emit(words)


def _lost_words(number: str, job: JobView) -> str:
    if job.state is JobState.UNKNOWN:
        words = tr(N_("{number}: fişin basıldığı bilinmiyor. {reason} Numarayı ziyaretçiye söyleyiniz."))
    else:
        words = tr(N_("{number}: fiş basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
    return words.format(number=number, reason=tr(job.reason))


def _waiting_words(numbers: Sequence[str], reason: str) -> str:
    """One sentence for all slips that wait, however many; "" for none."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        words = tr(N_("{number}: fiş henüz basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
        return words.format(number=numbers[0], reason=reason)
    said = ", ".join(numbers[-NAMED:])
    if len(numbers) > NAMED:
        said = tr(N_("{numbers} ve {count} numara daha")).format(numbers=said, count=len(numbers) - NAMED)
    words = tr(N_("{numbers}: fişler henüz basılamadı. {reason} Numaraları ziyaretçilere söyleyiniz."))
    return words.format(numbers=said, reason=reason)

"""Slips of this window under way: when one does not come out, the number is to be told, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Signal

from desk.errors import N_
from desk.events import Change, Kind
from desk.i18n import translator
from desk.printing import papers
from desk.printing.types import JobState, JobView
from desk.ui import tasks
from desk.ui.widgets import Toast, toasts

if TYPE_CHECKING:
    from desk.actions.context import Context

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
        ctx = self._context()
        tasks.read(self, lambda: ctx.read(lambda session, _scope: papers.job(session, job_id)), self._seen)

    def _seen(self, job: JobView) -> None:
        number = self._numbers.get(job.id)
        if number is None:
            return
        if job.state is JobState.PRINTED:
            self._drop(job.id)
        elif job.state is JobState.FAILED and job.reason in papers.NOBODY_WAITS:
            self._drop(job.id)  # void, or the day is over: there is no number to be told any more
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


class SlipDesk(QObject):
    """The slips of a Danışma page: what does not come out is said there, F3 prints the newest one again."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._page = page
        self._waiting: Toast | None = None
        self.watch = PaperWatch(lambda: page.office.ctx, self)
        self.watch.waits.connect(self._wait)
        self.watch.lost.connect(self._lost)

    def reprint(self) -> None:
        """The slip of the newest number that this terminal gave today."""
        ctx = self._page.office.ctx
        tasks.run(self._page, lambda: _reprint_last(ctx), self._reprinted)

    def _reprinted(self, made: tuple[UUID, str] | None) -> None:
        if made is None:
            self._page.hinted.emit(tr(N_("Bu bilgisayardan bugün numara verilmedi.")))
            return
        job_id, number = made
        self._page.said.emit(tr(N_("{number} yeniden yazdırılıyor (kopya).")).format(number=number), None)
        self.watch.watch(job_id, number)

    def _wait(self, sentence: str) -> None:
        """One message for all slips that wait; it goes when they have come."""
        if self._waiting is not None and shiboken6.isValid(self._waiting):
            self._waiting.dismiss()
        self._waiting = toasts(self._page).error(sentence) if sentence else None

    def _lost(self, sentence: str, ticket_id: UUID | None) -> None:
        again = partial(self._print_again, ticket_id) if ticket_id else None
        toasts(self._page).error(sentence, action=tr(N_("Yeniden yazdır")) if again else "", on_action=again)

    def _print_again(self, ticket_id: UUID) -> None:
        ctx = self._page.office.ctx
        tasks.run(self._page, lambda: _reprint(ctx, ticket_id), self._reprinted)


def _reprint_last(ctx: Context) -> tuple[UUID, str] | None:
    from desk.registry import visits

    ticket_id = ctx.read(visits.last_ticket_of, ctx.actor.terminal_id)
    return _reprint(ctx, ticket_id) if ticket_id is not None else None


def _reprint(ctx: Context, ticket_id: UUID) -> tuple[UUID, str]:
    from desk.actions import paper
    from desk.queue import reads

    return paper.reprint(ctx, ticket_id), ctx.read(reads.ticket, ticket_id).number


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

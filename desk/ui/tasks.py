"""The one door for slow work off the GUI thread.

    tasks.run(self, lambda: actions.register_visit(engine, visit), self.show_number)         # in order, one at a time
    tasks.read(self, lambda: reads.waiting(engine), self.show_waiting)                       # side by side
    tasks.latest(self, "search", lambda: reads.search(engine, words), self.show_found)       # only the newest counts

``op`` runs in a worker thread and must not touch a widget; what it returns reaches ``on_success`` on the GUI thread,
or is dropped when ``owner`` is gone by then. What it raises:

    Cancelled            nothing happens
    other DeskError      ``on_failure(error)``; without one the sentence is shown in the owner's window
    anything else        a bug: logged with an id ("desk.bug"), and a sentence with this id is shown

``on_end()`` follows in every one of these cases (to end a busy look). All functions belong to the GUI thread.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QRunnable,
    Qt,
    QThread,
    QThreadPool,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QApplication, QWidget

from desk.errors import N_, Cancelled, DeskError
from desk.i18n import Translator, translator

BUG = N_("Beklenmeyen bir sorun oluştu. Yaptığınız son işlemi denetleyiniz; bilgi işleme şu kodu bildiriniz: {id}")

READERS = 4
"""Reads that run side by side; each takes a database connection."""

PAINTED_MS = 40
"""After an answer: by then it is on the screen."""

log = logging.getLogger("desk.bug")


class _Job:
    """One call: who asked, what to do, whom to tell, and what came of it. Made, read and emptied on the GUI thread.

    The worker carries it and may be the last to let go of it. What it refers to (a window in a closure, the frames of
    a traceback) must not die there with it: Qt's objects are freed on their own thread only, hence ``empty``.
    """

    __slots__ = ("error", "key", "on_end", "on_failure", "on_success", "op", "owner", "value", "void")

    def __init__(
        self,
        owner: QObject,
        op: Callable[[], Any],
        on_success: Callable[[Any], None] | None,
        on_failure: Callable[[DeskError], None] | None,
        on_end: Callable[[], None] | None,
        key: Hashable | None,
    ) -> None:
        self.owner, self.op, self.key = owner, op, key
        self.on_success, self.on_failure, self.on_end = on_success, on_failure, on_end
        self.value: Any = None
        self.error: BaseException | None = None
        self.void = False

    def empty(self) -> None:
        self.owner = self.op = self.value = self.error = None  # type: ignore[assignment]
        self.on_success = self.on_failure = self.on_end = None


class _Worker(QRunnable):
    """Runs a job's op. It knows the bound signal only, never a widget."""

    def __init__(self, job: _Job, report: Callable[[object], None]) -> None:
        super().__init__()
        self._job, self._report = job, report

    def run(self) -> None:
        job = self._job
        if not job.void:
            try:
                job.value = job.op()
            except BaseException as raised:  # a worker thread must never end the process; judged on the GUI thread
                job.error = raised
        self._report(job)


class Tasks(QObject):
    """The dispatcher: owns the pools and the signal, and outlives every worker."""

    idle = Signal()
    """The last answer was delivered."""

    _reported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._actions, self._reads = QThreadPool(self), QThreadPool(self)
        self._actions.setMaxThreadCount(1)
        self._reads.setMaxThreadCount(READERS)
        # threads that live on keep their database connections
        self._actions.setExpiryTimeout(-1)
        self._reads.setExpiryTimeout(-1)
        self._pending: set[_Job] = set()
        self._newest: dict[tuple[int, Hashable], _Job] = {}
        self._behind = 0
        self._reported.connect(self._deliver)

    def start(self, job: _Job, *, ordered: bool) -> None:
        if job.key is not None:
            place = (id(job.owner), job.key)
            before = self._newest.get(place)
            if before is not None:
                before.void = True
            self._newest[place] = job
        self._pending.add(job)
        pool = self._actions if ordered else self._reads
        pool.start(_Worker(job, self._reported.emit))

    def after_paint(self, then: Callable[[], object]) -> None:
        """Call ``then`` when what there is to paint now has been painted. Counts as under way until it was called.

        The time begins when all who heard of the last answer have done their part: one of them may show a window.
        """
        self._behind += 1
        behind = partial(QTimer.singleShot, PAINTED_MS, self, lambda: self._call_behind(then))
        QTimer.singleShot(0, self, behind)

    def _call_behind(self, then: Callable[[], object]) -> None:
        self._behind -= 1
        then()
        if not self.under_way():
            self.idle.emit()

    def under_way(self) -> int:
        """Calls whose answer has not been delivered yet."""
        return len(self._pending) + self._behind

    def wait_for_threads(self, timeout_ms: int) -> bool:
        return self._actions.waitForDone(timeout_ms) and self._reads.waitForDone(timeout_ms)

    def _deliver(self, job: _Job) -> None:
        self._pending.discard(job)
        place = (id(job.owner), job.key)
        if self._newest.get(place) is job:
            del self._newest[place]
        try:
            if job.void or not shiboken6.isValid(job.owner):
                self._bury(job.error)
            else:
                self._answer(job)
        finally:
            job.empty()
            if not self._pending:
                self.idle.emit()

    def _answer(self, job: _Job) -> None:
        try:
            self._tell(job)
        finally:
            if job.on_end is not None:
                job.on_end()

    def _tell(self, job: _Job) -> None:
        error = job.error
        if error is None:
            if job.on_success is not None:
                job.on_success(job.value)
        elif isinstance(error, Cancelled):
            return
        elif isinstance(error, DeskError):
            if job.on_failure is not None:
                job.on_failure(error)
            else:
                show_error(job.owner, error)
        else:
            report_bug(job.owner, error)

    def _bury(self, error: BaseException | None) -> None:
        """Nobody waits for this answer; a bug in it is logged all the same."""
        if error is not None and not isinstance(error, DeskError):
            _log_bug(error)


def run(
    owner: QObject,
    op: Callable[[], Any],
    on_success: Callable[[Any], None] | None = None,
    on_failure: Callable[[DeskError], None] | None = None,
    *,
    on_end: Callable[[], None] | None = None,
) -> None:
    """Do ``op`` after all earlier ``run`` calls (what a person does happens in the order they did it)."""
    _tasks().start(_Job(owner, op, on_success, on_failure, on_end, None), ordered=True)


def read(
    owner: QObject,
    op: Callable[[], Any],
    on_success: Callable[[Any], None] | None = None,
    on_failure: Callable[[DeskError], None] | None = None,
    *,
    on_end: Callable[[], None] | None = None,
) -> None:
    """Do ``op`` beside other reads; answers may come in any order."""
    _tasks().start(_Job(owner, op, on_success, on_failure, on_end, None), ordered=False)


def latest(
    owner: QObject,
    key: Hashable,
    op: Callable[[], Any],
    on_success: Callable[[Any], None] | None = None,
    on_failure: Callable[[DeskError], None] | None = None,
    *,
    on_end: Callable[[], None] | None = None,
) -> None:
    """A read that makes every older call of the same ``owner`` and ``key`` void (live search, preview).

    A void call's answer, failure and ``on_end`` are dropped; when it has not begun, it never does.
    """
    _tasks().start(_Job(owner, op, on_success, on_failure, on_end, key), ordered=False)


def under_way() -> int:
    """How many calls are not answered yet."""
    return _tasks().under_way()


def once_idle(then: Callable[[], object]) -> None:
    """Call ``then`` when the last answer has been delivered next: what was read is on its way to the screen."""
    _tasks().idle.connect(then, Qt.ConnectionType.SingleShotConnection)


def once_shown(owner: QObject, then: Callable[[], object]) -> None:
    """Call ``then`` when the last answer has been delivered next, and what it changed is painted; not when ``owner`` is
    gone by then."""
    once_idle(lambda: _tasks().after_paint(lambda: then() if shiboken6.isValid(owner) else None))


def wait_idle(timeout_ms: int = 5000) -> bool:
    """Process events until nothing is under way, also what the answers set off; False when time ran out.

    For tests and the tour; the program itself never waits.
    """
    deadline = time.monotonic() + timeout_ms / 1000
    dispatcher = _tasks()
    while True:
        _settle()
        left = round((deadline - time.monotonic()) * 1000)
        if not dispatcher.under_way():
            return True
        if left <= 0:
            return False
        loop = QEventLoop()
        dispatcher.idle.connect(loop.quit)
        QTimer.singleShot(left, loop.quit)
        loop.exec()


def _settle() -> None:
    """Events that are due, and widgets that are to be deleted."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def finish(timeout_ms: int = 5000) -> bool:
    """Before the program ends: let what was begun come to its end; False when time ran out."""
    return _dispatcher is None or _dispatcher.wait_for_threads(timeout_ms)


def show_error(owner: QObject, error: DeskError) -> None:
    """The error's sentence in the owner's window (its ``show_error(sentence)``, else a message that stays)."""
    _show(owner, error.text(_translator_of(owner)))


def report_bug(owner: QObject, error: BaseException) -> str:
    """Log an unexpected exception under a new id, show the sentence with it, return the id."""
    bug = _log_bug(error)
    _show(owner, _translator_of(owner)(BUG).format(id=bug))
    return bug


def _log_bug(error: BaseException) -> str:
    import secrets  # no part of a start that succeeds

    bug = secrets.token_hex(3).upper()
    log.error("bug %s: %s", bug, type(error).__name__, exc_info=error, extra={"bug": bug})
    return bug


def _show(owner: QObject, sentence: str) -> None:
    from desk.ui.widgets.toast import toasts

    window = owner.window() if isinstance(owner, QWidget) else QApplication.activeWindow()
    if window is None:
        log.warning("no window to show: %s", sentence)
        return
    own = getattr(window, "show_error", None)
    if own is not None:
        own(sentence)
    else:
        toasts(window).error(sentence)


def _translator_of(owner: QObject) -> Translator:
    """A window that speaks another language than Turkish has a ``tr_`` (``QObject.tr`` is Qt's own)."""
    window = owner.window() if isinstance(owner, QWidget) else None
    return getattr(window, "tr_", None) or translator()


_dispatcher: Tasks | None = None


def _tasks() -> Tasks:
    global _dispatcher
    app = QCoreApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        raise RuntimeError("tasks belong to the GUI thread")
    if _dispatcher is None or not shiboken6.isValid(_dispatcher):
        _dispatcher = Tasks()
    return _dispatcher

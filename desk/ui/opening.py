"""The first thing on the screen: the frame of the window in its own place and colours, painted at once.

Behind it everything heavy is read and the database opened. When that takes longer than a blink the frame says so; when
it fails it says what happened and what to do; else the window itself takes its place.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_, DeskError, Fault
from desk.i18n import translator
from desk.ui.tokens import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

log = logging.getLogger("desk")

UNFORESEEN = N_("Beklenmeyen bir sorun oluştu ({reason}).")

SHOWN_AFTER_MS = 300
"""A start quicker than this shows the bare frame only."""

RETRY_MS = 15_000
"""Nobody presses a button at a kiosk or under a hall display: they try again by themselves."""

RAIL = 88
"""Width of the staff window's rail."""


class Opening(QWidget):
    """Paints its frame, then calls ``begin()`` on the GUI thread, runs ``opener`` in a thread and calls
    ``opened(result, leave)`` on the GUI thread; ``leave()`` is called when something better stands in its place.

    ``begin`` makes ready what the windows need of Qt (fonts, colours); ``opener`` is everything else that is slow. A
    failure stays on screen: what happened, what still works, what to do, and an id that stands in the log, with
    "Yeniden dene" and "Kapat"; kiosk and hall try again by themselves.
    """

    _done = Signal(object)
    _failed = Signal(object)

    def __init__(
        self,
        opener: Callable[[], Any],
        opened: Callable[[Any, Callable[[], None]], None],
        *,
        begin: Callable[[], object] = lambda: None,
        role: str = "staff",
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._opener, self._opened, self._begin, self._role = opener, opened, begin, role
        self._painted = False
        self._says: Any = None
        self.setWindowTitle(translator()(N_("Danışma")))
        self.setObjectName("opening")
        self.setStyleSheet(f"#opening {{ background: {LIGHT.paper}; }}")
        self.rail: QWidget | None = None
        if role == "staff":
            self.rail = QWidget(self, objectName="rail")
            self.rail.setStyleSheet(f"#rail {{ background: {LIGHT.petrol_700}; }}")
            self.rail.setFixedWidth(RAIL)
        self._place(folder if role == "staff" else None)
        self._done.connect(self._on_done)
        self._failed.connect(self._on_failed)
        self._patience = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._patience.timeout.connect(self._ask_for_patience)
        self._again = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._again.timeout.connect(self.start)

    def _place(self, folder: Path | None) -> None:
        """Where the window stood last time."""
        kept = QSettings(str(folder / PLACES), QSettings.Format.IniFormat).value("staff/geometry") if folder else None
        if kept is None or not self.restoreGeometry(kept):
            self.resize(1440, 900)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.rail is not None:
            self.rail.resize(RAIL, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._first_paint_done)

    def _first_paint_done(self) -> None:
        self._begin()
        self.start()

    def start(self) -> None:
        """Begin, or begin anew."""
        self._again.stop()
        if self._says is not None:
            self._says.waiting()
        self._patience.start()
        # Not a method of the window: the thread may be the last to let go, and Qt's objects die on their own only.
        known = (self._opener, self._done, self._failed)
        threading.Thread(target=_open, args=known, name="opening", daemon=True).start()

    def _on_done(self, result: Any) -> None:
        self._patience.stop()
        try:
            self._opened(result, self._leave)
        except Exception as error:  # a window that cannot be built must not leave an empty frame
            self._on_failed(error)

    def _leave(self) -> None:
        self.close()
        self.deleteLater()

    def _on_failed(self, error: Exception) -> None:
        self._patience.stop()
        known = error if isinstance(error, DeskError) else Fault(UNFORESEEN, reason=error)
        import secrets  # no part of a start that succeeds

        bug = secrets.token_hex(3).upper()
        log.error("bug %s: cannot open the %s window: %s", bug, self._role, known.text(), exc_info=error)
        self._words().failed(known, bug, self._role)
        if self._role != "staff":
            self._again.start()

    def _ask_for_patience(self) -> None:
        self._words().waiting()

    def _words(self) -> Any:
        """What the frame says; made only when there is something to say."""
        if self._says is None:
            from desk.ui.opening_words import OpeningWords

            self._says = OpeningWords()
            self._says.again.clicked.connect(self.start)
            self._says.leave.clicked.connect(self.close)
            layout = QVBoxLayout(self)
            layout.setContentsMargins(RAIL if self.rail else 0, 0, 0, 0)
            layout.addWidget(self._says)
        return self._says


def _open(opener: Callable[[], Any], done: SignalInstance, failed: SignalInstance) -> None:
    """``opener()`` in a thread. A signal does not keep its window alive; without one nobody waits for the answer."""
    with suppress(RuntimeError):
        try:
            result = opener()
        except Exception as error:
            failed.emit(error)
        else:
            done.emit(result)


PLACES = "pencere.ini"
"""Sizes and pages of the windows, in the data folder."""

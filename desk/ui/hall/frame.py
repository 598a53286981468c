"""The hall display without what it follows: its parts, where they stand, its keys and its timers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame

from desk.errors import N_
from desk.i18n import translator
from desk.ui.hall.calls import LISTED
from desk.ui.hall.emergency import EmergencyCover
from desk.ui.hall.parts import CurrentCall, Head, RecentCalls, SentenceLine, WaitingStrip
from desk.ui.theme import LIGHT, Look, dress, load_fonts

DESIGN = (1920, 1080)
"""The picture that all measures belong to."""

HEAD, STRIP, FOOT = 96, 172, 158
"""Heights, pixels of the picture: letters that are read from 8 m need them (``parts.LEGIBLE``)."""

SPLIT = 1212 / 1920
"""How much of the width the current call has."""

CALLED = N_("Şimdi çağrılan")
RECENT = N_("Son çağrılar")
IDLE = N_("Numaranız çağrıldığında burada görünür.")


class HallFrame(QFrame):
    """``head``, ``current``, ``recent``, ``waiting``, ``sentence`` and, over all of them, ``emergency``."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        load_fonts()
        self.lang = lang
        self.tr_ = tr = translator(lang)
        self._stale = False
        """With the database away: everything that is known may be over."""
        self.setWindowTitle(tr(N_("Salon ekranı")))
        self.look_ = Look(LIGHT)
        self.head = Head(tr(N_("Yerleşke, tarih ve saat")))
        self.current = CurrentCall(tr(CALLED), tr(IDLE))
        self.recent = RecentCalls(tr(RECENT), LISTED)
        self.waiting = WaitingStrip(tr(N_("Bekleyen")))
        self.sentence = SentenceLine(tr(N_("Duyuru")))
        for part in (self.head, self.current, self.recent, self.waiting, self.sentence):
            part.setParent(self)
        self.emergency = EmergencyCover(self)
        dress(self, self.look_)
        self.setMinimumSize(480, 270)
        self.resize(*DESIGN)

    def _timer(self, interval: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=single)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """While we are closed nobody looks for a number, and how many wait is not known while the database is away:
        the sentence has their room."""
        wide, high = self.width(), self.height()
        factor = min(wide / DESIGN[0], high / DESIGN[1])
        self.look_.change(pixel_scale=factor)
        top, strip, foot = (round(part * factor) for part in (HEAD, STRIP, FOOT))
        split = round(wide * SPLIT)
        middle = high - top - foot - strip
        closed, stale = self.current.closed, self._stale
        self.recent.setHidden(closed)
        self.waiting.setHidden(closed or stale)
        upper = middle + strip if closed or stale else middle
        self.head.setGeometry(QRect(0, 0, wide, top))
        self.current.setGeometry(QRect(0, top, wide if closed else split, upper))
        self.recent.setGeometry(QRect(split, top, wide - split, upper))
        self.waiting.setGeometry(QRect(0, top + middle, wide, strip))
        self.sentence.setGeometry(QRect(0, high - foot, wide, foot))
        self.emergency.setGeometry(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            full = bool(self.windowState() & Qt.WindowState.WindowFullScreen)
            self.setCursor(Qt.CursorShape.BlankCursor if full else Qt.CursorShape.ArrowCursor)

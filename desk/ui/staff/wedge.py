"""A barcode scanner that works as a keyboard: its keys come in a breath, then Enter.

A person types a key every 80 ms or more, a scanner every 1 to 30 ms; the pace tells them apart. What a scan means is
said by ``desk.registry.scanning``. The keys have reached whatever had the focus by the time Enter proves a scan, so the
field is put back to what it was before. The lines of an identity card come one by one, each with its Enter. Codes of
others (a product, somebody else's document) are typed where a text is typed; anywhere else they must not press keys:
their Enter would end a service at a counter.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desk.ui.staff.chords import typing

GAP_SECONDS = 0.05
"""The longest pause between two keys of one scan."""

ROLLED = 2
"""Keys in a breath that fingers can roll over; what follows as fast is a scanner's."""

LINES_SECONDS = 1.5
"""The longest pause between two lines of one identity card."""

STRANGE = 6
"""Keys in a breath that no person types."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Pace:
    """Collects keys that come fast enough to be one scan. ``clock`` gives seconds, where ``at`` is not given."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._keys = ""
        self._last = float("-inf")

    def key(self, letter: str, at: float | None = None) -> int:
        """Take a letter or digit; how long the run is with it, 1 when a new one begins."""
        now = self._clock() if at is None else at
        self._keys = self._keys + letter if self._follows(now) else letter
        self._last = now
        return len(self._keys)

    def enter(self, at: float | None = None) -> str:
        """The run that Enter completes, or "" when a person pressed it."""
        run = self._keys if self._follows(self._clock() if at is None else at) else ""
        self.reset()
        return run

    def reset(self) -> None:
        self._keys = ""

    def now(self, at: float | None) -> float:
        """Seconds, as the window system noted them, else by the clock."""
        return self._clock() if at is None else at

    def _follows(self, now: float) -> bool:
        return 0 <= now - self._last <= GAP_SECONDS


class Before:
    """What stood in the focused field before a run of digits."""

    def __init__(self, widget: QWidget | None) -> None:
        self._edit = widget if isinstance(widget, QLineEdit | QPlainTextEdit) else None
        self._text, self._at, self._marked = "", 0, 0
        if isinstance(self._edit, QLineEdit):
            self._text, self._at = self._edit.text(), self._edit.cursorPosition()
            self._marked = len(self._edit.selectedText())
        elif self._edit is not None:
            self._text, self._at = self._edit.toPlainText(), self._edit.textCursor().position()

    def put_back(self) -> None:
        """Take the digits out again, as if somebody had edited them away (pages see the text change)."""
        edit = self._edit
        if edit is None or not shiboken6.isValid(edit):
            return
        if isinstance(edit, QLineEdit):
            if edit.text() != self._text:
                edit.selectAll()
                edit.insert(self._text)
            if self._marked == len(self._text) and self._marked:
                edit.selectAll()
            else:
                edit.setCursorPosition(self._at)
        elif edit.toPlainText() != self._text:
            cursor = edit.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(self._text)
            cursor.setPosition(self._at)
            edit.setTextCursor(cursor)


class Wedge:
    """Hears a window's keys and tells ``scanned(code)`` about each scan that means something, ``strange(code)`` about
    others. The lines of a card come joined by line breaks."""

    def __init__(
        self,
        scanned: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
        *,
        strange: Callable[[str], None] | None = None,
        own: Callable[[str], bool] = lambda code: False,
    ) -> None:
        """``own`` says yes to codes that mean something to this window only (visitor cards)."""
        self._pace = Pace(clock)
        self._scanned, self._strange, self._own = scanned, strange, own
        self._before = Before(None)
        self._on: QWidget | None = None
        self._lines: list[str] = []
        self._line_at = float("-inf")

    def hear(self, event: QKeyEvent) -> bool:
        """True for what belongs to a scan and to nobody else; every other key goes on its way."""
        if event.key() in _SILENT:
            return False
        letter, at = event.text(), _moment(event)
        if event.isAutoRepeat() or event.modifiers() & _CHORD:
            self._pace.reset()
        elif event.key() in _ENTER:
            return self._end(at)
        elif len(letter) == 1 and letter.isprintable() and letter != " ":
            return self._take(letter, at)
        else:
            self._pace.reset()
        return False

    def _take(self, letter: str, at: float | None) -> bool:
        focus = QApplication.focusWidget()
        if focus is not self._on:
            self._pace.reset()
        self._on = focus
        length = self._pace.key(letter, at)
        if length == 1:
            self._before = Before(focus)
        return length > ROLLED and not typing()  # the middle of a scan is no command of a page

    def _end(self, at: float | None) -> bool:
        from desk.registry import mrz, scanning  # with the first scan: they bring the database's libraries

        run = self._pace.enter(at)
        if mrz.is_part(run):
            return self._take_line(run, self._pace.now(at))
        scan = scanning.read_scan(run)
        if scan.kind is not scanning.ScanKind.REFUSED or self._own(run):
            self._put_back()
            self._scanned(run)
            return True
        if scan.reason in scanning.MISREAD and len(run) >= STRANGE:
            self._put_back()
        elif len(run) < STRANGE or typing():
            return False
        if self._strange is not None:
            self._strange(run)
        return True

    def _take_line(self, line: str, now: float) -> bool:
        """One line of an identity document; with the last one the document is whole."""
        from desk.registry import mrz

        self._put_back()
        if now - self._line_at > LINES_SECONDS or any(len(one) != len(line) for one in self._lines):
            self._lines = []
        self._lines.append(line)
        self._line_at = now
        whole = "\n".join(self._lines)
        if mrz.mrz_lines(whole):
            self._lines = []
            self._scanned(whole)
        return True

    def _put_back(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._before.put_back()


def _moment(event: QKeyEvent) -> float | None:
    """When the key was pressed, in seconds, as the window system noted it: a busy window hears of it later. None
    where nobody noted it."""
    return event.timestamp() / 1000 or None

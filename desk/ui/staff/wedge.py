"""A barcode scanner that works as a keyboard: twelve digits in a breath, then Enter.

A person types a digit every 80 ms or more, a scanner every 1 to 30 ms; the pace tells them apart. The digits have
reached whatever had the focus by the time Enter proves a scan, so the field is put back to what it was before.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

CODE_LENGTH = 12
GAP_SECONDS = 0.05
"""The longest pause between two keys of one scan."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock)
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Pace:
    """Collects digits that come fast enough to be one scan. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._digits = ""
        self._last = float("-inf")

    def digit(self, digit: str) -> bool:
        """Take a digit; True when a new run begins with it."""
        now = self._clock()
        begins = not self._digits or now - self._last > GAP_SECONDS
        self._digits = digit if begins else self._digits + digit
        self._last = now
        return begins

    def enter(self) -> str:
        """The code that Enter completes, or "" when a person pressed it."""
        fast = self._clock() - self._last <= GAP_SECONDS
        code = self._digits if fast and len(self._digits) == CODE_LENGTH else ""
        self.reset()
        return code

    def reset(self) -> None:
        self._digits = ""


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
    """Hears a window's keys and tells ``scanned(code)`` about each scan."""

    def __init__(self, scanned: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = Pace(clock)
        self._scanned = scanned
        self._before = Before(None)

    def hear(self, event: QKeyEvent) -> bool:
        """True for the Enter that ends a scan; every other key goes on its way."""
        if event.key() in _SILENT:
            return False
        digit = event.text()
        if event.isAutoRepeat() or event.modifiers() & _CHORD:
            self._pace.reset()
        elif len(digit) == 1 and digit in "0123456789":
            if self._pace.digit(digit):
                self._before = Before(QApplication.focusWidget())
        elif event.key() in _ENTER:
            return self._end()
        else:
            self._pace.reset()
        return False

    def _end(self) -> bool:
        code = self._pace.enter()
        if not code:
            return False
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._before.put_back()
        self._scanned(code)
        return True

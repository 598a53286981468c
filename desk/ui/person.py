"""What a person does at a window: looks for something by its name, types, presses keys.

The tour and the tests use it: they find what a screen reader would read out and read what is shown, and never reach
into a page's attributes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui import tasks

W = TypeVar("W", bound=QWidget)

PATIENCE_MS = 5000
"""How long ``settle`` waits before it says that something never came to its end."""


def find(root: QWidget, name: str, cls: type[W] | None = None) -> W:
    """The visible widget below ``root`` (or itself) that a screen reader calls ``name``.

    Of several, what can be focused comes before a label beside it. With ``cls`` only widgets of this class count.
    Raises AssertionError with the names that are there.
    """
    found = find_all(root, name, cls)
    if not found:
        there = sorted({said for widget in _visible(root, QWidget) for said in _names(widget)})
        raise AssertionError(f"nothing here is called {name!r}; there is: {there}")
    return min(found, key=lambda widget: widget.focusPolicy() == Qt.FocusPolicy.NoFocus)


def find_all(root: QWidget, name: str, cls: type[W] | None = None) -> list[W]:
    """Every visible widget that answers to ``name``; empty when there is none."""
    return [widget for widget in _visible(root, cls or QWidget) if name in _names(widget)]


def shown_text(root: QWidget) -> str:
    """Everything that is to be read below ``root``, in building order: names, texts, and what painted parts say."""
    return "\n".join(
        said for widget in _visible(root, QWidget) for said in (*_names(widget), widget.accessibleDescription()) if said
    )


def _visible(root: QWidget, cls: type[W]) -> Iterator[W]:
    if isinstance(root, cls) and root.isVisible():
        yield root
    yield from (widget for widget in root.findChildren(cls) if widget.isVisible())


def _names(widget: QWidget) -> set[str]:
    """What the widget is called aloud (its label's text for a field), and what stands on it."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    said = {widget.accessibleName(), spoken.text(QAccessible.Text.Name) if spoken else ""}
    for written in ("text", "title"):
        read = getattr(widget, written, None)
        if callable(read):
            try:
                said.add(str(read()).replace("&", ""))
            except TypeError:  # a method of that name which wants arguments is no text
                continue
    # A blank that does not break is read like any other.
    return {one.replace("\u00a0", " ").strip() for one in said if one and one.strip()}


def type_text(widget: QWidget, text: str) -> None:
    """Type letters into ``widget``, as a Turkish keyboard would send them (QTest.keyClicks aborts on "ü")."""
    _look_at(widget)
    if not widget.hasFocus():
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
    for letter in text:
        target = QApplication.focusWidget() or widget
        code = _code(letter)
        for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
            QTest.sendKeyEvent(action, target, code, letter, Qt.KeyboardModifier.NoModifier)


def _code(letter: str) -> Qt.Key:
    ready = {" ": Qt.Key.Key_Space, "\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
    if letter in ready:
        return ready[letter]
    if letter.isascii() and letter.isprintable():
        return Qt.Key(ord(letter.upper()))
    return Qt.Key.Key_unknown


def press(widget: QWidget, keys: str) -> None:
    """Press a chord such as "Alt+R", "F2", "Ctrl+Z", "Space": it goes where the focus is within ``widget``."""
    _look_at(widget)
    focused = QApplication.focusWidget()
    inside = focused is not None and (focused is widget or widget.isAncestorOf(focused))
    for chord in _chords(keys):
        QTest.keyClick(focused if inside else widget, chord.key(), chord.keyboardModifiers())


def _chords(keys: str) -> list:
    sequence = QKeySequence(keys)
    chords = [sequence[place] for place in range(sequence.count())]
    assert chords and all(chord.key() != Qt.Key.Key_unknown for chord in chords), f"no such key: {keys!r}"
    return chords


def _look_at(widget: QWidget) -> None:
    """Bring the window to the front: shortcuts work only in the active one."""
    window = widget.window()
    if not window.isActiveWindow():
        window.activateWindow()
        QTest.qWaitForWindowActive(window, PATIENCE_MS)


def settle(until: Callable[[], object] | None = None, timeout_ms: int = PATIENCE_MS) -> None:
    """Let everything that was begun come to its end; with ``until``, go on until it holds (what the change log sets
    off comes by itself, a moment later). Raises AssertionError when time runs out."""
    assert tasks.wait_idle(timeout_ms), f"{tasks.under_way()} calls are still under way"
    deadline = time.monotonic() + timeout_ms / 1000
    while until is not None and not until():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        tasks.wait_idle(timeout_ms)

"""Key chords of a panel over the window: no shortcut fires there, so its keys are heard as they are pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class PanelKeys(QObject):
    """``PanelKeys(panel, {"F2": panel.submit, "Alt+M": strip.press})``; ``watch(part)`` for fields that come later.

    An editor would write Alt+M as an m: the chords are taken before it sees them.
    """

    def __init__(self, panel: QWidget, keys: dict[str, Callable[[], object]]) -> None:
        super().__init__(panel)
        self._keys = {QKeySequence(chord).toString(): slot for chord, slot in keys.items()}
        panel.installEventFilter(self)
        self.watch(panel)

    def watch(self, root: QWidget) -> None:
        for kind in (QLineEdit, QPlainTextEdit):
            for edit in root.findChildren(kind):
                edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        slot = self._keys.get(QKeySequence(event.keyCombination()).toString())
        if slot is None or event.isAutoRepeat():
            return False
        slot()
        event.accept()
        return True

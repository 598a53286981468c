"""Key chords of a page, as shortcuts that fire wherever the focus is below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class PageKeys(QObject):
    """``PageKeys(page).add("Ctrl+E", form.add_enclosure)``.

    Line edits claim some chords for themselves before a shortcut can see them (Ctrl+E is "end of line" on X11);
    after ``watch()`` those of the page get through.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._keys: dict[str, QShortcut] = {}

    def add(self, keys: str, slot: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self._page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        self._keys[shortcut.key().toString()] = shortcut
        return shortcut

    def watch(self, root: QWidget) -> None:
        """Let the page's chords through the line edits below ``root``."""
        for kind in (QLineEdit, QPlainTextEdit):
            for edit in root.findChildren(kind):
                edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            shortcut = self._keys.get(QKeySequence(event.keyCombination()).toString())
            if shortcut is not None and shortcut.isEnabled():
                event.ignore()
                return True
        return False

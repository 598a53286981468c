"""From the thread of a serial scanner into the window, as if the scanner were a keyboard wedge."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class SerialScans(QObject):
    """``hear(text)`` may be called from any thread; ``heard(text)`` comes in the window's."""

    heard = Signal(str)

    def hear(self, text: str) -> None:
        self.heard.emit(text)

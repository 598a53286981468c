"""Scanned papers in tests of windows: files, and dropping them as a mouse would."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def drop(widget: QWidget, *paths: Path) -> bool:
    """Hold files above the widget and let them go; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, mods, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    at = QPointF(60, 60)
    enter = QDragEnterEvent(at.toPoint(), copy, data, buttons, mods)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(at, copy, data, buttons, mods)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def a_pdf(folder: Path, name: str = "tarama.pdf") -> Path:
    """A PDF of its own content."""
    path = folder / name
    path.write_bytes(PDF + name.encode() + b"\n%%EOF\n")
    return path

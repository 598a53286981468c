"""Covers what is personal while nobody touches the window, for eyes and for a screen reader alike.

Nothing is emptied or disabled: the focus stays where it is, and the next key goes on with what was typed.
"""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Painted, TextArea, draw_box, draw_text, paint_icon

HIDDEN = N_("Ayrıntılar gizlendi")
tr = translator()

_CHANGES = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class Veil(Painted):
    """Lies over a part of a page that shows personal details and lets everything through; ``lift()`` takes it away."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(tr(HIDDEN))
        self._names: dict[QWidget, tuple[str, str]] = {}
        self._lines: list[QLineEdit] = []
        self._areas: list[TextArea] = []
        self.setParent(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self._hide_words()
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Everything is there again as it was."""
        self.parentWidget().removeEventFilter(self)
        self._show_words()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES and watched is self.parent():
            self.setGeometry(self.parentWidget().rect())
            self.raise_()
            self._hide_words()  # of what came meanwhile
        return False

    # --- for who does not see it

    def _hide_words(self) -> None:
        """What the parts are called and tell besides; of the fields what is written in them."""
        hidden = tr(HIDDEN)
        for part in self.parentWidget().findChildren(QWidget):
            if part is self:
                continue
            if isinstance(part, TextArea):
                part.withhold()
                self._areas.append(part)
            name = part.accessibleName()
            if isinstance(part, QLineEdit) and part.echoMode() is QLineEdit.EchoMode.Normal:
                part.setEchoMode(QLineEdit.EchoMode.Password)  # its length is all that is told of it
                self._lines.append(part)
            field = isinstance(part, QLineEdit | QPlainTextEdit)  # they keep their name
            if name != hidden and not (field and part in self._names):
                self._names[part] = (name, part.accessibleDescription())
                part.setAccessibleName(name if field else hidden)
                part.setAccessibleDescription("")

    def _show_words(self) -> None:
        hidden = tr(HIDDEN)
        for part, (name, description) in self._names.items():
            if shiboken6.isValid(part) and part.accessibleName() in (hidden, name):
                part.setAccessibleName(name)
                part.setAccessibleDescription(description)
        for line in self._lines:
            if shiboken6.isValid(line):
                line.setEchoMode(QLineEdit.EchoMode.Normal)
        for area in self._areas:
            if shiboken6.isValid(area):
                area.give_back()
        self._names, self._lines, self._areas = {}, [], []

    def paint(self, painter: Any) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        draw_box(painter, rect, self.sizes.radius_card, theme.sunken, theme.line, self.border())
        side = self.sizes.icon * 1.2
        words, face = tr(HIDDEN), self.font_of("label")
        middle = rect.center()
        if rect.height() > side * 2.5:
            paint_icon(painter, "eye-off", QRectF(middle.x() - side / 2, middle.y() - side, side, side), theme.ink_2)
            rect = QRectF(rect.x(), middle.y() + 4, rect.width(), side)
        draw_text(painter, rect, words, face, theme.ink_2, ALIGN_CENTER)

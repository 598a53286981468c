"""Where the next sign of a code will stand, as wide as eyes at arm's length need it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desk.ui.theme import look_of
from desk.ui.widgets import painting

WIDE = 5
"""Pixels of the picture; Qt's own is one pixel in the colour of the letters."""


class Caret(QWidget):
    """Lies over ``edit`` and shows the place in the colour of the focus, as long as that has it. It does not blink."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        edit.cursorPositionChanged.connect(self.update)
        edit.textChanged.connect(self.update)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(self._edit.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        if not self._edit.hasFocus():
            return
        look = look_of(self)
        wide = max(4, round(WIDE * look.pixel_scale))
        place = self._edit.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)  # right only once it was painted
        painter.fillRect(place.center().x() - wide // 2, place.y(), wide, place.height(), QColor(look.theme.petrol_500))

"""Search: the field that keeps the focus while arrows move through what was found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk.ui.widgets.field import Field
from desk.ui.widgets.painting import text_width


class SearchField(Field):
    """A Field with a glass: ``moved(±1)`` on ↓ ↑ (±8 on page keys), ``chosen()`` on Enter. ``large``: the main one.

    ``brief`` stands in the place of ``placeholder`` where that does not fit whole.
    """

    moved = Signal(int)
    chosen = Signal()

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        key: str | None = None,
        large: bool = False,
        brief: str = "",
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            label,
            hint=hint,
            placeholder=placeholder,
            icon="search",
            key=key,
            role="search" if large else "body",
            max_length=120,
            name=name or label or placeholder,
            scale=scale,
            parent=parent,
        )
        self._invitations = (placeholder, brief or placeholder)
        self.edit.installEventFilter(self)
        self.return_pressed.connect(self.chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._invite()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers() & _CHORD:
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                self.moved.emit(step)
                return True
        return False

    def _invite(self) -> None:
        """What may be typed here, in as many words as there is room for."""
        whole, brief = self._invitations
        fits = text_width(self.edit.font(), whole) <= self.edit.contentsRect().width()
        wanted = whole if fits else brief
        if self.edit.placeholderText() != wanted:
            self.edit.setPlaceholderText(wanted)


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_CHORD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

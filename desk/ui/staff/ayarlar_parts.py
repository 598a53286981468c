"""The lists of Ayarlar (sub-pages, records) and the bar that shows what will be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, Card, Dressed, ListRow, Text

tr = translator()
RING = 6
"""Pixels between rows: the ring around one covers no other."""

TOLD = 3
"""Changes that are written out; of more their number is said."""


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    title: str
    sub: str = ""
    icon: str = ""
    letter: str = ""
    changed: bool = False


class Rows(Dressed, QWidget):
    """Rows to choose from, ↑ ↓ move. ``picked(key)``. ``wide``: pixels at text scale 1."""

    picked = Signal(str)

    def __init__(self, name: str, wide: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._wide = wide
        self._rows: dict[str, ListRow] = {}
        self._shown: tuple[Line, ...] = ()
        self._chosen = ""
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._column.setSpacing(RING)
        self._column.addStretch(1)
        self.scroller = Scroller(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroller)
        self.look_changed()

    def look_changed(self) -> None:
        self.setFixedWidth(round(self._wide * max(1.0, self.look.text_scale * 0.92)))
        super().look_changed()

    def show_lines(self, lines: Sequence[Line], chosen: str) -> None:
        """The rows are made anew only when their keys change: the focus stays where it is."""
        if [one.key for one in lines] != [one.key for one in self._shown]:
            self._fill(lines)
        elif tuple(lines) != self._shown:
            for one in lines:
                self._write(self._rows[one.key], one)
        moved = chosen != self._chosen and any(row.hasFocus() for row in self._rows.values())
        self._shown, self._chosen = tuple(lines), chosen
        for key, row in self._rows.items():
            row.set_current(key == chosen)
        if moved:  # the ring stands around what is chosen
            self.focus()

    def _fill(self, lines: Sequence[Line]) -> None:
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for place, one in enumerate(lines):
            row = ListRow(one.title, one.sub, icon=one.icon, letter=one.letter, boxed=True)
            row.clicked.connect(lambda _on=False, key=one.key: self.picked.emit(key))
            self._write(row, one)
            self._column.insertWidget(place, row)
            self._rows[one.key] = row
            row.show()
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, row: ListRow, one: Line) -> None:
        row.set_texts(one.title, tr(N_("değişti, kaydedilmedi")) if one.changed else one.sub)

    def focus(self) -> None:
        row = self._rows.get(self._chosen) or next(iter(self._rows.values()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def move_by(self, step: int) -> None:
        keys = list(self._rows)
        if keys:
            at = keys.index(self._chosen) if self._chosen in keys else 0
            self.picked.emit(keys[max(0, min(at + step, len(keys) - 1))])
            self.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.move_by(step)
        else:
            super().keyPressEvent(event)


class PendingBar(Card):
    """What will be saved, and the two answers to it. ``undo`` takes the last save back."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text("", "table", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.undo = Button(tr(N_("Son kaydı geri al")), icon="undo", key="Ctrl+Shift+Z", kind="ghost")
        self.drop = Button(tr(N_("Vazgeç")), key="F4", kind="secondary")
        self.save = Button(tr(N_("Kaydet")), icon="check", key="F2", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for part in (self.undo, self.drop, self.save):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.show_changes([], undoable=False)

    def show_changes(self, sentences: Sequence[str], *, undoable: bool) -> None:
        count = len(sentences)
        if not count:
            self.words.setText(tr(N_("Kaydedilmemiş değişiklik yok.")))
        else:
            told = list(sentences[:TOLD])
            if count > TOLD:
                told.append(tr(N_("ve {count} değişiklik daha")).format(count=count - TOLD))
            head = tr(N_("{count} değişiklik")).format(count=count)
            self.words.setText(f"{head}: " + "\n".join(told))
        self.words.set_color("ink" if count else "ink_2")
        for key in (self.save, self.drop):
            key.setEnabled(bool(count))
        self.undo.setVisible(undoable)

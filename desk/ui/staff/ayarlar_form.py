"""The form of one record: its groups as cards, two fields side by side where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.i18n import translator
from desk.registry.setting_fields import Problem, Subject
from desk.ui.staff.ayarlar_editors import WIDE, Editor, Lists, SwitchEditor, editor
from desk.ui.staff.side_by_side import SETTLED_MS, SideBySide
from desk.ui.widgets import Card, Dressed

tr = translator()
LEAST = 230  # pixels of a field at text scale 1; with less they stand below each other


class RecordForm(Dressed, QWidget):
    """``build(subject, lists)`` makes the editors, ``show_values`` fills them; ``edited(key, value)``, ``left``."""

    edited = Signal(str, object)
    left = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_went)
        self.editors: dict[str, Editor] = {}
        self._made: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 4, 8, 4)
        self._column.setSpacing(12)

    def build(self, subject: Subject, lists: Lists, *, new: bool) -> bool:
        """Make the editors of a sub-page; False when they stand there already."""
        wanted = (subject, dict(lists), new)
        if wanted == self._made:
            return False
        self._made = wanted
        self._empty()
        for group in subject.groups:
            card = Card(tr(group.title))
            card.body.setSpacing(12)
            row: SideBySide | None = None
            left: Editor | None = None
            for one in group.fields:
                if one.only_new and not new:
                    continue
                made = editor(one, lists)
                made.edited.connect(lambda key=one.key: self.edited.emit(key, self.editors[key].value()))
                self.editors[one.key] = made
                if one.sort in WIDE:
                    card.body.addWidget(made)
                    row = None
                elif row is None:
                    left, row = made, SideBySide(gap=16)
                    row.add(made, least=LEAST)
                    card.body.addWidget(row)
                else:
                    row.add(made, least=LEAST)
                    if isinstance(left, SwitchEditor) and isinstance(made, SwitchEditor):
                        left.above.hide()
                        made.above.hide()
                    row = None
            if row is not None:
                row.add(QWidget(), least=LEAST)
                if isinstance(left, SwitchEditor):
                    left.above.hide()
            self._column.addWidget(card)
            card.show()  # a layout shows it only when the events are next looked at
        self._column.addStretch(1)
        self._settle()
        return True

    def _focus_went(self, old: QWidget | None, new: QWidget | None) -> None:
        """A field was gone through; not when the whole window was left."""
        if old is None or new is None:
            return
        for key, made in self.editors.items():
            if made.isAncestorOf(old) and not made.isAncestorOf(new):
                self.left.emit(key)
                return

    def _settle(self) -> None:
        """Tell the scroller how high the form is by now.

        WORKAROUND: rows that break while they are laid out swallow the request, and the form would be squeezed.
        """
        for after in (0, SETTLED_MS):
            QTimer.singleShot(after, self, self._ask_for_room)

    def _ask_for_room(self) -> None:
        self._column.invalidate()
        self._column.activate()
        self.setMinimumHeight(self._column.totalMinimumSize().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumHeight(self._column.totalMinimumSize().height())
        return done

    def look_changed(self) -> None:
        self._settle()
        super().look_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settle()

    def _empty(self) -> None:
        self.editors = {}
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()

    def show_values(self, values: Mapping[str, Any]) -> None:
        for key, made in self.editors.items():
            made.show_value(values[key])

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """The worst sentence below each field."""
        worst: dict[str, Problem] = {}
        for one in problems:
            if one.key not in worst or (one.wrong and not worst[one.key].wrong):
                worst[one.key] = one
        for key, made in self.editors.items():
            one = worst.get(key)
            if one is None:
                made.say("")
            else:
                made.say(one.text(tr), "wrong" if one.wrong else "warning" if one.warning else "told")
        self._settle()

    def focus(self, key: str = "") -> None:
        """The focus into a field, the first one without a key."""
        made = self.editors.get(key) or next(iter(self.editors.values()), None)
        if made is not None:
            made.setFocus(Qt.FocusReason.ShortcutFocusReason)

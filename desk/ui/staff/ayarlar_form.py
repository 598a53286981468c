"""The form of one record: its groups as cards, two fields side by side where there is room; short ones in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.i18n import translator
from desk.registry.setting_fields import Field as Setting
from desk.registry.setting_fields import Problem, Subject
from desk.ui.staff.ayarlar_editors import WIDE, ChoiceEditor, Editor, Lists, SwitchEditor, editor
from desk.ui.staff.side_by_side import SETTLED_MS, SideBySide
from desk.ui.widgets import Card, Dressed, Text

tr = translator()
LEAST = 230  # pixels of a field at text scale 1; with less they stand below each other


TITLE, SHORT, CHOSEN = 84, 96, 140
"""Pixels at text scale 1: of a title beside its fields, of a time of day, of one of a list."""


def add_in_pairs(card: Card, editors: Sequence[Editor]) -> None:
    """Two beside each other; what takes a line of its own has one."""
    left: Editor | None = None
    row: SideBySide | None = None
    for made in editors:
        if made.one.sort in WIDE:
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


def beside_its_title(title: str, editors: Sequence[Editor], rows: Sequence[int]) -> SideBySide:
    """The title once, and short fields beside it: so many in each row, in pairs where there is little room, and all in
    one row where there is much."""
    whole, fields = SideBySide(gap=8), SideBySide(gap=8)
    widest, left = 0, list(editors)
    for count in rows:
        row, least = in_one_row([in_one_row([(one, width_of(one)) for one in two]) for two in pairs(left[:count])])
        fields.add(row, stretch=least, least=least)
        widest, left = max(widest, least), left[count:]
    said = Text(title, "strong")
    whole.add(said, stretch=0, least=TITLE)
    whole.add(fields, stretch=1, least=widest)
    whole.layout().setAlignment(said, Qt.AlignmentFlag.AlignTop)
    return whole


def width_of(made: Editor) -> int:
    return CHOSEN if isinstance(made, ChoiceEditor) else SHORT


def pairs(editors: Sequence[Editor]) -> list[Sequence[Editor]]:
    return [editors[at : at + 2] for at in range(0, len(editors), 2)]


def in_one_row(parts: Sequence[tuple[QWidget, int]]) -> tuple[SideBySide, int]:
    """Parts with their least widths; the row, and its own."""
    row = SideBySide(gap=8)
    for part, least in parts:
        row.add(part, least=least)
    return row, sum(least for _, least in parts) + 8 * (len(parts) - 1)


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
            fields = [one for one in group.fields if new or not one.only_new]
            made = [self._made_editor(one, lists) for one in fields]
            card = Card("" if group.rows else tr(group.title))
            card.body.setSpacing(12)
            if group.rows:
                card.body.addWidget(beside_its_title(tr(group.title), made, group.rows))
            else:
                add_in_pairs(card, made)
            self._column.addWidget(card)
            card.show()  # a layout shows it only when the events are next looked at
        self._column.addStretch(1)
        self._settle()
        return True

    def _made_editor(self, one: Setting, lists: Lists) -> Editor:
        made = editor(one, lists)
        made.edited.connect(lambda: self.edited.emit(one.key, made.value()))
        self.editors[one.key] = made
        return made

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

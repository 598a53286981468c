"""One editor for each kind of setting: label above, value, and below it what is wrong or good to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.setting_fields import Field as Setting
from desk.registry.setting_fields import Sort, shown, typed
from desk.ui.widgets import Chip, Choice, Field, FlowLayout, Option, SectionLabel, TextArea, Toggle
from desk.ui.widgets.field import ErrorLine

tr = translator()
Lists = Mapping[str, tuple[tuple[Any, str], ...]]
WIDE = frozenset({Sort.LINES, Sort.PICKS})
"""Kinds that take a line of their own."""


class Editor(QWidget):
    """``value()``, ``show_value()`` (without a signal), ``say()``; ``edited`` when a person changed it."""

    edited = Signal()

    def __init__(self, one: Setting) -> None:
        super().__init__()
        self.one = one
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _hold(self, part: QWidget) -> None:
        self.column.addWidget(part)
        self.setFocusProxy(part)

    def message(self) -> ErrorLine:
        raise NotImplementedError

    def say(self, sentence: str, tone: str = "") -> None:
        """``tone``: "wrong", "warning", "told"."""
        color, icon = {"warning": ("amber_text", "warning"), "told": ("ink_2", "info")}.get(
            tone, ("brick_text", "warning")
        )
        self.message().say(sentence, color, icon)


class LineEditor(Editor):
    """Text, numbers, times and days are typed into one line."""

    def __init__(self, one: Setting, lists: Lists) -> None:
        super().__init__(one)
        hint = " · ".join(part for part in (tr(one.unit), tr(one.help)) if part)
        longest = round(one.high) + 1 if one.sort is Sort.TEXT and one.high else 60
        self.field = Field(tr(one.label or one.name), name=tr(one.name), hint=hint, max_length=longest)
        if one.sort is Sort.PIN:
            self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._hold(self.field)
        self.field.text_edited.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        return typed(self.one, self.field.text())

    def show_value(self, value: Any) -> None:
        if self.value() != value or not self.field.text():
            self.field.set_text(shown(self.one, value))

    def message(self) -> ErrorLine:
        return self.field.message

    def say(self, sentence: str, tone: str = "") -> None:
        if tone in ("warning", "told"):
            self.field.set_error("")
            super().say(sentence, tone)
            self.field.edit.setAccessibleDescription(sentence)
        else:
            self.field.set_error(sentence)


class LinesEditor(Editor):
    """Several lines."""

    def __init__(self, one: Setting, lists: Lists) -> None:
        super().__init__(one)
        self.field = TextArea(tr(one.name), hint=tr(one.help))
        self._hold(self.field)
        self._showing = False
        self.field.text_edited.connect(self._typed)

    def _typed(self, _text: str) -> None:
        if not self._showing:
            self.edited.emit()

    def value(self) -> Any:
        lines = tuple(" ".join(line.split()) for line in self.field.text().splitlines() if line.strip())
        return lines if lines or not self.one.none else None

    def show_value(self, value: Any) -> None:
        if self.value() != value:
            self._showing = True
            self.field.set_text(shown(self.one, value))
            self._showing = False

    def message(self) -> ErrorLine:
        return self.field.message


class SwitchEditor(Editor):
    """Yes or no."""

    def __init__(self, one: Setting, lists: Lists) -> None:
        super().__init__(one)
        self.toggle = Toggle(tr(one.name))
        self.line = ErrorLine("staff")
        self.toggle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.above = SectionLabel(" ", "")  # on one height with a field beside it
        self.column.addWidget(self.above)
        self._hold(self.toggle)
        self.column.addWidget(self.line)
        self.toggle.clicked.connect(lambda _on=False: self.edited.emit())

    def value(self) -> Any:
        return self.toggle.isChecked()

    def show_value(self, value: Any) -> None:
        self.toggle.setChecked(bool(value))

    def message(self) -> ErrorLine:
        return self.line


class ChoiceEditor(Editor):
    """One of a list."""

    def __init__(self, one: Setting, lists: Lists) -> None:
        super().__init__(one)
        known = one.choices or lists.get(one.options, ())
        options = [Option(place, tr(words)) for place, (_, words) in enumerate(known)]
        self._values = [value for value, _ in known]
        self.choice = Choice(tr(one.label or one.name), options, name=tr(one.name), hint=tr(one.help))
        self._hold(self.choice)
        self.choice.changed.connect(lambda _: self.edited.emit())

    def value(self) -> Any:
        place = self.choice.value()
        return "" if place is None else self._values[place]

    def show_value(self, value: Any) -> None:
        # True == 1: the kind counts, too
        same = (n for n, known in enumerate(self._values) if known == value and type(known) is type(value))
        self.choice.set_value(next(same, None))

    def message(self) -> ErrorLine:
        return self.choice.message

    def say(self, sentence: str, tone: str = "") -> None:
        self.choice.box.error = bool(sentence) and tone not in ("warning", "told")
        super().say(sentence, tone)
        self.choice.box.update()


class ChipRow(QWidget):
    """Chips in as many lines as they need: a column of fields asks no part for its height at a width."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self, 8)

    def _fit(self) -> None:
        high = self.flow.heightForWidth(self.width())
        if high != self.height():
            self.setFixedHeight(high)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done


class PicksEditor(Editor):
    """Any of a list, as chips."""

    def __init__(self, one: Setting, lists: Lists) -> None:
        super().__init__(one)
        none = tr(N_("hiçbiri seçilmezse hepsi")) if one.options == "codes" else ""
        self.column.addWidget(SectionLabel(tr(one.name), none))
        rows = ChipRow()
        flow = rows.flow
        self.chips: dict[Any, Chip] = {}
        for value, words in lists.get(one.options, ()):
            chip = Chip(tr(words))
            chip.clicked.connect(lambda _on=False: self.edited.emit())
            flow.addWidget(chip)
            self.chips[value] = chip
        self.column.addWidget(rows)
        self.line = ErrorLine("staff")
        self.column.addWidget(self.line)
        if self.chips:
            self.setFocusProxy(next(iter(self.chips.values())))

    def value(self) -> Any:
        return tuple(value for value, chip in self.chips.items() if chip.isChecked())

    def show_value(self, value: Any) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key in (value or ()))

    def message(self) -> ErrorLine:
        return self.line


_KINDS: dict[Sort, type[Editor]] = {
    Sort.LINES: LinesEditor,
    Sort.YES_NO: SwitchEditor,
    Sort.CHOICE: ChoiceEditor,
    Sort.PICKS: PicksEditor,
}


def editor(one: Setting, lists: Lists) -> Editor:
    made = _KINDS.get(one.sort, LineEditor)(one, lists)
    made.column.addStretch(1)  # labels beside each other stay on one height
    return made

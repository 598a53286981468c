"""The fields of a channel, built from the one table of channels: no channel has a form of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.channels import Field as Spec
from desk.registry.channels import FieldError, FieldKind, checked_value, fields_of
from desk.registry.types import Channel, DocumentKind
from desk.ui.staff.evrak_fields import CheckedField
from desk.ui.staff.side_by_side import SideBySide
from desk.ui.widgets import Choice, Option, Toggle

PLACEHOLDERS = {FieldKind.DATE: N_("24.11.2026"), FieldKind.MOMENT: N_("24.11.2026 10.42")}

tr = translator()


class ChannelFields(QWidget):
    """``show_channel(channel, document)`` builds them, side by side; ``values()`` is what was entered.

    ``without`` names fields that the form has elsewhere. What was typed goes with the field's code: it comes back when
    the channel does.
    """

    changed = Signal()
    built = Signal()  # new fields stand in it

    def __init__(
        self, parent: QWidget | None = None, *, without: frozenset[str] = frozenset(), in_row: int = 2, least: int = 170
    ) -> None:
        super().__init__(parent)
        self._without, self._in_row, self._least = without, in_row, least
        self._parts: dict[str, CheckedField | Choice | Toggle] = {}
        self._specs: dict[str, Spec] = {}
        self._kept: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_channel(self, channel: Channel, document: DocumentKind) -> None:
        """What was typed into a field that the new channel has too stays."""
        now = self.values()
        kept = self._kept = {code: value for code, value in self._kept.items() if code not in self._parts} | now
        while self._column.count():
            part = self._column.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._parts = {}
        specs = [one for one in fields_of(channel, document) if one.code not in self._without]
        lines = [one for one in specs if one.kind is not FieldKind.YES]
        for at in range(0, len(lines), self._in_row):
            row = SideBySide(gap=12)
            for one in lines[at : at + self._in_row]:
                part = self._made(one, kept.get(one.code, ""))
                row.add(part, least=self._least)
                row.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(row)
            row.show()
        for one in specs:
            if one.kind is FieldKind.YES:
                part = self._made(one, kept.get(one.code, ""))
                self._column.addWidget(part)
                part.show()
        self.setVisible(bool(self._parts))
        self.built.emit()

    def forget(self) -> None:
        """Empty, and nothing comes back."""
        self._kept = {}
        for part in self._parts.values():
            if isinstance(part, Toggle):
                part.setChecked(False)
            elif isinstance(part, Choice):
                part.set_value("")
                part.set_error("")
            else:
                part.clear()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put entered values back; those of other channels wait for theirs."""
        self._kept |= values
        for code, value in values.items():
            part = self._parts.get(code)
            if isinstance(part, Toggle):
                part.setChecked(value == "1")
            elif isinstance(part, Choice):
                part.set_value(value)
            elif part is not None:
                part.set_text(value)

    def texts(self) -> list[CheckedField]:
        """The fields that are typed into, in their order."""
        return [part for part in self._parts.values() if isinstance(part, CheckedField)]

    def impossible(self) -> QWidget | None:
        """The first field whose text cannot be true, or that must be filled in and is not; it shows its sentence."""
        for code, part in self._parts.items():
            spec = self._specs[code]
            if isinstance(part, CheckedField) and part.impossible():
                return part
            if spec.required and not isinstance(part, Toggle) and not _value_of(part):
                part.set_error(FieldError(code, N_("{label} yazılmalıdır."), label=spec.label).text(tr))
                return part
        return None

    def _made(self, spec: Spec, value: str) -> CheckedField | Choice | Toggle:
        part: CheckedField | Choice | Toggle
        hint = "" if spec.required else tr(N_("isteğe bağlı"))
        if spec.kind is FieldKind.YES:
            part = Toggle(tr(spec.label), checked=value == "1")
            part.toggled.connect(lambda _: self.changed.emit())
        elif spec.kind is FieldKind.CHOICE:
            none = [] if spec.required else [Option("", tr(N_("Belirtilmedi")))]
            part = Choice(
                tr(spec.label), [*none, *(Option(code, tr(name)) for code, name in spec.choices)], hint=hint,
                value=value or None,
            )  # fmt: skip
            part.changed.connect(lambda _: self._changed(spec.code))
        else:
            example = PLACEHOLDERS.get(spec.kind, "")
            part = CheckedField(
                tr(spec.label), partial(checked_value, spec), hint=hint, placeholder=tr(example) if example else ""
            )
            part.set_text(value)
            part.text_changed.connect(lambda _: self._changed(spec.code))
        self._parts[spec.code], self._specs[spec.code] = part, spec
        return part

    def _changed(self, code: str) -> None:
        part = self._parts[code]
        if not isinstance(part, Toggle):
            part.set_error("")
        self.changed.emit()

    def values(self) -> dict[str, str]:
        """Code → what was entered; empty ones are left out."""
        found = {code: _value_of(part) for code, part in self._parts.items()}
        return {code: value for code, value in found.items() if value}

    def refuse(self, code: str, sentence: str) -> bool:
        """Show a field's sentence beside it; False when no such field is here."""
        part = self._parts.get(code)
        if part is None or isinstance(part, Toggle):
            return False
        part.set_error(sentence)
        part.setFocus()
        return True

    def codes(self) -> Iterable[str]:
        return self._parts


def _value_of(part: CheckedField | Choice | Toggle) -> str:
    if isinstance(part, Toggle):
        return "1" if part.isChecked() else ""
    if isinstance(part, Choice):
        return str(part.value() or "")
    return part.text().strip()

"""The fields of a channel, built from the one table of channels: no channel has a form of its own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.channels import Field as Spec
from desk.registry.channels import FieldKind, fields_of
from desk.registry.types import Channel, DocumentKind
from desk.ui.staff.side_by_side import SideBySide
from desk.ui.widgets import Choice, Field, Option, Toggle

PLACEHOLDERS = {FieldKind.DATE: N_("24.11.2026"), FieldKind.MOMENT: N_("24.11.2026 10.42")}

tr = translator()


class ChannelFields(QWidget):
    """``show_channel(channel, document)`` builds them, two side by side; ``values()`` is what was entered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, Field | Choice | Toggle] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_channel(self, channel: Channel, document: DocumentKind) -> None:
        """What was typed into a field that the new channel has too stays."""
        kept = self.values()
        while self._column.count():
            part = self._column.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._parts = {}
        specs = fields_of(channel, document)
        lines = [one for one in specs if one.kind is not FieldKind.YES]
        for at in range(0, len(lines), 2):
            row = SideBySide(gap=12)
            for one in lines[at : at + 2]:
                row.add(self._made(one, kept.get(one.code, "")), least=170)
            self._column.addWidget(row)
            row.show()
        for one in specs:
            if one.kind is FieldKind.YES:
                part = self._made(one, kept.get(one.code, ""))
                self._column.addWidget(part)
                part.show()

    def _made(self, spec: Spec, value: str) -> Field | Choice | Toggle:
        part: Field | Choice | Toggle
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
            part = Field(tr(spec.label), hint=hint, placeholder=tr(PLACEHOLDERS.get(spec.kind, "")) or "")
            part.set_text(value)
            part.text_changed.connect(lambda _: self._changed(spec.code))
        self._parts[spec.code] = part
        return part

    def _changed(self, code: str) -> None:
        part = self._parts[code]
        if not isinstance(part, Toggle):
            part.set_error("")
        self.changed.emit()

    def values(self) -> dict[str, str]:
        """Code → what was entered; empty ones are left out."""
        found = {}
        for code, part in self._parts.items():
            if isinstance(part, Toggle):
                value = "1" if part.isChecked() else ""
            elif isinstance(part, Choice):
                value = part.value() or ""
            else:
                value = part.text().strip()
            if value:
                found[code] = value
        return found

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

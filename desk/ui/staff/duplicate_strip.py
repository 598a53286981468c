"""What may have been registered before, shown above F2, and joined with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.clock import local
from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import PossibleDuplicate
from desk.text import short_date
from desk.ui.tables.applications import state_pill
from desk.ui.widgets import Button, Card, ElidedText, Option

tr = translator()


def about(one: PossibleDuplicate) -> str:
    """Aynı kişi · 24.11.2026 · Birime havale · A*** Y***"""
    day = short_date(local(one.received_at).date())
    return " · ".join(part for part in (tr(one.reason), day, state_pill(one.state).words, one.applicant_masked) if part)


def as_options(found: Sequence[PossibleDuplicate]) -> list[Option]:
    """For a picker: each record by number and subject, the rest as its note."""
    return [Option(one, f"{one.record_number}  {one.subject}".strip(), "rings", about(one)) for one in found]


class DuplicateStrip(QWidget):
    """``show_found(…)``: hidden while there is nothing; ``joined`` is the record that this one will be joined to.

    Alt+M (``press()``) joins the only one, or asks which (``choice_asked``); once more takes it back. ``changed`` when
    ``joined`` did.
    """

    changed = Signal()
    choice_asked = Signal(object)  # the possible duplicates

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: tuple[PossibleDuplicate, ...] = ()
        self.joined: PossibleDuplicate | None = None
        self.title = ElidedText("", "strong", "amber_text")
        self.about = ElidedText("", "hint", "ink_2")
        self.join = Button(tr(N_("Birleştir")), icon="rings", key="Alt+M", compact=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.join)
        card = Card(tone="outline")
        card.body.addLayout(row)
        card.layout().setContentsMargins(16, 8, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.join.clicked.connect(self.press)
        self.hide()

    def show_found(self, found: Sequence[PossibleDuplicate]) -> None:
        """What the registry found for the form as it stands; a chosen one that is not among them any more is let go."""
        self.found = tuple(found)
        if self.joined is not None and self.joined.id not in {one.id for one in found}:
            self.choose(None)
        self._show()

    def clear(self) -> None:
        self.choose(None)
        self.show_found(())

    def press(self) -> None:
        if self.joined is not None:
            self.choose(None)
        elif len(self.found) == 1:
            self.choose(self.found[0])
        elif self.found:
            self.choice_asked.emit(self.found)

    def choose(self, one: PossibleDuplicate | None) -> None:
        """The same matter: the record that is registered now will be joined to ``one``."""
        if one is self.joined:
            return
        self.joined = one
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        shown = self.joined or (self.found[0] if self.found else None)
        self.setVisible(shown is not None)
        if shown is None:
            return
        if self.joined is not None:
            title = tr(N_("{number} ile birleştirilerek kaydedilecek")).format(number=shown.record_number)
        elif len(self.found) == 1:
            title = tr(N_("Mükerrer olabilir: {number} {subject}"))
        else:
            title = tr(N_("Mükerrer olabilir: {number} {subject} ve {more} kayıt daha"))
        subject = shown.subject
        self.title.setText(title.format(number=shown.record_number, subject=subject, more=len(self.found) - 1))
        self.about.setText(about(shown))
        self.join.set_label(tr(N_("Vazgeç")) if self.joined is not None else tr(N_("Birleştir")))
        self.join.set_icon("cross" if self.joined is not None else "rings")

"""What the desk enters about a visitor; it opens no database and knows no action."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.requests import TICKETS_LIMIT, Direction, VisitRequest
from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, translator
from desk.queue.types import DESK_PRIORITIES, PRIORITY_NAMES, Priority
from desk.registry.types import ARRIVAL_NAMES, NOBODY, Arrival, AssistanceKind, Destination, PersonInput
from desk.ui.staff.danisma_help import HelpCard
from desk.ui.staff.danisma_identity import IdentityCard
from desk.ui.staff.danisma_search import DestinationSearch
from desk.ui.staff.danisma_slip import LanguageStrip
from desk.ui.widgets import Chip, FittingRow, FlowLayout, Option, SectionLabel, Segmented, Stepper
from desk.values import dataclass

tr = translator()


def acts() -> Any:
    """What a press at Danışma does (``desk.actions.desk``). For a worker: the page stands before it is read."""
    from desk.actions import desk

    return desk


@dataclass(frozen=True, slots=True)
class Entry:
    """The form at one moment. ``each``: a number for every person instead of one for the group."""

    to: Destination | None = None
    persons: int = 1
    each: bool = False
    arrival: Arrival = Arrival.WALK_IN
    priority: Priority | None = None
    help: AssistanceKind | None = None
    identity: PersonInput = NOBODY
    lang: str = SOURCE_LANGUAGE

    def request(self, key: str, reason: str = "") -> VisitRequest:
        """The numbers to give; only with a service to queue for. ``reason`` passes a limit."""
        assert self.to is not None
        return VisitRequest(
            key=key,
            service_code=self.to.service_code,
            persons=self.persons,
            numbers=self.persons if self.each else 1,
            priority=self.priority,
            assistance=self.help,
            arrival=self.arrival,
            subject_code=self.to.subject_code,
            unit_code=self.to.unit_code,
            identity=self.identity,
            lang=self.lang,
            override_reason=reason,
        )

    def direction(self, key: str, *, printed: bool = False, guide: str = "") -> Direction:
        """The visitor who was only told the way, or what a service needs (``guide``)."""
        return Direction(
            key=key,
            persons=self.persons,
            arrival=self.arrival,
            assistance=self.help,
            to=self.to,
            printed=printed,
            lang=self.lang,
            guide=guide,
        )


class VisitForm(QWidget):
    """``entry()`` and ``show_entry()``; ``changed`` with every change, ``confirmed`` on the second Enter."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, lang: LanguageStrip) -> None:
        """``lang`` stands beside the slip; what it says belongs to the entry."""
        super().__init__()
        self._showing = False
        self.lang = lang
        self.search = DestinationSearch()
        self.persons = Stepper(tr(N_("Kişi sayısı")), low=1, high=999)
        self.each = Chip("", icon="persons", shape="box", name=tr(N_("Kişi başına numara")))
        arrivals = [
            Option(Arrival.WALK_IN, tr(ARRIVAL_NAMES[Arrival.WALK_IN])),
            Option(Arrival.APPOINTMENT, tr(ARRIVAL_NAMES[Arrival.APPOINTMENT]), "calendar"),
        ]
        self.arrival = Segmented(arrivals, name=tr(N_("Geliş biçimi")), narrow=True)
        self.priorities = [
            Chip(tr(PRIORITY_NAMES[one]), hint=str(place)) for place, one in enumerate(DESK_PRIORITIES, start=1)
        ]
        self.help = HelpCard()
        self.identity = IdentityCard()
        self._lay_out()
        self._wire()
        self._persons_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search, 100)
        row = QWidget()
        flow = FlowLayout(row, gap=12)
        flow.addWidget(_labelled(SectionLabel(tr(N_("Kişi sayısı")), "Alt+↑↓"), self.persons))
        flow.addWidget(_labelled(SectionLabel(tr(N_("Geliş biçimi")), "Alt+G"), self.arrival))
        self._each_box = _labelled(SectionLabel(tr(N_("Grup")), "Alt+N"), self.each)
        flow.addWidget(self._each_box)
        column.addWidget(row)
        chips = QWidget()
        line = FittingRow(chips, gap=6)
        for chip in self.priorities:
            line.addWidget(chip)
        column.addWidget(_labelled(SectionLabel(tr(N_("Öncelik")), "Alt+1…5"), chips))
        column.addWidget(self.help)
        column.addWidget(self.identity)
        column.addStretch(1)
        for control in (*self.priorities, *self.arrival.buttons(), self.each):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from the search

    def _wire(self) -> None:
        self.search.changed.connect(self._tell)
        self.search.confirmed.connect(self.confirmed)
        self.persons.value_changed.connect(self._persons_changed)
        self.persons.edit.returnPressed.connect(self.to_search)
        self.each.toggled.connect(lambda _on: self._tell())
        self.arrival.changed.connect(self._tell)
        self.lang.changed.connect(self._tell)
        for place, chip in enumerate(self.priorities):
            chip.clicked.connect(lambda _on=False, place=place: self._priority_clicked(place))
        self.help.changed.connect(self._tell)
        self.identity.changed.connect(self._tell)
        self.identity.left.connect(self.to_search)

    def set_tight(self, tight: bool) -> None:
        """Less air between the groups, for low windows."""
        self.layout().setSpacing(8 if tight else 12)
        for control in (*self.arrival.buttons(), self.each):  # as high as the stepper: their labels stand in one line
            control.setMinimumHeight(self.persons.sizeHint().height())

    # --- what is entered

    def entry(self) -> Entry:
        chosen = next(
            (one for one, chip in zip(DESK_PRIORITIES, self.priorities, strict=True) if chip.isChecked()), None
        )
        persons = self.persons.value()
        return Entry(
            to=self.search.destination(),
            persons=persons,
            each=1 < persons <= TICKETS_LIMIT and self.each.isChecked(),
            arrival=self.arrival.value(),
            priority=chosen,
            help=self.help.kind(),
            identity=self.identity.person(),
            lang=self.lang.value(),
        )

    def show_entry(self, entry: Entry) -> None:
        """Fill the form; an empty Entry clears it."""
        self._showing = True
        self.search.clear()
        self.persons.set_value(entry.persons)
        self.each.setChecked(entry.each)
        self.arrival.set_value(entry.arrival)
        self.lang.set_value(entry.lang)
        for one, chip in zip(DESK_PRIORITIES, self.priorities, strict=True):
            chip.setChecked(one is entry.priority)
        self.help.set_kind(entry.help)
        self.identity.show_person(entry.identity)
        if entry.to is not None:
            self.search.choose(entry.to)
        self._showing = False
        self._persons_changed()

    def is_empty(self) -> bool:
        """Nothing was entered since it was cleared."""
        return not self.search.text() and self.entry() == Entry()

    # --- chords

    def to_search(self) -> None:
        self.search.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_priority(self, place: int) -> None:
        """Alt+1…5: this class or, pressed again, none."""
        self.priorities[place].setChecked(not self.priorities[place].isChecked())
        self._priority_clicked(place)

    def next_arrival(self) -> None:
        other = {Arrival.WALK_IN: Arrival.APPOINTMENT, Arrival.APPOINTMENT: Arrival.WALK_IN}
        self.arrival.set_value(other[self.arrival.value()])

    def toggle_each(self) -> None:
        if 1 < self.persons.value() <= TICKETS_LIMIT:
            self.each.setChecked(not self.each.isChecked())

    # --- inside

    def _priority_clicked(self, place: int) -> None:
        for at, chip in enumerate(self.priorities):
            if at != place:
                chip.setChecked(False)
        self._tell()

    def _persons_changed(self) -> None:
        persons = self.persons.value()
        self.each.set_label(tr(N_("{count} ayrı numara")).format(count=persons))
        self.each.setEnabled(persons <= TICKETS_LIMIT)
        self._each_box.setVisible(persons > 1)
        if persons == 1 or persons > TICKETS_LIMIT:
            self.each.setChecked(False)
        self._tell()

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()


def _labelled(label: SectionLabel, control: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(control)
    return box

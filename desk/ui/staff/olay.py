"""Olay: one key anywhere notes an unusual event, its steps with their times, and how it ended.

Pressing a kind starts it at once; everything else can be told after. What is about a lost child is chosen from ready
sentences only: no name, no description.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.incident_kinds import FALSE_ALARM, INCIDENT_NAMES, OUTCOMES, STEPS, IncidentKind
from desk.registry.incidents import TEXT_LIMIT, IncidentView
from desk.text import clock_time
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, Chip, Field, FlowLayout, Moment, Text, Timeline

tr = translator()

KINDS = (
    (IncidentKind.HEALTH, "first-aid", N_("112’yi arayınız. Ekranlar yolun açık tutulmasını ister.")),
    (IncidentKind.LOST_CHILD, "child", N_("Ekranlar görevliye haber verilmesini ister. Ad ve tarif yazılmaz.")),
    (IncidentKind.SECURITY, "lock", N_("Sessiz çağrı: salonda ve kioskta görünmez, ses çıkmaz.")),
    (IncidentKind.EVACUATION, "alarm", N_("112’yi arayınız. Bütün ekranlar sesli tahliye duyurusu yapar.")),
    (IncidentKind.OUTAGE, "database", N_("Salonda ve kioskta duyurulmaz.")),
    (IncidentKind.OTHER, "info", N_("Salonda ve kioskta duyurulmaz.")),
)
"""Kinds in the order of their keys 1…6, an icon, and what the press sets off."""


class ChooseIncident(Overlay):
    """``started(kind, place)`` with the first press; ``opened(event)`` for one that goes on."""

    started = Signal(object, str)
    opened = Signal(object)
    over_lock = True

    def __init__(self, window: QWidget, going_on: Sequence[IncidentView]) -> None:
        super().__init__(window, tr(N_("Olay bildir")), width=760)
        for event in going_on:
            self.body.addWidget(self._going_on(event))
        sentence = N_("Türünü seçtiğiniz anda olay saatiyle kaydedilir; adımlar ve sonuç sonra işaretlenir.")
        self.body.addWidget(Text(tr(sentence), "body", "ink_2", wrap=True))
        self.place = Field(tr(N_("Yer (isteğe bağlı)")), hint=tr(N_("Salon, 2. kat, Banko 3…")), max_length=80)
        grid = QGridLayout()
        grid.setSpacing(8)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self._kinds: list[Button] = []
        for at, (kind, icon, words) in enumerate(KINDS):
            grid.addWidget(self._kind(at, kind, icon, words), at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.body.addWidget(self.place)
        stay = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        stay.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(stay)
        self.body.addLayout(row)

    def _going_on(self, event: IncidentView) -> Button:
        words = tr(N_("Sürüyor: {event}")).format(event=named(event))
        button = Button(words, icon="warning", kind="tint")
        button.clicked.connect(lambda: self._leave_with(lambda: self.opened.emit(event)))
        return button

    def _kind(self, at: int, kind: IncidentKind, icon: str, words: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        grave = kind in (IncidentKind.HEALTH, IncidentKind.LOST_CHILD, IncidentKind.SECURITY, IncidentKind.EVACUATION)
        button = Button(tr(INCIDENT_NAMES[kind]), icon=icon, key=str(at + 1), kind="danger" if grave else "secondary")
        button.setAccessibleDescription(tr(words))
        button.clicked.connect(lambda: self._start(kind))
        self._kinds.append(button)
        column.addWidget(button)
        column.addWidget(Text(tr(words), "hint", "ink_2", wrap=True))
        return box

    def first_focus(self) -> QWidget | None:
        return self  # a digit chooses; Enter alone must not call out an evacuation

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._kinds) and not event.isAutoRepeat():
            self._kinds[at].click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _start(self, kind: IncidentKind) -> None:
        place = "" if kind is IncidentKind.LOST_CHILD else self.place.text().strip()
        self._leave_with(lambda: self.started.emit(kind, place))

    def _leave_with(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()


class IncidentSheet(Overlay):
    """One event: what was done when, what is usually done next, how it ended.

    ``step_taken(text)``, ``ended(outcome)``; the owner writes it and calls ``show_event`` with what is kept.
    """

    over_lock = True
    step_taken = Signal(str)
    ended = Signal(str)

    def __init__(self, window: QWidget, event: IncidentView) -> None:
        super().__init__(window, named(event), width=720)
        self.event = event
        self._own_words = event.kind is not IncidentKind.LOST_CHILD
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        self.steps = Timeline(tr(N_("Yapılanlar")))
        column.addWidget(Text(tr(N_("Yapılanlar")), "label"))
        column.addWidget(self.steps)
        column.addWidget(
            Text(tr(N_("Yapıldıkça işaretleyiniz; saati kendiliğinden yazılır.")), "hint", "ink_2", wrap=True)
        )
        self._todo = self._chips(column, STEPS[event.kind], self.step_taken.emit)
        self.other = Field(tr(N_("Başka bir adım")), hint=tr(N_("Kişi adı yazmayınız")), max_length=TEXT_LIMIT)
        self.other.return_pressed.connect(self._other_step)
        column.addWidget(self.other)
        column.addSpacing(8)
        column.addWidget(Text(tr(N_("Sonuç")), "label"))
        self._ends = self._chips(column, (*OUTCOMES[event.kind], FALSE_ALARM), self._choose_end)
        self.outcome = Field(tr(N_("Nasıl sonuçlandı?")), max_length=TEXT_LIMIT)
        self.outcome.return_pressed.connect(self._end)
        column.addWidget(self.outcome)
        if not self._own_words:
            note = N_("Kayıp çocuk olayında ad ve tarif yazılmaz; hazır seçeneklerden birini seçiniz.")
            column.addWidget(Text(tr(note), "hint", "ink_2", wrap=True))
            self.other.hide()
            self.outcome.edit.setReadOnly(True)
        column.addStretch(1)
        self._scroller = Scroller(inner)
        self._inner = inner
        self.body.addWidget(self._scroller, 1)
        self._foot()
        self.show_event(event)

    def _place(self) -> None:
        self._scroller.setFixedHeight(max(160, min(self._inner.sizeHint().height() + 96, self.height() - 190)))
        super()._place()

    def _foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Açık bırak")), key="Esc")
        stay.clicked.connect(self.dismiss)
        self.end_button = Button(tr(N_("Olayı sonlandır")), icon="check", key="F2", kind="primary")
        self.end_button.clicked.connect(self._end)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(self.end_button)
        self.body.addLayout(row)

    def _chips(self, column: QVBoxLayout, sentences: Sequence[str], act: Callable[[str], None]) -> dict[str, Chip]:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        made = {}
        for words in sentences:
            chip = Chip(tr(words).removesuffix("."))
            chip.clicked.connect(lambda _on=False, words=words: act(words))
            flow.addWidget(chip)
            made[words] = chip
        column.addWidget(box)
        return made

    def show_event(self, event: IncidentView) -> None:
        """What is kept of it by now."""
        self.event = event
        told = {step.text for step in event.steps}
        self.steps.set_moments([Moment("check", tr(s.text), when=clock_time(s.at)) for s in reversed(event.steps)])
        for words, chip in self._todo.items():
            chip.setChecked(words in told)
            chip.setEnabled(words not in told)
        if self.isVisible():
            self._place()

    def first_focus(self) -> QWidget | None:
        return next((chip for chip in self._todo.values() if chip.isEnabled()), None) or self.end_button

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() == Qt.Key.Key_F2:
            self._end()
            event.accept()
            return
        super().keyPressEvent(event)

    def _other_step(self) -> None:
        text = self.other.text().strip()
        if text:
            self.other.clear()
            self.step_taken.emit(text)

    def _choose_end(self, words: str) -> None:
        for one, chip in self._ends.items():
            chip.setChecked(one == words)
        self.outcome.set_text(tr(words))
        self.outcome.set_error("")

    def _end(self) -> None:
        told = self.outcome.text().strip()
        if not told:
            self.outcome.set_error(tr(N_("Olayın sonucunu yazınız.")))
            (next(iter(self._ends.values())) if not self._own_words else self.outcome.edit).setFocus()
            return
        self.dismiss()
        self.ended.emit(told)


def named(event: IncidentView) -> str:
    """ "O 002 · Sağlık (112) · 10.42 · Salon"."""
    parts = (event.number, tr(event.name), clock_time(event.at), event.place)
    return " · ".join(part for part in parts if part)

"""Appointments at the desk: give a time and its code, and check in who has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.appointments import Booking
from desk.errors import N_
from desk.i18n import translator
from desk.queue.appointments import STATE_NAMES, Appointment
from desk.queue.types import Service
from desk.registry.types import PersonInput
from desk.text import clock_time, date_and_time
from desk.ui.staff.danisma_hand import end_row, side_by_side
from desk.ui.staff.danisma_times import moment_of
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Button, Choice, Field, ListRow, Option, SectionLabel, Stepper, Text

SHOWN = 6
tr = translator()


class BookOverlay(Overlay):
    """Service, day, time, persons, and a name if one is given; ``wanted(Booking)``. ``refuse`` says why not."""

    wanted = Signal(object)

    def __init__(self, window: QWidget, services: Sequence[Service], chosen: str, key: str, now: datetime) -> None:
        super().__init__(window, tr(N_("Randevu ver")), width=560)
        self._key, self._now = key, now
        options = [Option(one.code, one.name, note=one.place) for one in services if one.active]
        self.service = Choice(tr(N_("Hizmet")), options)
        if chosen:
            self.service.set_value(chosen)
        self.day = Field(tr(N_("Gün")), hint=tr(N_("Boşsa bugün")), placeholder=tr(N_("Örnek: 25.11")))
        self.at = Field(tr(N_("Saat")), placeholder=tr(N_("Örnek: 14.30")))
        self.name = Field(tr(N_("Ad soyad")), hint=tr(N_("İsteğe bağlı")))
        self.persons = Stepper(tr(N_("Kişi sayısı")), low=1, high=99)
        self.body.addWidget(self.service)
        self.body.addLayout(side_by_side(self.day, self.at))
        self.body.addWidget(self.name)
        self.body.addWidget(SectionLabel(tr(N_("Kişi sayısı"))))
        row = QHBoxLayout()
        row.addWidget(self.persons)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(8)
        self.body.addLayout(end_row(self, tr(N_("Randevu ver")), self._go))
        for field in (self.day, self.at, self.name):
            field.return_pressed.connect(self._go)
        self.persons.edit.returnPressed.connect(self._go)

    def first_focus(self) -> QWidget | None:
        return self.at.edit if self.service.value() else None

    def refuse(self, sentence: str) -> None:
        self.at.set_error(sentence)

    def _go(self) -> None:
        self.at.set_error("")
        self.service.set_error("")
        at = moment_of(self._now, self.day.text(), self.at.text())
        if not self.service.value():
            self.service.set_error(tr(N_("Hizmeti seçiniz.")))
        elif at is None:
            self.at.set_error(tr(N_("Gün veya saat anlaşılamadı. Örnek: 25.11 ve 14.30")))
        else:
            person = PersonInput(name=self.name.text())
            self.wanted.emit(
                Booking(self._key, self.service.value(), at, persons=self.persons.value(), identity=person)
            )


class BookedOverlay(Overlay):
    """The code, large, until it was noted down."""

    def __init__(self, window: QWidget, made: Appointment) -> None:
        super().__init__(window, tr(N_("Randevu verildi")), width=460)
        self.body.addWidget(Text(f"{date_and_time(made.at)} · {made.service_name}", "body", "ink_2", wrap=True))
        self.body.addWidget(Text(made.code, "display", "ink", align=ALIGN_CENTER))
        words = N_("Ziyaretçiye bu kodu veriniz; saat {opens} ile {closes} arasında danışmada ya da kioskta kullanır.")
        told = tr(words).format(opens=clock_time(made.opens), closes=clock_time(made.closes))
        self.body.addWidget(Text(told, "body", "ink_2", wrap=True))
        row = QHBoxLayout()
        self.done = Button(tr(N_("Tamam")), key="Enter", kind="primary")
        self.done.clicked.connect(self.dismiss)
        row.addStretch(1)
        row.addWidget(self.done)
        self.body.addSpacing(8)
        self.body.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.done


class CheckInOverlay(Overlay):
    """The code, or one of today's list; ``wanted(code)``. ``refuse`` says why not."""

    wanted = Signal(str)

    def __init__(self, window: QWidget, today: Sequence[Appointment]) -> None:
        super().__init__(window, tr(N_("Randevulu ziyaretçi")), width=520)
        self.code = Field(tr(N_("Randevu kodu")), hint=tr(N_("6 rakam")), max_length=7)
        self.code.return_pressed.connect(lambda: self.wanted.emit(self.code.text()))
        self.body.addWidget(self.code)
        expected = [one for one in today if one.state == "expected"]
        words = tr(N_("Bugün beklenenler")) if expected else tr(N_("Bugün beklenen başka randevu yok."))
        self.body.addWidget(SectionLabel(words))
        if expected:
            self.body.addWidget(self._list(expected))
        self.body.addSpacing(8)
        self.body.addLayout(end_row(self, tr(N_("Numara ver")), lambda: self.wanted.emit(self.code.text())))

    def _list(self, expected: Sequence[Appointment]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        high = 40
        for one in expected:
            sub = " · ".join(part for part in (one.name_masked, tr(STATE_NAMES[one.state])) if part)
            row = ListRow(f"{clock_time(one.at)} · {one.service_name}", sub, icon="calendar")
            row.clicked.connect(lambda _on=False, code=one.code: self.wanted.emit(code))
            column.addWidget(row)
            high = row.sizeHint().height() + 2
        column.addStretch(1)
        area = Scroller(inner)
        area.setFixedHeight(min(len(expected), SHOWN) * high + 4)
        return area

    def first_focus(self) -> QWidget | None:
        return self.code.edit

    def refuse(self, sentence: str) -> None:
        self.code.set_error(sentence)

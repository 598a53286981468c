"""The other filters of Başvurular, and saving them under a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import (
    APPLICATION_KIND_NAMES,
    URGENCY_NAMES,
    ApplicationKind,
    ListQuery,
    Order,
    Urgency,
)
from desk.registry.channels import read_date
from desk.registry.types import APPLICATION_STATE_NAMES, ApplicationState
from desk.text import short_date
from desk.ui.staff.basvurular_work import period
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Choice, Field, Option

PERIODS = (
    ("", N_("Tümü")),
    ("today", N_("Bugün")),
    ("week", N_("Son 7 gün")),
    ("month", N_("Son 30 gün")),
    ("this_month", N_("Bu ay")),
    ("this_year", N_("Bu yıl")),
    ("between", N_("İki tarih arası")),
)
ORDERS = (
    (Order.DUE, N_("Kalan süre")),
    (Order.URGENCY, N_("Aciliyet")),
    (Order.NEWEST, N_("En yeni")),
)

tr = translator()


class FilterPanel(Overlay):
    """``agreed(query)``: the query with these filters. Enter agrees, Esc leaves everything as it was."""

    agreed = Signal(object)

    def __init__(self, window: QWidget, query: ListQuery, today: date) -> None:
        super().__init__(window, tr(N_("Süzgeç")), width=620)
        self._query, self._today = query, today
        self.kind = self._choice(N_("Tür"), ApplicationKind, APPLICATION_KIND_NAMES, query.kind)
        self.state = self._choice(N_("Durum"), ApplicationState, APPLICATION_STATE_NAMES, query.state)
        self.urgency = self._choice(N_("Aciliyet"), Urgency, URGENCY_NAMES, query.urgency)
        self.period = Choice(
            tr(N_("Geliş dönemi")), [Option(key, tr(name)) for key, name in PERIODS], value=self._period_of(query)
        )
        self.first = Field(tr(N_("İlk gün")), placeholder=tr(N_("01.11.2026")), max_length=20)
        self.last = Field(tr(N_("Son gün")), placeholder=tr(N_("24.11.2026")), max_length=20)
        for field, day in ((self.first, query.received_from), (self.last, query.received_to)):
            field.set_text(short_date(day) if day else "")
            field.return_pressed.connect(self._agree)
        for pair in ((self.kind, self.state), (self.urgency, self.period), (self.first, self.last)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for part in pair:
                row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(row)
        self._show_days(self.period.value())
        self.period.changed.connect(self._show_days)
        self._add_buttons()

    def _choice(self, label: str, values: type[StrEnum], names: dict[StrEnum, str], now: StrEnum | None) -> Choice:  # type: ignore[type-arg]
        options = [Option("", tr(N_("Tümü"))), *(Option(one, tr(names[one])) for one in values)]
        return Choice(tr(label), options, value=now or "")

    def _period_of(self, query: ListQuery) -> str:
        days = (query.received_from, query.received_to)
        if days == (None, None):
            return ""
        return next((key for key, _ in PERIODS if key and period(key, self._today) == days), "between")

    def _show_days(self, name: str) -> None:
        between = name == "between"
        for field in (self.first, self.last):
            field.setEnabled(between)
        if not between:
            for field, day in zip((self.first, self.last), period(name, self._today), strict=True):
                field.set_text(short_date(day) if day else "")
                field.set_error("")

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        none = Button(tr(N_("Süzgeçleri kaldır")))
        agree = Button(tr(N_("Uygula")), icon="check", key="Enter", kind="primary")
        stay.clicked.connect(self.dismiss)
        none.clicked.connect(self._remove)
        agree.clicked.connect(self._agree)
        row.addWidget(none)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(agree)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    def _remove(self) -> None:
        self.dismiss()
        self.agreed.emit(
            replace(self._query, kind=None, state=None, urgency=None, received_from=None, received_to=None)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._agree()
            event.accept()
            return
        super().keyPressEvent(event)

    def _agree(self) -> None:
        days: list[date | None] = []
        for field in (self.first, self.last):
            words = field.text().strip()
            found = read_date(words) if words else None
            if words and found is None:
                field.set_error(tr(N_("Tarih anlaşılamadı. Örnek: 24.11.2026")))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            days.append(found)
        first, last = days
        if first and last and first > last:
            self.last.set_error(tr(N_("Son gün ilk günden önce olamaz.")))
            return
        state = self.state.value() or None
        query = replace(
            self._query,
            kind=self.kind.value() or None,
            state=state,
            urgency=self.urgency.value() or None,
            received_from=first,
            received_to=last,
        )
        self.dismiss()
        self.agreed.emit(query)


class NamePanel(Overlay):
    """A name for the present filter; the same name is written over. ``named(str)``."""

    named = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr(N_("Süzgeci kaydet")), width=440)
        self.name = Field(tr(N_("Süzgecin adı")), placeholder=tr(N_("Örnek: Fen İşleri, acil")), max_length=60)
        self.body.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        agree = Button(tr(N_("Kaydet")), icon="check", key="Enter", kind="primary")
        stay.clicked.connect(self.dismiss)
        agree.clicked.connect(self._agree)
        self.name.return_pressed.connect(self._agree)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(agree)
        self.body.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.name.edit

    def _agree(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.set_error(tr(N_("Süzgece bir ad veriniz.")))
            return
        self.dismiss()
        self.named.emit(name)

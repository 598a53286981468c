"""What needs the shift lead now, above the figures: each line says what it is and what stands behind it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.reports.live import RISK_NAMES, Live
from desk.text import clock_time, number, percent
from desk.ui.staff.refakat_side import empty
from desk.ui.staff.vardiya_words import span
from desk.ui.widgets import Button, Card, Pill, StatusPill, Text

COLUMNS = 2


class NowCard(Card):
    """``show_live(live | None)``; hidden when all is calm. ``seen(survey)`` when a very bad one was looked at."""

    seen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Şimdi ilgi bekleyen")), parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._count = 0
        self.hide()

    def show_live(self, live: Live | None) -> None:
        """None on a day that is over."""
        empty(self._grid)
        self._count = 0
        if live is None or live.calm:
            self.hide()
            return
        self.set_right(self._tr(N_("Hedef {count} dk")).format(count=live.target_minutes))
        for part in (self._incidents, self._alarms, self._risks, self._priority, self._assistance):
            part(live)
        self.show()

    def _risks(self, live: Live) -> None:
        words = self._tr(N_("{letter} {name}: {count} numara bekliyor, en uzunu {span}"))
        for risk in live.risks:
            told = words.format(
                letter=risk.letter, name=risk.name, count=number(risk.waiting), span=span(risk.longest_seconds)
            )
            self._line(told, Pill(self._tr(RISK_NAMES[risk.risk]), "warning", "amber"))

    def _priority(self, live: Live) -> None:
        if live.priority.over:
            words = self._tr(N_("Öncelikli pay {share} ({part} / {whole} numara); verilişini gözden geçiriniz."))
            share = percent(live.priority.priority, live.priority.numbers)
            told = words.format(part=live.priority.priority, whole=live.priority.numbers, share=share)
            self._line(told, Pill(self._tr(N_("%18 üzerinde")), "warning", "amber"))

    def _assistance(self, live: Live) -> None:
        if live.late_assistance:
            words = self._tr(N_("Refakat bekleyen: {numbers}")).format(numbers=", ".join(live.late_assistance))
            self._line(words, Pill(self._tr(N_("Hedef aşıldı")), "warning", "amber"))

    def _incidents(self, live: Live) -> None:
        for one in live.incidents:
            words = f"{one.number} · {clock_time(one.at)} · {self._tr(one.name)} {one.place}".strip()
            self._line(words, Pill(self._tr(N_("Olay sürüyor")), "warning", "brick"))

    def _alarms(self, live: Live) -> None:
        for one in live.alarms:
            about = " · ".join(part for part in (clock_time(one.at), one.number, one.service, one.words) if part)
            button = Button(self._tr(N_("Gördüm")), icon="check", compact=True)
            button.setAccessibleName(self._tr(N_("Anketi gördüm: {about}")).format(about=about))
            button.clicked.connect(lambda _=False, survey=one.id: self._seen(survey))
            pill = Pill(self._tr(N_("Çok olumsuz anket")), "warning", "brick")
            self._line(f"{self._tr(one.form)} · {about}", pill, button)

    def _seen(self, survey: UUID) -> None:
        self.seen.emit(survey)

    def _line(self, words: str, pill: Pill, button: Button | None = None) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(StatusPill(pill), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Text(words, "body", wrap=True), 1)
        if button is not None:
            row.addWidget(button)
        self._grid.addWidget(box, self._count // COLUMNS, self._count % COLUMNS)
        self._count += 1

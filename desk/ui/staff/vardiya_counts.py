"""The tables behind the charts, and the records behind every figure: for a screen reader, and for the müdür."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions import reports
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.reports.drill import LIMIT, Drilled, Records
from desk.reports.types import DaySheet
from desk.text import clock_time, date_and_time, number
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.overlay import Overlay
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, DataTable, Option, Segmented, Text, WholeRows

KEY = "Alt+S"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that can be opened: the measure's name and key as the counts have them."""

    id: str
    name: str
    value: int
    measure: str
    key: str | None = None
    by_hour: tuple[int, ...] = ()


def measures(sheet: DaySheet) -> list[Line]:
    """Every count of the day that has records."""
    tr = translator()
    plain = (
        ("visits", N_("Ziyaret"), sheet.visits),
        ("directions", N_("Bilgi verildi"), sheet.directions),
        ("tickets_issued", N_("Verilen numara"), sheet.tickets_issued),
        ("tickets_served", N_("Hizmet verilen"), sheet.tickets_served),
        ("no_shows", N_("Çağrıya gelmeyen"), sheet.no_shows),
        ("left", N_("Beklerken ayrılan"), sheet.left),
        ("expired", N_("Gün sonunda kapanan"), sheet.expired),
        ("tickets_cancelled", N_("İptal edilen"), sheet.tickets_cancelled),
        ("assistance", N_("Refakat"), sheet.assistance_total),
        ("petitions", N_("Evrak kaydı"), sheet.petitions),
        ("surveys", N_("Anket"), sheet.survey_total),
        ("incidents", N_("Olay"), len(sheet.events)),
    )
    lines = [Line(name, tr(words), value, name) for name, words, value in plain]
    groups = (
        ("assistance", sheet.assistance),
        ("visits_by_unit", sheet.units),
        ("petitions_by_channel", sheet.channels),
        ("petitions_by_unit", sheet.petition_units),
    )
    heads = (N_("Refakat"), N_("Birime göre ziyaret"), N_("Kanala göre evrak"), N_("Birime göre evrak"))
    for (measure, counts), head in zip(groups, heads, strict=True):
        for one in counts:
            if one.value:
                named = f"{tr(head)} · {tr(one.name)}"
                lines.append(Line(f"{measure}:{one.key}", named, one.value, measure, one.key))
    return lines


def hours(sheet: DaySheet) -> list[Line]:
    """Visits by hour for the whole day: the table behind the bars."""
    tr = translator()
    lines = [
        Line(str(hour), f"{hour:02d}.00–{(hour + 1) % 24:02d}.00", visits, "visits", None, (hour,))
        for hour, visits in zip(sheet.hours, sheet.visits_by_hour, strict=True)
    ]
    return [*lines, Line("total", tr(N_("Toplam")), sheet.visits, "visits")]


def cells(sheet: DaySheet) -> list[Line]:
    """Each service's hours that counted something; information without a number has the empty code."""
    tr = translator()
    services = [(one.code, f"{one.letter} {one.name}".strip(), one.by_hour) for one in sheet.services if one.code]
    services.append(("", tr(N_("Bilgi verildi")), sheet.directions_by_hour))
    return [
        Line(f"{code}:{hour}", f"{name} · {hour:02d}.00–{(hour + 1) % 24:02d}.00", value, "visits", code, (hour,))
        for code, name, by_hour in services
        for hour, value in zip(sheet.hours, by_hour, strict=True)
        if value
    ]


class CountsOverlay(Overlay):
    """``opened(line, day)`` when a figure was chosen."""

    opened = Signal(object)

    def __init__(self, window: QWidget, sheet: DaySheet) -> None:
        tr = translator()
        super().__init__(window, tr(N_("Sayılar ve arkasındaki kayıtlar")), width=640)
        self.tabs = Segmented(
            [
                Option("measures", tr(N_("Ölçüler"))),
                Option("hours", tr(N_("Saatler"))),
                Option("cells", tr(N_("Hizmet ve saat"))),
            ],
            kind="tabs",
            name=tr(N_("Tablo")),
        )
        columns = (
            Column(tr(N_("Ölçü")), lambda line: line.name, stretch=True),
            Column(tr(N_("Sayı")), lambda line: number(line.value), align="right", strong=True, width=96),
        )
        self.table = DataTable(columns, name=tr(N_("Sayılar")))
        lines = WholeRows(self.table)
        lines.setMinimumHeight(360)
        close = Button(tr(N_("Kapat")), key="Esc", kind="ghost")
        for part in (self.tabs, lines):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(Text(tr(N_("Enter, seçilen sayının kayıtlarını açar.")), "hint", "ink_2"), 1)
        row.addWidget(close)
        self.body.addLayout(row)
        self._lines = {"measures": measures(sheet), "hours": hours(sheet), "cells": cells(sheet)}
        self.table.set_rows(self._lines["measures"])
        self.tabs.changed.connect(lambda which: self.table.set_rows(self._lines[which]))
        self.table.activated_row.connect(self.opened)
        self.table.doubleClicked.connect(self._clicked)
        close.clicked.connect(self.dismiss)

    def first_focus(self) -> QWidget | None:
        return self.table

    def _clicked(self, _: QModelIndex) -> None:
        line = self.table.chosen()
        if line is not None:
            self.opened.emit(line)


class RecordsOverlay(Overlay):
    """The records that one figure counted; ``dated`` when they are of more than one day."""

    def __init__(self, window: QWidget, title: str, found: Records, *, dated: bool = False) -> None:
        tr = translator()
        super().__init__(window, title, width=720)
        columns = (
            Column(tr(N_("Zaman")), lambda row: date_and_time(row.at), width=150)
            if dated
            else Column(tr(N_("Saat")), lambda row: clock_time(row.at), width=64),
            Column(tr(N_("No")), lambda row: row.number or "–", strong=True, width=120),
            Column(tr(N_("Konu")), lambda row: tr(row.about), stretch=True),
            Column(tr(N_("Durum")), _state, width=170),
        )
        self.table = DataTable(columns, name=title)
        lines = WholeRows(self.table)
        lines.setMinimumHeight(380)
        self.table.set_rows(found.rows)
        words = tr(N_("{count} kayıt")).format(count=number(found.total))
        if found.total > LIMIT:
            words = tr(N_("{count} kayıttan ilk {shown} tanesi")).format(count=number(found.total), shown=number(LIMIT))
        close = Button(tr(N_("Kapat")), key="Esc", kind="ghost")
        row = QHBoxLayout()
        row.addWidget(Text(words, "hint", "ink_2"), 1)
        row.addWidget(close)
        self.body.addWidget(lines)
        self.body.addLayout(row)
        close.clicked.connect(self.dismiss)

    def first_focus(self) -> QWidget | None:
        return self.table


def _state(row: Drilled) -> str:
    tr = translator()
    state = tr(row.state)
    return f"{state} · {tr(N_('{count} kişi')).format(count=row.persons)}" if row.persons > 1 else state


def show_counts(page: QWidget, office: Office, sheet: DaySheet, failed: Callable[[DeskError], None]) -> CountsOverlay:
    """The overlay of a day's figures; choosing one opens its records over it."""
    overlay = CountsOverlay(page.window(), sheet)

    def opened(line: Line) -> None:
        open_records(page, office, line, sheet.day, failed)

    overlay.opened.connect(opened)
    overlay.open()
    return overlay


def open_records(page: QWidget, office: Office, line: Line, day: date, failed: Callable[[DeskError], None]) -> None:
    """Read the records of a figure in a worker and show them."""
    ctx, hour = office.ctx, line.by_hour[0] if line.by_hour else None
    tasks.run(
        page,
        lambda: reports.records(ctx, line.measure, line.key, day, day, hour),
        lambda found: RecordsOverlay(page.window(), line.name, found).open(),
        failed,
    )

"""Week, month and year on paper and in files, from the Vardiya page (Alt+Y).

``attach(page, head, keys)`` gives a card's head the button, and the page its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desk.actions import reports, shift
from desk.actions.context import Context
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.reports.spans import SPANS, title_of
from desk.reports.types import Period
from desk.ui import tasks
from desk.ui.staff import vardiya_year
from desk.ui.staff.documents_folder import document_path, offer_document
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.page_keys import PageKeys
from desk.ui.widgets import Button, Option, Segmented, Text, Toggle

KEY = "Alt+Y"
YEAR = "year"
EARLIEST = 2000

tr = translator()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write: ``span`` week | month | year, any day in it, the format, only this site (year)."""

    span: str
    day: date
    form: str
    this_site: bool


class ReportsOverlay(Overlay):
    """``wanted(Wanted)`` with each press of a format; it stays open for the next one, and makes room for a report on
    the screen."""

    wanted = Signal(object)
    to_show = Signal(int, bool)  # a year on the screen, only of this site

    def __init__(self, window: QWidget, today: date) -> None:
        super().__init__(window, tr(N_("Hafta, ay ve yıl raporları")), width=560)
        self._today, self._day = today, today
        spans = (
            Option("week", tr(N_("Hafta"))),
            Option("month", tr(N_("Ay"))),
            Option(YEAR, tr(N_("Yıl"))),
        )
        self.span = Segmented(spans, value=YEAR, kind="tabs", name=tr(N_("Dönem")))
        self.span.changed.connect(self._span_changed)
        self.before = Button(icon="chevron-left", name=tr(N_("Önceki dönem")))
        self.after = Button(icon="chevron-right", name=tr(N_("Sonraki dönem")))
        self.words = Text("", "title")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        chooser = QHBoxLayout()
        chooser.addWidget(self.before)
        chooser.addWidget(self.words, 1)
        chooser.addWidget(self.after)
        self.own = Toggle(tr(N_("Yalnız bu yerleşke")))
        self.note = Text("", "hint", "ink_2", wrap=True)
        self.body.addWidget(self.span)
        self.body.addLayout(chooser)
        self.body.addWidget(self.own)
        self.body.addWidget(self.note)
        self.body.addLayout(self._foot())
        self._show()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        close = Button(tr(N_("Kapat")), key="Esc", kind="ghost")
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        row.addStretch(1)
        self.show_button = Button(tr(N_("Ekranda aç")), icon="eye")
        self.show_button.clicked.connect(self._ask_to_show)
        row.addWidget(self.show_button)
        for form, words, kind in (("xlsx", "XLSX", "secondary"), ("pdf", N_("PDF hazırla"), "primary")):
            button = Button(tr(words), icon="download" if form == "xlsx" else "printer", kind=kind)
            button.clicked.connect(lambda _=False, form=form: self._ask(form))
            row.addWidget(button)
        return row

    def first_focus(self) -> QWidget | None:
        return self.before

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(-1 if event.key() == Qt.Key.Key_Left else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def _span_changed(self, _: object) -> None:
        self._day = self._today
        self._show()

    def _go(self, step: int) -> None:
        moved = moved_by(self.span.value(), self._day, step)
        if moved.year >= EARLIEST and moved <= self._today:
            self._day = moved
            self._show()

    def _show(self) -> None:
        span = self.span.value()
        self.words.setText(named(span, self._day))
        self.after.setEnabled(moved_by(span, self._day, 1) <= self._today)
        self.own.setVisible(span == YEAR)
        self.show_button.setVisible(span == YEAR)
        words = N_("Yıllık faaliyet raporu: bütün tablolar, önceki yıla göre değişim, tanımlar.")
        self.note.setText(tr(words if span == YEAR else N_("Günlük çizelgenin aynısı, bu dönem için.")))

    def _ask_to_show(self) -> None:
        year, own = self._day.year, self.own.isChecked()
        self.dismiss()
        self.to_show.emit(year, own)

    def _ask(self, form: str) -> None:
        self.wanted.emit(Wanted(self.span.value(), self._day, form, self.own.isChecked()))


def moved_by(span: str, day: date, step: int) -> date:
    """A day in the next (1) or previous (−1) week, month or year: its first."""
    if span == YEAR:
        return date(min(max(day.year + step, 1), 9998), 1, 1)
    now = SPANS[Period(span)](day)
    return SPANS[Period(span)](now.last + timedelta(days=1) if step > 0 else now.first - timedelta(days=1)).first


def named(span: str, day: date) -> str:
    """ "2026", "Kasım 2026", "23–29 Kasım 2026"."""
    if span == YEAR:
        return str(day.year)
    return title_of(SPANS[Period(span)](day))


def write(ctx: Context, wanted: Wanted) -> Path:
    """Write it into the documents folder; belongs in a worker."""
    if wanted.span == YEAR:
        target = document_path(ctx, f"faaliyet-raporu-{wanted.day.year}.{wanted.form}")
        return reports.export_year(ctx, wanted.day.year, wanted.form, target, this_site=wanted.this_site)
    period = Period(wanted.span)
    name = "haftalik" if period is Period.WEEK else "aylik"
    target = document_path(ctx, f"{name}-cizelge-{SPANS[period](wanted.day).first.isoformat()}.{wanted.form}")
    return shift.export(ctx, wanted.day, wanted.form, target, period)


def attach(page: Page, head: QBoxLayout, keys: PageKeys) -> Button:
    """The button "Raporlar" in a card's head, and its key."""
    button = Button(tr(N_("Raporlar")), icon="document", key=KEY, kind="ghost", compact=True)
    head.insertWidget(max(0, head.count() - 1), button)

    def failed(error: DeskError) -> None:
        page.failed.emit(error.text(tr))

    def make(wanted: Wanted) -> None:
        ctx, words = page.office.ctx, tr(N_("Rapor hazır: {name}"))
        page.said.emit(tr(N_("{span} raporu hazırlanıyor.")).format(span=named(wanted.span, wanted.day)), None)
        tasks.run(
            page,
            lambda: write(ctx, wanted),
            lambda path: offer_document(page, words.format(name=path.name), path),
            failed,
        )

    def show() -> None:
        ctx = page.office.ctx
        tasks.read(page, lambda: ctx.read(lambda s, scope: scope.day), opened, failed)

    def opened(today: date) -> None:
        overlay = ReportsOverlay(page.window(), today)
        overlay.wanted.connect(make)
        overlay.to_show.connect(
            lambda year, own: vardiya_year.show_year(page, page.office, year, failed, this_site=own)
        )
        overlay.open()

    button.clicked.connect(show)
    keys.add(KEY, show)
    return button

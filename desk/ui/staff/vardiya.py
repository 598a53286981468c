"""Vardiya: the day in figures, its printers and its note; the sheet that is signed, and the end of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desk.actions import paper, shift, surveys
from desk.actions.context import Context
from desk.clock import local
from desk.errors import N_, DeskError
from desk.events import Kind
from desk.i18n import translator
from desk.printing.types import PrinterView
from desk.registry.shifts import OpenItem, ShiftView
from desk.registry.types import Staff
from desk.reports.live import Live
from desk.reports.types import DaySheet
from desk.text import long_date, number
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import anket, vardiya_counts, vardiya_reports, vardiya_scorecard
from desk.ui.staff.documents_folder import document_path, print_document
from desk.ui.staff.page import Page
from desk.ui.staff.page_head import PageHead
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.side_by_side import Scroller, SideBySide, below_each_other
from desk.ui.staff.vardiya_cards import AssistanceCard, HoursCard, NoteCard, PrintersCard, ServicesCard
from desk.ui.staff.vardiya_now import NowCard
from desk.ui.staff.vardiya_shift import ClosingCard, OpeningOverlay
from desk.ui.staff.vardiya_tiles import FigureRow
from desk.ui.theme import look_of, style_part
from desk.ui.widgets import Button, Text

LOW = 960
"""A page lower than this (times the text's scale) is set tighter."""

LIVE_MS = 500
"""The figures follow the day's work at most this often."""

EXPORTS = (("csv", N_("CSV tablosu")), ("xlsx", N_("Excel çalışma kitabı (XLSX)")), ("json", N_("JSON verisi")))


class VardiyaPage(Page):
    """Ctrl+P day sheet, Alt+← → another day, Ctrl+S keeps the note."""

    title = N_("Vardiya")
    icon = "clock"
    shows = frozenset(Kind) - {Kind.RECORD_OPENED}

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self._throttle.setInterval(LIVE_MS)
        self._day: date | None = None  # the day on screen; None follows the open one
        self._sheet: DaySheet | None = None
        self._open_day: date | None = None
        self._build()
        self._lay_out()
        self._wire()
        self.survey_button = anket.attach(self, self.head, beside=self.export_button, keys=self.page_keys)
        self.reports_button = vardiya_reports.attach(self, self.hours.head, self.page_keys)
        self.scorecard = vardiya_scorecard.attach(self, self.head, beside=self.export_button, keys=self.page_keys)

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Vardiya")), "title")
        self.subtitle = Text("", "body", "ink_2", wrap=True)
        self.before = Button(icon="chevron-left", name=tr(N_("Önceki gün")))
        self.after = Button(icon="chevron-right", name=tr(N_("Sonraki gün")))
        self.export_button = Button(tr(N_("Dışa aktar")), icon="download")
        self.slip_button = Button(tr(N_("Kısa döküm")), icon="receipt", name=tr(N_("Kısa döküm fişi")))
        self.print_button = Button(tr(N_("Günlük çizelge")), icon="printer", key="Ctrl+P", kind="primary")
        self.figures = FigureRow()
        self.hours = HoursCard()
        self.services = ServicesCard()
        self.assistance = AssistanceCard()
        self.printers = PrintersCard()
        self.note = NoteCard()
        self.shift_button = Button(tr(N_("Vardiyayı aç")), icon="clock", kind="ghost", compact=True)
        self.counts_button = Button(tr(N_("Sayılar")), icon="bars", key=vardiya_counts.KEY, kind="ghost", compact=True)
        self.note.put_in_head(self.shift_button)
        self.hours.put_in_head(self.counts_button)
        for button in (self.before, self.after):
            button.setToolTip(button.accessibleName())
        self.confirmation = ClosingCard()
        self.now = NowCard()

    def _lay_out(self) -> None:
        content = QWidget()
        self._column = column = below_each_other(content)
        upper, lower = SideBySide(gap=12), SideBySide(gap=12)
        upper.add(self.hours, stretch=7, least=520)
        upper.add(self.services, stretch=6, least=440)
        for card in (self.assistance, self.printers, self.note):
            lower.add(card, stretch=1, least=300)
        column.addWidget(self._header())
        for part in (self.confirmation, self.now, self.figures):
            column.addWidget(part)
        column.addWidget(upper, 3)
        column.addWidget(lower, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(content, in_margin=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Tighter in a low window, so that the third row is seen without scrolling."""
        scale = look_of(self).text_scale
        tight = self.height() < LOW * scale
        self._column.setContentsMargins(24, 12 if tight else 16, 24, 12 if tight else 16)
        self._column.setSpacing(8 if tight else 12)
        self.services.set_dense(tight)
        self.hours.set_low(tight)

    def _header(self) -> PageHead:
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.heading)
        lines.addWidget(self.subtitle)
        buttons = self.before, self.after, self.export_button, self.slip_button, self.print_button
        self.head = PageHead(words, buttons, least=276)
        return self.head

    def _wire(self) -> None:
        self.page_keys = PageKeys(self)
        for keys, slot in (
            ("Ctrl+P", self.make_sheet),
            ("Ctrl+S", self.note.submit),
            ("Alt+Left", lambda: self._go(-1)),
            ("Alt+Right", lambda: self._go(1)),
            (vardiya_counts.KEY, self.show_counts),
            ("Esc", self._keep_open),
        ):
            self.page_keys.add(keys, slot)
        self.page_keys.watch(self)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        self.export_button.clicked.connect(self._offer_exports)
        self.slip_button.clicked.connect(self.print_slip)
        self.print_button.clicked.connect(self.make_sheet)
        self.note.saved.connect(self._save_note)
        self.note.close_asked.connect(self.ask_to_close)
        self.confirmation.kept_open.connect(self._keep_open)
        self.confirmation.confirmed.connect(self._close_day)
        self.shift_button.clicked.connect(self.ask_to_open)
        self.counts_button.clicked.connect(self.show_counts)
        self.now.seen.connect(self._alarm_seen)

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("Ctrl+P", tr(N_("Günlük çizelgeyi hazırlar (A4)"))),
            ("Alt+← →", tr(N_("Önceki ve sonraki güne geçer"))),
            (anket.KEY, tr(N_("Yüz yüze anketi açar"))),
            (vardiya_counts.KEY, tr(N_("Sayıları ve arkasındaki kayıtları açar"))),
            (vardiya_reports.KEY, tr(N_("Hafta, ay ve yıl raporlarını hazırlar"))),
            ("Ctrl+S", tr(N_("Vardiya notunu kaydeder"))),
            (vardiya_scorecard.KEY, tr(N_("Bekleme tahmininin karnesini açar"))),
            ("Esc", tr(N_("Günü kapatmaktan vazgeçer"))),
        ]

    def enter(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.MouseFocusReason)  # its ring comes with the first key

    # --- load

    def load(self) -> None:
        ctx, day = self.office.ctx, self._day
        asked = self.confirmation.isVisible()
        tasks.latest(self, "load", lambda: _read(ctx, day, with_items=asked), self._show)

    def _show(self, read: Read) -> None:
        sheet, printers = read.sheet, read.printers
        self._open_day = read.open_day
        self._sheet = sheet
        self.now.show_live(read.live if sheet.day == read.open_day else None)
        self.badge.emit(len(read.live.alarms) if read.live is not None else 0)
        open_now = sheet.day == self._open_day
        hour = local(self.office.ctx.now()).hour if open_now else None
        self._show_heading(sheet)
        self.figures.show_sheet(sheet)
        self.hours.show_sheet(sheet, hour)
        self.services.show_sheet(sheet)
        self.assistance.show_sheet(sheet)
        self.printers.show_printers(printers)
        self.note.show_note(sheet.day, sheet.note, open_day=open_now)
        self.after.setEnabled(not open_now)
        self.shift_button.setEnabled(open_now and sheet.closed_at is None)
        if self.confirmation.isVisible():
            self.confirmation.show_open(read.items)

    def _show_heading(self, sheet: DaySheet) -> None:
        parts = [long_date(sheet.day)]
        if sheet.opens and sheet.closes:
            parts.append(f"{sheet.opens}–{sheet.closes}")
        else:
            parts.append(self._tr(N_("kapalı gün")))
        self.subtitle.setText(" · ".join(parts))

    def _go(self, step: int) -> None:
        """Another day; never after the open one."""
        if self._sheet is None or self._open_day is None:
            return
        wanted = self._sheet.day + timedelta(days=step)
        if wanted <= self._open_day:
            self._day = None if wanted == self._open_day else wanted
            self._keep_open()
            self.load()

    # --- paper and files

    def make_sheet(self) -> None:
        """Ctrl+P: the A4 day sheet, as a file that is opened and printed from there."""
        self._make("pdf", N_("Günlük çizelge hazır: {name}"))

    def _make(self, form: str, words: str) -> None:
        if self._sheet is None:
            return
        ctx, day, sentence = self.office.ctx, self._sheet.day, self._tr(words)
        tasks.run(
            self,
            lambda: _written(ctx, day, form),
            lambda path: print_document(self, ctx, "day_sheet", sentence.format(name=path.name), path),
            self._failed,
        )

    def _offer_exports(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self._tr(N_("Dışa aktar")))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        style_part(menu)
        for form, words in EXPORTS:
            menu.addAction(self._tr(words)).triggered.connect(lambda _=False, form=form: self.export(form))
        menu.popup(self.export_button.mapToGlobal(QPoint(0, self.export_button.height() + 4)))

    def export(self, form: str) -> None:
        """Write the day as "csv", "xlsx" or "json" into the documents folder."""
        self._make(form, N_("Dosya hazır: {name}"))

    def print_slip(self) -> None:
        """The short counts slip, at this terminal's printer."""
        if self._sheet is not None:
            ctx, day = self.office.ctx, self._sheet.day
            self._do(lambda: shift.print_slip(ctx, day), self._tr(N_("Kısa döküm fişi yazdırılıyor.")))

    # --- the note and the end of the day

    def _save_note(self, text: str) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: shift.write_note(ctx, text), lambda _: self._note_saved(text), self._failed)

    def _note_saved(self, text: str) -> None:
        self.note.was_saved(text)
        self.said.emit(self._tr(N_("Vardiya notu kaydedildi.")), None)

    def ask_to_close(self) -> None:
        """Ask on the page, with what is still open."""
        if self._sheet is not None:
            ctx = self.office.ctx
            self.confirmation.show_reading()
            self.confirmation.show()
            self.confirmation.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)
            tasks.run(self, lambda: shift.open_items(ctx), self.confirmation.show_open, self._failed)

    def ask_to_open(self) -> None:
        """The opening note and who is there."""
        ctx = self.office.ctx
        tasks.run(self, lambda: (shift.view(ctx), shift.people(ctx)), self._show_opening, self._failed)

    def _show_opening(self, read: tuple[ShiftView, tuple[Staff, ...]]) -> None:
        overlay = OpeningOverlay(self.window(), *read)
        overlay.opened.connect(self._open_shift)
        overlay.open()

    def _open_shift(self, note: str, staff: tuple[UUID, ...]) -> None:
        ctx = self.office.ctx
        self._do(lambda: shift.open_shift(ctx, note, staff), self._tr(N_("Vardiya açıldı.")))

    def show_counts(self) -> None:
        """The tables behind the charts; each figure opens its records."""
        if self._sheet is not None:
            vardiya_counts.show_counts(self, self.office, self._sheet, self._failed)

    def _alarm_seen(self, survey: UUID) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: surveys.seen(ctx, survey), lambda _: self.reload_soon(), self._failed)

    def _keep_open(self) -> None:
        if self.confirmation.isVisible():
            self.confirmation.hide()
            self.note.close_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_day(self, note: str, end_assistance: bool) -> None:
        ctx = self.office.ctx
        self.confirmation.hide()
        tasks.run(self, lambda: shift.close_day(ctx, note, end_assistance=end_assistance), self._closed, self._failed)

    def _closed(self, expired: int) -> None:
        words = N_("Gün kapatıldı; {count} numaranın süresi doldu.") if expired else N_("Gün kapatıldı.")
        self.said.emit(self._tr(words).format(count=number(expired)), None)
        self.reload_soon()

    # --- say

    def _do(self, op: Callable[[], object], sentence: str) -> None:
        tasks.run(self, op, lambda _: self.said.emit(sentence, None), self._failed)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))


# --- for the workers: nothing below touches a widget


@dataclass(frozen=True, slots=True)
class Read:
    """All that the page shows, read by one worker."""

    sheet: DaySheet
    open_day: date
    printers: tuple[PrinterView, ...]
    items: tuple[OpenItem, ...]  # what is still open, while it is asked whether the day shall end
    live: Live | None


def _read(ctx: Context, day: date | None, *, with_items: bool = False) -> Read:
    sheet, open_day = shift.figures(ctx, day), ctx.read(lambda session, scope: scope.day)
    running = sheet.day == open_day
    return Read(
        sheet,
        open_day,
        paper.printers(ctx),
        shift.open_items(ctx) if running and with_items else (),
        surveys.now(ctx) if running and sheet.closed_at is None else None,
    )


def _written(ctx: Context, day: date, form: str) -> Path:
    return shift.export(ctx, day, form, document_path(ctx, f"gunluk-cizelge-{day.isoformat()}.{form}"))

"""The two halves of the printers page: the printers with their health, and one printer's papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PRINTER_STATE_NAMES, JobState, JobView, PrinterView
from desk.text import clock_time
from desk.ui.staff import yazicilar_words as words
from desk.ui.staff.vardiya_words import printer_pill
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, Card, DataTable, EmptyState, FlowLayout, ListRow, Pill, StatusPill, Text

tr = translator()
NO_VALUE = "–"


class PrintersList(Card):
    """``show_printers(printers, chosen, now)``; ``picked(id)``; ↑ ↓ move while the list has the focus."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Yazıcılar")), parent=parent)
        self._rows: dict[UUID, ListRow] = {}
        self._chosen: UUID | None = None
        self._shown: tuple[object, ...] = ()
        self.nothing = EmptyState(
            "printer",
            tr(N_("Yazıcı tanımlı değil")),
            tr(N_("Ctrl+N ile bir yazıcı ekleyiniz; kayıt ve numaralar yazıcısız da verilir.")),
            framed=False,
        )
        self.add = Button(tr(N_("Yazıcı ekle")), icon="plus", key="Ctrl+N")
        self.off = Button(tr(N_("Kullanılmayanlar")), icon="printer", kind="ghost")
        self.body.setSpacing(4)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)
        self.body.addWidget(_flow(self.add, self.off))

    def show_printers(self, printers: Sequence[PrinterView], chosen: UUID | None, now: datetime) -> None:
        """The rows are made anew only when something changed: the focus stays where it is."""
        fresh = (tuple(printers), now.date())
        if fresh != self._shown:
            self._shown = fresh
            self._fill(printers, now)
        self._chosen = chosen
        for printer_id, row in self._rows.items():
            row.set_current(printer_id == chosen)
        self.nothing.setVisible(not printers)

    def _fill(self, printers: Sequence[PrinterView], now: datetime) -> None:
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        for row in self._rows.values():
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for place, printer in enumerate(printers):
            row = ListRow(printer.name, words.place_note(printer), icon="printer", boxed=True)
            pill = printer_pill(printer)
            tone = pill.tone if pill.tone in ("amber", "brick") else ""
            row.set_right(pill.words, words.since_words(printer, now), tone)
            row.clicked.connect(lambda _on=False, which=printer.id: self.picked.emit(which))
            self.body.insertWidget(place, row)
            self._rows[printer.id] = row
            row.show()
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def move_by(self, step: int) -> None:
        """The printer above or below the chosen one."""
        ids = list(self._rows)
        if ids:
            at = ids.index(self._chosen) if self._chosen in ids else 0
            self.picked.emit(ids[max(0, min(at + step, len(ids) - 1))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.move_by(step)
        else:
            super().keyPressEvent(event)


def _flow(*buttons: Button) -> QWidget:
    """Buttons in a row that breaks where it is too narrow for them."""
    part = QWidget()
    flow = FlowLayout(part, gap=8)
    for button in buttons:
        flow.addWidget(button)
    policy = part.sizePolicy()
    policy.setHeightForWidth(True)
    part.setSizePolicy(policy)
    return part


class HealthCard(Card):
    """How the chosen printer is, since when, what to do, and its trial slips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.pill = StatusPill(Pill(tr(PRINTER_STATE_NAMES["unknown"]), "question", "neutral"))
        self.since = Text("", "hint", "ink_2")
        self.advice = Text("", "body", wrap=True)
        self.facts = Text("", "hint", "ink_2", wrap=True)
        self.connection = Text("", "caption", "ink_2", wrap=True)
        self.trial = Button(tr(N_("Deneme baskısı")), icon="printer", key="Ctrl+T")
        self.pages = Button(tr(N_("Kod sayfası denemesi")), icon="document", key="Ctrl+Shift+T")
        self.edit = Button(tr(N_("Düzenle")), icon="pencil", key="Ctrl+E")
        self.logo = Button(tr(N_("Logoyu yükle")), icon="stamp", key="Ctrl+L")
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self.pill)
        state.addWidget(self.since, 1)
        self.body.setSpacing(8)
        self.body.addLayout(state)
        self.body.addWidget(self.advice)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.connection)
        self.body.addStretch(1)
        self.body.addWidget(_flow(self.trial, self.pages, self.logo, self.edit))

    def show_printer(self, printer: PrinterView, now: datetime) -> None:
        self.set_title(printer.name)
        self.set_right(words.where_words(printer))
        self.pill.set_pill(printer_pill(printer))
        self.since.setText(words.since_words(printer, now))
        self.advice.setText(words.advice_words(printer))
        self.facts.setText(words.fact_words(printer))
        self.connection.setText(words.connection_words(printer))
        self.connection.setToolTip(f"{printer.profile} · {printer.address}")
        slips = not printer.address.startswith("cups:")
        self.trial.setEnabled(slips)
        self.pages.setEnabled(slips)
        self.logo.setEnabled(slips)


class PapersCard(Card):
    """Papers in a table, and one row of what can be done with the marked one."""

    def __init__(self, title: str, empty: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.table = DataTable(paper_columns(), name=title, two_line=True)
        self.nothing = EmptyState(*empty, framed=False)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing, 1)

    def show_papers(self, papers: Sequence[JobView], title: str, nothing: str, *, broken: bool = False) -> None:
        """``broken``: a printer cannot print, so an empty list is no good news."""
        self.set_title(title)
        later = tr(N_("Yazıcının eksiği giderilince bekleyen fişler kendiliğinden basılır.")) if broken else ""
        self.nothing.set_texts("printer" if broken else "check", nothing, later)
        self.table.set_rows(papers)
        self.table.setVisible(bool(papers))
        self.nothing.setVisible(not papers)


class PaperActions(QWidget):
    """What a person decides about a paper. Disabled keys keep their place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.withdraw = Button(tr(N_("Geri al")), icon="cross", key="Del")
        self.seen = Button(tr(N_("Gördüm")), icon="eye", key="F4")
        self.reprint = Button(tr(N_("Yeniden yazdır")), icon="printer", key="F3")
        self.release = Button(tr(N_("Şimdi yazdır")), icon="check", key="F2", kind="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.withdraw)
        row.addWidget(self.seen)
        row.addStretch(1)
        row.addWidget(self.reprint)
        row.addWidget(self.release)

    def show_job(self, job: JobView | None) -> None:
        state = job.state if job else None
        self.release.setEnabled(state is JobState.WAITING)
        self.withdraw.setEnabled(state in (JobState.QUEUED, JobState.WAITING))
        unseen = job is not None and job.seen_at is None
        self.seen.setEnabled(unseen and state in (JobState.UNKNOWN, JobState.FAILED))
        printable = job is not None and job.content and state is not JobState.SENDING
        self.reprint.setEnabled(printable)


def paper_columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Saat")), lambda job: clock_time(job.created_at), width=62),
        Column(tr(N_("Numara")), lambda job: words.paper_number(job) or NO_VALUE, strong=True, width=120),
        Column(tr(N_("Fiş")), words.kind_words, sub=words.reason_words, stretch=True),
        Column(tr(N_("Yazıcı")), lambda job: job.printer_name or NO_VALUE, width=180),
        Column(tr(N_("Durum")), lambda job: words.job_pill(job).words, pill=words.job_pill, width=190),
    )

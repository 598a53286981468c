"""The right of Danışma: who waits, open refakat jobs, the counters, and the printer when it needs somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PRINTER_STATE_NAMES, PrinterView
from desk.queue.types import CounterState, ServiceQueue, Ticket
from desk.registry.types import AssistanceJob
from desk.text import minutes
from desk.ui.staff.danisma_words import as_told, row_words
from desk.ui.staff.side_by_side import Scroller
from desk.ui.staff.words import TROUBLE, printer_words, what_to_do
from desk.ui.widgets import Button, Card, CounterCell, Dressed, ListRow, QueueRow, Text, painting

WIDTH = 364
JOBS_SHOWN = 4
MESSAGE = 96
"""Pixels at the foot that a message of two lines takes, with the air around it."""

PRINTERS_KEY = "Ctrl+Shift+Y"
CELLS = 8
CARD_SIDES = 66
"""Pixels beside the cells: margins of the column, padding and edges of the card."""
tr = translator()


class Whole(QWidget):
    """What scrolls: its rows are never pressed together to spare the scrolling."""

    def minimumSizeHint(self) -> QSize:
        layout, wide = self.layout(), super().minimumSizeHint().width()
        if layout.hasHeightForWidth():
            return QSize(wide, max(layout.totalHeightForWidth(max(wide, self.width())), layout.sizeHint().height()))
        return QSize(wide, layout.sizeHint().height())


class QueueColumn(Dressed, QWidget):
    """``show_queues()``, ``show_jobs()``, ``show_counters()``, ``show_printer()``."""

    printers_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.queues = Card(tr(N_("Bekleyenler")))
        self.jobs = Card(tr(N_("Açık refakat")))
        self.counters = Card(tr(N_("Bankolar")))
        self.printer = Card()
        self._queue_rows: dict[str, QueueRow] = {}
        self._job_rows: list[ListRow] = []
        self._cells: dict[int, CounterCell] = {}
        self._columns = 0  # of the cells
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self.counters.body.addLayout(self._grid)
        self.no_jobs = Text(tr(N_("Bekleyen veya süren refakat yok.")), "hint", "ink_2", wrap=True)
        self.jobs.body.addWidget(self.no_jobs)
        self.jobs.body.setSpacing(2)
        self.queues.body.setSpacing(0)
        self._printer_row = ListRow("", " ", icon="printer", icon_tone="amber", passive=True)
        self._printer_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._printer_line.addWidget(self._printer_row, 1)
        self.printer.body.addLayout(self._printer_line)
        self.printer.hide()
        self._printer: PrinterView | None = None
        self._printer_key: Button | None = None  # made with the first trouble
        self._stacked = self._low = self._tight = self._with_slip = False
        self._open_jobs = 0
        inner = Whole()
        self._column = QVBoxLayout(inner)
        self.set_tight(False)
        for card in (self.printer, self.queues, self.jobs, self.counters):  # what needs a hand is seen first
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self._column.addWidget(card)
        self._column.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._scroller = Scroller(inner)
        self._whole.addWidget(self._scroller)
        self.look_changed()

    def show_queues(self, queues: Sequence[ServiceQueue], ticket: Ticket | None = None) -> None:
        """``ticket``: what the slip would say now; without öncelik it is what everybody of its service is told."""
        if ticket is not None and not ticket.priority:
            queues = [as_told(one, ticket) if one.service.code == ticket.service_code else one for one in queues]
        if [one.service.code for one in queues] != list(self._queue_rows):
            self._remake_queues(queues)
        most = max((one.waiting for one in queues), default=0)
        for one in queues:
            share = one.waiting / most if most else 0
            row = self._queue_rows[one.service.code]
            row.set_state(one.waiting, row_words(one), share, one.busy)
        self._shape_rows()
        waiting = sum(one.waiting for one in queues)
        self.queues.set_right(tr(N_("{count} bekliyor")).format(count=waiting))

    def _shape_rows(self) -> None:
        """All rows alike: with the forecast beside the name, or below it when one of them has no room for it."""
        room = self.room() - 2 * self.sizes.card_pad
        self._stacked = not all(row.fits(room) for row in self._queue_rows.values())
        for row in self._queue_rows.values():
            row.set_shape(stacked=self._stacked, low=self._low)

    def _remake_queues(self, queues: Sequence[ServiceQueue]) -> None:
        for row in self._queue_rows.values():
            row.deleteLater()
        self._queue_rows = {
            one.service.code: QueueRow(one.service.letter, one.service.name, short=one.service.short_name)
            for one in queues
        }
        for row in self._queue_rows.values():
            self.queues.body.addWidget(row)

    def show_jobs(self, jobs: Sequence[AssistanceJob], now: datetime) -> None:
        """Number, where to, minutes: never the kind of help (other visitors can see the screen)."""
        for row in self._job_rows:
            row.setParent(None)
            row.deleteLater()
        self._job_rows = [_job_row(job, now) for job in jobs[:JOBS_SHOWN]]
        for row in self._job_rows:
            self.jobs.body.addWidget(row)
        self.no_jobs.setVisible(not jobs)
        self._open_jobs = len(jobs)
        self._fit()

    def _show_jobs_that_fit(self, count: int) -> None:
        for place, row in enumerate(self._job_rows):
            row.setVisible(place < count)
        words = tr(N_("{count} iş")) if self._open_jobs <= count else tr(N_("{count} iş · tümü F9’da"))
        self.jobs.set_right(words.format(count=self._open_jobs) if self._open_jobs else "")

    def _fit(self) -> None:
        """Everything in sight, with room at the foot for a message: flatter rows first, then fewer refakat jobs."""
        count = len(self._job_rows)
        self._set_low(self._tight)
        self._show_jobs_that_fit(count)
        self._arrange_printer(roomy=not self._tight)
        if self._with_slip or not self.isVisible():
            return
        if self._spare() < 0:
            self._set_low(True)
        if self._spare() < 0:
            self._arrange_printer(roomy=False)
        while count > 1 and self._spare() < 0:
            count -= 1
            self._show_jobs_that_fit(count)

    def _spare(self) -> int:
        """Pixels of height that are left below the cards when a message stands there."""
        layout = self._column
        cards = [one for one in (self.printer, self.queues, self.jobs, self.counters) if not one.isHidden()]
        for card in cards:
            card.layout().activate()  # what lies in a nested layout is measured anew by this alone
        margins = layout.contentsMargins()
        needs = sum(one.sizeHint().height() for one in cards) + layout.spacing() * len(cards) + margins.top()
        return self.height() - round(MESSAGE * self.look.text_scale) - needs

    def _set_low(self, low: bool) -> None:
        if low != self._low:
            self._low = low
            self._shape_rows()

    def keep_free(self, pixels: int) -> None:
        """So much of the foot is taken by messages; what does not fit above them can be scrolled to."""
        self._whole.setContentsMargins(0, 0, 0, min(pixels, self.height() // 2))

    def show_counters(self, counters: Sequence[CounterState]) -> None:
        if [one.number for one in counters] != list(self._cells):
            for cell in self._cells.values():
                cell.deleteLater()
            self._cells = {one.number: CounterCell(one.number) for one in counters}
            self._columns = 0
        for one in counters:
            cell = self._cells[one.number]
            cell.set_state(one.state)
            cell.setToolTip(" · ".join(part for part in (one.name, one.ticket, one.staff) if part))
        self._lay_cells()
        opened = sum(one.state not in ("closed", "break") for one in counters)
        self.counters.set_right(tr(N_("{count} açık")).format(count=opened))

    def _lay_cells(self) -> None:
        """In one line, or in two when the words in them would make the card wider than its column."""
        room = self.width() - CARD_SIDES - self._grid.spacing() * (CELLS - 1)
        widest = max((cell.minimumSizeHint().width() for cell in self._cells.values()), default=0)
        columns = CELLS if widest * min(CELLS, len(self._cells)) <= room else CELLS // 2
        if columns == self._columns:
            return
        self._columns = columns
        for place, cell in enumerate(self._cells.values()):
            self._grid.addWidget(cell, place // columns, place % columns)

    def show_printer(self, printer: PrinterView | None) -> None:
        """Only when somebody has to see to it."""
        self._printer = printer
        troubled = printer is None or printer.state in TROUBLE or bool(printer.failed)
        if troubled and self._printer_key is None:
            self._make_printer_key()
        self.printer.setVisible(troubled)
        self._fit()

    def _make_printer_key(self) -> None:
        """The way to the page of printers: its state, a trial, what waits."""
        key = self._printer_key = Button(tr(N_("Yazıcılar")), name=tr(N_("Yazıcılar sayfasını aç")), compact=True)
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from the search
        key.setToolTip(PRINTERS_KEY)
        key.setProperty("keyboard", PRINTERS_KEY)
        key.clicked.connect(lambda: self.printers_asked.emit())
        self._printer_line.addWidget(key)

    def _arrange_printer(self, *, roomy: bool) -> None:
        """The key below the words where there is height for it, with what presses it; else beside fewer words."""
        if self._printer_key is None:
            return
        way = QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight
        self._printer_line.setDirection(way)
        self._printer_key.set_key(PRINTERS_KEY if roomy else None)
        printer = self._printer
        if printer is None:
            self._printer_row.set_texts(tr(N_("Fiş yazıcısı yok")), tr(N_("Numaralar verilir, fiş basılmaz.")))
            return
        words = [what_to_do(printer)]
        if printer.queued:
            words.append(tr(N_("{count} fiş sırada")).format(count=printer.queued))
        if printer.failed:
            words.append(tr(N_("{count} fiş basılamadı")).format(count=printer.failed))
        brief = not roomy and printer.state in TROUBLE
        title = tr(PRINTER_STATE_NAMES[printer.state]) if brief else printer_words(printer)
        self._printer_row.set_texts(title, " · ".join(filter(None, words)) or printer.name)

    def look_changed(self) -> None:
        self.setFixedWidth(round(WIDTH * (1 + (self.look.text_scale - 1) * 0.5)))
        self._lay_cells()
        super().look_changed()
        self._shape_rows()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def room(self) -> int:
        """The width of what stands in the column."""
        margins = self._column.contentsMargins()
        return self.maximumWidth() - margins.left() - margins.right()

    def take_in(self, slip: QWidget) -> None:
        """Room for the slip's column, below those who wait."""
        self._column.insertWidget(2, slip, 0, Qt.AlignmentFlag.AlignHCenter)
        self._with_slip = True
        self._fit()

    def give_back(self) -> None:
        """The slip's column stands beside this one again."""
        self._with_slip = False
        self._fit()

    def set_tight(self, tight: bool) -> None:
        """Less air, for low windows."""
        self._tight = tight
        self._column.setSpacing(8 if tight else 12)
        self._column.setContentsMargins(16, 12 if tight else 16, 16, 4)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_ground(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.sunken)
        if self.theme.outlined:
            painter.fillRect(QRectF(0, 0, 1, self.height()), self.theme.line)


def _job_row(job: AssistanceJob, now: datetime) -> ListRow:
    running = minutes(now - job.requested_at)
    over = minutes(job.waiting_seconds) - job.target_minutes
    late = job.started_at is None and over > 0
    target = tr(N_("{over} dk aşıldı")).format(over=over) if late else ""
    title = tr(N_("{number} → {place}")).format(number=job.number, place=job.to_place or tr(N_("birim")))
    row = ListRow(
        title,
        job.escort or tr(N_("Görevli bekliyor")),
        icon="escort",
        icon_tone="amber" if late else "tint",
        right=tr(N_("{minutes} dk")).format(minutes=max(0, running)),
        note=target,
        tone="amber" if late else "",
        passive=True,
    )
    row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
    return row

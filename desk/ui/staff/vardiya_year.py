"""The annual report on the screen: every table, every month, and behind each cell its records.

``show_year(page, office, year, …)`` reads it in a worker and opens the list of figures and tables; Enter opens a table
(or a figure's records) in its place, ← → choose the month, Enter opens the records of the chosen row over it, Esc goes
back to the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import reports
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.reports.year_types import OutcomeRow, YearReport, YearRow, YearTable
from desk.text import capital_tr, number, percent
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.vardiya_counts import RecordsOverlay
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, DataTable, Text, WholeRows

tr = translator()

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a figure or duration, whose records open at once, or a table."""

    id: str
    name: str
    unit: str
    value: int
    before: int | None
    measure: str
    table: YearTable | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A chosen cell: a row (key None: the total) of a measure in a month (None: the whole year)."""

    name: str
    measure: str
    key: str | None
    month: int | None


_ENDS = (
    ("tickets_served", N_("Hizmet verilen"), lambda row: row.served),
    ("no_shows", N_("Çağrıya gelmeyen"), lambda row: row.no_shows),
    ("left", N_("Beklerken ayrılan"), lambda row: row.left),
    ("expired", N_("Gün sonunda kapanan"), lambda row: row.expired),
    ("tickets_cancelled", N_("İptal edilen"), lambda row: row.cancelled),
)


def entries(report: YearReport) -> list[Entry]:
    """Headlines, tables, what became of numbers by service, durations (how many were timed)."""
    found = [
        Entry(f"figure:{figure.measure}", tr(figure.name), tr(figure.unit), figure.value, figure.before, figure.measure)
        for figure in report.figures
    ]
    tables = [*report.tables, *_ended(report)]
    found += [
        Entry(
            f"table:{table.measure}", tr(table.title), tr(table.unit), table.total, table.before, table.measure, table
        )
        for table in tables
    ]
    timed = N_("{name}: ölçülen")
    found += [
        Entry(f"timing:{line.duration}", tr(timed).format(name=tr(line.name)), "", line.n, None, line.duration)
        for line in report.timings
    ]
    return found


def _ended(report: YearReport) -> list[YearTable]:
    """How numbers ended, each by service, as tables without months."""
    head, unit = N_("Hizmet"), N_("numara")
    found = []
    for measure, title, value in _ENDS:
        rows = [_end_row(one, value(one)) for one in report.outcomes if value(one)]
        if rows:
            total = sum(row.total for row in rows)
            found.append(YearTable(measure, title, head, unit, tuple(rows), (), total, None))
    return found


def _end_row(row: OutcomeRow, value: int) -> YearRow:
    return YearRow(row.key, row.name, (), value, 0, None)


def change(value: int, before: int | None) -> str:
    """ "+%12,5" against the year before."""
    if not before:
        return NOTHING
    sign = "+" if value > before else "−" if value < before else ""
    return sign + percent(abs(value - before), before)


def _before(value: int | None) -> str:
    return NOTHING if value is None else number(value)


class _ListOverlay(Overlay):
    """A table over a line with a hint and the way out."""

    leave = N_("Kapat")

    def __init__(self, window: QWidget, title: str, columns: tuple[Column, ...], hint: str, *, width: int) -> None:
        super().__init__(window, title, width=width)
        self.head = QVBoxLayout()
        self.table = DataTable(columns, name=title)
        lines = WholeRows(self.table)
        lines.setMinimumHeight(380)
        close = Button(tr(self.leave), key="Esc", kind="ghost")
        close.clicked.connect(self.go_back)
        row = QHBoxLayout()
        row.addWidget(Text(hint, "hint", "ink_2", wrap=True), 1)
        row.addWidget(close)
        self.body.addLayout(self.head)
        self.body.addWidget(lines, 1)
        self.body.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.table

    def go_back(self) -> None:
        self.dismiss()


class YearOverlay(_ListOverlay):
    """Every figure and table of a year. ``chosen(Entry)`` on Enter and double click."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, report: YearReport, at: str | None = None) -> None:
        columns = (
            Column(tr(N_("Ölçü")), lambda one: one.name, stretch=True),
            Column(tr(N_("Ölçü birimi")), lambda one: one.unit, width=96),
            Column(str(report.year), lambda one: number(one.value), align="right", strong=True, width=104),
            Column(str(report.year - 1), lambda one: _before(one.before), align="right", width=104),
            Column(tr(N_("Değişim")), lambda one: change(one.value, one.before), align="right", width=96),
        )
        title = tr(N_("{year} yılı: sayılar ve tablolar")).format(year=report.year)
        hint = tr(N_("Enter, tabloyu ya da sayının kayıtlarını açar. {days} iş günü; {sites}."))
        super().__init__(
            window, title, columns, hint.format(days=number(report.days), sites=report.site_names), width=860
        )
        self.table.set_rows(entries(report))
        if at is not None:
            self.table.choose(at)
        self.table.activated_row.connect(self.chosen)


class TableOverlay(_ListOverlay):
    """One table, in the whole year or a month. ``chosen(Cell)`` on Enter and double click; ``back`` to the list."""

    chosen = Signal(object)
    back = Signal()
    leave = N_("Listeye dön")

    def __init__(self, window: QWidget, report: YearReport, table: YearTable) -> None:
        columns = (
            Column(tr(table.head), lambda row: tr(row.name), stretch=True),
            Column(
                capital_tr(tr(table.unit)), lambda row: number(self._value(row)), align="right", strong=True, width=104
            ),
            Column(tr(N_("Pay")), self._share, align="right", width=88),
            Column(str(report.year - 1), self._earlier, align="right", width=104),
        )
        title = f"{tr(table.title)}, {report.year}"
        hint = tr(N_("← → ay seçer, Enter seçilen satırın kayıtlarını açar."))
        super().__init__(window, title, columns, hint, width=760)
        self._report, self._table, self.month = report, table, 0
        self.head.addLayout(self._chooser())
        self.table.activated_row.connect(self._choose)
        self._show()

    def _chooser(self) -> QHBoxLayout:
        self.before = Button(icon="chevron-left", name=tr(N_("Önceki ay")))
        self.after = Button(icon="chevron-right", name=tr(N_("Sonraki ay")))
        self.words = Text("", "title")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(lambda: self.go(-1))
        self.after.clicked.connect(lambda: self.go(1))
        row = QHBoxLayout()
        row.addWidget(self.before)
        row.addWidget(self.words, 1)
        row.addWidget(self.after)
        for part in (self.before, self.after, self.words):
            part.setVisible(bool(self._table.months))
        return row

    def go(self, step: int) -> None:
        """Another month; before January stands the whole year."""
        if self._table.months:
            self.month = min(max(self.month + step, 0), 12)
            self._show()

    def go_back(self) -> None:
        self.dismiss()
        self.back.emit()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(-1 if event.key() == Qt.Key.Key_Left else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        whole = tr(N_("Bütün yıl"))
        self.words.setText(self._report.months[self.month - 1] if self.month else whole)
        self.before.setEnabled(self.month > 0)
        self.after.setEnabled(self.month < 12)
        total = self._table
        rows = [row for row in total.rows if self._value(row)]
        every = YearRow("", tr(N_("Toplam")), total.months, total.total, 1000, total.before)
        self.table.set_rows([*rows, _Total(every)])

    def _value(self, row: YearRow | _Total) -> int:
        told = row.row if isinstance(row, _Total) else row
        return told.months[self.month - 1] if self.month else told.total

    def _share(self, row: YearRow | _Total) -> str:
        whole = self._table.months[self.month - 1] if self.month else self._table.total
        return percent(self._value(row), whole) if whole else NOTHING

    def _earlier(self, row: YearRow | _Total) -> str:
        return NOTHING if self.month else _before((row.row if isinstance(row, _Total) else row).before)

    def _choose(self, row: YearRow | _Total) -> None:
        month = self.month or None
        when = self._report.months[self.month - 1] if self.month else str(self._report.year)
        key = None if isinstance(row, _Total) else row.key
        self.chosen.emit(Cell(f"{tr(self._table.title)} · {tr(row.name)} · {when}", self._table.measure, key, month))


@dataclass(frozen=True, slots=True)
class _Total:
    """The last line: all rows together."""

    row: YearRow

    @property
    def name(self) -> str:
        return self.row.name


def show_year(
    page: QWidget, office: Office, year: int, failed: Callable[[DeskError], None], *, this_site: bool = False
) -> None:
    """Read the report in a worker and open it. A table stands in the place of the list; records lie over either."""
    ctx = office.ctx

    def opened(report: YearReport, at: str | None = None) -> None:
        overlay = YearOverlay(page.window(), report, at)
        overlay.chosen.connect(lambda entry: choose(overlay, report, entry))
        overlay.open()

    def choose(overlay: YearOverlay, report: YearReport, entry: Entry) -> None:
        if entry.table is None:
            records(Cell(f"{entry.name} · {year}", entry.measure, None, None))
            return
        overlay.dismiss()
        table = TableOverlay(page.window(), report, entry.table)
        table.chosen.connect(records)
        table.back.connect(lambda: opened(report, entry.id))
        table.open()

    def records(cell: Cell) -> None:
        tasks.run(
            page,
            lambda: reports.cell(ctx, year, cell.measure, cell.key, cell.month, this_site=this_site),
            lambda found: RecordsOverlay(page.window(), cell.name, found, dated=True).open(),
            failed,
        )

    tasks.run(page, lambda: reports.year_report(ctx, year, this_site=this_site), opened, failed)

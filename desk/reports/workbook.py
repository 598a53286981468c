"""The day sheet as an Excel workbook: real numbers, real texts (never formulas), each sheet ready for A4."""

from __future__ import annotations

import io
from math import ceil
from typing import Any

from desk.i18n import Translator
from desk.reports import titles
from desk.reports.grid import SHARE, Cell, Grid
from desk.reports.grids import about, grids
from desk.reports.types import DaySheet

PETROL, TINT, LINE, INK_2 = "#0B4A56", "#DCE8E8", "#DDD5C4", "#465054"
LONGEST_TEXT = 32_767
"""What a cell holds (Excel's specification); XlsxWriter drops a longer one without a word."""

_NUMBERS = {int: "#,##0", float: "#,##0.0", "share": "0.0%"}


def workbook(sheet: DaySheet, tr: Translator) -> bytes:
    """Same sheet, same bytes: the times inside are those of the sheet."""
    import xlsxwriter  # 60 ms

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": titles.title(sheet, tr),
                "subject": f"{sheet.header.site} · {titles.when(sheet)}",
                "author": sheet.made_by,
                "company": sheet.header.authority,
                "created": sheet.made_at.replace(tzinfo=None),
            }
        )
        summary, hours, *rest = grids(sheet, tr)
        page = _Page(book, summary, sheet, tr)
        page.write(1 + page.write_about())
        hourly = _Page(book, hours, sheet, tr)
        hourly.write(0)
        hourly.write_chart(sheet)
        for grid in rest:
            _Page(book, grid, sheet, tr).write(0)
    return content.getvalue()


class _Page:
    """One worksheet: a table with a head that stays in sight and on every printed page."""

    def __init__(self, book: Any, grid: Grid, sheet: DaySheet, tr: Translator) -> None:
        self._book, self._grid, self._sheet, self._tr = book, grid, sheet, tr
        self._page = book.add_worksheet(grid.title)
        self._page.hide_gridlines(2)
        self._page.set_paper(9)  # A4
        self._page.fit_to_pages(1, 0)
        self._page.set_margins(left=0.8, right=0.8, top=0.8, bottom=0.8)
        if len(grid.columns) > 2:
            self._page.set_landscape()
        where = f"{sheet.header.site} · {titles.when(sheet)}".replace("&", "&&")
        title = titles.title(sheet, tr)
        self._page.set_header(f"&L&B{title} · {grid.title}".replace(" & ", " && "))
        self._page.set_footer(f"&L{where}&R&P / &N")

    def write_about(self) -> int:
        """Title and whose sheet it is; returns the rows used."""
        title = self._format(bold=True, font_size=16, font_color=PETROL)
        label = self._format(font_color=INK_2, valign="top")
        value = self._format(text_wrap=True, valign="top", align="left")
        self._page.write_string(0, 0, titles.title(self._sheet, self._tr), title)
        self._page.set_row(0, 26)
        rows = [(name, text) for name, text in about(self._sheet, self._tr) if text]
        for row, (name, text) in enumerate(rows, 1):
            self._page.write_string(row, 0, name, label)
            self._page.merge_range(row, 1, row, len(self._grid.columns) - 1, "", value)
            self._page.write_string(row, 1, text[:LONGEST_TEXT], value)
            self._page.set_row(row, 15 * max(1, ceil(len(text) / 100)))  # merged cells do not grow by themselves
        return 1 + len(rows)

    def write(self, top: int) -> None:
        look = {"bold": True, "bg_color": TINT, "font_color": PETROL, "text_wrap": True, "valign": "vcenter"}
        head, counted = self._format(**look, indent=1), self._format(**look, align="right")
        rows, lines = self._grid.rows, 1
        for column, name in enumerate(self._grid.columns):
            numeric = any(isinstance(row[column], int | float) for row in rows)
            self._page.write_string(top, column, name, counted if numeric else head)
            width = self._width(column, numeric)
            lines = max(lines, ceil(len(name) / (width - 2)))
            self._page.set_column(column, column, width)
        self._page.set_row(top, 4 + 15 * lines)
        for place, row in enumerate(rows, 1):
            last = self._grid.total and place == len(rows)
            for column, cell in enumerate(row):
                self._cell(top + place, column, cell, last)
        self._page.freeze_panes(top + 1, 0)
        self._page.repeat_rows(top)

    def write_chart(self, sheet: DaySheet) -> None:
        """Visits by hour as columns under the table, the mean of the weekday as a line."""
        count = len(sheet.hours)
        if not count:
            return
        name, total = self._grid.title, len(self._grid.rows)
        chart = self._book.add_chart({"type": "column"})
        axis = [name, 0, 2, 0, 1 + count]
        chart.add_series(
            {
                "name": self._tr("Ziyaret"),
                "categories": axis,
                "values": [name, total, 2, total, 1 + count],
                "fill": {"color": PETROL},
                "gap": 60,
                "data_labels": {"value": True},
            }
        )
        if sheet.weekday_mean_by_hour:
            self._mean(chart, sheet, total + 2, axis)
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": LINE}}, "num_format": "#,##0"})
        chart.set_size({"width": 900, "height": 320})
        self._page.insert_chart(total + 4, 1, chart)

    def _mean(self, chart: Any, sheet: DaySheet, row: int, axis: list[Any]) -> None:
        label = self._tr("Önceki aynı günlerin ortalaması")
        self._page.write_string(row, 1, label, self._format(font_color=INK_2, italic=True))
        for column, mean in enumerate(sheet.weekday_mean_by_hour, 2):
            shown = self._format(font_color=INK_2, italic=True, num_format=_NUMBERS[float])
            self._page.write_number(row, column, mean, shown)
        line = self._book.add_chart({"type": "line"})
        line.add_series(
            {
                "name": label,
                "categories": axis,
                "values": [axis[0], row, 2, row, axis[4]],
                "line": {"color": INK_2, "width": 1.5, "dash_type": "dash"},
            }
        )
        chart.combine(line)

    def _cell(self, row: int, column: int, cell: Cell, last: bool) -> None:
        look: dict[str, Any] = {"bottom": 1, "bottom_color": LINE, "valign": "top"}
        if last:
            look |= {"bold": True, "top": 2, "top_color": PETROL}
        if isinstance(cell, int | float):
            kind: Any = "share" if self._grid.columns[column] == self._tr(SHARE) else type(cell)
            self._page.write_number(row, column, cell, self._format(num_format=_NUMBERS[kind], align="right", **look))
        else:
            text = (cell or "")[:LONGEST_TEXT]
            self._page.write_string(row, column, text, self._format(align="left", indent=1, **look))

    def _width(self, column: int, numeric: bool) -> float:
        if numeric:
            longest = max(len(word) for word in self._grid.columns[column].split())
            return max(8.0, longest + 2.0)
        cells = (str(row[column] or "") for row in self._grid.rows)
        return min(90.0, max(map(len, (self._grid.columns[column], *cells))) + 4.0)

    def _format(self, **properties: Any) -> Any:
        return self._book.add_format(properties)

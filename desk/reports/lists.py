"""Any list as CSV or XLSX: titles, columns, typed cells; and what a Turkish spreadsheet does with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.files import write_whole
from desk.text import short_date

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """A list to hand out. ``widths`` are in characters."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...] = ()


def as_csv(table: Table) -> bytes:
    """UTF-8 with its mark, semicolons: what a Turkish Excel opens by double click."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=";")
    rows.writerow(table.columns)
    rows.writerows([_plain(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    """No text that a spreadsheet takes for a formula (OWASP, "CSV Injection"): such a one gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def as_xlsx(table: Table) -> bytes:
    """Real dates and numbers, texts never as formulas, the head frozen, a filter on every column."""
    import xlsxwriter  # 60 ms

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet(table.title[:31].translate(_NOT_IN_NAMES))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        for column, name in enumerate(table.columns):
            page.set_column(column, column, table.widths[column] if column < len(table.widths) else 16)
            page.write_string(0, column, name, head)
        for line, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(line, column, value, day)
                elif isinstance(value, int):
                    page.write_number(line, column, value)
                elif value:
                    page.write_string(line, column, value[:32_000])
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    return content.getvalue()


_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

FORMATS = {"csv": as_csv, "xlsx": as_xlsx}


def write(table: Table, target: Path, form: str = "") -> None:
    """Write a list; the form is the ending's unless given. Raises Fault when the disk refuses."""
    write_whole(target, FORMATS[form or target.suffix.lstrip(".").lower()](table))

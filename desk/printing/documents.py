"""PDF documents: the receipt of a petition, its sticker, and the day sheet.

They are made from read types only, with embedded fonts and selectable text; the same data give the same bytes. The
first document of a process takes longer, because reportlab and the fonts are loaded then.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from desk.files import write_whole
from desk.i18n import SOURCE_LANGUAGE, Translator, translator
from desk.printing.pdf_day_sheet import day_sheet_bytes
from desk.printing.pdf_label import label_bytes
from desk.printing.pdf_page import A4, A5
from desk.printing.pdf_receipt import receipt_bytes
from desk.registry.types import Receipt, SiteHeader
from desk.reports.types import DaySheet
from desk.reports.year_types import YearReport

SHEETS = {"A4": A4, "A5": A5}


def receipt_pdf(
    receipt: Receipt,
    header: SiteHeader,
    target: Path | BinaryIO,
    tr: Translator | None = None,
    *,
    paper_size: str = "A4",
    logo: Path | None = None,
    second: bool = False,
    summary: str = SOURCE_LANGUAGE,
) -> None:
    """The alındı belgesi on A4 or A5. Raises Fault when the file cannot be written.

    ``logo``: the site's own, instead of the sample. ``second``: the office's own copy. ``summary``: a language in which
    the essentials stand once more.
    """
    sheet = SHEETS[paper_size]
    made = receipt_bytes(receipt, header, tr or translator(), sheet=sheet, logo=logo, second=second, summary=summary)
    _put(made, target)


def label_pdf(receipt: Receipt, header: SiteHeader, target: Path | BinaryIO, tr: Translator | None = None) -> None:
    """The kayıt kaşesi as a sticker of 60 × 40 mm. Raises Fault when the file cannot be written."""
    _put(label_bytes(receipt, header, tr or translator()), target)


def day_sheet_pdf(sheet: DaySheet, target: Path | BinaryIO, tr: Translator | None = None) -> None:
    """The day on one A4 page, with the lines to sign on. Raises Fault when the file cannot be written."""
    _put(day_sheet_bytes(sheet, tr or translator()), target)


def year_pdf(report: YearReport, target: Path | BinaryIO, tr: Translator | None = None) -> None:
    """The annual report on as many A4 pages as it needs. Raises Fault when the file cannot be written."""
    from desk.printing.pdf_year import year_bytes  # only this paper needs it

    _put(year_bytes(report, tr or translator()), target)


def _put(content: bytes, target: Path | BinaryIO) -> None:
    if isinstance(target, Path):
        write_whole(target, content)
    else:
        target.write(content)

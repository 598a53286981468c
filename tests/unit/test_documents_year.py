"""The annual report on paper and in files, and the second page of a day sheet."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
from documents_pages import assert_inside_the_margins, pages_of
from reports_sheets import HEADER, full_sheet

from desk.printing.documents import day_sheet_pdf, year_pdf
from desk.reports import stored
from desk.reports.types import Correction, EventLine, LeftLine, PrinterTrouble
from desk.reports.year import shares
from desk.reports.year_exports import write_json, write_xlsx
from desk.reports.year_types import Meaning, OutcomeRow, YearFigure, YearReport, YearRow, YearTable
from desk.text import MONTHS

NOW = datetime(2026, 11, 24, 13, 52, tzinfo=UTC)


def table(count: int) -> YearTable:
    totals = [count - place for place in range(count)]
    rows = tuple(
        YearRow(f"u{n}", f"Müdürlük {n}", (value, *(0,) * 11), value, share, value // 2)
        for n, (value, share) in enumerate(zip(totals, shares(totals), strict=True))
    )
    whole = sum(totals)
    return YearTable("visits_by_unit", "Birime göre ziyaret", "Birim", "ziyaret", rows, (whole, *(0,) * 11), whole, 1)


def report(rows: int = 120) -> YearReport:
    return YearReport(
        header=HEADER,
        year=2026,
        sites=("Ana hizmet binası",),
        first=date(2026, 1, 2),
        last=date(2026, 11, 23),
        days=220,
        months=MONTHS,
        figures=(
            YearFigure("visits", "Ziyaret", "ziyaret", 60314, 58000),
            YearFigure("left", "Ayrılan", "numara", 9, 0),
        ),
        monthly=(replace(table(3), measure="visits", title="Ziyaret"),),
        tables=(table(rows), table(3)),
        outcomes=(),
        timings=(),
        assistance=(),
        surveys=(),
        meanings=(Meaning("Ziyaret", "ziyaret", "Kapıdan bir giriş. " * 12, ""),),
        made_at=NOW,
        made_by="Elif Karaca",
        has_before=True,
    )


def pdf_of(made: YearReport) -> bytes:
    target = io.BytesIO()
    year_pdf(made, target)
    return target.getvalue()


def test_a_long_table_goes_on_overleaf_with_its_head_and_total() -> None:
    pdf = pdf_of(report())
    pages = pages_of(pdf)
    assert len(pages) >= 4
    assert_inside_the_margins(pdf)
    assert "2026 yılı faaliyet raporu" in pages[0] and "60.314" in pages[0] and "+%4,0" in pages[0]
    assert f"Sayfa 1 / {len(pages)}" in pages[0]
    assert sum("Müdürlük 0" in page for page in pages) >= 1 and sum("Birim" in page for page in pages) >= 2
    assert "%100" in "".join(pages) and "Ek: Ölçülerin tanımları" in pages[-1]


def test_the_same_report_is_the_same_bytes(tmp_path: Path) -> None:
    assert pdf_of(report()) == pdf_of(report())
    for write, name in ((write_xlsx, "xlsx"), (write_json, "json")):
        write(report(), tmp_path / f"1.{name}")
        write(report(), tmp_path / f"2.{name}")
        assert (tmp_path / f"1.{name}").read_bytes() == (tmp_path / f"2.{name}").read_bytes()
    data = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))
    assert (data["year"], data["by_measure"]["visits"]) == (2026, 60314)


def test_in_the_workbook_every_row_fills_the_columns_of_its_head(tmp_path: Path) -> None:
    vergi = OutcomeRow("vergi", "Vergi", 11, 6, 2, 1, 1, 1, 430.5, 400.0, None, 214.0)
    write_xlsx(replace(report(3), outcomes=(vergi,)), tmp_path / "year.xlsx")
    page = openpyxl.load_workbook(tmp_path / "year.xlsx")["Hizmetler"]
    rows = list(page.values)
    heads = next(number for number, row in enumerate(rows) if row[0] == "Hizmet")
    row = dict(zip(rows[heads], rows[heads + 1], strict=True))
    assert (row["Hizmet"], row["Verilen"], row["Gelmeyen"], row["P90 bekleme (sn)"]) == ("Vergi", 11, 2, None)
    assert (row["İptal"], row["Ort. bekleme (sn)"], row["Ort. işlem (sn)"]) == (1, 430.5, 214)


def test_what_happened_besides_the_counts_stands_overleaf() -> None:
    sheet = replace(
        full_sheet(),
        number="2026/0231",
        revision=1,
        closed_at=NOW,
        events=(EventLine("O 001", NOW, "Sağlık (112)", "Salon", "16.52 112 arandı.", "Hastaneye götürüldü."),),
        printer_troubles=(PrinterTrouble("Danışma fiş yazıcısı", 2, 1, ""),),
        left_open=(LeftLine("assistance", "RF 003", "Yolda", "handed_over"),),
        corrections=(Correction("Hizmet verilen", "vergi", 1, NOW, NOW),),
    )
    target = io.BytesIO()
    day_sheet_pdf(sheet, target)
    first, second = pages_of(target.getvalue())
    assert_inside_the_margins(target.getvalue())
    assert "Çizelge no 2026/0231" in first and "1 olağan dışı olay" in first and "1 düzeltme" in first
    for told in ("O 001", "Danışma fiş yazıcısı", "Sonraki vardiyaya devredildi", "+1", "Sayfa 2 / 2"):
        assert told in second


def test_a_kept_sheet_comes_back_as_it_was() -> None:
    sheet = replace(full_sheet(), closed_at=NOW, left_open=(LeftLine("ticket", "V 001", "Bekliyor", "ended"),))
    assert stored.from_data(json.loads(json.dumps(stored.to_data(sheet)))) == sheet

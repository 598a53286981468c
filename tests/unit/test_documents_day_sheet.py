"""What the shift lead finds on the printed day sheet: one page, and it adds up."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from documents_pages import assert_inside_the_margins, fonts_of, pages_of, text_of, written
from reports_sheets import empty_sheet, extreme_sheet, full_sheet, twelve_sheet

from desk.printing.documents import day_sheet_pdf
from desk.printing.pdf_chart import nice_step
from desk.reports.types import DaySheet


def one_service() -> DaySheet:
    """A small office that was open for an hour."""
    full = full_sheet()
    service = replace(full.services[0], by_hour=(60,), visits=60)
    return replace(
        full,
        services=(service,),
        hours=(8,),
        visits_by_hour=(61,),
        directions_by_hour=(1,),
        weekday_mean_by_hour=(),
        visits=61,
        directions=1,
    )


def overflowing() -> DaySheet:
    return extreme_sheet(services=40, hours=24, units=200)


SHEETS: list[Callable[[], DaySheet]] = [
    full_sheet,
    empty_sheet,
    extreme_sheet,
    twelve_sheet,
    one_service,
    overflowing,
]


def pdf_of(sheet: DaySheet) -> bytes:
    target = io.BytesIO()
    day_sheet_pdf(sheet, target)
    return target.getvalue()


@pytest.mark.parametrize("made", SHEETS)
def test_it_is_always_one_page_inside_the_margins(made: Callable[[], DaySheet]) -> None:
    pdf = pdf_of(made())
    assert len(pages_of(pdf)) == 1
    assert_inside_the_margins(pdf)


def test_it_shows_the_figures_of_the_day() -> None:
    text = text_of(pdf_of(full_sheet()))
    for told in (
        "24 Kasım 2026 Salı", "08.00–17.00", "Ana hizmet binası danışma", "312 kişi", "geçen salı 231",
        "ortanca 8 · P90 22", "en uzun 41 dk", "61 / 236 numara", "%25,8", "31 tamamlandı", "3 açık", "9 / 236 numara",
        "%3,8", "Saatlere göre ziyaret", "önceki salı günlerinin ortalaması", "en yoğun 10.00–11.00",
        "Bilgi verildi (numarasız)", "Emlak ve çevre temizlik vergisi", "Türk İşaret Dili (TİD)", "65 yaş ve üzeri",
        "En uzun (Sosyal destek)", "Diğer 4 birim", "Birim belirtilmeden", "3 / 34", "Düzenleyen",
        "Elif Karaca", "Onaylayan", "Vardiya notu: Sosyal destekte",
        "Yazdırma: 24.11.2026 16.52 · Kişisel veri içermez", "Sayfa 1 / 1",
    ):  # fmt: skip
        assert told in text, told


def table(sheet: DaySheet, first: str) -> dict[str, list[int]]:
    """The rows of the big table as numbers, by name; ``first`` is the name of its first row."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for piece in written(pdf_of(sheet)):
        rows.setdefault(round(piece.y, 1), []).append((piece.x0, piece.text))
    lines = [" ".join(text for _, text in sorted(row)) for _, row in sorted(rows.items())]
    start = next(n for n, line in enumerate(lines) if first in line)
    found: dict[str, list[int]] = {}
    for line in lines[start:]:
        name, numbers = re.fullmatch(r"(.*?)((?: (?:[\d.]+|–))+)", line).groups()  # type: ignore[union-attr]
        found[name] = [0 if n == "–" else int(n.replace(".", "")) for n in numbers.split()]
        if name == "Toplam":
            break
    return found


@pytest.mark.parametrize("made", [full_sheet, twelve_sheet])
def test_the_printed_hours_add_up_in_both_directions(made: Callable[[], DaySheet]) -> None:
    sheet = made()
    rows = table(sheet, "Danışma ve bilgi")
    assert len(rows) == len(sheet.services) + 2  # with directions and the total: nothing was left out
    hours = len(sheet.hours)
    total = rows.pop("Toplam")
    assert total[: hours + 1] == [*sheet.visits_by_hour, sheet.visits]
    for column in range(hours + 1):
        assert sum(row[column] for row in rows.values()) == total[column]
    for row in rows.values():
        assert sum(row[:hours]) == row[hours]


def test_too_many_services_become_one_line_and_still_add_up() -> None:
    sheet = extreme_sheet(services=30, hours=8)
    rows = table(sheet, "A Hizmet 0")
    merged = next(name for name in rows if re.fullmatch(r"Diğer \d+ hizmet", name))
    assert len(rows) - 3 + int(merged.split()[1]) == 30
    assert rows["Toplam"][:9] == [*sheet.visits_by_hour, sheet.visits]


def test_an_empty_day_says_so() -> None:
    text = text_of(pdf_of(empty_sheet()))
    assert "Bu gün için ziyaret kaydı yok." in text
    assert "Çalışma günü değil" in text and "çağrılan numara yok" in text and "numara verilmedi" in text


def test_without_earlier_days_there_is_no_mean_and_no_comparison() -> None:
    text = text_of(pdf_of(replace(full_sheet(), weekday_mean_by_hour=(), visits_previous=None)))
    assert "ortalaması" not in text and "geçen" not in text


def test_a_note_with_markup_is_printed_as_typed_and_a_long_one_ends_with_dots() -> None:
    assert "Vardiya notu: <b>ğüşıöç ĞÜŞİÖÇ & =1" in text_of(pdf_of(replace(full_sheet(), note="<b>ğüşıöç ĞÜŞİÖÇ & =1")))
    note = next(p.text for p in written(pdf_of(extreme_sheet())) if "asansör" in p.text and p.text.endswith("…"))
    assert note


@pytest.mark.parametrize("made", SHEETS)
def test_every_font_is_in_the_file(made: Callable[[], DaySheet]) -> None:
    assert all(fonts_of(pdf_of(made())).values())


def test_the_same_day_gives_the_same_bytes_from_any_thread(tmp_path: Path) -> None:
    day_sheet_pdf(full_sheet(), tmp_path / "gun.pdf")
    expected = (tmp_path / "gun.pdf").read_bytes()
    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(pdf_of, sheet()) for sheet in (full_sheet, extreme_sheet, full_sheet, empty_sheet) * 3]
    assert [future.result() == expected for future in made] == [True, False, True, False] * 3


@pytest.mark.parametrize(("most", "lines", "step"), [(42, 4, 20), (1, 4, 1), (9, 3, 5), (151, 3, 100), (0.4, 2, 1)])
def test_grid_steps_are_round_numbers(most: float, lines: int, step: int) -> None:
    assert nice_step(most, lines) == step

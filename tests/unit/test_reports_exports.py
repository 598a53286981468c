"""The day sheet in a spreadsheet and in a program's hands."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from reports_sheets import empty_sheet, extreme_sheet, full_sheet

from desk.errors import Fault
from desk.i18n import translator
from desk.printing.slip_day_more import more_of_day
from desk.reports.exports import EXPORTS, as_json, write_csv, write_json, write_xlsx
from desk.reports.types import Correction, Count, DaySheet, EventLine, Period, SurveyLine

DANGEROUS = ("=1+1", "+9", "-cmd|' /C calc'!A0", "@SUM(A1)", "\tx")


def csv_rows(sheet: DaySheet, folder: Path) -> list[list[str]]:
    write_csv(sheet, folder / "gun.csv")
    content = (folder / "gun.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_has_turkish_letters_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    rows = csv_rows(full_sheet(), tmp_path)
    assert ["Yerleşke", "Ana hizmet binası danışma"] in rows
    named = {row[0]: row for row in rows if row}
    assert named["Ortalama bekleme (dk)"][1] == "10,2"
    assert named["Hizmet almadan ayrılan"][1:4] == ["9", "Verilen numara", "0,0381"]
    hourly = rows.index(["Saat ve hizmet"])
    assert rows[hourly + 1][:3] == ["Harf", "Hizmet", "08.00"]


def test_csv_hours_add_up_to_the_visits(tmp_path: Path) -> None:
    sheet = full_sheet()
    rows = csv_rows(sheet, tmp_path)
    top = rows.index(["Saat ve hizmet"]) + 2
    lines = rows[top : top + len(sheet.services) + 1]
    total = rows[top + len(sheet.services) + 1]
    assert total[1] == "Toplam"
    for column in range(2, len(total)):
        assert sum(int(line[column]) for line in lines) == int(total[column])
    assert total[-1] == str(sheet.visits)


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_texts_never_become_formulas(tmp_path: Path, text: str) -> None:
    sheet = replace(full_sheet(), note=text, units=(Count("x", text, 1),))
    cells = [cell for row in csv_rows(sheet, tmp_path) for cell in row]
    assert f"'{text}" in cells and text not in cells


def test_xlsx_holds_numbers_as_numbers_and_one_table_a_sheet(tmp_path: Path) -> None:
    sheet = full_sheet()
    write_xlsx(sheet, tmp_path / "gun.xlsx")
    book = openpyxl.load_workbook(tmp_path / "gun.xlsx")
    assert book.sheetnames == ["Özet", "Saat ve hizmet", "Hizmetler", "Refakat", "Öncelik", "Birimler", "Evrak"]
    hours = book["Saat ve hizmet"]
    total = [cell.value for cell in hours[len(sheet.services) + 3]]
    assert total[1:] == ["Toplam", *sheet.visits_by_hour, sheet.visits]
    named = {row[0].value: row[1].value for row in book["Özet"].iter_rows()}
    assert (named["Ziyaret"], named["Kişi"], named["Ortalama bekleme (dk)"]) == (sheet.visits, 312, 10.2)
    assert book["Refakat"]["B8"].value == sheet.assistance_total


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_texts_never_become_formulas(tmp_path: Path, text: str) -> None:
    sheet = replace(full_sheet(), note=text, units=(Count("x", text, 1),))
    write_xlsx(sheet, tmp_path / "gun.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "gun.xlsx")["Birimler"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_xlsx_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_xlsx(full_sheet(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_json_has_the_head_figures_as_whole_numbers(tmp_path: Path) -> None:
    sheet = full_sheet()
    write_json(sheet, tmp_path / "gun.json")
    told = json.loads((tmp_path / "gun.json").read_text(encoding="utf-8"))
    for name in ("visits", "persons", "tickets_issued", "assistance", "petitions"):
        assert type(told[name]) is int
    assert told["assistance"] == 34 and told["assistance_by_kind"]["wheelchair"] == 9
    assert sum(sum(s["by_hour"]) for s in told["services"]) + told["directions"] == told["visits"]
    assert told["services"][1]["name"] == "Emlak ve çevre temizlik vergisi"


@pytest.mark.parametrize("made", [full_sheet, empty_sheet, extreme_sheet])
@pytest.mark.parametrize("name", EXPORTS)
def test_every_sheet_goes_into_every_format(tmp_path: Path, name: str, made: object) -> None:
    target = tmp_path / f"gun.{name}"
    EXPORTS[name](made(), target)  # type: ignore[operator]
    assert target.stat().st_size > 500
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(Fault, match=r"Dosya yazılamadı: .*klasör bulunamadı"):
        EXPORTS[name](full_sheet(), tmp_path / "yok" / "gun")


def test_what_stood_there_before_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "gun.json"
    target.write_text("dünkü", encoding="utf-8")

    def refuse(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Fault, match="diskte yer kalmadı"):
        write_json(full_sheet(), target)
    assert target.read_text(encoding="utf-8") == "dünkü"
    assert [p.name for p in tmp_path.iterdir()] == ["gun.json"]


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="bu adda bir klasör var"):
        write_csv(full_sheet(), tmp_path)


def with_more() -> DaySheet:
    """The full sheet of a day with surveys, an event, a correction and numbers by hand."""
    at = datetime(2026, 11, 24, 8, 10, tzinfo=UTC)
    return replace(
        full_sheet(),
        surveys=(Count("genel", "Genel memnuniyet", 4),),
        surveys_alarming=1,
        survey_lines=(SurveyLine("Genel memnuniyet", "Ne kadar memnun kaldınız?", 4, 3.25, 5, (("1", 1), ("4", 3))),),
        events=(EventLine("O 001", at, "Sağlık (112)", "Salon", "11.10 112 arandı.", "112 ekibine teslim edildi."),),
        corrections=(Correction("Ziyaret", "danisma", 2, at, at),),
        manual_entered=7,
        limits_passed=3,
    )


def test_files_and_slip_tell_what_the_paper_tells(tmp_path: Path) -> None:
    sheet = with_more()
    write_csv(sheet, tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    for words in ("Anketler", "3,25", "O 001", "112 ekibine teslim edildi.", "Düzeltmeler", "danisma;2;"):
        assert words in text
    data = as_json(sheet)
    assert (data["manual_entered"], data["limits_passed"], data["surveys_alarming"]) == (7, 3, 1)
    assert data["incidents"][0]["number"] == "O 001" and data["corrections"][0]["value"] == 2
    json.dumps(data)
    write_xlsx(sheet, tmp_path / "a.xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names[-3:] == ["Anketler", "Olaylar", "Düzeltmeler"]
    slip = " ".join(str(one) for one in more_of_day(sheet, translator()))
    for words in ("Çok olumsuz anket", "Elle verilip sonradan girilen numara", "O 001 Sağlık (112)", "+2"):
        assert words in slip
    assert more_of_day(full_sheet(), translator()) == [] or full_sheet().survey_total


def test_json_and_workbook_leave_no_figure_of_the_sheet_out() -> None:
    """A field that is added to the sheet must be told by the files, too."""
    told = as_json(with_more())
    renamed = {
        "services": "services", "units": "visits_by_unit", "petition_units": "petitions_by_unit",
        "channels": "petitions_by_channel", "document_kinds": "petitions_by_kind", "survey_lines": "survey_questions",
        "events": "incidents",
    }  # fmt: skip
    missing = {one.name for one in fields(DaySheet) if renamed.get(one.name, one.name) not in told}
    assert missing == set()


def test_a_week_is_told_by_its_days_and_named_as_a_week(tmp_path: Path) -> None:
    days = ("Pzt 23", "Sal 24", "Çar 25", "Per 26", "Cum 27", "Cmt 28", "Paz 29")
    lines = tuple(replace(s, by_hour=s.by_hour[:7]) for s in full_sheet().services)
    week = replace(
        full_sheet(), period=Period.WEEK, day=date(2026, 11, 23), last=date(2026, 11, 29), columns=days,
        hours=tuple(range(7)), services=lines, opens="", closes="",
        directions_by_hour=full_sheet().directions_by_hour[:7], visits_by_hour=full_sheet().visits_by_hour[:7],
        ticket_outcomes=(Count("done", "Tamamlandı", 200), Count("papers", "Eksik belgeyle döndü", 24)),
    )  # fmt: skip
    rows = csv_rows(week, tmp_path)
    named = {row[0]: row[1:] for row in rows if row}
    assert named["Tarih"] == ["23–29 Kasım 2026"] and named["Çalışma saatleri"] == [""]
    assert tuple(rows[rows.index(["Gün ve hizmet"]) + 1][2:9]) == days
    assert named["Eksik belgeyle döndü"] == ["24"] and "Önceki haftanın ziyareti" in named
    write_xlsx(week, tmp_path / "hafta.xlsx")
    book = openpyxl.load_workbook(tmp_path / "hafta.xlsx")
    assert book["Özet"]["A1"].value == "Haftalık ziyaretçi çizelgesi" and "İşlem sonucu" in book.sheetnames

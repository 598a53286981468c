"""Applications on the command line, as a script or a person at a terminal uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk.cli import desk
from desk.errors import UserError


def run(tmp_path: Path, *words: str) -> Result:
    result = CliRunner().invoke(desk, [*words, "--data-dir", str(tmp_path)], standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        ("dilekce", "2026-11-23", "2026-12-23"),
        ("bilgi-edinme", "2026-11-23", "2026-12-14"),
        ("bilgi-edinme", "2026-03-10", "2026-04-01"),
        ("bilgi-edinme-uzun", "2026-11-23", "2027-01-05"),
        ("cimer", "2026-11-23", "2026-12-23"),
        ("acil", "2026-11-27", "2026-11-30"),
    ],
)
def test_a_due_date_needs_no_database(tmp_path: Path, kind: str, received: str, due: str) -> None:
    told = json.loads(run(tmp_path, "due", "--kind", kind, "--received", received, "--json").output)
    assert told["due"] == due
    assert not (tmp_path / "danisma.db").exists()


def test_a_last_day_off_says_the_working_day_before(tmp_path: Path) -> None:
    said = run(tmp_path, "due", "--kind", "cimer", "--received", "2026-12-04").output
    assert said == "04.12.2026 + 30 gün → 03.01.2027 (tatil; önceki iş günü 31.12.2026)\n"


@pytest.mark.parametrize(
    ("kind", "received"), [("tuhaf", "2026-11-23"), ("dilekce", "31.02.2026"), ("dilekce", "0001-01-01")]
)
def test_what_is_not_understood_is_one_sentence(tmp_path: Path, kind: str, received: str) -> None:
    with pytest.raises(UserError):
        run(tmp_path, "due", "--kind", kind, "--received", received)


def test_a_list_comes_in_goes_out_and_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "cimer.csv"
    path.write_text("Başvuru Sayısı;Başvuru Tarihi;Konu\n2612345601;02.01.2020;Kaldırım onarımı\n", "cp1254")
    assert json.loads(run(tmp_path, "import", "cimer", str(path), "--dry-run", "--json").output)["good"] == 1
    done = json.loads(run(tmp_path, "import", "cimer", str(path), "--json").output)
    assert (done["created"], done["known"]) == (1, 0)
    (row,) = run(tmp_path, "applications", "list", "--json").output.splitlines()
    assert json.loads(row)["subject"] == "Kaldırım onarımı"
    out = tmp_path / "liste.csv"
    run(tmp_path, "export", "liste", str(out))
    assert "Kaldırım onarımı" in out.read_text("utf-8-sig")
    assert "1 kayıt geri alındı" in run(tmp_path, "import-undo", done["import"]).output
    assert run(tmp_path, "applications", "list", "--all").output == ""
    assert "Veri tabanı sağlam" in run(tmp_path, "db", "check").output
    assert "yok" in run(tmp_path, "db", "erase").output


def test_numbers_of_the_ebys_are_told_line_by_line_and_written_only_when_all_are_right(tmp_path: Path) -> None:
    path = tmp_path / "ebys.csv"
    path.write_text("Takip no;EBYS sayısı;EBYS tarihi\n2026/000009;E-1;24.11.2026\n", "cp1254")
    tried = run(tmp_path, "import", "ebys", str(path), "--dry-run", "--json")
    assert "2. satır, 2026/000009: Takip no bulunamadı" in tried.stderr
    assert json.loads(tried.stdout) == {"rows": 1, "good": 0, "errors": 1}
    with pytest.raises(UserError, match="1 hatalı satır"):
        run(tmp_path, "import", "ebys", str(path))
    done = run(tmp_path, "import", "ebys", str(path), "--skip-bad", "--json")
    assert json.loads(done.stdout) == {"filled": 0}

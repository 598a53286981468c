"""The holidays of a year are reckoned once on a machine, and anew after the library that knows them was updated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desk import holiday_file
from desk.holiday_file import Named, named

DAYS: Named = {date(2026, 4, 23): "National Sovereignty and Children's Day", date(2026, 10, 29): "Republic Day"}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(holiday_file, "cache_dir", lambda: tmp_path)
    return []


def _reckon(asked: list[int]) -> Named:
    asked.append(1)
    return DAYS


def test_the_second_start_reads_what_the_first_one_reckoned(asked: list[int]) -> None:
    assert [named(2026, "public", lambda: _reckon(asked)) for _ in range(3)] == [DAYS] * 3
    assert len(asked) == 1


@pytest.mark.parametrize("left", ["", "{", "[]", '{"of": 1}', '{"of": 1, "days": {"2026": ""}}'])
def test_a_file_that_is_broken_or_of_another_installation_is_made_anew(
    asked: list[int], tmp_path: Path, left: str
) -> None:
    (tmp_path / "holidays-2026-public.json").write_text(left, encoding="utf-8")
    assert named(2026, "public", lambda: _reckon(asked)) == DAYS
    assert named(2026, "public", lambda: _reckon(asked)) == DAYS
    assert len(asked) == 1


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    asked: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(holiday_file, "cache_dir", lambda: tmp_path / "file")
    assert [named(2026, "public", lambda: _reckon(asked)) for _ in range(2)] == [DAYS] * 2
    assert len(asked) == 2

"""Manual numbers, appointments and closed days at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cli import desk
from desk.clock import SystemClock, local_date
from desk.errors import UserError
from desk.queue.overrides import CapReached
from desk.workdays import is_half_day, is_working_day


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run ``desk …`` in this process with a data folder of its own; what it wrote."""

    def _run(*arguments: str) -> str:
        desk.main([*arguments, "--data-dir", str(data_folder)], standalone_mode=False)
        return capsys.readouterr().out

    return _run


@pytest.fixture
def lines(run: Callable[..., str]) -> Callable[..., list[dict[str, Any]]]:
    return lambda *arguments: [json.loads(line) for line in run(*arguments, "--json").splitlines()]


def working_day() -> date:
    """A day on which every site is open the whole day."""
    day = local_date(SystemClock().now()) + timedelta(days=7)
    while not is_working_day(day) or is_half_day(day):
        day += timedelta(days=1)
    return day


def test_numbers_are_reserved_printed_and_entered(run: Any, lines: Any) -> None:
    (taken,) = lines("numbers", "reserve", "--service", "V", "--count", "4")
    assert taken == {"service": "vergi", "first": "V 001", "last": "V 004", "count": 4, "print": "printed"}
    (done,) = lines("numbers", "enter", "--from", "V1", "--to", "V3")
    assert (done["entered"], done["voided"]) == (["V 001", "V 002", "V 003"], 1)
    assert "V 001 – V 004 · Emlak ve çevre temizlik vergisi · 3 işlendi, 1 iptal edildi" in run("numbers", "list")
    assert lines("ticket", "--service", "V")[0]["number"] == "V 005"


def test_every_service_gets_its_block_when_none_is_named(lines: Any) -> None:
    assert len(lines("numbers", "reserve", "--count", "2")) == 7


def test_an_appointment_has_a_code_and_its_day(run: Any, lines: Any) -> None:
    day = working_day().isoformat()
    (made,) = lines("appointment", "add", "--service", "vergi", "--at", "14.30", "--date", day, "--name", "Ayşe Örnek")
    assert made["at"].startswith(f"{day}T14:30")
    assert len(made["code"]) == 6
    assert [one["state"] for one in lines("appointment", "list", "--date", day)] == ["expected"]
    with pytest.raises(UserError, match="Randevunuzun günü"):
        run("appointment", "check-in", made["code"])


def test_closed_days_are_added_listed_and_removed(run: Any, lines: Any) -> None:
    day = working_day().isoformat()
    run("closed-days", "add", day, "--kind", "works", "--hours", "09.00-12.00")
    assert lines("closed-days", "list") == [{"day": day, "kind": "works", "reason": "", "opens": 540, "closes": 720}]
    assert "09.00–12.00 açık · Bakım ve onarım çalışması" in run("closed-days")
    with pytest.raises(UserError, match="kapalıyız"):
        run("appointment", "add", "--service", "vergi", "--at", "14.30", "--date", day)
    run("closed-days", "remove", day)
    assert "kapalı gün yok" in run("closed-days")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("closed-days", "add", "2026-13-40"), "Tarih anlaşılamadı"),
        (("closed-days", "add", "2030-01-01", "--kind", "tatil"), "Böyle bir tür yok"),
        (("closed-days", "add", "2030-01-01"), "nedenini yazınız"),
        (("appointment", "add", "--service", "vergi", "--at", "25.30"), "Saat anlaşılamadı"),
        (("numbers", "enter", "--from", "V1", "--to", "V2"), "ayrılmamış"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(run: Any, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        run(*arguments)


def test_a_full_service_takes_a_reason_at_the_terminal(run: Any, lines: Any, tmp_path: Path) -> None:
    import sqlite3

    run("services")
    with sqlite3.connect(tmp_path / "veri" / "danisma.db") as database:
        database.execute("UPDATE service SET daily_cap = 0 WHERE code = 'vergi'")
    database.close()
    with pytest.raises(CapReached):
        run("ticket", "--service", "vergi")
    assert lines("ticket", "--service", "vergi", "--override-reason", "Süreli işlem")[0]["number"] == "V 001"

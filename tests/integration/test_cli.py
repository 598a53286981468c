"""The ``desk`` command as a person or a script at a terminal meets it: real processes, real exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import Commands

from desk.clock import SystemClock, local_date

DESK = [sys.executable, "-m", "desk"]
ROOT = Path(__file__).parents[2]


TODAY = local_date(SystemClock().now()).isoformat()


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    ready = Commands(ROOT)
    yield ready
    ready.close()


@pytest.fixture
def run(tmp_path: Path, commands: Commands):
    """Run ``desk …`` with a data folder of its own and return the finished process."""

    def _run(*arguments: str, own_folder: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        return commands.run(_given(arguments, tmp_path if own_folder else None), _environment() | environment)

    return _run


@pytest.fixture
def started(tmp_path: Path):
    """Like ``run``, from the very start of the interpreter, as a person does it."""

    def _run(*arguments: str, own_folder: bool = True) -> subprocess.CompletedProcess[str]:
        given = [*DESK, *_given(arguments, tmp_path if own_folder else None)]
        return subprocess.run(
            given, capture_output=True, text=True, cwd=ROOT, env=_environment(), timeout=60, check=False
        )

    return _run


def _given(arguments: tuple[str, ...], folder: Path | None) -> list[str]:
    return [*arguments, *(["--data-dir", str(folder / "veri")] if folder else [])]


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}


def test_the_first_command_on_a_fresh_machine_knows_the_services(started):
    done = started("services", "--json")
    assert done.returncode == 0, done.stderr
    services = json.loads(done.stdout)
    assert [s["letter"] for s in services] == ["A", "T", "E", "V", "Y", "R", "N"]
    assert services[3] == {"code": "vergi", "letter": "V", "name": "Emlak ve çevre temizlik vergisi", "active": True}


@pytest.mark.usefixtures("data_folder")
def test_a_ticket_is_one_json_object_and_its_slip_is_printed(run):
    first = json.loads(run("ticket", "--service", "vergi", "--json").stdout)
    second = json.loads(run("ticket", "--service", "V", "--priority", "age65", "--json").stdout)
    assert (first["number"], second["number"]) == ("V 001", "V 002")
    assert {"service", "id", "issued_at", "ahead", "forecast", "print", "outside_hours"} <= first.keys()
    assert first["service"] == "vergi"
    assert first["print"] == "printed"
    assert first["ahead"] == 0
    assert second["ahead"] == 0, "a priority ticket stands before the one that came just now"


@pytest.mark.usefixtures("data_folder")
def test_a_call_takes_the_priority_ticket_first_and_says_why(run):
    run("ticket", "--service", "vergi")
    run("ticket", "--service", "vergi", "--priority", "pregnant")
    called = json.loads(run("call", "--counter", "4", "--json").stdout)
    assert called["number"] == "V 002"
    assert called["reason"]["rule"] == "head_start"
    assert called["reason"]["runner_up"] == "V 001"


@pytest.mark.usefixtures("data_folder")
def test_a_call_with_nobody_waiting_says_so(run):
    done = run("call", "--counter", "4")
    assert done.returncode == 0
    assert "bekleyen yok" in done.stdout


@pytest.mark.usefixtures("data_folder")
def test_the_day_report_counts_what_was_done(run, tmp_path):
    run("ticket", "--service", "evrak", "--persons", "3")
    target = tmp_path / "gün.json"
    done = run("report", "day", "--format", "json", "--out", str(target))
    assert done.returncode == 0, done.stderr
    counts = json.loads(target.read_text(encoding="utf-8"))
    assert (counts["visits"], counts["persons"], counts["tickets_issued"]) == (1, 3, 1)
    assert (counts["assistance"], counts["petitions"]) == (0, 0)


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx", "slip"])
def test_the_day_report_comes_in_every_format(run, tmp_path, form):
    target = tmp_path / f"gün.{form}"
    done = run("report", "day", "--date", TODAY, "--format", form, "--out", str(target))
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 200


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ticket",), "Eksik seçenek: --service"),
        (("ticket", "--service", "yok"), "Böyle bir hizmet yok: yok"),
        (("ticket", "--service", "vergi", "--priority", "zengin"), "Böyle bir öncelik sınıfı yok"),
        (("ticket", "--service", "vergi", "--persons", "0"), "Kişi sayısı"),
        (("ticket", "--service", "vergi", "--persons", "x"), "Seçenek anlaşılamadı: --persons"),
        (("call", "--counter", "99"), "Böyle bir banko yok: 99"),
        (("report", "day", "--format", "docx", "--out", "x"), "Böyle bir biçim yok"),
        (("report", "day", "--format", "pdf", "--date", "24.11.2026", "--out", "x"), "Tarih anlaşılamadı"),
        (("services", "--bilinmeyen"), "Böyle bir seçenek yok: --bilinmeyen"),
        (("zıpla",), "Böyle bir komut yok: zıpla"),
        (("services", "--staff", "kimse"), "Görevli yok: kimse"),
        (("services", "--config", "/olmayan.toml"), "Ayar dosyası okunamıyor"),
        (("simulate", "--days", "0"), "en az 1"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_2(run, arguments, sentence):
    done = run(*arguments)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_common_options_stand_before_or_after_the_command(run, tmp_path):
    before = run("--data-dir", str(tmp_path / "a"), "ticket", "--service", "A", "--json", own_folder=False)
    after = run("ticket", "--service", "A", "--json", "--data-dir", str(tmp_path / "a"), own_folder=False)
    between = run(
        "report",
        "--data-dir",
        str(tmp_path / "a"),
        "day",
        "--format",
        "json",
        "--out",
        str(tmp_path / "x"),
        own_folder=False,
    )
    assert between.returncode == 0, between.stderr
    assert json.loads((tmp_path / "x").read_text(encoding="utf-8"))["tickets_issued"] == 2
    assert json.loads(before.stdout)["number"] == "A 001"
    assert json.loads(after.stdout)["number"] == "A 002"


def test_the_environment_names_a_database_too(run, tmp_path):
    url = f"sqlite:///{tmp_path / 'ortam.db'}"
    assert run("services", own_folder=False, DESK_DATABASE=url).returncode == 0
    assert (tmp_path / "ortam.db").exists()


@pytest.mark.usefixtures("data_folder")
def test_a_config_file_with_rubbish_is_refused_in_one_sentence(run, tmp_path):
    for content in ("= =", 'bilinmeyen = "x"', "data_dir = 5"):
        (tmp_path / "kötü.toml").write_text(content, encoding="utf-8")
        done = run("services", "--config", str(tmp_path / "kötü.toml"))
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.usefixtures("data_folder")
def test_a_database_of_a_newer_program_is_refused(run, tmp_path):
    run("db", "upgrade")
    with sqlite3.connect(tmp_path / "veri" / "danisma.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = run("ticket", "--service", "A")
    assert done.returncode == 2
    assert "daha yeni" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_file_that_is_no_database_is_refused(run, tmp_path):
    (tmp_path / "veri").mkdir()
    (tmp_path / "veri" / "danisma.db").write_bytes(b"alisveris listesi\n" * 200)
    done = run("services")
    assert done.returncode == 2
    assert "Danışma veri tabanı değil" in done.stderr


def test_upgrade_says_what_it_did_and_check_finds_all_well(run):
    assert "hazır" in run("db", "upgrade").stdout
    assert "zaten güncel" in run("db", "upgrade").stdout
    run("ticket", "--service", "A")
    done = run("db", "check")
    assert done.returncode == 0, done.stdout
    assert "sağlam" in done.stdout


@pytest.mark.usefixtures("data_folder")
def test_check_finds_a_count_that_does_not_agree_with_the_records(run, tmp_path):
    run("ticket", "--service", "A")
    with sqlite3.connect(tmp_path / "veri" / "danisma.db") as connection:
        connection.execute("UPDATE day_count SET value = value + 1 WHERE measure = 'visits'")
    done = run("db", "check")
    assert done.returncode == 1
    assert done.stdout.strip()


def test_a_window_without_a_screen_is_told_in_one_sentence(started):
    done = started("kiosk")
    assert done.returncode == 2
    assert "ekran yok" in done.stderr


def test_the_version_needs_no_database_and_no_window(started):
    done = started("--version", own_folder=False)
    assert done.stdout.startswith("Danışma 0.")


@pytest.mark.usefixtures("data_folder")
def test_simulated_days_are_counted_and_agree_with_their_records(run):
    done = run("simulate", "--days", "2", "--seed", "4", "--visitors-per-day", "30", "--json")
    assert done.returncode == 0, done.stderr
    totals = json.loads(done.stdout)
    assert totals["visits"] > 20
    assert totals["persons"] >= totals["visits"] >= totals["tickets"] > 0
    assert run("db", "check").returncode == 0


@pytest.mark.usefixtures("data_folder")
def test_the_simulation_refuses_a_database_with_real_rows(run):
    run("ticket", "--service", "A")
    done = run("simulate", "--days", "1")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1

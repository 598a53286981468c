"""Settings of this machine: where they come from, which wins, and what is refused with which words."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from desk import config
from desk.config import Config, load, resource_path
from desk.errors import UserError


@pytest.fixture
def user_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "danisma" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def system_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "etc" / "config.toml"
    path.parent.mkdir()
    monkeypatch.setattr(config, "SYSTEM_CONFIG", path)
    return path


def test_without_anything_the_data_stand_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert load({}) == Config()
    assert Config().folder() == tmp_path / "danisma"
    assert Config().database_url() == f"sqlite:///{tmp_path}/danisma/danisma.db"


def test_the_machines_folder_is_taken_when_it_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config, "SYSTEM_DATA", tmp_path)
    assert Config().folder() == tmp_path
    assert Config(data_dir=Path("/elsewhere")).folder() == Path("/elsewhere")


def test_option_beats_environment_beats_named_file_beats_machine_beats_user(
    user_file: Path, system_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "named.toml"
    user_file.write_text('site = "user"\nstaff = "user"\nterminal = "user"\nprinter = "user"\ndatabase = "user"')
    system_file.write_text('site = "machine"\nstaff = "machine"\nterminal = "machine"\nprinter = "machine"')
    named.write_text('site = "named"\nstaff = "named"\nterminal = "named"')
    monkeypatch.setenv("DESK_SITE", "environment")
    monkeypatch.setenv("DESK_STAFF", "environment")
    found = load({"site": "option"}, named)
    assert (found.site, found.staff, found.terminal, found.printer, found.database) == (
        "option", "environment", "named", "machine", "user",
    )  # fmt: skip


def test_empty_options_and_empty_variables_do_not_count(monkeypatch: pytest.MonkeyPatch, system_file: Path) -> None:
    system_file.write_text('site = "machine"')
    monkeypatch.setenv("DESK_SITE", "")
    assert load({"site": "", "staff": None}).site == "machine"


def test_types_are_those_of_the_setting(system_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system_file.write_text('counter = 4\ndata_dir = "~/veri"')
    monkeypatch.setenv("HOME", "/home/desk")
    found = load({})
    assert (found.counter, found.data_dir) == (4, Path("/home/desk/veri"))
    monkeypatch.setenv("DESK_COUNTER", "5")
    assert load({}).counter == 5


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"site = ", "anlaşılamadı"),
        (b"\xff\xfe", "anlaşılamadı"),
        (b'colour = "blue"', "bilinmeyen ayar: colour"),
        (b"site = 3", "yanlış türde: site"),
        (b"data_dir = 3", "yanlış türde: data_dir"),
        (b'counter = "four"', "bir sayı olmalı: counter"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_in_a_sentence(
    tmp_path: Path, written: bytes, sentence: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(written)
    with pytest.raises(UserError, match=sentence):
        load({}, path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"okunamıyor: .*yok\.toml"):
        load({}, tmp_path / "yok.toml")
    with pytest.raises(UserError, match="okunamıyor"):
        load({}, tmp_path)  # a folder


def test_a_wrong_number_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_COUNTER", "dört")
    with pytest.raises(UserError, match="bir sayı olmalı: counter"):
        load({})


def test_every_setting_says_what_it_is_for() -> None:
    for one in fields(Config):
        assert one.metadata["help"]
        assert one.metadata["env"].startswith("DESK_")


def test_resources_are_found() -> None:
    assert resource_path("templates", "belediye.toml").is_file()

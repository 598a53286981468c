from __future__ import annotations

from pathlib import Path

import pytest

from desk.errors import UserError
from desk.printing.preview_tables import PAGES
from desk.printing.profiles import all_profiles, load_profile

GOOD = 'name = "Bizim"\nfamily = "epson"\npaper_mm = 80\ndots = 576\ncolumns = 48\n[pages]\ncp857 = 13\n'


def test_every_model_that_comes_with_the_program_can_be_read() -> None:
    profiles = all_profiles()
    assert {"epson-tm-t20", "epson-tm-t88", "star-tsp", "citizen-ct-s651", "pos-5890", "rongta-rp326"} <= set(profiles)
    for profile in profiles.values():
        assert profile.columns * 12 <= profile.dots
        assert profile.dots % 8 == 0


def test_page_numbers_of_the_models_are_those_of_the_makers_tables() -> None:
    """The reader's own tables against the files: one of them was typed from the manual, the other again."""
    for profile in all_profiles().values():
        for codec, number in profile.pages:
            assert PAGES[profile.family][number] == codec, profile.code


def test_the_machines_own_file_goes_before_ours_and_a_change_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "generic-80.toml"
    file.write_text(GOOD)
    assert load_profile("generic-80", tmp_path).name == "Bizim"
    file.write_text(GOOD.replace("Bizim", "Yenisi çok güzel"))
    assert load_profile("generic-80", tmp_path).name == "Yenisi çok güzel"
    assert load_profile("pos-5890", tmp_path).columns == 32
    assert "generic-58" in all_profiles(tmp_path)


@pytest.mark.parametrize("code", ["yok", "../generic-80", "", "generic-80.toml"])
def test_an_unknown_model_is_refused_with_its_name(code: str) -> None:
    with pytest.raises(UserError, match="bilinmiyor"):
        load_profile(code)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("name = ", "anlaşılamadı"),
        (GOOD.replace("dots = 576", "dots = 577"), "dots"),
        (GOOD.replace("dots = 576\n", ""), "dots"),
        (GOOD.replace("columns = 48", "columns = 49"), "columns"),
        (GOOD.replace("columns = 48", 'columns = "48"'), "columns"),
        (GOOD.replace("columns = 48", "columns = true"), "columns"),
        (GOOD.replace("cp857", "cp8570"), "cp8570"),
        (GOOD.replace("13", "300"), "cp857"),
        ("colour = 1\n" + GOOD, "colour"),
        ('cutter = "saw"\n' + GOOD, "cutter"),
        ("pages = 3\n" + GOOD.split("[pages]")[0], "pages"),
        (GOOD + '[serial]\nflow = "maybe"\n', "flow"),
        (GOOD + "[status]\nsmell = true\n", "smell"),
        ('code = "x"\nserial = 5\n' + GOOD, "serial"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=named):
        load_profile("bad", tmp_path)


def test_a_file_of_wrong_bytes_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b'name = "\xff"\n')
    with pytest.raises(UserError, match="anlaşılamadı"):
        load_profile("bad", tmp_path)

"""Every sentence a visitor reads is there in every language, with the same {names}."""

from __future__ import annotations

import importlib.util
import os
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desk import i18n
from desk.i18n import LANGUAGES, SOURCE_LANGUAGE, translator

SETUP = Path(__file__).resolve().parents[2] / "setup" / "catalogues.py"
OTHERS = [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", SETUP)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


catalogues = _tool()


def test_the_tool_knows_the_languages_of_the_program() -> None:
    assert sorted(catalogues.LANGUAGES) == sorted(OTHERS)


def test_strings_inside_f_strings_are_found_too() -> None:
    source = 'a = f"{tr(N_(\'İçeride\'))}: x"\nb = N_("Dışarıda")\nc = self.tr_("Burada")\nd = other("yok")\n'
    assert set(catalogues.marked(source)) == {"İçeride", "Dışarıda", "Burada"}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_marked_string_is_translated_with_its_names(lang: str) -> None:
    assert catalogues.faults(lang) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_the_catalogue_in_the_tree_is_the_one_the_tool_writes(lang: str) -> None:
    path = catalogues.LOCALE / f"{lang}.po"
    assert path.read_bytes() == catalogues.fresh(lang), "run setup/catalogues.py"


@pytest.mark.parametrize("lang", OTHERS)
def test_the_program_reads_the_catalogue(lang: str) -> None:
    tr = translator(lang)
    for message in ("Hoş geldiniz", "Sıra numaranız", "Emlak ve çevre temizlik vergisi", "Şimdi çağrılan"):
        assert tr(message) != message


@pytest.mark.parametrize("lang", OTHERS)
def test_no_translation_has_braces_that_format_would_trip_over(lang: str) -> None:
    for message in catalogues.messages():
        list(string.Formatter().parse(translator(lang)(message)))


def test_an_update_is_read_also_when_its_catalogue_is_older_than_the_first_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(i18n, "cache_dir", lambda: tmp_path)
    catalogue = tmp_path / "de.po"
    for words, written in (("Wilkommen", 2_000_000_000), ("Willkommen", 1_000_000_000)):
        catalogue.write_text(f'msgid "Hoş geldiniz"\nmsgstr "{words}"\n', encoding="utf-8")
        os.utime(catalogue, (written, written))
        assert i18n._load(catalogue)("Hoş geldiniz") == words

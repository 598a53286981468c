"""The ground of a last answer date names the period that was in force; old records keep their sentence."""

from __future__ import annotations

import pytest

from desk.i18n import translator
from desk.registry.application_types import Clock
from desk.registry.due_words import OLD_SENTENCES, basis, basis_words


def test_the_words_follow_the_period_of_the_site() -> None:
    assert basis_words(basis("petition", 45), translator()) == "Kayıt tarihinden itibaren 45 gün (3071 s. K. m. 7)"
    assert "45 days" in basis_words(basis("petition", 45), translator("en"))


@pytest.mark.parametrize("clock", list(Clock))
def test_every_clock_has_words_in_every_language(clock: Clock) -> None:
    for lang in ("tr", "en", "ar", "ru", "de"):
        assert "7" in basis_words(basis(clock, 7), translator(lang))


@pytest.mark.parametrize("sentence", OLD_SENTENCES)
def test_a_record_of_before_keeps_its_sentence(sentence: str) -> None:
    assert basis_words(sentence, translator()) == sentence
    assert basis_words(sentence, translator("de")) != sentence


@pytest.mark.parametrize("kept", ["", "petition:", "petition:x", "other:3", "petition:٣", "a{b}:1"])
def test_what_is_no_rule_is_shown_as_it_stands(kept: str) -> None:
    assert basis_words(kept, translator()) == kept

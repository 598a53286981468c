"""A call as it is read aloud."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from desk.i18n import translator
from desk.queue.spoken import call_sentence, in_words, number_in_words
from desk.queue.types import Call

NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)


def call(number="A 045", counter="Banko 3", place=3):
    return Call(1, UUID(int=1), number, counter, place, NOON, 1, "tr")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "sıfır"), (1, "bir"), (10, "on"), (17, "on yedi"), (45, "kırk beş"), (100, "yüz"), (101, "yüz bir"),
        (145, "yüz kırk beş"), (345, "üç yüz kırk beş"), (999, "dokuz yüz doksan dokuz"), (1000, "bin"),
        (2026, "iki bin yirmi altı"),
    ],
)  # fmt: skip
def test_turkish_numbers_are_said_word_by_word(value, words):
    assert in_words(value, "tr") == words


def test_a_number_is_its_letter_and_its_value():
    assert number_in_words("A 045", "tr") == "A kırk beş"
    assert number_in_words("105", "tr") == "yüz beş"
    assert number_in_words("V 007", "en") == "V seven"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("tr", "A kırk beş numara, üç numaralı bankoya lütfen."),
        ("en", "Number A forty-five, please go to counter three."),
        ("ru", "Номер A сорок пять, пройдите, пожалуйста, к окну номер три."),
        ("de", "Nummer A fünfundvierzig, bitte zu Schalter drei."),
    ],
)
def test_a_call_is_said_in_the_language_of_its_ticket(lang, words):
    assert call_sentence(call(), lang, translator(lang)) == words


def test_arabic_is_said_in_arabic_words():
    said = call_sentence(call(), "ar", translator("ar"))
    assert "خمسة و أربعون" in said and "ثلاثة" in said


def test_a_counter_with_a_name_of_its_own_is_called_by_it():
    assert call_sentence(call(counter="Vezne", place=9), "tr", translator()) == "A kırk beş numara, lütfen: Vezne."

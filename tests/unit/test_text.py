"""Turkish text: case, search keys, alphabetical order, formats."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import text

ALPHABET = "abcçdefgğhıijklmnoöprsştuüvyz"


# --- case and folding -----------------------------------------------------------------------------------------------
def test_turkish_case_keeps_the_dots() -> None:
    assert text.lower_tr("IĞDIR İZMİR") == "ığdır izmir"
    assert text.upper_tr("ığdır izmir") == "IĞDIR İZMİR"
    assert text.capital_tr("işlem bitti") == "İşlem bitti"
    assert text.capital_tr("") == ""
    assert len(text.lower_tr("İ")) == 1


@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + "İI 19", max_size=40))
def test_case_comes_and_goes_back(written: str) -> None:
    assert text.lower_tr(text.upper_tr(text.lower_tr(written))) == text.lower_tr(written)
    assert len(text.lower_tr(written)) == len(written)


@pytest.mark.parametrize("written", ["ISIL", "Işıl", "ışıl", "IŞIL", "İSİL", "isil", " Işıl  ", "I\u015f\u0131l"])
def test_isil_is_one_name(written: str) -> None:
    assert text.fold(written) == "isil"


def test_marks_ligatures_and_wide_letters_fold_away() -> None:
    assert text.fold("Ağaoğlu Çiçek ÖZTÜRK Âşık") == "agaoglu cicek ozturk asik"
    assert text.fold("ﬁdan Ｆen") == "fidan fen"
    assert text.fold("S\u0327u\u0308") == "su"


@given(st.text(max_size=60))
def test_a_search_key_of_a_search_key_is_itself(written: str) -> None:
    once = text.fold(written)
    assert once == " ".join(once.split())
    assert text.fold(once) == once


@given(st.text(alphabet=ALPHABET + "âîûqwxé 19-.", max_size=40))
def test_case_does_not_count_in_a_search(written: str) -> None:
    assert text.fold(text.upper_tr(written)) == text.fold(written) == text.fold(written.upper())


# --- order ----------------------------------------------------------------------------------------------------------
def test_the_order_is_the_alphabets() -> None:
    for letters in (ALPHABET, text.upper_tr(ALPHABET)):
        assert "".join(sorted(letters, key=text.sort_key)) == letters


def test_names_stand_as_in_a_turkish_register() -> None:
    names = ["Zafer", "Çarşı", "Cumhuriyet", "İstasyon", "Ihlamur", "Işıklar", "İnönü", "Şirinköy", "Söğütlü", "Ulus",
             "Üçevler", "Örnek", "Ortaköy", "Gülbahçe", "Ğ", "19 Mayıs", "Esentepe"]  # fmt: skip
    assert sorted(names, key=text.sort_key) == [
        "19 Mayıs", "Cumhuriyet", "Çarşı", "Esentepe", "Gülbahçe", "Ğ", "Ihlamur", "Işıklar", "İnönü", "İstasyon",
        "Ortaköy", "Örnek", "Söğütlü", "Şirinköy", "Ulus", "Üçevler", "Zafer",
    ]  # fmt: skip


def test_foreign_letters_stand_beside_their_neighbours() -> None:
    assert sorted(["Roman", "Quelle", "Petek", "Yapı", "Wagner", "Vakıf", "Xenia"], key=text.sort_key) == [
        "Petek", "Quelle", "Roman", "Vakıf", "Wagner", "Xenia", "Yapı",
    ]  # fmt: skip
    assert text.sort_key("Kâğıt") == text.sort_key("kağıt")


@given(st.text(alphabet=ALPHABET, max_size=12), st.text(alphabet=ALPHABET, max_size=12))
def test_words_are_ordered_letter_by_letter(one: str, other: str) -> None:
    by_place = [ALPHABET.index(c) for c in one] < [ALPHABET.index(c) for c in other]
    assert (text.sort_key(one) < text.sort_key(other)) == by_place


# --- what people type or paste --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Ayşe \t Örnek\r\n", "Ayşe Örnek"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("Gu\u0308l", "Gül"),
        ("Gu\x00\u0308l", "Gül"),
        ("\u202egnilleps\u202c", "gnilleps"),
        ("محمد علي", "محمد علي"),
        ("😀 👨‍👩‍👧", "😀 👨‍👩‍👧"),
        ("satır\u2028sonu\u2029", "satır sonu"),
        ("\ufeffBOM", "BOM"),
        ("\ud800yarım", "yarım"),
    ],
)
def test_pasted_text_is_kept_as_it_can_be_shown(pasted: str, kept: str) -> None:
    assert text.clean(pasted) == kept


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_and_the_rest_can_be_stored(pasted: str) -> None:
    kept = text.clean(pasted)
    assert text.clean(kept) == kept
    kept.encode("utf-8")
    assert "\x00" not in kept and "\n" not in kept


# --- formats --------------------------------------------------------------------------------------------------------
def test_dates_and_times_are_written_as_in_turkiye() -> None:
    moment = datetime(2026, 11, 24, 7, 42, 59, tzinfo=UTC)
    assert text.clock_time(moment) == "10.42"
    assert text.date_and_time(moment) == "24.11.2026 10.42"
    assert text.short_date(date(2026, 3, 5)) == "05.03.2026"
    assert text.long_date(date(2026, 11, 24)) == "24 Kasım 2026 Salı"
    assert text.date_and_time(datetime(2026, 12, 31, 21, 30, tzinfo=UTC)) == "01.01.2027 00.30"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(60314, 0, "60.314"), (1234.5, 2, "1.234,50"), (0, 0, "0"), (-1234567, 0, "-1.234.567"), (999.95, 1, "1.000,0")],
)
def test_numbers_have_points_for_thousands_and_a_comma(value: float, decimals: int, written: str) -> None:
    assert text.number(value, decimals) == written


def test_the_percent_sign_stands_first_and_nothing_is_divided_by_nothing() -> None:
    assert text.percent(9, 231) == "%3,9"
    assert text.percent(68, 100, 0) == "%68"
    assert text.percent(3, 0) == "–"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 sn"), (-5, "0 sn"), (24, "24 sn"), (59.9, "59 sn"), (60, "1 dk 00 sn"), (252, "4 dk 12 sn"),
     (3600, "1 sa 00 dk"), (3900, "1 sa 05 dk"), (90061, "25 sa 01 dk")],
)  # fmt: skip
def test_durations_are_said_with_their_units(seconds: float, written: str) -> None:
    assert text.stopwatch(seconds) == text.stopwatch(timedelta(seconds=seconds)) == written


def test_whole_minutes_are_rounded_down() -> None:
    assert text.minutes(119) == text.minutes(timedelta(seconds=119.9)) == 1


# --- masks ----------------------------------------------------------------------------------------------------------
def test_names_and_phones_are_masked_in_lists() -> None:
    assert text.mask_name("Nuriye  Ağaoğlu") == "N*** A***"
    assert text.mask_name("") == ""
    assert text.mask_phone("+90 532 123 45 67").endswith("4567")
    assert "532" not in text.mask_phone("+90 532 123 45 67")
    assert text.mask_phone("12") == "12" and text.mask_phone("yok") == ""


@given(st.text(max_size=40))
def test_a_masked_name_never_shows_more_than_first_letters(name: str) -> None:
    assert len(text.mask_name(name).replace("*", "").replace(" ", "")) <= len(name.split())


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(10, 42, "saat 10.42’de"), (14, 0, "saat 14.00’te"), (9, 5, "saat 09.05’te"), (20, 0, "saat 20.00’de"),
     (8, 30, "saat 08.30’da"), (6, 0, "saat 06.00’da"), (0, 0, "saat 00.00’da")],
)  # fmt: skip
def test_a_time_of_day_in_a_sentence_has_the_ending_that_is_heard(hour, minute, said):
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=text.ISTANBUL)
    assert text.at_time(moment) == said
    assert text.since_time(moment) == f"{said}n beri"

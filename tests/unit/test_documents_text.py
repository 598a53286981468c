"""Letters, lines and scripts on a PDF page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.printing.arabic import join_letters, reading_order
from desk.printing.pdf_text import BOLD, REGULAR, UNKNOWN, Style, covered, drawable, fitted, width, wrap

STYLE = Style(10, "000000")
ALL = frozenset(range(0x110000))
TURKISH = "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZabcçdefgğhıijklmnoöprsştuüvyzâîûÂÎÛ₺–—…“”’·√"
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("ğüşıöçĞÜŞİÖÇ <>&😀محمدسلا()١٢ Иβ\u0301\u200d\ufe0f\n\t")), max_size=80
)


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_both_weights_hold_every_turkish_letter_and_sign(font: str) -> None:
    assert covered(font) >= set(map(ord, TURKISH.replace("√", "")))


def test_both_weights_hold_the_same_characters() -> None:
    assert covered(REGULAR) == covered(BOLD)


def test_a_decomposed_letter_is_drawn_as_one() -> None:
    assert drawable(unicodedata.normalize("NFD", "Işığın İçi")) == "Işığın İçi"


def test_an_emoji_becomes_a_visible_mark_and_joiners_have_no_shape() -> None:
    assert drawable("a\u200db 👩\u200d👧\ufe0f c\x00d\te") == f"ab {UNKNOWN}{UNKNOWN} cd e"


@given(ANY_TEXT)
def test_nothing_that_has_a_shape_is_swallowed(text: str) -> None:
    shown = drawable(text)
    known = covered(REGULAR) | covered("PlexArabic")
    assert all(ord(c) in known for c in shown)
    shaped = [c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LNPS"]
    ligatures = sum(unicodedata.normalize("NFC", text).count(f"ل{alef}") for alef in "اأإآ")
    assert len([c for c in shown if not c.isspace()]) >= len(shaped) - ligatures


@given(ANY_TEXT, st.integers(30, 300))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, limit: int) -> None:
    lines = wrap(text, STYLE, limit)
    assert all(width(line, STYLE) <= limit + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(drawable(text).split())


@given(st.text("ab şç", min_size=0, max_size=400), st.integers(40, 200), st.integers(1, 4))
def test_a_limited_text_ends_with_dots_only_when_something_is_left_out(text: str, limit: int, lines: int) -> None:
    full, some = wrap(text, STYLE, limit), wrap(text, STYLE, limit, lines=lines)
    assert len(some) <= lines and all(width(line, STYLE) <= limit + 0.01 for line in some)
    assert some == full if len(full) <= lines else some[-1].endswith("…")


@given(ANY_TEXT, st.integers(20, 200))
def test_a_fitted_line_fits(text: str, limit: int) -> None:
    assert width(fitted(text, STYLE, limit), STYLE) <= limit + 0.01


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("محمد", "ﻣﺤﻤﺪ"),  # initial, medial, medial, final
        ("سلام", "ﺳﻼﻡ"),  # lam and alef are one shape
        ("لا", "ﻻ"),
        ("الملخص للعلم", "ﺍﻟﻤﻠﺨﺺ ﻟﻠﻌﻠﻢ"),  # lam and meem or khah are two, in the beginning and in the middle of a word
        ("دار", "ﺩﺍﺭ"),  # letters that never join forward
        ("مُحَمَّد", "ﻣُﺤَﻤَّﺪ"),  # vowel signs part nothing
        ("Ali", "Ali"),
    ],
)
def test_arabic_letters_take_the_shape_their_neighbours_ask_for(typed: str, forms: str) -> None:
    assert join_letters(typed, ALL) == forms


def test_a_shape_the_font_lacks_stays_the_plain_letter() -> None:
    assert join_letters("محمد", frozenset(map(ord, "محمد"))) == "محمد"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Ayşe Yıldırım", "Ayşe Yıldırım"),
        ("אבג", "גבא"),
        ("No 5 אב sokak", "No 5 בא sokak"),
        ("אב 12 גד", "דג 12 בא"),
        ("אב 12.50", "12.50 בא"),
        ("אב (ג) sk", "(ג) בא sk"),
        ("(אב) sk", "(בא) sk"),
        ("אבּג x", "גבּא x"),
    ],
)
def test_right_to_left_words_stand_in_reading_order(typed: str, drawn: str) -> None:
    assert reading_order(typed) == drawn


@given(ANY_TEXT)
def test_reordering_loses_nothing(text: str) -> None:
    mirrored = str.maketrans(")]}>»", "([{<«")
    assert sorted(reading_order(text).translate(mirrored)) == sorted(text.translate(mirrored))

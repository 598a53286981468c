"""The desk's search: two letters are enough, in any spelling, and what one queues for comes first."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.config import resource_path
from desk.registry.site import search
from desk.registry.types import Destination
from desk.text import fold


def destinations() -> tuple[Destination, ...]:
    """What the template offers, in the order in which the desk reads it."""
    data = tomllib.loads(resource_path("templates", "belediye.toml").read_text(encoding="utf-8"))
    found = [
        Destination(f"service:{s['code']}", s["name"], "", s["code"], "", s["unit"], s["letter"], fold(s["name"]))
        for s in data["services"]
    ]
    for code, name, unit, service, _ in sorted(data["subjects"]["table"], key=lambda row: fold(row[1])):
        found.append(Destination(f"subject:{code}", name, "", service, code, unit, "", fold(name)))
    for code, name, short, _ in data["units"]["table"]:
        found.append(Destination(f"unit:{code}", name, "", "", "", code, "", fold(f"{name} {short}")))
    return tuple(found)


KNOWN = destinations()


def keys(query: str, limit: int = 8) -> list[str]:
    return [one.key for one in search(query, KNOWN, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("em", "service:vergi"),
        ("EM", "service:vergi"),
        ("imar ve", "service:imar"),
        ("İMAR VE", "service:imar"),
        ("ımar ve", "service:imar"),
        ("çöp k", "subject:konteyner"),
        ("COP K", "subject:konteyner"),
        ("kaldırım o", "subject:kaldirim"),
        ("KALDIRIM ISGALI", "subject:isgal"),
        ("nikah g", "subject:nikah-gunu"),
        ("fen", "unit:fen"),
        ("ozel kalem", "unit:ozel-kalem"),
    ],
)
def test_two_letters_or_a_few_find_it_in_any_spelling(query: str, first: str) -> None:
    assert keys(query)[0] == first


def test_isil_finds_isil() -> None:
    known = (Destination("subject:x", "Işıl Sokak aydınlatması", "", "", "x", "fen", "", fold("Işıl Sokak")),)
    for written in ("ISIL", "ışıl", "Isil", "IŞIL", "işil", "İSİL"):
        assert search(written, known) == known


def test_services_come_before_subjects_and_subjects_before_units() -> None:
    kinds = [key.split(":")[0] for key in keys("im", 20) if not key.endswith("ilan-reklam-vergisi")]
    begins = [kind for kind, one in zip(kinds, search("im", KNOWN, 20), strict=False) if one.fold.startswith("im")]
    assert begins == sorted(begins, key=("service", "subject", "unit").index)
    assert begins[0] == "service" and "unit" in begins


def test_words_may_be_begun_in_any_order() -> None:
    assert "subject:emlak-vergisi" in keys("vergi emlak")
    assert "subject:borcu-yoktur" in keys("yazı borc")


def test_a_word_inside_comes_after_word_beginnings() -> None:
    found = search("park", KNOWN, 20)
    inside = [place for place, one in enumerate(found) if f" {'park'}" not in f" {one.fold}"]
    beginning = [place for place, one in enumerate(found) if f" {'park'}" in f" {one.fold}"]
    assert beginning and (not inside or max(beginning) < min(inside))


def test_nothing_is_found_for_nothing_or_nonsense() -> None:
    assert keys("") == keys("   ") == keys("qqqq") == keys("\x00") == []


@given(st.sampled_from(KNOWN), st.data())
def test_the_first_letters_of_every_name_find_it(one: Destination, data: st.DataObject) -> None:
    length = data.draw(st.integers(2, max(2, len(one.name))))
    assert one in search(one.name[:length], KNOWN, len(KNOWN))


@given(st.text(max_size=30), st.integers(0, 12))
def test_any_text_is_searched_without_harm(query: str, limit: int) -> None:
    found = search(query, KNOWN, limit)
    assert len(found) <= limit and len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("query", "number"),
    [("elektrik", "186"), ("su kesintisi", "185"), ("gaz", "187"), ("ambulans", "112"), ("pasaport", "199")],
)
def test_what_is_not_ours_says_where_to_turn(query: str, number: str) -> None:
    names = {one.key: one.name for one in KNOWN}
    assert any(number in names[key] for key in keys(query))

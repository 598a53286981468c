"""Typing at Danışma: the quick search gives the very lines of the plain one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.registry.finding import Finder
from desk.registry.site import search
from desk.registry.types import Destination
from desk.text import fold


def destination(place: int, name: str) -> Destination:
    return Destination(f"subject:{place}", name, "", "", f"s{place}", "", "", fold(name))


KNOWN = tuple(
    destination(place, name)
    for place, name in enumerate(
        ["Emlak vergisi", "Yeni emlak beyanı", "İmar durumu", "Evlendirme", "Vergi borcu emlak", "Şikâyet", "Temlak"]
    )
)


@pytest.mark.parametrize("query", ["em", "emlak v", "vergi em", "lak", "imar", "şik", "i", "yok böyle", "", "  "])
def test_the_quick_search_finds_what_the_plain_one_finds(query):
    assert Finder(KNOWN).find(query) == search(query, KNOWN)


words = st.text("abeklmı ", max_size=12)


@given(st.lists(words.filter(str.strip), max_size=30), words)
def test_it_is_so_with_any_names(names, query):
    known = tuple(destination(place, name) for place, name in enumerate(names))
    assert Finder(known).find(query) == search(query, known)
    assert Finder(known).find(query, 2) == search(query, known, 2)

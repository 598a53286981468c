"""The text that a press writes is the slip itself, letter by letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from printing_samples import HEADER, ticket

from desk.i18n import LANGUAGES, learn, translator
from desk.printing.slips import ticket_slip
from desk.printing.ticket_text import ticket_text
from desk.queue.types import Band, Window
from desk.registry.types import SiteHeader

PLACES = ("", "Zemin kat", "Zemin kat · Banko 3, 4, 5", "2. kat · Oda 12")


def written(header: SiteHeader = HEADER, **changes: Any) -> tuple[str, str]:
    made = ticket(**changes)
    tr = translator(made.lang)
    return str(ticket_text(made, header, tr)), ticket_slip(made, header, tr).to_json()


def test_every_kind_of_slip_is_written_as_it_is_drawn() -> None:
    for lang, priority, assistance, place, persons in product(LANGUAGES, (False, True), (False, True), PLACES, (1, 40)):
        quick, drawn = written(lang=lang, priority=priority, assistance=assistance, place=place, persons=persons)
        assert quick == drawn


@settings(max_examples=60, deadline=None)
@given(
    number=st.text(min_size=1, max_size=8),
    code=st.text(alphabet="0123456789", min_size=12, max_size=12),
    ahead=st.integers(0, 5000),
    forecast=st.one_of(st.none(), st.builds(Band, st.integers(0, 60), st.integers(0, 300))),
    window=st.one_of(st.none(), st.just(Window(time(13), time(13, 20), (time(12), time(13))))),
    issued_at=st.integers(0, 2**31).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    lang=st.sampled_from(LANGUAGES),
    service_name=st.text(min_size=1, max_size=30),
)
def test_whatever_the_number_and_its_expectation_say(**changes: Any) -> None:
    quick, drawn = written(scan_code=changes.pop("code"), **changes)
    assert quick == drawn


def test_a_name_that_the_site_translates_later_is_read_on_the_next_slip() -> None:
    name = "Kent lokantası kartı"
    try:
        first = written(service_name=name, lang="en")
        learn({"en": {name: "City restaurant card"}})
        quick, drawn = written(service_name=name, lang="en")
        assert quick == drawn != first[0]
        assert "City restaurant card" in quick
    finally:
        learn({})


def test_a_sentence_or_name_of_the_site_that_changes_is_read_on_the_next_slip() -> None:
    own = "Fişinizi saklayınız."
    noted = replace(HEADER, notes=(("ticket_note", own),))
    try:
        before = written(noted, lang="en")[0]
        assert own not in before  # no English words for it yet: the program's own sentence
        for words in ("Please keep this slip.", "Keep it."):
            learn({"en": {own: words}})
            quick, drawn = written(noted, lang="en")
            assert quick == drawn and words in quick
        learn({})
        assert written(noted, lang="en")[0] == before
        for header in (noted, replace(noted, municipality="Yenişehir Belediyesi"), replace(noted, hotline="444 0 153")):
            quick, drawn = written(header)
            assert quick == drawn and header.municipality in quick and own in quick
    finally:
        learn({})

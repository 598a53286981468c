"""The evacuation list: which visitor cards are out, and where their bearers went. For the assembly point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import Cut, Element, Row, Rule, Slip, Space, Text
from desk.printing.slip_parts import centred, moment_words
from desk.registry.place_types import CardOut
from desk.text import clock_time, number


def inside_slip(cards: Sequence[CardOut], at: datetime, site: str, tr: Translator) -> Slip:
    """``at`` is the moment of the list, not of its printing. A box before each card is ticked when it was met."""
    persons = sum(one.persons for one in cards)
    told = tr(N_("{cards} kart · {persons} kişi")).format(cards=number(len(cards)), persons=number(persons))
    elements: list[Element] = [
        Text(tr(N_("İÇERİDEKİLER")), "center", 2, 2, bold=True, invert=True),
        centred(site),
        centred(moment_words(at, SOURCE_LANGUAGE)),
        Rule(),
        Text(told, "center", 2, 2, bold=True),
        Rule("dashed"),
        *(line for one in cards for line in _card(one, tr)),
        *([] if cards else [centred(tr(N_("Dışarıda ziyaretçi kartı yok.")))]),
        Rule(),
        centred(tr(N_("Toplanma yerinde görüleni işaretleyiniz."))),
        Space(24),
        Cut(),
    ]
    return Slip("inside", SOURCE_LANGUAGE, tuple(elements))


def _card(one: CardOut, tr: Translator) -> list[Element]:
    name = tr(N_("[ ] Kart {card}")).format(card=one.card)
    if one.persons > 1:
        name = tr(N_("{name} · {count} kişi")).format(name=name, count=one.persons)
    place = [Text(f"    {one.place}")] if one.place else []
    return [Row(name, clock_time(one.out_at), False, "ends"), *place]

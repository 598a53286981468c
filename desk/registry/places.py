"""Where to go, in the reader's language: floors and counters are translated, other names stay as on the signs."""

from __future__ import annotations

import re

from desk.errors import N_
from desk.i18n import Translator


def place(words: str, tr: Translator) -> str:
    """Where to go: "Zemin kat · Banko 4, 5". The word on the signs stays readable in every language."""
    return " · ".join(_place_part(part, tr) for part in words.split(" · "))


def _place_part(part: str, tr: Translator) -> str:
    if part == "Zemin kat":
        return tr(N_("Zemin kat"))
    if found := re.fullmatch(r"(-?\d+)\. kat", part):
        return tr(N_("{floor}. kat")).format(floor=found[1])
    if found := re.fullmatch(r"Banko ([\d, –-]+)", part):
        return tr(N_("Banko {number}")).format(number=found[1])
    return part

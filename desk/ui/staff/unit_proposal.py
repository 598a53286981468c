"""Which unit a petition is for, guessed from the words of its subject."""

from __future__ import annotations

from collections.abc import Sequence

from desk.registry import site
from desk.registry.types import Destination
from desk.text import fold

COMMON_START = 4
"""Letters two words must begin with alike: Turkish words change at their end (kaldırım, kaldırımın)."""

SHORTEST = 3
"""Letters of the shortest word that counts (çöp)."""

_GENERIC = frozenset(("alma", "basvuru", "basvurusu", "belgesi", "bildirimi", "destegi", "ihbari", "istegi", "izni"))
_GENERIC |= {"odeme", "onarimi", "sikayeti", "tahsisi", "verme", "yazisi"}
"""Words that stand in many subjects: they support a guess, they never make one."""


def proposed_unit(words: str, known: Sequence[Destination]) -> str:
    """The code of the unit that the subjects of the municipality suggest, "" when they suggest none or several."""
    if _GENERIC.issuperset(fold(words).split()):
        return ""
    subjects = tuple(one for one in known if one.subject_code and one.unit_code)
    direct = site.search(words, subjects, limit=3) if len(fold(words)) >= COMMON_START else ()
    if direct and len({one.unit_code for one in direct}) == 1:
        return direct[0].unit_code
    typed = fold(words).replace(",", " ").split()
    scores: dict[str, int] = {}
    for one in subjects:
        scores[one.unit_code] = max(scores.get(one.unit_code, 0), _likeness(typed, one.fold))
    best = max(scores.values(), default=0)
    leaders = [unit for unit, score in scores.items() if score == best]
    return leaders[0] if best and len(leaders) == 1 else ""


def _likeness(typed: list[str], name: str) -> int:
    """Letters in which words of ``name`` and of the text begin alike; 0 when only generic words do."""
    total, telling = 0, False
    for word in name.replace(",", " ").replace("(", " ").split():
        common = max((_common_start(word, other) for other in typed), default=0)
        if common >= max(min(COMMON_START, len(word)), len(word) - 3, SHORTEST):
            total += common
            telling = telling or word not in _GENERIC
    return total if telling else 0


def _common_start(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length

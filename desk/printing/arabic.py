"""Arabic script for a page that draws character by character: joined forms and reading order.

Unicode's presentation forms (blocks FB50–FDFF, FE70–FEFF) give each joined shape a code; the character database
says which letter and which shape each stands for. Enough for names and addresses inside a Turkish document: the
paragraph runs left to right (UAX #9 with base direction L, without embeddings).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Set
from functools import cache

PRESENTATION_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
_RIGHT_TO_LEFT = re.compile(r"R(?:[RNMo]*[RNM])?")
_NUMBER = re.compile(r"N+(?:oN+)*")
_BRACKETS = {")": "(", "]": "[", "}": "{", "»": "«"}
_ALEFS = tuple("اأإآ")
"""With lam before they are one shape. Unicode has others (lam with meem), which fonts draw badly, or for some places
in a word only."""

_IN_NUMBERS = frozenset(".,:/-+")  # they part the digits of one number: 24.11.2026, 10:42


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Letter or ligature → "isolated" | "initial" | "medial" | "final" → its presentation form."""
    shapes: dict[str, dict[str, str]] = defaultdict(dict)
    for block in PRESENTATION_FORMS:
        for code in block:
            kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
            if kind.startswith("<") and letters:
                base = "".join(chr(int(letter, 16)) for letter in letters)
                shapes[base].setdefault(kind.strip("<>"), chr(code))
    return dict(shapes)


def join_letters(text: str, covered: Set[int]) -> str:
    """Replace letters by the joined forms that their neighbours ask for, as far as the font has them (``covered``)."""
    if not any(_is_right_to_left(c) for c in text):
        return text
    joined: list[str] = []
    place = 0
    while place < len(text):
        unit = text[place]
        if unit == "ل" and text[place + 1 : place + 2] in _ALEFS:
            unit = text[place : place + 2]
        before = _joins_forward(_neighbour(text, place - 1, -1))
        after = _joins_forward(unit[-1]) and _joins_backward(_neighbour(text, place + len(unit), 1))
        shape = {(0, 0): "isolated", (0, 1): "initial", (1, 1): "medial", (1, 0): "final"}[before, after]
        form = _shapes().get(unit, {}).get(shape, unit)
        joined.append(form if all(ord(c) in covered for c in form) else unit)
        place += len(unit)
    return "".join(joined)


def _neighbour(text: str, place: int, step: int) -> str:
    """The next letter in a direction; vowel signs do not part letters."""
    while 0 <= place < len(text) and unicodedata.combining(text[place]):
        place += step
    return text[place] if 0 <= place < len(text) else ""


def _joins_forward(letter: str) -> bool:
    return letter == "ـ" or "initial" in _shapes().get(letter, {})


def _joins_backward(letter: str) -> bool:
    return letter == "ـ" or "final" in _shapes().get(letter, {})


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def reading_order(line: str) -> str:
    """A line of text in the order in which it is drawn from left to right."""
    if not any(_is_right_to_left(c) for c in line):
        return line
    classes = "".join(map(_direction, line))
    drawn, done = [], 0
    for span in _RIGHT_TO_LEFT.finditer(classes):
        start, end = span.start(), _with_closing_bracket(line, *span.span())
        drawn += [line[done:start], _reversed(line[start:end], classes[start:])]
        done = end
    return "".join((*drawn, line[done:]))


def from_right(line: str) -> str:
    """A line that begins at the right (a paragraph in Arabic), in the order in which it is drawn from left to right."""
    runs = [(span[0], line[span.start() : span.end()]) for span in re.finditer("R+|L+", directions(line))]
    drawn = [_reversed(text, "".join(map(_direction, text))) if kind.startswith("R") else text for kind, text in runs]
    return "".join(reversed(drawn))


def directions(line: str) -> str:
    """For a line that reads from right to left: "R" or "L" for each character.

    UAX #9 with base direction R, without embeddings: numbers go to the right, marks between them and the words go with
    the line (N1, N2), a pair of brackets stays a pair (N0), digits after Latin letters belong to these (W7).
    """
    kinds = [_direction(character) for character in line]
    strong = "R"
    for place, kind in enumerate(kinds):
        if kind == "M":
            kinds[place] = kinds[place - 1] if place else "R"
        elif kind == "o" and line[place] in _IN_NUMBERS and kinds[place - 1 : place] == kinds[place + 1 : place + 2]:
            kinds[place] = "N" if kinds[place - 1 : place] == ["N"] else "o"
        elif kind in "RL":
            strong = kind
        elif kind == "N" and strong == "L":
            kinds[place] = "L"
    _settle_brackets(line, kinds)
    for span in re.finditer("o+", "".join(kinds)):
        between = [*kinds[: span.start()][-1:], *kinds[span.end() : span.end() + 1]]
        kinds[span.start() : span.end()] = ("L" if between == ["L", "L"] else "R") * len(span[0])
    return "".join("R" if kind == "R" else "L" for kind in kinds)


def _settle_brackets(line: str, kinds: list[str]) -> None:
    """Both brackets of a pair go with the line, unless there is Latin before and nothing else in them (rule N0)."""
    opened: list[int] = []
    for place, character in enumerate(line):
        if character in _BRACKETS.values():
            opened.append(place)
        elif character in _BRACKETS and opened and line[opened[-1]] == _BRACKETS[character]:
            start = opened.pop()
            inside = set(kinds[start + 1 : place]) - {"o"}
            before = next((kind for kind in reversed(kinds[:start]) if kind in "RLN"), "R")
            if inside:
                kinds[start] = kinds[place] = "L" if inside == {"L"} and before == "L" else "R"


def turned(marks: str) -> str:
    """Marks without letters as they are drawn in a line that reads from right to left."""
    return marks[::-1].translate(_MIRRORED)


def _with_closing_bracket(line: str, start: int, end: int) -> int:
    """The end of a span, moved behind a bracket that was opened inside it (UAX #9 rule N0)."""
    inside = line[start:end]
    if end < len(line) and line[end] in ")]}" and any(inside.count(c) > inside.count(line[end]) for c in "([{"):
        return end + 1
    return end


def _direction(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        return "R"
    return {"L": "L", "EN": "N", "AN": "N", "NSM": "M"}.get(kind, "o")


def _reversed(text: str, classes: str) -> str:
    """Backwards, but numbers keep their order, vowel signs stay on their letters, and brackets turn round."""
    units: list[str] = []
    place = 0
    while place < len(text):
        number = _NUMBER.match(classes, place, len(text))
        end = number.end() if number else place + 1
        while not number and end < len(text) and classes[end] == "M":
            end += 1
        units.append(text[place:end] if number else text[place:end].translate(_MIRRORED))
        place = end
    return "".join(reversed(units))


_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")

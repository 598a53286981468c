"""The machine-readable lines of an identity card or passport (ICAO Doc 9303 parts 3, 4 and 5).

TD1 is a card: three lines of 30. TD3 is a passport: two lines of 44. Every check digit must hold, the composite one
included: a line read wrongly is refused, never guessed at. The lines know no Turkish letters (ÖZTÜRK stands as OZTURK
or OEZTUERK), so a name is an offer that the clerk corrects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.tr import tckimlik

_VALUES = {c: place for place, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_WEIGHTS = (7, 3, 1)
_SHAPES = {(30, 30, 30): "TD1", (44, 44): "TD3"}
_LINE = re.compile(r"[A-Z0-9<]+")
_TYPED = str.maketrans({"Ö": "<", ";": "<", "İ": "I", "*": "<"})
"""What a scanner set to an American keyboard types on a Turkish one: Shift and the comma key is Ö there."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the lines say. ``surname`` and ``given`` are in capitals without Turkish letters, as printed."""

    shape: str  # TD1 | TD3
    document: str  # number of the card or passport
    issuer: str  # three letters, "TUR"
    nationality: str
    surname: str
    given: str
    tckn: str  # "" unless a Turkish document holds a valid one

    @property
    def name(self) -> str:
        """Given names and surname with capital initials, for the clerk to correct: "Ayse Gul Ornek"."""
        return " ".join(word.capitalize() for word in f"{self.given} {self.surname}".split())


def mrz_lines(text: str) -> tuple[str, ...]:
    """``text`` as the lines of a document, however the scanner separated them; () when it has not their shape."""
    words = tuple(text.upper().translate(_TYPED).split())
    if len(words) == 1:
        whole = words[0]
        size = {90: 30, 88: 44}.get(len(whole), 0)
        words = tuple(whole[at : at + size] for at in range(0, len(whole), size)) if size else ()
    shape = tuple(map(len, words))
    return words if shape in _SHAPES and all(_LINE.fullmatch(word) for word in words) else ()


def is_part(line: str) -> bool:
    """Whether one scanned line may be one of several: scanners send each with an Enter of its own."""
    typed = line.upper().translate(_TYPED)
    return len(typed) in (30, 44) and _LINE.fullmatch(typed) is not None


def read(text: str) -> Identity | None:
    """The identity in the lines; None when a check digit does not hold or a name is missing."""
    lines = mrz_lines(text)
    if not lines:
        return None
    found = _card(*lines) if len(lines) == 3 else _passport(*lines)
    return found if found and (found.surname or found.given) else None


def check_digit(field: str) -> str:
    """Weights 7, 3, 1, sum modulo 10; "<" counts nothing (part 3, 4.9)."""
    return str(sum(_VALUES[c] * _WEIGHTS[place % 3] for place, c in enumerate(field)) % 10)


def _card(first: str, second: str, third: str) -> Identity | None:
    number, check, optional = first[5:14], first[14], first[15:30]
    if check == "<":  # a longer number goes on in the optional field, its check digit behind it (part 5, 4.2.2.1)
        rest, _, optional = optional.partition("<")
        number, check = number + rest[:-1], rest[-1:]
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    pairs = ((number, check), (second[0:6], second[6]), (second[8:14], second[14]), (composite, second[29]))
    if first[0] not in "ACI" or not _hold(pairs):
        return None
    return _identity("TD1", first[2:5], number, second[15:18], third, optional)


def _passport(first: str, second: str) -> Identity | None:
    personal, composite = second[28:42], second[0:10] + second[13:20] + second[21:43]
    pairs = (
        (second[0:9], second[9]),
        (second[13:19], second[19]),
        (second[21:27], second[27]),
        (composite, second[43]),
    )
    unchecked = not personal.strip("<") and second[42] == "<"
    if first[0] != "P" or not _hold(pairs) or not (unchecked or _hold(((personal, second[42]),))):
        return None
    return _identity("TD3", first[2:5], second[0:9], second[10:13], first[5:], personal)


def _hold(pairs: tuple[tuple[str, str], ...]) -> bool:
    return all(check_digit(field) == check for field, check in pairs)


def _identity(shape: str, issuer: str, number: str, nationality: str, names: str, optional: str) -> Identity:
    surname, _, given = names.strip("<").partition("<<")
    tckn = optional.strip("<")
    return Identity(
        shape=shape,
        document=number.strip("<"),
        issuer=issuer.strip("<"),
        nationality=nationality.strip("<"),
        surname=" ".join(surname.replace("<", " ").split()),
        given=" ".join(given.replace("<", " ").split()),
        tckn=tckn if issuer == "TUR" and _is_tckn(tckn) else "",
    )


def _is_tckn(text: str) -> bool:
    try:
        return bool(tckimlik.validate(text))
    except ValidationError:
        return False

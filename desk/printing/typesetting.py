"""Text made fit for a printer: harmless characters, lines that fit, and the code page that holds them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

NO_BREAK = "\u00a0"

_SUBSTITUTES = str.maketrans(
    {"₺": "TL", "…": "...", "•": "·"}
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2039\u203a", "'")  # single quotes, prime
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')  # double quotes
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")  # hyphens, dashes, minus
    | dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000\t", " ")
    | dict.fromkeys("\u2007\u202f", NO_BREAK)
    | dict.fromkeys("\r\u2028\u2029\u0085", "\n")
)
_JOINERS = "\u200c\u200d"  # they shape Arabic, and mean nothing to other scripts
_MISSING = "□"
_LETTERS = str.maketrans(
    {"ı": "i", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE"}
)


def plain(text: str) -> str:
    """``text`` without anything a printer could take for a command; line breaks and no-break blanks stay.

    Composed letters, TL for ₺, ASCII quotes and dashes. Characters without a meaning of their own to the
    reader (controls, direction marks, halves of surrogates) go; unassigned and private ones become a box.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SUBSTITUTES)
    return "".join(filter(None, (_harmless(c) for c in composed)))


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n" + _JOINERS:
        return character
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    return _MISSING if category in {"Cn", "Co"} else character


def wrap(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """Lines of at most ``limit``, broken between words; a longer word is broken where it must be.

    No-break blanks hold words together and come out as blanks. An empty text is one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in (w for w in paragraph.split(" ") if w):
            longer = f"{line} {word}" if line else word
            if measure(longer) <= limit:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _break(word, limit, measure)
            lines += full
        lines.append(line)
    return [line.replace(NO_BREAK, " ") for line in lines]


def _break(word: str, limit: int, measure: Callable[[str], int]) -> list[str]:
    pieces, piece = [], ""
    for character in word:
        if piece and measure(piece + character) > limit:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def balanced(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """``wrap`` with lines of like length: for centred text, where a last line of one word looks lost."""
    lines = wrap(text, limit, measure)
    if len(lines) == 1 or "\n" in text:
        return lines
    longest = max((measure(word) for word in text.split(" ")), default=1)  # words stay whole, as far as they can
    narrow, wide = min(max(longest, 1), limit), limit
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(wrap(text, middle, measure)) <= len(lines):
            wide = middle
        else:
            narrow = middle + 1
    return wrap(text, wide, measure)


def longest_word(text: str) -> int:
    return max((len(word) for word in text.replace("\n", " ").split(" ")), default=0)


def page_for(text: str, pages: tuple[tuple[str, int], ...]) -> tuple[str, int] | None:
    """The first (codec, number) that holds every character of ``text``; None when no page does."""
    return next((page for page in pages if _holds(page[0], text)), None)


def _holds(codec: str, text: str) -> bool:
    try:
        text.replace("\n", "").replace(NO_BREAK, " ").encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def transliterate(text: str, codec: str) -> str:
    """``text`` in the letters of ``codec``: marks stripped, what has no likeness as "*" (seen, not guessed)."""
    return "".join(c if c in "\n" + NO_BREAK or _holds(codec, c) else _nearest(c, codec) for c in text)


def _nearest(character: str, codec: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    bare = bare.translate(_LETTERS)
    return bare if bare and _holds(codec, bare) else "*"

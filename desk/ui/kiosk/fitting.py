"""Words as large as their room allows: more lines before smaller letters, smaller letters before a cut word."""

from __future__ import annotations

import math
from collections.abc import Callable
from unicodedata import bidirectional

from PySide6.QtGui import QFont

from desk.ui.theme import Look
from desk.ui.widgets import line_height, text_width, wrap

LEAST = 24
"""The smallest letters at the kiosk, pixels of the picture (screens.md, "Type")."""

FLOOR = 0.75
"""What is left of LEAST where a word would have to be cut otherwise."""

ARABIC = 1.84
"""What letters and marks of Plex Sans Arabic take of a line, above and below its middle, as a share of the size: a
damma over an alef reaches 0.91 up, the dots below a yeh 0.78 down."""

FontOf = Callable[[int, int], QFont]


def least(look: Look) -> int:
    """The smallest letters of a window with this look, pixels."""
    return round(LEAST * look.pixel_scale)


def right_to_left(words: str) -> bool:
    """Whether anything in ``words`` is written from right to left."""
    return any(bidirectional(one) in ("R", "AL") for one in words)


def tall(face: QFont, words: str) -> int:
    """The height of a line of its own in which no mark of ``words`` is cut."""
    high = line_height(face)
    return max(high, math.ceil(face.pixelSize() * ARABIC)) if right_to_left(words) else high


def bound(words: str) -> str:
    """``words`` in which no line can begin with a stroke ("bebekli / küçük çocuklu")."""
    return words.replace(" /", "\u00a0/")


def fit(
    words: str, face: QFont, room: float, high: float, font_of: FontOf, *, look: Look, most: int = 3
) -> tuple[QFont, list[str]]:
    """``words`` in at most ``most`` even lines within ``room`` × ``high``, in ``face`` or the next smaller that fits.

    A bold face that shrinks keeps its weight. When nothing fits, the smallest face there is.
    """
    weight = round(face.variableAxisValue(QFont.Tag("wght")) or 400)
    size = face.pixelSize()
    bottom = max(1, round(least(look) * FLOOR))
    while True:
        lines = even(face, words, room)
        narrow = all(text_width(face, line) <= room for line in lines)
        if (narrow and len(lines) <= most and len(lines) * line_height(face) <= high) or size <= bottom:
            return face, lines
        size -= 1
        face = font_of(size, weight)


def even(face: QFont, words: str, room: float) -> list[str]:
    """As few lines as fit into ``room``, of like width: a last line of one word looks lost. Words stay whole."""
    return [line for paragraph in bound(words).split("\n") for line in _even(face, paragraph, room)]


def _even(face: QFont, words: str, room: float) -> list[str]:
    lines = wrap(face, words, room)
    if len(lines) == 1:
        return lines
    narrow, wide = max(text_width(face, word) for word in words.split(" ")), int(room)
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(wrap(face, words, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle + 1
    return wrap(face, words, max(narrow, 1))

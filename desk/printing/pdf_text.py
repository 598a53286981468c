"""Text on PDF pages: fonts, letters that a font lacks, Arabic, line breaking.

reportlab draws nothing at all for a glyph that a font lacks, and says nothing. So every text is made ``drawable``
first: what no font holds becomes a visible mark (U+FFFD), Arabic letters get their joined forms from Plex Sans Arabic.
No text is kept in a cache: it may be somebody's name. Sizes and widths are in points.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from desk.config import resource_path
from desk.printing.arabic import from_right, join_letters, reading_order

UNKNOWN = "\ufffd"
"""Stands for each letter that no font holds (emoji, Chinese …)."""

REGULAR, BOLD = "PlexSans", "DanismaSans-SemiBold"
_ARABIC = {REGULAR: "PlexArabic", BOLD: "PlexArabic-SemiBold"}
_ELLIPSIS = "…"
_BLANKS = re.compile(r"[^\S\xa0]+")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size in points, weight, colour as RRGGBB."""

    size: float
    color: str
    bold: bool = False

    @property
    def font(self) -> str:
        return BOLD if self.bold else REGULAR


def rgb(color: str) -> tuple[float, float, float]:
    """RRGGBB as what PDF wants: three numbers from 0 to 1."""
    red, green, blue = bytes.fromhex(color)
    return red / 255, green / 255, blue / 255


def _metrics() -> Any:
    return import_module("reportlab.pdfbase.pdfmetrics")


def load_fonts() -> None:
    """Make the fonts known to reportlab; once a process, from whichever thread comes first."""
    with _lock:
        _register()


@cache
def _register() -> None:
    fonts = import_module("reportlab.pdfbase.ttfonts")
    arabic = _package_files("fontpkg_ibm_plex_sans_arabic")
    files = {
        REGULAR: _package_files("fontpkg_ibm_plex_sans") / "IBMPlexSans[wdth,wght].ttf",
        BOLD: resource_path("fonts", "DanismaSans-SemiBold.ttf"),
        _ARABIC[REGULAR]: arabic / "IBMPlexSansArabic-Regular.ttf",
        _ARABIC[BOLD]: arabic / "IBMPlexSansArabic-SemiBold.ttf",
    }
    for name, path in files.items():
        _metrics().registerFont(fonts.TTFont(name, str(path)))


def _package_files(package: str) -> Path:
    spec = find_spec(package)
    assert spec and spec.origin, "the fonts are a dependency"
    return Path(spec.origin).parent / "files"


@cache
def covered(font: str) -> frozenset[int]:
    """The characters a font holds."""
    load_fonts()
    return frozenset(_metrics().getFont(font).face.charToGlyph)


@cache
def _plain() -> frozenset[str]:
    """Characters that both weights hold, and that stay as they are whatever stands beside them: nearly all we print."""
    both = map(chr, covered(REGULAR) & covered(BOLD))
    return frozenset(c for c in both if c == " " or (c.isprintable() and not _changes(c)))


def _changes(character: str) -> bool:
    """Whether it may join with others, runs to the left, or has no shape of its own."""
    return (
        unicodedata.combining(character) != 0
        or unicodedata.normalize("NFC", character) != character
        or unicodedata.bidirectional(character) in {"R", "AL", "AN"}
        or _invisible(character)
    )


def drawable(text: str) -> str:
    """``text`` with nothing in it that a page would swallow: still in the order it is read."""
    if _plain().issuperset(text):
        return text
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _invisible(c))
    joined = join_letters(kept, covered(_ARABIC[REGULAR]))
    return "".join(c if _font_for(c, REGULAR) else UNKNOWN for c in joined)


def _invisible(character: str) -> bool:
    """Joiners, direction marks, variation selectors, control characters: they have no shape of their own."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or "\ufe00" <= character <= "\ufe0f"


def _font_for(character: str, font: str) -> str:
    """The font that draws a character: the wanted one, its Arabic companion, or "" when neither holds it."""
    for candidate in (font, _ARABIC[font]):
        if ord(character) in covered(candidate):
            return candidate
    return ""


def _runs(text: str, font: str) -> list[tuple[str, str]]:
    """Drawable text as pieces of one font each."""
    if covered(font).issuperset(map(ord, text)):
        return [(font, text)]
    runs: list[tuple[str, str]] = []
    for character in text:
        name = _font_for(character, font)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + character)
        else:
            runs.append((name, character))
    return runs


def width(text: str, style: Style) -> float:
    return _width(drawable(text), style.font, style.size)


@cache
def _advances(font: str) -> dict[str, float]:
    """The width of each plain character in thousandths of the size."""
    widths = _metrics().getFont(font).face.charWidths
    return {character: widths[ord(character)] for character in _plain()}


def _width(text: str, font: str, size: float) -> float:
    if _plain().issuperset(text):
        return 0.001 * size * sum(map(_advances(font).__getitem__, text))
    measured = _metrics().stringWidth
    return float(sum(measured(piece, name, size) for name, piece in _runs(text, font)))


def wrap(text: str, style: Style, limit: float, lines: int | None = None) -> list[str]:
    """``text`` in lines no wider than ``limit``; words longer than a line are cut. At least one line. What a no-break
    space joins stays on one line.

    With ``lines`` the rest is left out, and the last line ends with "…".
    """
    found: list[str] = []
    current = ""
    for word in map(drawable, filter(None, _BLANKS.split(text))):
        candidate = f"{current} {word}" if current else word
        if _width(candidate, style.font, style.size) <= limit:
            current = candidate
            continue
        if current:
            found.append(current)
        *full, current = _cut(word, style, limit)
        found += full
        if lines is not None and len(found) > lines:
            break
    found.append(current)
    if lines is not None and len(found) > lines:
        found = [*found[: lines - 1], _shortened(found[lines - 1] + _ELLIPSIS, style, limit)]
    return found


def _cut(word: str, style: Style, limit: float) -> list[str]:
    pieces, current = [], ""
    for character in word:
        if current and _width(current + character, style.font, style.size) > limit:
            pieces.append(current)
            current = ""
        current += character
    return [*pieces, current]


def fitted(text: str, style: Style, limit: float) -> str:
    """One line no wider than ``limit``, cut with "…" where needed."""
    shown = drawable(text)
    return shown if _width(shown, style.font, style.size) <= limit else _shortened(shown + _ELLIPSIS, style, limit)


def _shortened(text: str, style: Style, limit: float) -> str:
    body = text.removesuffix(_ELLIPSIS)
    while body and _width(body.rstrip() + _ELLIPSIS, style.font, style.size) > limit:
        body = body[:-1]
    return body.rstrip() + _ELLIPSIS


def draw(canvas: Any, x: float, y: float, text: str, style: Style, *, from_the_right: bool = False) -> None:
    """Put one line at a baseline. ``text`` may be as typed or already drawable; ``from_the_right``: an Arabic line."""
    pen = canvas.beginText(x, y)
    pen.setFillColorRGB(*rgb(style.color))
    ordered = from_right if from_the_right else reading_order
    plain = not from_the_right and _plain().issuperset(text)
    for font, piece in [(style.font, text)] if plain else _runs(ordered(drawable(text)), style.font):
        pen.setFont(font, style.size)
        pen.textOut(piece)
    canvas.drawText(pen)

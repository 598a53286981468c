"""Letters as dots: the cells of a thermal printer's font, and whole lines for scripts no printer font holds.

Shapes come from IBM Plex (Mono for cells of 12 × 24 dots, Sans and Sans Arabic for lines). Everything is cached:
the preview is drawn anew with each key that a clerk presses.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from PIL import Image, ImageDraw, ImageFont, features

from desk.printing.arabic import PRESENTATION_FORMS, directions, join_letters, reading_order, turned

CELL_WIDTH = 12
CELL_HEIGHT = 24

_EM = 20.5  # dots: from the mark on Ğ (0.956 em) to the foot of ç (0.212 em) a letter just fills the cell
_BASELINE = 19.6  # dots from the top of a cell
_ADVANCE = 0.6  # of Plex Mono, in ems
_FINE = 4  # a glyph is drawn this much larger, then reduced
_DARK = 104  # of 255: a dot at least this covered is burnt
_LINE_EM = 24
_ARABIC = ("\u0600", "\u08ff")
_WEIGHTS = {False: 450, True: 650}

# Box drawing must meet the neighbouring cells, so it is drawn, not taken from the font:
# left, right, up, down arms in strokes (0, 1 or 2).
_BOX = {
    "─": (1, 1, 0, 0), "│": (0, 0, 1, 1), "┌": (0, 1, 0, 1), "┐": (1, 0, 0, 1), "└": (0, 1, 1, 0),
    "┘": (1, 0, 1, 0), "├": (0, 1, 1, 1), "┤": (1, 0, 1, 1), "┬": (1, 1, 0, 1), "┴": (1, 1, 1, 0),
    "┼": (1, 1, 1, 1), "═": (2, 2, 0, 0), "║": (0, 0, 2, 2), "╔": (0, 2, 0, 2), "╗": (2, 0, 0, 2),
    "╚": (0, 2, 2, 0), "╝": (2, 0, 2, 0), "╠": (0, 2, 2, 2), "╣": (2, 0, 2, 2), "╦": (2, 2, 0, 2),
    "╩": (2, 2, 2, 0), "╬": (2, 2, 2, 2),
}  # fmt: skip
_BLOCKS = {"█": (0, 0, 1, 1), "▀": (0, 0, 1, 0.5), "▄": (0, 0.5, 1, 1), "▌": (0, 0, 0.5, 1), "▐": (0.5, 0, 1, 1)}
_BLOCKS["■"] = (0.1, 0.3, 0.9, 0.75)


def _font_file(package: str, name: str) -> Path:
    """A font of one of the ``fontpkg`` packages, which are dependencies and hold nothing but files."""
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, package
    return Path(spec.origin).parent / "files" / name


@cache
def _cell_font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return _truetype(_font_file("fontpkg_ibm_plex_mono", f"IBMPlexMono-{'Bold' if bold else 'Medium'}.ttf"), size)


@cache
def _sans(weight: int, size: int) -> ImageFont.FreeTypeFont:
    """Plex Sans, a variable font; its digits have the advance of Plex Mono's."""
    font = _truetype(_font_file("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf"), size, shaped=True)
    font.set_variation_by_axes([weight, 100])
    return font


@cache
def _arabic(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    name = f"IBMPlexSansArabic-{'SemiBold' if bold else 'Medium'}.ttf"
    return _truetype(_font_file("fontpkg_ibm_plex_sans_arabic", name), size, shaped=True)


def _truetype(path: Path, size: int, *, shaped: bool = False) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if shaped and can_shape() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, layout_engine=engine)


@cache
def can_shape() -> bool:
    """Whether Pillow can join Arabic letters itself (libraqm, which needs the system's libfribidi0)."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=4096)
def cell(character: str, width: int = 1, height: int = 1, bold: bool = False) -> Image.Image:
    """One character as a printer's font A has it, ``width`` × ``height`` times magnified: mode "1", ink is 255."""
    size = (CELL_WIDTH * width, CELL_HEIGHT * height)
    if character in _BOX:
        return _box(_BOX[character], size, width, height)
    if character in _BLOCKS:
        return _block(_BLOCKS[character], size)
    fine = _draw_cell(character, height, bold)
    dots = fine.resize(size, Image.Resampling.BOX)
    return dots.point(lambda covered: 255 if covered >= _DARK else 0).convert("1")


def _draw_cell(character: str, height: int, bold: bool) -> Image.Image:
    """The character in grey, its cell exactly as wide as its advance (or the font's, for narrow ones)."""
    size = round(_EM * height * _FINE)
    # Plex Mono's zero has a dot in it; the zero of Plex Sans is as wide and reads as a zero to everybody.
    font = _sans(700 if bold else 500, size) if character == "0" else _cell_font(bold, size)
    advance = font.getlength(character)
    span = round(max(advance, size * _ADVANCE))
    image = Image.new("L", (span, CELL_HEIGHT * height * _FINE), 0)
    at = ((span - advance) / 2, round(_BASELINE * height * _FINE))
    ImageDraw.Draw(image).text(at, character, fill=255, font=font, anchor="ls")
    return image


def _box(arms: tuple[int, int, int, int], size: tuple[int, int], width: int, height: int) -> Image.Image:
    image = Image.new("1", size, 0)
    pen = ImageDraw.Draw(image)
    (wide, tall), stroke = size, 2
    left, right, up, down = arms
    middle_x, middle_y = wide // 2, tall // 2
    for doubled in (0, 1):
        shift_x, shift_y = doubled * 4 * width, doubled * 4 * height
        if left > doubled or right > doubled:
            start, end = (0 if left else middle_x), (wide if right else middle_x)
            pen.rectangle((start, middle_y + shift_y, end - 1, middle_y + shift_y + stroke * height - 1), fill=255)
        if up > doubled or down > doubled:
            start, end = (0 if up else middle_y), (tall if down else middle_y)
            pen.rectangle((middle_x + shift_x, start, middle_x + shift_x + stroke * width - 1, end - 1), fill=255)
    return image


def _block(part: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    image = Image.new("1", size, 0)
    x0, y0, x1, y1 = part
    corners = (x0 * size[0], y0 * size[1], x1 * size[0] - 1, y1 * size[1] - 1)
    ImageDraw.Draw(image).rectangle(corners, fill=255)
    return image


def is_arabic(text: str) -> bool:
    return any(_ARABIC[0] <= c <= _ARABIC[1] for c in text)


@cache
def has_shape(character: str) -> bool:
    """Whether a line can draw this character. A font draws an empty box for what it lacks, and says nothing."""
    if character.isspace():
        return True
    return _differs(_sans(450, _LINE_EM), character) or _differs(_arabic(False, _LINE_EM), character)


def _differs(font: ImageFont.FreeTypeFont, character: str) -> bool:
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


def line_width(text: str, bold: bool = False, magnification: int = 1) -> int:
    """Dots that ``line`` needs for ``text``."""
    return sum(run.width + run.gap for run in _runs(text, bold, magnification))


def line(text: str, bold: bool = False, magnification: int = 1, *, tall: bool = False) -> Image.Image:
    """A line of text of any script, shaped and in reading order: mode "1", ink is 255, as wide as the text.

    ``tall``: as high as a line of Arabic, to stand beside one.
    """
    runs = _runs(text, bold, magnification)
    above, below = (34, 14) if tall or is_arabic(text) else (23, 7)
    width = sum(run.width + run.gap for run in runs)
    image = Image.new("L", (max(width, 1), (above + below) * magnification), 0)
    pen = ImageDraw.Draw(image)
    mirrored = reads_rightwards(text)
    x = 0
    for run in runs:
        at = width - x - run.width if mirrored else x
        pen.text((at, above * magnification), run.text, fill=255, font=run.font, anchor="ls", **run.reading)
        x += run.width + run.gap
    return image.point(lambda covered: 255 if covered >= _DARK else 0).convert("1")


def reads_rightwards(text: str) -> bool:
    """Whether the first letter with a direction goes from right to left (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


class _Reading(TypedDict):
    direction: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one font, and the blank after them (dots)."""

    text: str
    font: ImageFont.FreeTypeFont
    reading: _Reading
    width: int
    gap: int


@lru_cache(maxsize=256)
def _runs(text: str, bold: bool, magnification: int) -> tuple[_Run, ...]:
    """``text`` by fonts: no font of ours has both Arabic and all of Latin. In logical order."""
    if reads_rightwards(text):
        return _runs_rightwards(text, bold, magnification)
    pieces: list[str] = []
    arabic = False
    for character in text:
        strong = unicodedata.bidirectional(character) in ("L", "R", "AL", "EN")
        if not pieces or (strong and is_arabic(character) != arabic and pieces[-1].strip()):
            pieces.append("")
        if strong:
            arabic = is_arabic(character)
        pieces[-1] += character
    return tuple(_run(piece, bold, _LINE_EM * magnification) for piece in pieces)


def _runs_rightwards(text: str, bold: bool, magnification: int) -> tuple[_Run, ...]:
    """The runs of a line that begins at the right; brackets and points beside a number go with the line."""
    sides, runs, start = directions(text), [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or sides[end] != sides[start]:
            runs.append(_run(text[start:end], bold, _LINE_EM * magnification, rightwards=sides[start] == "R"))
            start = end
    return tuple(runs)


def _run(text: str, bold: bool, size: int, rightwards: bool = False) -> _Run:
    letters = text.rstrip(" ")
    blanks = len(text) - len(letters)
    arabic = is_arabic(letters)
    font = _arabic(bold, size) if arabic else _sans(_WEIGHTS[bold], size)
    shaped = arabic and can_shape()
    if arabic and not shaped:
        letters = reading_order(join_letters(letters, _joined_forms()))
    elif rightwards and not arabic:
        letters = turned(letters)
    reading = _Reading(direction="rtl" if shaped else None, language="ar" if shaped else None)
    blank = round(font.getlength(" ")) * blanks
    return _Run(letters, font, reading, round(font.getlength(letters, **reading)), blank)


@cache
def _joined_forms() -> frozenset[int]:
    """Which of Unicode's presentation forms the Arabic font draws."""
    font = _arabic(False, _LINE_EM)
    return frozenset(code for block in PRESENTATION_FORMS for code in block if _differs(font, chr(code)))

"""Lines as pictures, for what no code page of the printer holds, and symbols for printers without their own.

Pictures here are mode "1" with ink 255, which is bit for bit what ``GS v 0`` wants.
"""

from __future__ import annotations

from PIL import Image

from desk.printing import barcodes, glyphs
from desk.printing.typesetting import balanced

GAP = 16  # dots between a label and its value


def paragraph(
    text: str,
    dots: int,
    magnification: int,
    *,
    bold: bool = False,
    fit: bool = False,
    invert: bool = False,
    tall: bool = False,
) -> list[Image.Image]:
    """``text`` as one picture a line, none wider than ``dots``; white on a full-width bar with ``invert``."""
    while fit and magnification > 1 and glyphs.line_width(text, bold, magnification) > dots:
        magnification -= 1
    lines = balanced(text, dots, lambda part: glyphs.line_width(part, bold, magnification))
    pictures = [glyphs.line(part, bold, magnification, tall=tall) for part in lines]
    return [_bar(picture, dots) for picture in pictures] if invert else pictures


def _bar(picture: Image.Image, dots: int) -> Image.Image:
    bar = Image.new("1", (dots, picture.height), 255)
    bar.paste(0, ((dots - picture.width) // 2, 0), picture)
    return bar


def field(left: str, right: str, dots: int, at: int, *, bold: bool, mirrored: bool) -> Image.Image:
    """A label and, from ``at`` dots on, its value in as many lines as it takes."""
    tall = glyphs.is_arabic(left + right)
    label = paragraph(left, at - GAP, 1, tall=tall)
    value = paragraph(right, dots - at, 1, bold=bold, tall=tall)
    band = Image.new("1", (dots, max(_height(label), _height(value))), 0)
    _stack(band, label, 0, mirrored)
    _stack(band, value, at, mirrored)
    return band


def ends(left: str, right: str, dots: int, *, bold: bool, mirrored: bool) -> Image.Image:
    """Two texts at the two edges; the left one wraps beside the right one."""
    tall = glyphs.is_arabic(left + right)
    value = paragraph(right, dots // 2, 1, bold=bold, tall=tall)
    widest = max(picture.width for picture in value)
    label = paragraph(left, dots - widest - GAP, 1, tall=tall)
    band = Image.new("1", (dots, max(_height(label), _height(value))), 0)
    _stack(band, label, 0, mirrored)
    _stack(band, value, dots - widest, mirrored)
    return band


def columns(left: str, right: str, dots: int, magnification: int, *, bold: bool, mirrored: bool) -> Image.Image:
    """Two texts, each in the middle of its half, in letters of one size."""
    half = dots // 2
    texts = (right, left) if mirrored else (left, right)
    while magnification > 1 and max(glyphs.line_width(text, bold, magnification) for text in texts) > half - GAP:
        magnification -= 1
    tall = glyphs.is_arabic(left + right)
    halves = [paragraph(text, half - GAP, magnification, bold=bold, tall=tall) for text in texts]
    band = Image.new("1", (dots, max(_height(pictures) for pictures in halves)), 0)
    for place, pictures in enumerate(halves):
        y = 0
        for picture in pictures:
            band.paste(picture, (place * half + (half - picture.width) // 2, y))
            y += picture.height
    return band


def _height(pictures: list[Image.Image]) -> int:
    return sum(picture.height for picture in pictures)


def _stack(band: Image.Image, pictures: list[Image.Image], x: int, mirrored: bool) -> None:
    y = 0
    for picture in pictures:
        band.paste(picture, (band.width - x - picture.width if mirrored else x, y))
        y += picture.height


def trimmed(dots: int, left: int, right: int) -> tuple[str, int, int]:
    """How a line as wide as the paper, with ink from ``left`` to ``right``, is placed with the fewest bytes.

    Which justification, and between which dots it is cut out. Cut at whole bytes, so that nothing moves.
    """
    before, after = left // 8 * 8, (dots - right) // 8 * 8
    both = min(before, after)
    ways = (("left", 0, dots - after), ("right", before, dots), ("center", both, dots - both))
    return min(ways, key=lambda way: way[2] - way[1])


def bars(data: str, module: int, height: int) -> Image.Image:
    """A Code 128 of ``module`` dots a module, without quiet zones."""
    modules = barcodes.code128_modules(data)
    row = Image.new("1", (len(modules), 1), 0)
    row.putdata([255 * int(bit) for bit in modules])
    return row.resize((len(modules) * module, height), Image.Resampling.NEAREST)


def squares(data: str, module: int) -> Image.Image:
    """A QR of ``module`` dots a module, without its quiet zone."""
    matrix = barcodes.qr_matrix(data)
    picture = Image.new("1", (len(matrix), len(matrix)), 0)
    picture.putdata([255 * dark for row in matrix for dark in row])
    return picture.resize((len(matrix) * module,) * 2, Image.Resampling.NEAREST)

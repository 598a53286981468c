"""What every PDF paper of the house shares: colours, margins, the letterhead, the foot, rules and boxes.

Positions are in points from the top left corner of the sheet, as one reads; texts stand on their baseline.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_text import Style, rgb
from desk.registry.types import SiteHeader
from desk.text import upper_tr

# The tokens of screens.md; paper is white.
INK, INK_2, INK_3 = "1B2326", "465054", "646C6E"
PETROL_600, PETROL_500 = "0B4A56", "1F7482"
TINT = "EEF3F3"  # petrol 100, half as strong: toner and ink are dear
BRICK_600, BRICK_100 = "A2301F", "F9E5E0"
LINE, LINE_STRONG = "DDD5C4", "8B8778"
WHITE = "FFFFFF"

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
MARGIN = 20 * MM
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
CONTENT = RIGHT - LEFT
FOOT = HEIGHT - MARGIN - 12
"""The rule above the foot; nothing else is drawn below it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, in points. ``close``: narrow paper, where large letters and wide columns do not fit."""

    width: float
    height: float
    margin: float
    close: bool = False

    @property
    def left(self) -> float:
        return self.margin

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def content(self) -> float:
        return self.width - 2 * self.margin

    @property
    def foot(self) -> float:
        """The rule above the foot; nothing else is drawn below it."""
        return self.height - self.margin - 12


A4 = Sheet(WIDTH, HEIGHT, MARGIN)
A5 = Sheet(148 * MM, 210 * MM, 10 * MM, close=True)
LABEL = Sheet(60 * MM, 40 * MM, 2 * MM, close=True)

LETTERHEAD = 55.0
"""Height of the letterhead with its rule."""

QUIET, SMALL = Style(9, INK_2), Style(8, INK_2)


class Pen:
    """Draws on the current page of a document. Same input, same bytes (``invariant``)."""

    def __init__(self, title: str, author: str, sheet: Sheet = A4) -> None:
        self.sheet = sheet
        pdf_text.load_fonts()
        canvas = import_module("reportlab.pdfgen.canvas")
        self._target = io.BytesIO()
        self.canvas: Any = canvas.Canvas(
            self._target,
            pagesize=(sheet.width, sheet.height),
            invariant=1,
            pageCompression=1,
            initialFontName=pdf_text.REGULAR,  # else an unembedded Helvetica stands in the file
            lang="tr-TR",
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Danışma")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def next_page(self) -> None:
        self.canvas.showPage()

    def finish(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._target.getvalue()

    def text(self, x: float, y: float, text: str, style: Style) -> float:
        """Write from ``x`` on; returns where the text ends."""
        pdf_text.draw(self.canvas, x, self.sheet.height - y, text, style)
        return x + pdf_text.width(text, style)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        self.text(x - pdf_text.width(text, style), y, text, style)

    def arabic(self, x: float, y: float, text: str, style: Style) -> None:
        """A line that begins at ``x`` and runs to the left."""
        start = x - pdf_text.width(text, style)
        pdf_text.draw(self.canvas, start, self.sheet.height - y, text, style, from_the_right=True)

    def centred(self, x: float, y: float, text: str, style: Style) -> None:
        self.text(x - pdf_text.width(text, style) / 2, y, text, style)

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style, leading: float) -> float:
        """Write lines below each other; returns the baseline after the last."""
        for line in lines:
            self.text(x, y, line, style)
            y += leading
        return y

    def rule(self, x0: float, x1: float, y: float, color: str = LINE, stroke: float = 0.6) -> None:
        self.canvas.setStrokeColorRGB(*rgb(color))
        self.canvas.setLineWidth(stroke)
        self.canvas.line(x0, self.sheet.height - y, x1, self.sheet.height - y)

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        self.canvas.setFillColorRGB(*rgb(color))
        self.canvas.rect(x, self.sheet.height - y - height, width, height, stroke=0, fill=1)

    def box(
        self, x: float, y: float, width: float, height: float, radius: float, *, fill: str = "", stroke: str = LINE
    ) -> None:
        """A rounded box, filled and framed."""
        if fill:
            self.canvas.setFillColorRGB(*rgb(fill))
        self.canvas.setStrokeColorRGB(*rgb(stroke))
        self.canvas.setLineWidth(0.8)
        self.canvas.roundRect(x, self.sheet.height - y - height, width, height, radius, stroke=1, fill=1 if fill else 0)

    @contextmanager
    def strokes(self, x: float, y: float, scale: float, color: str, weight: float) -> Iterator[Any]:
        """Draw by hand in a system of its own: origin at (x, y), y downwards, round ends."""
        self.canvas.saveState()
        self.canvas.translate(x, self.sheet.height - y)
        self.canvas.scale(scale, -scale)
        self.canvas.setStrokeColorRGB(*rgb(color))
        self.canvas.setFillColorRGB(*rgb(color))
        self.canvas.setLineWidth(weight)
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        yield self.canvas
        self.canvas.restoreState()

    def modules(self, x: float, y: float, rows: Sequence[Sequence[bool]], size: float, height: float) -> None:
        """Dark modules of a code. Each run in a row is one rectangle: seams would show as light lines."""
        self.canvas.setFillColorRGB(*rgb("000000"))
        for number, row in enumerate(rows):
            top = self.sheet.height - y - (number + 1) * height
            for start, length in _dark_runs(row):
                self.canvas.rect(x + start * size, top, length * size, height, stroke=0, fill=1)


class Counting(Pen):
    """Draws next to nothing: for papers whose pages are counted before the first is written."""

    def text(self, x: float, y: float, text: str, style: Style) -> float:
        return x + pdf_text.width(text, style)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        """Nothing."""

    def rule(self, x0: float, x1: float, y: float, color: str = LINE, stroke: float = 0.6) -> None:
        """Nothing."""

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Nothing."""

    def finish(self) -> bytes:
        return b""


def _dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(1, len(row) + 1):
        if place == len(row) or row[place] != row[start]:
            if row[start]:
                yield start, place - start
            start = place


def letterhead(pen: Pen, header: SiteHeader, tr: Translator, logo: Path | None = None) -> None:
    """T.C., the municipality, the department (or the site's own lines): as an official paper begins."""
    sheet = pen.sheet
    _logo(pen, logo, sheet.left, sheet.margin - 1, 42)
    x, room = sheet.left + 50, sheet.content - 50 - (80 if sheet.close else 112)
    above, name, below = _head_lines(header, tr)
    size = 11.0 if sheet.close else 13.5
    style = Style(size, INK, bold=True)
    while size > 8 and pdf_text.width(name, style) > room:
        size -= 0.5
        style = Style(size, INK, bold=True)
    pen.text(x, sheet.margin + 9, pdf_text.fitted(above, Style(9, INK_2), room), Style(9, INK_2))
    pen.text(x, sheet.margin + 25, pdf_text.fitted(name, style, room), style)
    pen.text(x, sheet.margin + 39, pdf_text.fitted(below, Style(10, INK_2), room), Style(10, INK_2))
    pen.rule(sheet.left, sheet.right, sheet.margin + LETTERHEAD, PETROL_600, 1.2)


def _head_lines(header: SiteHeader, tr: Translator) -> tuple[str, str, str]:
    """Above, the name, below. Of more than three lines the site has set, the last ones stand together."""
    if not header.lines:
        return "T.C.", upper_tr(header.authority), tr(header.department)
    first, second, *rest = (*header.lines, "")
    return (first, second, " · ".join(filter(None, rest))) if second else ("", first, "")


def _logo(pen: Pen, logo: Path | None, x: float, y: float, size: float) -> None:
    """The site's logo, else the sample mark; a picture that cannot be read must not keep a receipt from being made."""
    if logo is not None:
        try:
            picture = import_module("reportlab.lib.utils").ImageReader(str(logo))
            wide, high = picture.getSize()
            scale = size / max(wide, high, 1)
            top = pen.sheet.height - y - (size + high * scale) / 2
            pen.canvas.drawImage(picture, x, top, wide * scale, high * scale, mask="auto")
        except OSError:
            logging.getLogger("desk.printing").warning("the site's logo cannot be read", exc_info=True)
        else:
            return
    _mark(pen, x - 2.5, y, size)  # its circle begins at the margin


def _mark(pen: Pen, x: float, y: float, size: float) -> None:
    """The sample mark (resources/logo/cinarova.svg): a globe with a place on it."""
    with pen.strokes(x, y, size / 64, PETROL_600, 3) as canvas:
        canvas.circle(32, 32, 27)
        path = canvas.beginPath()
        path.moveTo(32, 5)
        path.curveTo(21, 17, 18, 38, 27, 58.5)
        path.moveTo(9, 19)
        path.curveTo(23, 30, 42, 31, 56.5, 22)
        canvas.drawPath(path)
        canvas.circle(45.5, 39.5, 5.5, stroke=0, fill=1)


def foot(pen: Pen, left: str, page: int, pages: int, tr: Translator) -> None:
    sheet = pen.sheet
    pen.rule(sheet.left, sheet.right, sheet.foot, LINE_STRONG)
    number = tr("Sayfa {page} / {pages}").format(page=page, pages=pages)
    room = sheet.content - pdf_text.width(number, SMALL) - 20
    pen.text(sheet.left, sheet.foot + 12, pdf_text.fitted(left, SMALL, room), SMALL)
    pen.right(sheet.right, sheet.foot + 12, number, SMALL)


def check(pen: Pen, x: float, y: float, *, present: bool) -> None:
    """A ticked or crossed box of 11 points, its top left corner at (x, y)."""
    color = PETROL_600 if present else BRICK_600
    pen.box(x, y, 11, 11, 2.5, fill=WHITE if present else BRICK_100, stroke=color)
    with pen.strokes(x, y, 1, color, 1.5) as canvas:
        path = canvas.beginPath()
        strokes = [[(2.8, 5.8), (4.8, 7.9), (8.4, 3.4)]] if present else [[(3, 3), (8, 8)], [(8, 3), (3, 8)]]
        for first, *others in strokes:
            path.moveTo(*first)
            for point in others:
                path.lineTo(*point)
        canvas.drawPath(path)

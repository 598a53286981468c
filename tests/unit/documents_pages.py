"""Reading a PDF back: its texts with their places, and its rectangles as a picture that a scanner can read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdf.generic import ContentStream

from desk.printing import pdf_text
from desk.printing.pdf_page import HEIGHT, MARGIN, RIGHT, WIDTH


@dataclass(frozen=True)
class Written:
    """A piece of text; ``x0``, ``x1`` in points from the left, ``y`` of its baseline from the top."""

    text: str
    x0: float
    x1: float
    y: float


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All texts with single blanks: a line break of the page does not matter."""
    return " ".join(" ".join(pages_of(pdf)).split())


def written(pdf: bytes) -> Iterator[Written]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        found: list[Written] = []

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float, into: list[Written] = found) -> None:
            plain = text.strip("\n")
            if plain.strip():
                bold = "SemiBold" in str(font["/BaseFont"])
                wide = pdf_text.width(plain, pdf_text.Style(size, "000000", bold=bold))
                into.append(Written(plain, tm[4], tm[4] + wide, HEIGHT - tm[5]))

        page.extract_text(visitor_text=visit)
        yield from found


def assert_inside_the_margins(pdf: bytes) -> None:
    for piece in written(pdf):
        assert piece.x0 >= MARGIN - 0.5, piece
        assert piece.x1 <= RIGHT + 0.5, piece
        assert MARGIN < piece.y <= HEIGHT - MARGIN + 0.5, piece


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Names of all fonts, and whether their shapes are in the file."""
    fonts: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            told = font.get_object()
            descriptor = told.get("/FontDescriptor", {})
            fonts[str(told["/BaseFont"])] = "/FontFile2" in descriptor
    return fonts


def picture(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    """The filled rectangles of a page as a printer of this resolution would put them down."""
    reader = PdfReader(io.BytesIO(pdf))
    contents = ContentStream(reader.pages[page].get_contents(), reader)
    scale = dpi / 72
    image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(image)
    color, boxes = (0, 0, 0), []
    for operands, operator in contents.operations:
        if operator == b"rg":
            color = tuple(round(255 * float(value)) for value in operands)
        elif operator == b"re":
            boxes.append([float(value) for value in operands])
        elif operator in (b"f", b"f*"):
            for x, y, wide, high in boxes:
                left, right = round(x * scale), round((x + wide) * scale)
                top, bottom = round((HEIGHT - y - high) * scale), round((HEIGHT - y) * scale)
                pen.rectangle((left, top, right - 1, bottom - 1), fill=color)
            boxes = []
    return image

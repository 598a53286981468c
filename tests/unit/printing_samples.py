"""What the paper tests add to the program's own samples (desk/printing/samples.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PIL import Image

from desk.printing.samples import HEADER, INCOMPLETE, MORNING, RECEIPT, TICKET
from desk.queue.types import Ticket

__all__ = ["HEADER", "INCOMPLETE", "MORNING", "RECEIPT", "TICKET", "as_written", "on_paper", "ticket"]


def ticket(**changes: Any) -> Ticket:
    return replace(TICKET, **changes)


def as_written(message: str) -> str:
    return message


def on_paper(image: Image.Image, margin: int = 40) -> Image.Image:
    """What a scanner sees: the print on paper that is a little wider than the print."""
    sheet = Image.new("L", (image.width + 2 * margin, image.height + 2 * margin), 255)
    sheet.paste(image.convert("L"), (margin, margin))
    return sheet

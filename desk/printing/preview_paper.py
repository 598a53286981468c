"""What came out of a printer, as the reader of its bytes found it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PIL import Image

from desk.config import resource_path


@dataclass(frozen=True, slots=True)
class Paper:
    """What came out: ``image`` is mode "1" and as wide as the head; ``codes`` are (symbology, content)."""

    image: Image.Image
    text: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    cuts: tuple[int, ...]  # dots from the top
    unknown: tuple[str, ...]  # commands and bytes that meant nothing, and symbols too wide to print
    pictures: tuple[tuple[int, int, int], ...] = ()  # logos and lines sent as dots: lines of text above, width, height

    def readout(self, picture: str) -> tuple[str, ...]:
        """The text from top to bottom, with ``picture`` ("… {width} × {height}") where dots stand for words."""
        lines: list[str] = []
        done = 0
        for above, width, height in self.pictures:
            lines += [*self.text[done:above], picture.format(width=width, height=height)]
            done = above
        return (*lines, *self.text[done:])


@cache
def sample_logos() -> dict[int, Image.Image]:
    """The memory of the virtual printer: the sample logo of the resources under key 1, when there is one."""
    path = resource_path("printers", "sample-logo.png")
    return {1: Image.open(path).convert("1")} if path.is_file() else {}

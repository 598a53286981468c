"""The paper under the head: a strip of dots that grows downwards."""

from __future__ import annotations

from PIL import Image

LONGEST = 24_000  # dots, 3 m at 203 dpi: what wild bytes can use up
_WHITE, _INK = 255, 0


class Strip:
    """Mode "1", white paper and black ink. Pictures to print have ink 255 (they are masks)."""

    def __init__(self, dots: int, top: int) -> None:
        self.dots = dots
        self.y = top
        self._image = Image.new("1", (dots, 2048), _WHITE)

    def feed(self, dots: int) -> None:
        self.y = min(self.y + dots, LONGEST)

    def print(self, ink: Image.Image, x: int, y: int, *, inverted: bool = False) -> None:
        """Burn a picture at ``x``, ``y`` dots from the corner; what hangs over the edge is lost."""
        self._room(y + ink.height)
        if inverted:
            self._image.paste(_INK, (x, y, x + ink.width, y + ink.height))
        self._image.paste(_WHITE if inverted else _INK, (x, y), ink)

    def bar(self, x: int, y: int, width: int, height: int) -> None:
        self._room(y + height)
        self._image.paste(_INK, (x, y, x + width, y + height))

    def image(self) -> Image.Image:
        """What has come out so far."""
        self._room(self.y)
        return self._image.crop((0, 0, self.dots, max(self.y, 1)))

    def _room(self, bottom: int) -> None:
        height = self._image.height
        if bottom <= height:
            return
        while height < min(bottom, LONGEST):
            height *= 2
        longer = Image.new("1", (self.dots, height), _WHITE)
        longer.paste(self._image, (0, 0))
        self._image = longer

"""What one visitor has chosen at the kiosk; forgotten when they are gone. Pure."""

from __future__ import annotations

from dataclasses import replace

from desk.i18n import RIGHT_TO_LEFT, SOURCE_LANGUAGE
from desk.values import dataclass

TEXT_STEPS = (1.0, 1.25, 1.5)
"""Sizes of "Yazı boyutu"."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Language and ways to see, hear and reach the screen. ``Visitor()`` is how everybody finds the kiosk."""

    lang: str = SOURCE_LANGUAGE
    contrast: bool = False
    text_step: int = 0
    lowered: bool = False
    aloud: bool = False  # pages and keys are read out
    headphones: bool = False  # the visitor has said so: nobody else hears what is read out
    simple: bool = False  # four large keys instead of everything there is

    @property
    def text_scale(self) -> float:
        return TEXT_STEPS[self.text_step]

    @property
    def mirrored(self) -> bool:
        """Whether the language is written from right to left."""
        return self.lang in RIGHT_TO_LEFT

    def hears_as(self, other: Visitor) -> bool:
        """Whether pages are read to both in the same words: only the look differs."""
        return self == replace(other, contrast=self.contrast, text_step=self.text_step, lowered=self.lowered)

    def larger_text(self) -> Visitor:
        """The next size; after the largest the usual one again."""
        return replace(self, text_step=(self.text_step + 1) % len(TEXT_STEPS))

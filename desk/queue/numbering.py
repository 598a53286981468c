"""From the serial of a series to the label people read: start, step, range and wrap; pure."""

from __future__ import annotations

from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers of a service: ``first``, ``first + step`` … up to ``last``, then ``first`` again.

    Without a letter the range itself tells services apart: 100–199 is read "145", not "A 045".
    """

    letter: str
    first: int = 1
    last: int = 999
    step: int = 1

    @property
    def size(self) -> int:
        return (self.last - self.first) // self.step + 1


def label(numbers: Range, serial: int) -> str:
    """The label of the ``serial``-th ticket of the day (1 is the first): "A 001"."""
    value = numbers.first + (serial - 1) % numbers.size * numbers.step
    width = max(3, len(str(numbers.last)))
    return f"{numbers.letter} {value:0{width}d}".strip()


def series_of(letter: str, code: str) -> str:
    """The name of a service's series: its letter, or its code when its numbers carry none."""
    return letter or code


def parse(text: str) -> tuple[str, int] | None:
    """The letter (or "") and the figure of a typed label: "v18", "V 018" and "V-018" are one; None for no label."""
    compact = "".join(character for character in text.upper() if character.isalnum())
    digits = compact.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZÇĞİÖŞÜ")
    if not digits or not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        return None
    return compact[: len(compact) - len(digits)], int(digits)

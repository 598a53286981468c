"""From the serial of a series to the label people read: start, step, range and wrap; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers of a service: ``first``, ``first + step`` … up to ``last``, then ``first`` again."""

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

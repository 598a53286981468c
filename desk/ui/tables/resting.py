"""Very many records in a table without weight for the collector.

Its full round goes through every object that may hold others: of a hundred thousand records, each with its id, that
takes a fifth of a second on the window's thread. Laid down as a plain tuple of words, figures and days a record is
passed over; it is made anew when it comes into sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import Enum
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_args, get_type_hints, overload
from uuid import UUID

R = TypeVar("R")

BLOCK = 256
"""Records that are laid down together: the collector sees one list of blocks."""

AWAKE = 512
"""Records that are kept as they were made: a few screens."""


class RestingRows(Sequence[R], Generic[R]):
    """Records of one dataclass in the order they are appended; ``place_of`` finds one by its ``id``."""

    def __init__(self, cls: type[R]) -> None:
        self._cls = cls
        self._read, self._wakers = _ways(cls)
        self._blocks: list[Sequence[tuple[Any, ...]]] = []
        self._places: dict[int, int] = {}
        self._awake: dict[int, R] = {}

    def __len__(self) -> int:
        return len(self._places)

    def append(self, rows: Iterable[R]) -> None:
        """Records to the end; one whose id is here already is passed over."""
        for row in rows:
            key, place = row.id.int, len(self._places)  # type: ignore[attr-defined]
            if self._places.setdefault(key, place) != place:
                continue
            if not place % BLOCK:
                if self._blocks:
                    self._blocks[-1] = tuple(self._blocks[-1])
                self._blocks.append([])
            self._blocks[-1].append(self._read(row))  # type: ignore[attr-defined]

    def place_of(self, key: UUID) -> int:
        """The place of the record with this id, -1 when it is not here."""
        return self._places.get(key.int, -1)

    @overload
    def __getitem__(self, place: int) -> R: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...

    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        at = place if place >= 0 else len(self) + place
        row = self._awake.get(at)
        if row is None:
            if not 0 <= at < len(self):
                raise IndexError(place)
            if len(self._awake) >= AWAKE:
                self._awake.clear()
            row = self._awake[at] = self._woken(self._blocks[at // BLOCK][at % BLOCK])
        return row

    def __iter__(self) -> Iterator[R]:
        for block in self._blocks:
            yield from map(self._woken, block)

    def _woken(self, laid: tuple[Any, ...]) -> R:
        values = list(laid)
        for place, wake in self._wakers:
            if values[place] is not None:
                values[place] = wake(values[place])
        return self._cls(*values)


def _ways(cls: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[int, Callable[[Any], Any]]]]:
    """How a record is laid down as what the collector passes over, and what makes its ids and words of a list again."""
    hints = get_type_hints(cls)
    paths: list[str] = []
    wakers: list[tuple[int, Callable[[Any], Any]]] = []
    perhaps: list[tuple[int, str]] = []
    for place, name in enumerate(field.name for field in fields(cls)):
        kinds = get_args(hints[name]) or (hints[name],)
        own = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, UUID | Enum)), None)
        part = "" if own is None else "int" if issubclass(own, UUID) else "_value_"
        if own is not None:
            wakers.append((place, partial(UUID, None, None, None, None) if issubclass(own, UUID) else own))
        if part and len(kinds) > 1:
            perhaps.append((place, part))
            part = ""
        paths.append(f"{name}.{part}" if part else name)
    read = attrgetter(*paths)

    def laid_down(row: Any) -> tuple[Any, ...]:
        values = read(row)
        if not perhaps:
            return values
        found = list(values)
        for place, part in perhaps:
            found[place] = getattr(found[place], part, None)
        return tuple(found)

    return laid_down, wakers

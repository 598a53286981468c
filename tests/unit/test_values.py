"""Our quick dataclasses behave as the standard library's do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest

from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Quick:
    place: int
    name: str = "kapı"
    seen: list[int] = field(default_factory=list, hash=False)
    note: str = field(default="", repr=False, compare=False)

    @property
    def twice(self) -> int:
        return self.place * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Slow:
    place: int
    name: str = "kapı"
    seen: list[int] = field(default_factory=list, hash=False)
    note: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Checked:
    place: int

    def __post_init__(self) -> None:
        if self.place < 0:
            raise ValueError(self.place)


@dataclass(frozen=True, slots=True)
class Own:
    place: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 7


@dataclass(frozen=True, slots=True)
class Derived(Checked):
    more: int = 3


def both(*args: Any, **values: Any) -> tuple[Quick, Slow]:
    return Quick(*args, **values), Slow(*args, **values)


def test_is_made_shown_and_compared_as_the_standard_one() -> None:
    for args, values in (((1,), {}), ((2, "b"), {"seen": [4]}), ((), {"place": 3, "note": "x"})):
        quick, slow = both(*args, **values)
        assert repr(quick) == repr(slow).replace("Slow", "Quick")
        assert dataclasses.asdict(quick) == dataclasses.asdict(slow)
        assert hash(quick) == hash(slow)
        assert quick == Quick(*args, **values)
    assert Quick(1, note="a") == Quick(1, note="b")
    assert Quick(1) != Quick(2)
    assert Quick(1).__eq__(Slow(1)) is NotImplemented
    assert Quick(1).seen is not Quick(1).seen


def test_cannot_be_changed_and_keeps_nothing_else() -> None:
    one = Quick(1)
    for change in (lambda: setattr(one, "place", 2), lambda: setattr(one, "other", 2), lambda: delattr(one, "place")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert not hasattr(one, "__dict__")
    assert one.twice == 2


def test_is_copied_pickled_replaced_and_matched() -> None:
    one = Quick(1, seen=[5], note="n")
    assert copy.deepcopy(one) == copy.copy(one) == pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(one)).note == "n"
    assert dataclasses.replace(one, place=8).seen == [5]
    match one:
        case Quick(place, name):
            assert (place, name) == (1, "kapı")


def test_refuses_what_is_missing_or_too_much() -> None:
    wrong: list[tuple[Any, dict[str, Any]]] = [((), {}), ((1,), {"strange": 2}), ((1, 2, 3, 4, 5), {})]
    for args, values in wrong:
        with pytest.raises(TypeError):
            Quick(*args, **values)


def test_leaves_what_a_class_says_itself() -> None:
    with pytest.raises(ValueError, match="-1"):
        Checked(-1)
    assert Own(1) == Own(2)
    assert hash(Own(1)) == 7
    assert Derived(1).more == 3
    assert dataclasses.is_dataclass(Quick)

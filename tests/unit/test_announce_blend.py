"""Thin data: how playing forward, the last wait and the usual wait are weighed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.announce import Estimates, Weights, blend

MINUTES = st.floats(0, 120)
PAST = st.lists(st.tuples(st.builds(Estimates, MINUTES, MINUTES, MINUTES), MINUTES), max_size=60)


def past(count: int, wait_of: str, seed: int = 5) -> list[tuple[Estimates, float]]:
    """Days on which one of the three was right (to a minute) and the others were noise."""
    random = Random(seed)
    rows = [Estimates(*(random.uniform(0, 60) for _ in range(3))) for _ in range(count)]
    return [(row, getattr(row, wait_of) + random.uniform(-1, 1)) for row in rows]


def test_without_experience_playing_forward_speaks_alone() -> None:
    assert blend([]) == Weights(1.0, 0.0, 0.0)


@given(PAST)
def test_no_weight_is_negative(rows: list[tuple[Estimates, float]]) -> None:
    found = blend(rows)
    assert min(found.forward, found.last, found.usual) >= 0


@given(PAST, MINUTES, MINUTES, MINUTES, st.floats(0, 60))
def test_a_longer_estimate_never_makes_a_shorter_promise(
    rows: list[tuple[Estimates, float]], forward: float, last: float, usual: float, more: float
) -> None:
    weights = blend(rows)
    assert weights.of(Estimates(forward, last, usual)) <= weights.of(Estimates(forward + more, last, usual))


def test_a_few_lucky_guesses_of_the_others_hardly_count() -> None:
    assert blend(past(3, "usual")).forward > 0.8


@pytest.mark.parametrize("right", ["forward", "last", "usual"])
def test_with_enough_experience_whoever_was_right_is_believed(right: str) -> None:
    weights = blend(past(2000, right))
    assert getattr(weights, right) == pytest.approx(1.0, abs=0.1)
    assert sum((weights.forward, weights.last, weights.usual)) == pytest.approx(1.0, abs=0.1)

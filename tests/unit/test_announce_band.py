"""What a visitor is told of an outlook."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.announce import (
    FIRST_K,
    SHARE_BELOW,
    Given,
    Promise,
    promise,
    widening,
)
from desk.queue.forward import Outlook
from desk.queue.types import Band

OUTLOOKS = st.builds(Outlook, st.floats(0, 300), st.floats(0, 60), st.integers(16, 100))


def told(outlook: Outlook, k: float) -> Band:
    return promise(outlook, k).in_words()


def test_the_band_goes_from_the_median_upward_in_steps_people_believe() -> None:
    assert told(Outlook(3.2, 2.0, 60), 1.2) == Band(4, 10)
    assert told(Outlook(12.0, 4.0, 60), 1.2) == Band(15, 20)


@given(OUTLOOKS, st.floats(0, 4))
def test_the_band_never_ends_before_it_begins(outlook: Outlook, k: float) -> None:
    band = told(outlook, k)
    assert 1 <= band.low <= band.high


@given(OUTLOOKS, OUTLOOKS, st.floats(0, 4))
def test_a_later_call_is_never_told_earlier(one: Outlook, other: Outlook, k: float) -> None:
    if one.median <= other.median and one.sd <= other.sd:
        first, second = told(one, k), told(other, k)
        assert first.low <= second.low and first.high <= second.high


def test_the_spread_counts_as_a_minute_at_least() -> None:
    assert promise(Outlook(4.0, 0.1, 60), 2.0) == Promise(4.0, 6.0)


def test_with_thin_data_the_band_stands_on_the_blended_median() -> None:
    assert promise(Outlook(4.0, 2.0, 60), 1.5, median=10.0) == Promise(10.0, 13.0)


def test_before_there_is_experience_the_band_is_wide() -> None:
    assert widening([Given(5.0, 2.0, 50.0)] * 99) == FIRST_K


@given(st.integers(0, 2**32 - 1), st.floats(0.5, 3))
def test_so_many_are_called_before_the_upper_end_as_it_was_learned_for(seed: int, stretch: float) -> None:
    random = Random(seed)
    given = [
        Given(median, sd, median + sd * stretch * random.gauss(0, 1))
        for median, sd in ((random.uniform(2, 60), random.uniform(1, 15)) for _ in range(400))
    ]
    k = widening(given)
    within = sum(one.actual <= one.median + k * one.sd + 1e-9 for one in given) / len(given)
    assert within == pytest.approx(SHARE_BELOW, abs=0.005)


def test_when_everybody_was_called_early_the_band_does_not_turn_over() -> None:
    assert widening([Given(30.0, 2.0, 5.0)] * 200) == 0.0

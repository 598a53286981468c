"""Mean, median and P90 from counted buckets."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.models.counting import BUCKET_LIMITS, bucket_of, bucket_width
from desk.reports.histogram import Histogram

DURATIONS = st.lists(st.integers(0, BUCKET_LIMITS[-1] - 1), min_size=1, max_size=200)


def of(seconds: list[int]) -> Histogram:
    histogram = Histogram()
    for value in seconds:
        histogram.add(bucket_of(value), 1, value)
    return histogram


def test_nothing_timed_has_no_mean_and_no_median() -> None:
    assert (Histogram().mean, Histogram().quantile(0.5), Histogram().count) == (None, None, 0)


@given(DURATIONS)
def test_the_mean_is_exact(seconds: list[int]) -> None:
    assert of(seconds).mean == pytest.approx(sum(seconds) / len(seconds))


@given(DURATIONS, st.sampled_from((0.5, 0.9)))
def test_a_quantile_lies_in_the_bucket_of_the_duration_it_stands_for(seconds: list[int], share: float) -> None:
    told = of(seconds).quantile(share)
    meant = bucket_of(sorted(seconds)[ceil(share * len(seconds)) - 1])
    assert told is not None and meant <= told <= meant + bucket_width(meant)


@given(DURATIONS, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_larger_share_never_has_a_smaller_duration(seconds: list[int], one: float, other: float) -> None:
    histogram = of(seconds)
    low, high = histogram.quantile(min(one, other)), histogram.quantile(max(one, other))
    assert low is not None and high is not None and low <= high


@given(DURATIONS, DURATIONS)
def test_histograms_add_up(one: list[int], other: list[int]) -> None:
    total = Histogram.of_all([of(one), of(other)])
    both = of(one + other)
    assert (total.count, total.mean, total.quantile(0.9)) == (both.count, both.mean, both.quantile(0.9))

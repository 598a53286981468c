"""The forecast orders by the same rule as the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.queue.rule import counts_from, score

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTES = st.integers(0, 300)


@given(MINUTES, MINUTES, st.booleans(), st.booleans(), st.integers(0, 60))
def test_whoever_scores_higher_counts_from_earlier(
    one: int, other: int, one_first: bool, other_first: bool, head_start: int
) -> None:
    scores = [
        score(NOON - timedelta(minutes=waited), priority, head_start, NOON)
        for waited, priority in ((one, one_first), (other, other_first))
    ]
    moments = [
        counts_from(-waited, priority, head_start) for waited, priority in ((one, one_first), (other, other_first))
    ]
    assert (scores[0] > scores[1]) == (moments[0] < moments[1])
    assert scores == [-moment for moment in moments]

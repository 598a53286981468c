"""Last answer dates against the checked examples and a calendar counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.registry.application_types import Clock
from desk.registry.deadlines import STANDARD, due
from desk.workdays import PUBLIC, is_working_day

HOLIDAYS_2026 = {
    date(2026, 1, 1), date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 22), date(2026, 4, 23), date(2026, 5, 1),
    date(2026, 5, 19), date(2026, 5, 27), date(2026, 5, 28), date(2026, 5, 29), date(2026, 5, 30), date(2026, 7, 15),
    date(2026, 8, 30), date(2026, 10, 29),
}  # fmt: skip
"""The official days off of 2026: Ramazan 20–22 March, Kurban 27–30 May (Law 2429); half-days count as worked."""

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("received", "count", "last"),
    [
        (date(2026, 3, 10), 15, date(2026, 4, 1)),  # Ramazan Bayramı between
        (date(2026, 5, 18), 15, date(2026, 6, 12)),  # 19 May and Kurban Bayramı between
        (date(2026, 11, 23), 15, date(2026, 12, 14)),
        (date(2026, 11, 23), 30, date(2027, 1, 5)),  # New Year between
    ],
)
def test_the_checked_examples(received: date, count: int, last: date) -> None:
    assert PUBLIC.add_working_days(received, count) == last


def test_a_petition_has_thirty_days_and_an_information_request_fifteen_working_days() -> None:
    received = date(2026, 11, 23)
    petition, information = due(Clock.PETITION, received), due(Clock.INFORMATION, received)
    assert (petition.on, petition.basis) == (date(2026, 12, 23), "petition:30")
    assert (information.on, information.basis) == (date(2026, 12, 14), "information:15")


def test_a_site_may_have_other_periods() -> None:
    shorter = replace(STANDARD, days={**STANDARD.days, Clock.PETITION: 15, Clock.INFORMATION: 30})
    assert due(Clock.PETITION, date(2026, 11, 23), periods=shorter).on == date(2026, 12, 8)
    assert due(Clock.INFORMATION, date(2026, 11, 23), periods=shorter).on == date(2027, 1, 5)


@given(days)
def test_working_days_of_2026_are_the_calendars(day: date) -> None:
    assert is_working_day(day) == (day.weekday() < 5 and day not in HOLIDAYS_2026)


@given(days, st.integers(1, 60))
def test_so_many_working_days_lie_between(received: date, count: int) -> None:
    last = PUBLIC.add_working_days(received, count)
    between = [received + timedelta(n) for n in range(1, (last - received).days + 1)]
    assert is_working_day(last)
    assert sum(map(is_working_day, between)) == count


@given(days, days, st.integers(1, 40))
def test_who_comes_later_is_never_answered_earlier(one: date, other: date, count: int) -> None:
    early, late = sorted((one, other))
    assert PUBLIC.add_working_days(early, count) <= PUBLIC.add_working_days(late, count)


def test_the_day_before_a_holiday_counts_whole() -> None:
    assert is_working_day(date(2026, 10, 28)) and is_working_day(date(2026, 3, 19))
    assert not is_working_day(date(2026, 10, 29))

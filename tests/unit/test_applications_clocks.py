"""Clocks of applications against a calendar that is counted day by day, and the channels' table against itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.registry import deadlines
from desk.registry.application_types import ApplicationKind, Clock, Urgency
from desk.registry.channels import BY_CHANNEL, CHANNELS, clock_of, fields_of, read_date, read_moment
from desk.registry.deadlines import STANDARD, Unit, due, explained, left, resumed, unit_of, words
from desk.registry.types import Channel, DocumentKind
from desk.workdays import PUBLIC, Calendar, is_estimated, is_half_day, is_holiday

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
leaves = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12)


def worked(calendar: Calendar, day: date) -> bool:
    """By hand: Monday to Friday, no holiday, no leave, a half day as the site says."""
    if day.weekday() >= 5 or is_holiday(day) or day in calendar.leave:
        return False
    return calendar.half_days_count or not (is_half_day(day) or day in calendar.half_leave)


@given(days, st.sampled_from(list(Clock)), st.sampled_from(list(Urgency)), leaves, leaves, st.booleans(), st.booleans())
def test_a_last_day_is_the_one_counted_by_hand(
    received: date,
    clock: Clock,
    urgency: Urgency,
    leave: frozenset[date],
    half: frozenset[date],
    counts: bool,
    moves: bool,
) -> None:
    calendar = Calendar(leave, half, counts)
    periods = replace(STANDARD, moves=moves)
    found = due(clock, received, urgency=urgency, periods=periods, calendar=calendar)
    day, rest = received, periods.targets[urgency] if clock is Clock.TARGET else periods.days[clock]
    while rest:
        day += timedelta(days=1)
        rest -= 1 if unit_of(clock) is Unit.DAYS or worked(calendar, day) else 0
    if unit_of(clock) is Unit.DAYS and moves:
        while not worked(calendar, day):
            day += timedelta(days=1)
    assert found.on == day
    told = explained(found, clock, calendar)
    assert told.day_off == (not worked(calendar, day))
    assert worked(calendar, told.working_day_before) and told.working_day_before <= day
    assert deadlines.of_data(found.data(), found.basis) == found


@given(days, st.sampled_from([Clock.PETITION, Clock.INFORMATION, Clock.TARGET]), st.integers(0, 60), st.integers(0, 90))
def test_a_clock_that_stood_goes_on_with_what_was_left(received: date, clock: Clock, ran: int, stood: int) -> None:
    first = due(clock, received)
    stopped = received + timedelta(days=ran)
    today = stopped + timedelta(days=stood)
    rest = left(clock, stopped, first.on, PUBLIC)
    again = resumed(clock, stopped, first.on, today, first.basis, STANDARD, PUBLIC)
    if stopped >= first.on:
        assert again.on == first.on  # it had run out: asking does not give it back
        return
    assert left(clock, today, again.on, PUBLIC) == rest > 0
    assert again.on >= first.on
    if stood == 0 and PUBLIC.is_working_day(first.on):
        assert again.on == first.on


@pytest.mark.parametrize(
    ("clock", "received", "told"),
    [
        (Clock.INFORMATION, date(2026, 3, 10), "10.03.2026 + 15 iş günü → 01.04.2026"),
        (Clock.INFORMATION, date(2026, 5, 18), "18.05.2026 + 15 iş günü → 12.06.2026"),
        (Clock.INFORMATION, date(2026, 11, 23), "23.11.2026 + 15 iş günü → 14.12.2026"),
        (Clock.INFORMATION_LONG, date(2026, 11, 23), "23.11.2026 + 30 iş günü → 05.01.2027"),
        (Clock.PETITION, date(2026, 11, 23), "23.11.2026 + 30 gün → 23.12.2026"),
        (Clock.CIMER, date(2026, 11, 23), "23.11.2026 + 30 gün → 23.12.2026"),
        (Clock.CIMER_INFORMATION, date(2026, 11, 23), "23.11.2026 + 15 iş günü → 14.12.2026"),
    ],
)
def test_the_checked_dates_are_said_in_words(clock: Clock, received: date, told: str) -> None:
    assert words(due(clock, received)) == told


def test_a_last_day_on_a_holiday_moves_where_the_site_says_so() -> None:
    moving = replace(STANDARD, moves=True)
    found = due(Clock.PETITION, date(2026, 3, 24), periods=moving)
    assert words(found) == "24.03.2026 + 30 gün → 23.04.2026 (tatil) → 24.04.2026"
    staying = explained(due(Clock.PETITION, date(2026, 3, 24)), Clock.PETITION, PUBLIC)
    assert (staying.on, staying.day_off, staying.working_day_before) == (date(2026, 4, 23), True, date(2026, 4, 22))


def test_an_estimated_bayram_is_said() -> None:
    assert is_estimated(date(2033, 1, 2)) and not is_estimated(date(2026, 3, 20))
    assert explained(due(Clock.INFORMATION, date(2033, 3, 1)), Clock.INFORMATION, PUBLIC).estimated
    assert not explained(due(Clock.INFORMATION, date(2026, 3, 10)), Clock.INFORMATION, PUBLIC).estimated


def test_every_channel_stands_in_the_table_once_and_its_number_is_one_of_its_fields() -> None:
    assert [spec.channel for spec in CHANNELS] == list(dict.fromkeys(spec.channel for spec in CHANNELS))
    assert set(BY_CHANNEL) == set(Channel)
    for spec in CHANNELS:
        codes = [one.code for one in spec.fields]
        assert len(codes) == len(set(codes)) and (not spec.outside or spec.outside in codes)
        for document in DocumentKind:
            assert len({one.code for one in fields_of(spec.channel, document)}) == len(
                fields_of(spec.channel, document)
            )


@pytest.mark.parametrize(
    ("channel", "document", "kind", "clock"),
    [
        (Channel.CIMER, DocumentKind.NONE, ApplicationKind.COMPLAINT, Clock.CIMER),
        (Channel.CIMER, DocumentKind.NONE, ApplicationKind.INFORMATION, Clock.CIMER_INFORMATION),
        (Channel.PHONE, DocumentKind.NONE, ApplicationKind.REQUEST, Clock.TARGET),
        (Channel.KEP, DocumentKind.PETITION, ApplicationKind.REQUEST, Clock.PETITION),
        (Channel.IN_PERSON, DocumentKind.INFORMATION, ApplicationKind.REQUEST, Clock.INFORMATION),
        (Channel.PTT, DocumentKind.OFFICIAL_LETTER, ApplicationKind.REQUEST, Clock.TARGET),
    ],
)
def test_channel_and_paper_decide_the_clock(
    channel: Channel, document: DocumentKind, kind: ApplicationKind, clock: Clock
) -> None:
    assert clock_of(channel, document, kind) is clock


@given(days)
def test_a_day_is_read_in_three_forms(day: date) -> None:
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"):
        assert read_date(day.strftime(form)) == day
        moment = read_moment(day.strftime(form) + " 09:05")
        assert moment is not None and (moment.date(), moment.hour, moment.minute) == (day, 9, 5)
    assert read_date("31.02.2026") is None and read_date("dün") is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    read_moment(text)

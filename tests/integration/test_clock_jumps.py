"""A clock that is wrong: set back, set far ahead, or set while people wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from acting import assert_whole, call, number, visit
from sqlalchemy import select, update

from desk.actions import day, desk, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.site import Site, SiteDay
from desk.models.work import DayJump

pytestmark = pytest.mark.usefixtures("both_engines")


def days(ctx: Context) -> list[date]:
    with ctx.db.read() as session:
        return list(session.execute(select(SiteDay.day).order_by(SiteDay.day)).scalars())


def test_a_clock_set_back_an_hour_lets_nobody_overtake_those_who_wait(ctx: Context, clock: SetClock) -> None:
    first, second = visit(ctx), visit(ctx)
    clock.advance(hours=-1)
    late = visit(ctx)
    assert late.tickets[0].issued_at > second.tickets[0].issued_at
    assert [call(ctx, banko).number for banko in (4, 5)] == ["V 001", "V 002"]
    assert first.tickets[0].number == "V 001" and late.tickets[0].number == "V 003"
    clock.advance(hours=1, minutes=1)
    assert visit(ctx).tickets[0].issued_at == ctx.now()
    assert_whole(ctx)


def test_a_clock_set_back_leaves_no_undo_open(ctx: Context, clock: SetClock) -> None:
    done = visit(ctx)
    clock.advance(hours=-1)
    with pytest.raises(Stale, match="Geri alma süresi"):
        desk.undo_visit(ctx, done.visit.id)


def test_a_clock_set_back_past_midnight_goes_on_with_the_numbers_of_the_day(ctx: Context, clock: SetClock) -> None:
    assert number(ctx) == "V 001"
    clock.advance(hours=-20)
    assert number(ctx) == "V 002"
    assert days(ctx) == [date(2026, 11, 24)]
    assert_whole(ctx)


def test_a_clock_set_far_ahead_is_not_believed_until_a_person_says_so(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(days=365)
    with pytest.raises(DayJump, match=r"tarihi 24\.11\.2027; son iş günü ise 24\.11\.2026\..*--date 2027-11-24"):
        visit(ctx)
    assert days(ctx) == [date(2026, 11, 24)]
    clock.advance(days=-365)
    assert number(ctx) == "V 002"  # the clock was put right: the day goes on
    assert_whole(ctx)


def test_a_machine_that_was_off_for_months_goes_on_after_one_word(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(days=100)
    with pytest.raises(UserError, match="Bu gün açılamaz"):
        day.open_day(ctx, date(2026, 11, 25))
    today = date(2026, 11, 24) + timedelta(days=100)
    assert day.open_day(ctx, today)
    assert not day.open_day(ctx, today)
    assert number(ctx) == "V 001"
    assert days(ctx) == [date(2026, 11, 24), today]
    assert_whole(ctx)


def test_a_clock_set_past_midnight_while_people_wait_ends_nobody_s_waiting(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.set(datetime(2026, 11, 24, 21, 30, tzinfo=UTC))  # half past midnight in Istanbul
    assert number(ctx) == "V 002"
    assert call(ctx, 4).number == "V 001"
    assert days(ctx) == [date(2026, 11, 24)]
    clock.set(datetime(2026, 11, 25, 3, 0, tzinfo=UTC))  # two hours before the site opens
    assert number(ctx) == "V 001"
    assert days(ctx) == [date(2026, 11, 24), date(2026, 11, 25)]
    assert_whole(ctx)


def test_a_day_that_was_closed_does_not_go_on_after_midnight(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    shift.close_day(ctx)
    clock.set(datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert number(ctx) == "V 001"
    assert days(ctx) == [date(2026, 11, 24), date(2026, 11, 25)]


def test_a_person_may_begin_the_day_at_night(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.set(datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert day.open_day(ctx, date(2026, 11, 25))
    assert number(ctx) == "V 001"


@pytest.mark.parametrize("ahead", [1, 3, 6, 8])
def test_weekends_and_holidays_ask_nobody(ctx: Context, clock: SetClock, ahead: int) -> None:
    visit(ctx)
    clock.advance(days=ahead)
    assert number(ctx) == "V 001"


def test_the_days_of_a_sample_may_lie_anywhere(ctx: Context, clock: SetClock) -> None:
    with ctx.db.write() as session:
        session.execute(update(Site).values(sample=True))
    visit(ctx)
    clock.advance(days=400)
    assert number(ctx) == "V 001"


def test_a_first_day_asks_nobody(context_of: Callable[..., Context], clock: SetClock) -> None:
    clock.advance(days=2000)
    assert number(context_of("desk")) == "V 001"

"""When the kiosk gives numbers: the weekday's hours, lunch, public holidays, closed days, hours of a service."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from desk.actions import shift
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.site import OpeningHours
from desk.queue import catalog, opening
from desk.queue.opening import ClosedKind, Shut

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("moment", "open_now", "minutes_left"),
    [
        ("2026-11-24T10:42", True, 78),  # a Tuesday: until lunch
        ("2026-11-24T12:30", False, None),
        ("2026-11-24T16:00", True, 60),
        ("2026-11-24T17:00", False, None),
        ("2026-11-22T10:00", False, None),  # a Sunday
        ("2027-01-01T10:00", False, None),  # New Year's Day, a Friday
        ("2026-10-29T10:00", False, None),  # Republic Day, a Thursday
        ("2026-10-28T11:00", True, 60),  # its eve: lunch comes first
        ("2026-10-28T13:30", False, None),  # and nobody after 13.00
    ],
)
def test_hours_hold_on_working_days_half_days_and_holidays(ctx, clock, moment, open_now, minutes_left):
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL))
    now_open, left = ctx.read(opening.opening)
    assert now_open is open_now
    assert left == (minutes_left if minutes_left is not None else float("inf"))


# --- days the site itself closes or shortens


def at(clock: SetClock, moment: str) -> None:
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL))


def close(ctx: Context, day: date, kind: ClosedKind = ClosedKind.LEAVE, *, reason: str = "", **hours: int) -> None:
    with ctx.work(Right.REPORT) as work:
        opening.set_closed_day(work, opening.ClosedDay(day, kind, reason, **hours))


def state(ctx: Context) -> opening.OpenState:
    return ctx.read(opening.kiosk_state)


def written(state: opening.OpenState) -> str:
    assert state.opens_at is not None
    return f"{state.opens_at:%d.%m.%Y %H.%M}"


@pytest.mark.usefixtures("both_engines")
def test_a_bridge_closes_the_day_and_the_next_opening_lies_after_the_weekend(ctx, clock):
    close(ctx, date(2026, 11, 27), ClosedKind.BRIDGE)  # a Friday
    at(clock, "2026-11-27T10:00")
    found = state(ctx)
    assert (found.open, found.why) == (False, Shut.CLOSED_DAY)
    assert found.closed_day is not None and found.closed_day.kind is ClosedKind.BRIDGE
    assert written(found) == "30.11.2026 08.00"


@pytest.mark.usefixtures("both_engines")
def test_a_day_entered_again_is_changed_and_one_taken_out_follows_its_weekday(ctx, clock):
    day = date(2026, 11, 24)
    close(ctx, day, ClosedKind.WORKS)
    close(ctx, day, ClosedKind.OTHER, reason="  Su   kesintisi ", opens=9 * 60, closes=11 * 60)
    assert [(one.kind, one.reason, one.is_short) for one in ctx.read(opening.closed_days, day, day)] == [
        (ClosedKind.OTHER, "Su kesintisi", True)
    ]
    assert ctx.read(opening.opening) == (True, 18)  # 10.42 to 11.00
    with ctx.work(Right.REPORT) as work:
        opening.clear_closed_day(work, day)
    assert ctx.read(opening.opening) == (True, 78)
    with pytest.raises(UserError, match="arasında yok"), ctx.work(Right.REPORT) as work:
        opening.clear_closed_day(work, day)


def test_a_site_may_open_on_a_day_that_is_shut_by_rule(ctx, clock):
    close(ctx, date(2026, 11, 28), ClosedKind.OTHER, reason="Kayıt günü", opens=10 * 60, closes=14 * 60)
    at(clock, "2026-11-28T11:00")  # a Saturday
    assert ctx.read(opening.opening) == (True, 180)


@pytest.mark.parametrize(
    ("closed", "sentence"),
    [
        (opening.ClosedDay(date(2026, 11, 27), ClosedKind.WORKS, "", 600, None), "birlikte"),
        (opening.ClosedDay(date(2026, 11, 27), ClosedKind.WORKS, "", 600, 540), "sonra olmalı"),
        (opening.ClosedDay(date(2026, 11, 27), ClosedKind.OTHER, " "), "nedenini"),
        (opening.ClosedDay(date(2026, 11, 27), ClosedKind.OTHER, "x" * 81), "80 harf"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(ctx, closed, sentence):
    with pytest.raises(UserError, match=sentence), ctx.work(Right.REPORT) as work:
        opening.set_closed_day(work, closed)


@pytest.mark.parametrize(
    ("moment", "why", "opens"),
    [
        ("2026-11-24T07:10", Shut.HOURS, "24.11.2026 08.00"),
        ("2026-11-24T12:30", Shut.LUNCH, "24.11.2026 13.00"),
        ("2026-11-24T18:00", Shut.HOURS, "25.11.2026 08.00"),
        ("2026-11-21T10:00", Shut.HOURS, "23.11.2026 08.00"),  # a Saturday
        ("2026-12-31T18:00", Shut.HOURS, "04.01.2027 08.00"),  # New Year's Day is a Friday
        ("2027-01-01T10:00", Shut.HOLIDAY, "04.01.2027 08.00"),
    ],
)
def test_who_finds_it_shut_is_told_why_and_when_it_opens(ctx, clock, moment, why, opens):
    at(clock, moment)
    found = state(ctx)
    assert (found.open, found.why, written(found)) == (False, why, opens)


def test_a_day_ended_by_hand_is_shut_for_the_kiosk_until_the_next_one(ctx, clock):
    at(clock, "2026-11-24T16:00")
    shift.close_day(ctx)
    found = state(ctx)
    assert (found.open, found.why, written(found)) == (False, Shut.DAY_ENDED, "25.11.2026 08.00")
    assert ctx.read(opening.opening) == (True, 60)  # the desk goes by the hours
    at(clock, "2026-11-25T09:00")
    assert state(ctx).open


@pytest.mark.usefixtures("both_engines")
def test_a_service_may_close_earlier_than_its_site(ctx, clock):
    service = ctx.read(catalog.service_by_code, "evlendirme").id
    with ctx.work(Right.REPORT) as work:
        opening.set_service_hours(work, service, range(5), (9 * 60, 15 * 60))
    at(clock, "2026-11-24T14:30")
    assert ctx.read(opening.kiosk_state, service).minutes_left == 30
    at(clock, "2026-11-24T15:30")
    found = ctx.read(opening.kiosk_state, service)
    assert (found.open, found.why, written(found)) == (False, Shut.HOURS, "25.11.2026 09.00")
    assert state(ctx).open
    with ctx.work(Right.REPORT) as work:
        opening.set_service_hours(work, service, range(5), None)
    assert ctx.read(opening.kiosk_state, service).open


def test_a_site_shut_for_months_promises_no_opening(ctx, clock):
    with ctx.db.write() as session:
        session.execute(delete(OpeningHours))
    assert state(ctx).opens_at is None

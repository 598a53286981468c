"""The one "now"."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

from desk.clock import ServerClock, SetClock, local, local_date

MOMENT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)


def test_a_set_clock_stands_still_until_it_is_advanced() -> None:
    clock = SetClock(MOMENT)
    assert clock.now() == clock.now() == MOMENT
    clock.advance(minutes=5, seconds=1)
    assert clock.now() == MOMENT + timedelta(minutes=5, seconds=1)
    clock.set(MOMENT - timedelta(days=1))
    assert clock.now() == MOMENT - timedelta(days=1)


def test_a_clock_set_in_istanbul_tells_utc() -> None:
    clock = SetClock(datetime(2026, 11, 24, 10, 42, tzinfo=timezone(timedelta(hours=3))))
    assert clock.now() == MOMENT and clock.now().tzinfo is UTC


def test_a_running_clock_goes_at_the_machines_pace() -> None:
    clock = SetClock(MOMENT, running=True)
    begun, before = time.monotonic(), clock.now()
    while clock.now() == before:
        pass
    assert timedelta() < clock.now() - MOMENT <= timedelta(seconds=time.monotonic() - begun + 1)
    clock.set(MOMENT)
    assert clock.now() - MOMENT < timedelta(seconds=1)


def test_the_servers_clock_goes_on_from_what_it_said_whatever_the_machine_says() -> None:
    clock = ServerClock(MOMENT)
    first = clock.now()
    assert timedelta() <= first - MOMENT < timedelta(seconds=5) and first.tzinfo is UTC
    clock.set(MOMENT + timedelta(hours=2))
    assert timedelta(hours=2) <= clock.now() - MOMENT < timedelta(hours=2, seconds=5)
    assert 0 <= clock.age() < 5


def test_the_day_of_istanbul_begins_at_nine_in_the_evening_utc() -> None:
    assert local_date(datetime(2026, 11, 24, 20, 59, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert local_date(datetime(2026, 11, 24, 21, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert f"{local(MOMENT):%H.%M}" == "10.42"
    assert local(datetime(2026, 7, 1, 7, 42, tzinfo=UTC)).hour == 10  # no summer time

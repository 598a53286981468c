"""What is promised with a number at a real site: from its queue, its counters, its roster and its last days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from threading import current_thread
from typing import Any
from uuid import UUID

import pytest
from acting import call, rows, visit
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desk.actions import counter, roster
from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.clock import SetClock
from desk.events import Kind
from desk.models.forecast import ForecastHabits, ForecastLog
from desk.models.site import Service, Site
from desk.models.ticket import Ticket
from desk.queue import overrides, present, promises, reads
from desk.queue.overrides import HardlyToday
from desk.queue.roster import Line
from desk.queue.types import Band, Priority, Promise

both_engines = pytest.mark.usefixtures("both_engines")

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00+03:00")


@pytest.fixture
def days_before(request: pytest.FixtureRequest) -> tuple[tuple[Any, ...], ...]:
    return ((5, 5, 110),) if "known" in request.fixturenames else ()


@pytest.fixture
def known(ctx: Context, clock: SetClock) -> Iterator[Context]:
    """The desk at nine, after five simulated days; the two counters of vergi are open."""
    clock.set(TUESDAY)
    present.forget()
    for number in (4, 5):
        counter.open_counter(ctx, number)
    yield ctx


def promise(ctx: Context, code: str = "vergi", priority: bool = False) -> Promise:
    with ctx.db.read() as session:
        service_id: UUID = session.execute(select(Service.id).where(Service.code == code)).scalar_one()
    return ctx.read(promises.promise, service_id, priority)


def start_serving(ctx: Context, *counters: int) -> None:
    for number in counters:
        counter.start(ctx, call(ctx, number).ticket_id)


def set_site(ctx: Context, **values: Any) -> None:

    with ctx.work(Right.REPORT) as work:
        settings = work.session.execute(select(Site.settings)).scalar_one()
        work.session.execute(update(Site).values(settings=settings | values))
        work.change(Kind.SETTINGS_CHANGED)


def kept(ctx: Context) -> list[ForecastLog]:
    with ctx.db.read() as session:
        return list(session.execute(select(ForecastLog).where(ForecastLog.day == TUESDAY.date())).scalars())


# --- little is known ---


@both_engines
def test_an_empty_site_promises_nothing_and_shows_every_service(ctx: Context) -> None:
    for code in ("vergi", "imar", "evlendirme"):
        assert promise(ctx, code) == Promise(0) and promise(ctx, code, priority=True) == Promise(0)
    assert all(one.forecast is None and not one.hardly_today for one in ctx.read(promises.queues))
    visit(ctx)
    assert promise(ctx).ahead == 1 and promise(ctx).band is None


def test_at_a_free_counter_nobody_waits_even_on_the_first_day(ctx: Context) -> None:
    counter.open_counter(ctx, 4)
    assert promise(ctx).band == Band(0, 0)
    assert promise(ctx, "imar").band is None


def test_on_its_first_day_a_site_promises_once_thirty_were_served(ctx: Context, clock: SetClock) -> None:
    clock.set(TUESDAY)
    counter.open_counter(ctx, 4)
    for _ in range(30):
        visit(ctx)
        clock.advance(seconds=20)
        start_serving(ctx, 4)
        before = promise(ctx)
        clock.advance(minutes=2)
        counter.finish(ctx, ctx.read(current_at, 4))
    visit(ctx)
    clock.advance(minutes=1)
    start_serving(ctx, 4)
    assert before.band is None and promise(ctx).band is not None


def current_at(session: Session, scope: Scope, number: int) -> UUID:
    found = reads.counter_panel(session, scope, number).current
    assert found is not None
    return found.ticket_id


# --- a site with days behind it ---


@both_engines
def test_a_number_is_promised_a_band_that_is_kept_with_it_and_judged_later(known: Context, clock: SetClock) -> None:
    for _ in range(6):
        visit(known)
    start_serving(known, 4, 5)
    told = promise(known)
    assert told.ahead == 4 and told.band is not None and 1 <= told.band.low <= told.band.high <= 90
    already = len(kept(known))
    taken = visit(known).tickets[0]
    assert taken.ahead == 4 and taken.forecast == told.band
    mine = next(row for row in kept(known) if row.ticket_id == taken.id)
    assert len(kept(known)) == already + 1
    assert told.forecast is not None and mine.median == pytest.approx(told.forecast.median)
    assert (mine.waiting, mine.counters_open, mine.rule, mine.rule_version) == (4, 2, "head_start", 1)
    for number in (4, 5):
        counter.finish(known, known.read(current_at, number))
    clock.advance(minutes=3)
    start_serving(known, 4, 5)
    card = roster.score(known, 1)
    assert card.total is not None and card.first == card.last == TUESDAY.date()


def test_whoever_has_priority_is_promised_less(known: Context) -> None:
    for _ in range(12):
        visit(known)
    start_serving(known, 4, 5)
    first, other = promise(known, priority=True), promise(known)
    assert first.ahead == 0 and other.ahead == 10
    assert first.forecast is not None and other.forecast is not None
    assert first.forecast.median < other.forecast.median


@both_engines
def test_what_was_learned_is_kept_once_for_all_terminals(known: Context, clock: SetClock) -> None:
    visit(known)
    visit(known)
    assert rows(known, ForecastHabits) == 1
    clock.advance(minutes=2)  # the day's records so far are read anew when nobody asked for so long
    before = promise(known)
    present.forget()  # as another terminal would begin
    assert promise(known) == before


def test_board_and_press_of_the_same_moment_stand_on_one_snapshot_and_a_change_makes_a_new_one(known: Context) -> None:
    for _ in range(6):
        visit(known)
    start_serving(known, 4, 5)
    assert promise(known) == promise(known)
    assert known.read(promises.queues) == known.read(promises.queues)
    assert promise(known).ahead == 4
    visit(known)
    assert promise(known).ahead == 5


@both_engines
def test_across_lunch_the_clock_is_told(known: Context, clock: SetClock) -> None:
    clock.set(TUESDAY.replace(hour=11, minute=40))
    for _ in range(14):
        visit(known)
    start_serving(known, 4, 5)
    told = promise(known)
    assert told.band is None and told.window is not None
    assert told.window.pause == (time(12), time(13))
    tile = next(one for one in known.read(promises.queues) if one.service.code == "vergi")
    assert tile.forecast is None and tile.window is not None and tile.busy


def test_whoever_would_hardly_be_served_before_they_go_home_is_told_so(known: Context, clock: SetClock) -> None:
    clock.set(TUESDAY.replace(hour=16, minute=50))
    counter.open_counter(known, 7)
    for _ in range(12):
        visit(known, "imar", override_reason="Sınama")
    start_serving(known, 7)
    assert promise(known, "imar").hardly_today
    before = rows(known, Ticket)
    with pytest.raises(HardlyToday):
        visit(known, "imar")
    assert rows(known, Ticket) == before
    given = visit(known, "imar", override_reason="Uzaktan geldi").tickets[0]
    kept = next(one for one in known.read(overrides.of_day) if one.number == given.number)
    assert (kept.limit, kept.reason) == (overrides.Limit.UNLIKELY, "Uzaktan geldi")
    set_site(known, hardly_today_share=1.0)
    assert not promise(known, "imar").hardly_today


def test_an_open_counter_that_lets_people_wait_counts_as_away(known: Context, clock: SetClock) -> None:
    counter.close_counter(known, 5)
    clock.advance(minutes=20)
    assert promise(known).band == Band(0, 0)  # nobody waits: the clerk may well sit there
    visit(known)
    clock.advance(minutes=3)
    told = promise(known)
    assert told.ahead == 1 and told.forecast is not None
    clerk_is_there = told.forecast.median
    clock.advance(minutes=20)
    later = promise(known)
    assert later.forecast is None or later.forecast.median > 0
    assert clerk_is_there > 1


# --- rosters ---


@both_engines
def test_a_roster_edit_takes_effect_at_once(known: Context) -> None:
    counter.close_counter(known, 4)
    counter.close_counter(known, 5)
    for number in (4, 5):
        roster.write_week(known, number, range(5), [Line(480, 1020, (720, 780))])
    visit(known)
    assert not promise(known).hardly_today
    for number in (4, 5):
        roster.write_day(known, number, TUESDAY.date(), [])
    assert promise(known).hardly_today
    roster.clear_day(known, 4, TUESDAY.date())
    assert not promise(known).hardly_today


def test_counters_that_go_home_at_noon_serve_nobody_after_it(known: Context) -> None:
    for number in (4, 5):
        roster.write_week(known, number, range(5), [Line(480, 600)])
    for _ in range(40):
        visit(known, override_reason="Sınama")
    start_serving(known, 4, 5)
    assert promise(known).hardly_today
    roster.write_week(known, 4, range(5), [Line(480, 1020)])
    assert not promise(known).hardly_today


def test_without_a_roster_counters_are_expected_as_they_usually_are(known: Context, clock: SetClock) -> None:
    """At eight nothing is open yet: the counters come at about eight, as on the days before."""
    counter.close_counter(known, 4)
    counter.close_counter(known, 5)
    clock.set(TUESDAY + timedelta(days=1, minutes=-70))  # 07.50 on Wednesday
    present.forget()
    told = promise(known)
    assert told.forecast is not None and 5 <= told.forecast.median <= 30
    assert told.window is not None  # before the doors open the clock is told


@both_engines
def test_what_moves_slowly_is_read_beside_the_presses(
    ctx: Context, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(ctx)
    read, readers = present._read_slow, []
    monkeypatch.setattr(present, "_read_slow", lambda *a: (readers.append(current_thread().name), read(*a))[1])
    for seconds in (50, 20, 30):  # read 50, 70 and 30 seconds ago
        clock.advance(seconds=seconds)
        visit(ctx)
        ctx.db.beside.stop()
    assert readers == ["beside"]
    clock.advance(seconds=130)
    visit(ctx)
    assert readers == ["beside", current_thread().name]  # nobody asked for so long


# --- rules ---


@pytest.mark.parametrize("name", ["strict", "interleave", "accumulating"])
def test_the_forecast_follows_whatever_rule_the_site_chose(known: Context, clock: SetClock, name: str) -> None:
    set_site(known, calling_rule=name)
    for _ in range(8):
        visit(known)
    clock.advance(minutes=40)
    for _ in range(3):
        visit(known, priority=Priority.AGE)
    start_serving(known, 4, 5)
    normal, first = promise(known), promise(known, priority=True)
    assert normal.forecast is not None and first.forecast is not None
    assert normal.forecast.rule == name and normal.forecast.median > first.forecast.median

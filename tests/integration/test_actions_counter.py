"""At a counter: who is called and why, what each key does, and who was first when two windows act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from acting import assert_whole, call, current, number, serve, state, visit
from sqlalchemy import func, select, update

from desk.actions import counter, desk, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.site import CounterPeriod, Site
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.queue import reads
from desk.queue.types import CallReason, Priority, TicketState
from desk.registry.types import AssistanceKind

pytestmark = pytest.mark.usefixtures("both_engines")


# --- who is next ----------------------------------------------------------------------------------------------------
def test_who_came_first_is_called_first(ctx: Context, clock: SetClock) -> None:
    for _ in range(3):
        visit(ctx)
        clock.advance(minutes=1)
    assert [serve(ctx, 4).number, serve(ctx, 5).number, serve(ctx, 4).number] == ["V 001", "V 002", "V 003"]
    assert counter.call_next(ctx, 4) is None


def test_a_priority_number_counts_as_thirty_minutes_earlier_and_the_reason_says_so(
    ctx: Context, clock: SetClock
) -> None:
    visit(ctx)
    clock.advance(minutes=20)
    visit(ctx)
    clock.advance(minutes=1)
    visit(ctx, priority=Priority.AGE)  # V 003 counts from 10.33, before both
    clock.advance(minutes=9)
    assert [up.number for up in ctx.read(reads.counter_panel, 4).next] == ["V 003", "V 001", "V 002"]
    first = serve(ctx, 4)
    assert first.number == "V 003"
    assert first.reason == CallReason("head_start", 1, 9, 30, "V 001", 30, 0, priority=True)
    second = serve(ctx, 4)
    assert (second.number, second.reason.runner_up, second.reason.runner_up_waited) == ("V 001", "V 002", 10)
    assert serve(ctx, 4).reason == CallReason("head_start", 1, 10, 0)


def test_nobody_is_overtaken_by_a_priority_that_came_half_an_hour_later(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(minutes=30, seconds=1)
    visit(ctx, priority=Priority.DISABLED)
    assert [serve(ctx, 4).number, serve(ctx, 4).number] == ["V 001", "V 002"]


def test_a_site_may_choose_another_head_start(ctx: Context, clock: SetClock) -> None:
    with ctx.db.write() as session:
        session.execute(update(Site).values(settings={"head_start_minutes": 5}))
    visit(ctx)
    clock.advance(minutes=6)
    visit(ctx, priority=Priority.AGE)
    assert call(ctx, 4).number == "V 001"


def test_a_counter_calls_only_for_its_own_services(ctx: Context) -> None:
    visit(ctx, "imar")
    visit(ctx, "talep")
    visit(ctx, "danisma")
    assert counter.call_next(ctx, 4) is None
    assert [serve(ctx, 1).number, serve(ctx, 2).number] == ["T 001", "A 001"]
    assert serve(ctx, 7).number == "R 001"


def test_an_unknown_counter_is_named(ctx: Context) -> None:
    with pytest.raises(UserError, match="Böyle bir banko yok: 99"):
        counter.call_next(ctx, 99)


def test_what_the_counter_learns_of_its_visitor(ctx: Context, clock: SetClock) -> None:
    visit(ctx, persons=3, priority=Priority.AGE, assistance=AssistanceKind.SIGN)
    clock.advance(minutes=7, seconds=30)
    at = call(ctx, 4)
    assert (at.number, at.persons, at.priority, at.help_needed, at.recalls) == ("V 001", 3, True, "sign", 1)
    assert (at.waited_seconds, at.state, at.started_at) == (450, TicketState.CALLED, None)


# --- the keys -------------------------------------------------------------------------------------------------------
def test_a_number_from_call_to_finish(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(minutes=5)
    at = call(ctx, 4)
    clock.advance(seconds=40)
    counter.recall(ctx, at.ticket_id)
    assert current(ctx, 4).recalls == 2
    clock.advance(seconds=20)
    counter.start(ctx, at.ticket_id)
    clock.advance(minutes=6)
    counter.finish(ctx, at.ticket_id)
    panel = ctx.read(reads.counter_panel, 4)
    assert (panel.current, panel.served_today, panel.open) == (None, 1, True)
    sheet = shift.sheet(ctx)
    assert (sheet.wait_mean, sheet.serve_mean) == (300, 360)
    assert [c.number for c in ctx.read(reads.hall_board).calls] == ["V 001"]
    assert periods(ctx, at.ticket_id) == [("waiting", 300), ("called", 60), ("serving", 360)]
    assert_whole(ctx)


def test_a_counter_finishes_one_number_before_it_calls_another(ctx: Context) -> None:
    visit(ctx, numbers=2, persons=2)
    at = call(ctx, 4)
    for _ in range(2):  # while called, and while served
        with pytest.raises(UserError, match="Önce V 001 numarasının işlemini tamamlayınız"):
            counter.call_next(ctx, 4)
        with pytest.raises(UserError, match="Önce V 001"):
            counter.close_counter(ctx, 4)
        if state(ctx, at.ticket_id) == "called":
            counter.start(ctx, at.ticket_id)
    counter.finish(ctx, at.ticket_id)
    assert call(ctx, 4).number == "V 002"


def test_nobody_is_a_no_show_after_one_call_nor_before_time_to_walk(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    at = call(ctx, 4)
    with pytest.raises(UserError, match="en az 2 kez çağırınız"):
        counter.no_show(ctx, at.ticket_id)
    clock.advance(seconds=30)
    counter.recall(ctx, at.ticket_id)
    assert (current(ctx, 4).calls_missing, current(ctx, 4).no_show_from) == (0, clock.now() + timedelta(seconds=20))
    clock.advance(seconds=7, milliseconds=500)
    with pytest.raises(UserError, match="13 sn daha bekleyiniz"):
        counter.no_show(ctx, at.ticket_id)
    clock.advance(seconds=12, milliseconds=500)
    counter.no_show(ctx, at.ticket_id)
    assert state(ctx, at.ticket_id) == "no_show" and current(ctx, 4) is None
    assert shift.sheet(ctx).no_shows == 1
    assert_whole(ctx)


def test_a_clock_that_was_set_back_an_hour_makes_nobody_wait_an_hour_for_a_no_show(
    ctx: Context, clock: SetClock
) -> None:
    visit(ctx)
    at = call(ctx, 4)
    counter.recall(ctx, at.ticket_id)
    clock.advance(hours=-1)
    counter.no_show(ctx, at.ticket_id)
    assert state(ctx, at.ticket_id) == "no_show"


def test_a_visitor_put_on_hold_comes_back_to_the_same_counter(ctx: Context, clock: SetClock) -> None:
    visit(ctx, numbers=2, persons=2)
    first = call(ctx, 4)
    counter.start(ctx, first.ticket_id)
    clock.advance(minutes=2)
    counter.hold(ctx, first.ticket_id)
    assert [up.number for up in ctx.read(reads.counter_panel, 4).on_hold] == ["V 001"]
    clock.advance(minutes=10)
    second = call(ctx, 4)
    with pytest.raises(UserError, match="Önce V 002"):
        counter.resume(ctx, first.ticket_id)
    counter.start(ctx, second.ticket_id)
    counter.finish(ctx, second.ticket_id)
    counter.resume(ctx, first.ticket_id)
    clock.advance(minutes=3)
    counter.finish(ctx, first.ticket_id)
    assert periods(ctx, first.ticket_id) == [
        ("waiting", 0), ("called", 0), ("serving", 120), ("on_hold", 600), ("serving", 180),
    ]  # fmt: skip
    sheet = shift.sheet(ctx)
    assert sheet.serve_mean == 150  # of 300 and 0 seconds: the pause does not count
    assert_whole(ctx)


def test_a_visitor_sent_on_keeps_number_and_place(ctx: Context, clock: SetClock) -> None:
    visit(ctx, "vergi")
    clock.advance(minutes=5)
    visit(ctx, "imar")
    at = call(ctx, 4)
    counter.start(ctx, at.ticket_id)
    clock.advance(minutes=2)
    counter.transfer(ctx, at.ticket_id, "imar")
    assert current(ctx, 4) is None
    again = call(ctx, 7)
    assert (again.number, again.recalls) == ("V 001", 1)
    assert again.waited_seconds == 300  # until the first call: it is not counted twice
    counter.start(ctx, again.ticket_id)
    clock.advance(minutes=3)
    counter.finish(ctx, again.ticket_id)
    sheet = shift.sheet(ctx)
    lines = {line.letter: line for line in sheet.services}
    assert (lines["V"].tickets, lines["V"].served, lines["R"].served) == (1, 0, 1)
    assert sheet.serve_mean == 300
    with pytest.raises(UserError, match="Böyle bir hizmet yok: yok"):
        counter.transfer(ctx, call(ctx, 7).ticket_id, "yok")
    assert_whole(ctx)


def test_every_call_is_kept_with_its_rule(ctx: Context) -> None:
    visit(ctx)
    at = call(ctx, 4)
    counter.recall(ctx, at.ticket_id)
    with ctx.db.read() as session:
        calls = session.execute(select(TicketCall).order_by(TicketCall.recall)).scalars().all()
    assert [(c.recall, c.rule, c.rule_version) for c in calls] == [(1, "head_start", 1), (2, "recall", 1)]


# --- the counter itself ---------------------------------------------------------------------------------------------
def test_opening_and_closing_makes_the_roster(ctx: Context, clock: SetClock) -> None:
    counter.open_counter(ctx, 4)
    counter.open_counter(ctx, 4)
    clock.advance(hours=1)
    counter.close_counter(ctx, 4)
    clock.advance(minutes=15)
    visit(ctx)
    assert call(ctx, 4).number == "V 001"  # calling opens
    with ctx.db.read() as session:
        made = session.execute(select(CounterPeriod).order_by(CounterPeriod.started_at)).scalars().all()
    assert [p.ended_at and p.ended_at - p.started_at for p in made] == [timedelta(hours=1), None]
    states = {c.number: c.state for c in ctx.read(reads.counters)}
    assert (states[4], states[5]) == ("called", "closed")


# --- two windows ----------------------------------------------------------------------------------------------------
def test_whoever_comes_second_is_told_who_was_first(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    at = call(ctx, 4)
    counter.start(ctx, at.ticket_id)
    clock.advance(minutes=3)
    counter.finish(ctx, at.ticket_id)
    for act in (counter.start, counter.finish, counter.recall, counter.hold, counter.resume):
        with pytest.raises(Stale, match=r"V 001 için önce Banko 4 işlem yaptı: Tamamlandı \(10\.42\)"):
            act(ctx, at.ticket_id)
    with pytest.raises(Stale, match="Tamamlandı"):
        counter.transfer(ctx, at.ticket_id, "imar")
    assert_whole(ctx)


def test_what_is_undone_can_no_longer_be_called_again(ctx: Context) -> None:
    done = visit(ctx)
    desk.undo_visit(ctx, done.visit.id)
    with pytest.raises(Stale, match=r"V 001 artık bu işleme uygun değil: İptal edildi\."):
        counter.start(ctx, done.tickets[0].id)


def test_a_number_that_never_was_is_not_found(ctx: Context) -> None:
    with pytest.raises(UserError, match="Bu sıra numarası bulunamadı"):
        counter.start(ctx, ctx.actor.site_id)


# --- the end of the day ---------------------------------------------------------------------------------------------
def test_closing_the_day_ends_who_waits_and_lets_a_served_one_finish(ctx: Context) -> None:
    visit(ctx, numbers=4, persons=4)
    served, held = call(ctx, 4), call(ctx, 5)
    counter.start(ctx, served.ticket_id)
    counter.hold(ctx, held.ticket_id)
    assert shift.close_day(ctx) == 3
    with ctx.db.read() as session:
        assert session.execute(select(func.count()).where(Ticket.state == "waiting")).scalar_one() == 0
    counter.finish(ctx, served.ticket_id)
    shift.reopen_day(ctx, "Elektrik geldi")
    sheet = shift.sheet(ctx)
    assert (sheet.expired, sheet.tickets_served, sheet.tickets_waiting) == (3, 1, 0)
    assert number(ctx) == "V 005"
    assert_whole(ctx)


def periods(ctx: Context, ticket_id: object) -> list[tuple[str, float]]:
    with ctx.db.read() as session:
        rows = session.execute(
            select(TicketPeriod).where(TicketPeriod.ticket_id == ticket_id).order_by(TicketPeriod.id)
        ).scalars()
        return [(row.kind, (row.ended_at - row.started_at).total_seconds()) for row in rows]

"""What somebody who takes a number now is told of the waiting: what must hold in every hall."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import fmean

import pytest
from forward_halls import (
    HABITS,
    NOW,
    PLAIN,
    SEEDS,
    TICKETS,
    busy_counters,
    equal_hall,
    snapshots,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.queue.forward import AT_ONCE, outlook, replications, waits
from desk.queue.rule import RULES, Rule
from desk.queue.snapshot import NEVER, CounterNow, Doing, Habits, Snapshot, TicketNow

ME = TicketNow(NOW, "A")
TIMES = 16


def alone(counter: CounterNow, *waiting: TicketNow, habits: Habits = PLAIN) -> Snapshot:
    return Snapshot(NOW, waiting, (counter,), habits)


def median(snapshot: Snapshot, person: TicketNow = ME, seed: int = 1) -> float:
    found = outlook(snapshot, person, Random(seed))
    assert found is not None
    return found.median


# --- no waiting ---


@given(snapshots(), st.booleans(), SEEDS)
def test_a_free_counter_with_nobody_to_call_means_no_waiting(hall: Snapshot, priority: bool, seed: int) -> None:
    free = CounterNow(frozenset("A"), Doing.IDLE, NOW - 30)
    others = tuple(ticket for ticket in hall.waiting if ticket.service != "A")
    hall = replace(hall, counters=(*hall.counters, free), waiting=others)
    assert outlook(hall, ME._replace(priority=priority), Random(seed)) == AT_ONCE


def test_a_free_counter_of_another_service_does_not_help() -> None:
    hall = equal_hall(1, 4)
    free = CounterNow(frozenset("B"), Doing.IDLE, NOW - 30)
    assert median(replace(hall, counters=(*hall.counters, free))) == median(hall) > 0


def test_a_counter_between_two_visitors_first_calls_those_before_me() -> None:
    between = CounterNow(frozenset("A"), Doing.IDLE, NOW - 0.2)
    assert median(alone(between, TicketNow(NOW - 10, "A"))) > 0


def test_a_free_counter_at_the_beginning_of_its_lunch_is_not_free() -> None:
    leaving = CounterNow(frozenset("A"), Doing.IDLE, NOW - 5, lunch=(NOW, NOW + 60))
    assert median(alone(leaving)) >= 60


# --- who stands before whom ---


@given(st.integers(1, 6), st.integers(0, 20), st.integers(0, 99), SEEDS)
@settings(max_examples=60)
def test_one_more_ahead_never_shortens_the_wait(counters: int, waiting: int, place: int, seed: int) -> None:
    hall = equal_hall(counters, waiting, place)
    longer = replace(hall, waiting=(*hall.waiting, TicketNow(NOW, "A")))
    before, after = waits(hall, ME, Random(seed), TIMES), waits(longer, ME, Random(seed), TIMES)
    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(snapshots(waiting=6), SEEDS)
@settings(max_examples=30)
def test_twenty_more_ahead_lengthen_it_in_any_hall(hall: Snapshot, seed: int) -> None:
    crowd = tuple(TicketNow(NOW - 40 - at, "A", True) for at in range(20))
    before = fmean(min(600.0, one) for one in waits(hall, ME, Random(seed), 40))
    crowded = replace(hall, waiting=hall.waiting + crowd)
    assert before <= fmean(min(600.0, one) for one in waits(crowded, ME, Random(seed), 40))


@given(snapshots(), SEEDS)
@settings(max_examples=150)
def test_priority_never_makes_the_call_later(hall: Snapshot, seed: int) -> None:
    without, with_it = (waits(hall, ME._replace(priority=p), Random(seed), TIMES) for p in (False, True))
    assert all(one <= other for one, other in zip(with_it, without, strict=True))


@given(snapshots(), SEEDS)
@settings(max_examples=60)
def test_without_a_head_start_priority_changes_nothing(hall: Snapshot, seed: int) -> None:
    hall = replace(hall, rule=Rule(head_start=0.0), priority_per_minute={})
    without, with_it = (waits(hall, ME._replace(priority=p), Random(seed), TIMES) for p in (False, True))
    assert with_it == without


@given(snapshots(), TICKETS, SEEDS)
@settings(max_examples=60)
def test_whoever_comes_after_me_without_priority_costs_me_nothing(hall: Snapshot, other: TicketNow, seed: int) -> None:
    me = TicketNow(NOW - 200, "A")
    later = replace(hall, waiting=(*hall.waiting, other._replace(arrived=NOW, priority=False, service="A")))
    assert waits(later, me, Random(seed), TIMES) == waits(hall, me, Random(seed), TIMES)


@pytest.mark.parametrize("waited", [0.0, 30.0])
def test_of_two_that_count_from_the_same_moment_the_first_to_come_is_first(waited: float) -> None:
    """Without a head start a priority ticket of this very minute; with it a normal one of half an hour ago."""
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A")
    other = TicketNow(NOW - waited, "A", priority=waited == 0)
    hall = replace(alone(counter, other), rule=Rule(head_start=waited))
    empty, behind = (waits(one, ME._replace(priority=waited > 0), Random(1), TIMES) for one in (alone(counter), hall))
    assert all(late > early for late, early in zip(behind, empty, strict=True))


def test_priority_that_is_still_to_come_lengthens_the_wait_of_others_only() -> None:
    quiet = equal_hall(2, 8)
    busy = replace(quiet, priority_per_minute={"A": 0.5})
    assert median(busy) > median(quiet)
    assert median(busy, ME._replace(priority=True)) == median(quiet, ME._replace(priority=True))


def test_the_head_start_is_counted_in_minutes_come_earlier() -> None:
    """One counter, one before me who came 29 or 31 minutes ago: priority passes the first, not the second."""
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A")
    me = ME._replace(priority=True)
    empty = waits(alone(counter), me, Random(1), TIMES)
    assert waits(alone(counter, TicketNow(NOW - 29, "A")), me, Random(1), TIMES) == empty
    behind = waits(alone(counter, TicketNow(NOW - 31, "A")), me, Random(1), TIMES)
    assert all(one > other for one, other in zip(behind, empty, strict=True))


def test_under_the_strict_rule_priority_passes_everybody() -> None:
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A")
    hall = alone(counter, TicketNow(NOW - 300, "A"))
    me, strict = ME._replace(priority=True), replace(hall, rule=Rule("strict"), priority_per_minute={"A": 0.01})
    assert waits(strict, me, Random(1), TIMES) == waits(alone(counter), me, Random(1), TIMES)
    assert median(strict) >= median(hall)


@given(snapshots(), st.sampled_from(sorted(set(RULES) - {"interleave"})), SEEDS)
@settings(max_examples=60)
def test_under_the_other_rules_priority_never_makes_the_call_later(hall: Snapshot, name: str, seed: int) -> None:
    """Taking turns is left out: where many have priority, the one who has none is called between them."""
    hall = replace(hall, rule=Rule(name), priority_per_minute={})
    without, with_it = (waits(hall, ME._replace(priority=p), Random(seed), TIMES) for p in (False, True))
    assert fmean(min(one, 1e4) for one in with_it) <= fmean(min(one, 1e4) for one in without) + 1e-9


def test_the_interleave_calls_one_of_the_others_after_two_priority_numbers() -> None:
    """One counter that has just called two priority numbers: it is my turn before the other four."""
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A", run=2)
    others = [TicketNow(NOW - 60 + place, "A", priority=True) for place in range(4)]
    taking_turns = replace(alone(counter, *others), rule=Rule("interleave", k=2))
    assert waits(taking_turns, ME, Random(1), TIMES) == waits(alone(counter), ME, Random(1), TIMES)
    other_counter = replace(taking_turns, counters=(replace(counter, run=0),))
    assert median(other_counter) > median(taking_turns)


def test_accumulating_time_lets_priority_pass_whoever_has_not_waited_three_times_as_long() -> None:
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A")
    me = TicketNow(NOW - 30, "A", priority=True)
    hall = replace(alone(counter, TicketNow(NOW - 60, "A")), rule=Rule("accumulating", ratio=3.0))
    assert waits(hall, me, Random(1), TIMES) == waits(alone(counter), me, Random(1), TIMES)


# --- counters ---


@given(snapshots(), SEEDS)
@settings(max_examples=60)
def test_the_same_seed_tells_the_same(hall: Snapshot, seed: int) -> None:
    assert outlook(hall, ME, Random(seed)) == outlook(hall, ME, Random(seed))


@given(snapshots(), busy_counters(), SEEDS)
@settings(max_examples=60)
def test_halls_that_share_no_counter_do_not_touch_each_other(hall: Snapshot, other: CounterNow, seed: int) -> None:
    stranger = replace(other, services=frozenset("X"), serving="B")
    apart = replace(
        hall,
        counters=(*hall.counters, stranger),
        waiting=(*hall.waiting, TicketNow(NOW - 50, "X"), TicketNow(NOW - 9, "X", True)),
    )
    assert waits(apart, ME, Random(seed), TIMES) == waits(hall, ME, Random(seed), TIMES)


def test_the_longer_somebody_is_served_the_longer_it_can_still_take() -> None:
    """Services vary so much that whoever has sat there for long will sit there for longer than a newcomer's rest."""
    habits = Habits({"A": (2.0,) * 50 + (30.0,) * 50})
    fresh, old = (CounterNow(frozenset("A"), Doing.BUSY, NOW - elapsed, serving="A") for elapsed in (0.0, 5.0))
    assert fmean(waits(alone(old, habits=habits), ME, Random(1), 100)) == 25.0
    assert 10 < fmean(waits(alone(fresh, habits=habits), ME, Random(1), 100)) < 22


def test_a_service_longer_than_any_before_still_ends() -> None:
    stuck = CounterNow(frozenset("A"), Doing.BUSY, NOW - 500, serving="A")
    assert 0 < median(alone(stuck)) < 500


def test_a_closed_counter_comes_back_by_the_roster() -> None:
    lunch = CounterNow(frozenset("A"), Doing.CLOSED, NOW - 20, opens=NOW + 40)
    found = waits(alone(lunch), ME, Random(1), 100)
    assert all(40 <= minutes <= 45 for minutes in found) and fmean(found) == pytest.approx(42.5, abs=0.5)


def test_the_longer_a_counter_is_overdue_the_surer_it_stays_closed() -> None:
    habits = replace(PLAIN, late=(*(1.0,) * 17, *(4.0,) * 2, NEVER))
    counter = CounterNow(frozenset("A"), Doing.CLOSED, NOW - 90, opens=NOW)
    assert median(alone(counter, habits=habits)) < NEVER
    assert median(alone(replace(counter, opens=NOW - 5), habits=habits)) == NEVER


def test_an_open_counter_that_lets_people_wait_two_minutes_is_away() -> None:
    waiting = TicketNow(NOW - 30, "A")
    habits = replace(PLAIN, breaks=(10.0,) * 20)
    here, away = (CounterNow(frozenset("A"), Doing.IDLE, NOW - silent) for silent in (1.0, 3.0))
    gained = [
        after - before
        for before, after in zip(
            *(waits(alone(counter, waiting, habits=habits), ME, Random(1), TIMES) for counter in (here, away)),
            strict=True,
        )
    ]
    assert gained == pytest.approx([7.0] * TIMES)


def test_a_counter_idle_for_long_is_there_when_the_first_visitor_has_just_come() -> None:
    idle = CounterNow(frozenset("A"), Doing.IDLE, NOW - 45)
    just_come = waits(alone(idle, TicketNow(NOW - 0.5, "A"), habits=HABITS), ME, Random(1), 100)
    assert sorted(just_come)[50] < 10


def test_lunch_of_the_only_counter_is_part_of_the_wait() -> None:
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A", lunch=(NOW + 1, NOW + 61))
    assert 61 <= median(alone(counter)) <= 70


@pytest.mark.parametrize(
    "counter",
    [
        CounterNow(frozenset("A"), Doing.CLOSED, NOW - 10),
        CounterNow(frozenset("A"), Doing.CLOSED, NOW - 70, opens=NOW - 61),
        CounterNow(frozenset("A"), Doing.BREAK, NOW - 61),
        CounterNow(frozenset("A"), Doing.BUSY, NOW - 3, serving="A", ends=NOW),
        CounterNow(frozenset("B"), Doing.IDLE, NOW - 3),
    ],
    ids=["not on the roster", "an hour overdue", "an hour on a break", "goes home now", "another service"],
)
def test_no_course_has_a_call_when_no_counter_comes_to_me_today(counter: CounterNow) -> None:
    found = outlook(alone(counter), ME, Random(1))
    assert found is not None and found.median == NEVER and found.missed == 1.0


def test_nothing_is_told_before_any_service_was_timed() -> None:
    hall = replace(equal_hall(2, 3), habits=Habits({}))
    assert outlook(hall, ME, Random(1)) is None
    free = CounterNow(frozenset("A"), Doing.IDLE, NOW - 30)
    assert outlook(replace(hall, waiting=(), counters=(free,)), ME, Random(1)) == AT_ONCE


def test_a_counter_that_goes_home_soon_serves_some_and_not_others() -> None:
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A", ends=NOW + 25)
    queue = [TicketNow(NOW - 10 + place, "A") for place in range(4)]
    found = outlook(alone(counter, *queue), ME, Random(1))
    assert found is not None and 0 < found.missed < 1


def test_a_service_without_durations_takes_those_of_all() -> None:
    hall = equal_hall(1, 5)
    new = replace(hall, waiting=tuple(ticket._replace(service="Z") for ticket in hall.waiting))
    new = replace(
        new, counters=tuple(replace(counter, services=frozenset("Z"), serving="Z") for counter in hall.counters)
    )
    assert 5 < median(new, TicketNow(NOW, "Z")) < 60


def test_an_appointment_still_to_come_waits_behind_whoever_counts_from_earlier() -> None:
    counter = CounterNow(frozenset("A"), Doing.BUSY, NOW, serving="A")
    early_bird = TicketNow(NOW + 20, "A")
    assert waits(alone(counter, early_bird), ME, Random(1), TIMES) == waits(alone(counter), ME, Random(1), TIMES)


# --- what it costs ---


def test_it_is_played_less_often_the_more_people_wait() -> None:
    assert [replications(waiting) for waiting in (0, 10, 45, 100, 400, 1000, 10_000)] == [100, 100, 30, 16, 16, 6, 3]

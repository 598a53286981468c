"""What some days of records teach: shifts, breaks, lateness, handovers; and how it is kept."""

from __future__ import annotations

import json
from random import Random

import pytest

from desk.queue import habits
from desk.queue.habits import Opened, Shift, from_data, learn, lunch_in, to_data, usual_shifts
from desk.queue.records import DayRows, Seen, Span, Stay, breaks_of, page, spans
from desk.queue.snapshot import NEVER

SHIFT = Shift(480, 1020, (720, 780))


def day(*times: tuple[float, float]) -> list[Opened]:
    return [Opened(1, begins, ends) for begins, ends in times]


def test_a_counter_is_expected_when_it_usually_was_open() -> None:
    days = [day((481, 722), (783, 1021)), day((479, 719), (781, 1019)), day((485, 720), (780, 1040))]
    assert usual_shifts(days) == {1: Shift(481, 1021, (720, 781))}
    assert usual_shifts([*days, [], [], [], [], []]) == {}  # three days of eight


def test_a_short_absence_at_noon_is_a_break_and_a_long_one_a_lunch() -> None:
    assert lunch_in([(700, 712), (722, 781)]) == (722, 781)
    assert lunch_in([(725, 740)]) is None and lunch_in([(600, 660)]) is None
    assert breaks_of(day((480, 700), (712, 722), (781, 1020))) == [(700, 712)]


def test_breaks_are_learned_per_minute_in_which_one_could_begin() -> None:
    found = page(1, DayRows(opened=day((480, 600), (610, 720), (780, 900), (912, 1020))), {1: SHIFT})
    assert sorted(found.breaks) == [10, 12] and found.open_minutes == 120 + 110 + 120


def test_lateness_is_counted_from_the_roster_and_whoever_does_not_come_never_does() -> None:
    rows = DayRows(opened=day((484, 721), (790, 1020)))
    assert page(1, rows, {1: SHIFT, 2: SHIFT}).late == [4, 10, NEVER]
    assert page(1, rows, {1: SHIFT, 2: SHIFT}, over=False).late == [4, 10]
    through = DayRows(opened=day((480, 1020)))
    assert page(1, through, {1: SHIFT}).late == [0]  # worked through lunch


def seen(arrived: float, called: float, ended: float, *, came: bool = True) -> Seen:
    return Seen("A", arrived, False, not came, (Span(1, "A", arrived, called, ended, came),))


def test_a_clerk_who_lets_people_wait_was_away_and_a_short_pause_is_a_handover() -> None:
    rows = DayRows(
        seen=[seen(480, 481, 490), seen(485, 490.5, 500), seen(486, 508, 510), seen(487, 511, 512, came=False)],
        opened=day((480, 1020)),
    )
    found = page(1, rows, {})
    assert found.handovers == pytest.approx([0.5, 1.0]) and found.breaks == [8]
    assert found.durations == [("A", 1, 9), ("A", 1, 9.5), ("A", 1, 2)]
    assert found.called[-1] == (24, True) and found.absent == [1]


def test_a_ticket_sent_on_was_served_twice() -> None:
    stays = [
        Stay("waiting", 0, 480, 490),
        Stay("called", 1, 490, 491),
        Stay("serving", 1, 491, 495),
        Stay("waiting", 0, 495, 500),
        Stay("called", 2, 500, 501),
        Stay("serving", 2, 501, 510),
    ]
    assert spans(stays, "A", "B", 480) == (Span(1, "A", 480, 490, 495, True), Span(2, "B", 495, 500, 510, True))


def test_what_was_learned_comes_back_as_it_was_kept() -> None:
    random = Random(1)
    rows = DayRows(opened=day((484, 721), (790, 1020)))
    at = 481.0
    for _ in range(40):
        ended = at + random.uniform(3, 9)
        rows.seen.append(seen(at - random.uniform(0, 20), at, ended, came=random.random() > 0.1))
        at = ended + random.uniform(0.1, 3)
    known = learn([page(1, rows, {1: SHIFT, 2: SHIFT})], {1: SHIFT}, 1.3)
    kept = json.loads(json.dumps(to_data(known), allow_nan=False))
    again = from_data(kept)
    assert to_data(again) == to_data(known)
    assert again.usual == {1: SHIFT} and again.k == 1.3 and again.habits.late[-1] == NEVER
    assert again.served == known.served and sum(again.served.values()) >= 30


def test_nothing_known_is_kept_too() -> None:
    empty = learn([])
    assert from_data(json.loads(json.dumps(to_data(empty)))) == empty
    assert empty.priority_per_minute(3, 600.0) == {} and empty.speed([("A", 1, 5.0)]) == 1.0
    assert habits.slot_of(-5) == 0 and habits.slot_of(2000) == 47

"""The simulated halls that the forecast is measured in."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import fmean

import pytest

from desk.bench.forecast import FIRST_COME, FULL, HEAD_START, Forecaster, Size, judge, live, reached, table
from desk.bench.hall import CLOSES, OPENS, Hall, draw_day, halls
from desk.bench.memory import Memory
from desk.bench.play import Floor, Ticket, play

SMALL = Size(halls=1, warm_from=15, test=1, rule=1, every_warm=30, every_test=10)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return halls(1, seed=7)[0]


def waits(tickets: list[Ticket]) -> list[float | None]:
    return [ticket.waited for ticket in tickets]


def test_the_same_days_come_again(hall: Hall) -> None:
    assert halls(1, seed=7)[0] == hall and draw_day(hall, 3) == draw_day(hall, 3)
    assert waits(play(hall, draw_day(hall, 3), HEAD_START)) == waits(play(hall, draw_day(hall, 3), HEAD_START))


def test_another_seed_makes_other_halls_and_another_number_another_day(hall: Hall) -> None:
    assert halls(1, seed=8)[0].services != hall.services
    assert draw_day(hall, 3).visitors != draw_day(hall, 4).visitors


@pytest.mark.parametrize("seed", range(3))
def test_halls_have_the_sizes_they_are_said_to_have(seed: int) -> None:
    found = halls(12, seed)
    assert {len(hall.counters) for hall in found} == {3, 4, 5, 6, 7, 8}
    for hall in found:
        codes = {service.code for service in hall.services}
        assert 3 <= len(codes) <= 6 and 150 <= hall.per_day <= 750
        assert codes == frozenset().union(*(counter.services for counter in hall.counters))
        assert all(0.6 <= service.variation <= 1.0 for service in hall.services)


def test_one_in_eight_has_priority_and_nobody_comes_before_the_doors_open() -> None:
    visitors = [one for hall in halls(3, 1) for number in range(10) for one in draw_day(hall, number).visitors]
    assert fmean(one.priority for one in visitors) == pytest.approx(0.12, abs=0.01)
    assert all(OPENS <= one.arrives < CLOSES for one in visitors)


def test_first_come_is_first_called_within_a_service(hall: Hall) -> None:
    """At one moment several may be called: the order of calls never runs against the order of arrival."""
    called = [ticket for ticket in play(hall, draw_day(hall, 2), FIRST_COME) if ticket.called is not None]
    for service in hall.services:
        own = [ticket.called for ticket in called if ticket.visitor.service == service.code]
        assert own == sorted(own, key=lambda moment: moment or 0.0)


def test_nobody_is_overtaken_by_whoever_came_more_than_the_head_start_later(hall: Hall) -> None:
    called = [ticket for ticket in play(hall, draw_day(hall, 0), HEAD_START) if ticket.called is not None]
    for one in called:
        for other in called:
            same = one.visitor.service == other.visitor.service
            if same and one.called is not None and other.called is not None and other.called < one.called:
                assert other.arrives <= one.arrives + 30.0


def test_being_watched_and_forecast_changes_nothing(hall: Hall) -> None:
    day, memory = draw_day(hall, 1), Memory(hall)
    memory.begin(0)
    play(hall, draw_day(hall, 0), HEAD_START, memory)
    memory.end()
    memory.begin(day.weekday)
    forecaster = Forecaster(memory, every=20, random=Random(1))
    assert waits(play(hall, day, HEAD_START, forecaster)) == waits(play(hall, day, HEAD_START))
    assert forecaster.asked


def test_the_memory_knows_only_what_was_recorded(hall: Hall) -> None:
    """Two days that differ only in what is still to come look the same at the sixtieth number."""
    day = draw_day(hall, 0)
    past, me, to_come = day.visitors[:60], day.visitors[60], day.visitors[61:]
    others = tuple(replace(one, minutes=one.minutes * 9, comes=False, patience=0.0) for one in to_come)
    another_day = replace(day, visitors=(*past, replace(me, minutes=99.0, comes=False), *others[::2]))
    found = []
    for version in (day, another_day):
        memory = Memory(hall)
        memory.begin(0)

        class Peek(Forecaster):
            def issued(self, floor: Floor, ticket: Ticket) -> None:
                if ticket.number == 60:
                    found.append(self.memory.snapshot(floor))
                self.memory.issued(floor, ticket)

        play(hall, version, HEAD_START, Peek(memory, 0, Random(1)))
    assert found[0] == found[1]


def test_the_bench_gives_every_figure_and_says_which_limits_are_kept(hall: Hall) -> None:
    figures = judge(live(hall, SMALL)) | {"forecast_ms": 1.0}
    keys = {"mae_ratio", "bias", "within5", "within10", "coverage", "width", "priority_ratio", "normal_p95_growth"}
    assert keys <= figures.keys()
    words = table(figures)
    assert ("ULAŞILMADI" not in words) is reached(figures)
    assert "Bir tahmin, 100 kişi beklerken" in words and FULL.test == 40


def test_a_limit_that_is_missed_is_said(hall: Hall) -> None:
    figures = judge(live(hall, SMALL)) | {"forecast_ms": 5.1}
    assert not reached(figures)
    assert [line for line in table(figures).splitlines() if "100 kişi" in line and line.endswith("ULAŞILMADI")]

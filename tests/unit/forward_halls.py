"""Halls to forecast in, drawn by hypothesis or fixed. Minutes of a day; 600 is ten o'clock."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from desk.queue.snapshot import CounterNow, Doing, Habits, Snapshot, TicketNow

NOW = 600.0
SERVICES = "ABCD"

_random = Random(11)
DURATIONS = {code: tuple(sorted(_random.lognormvariate(1.5, 0.7) for _ in range(60))) for code in SERVICES}
HABITS = Habits(
    durations=DURATIONS,
    breaks=tuple(sorted(_random.uniform(5, 20) for _ in range(40))),
    break_hazard=1 / 200,
    no_show=(0.03, 0.05, 0.1, 0.2),
    late=(0.5, 1.0, 2.0, 3.0, 8.0, float("inf")),
    sent_on=0.06,
    handover=0.3,
)
PLAIN = Habits(durations=DURATIONS)
"""Nobody stays away, goes on a break or is sent on."""

SKILLS = st.frozensets(st.sampled_from(SERVICES), min_size=1)
SEEDS = st.integers(0, 2**32 - 1)

TICKETS = st.builds(TicketNow, st.floats(NOW - 120, NOW), st.sampled_from(SERVICES), st.booleans())


@st.composite
def busy_counters(draw: st.DrawFn) -> CounterNow:
    services = draw(SKILLS)
    lunch_from = draw(st.floats(NOW, NOW + 240))
    return CounterNow(
        services,
        Doing.BUSY,
        draw(st.floats(NOW - 40, NOW)),
        serving=min(services),
        speed=draw(st.floats(0.6, 1.6)),
        lunch=draw(st.sampled_from((None, (lunch_from, lunch_from + 60)))),
        break_due=draw(st.booleans()),
    )


@st.composite
def away_counters(draw: st.DrawFn) -> CounterNow:
    doing = draw(st.sampled_from((Doing.BREAK, Doing.CLOSED)))
    opens = draw(st.floats(NOW - 90, NOW + 90))
    return CounterNow(draw(SKILLS), doing, draw(st.floats(NOW - 90, NOW)), opens=opens)


@st.composite
def snapshots(draw: st.DrawFn, waiting: int = 12) -> Snapshot:
    """A hall where service A is always served by one counter that is at work."""
    own = draw(busy_counters())
    counters = [
        replace(own, services=own.services | {"A"}),
        *draw(st.lists(busy_counters() | away_counters(), max_size=5)),
    ]
    return Snapshot(
        NOW,
        tuple(draw(st.lists(TICKETS, max_size=waiting))),
        tuple(counters),
        HABITS,
        priority_per_minute=dict.fromkeys(SERVICES, draw(st.floats(0, 0.1))),
        speed=draw(st.floats(0.8, 1.25)),
    )


def equal_hall(counters: int, waiting: int, seed: int = 3) -> Snapshot:
    """Counters that differ in nothing but how long they are busy, and everybody comes."""
    random = Random(seed)
    return Snapshot(
        NOW,
        tuple(TicketNow(NOW - random.uniform(0, 60), "A") for _ in range(waiting)),
        tuple(CounterNow(frozenset("A"), Doing.BUSY, NOW - random.uniform(0, 5), serving="A") for _ in range(counters)),
        PLAIN,
    )

"""How many come, when, with what, and how long it takes: the numbers behind a plausible day.

The shape is that of the study in the design's queue page: weekday and half-hour profile, a multiplier per day, bursts,
lognormal service times, 12 % öncelikli. Nothing here knows the database.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from uuid import UUID

from desk.actions.simulation.place import Hours
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Habit:
    """A service: its share of the numbers, minutes of service, and their coefficient of variation."""

    weight: float
    minutes: float
    cv: float

    def draw(self, chance: Random) -> float:
        """Seconds of one service: lognormal, between twenty seconds and an hour and a half."""
        spread = math.log(1 + self.cv**2)
        drawn = chance.lognormvariate(math.log(self.minutes * 60) - spread / 2, math.sqrt(spread))
        return min(max(drawn, 20.0), 5400.0)


HABITS = {
    "danisma": Habit(20, 4, 0.8),
    "talep": Habit(17, 8, 0.8),
    "evrak": Habit(14, 8, 0.7),
    "vergi": Habit(24, 7.5, 0.9),
    "sosyal": Habit(12, 11, 0.8),
    "imar": Habit(10, 12, 1.0),
    "evlendirme": Habit(5, 15, 0.6),
}
USUAL = Habit(10, 7, 0.8)
"""A service that another template names."""

TAX_MONTHS = {5: 1.6, 11: 1.6}
"""The two instalments of the property tax fall in May and November."""

PAPERS_LACK, SENT_ELSEWHERE = 8, 3
"""Of a hundred who are served: papers are missing, another unit is the right one."""

WEEKDAYS = (1.2, 1.05, 0.97, 0.93, 0.85, 0.6, 0.4)
DAY_SPREAD = 0.12

HALF_HOURS = {
    480: 0.6, 510: 0.9, 540: 1.2, 570: 1.5, 600: 1.6, 630: 1.5, 660: 1.3, 690: 1.0, 720: 0.3, 750: 0.35,
    780: 1.1, 810: 1.35, 840: 1.4, 870: 1.25, 900: 1.1, 930: 0.9, 960: 0.6, 990: 0.3,
}  # fmt: skip
"""Arrivals by the half-hour that begins at so many minutes after midnight."""
OTHER_HALF_HOUR = 0.5

BURST_SHARE = 0.06
"""Of a day's visitors, those of one burst: a bus has come, a payment is due."""


class Mix(Generic[T]):
    """Things that come with different weights; ``random.choices`` adds the weights up anew at every call."""

    def __init__(self, things: Iterable[T], weights: Iterable[float]) -> None:
        self._things = tuple(things)
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> T:
        return self._things[bisect(self._sums, chance.random() * self._sums[-1])]


LANGUAGES = Mix(("tr", "en", "ar", "ru", "de"), (93, 2, 3, 1, 1))
PERSONS = Mix((1, 2, 3, 4, 5), (72, 19, 5, 3, 1))
CLASSES = Mix((p for p in Priority if p is not Priority.DECLARED), (50, 15, 8, 22, 5))
HELP = Mix(AssistanceKind, (26, 30, 6, 6, 12, 20))

PRIORITY_SHARE = 0.12
DIRECTION_SHARE = 0.25
KIOSK_SHARE = 0.35
HELP_SHARE = {"desk": 0.13, "direction": 0.08, "kiosk": 0.05}
APPOINTMENT_SHARE = 0.04
UNDONE_SHARE = 0.006
NO_SHOW_SHARE = 0.04
TRANSFER_SHARE = 0.025
PRINTED_DIRECTIONS = 0.15
POSTED_PETITIONS = 0.035
"""Petitions that come by KEP, PTT and e-mail, as a share of the visits."""
HANDED_PETITIONS = 0.8
"""Of the numbers served for a petition, those that end in one registered."""

PATIENCE_MINUTES, PATIENCE_SPREAD = 80.0, 0.45
"""Median and log-deviation of how long somebody waits before they give up."""

FULLEST = 0.85
"""Of a counter's time, what its visitors may take. Beyond it a day of ten thousand would serve nobody: then services
get shorter, as if more clerks sat at each counter."""


def volume(chance: Random, day: date, visitors_per_day: int) -> int:
    """How many visits a day has: about ``visitors_per_day`` in the mean of a week."""
    week = sum(WEEKDAYS[:5]) / 5
    mean = visitors_per_day * WEEKDAYS[day.weekday()] / week
    mean *= chance.lognormvariate(-(DAY_SPREAD**2) / 2, DAY_SPREAD)
    return max(0, round(chance.gauss(mean, math.sqrt(mean))))


def arrivals(chance: Random, hours: Hours, count: int) -> list[float]:
    """When they come: minutes after midnight, ascending, within the opening hours."""
    halves = list(range(hours.opens - hours.opens % 30, hours.closes, 30))
    weights = [HALF_HOURS.get(half, OTHER_HALF_HOUR) for half in halves]
    found = [half + 30 * chance.random() for half in chance.choices(halves, weights, k=count)]
    for _ in range(chance.choice((0, 1, 1, 2))):
        at = chance.choices(halves, weights)[0] + 30 * chance.random()
        for place in chance.sample(range(count), round(BURST_SHARE * count)):
            found[place] = at + 10 * chance.random()
    last = hours.closes - 0.01
    return sorted(min(max(minute, hours.opens + 0.01), last) for minute in found)


def habits_of(day: date, codes: list[str]) -> dict[str, Habit]:
    """The services' habits on this day."""
    found = {code: HABITS.get(code, USUAL) for code in codes}
    if "vergi" in found and day.month in TAX_MONTHS:
        tax = found["vergi"]
        found["vergi"] = Habit(tax.weight * TAX_MONTHS[day.month], tax.minutes, tax.cv)
    return found


def patience(chance: Random) -> float:
    """Seconds somebody waits before they give up."""
    return chance.lognormvariate(math.log(PATIENCE_MINUTES * 60), PATIENCE_SPREAD)


def pace(habits: dict[str, Habit], counters: list[tuple[str, ...]], tickets: float, minutes: float) -> dict[str, float]:
    """What each service's time is multiplied by, so that ``tickets`` can be served in ``minutes`` of each counter."""
    whole = sum(habit.weight for habit in habits.values()) or 1.0
    shared = {code: max(1, sum(code in served for served in counters)) for code in habits}
    demand = {c: tickets * h.weight / whole * (h.minutes + 0.8) / shared[c] for c, h in habits.items()}
    found = dict.fromkeys(habits, 1.0)
    for served in counters:
        load = sum(demand[code] for code in served)
        if load > FULLEST * minutes:
            for code in served:
                found[code] = min(found[code], FULLEST * minutes / load)
    return found


def outcome(ticket_id: UUID) -> str:
    """How service ended (``queue.reasons.OUTCOMES``), by the random bits of the key: no chance is drawn for it."""
    place = ticket_id.int % 100
    if place < PAPERS_LACK:
        return "papers"
    return "elsewhere" if place < PAPERS_LACK + SENT_ELSEWHERE else "done"

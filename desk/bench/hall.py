"""Simulated halls and their days: who comes when, how long it takes, who is absent. Seeded: the same days come again.

Everything about a visitor and a counter's day is drawn before the day is played, so that two calling rules are
compared on the very same people. Minutes after midnight; durations are minutes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from random import Random

OPENS, CLOSES = 510.0, 990.0
"""08.30–16.30: the kiosk gives numbers."""

GOES_HOME = 1080.0
"""18.00: whoever waits by then expires. Until then those inside are served."""

SLOT = 30.0

PROFILE = (0.9, 1.25, 1.5, 1.6, 1.55, 1.45, 1.2, 0.7, 0.5, 0.75, 1.1, 1.2, 1.05, 0.85, 0.65, 0.45)
"""Arrivals by half-hour from 08.30, against their mean."""

WEEKDAYS = (1.18, 1.04, 0.95, 0.9, 0.98)

PRIORITY_SHARE = 0.12

LOAD = (0.55, 0.72)
"""Work that comes while the doors are open ÷ what the counters could do then (before breaks, bursts and transfers).

Set so that first come, first served gives about the waits of the study in queue.md (mean 12.7, P95 54 min): halls with
hardly any queue and halls that drown.
"""

SHORTEST = 1.5

BETWEEN = 0.7
"""Minutes that walking to the counter and handing over add to a service."""


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    minutes: float  # mean
    variation: float  # standard deviation ÷ mean
    share: float  # of all arrivals


@dataclass(frozen=True, slots=True)
class Counter:
    number: int
    services: frozenset[str]
    pace: float  # the clerk's durations against the mean
    lunch: tuple[float, float] | None
    ends: float  # by the roster


@dataclass(frozen=True, slots=True)
class Hall:
    name: str
    seed: int
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]
    per_day: float  # mean arrivals
    profile: tuple[float, ...]
    no_show: float  # share that does not come although it waited little


@dataclass(slots=True)
class Visitor:
    """One ticket. ``patience``: after so many minutes the visitor leaves, and ``tells`` or does not."""

    arrives: float
    service: str
    priority: bool
    minutes: float  # at a clerk of mean pace
    comes: bool
    absent_minutes: float  # what calling in vain takes
    patience: float
    tells: bool
    walk: float  # from the call to the counter
    handover: float  # what the clerk then needs before the next call
    transfer: tuple[str, float] | None  # then to this other service, for so long


@dataclass(frozen=True, slots=True)
class Shift:
    """What really becomes of one counter's roster on one day."""

    planned: bool  # a known absence is not on the roster
    comes: bool
    opens: float
    lunch_late: float
    pause: tuple[float, float] | None  # begin and length
    announced: bool  # the break; else the clerk just goes
    leaves: float  # and does not come back


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    weekday: int
    visitors: tuple[Visitor, ...]  # by arrival
    shifts: tuple[Shift, ...]  # by counter
    seed: int


def halls(count: int, seed: int) -> tuple[Hall, ...]:
    """Halls of 3–8 counters and 3–6 services with 150–750 arrivals a day, small and large in turn."""
    return tuple(_hall(index, seed) for index in range(count))


def _hall(index: int, seed: int) -> Hall:
    random = Random(f"hall {seed}/{index}")
    size = 3 + (index * 5 + seed) % 6
    codes = "ABCDEF"[: random.randint(3, 6)]
    skills = _skills(random, size, codes)
    counters = tuple(_counter(random, number, skills) for number in range(size))
    per_day = max(150.0, min(750.0, size * random.uniform(48, 95)))
    hours = dict.fromkeys(codes, 0.0)
    for counter in counters:
        at_work = min(counter.ends, CLOSES) - OPENS - (counter.lunch[1] - counter.lunch[0] if counter.lunch else 0.0)
        for code in counter.services:
            hours[code] += at_work / len(counter.services) / counter.pace
    load = random.uniform(*LOAD)
    weights = {code: random.uniform(0.6, 1.6) for code in codes}
    total = sum(weights.values())
    services = []
    for code in codes:
        share = weights[code] / total
        # As many minutes as its counters can give: a queue that only grows would measure nothing.
        minutes = load * random.uniform(0.88, 1.08) * hours[code] / (per_day * share) - BETWEEN
        services.append(Service(code, max(SHORTEST, minutes), random.uniform(0.6, 1.0), share))
    profile = [height * random.uniform(0.85, 1.15) for height in PROFILE]
    scale = len(profile) / sum(profile)
    return Hall(
        f"{index + 1}: {size} banko, {len(codes)} hizmet",
        seed * 1000 + index,
        tuple(services),
        counters,
        per_day,
        tuple(height * scale for height in profile),
        random.uniform(0.02, 0.05),
    )


def _skills(random: Random, size: int, codes: str) -> list[frozenset[str]]:
    """Each service at one counter at least; most counters do two or three."""
    sets: list[set[str]] = [set() for _ in range(size)]
    for at, code in enumerate(random.sample(codes, len(codes))):
        sets[at % size].add(code)
    for skills in sets:
        for code in random.sample(codes, min(len(codes), random.choice((1, 2, 2, 3)))):
            if len(skills) < 3:
                skills.add(code)
    return [frozenset(skills) for skills in sets]


def _counter(random: Random, number: int, skills: list[frozenset[str]]) -> Counter:
    own = skills[number]
    others = frozenset[str]().union(*(other for at, other in enumerate(skills) if at != number))
    half_day = random.random() < 0.15 and own <= others
    begins = 720.0 if number % 2 == 0 else 780.0
    return Counter(
        number + 1,
        own,
        math.exp(random.gauss(0.0, 0.15)),
        None if half_day else (begins, begins + 60.0),
        780.0 if half_day else GOES_HOME,
    )


def draw_day(hall: Hall, number: int) -> Day:
    """The ``number``-th working day of a hall: 0 is a Monday."""
    random = Random(f"day {hall.seed}/{number}")
    weekday = number % 5
    crowd = WEEKDAYS[weekday] * math.exp(random.gauss(0.0, 0.15))
    speed = math.exp(random.gauss(0.0, 0.07))
    times = [at for slot in range(len(hall.profile)) for at in _slot(random, hall, slot, crowd)]
    for _ in range(random.choice((0, 1, 1, 2))):  # a bus, a wedding party, a deadline
        begin = random.uniform(OPENS + 30, CLOSES - 60)
        people = random.uniform(0.02, 0.06) * hall.per_day
        times += [begin + random.uniform(0, 10) for _ in range(round(people))]
    shares = list(accumulate(service.share for service in hall.services))
    visitors = tuple(_visitor(random, hall, shares, at, speed) for at in sorted(times))
    shifts = tuple(_shift(random, counter) for counter in hall.counters)
    return Day(number, weekday, visitors, shifts, random.getrandbits(32))


def _slot(random: Random, hall: Hall, slot: int, crowd: float) -> list[float]:
    """Poisson arrivals of one half-hour."""
    rate = crowd * hall.profile[slot] * hall.per_day / len(hall.profile) / SLOT
    begin = OPENS + slot * SLOT
    at, found = begin + random.expovariate(rate), []
    while at < begin + SLOT:
        found.append(at)
        at += random.expovariate(rate)
    return found


def _visitor(random: Random, hall: Hall, shares: list[float], at: float, speed: float) -> Visitor:
    service = random.choices(hall.services, cum_weights=shares)[0]
    to = random.choice(hall.services)
    sent_on = random.random() < 0.06 and to is not service
    return Visitor(
        arrives=at,
        service=service.code,
        priority=random.random() < PRIORITY_SHARE,
        minutes=_lasts(random, service) * speed,
        comes=random.random() >= hall.no_show,
        absent_minutes=random.uniform(0.5, 1.3),
        patience=random.lognormvariate(math.log(120.0), 0.8),
        tells=random.random() < 0.2,
        walk=random.uniform(0.15, 0.6),
        handover=min(2.0, random.expovariate(1 / 0.35)),
        transfer=(to.code, _lasts(random, to) * speed) if sent_on else None,
    )


def _lasts(random: Random, service: Service) -> float:
    """Lognormal with the service's mean and variation."""
    spread = math.log(1 + service.variation**2)
    return random.lognormvariate(math.log(service.minutes) - spread / 2, math.sqrt(spread))


def _shift(random: Random, counter: Counter) -> Shift:
    """One clerk in 25 is absent, half of them without warning; a few leave in the middle of the day."""
    absent, known = random.random() < 0.04, random.random() < 0.5
    begin = random.uniform(570, 690) if random.random() < 0.5 else random.uniform(840, 960)
    return Shift(
        planned=not (absent and known),
        comes=not absent,
        opens=OPENS + random.expovariate(1 / 3.0),
        lunch_late=random.expovariate(1 / 2.5),
        pause=(begin, random.lognormvariate(math.log(11.0), 0.4)) if random.random() < 0.85 else None,
        announced=random.random() < 0.7,
        leaves=random.uniform(600, 960) if random.random() < 0.015 else math.inf,
    )

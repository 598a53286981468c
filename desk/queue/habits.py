"""What some days of records teach the forecast, and what a roster looks like when nobody wrote one. All pure.

A ``Page`` holds the records of one day in minutes after midnight. The same pages are written by the simulated halls of
``desk bench forecast`` and read from the tables of a site, so that what is measured is what is used.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from statistics import fmean, median
from typing import Any, NamedTuple

from desk.queue import learned
from desk.queue.announce import FIRST_K
from desk.queue.snapshot import NEVER, NO_SHOW_MINUTES, Habits
from desk.values import dataclass

RECENT = 300
"""Durations kept per service: a few days of an ordinary one."""

HALF_HOUR = 30.0
HALF_HOURS = 48

LUNCH_HOURS = (660.0, 870.0)
"""11.00–14.30: a longer absence within it is a lunch."""

LUNCH_AT_LEAST, LUNCH_AT_MOST = 25.0, 120.0

USUALLY = 0.4
"""Of the days known, so many a counter must have been open to be expected on another one."""


class Shift(NamedTuple):
    """When somebody is to sit at a counter; minutes after midnight."""

    begins: float
    ends: float
    lunch: tuple[float, float] | None = None


class Opened(NamedTuple):
    """A time in which a counter was open. ``ends`` is ``NEVER`` while it still is."""

    counter: int
    begins: float
    ends: float


@dataclass(eq=False)
class Page:
    """The records of one day."""

    weekday: int
    called: list[tuple[float, bool]] = field(default_factory=list)  # minutes waited, nobody came
    durations: list[tuple[str, int, float]] = field(default_factory=list)  # service, counter, minutes
    absent: list[float] = field(default_factory=list)  # minutes that calling in vain took
    breaks: list[float] = field(default_factory=list)
    open_minutes: float = 0.0  # in which a break could have begun
    handovers: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)  # minutes after the roster's time; NEVER: not that day
    sent_on: int = 0
    arrivals: Counter[int] = field(default_factory=Counter)  # by half-hour
    priority: Counter[tuple[str, int]] = field(default_factory=Counter)  # by service and half-hour
    waits: list[tuple[str, int, float]] = field(default_factory=list)  # service, half-hour of issue, minutes


def slot_of(minute: float) -> int:
    """The half-hour of the day."""
    return min(HALF_HOURS - 1, max(0, int(minute // HALF_HOUR)))


@dataclass(frozen=True, slots=True)
class Learned:
    """What the pages of some days taught."""

    days: int
    habits: Habits
    mean: Mapping[str, float]  # minutes, by service
    served: Mapping[str, int]  # by service
    pace: Mapping[int, float]  # by counter: its durations against those of all
    arrivals: tuple[float, ...]  # a day's, by half-hour
    priority: Mapping[str, tuple[float, ...]]  # by service and half-hour: arrivals a minute
    usual: Mapping[int, Shift] = field(default_factory=dict)  # by counter, while nobody wrote a roster
    k: float = FIRST_K

    def arrivals_scale(self, issued: int, minute: float) -> float:
        """Today's arrivals so far against such a day's by this minute."""
        at = slot_of(minute)
        expected = sum(self.arrivals[:at]) + (minute / HALF_HOUR - at) * self.arrivals[at]
        return learned.arrivals_scale(issued, expected)

    def priority_per_minute(self, issued: int, minute: float) -> dict[str, float]:
        """Priority arrivals of the next half-hour, by service: of this half-hour and the one that follows."""
        scale, at = self.arrivals_scale(issued, minute), slot_of(minute)
        into, after = minute / HALF_HOUR - at, min(at + 1, HALF_HOURS - 1)
        return {c: scale * ((1 - into) * rate[at] + into * rate[after]) for c, rate in self.priority.items()}

    def speed(self, done: Iterable[tuple[str, int, float]]) -> float:
        """How much longer today's services (service, counter, minutes) took than the same at the same counters."""
        took, expected, services = 0.0, 0.0, 0
        for service, counter, minutes in done:
            if service in self.mean:
                took += minutes / self.pace.get(counter, 1.0)
                expected += self.mean[service]
                services += 1
        return learned.speed(took, expected, services, learned.HALL_WEIGHT)


def learn(pages: Sequence[Page], usual: Mapping[int, Shift] | None = None, k: float = FIRST_K) -> Learned:
    """What the pages, oldest first, teach together."""
    recent: dict[str, list[float]] = defaultdict(list)
    served: Counter[str] = Counter()
    for page in reversed(pages):
        for service, _, minutes in reversed(page.durations):
            served[service] += 1
            if len(recent[service]) < RECENT:
                recent[service].append(minutes)
    mean = {service: sum(took) / len(took) for service, took in recent.items()}
    handovers = [minutes for page in pages for minutes in page.handovers]
    breaks = sorted(minutes for page in pages for minutes in page.breaks)
    absent = [minutes for page in pages for minutes in page.absent]
    days = max(1, len(pages))
    habits = Habits(
        durations={service: tuple(sorted(took)) for service, took in recent.items()},
        breaks=tuple(breaks),
        break_hazard=learned.break_hazard(len(breaks), sum(page.open_minutes for page in pages)),
        no_show=learned.no_show_curve(one for page in pages for one in page.called),
        no_show_minutes=fmean(absent) if absent else NO_SHOW_MINUTES,
        late=tuple(sorted(minutes for page in pages for minutes in page.late)),
        sent_on=sum(page.sent_on for page in pages) / max(1, sum(len(page.durations) for page in pages)),
        handover=sum(handovers) / len(handovers) if handovers else 0.0,
    )
    return Learned(
        days=len(pages),
        habits=habits,
        mean=mean,
        served=dict(served),
        pace=_paces(pages, mean),
        arrivals=tuple(sum(page.arrivals[slot] for page in pages) / days for slot in range(HALF_HOURS)),
        priority=_priority(pages, days),
        usual=dict(usual or {}),
        k=k,
    )


def _paces(pages: Sequence[Page], mean: Mapping[str, float]) -> dict[int, float]:
    """Each counter's durations against the means of the services it did."""
    took: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for page in pages:
        for service, counter, minutes in page.durations:
            took[counter].append((minutes, mean[service]))
    return {
        counter: learned.speed(sum(m for m, _ in done), sum(e for _, e in done), len(done), learned.COUNTER_WEIGHT)
        for counter, done in took.items()
    }


def _priority(pages: Sequence[Page], days: int) -> dict[str, tuple[float, ...]]:
    total: Counter[tuple[str, int]] = Counter()
    for page in pages:
        total.update(page.priority)
    services = {service for service, _ in total}
    return {c: tuple(total[c, slot] / days / HALF_HOUR for slot in range(HALF_HOURS)) for c in sorted(services)}


# --- the usual shifts of counters nobody wrote a roster for


def usual_shifts(days: Sequence[Sequence[Opened]]) -> dict[int, Shift]:
    """When each counter usually opens, goes to lunch and closes; those that are seldom open are not expected."""
    by_counter: dict[int, list[list[Opened]]] = defaultdict(list)
    for opened in days:
        for number in {one.counter for one in opened}:
            by_counter[number].append(sorted(one for one in opened if one.counter == number))
    found = {}
    for number, open_days in sorted(by_counter.items()):
        ends = [times[-1].ends for times in open_days if times[-1].ends < NEVER]
        if len(open_days) >= USUALLY * len(days) and ends:
            found[number] = Shift(median(t[0].begins for t in open_days), median(ends), _usual_lunch(open_days))
    return found


def _usual_lunch(open_days: Sequence[Sequence[Opened]]) -> tuple[float, float] | None:
    lunches = [lunch for times in open_days if (lunch := lunch_in(gaps(times))) is not None]
    if 2 * len(lunches) < len(open_days):
        return None
    return median(begins for begins, _ in lunches), median(ends for _, ends in lunches)


def gaps(times: Sequence[Opened]) -> list[tuple[float, float]]:
    """When a counter was away between two times open."""
    return [(a.ends, b.begins) for a, b in pairwise(times) if b.begins > a.ends]


def lunch_in(away: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """The longest absence that is a lunch by its hour and length."""
    begins, ends = LUNCH_HOURS
    lunches = [(a, b) for a, b in away if begins <= a and b <= ends + 30 and LUNCH_AT_LEAST <= b - a <= LUNCH_AT_MOST]
    return max(lunches, key=lambda gap: gap[1] - gap[0], default=None)


# --- as one JSON value


def to_data(known: Learned) -> dict[str, Any]:
    """Numbers rounded to hundredths of a minute; ``from_data`` reads them back."""
    habits = known.habits
    late = [round(m, 2) for m in habits.late if m < math.inf]
    return {
        "days": known.days,
        "k": round(known.k, 4),
        "durations": {s: [round(m, 2) for m in took] for s, took in habits.durations.items()},
        "breaks": [round(m, 2) for m in habits.breaks],
        "break_hazard": habits.break_hazard,
        "no_show": [round(share, 5) for share in habits.no_show],
        "no_show_minutes": round(habits.no_show_minutes, 3),
        "late": late,
        "late_never": len(habits.late) - len(late),
        "sent_on": round(habits.sent_on, 5),
        "handover": round(habits.handover, 4),
        "mean": {s: round(m, 4) for s, m in known.mean.items()},
        "served": dict(known.served),
        "pace": {str(c): round(p, 4) for c, p in known.pace.items()},
        "arrivals": [round(n, 3) for n in known.arrivals],
        "priority": {s: [round(r, 5) for r in rates] for s, rates in known.priority.items()},
        "usual": {str(c): [s.begins, s.ends, list(s.lunch) if s.lunch else None] for c, s in known.usual.items()},
    }


def from_data(data: Mapping[str, Any]) -> Learned:
    """What ``to_data`` wrote. Raises KeyError for anything else."""
    return Learned(
        days=data["days"],
        habits=Habits(
            durations={s: tuple(took) for s, took in data["durations"].items()},
            breaks=tuple(data["breaks"]),
            break_hazard=data["break_hazard"],
            no_show=tuple(data["no_show"]),
            no_show_minutes=data["no_show_minutes"],
            late=(*data["late"], *[NEVER] * data["late_never"]),
            sent_on=data["sent_on"],
            handover=data["handover"],
        ),
        mean=data["mean"],
        served=data["served"],
        pace={int(c): p for c, p in data["pace"].items()},
        arrivals=tuple(data["arrivals"]),
        priority={s: tuple(rates) for s, rates in data["priority"].items()},
        usual={int(c): Shift(b, e, tuple(lunch) if lunch else None) for c, (b, e, lunch) in data["usual"].items()},
        k=data["k"],
    )

"""The waiting forecast: play the real calling rule forward from this moment, many times, and look when one is called.

Everything it knows comes in as a frozen ``Snapshot``. Nobody's future is read: a counter that serves is given a
remaining time drawn from what that service lately took; breaks and later priority arrivals come as often as they used
to. What it is worth is measured by ``desk bench forecast``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop, heapreplace
from itertools import accumulate
from random import Random
from typing import NamedTuple

from desk.queue.rule import Rule, counts_from, next_run, overtaken_for, priority_first
from desk.queue.snapshot import (
    AWAY_MINUTES,
    NEVER,
    NO_SHOW_BIN,
    SILENT_MINUTES,
    CounterNow,
    Doing,
    Habits,
    Snapshot,
    TicketNow,
)
from desk.values import dataclass

CROWD = 400
"""Waiting, beyond which a forecast that long needs no fine figures, and would cost as much as all others together."""

_FEW = 5  # samples longer than what has elapsed, below which their tail is guessed
_TAIL = 0.3  # mean remaining time of such a long service, as a share of what it took so far
_LAST_OF_A_BREAK = 5.0  # minutes, the same for a break that is longer than any known one
_FORESIGHT = 240.0  # minutes in which priority arrivals to come are played


@dataclass(frozen=True, slots=True)
class Outlook:
    """What playing forward gave: minutes until the call."""

    median: float  # ``NEVER``: in half of the courses or more no counter comes to it today
    sd: float
    replications: int
    missed: float = 0.0  # the share of the courses in which no counter comes to it today

    @property
    def at_once(self) -> bool:
        """A counter is free for this person now."""
        return self.replications == 0


AT_ONCE = Outlook(0.0, 0.0, 0)


def outlook(snapshot: Snapshot, person: TicketNow, random: Random, times: int | None = None) -> Outlook | None:
    """When ``person`` will be called; None when nothing can be said because no durations are known.

    ``times``: how often to play, instead of what ``replications`` finds right.
    """
    if called_at_once(snapshot, person):
        return AT_ONCE
    if not any(snapshot.habits.durations.values()):
        return None
    found = sorted(waits(snapshot, person, random, times or replications(len(snapshot.waiting))))
    half = len(found) // 2
    # With two halves the later one counts when it is never: half a chance is nothing to promise on.
    median = found[half] if len(found) % 2 or found[half] == NEVER else (found[half - 1] + found[half]) / 2
    finite = [minutes for minutes in found if minutes < NEVER]
    if not finite:
        return Outlook(NEVER, 0.0, len(found), 1.0)
    mean = sum(finite) / len(finite)
    spread = sum((minutes - mean) ** 2 for minutes in finite) / max(1, len(finite) - 1)
    return Outlook(median, math.sqrt(spread), len(found), 1 - len(finite) / len(found))


def replications(waiting: int) -> int:
    """How often to play: more often when it is quick, so that a forecast always costs about the same."""
    if waiting > CROWD:
        return max(3, 16 * CROWD // waiting)
    return min(100, max(16, 1500 // (waiting + 5)))


def called_at_once(snapshot: Snapshot, person: TicketNow) -> bool:
    """Whether an open counter has nothing to do but to call this person."""
    return any(
        counter.doing is Doing.IDLE
        and person.service in counter.services
        and _works(counter, snapshot.now)
        and not _calls(counter, snapshot.waiting)
        for counter in snapshot.counters
    )


def _works(counter: CounterNow, now: float) -> bool:
    return now < counter.ends and (counter.lunch is None or now < counter.lunch[0])


def _calls(counter: CounterNow, waiting: Sequence[TicketNow]) -> bool:
    return any(ticket.service in counter.services for ticket in waiting)


def waits(snapshot: Snapshot, person: TicketNow, random: Random, times: int) -> list[float]:
    """The minutes until ``person`` is called in each replication; ``NEVER`` where no counter comes to it today.

    The same state of ``random`` gives the same courses. All that does not depend on the course is drawn before it, per
    counter and per ticket in order of arrival, so that two forecasts of one moment differ only by what differs.
    """
    plan = _Plan(snapshot, person)
    counters, service, shown, coming = (Random(random.getrandbits(64)) for _ in range(4))
    courses = zip(
        _by_course([_free_times(seat, counters, times) for seat in plan.seats], times),
        _by_course([_break_begins(seat, snapshot.now, counters, times) for seat in plan.seats], times),
        _by_course([_break_lengths(seat, snapshot.habits, counters, times) for seat in plan.seats], times),
        _by_course([_lunch_ends(seat, snapshot.habits, counters, times) for seat in plan.seats], times),
        _by_course([_picked(samples, service, times) for samples in plan.drawn], times),
        _by_course([[shown.random() for _ in range(times)] for _ in plan.drawn], times),
        [plan.later(coming) for _ in range(times)],
        strict=True,
    )
    return [plan.until_called(*course) - snapshot.now for course in courses]


def _by_course(rows: list[list[float]], times: int) -> list[tuple[float, ...]]:
    """Rows of one value for each course become what each course needs."""
    return list(zip(*rows, strict=True)) if rows else [()] * times


def _picked(samples: tuple[float, ...], random: Random, times: int) -> list[float]:
    draw, count = random.random, len(samples)
    return [samples[int(draw() * count)] for _ in range(times)]


def _free_times(seat: _Seat, random: Random, times: int) -> list[float]:
    return [seat.base + seat.scale * value for value in _picked(seat.values, random, times)]


def _break_begins(seat: _Seat, now: float, random: Random, times: int) -> list[float]:
    if not seat.break_hazard:
        return [NEVER] * times
    return [now - math.log(1.0 - random.random()) / seat.break_hazard for _ in range(times)]


def _break_lengths(seat: _Seat, habits: Habits, random: Random, times: int) -> list[float]:
    return _picked(habits.breaks, random, times) if seat.break_hazard else [0.0] * times


def _lunch_ends(seat: _Seat, habits: Habits, random: Random, times: int) -> list[float]:
    if seat.lunch_from == NEVER:
        return [NEVER] * times
    return [seat.lunch_to + 2 * habits.late_minutes * random.random() for _ in range(times)]


_GRID = tuple((step + 0.5) / 20 for step in range(20))
_EVEN = _GRID
_FADING = tuple(-math.log(1 - share) for share in _GRID)
"""Values to draw from, as from samples, where there are none: evenly from 0 to 1, and exponentially with mean 1."""


class _Seat(NamedTuple):
    """One counter that may still call somebody: what does not change between replications.

    It is free for its next call at ``base + scale × one of values``.
    """

    group: int
    pace: float
    ends: float
    lunch_from: float
    lunch_to: float
    break_hazard: float
    run: int
    base: float
    scale: float
    values: tuple[float, ...]


class _Later(NamedTuple):
    """A priority arrival to come."""

    arrived: float
    service: str
    minutes: float
    comes: float


def _seat(counter: CounterNow, snapshot: Snapshot, group: int) -> _Seat:
    habits = snapshot.habits
    pace = counter.speed * snapshot.speed
    lunch_from, lunch_to = counter.lunch or (NEVER, NEVER)
    hazard = habits.break_hazard if counter.break_due and habits.breaks else 0.0
    free = _free(counter, snapshot, pace)
    return _Seat(group, pace, counter.ends, lunch_from, lunch_to, hazard, counter.run, *free)


def _free(counter: CounterNow, snapshot: Snapshot, pace: float) -> tuple[float, float, tuple[float, ...]]:
    """Base, scale and values of ``_Seat``: a remaining time drawn from those that took longer than this one so far."""
    now, habits = snapshot.now, snapshot.habits
    elapsed = now - counter.since
    if counter.doing is Doing.BUSY:
        samples = _durations(habits, counter.serving)
        longer = samples[bisect_right(samples, elapsed / pace) :]
        if len(longer) >= _FEW:
            return counter.since + habits.handover, pace, longer
        return now + habits.handover, elapsed * _TAIL, _FADING
    if counter.doing is Doing.BREAK:
        longer = habits.breaks[bisect_right(habits.breaks, elapsed) :]
        return (counter.since, 1.0, longer) if len(longer) >= _FEW else (now, _LAST_OF_A_BREAK, _FADING)
    if counter.doing is Doing.CLOSED:
        # Nobody is late by half an hour who comes at all: the longer it is overdue, the surer it stays closed.
        longer = habits.late[bisect_right(habits.late, now - counter.opens) :]
        return (counter.opens, 1.0, longer) if longer else (max(now, counter.opens), 2 * habits.late_minutes, _EVEN)
    return now, habits.handover, _EVEN


class _Plan:
    """A snapshot made ready to be played: only the counters and tickets that bear on this person.

    Tickets are numbers: those who wait in order of arrival, then the person (``me``), then ``nobody`` (who ends each
    list and never comes), then the priority arrivals of one replication. Counters of the same services are a group
    and share two lists, first come first: normal and priority.
    """

    def __init__(self, snapshot: Snapshot, person: TicketNow) -> None:
        self.snapshot = snapshot
        present = [counter for counter in snapshot.counters if not _gone(counter, snapshot.now)]
        services = _reach(person.service, present)
        waiting = [ticket for ticket in snapshot.waiting if ticket.service in services]
        # The person comes last among the equal: whoever waits already was first.
        tickets = [*sorted(waiting, key=lambda ticket: ticket.arrived), person]
        self.me, self.nobody = len(waiting), len(tickets)
        self.since = [*(min(ticket.arrived, snapshot.now) for ticket in tickets), NEVER]
        self.due = [*(_due(snapshot.rule, t.arrived, t.priority) for t in tickets), NEVER]
        self.durations = {service: _durations(snapshot.habits, service) for service in services}
        self.all_durations = [minutes for samples in self.durations.values() for minutes in samples]
        self.drawn = [self.durations[ticket.service] for ticket in tickets[:-1]]
        rates = {} if person.priority else snapshot.priority_per_minute  # nobody to come overtakes priority
        self.coming = sorted(service for service in services if rates.get(service, 0.0) > 0)
        self.coming_up_to = list(accumulate(rates[service] for service in self.coming))
        # Whoever comes later than this does not overtake.
        self.horizon = min(person.arrived + overtaken_for(snapshot.rule), snapshot.now + _FORESIGHT)
        present = [counter for counter in present if counter.services & services]
        self.groups = sorted({counter.services for counter in present}, key=sorted)
        self.normals = [[*self._waiting(tickets, group, False), self.nobody] for group in self.groups]
        self.priorities = [[*self._waiting(tickets, group, True), self.nobody] for group in self.groups]
        self.seats = [self._counter(counter, waiting) for counter in present]

    def _waiting(self, tickets: list[TicketNow], services: frozenset[str], priority: bool) -> list[int]:
        found = [i for i, t in enumerate(tickets) if t.priority is priority and t.service in services]
        # Somebody who waits may count from later than the person.
        return sorted(found, key=lambda ticket: (self.due[ticket], ticket))

    def _counter(self, counter: CounterNow, waiting: list[TicketNow]) -> _Seat:
        if counter.doing is Doing.IDLE:
            theirs = (ticket.arrived for ticket in waiting if ticket.service in counter.services)
            silent_from = max(counter.since, min(theirs, default=NEVER))
            if self.snapshot.now - silent_from > SILENT_MINUTES:
                counter = replace(counter, doing=Doing.BREAK, since=silent_from)
        return _seat(counter, self.snapshot, self.groups.index(counter.services))

    def later(self, random: Random) -> list[_Later]:
        """Priority arrivals to come that may overtake."""
        found: list[_Later] = []
        if not self.coming:
            return found
        draw, rates, rate = random.random, self.coming_up_to, self.coming_up_to[-1]
        at = self.snapshot.now - math.log(1.0 - draw()) / rate
        while at < self.horizon:
            service = self.coming[bisect_right(rates, draw() * rate)]
            samples = self.durations[service]
            found.append(_Later(at, service, samples[int(draw() * len(samples))], draw()))
            at -= math.log(1.0 - draw()) / rate
        return found

    def until_called(
        self,
        free: tuple[float, ...],
        begins: tuple[float, ...],
        lengths: tuple[float, ...],
        lunches: tuple[float, ...],
        minutes: tuple[float, ...],
        comes: tuple[float, ...],
        later: list[_Later],
    ) -> float:
        """The moment of the person's call in one course: the earliest free counter calls whom the rule puts first.

        By counter: when it is free first, when its break begins and how long it is, when it is back from lunch. By
        ticket: ``minutes`` of service, and ``comes``, 0–1: low for no-shows, high for those sent on.
        """
        habits, me, nobody, seats = self.snapshot.habits, self.me, self.nobody, self.seats
        since, due, normals, priorities = self.since, self.due, self.normals, self.priorities
        rule = self.snapshot.rule
        fixed, runs = _is_fixed(rule), [seat.run for seat in seats]
        heap = [(at, index) for index, at in enumerate(free)]
        heapify(heap)
        breaks = list(begins)
        normal_at, priority_at = [0] * len(normals), [0] * len(normals)
        taken = bytearray(len(since) + len(later))
        joined, next_joins = 0, later[0].arrived if later else NEVER
        leaves = [min(begin, seat.lunch_from) for begin, seat in zip(breaks, seats, strict=True)]
        shares, last_bin, per_bin = habits.no_show, len(habits.no_show) - 1, 1 / NO_SHOW_BIN
        no_show_minutes, handover, sent_on = habits.no_show_minutes, habits.handover, 1.0 - habits.sent_on
        # One loop without calls: it runs through a thousand times for a forecast that has five milliseconds.
        while heap:
            now, index = heap[0]
            group, pace, ends = seats[index][:3]
            if now >= ends:
                heappop(heap)
                continue
            if now >= leaves[index]:
                heapreplace(heap, (self._back(index, now, leaves, breaks, lengths, lunches), index))
                continue
            if now >= next_joins:
                if not joined:
                    # The plan's lists stay as they are for the other courses.
                    since, due, priorities = since[:], due[:], [tickets[:] for tickets in priorities]
                    minutes += (0.0, 0.0, *(one.minutes for one in later))
                    comes += (1.0, 1.0, *(one.comes for one in later))
                joined = self._join(later, joined, now, since, due, priorities)
                next_joins = later[joined].arrived if joined < len(later) else NEVER
            tickets, at = normals[group], normal_at[group]
            while taken[called := tickets[at]]:
                at += 1
            normal_at[group] = at
            tickets, at = priorities[group], priority_at[group]
            while taken[first := tickets[at]]:
                at += 1
            priority_at[group] = at
            if fixed:
                if due[first] < due[called] or (due[first] == due[called] and first < called):
                    called = first
            else:
                if first != nobody and (
                    called == nobody or priority_first(rule, due[called], due[first], now, runs[index])
                ):
                    called = first
                    runs[index] = next_run(runs[index], True)
                else:
                    runs[index] = 0
            if called == me:
                return now
            if called == nobody:
                # Nothing to do until somebody comes.
                if next_joins == NEVER:
                    heappop(heap)
                else:
                    heapreplace(heap, (next_joins, index))
                continue
            taken[called] = 1
            waited = int((now - since[called]) * per_bin)
            if comes[called] < shares[waited if waited < last_bin else last_bin]:
                heapreplace(heap, (now + no_show_minutes, index))
            elif comes[called] < sent_on:
                heapreplace(heap, (now + minutes[called] * pace + handover, index))
            else:
                # Sent on: the second service is done here, which keeps the work that stands before the person.
                # What of the chance lies beyond the share is a fresh chance.
                again = self.all_durations[int((comes[called] - sent_on) / (1 - sent_on) * len(self.all_durations))]
                heapreplace(heap, (now + (minutes[called] + again) * pace + 2 * handover, index))
        return NEVER

    def _back(
        self,
        index: int,
        now: float,
        leaves: list[float],
        breaks: list[float],
        lengths: tuple[float, ...],
        lunches: tuple[float, ...],
    ) -> float:
        """A counter goes to lunch or on its break: when it is back. Notes when it goes next."""
        seat, begin = self.seats[index], breaks[index]
        breaks[index] = NEVER
        if leaves[index] == begin:
            leaves[index] = seat.lunch_from if begin < seat.lunch_from else NEVER
            return now + lengths[index]
        breaks[index] = leaves[index] = begin if begin > seat.lunch_to else NEVER
        return max(now, lunches[index])

    def _join(
        self,
        later: list[_Later],
        joined: int,
        now: float,
        since: list[float],
        due: list[float],
        priorities: list[list[int]],
    ) -> int:
        """Whoever has come by now stands behind those of priority who wait; returns how many have come."""
        while joined < len(later) and later[joined].arrived <= now:
            one = later[joined]
            since.append(one.arrived)
            due.append(_due(self.snapshot.rule, one.arrived, True))
            joined += 1
            for services, tickets in zip(self.groups, priorities, strict=True):
                if one.service in services:
                    tickets.insert(-1, self.nobody + joined)
        return joined


def _is_fixed(rule: Rule) -> bool:
    """Whether who comes first of two tickets never changes: then one number per ticket says it for all."""
    return rule.name == "head_start"


def _due(rule: Rule, arrived: float, priority: bool) -> float:
    """What tickets of one class are ordered by; under a fixed rule also those of both."""
    return counts_from(arrived, priority, rule.head_start) if _is_fixed(rule) else arrived


def may_come_late(snapshot: Snapshot, service: str) -> bool:
    """Whether a counter of the service is only overdue or away: nobody knows then that it stays so."""
    now = snapshot.now
    return any(
        service in one.services
        and (
            (one.doing is Doing.CLOSED and one.opens < now)
            or (one.doing is Doing.BREAK and now - one.since > AWAY_MINUTES)
        )
        for one in snapshot.counters
    )


def _gone(counter: CounterNow, now: float) -> bool:
    """Whether it calls nobody any more today."""
    if now >= counter.ends:
        return True
    if counter.doing is Doing.CLOSED:
        return counter.opens == NEVER or now > counter.opens + AWAY_MINUTES
    return counter.doing is Doing.BREAK and now - counter.since > AWAY_MINUTES


def _reach(service: str, counters: list[CounterNow]) -> set[str]:
    """The services whose tickets compete for the same counters, directly or through others."""
    found = {service}
    grows = True
    while grows:
        grows = False
        for counter in counters:
            if counter.services & found and not counter.services <= found:
                found |= counter.services
                grows = True
    return found


def _durations(habits: Habits, service: str) -> tuple[float, ...]:
    """What the service takes; what all of them take while it has none of its own."""
    own = habits.durations.get(service)
    return own if own else tuple(sorted(minutes for every in habits.durations.values() for minutes in every))

"""What the waiting forecast knows: the queue and the counters at one moment, and the habits of the last days. Frozen.

Times are minutes on one axis (of the site's day, say), durations are minutes. No table is known here: the caller
brings it all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from desk.queue.rule import Rule
from desk.values import dataclass

NEVER = math.inf

SILENT_MINUTES = 2.0
"""An open counter that lets people wait this long without doing anything has nobody behind it."""

AWAY_MINUTES = 60.0
"""Whoever stays away longer than this beyond what was expected does not come back today."""

NO_SHOW_BIN = 20.0
"""Width in minutes of the bins of ``Habits.no_show``."""


NO_SHOW_MINUTES = 0.9
"""What calling somebody in vain takes, while nothing is known."""


class Doing(StrEnum):
    IDLE = "idle"
    BUSY = "busy"  # has called or serves somebody
    BREAK = "break"
    CLOSED = "closed"


class TicketNow(NamedTuple):
    """Somebody who waits. ``arrived`` is what the rule counts from (with an appointment the later of the two)."""

    arrived: float
    service: str
    priority: bool = False


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter at this moment and what its roster says of the rest of the day."""

    services: frozenset[str]
    doing: Doing
    since: float  # busy: its call; break or closed: the begin; idle: its last act
    serving: str = ""  # the service of the ticket at the counter
    speed: float = 1.0  # its durations against those of all, 1.2: a fifth longer
    opens: float = NEVER  # closed: when the roster has it open (again); never: not today
    ends: float = NEVER  # calls nobody from here on
    lunch: tuple[float, float] | None = None  # still to come
    break_due: bool = False  # may still take its break
    run: int = 0  # priority numbers it has called one after the other


@dataclass(frozen=True, slots=True)
class Habits:
    """What the last days taught. Durations are ascending minutes from the call to the end of service."""

    durations: Mapping[str, tuple[float, ...]]
    breaks: tuple[float, ...] = ()  # ascending lengths
    break_hazard: float = 0.0  # breaks begun per minute at an open counter that has not had its own
    no_show: tuple[float, ...] = (0.0,)  # share not coming, by bins of NO_SHOW_BIN minutes waited; the last goes on
    no_show_minutes: float = NO_SHOW_MINUTES  # what calling somebody who is not there takes
    late: tuple[float, ...] = ()  # ascending: minutes after the roster's time that counters opened; NEVER: not that day
    late_minutes: float = 2.5  # their mean, while none are known
    sent_on: float = 0.0  # share of those served who are sent to another service, before all who wait there
    handover: float = 0.0  # between one visitor and the call of the next


@dataclass(frozen=True, slots=True)
class Snapshot:
    now: float
    waiting: tuple[TicketNow, ...]
    counters: tuple[CounterNow, ...]
    habits: Habits
    rule: Rule = field(default_factory=Rule)
    priority_per_minute: Mapping[str, float] = field(default_factory=dict)  # coming arrivals, by service
    speed: float = 1.0  # the whole hall's durations today against the usual

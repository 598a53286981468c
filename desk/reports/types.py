"""What the counts pages and papers show. Persons, visits, numbers, contacts are distinct measures, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk.registry.types import SiteHeader


@dataclass(frozen=True, slots=True)
class Count:
    key: str
    name: str  # marked source string or a unit's or service's own name
    value: int


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service's day. Waits in seconds; None when nobody was called."""

    letter: str
    name: str
    unit: str
    by_hour: tuple[int, ...]  # visits, in the order of DaySheet.hours
    visits: int
    tickets: int
    served: int
    wait_mean: float | None
    wait_median: float | None
    wait_p90: float | None
    serve_mean: float | None
    unserved: int  # no-shows, left, expired


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The counts of one site's day. ``sum(by_hour of services and directions) == visits`` always holds."""

    header: SiteHeader
    day: date
    opens: str  # "08.00"
    closes: str
    hours: tuple[int, ...]  # local hours shown, e.g. (8, 9, …, 16)
    services: tuple[ServiceLine, ...]
    directions_by_hour: tuple[int, ...]  # visits where information was given and no number
    visits_by_hour: tuple[int, ...]
    weekday_mean_by_hour: tuple[float, ...]  # mean of the last four same weekdays; empty when there are none
    visits: int
    persons: int
    directions: int
    tickets_issued: int
    tickets_served: int
    tickets_waiting: int  # still waiting, called, served or on hold
    tickets_cancelled: int  # undone or given back
    no_shows: int
    left: int  # left while waiting
    expired: int  # closed at the end of the day
    wait_mean: float | None  # seconds
    wait_median: float | None
    wait_p90: float | None
    wait_longest: float | None
    wait_longest_service: str
    serve_mean: float | None
    priority: tuple[Count, ...]  # by class
    assistance: tuple[Count, ...]  # by kind
    assistance_done: int
    assistance_open: int
    assistance_wait_mean: float | None  # requested → started, seconds
    units: tuple[Count, ...]  # visits by unit
    petitions: int
    petitions_incomplete: int
    enclosures: int
    petition_units: tuple[Count, ...]  # petitions by unit
    visits_previous: int | None  # the same weekday a week before; None when there was no such day
    made_at: datetime
    made_by: str
    note: str = ""

    @property
    def unserved(self) -> int:
        return self.no_shows + self.left + self.expired

    @property
    def priority_total(self) -> int:
        return sum(c.value for c in self.priority)

    @property
    def assistance_total(self) -> int:
        return sum(c.value for c in self.assistance)

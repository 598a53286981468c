"""What the counts pages and papers show. Persons, visits, numbers, contacts are distinct measures, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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
    code: str = ""  # "" in sheets that were signed before it was kept


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class AssistanceLine:
    """Refakat of one kind. Seconds are None when nothing was timed."""

    key: str
    name: str
    asked: int
    ended: int
    equipment: int  # pieces that went out
    wait_mean: float | None  # requested → started
    job_mean: float | None  # requested → ended


@dataclass(frozen=True, slots=True)
class EventLine:
    """An unusual event: when, what, where, what was done, how it ended ("" while it goes on)."""

    number: str
    at: datetime
    name: str
    place: str
    steps: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PrinterTrouble:
    """Slips of one printer that did not come out, or nobody knows."""

    printer: str
    failed: int
    unknown: int
    reason: str  # marked source string of the last one


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One question: ``n`` answered it; ``mean`` of faces (1–5) and numbers (0–10)."""

    form: str
    question: str
    n: int
    mean: float | None
    highest: int  # what the mean is out of; 0 for a choice
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What was counted after the sheet was signed, by measure and key: the sheet above stays as it was."""

    name: str
    key: str
    value: int
    first: datetime
    last: datetime
    about: str = ""  # what the key stands for, in words


@dataclass(frozen=True, slots=True)
class LeftLine:
    """What was open when the day was closed."""

    kind: str
    number: str
    state: str
    done: str  # ended | handed_over


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside its mean over ``days`` earlier periods of the same kind (days of the same weekday)."""

    name: str
    value: int
    mean: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good the promises were: of ``n`` forecasts followed by a call, how many were within five minutes."""

    n: int
    within5: int
    error_mean: float  # seconds between the forecast and the wait, without its sign


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
    period: Period = Period.DAY
    last: date | None = None  # the last day of a week or month
    columns: tuple[str, ...] = ()  # names of the columns of a week or month; ``hours`` then only counts them
    contacts: int = 0
    assistance_lines: tuple[AssistanceLine, ...] = ()
    serve_median: float | None = None
    serve_p90: float | None = None
    channels: tuple[Count, ...] = ()  # petitions by channel
    document_kinds: tuple[Count, ...] = ()
    surveys: tuple[Count, ...] = ()  # by form
    surveys_alarming: int = 0
    survey_lines: tuple[SurveyLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    printer_troubles: tuple[PrinterTrouble, ...] = ()
    compared: tuple[Comparison, ...] = ()
    compared_with: int = 0  # how many earlier days (weeks, months) make the means
    accuracy: Accuracy | None = None
    staff: tuple[str, ...] = ()  # who was there
    opening_note: str = ""
    left_open: tuple[LeftLine, ...] = ()
    number: str = ""  # "2026/0231"; given when the day is closed
    revision: int = 0  # 0 as long as the day is open
    closed_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()
    manual_entered: int = 0  # numbers given by hand and entered afterwards
    limits_passed: int = 0  # numbers given against a limit, with a reason
    ticket_outcomes: tuple[Count, ...] = ()  # served numbers by how service ended

    @property
    def until(self) -> date:
        return self.last or self.day

    @property
    def column_names(self) -> tuple[str, ...]:
        """The heads of the columns: hours of a day, days of a week, weeks of a month."""
        return self.columns or tuple(f"{hour:02d}" for hour in self.hours)

    @property
    def survey_total(self) -> int:
        return sum(c.value for c in self.surveys)

    @property
    def unserved(self) -> int:
        return self.no_shows + self.left + self.expired

    @property
    def priority_total(self) -> int:
        return sum(c.value for c in self.priority)

    @property
    def assistance_total(self) -> int:
        return sum(c.value for c in self.assistance)

"""What the annual report shows. Every table says what its figures are a number of; every row's cells can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk.registry.types import SiteHeader
from desk.reports.types import AssistanceLine, SurveyLine


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A headline. ``whole`` is what it is a share of, under the name ``share_of``; ``before`` the year before."""

    measure: str
    name: str
    unit: str
    value: int
    before: int | None
    share_of: str = ""
    whole: int = 0


@dataclass(frozen=True, slots=True)
class YearRow:
    """``months`` add up to ``total``; ``share`` is in tenths of a percent and the rows' shares add up to 1000."""

    key: str
    name: str
    months: tuple[int, ...]
    total: int
    share: int
    before: int | None


@dataclass(frozen=True, slots=True)
class YearTable:
    """Rows by what the key of a measure names. ``sum(rows) == total`` in every column."""

    measure: str
    title: str
    head: str  # of the first column
    unit: str
    rows: tuple[YearRow, ...]
    months: tuple[int, ...]
    total: int
    before: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What became of one service's numbers."""

    key: str
    name: str
    issued: int
    served: int
    no_shows: int
    left: int
    expired: int
    cancelled: int
    wait_mean: float | None
    wait_median: float | None
    wait_p90: float | None
    serve_mean: float | None


@dataclass(frozen=True, slots=True)
class YearTiming:
    """A duration over the year, in seconds."""

    duration: str
    name: str
    counts: str
    n: int
    mean: float | None
    median: float | None
    p90: float | None
    before: float | None  # the mean of the year before


@dataclass(frozen=True, slots=True)
class Meaning:
    """A line of the appendix: what a figure counts, in which unit, and what a rate of it is a rate of."""

    name: str
    unit: str
    counts: str
    share_of: str


@dataclass(frozen=True, slots=True)
class YearReport:
    header: SiteHeader
    year: int
    sites: tuple[str, ...]
    first: date  # of the days that were worked
    last: date
    days: int
    months: tuple[str, ...]
    figures: tuple[YearFigure, ...]
    monthly: tuple[YearTable, ...]  # the headlines by month
    tables: tuple[YearTable, ...]
    outcomes: tuple[OutcomeRow, ...]
    timings: tuple[YearTiming, ...]
    assistance: tuple[AssistanceLine, ...]
    surveys: tuple[SurveyLine, ...]
    meanings: tuple[Meaning, ...]
    made_at: datetime
    made_by: str
    has_before: bool  # the year before was worked too

    @property
    def site_names(self) -> str:
        return ", ".join(self.sites)

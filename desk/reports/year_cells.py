"""From a cell of the annual report to the days, sites and key of its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desk.models.counting import Measure
from desk.models.session import Session
from desk.reports.measures import DEFINITIONS
from desk.reports.names import read_names
from desk.reports.year import SITES_TABLE, sites_of


@dataclass(frozen=True, slots=True)
class Opened:
    """What the records of a row of the report are asked with."""

    measure: str
    key: str | None
    first: date
    last: date
    sites: tuple[UUID, ...]


def opened(
    session: Session, measure: str, key: str | None, first: date, last: date, site_id: UUID | None
) -> Opened | None:
    """A row's key taken apart: of which site, and the days on which it had that name. None: never then."""
    sites = sites_of(session, site_id)
    if measure == SITES_TABLE:
        return Opened(Measure.VISITS, None, first, last, tuple(one for one in sites if key in (None, str(one))))
    if key is None:
        return Opened(measure, None, first, last, tuple(sites))
    code, _, site = key.partition("@")
    code, _, until = code.partition("<")
    told = next((one for one in DEFINITIONS if one.measure == measure), None)
    names = read_names(session, list(sites))
    changes = names.changes(told.by, code, date(first.year, 1, 1), date(first.year, 12, 31)) if told else []
    ends = [*changes, date(first.year, 12, 31)]
    end = date.fromisoformat(until) if until else ends[-1]
    begins = max((one + timedelta(days=1) for one in ends if one < end), default=first)
    first, last = max(first, begins), min(last, end)
    if first > last:
        return None
    return Opened(measure, code, first, last, tuple(one for one, name in sites.items() if site in ("", name)))

"""Last answer dates. Legal periods come from the site's settings, never from constants here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desk.errors import N_
from desk.registry.types import DocumentKind
from desk.workdays import is_working_day


@dataclass(frozen=True, slots=True)
class Due:
    on: date
    basis: str  # marked source string


PETITION_BASIS = N_("Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)")
INFORMATION_BASIS = N_("Kayıt tarihinden itibaren 15 iş günü (4982 s. K. m. 11)")


def due(kind: DocumentKind, received: date, petition_days: int = 30, information_working_days: int = 15) -> Due:
    """The last day to answer a document received on ``received``, which itself does not count."""
    if kind is DocumentKind.INFORMATION:
        return Due(add_working_days(received, information_working_days), INFORMATION_BASIS)
    return Due(received + timedelta(days=petition_days), PETITION_BASIS)


def add_working_days(start: date, count: int) -> date:
    """The ``count``-th working day after ``start``: Monday to Friday without public holidays (half-days count)."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day

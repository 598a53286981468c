"""Every table, imported: what migrations and ``create_all`` need to see."""

from desk.models import (
    application,
    assistance,
    case,
    day_event,
    forecast,
    incident,
    numbers_ahead,
    print_job,
    privacy,
    roster,
    shift,
    site,
    summary,
    survey,
    ticket,
    visit,
)
from desk.models.base import Base

__all__ = [
    "Base",
    "application",
    "assistance",
    "case",
    "day_event",
    "forecast",
    "incident",
    "numbers_ahead",
    "print_job",
    "privacy",
    "roster",
    "shift",
    "site",
    "summary",
    "survey",
    "ticket",
    "visit",
]

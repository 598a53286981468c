"""Every table, imported: what migrations and ``create_all`` need to see."""

from sqlalchemy import text

from desk.models import (
    application,
    assistance,
    case,
    day_event,
    forecast,
    guide,
    incident,
    messages,
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
    visitor_card,
)
from desk.models.base import WHERE, Base

__all__ = [
    "Base",
    "application",
    "assistance",
    "case",
    "day_event",
    "forecast",
    "guide",
    "incident",
    "messages",
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
    "visitor_card",
]

for table in Base.metadata.tables.values():
    for index in table.indexes:
        if WHERE in index.info:
            index.dialect_kwargs["postgresql_where"] = text(index.info[WHERE])

"""What an application counts for, in one place: added when it is registered, taken back when an import is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desk.models.counting import Measure
from desk.registry.types import DocumentKind

Counter = Callable[[Measure, str, int], None]


def registered(
    count: Counter, row: Mapping[str, Any], unit_code: str, place_code: str, enclosures: int, by: int = 1
) -> None:
    """Count a registered row (its columns by name) ``by`` times."""
    count(Measure.CONTACTS, "", by)
    count(Measure.APPLICATIONS, str(row["kind"]), by)
    count(Measure.APPLICATIONS_BY_CHANNEL, str(row["channel"]), by)
    count(Measure.APPLICATIONS_BY_UNIT, unit_code, by)
    count(Measure.APPLICATIONS_BY_NEIGHBOURHOOD, place_code, by)
    count(Measure.APPLICATIONS_BY_SUBJECT, str(row["subject_code"]), by)
    if row["document_kind"] == DocumentKind.NONE:
        return
    count(Measure.PETITIONS, str(row["document_kind"]), by)
    count(Measure.PETITIONS_BY_UNIT, unit_code, by)
    count(Measure.PETITIONS_BY_CHANNEL, str(row["channel"]), by)
    count(Measure.PETITIONS_BY_NEIGHBOURHOOD, place_code, by)
    if row["missing"]:
        count(Measure.PETITIONS_INCOMPLETE, "", by)
    if enclosures:
        count(Measure.ENCLOSURES, "", enclosures * by)


def on_day(work: Any, day: date) -> Counter:
    """A counter of the day to which the record belongs."""

    def count(measure: Measure, key: str, value: int) -> None:
        work.count(measure, key, value, day=day)

    return count

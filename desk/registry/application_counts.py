"""What an application counts for, in one place: when it is registered, moved on, or its import is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from desk.models import site
from desk.models.counting import Measure
from desk.models.work import Work
from desk.registry.application_types import ENDED_WITHOUT
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


def outcome_key(state: str, outcome: str | None) -> str:
    """What APPLICATIONS_OUTCOME counts a record under; "" while it is open."""
    return outcome or (state if state in ENDED_WITHOUT else "")


def moved(work: Work, before: Row[Any], values: Mapping[str, Any], state: str) -> None:
    """Count a move: unit and outcome belong to the day on which the record was registered, as they stand now."""
    unit_id = values.get("unit_id", before.unit_id)
    was = outcome_key(before.state, before.outcome)
    now = outcome_key(state, values.get("outcome", before.outcome))
    if (was, before.unit_id) != (now, unit_id):
        for one, key, by in ((before.unit_id, was, -1), (unit_id, now, 1)):
            if key:
                told = f"{_code(work, one)}:{key}"
                work.count(Measure.APPLICATIONS_OUTCOME_BY_UNIT, told, by, day=before.day)
    if unit_id != before.unit_id:
        for one, by in ((before.unit_id, -1), (unit_id, 1)):
            code = _code(work, one)
            work.count(Measure.APPLICATIONS_BY_UNIT, code, by, day=before.day)
            if before.document_kind != DocumentKind.NONE:
                work.count(Measure.PETITIONS_BY_UNIT, code, by, day=before.day)
    if was != now:
        for key, by in ((was, -1), (now, 1)):
            if key:
                work.count(Measure.APPLICATIONS_OUTCOME, key, by, day=before.day)
                work.count(Measure.APPLICATIONS_OUTCOME_BY_CHANNEL, f"{before.channel}:{key}", by, day=before.day)
    said = values.get("satisfied", before.satisfied)
    if said != before.satisfied:
        for answer, by in ((before.satisfied, -1), (said, 1)):
            if answer:
                work.count(Measure.APPLICATIONS_FEEDBACK, answer, by, day=before.day)


def _code(work: Work, unit_id: UUID | None) -> str:
    if unit_id is None:
        return ""
    return work.session.execute(select(site.Unit.code).where(site.Unit.id == unit_id)).scalar_one()


def on_day(work: Any, day: date) -> Counter:
    """A counter of the day to which the record belongs."""

    def count(measure: Measure, key: str, value: int) -> None:
        work.count(measure, key, value, day=day)

    return count

"""The records behind a figure: which numbers, visits, jobs, applications it counted. No names stand here.

Each measure says in ``drill_openers`` how it is opened; ``records`` finds the same rows that the measure's control
counts, so that the list is as long as the figure says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select

from desk.actor import Scope
from desk.clock import local
from desk.errors import UserError
from desk.models.session import Session
from desk.models.site import Site
from desk.reports.drill_openers import NOT_KEPT, OPENERS, Drilled

LIMIT = 500
"""Rows shown at once; ``Records.total`` tells how many there are."""


@dataclass(frozen=True, slots=True)
class Records:
    rows: tuple[Drilled, ...]
    total: int


def records(
    s: Session,
    scope: Scope,
    measure: str,
    key: str | None,
    first: date,
    last: date,
    hour: int | None = None,
    sites: Sequence[UUID] = (),
) -> Records:
    """The rows that ``measure`` counted of ``key`` (None: all) from ``first`` to ``last``, in one local hour or all.

    Of the scope's site, or of ``sites``. Raises UserError for what no record says (the class of a priority).
    """
    openers = OPENERS.get(measure)
    if openers is None:
        raise UserError(NOT_KEPT)
    found: list[Drilled] = []
    total = 0
    for one in openers:
        asked, made = one(key)
        asked = asked.where(*_when(asked, sites or (scope.site_id,), first, last))
        if hour is None:
            total += s.execute(select(func.count()).select_from(asked.order_by(None).subquery())).scalar_one()
            found += [made(row) for row in s.execute(asked.order_by(*_in_time(asked)).limit(LIMIT))]
            continue
        zone = ZoneInfo(s.execute(select(Site.zone).where(Site.id == scope.site_id)).scalar_one())
        drilled = [made(row) for row in s.execute(asked)]  # of one day
        drilled = [record for record in drilled if local(record.at, zone).hour == hour]
        total += len(drilled)
        found += drilled
    found.sort(key=lambda record: record.at)
    return Records(tuple(found[:LIMIT]), total)


def _entity(asked: Select[Any]) -> Any:
    return asked.column_descriptions[0]["entity"]


def _when(asked: Select[Any], sites: Sequence[UUID], first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    entity = _entity(asked)
    return entity.site_id.in_(sites), entity.day.between(first, last)


def _in_time(asked: Select[Any]) -> tuple[Any, ...]:
    """By the day and then by the key, which is ordered by time."""
    entity = _entity(asked)
    return entity.day, entity.id

"""Rehber: what each service needs, and how often it was told. Asked for in the same search as units and subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import guide as tables
from desk.models import site
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.session import Session
from desk.models.work import Work
from desk.registry.place_types import Guide

_E = tables.GuideEntry.__table__
_USE = tables.GuideUse.__table__


def rows(s: Session, site_id: UUID) -> Sequence[Any]:
    """The lines that are in use, by name."""
    return s.execute(select(_E).where(_E.c.site_id == site_id, _E.c.active).order_by(_E.c.name_fold)).all()


def entry(s: Session, scope: Scope, code: str) -> Guide:
    """One line of the table; raises UserError when there is none such (any more)."""
    table = tables.GuideEntry
    row = s.execute(
        select(table).where(table.site_id == scope.site_id, table.code == code, table.active)
    ).scalar_one_or_none()
    if row is None:
        raise UserError(N_("Rehberde bu hizmet yok."))
    return Guide(
        code=row.code,
        name=row.name,
        documents=tuple(str(line) for line in row.documents),
        duration=row.duration,
        fee=row.fee,
        place=row.place,
        note=row.note,
        unit=_unit(s, scope, row),
        subject_code=row.subject_code,
        service_code=row.service_code,
    )


def _unit(s: Session, scope: Scope, row: tables.GuideEntry) -> str:
    """The unit in charge: of the line itself, else of its subject or service."""
    wanted = select(site.Unit.short_name)
    if row.unit_code:
        wanted = wanted.where(site.Unit.code == row.unit_code)
    elif row.subject_code:
        wanted = wanted.join(site.Subject, site.Subject.unit_id == site.Unit.id)
        wanted = wanted.where(site.Subject.code == row.subject_code)
    elif row.service_code:
        wanted = wanted.join(site.Service, site.Service.unit_id == site.Unit.id)
        wanted = wanted.where(site.Service.site_id == scope.site_id, site.Service.code == row.service_code)
    else:
        return ""
    return s.execute(wanted.limit(1)).scalar() or ""


def told(work: Work, code: str, visit_id: UUID, *, printed: bool) -> None:
    """A visitor was told what this service needs. Raises UserError for an unknown line."""
    found = work.session.execute(
        select(_E.c.id).where(_E.c.site_id == work.site_id, _E.c.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Rehberde bu hizmet yok."))
    use = {"id": new_id(), "site_id": work.site_id, "day": work.day, "at": work.now}
    work.session.execute(insert(_USE).values(**use, entry_id=found, visit_id=visit_id, printed=printed))
    work.count(Measure.GUIDE, code)


def take_back(work: Work, visit_id: UUID) -> None:
    """The visit was undone: nobody was told anything."""
    gone = work.session.execute(
        delete(_USE)
        .where(_USE.c.site_id == work.site_id, _USE.c.visit_id == visit_id)
        .returning(_USE.c.day, _USE.c.entry_id)
    ).all()
    for row in gone:
        code = work.session.execute(select(_E.c.code).where(_E.c.id == row.entry_id)).scalar_one()
        work.count(Measure.GUIDE, code, -1, day=row.day)

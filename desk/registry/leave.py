"""İdari izin: days the site does not work although the calendar says so. Last days already told stay as told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.case import AdministrativeLeave
from desk.models.engine import insert_into
from desk.models.work import Work
from desk.text import clean
from desk.workdays import is_working_day

_L: Table = AdministrativeLeave.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Leave:
    day: date
    half: bool  # from 13.00 on
    reason: str


def days(s: Session, scope: Scope, year: int | None = None) -> tuple[Leave, ...]:
    """The administrative leave of a site, oldest first; of one year when asked."""
    asked = select(_L).where(_L.c.site_id == scope.site_id).order_by(_L.c.day)
    if year is not None:
        asked = asked.where(_L.c.day.between(date(year, 1, 1), date(year, 12, 31)))
    return tuple(Leave(row.day, row.half, row.reason) for row in s.execute(asked))


def grant(work: Work, leave: Leave) -> None:
    """Enter a day, or change it. Raises UserError for a day that is off anyway and for a missing reason."""
    reason = clean(leave.reason)
    if not is_working_day(leave.day):
        raise UserError(N_("Bu gün zaten tatil."))
    if not reason or len(reason) > 200:
        raise UserError(N_("İdari iznin dayanağını yazınız (en çok 200 harf)."))
    row = {"site_id": work.site_id, "day": leave.day, "half": leave.half, "reason": reason}
    statement = insert_into(work.session, _L).values(row)
    work.session.execute(
        statement.on_conflict_do_update(index_elements=["site_id", "day"], set_={"half": leave.half, "reason": reason})
    )
    work.change(Kind.SETTINGS_CHANGED)


def take_back(work: Work, day: date) -> None:
    work.session.execute(delete(_L).where(_L.c.site_id == work.site_id, _L.c.day == day))
    work.change(Kind.SETTINGS_CHANGED)

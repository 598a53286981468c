"""When the site is open: weekday hours, lunch, public holidays and half days."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.clock import local
from desk.models.site import OpeningHours, Site
from desk.workdays import HALF_DAY_ENDS, is_half_day, is_holiday


def opening(s: Session, scope: Scope) -> tuple[bool, float]:
    """Whether the site is open now, and minutes until lunch or closing (infinite when closed).

    Closed on public holidays whatever the weekday's hours say; on half days until 13.00.
    """
    zone = ZoneInfo(s.execute(select(Site.zone).where(Site.id == scope.site_id)).scalar_one())
    here = local(scope.now, zone)
    minute = here.hour * 60 + here.minute + here.second / 60
    row = s.get(OpeningHours, (scope.site_id, here.weekday()))
    if row is None or is_holiday(here.date()):
        return False, float("inf")
    closes = min(row.closes, HALF_DAY_ENDS) if is_half_day(here.date()) else row.closes
    if not row.opens <= minute < closes:
        return False, float("inf")
    if row.lunch_from is not None and row.lunch_to is not None:
        if row.lunch_from <= minute < row.lunch_to:
            return False, float("inf")
        if minute < row.lunch_from:
            return True, row.lunch_from - minute
    return True, closes - minute

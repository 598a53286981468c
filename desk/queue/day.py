"""Whether the business day is closed: then nobody is given a number or called until it is opened again."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from desk.actor import Scope
from desk.clock import local
from desk.errors import N_, UserError
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.site import SiteDay
from desk.models.work import Work

_DAY = SiteDay.__table__

CLOSED = N_("Gün saat {time} itibarıyla kapatıldı. Numara vermek veya çağırmak için günü yeniden açınız (Vardiya).")


def is_closed(session: Session, scope: Scope) -> bool:
    """Whether the shift lead has ended the day that ``scope`` looks at."""
    closed = select(_DAY.c.closed_at).where(_DAY.c.site_id == scope.site_id, _DAY.c.day == scope.day)
    return session.execute(closed).scalar() is not None


def refuse_when_closed(work: Work) -> None:
    """Raise UserError with the time of closing and the way out when the business day was ended."""
    if not work.closed:
        return
    closed = select(_DAY.c.closed_at).where(_DAY.c.site_id == work.site_id, _DAY.c.day == work.day)
    at = work.session.execute(closed).scalar_one()
    raise UserError(CLOSED, time=f"{local(at, work.zone):%H.%M}")


_CLOSED_AT = Query(select(_DAY.c.closed_at).where(_DAY.c.site_id == bindparam("site"), _DAY.c.day == bindparam("on")))


def refuse_when_closed_meanwhile(work: Work) -> None:
    """The same, asked once the work holds what the closing of a day waits for (``closing.close_day``).

    What it saw at its beginning may be old by now, and a number in a closed day would wait for nobody.
    """
    if not work.closed:
        row = _CLOSED_AT.one_or_none(work.connection, {"site": work.site_id, "on": work.day})
        work.closed = row is not None and row[0] is not None
    refuse_when_closed(work)

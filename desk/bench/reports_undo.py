"""What the bench of reports recorded, taken back: a kept database is measured again as it was filled.

The visits are recorded on the day of the measuring, which no filled day is: the whole day goes.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, delete, select

from desk.actions.context import Context
from desk.clock import ISTANBUL
from desk.models import counting
from desk.models.forecast import ForecastHabits, ForecastLog
from desk.models.numbers_ahead import NumberOverride
from desk.models.print_job import PrintJob
from desk.models.session import Session
from desk.models.shift import LateEntry
from desk.models.site import SiteDay
from desk.models.summary import Change, DayCount, DurationCount, HourCount
from desk.models.ticket import NumberSeries, Ticket, TicketCall, TicketPeriod
from desk.models.visit import Visit

_OF_TICKETS = (TicketCall.ticket_id, TicketPeriod.ticket_id, PrintJob.subject_id)
_OF_DAY = (
    NumberOverride, ForecastLog, Ticket, Visit, DayCount, HourCount, DurationCount, LateEntry, ForecastHabits, SiteDay,
)  # fmt: skip


def take_back(ctx: Context, filled: int) -> None:
    """Delete every day after the ``filled`` first ones, with all that recording a visit wrote there.

    Numbers are given from 1 again. Nothing else may be recorded in the database meanwhile.
    """
    with ctx.db.write() as session:
        asked = select(SiteDay.day).where(SiteDay.site_id == ctx.actor.site_id).order_by(SiteDay.day).offset(filled)
        for day in list(session.execute(asked).scalars()):
            _delete(session, ctx.actor.site_id, day)
            counting.add_up_months(session.connection(), ctx.actor.site_id, day, day)


def _delete(session: Session, site_id: Any, day: date) -> None:
    tickets = select(Ticket.id).where(Ticket.site_id == site_id, Ticket.day == day)
    for column in _OF_TICKETS:
        session.execute(delete(column.table).where(column.in_(tickets)))
    for model in _OF_DAY:
        session.execute(
            delete(model.__table__).where(model.__table__.c.site_id == site_id, model.__table__.c.day == day)
        )
    series = NumberSeries.__table__
    session.execute(delete(series).where(series.c.site_id == site_id, series.c.period == day.isoformat()))
    change = Change.__table__
    before = session.execute(_last_change(site_id, day)).scalar() or 0
    session.execute(delete(change).where(change.c.site_id == site_id, change.c.seq > before))


def _last_change(site_id: Any, day: date) -> Select[Any]:
    """The last one before the day began, found from the end."""
    change = Change.__table__
    begin = datetime.combine(day, time(), ISTANBUL)
    asked = select(change.c.seq).where(change.c.site_id == site_id, change.c.at < begin)
    return asked.order_by(change.c.seq.desc()).limit(1)

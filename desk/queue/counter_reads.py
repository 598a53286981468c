"""What one counter sees: its number, who comes next and why, who is on hold there, who did not come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models.assistance import Assistance
from desk.models.engine import dialect_of
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Counter, CounterPeriod, CounterService, Service, Site, Staff
from desk.models.ticket import Ticket, TicketCall
from desk.queue import rule, types
from desk.queue.day import is_closed
from desk.queue.eligible import callable_at, first
from desk.queue.types import TicketState
from desk.queue.waiting import at_counter
from desk.text import minutes

_T = Ticket.__table__
_C = Counter.__table__

NO_SHOW_SECONDS = 20
"""How long nobody is given up after a call, when the site sets nothing: a walk through the hall."""

BRING_BACK_MINUTES = 30
"""How long a number that did not come may be brought back, when the site sets nothing."""


def next_up(s: Session, scope: Scope, counter_id: UUID, limit: int = 3) -> tuple[types.NextUp, ...]:
    """The numbers this counter would call, in order, with the inputs of the rule.

    Under a rule that looks at what was called before, the second and third count on the first being called.
    """
    used, engine = rule.of(s, scope.site_id), dialect_of(s)
    run: int = s.execute(select(_C.c.priority_run).where(_C.c.id == counter_id)).scalar_one()
    if used.name != "interleave":
        return tuple(
            as_next_up(used, row, scope.now) for row in s.execute(first(engine, scope, counter_id, used, run, limit))
        )
    found: list[types.NextUp] = []
    for _ in range(limit):
        others = first(engine, scope, counter_id, used, run, limit)
        row = s.execute(others.where(_T.c.id.not_in([one.ticket_id for one in found])).limit(1)).first()
        if row is None:
            break
        found.append(as_next_up(used, row, scope.now))
        run = rule.next_run(run, row.priority)
    return tuple(found)


def as_next_up(used: rule.Rule, row: Any, now: datetime) -> types.NextUp:
    wanted = "counter" if row.wanted_counter_id else "staff" if row.wanted_staff_id else ""
    return rule.next_up(used, row, now, wanted)


def counter_number(s: Session, scope: Scope, number: int) -> UUID:
    """The id of the counter with this number; raises UserError for an unknown one."""
    found = s.execute(
        select(Counter.id).where(Counter.site_id == scope.site_id, Counter.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Böyle bir banko yok: {number}"), number=number)
    return found


def counter_panel(s: Session, scope: Scope, number: int) -> types.CounterPanel:
    """All that the Banko page of one counter shows."""
    counter = s.get_one(Counter, counter_number(s, scope, number))
    names = s.execute(
        select(Service.name)
        .join(CounterService, CounterService.service_id == Service.id)
        .where(CounterService.counter_id == counter.id)
        .order_by(Service.position)
    ).scalars()
    waiting: int = s.execute(select(func.count()).where(*callable_at(scope, counter.id))).scalar_one()
    here = _T.c.counter_id == counter.id, _T.c.day == scope.day
    served: int = s.execute(select(func.count()).where(*here, _T.c.state == "served")).scalar_one()
    held = s.execute(
        select(_T.c.id, _T.c.number, _T.c.priority, _T.c.arrived_at, _T.c.wanted_counter_id, _T.c.wanted_staff_id)
        .where(*here, _T.c.state == "on_hold")
        .order_by(_T.c.arrived_at)
    )
    pause = _running_break(s, counter) if counter.state == "break" else None
    staff = s.get(Staff, counter.staff_id) if counter.staff_id else None
    return types.CounterPanel(
        counter_id=counter.id,
        number=counter.number,
        name=counter.name,
        services=tuple(names),
        open=counter.state == "open",
        current=_at(s, Ticket.counter_id == counter.id, at_counter()),
        next=next_up(s, scope, counter.id),
        on_hold=tuple(as_next_up(_NO_HEAD_START, row, scope.now) for row in held),
        waiting=waiting,
        served_today=served,
        state=counter.state,
        staff=staff.name if staff else "",
        break_since=pause.started_at if pause else None,
        break_reason=pause.reason if pause else "",
        auto_call_seconds=counter.auto_call_seconds,
        day_closed=is_closed(s, scope),
    )


_NO_HEAD_START = rule.Rule(head_start=0)


def _running_break(s: Session, counter: Counter) -> CounterPeriod | None:
    return s.execute(
        select(CounterPeriod)
        .where(CounterPeriod.counter_id == counter.id, CounterPeriod.ended_at.is_(None))
        .order_by(CounterPeriod.started_at.desc())
        .limit(1)
    ).scalar_one_or_none()


def before_no_show(s: Session, site_id: UUID, recalls: int, called_at: datetime) -> tuple[int, datetime]:
    """What must pass before "Gelmedi" is taken: calls still to be made, and the moment it may be said."""
    values = s.execute(select(Site.settings).where(Site.id == site_id)).scalar_one()
    return missing_before_no_show(values, recalls, called_at)


def missing_before_no_show(values: Mapping[str, Any], recalls: int, called_at: datetime) -> tuple[int, datetime]:
    """The same, by a site's settings read before."""
    calls = values.get("no_show_after_recalls", 2)
    seconds = values.get("no_show_after_seconds", NO_SHOW_SECONDS)
    return max(0, calls - recalls), called_at + timedelta(seconds=seconds)


def done(s: Session, scope: Scope, counter_id: UUID, limit: int = 24) -> tuple[types.Done, ...]:
    """What the counter finished with today, the last first."""
    rows = s.execute(
        select(_T.c.number, _T.c.state, _T.c.outcome, _T.c.started_at, _T.c.ended_at)
        .where(_T.c.counter_id == counter_id, _T.c.day == scope.day, _T.c.state.in_(("served", "no_show")))
        .where(_T.c.ended_at.is_not(None))
        .order_by(_T.c.ended_at.desc())
        .limit(limit)
    )
    return tuple(
        types.Done(
            row.number,
            TicketState(row.state),
            row.outcome or "",
            row.ended_at,
            minutes((row.ended_at - row.started_at).total_seconds()) if row.started_at else 0,
        )
        for row in rows
    )


def missed(s: Session, scope: Scope, counter_id: UUID) -> tuple[types.Missed, ...]:
    """Numbers of the counter's services that did not come and may still be brought back, the last first."""
    back = timedelta(minutes=setting(s, scope.site_id, "bring_back_minutes", BRING_BACK_MINUTES))
    skills = select(CounterService.service_id).where(CounterService.counter_id == counter_id)
    rows = s.execute(
        select(_T.c.id, _T.c.number, Service.name, _T.c.ended_at)
        .join(Service, Service.id == _T.c.service_id)
        .where(_T.c.site_id == scope.site_id, _T.c.day == scope.day, _T.c.state == "no_show")
        .where(or_(_T.c.service_id.in_(skills), _T.c.counter_id == counter_id), _T.c.ended_at >= scope.now - back)
        .order_by(_T.c.ended_at.desc())
    )
    return tuple(types.Missed(row.id, row.number, row.name, row.ended_at, row.ended_at + back) for row in rows)


def is_manned(s: Session, scope: Scope, service_id: UUID) -> bool:
    """Whether somebody sits at a counter of this service, open or on break."""
    here = _C.c.site_id == scope.site_id, _C.c.state != "closed", CounterService.service_id == service_id
    found = select(_C.c.id).join(CounterService, CounterService.counter_id == _C.c.id).where(*here).limit(1)
    return s.execute(found).first() is not None


def staff_by_code(s: Session, scope: Scope, code: str) -> UUID:
    """The id of a clerk; raises UserError for an unknown one."""
    found = s.execute(select(Staff.id).where(Staff.site_id == scope.site_id, Staff.code == code, Staff.active)).scalar()
    if found is None:
        raise UserError(N_("Görevli yok: {code}"), code=code)
    return found


def seats(s: Session, scope: Scope, but: int = 0) -> tuple[types.Seat, ...]:
    """The counters where somebody sits, open or on break: where a visitor can be sent; without counter ``but``."""
    rows = s.execute(
        select(Counter.number, Counter.name, Staff.code, Staff.name)
        .join(Staff, Staff.id == Counter.staff_id)
        .where(Counter.site_id == scope.site_id, Counter.state != "closed", Counter.number != but)
        .order_by(Counter.number)
    )
    return tuple(types.Seat(*row) for row in rows)


def called(s: Session, _scope: Scope, ticket_id: UUID) -> types.AtCounter:
    """A number as the counter sees it that has just called it, whatever became of it since."""
    found = _at(s, Ticket.id == ticket_id)
    assert found is not None
    return found


def _at(s: Session, *which: ColumnElement[bool]) -> types.AtCounter | None:
    row = s.execute(
        select(Ticket, Service.name).join(Service, Service.id == Ticket.service_id).where(*which).limit(1)
    ).one_or_none()
    if row is None:
        return None
    ticket: Ticket = row.Ticket
    assert ticket.called_at is not None and ticket.first_called_at is not None
    call = s.execute(
        select(TicketCall)
        .where(TicketCall.ticket_id == ticket.id, TicketCall.recall == 1)
        .order_by(TicketCall.at.desc(), TicketCall.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    kind = s.execute(
        select(Assistance.kind)
        .where(Assistance.site_id == ticket.site_id, Assistance.day == ticket.day, Assistance.ticket_id == ticket.id)
        .where(Assistance.state != "cancelled")
        .limit(1)
    ).scalar_one_or_none()
    missing, since = before_no_show(s, ticket.site_id, ticket.recalls, ticket.called_at)
    return types.AtCounter(
        ticket_id=ticket.id,
        number=ticket.number,
        service_name=row.name,
        state=TicketState(ticket.state),
        priority=ticket.priority,
        persons=ticket.persons,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        waited_seconds=max(0, int((ticket.first_called_at - ticket.issued_at).total_seconds())),
        recalls=ticket.recalls,
        help_needed=kind or "",
        reason=types.CallReason(call.rule, call.rule_version, **call.inputs) if call else None,
        visit_id=ticket.visit_id,
        calls_missing=missing,
        no_show_from=since,
    )

"""A day's records as plain rows, for counting them again. One query per kind of record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from desk.clock import local
from desk.models.application import Application, Enclosure
from desk.models.assistance import Assistance
from desk.models.counting import Duration
from desk.models.orm import aliased
from desk.models.session import Session
from desk.models.site import Service, Site, Unit
from desk.models.ticket import Ticket, TicketPeriod
from desk.models.visit import Visit


class VisitRecord(NamedTuple):
    service: str  # code; "" when only a direction was given
    unit: str
    persons: int
    hour: int


class TicketRecord(NamedTuple):
    asked_for: str  # code of the service the number was issued for
    service: str  # code of the service it ended at (a transfer changes it)
    state: str
    outcome: str
    priority: bool
    voided: bool
    hour: int
    further: bool  # one more number for the same visit: its öncelik was counted with the first


class AssistanceRecord(NamedTuple):
    kind: str
    state: str


class PetitionRecord(NamedTuple):
    kind: str
    unit: str
    incomplete: bool
    enclosures: int


@dataclass(slots=True)
class DayRecords:
    visits: list[VisitRecord]  # without voided ones
    tickets: list[TicketRecord]
    assistance: list[AssistanceRecord]
    petitions: list[PetitionRecord]
    durations: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # seconds


def read_records(session: Session, site_id: UUID, day: date) -> DayRecords:
    zone = ZoneInfo(session.execute(select(Site.zone).where(Site.id == site_id)).scalar_one())
    records = DayRecords(
        visits=_visits(session, site_id, day, zone),
        tickets=_tickets(session, site_id, day, zone),
        assistance=[],
        petitions=_petitions(session, site_id, day),
    )
    _assistance(session, site_id, day, records)
    _waits(session, site_id, day, records)
    _serving(session, site_id, day, records)
    return records


def _visits(session: Session, site_id: UUID, day: date, zone: ZoneInfo) -> list[VisitRecord]:
    asked = (
        select(Visit.at, Visit.persons, Service.code, Unit.code)
        .outerjoin(Service, Service.id == Visit.service_id)
        .outerjoin(Unit, Unit.id == Visit.unit_id)
        .where(Visit.site_id == site_id, Visit.day == day, Visit.voided_at.is_(None))
    )
    return [
        VisitRecord(service or "", unit or "", persons, local(at, zone).hour)
        for at, persons, service, unit in session.execute(asked)
    ]


def _tickets(session: Session, site_id: UUID, day: date, zone: ZoneInfo) -> list[TicketRecord]:
    asked_for = aliased(Service)
    asked = (
        select(
            asked_for.code,
            Service.code,
            Ticket.state,
            Ticket.outcome,
            Ticket.priority,
            Visit.voided_at,
            Ticket.issued_at,
            Ticket.further_service_id,
        )
        .join(Visit, Visit.id == Ticket.visit_id)
        .join(Service, Service.id == Ticket.service_id)
        .outerjoin(asked_for, asked_for.id == func.coalesce(Ticket.further_service_id, Visit.service_id))
        .where(Ticket.site_id == site_id, Ticket.day == day)
    )
    return [
        TicketRecord(
            asked_for=first or last,
            service=last,
            state=state,
            outcome=outcome or "",
            priority=priority,
            voided=voided is not None,
            hour=local(issued, zone).hour,
            further=further is not None,
        )
        for first, last, state, outcome, priority, voided, issued, further in session.execute(asked)
    ]


def _petitions(session: Session, site_id: UUID, day: date) -> list[PetitionRecord]:
    enclosures = select(func.count()).where(Enclosure.application_id == Application.id).scalar_subquery()
    asked = (
        select(Application.document_kind, Unit.code, Application.missing, enclosures)
        .outerjoin(Unit, Unit.id == Application.unit_id)
        .where(Application.site_id == site_id, Application.day == day, Application.state != "voided")
    )
    return [
        PetitionRecord(kind, unit or "", bool(missing), count) for kind, unit, missing, count in session.execute(asked)
    ]


def _assistance(session: Session, site_id: UUID, day: date, records: DayRecords) -> None:
    asked = select(
        Assistance.kind, Assistance.state, Assistance.requested_at, Assistance.started_at, Assistance.ended_at
    ).where(Assistance.site_id == site_id, Assistance.day == day)
    for kind, state, requested, started, ended in session.execute(asked):
        records.assistance.append(AssistanceRecord(kind, state))
        if started is not None:
            records.durations[Duration.ASSISTANCE_WAIT].append(_seconds(requested, started))
        if ended is not None and state == "ended":
            records.durations[Duration.ASSISTANCE_JOB].append(_seconds(requested, ended))


def _waits(session: Session, site_id: UUID, day: date, records: DayRecords) -> None:
    asked = select(Ticket.issued_at, Ticket.first_called_at).where(
        Ticket.site_id == site_id, Ticket.day == day, Ticket.first_called_at.is_not(None)
    )
    for issued, called in session.execute(asked):
        assert called is not None
        records.durations[Duration.WAIT].append(_seconds(issued, called))


def _serving(session: Session, site_id: UUID, day: date, records: DayRecords) -> None:
    """The serving periods of each finished ticket, added up: time on hold is not time served."""
    asked = (
        select(TicketPeriod.ticket_id, TicketPeriod.started_at, TicketPeriod.ended_at)
        .join(Ticket, Ticket.id == TicketPeriod.ticket_id)
        .where(Ticket.site_id == site_id, Ticket.day == day, Ticket.state == "served")
        .where(TicketPeriod.kind == "serving", TicketPeriod.ended_at.is_not(None))
    )
    served: dict[UUID, float] = defaultdict(float)
    for ticket_id, started, ended in session.execute(asked):
        assert ended is not None
        served[ticket_id] += _seconds(started, ended)
    records.durations[Duration.SERVE] = list(served.values())


def _seconds(start: datetime, end: datetime) -> float:
    return max((end - start).total_seconds(), 0.0)

"""What needs the shift lead now: long waits, services at risk, late refakat, the share of öncelik, very bad surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select

from desk.actor import Scope
from desk.errors import N_
from desk.models.assistance import Assistance
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Counter, CounterService, Service
from desk.models.ticket import Ticket
from desk.queue import reads
from desk.queue.types import PriorityShare
from desk.registry import incidents, surveys
from desk.registry.incidents import IncidentView
from desk.registry.surveys import Alarm

WAIT_TARGET_MINUTES = 20
ASSISTANCE_TARGET_MINUTES = 15


class Risk(StrEnum):
    """Why a service is at risk."""

    LATE = "late"  # somebody waits longer than the target
    NO_COUNTER = "no_counter"  # people wait and no counter for it is open


RISK_NAMES = {Risk.LATE: N_("Hedef aşıldı"), Risk.NO_COUNTER: N_("Açık banko yok")}


@dataclass(frozen=True, slots=True)
class ServiceRisk:
    code: str
    letter: str
    name: str
    waiting: int
    longest_seconds: int
    risk: Risk


@dataclass(frozen=True, slots=True)
class Live:
    """The moment, beside the day's counts."""

    waiting: int
    longest_seconds: int  # of those who wait now
    target_minutes: int
    risks: tuple[ServiceRisk, ...]
    late_assistance: tuple[str, ...]  # numbers of jobs that nobody has begun within the target
    priority: PriorityShare
    alarms: tuple[Alarm, ...]
    incidents: tuple[IncidentView, ...]  # those that go on

    @property
    def calm(self) -> bool:
        quiet = not (self.risks or self.late_assistance or self.alarms or self.incidents)
        return quiet and not self.priority.over


def live(s: Session, scope: Scope) -> Live:
    target = setting(s, scope.site_id, "wait_target_minutes", WAIT_TARGET_MINUTES)
    rows = s.execute(
        select(Service.code, Service.letter, Service.name, Service.id, func.count(), func.min(Ticket.issued_at))
        .join(Service, Service.id == Ticket.service_id)
        .where(Ticket.site_id == scope.site_id, Ticket.day == scope.day, Ticket.state == "waiting")
        .group_by(Service.code, Service.letter, Service.name, Service.id)
    ).all()
    staffed = _staffed(s, scope)
    risks = []
    for code, letter, name, service_id, waiting, first in rows:
        seconds = _seconds(first, scope.now)
        if service_id not in staffed:
            risks.append(ServiceRisk(code, letter, name, waiting, seconds, Risk.NO_COUNTER))
        elif seconds > target * 60:
            risks.append(ServiceRisk(code, letter, name, waiting, seconds, Risk.LATE))
    return Live(
        waiting=sum(row[4] for row in rows),
        longest_seconds=max((_seconds(row[5], scope.now) for row in rows), default=0),
        target_minutes=target,
        risks=tuple(sorted(risks, key=lambda one: -one.longest_seconds)),
        late_assistance=_late_assistance(s, scope),
        priority=reads.priority_share(s, scope),
        alarms=surveys.alarms(s, scope),
        incidents=tuple(one for one in incidents.today(s, scope) if one.ended_at is None),
    )


def _seconds(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds()))


def _staffed(s: Session, scope: Scope) -> set[UUID]:
    """Services that an open counter serves."""
    asked = (
        select(CounterService.service_id)
        .join(Counter, Counter.id == CounterService.counter_id)
        .where(Counter.site_id == scope.site_id, Counter.state == "open")
    )
    return set(s.execute(asked).scalars())


def _late_assistance(s: Session, scope: Scope) -> tuple[str, ...]:
    target = setting(s, scope.site_id, "assistance_target_minutes", ASSISTANCE_TARGET_MINUTES)
    asked = select(Assistance.number, Assistance.requested_at).where(
        Assistance.site_id == scope.site_id,
        Assistance.day == scope.day,
        Assistance.state.in_(("requested", "assigned")),
    )
    return tuple(number for number, at in s.execute(asked) if _seconds(at, scope.now) > target * 60)

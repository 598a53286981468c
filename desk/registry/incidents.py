"""Unusual events (olay): what happened, what was done when, and how it ended. Nobody is named or described."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.incident import Incident, IncidentStep
from desk.models.numbers import next_number
from desk.models.work import Work
from desk.text import clean

_I: Table = Incident.__table__  # type: ignore[assignment]
_STEP: Table = IncidentStep.__table__  # type: ignore[assignment]

TEXT_LIMIT = 300


class IncidentKind(StrEnum):
    HEALTH = "health"
    LOST_CHILD = "lost_child"
    SECURITY = "security"
    EVACUATION = "evacuation"
    OUTAGE = "outage"
    OTHER = "other"


INCIDENT_NAMES = {
    IncidentKind.HEALTH: N_("Sağlık (112)"),
    IncidentKind.LOST_CHILD: N_("Kayıp çocuk"),
    IncidentKind.SECURITY: N_("Güvenlik"),
    IncidentKind.EVACUATION: N_("Yangın, tahliye"),
    IncidentKind.OUTAGE: N_("Elektrik veya sistem kesintisi"),
    IncidentKind.OTHER: N_("Diğer"),
}

FIRST_STEPS = {
    IncidentKind.HEALTH: N_("112 arandı; ilk yardım görevlisine haber verildi."),
    IncidentKind.LOST_CHILD: N_("Güvenliğe haber verildi; çıkışlar izleniyor."),
    IncidentKind.SECURITY: N_("Güvenlik sessizce çağrıldı."),
    IncidentKind.EVACUATION: N_("Tahliye başlatıldı; 112 arandı."),
    IncidentKind.OUTAGE: N_("Bilgi işleme haber verildi."),
    IncidentKind.OTHER: N_("Kaydedildi."),
}
"""What the first step usually is; the clerk may write another."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    id: UUID
    number: str  # "O 002"
    kind: IncidentKind
    at: datetime
    place: str
    steps: tuple[StepTaken, ...]
    ended_at: datetime | None
    outcome: str

    @property
    def name(self) -> str:
        return INCIDENT_NAMES[self.kind]


def start(work: Work, kind: IncidentKind, place: str = "", first_step: str = "") -> UUID:
    """Note an event; the first step is the usual one unless another is given."""
    incident_id = new_id()
    serial = next_number(work.session, work.site_id, "incident", work.day.isoformat())
    row = {"id": incident_id, "site_id": work.site_id, "day": work.day, "serial": serial, "kind": str(kind)}
    who = {"staff_id": work.actor.staff_id, "terminal_id": work.actor.terminal_id}
    work.session.execute(insert(_I).values(**row, **who, at=work.now, place=_text(place), outcome=""))
    _step(work, incident_id, first_step or FIRST_STEPS[kind])
    work.count(Measure.INCIDENTS, str(kind))
    work.change(Kind.INCIDENT_OPENED, incident_id)
    return incident_id


def step(work: Work, incident_id: UUID, text: str) -> None:
    """What was done next. Raises Stale when the event has ended."""
    _open(work, incident_id)
    _step(work, incident_id, text)
    work.change(Kind.INCIDENT_CHANGED, incident_id)


def end(work: Work, incident_id: UUID, outcome: str) -> None:
    """How it ended. Raises UserError without a word on it, Stale when it had ended."""
    told = _text(outcome)
    if not told:
        raise UserError(N_("Olayın sonucunu yazınız."))
    ended = work.session.execute(
        update(_I)
        .where(_I.c.id == incident_id, _I.c.site_id == work.site_id, _I.c.ended_at.is_(None))
        .values(ended_at=work.now, outcome=told)
        .returning(_I.c.id)
    ).first()
    if ended is None:
        raise Stale(N_("Bu olay kapanmış ya da bulunamadı."))
    work.change(Kind.INCIDENT_CHANGED, incident_id)


def _open(work: Work, incident_id: UUID) -> None:
    row = work.session.execute(
        select(_I.c.ended_at).where(_I.c.id == incident_id, _I.c.site_id == work.site_id)
    ).first()
    if row is None or row.ended_at is not None:
        raise Stale(N_("Bu olay kapanmış ya da bulunamadı."))


def _step(work: Work, incident_id: UUID, text: str) -> None:
    told = _text(text)
    if not told:
        raise UserError(N_("Yapılanı yazınız."))
    row = {"id": new_id(), "site_id": work.site_id, "incident_id": incident_id, "at": work.now, "text": told}
    work.session.execute(insert(_STEP).values(**row, staff_id=work.actor.staff_id))


def _text(text: str) -> str:
    told = clean(text)
    if len(told) > TEXT_LIMIT:
        raise UserError(N_("Olay metni en çok {count} harf olabilir."), count=TEXT_LIMIT)
    return told


def of_days(s: Session, site_id: UUID, first: date, last: date) -> tuple[IncidentView, ...]:
    """The events of some days, in their order."""
    asked = select(Incident).where(Incident.site_id == site_id, Incident.day.between(first, last)).order_by(Incident.at)
    rows = list(s.execute(asked).scalars())
    steps: dict[UUID, list[StepTaken]] = {}
    if rows:
        taken = select(IncidentStep).where(IncidentStep.incident_id.in_([row.id for row in rows]))
        for one in s.execute(taken.order_by(IncidentStep.at, IncidentStep.id)).scalars():
            steps.setdefault(one.incident_id, []).append(StepTaken(one.at, one.text))
    return tuple(_view(row, tuple(steps.get(row.id, ()))) for row in rows)


def today(s: Session, scope: Scope) -> tuple[IncidentView, ...]:
    return of_days(s, scope.site_id, scope.day, scope.day)


def _view(row: Incident, steps: tuple[StepTaken, ...]) -> IncidentView:
    kind = IncidentKind(row.kind)
    return IncidentView(row.id, f"O {row.serial:03d}", kind, row.at, row.place, steps, row.ended_at, row.outcome)

"""Unusual events (olay): what happened, what was done when, and how it ended. Nobody is named or described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from desk.actor import Scope
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.incident import Incident, IncidentStep
from desk.models.numbers import next_number
from desk.models.session import Session
from desk.models.work import Work
from desk.registry.incident_kinds import INCIDENT_NAMES, REPORTED, IncidentKind, canned
from desk.text import clean

_I = Incident.__table__
_STEP = IncidentStep.__table__

TEXT_LIMIT = 300
OPEN_LIMIT = 8


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
    """Note an event. Its first step is that it was reported, unless another is given.

    Raises UserError for words of one's own about a lost child.
    """
    _check_words(kind, place, first_step)
    incident_id = new_id()
    serial = next_number(work.session, work.site_id, "incident", work.day.isoformat())
    row = {"id": incident_id, "site_id": work.site_id, "day": work.day, "serial": serial, "kind": str(kind)}
    who = {"staff_id": work.actor.staff_id, "terminal_id": work.actor.terminal_id}
    work.session.execute(insert(_I).values(**row, **who, at=work.now, place=_text(place), outcome=""))
    _step(work, incident_id, first_step or REPORTED)
    work.count(Measure.INCIDENTS, str(kind))
    work.change(Kind.INCIDENT_OPENED, incident_id)
    return incident_id


def step(work: Work, incident_id: UUID, text: str) -> None:
    """What was done next. Raises Stale when the event has ended."""
    _check_words(_open(work, incident_id), text)
    _step(work, incident_id, text)
    work.change(Kind.INCIDENT_CHANGED, incident_id)


def end(work: Work, incident_id: UUID, outcome: str) -> None:
    """How it ended. Raises UserError without a word on it, Stale when it had ended."""
    told = _text(outcome)
    if not told:
        raise UserError(N_("Olayın sonucunu yazınız."))
    _check_words(_open(work, incident_id), told)
    ended = work.session.execute(
        update(_I)
        .where(_I.c.id == incident_id, _I.c.site_id == work.site_id, _I.c.ended_at.is_(None))
        .values(ended_at=work.now, outcome=told)
        .returning(_I.c.id)
    ).first()
    if ended is None:
        raise Stale(N_("Bu olay kapanmış ya da bulunamadı."))
    work.change(Kind.INCIDENT_CHANGED, incident_id)


def _open(work: Work, incident_id: UUID) -> IncidentKind:
    """The kind of an event that goes on; Stale when it does not."""
    row = work.session.execute(
        select(_I.c.ended_at, _I.c.kind).where(_I.c.id == incident_id, _I.c.site_id == work.site_id)
    ).first()
    if row is None or row.ended_at is not None:
        raise Stale(N_("Bu olay kapanmış ya da bulunamadı."))
    return IncidentKind(row.kind)


def _check_words(kind: IncidentKind, *texts: str) -> None:
    """A lost child is never named or described: only the program's own sentences are kept."""
    if kind is IncidentKind.LOST_CHILD and any(text and text not in canned(kind) for text in texts):
        raise UserError(N_("Kayıp çocuk olayında ad ve tarif yazılmaz; hazır seçeneklerden birini seçiniz."))


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
    steps = _steps(s, [row.id for row in rows])
    return tuple(_view(row, steps.get(row.id, ())) for row in rows)


def one(s: Session, scope: Scope, incident_id: UUID) -> IncidentView | None:
    row = s.execute(select(Incident).where(Incident.id == incident_id, Incident.site_id == scope.site_id)).scalar()
    return _view(row, _steps(s, [row.id]).get(row.id, ())) if row is not None else None


def going_on(s: Session, scope: Scope) -> tuple[IncidentView, ...]:
    """Those that have not ended, the newest first."""
    asked = select(Incident).where(Incident.site_id == scope.site_id, Incident.ended_at.is_(None))
    rows = list(s.execute(asked.order_by(Incident.at.desc()).limit(OPEN_LIMIT)).scalars())
    steps = _steps(s, [row.id for row in rows])
    return tuple(_view(row, steps.get(row.id, ())) for row in rows)


def _steps(s: Session, events: Sequence[UUID]) -> dict[UUID, tuple[StepTaken, ...]]:
    """What was done, by event."""
    found: dict[UUID, tuple[StepTaken, ...]] = {}
    if events:
        asked = select(IncidentStep).where(IncidentStep.incident_id.in_(events))
        for row in s.execute(asked.order_by(IncidentStep.at, IncidentStep.id)).scalars():
            found[row.incident_id] = (*found.get(row.incident_id, ()), StepTaken(row.at, row.text))
    return found


def today(s: Session, scope: Scope) -> tuple[IncidentView, ...]:
    return of_days(s, scope.site_id, scope.day, scope.day)


def _view(row: Incident, steps: tuple[StepTaken, ...]) -> IncidentView:
    kind = IncidentKind(row.kind)
    return IncidentView(row.id, f"O {row.serial:03d}", kind, row.at, row.place, steps, row.ended_at, row.outcome)

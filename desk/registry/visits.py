"""Visits: one row per entry through the door, usually anonymous."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from desk.actor import Scope
from desk.clock import local
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models import site as tables
from desk.models.base import new_id
from desk.models.counting import Measure, Tally
from desk.models.prepared import insertion
from desk.models.session import Session
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.models.work import Work
from desk.registry import types
from desk.registry.types import Arrival

_V = Visit.__table__

PERSONS_LIMIT = 999
UNDO_SECONDS = 10


def record(
    work: Work,
    request_key: str,
    *,
    persons: int = 1,
    service_id: UUID | None = None,
    service_code: str = "",
    unit_code: str = "",
    subject_code: str = "",
    arrival: Arrival = Arrival.WALK_IN,
    person_id: UUID | None = None,
    unit_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> UUID:
    """Write a visit and count it: with a service it comes for a number, without one it was a direction.

    ``unit_id`` and ``subject_id`` are those of the codes when the caller knows them already.
    """
    if not 1 <= persons <= PERSONS_LIMIT:
        raise UserError(N_("Kişi sayısı 1 ile {limit} arasında olmalı."), limit=PERSONS_LIMIT)
    visit_id = new_id()
    row = {
        "id": visit_id,
        "site_id": work.site_id,
        "day": work.day,
        "at": work.now,
        "persons": persons,
        "kind": "ticket" if service_id else "direction",
        "arrival": str(arrival),
        "service_id": service_id,
        "unit_id": unit_id or (unit_of(work.session, unit_code) if unit_code else None),
        "subject_id": subject_id or (subject_of(work.session, subject_code) if subject_code else None),
        "person_id": person_id,
        "staff_id": work.actor.staff_id,
        "terminal_id": work.actor.terminal_id,
        "request_key": request_key,
    }
    insertion(_V).run(work.connection, row)
    _count(work.tally(), 1, work.hour, persons, service_code, unit_code, subject_code, direction=service_id is None)
    work.change(Kind.VISIT_REGISTERED, visit_id)
    return visit_id


def by_request(work: Work, request_key: str) -> UUID | None:
    """The visit that this press already made, if any."""
    return work.session.execute(
        select(_V.c.id).where(_V.c.site_id == work.site_id, _V.c.request_key == request_key)
    ).scalar_one_or_none()


def last_ticket_of(s: Session, scope: Scope, terminal_id: UUID) -> UUID | None:
    """The newest number of the day that a terminal gave and that was not taken back."""
    found: UUID | None = s.execute(
        select(Ticket.id)
        .join(Visit, Visit.id == Ticket.visit_id)
        .where(Visit.site_id == scope.site_id, Visit.day == scope.day, Visit.terminal_id == terminal_id)
        .where(Visit.voided_at.is_(None))
        .order_by(Visit.at.desc(), Ticket.issued_at.desc(), Ticket.id.desc())
        .limit(1)
    ).scalar()
    return found


def visit(session: Session, visit_id: UUID) -> types.Visit:
    """One visit, and where it was sent when no number was given."""
    row, unit = session.execute(
        select(Visit, tables.Unit.name)
        .outerjoin(tables.Unit, tables.Unit.id == Visit.unit_id)
        .where(Visit.id == visit_id)
    ).one()
    return types.Visit(row.id, row.persons, row.at, (unit or "") if row.kind == "direction" else "")


def void(work: Work, visit_id: UUID) -> None:
    """Undo a visit within ten seconds: it stays as a voided row and its counts are taken back.

    Raises Stale when it is too late or was undone before.
    """
    row = work.session.execute(
        update(_V)
        .where(_V.c.id == visit_id, _V.c.site_id == work.site_id, _V.c.voided_at.is_(None))
        .values(voided_at=work.now)
        .returning(_V.c.day, _V.c.at, _V.c.persons, _V.c.service_id, _V.c.unit_id, _V.c.subject_id)
    ).first()
    if row is None:
        raise Stale(N_("Bu kayıt daha önce geri alınmış."))
    # Both ways: a clock that was set back must not leave the door open for an hour.
    if abs((work.now - row.at).total_seconds()) > UNDO_SECONDS:
        raise Stale(N_("Geri alma süresi ({seconds} sn) doldu."), seconds=UNDO_SECONDS)
    service_code = _code(work, tables.Service, row.service_id)
    unit_code = _code(work, tables.Unit, row.unit_id)
    subject_code = _code(work, tables.Subject, row.subject_id)
    hour = local(row.at, work.zone).hour
    direction = row.service_id is None
    _count(work.tally(row.day), -1, hour, row.persons, service_code, unit_code, subject_code, direction=direction)
    work.change(Kind.VISIT_VOIDED, visit_id)


def _count(
    tally: Tally,
    sign: int,
    hour: int,
    persons: int,
    service_code: str,
    unit_code: str,
    subject_code: str,
    *,
    direction: bool,
) -> None:
    tally.count(Measure.VISITS, service_code, sign, hour)
    tally.count(Measure.PERSONS, "", sign * persons, hour)
    tally.count(Measure.CONTACTS, "", sign)
    if direction:
        tally.count(Measure.DIRECTIONS, "", sign)
    if unit_code:
        tally.count(Measure.VISITS_BY_UNIT, unit_code, sign)
    if subject_code:
        tally.count(Measure.VISITS_BY_SUBJECT, subject_code, sign)


def unit_of(session: Session, code: str) -> UUID | None:
    """The id of a unit; None without a code. Raises UserError for an unknown one."""
    return _id(session, tables.Unit, code, N_("Böyle bir birim yok: {code}"))


def subject_of(session: Session, code: str) -> UUID | None:
    """The id of a subject; None without a code. Raises UserError for an unknown one."""
    return _id(session, tables.Subject, code, N_("Böyle bir konu yok: {code}"))


def _id(session: Session, table: type[tables.Unit] | type[tables.Subject], code: str, refusal: str) -> UUID | None:
    if not code:
        return None
    newest = table.valid_from.desc()  # of a unit that was renamed, the one in force
    found = session.execute(select(table.id).where(table.code == code).order_by(newest).limit(1)).scalar_one_or_none()
    if found is None:
        raise UserError(refusal, code=code)
    return found


def _code(
    work: Work, table: type[tables.Unit] | type[tables.Service] | type[tables.Subject], row_id: UUID | None
) -> str:
    if row_id is None:
        return ""
    return work.session.execute(select(table.code).where(table.id == row_id)).scalar_one()

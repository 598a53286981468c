"""Possible duplicates: the same person, or the same place and subject, within the last days. Shown before saving."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from desk.actor import Scope
from desk.errors import N_
from desk.models import application as tables
from desk.models import site
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.visit import Person
from desk.registry import search
from desk.registry.application_types import ApplicationRequest, PossibleDuplicate
from desk.registry.persons import as_e164
from desk.registry.types import ApplicationState, PersonInput
from desk.text import clean, fold, mask_name

_A = tables.Application.__table__

SAME_PERSON = N_("Aynı kişi")
SAME_MATTER = N_("Aynı yer ve konu")
LIMIT = 8


def possible(s: Session, scope: Scope, request: ApplicationRequest) -> tuple[PossibleDuplicate, ...]:
    """Records that may be the same matter, newest first; nothing is decided here.

    Of a sender taken over from another record ("aynı gönderenle yeni kayıt") only the same place and subject counts:
    that one person brings many papers is known.
    """
    days: int = setting(s, scope.site_id, "duplicate_days", 30)
    since = scope.day - timedelta(days=days)
    found: dict[UUID, str] = {}
    for condition, reason in (
        (_same_person(s, scope, request.sender) if request.same_sender_as is None else None, SAME_PERSON),
        (_same_matter(s, request), SAME_MATTER),
    ):
        if condition is None:
            continue
        ids = s.execute(
            select(_A.c.id)
            .where(_A.c.site_id == scope.site_id, _A.c.day >= since, condition)
            .where(_A.c.state.not_in((ApplicationState.VOIDED, ApplicationState.DUPLICATE)))
            .order_by(_A.c.day.desc(), _A.c.serial.desc())
            .limit(LIMIT)
        ).scalars()
        for key in ids:
            found.setdefault(key, reason)
    return _rows(s, found)


def _same_person(s: Session, scope: Scope, sender: PersonInput) -> ColumnElement[bool] | None:
    """By T.C. kimlik no or phone; by name only together with the neighbourhood or a phone that is missing."""
    name = fold(clean(sender.name))
    if not name and not sender.phone:
        return None
    candidates: list[UUID] = []
    if name:
        rows = s.execute(
            select(Person.id, Person.phone, Person.tckn, site.Neighbourhood.code)
            .outerjoin(site.Neighbourhood, site.Neighbourhood.id == Person.neighbourhood_id)
            .where(Person.name_fold == name, Person.site_id == scope.site_id, Person.purpose == "application")
            .order_by(Person.id.desc())
            .limit(500)
        )
        candidates += [key for key, phone, tckn, code in rows if not _differs(sender, phone, tckn, code or "")]
    conditions = [_A.c.person_id.in_(candidates)] if candidates else []
    phone = as_e164(sender.phone)
    if phone:
        hits = search.find(s, scope, phone, limit=50)
        conditions.append(_A.c.id.in_([key for _, key in hits]))
    return or_(*conditions) if conditions else None


def _differs(sender: PersonInput, phone: str, tckn: str, neighbourhood: str) -> bool:
    """Two of one name are two persons when anything both of them gave is different."""
    pairs = ((sender.tckn, tckn), (as_e164(sender.phone), phone), (sender.neighbourhood_code, neighbourhood))
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _same_matter(s: Session, request: ApplicationRequest) -> ColumnElement[bool] | None:
    code = request.neighbourhood_code or request.sender.neighbourhood_code
    if not code or not (request.subject_code or clean(request.subject)):
        return None
    where = s.execute(select(site.Neighbourhood.id).where(site.Neighbourhood.code == code)).scalar()
    if where is None:
        return None
    same: ColumnElement[bool] = _A.c.subject_fold == fold(clean(request.subject))
    if request.subject_code:
        same = _A.c.subject_code == request.subject_code
    return (_A.c.neighbourhood_id == where) & same


def _rows(s: Session, found: dict[UUID, str]) -> tuple[PossibleDuplicate, ...]:
    if not found:
        return ()
    rows = s.execute(
        select(_A, Person.name.label("person"))
        .select_from(_A)
        .outerjoin(Person, Person.id == _A.c.person_id)
        .where(_A.c.id.in_(found))
        .order_by(_A.c.received_at.desc(), _A.c.serial.desc())
    )
    return tuple(
        PossibleDuplicate(
            id=row.id,
            record_number=row.record_number,
            received_at=row.received_at,
            applicant_masked="" if row.hidden else mask_name(row.person or ""),
            subject=row.subject,
            state=ApplicationState(row.state),
            reason=found[row.id],
        )
        for row in rows
    )

"""One application opened: everything the detail page shows, and its history as a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from desk.actor import Scope
from desk.clock import local_date
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models import case, site
from desk.models.prepared import Query, together
from desk.models.session import Session
from desk.models.visit import Person
from desk.registry import deadlines, life
from desk.registry.application_types import (
    ApplicationKind,
    Clock,
    Detail,
    DueInfo,
    Outcome,
    StoredFile,
    TimelineEntry,
    Urgency,
)
from desk.registry.types import ApplicationState, Channel, DocumentKind, Enclosure, Missing, SenderKind
from desk.workdays import Calendar

_A = tables.Application.__table__
_E = tables.ApplicationEvent.__table__
_C = tables.Enclosure.__table__
_D = case.ApplicationDetail.__table__
_T = case.ApplicationText.__table__
_F = case.ApplicationFile.__table__
_P = Person.__table__
_U = site.Unit.__table__
_N = site.Neighbourhood.__table__
_O = site.Staff.__table__


_DETAIL = Query(
    select(
        _A, _P.c.name.label("person"), _P.c.phone, _P.c.address, _U.c.name.label("unit"), _U.c.code.label("unit_code"),
        _N.c.name.label("at"), _O.c.name.label("owner"), _D.c.body, _D.c.place, _D.c.fields,
    )
    .select_from(_A)
    .outerjoin(_P, _P.c.id == _A.c.person_id)
    .outerjoin(_U, _U.c.id == _A.c.unit_id)
    .outerjoin(_N, _N.c.id == _A.c.neighbourhood_id)
    .outerjoin(_O, _O.c.id == _A.c.owner_id)
    .outerjoin(_D, _D.c.application_id == _A.c.id)
    .where(_A.c.id == bindparam("id"), _A.c.site_id == bindparam("site")),
    lasting=True,
)  # fmt: skip
_TIMELINE = Query(
    select(_E.c.at, _E.c.kind, _E.c.data, _O.c.name, _U.c.name.label("unit"), _T.c.text)
    .select_from(_E)
    .join(_O, _O.c.id == _E.c.staff_id)
    .outerjoin(_U, _U.c.id == _E.c.unit_id)
    .outerjoin(_T, _T.c.event_id == _E.c.id)
    .where(_E.c.application_id == bindparam("id"))
    .order_by(_E.c.at, _E.c.id),
    lasting=True,
)
_JOINED = Query(select(_A.c.record_number).where(_A.c.joined_to == bindparam("id")), lasting=True)
_NUMBER = Query(select(_A.c.record_number).where(_A.c.id == bindparam("id")))
_ENCLOSED = Query(
    select(_C.c.name, _C.c.kind, _C.c.pages).where(_C.c.application_id == bindparam("id")).order_by(_C.c.position),
    lasting=True,
)
_FILES = Query(
    select(_F.c.id, _F.c.name, _F.c.media_type, _F.c.size, _F.c.sha256, _F.c.added_at)
    .where(_F.c.application_id == bindparam("id"), _F.c.site_id == bindparam("site"))
    .order_by(_F.c.added_at, _F.c.id),
    lasting=True,
)
"""Made once: SQLAlchemy needs as long to put a statement together as the database to answer it."""


def detail(s: Session, scope: Scope, application_id: UUID) -> Detail:
    """One application with the person as given; whoever calls logs the access. Raises UserError for none."""
    s.flush()  # these statements go past the session
    connection, given = s.connection(), {"id": application_id, "site": scope.site_id}
    with together(connection):
        found, joined = _DETAIL.ask(connection, given), _JOINED.ask_all(connection, given)
        happened, enclosed = _TIMELINE.ask_all(connection, given), _ENCLOSED.ask_all(connection, given)
        filed, calendar = _FILES.ask_all(connection, given), deadlines.ask_calendar(connection, scope.site_id)
    row = found()
    if row is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    state, clock = ApplicationState(row.state), Clock(row.clock)
    entries, events = _timeline(happened())
    return Detail(
        id=row.id,
        version=row.version,
        record_number=row.record_number,
        tracking_code=row.tracking_code,
        scan_code=row.scan_code,
        received_at=row.received_at,
        channel=Channel(row.channel),
        kind=ApplicationKind(row.kind),
        document=DocumentKind(row.document_kind),
        sender_kind=SenderKind(row.sender_kind),
        persons=row.persons,
        hidden=row.hidden,
        applicant=row.person or "",
        phone=row.phone or "",
        address=row.address or "",
        neighbourhood=row.at or "",
        subject=row.subject,
        body=row.body or "",
        place=row.place or "",
        fields=row.fields or {},
        unit=row.unit or "",
        unit_code=row.unit_code or "",
        urgency=Urgency(row.urgency),
        state=state,
        outcome=Outcome(row.outcome) if row.outcome else None,
        moves=tuple(str(move) for move in life.possible(state, clock, row.due_on, scope.day)),
        due=_due(calendar(), row, events),
        closed_at=row.closed_at,
        told_at=row.told_at,
        satisfied=row.satisfied or "",
        joined_to=_number(s, row.joined_to),
        joined=tuple(one.record_number for one in joined()) if state is not ApplicationState.DUPLICATE else (),
        owner=row.owner or "",
        official_number=row.official_number or "",
        official_on=row.official_on,
        missing=tuple(Missing(one) for one in row.missing),
        enclosures=tuple(Enclosure(one.name, one.kind, one.pages) for one in enclosed()),
        files=tuple(StoredFile(*one) for one in filed()),
        timeline=entries,
    )


def timeline(s: Session, _scope: Scope, application_id: UUID) -> tuple[TimelineEntry, ...]:
    """What happened to an application, oldest first."""
    return _timeline(_TIMELINE.all(s.connection(), {"id": application_id}))[0]


def _timeline(rows: Sequence[Any]) -> tuple[tuple[TimelineEntry, ...], list[dict[str, Any]]]:
    entries = tuple(
        TimelineEntry(
            at=row.at,
            kind=row.kind,
            name=life.EVENT_NAMES.get(row.kind, row.kind),
            staff=row.name,
            unit=row.unit or "",
            text=row.text or "",
            data={key: str(value) for key, value in row.data.items() if isinstance(value, str | int)},
        )
        for row in rows
    )
    return entries, [row.data for row in rows]


def _due(calendar: Calendar, row: Any, events: list[dict[str, Any]]) -> DueInfo:
    """The last day and how it came about: by the newest event that set it; old records are reckoned again."""
    clock = Clock(row.clock)
    for data in reversed(events):
        found = deadlines.of_data(data.get("due"), row.due_basis)
        if found is not None and found.on == row.due_on:
            return deadlines.explained(found, clock, calendar, row.stopped_on)
    start = local_date(row.received_at)
    unit = deadlines.unit_of(clock)
    days = (row.due_on - start).days
    count = days if unit is deadlines.Unit.DAYS else calendar.working_days_between(start, row.due_on)
    found = deadlines.Due(row.due_on, row.due_basis, start, count, unit)
    return deadlines.explained(found, clock, calendar, row.stopped_on)


def _number(s: Session, application_id: UUID | None) -> str:
    if application_id is None:
        return ""
    found = _NUMBER.one_or_none(s.connection(), {"id": application_id})
    return found.record_number if found is not None else ""


def files(s: Session, scope: Scope, application_id: UUID) -> tuple[StoredFile, ...]:
    rows = _FILES.all(s.connection(), {"id": application_id, "site": scope.site_id})
    return tuple(StoredFile(*row) for row in rows)

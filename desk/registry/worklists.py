"""Work lists: whose turn it is and what is due, page by page.

A page is found by the index of its order (keyset: the last row's place is the next page's beginning), then joined with
the few names it shows; so the hundredth thousandth row costs what the first did. What no index holds is looked for
in one stretch of numbers after the other (``list_queries``): a page may be short then, or empty, and have a next one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models import site
from desk.models.application import IS_OPEN, IS_UNTOLD, as_indexed
from desk.models.session import Session
from desk.models.visit import Person
from desk.registry import search
from desk.registry.application_types import (
    ApplicationKind,
    Clock,
    CoverLine,
    CoverList,
    ListQuery,
    ListSize,
    Order,
    Outcome,
    Urgency,
    WorkCounts,
    WorkPage,
    WorkRow,
)
from desk.registry.list_queries import (
    AWAITING,
    conditions,
    in_order,
    is_open,
    keys,
    listed,
    order_of,
    stretch,
    told_of,
)
from desk.registry.named import by_name
from desk.registry.types import ApplicationState, Channel
from desk.text import clean, mask_name, mask_phone

_A = tables.Application.__table__
_P = Person.__table__
_U = site.Unit.__table__
_N = site.Neighbourhood.__table__

PAGE = 100
HIDDEN = N_("Kimliği gizli")
COUNT_LIMIT = 100_000
"""A list is counted up to here; beyond it says "100.000+"."""
SEARCH_BATCH, SEARCH_BATCHES = 300, 20
"""Hits read at once, and how often, while a search is narrowed by other filters."""


def page(
    s: Session, scope: Scope, query: ListQuery, after: str = "", limit: int = PAGE, *, staff_id: UUID | None = None
) -> WorkPage:
    """One page of a list; hand ``next`` back as ``after``. ``staff_id`` is who asks ("bana ait").

    Raises UserError for an unknown unit or neighbourhood.
    """
    text = clean(query.text)
    if text:
        return _found(s, scope, query, text, after, limit, staff_id)
    end = stretch(s, scope, query, after)
    wanted = conditions(s, scope, query, staff_id, end, begun=bool(after))
    found = keys(query, wanted, after, limit + 1)
    shown = _SHOWN.select_from(_named(found.outerjoin(_A, _A.c.id == found.c.id))).order_by(*in_order(query))
    rows = tuple(_row(row, scope.day, staff_id) for row in s.execute(shown))
    if len(rows) > limit:
        return WorkPage(rows[:limit], _mark(query, rows[limit - 1]))
    return WorkPage(rows, f"{end[0]}/{end[1]}/{UUID(int=0).hex}" if end is not None else "")


def size(s: Session, scope: Scope, query: ListQuery, *, staff_id: UUID | None = None) -> ListSize:
    """How many rows a list has, as far as it is counted; a text search is not counted."""
    if clean(query.text):
        return ListSize(0, True)
    end = stretch(s, scope, query)
    inner = listed(query, select(literal(1)).select_from(_A))
    inner = inner.where(*conditions(s, scope, query, staff_id, end)).limit(COUNT_LIMIT)
    count = int(s.execute(select(func.count()).select_from(inner.subquery())).scalar_one())
    return ListSize(count, end is not None or count == COUNT_LIMIT)


def counts(s: Session, scope: Scope, staff_id: UUID | None = None) -> WorkCounts:
    """The figures beside the lists' names; one look at the open records."""
    here = _A.c.site_id == scope.site_id
    own = literal(0) if staff_id is None else func.sum(_if(_A.c.owner_id == staff_id))
    row = s.execute(
        listed(
            ListQuery(),
            select(
                func.count(),
                func.sum(_if(_A.c.due_on < scope.day, _A.c.stopped_on.is_(None))),
                func.sum(_if(_A.c.due_on == scope.day)),
                func.sum(_if(_A.c.state.in_(AWAITING), _A.c.unit_id.is_not(None))),
                own,
                func.sum(_if(_A.c.unit_id.is_(None))),
            ).where(here, as_indexed(IS_OPEN)),
        )
    ).one()
    untold = listed(ListQuery(untold=True), select(func.count()).where(here, as_indexed(IS_UNTOLD), *told_of()))
    total, overdue, today, awaiting, mine, unassigned = (int(value or 0) for value in row)
    return WorkCounts(total, overdue, today, awaiting, int(s.execute(untold).scalar_one()), mine, unassigned)


def _if(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return case((and_(*conditions), 1), else_=0)


def _mark(query: ListQuery, last: WorkRow) -> str:
    """Where a page ended."""
    if order_of(query) is Order.NEWEST:
        return f"{last.record_number}/{last.id.hex}"
    rank = list(Urgency).index(last.urgency) if query.order is Order.URGENCY else 0
    return f"{rank}/{last.due_on.isoformat()}/{last.id.hex}"


def _found(
    s: Session, scope: Scope, query: ListQuery, text: str, after: str, limit: int, staff_id: UUID | None
) -> WorkPage:
    """Hits of a search, newest first. A number (record, barcode, tracking code) is one row, whatever its state."""
    exact = by_name(s, scope, text)
    if exact is not None:
        return WorkPage(_rows(s, scope, [exact], staff_id), "")
    wanted = conditions(s, scope, query, staff_id)[1:]  # hits are of this site, and none of them is void
    narrowed = len(wanted) > 1 or is_open(query) or query.untold
    before = int(after) if after.isdecimal() else None
    fit: list[UUID] = []
    for _ in range(SEARCH_BATCHES):
        hits = search.find(s, scope, text, max(limit + 1, SEARCH_BATCH if narrowed else 0), before)
        docs = {key: doc for doc, key in hits}
        fitting = set(docs)
        if docs and narrowed:
            fitting = set(s.execute(select(_A.c.id).where(_A.c.id.in_(docs), *wanted)).scalars())
        for doc, key in hits:
            if key in fitting:
                if len(fit) == limit:
                    return WorkPage(_rows(s, scope, fit, staff_id), str(before))
                fit.append(key)
            before = doc
        if len(hits) < limit + 1:
            before = None
            break
    return WorkPage(_rows(s, scope, fit, staff_id), str(before) if before else "")


_SHOWN: Select[Any] = select(
    *(_A.c[name] for name in (
        "id", "record_number", "received_at", "hidden", "subject", "kind", "channel", "urgency", "state", "outcome",
        "due_on", "clock", "stopped_on", "open", "owner_id", "version",
    )),
    _P.c.name.label("person"), _P.c.phone, _U.c.short_name, _N.c.name.label("at"),
)  # fmt: skip


def _named(records: Any) -> Any:
    """Records with the few names that a list shows."""
    joined = records.outerjoin(_P, _P.c.id == _A.c.person_id).outerjoin(_U, _U.c.id == _A.c.unit_id)
    return joined.outerjoin(_N, _N.c.id == _A.c.neighbourhood_id)


_ROWS: Select[Any] = _SHOWN.select_from(_named(_A)).where(_A.c.id.in_(bindparam("ids", expanding=True)))
"""Made once: SQLAlchemy needs as long to put it together as the database to answer it."""


def _rows(s: Session, scope: Scope, ids: list[UUID], staff_id: UUID | None) -> tuple[WorkRow, ...]:
    if not ids:
        return ()
    found = {row.id: row for row in s.execute(_ROWS, {"ids": ids})}
    return tuple(_row(found[key], scope.day, staff_id) for key in ids if key in found)


def _row(row: Any, today: date, staff_id: UUID | None) -> WorkRow:
    counted_to = row.stopped_on or today
    return WorkRow(
        id=row.id,
        record_number=row.record_number,
        received_at=row.received_at,
        applicant_masked=HIDDEN if row.hidden else mask_name(row.person or ""),
        phone_masked="" if row.hidden else mask_phone(row.phone or ""),
        subject=row.subject,
        kind=ApplicationKind(row.kind),
        channel=Channel(row.channel),
        unit=row.short_name or "",
        neighbourhood=row.at or "",
        urgency=Urgency(row.urgency),
        state=ApplicationState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        due_on=row.due_on,
        days_left=(row.due_on - counted_to) // timedelta(days=1),
        due_is_target=row.clock == Clock.TARGET,
        stopped=row.stopped_on is not None,
        open=row.open,
        mine=staff_id is not None and row.owner_id == staff_id,
        version=row.version,
    )


def cover_list(s: Session, scope: Scope, ids: tuple[UUID, ...], unit_code: str, made_by: str) -> CoverList:
    """What goes to a unit in one bundle, by record number. Raises UserError for an unknown unit."""
    unit = s.execute(select(site.Unit.name).where(site.Unit.code == unit_code)).scalar()
    if unit is None:
        raise UserError(N_("Böyle bir birim yok: {code}"), code=unit_code)
    enclosures = (
        select(tables.Enclosure.application_id, func.count().label("count"))
        .where(tables.Enclosure.application_id.in_(ids))
        .group_by(tables.Enclosure.application_id)
        .subquery()
    )
    rows = s.execute(
        select(_A, Person.name.label("person"), enclosures.c.count.label("enclosed"))
        .select_from(_A)
        .outerjoin(Person, Person.id == _A.c.person_id)
        .outerjoin(enclosures, enclosures.c.application_id == _A.c.id)
        .where(_A.c.id.in_(ids), _A.c.site_id == scope.site_id)
        .order_by(_A.c.year, _A.c.serial)
    ).all()
    lines = tuple(
        CoverLine(
            record_number=row.record_number,
            received_on=row.day,
            applicant="" if row.hidden else row.person or "",
            subject=row.subject,
            enclosures=row.enclosed or 0,
            due_on=row.due_on,
        )
        for row in rows
    )
    return CoverList(unit, scope.now, made_by, lines)

"""Work lists: whose turn it is and what is due, page by page.

A page is found by the index of its order (keyset: the last row's place is the next page's beginning), then joined with
the few names it shows; so the hundredth thousandth row costs what the first did.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models import site
from desk.models.application import IS_ALIVE, IS_OPEN, IS_UNTOLD, as_indexed
from desk.models.visit import Person
from desk.registry import search
from desk.registry.application_types import (
    ApplicationKind,
    Clock,
    CoverLine,
    CoverList,
    ListQuery,
    Order,
    Outcome,
    Urgency,
    WorkCounts,
    WorkPage,
    WorkRow,
)
from desk.registry.applications import by_name
from desk.registry.types import ApplicationState, Channel
from desk.text import clean, mask_name, mask_phone

_A: Table = tables.Application.__table__  # type: ignore[assignment]
_P: Table = Person.__table__  # type: ignore[assignment]
_U: Table = site.Unit.__table__  # type: ignore[assignment]
_N: Table = site.Neighbourhood.__table__  # type: ignore[assignment]

PAGE = 100
HIDDEN = N_("Kimliği gizli")
AWAITING = (ApplicationState.REFERRED, ApplicationState.IN_PROGRESS, ApplicationState.REOPENED)
COUNT_LIMIT = 100_000
"""A list is counted up to here; beyond it says "100.000+"."""

_RANK = case(
    (_A.c.urgency == Urgency.URGENT, 0), (_A.c.urgency == Urgency.HIGH, 1), (_A.c.urgency == Urgency.NORMAL, 2), else_=3
)
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
    ids = _listed(query, select(_A.c.id)).where(*_conditions(s, scope, query, staff_id))
    ids = ids.order_by(*_order(query)).limit(limit + 1)
    if after:
        ids = ids.where(_beyond(query, after))
    keys = [key for (key,) in s.execute(ids)]
    rows = _rows(s, scope, keys[:limit], staff_id)
    return WorkPage(rows, _mark(query, rows[-1]) if len(keys) > limit else "")


def size(s: Session, scope: Scope, query: ListQuery, *, staff_id: UUID | None = None) -> int:
    """How many rows a list has, counted up to COUNT_LIMIT; a text search is not counted (0)."""
    if clean(query.text):
        return 0
    inner = _listed(query, select(literal(1)).select_from(_A))
    inner = inner.where(*_conditions(s, scope, query, staff_id)).limit(COUNT_LIMIT)
    return int(s.execute(select(func.count()).select_from(inner.subquery())).scalar_one())


def counts(s: Session, scope: Scope, staff_id: UUID | None = None) -> WorkCounts:
    """The figures beside the lists' names; one look at the open records."""
    here = _A.c.site_id == scope.site_id
    own = literal(0) if staff_id is None else func.sum(_if(_A.c.owner_id == staff_id))
    row = s.execute(
        _listed(
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
    untold = _listed(ListQuery(untold=True), select(func.count()).where(here, as_indexed(IS_UNTOLD), *_alive()))
    total, overdue, today, awaiting, mine, unassigned = (int(value or 0) for value in row)
    return WorkCounts(total, overdue, today, awaiting, int(s.execute(untold).scalar_one()), mine, unassigned)


def _if(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return case((and_(*conditions), 1), else_=0)


def _alive() -> tuple[ColumnElement[bool], ...]:
    return (_A.c.state.not_in((ApplicationState.VOIDED, ApplicationState.WITHDRAWN, ApplicationState.DUPLICATE)),)


def order_of(query: ListQuery) -> Order:
    """How a list is sorted: one that holds what has ended by its numbers, because nothing of it is due any more."""
    return query.order if _is_open(query) or query.untold else Order.NEWEST


def _is_open(query: ListQuery) -> bool:
    return not query.untold and (query.open_only or query.overdue_only or query.awaiting)


def _listed(query: ListQuery, statement: Any) -> Any:
    """The statement, told on SQLite by which index: it keeps no statistics and took one with every record in it."""
    if query.untold:
        name = "untold"
    elif query.mine:
        name = "owner"
    elif _is_open(query):
        name = "open_unit" if query.unit_code else "open"
    elif query.state is ApplicationState.VOIDED:
        return statement
    else:
        name = "unit" if query.unit_code else "newest"
    return statement.with_hint(_A, f"INDEXED BY ix_application_{name}", "sqlite")


def _conditions(s: Session, scope: Scope, query: ListQuery, staff_id: UUID | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_A.c.site_id == scope.site_id]
    if query.untold:
        found += [as_indexed(IS_UNTOLD), *_alive()]
    elif _is_open(query):
        found.append(as_indexed(IS_OPEN))
    elif query.state is not ApplicationState.VOIDED:
        found.append(as_indexed(IS_ALIVE))
    if query.unit_code:
        found.append(_A.c.unit_id == _code(s, site.Unit, query.unit_code, N_("Böyle bir birim yok: {code}")))
    if query.neighbourhood_code:
        where = _code(s, site.Neighbourhood, query.neighbourhood_code, N_("Böyle bir mahalle yok: {code}"))
        found.append(_A.c.neighbourhood_id == where)
    for column, value in (
        (_A.c.channel, query.channel),
        (_A.c.kind, query.kind),
        (_A.c.state, query.state),
        (_A.c.urgency, query.urgency),
    ):
        if value is not None:
            found.append(column == str(value))
    if query.received_from:  # the year as well: numbers go by it, days do not stand in their index
        found += [_A.c.day >= query.received_from, _A.c.year >= query.received_from.year]
    if query.received_to:
        found += [_A.c.day <= query.received_to, _A.c.year <= query.received_to.year]
    if query.overdue_only:
        found += [_A.c.due_on < scope.day, _A.c.stopped_on.is_(None)]
    if query.awaiting:
        found += [_A.c.state.in_(AWAITING), _A.c.unit_id.is_not(None)]
    if query.mine:
        found += [_A.c.owner_id == staff_id, _A.c.owner_id.is_not(None)]
    return found


def _code(s: Session, table: Any, code: str, refusal: str) -> UUID:
    found: UUID | None = s.execute(select(table.id).where(table.code == code)).scalar()
    if found is None:
        raise UserError(refusal, code=code)
    return found


def _order(query: ListQuery) -> tuple[Any, ...]:
    order = order_of(query)
    if order is Order.NEWEST:
        return _A.c.year.desc(), _A.c.serial.desc()
    if order is Order.URGENCY:
        return _RANK, _A.c.due_on, _A.c.id
    return _A.c.due_on, _A.c.id


def _mark(query: ListQuery, last: WorkRow) -> str:
    """Where a page ended."""
    if order_of(query) is Order.NEWEST:
        return f"{last.record_number}/{last.id.hex}"
    rank = list(Urgency).index(last.urgency) if query.order is Order.URGENCY else 0
    return f"{rank}/{last.due_on.isoformat()}/{last.id.hex}"


def _beyond(query: ListQuery, after: str) -> ColumnElement[bool]:
    try:
        first, second, key = after.split("/")
        last_id = UUID(hex=key)
        if order_of(query) is Order.NEWEST:
            return tuple_(_A.c.year, _A.c.serial) < tuple_(literal(int(first)), literal(int(second)))
        due_on = date.fromisoformat(second)
    except ValueError as error:
        raise UserError(N_("Liste bu arada değişti; baştan açınız.")) from error
    later = or_(_A.c.due_on > due_on, and_(_A.c.due_on == due_on, _A.c.id > last_id))
    if query.order is Order.URGENCY:
        rank = literal(int(first))
        return or_(rank < _RANK, and_(_RANK.in_([rank]), later))
    return and_(_A.c.due_on >= due_on, later)  # the first half is what the index can begin at


def _found(
    s: Session, scope: Scope, query: ListQuery, text: str, after: str, limit: int, staff_id: UUID | None
) -> WorkPage:
    """Hits of a search, newest first. A number (record, barcode, tracking code) is one row, whatever its state."""
    exact = by_name(s, scope, text)
    if exact is not None:
        return WorkPage(_rows(s, scope, [exact], staff_id), "")
    conditions = _conditions(s, scope, query, staff_id)[1:]  # hits are of this site, and none of them is void
    narrowed = len(conditions) > 1 or _is_open(query) or query.untold
    before = int(after) if after.isdecimal() else None
    keys: list[UUID] = []
    for _ in range(SEARCH_BATCHES):
        hits = search.find(s, scope, text, max(limit + 1, SEARCH_BATCH if narrowed else 0), before)
        docs = {key: doc for doc, key in hits}
        fitting = set(docs)
        if docs and narrowed:
            fitting = set(s.execute(select(_A.c.id).where(_A.c.id.in_(docs), *conditions)).scalars())
        for doc, key in hits:
            if key in fitting:
                if len(keys) == limit:
                    return WorkPage(_rows(s, scope, keys, staff_id), str(before))
                keys.append(key)
            before = doc
        if len(hits) < limit + 1:
            before = None
            break
    return WorkPage(_rows(s, scope, keys, staff_id), str(before) if before else "")


_ROWS: Select[Any] = (
    select(
        *(_A.c[name] for name in (
            "id", "record_number", "received_at", "hidden", "subject", "kind", "channel", "urgency", "state", "outcome",
            "due_on", "clock", "stopped_on", "open", "owner_id", "version",
        )),
        _P.c.name.label("person"), _P.c.phone, _U.c.short_name, _N.c.name.label("at"),
    )
    .select_from(_A)
    .outerjoin(_P, _P.c.id == _A.c.person_id)
    .outerjoin(_U, _U.c.id == _A.c.unit_id)
    .outerjoin(_N, _N.c.id == _A.c.neighbourhood_id)
    .where(_A.c.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
"""Made once: SQLAlchemy needs as long to put it together as the database to answer it."""


def _rows(s: Session, scope: Scope, keys: list[UUID], staff_id: UUID | None) -> tuple[WorkRow, ...]:
    if not keys:
        return ()
    found = {row.id: row for row in s.execute(_ROWS, {"ids": keys})}
    return tuple(_row(found[key], scope.day, staff_id) for key in keys if key in found)


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

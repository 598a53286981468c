"""What a work list asks the database: its index, its conditions, its order, and how far one look goes.

SQLite keeps no statistics, so every list names its index. Among all records, a channel, a kind, a state or a
neighbourhood stands in no index with the numbers: such a list is read in stretches of ``STRETCH`` records. A period
becomes a stretch of numbers, which grow with the days. What is open stands in an index that holds all it is filtered
by, each urgency as a run of its own, by what is due: a page is put together from the beginnings of these runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models import site
from desk.models.application import IS_ALIVE, IS_OPEN, IS_UNTOLD, as_indexed
from desk.models.prepared import Query
from desk.models.session import Session
from desk.registry.application_types import ListQuery, Order, Urgency
from desk.registry.incoming import BY_DAY
from desk.registry.life import OPEN
from desk.registry.types import ApplicationState

_A = tables.Application.__table__

AWAITING = (ApplicationState.REFERRED, ApplicationState.IN_PROGRESS, ApplicationState.REOPENED)

STRETCH = 20_000
"""Records that are looked through at once for what no index holds: a twentieth of a second."""

SCATTERED = 4
"""How much dearer the records of one unit are, which lie far from each other."""

_SLACK = 1000
"""Numbers by which a period is widened: around midnight a number of yesterday may follow one of today."""

_YEARLY = 100_000_000
_PLACE = cast(_A.c.year, BigInteger) * _YEARLY + _A.c.serial
"""A number as one: ordered by both, PostgreSQL went through all records for the first one of a day."""

RANK = case(
    (_A.c.urgency == Urgency.URGENT, 0), (_A.c.urgency == Urgency.HIGH, 1), (_A.c.urgency == Urgency.NORMAL, 2), else_=3
)


def order_of(query: ListQuery) -> Order:
    """How a list is sorted: one that holds what has ended by its numbers, because nothing of it is due any more."""
    return query.order if is_open(query) or query.untold else Order.NEWEST


def is_open(query: ListQuery) -> bool:
    return not query.untold and (query.open_only or query.overdue_only or query.awaiting or query.state in OPEN)


def listed(query: ListQuery, statement: Any) -> Any:
    """The statement, told on SQLite by which index: it keeps no statistics and took one with every record in it."""
    if query.untold:
        name = "untold"
    elif query.mine:
        name = "owner"
    elif is_open(query):
        name = "open_unit" if query.unit_code else "open"
    elif query.state is ApplicationState.VOIDED:
        return statement
    else:
        name = "unit" if query.unit_code else "newest"
    return statement.with_hint(_A, f"INDEXED BY ix_application_{name}", "sqlite")


def keys(query: ListQuery, wanted: Sequence[ColumnElement[bool]], after: str, limit: int) -> Subquery:
    """The ids of a page of what is ``wanted``, behind the mark ``after``."""
    if _is_merged(query):
        return _merged(query, wanted, after, limit)
    if after:
        wanted = [*wanted, _beyond(query, after)]
    one = listed(query, select(_A.c.id)).where(*wanted).order_by(*in_order(query)).limit(limit)
    found: Subquery = one.subquery()
    return found


def _is_merged(query: ListQuery) -> bool:
    """Whether a list's index holds it in runs, one for each urgency."""
    return is_open(query) and not query.mine and order_of(query) is not Order.NEWEST


def _merged(query: ListQuery, wanted: Sequence[ColumnElement[bool]], after: str, limit: int) -> Subquery:
    """The beginnings of the runs, and of these the first: nothing else is read, however much is open."""
    mark = _Mark.of(after) if after else None
    by_urgency = query.order is Order.URGENCY
    runs = []
    for rank, urgency in enumerate(Urgency):
        if (query.urgency or urgency) is not urgency or (mark is not None and by_urgency and rank < mark.rank):
            continue
        run = listed(query, select(_A.c.id, _A.c.due_on, literal_column(str(rank)).label("rank")))
        run = run.where(*wanted, _A.c.urgency == str(urgency))
        if mark is not None and (not by_urgency or rank == mark.rank):
            run = run.where(*mark.later())
        runs.append(select(run.order_by(_A.c.due_on, _A.c.id).limit(limit).subquery()))
    if not runs:  # a mark of another list
        raise _changed()
    found = union_all(*runs).subquery()
    order = (found.c.rank, found.c.due_on, found.c.id) if by_urgency else (found.c.due_on, found.c.id)
    return select(found.c.id).order_by(*order).limit(limit).subquery()


def conditions(
    s: Session,
    scope: Scope,
    query: ListQuery,
    staff_id: UUID | None,
    end: tuple[int, int] | None = None,
    *,
    begun: bool = False,
) -> list[ColumnElement[bool]]:
    """Everything that is asked for, as far as ``end``; ``begun``: a mark will say where it goes on (``keys``)."""
    found = indexed(s, scope, query, end, begun=begun)
    if query.untold:
        found += told_of()
    if query.neighbourhood_code:
        where = _code(s, _PLACE_OF, query.neighbourhood_code, N_("Böyle bir mahalle yok: {code}"))
        found.append(_A.c.neighbourhood_id.is_not_distinct_from(where))  # "=" made PostgreSQL read the whole place
    for column, value in (
        (_A.c.channel, query.channel),
        (_A.c.kind, query.kind),
        (_A.c.state, query.state),
        (_A.c.urgency, query.urgency),
    ):
        if value is not None:
            found.append(column == str(value))
    if query.received_from:
        found.append(_A.c.day >= query.received_from)
    if query.received_to:
        found.append(_A.c.day <= query.received_to)
    if query.overdue_only:
        found += [_A.c.due_on < scope.day, _A.c.stopped_on.is_(None)]
    if query.awaiting:
        found += [_A.c.state.in_(AWAITING), _A.c.unit_id.is_not(None)]
    if query.mine:
        found += [_A.c.owner_id == staff_id, _A.c.owner_id.is_not(None)]
    return found


def indexed(
    s: Session, scope: Scope, query: ListQuery, end: tuple[int, int] | None = None, *, begun: bool = False
) -> list[ColumnElement[bool]]:
    """What the list's index holds of a query.

    Numbers have one bound on each side, the nearest: SQLite begins or ends at one of them only.
    """
    found: list[ColumnElement[bool]] = [_A.c.site_id == scope.site_id]
    if query.untold:
        found.append(as_indexed(IS_UNTOLD))
    elif is_open(query):
        found.append(as_indexed(IS_OPEN))
    elif query.state is not ApplicationState.VOIDED:
        found.append(as_indexed(IS_ALIVE))
    if query.unit_code:
        found.append(_A.c.unit_id == _code(s, _UNIT, query.unit_code, N_("Böyle bir birim yok: {code}")))
    if order_of(query) is Order.NEWEST:
        if end is not None:
            found.append(numbers() >= numbers(*end))
        elif query.received_from:
            found.append(_since(s, scope, query.received_from))
        if query.received_to and not begun:
            found.append(_until(s, scope, query.received_to))
    return found


def _since(s: Session, scope: Scope, first: date) -> ColumnElement[bool]:
    """The numbers from a day on: they grow with the days, which their indexes do not hold."""
    day = select(func.min(_A.c.day)).where(_A.c.day >= first)
    year, serial = _number_of(s, scope, day, func.min(_PLACE)) or (first.year, 0)
    since: ColumnElement[bool] = numbers() >= numbers(year, max(serial - _SLACK, 0))
    return since


def _until(s: Session, scope: Scope, last: date) -> ColumnElement[bool]:
    day = select(func.max(_A.c.day)).where(_A.c.day <= last)
    year, serial = _number_of(s, scope, day, func.max(_PLACE)) or (last.year, 0)
    until: ColumnElement[bool] = numbers() <= numbers(year, serial + _SLACK)
    return until


def _number_of(s: Session, scope: Scope, day: Select[Any], place: ColumnElement[int]) -> tuple[int, int] | None:
    """Year and serial of the first or last number on the day that ``day`` finds."""
    found = s.execute(day.where(_A.c.site_id == scope.site_id).with_hint(_A, f"INDEXED BY {BY_DAY}", "sqlite")).scalar()
    if found is None:
        return None
    of_day = select(place).where(_A.c.site_id == scope.site_id, _A.c.day == found)
    year, serial = divmod(s.execute(of_day.with_hint(_A, f"INDEXED BY {BY_DAY}", "sqlite")).scalar_one(), _YEARLY)
    return year, serial


def _code(s: Session, query: Query, code: str, refusal: str) -> UUID:
    found = query.one_or_none(s.connection(), {"code": code})
    if found is None:
        raise UserError(refusal, code=code)
    return UUID(int=found.id.int)


_UNIT = Query(select(site.Unit.id).where(site.Unit.code == bindparam("code")), lasting=True)
_PLACE_OF = Query(select(site.Neighbourhood.id).where(site.Neighbourhood.code == bindparam("code")), lasting=True)


def told_of() -> tuple[ColumnElement[bool], ...]:
    """Of what has ended: what a citizen is told of."""
    return (_A.c.state.not_in((ApplicationState.VOIDED, ApplicationState.WITHDRAWN, ApplicationState.DUPLICATE)),)


def in_order(query: ListQuery) -> tuple[Any, ...]:
    order = order_of(query)
    if order is Order.NEWEST:
        return _A.c.year.desc(), _A.c.serial.desc()
    if order is Order.URGENCY:
        return RANK, _A.c.due_on, _A.c.id
    return _A.c.due_on, _A.c.id


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a page by what is due ended: the rank of its last row's urgency, its last day, its id."""

    rank: int
    due_on: date
    id: UUID

    @classmethod
    def of(cls, text: str) -> _Mark:
        """Raises UserError for a mark of another list."""
        try:
            rank, due_on, key = text.split("/")
            return cls(int(rank), date.fromisoformat(due_on), UUID(hex=key))
        except ValueError as error:
            raise _changed() from error

    def later(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """What is due after it; the first half is what the index can begin at."""
        same_day = and_(_A.c.due_on == self.due_on, _A.c.id > self.id)
        return _A.c.due_on >= self.due_on, or_(_A.c.due_on > self.due_on, same_day)


def _changed() -> UserError:
    return UserError(N_("Liste bu arada değişti; baştan açınız."))


def _beyond(query: ListQuery, after: str) -> ColumnElement[bool]:
    """What comes behind the mark of a page's end. Raises UserError for a mark of another list."""
    if order_of(query) is Order.NEWEST:
        try:
            year, serial, _ = after.split("/")
            before: ColumnElement[bool] = numbers() < numbers(int(year), int(serial))
        except ValueError as error:
            raise _changed() from error
        return before
    mark = _Mark.of(after)
    later = and_(*mark.later())
    if query.order is Order.URGENCY:
        return or_(literal(mark.rank) < RANK, and_(RANK.in_([mark.rank]), later))
    return later


def stretch(s: Session, scope: Scope, query: ListQuery, after: str = "") -> tuple[int, int] | None:
    """Year and serial of the last record to look at, where more than STRETCH would have to be; None: look at all."""
    if query.mine or query.untold or is_open(query) or not _is_narrowed(query):
        return None
    last = listed(query, select(_A.c.year, _A.c.serial)).where(*indexed(s, scope, query, begun=bool(after)))
    if after:
        last = last.where(_beyond(query, after))
    count = STRETCH // SCATTERED if query.unit_code else STRETCH
    last = last.order_by(*in_order(query)).offset(count - 1).limit(1)
    row = s.execute(last).one_or_none()
    return None if row is None else (row.year, row.serial)


def _is_narrowed(query: ListQuery) -> bool:
    """Whether something is asked for that the numbers' indexes do not hold."""
    return bool(query.neighbourhood_code or query.channel or query.kind or query.state or query.urgency)


def numbers(year: int | None = None, serial: int | None = None) -> Any:
    """A record's place among all, or that of a number."""
    if year is None:
        return tuple_(_A.c.year, _A.c.serial)
    return tuple_(literal(year), literal(serial))

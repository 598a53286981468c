"""Writing an import in small transactions, so that the desks go on meanwhile, and taking it back as a whole.

Each chunk is checked once more against what is there: a row whose key or outside number is known is passed over, so
the same file twice, or after a crash, adds nothing twice. What an import made is taken back by its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, insert, or_, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models import case, site
from desk.models.base import new_id
from desk.models.bulk import insert_rows
from desk.models.counting import Duration, Measure
from desk.models.numbers import next_number
from desk.models.session import Session
from desk.models.visit import Person
from desk.models.work import Work
from desk.registry import application_counts, channels, drafting, persons
from desk.registry.application_types import ApplicationRequest
from desk.registry.types import ApplicationState
from desk.text import fold, sort_key

_A = tables.Application.__table__
_E = tables.ApplicationEvent.__table__
_P = Person.__table__
_D = case.ApplicationDetail.__table__
_S = case.ApplicationSearch.__table__
_R = case.ImportRun.__table__
_F = case.ApplicationFile.__table__
_C = case.Call.__table__

CHUNK = 500
"""Rows of one transaction: under half a second, while others wait at most five."""

_IN = 400
"""Values of one IN list."""


@dataclass(frozen=True, slots=True)
class Written:
    created: int
    known: int


@dataclass(frozen=True, slots=True)
class Run:
    """One import as the list of imports shows it."""

    id: UUID
    source: str
    file_name: str
    at: datetime
    by: str
    rows: int
    created: int
    known: int
    refused: int
    finished: bool
    undone_at: datetime | None


def begin(work: Work, source: str, file_name: str, sha256: str, rows: int, refused: int) -> UUID:
    import_id = new_id()
    work.session.execute(
        insert(_R).values(
            id=import_id,
            site_id=work.site_id,
            source=source,
            file_name=file_name[:200],
            sha256=sha256,
            at=work.now,
            staff_id=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
            rows=rows,
            created=0,
            known=0,
            refused=refused,
        )
    )
    return import_id


def finish(work: Work, import_id: UUID) -> None:
    work.session.execute(update(_R).where(_R.c.id == import_id).values(finished_at=work.now))
    work.change(Kind.APPLICATIONS_IMPORTED, import_id)


def write(work: Work, import_id: UUID, requests: Sequence[ApplicationRequest]) -> Written:
    """Write one chunk of checked requests in this transaction.

    Raises UserError when the import was taken back meanwhile.
    """
    next_number(work.session, work.site_id, "record", str(work.day.year), 0)  # from here on two imports are one by one
    new = _unknown(work, requests)
    if new:
        book = drafting.Book(work, import_id)
        senders = _senders(work, book, new)
        drafted = book.draft(new, senders)
        s = work.session
        insert_rows(s, _A, [one.application for one in drafted])
        insert_rows(s, _D, [one.detail for one in drafted if one.detail is not None])
        insert_rows(s, _E, [event for one in drafted for event in one.events])
        s.execute(insert(_S), [one.search for one in drafted])
        count = application_counts.on_day(work, work.day)
        for one in drafted:
            application_counts.registered(count, one.application, one.unit_code, one.place_code, 0)
    return _counted(work, import_id, len(new), len(requests) - len(new))


def _counted(work: Work, import_id: UUID, created: int, known: int) -> Written:
    running = update(_R).where(_R.c.id == import_id, _R.c.undone_at.is_(None))
    done = work.session.execute(running.values(created=_R.c.created + created, known=_R.c.known + known))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise UserError(N_("Bu içe aktarma siz sürdürürken geri alındı."))
    work.change(Kind.APPLICATIONS_IMPORTED, import_id)
    return Written(created, known)


def _unknown(work: Work, requests: Sequence[ApplicationRequest]) -> list[ApplicationRequest]:
    keys: set[str] = set()
    outside: set[tuple[str, str]] = set()
    for at in range(0, len(requests), _IN):
        part = requests[at : at + _IN]
        found = select(_A.c.request_key).where(
            _A.c.site_id == work.site_id, _A.c.request_key.in_([one.key for one in part])
        )
        keys |= set(work.session.execute(found).scalars())
        numbers: dict[str, list[str]] = {}
        for one in part:
            number = channels.outside_number(one.channel, one.fields)
            if number:
                numbers.setdefault(str(one.channel), []).append(number)
        if numbers:
            same = or_(*(and_(_A.c.channel == c, _A.c.outside_number.in_(n)) for c, n in numbers.items()))
            rows = work.session.execute(
                select(_A.c.channel, _A.c.outside_number).where(_A.c.site_id == work.site_id, same)
            )
            outside |= {(row.channel, row.outside_number) for row in rows}
    return [
        one
        for one in requests
        if one.key not in keys and (str(one.channel), channels.outside_number(one.channel, one.fields)) not in outside
    ]


def _senders(work: Work, book: drafting.Book, requests: Sequence[ApplicationRequest]) -> list[UUID | None]:
    rows: list[dict[str, Any]] = []
    ids: list[UUID | None] = []
    for one in requests:
        if not persons.is_given(one.sender):
            ids.append(None)
            continue
        sender = one.sender
        row = {
            "id": new_id(),
            "site_id": work.site_id,
            "purpose": "application",
            "notice_version": book.values.get("notice_version", ""),
            "erase_after": work.day + book.keep,
            "name": sender.name,
            "name_fold": fold(sender.name),
            "name_sort": sort_key(sender.name),
            "phone": sender.phone,
            "tckn": sender.tckn,
            "address": sender.address,
            "neighbourhood_id": book.places.get(sender.neighbourhood_code),
        }
        rows.append(row)
        ids.append(row["id"])
    insert_rows(work.session, _P, rows)
    return ids


# Taking back

_UNTOUCHED = and_(
    _A.c.version == 0, _A.c.official_number.is_(None), ~exists().where(_F.c.application_id == _A.c.id).correlate(_A)
)
"""Nobody has moved it, joined another one to it, attached a page or written its EBYS number."""


def undo(work: Work, import_id: UUID, *, leave_worked_on: bool = False) -> int:
    """Take an import back as a whole: its records are void, their numbers stay spent, counts are taken back.

    Raises UserError when work on some of them has begun, unless those are left (``leave_worked_on``). How many.
    """
    run = work.session.execute(
        select(_R).where(_R.c.id == import_id, _R.c.site_id == work.site_id).with_for_update()
    ).one_or_none()
    if run is None:
        raise UserError(N_("İçe aktarma bulunamadı."))
    if run.undone_at is not None:
        raise UserError(N_("Bu içe aktarma zaten geri alınmış."))
    of_it = and_(_A.c.import_id == import_id, _A.c.state != ApplicationState.VOIDED)
    touched = work.session.execute(select(func.count()).select_from(_A).where(of_it, ~_UNTOUCHED)).scalar_one()
    if touched and not leave_worked_on:
        raise UserError(
            N_("Bu içe aktarmanın {count} kaydında işlem yapılmış. Geri alınmaz; isterseniz yalnız kalanları alınız."),
            count=touched,
        )
    taken = _void(work, import_id)
    taken += _drop_calls(work, import_id)
    if not touched:
        work.session.execute(
            update(_R).where(_R.c.id == import_id).values(undone_at=work.now, undone_by=work.actor.staff_id)
        )
    work.change(Kind.APPLICATIONS_IMPORTED, import_id)
    return taken


def _void(work: Work, import_id: UUID) -> int:
    s = work.session
    rows = s.execute(
        select(_A, site.Unit.code.label("unit"), site.Neighbourhood.code.label("place"))
        .select_from(_A)
        .outerjoin(site.Unit, site.Unit.id == _A.c.unit_id)
        .outerjoin(site.Neighbourhood, site.Neighbourhood.id == _A.c.neighbourhood_id)
        .where(_A.c.import_id == import_id, _UNTOUCHED, _A.c.state != ApplicationState.VOIDED)
        .order_by(_A.c.id)
        .with_for_update(of=_A)  # whoever is about to move one of them comes too late, and is told
    ).all()
    if not rows:
        return 0
    for row in rows:
        count = application_counts.on_day(work, row.day)
        application_counts.registered(count, dict(row._mapping), row.unit or "", row.place or "", 0, -1)
    of_it = and_(_A.c.import_id == import_id, _UNTOUCHED, _A.c.state != ApplicationState.VOIDED)
    senders = select(_A.c.person_id).where(of_it, _A.c.person_id.is_not(None))
    other = _A.alias()  # "aynı gönderenle yeni kayıt": the person stays as long as that one needs
    elsewhere = exists().where(
        other.c.person_id == _P.c.id, other.c.import_id.is_distinct_from(import_id),
        other.c.state != ApplicationState.VOIDED,
    )  # fmt: skip
    s.execute(update(_P).where(_P.c.id.in_(senders), ~elsewhere).values(erase_after=work.day))
    s.execute(_S.delete().where(_S.c.application_id.in_(select(_A.c.id).where(of_it))))
    s.execute(
        update(_A)
        .where(of_it)
        .values(
            state=ApplicationState.VOIDED,
            open=False,
            version=1,
            outside_number=None,
            request_key="voided:" + _A.c.record_number,  # the same row may come again
        )
    )
    insert_rows(
        s,
        _E,
        [
            {
                "id": new_id(), "site_id": work.site_id, "application_id": row.id, "at": work.now, "kind": "voided",
                "staff_id": work.actor.staff_id, "terminal_id": work.actor.terminal_id, "unit_id": None, "data": {},
            }
            for row in rows
        ],
    )  # fmt: skip
    return len(rows)


def runs(s: Session, scope: Scope, limit: int = 50) -> tuple[Run, ...]:
    """The imports of a site, newest first."""
    rows = s.execute(
        select(_R, site.Staff.name.label("by"))
        .join(site.Staff, site.Staff.id == _R.c.staff_id)
        .where(_R.c.site_id == scope.site_id)
        .order_by(_R.c.at.desc(), _R.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Run(
            row.id, row.source, row.file_name, row.at, row.by, row.rows, row.created, row.known, row.refused,
            row.finished_at is not None, row.undone_at,
        )
        for row in rows
    )  # fmt: skip


# Calls


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call, as read from the exchange's log."""

    outside_id: str
    at: datetime
    day: date
    line: str
    agent: str
    outcome: str
    waiting_seconds: int
    talk_seconds: int


def write_calls(work: Work, import_id: UUID, calls: Sequence[CallRow]) -> Written:
    """Write one chunk of calls; each counts on its own day."""
    known: set[str] = set()
    for at in range(0, len(calls), _IN):
        ids = [one.outside_id for one in calls[at : at + _IN]]
        asked = select(_C.c.outside_id).where(_C.c.site_id == work.site_id, _C.c.outside_id.in_(ids))
        known |= set(work.session.execute(asked).scalars())
    new = [one for one in calls if one.outside_id not in known]
    insert_rows(
        work.session,
        _C,
        [
            {
                "id": new_id(), "site_id": work.site_id, "day": one.day, "at": one.at, "outside_id": one.outside_id,
                "line": one.line, "agent": one.agent, "outcome": one.outcome, "waiting_seconds": one.waiting_seconds,
                "talk_seconds": one.talk_seconds, "subject": "", "result": "", "application_id": None,
                "import_id": import_id,
            }
            for one in new
        ],
    )  # fmt: skip
    for one in new:
        work.count(Measure.CALLS, one.outcome, day=one.day)
        work.time(Duration.CALL_WAIT, one.line, one.waiting_seconds, day=one.day)
        if one.outcome == "answered":
            work.time(Duration.CALL_TALK, one.line, one.talk_seconds, day=one.day)
    return _counted(work, import_id, len(new), len(calls) - len(new))


def _drop_calls(work: Work, import_id: UUID) -> int:
    """Take calls out again; one from which an application was registered stays."""
    mine = and_(_C.c.import_id == import_id, _C.c.application_id.is_(None))
    rows = work.session.execute(select(_C).where(mine)).all()
    kept = Counter((row.day, row.line, row.outcome) for row in rows)
    for (day, _line, outcome), count in kept.items():
        work.count(Measure.CALLS, outcome, -count, day=day)
    for row in rows:
        _untime(work, row)
    work.session.execute(_C.delete().where(mine))
    return len(rows)


def _untime(work: Work, row: Any) -> None:
    tally = work.tally(row.day)
    timed = [(Duration.CALL_WAIT, row.waiting_seconds)]
    if row.outcome == "answered":
        timed.append((Duration.CALL_TALK, row.talk_seconds))
    for duration, seconds in timed:
        tally.untime(duration, row.line, seconds)

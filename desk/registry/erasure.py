"""Erasing on schedule (KVKK art. 7): a person past the date is emptied, and what only they said goes with them.

The row itself stays without a name, because counts and records point at it. A record of the disposal says how many,
when and by which rule; it is kept three years (by-law on erasure, art. 7/3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from desk.events import Kind
from desk.models import application as tables
from desk.models import case
from desk.models.base import new_id
from desk.models.visit import Person
from desk.models.work import Work
from desk.registry import messages, visitor_cards
from desk.registry.channels import personal_codes
from desk.registry.search import search_text
from desk.registry.types import Channel, DocumentKind

_P = Person.__table__
_A = tables.Application.__table__
_D = case.ApplicationDetail.__table__
_T = case.ApplicationText.__table__
_S = case.ApplicationSearch.__table__
_F = case.ApplicationFile.__table__

BATCH = 500
"""Persons of one transaction: the desk goes on writing in between."""

KEEP_RECORD_YEARS = 3
ERASED = date.max
"""``erase_after`` of a row that is empty already."""


@dataclass(frozen=True, slots=True)
class Erased:
    persons: int
    contents: tuple[tuple[str, str], ...]  # (sha256, media type) of files that nothing points at any more


def erase_due(work: Work, limit: int = BATCH) -> Erased:
    """Empty up to ``limit`` persons whose time has come. One whose application is still open is kept until it ends.
    Ready messages go after their day, records of visitor cards after the site's time for them."""
    messages.erase_over(work)
    if cards := visitor_cards.erase_over(work):
        _record(work, cards, 0, "visitor_cards")
    still_open = select(_A.c.id).where(_A.c.person_id == _P.c.id, _A.c.open.is_(True)).exists()
    ids = [
        key
        for (key,) in work.session.execute(
            select(_P.c.id)
            .where(_P.c.site_id == work.site_id, _P.c.erase_after < work.day, ~still_open)
            .order_by(_P.c.erase_after)
            .limit(limit)
        )
    ]
    if not ids:
        return Erased(0, ())
    contents = _applications_of(work, ids)
    empty: dict[str, Any] = dict.fromkeys(("name", "name_fold", "name_sort", "phone", "tckn", "address"), "")
    work.session.execute(update(_P).where(_P.c.id.in_(ids)).values(empty | {"erase_after": ERASED}))
    _record(work, len(ids), len(contents))
    return Erased(len(ids), contents)


def _applications_of(work: Work, persons: Sequence[UUID]) -> tuple[tuple[str, str], ...]:
    """Their words, the channel's personal fields, the folded search text and the files."""
    s = work.session
    rows = s.execute(
        select(_A.c.id, _A.c.record_number, _A.c.subject, _A.c.channel, _A.c.document_kind).where(
            _A.c.person_id.in_(persons)
        )
    ).all()
    ids = [row.id for row in rows]
    if not ids:
        return ()
    s.execute(delete(_T).where(_T.c.application_id.in_(ids)))
    details = {row.application_id: row for row in s.execute(select(_D).where(_D.c.application_id.in_(ids)))}
    for row in rows:
        s.execute(
            update(_S)
            .where(_S.c.application_id == row.id)
            .values(text=search_text(row.record_number, "", "", row.subject))
        )
        if row.id in details:
            personal = personal_codes(Channel(row.channel), DocumentKind(row.document_kind))
            fields = {code: value for code, value in details[row.id].fields.items() if code not in personal}
            s.execute(update(_D).where(_D.c.application_id == row.id).values(body="", place="", fields=fields))
    return _files_of(work, ids)


def _files_of(work: Work, ids: Sequence[UUID]) -> tuple[tuple[str, str], ...]:
    s = work.session
    gone = {(row.sha256, row.media_type) for row in s.execute(select(_F).where(_F.c.application_id.in_(ids)))}
    if not gone:
        return ()
    s.execute(delete(_F).where(_F.c.application_id.in_(ids)))
    kept = set(s.execute(select(_F.c.sha256).where(_F.c.sha256.in_([sha for sha, _ in gone]))).scalars())
    return tuple(sorted(one for one in gone if one[0] not in kept))


def _record(work: Work, persons: int, contents: int, rule: str = "erase_after") -> None:
    until = work.day.replace(year=work.day.year + KEEP_RECORD_YEARS, day=min(work.day.day, 28))
    work.session.execute(
        insert(case.Disposal).values(
            id=new_id(),
            site_id=work.site_id,
            at=work.now,
            staff_id=work.actor.staff_id,
            rule=rule,
            persons=persons,
            files=contents,
            keep_until=until,
        )
    )
    disposal = case.Disposal.__table__
    work.session.execute(delete(disposal).where(disposal.c.site_id == work.site_id, disposal.c.keep_until < work.day))
    work.change(Kind.OTHER)

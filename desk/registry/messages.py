"""Ready messages between desk and counters. The site's own few sentences only, and gone when the day is over."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, insert, select, update

from desk.actor import Scope
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models import messages as tables
from desk.models.base import new_id
from desk.models.session import Session
from desk.models.site import Staff
from desk.models.work import Work
from desk.registry import desk_settings
from desk.registry.place_types import Message

_M = tables.DeskMessage.__table__
_STAFF = Staff.__table__

DESK = 0
"""Where a message goes that is for no counter."""


def send(work: Work, place: int, sender: int, to: int) -> UUID:
    """Send the ready sentence at ``place`` (from 0) from a desk or counter to another.

    Raises UserError when the site has no such sentence, or sender and receiver are one.
    """
    ready = desk_settings.of(work.settings).messages
    if not 0 <= place < len(ready):
        raise UserError(N_("Bu hazır ileti artık yok."))
    if sender == to:
        raise UserError(N_("İleti, gönderildiği yere gönderilmez."))
    message_id = new_id()
    row = {"id": message_id, "site_id": work.site_id, "day": work.day, "at": work.now, "text": ready[place]}
    who = {"staff_id": work.actor.staff_id, "terminal_id": work.actor.terminal_id}
    work.session.execute(insert(_M).values(**row, **who, from_counter=sender, to_counter=to))
    work.change(Kind.MESSAGE_SENT, message_id)
    return message_id


def seen(work: Work, message_id: UUID) -> None:
    """Somebody has read it. Raises Stale when another one had."""
    done = work.session.execute(
        update(_M)
        .where(_M.c.id == message_id, _M.c.site_id == work.site_id, _M.c.seen_at.is_(None))
        .values(seen_at=work.now, seen_by=work.actor.staff_id)
        .returning(_M.c.id)
    ).first()
    if done is None:
        raise Stale(N_("Bu iletiyi başka bir görevli gördü."))
    work.change(Kind.MESSAGE_SEEN, message_id)


def one(s: Session, scope: Scope, message_id: UUID) -> Message | None:
    """A message; None when it was deleted meanwhile."""
    found = _read(s, _M.c.id == message_id, _M.c.site_id == scope.site_id)
    return found[0] if found else None


def open_for(s: Session, scope: Scope, to: int) -> tuple[Message, ...]:
    """What nobody has read yet at a counter or the desk, oldest first."""
    return _read(s, _M.c.site_id == scope.site_id, _M.c.day == scope.day, _M.c.to_counter == to, _M.c.seen_at.is_(None))


def _read(s: Session, *where: object) -> tuple[Message, ...]:
    reader = _STAFF.alias("reader")
    rows = s.execute(
        select(_M, _STAFF.c.name, reader.c.name.label("reader"))
        .join(_STAFF, _STAFF.c.id == _M.c.staff_id)
        .outerjoin(reader, reader.c.id == _M.c.seen_by)
        .where(*where)  # type: ignore[arg-type]
        .order_by(_M.c.at, _M.c.id)
    )
    return tuple(
        Message(
            row.id, row.at, row.text, row.from_counter, row.to_counter, row.terminal_id, row.name, row.seen_at,
            row.reader or "",
        )
        for row in rows
    )  # fmt: skip


def erase_over(work: Work, *, whole_day: bool = False) -> None:
    """Delete messages of days that are over; with ``whole_day`` the business day is over, too."""
    over = _M.c.day <= work.day if whole_day else _M.c.day < work.day
    work.session.execute(delete(_M).where(_M.c.site_id == work.site_id, over))

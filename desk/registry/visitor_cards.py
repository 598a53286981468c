"""Visitor cards: a number goes out with a visitor and comes back. Who is inside is known by number and place, never by
name."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from desk.actor import Scope
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models import visitor_card as tables
from desk.models.base import new_id
from desk.models.session import Session
from desk.models.work import Work
from desk.registry import desk_settings
from desk.registry.place_types import CardOut
from desk.text import clean, upper_tr

_C = tables.VisitorCard.__table__

LONGEST = 12
"""Letters and digits of a card's number."""

RETURNED, DAY_OVER = "returned", "day"


def number_of(text: str, prefix: str) -> str:
    """A card's number as it was typed or scanned: "zk-017" and "017" are one card. "" when it is none."""
    typed = upper_tr(clean(text))
    start = upper_tr(prefix)
    if start and typed.startswith(start):
        typed = typed[len(start) :].lstrip(" -:")
    return typed if len(typed) <= LONGEST and typed.replace("-", "").isalnum() else ""


def move(work: Work, text: str, place: str = "", persons: int = 1) -> tuple[CardOut, bool]:
    """A card was typed or scanned: one that is out comes back, another one goes out. The card, and whether it is out.

    Raises UserError for something that is no card's number.
    """
    card = number_of(text, desk_settings.of(work.settings).card_prefix)
    if not card:
        raise UserError(N_("Kart numarası en çok {count} harf ya da rakamdır."), count=LONGEST)
    back = work.session.execute(
        update(_C)
        .where(_C.c.site_id == work.site_id, _C.c.card == card, _C.c.in_at.is_(None))
        .values(in_at=work.now, ended=RETURNED, in_by=work.actor.staff_id)
        .returning(_C.c.id, _C.c.card, _C.c.place, _C.c.persons, _C.c.out_at)
    ).first()
    if back is None:
        return _out(work, card, clean(place), max(1, persons)), True
    work.change(Kind.CARD_MOVED, back.id)
    return CardOut(*back), False


def _out(work: Work, card: str, place: str, persons: int) -> CardOut:
    out = CardOut(new_id(), card, place, persons, work.now)
    here = {"site_id": work.site_id, "day": work.day, "terminal_id": work.actor.terminal_id}
    row = {"id": out.id, "card": card, "place": place, "persons": persons, "out_at": out.out_at, "ended": ""}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(_C).values(**here, **row, out_by=work.actor.staff_id))
    except IntegrityError as error:
        raise Stale(N_("{card} numaralı kart az önce başka bir masadan verildi."), card=card) from error
    work.change(Kind.CARD_MOVED, out.id)
    return out


def undo(work: Work, card_id: UUID, *, went_out: bool) -> None:
    """Take the last move of a card back. Raises Stale when it moved on since."""
    here = _C.c.id == card_id, _C.c.site_id == work.site_id
    try:
        with work.session.begin_nested():
            if went_out:
                gone = delete(_C).where(*here, _C.c.in_at.is_(None)).returning(_C.c.id)
                done = work.session.execute(gone).first()
            else:
                again = update(_C).where(*here, _C.c.ended == RETURNED)
                again = again.values(in_at=None, in_by=None, ended="")
                done = work.session.execute(again.returning(_C.c.id)).first()
    except IntegrityError:  # the card is out with somebody else by now
        done = None
    if done is None:
        raise Stale(N_("Kart bu arada yeniden verilmiş ya da alınmış."))
    work.change(Kind.CARD_MOVED, card_id)


def inside(s: Session, scope: Scope) -> tuple[CardOut, ...]:
    """The cards that are out, the longest first."""
    columns = _C.c.id, _C.c.card, _C.c.place, _C.c.persons, _C.c.out_at
    rows = s.execute(
        select(*columns).where(_C.c.site_id == scope.site_id, _C.c.in_at.is_(None)).order_by(_C.c.out_at, _C.c.card)
    )
    return tuple(CardOut(*row) for row in rows)


def end_day(work: Work, *, earlier: bool = False) -> int:
    """The day is over: whoever is still on the list has left. ``earlier``: of days before this one only. How many."""
    day = _C.c.day < work.day if earlier else _C.c.day <= work.day
    ended = work.session.execute(
        update(_C)
        .where(_C.c.site_id == work.site_id, _C.c.in_at.is_(None), day)
        .values(in_at=work.now, ended=DAY_OVER, in_by=work.actor.staff_id)
        .returning(_C.c.id)
    ).all()
    if ended:
        work.change(Kind.CARD_MOVED)
    return len(ended)


def erase_over(work: Work) -> int:
    """Delete what is older than the site keeps it; returns how many rows."""
    until = work.day - timedelta(days=desk_settings.card_keep_days(work.settings))
    old = _C.c.site_id == work.site_id, _C.c.day < until, _C.c.in_at.is_not(None)
    count = work.session.execute(select(func.count()).select_from(_C).where(*old)).scalar_one()
    if count:
        work.session.execute(delete(_C).where(*old))
    return int(count)

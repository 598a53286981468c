"""Numbers taken out of a series to be given by hand (a power cut), and what became of them.

A block is taken like any other numbers, so nobody else is given one of them. Afterwards the used ones become tickets
and the rest is void; a void number stays spent. What is still open when its day is over was never entered: it is void.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.numbers_ahead import ReservedBlock, ReservedNumber
from desk.models.session import Session
from desk.models.site import Service, Staff
from desk.models.work import Work
from desk.queue import issuing
from desk.queue.numbering import parse

BLOCK_LIMIT = 100
"""Numbers of one block: a day of one service without power."""

_B = ReservedBlock.__table__
_N = ReservedNumber.__table__


class ReservedState(StrEnum):
    OPEN = "open"
    ENTERED = "entered"
    VOID = "void"


RESERVED_NAMES = {
    ReservedState.OPEN: N_("Elde"),
    ReservedState.ENTERED: N_("İşlendi"),
    ReservedState.VOID: N_("İptal edildi"),
}


@dataclass(frozen=True, slots=True)
class HandNumber:
    """One number on paper."""

    block_id: UUID
    serial: int
    number: str
    state: ReservedState


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers of one service that were taken together."""

    id: UUID
    day: date
    service_id: UUID
    service_code: str
    service_name: str
    place: str
    made_at: datetime
    made_by: str
    numbers: tuple[HandNumber, ...]

    @property
    def first(self) -> str:
        return self.numbers[0].number

    @property
    def last(self) -> str:
        return self.numbers[-1].number

    @property
    def open(self) -> tuple[HandNumber, ...]:
        return tuple(one for one in self.numbers if one.state is ReservedState.OPEN)


def reserve(work: Work, service_id: UUID, count: int, request_key: str) -> tuple[UUID, bool]:
    """Take ``count`` numbers of a service; the block, and whether this press had taken it before.

    Raises UserError for an inactive service, a closed day or a senseless count.
    """
    if not 1 <= count <= BLOCK_LIMIT:
        raise UserError(N_("Elle verilecek numara sayısı 1 ile {limit} arasında olmalı."), limit=BLOCK_LIMIT)
    earlier = work.session.execute(
        select(_B.c.id).where(_B.c.site_id == work.site_id, _B.c.request_key == request_key)
    ).scalar()
    if earlier is not None:
        return earlier, True
    void_earlier(work)
    block_id = new_id()
    numbers = issuing.take_numbers(work, service_id, count)
    work.session.execute(
        insert(_B).values(
            id=block_id,
            site_id=work.site_id,
            day=work.day,
            service_id=service_id,
            request_key=request_key,
            made_at=work.now,
            made_by=work.actor.staff_id,
        )
    )
    rows = [{"block_id": block_id, "serial": s, "number": n, "state": str(ReservedState.OPEN)} for s, n in numbers]
    work.session.execute(insert(_N), rows)
    work.change(Kind.NUMBERS_RESERVED, block_id)
    return block_id, False


def void_earlier(work: Work) -> int:
    """What earlier days left open is void. How many numbers."""
    old = select(_B.c.id).where(_B.c.site_id == work.site_id, _B.c.day < work.day, _B.c.settled_at.is_(None))
    blocks = work.session.execute(old).scalars().all()
    return release(work, blocks) if blocks else 0


def release(work: Work, blocks: Sequence[UUID]) -> int:
    """Settle blocks: their open numbers are void. How many were."""
    voided = work.session.execute(
        update(_N)
        .where(_N.c.block_id.in_(blocks), _N.c.state == str(ReservedState.OPEN))
        .values(state=str(ReservedState.VOID))
        .returning(_N.c.serial)
    ).all()
    settled = work.session.execute(
        update(_B)
        .where(_B.c.id.in_(blocks), _B.c.settled_at.is_(None))
        .values(settled_at=work.now, settled_by=work.actor.staff_id)
        .returning(_B.c.id)
    ).scalars()
    for block_id in settled.all():
        work.change(Kind.NUMBERS_SETTLED, block_id)
    return len(voided)


def claim(work: Work, one: HandNumber) -> bool:
    """Take one open number for its ticket; False when it was entered or voided meanwhile."""
    claimed = work.session.execute(
        update(_N)
        .where(_N.c.block_id == one.block_id, _N.c.serial == one.serial, _N.c.state == str(ReservedState.OPEN))
        .values(state=str(ReservedState.ENTERED))
        .returning(_N.c.serial)
    ).first()
    return claimed is not None


def attach(work: Work, one: HandNumber, ticket_id: UUID) -> None:
    """The ticket that a claimed number became."""
    work.session.execute(
        update(_N).where(_N.c.block_id == one.block_id, _N.c.serial == one.serial).values(ticket_id=ticket_id)
    )


def blocks(s: Session, scope: Scope) -> tuple[Block, ...]:
    """The blocks of the business day, oldest first."""
    rows = s.execute(
        select(ReservedBlock, Service, Staff.name.label("staff"))
        .join(Service, Service.id == ReservedBlock.service_id)
        .join(Staff, Staff.id == ReservedBlock.made_by)
        .where(ReservedBlock.site_id == scope.site_id, ReservedBlock.day == scope.day)
        .order_by(ReservedBlock.made_at, Service.position, ReservedBlock.id)
    ).all()
    numbers: dict[UUID, list[HandNumber]] = {row.ReservedBlock.id: [] for row in rows}
    found = s.execute(select(_N).where(_N.c.block_id.in_(numbers)).order_by(_N.c.serial))
    for one in found:
        numbers[one.block_id].append(HandNumber(one.block_id, one.serial, one.number, ReservedState(one.state)))
    return tuple(
        Block(
            row.ReservedBlock.id,
            row.ReservedBlock.day,
            row.Service.id,
            row.Service.code,
            row.Service.name,
            row.Service.place,
            row.ReservedBlock.made_at,
            row.staff,
            tuple(numbers[row.ReservedBlock.id]),
        )
        for row in rows
    )


def between(known: Sequence[Block], first: str, last: str) -> tuple[Block, tuple[HandNumber, ...]]:
    """The numbers from one label to another, as they lie on paper, and the block they are of.

    Raises UserError for a label that is no number, was never reserved today, or an order that runs backwards.
    """
    block, start = _find(known, first)
    other, end = _find(known, last)
    if block.id != other.id:
        raise UserError(N_("{first} ile {last} ayrı dizilerden; her diziyi ayrı işleyiniz."), first=first, last=last)
    if end < start:
        raise UserError(N_("İlk numara son numaradan önce gelmeli."))
    return block, block.numbers[start : end + 1]


def _find(known: Sequence[Block], text: str) -> tuple[Block, int]:
    wanted = parse(text)
    if wanted is None:
        raise UserError(N_("Numara anlaşılamadı: {number}. Örnek: V 018"), number=text)
    for block in reversed(known):  # after a wrap the newer paper is meant
        for place, one in enumerate(block.numbers):
            if parse(one.number) == wanted:
                return block, place
    raise UserError(N_("{number} bugün elle verilmek üzere ayrılmamış."), number=text.strip().upper())

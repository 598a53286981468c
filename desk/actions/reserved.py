"""Manual numbers: taken and printed before a power cut, entered in one step after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.i18n import translator
from desk.models.counting import Measure
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.printing import ledger
from desk.printing.reserved_slip import reserved_slip
from desk.queue import catalog, issuing, opening, periods, reserved
from desk.queue.reasons import BY_HAND
from desk.queue.types import Service, TicketState
from desk.registry import site, visits

_T = Ticket.__table__


@dataclass(frozen=True, slots=True)
class Taken:
    """A block that was taken, and its print job (None without a printer)."""

    block: reserved.Block
    job: UUID | None
    repeated: bool


def reserve(ctx: Context, service_code: str, count: int, key: str) -> Taken:
    """Take numbers of a service out of its series and print them as one list with lines to tear along.

    The same ``key`` gives the same block and no second paper. Raises UserError for an unknown or inactive service, a
    closed day, or a senseless count.
    """
    service = ctx.read(catalog.service_by_code, service_code)
    with ctx.work(Right.ISSUE) as work:
        block_id, repeated = reserved.reserve(work, service.id, count, f"{key}:{service.code}")
        scope = paper.scope_of(work)
        block = next(one for one in reserved.blocks(work.session, scope) if one.id == block_id)
        return Taken(block, None if repeated else _print(work, block), repeated)


def reserve_all(ctx: Context, count: int, key: str) -> tuple[Taken, ...]:
    """The same for every active service: what is done every morning."""
    services: tuple[Service, ...] = ctx.read(catalog.services)
    return tuple(reserve(ctx, service.code, count, key) for service in services if service.active)


def _print(work: Work, block: reserved.Block) -> UUID | None:
    scope = paper.scope_of(work)
    printer_id = ledger.printer_for(work.session, work.site_id, work.actor.terminal_id)
    if printer_id is None:
        return None
    numbers = [one.number for one in block.numbers]
    header = site.header(work.session, scope)
    slip = reserved_slip(block.service_name, block.place, numbers, block.made_at, header, translator())
    return ledger.enqueue(work, printer_id, "reserved", slip, block.id)


@dataclass(frozen=True, slots=True)
class Handed:
    """What was given by hand: from one number to another, when, and how far it was already served."""

    first: str
    last: str
    at: datetime | None = None  # when they came; None: now
    served_to: str = ""  # up to and with this number the work is done; "": all still wait
    release: bool = True  # the numbers left over are void


@dataclass(frozen=True, slots=True)
class Entered:
    """``numbers`` became tickets now, ``before`` had been entered earlier, ``voided`` were left over."""

    service_name: str
    numbers: tuple[str, ...]
    before: tuple[str, ...]
    voided: int


def enter(ctx: Context, handed: Handed) -> Entered:
    """Enter numbers that were given by hand, as tickets with a visit each; the rest of their block is void.

    Doing it again changes nothing. Raises UserError for a number that was not reserved today, was voided, or a time
    that cannot be.
    """
    with ctx.work(Right.ISSUE) as work:
        reserved.void_earlier(work)
        scope = paper.scope_of(work)
        known = reserved.blocks(work.session, scope)
        block, numbers = reserved.between(known, handed.first, handed.last)
        done = _served(known, block, handed)
        at = _moment(work, block, handed.at)
        void = [one.number for one in numbers if one.state is reserved.ReservedState.VOID]
        if void:
            raise UserError(N_("{number} daha önce iptal edilmiş; işlenemez."), number=void[0])
        entered = [one.number for one in numbers if _enter(replace(work, now=at), block, one, one.serial <= done)]
        voided = reserved.release(work, [block.id]) if handed.release else 0
        before = tuple(one.number for one in numbers if one.number not in entered)
        return Entered(block.service_name, tuple(entered), before, voided)


def _served(known: tuple[reserved.Block, ...], block: reserved.Block, handed: Handed) -> int:
    """The serial up to which the work is done; 0 when all still wait."""
    if not handed.served_to.strip():
        return 0
    other, numbers = reserved.between(known, handed.first, handed.served_to)
    if other.id != block.id or not any(one.number == numbers[-1].number for one in block.numbers):
        raise UserError(N_("İşlemi biten son numara, işlenen numaralardan biri olmalı."))
    return numbers[-1].serial


def _moment(work: Work, block: reserved.Block, at: datetime | None) -> datetime:
    if at is None:
        return work.now
    if at > work.now:
        raise UserError(N_("Geliş saati şu andan sonra olamaz."))
    if at < block.made_at - timedelta(minutes=1):
        raise UserError(N_("Geliş saati, numaraların ayrıldığı saatten önce olamaz."))
    return at


def _enter(work: Work, block: reserved.Block, one: reserved.HandNumber, served: bool) -> bool:
    """One number becomes a ticket; ``work.now`` is when its visitor came. False when it had been entered before."""
    if not reserved.claim(work, one):
        return False
    scope = Scope(work.site_id, work.day, work.now)
    is_open, _ = opening.opening(work.session, scope)
    service = next(s for s in catalog.services(work.session, scope) if s.id == block.service_id)
    visit_id = visits.record(
        work,
        f"manual:{one.block_id}:{one.serial}",
        service_id=service.id,
        service_code=service.code,
        unit_code=service.unit_code,
    )
    ticket_id = issuing.issue(work, service.id, visit_id, outside_hours=not is_open, taken=(one.serial, one.number))
    reserved.attach(work, one, ticket_id)
    work.count(Measure.MANUAL_ENTERED, service.code)
    if served:
        _finish(work, ticket_id, service.code)
    return True


def _finish(work: Work, ticket_id: UUID, service_code: str) -> None:
    """Served by hand: done, but nobody knows at which counter or how long it took."""
    work.session.execute(
        update(_T).where(_T.c.id == ticket_id).values(state=str(TicketState.SERVED), ended_at=work.now, outcome=BY_HAND)
    )
    periods.next_period(work, ticket_id, TicketState.SERVED, None)
    work.count(Measure.TICKETS_SERVED, service_code)
    work.count(Measure.TICKETS_OUTCOME, BY_HAND)
    work.change(Kind.TICKET_FINISHED, ticket_id)

"""The shift: opened with a note and who is there, closed with what is still open, which ends or is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.assistance import Assistance, Equipment, EquipmentUse
from desk.models.base import new_id
from desk.models.engine import insert_into
from desk.models.print_job import Printer, PrintJob
from desk.models.session import Session
from desk.models.shift import LeftOpen, Shift, ShiftStaff
from desk.models.site import Staff
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.queue.types import STATE_NAMES, TicketState
from desk.registry.assistance import OPEN
from desk.registry.types import ASSISTANCE_STATE_NAMES, AssistanceState
from desk.text import clean

_SHIFT = Shift.__table__
_PRESENT = ShiftStaff.__table__
_LEFT = LeftOpen.__table__

NOTE_LIMIT = 1000
PAPER_BACK = timedelta(days=7)
"""How far back slips that did not come out are told at closing."""


class OpenKind(StrEnum):
    TICKET = "ticket"
    ASSISTANCE = "assistance"
    EQUIPMENT = "equipment"
    PAPER = "paper"


OPEN_NAMES = {
    OpenKind.TICKET: N_("Sıra numarası"),
    OpenKind.ASSISTANCE: N_("Refakat"),
    OpenKind.EQUIPMENT: N_("Ekipman"),
    OpenKind.PAPER: N_("Yazdırılmayan fiş"),
}
PAPER_STATES = {
    "queued": N_("Yazıcı sırasında"),
    "sending": N_("Gönderiliyor"),
    "unknown": N_("Çıktığı bilinmiyor"),
    "failed": N_("Basılamadı"),
}
ENDED, HANDED_OVER = "ended", "handed_over"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that is not finished. ``state`` is a marked source string; ``place`` where it is, if anywhere."""

    kind: OpenKind
    id: UUID
    number: str
    state: str
    since: datetime
    place: str = ""
    ends: bool = False  # it ends with the day; else the next shift has it


@dataclass(frozen=True, slots=True)
class ShiftView:
    """The shift lead's part of a day."""

    opened_at: datetime | None
    opened_by: str
    opening_note: str
    staff: tuple[UUID, ...]
    handover_note: str  # what the shift before has written for this one


def view(s: Session, scope: Scope) -> ShiftView:
    row = s.execute(
        select(Shift, Staff.name)
        .outerjoin(Staff, Staff.id == Shift.opened_by)
        .where(Shift.site_id == scope.site_id, Shift.day == scope.day)
    ).one_or_none()
    present = select(ShiftStaff.staff_id).where(ShiftStaff.site_id == scope.site_id, ShiftStaff.day == scope.day)
    before = select(Shift.handover_note).where(Shift.site_id == scope.site_id, Shift.day < scope.day)
    note = s.execute(before.order_by(Shift.day.desc()).limit(1)).scalar() or ""
    shift, name = row if row else (None, "")
    return ShiftView(
        shift.opened_at if shift else None,
        name or "",
        shift.opening_note if shift else "",
        tuple(s.execute(present).scalars()),
        note,
    )


def open_shift(work: Work, note: str, staff: Iterable[UUID]) -> None:
    """Begin the shift: who is there, and what is to be known. Done again it replaces note and names."""
    values = {"opened_at": work.now, "opened_by": work.actor.staff_id, "opening_note": checked(note)}
    _put(work, values)
    mine = (_PRESENT.c.site_id == work.site_id, _PRESENT.c.day == work.day)
    work.session.execute(delete(_PRESENT).where(*mine))
    known = set(work.session.execute(select(Staff.id).where(Staff.site_id == work.site_id)).scalars())
    wanted = list(dict.fromkeys(staff))
    if not known.issuperset(wanted):
        raise UserError(N_("Görevli bulunamadı."))
    if wanted:
        row = {"site_id": work.site_id, "day": work.day}
        work.session.execute(insert(_PRESENT), [row | {"staff_id": one} for one in wanted])
    work.change(Kind.SHIFT_OPENED)


def close_shift(work: Work, handover_note: str, left: Iterable[OpenItem]) -> None:
    """Keep the handover note and what was still open."""
    note = checked(handover_note)
    _put(work, {"closed_at": work.now, "closed_by": work.actor.staff_id, "handover_note": note})
    rows = [
        {"id": new_id(), "site_id": work.site_id, "day": work.day, "at": work.now, "kind": str(item.kind)}
        | {"subject_id": item.id, "number": item.number, "state": item.state}
        | {"done": ENDED if item.ends else HANDED_OVER}
        for item in left
    ]
    work.session.execute(delete(_LEFT).where(_LEFT.c.site_id == work.site_id, _LEFT.c.day == work.day))
    if rows:
        work.session.execute(insert(_LEFT), rows)


def checked(note: str) -> str:
    """A note, cleaned. Raises UserError when it is too long."""
    text = clean(note)
    if len(text) > NOTE_LIMIT:
        raise UserError(N_("Vardiya notu en çok {count} harf olabilir."), count=NOTE_LIMIT)
    return text


def _put(work: Work, values: dict[str, Any]) -> None:
    row = {"site_id": work.site_id, "day": work.day, "opening_note": "", "handover_note": ""} | values
    statement = insert_into(work.session, _SHIFT).values(row)
    work.session.execute(statement.on_conflict_do_update(index_elements=list(_SHIFT.primary_key), set_=values))


def open_items(s: Session, scope: Scope) -> tuple[OpenItem, ...]:
    """What is not finished: numbers, refakat (of any day), equipment that is out, slips that did not come out."""
    return (*_tickets(s, scope), *_jobs(s, scope), *_equipment(s, scope), *_papers(s, scope))


def _tickets(s: Session, scope: Scope) -> list[OpenItem]:
    states = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD)
    asked = select(Ticket).where(Ticket.site_id == scope.site_id, Ticket.day == scope.day, Ticket.state.in_(states))
    return [
        OpenItem(
            OpenKind.TICKET,
            row.id,
            row.number,
            STATE_NAMES[TicketState(row.state)],
            row.issued_at,
            ends=row.state != TicketState.SERVING,
        )
        for row in s.execute(asked.order_by(Ticket.issued_at)).scalars()
    ]


def _jobs(s: Session, scope: Scope) -> list[OpenItem]:
    asked = select(Assistance).where(
        Assistance.site_id == scope.site_id,
        Assistance.day.between(scope.day - PAPER_BACK, scope.day),
        Assistance.state.in_([str(one) for one in OPEN]),
    )
    return [
        OpenItem(
            OpenKind.ASSISTANCE,
            row.id,
            row.number,
            ASSISTANCE_STATE_NAMES[AssistanceState(row.state)],
            row.requested_at,
            row.to_place,
        )
        for row in s.execute(asked.order_by(Assistance.requested_at)).scalars()
    ]


def _equipment(s: Session, scope: Scope) -> list[OpenItem]:
    asked = (
        select(Equipment.id, Equipment.name, EquipmentUse.out_at, Assistance.number)
        .join(EquipmentUse, EquipmentUse.equipment_id == Equipment.id)
        .join(Assistance, Assistance.id == EquipmentUse.assistance_id)
        .where(Equipment.site_id == scope.site_id, EquipmentUse.in_at.is_(None))
        .order_by(EquipmentUse.out_at)
    )
    return [
        OpenItem(OpenKind.EQUIPMENT, row.id, row.name, N_("Geri gelmedi"), row.out_at, row.number)
        for row in s.execute(asked)
    ]


def _papers(s: Session, scope: Scope) -> list[OpenItem]:
    asked = (
        select(PrintJob.id, PrintJob.state, PrintJob.created_at, Printer.name, Ticket.number)
        .join(Printer, Printer.id == PrintJob.printer_id)
        .outerjoin(Ticket, Ticket.id == PrintJob.subject_id)
        .where(PrintJob.site_id == scope.site_id, PrintJob.created_at >= scope.now - timedelta(days=1))
        .where(PrintJob.state.in_(list(PAPER_STATES)), PrintJob.kind != "day")
        .order_by(PrintJob.created_at)
    )
    return [
        OpenItem(OpenKind.PAPER, row.id, row.number or row.name, PAPER_STATES[row.state], row.created_at, row.name)
        for row in s.execute(asked)
    ]

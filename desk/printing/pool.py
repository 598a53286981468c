"""Printers that stand in for each other, and rows of the table that mean one device.

Printers of one ``pool`` stand at one place. Whoever looks after a well one takes the slips that wait at an ill one;
what is being sent never moves, and the row says where it waited before. When the first printer is well again it takes
new slips itself, and fetches its own back from a stand-in that has fallen ill meanwhile.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, null, or_, select, update

from desk.errors import UserError
from desk.events import Kind
from desk.models.orm import aliased
from desk.models.print_job import Printer, PrintJob
from desk.models.session import Session
from desk.models.settings import setting
from desk.printing.ledger import Unit, note_state
from desk.printing.papers import A4, waiting_at
from desk.printing.transports import parse_address

_JOB = PrintJob.__table__
_PRINTER = Printer.__table__

TAKEOVER_SECONDS = 10
"""How long a printer is ill before another one of its place takes its slips: the site's ``print_takeover_seconds``."""

WELL = ("ready", "paper_low")


def waits_elsewhere(session: Session, now: datetime, printer_id: UUID) -> tuple[UUID, ...]:
    """Slips that wait at ill printers of this one's place."""
    me = aliased(Printer)
    site_id: UUID = session.execute(select(_PRINTER.c.site_id).where(_PRINTER.c.id == printer_id)).scalar_one()
    patience = now - timedelta(seconds=setting(session, site_id, "print_takeover_seconds", TAKEOVER_SECONDS))
    same_place = and_(
        _PRINTER.c.site_id == me.site_id,
        _PRINTER.c.pool == me.pool,
        _PRINTER.c.id != me.id,
        _PRINTER.c.active,
        _PRINTER.c.address.startswith(A4) == me.address.startswith(A4),
    )
    found = (
        select(_JOB.c.id)
        .join(_PRINTER, _PRINTER.c.id == _JOB.c.printer_id)
        .join(me, me.id == printer_id)
        .where(me.pool != "", same_place, *waiting_at(_JOB.c.printer_id), _ill(patience))
        .order_by(_JOB.c.created_at, _JOB.c.id)
    )
    return tuple(session.execute(found).scalars())


def _ill(patience: datetime) -> ColumnElement[bool]:
    """In trouble since before ``patience`` and its slips say so; or nobody looks after it any more."""
    since = case((_PRINTER.c.state_at.is_(None), _JOB.c.created_at), else_=_PRINTER.c.state_at)
    trouble = and_(_PRINTER.c.state.not_in(WELL), _JOB.c.reason != "", since <= patience)
    left = or_(_PRINTER.c.lease_until.is_(None), _PRINTER.c.lease_until < patience)
    return or_(trouble, and_(left, _JOB.c.created_at <= patience))


def take_over(unit: Unit, printer_id: UUID) -> int:
    """Let this printer print what waits at ill ones of its place. How many slips."""
    taken = 0
    for job_id in waits_elsewhere(unit.session, unit.now, printer_id):
        home = case((_JOB.c.moved_from == printer_id, null()), else_=_JOB.c.printer_id)
        moved = (
            update(_JOB)
            .where(_JOB.c.id == job_id, _JOB.c.state == "queued", _JOB.c.printer_id != printer_id)
            .values(printer_id=printer_id, moved_from=home, reason="")
            .returning(_JOB.c.id)
        )
        if unit.session.execute(moved).first() is not None:
            unit.change(Kind.PRINT_CHANGED, job_id)
            taken += 1
    return taken


# Two rows, one device


def device_of(address: str) -> str:
    """What two addresses of one device have in common; empty for what any number of programs may use at once."""
    parsed = parse_address(address)
    if parsed.scheme == "tcp":
        host, colon, port = parsed.target.lstrip("/").rpartition(":")
        return f"tcp:{(host if colon else port).lower()}:{port if colon else 9100}"
    if parsed.scheme in ("serial", "usb"):
        return f"file:{os.path.realpath(parsed.target)}"
    return ""


def holder(
    session: Session, now: datetime, printer_id: UUID, address: str, host: str, *, lock: bool = False
) -> UUID | None:
    """The row of another printer that is this very device and that a living process holds.

    A device file is the same one only on the same ``host``. ``lock``: nobody takes it before this transaction ends.
    """
    device = device_of(address)
    if not device:
        return None
    site = select(_PRINTER.c.site_id).where(_PRINTER.c.id == printer_id).scalar_subquery()
    others = select(_PRINTER).where(_PRINTER.c.site_id == site, _PRINTER.c.active).order_by(_PRINTER.c.id)
    for row in session.execute(others.with_for_update() if lock else others).all():
        held = row.id != printer_id and row.lease_owner and row.lease_until and row.lease_until >= now
        here = device.startswith("tcp:") or str(row.lease_owner).partition(":")[0] == host
        if held and here and _is_device(row.address, device):
            found: UUID = row.id
            return found
    return None


def _is_device(address: str, device: str) -> bool:
    try:
        return device_of(address) == device
    except UserError:
        return False


def hand_over(unit: Unit, printer_id: UUID, to: UUID) -> int:
    """Slips of a row go to the row under which its device is held; its state is that one's."""
    state = unit.session.execute(select(_PRINTER.c.state).where(_PRINTER.c.id == to)).scalar_one()
    note_state(unit, printer_id, state)
    moved = update(_JOB).where(*waiting_at(printer_id)).values(printer_id=to, reason="").returning(_JOB.c.id)
    jobs = unit.session.execute(moved).scalars().all()
    for job_id in jobs:
        unit.change(Kind.PRINT_CHANGED, job_id)
    return len(jobs)

"""Opening the office: database ready and filled, terminal and staff known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from desk.actions.context import Context
from desk.actor import Actor
from desk.clock import Clock
from desk.config import Config, resource_path
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import migrate
from desk.models.engine import Database
from desk.models.print_job import Printer
from desk.models.session import Session
from desk.models.site import Site, SiteDay, Staff, Terminal
from desk.printing.papers import A4

STAFF_OF_ROLE = {"desk": "danisma1", "kiosk": "kiosk", "hall": "salon", "command": "komut"}
"""Who works at a terminal until somebody says otherwise."""


def open_office(config: Config, role: str, clock: Clock | None = None, *, sample: bool = False) -> Context:
    """The context of a terminal with this role (desk, kiosk, hall, command).

    Creates, upgrades and fills the database when needed. Raises UserError for an unknown site, terminal or staff
    code and for a database newer than the program, Fault when it cannot be reached.
    """
    db = Database(config.database_url(), clock)
    try:
        prepare(db, sample=sample)
        with db.read() as session:
            actor = _actor(session, config, role)
        if config.printer or config.printer_profile:
            _set_printer(db, actor, config)
    except BaseException:
        db.close()
        raise
    return Context(db, actor, config.folder())


def at_terminal(ctx: Context, config: Config, role: str) -> Context:
    """Another terminal of the same machine over the same open database."""
    with ctx.db.read() as session:
        return replace(ctx, actor=_actor(session, replace(config, terminal="", staff=""), role))


def prepare(db: Database, *, sample: bool = False) -> None:
    """Bring the tables up to date and fill an empty database from the template."""
    migrate.upgrade(db)
    with db.read() as session:
        if _is_filled(session):
            return
    from desk.registry import template  # once in the life of a database

    with migrate.alone(db), db.write() as session:
        if not _is_filled(session):  # another window may have been first
            folder = resource_path("templates")
            guide = folder / "rehber.toml"
            template.fill(session, folder / "belediye.toml", db.now(), sample=sample, guide=guide)


def _is_filled(session: Session) -> bool:
    return session.execute(select(Site.id).limit(1)).first() is not None


def _actor(session: Session, config: Config, role: str) -> Actor:
    site = _pick(session, select(Site.id).order_by(Site.number), Site.code, config.site, N_("Yerleşke yok: {code}"))
    here = select(Terminal.id).where(Terminal.site_id == site)
    if config.terminal:
        terminal = _pick(session, here, Terminal.code, config.terminal, N_("Terminal yok: {code}"))
    else:
        terminal = session.execute(here.where(Terminal.role == role).order_by(Terminal.code).limit(1)).scalar_one()
    staff = config.staff or STAFF_OF_ROLE[role]
    who = _pick(session, select(Staff.id).where(Staff.site_id == site), Staff.code, staff, N_("Görevli yok: {code}"))
    return Actor(who, terminal, site)


def _pick(session: Session, ids: Any, column: Any, code: str, refusal: str) -> UUID:
    found: UUID | None = session.execute((ids.where(column == code) if code else ids).limit(1)).scalar()
    if found is None:
        raise UserError(refusal, code=code)
    return found


def _set_printer(db: Database, actor: Actor, config: Config) -> None:
    """The machine's file names the device of its own terminal's first slip printer; written only when it differs.

    The file is one for all programs of the machine, so the command line's printer gets the same device: which of the
    two rows may use it is the ledger's lease (``printing.pool``).
    """
    wanted = {"address": config.printer, "profile": config.printer_profile}
    wanted = {name: value for name, value in wanted.items() if value}
    own = select(Printer.id, Printer.address, Printer.profile).where(Printer.terminal_id == actor.terminal_id)
    slips = own.where(Printer.active, ~Printer.address.startswith(A4)).order_by(Printer.code).limit(1)
    with db.read() as session:
        row = session.execute(slips).one_or_none()
    if row is None or all(getattr(row, name) == value for name, value in wanted.items()):
        return
    from desk.printing import ledger

    with ledger.entry(db, actor) as entry:
        entry.session.execute(update(Printer).where(Printer.id == row.id).values(wanted | {"logo_at": None}))
        entry.change(Kind.PRINTER_CHANGED, row.id)


def last_day(session: Session) -> date | None:
    """The newest business day of any site."""
    return session.execute(select(func.max(SiteDay.day))).scalar()

"""Setting a printer up: what may be chosen, where one was found, and a slip to try it before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from desk.actions.context import Context
from desk.actions.printers import PrinterEdit, store_logo
from desk.actor import Right, allowed
from desk.errors import N_, UserError
from desk.i18n import translator
from desk.models.base import new_id
from desk.models.print_job import Printer
from desk.models.site import Terminal
from desk.printing import profiles, trial_slips
from desk.printing.cups import CupsQueue
from desk.printing.escpos import build
from desk.printing.found import Found, found_here
from desk.printing.papers import A4
from desk.printing.status import CAN_PRINT, Conversation, PrinterState
from desk.printing.transports import open_transport, parse_address
from desk.printing.trouble import WAITING_REASONS
from desk.registry import site

PROOF_SECONDS = 6.0

PROVED = N_("Deneme fişi basıldı.")
SENT = N_("Deneme fişi gönderildi. Yazıcı basıldığını bildirmedi; fişin çıktığını görünüz.")
QUEUE_KNOWN = N_("CUPS bu yazıcıyı tanıyor ve belge kabul ediyor.")


@dataclass(frozen=True, slots=True)
class Model:
    """A profile as the form shows it."""

    code: str
    name: str
    paper_mm: int
    baud: int
    stores_logo: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form of a printer offers. ``own``: this computer's terminal; ``edit``: the row as it stands now."""

    models: tuple[Model, ...]
    terminals: tuple[tuple[UUID, str], ...]
    places: tuple[str, ...]
    codes: frozenset[str]
    own: UUID
    edit: PrinterEdit | None


def choices(ctx: Context, printer_id: UUID | None = None) -> Choices:
    """``printer_id``: the printer to change; None for a new one."""
    models = tuple(
        Model(one.code, one.name, one.paper_mm, one.serial.baud, one.stores_logo)
        for one in profiles.all_profiles(ctx.data_dir / "printers").values()
    )
    with ctx.db.read() as session:
        here = Printer.site_id == ctx.actor.site_id
        rows = session.execute(select(Printer).where(here)).scalars().all()
        places = select(Terminal.id, Terminal.name).where(Terminal.site_id == ctx.actor.site_id)
        terminals = tuple((row.id, row.name) for row in session.execute(places.order_by(Terminal.name)).all())
        edit = next((_as_edit(one) for one in rows if one.id == printer_id), None)
        taken = frozenset(one.code for one in rows)
        pools = tuple(sorted({one.pool for one in rows if one.pool}))
    return Choices(models, terminals, pools, taken, ctx.actor.terminal_id, edit)


def switched_off(ctx: Context) -> tuple[tuple[UUID, str], ...]:
    """Printers of the site that are not used now, by name: the form takes them into use again."""
    with ctx.db.read() as session:
        off = select(Printer.id, Printer.name).where(Printer.site_id == ctx.actor.site_id, ~Printer.active)
        return tuple((row.id, row.name) for row in session.execute(off.order_by(Printer.name)).all())


def _as_edit(row: Printer) -> PrinterEdit:
    return PrinterEdit(row.code, row.name, row.address, row.profile, row.pool, row.active, row.id, row.terminal_id)


def found(ctx: Context) -> tuple[Found, ...]:
    """Ways to printers on this computer that no row of the site uses from here yet."""
    with ctx.db.read() as session:
        mine = Printer.terminal_id == ctx.actor.terminal_id
        used = {one.partition("?")[0] for one in session.execute(select(Printer.address).where(mine)).scalars()}
    return tuple(one for one in found_here() if one.address not in used)


def try_out(ctx: Context, edit: PrinterEdit) -> str:
    """Print a trial slip on a printer that is not saved yet; a marked sentence of what came of it.

    Nothing is written down. Raises UserError for a wrong address or model, Fault (LineFault) when it cannot be
    reached or takes nothing.
    """
    if not allowed(ctx.actor, Right.OVERRIDE):
        raise UserError(N_("Bu işlem için yetkiniz yok."))
    if parse_address(edit.address).text.startswith(A4):
        state = CupsQueue(edit.address).state()
        if state not in CAN_PRINT:
            why = WAITING_REASONS[state]
            raise UserError(why)
        return QUEUE_KNOWN
    profile = profiles.load_profile(edit.profile, ctx.data_dir / "printers")
    header = ctx.read(site.header)
    slip = trial_slips.trial_slip(edit.name or profile.name, profile, header, ctx.now(), translator())
    return _print(edit.address, profile, build(slip, profile).data)


def _print(address: str, profile: profiles.Profile, data: bytes) -> str:
    line = open_transport(address, profile)
    try:
        talk = Conversation(line, profile)
        state = talk.state()
        if state not in CAN_PRINT or (profile.status.realtime and state == PrinterState.UNKNOWN):
            why = WAITING_REASONS[state]
            raise UserError(why)
        process_id = bytes(33 + byte % 94 for byte in new_id().bytes[-4:])
        if not talk.send(data, process_id):
            return SENT
        matter = talk.proof(process_id, PROOF_SECONDS + 10 * len(data) / profile.serial.baud, lambda: False)
        return PROVED if matter is None else SENT
    finally:
        line.close()


def logo_of_site(ctx: Context) -> Path:
    """Raises UserError when the site has none."""
    path = ctx.data_dir / "logo.png"
    if not path.is_file():
        raise UserError(N_("Kurumun logosu yok. Önce logo.png dosyasını veri klasörüne koyunuz."))
    return path


def store_site_logo(ctx: Context, code: str) -> UUID:
    """The site's logo into this printer's memory, as a job of its queue. Raises UserError, Fault."""
    return store_logo(ctx, code, logo_of_site(ctx))

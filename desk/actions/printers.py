"""What people do about printers and papers: decide about late slips, print again with a reason, set printers up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update

from desk.actions.context import Context
from desk.actor import Right, allowed
from desk.errors import N_, Fault, UserError
from desk.events import Kind
from desk.files import reason_of
from desk.i18n import translator
from desk.models.base import new_id
from desk.models.print_job import Printer
from desk.models.site import Terminal
from desk.printing import copies, decisions, ledger, profiles
from desk.printing.logo import logo_picture
from desk.printing.papers import A4
from desk.printing.transports import check_address, parse_address
from desk.printing.types import JobView, PrinterView


@contextmanager
def _entry(ctx: Context, right: Right) -> Iterator[ledger.Entry]:
    """A transaction that opens no business day: printers are set up on a Sunday, too. Raises UserError, Fault."""
    if not allowed(ctx.actor, right):
        raise UserError(N_("Bu işlem için yetkiniz yok."))
    with ledger.entry(ctx.db, ctx.actor) as entry:
        yield entry


# Papers


def release(ctx: Context, job_id: UUID) -> None:
    """Print a slip that came too late. Raises UserError when it does not wait for anybody any more."""
    with _entry(ctx, Right.ISSUE) as entry:
        decisions.release(entry, job_id)


def withdraw(ctx: Context, job_id: UUID) -> bool:
    """Never print it. False when it is too late for that (printed, on its way)."""
    with _entry(ctx, Right.ISSUE) as entry:
        return decisions.withdraw_job(entry, job_id)


def acknowledge(ctx: Context, job_id: UUID) -> None:
    """ "Gördüm": somebody knows that this paper is not there. Who and when is kept. Raises UserError."""
    with _entry(ctx, Right.ISSUE) as entry:
        decisions.acknowledge(entry, job_id)


def reprint(ctx: Context, job_id: UUID, why: str = "") -> UUID:
    """The same slip again, marked "KOPYA n"; who asked and why is kept. Raises UserError."""
    with ctx.work(Right.ISSUE) as work:
        return copies.reprint(work, job_id, why)


def jobs(ctx: Context, printer_id: UUID | None = None, limit: int = 100) -> tuple[JobView, ...]:
    """The newest papers of the site or of one printer, newest first."""
    with ctx.db.read() as session:
        return ledger.jobs(session, ctx.actor.site_id, printer_id=printer_id, limit=limit)


def needing(ctx: Context) -> tuple[JobView, ...]:
    """Papers of the last hours that somebody should see to, oldest first."""
    with ctx.db.read() as session:
        return ledger.needing(session, ctx.actor.site_id)


def print_pdf(ctx: Context, kind: str, pdf: bytes, title: str, subject_id: UUID | None = None) -> UUID | None:
    """Print a document on A4 paper; None when the site has no such printer. ``title`` names no person.

    What a record (``subject_id``) had on paper already comes out as "KOPYA n". Raises UserError when it is no whole
    PDF: a torn file comes out as an empty page.
    """
    from desk.printing.pdf_copy import check_pdf, mark_pdf

    check_pdf(pdf)
    with _entry(ctx, Right.ISSUE) as entry:
        printer_id = ledger.document_printer_for(entry.session, ctx.actor.site_id, ctx.actor.terminal_id)
        if printer_id is None:
            return None
        before = copies.printed_before(entry.session, kind, subject_id) if subject_id else None
        if before is None:
            return ledger.enqueue_document(entry, printer_id, kind, ledger.PDF, title, pdf, subject_id)
        first, copy_no = before[0], before[1] + 1
        pdf = mark_pdf(pdf, translator()(N_("KOPYA {count}")).format(count=copy_no))
        return ledger.enqueue_document(
            entry, printer_id, kind, ledger.PDF, title, pdf, subject_id, copy_no=copy_no, reprint_of=first
        )


# Printers


def printers(ctx: Context) -> tuple[PrinterView, ...]:
    """All active printers of the site with their health, and whether anybody looks after them."""
    with ctx.db.read() as session:
        return ledger.printers(session, ctx.actor.site_id, now=ctx.now())


@dataclass(frozen=True, slots=True)
class PrinterEdit:
    """A printer's row as the settings page holds it. ``id`` None: a new one; ``terminal_id`` None: this terminal."""

    code: str
    name: str
    address: str
    profile: str = ""  # none for an A4 printer
    pool: str = ""
    active: bool = True
    id: UUID | None = None
    terminal_id: UUID | None = None


def save_printer(ctx: Context, edit: PrinterEdit) -> UUID:
    """Write a printer's row; the program follows within seconds, without a restart. Raises UserError."""
    _check(ctx, edit)
    values = {
        "code": edit.code.strip(),
        "name": edit.name.strip(),
        "address": edit.address.strip(),
        "profile": edit.profile.strip(),
        "pool": edit.pool.strip(),
        "active": edit.active,
    }
    with _entry(ctx, Right.OVERRIDE) as entry:
        site_id = ctx.actor.site_id
        taken = select(Printer.id).where(Printer.site_id == site_id, Printer.code == values["code"])
        if entry.session.execute(taken.where(Printer.id != edit.id) if edit.id else taken).first() is not None:
            raise UserError(N_("Bu kodla bir yazıcı zaten var: {code}"), code=edit.code)
        terminal_id = edit.terminal_id or ctx.actor.terminal_id
        here = select(Terminal.id).where(Terminal.id == terminal_id, Terminal.site_id == site_id)
        if entry.session.execute(here).first() is None:
            raise UserError(N_("Terminal bulunamadı."))
        printer_id = edit.id or new_id()
        if edit.id is None:
            row = Printer(id=printer_id, site_id=site_id, terminal_id=terminal_id, state="unknown", **values)
            entry.session.add(row)
            entry.session.flush()
        else:
            known = update(Printer).where(Printer.id == printer_id, Printer.site_id == site_id)
            moved = {"terminal_id": edit.terminal_id} if edit.terminal_id else {}
            written = known.values(**values, **moved, logo_at=None if _is_other(entry, edit) else Printer.logo_at)
            entry.session.execute(written)
        if not edit.active:
            ledger.empty_queue(entry, printer_id, ledger.printer_for(entry.session, site_id, terminal_id))
        entry.change(Kind.PRINTER_CHANGED, printer_id)
        return printer_id


def _is_other(entry: ledger.Entry, edit: PrinterEdit) -> bool:
    """Whether the row means another device now, which keeps no logo of ours yet."""
    before = entry.session.execute(select(Printer.address).where(Printer.id == edit.id)).scalar()
    return before != edit.address.strip()


def _check(ctx: Context, edit: PrinterEdit) -> None:
    if not edit.code.strip() or not edit.name.strip():
        raise UserError(N_("Yazıcının kodunu ve adını yazınız."))
    if not parse_address(edit.address).text.startswith(A4):
        check_address(edit.address.strip(), profiles.load_profile(edit.profile.strip(), ctx.data_dir / "printers"))


def store_logo(ctx: Context, code: str, file: Path) -> UUID:
    """Put a picture into the memory of the printer with this code; from then on its slips carry it in two bytes.

    Raises UserError when there is no such printer, its model keeps no logo, or the file is no picture; Fault when the
    file cannot be read.
    """
    found = next((one for one in printers(ctx) if one.code == code), None)
    if found is None:
        raise UserError(N_("Yazıcı yok: {code}"), code=code)
    if found.address.startswith(A4):
        raise UserError(N_("Logo yalnız fiş yazıcılarının belleğine yüklenir."))
    profile = profiles.load_profile(found.profile, ctx.data_dir / "printers")
    if not profile.stores_logo:
        raise UserError(N_("Bu yazıcı modeli logo saklamaz."))
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Fault(N_("Dosya okunamıyor: {path} ({reason})"), path=file, reason=reason_of(error)) from error
    logo_picture(content, profile)
    with _entry(ctx, Right.OVERRIDE) as entry:
        return ledger.enqueue_document(entry, found.id, "logo", "image/png", "logo", content)

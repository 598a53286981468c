"""Slips: drawn up as data in the transaction of the action they belong to, printed by whoever owns the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.errors import N_, UserError
from desk.i18n import SOURCE_LANGUAGE, translator
from desk.models.work import Work
from desk.printing import copies, escpos, ledger, papers, profiles, slip_guide, slips
from desk.printing.ticket_text import ticket_text
from desk.printing.types import JobView, PrinterView
from desk.queue.types import Ticket
from desk.registry import applications, assistance, guide, site
from desk.registry.types import Destination, Receipt, SiteHeader


def scope_of(work: Work) -> Scope:
    return Scope(work.site_id, work.day, work.now)


def print_tickets(
    work: Work, tickets: Sequence[Ticket], header: SiteHeader, printer_id: UUID | None
) -> tuple[UUID, ...]:
    """Enqueue the slips of numbers just given; nothing when the site has no printer at all."""
    if printer_id is None:
        return ()
    return tuple(
        ledger.enqueue(work, printer_id, "ticket", ticket_text(ticket, header, translator(ticket.lang)), ticket.id)
        for ticket in tickets
    )


def print_direction(work: Work, visit_id: UUID, to: Destination, lang: str = SOURCE_LANGUAGE) -> UUID | None:
    header = site.header(work.session, scope_of(work))
    slip = slips.direction_slip(to, work.now, header, translator(lang), lang=lang)
    return _enqueue(work, "direction", slip, visit_id)


def print_guide(work: Work, visit_id: UUID, code: str) -> UUID | None:
    """Enqueue the "Gerekli belgeler" slip of a line of the guide."""
    scope = scope_of(work)
    told = guide.entry(work.session, scope, code)
    slip = slip_guide.guide_slip(told, work.now, site.header(work.session, scope), translator())
    return _enqueue(work, "guide", slip, visit_id)


def print_assistance(work: Work, job_id: UUID) -> UUID | None:
    """Enqueue the refakat slip, with what the visitor wants to know in the language they asked in."""
    job = assistance.job(work.session, scope_of(work), job_id)
    header = site.header(work.session, scope_of(work))
    return _enqueue(work, "assistance", slips.assistance_slip(job, header, translator(), lang=job.lang), job_id)


@dataclass(frozen=True, slots=True)
class ForReceipt:
    """What a receipt is printed with beside the record, asked for before its answer is needed."""

    header: Callable[[], SiteHeader]
    printer: Callable[[], UUID | None]


def ask_for_receipt(work: Work) -> ForReceipt:
    printer = papers.ask_printer(work.session, work.site_id, work.actor.terminal_id)
    return ForReceipt(site.ask_header(work.session, scope_of(work)), printer)


def print_receipt(
    work: Work, application_id: UUID, lang: str = SOURCE_LANGUAGE, receipt: Receipt | None = None,
    asked: ForReceipt | None = None,
) -> UUID | None:  # fmt: skip
    """Enqueue the alındı belgesi, with a summary in the visitor's ``lang``; where the site keeps a copy of its own
    (setting ``receipt_copies`` 2), that one too, before it: the newest paper of a record stays the visitor's.

    ``receipt`` and ``asked`` for whoever has read it already and asked for the rest.
    """
    asked = asked or ask_for_receipt(work)
    printer_id = asked.printer()
    if printer_id is None:
        return None
    if work.settings.get("receipt_copies", 1) >= 2:
        print_second_copy(work, application_id)
    receipt = receipt or applications.receipt(work.session, scope_of(work), application_id)
    slip = slips.receipt_slip(receipt, asked.header(), translator(), summary=lang)
    return ledger.enqueue(work, printer_id, "receipt", slip, application_id)


def print_second_copy(work: Work, application_id: UUID) -> UUID | None:
    """The office's own copy of the alındı belgesi, marked "2. nüsha"."""
    receipt = applications.receipt(work.session, scope_of(work), application_id)
    header = site.header(work.session, scope_of(work))
    slip = slips.receipt_slip(receipt, header, translator(), second=True)
    return _enqueue(work, "receipt_second", slip, application_id)


def print_label(work: Work, application_id: UUID) -> UUID | None:
    """The kayıt kaşesi to stick on the document."""
    receipt = applications.receipt(work.session, scope_of(work), application_id)
    header = site.header(work.session, scope_of(work))
    return _enqueue(work, "label", slips.label_slip(receipt, header, translator()), application_id)


def print_deficiency(work: Work, application_id: UUID, lang: str = SOURCE_LANGUAGE) -> UUID | None:
    receipt = applications.receipt(work.session, scope_of(work), application_id)
    header = site.header(work.session, scope_of(work))
    slip = slips.deficiency_slip(receipt, header, translator(), summary=lang)
    return _enqueue(work, "deficiency", slip, application_id)


def print_day(work: Work, slip: slips.Slip) -> UUID | None:
    return _enqueue(work, "day", slip, None)


def _enqueue(work: Work, kind: str, slip: slips.Slip, subject_id: UUID | None) -> UUID | None:
    printer_id = ledger.printer_for(work.session, work.site_id, work.actor.terminal_id)
    if printer_id is None:
        return None
    return ledger.enqueue(work, printer_id, kind, slip, subject_id)


def reprint(ctx: Context, subject_id: UUID, kind: str = "ticket") -> UUID:
    """Print a slip again, marked "KOPYA n"; who and when is in the ledger."""
    with ctx.work(Right.ISSUE) as work:
        job = ledger.last_job(work.session, subject_id, kind)
        if job is None:
            raise UserError(N_("Bu kayıt için basılmış fiş yok."))
        if kind == "receipt":
            applications.count_receipt(work, subject_id)
        return copies.reprint(work, job.id)


def job_of(ctx: Context, subject_id: UUID, kind: str = "ticket") -> JobView | None:
    """The newest print job of a ticket or record."""
    with ctx.db.read() as session:
        return ledger.last_job(session, subject_id, kind)


def job(ctx: Context, job_id: UUID) -> JobView:
    with ctx.db.read() as session:
        return ledger.job(session, job_id)


def printers(ctx: Context) -> tuple[PrinterView, ...]:
    """All printers of the site with their health."""
    with ctx.db.read() as session:
        return ledger.printers(session, ctx.actor.site_id)


def own_profile(ctx: Context) -> profiles.Profile:
    """The model of this terminal's printer: previews are drawn for its paper."""
    with ctx.db.read() as session:
        printer_id = ledger.printer_for(session, ctx.actor.site_id, ctx.actor.terminal_id)
        names = {p.id: p.profile for p in ledger.printers(session, ctx.actor.site_id)}
    return profiles.load_profile(names[printer_id] if printer_id else "generic-80", ctx.data_dir / "printers")


def slip_bytes(slip: slips.Slip, profile: profiles.Profile) -> bytes:
    """The bytes that would be sent: what the preview on screen reads back."""
    return escpos.build(slip, profile).data


def draft_ticket_bytes(ctx: Context, ticket: Ticket) -> bytes:
    """The bytes of a ticket that is not issued yet, for this terminal's paper."""
    slip = slips.ticket_slip(ticket, ctx.read(site.header), translator(ticket.lang))
    return slip_bytes(slip, own_profile(ctx))


def draft_receipt_bytes(ctx: Context, receipt: Receipt, lang: str = SOURCE_LANGUAGE) -> bytes:
    """The bytes of a receipt as the form stands now."""
    slip = slips.receipt_slip(receipt, ctx.read(site.header), translator(), summary=lang)
    return slip_bytes(slip, own_profile(ctx))


def job_bytes(ctx: Context, job_id: UUID) -> bytes:
    """The bytes of a job of the ledger, as they were or will be sent to this terminal's printer."""
    return slip_bytes(slips.Slip.from_json(job(ctx, job_id).slip), own_profile(ctx))

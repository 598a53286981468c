"""Trying a printer: a plain slip, and one with a line for every code page number."""

from __future__ import annotations

from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.errors import N_, UserError
from desk.i18n import translator
from desk.printing import ledger, profiles, trial_slips
from desk.printing.types import PrinterView
from desk.registry import site


def trial(ctx: Context, printer_id: UUID) -> UUID:
    """Enqueue the trial slip at this printer; it goes through the ledger like any other paper."""
    printer, profile = _model_of(ctx, printer_id)
    with ctx.work(Right.ISSUE) as work:
        header = site.header(work.session, paper.scope_of(work))
        slip = trial_slips.trial_slip(printer.name, profile, header, work.now, translator())
        return ledger.enqueue(work, printer_id, slip.kind, slip, None)


def code_pages(ctx: Context, printer_id: UUID) -> UUID:
    """Enqueue the slip by which an installer finds the number of the Turkish code page."""
    _, profile = _model_of(ctx, printer_id)
    known = profiles.all_profiles(ctx.data_dir / "printers").values()
    slip = trial_slips.code_pages_slip(profile, known, translator())
    with ctx.work(Right.ISSUE) as work:
        return ledger.enqueue(work, printer_id, slip.kind, slip, None)


def _model_of(ctx: Context, printer_id: UUID) -> tuple[PrinterView, profiles.Profile]:
    found = next((one for one in paper.printers(ctx) if one.id == printer_id), None)
    if found is None:
        raise UserError(N_("Yazıcı bulunamadı."))
    if found.address.startswith("cups:"):
        raise UserError(N_("Deneme fişi yalnız fiş yazıcılarında basılır."))
    return found, profiles.load_profile(found.profile, ctx.data_dir / "printers")

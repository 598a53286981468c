"""The Evrak Kayıt page: register, hand out the receipt, open by barcode."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.i18n import translator
from desk.printing import documents
from desk.registry import applications, site
from desk.registry.types import PetitionRequest, Receipt


def register_petition(ctx: Context, request: PetitionRequest, *, deficiency: bool = False) -> Receipt:
    """Register and enqueue the receipt: always possible, whatever is missing; one transaction.

    ``deficiency`` prints the "Eksiklik bildirimi" as well. Raises UserError only for what cannot be true (a wrong
    T.C. kimlik no, over-long text). The second arrival of the same key returns the first record.
    """
    request = applications.checked(request)
    try:
        return _register(ctx, request, deficiency)
    except IntegrityError:
        return _register(ctx, request, deficiency)  # the other press of the same key has committed meanwhile


def _register(ctx: Context, request: PetitionRequest, deficiency: bool) -> Receipt:
    with ctx.work(Right.REGISTER) as work:
        before = len(work.changed)
        application_id = applications.register(work, request)
        if len(work.changed) > before:  # not a repeated press
            paper.print_receipt(work, application_id)
            if deficiency:
                paper.print_deficiency(work, application_id)
        return applications.receipt(work.session, paper.scope_of(work), application_id)


def print_deficiency(ctx: Context, application_id: UUID) -> None:
    """Print the "Eksiklik bildirimi" of a registered petition."""
    with ctx.work(Right.REGISTER) as work:
        paper.print_deficiency(work, application_id)


def open_record(ctx: Context, code: str) -> Receipt:
    """The record behind a scanned barcode, a tracking code or a record number; the access is logged."""
    application_id = ctx.read(applications.by_scan, code)
    return open_by_id(ctx, application_id)


def open_by_id(ctx: Context, application_id: UUID) -> Receipt:
    with ctx.work(Right.READ_PERSON) as work:
        applications.note_opened(work, application_id)
        return applications.receipt(work.session, paper.scope_of(work), application_id)


def receipt_pdf(ctx: Context, application_id: UUID, target: Path) -> Path:
    """Write the A4 alındı belgesi. Raises Fault when the file cannot be written."""
    receipt = ctx.read(applications.receipt, application_id)
    documents.receipt_pdf(receipt, ctx.read(site.header), target, translator())
    return target

"""The Evrak Kayıt page: register, hand out the receipt, open by barcode."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import local
from desk.errors import N_, UserError
from desk.i18n import translator
from desk.models import work as works
from desk.models.numbers import CodeKind, read_scan_code
from desk.models.work import Work
from desk.printing import documents
from desk.queue import reads
from desk.queue.types import STATE_NAMES
from desk.registry import applications, life, named, site
from desk.registry import files as stored_files
from desk.registry.application_types import ApplicationRequest, Sender
from desk.registry.files import Taken
from desk.registry.life import Move, Step
from desk.registry.types import PetitionRequest, Receipt
from desk.text import clock_time, short_date


def register_petition(ctx: Context, request: PetitionRequest, *, deficiency: bool = False) -> Receipt:
    """Register and enqueue the receipt: always possible, whatever is missing; one transaction.

    ``deficiency`` prints the "Eksiklik bildirimi" as well. Raises UserError only for what cannot be true (a wrong
    T.C. kimlik no, over-long text). The second arrival of the same key returns the first record.
    """
    return register(ctx, applications.of_petition(request), deficiency=deficiency)


@dataclass(frozen=True, slots=True)
class With:
    """What happens with a record in the press that registers it."""

    receipt: bool = True  # enqueue its alındı belgesi
    deficiency: bool = False  # and the "Eksiklik bildirimi"
    join_to: UUID | None = None  # the same matter was registered before: that record goes on for this one (mükerrer)
    files: tuple[Taken, ...] = ()  # scanned pages, looked into already


def register(
    ctx: Context,
    request: ApplicationRequest,
    *,
    deficiency: bool = False,
    receipt: bool = True,
    join_to: UUID | None = None,
    files: tuple[Taken, ...] = (),
) -> Receipt:
    """Register any application of any channel, join it to another, attach its scans. One transaction.

    Raises UserError (FieldError with the field's code for a channel's field) for what cannot be true or is known
    already by its outside number; Fault when a scan cannot be written. The second arrival of the same key returns the
    first record.
    """
    request = applications.checked(request)
    further = With(receipt, deficiency, join_to, files)
    if files:
        folder = ctx.read(stored_files.folder, ctx.data_dir)
        for one in files:
            stored_files.store(folder, one)
    try:
        return _register(ctx, request, further)
    except IntegrityError:  # the other press of the same key, or the same outside number, has committed meanwhile
        return _register(ctx, request, further)


def _register(ctx: Context, request: ApplicationRequest, further: With) -> Receipt:
    with ctx.db.connect() as connection:
        seen = works.standing_of(connection, ctx.actor.site_id)
        with ctx.work(Right.REGISTER, seen=seen, connection=connection) as work:
            return _registered(work, request, further)


def _registered(work: Work, request: ApplicationRequest, further: With) -> Receipt:
    before = len(work.changed)
    application_id = applications.register(work, request)
    if len(work.changed) > before:  # not a repeated press
        for one in further.files:
            stored_files.attach(work, application_id, one)
        if further.join_to is not None:
            life.do(work, application_id, Step(Move.JOIN, to=further.join_to))
    asked = paper.ask_for_receipt(work) if further.receipt else None
    receipt = applications.receipt(work.session, paper.scope_of(work), application_id)
    if len(work.changed) > before:
        if asked is not None:
            paper.print_receipt(work, application_id, request.lang, receipt, asked)
        if further.deficiency:
            paper.print_deficiency(work, application_id, request.lang)
    return receipt


def sender_of(ctx: Context, application_id: UUID) -> Sender:
    """Who stands behind a record, for "aynı gönderenle yeni kayıt"; the access is logged."""
    with ctx.work(Right.READ_PERSON) as work:
        applications.note_opened(work, application_id)
        return applications.sender_of(work.session, paper.scope_of(work), application_id)


def print_deficiency(ctx: Context, application_id: UUID) -> None:
    """Print the "Eksiklik bildirimi" of a registered petition."""
    with ctx.work(Right.REGISTER) as work:
        paper.print_deficiency(work, application_id)


def print_label(ctx: Context, application_id: UUID) -> bool:
    """Print the kayıt kaşesi that is stuck on the document; False when the site has no printer."""
    with ctx.work(Right.REGISTER) as work:
        return paper.print_label(work, application_id) is not None


def print_second_copy(ctx: Context, application_id: UUID) -> bool:
    """Print the office's own copy of the alındı belgesi ("2. nüsha"); False when the site has no printer."""
    with ctx.work(Right.REGISTER) as work:
        return paper.print_second_copy(work, application_id) is not None


def open_record(ctx: Context, code: str) -> Receipt:
    """The record behind a scanned barcode, a tracking code or a record number; the access is logged."""
    scanned = read_scan_code(code.strip())
    if scanned is not None and scanned.kind is CodeKind.TICKET:
        raise _it_is_a_ticket(ctx, code.strip())
    application_id = ctx.read(named.by_scan, code)
    return open_by_id(ctx, application_id)


def _it_is_a_ticket(ctx: Context, code: str) -> UserError:
    """A queue slip was scanned: it opens no record, but says where its number stands."""
    ticket = ctx.read(reads.ticket_by_scan, code)
    if ticket is None:
        return UserError(N_("“{code}” ile sıra numarası bulunamadı."), code=code)
    return UserError(
        N_("Sıra fişi {number} ({day} {at}), {service}: {state}."),
        number=ticket.number,
        day=short_date(local(ticket.issued_at).date()),
        at=clock_time(ticket.issued_at),
        service=ticket.service_name,
        state=STATE_NAMES[ticket.state],
    )


def open_by_id(ctx: Context, application_id: UUID) -> Receipt:
    with ctx.work(Right.READ_PERSON) as work:
        applications.note_opened(work, application_id)
        return applications.receipt(work.session, paper.scope_of(work), application_id)


def receipt_pdf(ctx: Context, application_id: UUID, target: Path, paper_size: str = "A4") -> Path:
    """Write the alındı belgesi on A4 or A5. Raises Fault when the file cannot be written."""
    receipt = ctx.read(applications.receipt, application_id)
    header = ctx.read(site.header)
    documents.receipt_pdf(receipt, header, target, translator(), paper_size=paper_size, logo=site_logo(ctx))
    return target


def label_pdf(ctx: Context, application_id: UUID, target: Path) -> Path:
    """Write the kayıt kaşesi as a 60 × 40 mm sticker. Raises Fault when the file cannot be written."""
    receipt = ctx.read(applications.receipt, application_id)
    documents.label_pdf(receipt, ctx.read(site.header), target, translator())
    return target


def site_logo(ctx: Context) -> Path | None:
    """The site's own logo (``logo.png`` beside its data); None where the sample logo stands in."""
    found = ctx.data_dir / "logo.png"
    return found if found.is_file() else None

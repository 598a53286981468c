"""What Evrak Kayıt reads and does, for workers: nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desk.actions import paper, records
from desk.actions.context import Context
from desk.registry import applications, cases, duplicates, site
from desk.registry.application_types import ApplicationRequest, PossibleDuplicate, StoredFile
from desk.registry.deadlines import Due
from desk.registry.files import Taken
from desk.registry.types import (
    EVRAK_KINDS,
    Destination,
    DocumentKind,
    Neighbourhood,
    Receipt,
    RecordRow,
    Unit,
)
from desk.ui.staff.documents_folder import document_path
from desk.ui.staff.receipt_preview import SlipPicture, due_of, picture_of

RECENT = 200
"""Records of the day that the list shows at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the form."""

    rows: tuple[RecordRow, ...]
    next_number: str
    day: date
    units: tuple[Unit, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    known: tuple[Destination, ...]
    due: dict[DocumentKind, Due]  # of a document that is registered now


@dataclass(frozen=True, slots=True)
class Registered:
    receipt: Receipt
    has_paper: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A record, the receipt that was printed last, and its scans."""

    receipt: Receipt
    picture: SlipPicture | None
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """What F2 does beside registering."""

    notice: bool = False  # print the "Eksiklik bildirimi" too
    join_to: UUID | None = None  # that record goes on for this one (mükerrer)
    files: tuple[Taken, ...] = ()


@dataclass(slots=True)
class Sent:
    """A document that was handed to the database, with what else stood on the page; and whether the answer came."""

    request: ApplicationRequest
    further: Further
    ticket_number: str = ""
    answered: bool = False


def read(ctx: Context) -> Shown:
    return Shown(
        rows=ctx.read(applications.recent, RECENT),
        next_number=ctx.read(applications.next_record_number),
        day=ctx.read(lambda session, scope: scope.day),
        units=ctx.read(site.units),
        neighbourhoods=ctx.read(site.neighbourhoods),
        known=ctx.read(site.destinations),
        due={kind: due_of(ctx, kind) for kind in EVRAK_KINDS},
    )


def register(ctx: Context, request: ApplicationRequest, further: Further) -> Registered:
    receipt = records.register(
        ctx, request, deficiency=further.notice, join_to=further.join_to, files=further.files
    )  # fmt: skip
    return Registered(receipt, paper.job_of(ctx, receipt.application_id, "receipt") is not None)


def opened(ctx: Context, which: str | UUID) -> Opened:
    """The record (its opening is logged), the receipt that was printed last, and what was scanned."""
    receipt = records.open_by_id(ctx, which) if isinstance(which, UUID) else records.open_record(ctx, which)
    job = paper.job_of(ctx, receipt.application_id, "receipt")
    picture = picture_of(ctx, paper.job_bytes(ctx, job.id)) if job else None
    return Opened(receipt, picture, ctx.read(cases.files, receipt.application_id))


def possible_duplicates(ctx: Context, request: ApplicationRequest) -> tuple[PossibleDuplicate, ...]:
    return ctx.read(duplicates.possible, request)


def reprinted(ctx: Context, application_id: UUID) -> int:
    return paper.job(ctx, paper.reprint(ctx, application_id, "receipt")).copy_no


def pdf(ctx: Context, application_id: UUID, paper_size: str = "A4") -> Path:
    receipt = ctx.read(applications.receipt, application_id)
    size = "" if paper_size == "A4" else f"-{paper_size.lower()}"
    name = f"alindi-{receipt.record_number.replace('/', '-')}{size}.pdf"
    return records.receipt_pdf(ctx, application_id, document_path(ctx, name), paper_size)

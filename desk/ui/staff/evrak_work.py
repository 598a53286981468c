"""What Evrak Kayıt reads and does, for workers: nothing here touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desk.actions import paper, records
from desk.actions.context import Context
from desk.registry import applications, site
from desk.registry.deadlines import Due
from desk.registry.types import (
    EVRAK_KINDS,
    Destination,
    DocumentKind,
    Neighbourhood,
    PetitionRequest,
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


@dataclass(slots=True)
class Sent:
    """A document that was handed to the database, with what else stood on the page; and whether the answer came."""

    request: PetitionRequest
    notice: bool  # print the "Eksiklik bildirimi" too
    ticket_number: str
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


def register(ctx: Context, request: PetitionRequest, deficiency: bool) -> Registered:
    receipt = records.register_petition(ctx, request, deficiency=deficiency)
    return Registered(receipt, paper.job_of(ctx, receipt.application_id, "receipt") is not None)


def opened(ctx: Context, which: str | UUID) -> tuple[Receipt, SlipPicture | None]:
    """The record (its opening is logged) and the receipt that was printed last."""
    receipt = records.open_by_id(ctx, which) if isinstance(which, UUID) else records.open_record(ctx, which)
    job = paper.job_of(ctx, receipt.application_id, "receipt")
    return receipt, picture_of(ctx, paper.job_bytes(ctx, job.id)) if job else None


def reprinted(ctx: Context, application_id: UUID) -> int:
    return paper.job(ctx, paper.reprint(ctx, application_id, "receipt")).copy_no


def pdf(ctx: Context, application_id: UUID, paper_size: str = "A4") -> Path:
    receipt = ctx.read(applications.receipt, application_id)
    size = "" if paper_size == "A4" else f"-{paper_size.lower()}"
    name = f"alindi-{receipt.record_number.replace('/', '-')}{size}.pdf"
    return records.receipt_pdf(ctx, application_id, document_path(ctx, name), paper_size)

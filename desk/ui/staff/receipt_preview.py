"""The receipt as it would come out now: from the bytes for this terminal's printer back into a picture."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PIL import Image
from PySide6.QtGui import QImage

from desk.actions import paper
from desk.actions.context import Context
from desk.printing.preview import read_paper
from desk.registry import applications, channels, deadlines, drafting, site
from desk.registry.application_types import ApplicationRequest
from desk.registry.deadlines import Due
from desk.registry.types import DocumentKind, Receipt
from desk.text import clean, mask_name
from desk.values import dataclass

NO_TRACKING_CODE, NO_SCAN_CODE = "XXXX-XXXX", "200000000000"
"""What stands on the draft where the real receipt has codes that belong to one record only."""


@dataclass(frozen=True, slots=True)
class SlipPicture:
    """What the bytes say: a picture, and its text for those who cannot see it."""

    image: QImage
    text: str
    paper_mm: int


def draft_receipt(ctx: Context, request: ApplicationRequest, unit: str, neighbourhood: str) -> Receipt:
    """The receipt of a form that is not registered yet; its number is the next one, taken by nobody."""
    officer = ctx.read(lambda session, scope: site.staff_name(session, ctx.actor.staff_id))
    name, address = clean(request.sender.name), clean(request.sender.address)
    found = due_of(ctx, request.document)
    return Receipt(
        application_id=UUID(int=0),
        record_number=ctx.read(applications.next_record_number),
        kind=request.document,
        received_at=ctx.now(),
        channel=request.channel,
        applicant=name,
        applicant_masked=mask_name(name),
        address=f"{neighbourhood} Mah. {address}".strip() if neighbourhood else address,
        subject=clean(request.subject),
        unit=unit,
        enclosures=request.enclosures,
        due_on=found.on,
        due_basis=found.basis,
        missing=drafting.missing_in(request),
        tracking_code=NO_TRACKING_CODE,
        scan_code=NO_SCAN_CODE,
        registered_by=officer,
        registered_by_masked=" ".join(f"{word[0]}." for word in officer.split()),
        sender_kind=request.sender_kind,
        persons=request.persons,
        due_is_target=is_target(request.document),
        preliminary=ctx.read(lambda session, scope: applications.official_elsewhere(session, scope.site_id)),
        tender=clean(request.fields.get("tender", "")),
        arrived_at=channels.minute_words(clean(request.fields.get("arrived_at", ""))),
    )


def is_target(document: DocumentKind) -> bool:
    """Whether the last day of such a paper is the unit's own aim: no law gives it one."""
    return document not in (DocumentKind.PETITION, DocumentKind.INFORMATION, DocumentKind.ORAL)


def due_of(ctx: Context, kind: DocumentKind) -> Due:
    """The last answer date of a document that is registered today, by the site's own periods and calendar."""

    def read(session: Any, scope: Any) -> Due:
        periods = deadlines.periods_of(session, scope.site_id)
        return deadlines.of_document(kind, scope.day, periods, deadlines.calendar_of(session, scope.site_id))

    return ctx.read(read)


def today(ctx: Context) -> date:
    """The business day that is open, or the calendar's when nothing was done yet."""
    return ctx.read(lambda session, scope: scope.day)


def draft_picture(ctx: Context, request: ApplicationRequest, unit: str, neighbourhood: str) -> SlipPicture:
    """For a worker: the preview of the form."""
    receipt = draft_receipt(ctx, request, unit, neighbourhood)
    return picture_of(ctx, paper.draft_receipt_bytes(ctx, receipt, request.lang))


def picture_of(ctx: Context, data: bytes) -> SlipPicture:
    """What this terminal's printer would make of ``data``."""
    profile = paper.own_profile(ctx)
    sheet = read_paper(data, profile)
    return SlipPicture(qimage(sheet.image), "\n".join(sheet.text), profile.paper_mm)


def qimage(picture: Image.Image) -> QImage:
    """A Pillow picture as a QImage that owns its pixels, with the margins of the paper beside the printer's head."""
    margin = picture.width // 18  # 32 dots of the 640 that 80 mm are
    grey = Image.new("L", (picture.width + 2 * margin, picture.height), 255)
    grey.paste(picture.convert("L"), (margin, 0))
    made = QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8)
    return made.copy()

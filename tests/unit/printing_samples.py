"""Read types for the paper tests, as a Tuesday morning at the desk would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from PIL import Image

from desk.queue.types import Band, Ticket, TicketState
from desk.registry.types import Channel, DocumentKind, Enclosure, Missing, Receipt, SiteHeader

MORNING = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
HEADER = SiteHeader(
    municipality="Çınarova Belediyesi",
    authority="Çınarova Belediye Başkanlığı",
    department="Halkla İlişkiler Müdürlüğü",
    site="Ana hizmet binası danışma",
    address="Cumhuriyet Meydanı No: 1",
    hotline="ALO 153",
)
TICKET = Ticket(
    id=UUID(int=1),
    visit_id=UUID(int=2),
    number="V 017",
    letter="V",
    service_code="vergi",
    service_name="Emlak ve çevre temizlik vergisi",
    place="Zemin kat · Banko 3, 4, 5",
    state=TicketState.WAITING,
    priority=False,
    persons=2,
    issued_at=MORNING,
    lang="tr",
    scan_code="100100000173",
    assistance=False,
    ahead=6,
    forecast=Band(15, 20),
    outside_hours=False,
)
RECEIPT = Receipt(
    application_id=UUID(int=3),
    record_number="2026/004218",
    kind=DocumentKind.PETITION,
    received_at=MORNING,
    channel=Channel.IN_PERSON,
    applicant="Nuriye Ağaoğlu",
    applicant_masked="N*** A***",
    address="Gül Sokağı No: 4",
    subject="Kaldırım onarımı ve yağmur suyu ızgarası",
    unit="Fen İşleri Müdürlüğü",
    enclosures=(Enclosure("Kaldırım", "Fotoğraf", 3), Enclosure("Sokak", "Kroki", 1)),
    due_on=date(2026, 12, 24),
    due_basis="Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)",
    missing=(),
    tracking_code="7K4M-92QD",
    scan_code="200100042184",
    registered_by="Serpil Toprak",
    registered_by_masked="S. T.",
)
INCOMPLETE = replace(RECEIPT, missing=(Missing.SIGNATURE, Missing.ADDRESS))


def ticket(**changes: Any) -> Ticket:
    return replace(TICKET, **changes)


def as_written(message: str) -> str:
    return message


def on_paper(image: Image.Image, margin: int = 40) -> Image.Image:
    """What a scanner sees: the print on paper that is a little wider than the print."""
    sheet = Image.new("L", (image.width + 2 * margin, image.height + 2 * margin), 255)
    sheet.paste(image.convert("L"), (margin, margin))
    return sheet

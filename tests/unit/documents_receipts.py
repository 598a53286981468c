"""Receipts to draw: a usual one, a bare one, one that needs many pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from desk.models.numbers import CodeKind, scan_code
from desk.registry.types import Channel, DocumentKind, Enclosure, Missing, Receipt

TURKISH = "ğüşıöç ĞÜŞİÖÇ"


def usual_receipt() -> Receipt:
    return Receipt(
        application_id=UUID(int=1),
        record_number="2026/004218",
        kind=DocumentKind.PETITION,
        received_at=datetime(2026, 11, 24, 7, 42, tzinfo=UTC),
        channel=Channel.IN_PERSON,
        applicant="Ayşe Yıldırım",
        applicant_masked="A*** Y***",
        address="Gülbahçe Mah. Ihlamur Sk. No: 12/3, Çınarova",
        subject="Gülbahçe Parkı yanındaki kaldırımın onarılması",
        unit="Fen İşleri Müdürlüğü",
        enclosures=(Enclosure("Kaldırım fotoğrafları", "Fotoğraf", 3), Enclosure("Konum krokisi", "Kroki", 1)),
        due_on=date(2026, 12, 24),
        due_basis="Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)",
        missing=(),
        tracking_code="7K4M-92QD",
        scan_code=scan_code(CodeKind.APPLICATION, 1, 4218),
        registered_by="Selin Toprak",
        registered_by_masked="S. T.",
    )


def bare_receipt() -> Receipt:
    """A petition that lacks everything; registered all the same."""
    return replace(
        usual_receipt(),
        applicant="",
        applicant_masked="",
        address="",
        subject="",
        unit="",
        enclosures=(),
        missing=tuple(Missing),
        copy_no=2,
    )


def endless_receipt() -> Receipt:
    """Long texts, a word without an end, many enclosures, markup, Arabic, Cyrillic, emoji."""
    return replace(
        usual_receipt(),
        kind=DocumentKind.INFORMATION,
        channel=Channel.KEP,
        applicant=f"محمد عبد الله <b>&amp; {TURKISH} Ñandú Иванов 😀 李",
        address="حي السلام، شارع 12 (أ) " + "Çok uzun bir adres satırı, " * 8,
        subject=("Gülbahçe Parkı yanındaki kaldırımın onarılması ve " * 30) + "ş" * 400,
        enclosures=tuple(
            Enclosure(f"{n}. ek: {'çok uzun bir ek adı ' * (n % 6)}<i>&", ("Fotoğraf", "", "Kroki")[n % 3], n)
            for n in range(60)
        ),
        missing=(Missing.SIGNATURE, Missing.ADDRESS),
        registered_by="Prof. Dr. Ayşe Gülşen Çığrıkçıoğlu-Öztürk Büyükşahinoğulları Karamanlıoğlu",
        copy_no=12,
    )

"""What the alındı belgesi is drawn from: titles and laws, styles, a job, and its blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.errors import N_
from desk.i18n import Translator
from desk.printing.pdf_page import (
    INK,
    INK_2,
    MM,
    Pen,
    Sheet,
)
from desk.printing.pdf_text import Style
from desk.registry.types import DocumentKind, Receipt, SiteHeader
from desk.text import date_and_time, short_date

BAR_MODULE = 0.25 * MM
"""Width of the narrowest bar. 0.25 mm are two dots at 203 dpi and three at 300 dpi: every office printer holds them."""

BAR_HEIGHT = 9 * MM
QR_MODULE = 0.75 * MM

TITLES = {
    DocumentKind.PETITION: N_("Dilekçe alındı belgesi"),
    DocumentKind.INFORMATION: N_("Bilgi edinme başvurusu alındı belgesi"),
    DocumentKind.OFFICIAL_LETTER: N_("Resmî yazı teslim alındı belgesi"),
    DocumentKind.NOTIFICATION: N_("Tebligat teslim alındı belgesi"),
    DocumentKind.WARNING: N_("İhtarname teslim alındı belgesi"),
    DocumentKind.TENDER: N_("Teklif zarfı teslim alındı belgesi"),
    DocumentKind.ORAL: N_("Sözlü talep alındı belgesi"),
}
LAWS = {
    DocumentKind.PETITION: N_("3071 sayılı Dilekçe Hakkının Kullanılmasına Dair Kanun uyarınca düzenlenmiştir."),
    DocumentKind.INFORMATION: N_("4982 sayılı Bilgi Edinme Hakkı Kanunu uyarınca düzenlenmiştir."),
}
OTHER_TITLE = N_("Başvuru alındı belgesi")
OTHER_LAW = N_("2004/12 sayılı Başbakanlık Genelgesi uyarınca düzenlenmiştir.")
LACKING = {
    DocumentKind.PETITION: N_("Eksik hususlar: {items} (3071 m. 4). Tamamlanmazsa incelenemez (m. 6)."),
    DocumentKind.INFORMATION: N_("Eksik hususlar: {items} (4982 m. 6)."),
}
OTHER_LACKING = N_("Eksik hususlar: {items}.")
NOT_GIVEN = N_("Bildirilmedi")

HEADING = Style(11.5, INK, bold=True)
LABEL, VALUE = Style(9.5, INK_2), Style(10.5, INK, bold=True)
CELL, CELL_BOLD = Style(9.5, INK), Style(9.5, INK, bold=True)
LEADING = 14.0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece that is never torn. ``head`` is drawn above it where it opens a page (the head of a table)."""

    height: float
    draw: Callable[[Pen, float], None]
    head: Block | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What is drawn, for whom, on what."""

    receipt: Receipt
    header: SiteHeader
    tr: Translator
    sheet: Sheet
    second: bool
    summary: str

    @property
    def title(self) -> str:
        return self.tr(TITLES.get(self.receipt.kind, OTHER_TITLE))

    @property
    def is_envelope(self) -> bool:
        """A teklif zarfı: nobody answers it; what counts is the minute it came in (Law 4734)."""
        return self.receipt.kind is DocumentKind.TENDER

    def day(self, tr: Translator) -> tuple[str, str]:
        """What the large date is, and the date: a last day, a unit's own aim, or an envelope's minute."""
        receipt = self.receipt
        if self.is_envelope:
            return tr("Teslim alındı"), receipt.arrived_at or date_and_time(receipt.received_at)
        return tr("Hedef tarih") if receipt.due_is_target else tr("Son cevap tarihi"), short_date(receipt.due_on)

    @property
    def becomes(self) -> str:
        """What is done with the paper, and how its sender hears of it."""
        if self.is_envelope:
            return self.tr("Zarf açılmadan teslim alınmış ve ilgili birime ulaştırılmak üzere kaydedilmiştir.")
        return self.tr(
            "Başvurunuz ilgili birime havale edilmek üzere kaydedilmiştir. Sonucunu takip kodunuzla danışmadan veya "
            "{hotline} hattından öğrenebilirsiniz."
        ).format(hotline=self.header.hotline)

    @property
    def field_x(self) -> float:
        """Where the values of the fields begin."""
        return self.sheet.left + (104 if self.sheet.close else 128)

    @property
    def kind_x(self) -> float:
        """Where the kinds of the enclosures begin."""
        return self.sheet.right - (104 if self.sheet.close else 150)

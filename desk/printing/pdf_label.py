"""The kayıt kaşesi as a sticker of 60 × 40 mm: number, date, unit, barcode. No name: papers pass many hands."""

from __future__ import annotations

from desk.i18n import Translator
from desk.printing import barcodes, pdf_text
from desk.printing.pdf_page import INK, INK_2, LABEL, MM, Pen
from desk.printing.pdf_receipt_job import BAR_MODULE
from desk.printing.pdf_text import Style
from desk.registry.types import Receipt, SiteHeader
from desk.text import date_and_time

BAR_HEIGHT = 10 * MM


def label_bytes(receipt: Receipt, header: SiteHeader, tr: Translator) -> bytes:
    pen = Pen(f"{tr('Kayıt kaşesi')} {receipt.record_number}", header.authority, LABEL)
    middle, room = LABEL.width / 2, LABEL.content
    for y, words, style in (
        (LABEL.margin + 8, header.municipality, Style(8, INK, bold=True)),
        (LABEL.margin + 26, receipt.record_number, Style(18, INK, bold=True)),
        (LABEL.margin + 37, date_and_time(receipt.received_at), Style(8, INK_2)),
    ):
        pen.centred(middle, y, pdf_text.fitted(words, style, room), style)
    y = LABEL.margin + 48
    style = Style(8, INK, bold=True)
    for line in pdf_text.wrap(receipt.unit or tr("Birimi belirlenecek"), style, room, lines=2):
        pen.centred(middle, y, line, style)
        y += 9.5
    _barcode(pen, receipt)
    return pen.finish()


def _barcode(pen: Pen, receipt: Receipt) -> None:
    """At the foot, its digits below it; how many enclosures stands beside them."""
    bars = [module == "1" for module in barcodes.code128_modules(receipt.scan_code)]
    wide = len(bars) * BAR_MODULE
    style = Style(7, INK_2)
    foot = LABEL.height - LABEL.margin
    pen.modules((LABEL.width - wide) / 2, foot - 9 - BAR_HEIGHT, [bars], BAR_MODULE, BAR_HEIGHT)
    pen.centred(LABEL.width / 2, foot - 1.5, receipt.scan_code, style)

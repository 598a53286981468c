"""The alındı belgesi on A4: what a petitioner takes home (circular 2004/12).

Everything on it may be long: fields, subject and enclosures flow over as many pages as they need. The page is a list
of blocks; each knows its height and draws itself at a place, so the number of pages is known before drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.clock import local_date
from desk.errors import N_
from desk.i18n import Translator
from desk.printing import barcodes, pdf_text
from desk.printing.pdf_page import (
    BRICK_100,
    BRICK_600,
    CONTENT,
    FOOT,
    INK,
    INK_2,
    LEFT,
    LETTERHEAD,
    LINE_STRONG,
    MARGIN,
    MM,
    PETROL_600,
    QUIET,
    RIGHT,
    SMALL,
    TINT,
    WHITE,
    Pen,
    check,
    foot,
    letterhead,
)
from desk.printing.pdf_text import Style
from desk.registry.due_words import basis_words
from desk.registry.types import CHANNEL_NAMES, MISSING_NAMES, Channel, DocumentKind, Missing, Receipt, SiteHeader
from desk.text import clock_time, long_date, number

BAR_MODULE = 0.25 * MM
"""Width of the narrowest bar. 0.25 mm are two dots at 203 dpi and three at 300 dpi: every office printer holds them."""

BAR_HEIGHT = 9 * MM
QR_MODULE = 0.75 * MM

TITLES = {
    DocumentKind.PETITION: N_("Dilekçe alındı belgesi"),
    DocumentKind.INFORMATION: N_("Bilgi edinme başvurusu alındı belgesi"),
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
NOT_GIVEN = N_("Bildirilmedi")

_TITLE = Style(21, INK, bold=True)
_HEADING = Style(11.5, INK, bold=True)
_LABEL, _VALUE = Style(9.5, INK_2), Style(10.5, INK, bold=True)
_CELL, _CELL_BOLD = Style(9.5, INK), Style(9.5, INK, bold=True)
_FIELD_X, _KIND_X = LEFT + 128, RIGHT - 150
_LEADING = 14.0


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece that is never torn. ``head`` is drawn above it where it opens a page (the head of a table)."""

    height: float
    draw: Callable[[Pen, float], None]
    head: _Block | None = None


def receipt_bytes(receipt: Receipt, header: SiteHeader, tr: Translator) -> bytes:
    pages = _paged(_blocks(receipt, header, tr), _signatures(receipt, tr))
    title = f"{tr(TITLES.get(receipt.kind, OTHER_TITLE))} {receipt.record_number}"
    pen = Pen(title, header.authority)
    for place, page in enumerate(pages, 1):
        if place > 1:
            pen.next_page()
            _running_head(pen, receipt, tr)
        else:
            letterhead(pen, header, tr)
            _barcode(pen, receipt)
        for top, block in page:
            block.draw(pen, top)
        foot(pen, _foot_text(receipt, header, tr), place, len(pages), tr)
    return pen.finish()


def _paged(blocks: list[_Block], last: _Block) -> list[list[tuple[float, _Block]]]:
    """Blocks with their places, page by page. ``last`` (the signatures) stands at the foot of the last page."""
    pages: list[list[tuple[float, _Block]]] = [[]]
    y = MARGIN + LETTERHEAD + 5
    limit = FOOT - 8
    for block in blocks:
        if y + block.height > limit:
            pages.append([])
            y = MARGIN + 30
            if block.head:
                pages[-1].append((y, block.head))
                y += block.head.height
        pages[-1].append((y, block))
        y += block.height
    if y + last.height > limit:
        pages.append([])
    pages[-1].append((limit - last.height, last))
    return pages


def _blocks(receipt: Receipt, header: SiteHeader, tr: Translator) -> list[_Block]:
    return [
        _title(receipt, tr),
        *_fields(receipt, tr),
        *_enclosures(receipt, tr),
        _deadline(receipt, tr),
        *_requirements(receipt, tr),
        *_notices(receipt, header, tr),
    ]


def _barcode(pen: Pen, receipt: Receipt) -> None:
    bars = [module == "1" for module in barcodes.code128_modules(receipt.scan_code)]
    wide = len(bars) * BAR_MODULE
    pen.modules(RIGHT - wide, MARGIN, [bars], BAR_MODULE, BAR_HEIGHT)
    pen.centred(RIGHT - wide / 2, MARGIN + BAR_HEIGHT + 10, receipt.scan_code, SMALL)


def _running_head(pen: Pen, receipt: Receipt, tr: Translator) -> None:
    pen.text(LEFT, MARGIN + 10, tr(TITLES.get(receipt.kind, OTHER_TITLE)), QUIET)
    pen.right(RIGHT, MARGIN + 10, tr("Kayıt no {number}").format(number=receipt.record_number), QUIET)
    pen.rule(LEFT, RIGHT, MARGIN + 17, PETROL_600, 1.2)


def _title(receipt: Receipt, tr: Translator) -> _Block:
    def draw(pen: Pen, y: float) -> None:
        end = pen.text(LEFT, y + 30, tr(TITLES.get(receipt.kind, OTHER_TITLE)), _TITLE)
        if receipt.copy_no > 1:
            copy = tr("KOPYA {number}").format(number=receipt.copy_no)
            style = Style(9, INK, bold=True)
            pen.box(end + 12, y + 15.5, pdf_text.width(copy, style) + 16, 17, 8.5, stroke=INK)
            pen.text(end + 20, y + 27.5, copy, style)
        pen.text(LEFT, y + 47, tr(LAWS.get(receipt.kind, OTHER_LAW)), _LABEL)

    return _Block(57, draw)


def _fields(receipt: Receipt, tr: Translator) -> list[_Block]:
    registered = f"{long_date(local_date(receipt.received_at))}, {clock_time(receipt.received_at)}"
    fields = [
        (N_("Kayıt no"), receipt.record_number),
        (N_("Kayıt tarihi ve saati"), registered),
        (N_("Geliş kanalı"), tr(CHANNEL_NAMES[receipt.channel])),
        (N_("Başvuran"), receipt.applicant or tr(NOT_GIVEN)),
        (N_("Adres"), receipt.address or tr(NOT_GIVEN)),
        (N_("Konu"), receipt.subject or tr("Belirtilmedi")),
        (N_("İlgili birim"), receipt.unit or tr("Kayıttan sonra belirlenecek")),
    ]
    if not receipt.enclosures:
        fields.append((N_("Ekler"), tr("Yok")))
    return [block for label, value in fields for block in _field(tr(label), value)]


def _field(label: str, value: str) -> list[_Block]:
    """A label and its value, one block a line, so that a very long value runs on over the page."""
    lines = pdf_text.wrap(value, _VALUE, RIGHT - _FIELD_X)

    def block(place: int) -> _Block:
        first, last = place == 0, place == len(lines) - 1
        above, below = 5.5 if first else 0.0, 4.0 if last else 0.0

        def draw(pen: Pen, y: float) -> None:
            if first:
                pen.text(LEFT, y + above + 9.5, label, _LABEL)
            pen.text(_FIELD_X, y + above + 9.5, lines[place], _VALUE)
            if last:
                pen.rule(LEFT, RIGHT, y + above + _LEADING + below)

        return _Block(above + _LEADING + below, draw)

    return [block(place) for place in range(len(lines))]


def _enclosures(receipt: Receipt, tr: Translator) -> list[_Block]:
    if not receipt.enclosures:
        return []

    def heading(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 24, tr("Ekler"), _HEADING)
        columns.draw(pen, y + 31)

    def draw_columns(pen: Pen, y: float) -> None:
        style = Style(8.5, INK_2, bold=True)
        pen.fill(LEFT, y, CONTENT, 18, TINT)
        pen.text(LEFT + 8, y + 12, tr("Sıra"), style)
        pen.text(LEFT + 44, y + 12, tr("Ekin adı"), style)
        pen.text(_KIND_X, y + 12, tr("Tür"), style)
        pen.right(RIGHT - 8, y + 12, tr("Sayfa"), style)

    columns = _Block(18, draw_columns)
    rows = [_enclosure(receipt, place, columns, tr) for place in range(len(receipt.enclosures))]
    first, *others = rows

    def first_with_heading(pen: Pen, y: float) -> None:
        heading(pen, y)
        first.draw(pen, y + 49)

    total = tr("Toplam {count} ek").format(count=number(len(receipt.enclosures)))
    pages = number(sum(e.pages for e in receipt.enclosures))

    def sum_row(pen: Pen, y: float) -> None:
        pen.text(LEFT + 44, y + 13, total, _CELL_BOLD)
        pen.right(RIGHT - 8, y + 13, pages, _CELL_BOLD)

    return [_Block(49 + first.height, first_with_heading), *others, _Block(20, sum_row, columns)]


def _enclosure(receipt: Receipt, place: int, columns: _Block, tr: Translator) -> _Block:
    enclosure = receipt.enclosures[place]
    names = pdf_text.wrap(enclosure.name or "–", _CELL, _KIND_X - LEFT - 56, lines=12)
    kinds = pdf_text.wrap(tr(enclosure.kind) if enclosure.kind else "–", _CELL, RIGHT - _KIND_X - 50, lines=12)
    height = max(len(names), len(kinds)) * 12.0 + 7

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT + 8, y + 12.5, str(place + 1), _CELL)
        pen.lines(LEFT + 44, y + 12.5, names, _CELL, 12)
        pen.lines(_KIND_X, y + 12.5, kinds, _CELL, 12)
        pen.right(RIGHT - 8, y + 12.5, number(enclosure.pages) if enclosure.pages else "–", _CELL_BOLD)
        pen.rule(LEFT, RIGHT, y + height)

    return _Block(height, draw, columns)


def _deadline(receipt: Receipt, tr: Translator) -> _Block:
    """The last answer date and what the petitioner asks with: the two things people look for at home."""
    matrix = barcodes.qr_matrix(receipt.tracking_code)
    side = (len(matrix) + 2 * barcodes.QUIET_QR) * QR_MODULE
    height = side + 16
    gap = 12
    basis = pdf_text.wrap(basis_words(receipt.due_basis, tr), QUIET, 250, lines=2)

    def draw(pen: Pen, y: float) -> None:
        top = y + gap
        pen.box(LEFT, top, CONTENT, height, 8, fill=TINT, stroke=PETROL_600)
        middle = top + height / 2
        if len(basis) > 1:
            middle -= 5
        pen.text(LEFT + 16, middle - 17, tr("Son cevap tarihi"), _LABEL)
        day = f"{receipt.due_on:%d.%m.%Y} {long_date(receipt.due_on).split()[-1]}"
        pen.text(LEFT + 16, middle + 6, day, Style(20, INK, bold=True))
        pen.lines(LEFT + 16, middle + 22, basis, QUIET, 11)
        x = RIGHT - 8 - side
        pen.fill(x, top + 8, side, side, WHITE)
        quiet = barcodes.QUIET_QR * QR_MODULE
        pen.modules(x + quiet, top + 8 + quiet, matrix, QR_MODULE, QR_MODULE)
        code = top + height / 2
        pen.right(x - 14, code - 7, tr("Takip kodu"), _LABEL)
        pen.right(x - 14, code + 12, receipt.tracking_code, Style(15, INK, bold=True))

    return _Block(gap + height, draw)


def _requirements(receipt: Receipt, tr: Translator) -> list[_Block]:
    """Which of the law's requirements the paper meets; what is missing in words, with what follows from it."""

    def draw(pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 26, tr("Şekil şartları"), _HEADING)
        for place, requirement in enumerate(Missing):
            present = requirement not in receipt.missing
            x = LEFT + place * CONTENT / len(Missing)
            check(pen, x, y + 35, present=present)
            name = tr(MISSING_NAMES[requirement])
            pen.text(x + 17, y + 44, name, _CELL if present else Style(9.5, BRICK_600, bold=True))

    blocks = [_Block(54, draw)]
    if receipt.missing:
        items = ", ".join(tr(MISSING_NAMES[m]) for m in receipt.missing)
        blocks.append(_lacking(tr(LACKING[receipt.kind]).format(items=items)))
    return blocks


def _lacking(sentence: str) -> _Block:
    style = Style(9.5, INK, bold=True)
    lines = pdf_text.wrap(sentence, style, CONTENT - 24)
    height = len(lines) * 13.0 + 13

    def draw(pen: Pen, y: float) -> None:
        pen.fill(LEFT, y + 4, CONTENT, height, BRICK_100)
        pen.fill(LEFT, y + 4, 3, height, BRICK_600)
        pen.lines(LEFT + 14, y + 19, lines, style, 13)

    return _Block(height + 4, draw)


def _notices(receipt: Receipt, header: SiteHeader, tr: Translator) -> list[_Block]:
    sentences = (
        tr(
            "Başvurunuz ilgili birime havale edilmek üzere kaydedilmiştir. Sonucunu takip kodunuzla danışmadan veya "
            "{hotline} hattından öğrenebilirsiniz."
        ).format(hotline=header.hotline),
        tr(
            "Veri sorumlusu: {authority}. Kişisel verileriniz 6698 sayılı Kanun uyarınca yalnız bu başvurunun "
            "sonuçlandırılması için işlenir."
        ).format(authority=header.authority),
    )
    style = Style(9, INK_2)
    paragraphs = [pdf_text.wrap(sentence, style, CONTENT) for sentence in sentences]
    height = sum(len(lines) * 13.0 + 4 for lines in paragraphs) + 10

    def draw(pen: Pen, y: float) -> None:
        y += 20
        for lines in paragraphs:
            y = pen.lines(LEFT, y, lines, style, 13) + 4

    return [_Block(height, draw)]


def _signatures(receipt: Receipt, tr: Translator) -> _Block:
    """Who took it (with stamp) and who brought it. What came by post or KEP was brought by nobody."""
    wide = CONTENT * 0.42
    right = RIGHT - wide
    brought = receipt.channel is Channel.IN_PERSON
    columns = [
        (LEFT, tr("Teslim alan"), receipt.registered_by, tr("İmza / kaşe")),
        (right, tr("Teslim eden") if brought else tr("Gönderen"), receipt.applicant, tr("İmza") if brought else ""),
    ]
    names = [pdf_text.wrap(name or tr(NOT_GIVEN), _VALUE, wide, lines=2) for _, _, name, _ in columns]
    height = 69 + 13.0 * max(map(len, names))

    def draw(pen: Pen, y: float) -> None:
        for (x, label, _, below), name in zip(columns, names, strict=True):
            pen.text(x, y + 10, label, QUIET)
            pen.lines(x, y + 25, name, _VALUE, 13)
            if below:
                pen.rule(x, x + wide, y + height - 18, LINE_STRONG)
                pen.text(x, y + height - 8, below, SMALL)

    return _Block(height, draw)


def _foot_text(receipt: Receipt, header: SiteHeader, tr: Translator) -> str:
    """Where the municipality is; and what the mark for a letter without a font means, when there is one."""
    typed = (receipt.applicant, receipt.address, receipt.subject, *(e.name for e in receipt.enclosures))
    parts = [part for part in (header.address, header.hotline) if part]
    if any(pdf_text.UNKNOWN in pdf_text.drawable(text) for text in typed):
        parts.append(tr("{mark} yazdırılamayan karakter").format(mark=pdf_text.UNKNOWN))
    return " · ".join(parts)

"""The alındı belgesi on A4 or A5: what a petitioner takes home (circular 2004/12).

Everything on it may be long: fields, subject and enclosures flow over as many pages as they need. The page is a list
of blocks; each knows its height and draws itself at a place, so the number of pages is known before drawing.
"""

from __future__ import annotations

from pathlib import Path

from desk.clock import local_date
from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator, translator
from desk.printing import barcodes, pdf_text
from desk.printing.pdf_page import (
    A4,
    BRICK_100,
    BRICK_600,
    INK,
    INK_2,
    LETTERHEAD,
    LINE_STRONG,
    PETROL_600,
    QUIET,
    SMALL,
    TINT,
    WHITE,
    Pen,
    Sheet,
    check,
    foot,
    letterhead,
)
from desk.printing.pdf_receipt_enclosures import enclosure_words, enclosures
from desk.printing.pdf_receipt_job import (
    BAR_HEIGHT,
    BAR_MODULE,
    CELL,
    HEADING,
    LABEL,
    LACKING,
    LAWS,
    LEADING,
    NOT_GIVEN,
    OTHER_LACKING,
    OTHER_LAW,
    OTHER_TITLE,
    QR_MODULE,
    TITLES,
    VALUE,
    Block,
    Job,
)
from desk.printing.pdf_text import Style
from desk.printing.slip_parts import law_words
from desk.registry.due_words import basis_words
from desk.registry.types import CHANNEL_NAMES, MISSING_NAMES, Channel, Missing, Receipt, SiteHeader, applicant_label
from desk.text import clock_time, long_date, short_date


def receipt_bytes(
    receipt: Receipt,
    header: SiteHeader,
    tr: Translator,
    *,
    sheet: Sheet = A4,
    logo: Path | None = None,
    second: bool = False,
    summary: str = SOURCE_LANGUAGE,
) -> bytes:
    """The document. ``second`` marks the office's own copy, ``summary`` adds the essentials in another language."""
    job = Job(receipt, header, tr, sheet, second, summary)
    pages = _pages(job)
    pen = Pen(f"{job.title} {receipt.record_number}", header.authority, sheet)
    for place, page in enumerate(pages, 1):
        if place > 1:
            pen.next_page()
            _running_head(pen, job)
        else:
            letterhead(pen, header, tr, logo)
            _barcode(pen, receipt)
        for top, block in page:
            block.draw(pen, top)
        foot(pen, _foot_text(job), place, len(pages), tr)
    return pen.finish()


def _pages(job: Job) -> list[list[tuple[float, Block]]]:
    """The signatures stand on the Turkish text's last page; the summary below it, or on a page of its own."""
    blocks, last = _blocks(job), _signatures(job)
    pages = _paged(blocks, last, job.sheet)
    if job.summary == SOURCE_LANGUAGE:
        return pages
    summary = _summary(job)
    together = _paged([*blocks, summary], last, job.sheet)
    return together if len(together) == len(pages) else [*pages, [(job.sheet.margin + 30, summary)]]


def _paged(blocks: list[Block], last: Block, sheet: Sheet) -> list[list[tuple[float, Block]]]:
    """Blocks with their places, page by page. ``last`` (the signatures) stands at the foot of the last page."""
    pages: list[list[tuple[float, Block]]] = [[]]
    y = sheet.margin + LETTERHEAD + 5
    limit = sheet.foot - 8
    for block in blocks:
        if y + block.height > limit:
            pages.append([])
            y = sheet.margin + 30
            if block.head:
                pages[-1].append((y, block.head))
                y += block.head.height
        pages[-1].append((y, block))
        y += block.height
    if y + last.height > limit:
        pages.append([])
    pages[-1].append((limit - last.height, last))
    return pages


def _blocks(job: Job) -> list[Block]:
    return [
        _title(job),
        *_fields(job),
        *enclosures(job),
        _deadline(job),
        *_requirements(job),
        *_notices(job),
    ]


def _barcode(pen: Pen, receipt: Receipt) -> None:
    sheet = pen.sheet
    bars = [module == "1" for module in barcodes.code128_modules(receipt.scan_code)]
    wide = len(bars) * BAR_MODULE
    pen.modules(sheet.right - wide, sheet.margin, [bars], BAR_MODULE, BAR_HEIGHT)
    pen.centred(sheet.right - wide / 2, sheet.margin + BAR_HEIGHT + 10, receipt.scan_code, SMALL)


def _running_head(pen: Pen, job: Job) -> None:
    sheet = job.sheet
    pen.text(sheet.left, sheet.margin + 10, job.title, QUIET)
    pen.right(sheet.right, sheet.margin + 10, f"{_number_label(job)} {job.receipt.record_number}", QUIET)
    pen.rule(sheet.left, sheet.right, sheet.margin + 17, PETROL_600, 1.2)


def _number_label(job: Job) -> str:
    """Where the municipality's EBYS registers, ours is a number to ask with."""
    return job.tr("Takip no") if job.receipt.preliminary else job.tr("Kayıt no")


def _title(job: Job) -> Block:
    """What it is, with its marks; on narrow paper in letters that leave room for them."""
    receipt, tr, sheet = job.receipt, job.tr, job.sheet
    chip = Style(9, INK, bold=True)
    marks = [tr("2. nüsha")] if job.second else []
    if receipt.copy_no > 1:
        marks.append(tr("KOPYA {number}").format(number=receipt.copy_no))
    if receipt.preliminary:
        marks.append(tr("Ön kayıt"))
    taken = sum(pdf_text.width(mark, chip) + 28 for mark in marks)
    size = 21.0
    while size > 12 and pdf_text.width(job.title, Style(size, INK, bold=True)) > sheet.content - taken:
        size -= 0.5
    law = pdf_text.wrap(tr(LAWS.get(receipt.kind, OTHER_LAW)), LABEL, sheet.content)

    def draw(pen: Pen, y: float) -> None:
        y -= 7 if sheet.close else 0
        end = pen.text(sheet.left, y + 30, job.title, Style(size, INK, bold=True))
        for mark in marks:
            wide = pdf_text.width(mark, chip) + 16
            pen.box(end + 12, y + 15.5, wide, 17, 8.5, stroke=INK)
            end = pen.text(end + 20, y + 27.5, mark, chip) + 8
        pen.lines(sheet.left, y + 47, law, LABEL, 12)

    return Block((38 if sheet.close else 45) + 12.0 * len(law), draw)


def _fields(job: Job) -> list[Block]:
    receipt, tr = job.receipt, job.tr
    registered = f"{long_date(local_date(receipt.received_at))}, {clock_time(receipt.received_at)}"
    fields = [
        (_number_label(job), receipt.record_number),
        *_official(job),
        (N_("Kayıt tarihi ve saati"), registered),
        (N_("Geliş kanalı"), tr(CHANNEL_NAMES[receipt.channel])),
        (applicant_label(receipt.kind, receipt.sender_kind), _applicant(job)),
        (N_("Adres"), receipt.address or tr(NOT_GIVEN)),
        (N_("İhale"), receipt.tender or tr("Belirtilmedi"))
        if job.is_envelope
        else (N_("Konu"), receipt.subject or tr("Belirtilmedi")),
        (N_("İlgili birim"), receipt.unit or tr("Kayıttan sonra belirlenecek")),
    ]
    if not receipt.enclosures:
        if not job.is_envelope:  # what is in one nobody has seen
            fields.append((N_("Ekler"), tr("Yok")))
    elif job.sheet.close:  # narrow paper has no room for a table
        fields.append((N_("Ekler"), enclosure_words(job)))
    return [block for label, value in fields for block in _field(job, tr(label), value)]


def _official(job: Job) -> list[tuple[str, str]]:
    """The number of the official registration, once it is known; before that the sentence that it is still to come."""
    receipt = job.receipt
    if receipt.official_number:
        day = f" ({short_date(receipt.official_on)})" if receipt.official_on else ""
        return [(N_("EBYS no"), f"{receipt.official_number}{day}")]
    if receipt.preliminary:
        later = job.tr("Resmî kayıt, elektronik belge yönetim sisteminde ayrıca yapılır.")
        return [(N_("Resmî kayıt"), later)]
    return []


def _applicant(job: Job) -> str:
    receipt, tr = job.receipt, job.tr
    if receipt.persons > 1 and receipt.applicant:
        return tr("{name} ve {count} kişi").format(name=receipt.applicant, count=receipt.persons - 1)
    return receipt.applicant or tr(NOT_GIVEN)


def _field(job: Job, label: str, value: str) -> list[Block]:
    """A label and its value, one block a line, so that a very long value runs on over the page."""
    sheet = job.sheet
    leading = 12.5 if sheet.close else LEADING
    lines = pdf_text.wrap(value, VALUE, sheet.right - job.field_x)

    def block(place: int) -> Block:
        first, last = place == 0, place == len(lines) - 1
        above, below = (3.0, 2.5) if sheet.close else (5.5, 4.0)
        above, below = above if first else 0.0, below if last else 0.0

        def draw(pen: Pen, y: float) -> None:
            if first:
                pen.text(sheet.left, y + above + 9.5, label, LABEL)
            pen.text(job.field_x, y + above + 9.5, lines[place], VALUE)
            if last:
                pen.rule(sheet.left, sheet.right, y + above + leading + below)

        return Block(above + leading + below, draw)

    return [block(place) for place in range(len(lines))]


def _deadline(job: Job) -> Block:
    """The last answer date and what the petitioner asks with: the two things people look for at home."""
    receipt, tr, sheet = job.receipt, job.tr, job.sheet
    matrix = barcodes.qr_matrix(receipt.tracking_code)
    side = (len(matrix) + 2 * barcodes.QUIET_QR) * QR_MODULE
    height = side + 16
    gap = 8 if sheet.close else 12
    code_style = Style(12 if sheet.close else 15, INK, bold=True)
    day_style = Style(15 if sheet.close else 20, INK, bold=True)
    code_wide = max(pdf_text.width(receipt.tracking_code, code_style), pdf_text.width(tr("Takip kodu"), LABEL))
    room = sheet.content - 8 - side - 14 - code_wide - 14 - 16
    why = tr("Zarf açılmadan teslim alınmıştır.") if job.is_envelope else basis_words(receipt.due_basis, tr)
    basis = pdf_text.wrap(law_words(why), QUIET, min(room, 250), lines=3)
    label, day = job.day(tr)
    if not job.is_envelope:
        day = f"{day} {long_date(receipt.due_on).split()[-1]}"

    def draw(pen: Pen, y: float) -> None:
        top = y + gap
        pen.box(sheet.left, top, sheet.content, height, 8, fill=TINT, stroke=PETROL_600)
        middle = top + height / 2 - 5.5 * (len(basis) - 1)
        pen.text(sheet.left + 16, middle - 17, label, LABEL)
        pen.text(sheet.left + 16, middle + 6, day, day_style)
        pen.lines(sheet.left + 16, middle + 22, basis, QUIET, 11)
        x = sheet.right - 8 - side
        pen.fill(x, top + 8, side, side, WHITE)
        quiet = barcodes.QUIET_QR * QR_MODULE
        pen.modules(x + quiet, top + 8 + quiet, matrix, QR_MODULE, QR_MODULE)
        code = top + height / 2
        pen.right(x - 14, code - 7, tr("Takip kodu"), LABEL)
        pen.right(x - 14, code + 12, receipt.tracking_code, code_style)

    return Block(gap + height, draw)


def _requirements(job: Job) -> list[Block]:
    """Which of the law's requirements the paper meets; what is missing in words, with what follows from it."""
    receipt, tr, sheet = job.receipt, job.tr, job.sheet
    if receipt.kind not in LAWS:
        return []

    def draw(pen: Pen, y: float) -> None:
        if sheet.close:
            y -= 25
        else:
            pen.text(sheet.left, y + 26, tr("Şekil şartları"), HEADING)
        for place, requirement in enumerate(Missing):
            present = requirement not in receipt.missing
            x = sheet.left + place * sheet.content / len(Missing)
            check(pen, x, y + 35, present=present)
            name = tr(MISSING_NAMES[requirement])
            pen.text(x + 17, y + 44, name, CELL if present else Style(9.5, BRICK_600, bold=True))

    blocks = [Block(29 if sheet.close else 54, draw)]
    if receipt.missing:
        items = ", ".join(tr(MISSING_NAMES[m]) for m in receipt.missing)
        blocks.append(_lacking(law_words(tr(LACKING.get(receipt.kind, OTHER_LACKING)).format(items=items)), sheet))
    return blocks


def _lacking(sentence: str, sheet: Sheet) -> Block:
    style = Style(8.5 if sheet.close else 9.5, INK, bold=True)
    lines = pdf_text.wrap(sentence, style, sheet.content - 24)
    leading, pad = (11.5, 4.5) if sheet.close else (13.0, 6.5)
    height = len(lines) * leading + 2 * pad

    def draw(pen: Pen, y: float) -> None:
        pen.fill(sheet.left, y + 4, sheet.content, height, BRICK_100)
        pen.fill(sheet.left, y + 4, 3, height, BRICK_600)
        pen.lines(sheet.left + 14, y + 4 + pad + 8.5, lines, style, leading)

    return Block(height + 4, draw)


def _privacy(header: SiteHeader, tr: Translator) -> str:
    """Who answers for the data, and what becomes of it: in the site's own words where it has some."""
    own = header.note("receipt_privacy")
    if own:
        return f"{tr('Veri sorumlusu')}: {header.authority}. {own}"
    return tr(
        "Veri sorumlusu: {authority}. Kişisel verileriniz 6698 sayılı Kanun uyarınca yalnız bu başvurunun "
        "sonuçlandırılması için işlenir."
    ).format(authority=header.authority)


def _notices(job: Job) -> list[Block]:
    header, tr, sheet = job.header, job.tr, job.sheet
    sentences = (
        job.becomes,
        _privacy(header, tr),
        *filter(None, [header.note("receipt_note")]),
    )
    style, leading = (Style(8, INK_2), 10.5) if sheet.close else (Style(9, INK_2), 13.0)
    paragraphs = [pdf_text.wrap(sentence, style, sheet.content) for sentence in sentences]
    height = sum(len(lines) * leading + 4 for lines in paragraphs) + leading - 3

    def draw(pen: Pen, y: float) -> None:
        y += leading + 3
        for lines in paragraphs:
            y = pen.lines(sheet.left, y, lines, style, leading) + 4

    return [Block(height, draw)]


def _summary(job: Job) -> Block:
    """The essentials in the visitor's language; the alındı belgesi itself is Turkish (Law 3071, art. 3)."""
    receipt, sheet, tr = job.receipt, job.sheet, translator(job.summary)
    facts = (
        f"{tr('Kayıt no')}: {receipt.record_number}",
        ": ".join(job.day(tr)),
        f"{tr('Takip kodu')}: {receipt.tracking_code}",
    )
    heading, style = Style(9.5, INK, bold=True), Style(9, INK_2)
    lines = [*facts, *pdf_text.wrap(tr("Bu özet bilgi içindir; geçerli olan Türkçe metindir."), style, sheet.content)]
    height = 30 + 12.0 * len(lines)

    def draw(pen: Pen, y: float) -> None:
        title = tr(TITLES.get(receipt.kind, OTHER_TITLE))
        for place, line in enumerate((title, *lines)):
            face = heading if place == 0 else style
            at = y + 20 + 12 * place
            if job.summary == "ar":
                pen.arabic(sheet.right, at, line, face)
            else:
                pen.text(sheet.left, at, line, face)

    return Block(height, draw)


def _signatures(job: Job) -> Block:
    """Who took it (with stamp) and who brought it. What came by post or KEP was brought by nobody."""
    receipt, tr, sheet = job.receipt, job.tr, job.sheet
    wide = sheet.content * 0.42
    right = sheet.right - wide
    brought = receipt.channel is Channel.IN_PERSON
    columns = [
        (sheet.left, tr("Teslim alan"), receipt.registered_by, tr("İmza / kaşe")),
        (right, tr("Teslim eden") if brought else tr("Gönderen"), receipt.applicant, tr("İmza") if brought else ""),
    ]
    names = [pdf_text.wrap(name or tr(NOT_GIVEN), VALUE, wide, lines=2) for _, _, name, _ in columns]
    height = (40 if sheet.close else 60) + 13.0 * max(map(len, names))

    def draw(pen: Pen, y: float) -> None:
        for (x, label, _, below), name in zip(columns, names, strict=True):
            pen.text(x, y + 10, label, QUIET)
            pen.lines(x, y + 25, name, VALUE, 13)
            if below:
                pen.rule(x, x + wide, y + height - 18, LINE_STRONG)
                pen.text(x, y + height - 8, below, SMALL)

    return Block(height, draw)


def _foot_text(job: Job) -> str:
    """Where the municipality is; and what the mark for a letter without a font means, when there is one."""
    receipt, header, tr = job.receipt, job.header, job.tr
    typed = (receipt.applicant, receipt.address, receipt.subject, *(e.name for e in receipt.enclosures))
    parts = [part for part in (header.address, header.hotline) if part]
    if any(pdf_text.UNKNOWN in pdf_text.drawable(text) for text in typed):
        parts.append(tr("{mark} yazdırılamayan karakter").format(mark=pdf_text.UNKNOWN))
    return " · ".join(parts)

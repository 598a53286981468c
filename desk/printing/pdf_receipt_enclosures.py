"""The enclosures on the alındı belgesi: a table, or one value where the paper is narrow."""

from __future__ import annotations

from desk.printing import pdf_text
from desk.printing.pdf_page import (
    INK_2,
    TINT,
    Pen,
)
from desk.printing.pdf_receipt_job import CELL, CELL_BOLD, HEADING, Block, Job
from desk.printing.pdf_text import Style
from desk.text import number


def enclosure_words(job: Job) -> str:
    """All enclosures in one value: names, pages, and their sums."""
    given, tr = job.receipt.enclosures, job.tr
    one = tr("{name} ({pages} s.)")
    names = "; ".join(
        one.format(name=e.name or tr(e.kind) if e.kind else e.name or "–", pages=number(e.pages)) for e in given
    )
    total = tr("{count} ek, {pages} sayfa").format(count=number(len(given)), pages=number(sum(e.pages for e in given)))
    return f"{total}: {names}"


def enclosures(job: Job) -> list[Block]:
    receipt, tr, sheet = job.receipt, job.tr, job.sheet
    if not receipt.enclosures or sheet.close:
        return []

    def heading(pen: Pen, y: float) -> None:
        pen.text(sheet.left, y + 24, tr("Ekler"), HEADING)
        columns.draw(pen, y + 31)

    def draw_columns(pen: Pen, y: float) -> None:
        style = Style(8.5, INK_2, bold=True)
        pen.fill(sheet.left, y, sheet.content, 18, TINT)
        pen.text(sheet.left + 8, y + 12, tr("Sıra"), style)
        pen.text(sheet.left + 44, y + 12, tr("Ekin adı"), style)
        pen.text(job.kind_x, y + 12, tr("Tür"), style)
        pen.right(sheet.right - 8, y + 12, tr("Sayfa"), style)

    columns = Block(18, draw_columns)
    rows = [_enclosure(job, place, columns) for place in range(len(receipt.enclosures))]
    first, *others = rows

    def first_with_heading(pen: Pen, y: float) -> None:
        heading(pen, y)
        first.draw(pen, y + 49)

    total = tr("Toplam {count} ek").format(count=number(len(receipt.enclosures)))
    pages = number(sum(e.pages for e in receipt.enclosures))

    def sum_row(pen: Pen, y: float) -> None:
        pen.text(sheet.left + 44, y + 13, total, CELL_BOLD)
        pen.right(sheet.right - 8, y + 13, pages, CELL_BOLD)

    return [Block(49 + first.height, first_with_heading), *others, Block(20, sum_row, columns)]


def _enclosure(job: Job, place: int, columns: Block) -> Block:
    tr, sheet = job.tr, job.sheet
    enclosure = job.receipt.enclosures[place]
    names = pdf_text.wrap(enclosure.name or "–", CELL, job.kind_x - sheet.left - 56, lines=12)
    kind = tr(enclosure.kind) if enclosure.kind else "–"
    kinds = pdf_text.wrap(kind, CELL, sheet.right - job.kind_x - 50, lines=12)
    height = max(len(names), len(kinds)) * 12.0 + 7

    def draw(pen: Pen, y: float) -> None:
        pen.text(sheet.left + 8, y + 12.5, str(place + 1), CELL)
        pen.lines(sheet.left + 44, y + 12.5, names, CELL, 12)
        pen.lines(job.kind_x, y + 12.5, kinds, CELL, 12)
        pen.right(sheet.right - 8, y + 12.5, number(enclosure.pages) if enclosure.pages else "–", CELL_BOLD)
        pen.rule(sheet.left, sheet.right, y + height)

    return Block(height, draw, columns)

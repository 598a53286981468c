"""Two lists that go on paper: the cover list of a bundle that a unit signs for, and the incoming register.

Both are one table that flows over as many pages as it needs, its head on each of them; cells wrap, nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.clock import local_date
from desk.errors import N_
from desk.files import write_whole
from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_page import INK, INK_2, LETTERHEAD, LINE, LINE_STRONG, MM, QUIET, TINT, Pen, Sheet, foot
from desk.printing.pdf_page import letterhead as draw_letterhead
from desk.printing.pdf_text import Style
from desk.registry.application_types import CoverList, IncomingLine
from desk.registry.types import CHANNEL_NAMES, DOCUMENT_NAMES, SiteHeader
from desk.text import clock_time, date_and_time, number, short_date

PORTRAIT = Sheet(210 * MM, 297 * MM, 20 * MM)
LANDSCAPE = Sheet(297 * MM, 210 * MM, 15 * MM)

_TITLE, _HEAD = Style(17, INK, bold=True), Style(8.5, INK_2, bold=True)
_CELL, _STRONG = Style(9, INK), Style(9, INK, bold=True)
_LEADING, _PAD = 11.5, 5.0
SIGN_HERE = N_("Ad soyad, imza, tarih")
_SIGN = 74.0
"""Height of the lines to sign on."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    share: float  # of the table's width
    right: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    rows: list[tuple[float, list[list[str]]]]


def cover_list_pdf(cover: CoverList, header: SiteHeader, target: Path, tr: Translator) -> None:
    """The bundle's cover list on A4. Raises Fault when the file cannot be written."""
    write_whole(target, cover_list_bytes(cover, header, tr))


def cover_list_bytes(cover: CoverList, header: SiteHeader, tr: Translator) -> bytes:
    columns = (
        _Column(tr(N_("Sıra")), 0.06, right=True),
        _Column(tr(N_("Kayıt no")), 0.16),
        _Column(tr(N_("Geliş")), 0.13),
        _Column(tr(N_("Başvuran")), 0.19),
        _Column(tr(N_("Konu")), 0.29),
        _Column(tr(N_("Ek")), 0.05, right=True),
        _Column(tr(N_("Son gün")), 0.13),
    )
    hidden = tr(N_("Kimliği gizli"))
    rows = [
        (
            str(place), line.record_number, short_date(line.received_on), line.applicant or hidden, line.subject,
            str(line.enclosures) if line.enclosures else "", short_date(line.due_on),
        )
        for place, line in enumerate(cover.lines, start=1)
    ]  # fmt: skip
    words = tr(N_("{count} başvuru ekte gönderilmiştir. Hazırlayan: {who}, {at}")).format(
        count=number(len(rows)), who=cover.made_by, at=date_and_time(cover.made_at)
    )
    title = tr(N_("Havale listesi"))
    table = _Table(title, (tr(N_("Birim: {unit}")).format(unit=cover.unit), words), columns, rows)
    return _draw(table, header, tr, PORTRAIT, (tr(N_("Teslim eden")), tr(N_("Teslim alan"))))


def incoming_pdf(
    rows: Sequence[IncomingLine], first: date, last: date, header: SiteHeader, target: Path, tr: Translator
) -> None:
    """The gelen evrak defteri of a period on A4 across. Raises Fault when the file cannot be written."""
    write_whole(target, incoming_bytes(rows, first, last, header, tr))


def incoming_bytes(rows: Sequence[IncomingLine], first: date, last: date, header: SiteHeader, tr: Translator) -> bytes:
    columns = (
        _Column(tr(N_("Kayıt no")), 0.1),
        _Column(tr(N_("Tarih")), 0.09),
        _Column(tr(N_("Gönderen")), 0.15),
        _Column(tr(N_("Gönderenin tarih ve sayısı")), 0.11),
        _Column(tr(N_("Tür")), 0.11),
        _Column(tr(N_("Kanal")), 0.075),
        _Column(tr(N_("Ek")), 0.03, right=True),
        _Column(tr(N_("Konu")), 0.2),
        _Column(tr(N_("Birim")), 0.14),
    )
    lines = [
        (
            _numbers(line),
            f"{short_date(local_date(line.received_at))} {clock_time(line.received_at)}",
            line.sender,
            " ".join(part for part in (line.sender_date, line.sender_number) if part),
            tr(DOCUMENT_NAMES[line.document]),
            tr(CHANNEL_NAMES[line.channel]),
            str(line.enclosures) if line.enclosures else "",
            line.subject,
            line.unit,
        )
        for line in rows
    ]
    about = tr(N_("{first} – {last} · {count} evrak")).format(
        first=short_date(first), last=short_date(last), count=number(len(lines))
    )
    return _draw(_Table(tr(N_("Gelen evrak defteri")), (about,), columns, lines), header, tr, LANDSCAPE, ())


def _numbers(line: IncomingLine) -> str:
    return f"{line.record_number} {line.official_number}".strip()


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    about: tuple[str, ...]
    columns: tuple[_Column, ...]
    rows: Sequence[tuple[str, ...]]


def _draw(table: _Table, header: SiteHeader, tr: Translator, sheet: Sheet, sign: tuple[str, ...]) -> bytes:
    pen = Pen(table.title, header.authority, sheet)
    edges = _edges(table, sheet)
    pages = _paged(table, sheet, edges, bool(sign))
    for place, page in enumerate(pages, start=1):
        if place > 1:
            pen.next_page()
            top = sheet.margin + 14
            pen.text(sheet.left, sheet.margin + 4, table.title, QUIET)
        else:
            top = _beginning(pen, table, header, tr)
        _table_head(pen, table, edges, top)
        for y, cells in page.rows:
            _row(pen, table, edges, y, cells)
        if sign and place == len(pages):
            _signatures(pen, sheet, sign)
        foot(pen, f"{header.municipality} · {header.department}", place, len(pages), tr)
    return pen.finish()


def _beginning(pen: Pen, table: _Table, header: SiteHeader, tr: Translator) -> float:
    draw_letterhead(pen, header, tr)
    sheet = pen.sheet
    y = sheet.margin + LETTERHEAD + 28
    pen.text(sheet.left, y, table.title, _TITLE)
    for line in table.about:
        y += 16
        pen.text(sheet.left, y, pdf_text.fitted(line, QUIET, sheet.content), QUIET)
    return y + 12


def _edges(table: _Table, sheet: Sheet) -> list[float]:
    total = sum(column.share for column in table.columns)
    edges = [sheet.left]
    for column in table.columns:
        edges.append(edges[-1] + sheet.content * column.share / total)
    return edges


def _head_height(table: _Table, edges: list[float]) -> float:
    wrapped = (_wrapped(column.name, _HEAD, edges, place) for place, column in enumerate(table.columns))
    return max(len(lines) for lines in wrapped) * 10.5 + 2 * _PAD


def _wrapped(text: str, style: Style, edges: list[float], place: int) -> list[str]:
    return pdf_text.wrap(text, style, edges[place + 1] - edges[place] - 2 * _PAD)


def _paged(table: _Table, sheet: Sheet, edges: list[float], sign: bool) -> list[_Page]:
    """Rows with their places, page by page; the lines to sign on stand below the last row."""
    head = _head_height(table, edges)
    y = sheet.margin + LETTERHEAD + 28 + 16 * len(table.about) + 12 + head
    pages = [_Page([])]
    limit = sheet.foot - 8
    for row in table.rows:
        cells = [_wrapped(text, _CELL, edges, place) for place, text in enumerate(row)]
        height = max(len(lines) for lines in cells) * _LEADING + 2 * _PAD
        if y + height > limit and pages[-1].rows:
            pages.append(_Page([]))
            y = sheet.margin + 14 + head
        pages[-1].rows.append((y, cells))
        y += height
    if sign and y + _SIGN > limit:
        pages.append(_Page([]))
    return pages


def _table_head(pen: Pen, table: _Table, edges: list[float], top: float) -> None:
    height = _head_height(table, edges)
    pen.fill(edges[0], top, edges[-1] - edges[0], height, TINT)
    for place, column in enumerate(table.columns):
        y = top + _PAD + 8
        for line in _wrapped(column.name, _HEAD, edges, place):
            _cell(pen, edges, place, y, line, _HEAD, column.right)
            y += 10.5
    pen.rule(edges[0], edges[-1], top + height, LINE_STRONG)


def _row(pen: Pen, table: _Table, edges: list[float], top: float, cells: list[list[str]]) -> None:
    tallest = max(len(lines) for lines in cells)
    for place, lines in enumerate(cells):
        y = top + _PAD + 8.5
        for line in lines:
            _cell(pen, edges, place, y, line, _CELL if place else _STRONG, table.columns[place].right)
            y += _LEADING
    pen.rule(edges[0], edges[-1], top + tallest * _LEADING + 2 * _PAD, LINE)


def _cell(pen: Pen, edges: list[float], place: int, y: float, text: str, style: Style, right: bool) -> None:
    if right:
        pen.right(edges[place + 1] - _PAD, y, text, style)
    else:
        pen.text(edges[place] + _PAD, y, text, style)


def _signatures(pen: Pen, sheet: Sheet, names: tuple[str, ...]) -> None:
    wide = sheet.content / len(names)
    y = sheet.foot - 8 - _SIGN + 24
    for place, name in enumerate(names):
        x = sheet.left + place * wide
        pen.text(x, y, name, _STRONG)
        pen.text(x, y + 13, SIGN_HERE, QUIET)
        pen.rule(x, x + wide - 30, y + 46, LINE_STRONG)

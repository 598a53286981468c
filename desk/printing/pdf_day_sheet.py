"""The day sheet: one A4 page that the shift lead prints, reads and signs.

From top to bottom: six figures, the hours as bars against the weekday's mean, hours × services with totals that
reconcile, six small tables, the shift note, the signatures. A day with many services gets closer lines and a lower
chart, and at last its smallest services become one line; it never gets a second page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk.errors import N_
from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_chart import draw_hours
from desk.printing.pdf_hours_table import HoursTable
from desk.printing.pdf_page import (
    CONTENT,
    FOOT,
    INK,
    INK_2,
    LEFT,
    LETTERHEAD,
    LINE,
    LINE_STRONG,
    MARGIN,
    QUIET,
    RIGHT,
    SMALL,
    Pen,
    foot,
    letterhead,
)
from desk.printing.pdf_text import Style
from desk.reports.types import Count, DaySheet
from desk.text import WEEKDAYS, date_and_time, long_date, lower_tr, minutes, number, percent

_HEADING = Style(10, INK, bold=True)
_FIGURE = Style(18, INK, bold=True)
_TITLE_TOP = MARGIN + LETTERHEAD
_FIGURES_TOP = _TITLE_TOP + 38
_FIGURES_HEIGHT = 60
_SIGNATURES = 50
_GUTTER = 18
_TABLE_LINES = 7
"""Lines of each small table with its total."""


class _Line(NamedTuple):
    """A line of a small table; a total stands under what it adds up."""

    name: str
    value: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Density:
    """Heights in points: a row of the big table, a line of the small ones."""

    row: float
    line: float


_DENSITIES = (
    _Density(14, 12),
    _Density(13, 11.75),
    _Density(12.5, 11.5),
    _Density(12, 11.25),
    _Density(11.5, 11),
    _Density(11, 10.75),
    _Density(10.5, 10.5),
    _Density(10, 10),
    _Density(9.5, 9.6),
)
_CHART_WISHED, _CHART_LEAST, _CHART_MOST = 100.0, 70.0, 160.0


def day_sheet_bytes(sheet: DaySheet, tr: Translator) -> bytes:
    title = tr("Günlük ziyaretçi çizelgesi")
    pen = Pen(f"{title} {sheet.day:%d.%m.%Y}", sheet.header.authority)
    _head(pen, sheet, title, tr)
    _figures(pen, sheet, tr)
    note = _note_lines(sheet, tr)
    note_top = FOOT - 8 - _SIGNATURES - (len(note) * 11 + 4 if note else 0)
    table, density, chart = _room(sheet, note_top, tr)
    y = _FIGURES_TOP + _FIGURES_HEIGHT + 12
    draw_hours(pen, sheet, y, chart, tr)
    y += chart + 14
    table.draw(pen, y)
    y += table.height + 12
    y = _small_tables(pen, sheet, y, density.line, tr)
    pen.lines(LEFT, note_top + 8, note, SMALL, 11)
    _signatures(pen, sheet, tr)
    made = tr("Yazdırma: {moment}").format(moment=date_and_time(sheet.made_at))
    foot(pen, f"{made} · {tr('Kişisel veri içermez')}", 1, 1, tr)
    return pen.finish()


def _room(sheet: DaySheet, bottom: float, tr: Translator) -> tuple[HoursTable, _Density, float]:
    """Row heights and the chart's height: wide rows while the chart stays tall, then close rows and a lower chart."""
    room = bottom - (_FIGURES_TOP + _FIGURES_HEIGHT + 12) - 14 - 12
    for services in range(len(sheet.services), 0, -1):
        for wished in (_CHART_WISHED, _CHART_LEAST):
            for density in _DENSITIES:
                table = HoursTable(sheet, density.row, services, tr)
                chart = room - table.height - 2 * _small_table_height(density.line)
                if chart >= wished:
                    return table, density, min(chart, _CHART_MOST)
    return HoursTable(sheet, _DENSITIES[-1].row, 1, tr), _DENSITIES[-1], _CHART_LEAST


def _head(pen: Pen, sheet: DaySheet, title: str, tr: Translator) -> None:
    letterhead(pen, sheet.header, tr)
    pen.right(RIGHT, MARGIN + 25, long_date(sheet.day), Style(11, INK, bold=True))
    hours = f"{sheet.opens}–{sheet.closes}" if sheet.opens else tr("Çalışma günü değil")
    pen.right(RIGHT, MARGIN + 39, hours, Style(10, INK_2))
    end = pen.text(LEFT, _TITLE_TOP + 27, title, Style(19, INK, bold=True))
    site = pdf_text.fitted(sheet.header.site, Style(10, INK_2), RIGHT - end - 16)
    pen.right(RIGHT, _TITLE_TOP + 27, site, Style(10, INK_2))


def _figures(pen: Pen, sheet: DaySheet, tr: Translator) -> None:
    """Six figures, each with what it is a share of. A box is as wide as its words ask for."""
    figures = _six(sheet, tr)
    label, more = Style(8, INK_2), Style(7.5, INK_2)
    needs = [
        max(
            pdf_text.width(name, label),
            pdf_text.width(value, _FIGURE) + (3 + pdf_text.width(unit, QUIET) if unit else 0),
            *(pdf_text.width(line, more) for line in lines),
        )
        + 16
        for name, value, unit, lines in figures
    ]
    gap = 5.0
    spare = (CONTENT - gap * (len(figures) - 1) - sum(needs)) / len(figures)
    x = LEFT
    for (name, value, unit, lines), need in zip(figures, needs, strict=True):
        wide = need + spare
        pen.box(x, _FIGURES_TOP, wide, _FIGURES_HEIGHT, 5, stroke=LINE_STRONG)
        pen.text(x + 8, _FIGURES_TOP + 12.5, pdf_text.fitted(name, label, wide - 10), label)
        end = pen.text(x + 8, _FIGURES_TOP + 32, value, _FIGURE)
        pen.text(end + 3, _FIGURES_TOP + 32, unit, QUIET)
        pen.lines(x + 8, _FIGURES_TOP + 44, [pdf_text.fitted(t, more, wide - 10) for t in lines], more, 9.5)
        x += wide + gap


def _six(sheet: DaySheet, tr: Translator) -> list[tuple[str, str, str, list[str]]]:
    """Name, value, unit, and up to two lines below."""
    persons = [tr("{count} kişi").format(count=number(sheet.persons))]
    if sheet.visits_previous is not None:
        day = lower_tr(WEEKDAYS[sheet.day.weekday()])
        persons.append(tr("geçen {day} {count}").format(day=day, count=number(sheet.visits_previous)))
    minute = tr("dk") if sheet.wait_mean is not None else ""
    jobs = [
        tr("{count} tamamlandı").format(count=number(sheet.assistance_done)),
        tr("{count} açık").format(count=number(sheet.assistance_open)),
    ]
    served = tr("{count} numara").format(count=number(sheet.tickets_served))
    return [
        (tr("Ziyaret"), number(sheet.visits), "", persons),
        (tr("Ortalama bekleme"), _minutes(sheet.wait_mean), minute, _about_waits(sheet, tr)),
        (tr("Ortalama işlem"), _minutes(sheet.serve_mean), tr("dk") if sheet.tickets_served else "", [served]),
        (tr("Öncelikli"), number(sheet.priority_total), "", _share(sheet.priority_total, sheet, tr)),
        (tr("Refakat"), number(sheet.assistance_total), "", jobs),
        (tr("Hizmet almadan ayrılan"), number(sheet.unserved), "", _share(sheet.unserved, sheet, tr)),
    ]


def _about_waits(sheet: DaySheet, tr: Translator) -> list[str]:
    if sheet.wait_mean is None:
        return [tr("çağrılan numara yok")]
    median, p90 = _minutes(sheet.wait_median), _minutes(sheet.wait_p90)
    return [
        tr("ortanca {median} · P90 {p90}").format(median=median, p90=p90),
        tr("en uzun {longest} dk").format(longest=_minutes(sheet.wait_longest)),
    ]


def _share(part: int, sheet: DaySheet, tr: Translator) -> list[str]:
    """A rate beside what it is a rate of."""
    whole = sheet.tickets_issued
    if not whole:
        return [tr("numara verilmedi")]
    return [tr("{part} / {whole} numara").format(part=number(part), whole=number(whole)), percent(part, whole)]


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else number(minutes(seconds + 30))


def _small_table_height(line: float) -> float:
    return 18 + _TABLE_LINES * line + 8


def _small_tables(pen: Pen, sheet: DaySheet, y: float, line: float, tr: Translator) -> float:
    """Two rows of three tables; returns where the last ends."""
    tables = (
        (tr("Sıra numaraları"), _tickets(sheet, tr)),
        (tr("Bekleme ve işlem"), _times(sheet, tr)),
        (tr("Birimlere göre ziyaret"), _units(sheet, tr)),
        (tr("Refakat"), [*_named(sheet.assistance, tr), _Line(tr("Toplam"), number(sheet.assistance_total), True)]),
        (tr("Öncelik"), [*_named(sheet.priority, tr), _Line(tr("Toplam"), number(sheet.priority_total), True)]),
        (tr("Evrak kayıt"), _petitions(sheet, tr)),
    )
    wide = (CONTENT - 2 * _GUTTER) / 3
    for place, (title, rows) in enumerate(tables):
        x = LEFT + place % 3 * (wide + _GUTTER)
        _small_table(pen, x, y + place // 3 * _small_table_height(line), wide, title, rows, line)
    return y + 2 * _small_table_height(line)


def _small_table(pen: Pen, x: float, y: float, wide: float, title: str, rows: list[_Line], line: float) -> None:
    pen.text(x, y + 9, title, _HEADING)
    pen.rule(x, x + wide, y + 14, LINE_STRONG)
    size = min(8.0, line * 0.76)
    bold = Style(size, INK, bold=True)
    for place, row in enumerate(rows):
        base = y + 14 + (place + 1) * line - 3
        style = bold if row.total else Style(size, INK)
        room = wide - pdf_text.width(row.value, bold) - 6
        pen.text(x, base, pdf_text.fitted(row.name, style, room), style)
        pen.right(x + wide, base, row.value, bold)
        if place < len(rows) - 1:
            above_total = rows[place + 1].total
            pen.rule(x, x + wide, base + 3, LINE_STRONG if above_total else LINE, 0.6 if above_total else 0.4)


def _named(counts: Sequence[Count], tr: Translator) -> list[_Line]:
    return [_Line(tr(c.name), _count(c.value)) for c in counts]


def _count(value: int) -> str:
    return number(value) if value else "–"


def _tickets(sheet: DaySheet, tr: Translator) -> list[_Line]:
    """What became of every number: the lines add up to the numbers issued."""
    ends = (
        (N_("Hizmet verilen"), sheet.tickets_served),
        (N_("Çağrıya gelmeyen"), sheet.no_shows),
        (N_("Beklerken ayrılan"), sheet.left),
        (N_("Gün sonunda kapanan"), sheet.expired),
        (N_("İptal edilen"), sheet.tickets_cancelled),
        (N_("Hâlen açık"), sheet.tickets_waiting),
    )
    lines = [_Line(tr(name), _count(value)) for name, value in ends]
    return [*lines, _Line(tr("Verilen numara"), number(sheet.tickets_issued), True)]


def _times(sheet: DaySheet, tr: Translator) -> list[_Line]:
    longest = tr("En uzun bekleme")
    if sheet.wait_longest_service:
        longest = f"{longest} ({sheet.wait_longest_service})"
    times = (
        (tr("Ortalama bekleme"), sheet.wait_mean),
        (tr("Ortanca bekleme"), sheet.wait_median),
        (tr("P90 (onda dokuzu daha kısa)"), sheet.wait_p90),
        (longest, sheet.wait_longest),
        (tr("Ortalama işlem"), sheet.serve_mean),
        (tr("Ortalama refakat bekleme"), sheet.assistance_wait_mean),
    )
    return [_Line(name, _with_unit(seconds, tr)) for name, seconds in times]


def _with_unit(seconds: float | None, tr: Translator) -> str:
    return "–" if seconds is None else tr("{count} dk").format(count=_minutes(seconds))


def _units(sheet: DaySheet, tr: Translator) -> list[_Line]:
    """The busiest units, the rest in one line, visits without a unit in another: it adds up to all visits."""
    without = sheet.visits - sum(c.value for c in sheet.units)
    rest = [_Line(tr("Birim belirtilmeden"), number(without))] if without > 0 else []
    lines = _largest(sheet.units, _TABLE_LINES - 1 - len(rest), tr)
    return [*lines, *rest, _Line(tr("Toplam ziyaret"), number(sheet.visits), True)]


def _petitions(sheet: DaySheet, tr: Translator) -> list[_Line]:
    lacking = f"{number(sheet.petitions_incomplete)} / {number(sheet.petitions)}"
    return [
        *_largest(sheet.petition_units, _TABLE_LINES - 3, tr),
        _Line(tr("Toplam kayıt"), number(sheet.petitions), True),
        _Line(tr("Eksik hususlu"), lacking if sheet.petitions else "–"),
        _Line(tr("Ek sayısı"), _count(sheet.enclosures)),
    ]


def _largest(counts: tuple[Count, ...], room: int, tr: Translator) -> list[_Line]:
    if len(counts) <= room:
        return _named(counts, tr)
    shown, rest = counts[: room - 1], counts[room - 1 :]
    others = tr("Diğer {count} birim").format(count=len(rest))
    return [*_named(shown, tr), _Line(others, number(sum(c.value for c in rest)))]


def _note_lines(sheet: DaySheet, tr: Translator) -> list[str]:
    if not sheet.note.strip():
        return []
    return pdf_text.wrap(tr("Vardiya notu: {note}").format(note=sheet.note), SMALL, CONTENT, lines=2)


def _signatures(pen: Pen, sheet: DaySheet, tr: Translator) -> None:
    y = FOOT - 8 - _SIGNATURES
    wide = CONTENT * 0.42
    name = Style(9.5, INK, bold=True)
    signers = (
        (LEFT, tr("Düzenleyen"), sheet.made_by),
        (RIGHT - wide, tr("Onaylayan"), tr(sheet.header.department)),
    )
    for x, label, who in signers:
        pen.text(x, y + 12, label, SMALL)
        pen.text(x, y + 24, pdf_text.fitted(who, name, wide), name)
        pen.rule(x, x + wide, y + 48, LINE_STRONG)

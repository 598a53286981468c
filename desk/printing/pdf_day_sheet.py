"""The day sheet: one A4 page that the shift lead prints, reads and signs.

From top to bottom: six figures, the hours as bars against the weekday's mean, hours × services with totals that
reconcile, six small tables, the shift note, the signatures. A day with many services gets closer lines and a lower
chart, and at last its smallest services become one line. Only what happened besides the counts (events, printers,
what was handed over, corrections) makes a second page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk.errors import N_
from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_chart import draw_hours
from desk.printing.pdf_day_more import draw_more, has_more
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
from desk.reports import titles
from desk.reports.types import Count, DaySheet, Period
from desk.text import WEEKDAYS, date_and_time, lower_tr, minutes, number, percent

_HEADING = Style(10, INK, bold=True)
_FIGURE = Style(18, INK, bold=True)
_TITLE_TOP = MARGIN + LETTERHEAD
_FIGURES_TOP = _TITLE_TOP + 38
_FIGURES_HEIGHT = 60
_SIGNATURES = 50
_GUTTER = 13
_WIDTHS = (0.235, 0.262, 0.262, 0.241)
"""Shares of the four small tables."""
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
    title = titles.title(sheet, tr)
    pen = Pen(f"{title} {sheet.day:%d.%m.%Y}", sheet.header.authority)
    pages = 2 if has_more(sheet) else 1
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
    below = f"{made} · {tr('Kişisel veri içermez')}"
    if pages == 1:
        foot(pen, below, 1, 1, tr)
    else:
        draw_more(pen, sheet, f"{title} · {titles.when(sheet)}", below, tr)
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
    pen.right(RIGHT, MARGIN + 25, titles.when(sheet), Style(11, INK, bold=True))
    if sheet.period is Period.DAY:
        hours = f"{sheet.opens}–{sheet.closes}" if sheet.opens else tr("Çalışma günü değil")
        pen.right(RIGHT, MARGIN + 39, hours, Style(10, INK_2))
    if sheet.number:
        words = tr("Çizelge no {number}").format(number=sheet.number)
        if sheet.revision > 1:
            words += tr(" · {count}. düzenleme").format(count=sheet.revision)
        pen.right(RIGHT, MARGIN + 9, words, Style(9, INK_2))
    end = pen.text(LEFT, _TITLE_TOP + 27, title, Style(19, INK, bold=True))
    site = sheet.header.site
    if sheet.closed_at is not None:
        site = tr("{site} · gün {moment} kapatıldı").format(site=site, moment=date_and_time(sheet.closed_at))
    pen.right(RIGHT, _TITLE_TOP + 27, pdf_text.fitted(site, Style(10, INK_2), RIGHT - end - 16), Style(10, INK_2))


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
        before = {Period.DAY: day, Period.WEEK: tr("hafta"), Period.MONTH: tr("ay")}[sheet.period]
        persons.append(tr("geçen {day} {count}").format(day=before, count=number(sheet.visits_previous)))
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
    """Two rows of four tables; returns where the last ends."""
    jobs = _Line(tr("Toplam"), number(sheet.assistance_total), True)
    priority = _Line(tr("Toplam"), number(sheet.priority_total), True)
    tables = (
        (tr("Sıra numaraları"), _tickets(sheet, tr)),
        (tr("Bekleme ve işlem"), _times(sheet, tr)),
        (tr("Birimlere göre ziyaret"), _units(sheet, tr)),
        (_compared_title(sheet, tr), _compared(sheet, tr)),
        (tr("Refakat · ekipman"), [*_assistance(sheet, tr), jobs]),
        (tr("Öncelik"), [*_named(sheet.priority, tr), priority]),
        (tr("Evrak ve başvuru"), _petitions(sheet, tr)),
        (tr("Anket"), _surveys(sheet, tr)),
    )
    room = CONTENT - 3 * _GUTTER
    for place, (title, rows) in enumerate(tables):
        column = place % 4
        x = LEFT + sum(_WIDTHS[:column]) * room + column * _GUTTER
        _small_table(pen, x, y + place // 4 * _small_table_height(line), _WIDTHS[column] * room, title, rows, line)
    return y + 2 * _small_table_height(line)


def _small_table(pen: Pen, x: float, y: float, wide: float, title: str, rows: list[_Line], line: float) -> None:
    pen.text(x, y + 9, title, _HEADING)
    pen.rule(x, x + wide, y + 14, LINE_STRONG)
    size = min(8.0, line * 0.76)
    bold = Style(size, INK, bold=True)
    for place, row in enumerate(rows):
        base = y + 14 + (place + 1) * line - 3
        style = bold if row.total else Style(size, INK)
        room = wide - pdf_text.width(row.value, bold) - 4
        if pdf_text.width(row.name, style) > room:
            style = Style(size * 0.88, INK, bold=row.total)
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
    longest = tr("En uzun")
    if sheet.wait_longest_service:
        longest = f"{longest} ({sheet.wait_longest_service})"
    times = (
        (tr("Ortalama bekleme"), sheet.wait_mean),
        (tr("Ortanca bekleme"), sheet.wait_median),
        (tr("P90 bekleme"), sheet.wait_p90),
        (longest, sheet.wait_longest),
        (tr("Ortalama işlem"), sheet.serve_mean),
        (tr("P90 işlem"), sheet.serve_p90),
        (tr("Refakat bekleme (ort.)"), sheet.assistance_wait_mean),
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
    """The units while they fit, else the channels beside the busiest of them; it adds up to all records."""
    lacking = f"{number(sheet.petitions_incomplete)} / {number(sheet.petitions)}"
    channels = ", ".join(f"{tr(c.name)} {number(c.value)}" for c in sheet.channels[:3])
    return [
        *_largest(sheet.petition_units, _TABLE_LINES - 3, tr),
        _Line(tr("Toplam kayıt"), number(sheet.petitions), True),
        _Line(tr("Eksik hususlu"), lacking if sheet.petitions else "–"),
        _Line(channels, "") if channels else _Line(tr("Ek sayısı"), _count(sheet.enclosures)),
    ]


def _assistance(sheet: DaySheet, tr: Translator) -> list[_Line]:
    """Jobs by kind; with the pieces of equipment that went out where there were any."""
    if not sheet.assistance_lines:
        return _named(sheet.assistance, tr)
    return [
        _Line(tr(one.name), f"{number(one.asked)} · {number(one.equipment)}" if one.equipment else _count(one.asked))
        for one in sheet.assistance_lines
    ]


def _compared_title(sheet: DaySheet, tr: Translator) -> str:
    if not sheet.compared:
        return tr("Karşılaştırma")
    names = {
        Period.DAY: tr("Son {count} {weekday} ort."),
        Period.WEEK: tr("Son {count} hafta ort."),
        Period.MONTH: tr("Son {count} ay ort."),
    }
    weekday = lower_tr(WEEKDAYS[sheet.day.weekday()])
    return names[sheet.period].format(count=sheet.compared_with, weekday=weekday)


def _compared(sheet: DaySheet, tr: Translator) -> list[_Line]:
    """Each figure beside its mean: "247 / 231"."""
    if not sheet.compared:
        return [_Line(tr("Önceki kayıt yok"), "")]
    lines = [_Line(tr(one.name), f"{number(one.value)} / {number(round(one.mean))}") for one in sheet.compared]
    if sheet.accuracy is not None and sheet.accuracy.n:
        kept = f"{number(sheet.accuracy.within5)} / {number(sheet.accuracy.n)}"
        lines.append(_Line(tr("Tahmin ±5 dk"), kept))
    return lines


def _surveys(sheet: DaySheet, tr: Translator) -> list[_Line]:
    """How many of each form, then the questions that have a mean, each with its n."""
    if not sheet.survey_total:
        return [_Line(tr("Anket doldurulmadı"), "")]
    forms = [_Line(tr(c.name), number(c.value)) for c in sheet.surveys[:2]]
    last = [_Line(tr("Çok olumsuz"), _count(sheet.surveys_alarming))]
    room = _TABLE_LINES - len(forms) - len(last) - 1
    faces = sorted((one for one in sheet.survey_lines if one.highest == 5 and one.mean), key=lambda one: -one.n)
    told = [_Line(f"{tr(one.question)}", f"{number(one.mean or 0, 1)} (n {number(one.n)})") for one in faces[:room]]
    return [*forms, _Line(tr("Toplam anket"), number(sheet.survey_total), True), *last, *told]


def _largest(counts: tuple[Count, ...], room: int, tr: Translator) -> list[_Line]:
    if len(counts) <= room:
        return _named(counts, tr)
    shown, rest = counts[: room - 1], counts[room - 1 :]
    others = tr("Diğer {count} birim").format(count=len(rest))
    return [*_named(shown, tr), _Line(others, number(sum(c.value for c in rest)))]


def _note_lines(sheet: DaySheet, tr: Translator) -> list[str]:
    lines = [tr("Vardiya notu: {note}").format(note=sheet.note)] if sheet.note.strip() else []
    if outcomes := _outcomes(sheet, tr):
        lines.append(outcomes)
    if around := _around(sheet, tr):
        lines.append(around)
    return [piece for line in lines for piece in pdf_text.wrap(line, SMALL, CONTENT, lines=2)]


def _outcomes(sheet: DaySheet, tr: Translator) -> str:
    """How service ended, where it ever ended otherwise than as usual; it adds up to the numbers served."""
    if len(sheet.ticket_outcomes) < 2:
        return ""
    told = " · ".join(f"{tr(one.name)} {number(one.value)}" for one in sheet.ticket_outcomes)
    return tr("İşlem sonucu: {what}").format(what=told)


def _around(sheet: DaySheet, tr: Translator) -> str:
    """What stands overleaf, in one line, so that nobody signs without seeing that it is there."""
    slips = sum(one.failed + one.unknown for one in sheet.printer_troubles)
    parts = (
        (len(sheet.events), N_("{count} olağan dışı olay")),
        (slips, N_("{count} fişte yazıcı sorunu")),
        (sum(one.done == "handed_over" for one in sheet.left_open), N_("{count} iş sonraki vardiyaya devredildi")),
        (len(sheet.corrections), N_("{count} düzeltme")),
    )
    told = [tr(words).format(count=number(count)) for count, words in parts if count]
    return tr("Ek sayfada: {what}").format(what=" · ".join(told)) if told else ""


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

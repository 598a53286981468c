"""Overleaf of the day sheet: events, printers, what was open at closing, corrections, surveys by question."""

from __future__ import annotations

from desk.i18n import Translator
from desk.printing.pdf_flow import Column, Flow, Line
from desk.printing.pdf_page import CONTENT, Counting, Pen
from desk.printing.pdf_text import Style, wrap
from desk.reports.titles import DONE_NAMES, LEFT_NAMES
from desk.reports.types import DaySheet
from desk.text import clock_time, date_and_time, number

_STYLE = Style(8, "1B2326")


def has_more(sheet: DaySheet) -> bool:
    handed_over = any(one.done == "handed_over" for one in sheet.left_open)
    return bool(sheet.events or sheet.printer_troubles or sheet.corrections or handed_over)


def draw_more(pen: Pen, sheet: DaySheet, running: str, note: str, tr: Translator) -> None:
    """The second page (and more when there is more); closes the first."""
    pages = _written(Counting(running, sheet.header.authority), sheet, running, note, tr, 0)
    _written(pen, sheet, running, note, tr, pages)


def _written(pen: Pen, sheet: DaySheet, running: str, note: str, tr: Translator, pages: int) -> int:
    """How many pages there are with the first; ``pages`` is what they say of it."""
    flow = Flow(pen, note, tr, pages, running)
    flow.turn()
    if sheet.staff or sheet.opening_note:
        flow.section(tr("Vardiya"))
        if sheet.staff:
            flow.words(tr("Görev başında: {names}").format(names=", ".join(sheet.staff)))
        if sheet.opening_note:
            flow.words(tr("Açılış notu: {note}").format(note=sheet.opening_note))
    for part in (_events, _printers, _left, _corrections, _surveys):
        part(flow, sheet, tr)
    return flow.end()


def _events(flow: Flow, sheet: DaySheet, tr: Translator) -> None:
    if not sheet.events:
        return
    flow.section(tr("Olağan dışı olaylar"))
    columns = (
        Column(tr("No"), 34, number=False),
        Column(tr("Saat"), 64 if sheet.last else 34, number=False),
        Column(tr("Olay"), 96, number=False),
        Column(tr("Yapılan ve sonuç"), CONTENT - (194 if sheet.last else 164), number=False),
    )
    lines = []
    for one in sheet.events:
        told = one.steps + (" " + tr("Sonuç: {outcome}").format(outcome=one.outcome) if one.outcome else "")
        first, *rest = wrap(told, _STYLE, columns[3].width - 6) or [""]
        at = date_and_time(one.at) if sheet.last else clock_time(one.at)
        lines.append(Line((one.number, at, tr(one.name), first)))
        lines += [Line(("", "", one.place if place == 0 else "", text)) for place, text in enumerate(rest)]
    flow.table(columns, lines, 8, 12)


def _printers(flow: Flow, sheet: DaySheet, tr: Translator) -> None:
    if not sheet.printer_troubles:
        return
    flow.section(tr("Yazıcılar"))
    columns = (
        Column(tr("Yazıcı"), 150, number=False),
        Column(tr("Basılamayan"), 70),
        Column(tr("Bilinmeyen"), 70),
        Column(tr("Son neden"), CONTENT - 290, number=False),
    )
    lines = [
        Line((one.printer, number(one.failed), number(one.unknown), tr(one.reason) if one.reason else ""))
        for one in sheet.printer_troubles
    ]
    flow.table(columns, lines, 8, 12)


def _left(flow: Flow, sheet: DaySheet, tr: Translator) -> None:
    if not sheet.left_open:
        return
    flow.section(tr("Kapanışta açık olanlar"))
    columns = (
        Column(tr("Tür"), 120, number=False),
        Column(tr("No"), 120, number=False),
        Column(tr("Durum"), 100, number=False),
        Column(tr("Ne oldu"), CONTENT - 340, number=False),
    )
    lines = [
        Line((tr(LEFT_NAMES.get(one.kind, one.kind)), one.number, tr(one.state), tr(DONE_NAMES[one.done])))
        for one in sheet.left_open
    ]
    flow.table(columns, lines, 8, 12)


def _corrections(flow: Flow, sheet: DaySheet, tr: Translator) -> None:
    if not sheet.corrections:
        return
    flow.section(tr("Kapanıştan sonraki düzeltmeler"))
    flow.words(tr("Yukarıdaki sayılar imzalandığı gibidir; sonradan gelen kayıtlar yalnız burada gösterilir."))
    columns = (
        Column(tr("Ölçü"), 150, number=False),
        Column(tr("Neyin"), 120, number=False),
        Column(tr("Fark"), 50),
        Column(tr("Kayıt zamanı"), CONTENT - 320, number=False),
    )
    lines = []
    for one in sheet.corrections:
        last = f" – {date_and_time(one.last)}" if one.last != one.first else ""
        lines.append(Line((tr(one.name), tr(one.about or one.key), f"{one.value:+d}", date_and_time(one.first) + last)))
    flow.table(columns, lines, 8, 12)


def _surveys(flow: Flow, sheet: DaySheet, tr: Translator) -> None:
    if not sheet.survey_lines:
        return
    flow.section(tr("Anket sonuçları"))
    columns = (
        Column(tr("Form"), 100, number=False),
        Column(tr("Soru"), CONTENT - 280, number=False),
        Column("n", 34),
        Column(tr("Ortalama ya da yanıtlar"), 146),
    )
    lines = []
    for one in sheet.survey_lines:
        told = f"{number(one.mean or 0, 1)} / {one.highest}"
        if not one.highest:
            told = " · ".join(f"{tr(choice)} {number(count)}" for choice, count in one.counts)
        lines.append(Line((tr(one.form), tr(one.question), number(one.n), told)))
    flow.table(columns, lines, 8, 12)

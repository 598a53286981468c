"""What a sheet tells besides counts, as tables: surveys by question, events, corrections. Only those there are."""

from __future__ import annotations

from collections.abc import Sequence

from desk.clock import ISTANBUL
from desk.errors import N_
from desk.i18n import Translator
from desk.reports.grid import Cell, Grid
from desk.reports.titles import DONE_NAMES, LEFT_NAMES
from desk.reports.types import Count, DaySheet, SurveyLine
from desk.text import clock_time, date_and_time


def more_grids(sheet: DaySheet, tr: Translator) -> tuple[Grid, ...]:
    found = (
        _counted(sheet.channels, N_("Kanallar"), N_("Kanal"), tr),
        _counted(sheet.document_kinds, N_("Evrak türleri"), N_("Tür"), tr),
        _counted(sheet.ticket_outcomes, N_("İşlem sonucu"), N_("Sonuç"), tr),
        _counted(sheet.surveys, N_("Anket formları"), N_("Form"), tr),
        _surveys(sheet, tr),
        _compared(sheet, tr),
        _events(sheet, tr),
        _printers(sheet, tr),
        _left(sheet, tr),
        _corrections(sheet, tr),
    )
    return tuple(grid for grid in found if grid.rows)


def _counted(counts: Sequence[Count], title: str, column: str, tr: Translator) -> Grid:
    rows: list[tuple[Cell, ...]] = [(tr(one.name), one.value) for one in counts]
    if rows:
        rows.append((tr("Toplam"), sum(one.value for one in counts)))
    return Grid(tr(title), (tr(column), tr(N_("Sayı"))), tuple(rows), total=True)


def _compared(sheet: DaySheet, tr: Translator) -> Grid:
    """Each figure beside the mean of earlier periods; how good the promised waits were."""
    rows: list[tuple[Cell, ...]] = [(tr(one.name), one.value, one.mean, sheet.compared_with) for one in sheet.compared]
    if sheet.accuracy is not None and sheet.accuracy.n:
        told = sheet.accuracy
        rows.append((tr(N_("Tahmin: ±5 dakika içinde kalan")), told.within5, None, None))
        rows.append((tr(N_("Tahmin: çağrılan numara")), told.n, None, None))
        rows.append((tr(N_("Tahmin: ortalama sapma (dk)")), round(told.error_mean / 60, 1), None, None))
    columns = (N_("Ölçü"), N_("Değer"), N_("Ortalama"), N_("Kaç dönemin"))
    return Grid(tr(N_("Karşılaştırma")), tuple(map(tr, columns)), tuple(rows))


def _printers(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Yazıcı"), N_("Basılamayan"), N_("Bilinmeyen"), N_("Son neden"))
    rows = tuple(
        (one.printer, one.failed, one.unknown, tr(one.reason) if one.reason else "") for one in sheet.printer_troubles
    )
    return Grid(tr(N_("Yazıcılar")), tuple(map(tr, columns)), rows)


def _left(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Tür"), N_("No"), N_("Durum"), N_("Ne oldu"))
    rows = tuple(
        (tr(LEFT_NAMES.get(one.kind, one.kind)), one.number, tr(one.state), tr(DONE_NAMES[one.done]))
        for one in sheet.left_open
    )
    return Grid(tr(N_("Kapanışta açık olanlar")), tuple(map(tr, columns)), rows)


def _surveys(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Form"), N_("Soru"), N_("Yanıt sayısı"), N_("Ortalama"), N_("En yüksek"), N_("Dağılım"))
    rows = tuple(
        (
            tr(one.form),
            tr(one.question),
            one.n,
            None if one.mean is None else float(one.mean),
            one.highest or None,
            spread(one, tr),
        )
        for one in sheet.survey_lines
    )
    return Grid(tr(N_("Anketler")), tuple(map(tr, columns)), rows)


def spread(line: SurveyLine, tr: Translator) -> str:
    """How often each answer was given: "Evet: 66 · Kısmen: 15"."""
    return " · ".join(f"{tr(answer)}: {count}" for answer, count in line.counts)


def _events(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("No"), N_("Saat"), N_("Olay"), N_("Yer"), N_("Yapılanlar"), N_("Sonuç"))
    rows = tuple(
        (one.number, clock_time(one.at), tr(one.name), one.place, one.steps, one.outcome or tr(N_("sürüyor")))
        for one in sheet.events
    )
    return Grid(tr(N_("Olaylar")), tuple(map(tr, columns)), rows)


def _corrections(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Ölçü"), N_("Neyin"), N_("Fark"), N_("İlk kayıt"), N_("Son kayıt"))
    rows = tuple(
        (
            tr(one.name),
            tr(one.about or one.key),
            one.value,
            date_and_time(one.first, ISTANBUL),
            date_and_time(one.last, ISTANBUL),
        )
        for one in sheet.corrections
    )
    return Grid(tr(N_("Düzeltmeler")), tuple(map(tr, columns)), rows)

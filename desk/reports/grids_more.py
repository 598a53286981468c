"""What a sheet tells besides counts, as tables: surveys by question, events, corrections. Only those there are."""

from __future__ import annotations

from desk.clock import ISTANBUL
from desk.errors import N_
from desk.i18n import Translator
from desk.reports.grid import Grid
from desk.reports.types import DaySheet
from desk.text import clock_time, date_and_time


def more_grids(sheet: DaySheet, tr: Translator) -> tuple[Grid, ...]:
    found = (_surveys(sheet, tr), _events(sheet, tr), _corrections(sheet, tr))
    return tuple(grid for grid in found if grid.rows)


def _surveys(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Form"), N_("Soru"), N_("Yanıt sayısı"), N_("Ortalama"), N_("En yüksek"), N_("Dağılım"))
    rows = tuple(
        (
            tr(one.form),
            tr(one.question),
            one.n,
            None if one.mean is None else float(one.mean),
            one.highest or None,
            " · ".join(f"{choice}: {count}" for choice, count in one.counts),
        )
        for one in sheet.survey_lines
    )
    return Grid(tr(N_("Anketler")), tuple(map(tr, columns)), rows)


def _events(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("No"), N_("Saat"), N_("Olay"), N_("Yer"), N_("Yapılanlar"), N_("Sonuç"))
    rows = tuple(
        (one.number, clock_time(one.at), tr(one.name), one.place, one.steps, one.outcome or tr(N_("sürüyor")))
        for one in sheet.events
    )
    return Grid(tr(N_("Olaylar")), tuple(map(tr, columns)), rows)


def _corrections(sheet: DaySheet, tr: Translator) -> Grid:
    columns = (N_("Ölçü"), N_("Anahtar"), N_("Fark"), N_("İlk kayıt"), N_("Son kayıt"))
    rows = tuple(
        (tr(one.name), one.key, one.value, date_and_time(one.first, ISTANBUL), date_and_time(one.last, ISTANBUL))
        for one in sheet.corrections
    )
    return Grid(tr(N_("Düzeltmeler")), tuple(map(tr, columns)), rows)

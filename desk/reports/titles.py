"""What a sheet is called and which days it is about, in words: the same on paper and in files."""

from __future__ import annotations

from desk.errors import N_
from desk.i18n import Translator
from desk.reports.spans import Span, title_of
from desk.reports.types import DaySheet, Period
from desk.text import long_date

_TITLES = {
    Period.DAY: N_("Günlük ziyaretçi çizelgesi"),
    Period.WEEK: N_("Haftalık ziyaretçi çizelgesi"),
    Period.MONTH: N_("Aylık ziyaretçi çizelgesi"),
}

LEFT_NAMES = {
    "ticket": N_("Sıra numarası"),
    "assistance": N_("Refakat"),
    "equipment": N_("Ekipman"),
    "paper": N_("Yazdırılmayan fiş"),
}
DONE_NAMES = {"ended": N_("Günle birlikte kapandı"), "handed_over": N_("Sonraki vardiyaya devredildi")}
"""What was open at closing, and what became of it."""


def title(sheet: DaySheet, tr: Translator) -> str:
    return tr(_TITLES[sheet.period])


def when(sheet: DaySheet) -> str:
    """ "24 Kasım 2026 Salı", "16–22 Kasım 2026", "Kasım 2026" """
    if sheet.period is Period.DAY:
        return long_date(sheet.day)
    return title_of(Span(sheet.period, sheet.day, sheet.until))

"""The bars of the day sheet: visits by hour against the mean of the same weekday."""

from __future__ import annotations

from math import floor, log10

from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_page import (
    CONTENT,
    INK,
    INK_2,
    LEFT,
    LINE,
    LINE_STRONG,
    PETROL_500,
    PETROL_600,
    RIGHT,
    WHITE,
    Pen,
)
from desk.printing.pdf_text import Style
from desk.reports.types import DaySheet, Period
from desk.text import WEEKDAYS, lower_tr, number

_HEADING = Style(10, INK, bold=True)
_AXIS = Style(7.5, INK_2)
_TITLE, _LABELS = 24.0, 14.0
_LABEL_HEIGHT = 9.0


def draw_hours(pen: Pen, sheet: DaySheet, y: float, height: float, tr: Translator) -> None:
    """Title, legend, grid, bars, marks of the mean, numbers; ``height`` points in all."""
    pen.text(LEFT, y + 9, _heading(sheet, tr), _HEADING)
    top, bottom = y + _TITLE, y + height - _LABELS
    if not any(sheet.visits_by_hour):
        _nothing(pen, top, bottom, tr, bool(sheet.columns))
        return
    _legend(pen, sheet, y + 9, tr)
    most = max((*sheet.visits_by_hour, *sheet.weekday_mean_by_hour))
    step = nice_step(most, max(2, int((bottom - top) / 18)))
    # A number stands above the highest bar: it needs room under the title.
    highest = most * (bottom - top) / (bottom - top - _LABEL_HEIGHT - 3)
    scale = (bottom - top) / highest
    values = range(0, int(highest) + 1, step)
    left = LEFT + max(pdf_text.width(number(value), _AXIS) for value in values) + 12
    for value in values:
        level = bottom - value * scale
        pen.rule(left, RIGHT, level, LINE_STRONG if value == 0 else LINE, 0.8 if value == 0 else 0.5)
        pen.right(left - 6, level + 2.6, number(value), _AXIS)
    _bars(pen, sheet, left, bottom, scale)


def _heading(sheet: DaySheet, tr: Translator) -> str:
    names = {
        Period.DAY: tr("Saatlere göre ziyaret"),
        Period.WEEK: tr("Günlere göre ziyaret"),
        Period.MONTH: tr("Haftalara göre ziyaret"),
    }
    return names[sheet.period]


def nice_step(most: float, lines: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that reaches ``most`` in at most ``lines`` steps."""
    least = max(most / lines, 1)
    power = 10 ** floor(log10(least))
    return next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= least)


def _bars(pen: Pen, sheet: DaySheet, left: float, bottom: float, scale: float) -> None:
    slot = (RIGHT - left) / len(sheet.hours)
    wide = min(slot * 0.56, 30)
    peak = max(sheet.visits_by_hour)
    means = sheet.weekday_mean_by_hour or (None,) * len(sheet.hours)
    for place, (visits, mean) in enumerate(zip(sheet.visits_by_hour, means, strict=True)):
        middle = left + (place + 0.5) * slot
        busiest = visits == peak
        top = bottom - visits * scale
        if visits:
            pen.fill(middle - wide / 2, top, wide, bottom - top, PETROL_600 if busiest else PETROL_500)
        label = top
        if mean is not None:
            level = bottom - mean * scale
            _mean_mark(pen, middle, level, wide)
            # The number moves over a mark that would run through it.
            label = level if top - _LABEL_HEIGHT - 2 < level < top + 1 else top
        _number(pen, middle, label - 3, visits, slot - 2)
        name = sheet.column_names[place] + (".00" if slot > 22 and not sheet.columns else "")
        pen.centred(middle, bottom + 10, name, Style(7.5, INK, bold=True) if busiest else _AXIS)


def _number(pen: Pen, middle: float, base: float, visits: int, room: float) -> None:
    """On a light ground of its own, so that no grid line runs through it; no wider than ``room``."""
    style = Style(8, INK, bold=True)
    wide = pdf_text.width(number(visits), style)
    if wide > room:
        style, wide = Style(style.size * room / wide, INK, bold=True), room
    pen.fill(middle - wide / 2 - 1, base - style.size * 0.75, wide + 2, style.size * 0.8, WHITE)
    pen.centred(middle, base, number(visits), style)


def _mean_mark(pen: Pen, middle: float, level: float, wide: float) -> None:
    """A short dark line with a light edge, so that it shows on the bar and above it."""
    half = wide / 2 + 4
    pen.rule(middle - half, middle + half, level, WHITE, 2.6)
    pen.rule(middle - half, middle + half, level, INK, 1.1)


def _legend(pen: Pen, sheet: DaySheet, base: float, tr: Translator) -> None:
    x = RIGHT
    if sheet.weekday_mean_by_hour:
        days = tr("önceki {weekday} günlerinin ortalaması").format(weekday=lower_tr(WEEKDAYS[sheet.day.weekday()]))
        if sheet.period is Period.WEEK:
            days = tr("önceki haftaların ortalaması")
        x -= pdf_text.width(days, _AXIS)
        pen.text(x, base, days, _AXIS)
        pen.rule(x - 20, x - 5, base - 2.6, INK, 1.1)
        x -= 34
    peak = max(sheet.visits_by_hour)
    hour = sheet.hours[sheet.visits_by_hour.index(peak)]
    busiest = tr("en yoğun {start:02d}.00–{end:02d}.00").format(start=hour, end=(hour + 1) % 24)
    if sheet.columns:
        busiest = tr("en yoğun {name}").format(name=sheet.columns[hour])
    x -= pdf_text.width(busiest, _AXIS)
    pen.text(x, base, busiest, _AXIS)
    pen.fill(x - 13, base - 6.4, 8, 7.5, PETROL_600)


def _nothing(pen: Pen, top: float, bottom: float, tr: Translator, over_days: bool) -> None:
    words = tr("Ziyaret kaydı yok.") if over_days else tr("Bu gün için ziyaret kaydı yok.")
    pen.box(LEFT, top, CONTENT, bottom - top + 8, 5, stroke=LINE)
    pen.centred(LEFT + CONTENT / 2, (top + bottom) / 2 + 7, words, Style(10, INK_2))

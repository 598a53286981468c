"""The figures of a day in words: what stands in the tiles, bars and lines of the Vardiya page."""

from __future__ import annotations

from dataclasses import dataclass

from desk.clock import local
from desk.errors import N_
from desk.i18n import Translator, translator
from desk.printing.types import PRINTER_STATE_NAMES, PrinterView
from desk.reports.types import DaySheet
from desk.text import WEEKDAYS, lower_tr, number, percent, since_time, stopwatch
from desk.ui.widgets.hour_bars import Hour
from desk.ui.widgets.pill import Pill

NO_VALUE = "–"
REMARK_MOST = 28
"""Letters for which a tile has room in a window of 1366 pixels."""

LONG_WAIT = 20 * 60
"""Seconds: a service's mean wait above it stands out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A tile: the figure, its unit, and two lines of what it is compared with."""

    value: str
    unit: str = ""
    first: str = ""
    second: str = ""


def span(seconds: float | None) -> str:
    """ "10 dk", under a minute "24 sn", over an hour "2 sa 05 dk"; a dash when nothing was measured."""
    if seconds is not None and seconds >= 3600:
        return stopwatch(seconds)
    return NO_VALUE if seconds is None else " ".join(_amount(seconds))


def _amount(seconds: float | None) -> tuple[str, str]:
    tr = translator()
    if seconds is None:
        return NO_VALUE, ""
    if seconds < 60:
        return number(int(seconds)), tr(N_("sn"))
    return number(round(seconds / 60)), tr(N_("dk"))


def visits(sheet: DaySheet) -> Figure:
    tr = translator()
    persons = tr(N_("{count} kişi")).format(count=number(sheet.persons))
    return Figure(number(sheet.visits), "", persons, _week_before(sheet, tr))


def _week_before(sheet: DaySheet, tr: Translator) -> str:
    """A day that is not over has no more and no less than a whole one: only how many came in the whole one is said."""
    whole = sheet.visits_previous
    if whole is None:
        return ""
    day = lower_tr(WEEKDAYS[sheet.day.weekday()])
    if sheet.closed_at is None and local(sheet.made_at).date() == sheet.day:
        return tr(N_("Geçen {day} gün boyu {count}")).format(day=day, count=number(whole))
    said = tr(N_("Geçen {day} {count}")).format(day=day, count=number(whole))
    change = sheet.visits - whole
    if not whole or not change:
        return said
    words = tr(N_("{share} artış")) if change > 0 else tr(N_("{share} azalış"))
    return f"{said} · {words.format(share=percent(abs(change), whole))}"


def waiting(sheet: DaySheet) -> Figure:
    tr = translator()
    if sheet.wait_mean is None:
        return Figure(NO_VALUE, "", tr(N_("Çağrı yok")))
    middle = tr(N_("Ortanca {median} · P90 {p90}"))
    longest = tr(N_("En uzun {span}")).format(span=span(sheet.wait_longest))
    # The letter, as on the tickets: a name would not fit and half a name says nothing.
    letter = next((line.letter for line in sheet.services if line.name == sheet.wait_longest_service), "")
    return Figure(
        *_amount(sheet.wait_mean),
        middle.format(median=span(sheet.wait_median), p90=span(sheet.wait_p90)),
        f"{longest} ({letter})" if letter else longest,
    )


def serving(sheet: DaySheet) -> Figure:
    tr = translator()
    done = tr(N_("{part} / {whole} numara bitti")) if sheet.tickets_issued else tr(N_("Numara verilmedi"))
    still = tr(N_("{count} numara açık")).format(count=number(sheet.tickets_waiting))
    done = done.format(part=number(sheet.tickets_served), whole=number(sheet.tickets_issued))
    return Figure(*_amount(sheet.serve_mean), done, still if sheet.tickets_waiting else "")


def of_numbers(part: int, sheet: DaySheet) -> str:
    """Rates are of numbers, with their denominator: "61 / 231 numara · %26,4"."""
    words = translator()(N_("{part} / {whole} numara")).format(part=number(part), whole=number(sheet.tickets_issued))
    return f"{words} · {percent(part, sheet.tickets_issued)}" if sheet.tickets_issued else words


def priority(sheet: DaySheet) -> Figure:
    most = sorted((one for one in sheet.priority if one.value), key=lambda one: -one.value)[:2]
    said = [f"{translator()(one.name)} {number(one.value)}" for one in most]
    names = ", ".join(said)
    if len(names) > REMARK_MOST:  # half a class says nothing
        names = said[0]
    return Figure(number(sheet.priority_total), "", of_numbers(sheet.priority_total, sheet), names)


def escorts(sheet: DaySheet) -> Figure:
    tr = translator()
    words = tr(N_("{done} tamamlandı · {open} açık"))
    mean = sheet.assistance_wait_mean
    wait = tr(N_("Ortalama bekleme {span}")).format(span=span(mean)) if mean is not None else ""
    done = words.format(done=number(sheet.assistance_done), open=number(sheet.assistance_open))
    return Figure(number(sheet.assistance_total), "", done, wait)


def unserved(sheet: DaySheet) -> Figure:
    tr = translator()
    parts = [
        (sheet.no_shows, N_("{count} gelmedi")),
        (sheet.left, N_("{count} ayrıldı")),
        (sheet.expired, N_("{count} gün sonu")),
    ]
    why = " · ".join(tr(words).format(count=number(count)) for count, words in parts if count)
    return Figure(number(sheet.unserved), "", of_numbers(sheet.unserved, sheet), why)


def hours(sheet: DaySheet) -> list[Hour]:
    usual = sheet.weekday_mean_by_hour
    return [
        Hour(f"{hour:02d}.00", sheet.visits_by_hour[place], usual[place] if usual else None)
        for place, hour in enumerate(sheet.hours)
    ]


def busiest(sheet: DaySheet) -> str:
    """The hour with the most visits, in words; "" on a day without any."""
    if not any(sheet.visits_by_hour):
        return ""
    most = max(sheet.visits_by_hour)
    hour = sheet.hours[sheet.visits_by_hour.index(most)]
    words = translator()(N_("En yoğun saat {start:02d}.00–{end:02d}.00: {count} ziyaret"))
    return words.format(start=hour, end=hour + 1, count=number(most))


PRINTER_PILLS = {
    "ready": ("check", "tint"),
    "paper_low": ("warning", "amber"),
    "paper_out": ("warning", "brick"),
    "cover_open": ("warning", "brick"),
    "cutter": ("warning", "brick"),
    "offline": ("cross", "brick"),
    "unknown": ("question", "neutral"),
}


def printer_pill(printer: PrinterView) -> Pill:
    icon, tone = PRINTER_PILLS.get(printer.state, PRINTER_PILLS["unknown"])
    return Pill(translator()(PRINTER_STATE_NAMES.get(printer.state, PRINTER_STATE_NAMES["unknown"])), icon, tone)


def printer_note(printer: PrinterView) -> str:
    """Where it stands and what waits for it."""
    tr = translator()
    parts = [printer.terminal_name]
    if printer.queued:
        parts.append(tr(N_("{count} fiş sırada")).format(count=printer.queued))
    if printer.failed:
        parts.append(tr(N_("{count} fiş basılamadı")).format(count=printer.failed))
    if printer.state != "ready" and printer.state_at is not None:
        parts.append(since_time(printer.state_at))
    return " · ".join(part for part in parts if part)

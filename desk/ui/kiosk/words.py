"""What the kiosk says: bands, places, times and troubles, in the visitor's language. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk.clock import local
from desk.errors import N_, DeskError, UserError
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.queue.types import Band
from desk.text import MONTHS, WEEKDAYS, clock_time

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English", "ar": "العربية", "ru": "Русский", "de": "Deutsch"}
"""Each language in its own letters: who needs it reads nothing else."""

WEEKDAY_NAMES = (
    N_("Pazartesi"), N_("Salı"), N_("Çarşamba"), N_("Perşembe"), N_("Cuma"), N_("Cumartesi"), N_("Pazar"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """A page that says one thing: what it is and what to do now."""

    title: str
    sentence: str
    icon: str = "info"


def wait_on_tile(band: Band | None, tr: Translator) -> str:
    """ "Bekleme 12–18 dk", "Bekleme yok", or nothing when nothing honest can be said."""
    if band is None:
        return ""
    if band.high <= 0:
        return tr(N_("Bekleme yok"))
    if band.low == band.high:
        return tr(N_("Bekleme {minutes} dk")).format(minutes=band.high)
    return tr(N_("Bekleme {low}–{high} dk")).format(low=band.low, high=band.high)


def wait_band(band: Band, tr: Translator) -> str:
    """The forecast as a figure of its own."""
    if band.high <= 0:
        return tr(N_("Yok"))
    if band.low == band.high:
        return tr(N_("{minutes} dk")).format(minutes=band.high)
    return tr(N_("{low}–{high} dk")).format(low=band.low, high=band.high)


def time_of_day(moment: datetime, lang: str) -> str:
    """10.42; with a colon in other languages than Turkish."""
    words = clock_time(moment)
    return words if lang == SOURCE_LANGUAGE else words.replace(".", ":")


def day_and_time(moment: datetime, today: date, lang: str, tr: Translator) -> str:
    """When we open: "08.00", "yarın"-free and exact: "25 Kasım Çarşamba 08.00"."""
    here = local(moment)
    clock = time_of_day(moment, lang)
    if here.date() == today:
        return clock
    weekday = tr(WEEKDAY_NAMES[here.weekday()])
    if lang == SOURCE_LANGUAGE:
        return f"{here.day} {MONTHS[here.month - 1]} {WEEKDAYS[here.weekday()]} {clock}"
    return f"{weekday} {here:%d.%m.%Y} {clock}"


def closed(opens_at: datetime | None, now: datetime, hotline: str, lang: str, tr: Translator) -> Notice:
    """The page of closed hours."""
    title = tr(N_("Şu anda kapalıyız."))
    phone = tr(N_("Yardım hattı: {hotline}")).format(hotline=hotline)
    if opens_at is None:
        return Notice(title, phone, "clock")
    when = day_and_time(opens_at, local(now).date(), lang, tr)
    return Notice(title, f"{tr(N_('Açılış: {time}')).format(time=when)}\n{phone}", "clock")


AWAY = N_("Şu anda numara verilemiyor.")
TO_THE_DESK = N_("Lütfen danışmaya başvurunuz; görevlimiz size numara verecektir.")

_PLAIN = {
    N_("“{name}” hizmeti şu anda kapalı."): N_("Lütfen başka bir hizmet seçiniz veya danışmaya başvurunuz."),
    N_("Bugün için sıra doldu."): N_("Lütfen danışmaya başvurunuz."),
    N_("Şu anda kapalıyız."): N_("Lütfen çalışma saatlerimizde yeniden geliniz."),
}
"""Refusals that a visitor is told as they are, and what to do then. All else is "please ask at the desk"."""


def no_numbers(tr: Translator) -> Notice:
    """Something behind the screen does not work; no technical word."""
    return Notice(tr(AWAY), tr(TO_THE_DESK), "warning")


def trouble(error: DeskError, tr: Translator) -> Notice:
    """What a visitor is told when no number could be given; no technical word."""
    advice = _PLAIN.get(error.message) if isinstance(error, UserError) else None
    if advice is None:
        return no_numbers(tr)
    shown = dict(error.params)
    if "name" in shown:
        shown["name"] = tr(str(shown["name"]))
    return Notice(tr(error.message).format(**shown), tr(advice), "info")

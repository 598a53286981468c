"""Queue, calls and printers put into Turkish words for the staff window."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PRINTER_STATE_NAMES, PrinterView
from desk.queue import reasons
from desk.queue.types import Band, CallReason, NextUp
from desk.text import clock_time, lower_tr

tr = translator()

TROUBLE = frozenset({"paper_low", "paper_out", "cover_open", "cutter", "offline"})
"""States of a printer that somebody must see to."""


def band_words(band: Band | None) -> str:
    """9–14 dk; "" when too little is known to promise anything."""
    if band is None:
        return ""
    if band.high == 0:
        return tr(N_("Bekleme yok"))
    if band.low == band.high:
        return tr(N_("{minutes} dk")).format(minutes=band.high)
    return tr(N_("{low}–{high} dk")).format(low=band.low, high=band.high)


def waiting_words(count: int) -> str:
    return tr(N_("{count} bekliyor")).format(count=count) if count else tr(N_("Bekleyen yok"))


def next_words(one: NextUp) -> str:
    """Why a number stands where it does: the inputs of the rule, never the class of the person."""
    return reasons.before_call(one, tr)


def reason_words(why: CallReason) -> str:
    """Why a number was called, with the one that would have been next."""
    return reasons.after_call(why, tr)


def short_reason_words(why: CallReason) -> str:
    """The same on one line of the small window."""
    return reasons.in_short(why, tr)


def printer_words(printer: PrinterView | None) -> str:
    """Fiş yazıcısı: kâğıt azaldı"""
    if printer is None:
        return tr(N_("Fiş yazıcısı yok"))
    if printer.state == "ready":
        return tr(N_("Fiş yazıcısı hazır"))
    return tr(N_("Fiş yazıcısı: {state}")).format(state=state_words(printer))


def state_words(printer: PrinterView) -> str:
    """kâğıt azaldı"""
    state = tr(PRINTER_STATE_NAMES[printer.state])
    return lower_tr(state[0]) + state[1:]


_WHAT_TO_DO = {
    "paper_low": N_("Yeni rulo hazırlayınız"),
    "paper_out": N_("Ruloyu değiştiriniz"),
    "cover_open": N_("Kapağını kapatınız"),
    "cutter": N_("Takılan kâğıdı alınız"),
    "offline": N_("Kablosuna bakınız"),
}


def what_to_do(printer: PrinterView) -> str:
    """Ruloyu değiştiriniz; "" while it works."""
    return tr(_WHAT_TO_DO[printer.state]) if printer.state in _WHAT_TO_DO else ""


def trouble_words(printer: PrinterView) -> str:
    """One calm sentence about another terminal's printer, for the toast."""
    if printer.state == "paper_low":
        words = N_("{place}: yazıcının kâğıdı azaldı; basmayı sürdürüyor.")
    elif printer.state == "paper_out":
        words = N_("{place}: yazıcının kâğıdı bitti.")
    elif printer.state == "cover_open":
        words = N_("{place}: yazıcının kapağı açık.")
    elif printer.state == "cutter":
        words = N_("{place}: yazıcının kâğıt kesicisi takıldı.")
    else:
        words = N_("{place}: yazıcıya ulaşılamıyor.")
    return tr(words).format(place=printer.terminal_name)


def shift_words(now: datetime, is_open: bool, minutes_left: float) -> str:
    """Sabah · 12.00 sonu, from the opening hours; outside them so."""
    if not is_open:
        return tr(N_("Mesai dışı"))
    until = clock_time(now + timedelta(minutes=minutes_left))
    morning = tr(N_("Sabah vardiyası"))
    afternoon = tr(N_("Öğleden sonra vardiyası"))
    half = morning if until <= "13.00" else afternoon
    return tr(N_("{shift} · bitiş {time}")).format(shift=half, time=until)


_ROLES = {
    "desk": N_("Danışma"),
    "counter": N_("Banko"),
    "registry": N_("Evrak kayıt"),
    "escort": N_("Refakat"),
    "lead": N_("Vardiya sorumlusu"),
}


def role_words(role: str) -> str:
    """What somebody works as; "" for what no person does."""
    return tr(_ROLES[role]) if role in _ROLES else ""

"""Queue, calls and printers put into Turkish words for the staff window."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PRINTER_STATE_NAMES, PrinterView
from desk.queue.types import Band, CallReason, NextUp
from desk.text import clock_time, lower_tr

tr = translator()

TROUBLE = frozenset({"paper_low", "paper_out", "cover_open", "offline"})
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
    if one.priority:
        words = tr(N_("Öncelikli · {waited} + {head_start} dk"))
        return words.format(waited=one.waited_minutes, head_start=one.head_start)
    if one.waited_minutes == 0:
        return tr(N_("Az önce geldi"))
    return tr(N_("{waited} dk bekledi")).format(waited=one.waited_minutes)


def reason_words(why: CallReason) -> str:
    """Why a number was called, with the one that would have been next."""
    if why.head_start:
        words = tr(N_("{waited} dk bekledi; öncelikli olduğu için {head_start} dakika önce gelmiş sayıldı."))
    else:
        words = tr(N_("En uzun bekleyen: {waited} dk."))
    said = words.format(waited=why.waited_minutes, head_start=why.head_start)
    if not why.runner_up:
        return said + " " + tr(N_("Başka bekleyen yoktu."))
    if why.runner_up_head_start:
        after = tr(N_("Ardından {number} geliyordu: {waited} + {head_start} dk (öncelikli)."))
    else:
        after = tr(N_("Ardından {number} geliyordu: {waited} dk."))
    number = why.runner_up.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{said} " + after.format(number=number, waited=why.runner_up_waited, head_start=why.runner_up_head_start)


def short_reason_words(why: CallReason) -> str:
    """The same on one line of the small window."""
    mine = tr(N_("{waited} dk")).format(waited=why.waited_minutes)
    if why.head_start:
        mine = tr(N_("öncelikli, {waited} + {head_start} dk"))
        mine = mine.format(waited=why.waited_minutes, head_start=why.head_start)
    if not why.runner_up:
        return mine
    other = tr(N_("{waited} dk"))
    if why.runner_up_head_start:
        other = tr(N_("{waited} + {head_start} dk"))
    other = other.format(waited=why.runner_up_waited, head_start=why.runner_up_head_start)
    return tr(N_("{mine} · ardından {number}: {other}")).format(mine=mine, number=why.runner_up, other=other)


def printer_words(printer: PrinterView | None) -> str:
    """Fiş yazıcısı: kâğıt azaldı"""
    if printer is None:
        return tr(N_("Fiş yazıcısı yok"))
    if printer.state == "ready":
        return tr(N_("Fiş yazıcısı hazır"))
    state = tr(PRINTER_STATE_NAMES[printer.state])
    return tr(N_("Fiş yazıcısı: {state}")).format(state=lower_tr(state[0]) + state[1:])


def shift_words(now: datetime, is_open: bool, minutes_left: float) -> str:
    """Sabah · 12.00 sonu, from the opening hours; outside them so."""
    if not is_open:
        return tr(N_("Mesai dışı"))
    until = clock_time(now + timedelta(minutes=minutes_left))
    morning = tr(N_("Sabah vardiyası"))
    afternoon = tr(N_("Öğleden sonra vardiyası"))
    half = morning if until <= "13.00" else afternoon
    return tr(N_("{shift} · bitiş {time}")).format(shift=half, time=until)

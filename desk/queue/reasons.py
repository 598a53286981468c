"""Why a number is next and why it was called, in words: never the class of a person, always the rule's own figures."""

from __future__ import annotations

from collections.abc import Callable

from desk.errors import N_
from desk.queue.types import CallReason, NextUp

Tr = Callable[[str], str]

CHOSEN = "chosen"
"""In the place of a rule's name: a person called this number out of turn."""

BREAK_REASONS = {
    "tea": N_("Kısa mola"),
    "lunch": N_("Öğle arası"),
    "task": N_("Başka görev"),
    "trouble": N_("Teknik sorun"),
}
"""Why a counter is on break; anything else is in the clerk's own words."""

CHOICE_REASONS = {
    "urgent": N_("Acil durum"),
    "missed": N_("Çağrısını kaçırmış"),
    "sent": N_("Başka birimden geri geldi"),
    "appointment": N_("Saati gelen randevu"),
    "mistake": N_("Yanlış hizmetten numara almış"),
}
"""Why a number was called out of turn; anything else is in the clerk's own words."""

OUTCOMES = {
    "done": N_("Tamamlandı"),
    "papers": N_("Eksik belgeyle döndü"),
    "elsewhere": N_("Başka birime gönderildi"),
}
"""How service at a counter ended; kept with the number. The first needs no choice."""

BY_HAND = "manual"
"""In the place of an outcome: served on paper and entered afterwards, nobody wrote down how it ended."""

OUTCOMES_COUNTED = OUTCOMES | {BY_HAND: N_("Elle verilip işlendi")}

_BEFORE = {
    "head_start": N_("Öncelikli · {waited} + {head_start} dk"),
    "strict": N_("Öncelikli · {waited} dk bekledi"),
    "interleave": N_("Öncelikli · {waited} dk bekledi"),
    "accumulating": N_("Öncelikli · {waited} × {ratio} dk"),
}
_SENT = {
    "counter": N_("Bu bankoya yönlendirildi · {waited} dk"),
    "staff": N_("Size yönlendirildi · {waited} dk"),
}
_PRIORITY = {
    "head_start": N_("{waited} dk bekledi; öncelikli olduğu için {head_start} dakika önce gelmiş sayıldı."),
    "strict": N_("{waited} dk bekledi; öncelikli olduğu için önce çağrıldı."),
    "interleave": N_("{waited} dk bekledi; öncelikli (bu bankoda {k} öncelikliden sonra genel sıradan biri)."),
    "accumulating": N_("{waited} dk bekledi; öncelikli sırada her dakika {ratio} dakika sayıldı."),
}
_LONGEST = N_("En uzun bekleyen: {waited} dk.")
_NORMAL = {
    "strict": N_("Bekleyen öncelikli yoktu; en uzun bekleyen: {waited} dk."),
    "interleave": N_("Bekleyen öncelikli yoktu; en uzun bekleyen: {waited} dk."),
}
_TURN = N_("Art arda {run} öncelikliden sonra genel sıranın çağrısıydı; en uzun bekleyen: {waited} dk.")


def figure(value: float) -> str:
    """3 or 1,5."""
    return f"{value:g}".replace(".", ",")


def before_call(one: NextUp, tr: Tr) -> str:
    """Why a number stands where it does, before it is called: the inputs of the rule."""
    if one.wanted:
        sent = {
            "counter": N_("Bu bankoya yönlendirildi · {waited} dk"),
            "staff": N_("Size yönlendirildi · {waited} dk"),
        }
        return tr(sent[one.wanted]).format(waited=one.waited_minutes)
    if one.priority and (one.head_start or one.rule != "head_start"):
        words = tr(_BEFORE[one.rule])
        return words.format(waited=one.waited_minutes, head_start=one.head_start, ratio=figure(one.ratio))
    if one.waited_minutes == 0:
        return tr(N_("Az önce geldi"))
    return tr(N_("{waited} dk bekledi")).format(waited=one.waited_minutes)


def after_call(why: CallReason, tr: Tr) -> str:
    """Why a number was called, with the one that would have been next."""
    said = _why(why, tr)
    if why.wanted:
        sent = {
            "counter": N_("Bu bankoya yönlendirilmişti."),
            "staff": N_("Bu bankodaki görevliye yönlendirilmişti."),
        }
        said = tr(sent[why.wanted]) + " " + said
    if not why.runner_up:
        return said + " " + tr(N_("Başka bekleyen yoktu."))
    return said + " " + _after(why, tr)


def _why(why: CallReason, tr: Tr) -> str:
    if why.rule == CHOSEN:
        words = tr(N_("Seçilerek çağrıldı ({note}); {waited} dk bekledi."))
    elif why.head_start or (why.priority and why.rule in ("strict", "interleave", "accumulating")):
        words = tr(_PRIORITY[why.rule])
    elif why.rule == "interleave" and why.run >= why.k:
        words = tr(_TURN)
    else:
        words = tr(_NORMAL.get(why.rule, _LONGEST))
    return words.format(
        waited=why.waited_minutes,
        head_start=why.head_start,
        k=why.k,
        run=why.run,
        ratio=figure(why.ratio),
        note=why.note,
    )


def _after(why: CallReason, tr: Tr) -> str:
    if why.rule == CHOSEN:
        after = tr(N_("Kurala göre sıradaki {number} idi: {waited} dk."))
    elif why.runner_up_head_start:
        after = tr(N_("Ardından {number} geliyordu: {waited} + {head_start} dk (öncelikli)."))
    elif why.runner_up_priority and why.rule != "head_start":
        after = tr(N_("Ardından {number} geliyordu: {waited} dk (öncelikli)."))
    else:
        after = tr(N_("Ardından {number} geliyordu: {waited} dk."))
    number = why.runner_up.replace(" ", "\N{NO-BREAK SPACE}")
    return after.format(number=number, waited=why.runner_up_waited, head_start=why.runner_up_head_start)


def in_short(why: CallReason, tr: Tr) -> str:
    """The same on one line."""
    if why.rule == CHOSEN:
        return tr(N_("seçildi: {note}")).format(note=why.note)
    mine = tr(N_("{waited} dk")).format(waited=why.waited_minutes)
    if why.head_start:
        mine = tr(N_("öncelikli, {waited} + {head_start} dk"))
        mine = mine.format(waited=why.waited_minutes, head_start=why.head_start)
    elif why.priority and why.rule == "accumulating":
        mine = tr(N_("öncelikli, {waited} × {ratio} dk")).format(waited=why.waited_minutes, ratio=figure(why.ratio))
    elif why.priority and why.rule != "head_start":
        mine = tr(N_("öncelikli, {waited} dk")).format(waited=why.waited_minutes)
    if not why.runner_up:
        return mine
    other = tr(N_("{waited} dk"))
    if why.runner_up_head_start:
        other = tr(N_("{waited} + {head_start} dk"))
    other = other.format(waited=why.runner_up_waited, head_start=why.runner_up_head_start)
    return tr(N_("{mine} · ardından {number}: {other}")).format(mine=mine, number=why.runner_up, other=other)

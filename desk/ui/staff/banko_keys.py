"""Which keys do what at Banko, and what the page of keys says of them."""

from __future__ import annotations

from typing import Any

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.chords import Chords, on_a_button, typing

tr = translator()


def chords_of(panel: Any) -> Chords:
    """The keys of a counter's panel: bare letters while nothing is typed, Space and Enter while no button has them."""
    chords = Chords()

    def free() -> bool:
        return panel.is_known() and not typing()

    def bare() -> bool:
        return free() and not on_a_button()

    chords.add("Space", panel.call_next, when=bare)
    chords.add("Return", panel.go_on, when=bare)
    for key, act in (
        ("T", panel.call_again),
        ("G", panel.nobody_came),
        ("B", panel.put_on_hold),
        ("Y", panel.ask_service),
        ("A", panel.open_record),
        ("D", panel.resume_first),
        ("N", panel.ask_number),
        ("M", panel.ask_break),
    ):
        chords.add(key, act, when=free)
    chords.add("F12", panel.ask_more)
    chords.add("Esc", panel.stop_auto, when=panel.counts_down)
    return chords


def key_words() -> list[tuple[str, str]]:
    return [
        (tr(N_("Boşluk")), tr(N_("Sıradakini çağırır"))),
        ("Enter", tr(N_("Çağrılan geldi: işleme alır; işlemdeyken bitirir; molada veya kapalıyken bankoyu açar"))),
        ("T", tr(N_("Tekrar çağırır"))),
        ("G", tr(N_("Gelmediğini kaydeder"))),
        ("B", tr(N_("Bekletir"))),
        ("D", tr(N_("Bekletilenlerin ilkine devam eder"))),
        ("Y", tr(N_("Başka hizmete, bankoya veya görevliye yönlendirir"))),
        ("A", tr(N_("Bu ziyaretçi için başvuru açar"))),
        ("N", tr(N_("Yazılan veya okutulan numarayı çağırır (nedeni sorulur)"))),
        ("M", tr(N_("Mola verir; moladan Enter ile dönülür"))),
        ("Esc", tr(N_("Otomatik çağrıyı durdurur"))),
        ("F12", tr(N_("Diğer işlemleri açar"))),
    ]

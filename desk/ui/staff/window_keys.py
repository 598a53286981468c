"""The keys of the staff window that every page shares: what they do, and their words for the page of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.chords import Chords
from desk.ui.staff.haber import KEY as MESSAGE_KEY
from desk.ui.staff.kart import KEY as CARD_KEY
from desk.ui.staff.kart import LIST_KEY
from desk.ui.staff.lock import KEY as LOCK_KEY
from desk.ui.staff.olay_watch import KEY as OLAY_KEY
from desk.ui.staff.pages import OFF_THE_RAIL, PAGES

if TYPE_CHECKING:
    from desk.ui.staff.shell import StaffWindow

GUIDE_KEY = "F11"
tr = translator()


def chords_of(window: StaffWindow) -> tuple[Chords, Chords]:
    """The window's own keys, and those that are heard over an overlay and a lock too."""
    chords, always = Chords(), Chords()
    for spec in (*PAGES, *OFF_THE_RAIL):
        chords.add(spec.place.keys, lambda name=spec.place.name: window.show_page(name))
    chords.add("Shift+F1", window.show_keys)
    chords.add("F1", window.show_help)
    for keys in (chords, always):
        keys.add(OLAY_KEY, window.incidents.ask)
        keys.add(LIST_KEY, window.cards.show_list)
        keys.add(LOCK_KEY, window.lock)
    chords.add(MESSAGE_KEY, window.messages.ask)
    chords.add(CARD_KEY, window.cards.ask)
    chords.add(GUIDE_KEY, window.show_guide)
    chords.add("Ctrl+Shift+P", window.ask_person)
    chords.add("Ctrl+Shift+B", window.ask_counter)
    chords.add("Alt+F4", window.close)
    chords.add("Ctrl+Z", window.undo, when=window.can_undo)
    chords.add("Ctrl+O", window.take_offer, when=lambda: window.offer() is not None)
    always.add("Ctrl+Z", window.undo, when=lambda: window.cards.takes_back() and window.can_undo())
    return chords, always


def ways_of(window: StaffWindow) -> tuple[tuple[str, str, Callable[[], object]], ...]:
    """What the strip offers on every page: words, key, what happens."""
    return (
        (tr(N_("Rehber")), GUIDE_KEY, window.show_guide),
        (tr(N_("İleti")), MESSAGE_KEY, window.messages.ask),
        (tr(N_("Olay")), OLAY_KEY, window.incidents.ask),
    )


def key_words() -> list[tuple[str, str]]:
    pages = [(spec.place.keys, tr(spec.place.title)) for spec in (*PAGES, *OFF_THE_RAIL)]
    return [
        *pages,
        (GUIDE_KEY, tr(N_("Rehber: hizmet için gereken belgeler, süre, ücret ve yer"))),
        (MESSAGE_KEY, tr(N_("Danışmaya ya da bir bankoya hazır ileti gönderir"))),
        (CARD_KEY, tr(N_("Ziyaretçi kartı verir ve alır; içeridekileri gösterir"))),
        (LIST_KEY, tr(N_("İçeridekilerin listesini gösterir ve yazdırır (tahliye)"))),
        (OLAY_KEY, tr(N_("Olay bildirir: sağlık, kayıp çocuk, güvenlik, tahliye"))),
        ("Ctrl+Z", tr(N_("Son işlemi 10 saniye içinde geri alır"))),
        ("Ctrl+O", tr(N_("Son iletideki düğmeye basar (Gördüm, Aç, Yeniden dene)"))),
        (LOCK_KEY, tr(N_("Pencereyi kilitler"))),
        ("Ctrl+Shift+P", tr(N_("Burada çalışan görevliyi seçer"))),
        ("Ctrl+Shift+B", tr(N_("Bankoyu seçer"))),
        ("F1", tr(N_("Öndeki sayfanın yardımını açar ve kapatır"))),
        ("Shift+F1", tr(N_("Bu tuş listesini açar ve kapatır"))),
        ("Alt+F4", tr(N_("Pencereyi kapatır (önce sorar)"))),
    ]

"""The pages of the staff window: where each class is, and the key that brings it to the front."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.rail import Place
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class PageSpec:
    place: Place
    module: str
    cls: str


PAGES = (
    PageSpec(Place("danisma", N_("Danışma"), "desk", "F5"), "desk.ui.staff.danisma", "DanismaPage"),
    PageSpec(Place("banko", N_("Banko"), "counter", "F6"), "desk.ui.staff.banko", "BankoPage"),
    PageSpec(Place("evrak", N_("Evrak Kayıt"), "document-edit", "F7"), "desk.ui.staff.evrak", "EvrakPage"),
    PageSpec(Place("basvurular", N_("Başvurular"), "folder", "F8"), "desk.ui.staff.basvurular", "BasvurularPage"),
    PageSpec(Place("refakat", N_("Refakat"), "escort", "F9"), "desk.ui.staff.refakat", "RefakatPage"),
    PageSpec(Place("vardiya", N_("Vardiya"), "clock", "F10"), "desk.ui.staff.vardiya", "VardiyaPage"),
    PageSpec(Place("ayarlar", N_("Ayarlar"), "sliders", "Ctrl+,", below=True), "desk.ui.staff.ayarlar", "AyarlarPage"),
)
OFF_THE_RAIL = (
    PageSpec(
        Place("yazicilar", N_("Yazıcılar"), "printer", "Ctrl+Shift+Y"), "desk.ui.staff.yazicilar", "YazicilarPage"
    ),
)
"""Pages that are looked at now and then: they open from the status strip and by their key."""


def no_page(bug: str) -> QWidget:
    """What the window shows when its first page could not be made: what still works, and the code of the fault."""
    from desk.ui.widgets import EmptyState

    tr = translator()
    words = tr(N_("Soldaki öteki sayfalar çalışır; kayıtlar yerinde durur. Bilgi işleme şu kodu bildiriniz: {id}"))
    shown: QWidget = EmptyState("warning", tr(N_("Bu sayfa açılamadı")), words.format(id=bug))
    return shown

"""The states of ``desk gallery`` around applications: every kind of paper, and the panels beside the list.

Each function is a generator as in ``gallery_states``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Shown = Iterator[tuple[str, Any]]


def papers(tour: Any) -> Shown:
    """Evrak Kayıt with the fields of other papers, scans waiting, and an open record."""
    from desk.registry.types import Channel, DocumentKind, SenderKind
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("evrak", "Ad soyad")
    person.press(window, "Ctrl+N")
    page.form.kind.box.choose(DocumentKind.TENDER)
    _drafted(tour, page, "Teklif zarfı teslim alındı")
    yield "evrak-tender", window
    page.form.kind.box.choose(DocumentKind.OFFICIAL_LETTER)
    page.form.channel.set_value(Channel.KEP)
    page.form.sender.box.choose(SenderKind.GROUP)
    page.files.take((_scan(tour, "dilekçe-sayfa-1.png"), _scan(tour, "kroki.png", 300)))
    tour.wait(lambda: "kroki.png" in person.shown_text(page), "the scans do not hang in the form")
    _drafted(tour, page, "Resmî yazı teslim alındı")
    yield "evrak-letter", window
    person.press(window, "Ctrl+N")
    page.open_record(tour.petitions()[0].id)
    tour.wait(lambda: "Aynı gönderen" in person.shown_text(page), "the record does not open")
    page.files.take((_scan(tour, "ayşe-yıldırım-dilekçesi-ve-ekleri.png"),))
    tour.wait(lambda: "1 dosya" in person.shown_text(page), "the scan is not attached")
    _without_toasts(window)
    yield "evrak-opened", window
    person.press(window, "Escape")
    tour.settle()
    _without_toasts(window)


def _drafted(tour: Any, page: Any, title: str) -> None:
    """The receipt beside the form follows the typing after a pause."""
    tour.wait(lambda: title in page.receipt.paper.accessibleDescription(), "the draft of the receipt is not shown")
    tour.settle()


def _scan(tour: Any, name: str, side: int = 240) -> Any:
    """A scanned page on the disk."""
    from PIL import Image

    path = tour.ctx.data_dir / name
    Image.new("L", (side, side), 255).save(path)
    return path


def applications(tour: Any) -> Shown:
    """Başvurular: one that is open, a new one, and the panels beside the list."""
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("basvurular", "Bilgileri göster")
    person.press(window, "Ctrl+G")
    tour.wait(lambda: page.detail.is_open, "the names did not open")
    yield "basvurular-opened", window
    person.press(window, "Ctrl+G")
    person.press(window, "Ctrl+N")
    form = window._overlay
    form.channel.box.choose("cimer")
    person.type_text(person.find(form, "Konu"), "Kaldırım")
    person.type_text(person.find(form, "Ad soyad"), "Ayşe Yıldırım")
    tour.wait(lambda: "Mükerrer olabilir" in person.shown_text(form), "the possible duplicate is not shown")
    yield "basvurular-new", window
    form.entry.document.box.choose("petition")
    form.entry.sender.box.choose("group")
    tour.settle()
    yield "basvurular-petition", window
    person.press(window, "Escape")
    yield from _covered(tour, "basvurular-tools", "Alt+A")
    yield from _covered(tour, "basvurular-import", "Ctrl+I")
    yield from _calls(tour, page)
    yield from _exchange(tour, page)


def _calls(tour: Any, page: Any) -> Shown:
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, "Ctrl+Shift+C")
    tour.settle()
    yield "basvurular-calls-empty", window
    panel = window._overlay
    calls = (("45", "Pazar yeri saatleri"), ("1.10", "Çöp toplama günü"))
    for count, (words, subject) in enumerate(calls, start=1):
        person.type_text(person.find(panel, "Bekleme"), words)
        person.type_text(person.find(panel, "Görüşme"), "2.30")
        person.type_text(person.find(panel, "Konu"), subject)
        person.press(window, "F2")
        tour.wait(lambda n=count: panel.table.rows_model.rowCount() == n, "the call is not in the list")
    _without_toasts(window)
    yield "basvurular-calls", window
    person.press(window, "Escape")


def _exchange(tour: Any, page: Any) -> Shown:
    from desk.ui import person

    window = tour.windows["staff"]
    page.deeds.tools.ask_ebys()
    panel = window._overlay
    tour.settle()
    yield "basvurular-ebys", window
    waiting = [panel.waiting.rows_model.row_at(place) for place in range(2)]
    path = tour.ctx.data_dir / "ebys.csv"
    lines = [f"{waiting[0].record_number};E-42;24.11.2026", "2026/999999;E-43;24.11.2026", "x;E-44;24.11.2026"]
    path.write_text("\n".join(lines), encoding="utf-8")
    panel.inspect(path)
    tour.wait(lambda: "hatalı" in person.shown_text(panel), "the file was not looked into")
    yield "basvurular-ebys-file", window
    person.press(window, "Escape")
    page.deeds.tools.ask_leave()
    panel = window._overlay
    person.type_text(person.find(panel, "Gün"), "27.11.2026")
    person.type_text(person.find(panel, "Dayanak"), "Cumhurbaşkanlığı yazısı")
    tour.wait(lambda: "izin olursa" in person.shown_text(panel), "the effect is not shown")
    yield "basvurular-leave", window
    person.press(window, "Escape")
    page.deeds.tools.ask_register()
    tour.settle()
    yield "basvurular-register", window
    person.press(window, "Escape")


def _covered(tour: Any, name: str, keys: str) -> Shown:
    """What a key lays over the page."""
    from desk.gallery_states import covered

    yield from covered(tour, name, keys)


def _without_toasts(window: Any) -> None:
    from desk.ui.widgets import toasts

    toasts(window).clear()


def printers(tour: Any) -> Shown:
    """Yazıcılar: a new printer with what is missing, and one that is changed."""
    from desk.ui import person

    window = tour.windows["staff"]
    tour.page("yazicilar", "Yazıcı ekle")
    for chord, name in (("Ctrl+N", "yazicilar-new"), ("Ctrl+E", "yazicilar-edit")):
        person.press(window, chord)
        tour.wait(lambda: window._overlay._choices is not None, "the printer's form is not filled")
        tour.settle()
        if chord == "Ctrl+N":
            window._overlay.kind.set_value("serial")
            person.press(window, "F2")
        tour.settle()
        yield name, window
        person.press(window, "Escape")

"""States of the staff window that ``desk gallery`` shows besides those of ``gallery_states``: the guide, messages,
visitor cards, the lock, and every page while something is broken or very busy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from desk.gallery_states import WAITING, Shown, away, covered, set_printer, without_toasts

PAGES = (
    ("banko", "Banko"),
    ("evrak", "Evrak Kayıt"),
    ("basvurular", "Başvurular"),
    ("refakat", "Refakat"),
    ("vardiya", "Vardiya"),
    ("ayarlar", "Ayarlar"),
    ("yazicilar", "Yazıcılar"),
)
"""Pages whose broken states are shown here; Danışma's own are in ``gallery_states``."""


def guide(tour: Any) -> Shown:
    """Rehber for a chosen service, searched, and with nothing found."""
    from desk.ui import person
    from desk.ui.staff.rehber import GuideSheet

    window = tour.windows["staff"]
    page = tour.page("danisma", "Birim veya konu")
    person.type_text(person.find(page, "Birim veya konu"), "nikah bas")
    tour.settle()
    yield "guide-search", window
    person.press(window, "F11")
    tour.wait(lambda: "sağlık raporu" in person.shown_text(window), "the guide does not open")
    yield "guide", window
    sheet = next(one for one in window.findChildren(GuideSheet) if one.isVisible())
    sheet.search.edit.selectAll()
    person.type_text(sheet.search.edit, "qqq")
    tour.settle()
    yield "guide-nothing", window
    person.press(window, "Escape")
    person.press(window, "Escape")
    tour.settle()


def messages(tour: Any) -> Shown:
    """The ready messages, and one that came."""
    from desk.actions import messages as actions
    from desk.ui import person

    window = tour.windows["staff"]
    tour.office.take_counter(0)
    tour.page("danisma", "Birim veya konu")
    yield from covered(tour, "messages-send", "Alt+H")
    sent = actions.send(tour.contexts["kiosk"], 0, 3, 0)
    tour.wait(lambda: "Banko 3:" in person.shown_text(window), "the message does not come")
    yield "messages-come", window
    actions.seen(tour.ctx, sent.id)
    tour.office.take_counter(3)
    tour.settle()
    without_toasts(window)


def cards(tour: Any) -> Shown:
    """Visitor cards: the field with who is inside, the evacuation list, and both without anybody."""
    from desk.actions import settings, visitor_cards
    from desk.registry.setting_fields import Change
    from desk.ui import person

    window = tour.windows["staff"]
    one = settings.sheet(tour.ctx, "pencere").records[0]
    settings.save(tour.ctx, [Change(one.key, "window.cards", False, True)])
    tour.page("danisma", "Birim veya konu")
    tour.wait(lambda: window.cards.used, "the cards are not switched on")
    yield from covered(tour, "cards-none", "Alt+Z")
    for number, place in (("017", "İmar ve Şehircilik · 2. kat"), ("024", "Evlendirme · 1. kat, oda 112"), ("031", "")):
        visitor_cards.move(tour.ctx, number, place, 2 if place else 1)
    tour.wait(lambda: len(visitor_cards.copy(tour.ctx.data_dir).cards) == 3, "the copy does not follow")
    yield from covered(tour, "cards", "Alt+Z")
    person.press(window, "Ctrl+Shift+L")
    tour.wait(lambda: "gönderildi" in person.shown_text(window), "the list is not printed")
    yield "cards-inside", window
    person.press(window, "Escape")
    tour.settle()


def lock(tour: Any) -> Shown:
    """Covered details, the lock, and the question for a PIN."""
    from desk.ui import person
    from desk.ui.staff.lock import AskPin
    from desk.ui.staff.veil import Veil

    window = tour.windows["staff"]
    page = tour.page("danisma", "Birim veya konu")
    person.press(window, "Alt+K")
    person.type_text(person.find(page, "Ad soyad"), "Ayşe Yıldırım")
    tour.settle()
    veils = [Veil(part) for part in page.personal()]
    yield "lock-covered", window
    for veil in veils:
        veil.lift()
    person.press(window, "Escape")
    person.press(window, "Alt+K")
    window.lock()
    tour.settle()
    yield "lock", window
    ask = AskPin(window, "Vardiya Sorumlusu")
    ask.open()
    tour.settle()
    yield "lock-pin", window
    ask.refuse()
    tour.settle()
    yield "lock-pin-wrong", window
    ask.dismiss()
    person.press(window, "Return")
    tour.wait(lambda: not window.idle.locked, "the lock does not open")
    without_toasts(window)


def incident(tour: Any) -> Shown:
    """Olay: the choice of what happened, and the sheet with its steps; it is over when everybody looks elsewhere."""
    from desk.actions import surveys
    from desk.ui import person
    from desk.ui.staff.olay import IncidentSheet

    window = tour.windows["staff"]
    tour.page("danisma", "Birim veya konu")
    person.press(window, "Alt+O")
    tour.wait(lambda: "Kayıp çocuk" in person.shown_text(window), "the choice does not open")
    yield "olay", window
    person.press(window, "1")
    tour.wait(lambda: any(one.isVisible() for one in window.findChildren(IncidentSheet)), "the sheet does not open")
    yield "olay-sheet", window
    for event in surveys.incidents_open(tour.ctx):
        surveys.end_incident(tour.ctx, event.id, "112 ekibine teslim edildi.")
    person.press(window, "Escape")
    tour.settle()
    without_toasts(window)


def settings_pages(tour: Any) -> Shown:
    """The sub-pages of Ayarlar for all this."""
    window = tour.windows["staff"]
    page = tour.page("ayarlar", "Ayarlar")
    for code in ("rehber", "duyurular", "pencere", "cizelge"):
        page.show_subject(code)
        page.subjects.focus()
        tour.settle()
        yield f"settings-{code}", window
    page.show_subject("duyurular")
    tour.settle()
    page.add_record()
    tour.settle()
    yield "settings-duyurular-new", window
    page.drop()
    tour.settle()
    without_toasts(window)
    page.show_subject("yerleske")
    tour.settle()


def broken(tour: Any) -> Shown:
    """Every page with many waiting, without paper, and without the database."""
    from desk.actions import desk
    from desk.printing import ledger
    from desk.registry.types import AssistanceKind
    from desk.ui import person

    window, ctx = tour.windows["staff"], tour.ctx
    services = ("danisma", "talep", "evrak", "vergi", "vergi", "sosyal", "imar", "evlendirme")
    for at in range(WAITING):
        help_ = AssistanceKind.WHEELCHAIR if at % 7 == 0 else None
        desk.register_visit(ctx, desk.VisitRequest(str(uuid4()), services[at % len(services)], assistance=help_))
    printer = ctx.read(lambda s, _scope: ledger.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id))
    tour.office.take_counter(5)
    for name, title in PAGES:
        tour.page(name, title)
        yield f"busy-{name}", window
        set_printer(ctx, printer, "paper_out")
        window.current_page().load()
        window.office.counter_changed.emit()
        tour.wait(lambda: "ğıt bitti" in person.shown_text(window.strip), "the strip does not say that paper is out")
        yield f"no-paper-{name}", window
        set_printer(ctx, printer, "ready")
        with away(tour):
            window.current_page().load()
            window.office.counter_changed.emit()
            tour.wait(lambda: "ulaşılamıyor" in person.shown_text(window.strip), "nobody says the database is away")
            yield f"away-{name}", window
        without_toasts(window)
        window.current_page().load()
        window.office.counter_changed.emit()
        tour.settle()
    tour.office.take_counter(3)
    tour.settle()


NAMES: dict[Callable[[Any], Shown], tuple[str, ...]] = {
    guide: ("guide-search", "guide", "guide-nothing"),
    messages: ("messages-send", "messages-come"),
    cards: ("cards-none", "cards", "cards-inside"),
    lock: ("lock-covered", "lock", "lock-pin", "lock-pin-wrong"),
    incident: ("olay", "olay-sheet"),
    settings_pages: (
        "settings-rehber",
        "settings-duyurular",
        "settings-pencere",
        "settings-cizelge",
        "settings-duyurular-new",
    ),
    broken: tuple(f"{state}-{name}" for name, _ in PAGES for state in ("busy", "no-paper", "away")),
}

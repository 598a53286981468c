"""The states that ``desk gallery`` shows besides the plain pages: a filled form, many waiting, a printer without paper,
a database that is away, every step of the counter, of the kiosk and of the hall.

Each function is a generator: it brings a window into a state, gives its name, and goes on when it was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from desk import gallery_papers
from desk.errors import N_, Fault

Shown = Iterator[tuple[str, Any]]
"""The state's name, and the window that shows it."""

WAITING = 40
"""Visitors who come at once."""


@contextmanager
def away(tour: Any) -> Iterator[None]:
    """The database cannot be reached meanwhile."""
    db = tour.ctx.db

    def lost(*_given: Any, **_named: Any) -> Any:
        raise Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason="galeri")

    for name in ("read", "connect", "transaction", "write"):
        setattr(db, name, lost)
    try:
        yield
    finally:
        for name in ("read", "connect", "transaction", "write"):
            delattr(db, name)


# --- staff


def danisma(tour: Any) -> Shown:
    """A form with everything in it, the number given, the windows over the page."""
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("danisma", "Birim veya konu")
    person.type_text(person.find(page, "Birim veya konu"), "em")
    tour.settle()
    yield "danisma-search", window
    for keys in ("Return", "Alt+Up", "Alt+1", "Alt+R", "Alt+K"):
        person.press(window, keys)
    person.type_text(person.find(page, "Ad soyad"), "Şükrü Özbağ")
    number = tour.next_number("vergi")
    tour.wait(lambda: number in person.shown_text(page), "the slip preview does not follow the form")
    yield "danisma-form", window
    person.press(window, "F2")
    tour.wait(lambda: f"{number} verildi" in person.shown_text(window), "the toast does not say the number")
    yield "danisma-given", window
    without_toasts(window)
    yield from covered(tour, "danisma-more", "F12")
    yield from covered(tour, "danisma-keys", "Shift+F1")


def covered(tour: Any, name: str, keys: str) -> Shown:
    """What a key lays over the page."""
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, keys)
    tour.settle()
    yield name, window
    person.press(window, "Escape")
    tour.settle()


def busy(tour: Any) -> Shown:
    """Many come at once, and the printer has no paper."""
    from desk.actions import desk
    from desk.printing import ledger
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("danisma", "Birim veya konu")
    services = ("danisma", "talep", "evrak", "vergi", "vergi", "sosyal", "imar", "evlendirme")
    for at in range(WAITING):
        desk.register_visit(tour.ctx, desk.VisitRequest(str(uuid4()), services[at % len(services)]))
    page.load()
    tour.settle()
    yield "danisma-busy", window
    ctx = tour.ctx
    printer = ctx.read(lambda s, _scope: ledger.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id))
    set_printer(ctx, printer, "paper_out")
    page.load()
    window.office.counter_changed.emit()
    tour.wait(lambda: "ğıt bitti" in person.shown_text(page), "nothing says that the paper is out")
    tour.wait(lambda: "ğıt bitti" in person.shown_text(window.strip), "the strip does not say that paper is out")
    yield "danisma-no-paper", window
    set_printer(ctx, printer, "ready")
    without_toasts(window)


def set_printer(ctx: Any, printer: Any, state: str) -> None:
    """What the printer's thread writes when it sees it."""
    from sqlalchemy import update

    from desk.models.print_job import Printer

    with ctx.db.write() as session:
        session.execute(update(Printer).where(Printer.id == printer).values(state=state))


def lost(tour: Any) -> Shown:
    """Danışma while the database is away: the entry stays, and the page says what happened."""
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("danisma", "Birim veya konu")
    with away(tour):
        person.type_text(person.find(page, "Birim veya konu"), "em")
        person.press(window, "F2")
        window.office.counter_changed.emit()
        tour.wait(lambda: "ulaşılamıyor" in person.shown_text(window.strip), "nobody says that the database is away")
        yield "danisma-away", window
    without_toasts(window)
    person.press(window, "Escape")
    person.press(window, "Escape")
    window.office.counter_changed.emit()
    tour.settle()


def counter(tour: Any) -> Shown:
    """Banko: which one, closed, open, called, serving, one on hold, break."""
    from desk.actions import counter as actions
    from desk.ui import person

    window, office = tour.windows["staff"], tour.office
    office.take_counter(0)
    page = tour.page("banko", "Bu bilgisayar hangi banko?")
    yield "banko-choose", window
    office.take_counter(5)
    tour.wait(lambda: "Bankoyu aç" in person.shown_text(page), "the counter is not closed")
    yield "banko-closed", window
    actions.open_counter(tour.ctx, 5)
    tour.wait(lambda: "Çağrılan numara yok" in person.shown_text(page), "the counter did not open")
    yield "banko-open", window
    person.press(window, "Space")
    tour.wait(lambda: "Geldi" in person.shown_text(page), "nobody was called")
    yield "banko-called", window
    person.press(window, "B")
    tour.wait(lambda: "Devam et" in person.shown_text(page), "nobody is on hold")
    person.press(window, "Space")
    tour.wait(lambda: tour.at_counter(5) is not None, "nobody was called")
    tour.settle()
    person.press(window, "Return")
    tour.wait(lambda: tour.at_counter(5).state == "serving", "service did not begin")
    tour.clock.advance(minutes=4, seconds=12)
    tour.wait(lambda: "4 dk 12 sn" in person.shown_text(page), "the clock does not run")
    yield "banko-serving", window
    yield from covered(tour, "banko-transfer", "Y")
    yield from covered(tour, "banko-more", "F12")
    yield from _small_counter(tour)
    actions.finish(tour.ctx, tour.at_counter(5).ticket_id)
    actions.begin_break(tour.ctx, 5, "Çay molası")
    tour.wait(lambda: "Moladan dön" in person.shown_text(page), "the break is not shown")
    yield "banko-break", window
    office.take_counter(3)
    tour.settle()


def _small_counter(tour: Any) -> Shown:
    from desk.ui.staff.banko import BankoWindow

    small = BankoWindow(tour.office, stay_on_top=False)
    small.show()
    tour.settle()
    yield "banko-small", small
    small.hide()
    small.deleteLater()


def petition(tour: Any) -> Shown:
    """Evrak Kayıt: a form with everything in it, and what stands there after F2."""
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("evrak", "Ad soyad")
    for name, words in (
        ("Ad soyad", "Ayşe Yıldırım"),
        ("T.C. kimlik no", "10000000146"),
        ("Cadde, sokak ve kapı no", "Ihlamur Sk."),
        ("Konu özeti", "Gülbahçe Parkı yanındaki kaldırımın onarılması"),
    ):
        person.type_text(person.find(page, name), words)
    tour.wait(lambda: "A*** Y***" in person.shown_text(page), "the receipt preview does not follow the form")
    tour.wait(lambda: "Mükerrer olabilir" in person.shown_text(page), "the possible duplicate is not shown")
    yield "evrak-form", window
    before = tour.petitions()[0].id
    person.press(window, "F2")
    tour.wait(lambda: tour.petitions()[0].id != before, "F2 registered nothing")
    tour.settle()
    yield "evrak-registered", window
    without_toasts(window)


def escort(tour: Any) -> Shown:
    """Refakat: a new request, and the page of keys."""
    tour.page("refakat", "Refakat")
    yield from covered(tour, "refakat-new", "Ctrl+N")
    yield from covered(tour, "refakat-keys", "Shift+F1")


NAMES: dict[Callable[[Any], Shown], tuple[str, ...]] = {
    danisma: ("danisma-search", "danisma-form", "danisma-given", "danisma-more", "danisma-keys"),
    busy: ("danisma-busy", "danisma-no-paper"),
    lost: ("danisma-away",),
    counter: (
        "banko-choose", "banko-closed", "banko-open", "banko-called", "banko-serving", "banko-transfer",
        "banko-more", "banko-small", "banko-break",
    ),
    petition: ("evrak-form", "evrak-registered"),
    gallery_papers.printers: ("yazicilar-new", "yazicilar-edit"),
    gallery_papers.papers: ("evrak-tender", "evrak-letter", "evrak-opened"),
    gallery_papers.applications: (
        "basvurular-opened", "basvurular-new", "basvurular-petition", "basvurular-tools", "basvurular-import",
        "basvurular-calls-empty", "basvurular-calls", "basvurular-ebys", "basvurular-ebys-file", "basvurular-leave",
        "basvurular-register",
    ),
    escort: ("refakat-new", "refakat-keys"),
}  # fmt: skip


def without_toasts(window: Any) -> None:
    from desk.ui.widgets import toasts

    toasts(window).clear()

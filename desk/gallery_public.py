"""The states of kiosk and hall that ``desk gallery`` shows.

Each function is a generator as in ``gallery_states``: it brings a window into a state, gives its name, and goes on when
it was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from desk.gallery_states import away

Shown = Iterator[tuple[str, Any]]

NEVER_MS = 24 * 3_600_000
"""Nobody touches the kiosk of the pictures: it must not go back to its start by itself."""


def kiosk(tour: Any, window: Any, visitor: Any, *, whole: bool = True, rare: bool = False) -> Shown:
    """The pages of the kiosk as this visitor sees them (not ``whole``: the main ones; ``rare``: also those of unusual
    days); the start page at the end. Every visitor finds the forecasts of that moment, and leaves no number behind."""
    from desk.ui.kiosk import offer as offers
    from desk.ui.kiosk.offer import Closed

    def again() -> None:
        window.start()
        window.visitor = visitor
        window._first_step()
        tour.settle()

    window._idle.setInterval(NEVER_MS)
    offer = offers.load(window.office.ctx)
    window.offer = replace(offer, news=())
    again()
    yield "home", window
    for step in ("services", "priority"):
        window._asked(step)
        yield step, window
    window.choose("evrak")
    tour.wait(lambda: window.step == "done", "the kiosk gave no number")
    tour.wait(lambda: window.paper.now == "printed", "the slip does not come")
    yield "number", window
    if rare:
        yield from _kiosk_unusual(tour, window, again)
    _take_back(tour)
    again()
    if not visitor.lowered:  # what is said on these stands where it always does
        window.call_help("Kiosk")
        tour.wait(lambda: window.step == "help", "no help comes")
        yield "help", window
        window._no_help()
        again()
    if whole:
        yield from _kiosk_pages(window)
        yield from _kiosk_rest(window)
    if not visitor.lowered:
        opens = _next_morning(window.office.ctx.now())
        window.offer = replace(window.offer, closed=Closed("hours", opens_at=opens))
        window._go("closed", window._closed_page)
        yield "closed", window
    window.offer = offer
    window.start()
    tour.settle()


def _take_back(tour: Any) -> None:
    """The visitor of the pictures was never there: the next one finds the same number of people waiting."""
    from sqlalchemy import select

    from desk.actions import desk
    from desk.models.ticket import Ticket

    newest = select(Ticket.visit_id).order_by(Ticket.issued_at.desc(), Ticket.id.desc()).limit(1)
    desk.undo_visit(tour.ctx, tour.ctx.read(lambda s, _scope: s.execute(newest).scalar_one()))


def _kiosk_unusual(tour: Any, window: Any, again: Any) -> Shown:
    """A slip that does not come, a service without numbers, an emergency, a closed day."""
    from desk.registry.incident_kinds import IncidentKind
    from desk.ui.kiosk.offer import Closed
    from desk.ui.kiosk.paper import Paper

    window._page.set_paper(Paper.TROUBLE)
    yield "no-slip", window
    offer = window.offer
    full = tuple(replace(one, shut="full") if one.service.code == "talep" else one for one in offer.queues)
    window.offer = replace(offer, queues=full)
    again()
    yield "home-full", window
    window.watch.now = _emergency(IncidentKind.EVACUATION)
    window._go("emergency", window._emergency_page)
    yield "emergency", window
    window.watch.now = None
    opens = _next_morning(window.office.ctx.now())
    window.offer = replace(offer, closed=Closed("closed_day", "Bayram köprüsü", "bridge", opens))
    window._go("closed", window._closed_page)
    yield "closed-day", window
    window.offer = offer


def _next_morning(now: datetime) -> datetime:
    """Eight o'clock of tomorrow, as the site's clock says it."""
    from desk.clock import local

    return (local(now) + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


_NEWS = {
    "tr": "28 Kasım Cumartesi günü Halk Günü’nde Başkanımız sizi dinliyor.",
    "en": "The Mayor listens to you on Public Day, Saturday 28 November.",
    "ru": "В субботу, 28 ноября, в День горожанина вас выслушает глава муниципалитета.",
    "de": "Am Bürgertag, Samstag, 28. November, hört Ihnen der Bürgermeister zu.",
}
"""What is announced; in Arabic, as at most sites, it is not translated and reads in Turkish."""


def _kiosk_pages(window: Any) -> Shown:
    """What is not a number: where an application stands, the privacy notice, announcements, the survey, four keys."""
    said = {"ar": _NEWS["tr"], **_NEWS}
    window.offer = replace(window.offer, news=tuple((lang, (words,)) for lang, words in said.items()))
    window._first_step()
    yield "home-news", window
    for step in ("more", "appointment", "status", "survey", "news", "privacy"):
        window._asked(step)
        yield step, window
    window.status._code_given("23456789")
    yield "status-number", window
    window.status._show(_standing())
    yield "standing", window
    visitor = window.visitor
    window.visitor = replace(visitor, simple=True)
    window._first_step()
    yield "simple", window
    window._asked("services")
    yield "simple-services", window
    window.visitor = visitor
    window._first_step()


def _standing() -> Any:
    """An application under way, with something missing: the fullest card."""
    from datetime import date

    from desk.registry.application_types import CitizenStatus
    from desk.registry.types import ApplicationState, Missing

    day, due = date(2026, 11, 20), date(2026, 12, 20)
    unit = "Ruhsat ve Denetim Müdürlüğü"
    return CitizenStatus(
        "2026/004218",
        ApplicationState.REFERRED,
        unit,
        day,
        due,
        False,
        False,
        (Missing.SIGNATURE, Missing.ADDRESS),
        date(2026, 12, 18),
    )


def _kiosk_rest(window: Any) -> Shown:
    """Questions, troubles and the staff's page."""
    from desk.ui.kiosk import notice
    from desk.ui.kiosk.words import ServiceFull

    window._ask_whether_here()
    yield "still", window
    window._go("away", notice.away)
    yield "trouble", window
    window._refused(ServiceFull("Talep, öneri, şikâyet", _next_morning(window.office.ctx.now())))
    yield "full", window
    window.ask_staff()
    yield "leave", window


def hall(tour: Any, window: Any) -> Shown:
    """The hall with nothing new, with a call (in another language, too), while the database is away, on a closed day
    and during an emergency."""
    from desk.actions import counter as actions
    from desk.registry.incident_kinds import IncidentKind
    from desk.ui import person

    yield "quiet", window
    actions.open_counter(tour.ctx, 5)
    called = actions.call_next(tour.ctx, 5)
    assert called is not None
    tour.wait(lambda: called.number in person.shown_text(window), "the hall does not show the call")
    yield "call", window
    call = window.calls.current
    window.calls.current = replace(call, lang="de")
    window._show_calls()
    yield "call-de", window
    window.calls.current = call
    window._show_calls()
    with away(tour):
        window.look_up()
        tour.wait(lambda: "güncellenemiyor" in person.shown_text(window), "nobody says that the database is away")
        window.calls._since = float("-inf")  # the call had its time
        window.tell_time()
        yield "away", window
    window.look_up()
    tour.wait(lambda: "güncellenemiyor" not in person.shown_text(window), "the database does not come back")
    yield from _second_hall(window)
    yield from _shut_hall(window)
    for name, kind in (("emergency", IncidentKind.EVACUATION), ("emergency-health", IncidentKind.HEALTH)):
        window.emergency.show_emergency(_emergency(kind))
        yield name, window
    window.emergency.turn()
    yield "emergency-ar", window
    window.emergency.show_emergency(None)


def _second_hall(window: Any) -> Shown:
    """Another display of the building, with the services of its own hall."""
    from desk.ui.hall import news

    settings, board = window.settings, news.board(window.office.ctx).board
    own = frozenset(one.service.id for one in board.waiting if one.service.code in ("imar", "evlendirme", "vergi"))
    window._net.stop()
    window._tick.stop()
    window.flasher.stop()
    window.current.set_lit(True)
    for services in (own, settings.services):
        window.settings = replace(settings, services=services)
        window.calls.begin(window._ours(board.calls), (), board.cursor, window.office.ctx.now())
        window._show_calls()
        window._show_waiting(board.waiting)
        if services == own:
            yield "second", window
    window._net.start()
    window._tick.start()


def _shut_hall(window: Any) -> Shown:
    """A closed day with everything there is to say of it; the clock of the window stands meanwhile."""
    from desk.ui.kiosk.offer import Closed

    now, call = window.office.ctx.now(), window.calls.current
    window._net.stop()
    window._tick.stop()
    window._closed = Closed("closed_day", "Bayram köprüsü", "bridge", _next_morning(now))
    window._waits, window.calls.current = False, None
    window._tell_closed(now)
    yield "closed", window
    window._closed, window.calls.current = None, call
    window._tell_closed(now)
    window._net.start()
    window._tick.start()


def _emergency(kind: Any) -> Any:
    from desk.registry import emergency

    return emergency.Emergency(uuid4(), *emergency._WORDS[kind])

"""What Danışma does now and then, behind one key: manual numbers, appointments, numbers given against a limit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import shiboken6
from PySide6.QtCore import QObject

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.text import clock_time
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.picker import Picker
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, Option, Text, Timeline
from desk.ui.widgets.timeline import Moment

if TYPE_CHECKING:
    from desk.actions.appointments import Booking
    from desk.actions.requests import Registered
    from desk.actions.reserved import Entered, Handed, Taken
    from desk.queue.appointments import Appointment
    from desk.queue.overrides import Override
    from desk.ui.staff.danisma_appointments import BookOverlay, CheckInOverlay
    from desk.ui.staff.danisma_hand import EnterOverlay

tr = translator()

WORK = (
    ("check_in", N_("Randevulu ziyaretçi geldi"), "calendar", N_("Kodla numara verir")),
    ("book", N_("Randevu ver"), "calendar", N_("Gün ve saat; ziyaretçiye kod verilir")),
    ("reserve", N_("Elle verilecek numaraları ayır"), "printer", N_("Elektrik kesintisine karşı, yazdırır")),
    ("enter", N_("Elle verilenleri işle"), "check", N_("Tek adımda; kalanlar iptal edilir")),
    ("limits", N_("Sınır aşılarak verilenler"), "info", N_("Bugünün gerekçeleri")),
    ("guide", N_("Rehber"), "document", N_("F11 · gereken belgeler, süre, ücret ve yer")),
    ("messages", N_("İleti gönder"), "comment", N_("Alt+H · bankoya ya da başka bir masaya")),
    ("incident", N_("Olay bildir"), "alarm", N_("Alt+O · sağlık, kayıp çocuk, güvenlik, tahliye")),
)


class MoreWork(QObject):
    """``ask()`` shows the list; each piece of work is an overlay of its own. It speaks through its page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._service = ""
        self.given: Any = None  # told of a number given by appointment

    def ask(self, service_code: str = "") -> None:
        """Show what there is to do; ``service_code`` is the service chosen in the form, if any."""
        self._service = service_code
        options = [Option(name, tr(label), icon, tr(note)) for name, label, icon, note in WORK]
        picker = Picker(self._page.window(), tr(N_("Diğer işlemler")), options)
        picker.picked.connect(self.begin)
        self.cover(picker)

    def begin(self, name: str) -> None:
        """One piece of work by its name in ``WORK``."""
        {
            "check_in": self._begin_check_in,
            "book": self._begin_booking,
            "reserve": self._begin_reserving,
            "enter": self._begin_entering,
            "limits": self._show_limits,
            "guide": lambda: self._page.window().show_guide(),
            "messages": lambda: self._page.window().messages.ask(),
            "incident": lambda: self._page.window().incidents.ask(),
        }[name]()

    def cover(self, overlay: Overlay) -> None:
        """Lay an overlay over the page's window."""
        cover = getattr(self._page.window(), "show_overlay", None)
        if cover is not None:
            cover(overlay)
        else:
            overlay.open()

    def _ctx(self) -> Any:
        return self._page.office.ctx

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(tr))

    def _refused(self, overlay: Any, error: DeskError) -> None:
        """In the form that asked; when it was closed meanwhile, as a message."""
        if shiboken6.isValid(overlay) and overlay.isVisible():
            overlay.refuse(error.text(tr))
        else:
            self._failed(error)

    def _say(self, words: str) -> None:
        self._page.said.emit(words, None)
        self._page.reload_soon()

    # --- manual numbers

    def _begin_reserving(self) -> None:
        from desk.queue import catalog
        from desk.ui.staff.danisma_hand import ReserveOverlay

        ctx = self._ctx()

        def show(services: Any) -> None:
            overlay = ReserveOverlay(self._page.window(), services)
            overlay.wanted.connect(self._reserve)
            self.cover(overlay)

        tasks.read(self, lambda: ctx.read(catalog.services), show)

    def _reserve(self, code: str, count: int) -> None:
        from desk.actions import reserved
        from desk.ui.staff.danisma_hand import EVERY, taken_words

        ctx, key = self._ctx(), uuid4().hex

        def act() -> tuple[Taken, ...]:
            if code == EVERY:
                return reserved.reserve_all(ctx, count, key)
            return (reserved.reserve(ctx, code, count, key),)

        tasks.run(self, act, lambda taken: self._say(taken_words(taken)), self._failed)

    def _begin_entering(self) -> None:
        from desk.queue import reserved
        from desk.ui.staff.danisma_hand import EnterOverlay

        ctx = self._ctx()

        def show(blocks: Any) -> None:
            overlay = EnterOverlay(self._page.window(), blocks, ctx.now())
            overlay.wanted.connect(partial(self._enter, overlay))
            self.cover(overlay)

        tasks.read(self, lambda: ctx.read(reserved.blocks), show)

    def _enter(self, overlay: EnterOverlay, handed: Handed) -> None:
        from desk.actions import reserved
        from desk.ui.staff.danisma_hand import entered_words

        ctx = self._ctx()

        def done(entered: Entered) -> None:
            _away(overlay)
            self._say(entered_words(entered))

        tasks.run(self, lambda: reserved.enter(ctx, handed), done, partial(self._refused, overlay))

    # --- appointments

    def _begin_booking(self) -> None:
        from desk.queue import catalog
        from desk.ui.staff.danisma_appointments import BookOverlay

        ctx, chosen = self._ctx(), self._service

        def show(services: Any) -> None:
            overlay = BookOverlay(self._page.window(), services, chosen, uuid4().hex, ctx.now())
            overlay.wanted.connect(partial(self._book, overlay))
            self.cover(overlay)

        tasks.read(self, lambda: ctx.read(catalog.services), show)

    def _book(self, overlay: BookOverlay, booking: Booking) -> None:
        from desk.actions import appointments
        from desk.ui.staff.danisma_appointments import BookedOverlay

        ctx = self._ctx()

        def done(made: Appointment) -> None:
            _away(overlay)
            self.cover(BookedOverlay(self._page.window(), made))

        tasks.run(self, lambda: appointments.book(ctx, booking), done, partial(self._refused, overlay))

    def _begin_check_in(self) -> None:
        from desk.actions import appointments
        from desk.ui.staff.danisma_appointments import CheckInOverlay

        ctx = self._ctx()

        def show(today: Any) -> None:
            overlay = CheckInOverlay(self._page.window(), today)
            overlay.wanted.connect(partial(self._check_in, overlay))
            self.cover(overlay)

        tasks.read(self, lambda: appointments.of_day(ctx), show)

    def _check_in(self, overlay: CheckInOverlay, code: str) -> None:
        from desk.actions import appointments

        ctx = self._ctx()

        def done(made: Registered) -> None:
            _away(overlay)
            if self.given is not None:
                self.given(made)

        tasks.run(self, lambda: appointments.check_in(ctx, code), done, partial(self._refused, overlay))

    # --- numbers given against a limit

    def _show_limits(self) -> None:
        from desk.queue import overrides

        ctx = self._ctx()
        tasks.read(
            self,
            lambda: ctx.read(overrides.of_day),
            lambda found: self.cover(LimitsOverlay(self._page.window(), found)),
        )


def _away(overlay: Overlay) -> None:
    """Close it unless the person did so while the database worked."""
    if shiboken6.isValid(overlay) and overlay.isVisible():
        overlay.dismiss()


class LimitsOverlay(Overlay):
    """Today's numbers that were given against a limit, with their reasons."""

    def __init__(self, window: Any, found: tuple[Override, ...]) -> None:
        super().__init__(window, tr(N_("Sınır aşılarak verilenler")), width=560)
        if not found:
            words = tr(N_("Bugün sınır aşılarak numara verilmedi."))
            self.body.addWidget(Text(words, "body", "ink_2", wrap=True))
        else:
            rows = Timeline(tr(N_("Sınır aşılarak verilenler")))
            rows.set_moments([_moment(one) for one in found])
            self.body.addWidget(Scroller(rows), 1)
        self.done = Button(tr(N_("Kapat")), key="Esc")
        self.done.clicked.connect(self.dismiss)
        self.body.addWidget(self.done)

    def first_focus(self) -> Any:
        return self.done


def _moment(one: Override) -> Moment:
    from desk.queue.overrides import LIMIT_NAMES

    title = f"{one.number} · {tr(LIMIT_NAMES[one.limit])}"
    return Moment("info", title, f"{one.reason} · {one.staff}", clock_time(one.at))

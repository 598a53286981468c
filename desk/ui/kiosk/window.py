"""The kiosk: one window, one page per step, back to the start by itself.

Everything a visitor chose (language, contrast, size) is forgotten when they are gone. The window cannot be closed by
whoever stands before it; leaving needs a staff code (a long press in the upper left corner, or Ctrl+Shift+Q).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent

from desk.errors import N_
from desk.ui.emergency_watch import SECOND_LANGUAGE, EmergencyWatch
from desk.ui.kiosk import notice, words
from desk.ui.kiosk.appointment import AppointmentPage
from desk.ui.kiosk.deeds import KioskDeeds
from desk.ui.kiosk.frame import LANDSCAPE, PORTRAIT
from desk.ui.kiosk.home import HomePage
from desk.ui.kiosk.leave import LeavePage
from desk.ui.kiosk.lock import Lock
from desk.ui.kiosk.more import MorePage
from desk.ui.kiosk.notice import NoticePage
from desk.ui.kiosk.offer import Offer
from desk.ui.kiosk.offer_feed import OfferFeed
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.reading_steps import ReadingSteps
from desk.ui.kiosk.services import ServicesPage
from desk.ui.kiosk.simple import SimplePage
from desk.ui.kiosk.status_steps import StatusSteps
from desk.ui.kiosk.survey_steps import SurveySteps
from desk.ui.kiosk.visitor import Visitor
from desk.ui.kiosk.words import Notice
from desk.ui.staff.wedge import Wedge
from desk.ui.voice import Voice

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.registry.emergency import Emergency
    from desk.ui.office import Office

__all__ = ["LANDSCAPE", "PORTRAIT", "KioskWindow"]

IDLE_MS = 60_000
"""Without a touch for so long, the next person finds the start page."""

ASK_SECONDS = 15
"""How long "Devam etmek istiyor musunuz?" waits for an answer."""

LOUDER, SOFTER = (Qt.Key.Key_Plus, Qt.Key.Key_VolumeUp), (Qt.Key.Key_Minus, Qt.Key.Key_VolumeDown)

BEGUN = frozenset({"services", "priority", "appointment", "more", "status", "status-number", "reading"})
"""Steps of somebody who may only be slow: asked before the screen goes back."""

OFFERING = frozenset({"home", "closed", "survey"}) | BEGUN
"""Steps that a database which is away ends."""

STARTING = frozenset({"home", "services", "priority", "survey", "more", "closed", "status", "standing"})
"""Steps where the first key of a keypad starts the voice."""

HOMEWARD = {"status-number": "status"}
"""Where Esc leads from a step, when not home."""


class KioskWindow(KioskDeeds):
    """``KioskWindow(office)``; without an office it asks for a moment's patience until ``take_office()``.

    ``exit_code`` leaves the kiosk; without one every active staff code of the site does. ``locked`` False (the demo)
    lets the window be closed like any other. ``steady``: seconds of a clock that never jumps.
    """

    def __init__(
        self,
        office: Office | None = None,
        *,
        exit_code: str = "",
        locked: bool = True,
        steady: Callable[[], float] = time.monotonic,
        voice: Voice | None = None,
    ) -> None:
        super().__init__(steady, voice)
        self._exit_code, self._locked = exit_code, locked
        self._emergency_read = self._touched = False
        self._wire()
        self.start()
        if office is not None:
            self.take_office(office)

    def _wire(self) -> None:
        self.guide.ended.connect(self._idle_again)
        self._idle = self._timer(IDLE_MS, self.idle, single=True)
        self.watch = EmergencyWatch(self, lambda: (SECOND_LANGUAGE, self.visitor.lang))
        self.watch.changed.connect(self._emergency_changed)
        self.watch.say.connect(self.guide.alarm)
        self.survey = SurveySteps(self, go=self._go, tell=self._notice)
        self.status, self.reading = StatusSteps(self), ReadingSteps(self)
        self.feed = OfferFeed(self)
        self.feed.taken.connect(self._take_offer)
        self.feed.lost.connect(self._lost)
        self.touch.touched.connect(self.touched)
        self.touch.escaped.connect(self._escaped)
        self.touch.staff_wanted.connect(self.ask_staff)
        self.touch.answered = self._key_used
        self.touch.scanner = Wedge(self.status.scanned, strange=self.status.strange)
        self.lock = Lock(self)
        if self._locked:
            self.lock.close()

    def take_office(self, office: Office) -> None:
        """The database is there."""
        self.office = office
        self.feed.follow(office)
        self.watch.follow(office)

    # --- steps

    def start(self) -> None:
        """The start page, as the next person finds it: language, contrast and sizes are as usual again."""
        self.visitor = Visitor()
        self.guide.end()
        self._key = secrets.token_hex(8)
        self._coming = None
        self._emergency_read = self._touched = False
        self._first_step()

    def _first_step(self) -> None:
        """The first page that is true now, for whoever stands here."""
        if self.watch.now is not None and (self.watch.now.closes or not self._emergency_read):
            self._go("emergency", self._emergency_page)
        elif self.feed.state == "wait":
            self._go("wait", notice.waiting)
        elif self.feed.state == "away":
            self._go("away", notice.away)
        elif not self.offer.open:
            self._go("closed", self._closed_page)
        else:
            self._go("home", self._home_page)

    def _go(self, step: str, make: Callable[[Stage], KioskPage]) -> None:
        """Show a step; ``make`` builds its page anew whenever language, look or size change."""
        if step != "done":
            self._forget_paper()
        self.step, self._make = step, make
        self.touch.page_turned()
        self._rebuild(keep_focus=False)

    def _asked(self, where: str) -> None:
        """A page asks for another step."""
        if self._busy:
            return
        leads: dict[str, Callable[[], None]] = {
            "start": self.start,
            "home": self._first_step,
            "services": lambda: self._services("services", 0),
            "priority": lambda: self._services("priority", 0),
            "appointment": lambda: self._go("appointment", self._appointment_page),
            "survey": self.survey.begin,
            "status": self.status.begin,
            "more": lambda: self._go("more", MorePage),
            "privacy": lambda: self.reading.privacy(self.step),
            "news": lambda: self.reading.news(self.step),
            "simple": lambda: self._simple(),
            "help": lambda: self.call_help("Kiosk"),
        }
        leads[where]()

    def _simple(self) -> None:
        self.visitor = replace(self.visitor, simple=True)
        self._first_step()

    def _services(self, step: str, leaf: int) -> None:
        def make(stage: Stage) -> KioskPage:
            page = ServicesPage(stage, priority=step == "priority", leaf=leaf)
            page.chosen.connect(lambda code: self.choose(code, priority=step == "priority"))
            page.turned.connect(lambda leaf: self._services(step, leaf))
            return page

        self._go(step, make)

    def _home_page(self, stage: Stage) -> KioskPage:
        if stage.visitor.simple:
            return SimplePage(stage)
        page = HomePage(stage)
        page.chosen.connect(self.choose)
        return page

    def _appointment_page(self, stage: Stage) -> KioskPage:
        page = AppointmentPage(stage)
        page.given.connect(self.check_in)
        return page

    def _emergency_page(self, stage: Stage) -> KioskPage:
        assert self.watch.now is not None
        page = notice.emergency(stage, self.watch.now)
        page.extra_pressed.connect(self._emergency_was_read)
        return page

    def _emergency_was_read(self) -> None:
        """Whoever has read it may go on, unless the building is being left; the next person reads it again."""
        self._emergency_read = True
        self._first_step()

    def _emergency_changed(self, emergency: Emergency | None) -> None:
        """Over whatever is shown, except a number just taken, which goes on being shown until its end (and is printed)
        unless everybody has to leave."""
        self._emergency_read = False
        if emergency is None:
            if self.step == "emergency":
                self.guide.hush()
                self.start()
        elif emergency.closes or self.step not in ("done", "leave"):
            self._first_step()

    def _closed_page(self, stage: Stage) -> KioskPage:
        assert self.office is not None
        return notice.closed(stage, self.office.ctx.now())

    def show_error(self, sentence: str) -> None:
        """An unexpected error was logged; a visitor needs to know only where to go."""
        self._notice("refused", words.no_numbers(self.offer, self.tr_))

    # --- leaving

    def ask_staff(self) -> None:
        """The page that asks for a staff code."""

        def make(stage: Stage) -> KioskPage:
            page = LeavePage(stage)
            page.entered.connect(lambda code: self._try_code(page, code))
            return page

        self._go("leave", make)

    def _try_code(self, page: LeavePage, code: str) -> None:
        known = {self._exit_code} if self._exit_code else self.offer.staff_codes
        if any(secrets.compare_digest(code.encode(), one.encode()) for one in known):
            self.leave()
        else:
            page.refuse()

    def leave(self) -> None:
        """Close for good (the staff code was right, or the program ends)."""
        self._locked = False
        self.lock.open()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._locked:
            event.ignore()
        else:
            super().closeEvent(event)

    # --- react

    def touched(self) -> None:
        """Somebody is here: the way back to the start waits, and it is light."""
        self._touched = True
        self._idle.start()
        self._night.hide()
        if self._page is not None and self._page.countdown is not None:
            self._page.countdown.pause()

    @property
    def _somebody(self) -> bool:
        return self._touched

    def _escaped(self) -> None:
        if self.step in HOMEWARD:
            self._asked(HOMEWARD[self.step])
        else:
            self._asked("home" if self.step in BEGUN | {"survey"} else "start")

    def idle(self) -> None:
        """Nobody has touched the screen for a while: who has begun something is asked first."""
        if self._busy or self.guide.speaking or self.step == "emergency":
            self._idle.start()
        elif self.step == "survey":
            self.survey.finish(thanks=False)
        elif self.step in BEGUN or (self.step == "home" and self.visitor != Visitor()):
            self._ask_whether_here()
        else:
            self.start()

    def _ask_whether_here(self) -> None:
        tr, step, make = self.tr_, self.step, self._make
        said = Notice(tr(N_("Devam etmek istiyor musunuz?")), tr(N_("Ekran birazdan başa dönecek.")), "question")

        def ask(stage: Stage) -> KioskPage:
            page = NoticePage(
                stage,
                said,
                finish=self.tr_(N_("Bitir")),
                extra=self.tr_(N_("Devam et")),
                seconds=ASK_SECONDS,
                go_on=True,
                stuck=True,
            )
            page.extra_pressed.connect(lambda: self._go(step, make))
            return page

        self._go("still", ask)

    def _idle_again(self) -> None:
        """Something was read out: the time to answer begins now."""
        self._idle.start()

    def _key_used(self, key: int, text: str) -> bool:
        """A keypad is in use: the first key starts the voice, any key interrupts it, F1 repeats, + and − set it.
        Letters and digits are written, by hands or by a scanner, and start nothing."""
        self.guide.hush()
        if not self.guide.available or self.step == "leave":
            return False
        written = text.isalnum()
        if not self.visitor.aloud and not written and self.step in STARTING:
            self.visitor = replace(self.visitor, aloud=True)
            self._rebuild()
        elif key in (Qt.Key.Key_F1, Qt.Key.Key_Help):
            self.guide.repeat()
        elif key in LOUDER or key in SOFTER:
            self.guide.louder(1 if key in LOUDER else -1)
        else:
            return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.second.start()
        self._idle.start()
        self.feed.start()
        self.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.stop()
        self.watch.stop()
        self.guide.end()
        for timer in (self.second, self._idle, self.touch.corner):
            timer.stop()

    # --- load

    def load(self) -> None:
        self.feed.load()

    def _take_offer(self, new: Offer) -> None:
        old, self.offer = self.offer, new
        other = new.shape() != old.shape()
        if self.step in ("wait", "away") or (other and self.step in ("home", "closed", "more")):
            self._first_step()
        elif self.step == "closed" and new.opens_at != old.opens_at:
            self._rebuild()
        elif self._page is not None:
            self._page.set_queues(new.queues)

    def _lost(self) -> None:
        """The database is away: say so where a number would be offered."""
        if self.step == "wait" or self.step in OFFERING - {"reading"}:
            self._first_step()

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

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind
from desk.ui import tasks
from desk.ui.emergency_watch import EmergencyWatch
from desk.ui.kiosk import answers, notice, offer, words
from desk.ui.kiosk.appointment import AppointmentPage
from desk.ui.kiosk.done import DonePage
from desk.ui.kiosk.guide import Guide
from desk.ui.kiosk.home import HomePage
from desk.ui.kiosk.leave import LeavePage
from desk.ui.kiosk.notice import BACK_SECONDS, NoticePage
from desk.ui.kiosk.offer import Offer
from desk.ui.kiosk.offer_feed import OfferFeed
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.paper import PaperWatch
from desk.ui.kiosk.parts import Veil
from desk.ui.kiosk.services import ServicesPage
from desk.ui.kiosk.survey_steps import SurveySteps
from desk.ui.kiosk.touch import Touch
from desk.ui.kiosk.visitor import Visitor
from desk.ui.kiosk.words import Notice
from desk.ui.theme import HIGH_CONTRAST, LIGHT, Look, dress, load_fonts
from desk.ui.voice import Voice
from desk.ui.widgets import painting, ring_of

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.actions.escort import Coming
    from desk.registry.emergency import Emergency
    from desk.ui.office import Office

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
"""The pictures that all measures belong to."""

IDLE_MS = 60_000
"""Without a touch for so long, the next person finds the start page."""

ASK_SECONDS = 15
"""How long "Devam etmek istiyor musunuz?" waits for an answer."""

SLOW_MS = 400
"""An answer that takes longer is asked patience for."""


LOUDER, SOFTER = (Qt.Key.Key_Plus, Qt.Key.Key_VolumeUp), (Qt.Key.Key_Minus, Qt.Key.Key_VolumeDown)

CHOOSING = frozenset({"home", "services", "priority", "survey", "leave"})
"""Steps where the first key is ready for Enter."""


class KioskWindow(QFrame):
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
        super().__init__()
        load_fonts()
        self.office: Office | None = None
        self.offer = offer.NOTHING_YET
        self.visitor = Visitor()
        self.step = ""
        self.tr_ = translator()
        self._exit_code, self._locked = exit_code, locked
        self._page: KioskPage | None = None
        self._make: Callable[[Stage], KioskPage] = notice.waiting
        self._busy = False
        self.paper: PaperWatch | None = None
        self._coming: Coming | None = None
        self._key = secrets.token_hex(8)
        self._look = Look(LIGHT)
        self.setWindowTitle("Danışma kiosk")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        # The screen decides the size and the page follows; never the other way round.
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(*PORTRAIT)
        self._wire(steady, voice)
        dress(self, self._look)
        self.start()
        if office is not None:
            self.take_office(office)

    def _wire(self, steady: Callable[[], float], voice: Voice | None) -> None:
        self.guide = Guide(voice or Voice(self), self)
        self.guide.ended.connect(self._idle_again)
        self._idle = self._timer(IDLE_MS, self.idle, single=True)
        self.second = self._timer(1000, self.tick)
        self.watch = EmergencyWatch(self, lambda: (self.visitor.lang,))
        self.watch.changed.connect(self._emergency_changed)
        self.watch.say.connect(self.guide.alarm)
        self.survey = SurveySteps(self, go=self._go, tell=self._notice)
        self.feed = OfferFeed(self)
        self.feed.taken.connect(self._take_offer)
        self.feed.lost.connect(self._lost)
        self._resized = self._timer(0, self._rebuild, single=True)
        self._slow = self._timer(SLOW_MS, self._cover, single=True)
        self._veil = Veil(self)
        self.touch = Touch(self, steady)
        self.touch.touched.connect(self.touched)
        self.touch.escaped.connect(self._escaped)
        self.touch.staff_wanted.connect(self.ask_staff)
        self.touch.answered = self._key_used
        self.touch.walked.connect(self.guide.key)

    def _timer(self, interval: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=single)
        timer.timeout.connect(slot)
        return timer

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
        self._emergency_read = False
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
        if where == "start":
            self.start()
        elif where == "home":
            self._first_step()
        elif where in ("services", "priority"):
            self._services(where, 0)
        elif where == "appointment":
            self._go("appointment", self._appointment_page)
        elif where == "survey":
            self.survey.begin()
        elif where == "help":
            self.call_help("Kiosk")

    def _services(self, step: str, leaf: int) -> None:
        def make(stage: Stage) -> KioskPage:
            page = ServicesPage(stage, priority=step == "priority", leaf=leaf)
            page.chosen.connect(lambda code: self.choose(code, priority=step == "priority"))
            page.turned.connect(lambda leaf: self._services(step, leaf))
            return page

        self._go(step, make)

    def _home_page(self, stage: Stage) -> KioskPage:
        page = HomePage(stage)
        page.chosen.connect(self.choose)
        return page

    def _appointment_page(self, stage: Stage) -> KioskPage:
        page = AppointmentPage(stage)
        page.code_given.connect(self.check_in)
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

    # --- acts

    def choose(self, code: str, *, priority: bool = False) -> None:
        """Take a number. A second touch while the first is under way is the same touch."""
        if self._busy or self.office is None:
            return
        self._set_busy(True)
        ctx, lang = self.office.ctx, self.visitor.lang
        key = f"{self._key}:{code}:{'p' if priority else 'n'}"
        declared = Priority.DECLARED if priority else None
        tasks.run(
            self,
            lambda: answers.take_number(ctx, key, code, declared, lang),
            self._show_number,
            self._refused,
            on_end=lambda: self._set_busy(False),
        )

    def check_in(self, code: str) -> None:
        """The number of an appointment."""
        if self._busy or self.office is None:
            return
        self._set_busy(True)
        ctx, lang = self.office.ctx, self.visitor.lang
        tasks.run(
            self,
            lambda: answers.check_in(ctx, code, lang),
            self._show_number,
            self._refused,
            on_end=lambda: self._set_busy(False),
        )

    def _show_number(self, answer: answers.Number) -> None:
        assert self.office is not None
        ticket = answer.ticket
        self._forget_paper()
        watch = self.paper = PaperWatch(self.office, answer.jobs, self)

        def make(stage: Stage) -> KioskPage:
            page = DonePage(stage, ticket, watch.now, helped=self._coming is not None)
            watch.changed.connect(page.set_paper)
            page.help_wanted.connect(lambda: self.call_help(ticket.place))
            return page

        self._go("done", make)

    def _refused(self, error: DeskError) -> None:
        """No number: say why in plain words; nothing was recorded."""
        self._notice("refused", words.trouble(error, self.tr_))
        self.load()

    def _notice(self, step: str, said: Notice, extra: str = "", on_extra: Callable[[], None] | None = None) -> None:
        def make(stage: Stage) -> KioskPage:
            page = NoticePage(stage, said, finish=self.tr_(N_("Tamam")), extra=extra, seconds=BACK_SECONDS)
            if on_extra is not None:
                page.extra_pressed.connect(on_extra)
            return page

        self._go(step, make)

    def call_help(self, to_place: str) -> None:
        """Ask for an escort; one request a visitor."""
        if self._busy or self.office is None:
            return
        if self._coming is not None:
            self._help_comes(self._coming)
            return
        self._set_busy(True)
        ctx, lang = self.office.ctx, self.visitor.lang
        tasks.run(
            self,
            lambda: answers.ask_help(ctx, AssistanceKind.UNIT, to_place, lang),
            self._help_comes,
            self._refused,
            on_end=lambda: self._set_busy(False),
        )

    def _help_comes(self, coming: Coming) -> None:
        """``coming.new`` False: whoever stood here before has asked already; only that visitor may take it back."""
        self._coming = coming
        if isinstance(self._page, DonePage):
            self._page.help_comes()
            return
        tr = self.tr_
        sentence = tr(N_("Lütfen burada bekleyiniz; görevlimiz yanınıza gelecektir."))
        said = Notice(tr(N_("Görevli geliyor")), sentence, "escort")
        if coming.new:
            self._notice("help", said, tr(N_("Yardıma gerek kalmadı")), self._no_help)
        else:
            self._notice("help", said)

    def _no_help(self) -> None:
        """The visitor takes the request back."""
        coming, self._coming = self._coming, None
        if coming is None or not coming.new or self.office is None:
            return
        ctx, job = self.office.ctx, coming.job
        # An escort who has set out already finishes the job; the visitor is told nothing wrong either way.
        tasks.run(self, lambda: answers.cancel_help(ctx, job), on_failure=lambda error: None)
        self.start()

    def show_error(self, sentence: str) -> None:
        """An unexpected error was logged; a visitor needs to know only where to go."""
        self._notice("refused", words.no_numbers(self.tr_))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self._veil.hide()

    def _cover(self) -> None:
        self._veil.cover(self.tr_(N_("Bir an lütfen…")))

    def _forget_paper(self) -> None:
        if self.paper is not None:
            self.paper.stop()
            self.paper.deleteLater()
            self.paper = None

    # --- leaving

    def ask_staff(self) -> None:
        """The page that asks for a staff code."""

        def make(stage: Stage) -> KioskPage:
            page = LeavePage(stage)
            page.entered.connect(lambda code: self._try_code(page, code))
            return page

        self._go("leave", make)
        if isinstance(self._page, LeavePage):
            self._page.enter()

    def _try_code(self, page: LeavePage, code: str) -> None:
        known = {self._exit_code} if self._exit_code else self.offer.staff_codes
        if any(secrets.compare_digest(code.encode(), one.encode()) for one in known):
            self.leave()
        else:
            page.refuse()

    def leave(self) -> None:
        """Close for good (the staff code was right, or the program ends)."""
        self._locked = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._locked:
            event.ignore()
        else:
            super().closeEvent(event)

    # --- show

    def _stage(self) -> Stage:
        wide, high = self.width(), self.height()
        design = PORTRAIT if high > wide else LANDSCAPE
        factor = min(wide / design[0], high / design[1])
        stage = Stage(self.offer, self.visitor, self.tr_, self._time(), wide, high, factor, self)
        return replace(stage, voice=self.guide.available)

    def _time(self) -> str:
        return words.time_of_day(self.office.ctx.now(), self.visitor.lang) if self.office else ""

    def _rebuild(self, keep_focus: bool = True) -> None:
        """Build the page of this step anew for the language, look and size there are now."""
        focused = self.focusWidget()
        name = focused.objectName() if keep_focus and focused is not None else ""
        ring = bool(name) and ring_of(self).isVisible()
        self.tr_ = translator(self.visitor.lang)
        stage = self._stage()
        self._look.change(
            theme=HIGH_CONTRAST if self.visitor.contrast else LIGHT,
            text_scale=self.visitor.text_scale,
            pixel_scale=stage.factor,
        )
        mirrored = self.visitor.mirrored
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
        old, page = self._page, self._make(stage)
        self._page = page
        page.go.connect(self._asked)
        page.adjusted.connect(self._adjusted)
        self._layout.addWidget(page)
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.touch.watch(page)
        page.show()
        self._focus(name, ring)
        self.guide.on = self.visitor.aloud
        self.guide.page(page, self.visitor.lang, len(self.touch.keys()))

    def _focus(self, name: str, ring: bool) -> None:
        """Keep the focus where it was, else ready at the first key without a ring. Where something is told, no key is
        ready: a second Enter must neither call for help nor send it away."""
        keys = self.touch.keys()
        first = keys[0] if keys and self.step in CHOOSING else None
        target = next((key for key in keys if name and key.objectName() == name), first)
        reason = Qt.FocusReason.OtherFocusReason if ring else Qt.FocusReason.MouseFocusReason
        (target or self).setFocus(reason)

    def _adjusted(self, visitor: Visitor) -> None:
        if not self._busy:
            self.visitor = visitor
            self._rebuild()

    # --- react

    def touched(self) -> None:
        """Somebody is here: the way back to the start waits."""
        self._idle.start()
        countdown = getattr(self._page, "countdown", None)
        if countdown is not None:
            countdown.pause()

    def _escaped(self) -> None:
        self._asked("home" if self.step in ("services", "priority", "appointment", "survey") else "start")

    def idle(self) -> None:
        """Nobody has touched the screen for a while: who has begun something is asked first."""
        if self._busy or self.guide.speaking or self.step == "emergency":
            self._idle.start()
        elif self.step == "survey":
            self.survey.finish(thanks=False)
        elif self.step in ("services", "priority") or (self.step == "home" and self.visitor != Visitor()):
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
            )
            page.extra_pressed.connect(lambda: self._go(step, make))
            return page

        self._go("still", ask)

    def _idle_again(self) -> None:
        """Something was read out: the time to answer begins now."""
        self._idle.start()

    def _key_used(self, key: int) -> bool:
        """A keypad is in use: the first key starts the voice, any key interrupts it, F1 repeats, + and − set it."""
        self.guide.hush()
        if not self.guide.available or self.step == "leave":
            return False
        if not self.visitor.aloud and self.step in CHOOSING:
            self.visitor = replace(self.visitor, aloud=True)
            self._rebuild()
        elif key in (Qt.Key.Key_F1, Qt.Key.Key_Help):
            self.guide.repeat()
        elif key in LOUDER or key in SOFTER:
            self.guide.louder(1 if key in LOUDER else -1)
        else:
            return False
        return True

    def tick(self) -> None:
        """A second has passed: the time of day, and the bar back to the start."""
        if self._page is None:
            return
        self._page.set_time(self._time())
        countdown = getattr(self._page, "countdown", None)
        if countdown is not None and not self.guide.speaking:
            countdown.tick(1000)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

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
        """Read the offer anew."""
        self.feed.load()

    def _take_offer(self, new: Offer) -> None:
        old, self.offer = self.offer, new
        other = new.shape() != old.shape()
        if self.step in ("wait", "away") or (other and self.step in ("home", "closed")):
            self._first_step()
        elif self.step == "closed" and new.opens_at != old.opens_at:
            self._rebuild()
        elif self._page is not None:
            self._page.set_queues(new.queues)

    def _lost(self) -> None:
        """The database is away: say so where a number would be offered."""
        if self.step in ("wait", "home", "closed", "services", "priority", "appointment", "survey"):
            self._first_step()

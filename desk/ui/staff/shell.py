"""The staff window: rail, pages, status strip, who works here; toasts, keys, scans and closing are handled here.

Nothing heavy is imported with this module: the window stands before SQLAlchemy is read. Pages are imported and made
when they are shown first; what they do and read goes through ``desk.ui.tasks``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.opening import PLACES
from desk.ui.staff.chords import Chords, WindowKeys
from desk.ui.staff.facts import PrinterNews, read_facts
from desk.ui.staff.haber import MessageDesk
from desk.ui.staff.kart import CardDesk
from desk.ui.staff.key_page import KeyPage
from desk.ui.staff.lock import Idle, Seats
from desk.ui.staff.new_day import DayDesk
from desk.ui.staff.olay_watch import IncidentDesk
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.pages import OFF_THE_RAIL as OFF_THE_RAIL
from desk.ui.staff.pages import PAGES as PAGES
from desk.ui.staff.pages import no_page
from desk.ui.staff.picker import AskToClose
from desk.ui.staff.rail import Rail
from desk.ui.staff.status_strip import Facts, StatusStrip
from desk.ui.staff.wedge import Wedge
from desk.ui.staff.window_keys import chords_of, key_words, ways_of
from desk.ui.widgets import Toast, toasts

if TYPE_CHECKING:
    from desk.registry.place_types import DeskSettings
    from desk.ui.office import Office

tr = translator()


COUNTED = frozenset(Kind) - {Kind.VISIT_REGISTERED, Kind.VISIT_VOIDED, Kind.RECORD_OPENED, Kind.NOTE_WRITTEN}
"""Changes after which strip and rail are read again."""

CHECK_SECONDS = 30
"""How often the database is asked whether it is still there."""

AWAY_SECONDS = 5
"""How often while it is not."""

UNDO_SECONDS = 10


class StaffWindow(QMainWindow):
    """``StaffWindow(office).show()``. ``clock`` (seconds) is what a scanner's pace is measured with."""

    def __init__(self, office: Office, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.office = office
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._overlay: Overlay | None = None
        self._undoable: Toast | None = None
        self._closing = self._begun = False
        self._printer_news = PrinterNews(self)
        self._settings = _settings(office)
        self.setWindowTitle(tr(N_("Danışma")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(1024, 600)
        self._build()
        self._wire(clock)
        self._restore_size()

    # --- build

    def _build(self) -> None:
        self.rail = Rail([spec.place for spec in PAGES])
        self.stack = QStackedWidget()
        self.strip = StatusStrip()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        body = QWidget()
        self.setCentralWidget(body)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        toasts(self).anchor = self.stack

    def _wire(self, clock: Callable[[], float]) -> None:
        self.rail.chosen.connect(self.show_page)
        self.seats = Seats(self, clock)
        self.idle = Idle(self, clock, self._personal, self.seats.lock)
        self.idle.share(self.office)
        self.messages = MessageDesk(self)
        self.cards = CardDesk(self, self._going_to)
        self.strip.person_asked.connect(self.ask_person)
        self.strip.counter_asked.connect(self.ask_counter)
        self.strip.printer_asked.connect(lambda: self.show_page("yazicilar"))
        self.office.staff_changed.connect(self._read_facts)
        self.office.counter_changed.connect(self._read_facts)
        self.office.bridge.changed.connect(self._on_changes)
        self._wedge = Wedge(self.open_scan, clock, strange=self.refuse_scan, own=self.cards.takes)
        self.incidents = IncidentDesk(self)
        self._new_day = DayDesk(self)
        self._chords, self._always = chords_of(self)
        self._keys = WindowKeys(self, self._hear, scan=self._scan, blocked=self._covered)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._check = QTimer(self, interval=CHECK_SECONDS * 1000)
        self._check.timeout.connect(self._read_facts)
        self._facts_soon = QTimer(self, singleShot=True, interval=60)
        self._facts_soon.timeout.connect(self._read_facts)

    # --- pages

    def page(self, name: str) -> Page:
        """The page, made on first use."""
        if name not in self._pages:
            spec = next(spec for spec in (*PAGES, *OFF_THE_RAIL) if spec.place.name == name)
            made: Page = getattr(import_module(spec.module), spec.cls)(self.office)
            made.badge.connect(lambda count, name=name: self.rail.set_count(name, count))
            made.said.connect(self.say)
            made.hinted.connect(self._on_hint)
            made.failed.connect(self.show_error)
            asked = getattr(made, "record_asked", None)
            if asked is not None:
                asked.connect(self.open_record_for)
            made.setAccessibleName(tr(N_("Sayfa: {title}")).format(title=made.title))
            self._pages[name] = made
            self.stack.addWidget(made)
        return self._pages[name]

    def current_page(self) -> Page | None:
        return self._pages.get(self._current)

    def show_page(self, name: str) -> None:
        """Bring a page to the front and put the focus where its work begins."""
        try:
            page = self.page(name)
        except Exception as error:  # a page that cannot be made must not take the window with it
            bug = tasks.report_bug(self, error)
            self.rail.set_current(self._current)
            if not self._current:
                self.stack.setCurrentIndex(self.stack.addWidget(no_page(bug)))  # the window is never left empty
            return
        self._current = name
        self.rail.set_current(name)
        self.stack.setCurrentWidget(page)
        toasts(self).move_to(getattr(page, "toast_place", self.stack))
        own = page.title not in ("", tr(N_("Danışma")))
        self.setWindowTitle(tr(N_("{page} · Danışma")).format(page=page.title) if own else tr(N_("Danışma")))
        page.enter()

    def open_scan(self, code: str) -> None:
        """Something was scanned: the page in front may take it, else Evrak Kayıt opens it. Nothing registers itself,
        and nothing is opened while the window is locked."""
        if self.idle.locked:
            return
        self.idle.touched()
        if self._overlay is not None:
            self._overlay.dismiss()
        if self.cards.takes(code):
            self.cards.scan(code)
            return
        from desk.registry.scanning import ScanKind, read_scan

        scan = read_scan(code)
        if scan.kind is ScanKind.REFUSED:
            self.refuse_scan(code)
            return
        front = self.current_page()
        if front is not None and front.open_scan(code):
            return
        if scan.kind is ScanKind.MRZ:
            self._on_hint(tr(N_("Kimlik belgesi Evrak Kayıt’ta ya da Danışma’nın kimlik alanlarında kullanılır.")))
            return
        if self._current != "evrak":
            self.show_page("evrak")
            if self._current == "evrak":
                self._pages["evrak"].open_scan(code)

    def refuse_scan(self, code: str) -> None:
        """Something was scanned that is none of our papers: it is ignored, and the sentence says why."""
        from desk.registry.scanning import UNKNOWN, read_scan

        scan = read_scan(code)
        words = tr(N_("Bu kod tanınmadı: {code}")).format(code=code[:40]) if scan.reason == UNKNOWN else tr(scan.reason)
        toasts(self).info(words, icon="question", seconds=6)

    def open_record_for(self, ticket_id: UUID) -> None:
        """A visitor at the counter asks for something: an application, or a paper at Evrak Kayıt."""
        from desk.ui.staff.record_for_ticket import open_record

        open_record(self, ticket_id)

    # --- messages

    def show_error(self, sentence: str) -> None:
        """A sentence that stays until it is closed (``desk.ui.tasks`` comes here too)."""
        toasts(self).error(sentence)
        self._new_day.ask()
        if self.isVisible():
            self._facts_soon.start()  # was it the database?

    def say(self, sentence: str, undo: Callable[[], None] | None) -> None:
        if undo is None:
            toasts(self).info(sentence, seconds=6)
        else:
            self._undoable = toasts(self).info(
                sentence, action=tr(N_("Geri al")), key="Ctrl+Z", on_action=undo, seconds=UNDO_SECONDS
            )

    def _on_hint(self, sentence: str) -> None:
        toasts(self).info(sentence, icon="info", seconds=6)

    def can_undo(self) -> bool:
        """Whether the message that offers it still stands; one that offers to open a document is another thing."""
        toast = self._undoable
        return toast is not None and shiboken6.isValid(toast) and not toast.isHidden()

    def undo(self) -> None:
        if self._undoable is not None:
            self._undoable.act()

    def offer(self) -> Toast | None:
        """The newest message with a button that is no undo; a call for help comes first."""
        shown = reversed(toasts(self).in_order())
        return next((one for one in shown if one.action is not None and one is not self._undoable), None)

    def take_offer(self) -> None:
        offer = self.offer()
        if offer is not None:
            offer.act()

    def tell_error(self, error: DeskError) -> None:
        self.show_error(error.text(tr))

    # --- keys

    def _covered(self) -> bool:
        return self._overlay is not None or self.idle.locked

    def _scan(self, event: QKeyEvent) -> bool:
        self.idle.touched()
        return not self.idle.locked and self._wedge.hear(event)

    def _hear(self, event: QKeyEvent) -> bool:
        if self._covered():
            return self._always.handle(event)
        if self._chords.handle(event):
            return True
        own = getattr(self.current_page(), "chords", None)
        return isinstance(own, Chords) and own.handle(event)

    def show_keys(self) -> None:
        """The page of keys."""
        page = self.current_page()
        self.show_overlay(KeyPage(self, page.title if page else "", page.keys() if page else [], key_words()))

    def show_help(self) -> None:
        """The chapter of the page in front."""
        from desk.ui.staff.help import HelpPage

        self.show_overlay(HelpPage(self, self._current))

    def show_guide(self) -> None:
        """Rehber: for what is chosen at Danışma, else to look something up."""
        own = getattr(self.current_page(), "open_guide", None)
        if own is not None:
            own()
            return
        from desk.registry import site
        from desk.ui.staff.rehber import GuideSheet

        ctx = self.office.ctx

        def show(known: Any) -> None:
            self.show_overlay(GuideSheet(self, ctx, known, counts=False))

        tasks.latest(self, "guide", lambda: ctx.read(site.destinations), show)

    def show_overlay(self, overlay: Overlay) -> None:
        """Cover the window with ``overlay``; an open one goes first."""
        if self._overlay is not None:
            self._overlay.dismiss()
        self._overlay = overlay
        overlay.closed.connect(self._uncovered)
        overlay.open()
        self.seats.put_under(overlay)

    def _uncovered(self) -> None:
        self._overlay = None

    # --- who works here, and where

    def ask_person(self) -> None:
        """Choose who works here."""
        self.seats.ask()

    def lock(self) -> None:
        """Lock at once (whoever leaves need not wait)."""
        self.office.left.emit()

    def _personal(self) -> list[QWidget]:
        page = self.current_page()
        return [part for part in page.personal() if part.isVisible()] if page is not None else []

    def _going_to(self) -> tuple[str, int]:
        """Where the visitor in Danışma's form goes, and how many they are."""
        told = getattr(self._pages.get("danisma"), "going_to", None)
        found: tuple[str, int] = told() if told is not None else ("", 1)
        return found

    def _read_settings(self) -> None:
        from desk.actions import staff

        ctx = self.office.ctx
        self.seats.begin()
        tasks.latest(self, "settings", lambda: staff.desk_settings_of(ctx), self._take_settings, lambda error: None)

    def _take_settings(self, settings: DeskSettings) -> None:
        self.idle.settings = settings
        self.messages.begin(settings)
        self.cards.begin(settings)

    def ask_counter(self) -> None:
        """Choose the counter of this machine."""
        from desk.ui.staff.counter_here import ask

        ask(self)

    # --- strip and rail

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind is Kind.SETTINGS_CHANGED for change in changes):
            self._read_settings()
        if self.isVisible() and any(change.kind in COUNTED for change in changes):
            self._facts_soon.start()
        own = self.office.ctx.actor
        if any((change.terminal_id, change.staff_id) == (own.terminal_id, own.staff_id) for change in changes):
            self.idle.touched()  # by a way that presses no key: a screen reader's, a counter's small window

    def _read_facts(self) -> None:
        ctx, counter = self.office.ctx, self.office.counter
        tasks.latest(self, "facts", lambda: read_facts(ctx, counter), self._show_facts, self._facts_failed)

    def _show_facts(self, facts: Facts) -> None:
        self._printer_news.tell(facts.others)
        self.strip.show_facts(facts, self.office.counter, self.office.ctx.now())
        self._set_away(False)
        self.rail.set_count("banko", facts.waiting)
        self.rail.set_count("refakat", facts.escorts)

    def _facts_failed(self, _error: DeskError) -> None:
        self._set_away(True)

    def _set_away(self, away: bool) -> None:
        """The database cannot be reached, or can again: the strip says so, the pages what still works."""
        self.strip.set_database(not away)
        self._check.setInterval((AWAY_SECONDS if away else CHECK_SECONDS) * 1000)
        for page in self._pages.values():
            page.set_away(away)

    def _tick(self) -> None:
        self.strip.tick(self.office.ctx.now())
        self.idle.tick()

    # --- size, showing, closing

    def _restore_size(self) -> None:
        kept = self._settings.value("staff/geometry")
        if kept is None or not self.restoreGeometry(kept):
            self.resize(1440, 900)

    def _remember(self) -> None:
        self._settings.setValue("staff/geometry", self.saveGeometry())
        self._settings.setValue("staff/page", self._current)
        self._settings.sync()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._second.start()
        self._check.start()
        QTimer.singleShot(0, self, self._begin)  # the frame is painted first

    def make_page(self) -> None:
        """Before the window is shown: where a frame stands already, nobody must see another one without its page.
        What the page shows first is read meanwhile."""
        self._begin()
        self._begun = True
        if self._current:
            self._pages[self._current].read_ahead()

    def _begin(self) -> None:
        if self._begun:
            self._begun = False  # shown for the first time
            return
        if not self._current:
            kept = str(self._settings.value("staff/page", ""))
            names = [spec.place.name for spec in PAGES]
            self.show_page(kept if kept in names else names[0])
        self._read_facts()
        tasks.once_shown(self, self._begin_rest)

    def _begin_rest(self) -> None:
        """What nobody looks at first comes when page and strip show what they know."""
        self.strip.add_ways(ways_of(self))
        self._read_settings()
        self._new_day.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for timer in (self._second, self._check, self._facts_soon):
            timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or not self.isVisible():
            self._remember()
            event.accept()
            return
        event.ignore()
        if not isinstance(self._overlay, AskToClose):
            ask = AskToClose(self)
            ask.agreed.connect(self.close_now)
            self.show_overlay(ask)

    def close_now(self) -> None:
        """Close without asking (the question was answered, or the program ends)."""
        self._closing = True
        self.close()


def _settings(office: Office) -> QSettings:
    """Size and page of the window, kept in the data folder."""
    return QSettings(str(office.ctx.data_dir / PLACES), QSettings.Format.IniFormat)

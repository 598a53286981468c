"""The hall display: who is called now and where to, the last calls, who waits.

Numbers only, no name and no reason. A change wakes it, and every few seconds it looks by itself: a wake-up that is
lost or a database that was away for a while costs no call.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from desk.clock import local
from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import SOURCE_LANGUAGE, translator
from desk.queue.spoken import call_sentence
from desk.queue.types import Call, HallSettings, Service, ServiceQueue
from desk.registry.types import SiteHeader
from desk.text import MONTHS, WEEKDAYS, clock_time, short_date
from desk.ui import tasks
from desk.ui.emergency_watch import EmergencyWatch
from desk.ui.hall import calm, news
from desk.ui.hall.calls import Bookmark, CallQueue
from desk.ui.hall.chime import Chime
from desk.ui.hall.emergency import spoken_in
from desk.ui.hall.frame import CALLED, RECENT, HallFrame
from desk.ui.hall.news import Board, Morning
from desk.ui.hall.parts import Line, Waiting
from desk.ui.kiosk.offer import Closed
from desk.ui.voice import Said, Voice

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.actions.context import Context
    from desk.registry.emergency import Emergency
    from desk.ui.office import Office

FLASHES = 3
FLASH_MS = 600
"""Half of one flash: 0.8 Hz, far under the three a second that may harm (WCAG 2.2, 2.3.1)."""

NET_MS, AWAY_MS = 10_000, 3000
"""A look without a wake-up: catches a lost one; while the database is away it finds it when it is back."""

BOARD_MS = 300
"""Waiting counts are read anew at most this often; calls are read at once."""

SENTENCE_MS = 12_000

SPEAK_MS = 1700
"""After the chime has faded."""

CALLS = frozenset({Kind.TICKET_CALLED, Kind.TICKET_RECALLED})
QUEUE = frozenset(kind for kind in Kind if kind.startswith(("ticket.", "counter.", "day.", "settings.")))


class HallWindow(HallFrame):
    """``HallWindow(office)``; without an office it shows itself calm until ``take_office()``."""

    def __init__(
        self,
        office: Office | None = None,
        *,
        lang: str = SOURCE_LANGUAGE,
        chime: Chime | None = None,
        voice: Voice | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(lang)
        self.settings = HallSettings()
        self.office: Office | None = None
        self.calls = CallQueue()
        self._chime = chime or Chime()
        self._voice = voice or Voice(self)
        self._voice.finished.connect(self.show_next)
        self._steady = steady
        self._bookmark: Bookmark | None = None
        self._header: SiteHeader | None = None
        self.begun = self._away = False
        self._reading = self._again = False
        self._day: date | None = None
        self._minute = -1
        self._closed: Closed | None = None
        self._waits = False
        self._sentence = 0
        self._flash = 0
        self._wire()
        self._tell_sentence()
        if office is not None:
            self.take_office(office)

    def take_office(self, office: Office) -> None:
        """The database is there: follow it."""
        self.office = office
        self._bookmark = Bookmark(office.ctx.data_dir, office.ctx.actor.site_id)
        office.bridge.changed.connect(self._on_changes)
        office.bridge.stirred.connect(self._on_stirred)
        self.watch.follow(office)
        self.tell_time()
        if self.isVisible():
            self._begin()

    def _wire(self) -> None:
        self._said = 0  # times that an emergency was said
        self.watch = EmergencyWatch(self, lambda: spoken_in(self._said))
        self.watch.changed.connect(self._emergency_changed)
        self.watch.say.connect(self._say_emergency)
        self._net = self._timer(NET_MS, self.look_up)
        self._tick = self._timer(1000, self._second)
        self._turn = self._timer(SENTENCE_MS, self.next_sentence)
        self.flasher = self._timer(FLASH_MS, self._flash_step)
        self._next = self._timer(0, self.show_next, single=True)
        self._speak_soon = self._timer(SPEAK_MS, self._speak, single=True)
        self._board_soon = self._timer(BOARD_MS, self._read_board, single=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tell_time()
        for timer in (self._net, self._tick, self._turn):
            timer.start()
        self.watch.start()
        if self.office is not None:
            self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for timer in self.findChildren(QTimer):
            timer.stop()
        self.watch.stop()
        self._voice.stop()
        self.current.set_lit(True)

    # --- react

    def _on_stirred(self, kinds: frozenset[str]) -> None:
        """Somebody was called: begin to read it while the change log is still read."""
        if kinds & CALLS:
            self.look_up()

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind in CALLS and change.seq > self.calls.cursor for change in changes):
            self.look_up()
        if self.isVisible() and QUEUE & {one.kind for one in changes} and not self._board_soon.isActive():
            self._board_soon.start()

    def show_next(self) -> None:
        """Show the call whose turn it is, if there is one; comes again when the next one may.

        A call is said to its end before the next one is shown: nobody is talked over.
        """
        if self._voice.speaking or self._speak_soon.isActive() or self.watch.now is not None:
            return  # during an emergency calls wait: none is lost, and none talks into it
        called = self.calls.advance(self._steady())
        if called is not None:
            self._show_calls()
            self._announce()
            self._keep_place()
        if self.calls.waiting:
            self._next.start(round(self.calls.remaining(self._steady()) * 1000))

    def _emergency_changed(self, emergency: Emergency | None) -> None:
        self.emergency.show_emergency(emergency)
        self._said = 0
        if emergency is None:
            self._voice.stop()
            self._next.start(0)

    def _say_emergency(self, parts: list[Said]) -> None:
        """Over whatever was being said: this cannot wait; but what is being said of it is said to its end, so that
        each language has its turn."""
        if self._said and self._voice.speaking:
            return
        self._said += 1
        self._speak_soon.stop()
        if not self._voice.can_speak:
            self._chime.play()
        self._voice.say(parts)

    def next_sentence(self) -> None:
        """Go on to the next sentence; services that did not fit take their turn."""
        self._sentence += 1
        self._tell_sentence()
        self.waiting.turn()

    def _announce(self) -> None:
        if self.settings.chime:
            self._chime.play()
        if self.settings.voice and self._voice.can_speak:
            self._speak_soon.start()
        if self.settings.flashing:
            self._flash = 2 * FLASHES
            self.current.set_lit(True)
            self.flasher.start()

    def _speak(self) -> None:
        """Say the call that is shown, in Turkish and in the language of its ticket."""
        call = self.calls.current
        if call is None:
            return
        languages = [SOURCE_LANGUAGE]
        if self.settings.other_languages and call.lang not in languages:
            languages.append(call.lang)
        self._voice.say([(lang, call_sentence(call, lang, translator(lang))) for lang in languages])

    def _flash_step(self) -> None:
        self._flash -= 1
        self.current.set_lit(self._flash % 2 == 0)
        if self._flash <= 0:
            self.flasher.stop()

    def show_error(self, sentence: str) -> None:
        """A bug elsewhere is logged; visitors in the hall are not shown it."""

    # --- load

    def _begin(self) -> None:
        """Read the day so far, and what was called while the display was down."""
        assert self.office is not None and self._bookmark is not None
        if self.begun or self._reading:
            self.look_up()
            return
        ctx, bookmark, chime = self.office.ctx, self._bookmark, self._chime
        self._reading = True
        tasks.read(self, lambda: _open(ctx, bookmark, chime), self._started, self._failed, on_end=self._ended)

    def _started(self, found: Morning) -> None:
        assert self.office is not None
        self.begun = True
        self._learn(found.now)
        board = found.now.board
        shown, missed = self._ours(board.calls), self._ours(found.missed)
        self.calls.begin(shown, missed, board.cursor, self.office.ctx.now())
        self._set_away(False)
        self._show_calls()
        self._show_waiting(board.waiting)
        self.show_next()

    def _learn(self, found: Board) -> None:
        """Who speaks, what this display is set to, whether we are closed: as they are by now."""
        self._header, self.settings, self._closed = found.header, found.settings, found.closed
        self._tell_sentence()

    def look_up(self) -> None:
        """Read the calls after the cursor; one read at a time, and one more when a change came meanwhile."""
        if self.office is None or not self.isVisible():
            return
        if self._reading:
            self._again = True
            return
        if not self.begun:
            self._begin()
            return
        ctx, cursor = self.office.ctx, self.calls.cursor
        self._reading = True
        tasks.read(self, lambda: news.calls(ctx, cursor), self._take, self._failed, on_end=self._ended)

    def _take(self, found: tuple[Call, ...]) -> None:
        was_away = self._away
        self._set_away(False)
        self.calls.pass_over(max((call.seq for call in found), default=0), self._ours(found))
        self.show_next()
        if was_away:
            self._read_board()

    def _failed(self, error: DeskError) -> None:
        """The database is away: say so quietly; the net looks again."""
        self._set_away(True)

    def _ended(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.look_up()

    def _read_board(self) -> None:
        if self.office is None or not self.begun:
            return
        ctx = self.office.ctx
        tasks.latest(self, "board", lambda: news.board(ctx), self._take_board, self._failed)

    def _ours(self, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        """The calls of this display's services."""
        wanted = self.settings.services
        return tuple(call for call in calls if not wanted or call.service_id in wanted)

    def _take_board(self, found: Board) -> None:
        self._learn(found)
        board = found.board
        if not board.calls and not self.calls.waiting:
            self.calls.clear()
            self._show_calls()
        self._show_waiting(board.waiting)

    def _keep_place(self) -> None:
        assert self._bookmark is not None
        bookmark, shown = self._bookmark, self.calls.shown
        tasks.run(self, lambda: bookmark.save(shown))

    # --- show

    def _show_calls(self) -> None:
        call = self.calls.current
        also = ""
        if call is not None and call.lang != self.lang and self.settings.other_languages:
            also = translator(call.lang)(CALLED)
        self.current.set_call(call.number if call else "", self._place(call) if call else "", also)
        older = self.calls.recent if call is None or not self._stale else [call, *self.calls.recent]
        self.recent.set_lines([Line(one.number, self._place(one)) for one in older])

    def _place(self, call: Call) -> str:
        if call.counter_name == f"Banko {call.counter_number}":
            return self.tr_(N_("Banko {number}")).format(number=call.counter_number)
        return call.counter_name

    def _show_waiting(self, queues: tuple[ServiceQueue, ...]) -> None:
        wanted = self.settings.services
        self._waits = any(queue.waiting for queue in queues)
        self.tell_time()
        shown = [q for q in queues if not wanted or q.service.id in wanted]
        self.waiting.set_waiting([Waiting(q.service.letter, self._name(q.service), q.waiting) for q in shown])

    def _name(self, service: Service) -> str:
        """A sensitive service has its letter only: nobody shall read where somebody waits."""
        return "" if service.sensitive else self.tr_(service.short_name)

    def tell_time(self) -> None:
        if self.office is None:
            return
        now = self.office.ctx.now()
        day = local(now).date()
        if day != self._day:
            self._day = day
            self._read_board()  # a new day: nothing of yesterday stays on the screen
        if self._minute != calm.minute(now):
            self._minute = calm.minute(now)
            self._read_board()  # hours begin and end without a change in the database
        self._tell_closed(now)
        date_, clock = short_date(day), clock_time(now).replace(".", ":")
        if self.lang == SOURCE_LANGUAGE:
            date_, clock = f"{day.day} {MONTHS[day.month - 1]} {WEEKDAYS[day.weekday()]}", clock_time(now)
        self.head.set_words(self._header.municipality if self._header else "", date_, clock)

    def _second(self) -> None:
        """Only minutes are shown; between two of them a call may grow old, and nothing else."""
        if self.office is None or self._minute != calm.minute(self.office.ctx.now()):
            self.tell_time()
        else:
            self._tell_stale()

    def _tell_closed(self, now: datetime) -> None:
        """Closed is said when nobody waits any more and the last call was long enough ago to be followed; an old call
        is shown as old while the database is away."""
        self._tell_stale()
        was_closed = self.current.closed
        if self._closed is None or self._waits or self._header is None or not calm.is_over(self.calls, now):
            self.current.set_closed("", "")
        else:
            self.current.set_closed(*calm.closed_words(self._closed, now, self._header, self.lang, self.tr_))
        if self.current.closed != was_closed:
            self._lay_out()
            self._tell_sentence()

    def _tell_stale(self) -> None:
        """A call that was just shown keeps its time; then nothing that may be over stands in amber."""
        stale = self._away and calm.is_stale(self.calls, self._steady()) and not self._voice.speaking
        if stale == self._stale:
            return
        self._stale = stale
        title, sentence = (self.tr_(calm.STALE), self.tr_(calm.TO_STAFF)) if stale else ("", "")
        self.current.set_stale(title, sentence)
        self.recent.set_title(self.tr_(calm.LAST_KNOWN if stale else RECENT))
        self._lay_out()
        self._show_calls()

    def _tell_sentence(self) -> None:
        if self._away:
            self.sentence.set_words(self.tr_(calm.AWAY), warning=True)
            return
        standing = calm.standing(self.settings, closed=self.current.closed)
        announced = calm.announced(self.settings, self.office.ctx.now()) if self.office else ()
        said = (*announced, *(self.tr_(one) for one in standing))
        parts = [part for one in said for part in self.sentence.leaves(one)]  # a long one takes more than one turn
        self.sentence.set_words(parts[self._sentence % len(parts)] if parts else "")

    def _set_away(self, away: bool) -> None:
        if away != self._away:
            self._away = away
            self._net.setInterval(AWAY_MS if away else NET_MS)
            self._tell_sentence()
            self._tell_stale()


def _open(ctx: Context, bookmark: Bookmark, chime: Chime) -> Morning:
    chime.prepare()
    return news.morning(ctx, bookmark.load())

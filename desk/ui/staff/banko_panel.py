"""A counter's work: call, start, finish, and everything between. Used by the Banko page and by its small window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.actions import counter
from desk.actions.context import Context
from desk.errors import N_, DeskError, Fault
from desk.i18n import translator
from desk.queue import reads
from desk.queue.types import AtCounter, CallReason, CounterPanel, CounterState, Done, TicketState
from desk.registry import site
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.banko_auto import AutoCall
from desk.ui.staff.banko_card import NUMBER_PX, CallCard
from desk.ui.staff.banko_choices import Choices
from desk.ui.staff.banko_keys import chords_of, key_words
from desk.ui.staff.banko_lists import CounterChoice, NumberList, WaitingSide
from desk.ui.staff.banko_room import work_area
from desk.ui.staff.banko_words import away_words, counter_pill, idle_words, no_show_words
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.words import reason_words, short_reason_words, waiting_words
from desk.ui.widgets import Button, Dressed, ElidedText, Lines, Pill, StatusPill, Text

SMALL_NUMBER_PX = 60
SMALL_ROWS = 4
"""Numbers that the small window names: the next three, fewer when more than one is on hold."""

AGAIN_SECONDS = 5
"""While the database is away it is asked this often whether it is back."""

tr = translator()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a counter shows, or the counters to choose from while none is chosen."""

    panel: CounterPanel | None
    counters: tuple[CounterState, ...]
    staff: str
    done: tuple[Done, ...] = ()  # of the page; the small window has no room for them


def read_counter(ctx: Context, number: int, *, small: bool = False) -> Seen:
    """For a worker."""

    def all_of(s, scope):
        panel = reads.counter_panel(s, scope, number) if number else None
        done = reads.done(s, scope, panel.counter_id) if panel is not None and not small else ()
        return Seen(panel, () if number else reads.counters(s, scope), site.staff_name(s, ctx.actor.staff_id), done)

    return ctx.read(all_of)


class BankoPanel(Choices, Dressed, QFrame):
    """Boşluk calls, Enter starts and finishes; disabled keys keep their place."""

    said = Signal(str)
    failed = Signal(str)
    record_asked = Signal(object)  # ticket id
    float_asked = Signal()  # the small window that stays on top

    def __init__(self, office: Office, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._small = small
        self._seen: CounterPanel | None = None
        self._busy = False
        self._reason = ""
        self._away = 0  # seconds since the database was found to be away; 0: it is there
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr(N_("Banko işlemleri")))
        self._build()
        self._lay_out()
        self._wire()
        self.chords = chords_of(self)
        self._show_panel(None)

    # --- build

    def _build(self) -> None:
        self.title = ElidedText("", "title")
        self.services = ElidedText("", "hint", "ink_2")
        self.pill = StatusPill(Pill(tr(N_("Kapalı")), "minus", "neutral"))
        self.more = Button(tr(N_("Diğer işlemler")), icon="dots", key="F12")
        self.card = CallCard(SMALL_NUMBER_PX if self._small else NUMBER_PX)
        self.reason = Lines("", "hint", "ink_2", count=1 if self._small else 2)
        self.call = Button(tr(N_("Sıradakini çağır")), icon="speaker", key=tr(N_("Boşluk")), kind="primary")
        self.enter_button = Button(
            tr(N_("Bitir")), icon="check", key="Enter", name=tr(N_("Geldi, işleme al veya bitir"))
        )
        self.recall = Button(tr(N_("Tekrar çağır")), icon="redo", key="T")
        self.no_show = Button(tr(N_("Gelmedi")), icon="person-off", key="G", name=tr(N_("Gelmedi")))
        self.hold = Button(tr(N_("Beklet")), icon="pause", key="B")
        self.transfer = Button(tr(N_("Yönlendir")), icon="forward-arrow", key="Y")
        self.record = Button(tr(N_("Başvuru aç")), icon="plus", key="A", kind="tint")
        following = N_("Sıradakiler") if self._small else N_("Sıradaki üç numara")
        self.next = NumberList(tr(following), tr(N_("Bekleyen yok.")), low=self._small)
        self.held = NumberList("" if self._small else tr(N_("Beklemede")), action=tr(N_("Devam et")), low=self._small)
        self.side = None if self._small else WaitingSide(self.next, self.held)
        self.person = ElidedText("", "hint", "ink_2")
        self.counts = Text("", "hint", "ink_2")
        self.choice = CounterChoice()
        self.choice.setMaximumWidth(560)
        self._second = QTimer(self, interval=1000)
        self._auto = AutoCall(lambda: self.office.ctx.now())

    def _lay_out(self) -> None:
        self._work = work_area(self, small=self._small)
        self._choosing = QWidget()
        middle = QHBoxLayout(self._choosing)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.choice, 1, Qt.AlignmentFlag(0))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choosing)
        self._stack.addWidget(self._work)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        for button in self.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space and Enter what they are

    def buttons(self) -> tuple[Button, ...]:
        return (
            self.call,
            self.enter_button,
            self.recall,
            self.no_show,
            self.hold,
            self.transfer,
            self.record,
            self.more,
        )

    def _wire(self) -> None:
        for button, act in (
            (self.call, self.call_next),
            (self.enter_button, self.go_on),
            (self.recall, self.call_again),
            (self.no_show, self.nobody_came),
            (self.hold, self.put_on_hold),
            (self.transfer, self.ask_service),
            (self.record, self.open_record),
            (self.more, self.ask_more),
        ):
            button.clicked.connect(act)
        self.held.resumed.connect(self.resume)
        self.choice.chosen.connect(self._take_counter)
        self.office.counter_changed.connect(self.load)
        self.office.staff_changed.connect(self.load)
        self._second.timeout.connect(self._tick)

    def keys(self) -> list[tuple[str, str]]:
        return key_words()

    # --- load

    def load(self) -> None:
        ctx, number, small = self.office.ctx, self.office.counter, self._small
        tasks.latest(self, "counter", lambda: read_counter(ctx, number, small=small), self._show, self._not_read)

    def take_focus(self) -> None:
        if self.office.counter:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.choice.take_focus()

    def _not_read(self, error: DeskError) -> None:
        self._busy = False  # the keys must not stay dead
        if isinstance(error, Fault):
            self._away, known = 1, self._away
            self._tick()
            if known:
                return  # it was said
        self._refused(error)

    def _show(self, seen: Seen) -> None:
        self._busy, self._away = False, 0
        if seen.panel is None:
            self._seen = None
            self._stack.setCurrentWidget(self._choosing)
            self.choice.show_counters(seen.counters)
            return
        was_choosing = self._stack.currentWidget() is self._choosing
        self._stack.setCurrentWidget(self._work)
        self.person.setText(seen.staff)
        self._show_panel(seen.panel)
        if self.side is not None:
            self.side.done.show_done(seen.done, seen.panel.served_today)
        if was_choosing and self.isVisible():
            self.take_focus()

    def _show_panel(self, panel: CounterPanel | None) -> None:
        self._seen = panel
        if panel is None:
            return
        self.title.setText(panel.name)
        self.services.setText(" · ".join(panel.services))
        self.pill.set_pill(counter_pill(panel))
        self.card.show_ticket(panel.current, self.office.ctx.now(), idle_words(panel, self.office.ctx.now()))
        why = panel.current.reason if panel.current else None
        self._reason = self._why(why) if why is not None and why.rule != "recall" else ""
        room = max(1, SMALL_ROWS - len(panel.on_hold)) if self._small else len(panel.next)
        self.next.show_numbers(panel.next[:room])
        self.held.show_numbers(panel.on_hold)
        words = tr(N_("{waiting} · bugün {served} işlem"))
        self.counts.setText(words.format(waiting=waiting_words(panel.waiting), served=panel.served_today))
        if self.side is not None:
            self.side.show_numbers()
        else:
            self.held.setVisible(bool(panel.on_hold))
        self._show_buttons(panel)
        self._tick()

    def _why(self, why: CallReason) -> str:
        if self._small:
            return tr(N_("Neden: {reason}")).format(reason=short_reason_words(why))
        return tr(N_("Neden bu sıra? {reason}")).format(reason=reason_words(why))

    def _show_buttons(self, panel: CounterPanel) -> None:
        current = panel.current
        called = current is not None and current.state is TicketState.CALLED
        ready = panel.state == "open" and not panel.day_closed
        opens = current is None and not ready and not panel.day_closed
        self.call.setEnabled(current is None and ready)
        self.call.set_kind("primary" if current is None and ready else "secondary")
        self.enter_button.setEnabled(current is not None or opens)
        self.enter_button.set_label(self._enter_words(panel, called))
        self.enter_button.setAccessibleDescription(self._enter_words(panel, called))
        self.enter_button.set_icon("play" if opens else "check")
        self.enter_button.set_kind("primary" if current is not None or opens else "secondary")
        for button in (self.recall, self.no_show):
            button.setEnabled(called)
        for button in (self.hold, self.transfer, self.record):
            button.setEnabled(current is not None)

    def _enter_words(self, panel: CounterPanel, called: bool) -> str:
        if panel.current is None and panel.state == "break":
            return tr(N_("Moladan dön"))
        if panel.current is None and panel.state == "closed":
            return tr(N_("Bankoyu aç"))
        return tr(N_("Geldi, işleme al")) if called else tr(N_("Bitir"))

    def _tick(self) -> None:
        """Each second: what runs on the card, when "Gelmedi" may be said, when the next is called by itself."""
        panel, now = self._seen, self.office.ctx.now()
        if self._away:
            self._away += 1
            if self._away % AGAIN_SECONDS == 0:
                self.load()
        if panel is None:
            return
        if panel.current is None:
            self.card.show_ticket(None, now, idle_words(panel, now))
        else:
            self.card.tick(now)
        self.no_show.set_label(no_show_words(panel.current, now, small=self._small))
        if self._auto.due():
            self._auto.stop()
            self.call_next()
        left = self._auto.left()
        brief, whole = (
            N_("{seconds} sn sonra sıradaki çağrılır · Esc durdurur"),
            N_("Sıradaki numara {seconds} sn sonra çağrılacak. Durdurmak için Esc’e basınız."),
        )
        counting = tr(brief if self._small else whole)
        said = away_words(small=self._small) if self._away else self._reason
        self.reason.set_color("amber_text" if self._away else "ink_2")
        self.reason.setText(counting.format(seconds=left) if left is not None else said)

    def stop_auto(self) -> None:
        self._auto.stop()
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()
        self._auto.stop()

    def personal(self) -> tuple[QWidget, ...]:
        """The card, while it says what help somebody needs."""
        seen = self._seen.current if self._seen is not None else None
        return (self.card,) if seen is not None and seen.help_needed else ()

    # --- act

    def _current(self, *states: TicketState) -> AtCounter | None:
        """The number at the counter, when it is in one of these states (any, without one)."""
        current = self._seen.current if self._seen else None
        return current if current is not None and (not states or current.state in states) else None

    def _do(
        self,
        act: Callable[[Context], object],
        done: Callable[[object], None] | None = None,
        refused: Callable[[DeskError], None] | None = None,
    ) -> None:
        """One key at a time: the next one is heard when the counter has been read again."""
        if self._busy:
            return
        self._busy = True
        self._auto.stop()
        ctx = self.office.ctx
        tasks.run(self, lambda: act(ctx), done, refused or self._refused, on_end=self.load)

    def _refused(self, error: DeskError) -> None:
        self.failed.emit(error.text(tr))

    def is_known(self) -> bool:
        """Whether a counter is chosen and was read."""
        return self._seen is not None

    def counts_down(self) -> bool:
        """Whether the next number is about to be called by itself."""
        return self._auto.running

    def takes_numbers(self) -> bool:
        """Whether this counter could call somebody just now."""
        return self._seen is not None and self._seen.state == "open" and self._current() is None

    def call_next(self) -> None:
        if self._current() is None:
            number = self.office.counter
            self._do(lambda ctx: counter.call_next(ctx, number, opens=False), self._called)

    def _called(self, called: object) -> None:
        if called is None:
            self.said.emit(tr(N_("Bu bankonun hizmetleri için bekleyen yok.")))

    def go_on(self) -> None:
        """Enter: the called visitor came, the served one is done, or the counter begins to work again."""
        if current := self._current(TicketState.CALLED):
            self._do(lambda ctx: counter.start(ctx, current.ticket_id))
        elif current := self._current(TicketState.SERVING):
            self._do(lambda ctx: counter.finish(ctx, current.ticket_id), self._finished)
        elif self._seen is not None and self._seen.state != "open":
            self.open()

    def open(self) -> None:
        """Open the counter, or come back from the break."""
        number = self.office.counter
        self._do(lambda ctx: counter.open_counter(ctx, number))

    def _finished(self, _nothing: object) -> None:
        """With automatic calls the next one comes by itself, unless somebody does something before."""
        panel = self._seen
        if panel is not None and panel.auto_call_seconds and panel.waiting and panel.state == "open":
            self._auto.start(panel.auto_call_seconds)

    def call_again(self) -> None:
        if current := self._current(TicketState.CALLED):
            self._do(lambda ctx: counter.recall(ctx, current.ticket_id))

    def nobody_came(self) -> None:
        if current := self._current(TicketState.CALLED):
            self._do(lambda ctx: counter.no_show(ctx, current.ticket_id))

    def put_on_hold(self) -> None:
        if current := self._current():
            self._do(lambda ctx: counter.hold(ctx, current.ticket_id))

    def resume_first(self) -> None:
        first = self.held.first()
        if first is not None:
            self.resume(first)

    def resume(self, ticket_id: UUID) -> None:
        self._do(lambda ctx: counter.resume(ctx, ticket_id))

    def open_record(self) -> None:
        if current := self._current():
            self.record_asked.emit(current.ticket_id)

    # --- overlays

    def _cover(self, overlay: Overlay) -> None:
        self._auto.stop()
        cover = getattr(self.window(), "show_overlay", None)
        if cover is not None:
            cover(overlay)
        else:
            overlay.open()

    def _take_counter(self, number: int) -> None:
        self.office.take_counter(number)

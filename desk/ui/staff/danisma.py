"""Danışma: a visitor comes in, and two seconds later has a number or knows the way. All of it by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.registry import site
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.danisma_board import Shown, read_board
from desk.ui.staff.danisma_form import Entry, VisitForm, acts
from desk.ui.staff.danisma_guide import GuideDesk
from desk.ui.staff.danisma_keys import chords_of
from desk.ui.staff.danisma_more import MoreWork
from desk.ui.staff.danisma_paper import SlipDesk
from desk.ui.staff.danisma_queue import QueueColumn
from desk.ui.staff.danisma_room import Notice, Room
from desk.ui.staff.danisma_slip import Draft, SlipColumn, draft
from desk.ui.staff.danisma_words import day_words, given_words, key_words, told_words, undone_words
from desk.ui.staff.page import Page
from desk.ui.widgets import Button, ElidedText, HeroButton, Text, toasts

if TYPE_CHECKING:
    from desk.actions.requests import Registered
    from desk.queue.overrides import AskFirst
    from desk.queue.types import Priority, Ticket
    from desk.registry.types import Destination, Visit

DRAFT_MS = 70
"""The slip follows the typing after this pause."""

DOUBLE_SECONDS = 0.6
"""A key pressed again on the emptied form within this time was meant once."""

TURN_SECONDS = 30
"""Minutes run on without changes: the board is read again this often while it is shown."""

tr = translator()


@dataclass(slots=True)
class Sent:
    """A press that was handed to the database: what for, and whether the answer came."""

    key: str
    entry: Entry
    answered: bool = False
    reason: str = ""  # why a limit does not count


class DanismaPage(Page):
    """F2 number and slip, F4 way shown; the form is empty again before the database has answered."""

    title = N_("Danışma")
    icon = "desk"
    shows = frozenset(Kind) - {Kind.RECORD_OPENED, Kind.NOTE_WRITTEN, Kind.PETITION_REGISTERED}

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._key = new_key()
        self._sent: Sent | None = None
        self._sent_at = float("-inf")
        self._last: Entry | None = None
        self._repeated = False  # the last press was Shift+F2
        self._slips = SlipDesk(self)
        self._paper = self._slips.watch
        self._next = ""
        self._shown: Shown | None = None
        self._ticket: Ticket | None = None  # as the slip shows it
        self._known_read = False
        self._build()
        self._room = Room(self)
        self._wire()
        self.chords = chords_of(self)
        self._entry_changed()

    def _build(self) -> None:
        self.heading = Text(tr(N_("Ziyaretçi kaydı")), "title")
        self.subtitle = ElidedText("", "body", "ink_2")
        self.notice = Notice()
        self.told = Button(tr(N_("Bilgi verildi")), icon="check", key="F4")
        self.clear_button = Button(tr(N_("Temizle")), key="Esc")
        self.more_button = Button(tr(N_("Diğer işlemler")), icon="dots", key="F12", name=tr(N_("Diğer işlemler")))
        self.more = MoreWork(self)
        self.guide = GuideDesk(self, lambda: self._key, self._start_afresh, lambda visit: self._undo(visit.id, None))
        self.slip = SlipColumn()
        self.form = VisitForm(self.slip.lang)
        self.hero = HeroButton(
            tr(N_("Sıra ver ve yazdır")), keys=("F2", "Enter ↵"), joiner=tr(N_("veya")), icon="printer"
        )
        self.queue = QueueColumn()
        for button in (self.told, self.clear_button, self.more_button, self.hero):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._turn = QTimer(self, interval=TURN_SECONDS * 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room.arrange()

    def look_changed(self) -> None:
        self._room.arrange()

    def _wire(self) -> None:
        self.form.changed.connect(self._entry_changed)
        self.form.confirmed.connect(self.issue)
        self.hero.clicked.connect(self.issue)
        self.told.clicked.connect(self.tell_way)
        self.clear_button.clicked.connect(self.clear)
        self.more_button.clicked.connect(self.ask_more)
        self.more.given = self._given_by_appointment
        self.slip.reprint.clicked.connect(self.reprint)
        self._draft_timer.timeout.connect(self._draw_slip)
        self._turn.timeout.connect(self.load)

    def keys(self) -> list[tuple[str, str]]:
        return key_words()

    # --- load

    def load(self) -> None:
        ctx = self.office.ctx
        if not self._known_read:
            tasks.latest(self, "known", lambda: ctx.read(site.destinations), self._show_known)
        if self._shown is None:  # what is there already; what is to be expected takes as long to tell again
            tasks.latest(self, "board", lambda: read_board(ctx, forecasts=False), self._show_first_board)
        else:
            tasks.latest(self, "board", lambda: read_board(ctx), self._show_board)

    def _show_known(self, known: tuple[Destination, ...]) -> None:
        self._known_read = True
        self.form.search.set_known(known)

    def _show_first_board(self, shown: Shown) -> None:
        self._show_board(shown)
        tasks.once_shown(self, self.load)

    def _show_board(self, shown: Shown) -> None:
        if shown == self._shown and not shown.jobs:  # how long a job lasts is told by the minute
            self._draft_timer.start()
            return
        self._shown = shown
        board = shown.board
        words, brief = day_words(board)
        self.subtitle.setText(words)
        self.subtitle.set_brief(brief)
        self.notice.tell(is_open=shown.open)
        self.queue.show_queues(board.queues, self._ticket)
        self.queue.show_jobs(shown.jobs, self.office.ctx.now())
        self.queue.show_counters(board.counters)
        self.queue.show_printer(shown.printer)
        self.slip.set_issued(board.issued)
        self.form.search.set_queues({one.service.code: one for one in board.queues})
        self.form.help.set_free(shown.free)
        self._draft_timer.start()

    def set_away(self, away: bool) -> None:
        super().set_away(away)
        self.notice.tell(away=away)

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind is Kind.SETTINGS_CHANGED for change in changes):
            self._known_read = False
        self._paper.hear(changes)
        super()._on_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()

    def enter(self) -> None:
        self.to_search()

    def to_search(self) -> None:
        self.form.to_search()
        self.form.search.field.edit.selectAll()

    # --- the slip and the big button follow what is entered

    def _entry_changed(self) -> None:
        to = self.form.entry().to
        self._next = ""
        self._say_what_comes()
        if self._ticket is not None and (to is None or to.service_code != self._ticket.service_code):
            self._tell(None)
        if to is None:
            self.slip.show_words(tr(N_("Birim veya konu seçildiğinde fiş burada görünür.")))
        elif not to.service_code:
            self.slip.show_words(tr(N_("Bu yer için numara verilmez. F4 ile bilgi verildiği kaydedilir.")))
        self._draft_timer.start()

    def _say_what_comes(self) -> None:
        entry = self.form.entry()
        only_way = entry.to is not None and not entry.to.service_code
        self.hero.setEnabled(not only_way)
        self.told.set_kind("primary" if only_way else "secondary")
        if entry.to is None:
            self.hero.set_subtitle(tr(N_("Önce birim veya konu seçiniz")))
            return
        if not entry.to.service_code:
            self.hero.set_subtitle(tr(N_("{name}: numara verilmez, F4 bilgi verildi")).format(name=entry.to.name))
            return
        persons = tr(N_("{count} kişi")).format(count=entry.persons)
        if entry.each:
            persons = tr(N_("{count} numara")).format(count=entry.persons)
        parts = (self._next, entry.to.name, persons)
        self.hero.set_subtitle(" · ".join(part for part in parts if part))

    def _draw_slip(self) -> None:
        entry, ctx = self.form.entry(), self.office.ctx
        if entry.to is None or not entry.to.service_code:
            return
        request = entry.request(self._key)
        tasks.latest(self, "draft", lambda: draft(ctx, request), partial(self._show_draft, entry.to), self._no_draft)

    def _show_draft(self, to: Destination, made: Draft) -> None:
        if self.form.entry().to is not to:
            return
        self._next = made.ticket.number
        self._tell(made.ticket)
        self.slip.show_draft(made)
        self._say_what_comes()

    def _tell(self, ticket: Ticket | None) -> None:
        """The lists say what the slip says."""
        self._ticket = ticket
        self.form.search.set_ticket(ticket)
        if self._shown is not None:
            self.queue.show_queues(self._shown.board.queues, ticket)

    def _no_draft(self, error: DeskError) -> None:
        self.slip.show_words(error.text(tr))

    # --- give a number

    def issue(self) -> None:
        """F2. The form is emptied at once; the next visitor can be typed while the database works."""
        entry = self.form.entry()
        if entry.to is None:
            self._nothing_chosen()
        elif not entry.to.service_code:
            words = tr(N_("“{name}” için numara verilmez. Yolu anlattıysanız F4 ile kaydediniz."))
            self.hinted.emit(words.format(name=entry.to.name))
        elif problem := self.form.identity.problem():
            self.form.identity.to_problem()
            self._room.scroller.show_soon(self.form.identity)  # with the sentence below the field
            self.hinted.emit(problem)
        else:
            self._send(Sent(self._key, entry))
            self._start_afresh(entry)

    def open_guide(self) -> None:
        """F11, which the window hears."""
        self.guide.open()

    def going_to(self) -> tuple[str, int]:
        """Where the visitor in the form goes, and how many they are: for the card they are given."""
        entry = self.form.entry()
        to = entry.to
        return (" · ".join(part for part in (to.name, to.detail) if part) if to else "", entry.persons)

    def personal(self) -> tuple[QWidget, ...]:
        return (self.form.identity,) if self.form.identity.is_open() else ()

    def open_scan(self, code: str) -> bool:
        """An identity document fills the identity fields, if they are open: nobody needs one for a number."""
        from desk.registry.scanning import read_scan

        identity = read_scan(code).identity
        if identity is None:
            return False
        if self.form.identity.is_open():
            self.form.identity.offer(identity.name, identity.tckn)
            self.said.emit(tr(N_("Kimlik okundu; adı denetleyiniz.")), None)
        else:
            self.hinted.emit(tr(N_("Numara için kimlik gerekmez; isteğe bağlı kimlik alanlarını Alt+K açar.")))
        return True

    def _nothing_chosen(self) -> None:
        """Nothing is entered: the second press of a double F2 asks for the same again, which gives nothing new."""
        sent = self._sent
        if sent is not None and not sent.answered and self.form.is_empty():
            self._send(sent)
        elif not self._is_double():
            self.hinted.emit(tr(N_("Önce birim veya konu yazıp seçiniz.")))

    def _is_double(self) -> bool:
        return self.form.is_empty() and time.monotonic() - self._sent_at < DOUBLE_SECONDS

    def _send(self, sent: Sent) -> None:
        self._sent = sent
        ctx, request = self.office.ctx, sent.entry.request(sent.key, sent.reason)
        tasks.run(
            self,
            lambda: acts().register_visit(ctx, request),
            partial(self._registered, sent),
            partial(self._not_done, sent, self._send),
        )

    def _start_afresh(self, entry: Entry) -> None:
        self._last, self._sent_at, self._repeated = entry, time.monotonic(), False
        if entry.to is not None:
            self.form.search.remember(entry.to)
        self.clear()

    def _registered(self, sent: Sent, done: Registered) -> None:
        if sent.answered:
            return  # the second press of one visitor
        sent.answered = True
        numbers = [ticket.number for ticket in done.tickets]
        self.said.emit(
            given_words(_name(sent.entry), numbers, bool(done.jobs) or done.repeated),
            partial(self._undo, done.visit.id, sent.entry.priority),
        )
        for job_id, number in zip(done.jobs, numbers, strict=False):
            self._paper.watch(job_id, number)
        self.reload_soon()

    def _not_done(self, sent: Sent, again: Callable[[Sent], None], error: DeskError) -> None:
        """Nothing was recorded. The entry comes back when the form is free, else behind "Yeniden dene"."""
        from desk.queue.overrides import AskFirst

        if sent.answered:
            return
        sent.answered = True
        if isinstance(error, AskFirst):
            self._ask_reason(sent, error)
            return
        retry = Sent(sent.key, sent.entry, reason=sent.reason)
        if self.form.is_empty():
            self.form.show_entry(sent.entry)
            self._key = sent.key
            self.failed.emit(error.text(tr))
            return
        name = _name(sent.entry) or tr(N_("Ziyaretçi"))
        sentence = tr(N_("{name} için kayıt yapılamadı. {reason}")).format(name=name, reason=error.text(tr))
        toasts(self).error(sentence, action=tr(N_("Yeniden dene")), on_action=partial(again, retry))

    def _ask_reason(self, sent: Sent, error: AskFirst) -> None:
        """A limit stands against it: with a reason the same press goes on, without one nothing was recorded."""
        from desk.ui.staff.danisma_ask import AskReason

        ask = AskReason(self.window(), _name(sent.entry), error.limit)
        ask.agreed.connect(lambda reason: self._send(Sent(sent.key, sent.entry, reason=reason)))
        self.more.cover(ask)

    def ask_more(self) -> None:
        """F12: what is done now and then."""
        to = self.form.entry().to
        self.more.ask(to.service_code if to else "")

    def _given_by_appointment(self, done: Registered) -> None:
        ticket = done.tickets[0]
        words = given_words(ticket.service_name, [ticket.number], bool(done.jobs) or done.repeated)
        self.said.emit(words, None)
        for job_id in done.jobs:
            self._paper.watch(job_id, ticket.number)
        self.reload_soon()

    # --- show the way

    def tell_way(self, printed: bool = False) -> None:
        """F4: counted, no number; with ``printed`` (Shift+F4) a slip shows the way."""
        if self._is_double():
            return
        entry = self.form.entry()
        printed = printed is True  # a click gives its own False
        if printed and entry.to is None:
            self.hinted.emit(tr(N_("Yön fişi için birim veya konu seçiniz.")))
            return
        self._send_way(Sent(self._key, entry), printed)
        self._start_afresh(entry)

    def _send_way(self, sent: Sent, printed: bool = False) -> None:
        ctx, direction = self.office.ctx, sent.entry.direction(sent.key, printed=printed)
        tasks.run(
            self,
            lambda: acts().give_direction(ctx, direction),
            partial(self._directed, sent),
            partial(self._not_done, sent, partial(self._send_way, printed=printed)),
        )

    def _directed(self, sent: Sent, visit: Visit) -> None:
        sent.answered = True
        words = told_words(_name(sent.entry), sent.entry.persons)
        self.said.emit(words, partial(self._undo, visit.id, None))
        self.reload_soon()

    def repeat(self) -> None:
        """Shift+F2: the last thing again for the next visitor, with the same service and whatever is entered now."""
        if self._repeated and self._is_double():
            return
        last = self._last
        if last is None or last.to is None:
            self.hinted.emit(tr(N_("Yinelenecek bir işlem yok.")))
            return
        if self.form.entry().to is None:
            self.form.search.choose(last.to)
        if last.to.service_code:
            self.issue()
        else:
            self.tell_way()
        self._repeated = True

    # --- undo, reprint, clear

    def _undo(self, visit_id: UUID, priority: Priority | None) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: acts().undo_visit(ctx, visit_id, priority), self._undone)

    def _undone(self, numbers: tuple[str, ...]) -> None:
        self.said.emit(undone_words(numbers), None)
        self._paper.forget(numbers)
        self.reload_soon()

    def reprint(self) -> None:
        """F3: the slip of the last number of this terminal again, marked as a copy."""
        self._slips.reprint()

    def clear(self) -> None:
        """Esc: an empty form, ready for the next visitor; on an empty one the error messages go."""
        if self.form.is_empty():
            for toast in toasts(self).shown():
                if toast.cross is not None:
                    toast.dismiss()
        self._key = new_key()
        self.form.show_entry(Entry())
        self.to_search()
        self._entry_changed()


def _name(entry: Entry) -> str:
    return entry.to.name if entry.to else ""


def new_key() -> str:
    """A request's own mark: a second arrival of it gives nothing new."""
    return uuid4().hex

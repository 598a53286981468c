"""Danışma: a visitor comes in, and two seconds later has a number or knows the way. All of it by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import desk, paper
from desk.actions.context import Context
from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.printing import ledger
from desk.printing.types import JobState, JobView, PrinterView
from desk.queue import reads
from desk.queue.types import LiveBoard, Priority
from desk.registry import assistance, site
from desk.registry.types import AssistanceBoard, Destination, Visit
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.chords import Chords
from desk.ui.staff.danisma_form import Entry, VisitForm
from desk.ui.staff.danisma_queue import QueueColumn
from desk.ui.staff.danisma_slip import MOST_ROWS, WIDTH, Draft, SlipColumn, draft
from desk.ui.staff.page import Page
from desk.ui.staff.side_by_side import Scroller
from desk.ui.theme import look_of
from desk.ui.widgets import Button, ElidedText, HeroButton, Text, toasts

DRAFT_MS = 70
"""The slip follows the typing after this pause."""

TURN_SECONDS = 20
"""Minutes run on without changes: the board is read again this often while it is shown."""

SLIP_GROWS = 88
"""Pixels the slip becomes wider in a wide window."""

NARROW = 1080
"""A page narrower than this (times the text's scale) has two columns."""

LOW = 800
"""A page lower than this (a 1366 × 768 screen) is set tighter."""

tr = translator()


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands around the form, read in one go."""

    board: LiveBoard
    help: AssistanceBoard
    printer: PrinterView | None
    open: bool


@dataclass(slots=True)
class Sent:
    """A press that was handed to the database: what for, and whether the answer came."""

    key: str
    entry: Entry
    answered: bool = False


def read_board(ctx: Context) -> Shown:
    """For a worker."""

    def all_of(s, scope):
        return (
            reads.live_board(s, scope, MOST_ROWS),
            assistance.board(s, scope),
            reads.opening(s, scope)[0],
            ledger.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id),
        )

    board, help_board, is_open, printer_id = ctx.read(all_of)
    printer = next((one for one in paper.printers(ctx) if one.id == printer_id), None)
    return Shown(board, help_board, printer, is_open)


class DanismaPage(Page):
    """F2 number and slip, F4 way shown; the form is empty again before the database has answered."""

    title = N_("Danışma")
    icon = "desk"
    shows = frozenset(Kind) - {Kind.RECORD_OPENED, Kind.NOTE_WRITTEN, Kind.PETITION_REGISTERED}

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._key = new_key()
        self._sent: Sent | None = None
        self._last: Entry | None = None
        self._last_ticket: UUID | None = None
        self._watched: dict[UUID, str] = {}  # print jobs of this window → number, until the paper is out
        self._told: set[tuple[UUID, str]] = set()
        self._next = ""
        self._shown: Shown | None = None
        self._known_read = False
        self._build()
        self._lay_out()
        self._wire()
        self.chords = self._own_chords()
        self._entry_changed()

    # --- build

    def _build(self) -> None:
        self.heading = Text(tr(N_("Ziyaretçi kaydı")), "title")
        self.subtitle = ElidedText("", "body", "ink_2")
        self.notice = Text("", "label", "amber_text", wrap=True)
        self.notice.hide()
        self.told = Button(tr(N_("Bilgi verildi")), icon="check", key="F4")
        self.clear_button = Button(tr(N_("Temizle")), key="Esc")
        self.form = VisitForm()
        self.hero = HeroButton(
            tr(N_("Sıra ver ve yazdır")), keys=("F2", "Enter ↵"), joiner=tr(N_("veya")), icon="printer"
        )
        self.slip = SlipColumn()
        self.queue = QueueColumn()
        for button in (self.told, self.clear_button, self.hero):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._turn = QTimer(self, interval=TURN_SECONDS * 1000)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.told, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._left = left = QVBoxLayout()
        left.addWidget(Scroller(self.form), 1)
        left.addWidget(self.hero)
        self._columns = columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 1)
        columns.addWidget(self.slip)
        self._main = main = QVBoxLayout()
        main.setSpacing(8)
        main.addLayout(head)
        main.addWidget(self.notice)
        main.addLayout(columns, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(main, 1)
        whole.addWidget(self.queue)
        self.toast_place = self.queue

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Tighter in a low window; the slip goes to the right column where there is no room for three (large text)."""
        scale = look_of(self).text_scale
        tight = self.height() < LOW * scale
        self._main.setContentsMargins(24, 10 if tight else 16, 24, 14 if tight else 20)
        self._left.setSpacing(6 if tight else 12)
        self.form.set_tight(tight)
        self.queue.set_tight(tight)
        self.slip.setFixedWidth(WIDTH + min(SLIP_GROWS, max(0, (self.width() - 1352) // 5)))
        narrow = self.width() < NARROW * scale
        if narrow and not self.queue.isAncestorOf(self.slip):
            self._columns.removeWidget(self.slip)
            self.queue.take_in(self.slip)
        elif not narrow and self.queue.isAncestorOf(self.slip):
            self._columns.addWidget(self.slip)

    def _wire(self) -> None:
        self.form.changed.connect(self._entry_changed)
        self.form.confirmed.connect(self.issue)
        self.hero.clicked.connect(self.issue)
        self.told.clicked.connect(self.tell_way)
        self.clear_button.clicked.connect(self.clear)
        self.slip.reprint.clicked.connect(self.reprint)
        self._draft_timer.timeout.connect(self._draw_slip)
        self._turn.timeout.connect(self.load)

    def _own_chords(self) -> Chords:
        chords, form = Chords(), self.form
        chords.add("F2", self.issue)
        chords.add("F3", self.reprint)
        chords.add("F4", self.tell_way)
        chords.add("Shift+F4", lambda: self.tell_way(printed=True))
        chords.add("F12", self.repeat)
        chords.add("Esc", self.clear)
        chords.add("Ctrl+K", self._to_search)
        for place in (1, 2, 3, 4):
            chords.add(f"Ctrl+{place}", partial(form.search.pick, place - 1))
        chords.add("Alt+Up", form.persons.step_up, repeats=True)
        chords.add("Alt+Down", form.persons.step_down, repeats=True)
        chords.add("Alt+N", form.toggle_each)
        chords.add("Alt+G", form.next_arrival)
        for place in range(len(form.priorities)):
            chords.add(f"Alt+{place + 1}", partial(form.toggle_priority, place))
        chords.add("Alt+R", form.help.cycle)
        chords.add("Alt+K", form.identity.toggle)
        return chords

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F2", tr(N_("Sıra verir ve fişi yazdırır (seçimden sonra Enter de)"))),
            ("F4", tr(N_("Bilgi verildi: ziyareti numarasız kaydeder"))),
            ("Shift+F4", tr(N_("Bilgi verildi ve yön fişi yazdırır"))),
            ("F3", tr(N_("Son fişi yeniden yazdırır"))),
            ("F12", tr(N_("Son yapılanı aynı hizmetle yineler"))),
            ("Ctrl+K", tr(N_("Aramaya gider"))),
            ("↑ ↓ Enter", tr(N_("Bulunanlardan seçer"))),
            ("Ctrl+1 … 4", tr(N_("Satırı sırasıyla seçer"))),
            ("Alt+↑ ↓", tr(N_("Kişi sayısını değiştirir"))),
            ("Alt+N", tr(N_("Gruba tek numara yerine kişi başına numara"))),
            ("Alt+G", tr(N_("Randevusuz veya randevulu"))),
            ("Alt+1 … 5", tr(N_("Öncelik"))),
            ("Alt+R", tr(N_("Refakat ister; yeniden basınca sonraki yardım türü"))),
            ("Alt+K", tr(N_("Kimlik alanlarını açar ve kapatır"))),
            ("Esc", tr(N_("Formu temizler"))),
        ]

    # --- load

    def load(self) -> None:
        ctx = self.office.ctx
        if not self._known_read:
            tasks.latest(self, "known", lambda: ctx.read(site.destinations), self._show_known)
        tasks.latest(self, "board", lambda: read_board(ctx), self._show_board)

    def _show_known(self, known: tuple[Destination, ...]) -> None:
        self._known_read = True
        self.form.search.set_known(known)

    def _show_board(self, shown: Shown) -> None:
        self._shown = shown
        board = shown.board
        words = tr(N_("Bugün {visits} ziyaret, {persons} kişi · son bir saatte {hour} ziyaret"))
        self.subtitle.setText(
            words.format(visits=board.visits_today, persons=board.persons_today, hour=board.visits_last_hour)
        )
        self.notice.setText("" if shown.open else tr(N_("Mesai dışı: numara verilir, fişte belirtilir.")))
        self.notice.setVisible(not shown.open)
        self.queue.show_queues(board.queues)
        self.queue.show_jobs(shown.help.jobs, self.office.ctx.now())
        self.queue.show_counters(board.counters)
        self.queue.show_printer(shown.printer)
        self.slip.set_issued(board.issued)
        self.form.search.set_queues({one.service.code: one for one in board.queues})
        self.form.help.set_free(sum(not escort.busy_with for escort in shown.help.escorts))
        self._draft_timer.start()

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind is Kind.SETTINGS_CHANGED for change in changes):
            self._known_read = False
        for change in changes:
            if change.kind is Kind.PRINT_CHANGED and change.subject_id in self._watched:
                self._ask_job(change.subject_id)
        super()._on_changes(changes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()

    def enter(self) -> None:
        self._to_search()

    def _to_search(self) -> None:
        self.form.to_search()
        self.form.search.field.edit.selectAll()

    # --- the slip and the big button follow what is entered

    def _entry_changed(self) -> None:
        to = self.form.entry().to
        self._next = ""
        self._say_what_comes()
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
        self.slip.show_draft(made)
        self._say_what_comes()

    def _no_draft(self, error: DeskError) -> None:
        self.slip.show_words(error.text(tr))

    # --- give a number

    def issue(self) -> None:
        """F2. The form is emptied at once; the next visitor can be typed while the database works."""
        entry = self.form.entry()
        if entry.to is None:
            self._nothing_chosen()
        elif not entry.to.service_code:
            words = tr(N_("{name} için numara verilmez. Yolu anlattıysanız F4 ile kaydediniz."))
            self.said.emit(words.format(name=entry.to.name), None)
        elif problem := self.form.identity.problem():
            self.said.emit(problem, None)
        else:
            self._send(Sent(self._key, entry))
            self._start_afresh(entry)

    def _nothing_chosen(self) -> None:
        """Nothing is entered: the second press of a double F2 asks for the same again, which gives nothing new."""
        sent = self._sent
        if sent is not None and not sent.answered and self.form.is_empty():
            self._send(sent)
        else:
            self.said.emit(tr(N_("Önce birim veya konu yazıp seçiniz.")), None)

    def _send(self, sent: Sent) -> None:
        self._sent = sent
        ctx, request = self.office.ctx, sent.entry.request(sent.key)
        tasks.run(
            self,
            lambda: desk.register_visit(ctx, request),
            partial(self._registered, sent),
            partial(self._not_done, sent, self._send),
        )

    def _start_afresh(self, entry: Entry) -> None:
        self._last = entry
        if entry.to is not None:
            self.form.search.remember(entry.to)
        self.clear()

    def _registered(self, sent: Sent, done: desk.Registered) -> None:
        if sent.answered:
            return  # the second press of one visitor
        sent.answered = True
        numbers = [ticket.number for ticket in done.tickets]
        self._last_ticket = done.tickets[-1].id
        self.said.emit(
            self._given_words(sent.entry, numbers, bool(done.jobs) or done.repeated),
            partial(self._undo, done.visit.id, sent.entry.priority),
        )
        for job_id, number in zip(done.jobs, numbers, strict=False):
            self._watched[job_id] = number
            self._ask_job(job_id)
        self.reload_soon()

    def _given_words(self, entry: Entry, numbers: list[str], has_paper: bool) -> str:
        assert entry.to is not None
        if len(numbers) == 1:
            who = tr(N_("{number} verildi · {name}.")).format(number=numbers[0], name=entry.to.name)
        else:
            words = tr(N_("{first} – {last} verildi ({count} numara) · {name}."))
            who = words.format(first=numbers[0], last=numbers[-1], count=len(numbers), name=entry.to.name)
        if has_paper:
            return who
        return f"{who} " + tr(N_("Fiş yazıcısı yok; numarayı ziyaretçiye söyleyiniz."))

    def _not_done(self, sent: Sent, again, error: DeskError) -> None:
        """Nothing was recorded. The entry comes back when the form is free, else behind "Yeniden dene"."""
        if sent.answered:
            return
        sent.answered = True
        retry = Sent(sent.key, sent.entry)
        if self.form.is_empty():
            self.form.show_entry(sent.entry)
            self._key = sent.key
            self.failed.emit(error.text(tr))
            return
        name = sent.entry.to.name if sent.entry.to else tr(N_("Ziyaretçi"))
        sentence = tr(N_("{name} için kayıt yapılamadı. {reason}")).format(name=name, reason=error.text(tr))
        toasts(self).error(sentence, action=tr(N_("Yeniden dene")), on_action=partial(again, retry))

    # --- show the way

    def tell_way(self, printed: bool = False) -> None:
        """F4: counted, no number; with ``printed`` (Shift+F4) a slip shows the way."""
        entry = self.form.entry()
        printed = printed is True
        if printed and entry.to is None:
            self.said.emit(tr(N_("Yön fişi için birim veya konu seçiniz.")), None)
            return
        self._send_way(Sent(self._key, entry), printed)
        self._start_afresh(entry)

    def _send_way(self, sent: Sent, printed: bool = False) -> None:
        ctx, direction = self.office.ctx, sent.entry.direction(sent.key, printed=printed)
        tasks.run(
            self,
            lambda: desk.give_direction(ctx, direction),
            partial(self._directed, sent),
            partial(self._not_done, sent, partial(self._send_way, printed=printed)),
        )

    def _directed(self, sent: Sent, visit: Visit) -> None:
        sent.answered = True
        to, count = sent.entry.to, sent.entry.persons
        if to is None:
            words = tr(N_("Bilgi verildi · {count} kişi")).format(count=count)
        else:
            words = tr(N_("Bilgi verildi: {name} · {count} kişi")).format(name=to.name, count=count)
        self.said.emit(words, partial(self._undo, visit.id, None))
        self.reload_soon()

    def repeat(self) -> None:
        """F12: the last thing again for the next visitor, with the same service and whatever is entered now."""
        last = self._last
        if last is None or last.to is None:
            self.said.emit(tr(N_("Yinelenecek bir işlem yok.")), None)
            return
        if self.form.entry().to is None:
            self.form.search.choose(last.to)
        if last.to.service_code:
            self.issue()
        else:
            self.tell_way()

    # --- undo, reprint, clear

    def _undo(self, visit_id: UUID, priority: Priority | None) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: desk.undo_visit(ctx, visit_id, priority), self._undone)

    def _undone(self, numbers: tuple[str, ...]) -> None:
        if not numbers:
            words = tr(N_("Kayıt geri alındı."))
        elif len(numbers) == 1:
            words = tr(N_("{number} iptal edildi; fişi geri alınız.")).format(number=numbers[0])
        else:
            words = tr(N_("{first} – {last} iptal edildi; fişleri geri alınız."))
            words = words.format(first=numbers[0], last=numbers[-1])
        self.said.emit(words, None)
        self._last_ticket = None
        self._watched = {job: number for job, number in self._watched.items() if number not in numbers}
        self.reload_soon()

    def reprint(self) -> None:
        """F3: the slip of the last number again, marked as a copy."""
        issued = self._shown.board.issued if self._shown else ()
        ticket_id = self._last_ticket or (issued[0].ticket_id if issued else None)
        if ticket_id is None:
            self.said.emit(tr(N_("Bugün henüz numara verilmedi.")), None)
            return
        ctx = self.office.ctx
        tasks.run(self, lambda: _reprint(ctx, ticket_id), self._reprinted)

    def _reprinted(self, made: tuple[UUID, str]) -> None:
        job_id, number = made
        self.said.emit(tr(N_("{number} yeniden yazdırılıyor (kopya).")).format(number=number), None)
        self._watched[job_id] = number
        self._ask_job(job_id)

    def clear(self) -> None:
        """Esc: an empty form, ready for the next visitor; on an empty one the error messages go."""
        if self.form.is_empty():
            for toast in toasts(self).shown():
                if toast.cross is not None:
                    toast.dismiss()
        self._key = new_key()
        self.form.show_entry(Entry())
        self._to_search()
        self._entry_changed()

    # --- paper

    def _ask_job(self, job_id: UUID) -> None:
        ctx = self.office.ctx
        tasks.read(self, lambda: paper.job(ctx, job_id), self._job_seen)

    def _job_seen(self, job: JobView) -> None:
        number = self._watched.get(job.id)
        if number is None:
            return
        if job.state is JobState.PRINTED:
            del self._watched[job.id]
            return
        if not job.reason and job.state not in (JobState.FAILED, JobState.UNKNOWN):
            return
        if (job.id, job.reason) in self._told:
            return
        self._told.add((job.id, job.reason))
        self._tell_no_paper(number, job)

    def _tell_no_paper(self, number: str, job: JobView) -> None:
        """The number counts; the person is told it aloud, and why no slip came."""
        waits = job.state in (JobState.QUEUED, JobState.SENDING)
        if waits:
            words = tr(N_("{number}: fiş henüz basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
        elif job.state is JobState.UNKNOWN:
            words = tr(N_("{number}: fişin basıldığı bilinmiyor. {reason} Numarayı ziyaretçiye söyleyiniz."))
        else:
            words = tr(N_("{number}: fiş basılamadı. {reason} Numarayı ziyaretçiye söyleyiniz."))
        sentence = words.format(number=number, reason=tr(job.reason))
        if waits:
            self.failed.emit(sentence)
            return
        del self._watched[job.id]
        again = partial(self._print_again, job.subject_id) if job.subject_id else None
        toasts(self).error(sentence, action=tr(N_("Yeniden yazdır")) if again else "", on_action=again)

    def _print_again(self, ticket_id: UUID) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: _reprint(ctx, ticket_id), self._reprinted)


def _reprint(ctx: Context, ticket_id: UUID) -> tuple[UUID, str]:
    return paper.reprint(ctx, ticket_id), ctx.read(reads.ticket, ticket_id).number


def new_key() -> str:
    """A request's own mark: a second arrival of it gives nothing new."""
    return uuid4().hex

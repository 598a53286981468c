"""Refakat: who waits to be accompanied, who goes with them, and for how long already."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import escort
from desk.actions.context import Context
from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.registry import assistance, site
from desk.registry.types import (
    ASSISTANCE_STATE_NAMES,
    AssistanceBoard,
    AssistanceJob,
    AssistanceKind,
    AssistanceState,
    Equipment,
    Unit,
)
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import refakat_words as words
from desk.ui.staff.page import Page
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.refakat_card import JobCard
from desk.ui.staff.refakat_request import RequestPanel
from desk.ui.staff.refakat_side import EquipmentCard, EscortsCard
from desk.ui.staff.side_by_side import Scroller, SideBySide
from desk.ui.widgets import Button, EmptyState, Text

TICK_MS = 1000
COUNT_MS = 250
"""A hidden page counts the open jobs for the rail at most this often."""

_S = AssistanceState
STEPS: dict[AssistanceState, tuple[Callable[[Context, UUID], None], AssistanceState]] = {
    _S.ASSIGNED: (escort.start, _S.STARTED),
    _S.STARTED: (escort.hand_over, _S.HANDED_OVER),
    _S.HANDED_OVER: (escort.end, _S.ENDED),
}


class RefakatPage(Page):
    """Cards of open jobs; Enter does the next step, E chooses the escort, ↑ ↓ go from card to card."""

    title = N_("Refakat")
    icon = "escort"
    shows = frozenset(
        {
            *(kind for kind in Kind if kind.startswith(("assistance.", "equipment."))),
            Kind.VISIT_VOIDED,
            Kind.SETTINGS_CHANGED,
            Kind.DAY_OPENED,
            Kind.DAY_CLOSED,
        }
    )

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self._cards: dict[UUID, JobCard] = {}
        self._current: UUID | None = None
        self._board: AssistanceBoard | None = None
        self._asking = False  # a new job is on its way to the database
        self._wanted: UUID | None = None  # opened here a moment ago: its card gets the focus when it comes
        self._build()
        self._lay_out()
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Refakat")), "title")
        self.subtitle = Text("", "body", "ink_2")
        self.new_button = Button(tr(N_("Yeni refakat")), icon="plus", key="Ctrl+N")
        self.request = RequestPanel()
        self.request.hide()
        self.nothing = EmptyState(
            "check", tr(N_("Açık refakat yok")), tr(N_("Danışma, banko ya da kiosk isteyince burada görünür."))
        )
        self.nothing.setMinimumHeight(200)
        self.escorts = EscortsCard()
        self.equipment = EquipmentCard()
        self._clock = QTimer(self, interval=TICK_MS)
        self._count_timer = QTimer(self, singleShot=True, interval=COUNT_MS)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._header())
        jobs = QWidget()
        self._list = QVBoxLayout(jobs)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self._list.addWidget(self.request)
        self._list.addWidget(self.nothing)
        self._list.addStretch(1)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.escorts)
        right.addWidget(self.equipment)
        right.addStretch(1)
        row = SideBySide(gap=12)
        row.add(jobs, stretch=5, least=760)
        row.add(side, stretch=2, least=340)
        column.addWidget(row, 1)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller(content)
        whole.addWidget(self.scroller)
        self.toast_place = self

    message_edge = 24

    def keep_free(self, pixels: int) -> None:
        """Messages stand at the foot; the jobs are scrolled above them."""
        self._whole.setContentsMargins(0, 0, 0, pixels)

    def _header(self) -> QHBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.heading)
        lines.addWidget(self.subtitle)
        row = QHBoxLayout()
        row.addLayout(lines, 1)
        row.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _wire(self) -> None:
        self.page_keys = PageKeys(self)
        self.page_keys.add("Ctrl+N", self.open_request)
        self.page_keys.add("F2", self._submit_request)
        self.page_keys.add("Esc", self._escape)
        self.page_keys.watch(self)
        self.new_button.clicked.connect(self.open_request)
        self.request.requested.connect(self._request)
        self.request.closed.connect(self._escape)
        self.equipment.taken.connect(self._take)
        self.equipment.returned.connect(self._return)
        self._clock.timeout.connect(self._tick)
        self._count_timer.timeout.connect(self._count)
        self._count_timer.start()

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("↑ ↓", tr(N_("Refakatler arasında gezer"))),
            ("Enter", tr(N_("Sonraki adımı işler: atandı, başladı, teslim edildi, bitti"))),
            ("E", tr(N_("Görevli ve ekipman seçer"))),
            ("Del", tr(N_("Refakati iptal eder (iki kez basılır)"))),
            ("Ctrl+N", tr(N_("Yeni refakat formunu açar"))),
            ("F2", tr(N_("Yeni refakati kaydeder"))),
            ("Ctrl+Z", tr(N_("Son adımı 10 saniye içinde geri alır"))),
            ("Esc", tr(N_("Vazgeçer; açılanı kapatır"))),
        ]

    # --- load

    def load(self) -> None:
        ctx = self.office.ctx
        tasks.latest(self, "load", lambda: _read(ctx), self._show)

    def _show(self, read: tuple[AssistanceBoard, tuple[Unit, ...]]) -> None:
        self._board, units = read
        self.request.set_units(units)
        self._show_cards(self._board)
        self.escorts.show_board(self._board)
        self.equipment.show_board(self._board)
        self._show_counts(self._board)
        self._tick()

    def _show_cards(self, board: AssistanceBoard) -> None:
        hints = words.suggestions(board)
        order = list(self._cards)
        # with no card to go to, the focus waited on the button
        had_focus = self._cards_have_focus() or (not order and self.new_button.hasFocus())
        for job in board.jobs:
            card = self._cards.get(job.id)
            if card is None:
                card = self._new_card(job, board)
            card.set_job(job, board, hints.get(job.id))
        self._drop_cards({job.id for job in board.jobs})
        self.nothing.setVisible(not board.jobs)
        if self._wanted in self._cards:
            self._go_to_wanted()
        elif self._current not in self._cards:
            self._choose_heir(order, take_focus=had_focus)
        self._mark_current()

    def _go_to_wanted(self) -> None:
        self._current, self._wanted = self._wanted, None
        if not self.request.isVisible():
            self.enter()

    def _new_card(self, job: AssistanceJob, board: AssistanceBoard) -> JobCard:
        card = JobCard(job, board, None)
        self._list.insertWidget(self._list.count() - 1, card)
        card.assigned.connect(lambda who, what: self._assign(card, who, what))
        card.stepped.connect(lambda: self._step(card))
        card.ended.connect(lambda: self._do(card, escort.end, _S.ENDED))
        card.cancelled.connect(lambda: self._do(card, escort.cancel, _S.CANCELLED))
        card.moved.connect(self._move)
        card.focused.connect(lambda: self._make_current(card.job.id))
        card.unfolded.connect(self.scroller.show_soon)
        card.show()
        self._cards[job.id] = card
        return card

    def _drop_cards(self, staying: set[UUID]) -> None:
        for job_id in [one for one in self._cards if one not in staying]:
            card = self._cards.pop(job_id)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _cards_have_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and any(card is focus or card.isAncestorOf(focus) for card in self._cards.values())

    def _choose_heir(self, order: list[UUID], *, take_focus: bool) -> None:
        """The card that stands where the last current one stood."""
        place = order.index(self._current) if self._current in order else 0
        left = list(self._cards)
        self._current = left[min(place, len(left) - 1)] if left else None
        if take_focus:
            self.enter()

    def _show_counts(self, board: AssistanceBoard) -> None:
        tr = self._tr
        waiting = _not_started(board)
        parts = [tr(N_("{count} açık refakat")).format(count=len(board.jobs))]
        if waiting:
            parts.append(tr(N_("{count} başlamadı")).format(count=waiting))
        parts.append(tr(N_("bugün {count} tamamlandı")).format(count=board.done_today))
        self.subtitle.setText(" · ".join(parts))
        self.badge.emit(waiting)

    def enter(self) -> None:
        card = self._cards.get(self._current) if self._current else None
        (card or self.new_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- the clock runs only while somebody can see it

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def _tick(self) -> None:
        now = self.office.ctx.now()
        for card in self._cards.values():
            card.tick(now)
        current = self._cards.get(self._current) if self._current else None
        self.equipment.tick(now, current.job if current else None)

    # --- the rail's count, also while another page is in front

    def _on_changes(self, changes: list[Change]) -> None:
        super()._on_changes(changes)
        if not self.isVisible() and any(change.kind in self.shows for change in changes):
            self._count_timer.start()

    def _count(self) -> None:
        ctx = self.office.ctx
        tasks.latest(self, "count", lambda: _not_started(ctx.read(assistance.board)), self.badge.emit)

    # --- go from card to card

    def _make_current(self, job_id: UUID) -> None:
        if job_id != self._current:
            self._current = job_id
            self._mark_current()
            self._tick()

    def _mark_current(self) -> None:
        for job_id, card in self._cards.items():
            card.set_current(job_id == self._current, primary=not self.request.isVisible())

    def _move(self, step: int) -> None:
        order = list(self._cards)
        if self._current in order:
            heir = order[min(max(order.index(self._current) + step, 0), len(order) - 1)]
            self._cards[heir].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- act

    def _step(self, card: JobCard) -> None:
        action, state = STEPS[card.job.state]
        self._do(card, action, state)

    def _do(self, card: JobCard, action: Callable[[Context, UUID], None], state: AssistanceState) -> None:
        ctx, job_id = self.office.ctx, card.job.id
        words = self._tr(N_("{number} refakati: {state}"))
        said = words.format(number=card.job.number, state=self._tr(ASSISTANCE_STATE_NAMES[state]))
        tasks.run(
            self,
            lambda: action(ctx, job_id),
            lambda _: self._done(said, lambda: self._take_back(job_id, card.job.number, state)),
            lambda error: self._failed(error, card),
        )

    def _take_back(self, job_id: UUID, number: str, state: AssistanceState) -> None:
        """Ctrl+Z within ten seconds: the job is where it was before the step."""
        ctx = self.office.ctx
        said = self._tr(N_("{number}: son adım geri alındı.")).format(number=number)
        tasks.run(self, lambda: escort.take_back(ctx, job_id, state), lambda _: self._done(said), self._failed)

    def _assign(self, card: JobCard, escort_id: UUID, equipment_id: UUID | None) -> None:
        ctx, job, board = self.office.ctx, card.job, card.board
        held = words.piece_of(job, board)
        name = next(one.name for one in board.escorts if one.id == escort_id)
        said = self._tr(N_("{number} · {name} atandı")).format(number=job.number, name=name)
        tasks.run(
            self,
            lambda: _assign(ctx, job.id, escort_id, equipment_id, held),
            lambda _: self._done(said, lambda: self._take_back(job.id, job.number, _S.ASSIGNED)),
            lambda error: self._failed(error, card),
        )
        card.close_panel()

    def _take(self, piece: Equipment) -> None:
        card = self._cards.get(self._current) if self._current else None
        if card is None:
            return
        ctx, job_id = self.office.ctx, card.job.id
        said = self._tr(N_("{name} · {number} refakatine verildi")).format(name=piece.name, number=card.job.number)
        tasks.run(self, lambda: escort.take_equipment(ctx, job_id, piece.id), lambda _: self._done(said), self._failed)

    def _return(self, piece: Equipment) -> None:
        ctx = self.office.ctx
        said = self._tr(N_("{name} geri alındı")).format(name=piece.name)
        tasks.run(self, lambda: escort.return_equipment(ctx, piece.id), lambda _: self._done(said), self._failed)

    # --- a job without a number

    def open_request(self) -> None:
        self.request.show()
        self.request.begin()
        self.page_keys.watch(self.request)
        self._mark_current()

    def _submit_request(self) -> None:
        if self.request.isVisible():
            self.request.submit()

    def _request(self, kind: AssistanceKind, place: str, printed: bool) -> None:
        """A doubled F2 opens one job."""
        if self._asking:
            return
        self._asking = True
        ctx = self.office.ctx
        said = self._tr(N_("Refakat açıldı: {place}")).format(place=place)
        tasks.run(
            self,
            lambda: escort.request(ctx, kind, place, printed=printed),
            lambda job_id: self._requested(job_id, said),
            self._failed,
            on_end=self._request_answered,
        )

    def _request_answered(self) -> None:
        self._asking = False

    def _requested(self, job_id: UUID, said: str) -> None:
        self.request.hide()
        self._wanted = job_id
        if job_id in self._cards:
            self._go_to_wanted()
        else:
            self.enter()
        self._mark_current()
        self._done(said)

    def _escape(self) -> None:
        """Esc: what was opened last closes."""
        if self.request.isVisible():
            self.request.hide()
            self._mark_current()
            self.enter()
            return
        card = self._cards.get(self._current) if self._current else None
        if card is not None:
            card.escape()

    # --- say

    def _done(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        self.said.emit(sentence, undo)
        self.reload_soon()

    def _failed(self, error: DeskError, card: JobCard | None = None) -> None:
        """Somebody else was first, or the database could not be reached: say it and show what is true now."""
        if card is not None:
            card.busy = False
        self.failed.emit(error.text(self._tr))
        self.reload_soon()


def _not_started(board: AssistanceBoard) -> int:
    return sum(job.state in words.NOT_STARTED for job in board.jobs)


# --- for the workers: nothing below touches a widget


def _read(ctx: Context) -> tuple[AssistanceBoard, tuple[Unit, ...]]:
    return ctx.read(assistance.board), ctx.read(site.units)


def _assign(ctx: Context, job_id: UUID, escort_id: UUID, equipment_id: UUID | None, held: Equipment | None) -> None:
    """Give the job away; a piece that is not wanted any more comes back, one that is out with it stays."""
    if held is not None and held.id != equipment_id:
        escort.return_equipment(ctx, held.id)
    keeps = held is not None and held.id == equipment_id
    escort.assign(ctx, job_id, escort_id, None if keeps else equipment_id)

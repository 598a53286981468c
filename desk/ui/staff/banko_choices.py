"""The choices of a counter: where to, which number and why, a break, and everything behind "Diğer işlemler"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desk.actions import counter
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.queue import catalog, reads
from desk.queue.overrides import AskFirst
from desk.queue.reasons import BREAK_REASONS, CHOICE_REASONS
from desk.queue.types import STATE_NAMES, AtCounter, CounterPanel, Missed, Seat, Service, Ticket, TicketState
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import banko_asks
from desk.ui.staff.danisma_ask import AskReason
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.picker import Picker

tr = translator()


class Choices:
    """A part of ``BankoPanel``: it asks over the window, then does what was chosen by the panel's ``_do``."""

    office: Office
    said: Any
    float_asked: Any
    _seen: CounterPanel | None
    _small: bool
    window: Callable[[], QWidget]
    _do: Callable[..., None]
    _current: Callable[..., AtCounter | None]
    _refused: Callable[[DeskError], None]
    _cover: Callable[[Overlay], None]
    _finished: Callable[[object], None]
    open: Callable[[], None]

    def ask_service(self) -> None:
        """Y: which service, counter or clerk the visitor goes on to."""
        current, ctx, number = self._current(), self.office.ctx, self.office.counter
        if current is not None:
            read = lambda: (ctx.read(catalog.services), ctx.read(reads.seats, number))  # noqa: E731
            tasks.read(self, read, partial(self._pick_place, current))

    def _pick_place(self, current: AtCounter, found: tuple[tuple[Service, ...], tuple[Seat, ...]]) -> None:
        options = banko_asks.places(*found, current.service_name)
        picker = Picker(self.window(), tr(N_("{number} nereye yönlendirilsin?")).format(number=current.number), options)
        picker.picked.connect(lambda place: self._send(current, *place))
        self._cover(picker)

    def _send(self, current: AtCounter, kind: str, where: str | int) -> None:
        act: Callable[..., counter.Sent | None] = {
            "service": counter.transfer,
            "counter": counter.transfer_to_counter,
            "staff": counter.transfer_to_staff,
        }[kind]
        self._do(lambda ctx: act(ctx, current.ticket_id, where), partial(self._sent, current.number))

    def _sent(self, number: str, to: object) -> None:
        """The visitor waits there now; also when nobody is there to call them, which is said."""
        if isinstance(to, counter.Sent) and to.notice:
            self.said.emit(tr(to.notice).format(number=number, service=to.service))

    def ask_number(self) -> None:
        """N: call a number that is not next, or bring one back that did not come."""
        if self._seen is None or self._current() is not None:
            return
        ctx, counter_id = self.office.ctx, self._seen.counter_id
        tasks.read(self, lambda: ctx.read(reads.missed, counter_id), self._pick_number)

    def _pick_number(self, missed: tuple[Missed, ...]) -> None:
        if self._seen is not None:
            ask = banko_asks.ask_number(self.window(), self._seen.next, missed)
            ask.answered.connect(self.number_given)
            self._cover(ask)

    def number_given(self, typed: str) -> None:
        """A number was typed, chosen or scanned: what can be done with it depends on where it stands."""
        ctx = self.office.ctx
        tasks.read(self, lambda: ctx.read(reads.find_open, typed), self._number_found, self._refused)

    def _number_found(self, found: Ticket) -> None:
        if found.state is TicketState.NO_SHOW:
            back = tr(N_("{number} sırasına geri alındı.")).format(number=found.number)
            self._do(lambda ctx: counter.bring_back(ctx, found.id), lambda _: self.said.emit(back))
        elif found.state is not TicketState.WAITING:
            state = tr(STATE_NAMES[found.state])
            self.said.emit(tr(N_("{number}: {state}")).format(number=found.number, state=state))
        else:
            self._ask_why(found)

    def _ask_why(self, found: Ticket) -> None:
        number = self.office.counter
        title = tr(N_("{number} neden sırasından önce çağrılıyor?")).format(number=found.number)
        ask = banko_asks.ask_reason(self.window(), title, CHOICE_REASONS)
        ask.answered.connect(
            lambda why: self._do(lambda ctx: counter.call_this(ctx, number, found.id, why, opens=False))
        )
        self._cover(ask)

    def ask_break(self) -> None:
        """M: a break, with its reason."""
        if self._seen is None or self._seen.state != "open" or self._current() is not None:
            return
        number = self.office.counter
        ask = banko_asks.ask_reason(self.window(), tr(N_("Mola nedeni")), BREAK_REASONS)
        ask.answered.connect(lambda why: self._do(lambda ctx: counter.begin_break(ctx, number, why)))
        self._cover(ask)

    def ask_further(self, ticket_id: UUID) -> None:
        """One more number for the visitor at the counter: of which service."""
        ctx = self.office.ctx
        tasks.read(self, lambda: ctx.read(catalog.services), partial(self._pick_further, ticket_id))

    def _pick_further(self, ticket_id: UUID, services: tuple[Service, ...]) -> None:
        options = banko_asks.places(services, (), "")
        picker = Picker(self.window(), tr(N_("Hangi hizmet için yeni numara?")), options)
        names = {service.code: service.name for service in services}
        picker.picked.connect(lambda place: self._add(ticket_id, place[1], names[place[1]]))
        self._cover(picker)

    def _add(self, ticket_id: UUID, service_code: str, name: str, reason: str = "") -> None:
        self._do(
            lambda ctx: counter.add_service(ctx, ticket_id, service_code, reason),
            self._added,
            partial(self._not_added, ticket_id, service_code, name),
        )

    def _not_added(self, ticket_id: UUID, service_code: str, name: str, error: DeskError) -> None:
        """A limit stands against it: with a reason it is given all the same."""
        if not isinstance(error, AskFirst):
            self._refused(error)
            return
        ask = AskReason(self.window(), name, error.limit)
        ask.agreed.connect(lambda reason: self._add(ticket_id, service_code, name, reason))
        self._cover(ask)

    def _added(self, ticket: object) -> None:
        if isinstance(ticket, Ticket):
            words = tr(N_("{number} verildi: {service}"))
            self.said.emit(words.format(number=ticket.number, service=ticket.service_name))

    def ask_more(self) -> None:
        """F12: everything else that can be done just now."""
        if self._seen is None:
            return
        picker = Picker(self.window(), tr(N_("Diğer işlemler")), banko_asks.deeds(self._seen, small=self._small))
        picker.picked.connect(lambda deed: self._deed(*deed))
        self._cover(picker)

    def _deed(self, name: str, ticket_id: UUID | None) -> None:
        number = self.office.counter
        seconds = 0 if self._seen is None or self._seen.auto_call_seconds else banko_asks.AUTO_SECONDS
        acts: dict[str, Callable[[], None]] = {
            "open": self.open,
            "return": lambda: self._do(lambda ctx: counter.return_to_queue(ctx, ticket_id)),
            "leave": lambda: self._do(lambda ctx: counter.leave(ctx, ticket_id)),
            "papers": lambda: self._end(ticket_id, "papers"),
            "elsewhere": lambda: self._end(ticket_id, "elsewhere"),
            "further": lambda: self.ask_further(ticket_id),
            "pick": self.ask_number,
            "break": self.ask_break,
            "auto": lambda: self._do(lambda ctx: counter.set_auto_call(ctx, number, seconds)),
            "close": lambda: self._do(lambda ctx: counter.close_counter(ctx, number), self._closed),
            "change": lambda: self.office.take_counter(0),
            "float": self.float_asked.emit,
        }
        acts[name]()

    def _end(self, ticket_id: UUID | None, outcome: str) -> None:
        self._do(lambda ctx: counter.finish(ctx, ticket_id, outcome), self._finished)

    def _closed(self, returned: object) -> None:
        if returned:
            words = tr(N_("Banko kapatıldı; bekletilen {count} numara sırasına döndü."))
            self.said.emit(words.format(count=returned))

"""Whatever people do in whatever order: the state of every number is what it should be, and every count agrees.

A hypothesis state machine plays a day (and the next morning) with the actions themselves; beside it runs a model that
knows only the table of moves.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from acting import assert_whole, key, visit
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from desk.actions import counter, desk, escort, records, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.site import Counter as Banko
from desk.models.ticket import Ticket, TicketPeriod
from desk.queue.lifecycle import MOVES, OPEN_STATES, Move
from desk.queue.types import DESK_PRIORITIES
from desk.queue.types import TicketState as S
from desk.registry import assistance
from desk.registry.types import AssistanceKind, PetitionRequest

EXAMPLES = int(os.environ.get("DESK_TEST_EXAMPLES", "8"))

SERVICES = ("vergi", "imar", "danisma", "talep")
COUNTERS = {1: ("danisma", "talep"), 2: ("danisma", "talep"), 4: ("vergi",), 5: ("vergi",), 7: ("imar",)}
LETTERS = {"vergi": "V", "imar": "R", "danisma": "A", "talep": "T"}


class Known:
    """What the model knows of one ticket."""

    def __init__(self, service: str, number: str, visit_id: UUID, at: Any, priority: bool) -> None:
        self.service, self.number, self.visit_id, self.at, self.priority = service, number, visit_id, at, priority
        self.state = S.WAITING
        self.banko = 0
        self.calls = 0
        self.arrived = at
        self.called_at = at
        self.missed_at = at
        self.day = at.date()
        self.wanted = 0  # the only counter that may call it, while somebody is there

    def __repr__(self) -> str:
        return f"<{self.number} {self.state}>"


class Office(RuleBasedStateMachine):
    tickets = Bundle("tickets")
    jobs = Bundle("jobs")
    ctx: Context
    clock: SetClock

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[UUID, Known] = {}
        self.visits: dict[UUID, tuple[Any, Any]] = {}
        self.serial: dict[str, int] = {}
        self.manned: dict[int, str] = dict.fromkeys(COUNTERS, "closed")
        self.closed = False

    # What people do

    @rule(
        target=tickets,
        service=st.sampled_from(SERVICES),
        numbers=st.sampled_from((1, 1, 1, 3)),
        priority=st.sampled_from((None, None, *DESK_PRIORITIES[:2])),
        helped=st.sampled_from((None, None, AssistanceKind.WHEELCHAIR)),
    )
    def give(self, service: str, numbers: int, priority: Any, helped: Any) -> Any:
        if self.closed:
            with self.refused("Gün saat"):
                visit(self.ctx, service)
            return multiple()
        done = visit(self.ctx, service, numbers=numbers, persons=numbers, priority=priority, assistance=helped)
        self.visits[done.visit.id] = (self.clock.now(), priority)
        for ticket in done.tickets:
            self.serial[service] = self.serial.get(service, 0) + 1
            assert ticket.number == f"{LETTERS[service]} {self.serial[service]:03d}"
            known = Known(service, ticket.number, done.visit.id, ticket.issued_at, priority is not None)
            self.known[ticket.id] = known
        return multiple(*(ticket.id for ticket in done.tickets))

    @rule(persons=st.integers(1, 5))
    def direct(self, persons: int) -> None:
        desk.give_direction(self.ctx, desk.Direction(key(), persons))

    def callable_at(self, banko: int) -> list[tuple[UUID, Known]]:
        """Who waits for this counter, first come first: by the head start, then by the number's key."""
        found = []
        for ticket, known in self.known.items():
            if known.state is not S.WAITING:
                continue
            alone = known.wanted if known.wanted and self.manned[known.wanted] != "closed" else 0
            if known.wanted == banko or (not alone and known.service in COUNTERS[banko]):
                found.append((ticket, known))
        return sorted(found, key=lambda one: (one[1].arrived - timedelta(minutes=30 * one[1].priority), one[0]))

    def refusal(self, banko: int) -> str:
        """Why this counter cannot call; "" when it can."""
        if self.closed:
            return "Gün saat"
        if self.at(banko):
            return "işlemini tamamlayınız"
        return "molada" if self.manned[banko] == "break" else ""

    @rule(banko=st.sampled_from(sorted(COUNTERS)))
    def call(self, banko: int) -> None:
        if refusal := self.refusal(banko):
            with self.refused(refusal):
                counter.call_next(self.ctx, banko)
            return
        called = counter.call_next(self.ctx, banko)
        waiting = self.callable_at(banko)
        self.manned[banko] = "open"
        if not waiting:
            assert called is None
            return
        assert called is not None and called.ticket_id == waiting[0][0]
        assert called.reason is not None and called.reason.runner_up == (waiting[1][1].number if waiting[1:] else "")
        self.was_called(waiting[0][1], banko)

    def was_called(self, known: Known, banko: int) -> None:
        known.state, known.banko, known.calls, known.wanted = S.CALLED, banko, 1, 0
        known.called_at = self.clock.now()

    @rule(banko=st.sampled_from(sorted(COUNTERS)), ticket=tickets)
    def choose(self, banko: int, ticket: UUID) -> None:
        known = self.known[ticket]
        if refusal := self.refusal(banko):
            with self.refused(refusal):
                counter.call_this(self.ctx, banko, ticket, "Acil durum")
            return
        if known.state is not S.WAITING or known.day != self.clock.now().date():
            with pytest.raises(Stale):
                counter.call_this(self.ctx, banko, ticket, "Acil durum")
            return
        at = counter.call_this(self.ctx, banko, ticket, "Acil durum")
        self.manned[banko] = "open"
        assert at.reason is not None and (at.reason.rule, at.reason.note) == ("chosen", "Acil durum")
        self.was_called(known, banko)

    @rule(banko=st.sampled_from(sorted(COUNTERS)), deed=st.sampled_from(("open", "break", "close")))
    def man(self, banko: int, deed: str) -> None:
        if deed == "open":
            if self.closed:
                with self.refused("Gün saat"):
                    counter.open_counter(self.ctx, banko)
                return
            counter.open_counter(self.ctx, banko)
            self.manned[banko] = "open"
        elif self.at(banko):
            with self.refused("işlemini tamamlayınız"):
                self.leave_counter(banko, deed)
        elif deed == "break" and self.manned[banko] != "open":
            with self.refused("açık değil"):
                self.leave_counter(banko, deed)
        else:
            held = [k for k in self.known.values() if k.banko == banko and k.state is S.ON_HOLD]
            if deed == "close" and held and self.closed:
                with self.refused("Gün saat"):
                    self.leave_counter(banko, deed)
                return
            self.leave_counter(banko, deed)
            self.manned[banko] = "break" if deed == "break" else "closed"
            for known in held if deed == "close" else ():
                known.state, known.banko, known.calls = S.WAITING, 0, 0

    def leave_counter(self, banko: int, deed: str) -> None:
        if deed == "break":
            counter.begin_break(self.ctx, banko, "Kısa mola")
        else:
            counter.close_counter(self.ctx, banko)

    @rule(ticket=tickets)
    def recall(self, ticket: UUID) -> None:
        if self.move(ticket, Move.RECALL, counter.recall):
            self.known[ticket].calls += 1
            self.known[ticket].called_at = self.clock.now()

    @rule(ticket=tickets)
    def start(self, ticket: UUID) -> None:
        self.move(ticket, Move.START, counter.start)

    @rule(ticket=tickets)
    def finish(self, ticket: UUID) -> None:
        self.move(ticket, Move.FINISH, counter.finish)

    @rule(ticket=tickets)
    def no_show(self, ticket: UUID) -> None:
        known = self.known[ticket]
        if known.state is S.CALLED and known.calls < 2:
            with self.refused("en az 2 kez"):
                counter.no_show(self.ctx, ticket)
        elif known.state is S.CALLED and self.clock.now() < known.called_at + timedelta(seconds=20):
            with self.refused("sn daha bekleyiniz"):
                counter.no_show(self.ctx, ticket)
        elif self.move(ticket, Move.NO_SHOW, counter.no_show):
            known.missed_at = self.clock.now()

    @rule(ticket=tickets)
    def bring_back(self, ticket: UUID) -> None:
        known = self.known[ticket]
        late = self.clock.now() > known.missed_at + timedelta(minutes=30) or known.day != self.clock.now().date()
        if known.state is S.NO_SHOW and late:
            with self.refused("doldu"):
                counter.bring_back(self.ctx, ticket)
        elif self.move(ticket, Move.BRING_BACK, counter.bring_back):
            known.banko = known.calls = 0

    @rule(ticket=tickets)
    def give_back(self, ticket: UUID) -> None:
        if self.move(ticket, Move.RETURN, counter.return_to_queue):
            known = self.known[ticket]
            known.banko = known.calls = 0

    @rule(ticket=tickets)
    def hold(self, ticket: UUID) -> None:
        self.move(ticket, Move.HOLD, counter.hold)

    @rule(ticket=tickets)
    def resume(self, ticket: UUID) -> None:
        known = self.known[ticket]
        if known.state is S.ON_HOLD and (self.at(known.banko) or self.manned[known.banko] != "open"):
            with self.refused(""):
                counter.resume(self.ctx, ticket)
            return
        self.move(ticket, Move.RESUME, counter.resume)

    @rule(ticket=tickets, service=st.sampled_from(SERVICES))
    def transfer(self, ticket: UUID, service: str) -> None:
        def send(ctx: Context, ticket_id: UUID) -> None:
            counter.transfer(ctx, ticket_id, service)

        if self.move(ticket, Move.TRANSFER, send):
            known = self.known[ticket]
            known.service, known.banko, known.calls, known.wanted = service, 0, 0, 0

    @rule(ticket=tickets, banko=st.sampled_from(sorted(COUNTERS)))
    def send_to(self, ticket: UUID, banko: int) -> None:
        def send(ctx: Context, ticket_id: UUID) -> None:
            counter.transfer_to_counter(ctx, ticket_id, banko)

        if self.manned[banko] == "closed":
            with self.refused("kapalı"):
                send(self.ctx, ticket)
        elif self.move(ticket, Move.TRANSFER, send):
            known = self.known[ticket]
            known.banko, known.calls, known.wanted = 0, 0, banko

    @rule(target=tickets, ticket=tickets, service=st.sampled_from(SERVICES))
    def further(self, ticket: UUID, service: str) -> Any:
        first = self.known[ticket]
        if self.closed:
            today = first.day == self.clock.now().date()
            with self.refused("Gün saat" if today else "başka bir günün"):
                counter.add_service(self.ctx, ticket, service)
            return multiple()
        if first.day != self.clock.now().date() or first.visit_id not in self.visits:
            return multiple()  # what is over is not gone on with
        more = counter.add_service(self.ctx, ticket, service)
        self.serial[service] = self.serial.get(service, 0) + 1
        assert more.number == f"{LETTERS[service]} {self.serial[service]:03d}"
        self.known[more.id] = Known(service, more.number, first.visit_id, more.issued_at, first.priority)
        return more.id

    @rule(ticket=tickets)
    def leave(self, ticket: UUID) -> None:
        self.move(ticket, Move.LEAVE, counter.leave)

    @rule(ticket=tickets)
    def undo(self, ticket: UUID) -> None:
        visit_id = self.known[ticket].visit_id
        at, priority = self.visits.get(visit_id, (None, None))
        family = [k for k in self.known.values() if k.visit_id == visit_id]
        possible = at is not None and (self.clock.now() - at).total_seconds() <= 10
        if possible and all(k.state in MOVES[Move.CANCEL].sources for k in family):
            taken_back = desk.undo_visit(self.ctx, visit_id, priority)
            assert sorted(taken_back) == sorted(k.number for k in family)
            del self.visits[visit_id]
            for known in family:
                known.state = S.CANCELLED
        else:
            with pytest.raises(Stale):
                desk.undo_visit(self.ctx, visit_id, priority)

    @rule(target=jobs, kind=st.sampled_from(list(AssistanceKind)[:3]))
    def ask_for_help(self, kind: AssistanceKind) -> UUID:
        return escort.request(self.ctx, kind, "1. kat")

    @rule(job=jobs, step=st.sampled_from(("assign", "start", "hand_over", "end", "cancel")), chair=st.booleans())
    def help(self, job: UUID, step: str, chair: bool) -> None:
        with suppress(Stale):  # which steps are open is tried in test_actions_escort; here only the counts matter
            if step == "assign":
                board = self.ctx.read(assistance.board)
                escort.assign(self.ctx, job, board.escorts[0].id, board.equipment[0].id if chair else None)
            else:
                getattr(escort, step)(self.ctx, job)

    @rule(unit=st.sampled_from(("", "fen", "zabita")), signed=st.booleans())
    def petition(self, unit: str, signed: bool) -> None:
        request = PetitionRequest(key(), subject="Park", unit_code=unit, signature_present=signed)
        records.register_petition(self.ctx, request)

    @rule(seconds=st.sampled_from((1, 9, 60, 1500)))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule()
    def close_the_day(self) -> None:
        if self.closed:
            with pytest.raises(Stale, match="kapatılmıştı"):
                shift.close_day(self.ctx)
            return
        ending = [k for k in self.known.values() if k.state in OPEN_STATES - {S.SERVING}]
        assert shift.close_day(self.ctx) == len(ending)
        for known in ending:
            known.state = S.EXPIRED
        for banko in COUNTERS:
            if not self.at(banko):
                self.manned[banko] = "closed"
        self.closed = True

    @rule()
    def open_the_day_again(self) -> None:
        if self.closed:
            shift.reopen_day(self.ctx, "Meclis uzadı")
            self.closed = False
        else:
            with pytest.raises(Stale, match="zaten açık"):
                shift.reopen_day(self.ctx, "Meclis uzadı")

    @rule()
    def next_morning(self) -> None:
        self.clock.advance(days=1)
        self.serial.clear()
        desk.give_direction(self.ctx, desk.Direction(key()))  # the first work of the day
        for known in self.known.values():
            if known.state in OPEN_STATES:
                known.state = S.EXPIRED
        self.manned = dict.fromkeys(COUNTERS, "closed")
        self.closed = False

    @rule(ticket=consumes(tickets))
    def forget(self, ticket: UUID) -> None:
        """Nobody does anything with it any more."""

    def move(self, ticket: UUID, move: Move, act: Callable[[Context, UUID], None]) -> bool:
        """Do it when the table of moves allows it; else expect to be told how things stand."""
        known, step = self.known[ticket], MOVES[move]
        if self.closed and step.target is S.WAITING:
            with self.refused("Gün saat"):
                act(self.ctx, ticket)
            return False
        if known.state in step.sources:
            act(self.ctx, ticket)
            known.state = step.target
            return True
        with pytest.raises(Stale):
            act(self.ctx, ticket)
        return False

    def refused(self, words: str) -> Any:
        return pytest.raises(UserError, match=words)

    def at(self, banko: int) -> list[Known]:
        return [k for k in self.known.values() if k.banko == banko and k.state in (S.CALLED, S.SERVING)]

    # What always holds

    @invariant()
    def every_number_is_in_its_state(self) -> None:
        with self.ctx.db.read() as session:
            states = {row.id: S(row.state) for row in session.execute(select(Ticket.id, Ticket.state))}
        assert states == {ticket: known.state for ticket, known in self.known.items()}

    @invariant()
    def nobody_is_at_two_places_and_no_counter_has_two(self) -> None:
        with self.ctx.db.read() as session:
            at_counter = select(Ticket.counter_id).where(Ticket.state.in_(("called", "serving")))
            busy = session.execute(at_counter).scalars().all()
            unended = select(TicketPeriod.ticket_id).where(TicketPeriod.ended_at.is_(None))
            running = session.execute(unended).scalars().all()
            states = {row.number: row.state for row in session.execute(select(Banko.number, Banko.state))}
        assert {banko: states[banko] for banko in COUNTERS} == self.manned
        assert len(set(busy)) == len(busy)
        assert sorted(running) == sorted(i for i, known in self.known.items() if known.state in OPEN_STATES)

    @invariant()
    def every_number_is_unique_and_keeps_its_arrival(self) -> None:
        with self.ctx.db.read() as session:
            rows = session.execute(select(Ticket.id, Ticket.day, Ticket.number, Ticket.arrived_at)).all()
        assert len({(row.day, row.number) for row in rows}) == len(rows)
        assert {row.id: row.arrived_at for row in rows} == {i: known.arrived for i, known in self.known.items()}

    def teardown(self) -> None:
        assert_whole(self.ctx)
        assert_history_is_whole(self.ctx)


def assert_history_is_whole(ctx: Context) -> None:
    """The periods of a ticket follow one another from its issue on; a gap is only where somebody had not come."""
    with ctx.db.read() as session:
        rows = session.execute(select(TicketPeriod).order_by(TicketPeriod.ticket_id, TicketPeriod.id)).scalars().all()
        issued = {row.id: row.issued_at for row in session.execute(select(Ticket.id, Ticket.issued_at))}
    ends: dict[UUID, Any] = {}
    for row in rows:
        before = ends.get(row.ticket_id, issued[row.ticket_id])
        back = row.ticket_id in ends and row.kind == S.WAITING
        assert row.started_at >= before if back else row.started_at == before
        ends[row.ticket_id] = row.ended_at
    assert ends.keys() == issued.keys()


def play(machine: type[Office], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate),  # a failing run is short enough to read as it is
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_order_of_acts_on_sqlite(ctx: Context, clock: SetClock, _filled_file: Path, tmp_path: Path) -> None:
    numbers = count()

    @contextmanager
    def fresh() -> Iterator[Context]:
        path = tmp_path / f"any-{next(numbers)}.db"
        shutil.copyfile(_filled_file, path)
        yield Context(type(ctx.db)(f"sqlite:///{path}", clock), ctx.actor, tmp_path)

    play(machine_over(fresh, clock), examples=EXAMPLES, steps=30)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_any_order_of_acts_on_postgresql(ctx: Context, clock: SetClock) -> None:
    @contextmanager
    def same() -> Iterator[Context]:
        yield ctx  # one database for all runs: each begins on a morning of its own

    play(machine_over(same, clock), examples=3, steps=25)


def machine_over(fresh: Callable[[], Any], clock: SetClock) -> type[Office]:
    begun = clock.now()

    class Here(Office):
        def __init__(self) -> None:
            super().__init__()
            self.clock = clock
            self._opened = fresh()
            self.ctx = self._opened.__enter__()
            if self.ctx.db.is_sqlite:
                clock.set(begun)
            else:
                clock.advance(days=1)
                desk.give_direction(self.ctx, desk.Direction(key()))
                with self.ctx.db.read() as session:
                    for row in session.execute(select(Ticket)).scalars():
                        self.known[row.id] = Known("", row.number, row.visit_id, row.issued_at, row.priority)
                        self.known[row.id].state = S(row.state)

        def teardown(self) -> None:
            super().teardown()
            self._opened.__exit__(None, None, None)
            if self.ctx.db.is_sqlite:
                self.ctx.db.close()

    return Here

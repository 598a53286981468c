"""Whatever people do in whatever order: the state of every number is what it should be, and every count agrees.

A hypothesis state machine plays a day (and the next morning) with the actions themselves; beside it runs a model that
knows only the table of moves.
"""

from __future__ import annotations

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
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.site import Counter as Banko
from desk.models.ticket import Ticket, TicketPeriod
from desk.queue import commands
from desk.queue.lifecycle import MOVES, OPEN_STATES, Move
from desk.queue.types import DESK_PRIORITIES
from desk.queue.types import TicketState as S
from desk.registry import assistance
from desk.registry.types import AssistanceKind, PetitionRequest

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

    # What people do

    @rule(
        target=tickets,
        service=st.sampled_from(SERVICES),
        numbers=st.sampled_from((1, 1, 1, 3)),
        priority=st.sampled_from((None, None, *DESK_PRIORITIES[:2])),
        helped=st.sampled_from((None, None, AssistanceKind.WHEELCHAIR)),
    )
    def give(self, service: str, numbers: int, priority: Any, helped: Any) -> Any:
        done = visit(self.ctx, service, numbers=numbers, persons=numbers, priority=priority, assistance=helped)
        self.visits[done.visit.id] = (self.clock.now(), priority)
        for ticket in done.tickets:
            self.serial[service] = self.serial.get(service, 0) + 1
            assert ticket.number == f"{LETTERS[service]} {self.serial[service]:03d}"
            known = Known(service, ticket.number, done.visit.id, self.clock.now(), priority is not None)
            self.known[ticket.id] = known
        return multiple(*(ticket.id for ticket in done.tickets))

    @rule(persons=st.integers(1, 5))
    def direct(self, persons: int) -> None:
        desk.give_direction(self.ctx, desk.Direction(key(), persons))

    @rule(banko=st.sampled_from(sorted(COUNTERS)))
    def call(self, banko: int) -> None:
        if self.at(banko):
            with pytest.raises(UserError, match="işlemini tamamlayınız"):
                counter.call_next(self.ctx, banko)
            return
        called = counter.call_next(self.ctx, banko)
        waiting = [(i, k) for i, k in self.known.items() if k.state is S.WAITING and k.service in COUNTERS[banko]]
        if not waiting:
            assert called is None
            return
        assert called is not None
        first = min(k.at - timedelta(minutes=30 * k.priority) for _, k in waiting)
        known = self.known[called.ticket_id]
        assert known.state is S.WAITING and known.at - timedelta(minutes=30 * known.priority) == first
        known.state, known.banko, known.calls = S.CALLED, banko, 1

    @rule(ticket=tickets)
    def recall(self, ticket: UUID) -> None:
        if self.move(ticket, Move.RECALL, counter.recall):
            self.known[ticket].calls += 1

    @rule(ticket=tickets)
    def start(self, ticket: UUID) -> None:
        self.move(ticket, Move.START, counter.start)

    @rule(ticket=tickets)
    def finish(self, ticket: UUID) -> None:
        self.move(ticket, Move.FINISH, counter.finish)

    @rule(ticket=tickets)
    def no_show(self, ticket: UUID) -> None:
        if self.known[ticket].state is S.CALLED and self.known[ticket].calls < 2:
            with pytest.raises(UserError, match="en az 2 kez"):
                counter.no_show(self.ctx, ticket)
        elif self.known[ticket].calls >= 2:
            self.move(ticket, Move.NO_SHOW, counter.no_show)

    @rule(ticket=tickets)
    def hold(self, ticket: UUID) -> None:
        self.move(ticket, Move.HOLD, counter.hold)

    @rule(ticket=tickets)
    def resume(self, ticket: UUID) -> None:
        known = self.known[ticket]
        if known.banko and self.at(known.banko):
            with pytest.raises(UserError):
                counter.resume(self.ctx, ticket)
            return
        self.move(ticket, Move.RESUME, counter.resume)

    @rule(ticket=tickets, service=st.sampled_from(SERVICES))
    def transfer(self, ticket: UUID, service: str) -> None:
        def send(ctx: Context, ticket_id: UUID) -> None:
            counter.transfer(ctx, ticket_id, service)

        if self.move(ticket, Move.TRANSFER, send):
            known = self.known[ticket]
            known.service, known.banko, known.calls = service, 0, 0

    @rule(ticket=tickets)
    def leave(self, ticket: UUID) -> None:
        def gone(ctx: Context, ticket_id: UUID) -> None:
            with ctx.work(Right.ISSUE) as work:
                commands.cancel(work, ticket_id, "left")

        self.move(ticket, Move.CANCEL, gone)

    @rule(ticket=tickets)
    def undo(self, ticket: UUID) -> None:
        visit_id = self.known[ticket].visit_id
        at, priority = self.visits.get(visit_id, (None, None))
        family = [k for k in self.known.values() if k.visit_id == visit_id]
        possible = at is not None and (self.clock.now() - at).total_seconds() <= 10
        if possible and all(k.state in MOVES[Move.CANCEL].sources for k in family):
            assert desk.undo_visit(self.ctx, visit_id, priority) == tuple(k.number for k in family)
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
        ending = [k for k in self.known.values() if k.state in OPEN_STATES - {S.SERVING}]
        assert shift.close_day(self.ctx) == len(ending)
        for known in ending:
            known.state = S.EXPIRED

    @rule()
    def next_morning(self) -> None:
        self.clock.advance(days=1)
        self.serial.clear()
        desk.give_direction(self.ctx, desk.Direction(key()))  # the first work of the day
        for known in self.known.values():
            if known.state in OPEN_STATES:
                known.state = S.EXPIRED

    @rule(ticket=consumes(tickets))
    def forget(self, ticket: UUID) -> None:
        """Nobody does anything with it any more."""

    def move(self, ticket: UUID, move: Move, act: Callable[[Context, UUID], None]) -> bool:
        """Do it when the table of moves allows it; else expect to be told how things stand."""
        known, step = self.known[ticket], MOVES[move]
        if known.state in step.sources:
            act(self.ctx, ticket)
            known.state = step.target
            return True
        with pytest.raises(Stale):
            act(self.ctx, ticket)
        return False

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
            assert set(session.execute(select(Banko.state)).scalars()) <= {"open", "closed"}
        assert len(set(busy)) == len(busy)
        assert sorted(running) == sorted(i for i, known in self.known.items() if known.state in OPEN_STATES)

    def teardown(self) -> None:
        assert_whole(self.ctx)
        assert_history_is_whole(self.ctx)


def assert_history_is_whole(ctx: Context) -> None:
    """The periods of a ticket follow one another without a gap, from its issue on."""
    with ctx.db.read() as session:
        rows = session.execute(select(TicketPeriod).order_by(TicketPeriod.ticket_id, TicketPeriod.id)).scalars().all()
        issued = {row.id: row.issued_at for row in session.execute(select(Ticket.id, Ticket.issued_at))}
    ends: dict[UUID, Any] = {}
    for row in rows:
        assert row.started_at == ends.get(row.ticket_id, issued[row.ticket_id])
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

    play(machine_over(fresh, clock), examples=8, steps=30)


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

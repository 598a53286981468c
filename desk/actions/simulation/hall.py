"""Queue and counters: numbers wait, are called by the very rule, served, sent on, missed, or given up."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from desk.actions.simulation import demand
from desk.actions.simulation.book import Row
from desk.actions.simulation.foresight import Foresight, History
from desk.actions.simulation.place import Counter, Service
from desk.actions.simulation.stage import Stage
from desk.actor import Actor
from desk.events import Kind
from desk.models.counting import Duration, Measure
from desk.models.numbers import CodeKind
from desk.models.site import CounterPeriod
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.queue import rule
from desk.queue.numbering import label
from desk.queue.types import NextUp, TicketState

STAYS_MINUTES = 20
"""How long after closing the counters go on with those who wait."""

REST_OF_THE_DAY = 24 * 60


@dataclass(slots=True, eq=False)
class Numbered:
    """A ticket in play: its row, the service it waits for now, its open period."""

    row: Row
    service: str
    period: Row
    served: timedelta = timedelta()


@dataclass(slots=True, eq=False)
class Seat:
    """A counter in play."""

    counter: Counter
    period: Row | None = None  # open while there is one
    periods: list[Row] = field(default_factory=list)  # of the day
    ticket: Numbered | None = None
    called: datetime | None = None  # the visitor who is or was here
    leaves: float = 0.0  # minutes of a break to take after this visitor
    run: int = 0  # priority numbers called one after the other (see rule.Kind)


@dataclass(slots=True)
class Queue:
    normal: list[Numbered] = field(default_factory=list)
    priority: list[Numbered] = field(default_factory=list)

    def of(self, ticket: Numbered) -> list[Numbered]:
        return self.priority if ticket.row["priority"] else self.normal

    def heads(self) -> Iterator[Numbered]:
        yield from (line[0] for line in (self.normal, self.priority) if line)

    def __len__(self) -> int:
        return len(self.normal) + len(self.priority)


class _Waiting(NamedTuple):
    """What a reason is told of."""

    id: UUID
    number: str
    priority: bool
    arrived_at: datetime


class Hall:
    """``when_served`` is told of a ticket when its service begins, with the seconds it will take."""

    def __init__(
        self,
        stage: Stage,
        tickets: float,
        when_served: Callable[[Numbered, float, Actor], None],
        history: History | None = None,
    ) -> None:
        self.stage, self.book, self.chance = stage, stage.book, stage.chance
        self.when_served = when_served
        place = stage.place
        self.rule = rule.from_settings(place.settings)
        self.queues = {code: Queue() for code in place.services}
        self.seats = [Seat(counter) for counter in place.counters]
        self.habits = demand.habits_of(stage.day, list(place.services))
        lunch = stage.hours.lunch or (0, 0)
        worked = stage.hours.closes - stage.hours.opens - (lunch[1] - lunch[0])
        self.pace = demand.pace(self.habits, [c.services for c in place.counters], tickets, worked)
        self.foresight = Foresight(self, history or History(), place, stage.hours, stage.midnight)
        self._alive: dict[str, set[str]] = {s.numbers.letter: set() for s in place.services.values()}

    # The roster

    def plan(self) -> None:
        """Who sits where until when: opening, lunch, a break, sometimes nobody at all."""
        hours, chance = self.stage.hours, self.chance
        for seat in self.seats:
            shared = [s for s in self.seats if s is not seat and set(seat.counter.services) <= set(s.counter.services)]
            if shared and chance.random() < 0.03:
                continue  # absent today; somebody else serves the same
            self.stage.at(hours.opens + chance.uniform(-4, 6), partial(self.open, seat))
            if hours.lunch:
                begins, ends = hours.lunch
                if shared and seat.counter.number > min(s.counter.number for s in shared):
                    begins, ends = begins - 30, begins + 15  # partly staffed: the second goes first
                length = ends - begins + chance.uniform(-3, 4)
                self.stage.at(begins + chance.uniform(-2, 2), partial(self.leave, seat, length))
            for half in (hours.opens + 60, hours.closes - 180):
                if chance.random() < 0.5:
                    self.stage.at(half + chance.uniform(0, 100), partial(self.leave, seat, chance.uniform(7, 16)))
            self.stage.at(hours.closes + 0.01, partial(self.leave, seat, 0))
            self.stage.at(hours.closes + STAYS_MINUTES, partial(self.leave, seat, REST_OF_THE_DAY))

    def open(self, seat: Seat) -> None:
        if seat.period is not None or self.stage.minute() >= self.stage.hours.closes:
            return
        now, actor = self.stage.now, seat.counter.actor
        seat.period = self.book.add(
            CounterPeriod,
            id=self.book.key(now),
            day=self.stage.day,
            counter_id=seat.counter.id,
            staff_id=actor.staff_id,
            kind="open",
            reason="",
            started_at=now,
            ended_at=None,
        )
        seat.periods.append(seat.period)
        self.book.change(Kind.COUNTER_OPENED, seat.counter.id, now, actor)
        self.stage.after(self.chance.uniform(3, 15), partial(self.call, seat))

    def leave(self, seat: Seat, minutes: float) -> None:
        """Close the counter for so long; 0: for today, when nobody waits for it any more."""
        if seat.period is None:
            return
        if seat.ticket is not None:
            seat.leaves = minutes
            return
        if minutes == 0 and self._first(seat) is not None:
            return
        seat.leaves, seat.run = 0.0, 0
        seat.period["ended_at"] = self.stage.now
        seat.period = None
        self.book.change(Kind.COUNTER_CLOSED, seat.counter.id, self.stage.now, seat.counter.actor)
        if 0 < minutes < REST_OF_THE_DAY:
            self.stage.after(minutes * 60, partial(self.open, seat))

    # Numbers

    def take(
        self, service: Service, visit: Row, actor: Actor, *, priority: bool, lang: str, open_now: bool
    ) -> Numbered:
        """Give a number and let it wait."""
        now, day = self.stage.now, self.stage.day
        serial, number = self._next_label(service)
        promise = self.foresight.promise(service.code, priority, now)
        band = promise.band if promise else None
        row = self.book.add(
            Ticket,
            id=self.book.key(now),
            day=day,
            visit_id=visit["id"],
            service_id=service.id,
            series=service.numbers.letter,
            serial=serial,
            number=number,
            scan_code=self.book.barcode(CodeKind.TICKET),
            state=TicketState.WAITING,
            priority=priority,
            persons=visit["persons"],
            lang=lang,
            issued_at=now,
            arrived_at=now,
            outside_hours=not open_now,
            ahead=promise.ahead if promise else self._ahead(service.code, priority),
            forecast_low=band.low if band else None,
            forecast_high=band.high if band else None,
            counter_id=None,
            staff_id=None,
            first_called_at=None,
            called_at=None,
            recalls=0,
            started_at=None,
            ended_at=None,
            outcome=None,
            wanted_counter_id=None,
            wanted_staff_id=None,
            further_service_id=None,
        )
        self.foresight.keep(row, promise)
        self.book.count(Measure.TICKETS_ISSUED, service.code, by_hour=now)
        self.book.change(Kind.TICKET_ISSUED, row["id"], now, actor)
        ticket = Numbered(row, service.code, self._period(row, TicketState.WAITING, actor))
        self.queues[service.code].of(ticket).append(ticket)
        self._alive[service.numbers.letter].add(number)
        seconds = demand.patience(self.chance)
        if seconds < (self.stage.hours.closes - self.stage.minute()) * 60:
            self.stage.after(seconds, partial(self.give_up, ticket, actor, "left"))
        self._wake(service.code)
        return ticket

    def is_full(self, service: Service) -> bool:
        letter = service.numbers.letter
        taken = self.book.series.last(f"ticket:{letter}", self.stage.day.isoformat())
        return (service.cap is not None and taken >= service.cap) or len(self._alive[letter]) >= service.numbers.size

    def _next_label(self, service: Service) -> tuple[int, str]:
        while True:
            serial = self.book.series.take(f"ticket:{service.numbers.letter}", self.stage.day.isoformat())
            number = label(service.numbers, serial)
            if serial <= service.numbers.size or number not in self._alive[service.numbers.letter]:
                return serial, number

    def _ahead(self, code: str, priority: bool) -> int:
        """How many are before a newcomer, by all that is known now (``rule.before``)."""
        queue = self.queues[code]
        if not priority or self.rule.name in ("interleave", "accumulating"):
            return len(queue)
        if self.rule.name == "strict":
            return len(queue.priority)
        earlier = self.stage.now - timedelta(minutes=self.rule.head_start)
        return len(queue.priority) + len([one for one in queue.normal if one.row["arrived_at"] <= earlier])

    def give_up(self, ticket: Numbered, actor: Actor, outcome: str) -> None:
        """Cancel a number if it still waits: "left" or, undone by the desk, "void"."""
        if ticket.row["state"] is not TicketState.WAITING:
            return
        self.queues[ticket.service].of(ticket).remove(ticket)
        self._end(ticket, TicketState.CANCELLED, outcome)
        self.book.count(Measure.LEFT if outcome == "left" else Measure.TICKETS_CANCELLED, ticket.service)
        self.book.change(Kind.TICKET_CANCELLED, ticket.row["id"], self.stage.now, actor)

    # At the counter

    def call(self, seat: Seat) -> None:
        """Call the number that the rule puts first."""
        if seat.period is None or seat.ticket is not None:
            return
        ticket = self._first(seat)
        if ticket is None:
            if self.stage.minute() >= self.stage.hours.closes:
                self.leave(seat, 0)
            return
        now, row, actor = self.stage.now, ticket.row, seat.counter.actor
        self.queues[ticket.service].of(ticket).remove(ticket)
        seat.ticket, seat.called = ticket, now
        self.foresight.called(ticket.service, now)
        if row["first_called_at"] is None:
            row["first_called_at"] = now
            self.book.time(Duration.WAIT, ticket.service, row["issued_at"], now)
        row.update(
            state=TicketState.CALLED, counter_id=seat.counter.id, staff_id=actor.staff_id, called_at=now, recalls=1
        )
        runner_up = self._first(seat)
        why = rule.reason(self._next_up(ticket), self._next_up(runner_up) if runner_up else None, seat.run)
        seat.run = rule.next_run(seat.run, row["priority"])
        self._log_call(seat, 1, why.rule, why.version, rule.inputs(why))
        self._next_period(ticket, TicketState.CALLED, actor, seat.counter.id)
        self.book.change(Kind.TICKET_CALLED, row["id"], now, actor)
        pace = self.pace[ticket.service]
        if self.chance.random() < demand.NO_SHOW_SHARE:
            self.stage.after(self.chance.uniform(35, 70) * pace, partial(self._recall, seat))
        else:
            self.stage.after(self.chance.lognormvariate(3.2, 0.5) * pace, partial(self._start, seat))

    def _first(self, seat: Seat) -> Numbered | None:
        heads = [one for code in seat.counter.services for one in self.queues[code].heads()]
        if not heads:
            return None
        midnight, now = self.stage.midnight, self.stage.minute()

        def key(one: Numbered) -> tuple[float, float]:
            arrived = (one.row["arrived_at"] - midnight).total_seconds() / 60
            return rule.key(self.rule, arrived, one.row["priority"], now, seat.run)

        return min(heads, key=key)

    def _next_up(self, ticket: Numbered) -> NextUp:
        row = ticket.row
        waiting = _Waiting(row["id"], row["number"], row["priority"], row["arrived_at"])
        return rule.next_up(self.rule, waiting, self.stage.now)

    def _recall(self, seat: Seat) -> None:
        assert seat.ticket is not None
        row = seat.ticket.row
        row.update(recalls=row["recalls"] + 1, called_at=self.stage.now)
        self._log_call(seat, row["recalls"], "recall", 1, {"waited_minutes": 0, "head_start": 0})
        self.book.change(Kind.TICKET_RECALLED, row["id"], self.stage.now, seat.counter.actor)
        wait = self.chance.uniform(30, 60) * self.pace[seat.ticket.service]
        comes = self.chance.random() < 0.3 or row["recalls"] < self.stage.place.setting("no_show_after_recalls", 2)
        self.stage.after(wait, partial(self._start if comes else self._no_show, seat))

    def _no_show(self, seat: Seat) -> None:
        ticket = seat.ticket
        assert ticket is not None
        self._end(ticket, TicketState.NO_SHOW, "no_show")
        self._is_done(seat, "")
        self.book.count(Measure.NO_SHOWS, ticket.service)
        self.book.change(Kind.TICKET_NO_SHOW, ticket.row["id"], self.stage.now, seat.counter.actor)
        self._free(seat, self.chance.uniform(2, 8))

    def _start(self, seat: Seat) -> None:
        ticket, now, actor = seat.ticket, self.stage.now, seat.counter.actor
        assert ticket is not None
        ticket.row.update(state=TicketState.SERVING, started_at=now, staff_id=actor.staff_id)
        self._next_period(ticket, TicketState.SERVING, actor, seat.counter.id)
        self.book.change(Kind.TICKET_STARTED, ticket.row["id"], now, actor)
        seconds = self.habits[ticket.service].draw(self.chance) * self.pace[ticket.service]
        others = [code for code in self.queues if code != ticket.service]
        moved = bool(others) and not ticket.served and self.chance.random() < demand.TRANSFER_SHARE
        if moved and self.stage.minute() < self.stage.hours.closes - 30:
            self.stage.after(seconds / 3, partial(self._transfer, seat, self.chance.choice(others)))
            return
        self.when_served(ticket, seconds, actor)
        self.stage.after(seconds, partial(self._finish, seat))

    def _finish(self, seat: Seat) -> None:
        ticket, now = seat.ticket, self.stage.now
        assert ticket is not None
        served = ticket.served + (now - ticket.period["started_at"])
        self._is_done(seat, ticket.service)
        outcome = demand.outcome(ticket.row["id"])
        self._end(ticket, TicketState.SERVED, outcome)
        self.book.count(Measure.TICKETS_OUTCOME, outcome)
        self.book.time(Duration.SERVE, ticket.service, now - served, now)
        self.book.count(Measure.TICKETS_SERVED, ticket.service)
        self.book.change(Kind.TICKET_FINISHED, ticket.row["id"], now, seat.counter.actor)
        self._free(seat, self.chance.uniform(4, 25) * self.pace[ticket.service])

    def _transfer(self, seat: Seat, code: str) -> None:
        """Send on with number and arrival kept: this one may well be the first over there."""
        ticket, now = seat.ticket, self.stage.now
        assert ticket is not None
        ticket.served += now - ticket.period["started_at"]
        self._is_done(seat, ticket.service)
        ticket.service = code
        ticket.row.update(
            state=TicketState.WAITING,
            service_id=self.stage.place.services[code].id,
            counter_id=None,
            started_at=None,
            recalls=0,
        )
        self._next_period(ticket, TicketState.WAITING, seat.counter.actor, None)
        self.book.change(Kind.TICKET_TRANSFERRED, ticket.row["id"], now, seat.counter.actor)
        insort(self.queues[code].of(ticket), ticket, key=lambda one: one.row["arrived_at"])
        self._wake(code)
        self._free(seat, self.chance.uniform(4, 25))

    def _is_done(self, seat: Seat, service: str) -> None:
        assert seat.called is not None
        self.foresight.done(service, seat.counter.number, seat.called, self.stage.now)

    def _free(self, seat: Seat, seconds: float) -> None:
        seat.ticket = None
        if seat.leaves:
            self.leave(seat, seat.leaves)
        else:
            self.stage.after(seconds, partial(self.call, seat))

    def _wake(self, code: str) -> None:
        """One of the free counters of this service sees that somebody has come."""
        free = [s for s in self.seats if s.period is not None and s.ticket is None and code in s.counter.services]
        if free:
            self.stage.after(self.chance.uniform(3, 14), partial(self.call, self.chance.choice(free)))

    # What is written

    def _period(self, row: Row, kind: TicketState, actor: Actor, counter_id: UUID | None = None) -> Row:
        now = self.stage.now
        return self.book.add(
            TicketPeriod,
            id=self.book.key(now),
            ticket_id=row["id"],
            kind=kind,
            started_at=now,
            ended_at=None,
            staff_id=actor.staff_id,
            counter_id=counter_id,
        )

    def _next_period(self, ticket: Numbered, kind: TicketState, actor: Actor, counter_id: UUID | None) -> None:
        ticket.period["ended_at"] = self.stage.now
        ticket.period = self._period(ticket.row, kind, actor, counter_id)

    def _end(self, ticket: Numbered, state: TicketState, outcome: str) -> None:
        ticket.row.update(state=state, ended_at=self.stage.now, outcome=outcome)
        ticket.period["ended_at"] = self.stage.now
        self._alive[ticket.row["series"]].discard(ticket.row["number"])

    def _log_call(self, seat: Seat, recall: int, name: str, version: int, inputs: dict[str, int | str]) -> None:
        assert seat.ticket is not None
        self.book.add(
            TicketCall,
            id=self.book.key(self.stage.now),
            ticket_id=seat.ticket.row["id"],
            counter_id=seat.counter.id,
            staff_id=seat.counter.actor.staff_id,
            at=self.stage.now,
            recall=recall,
            rule=name,
            rule_version=version,
            inputs=inputs,
        )

    def expire_all(self, now: datetime, actor: Actor) -> None:
        """The day is closed: whoever still waits expires."""
        self.stage.now = now
        for queue in self.queues.values():
            for ticket in sorted(queue.normal + queue.priority, key=lambda one: one.row["issued_at"]):
                self._end(ticket, TicketState.EXPIRED, "expired")
                self.book.count(Measure.EXPIRED, ticket.service)
                self.book.change(Kind.TICKET_EXPIRED, ticket.row["id"], now, actor)

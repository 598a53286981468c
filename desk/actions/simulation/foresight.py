"""The forecasts of simulated days: what the desk would have said, by the desk's own code, for some of the numbers.

Days teach the next ones as they do at a real site. Only the last days of a simulation are forecast, and of these one
number in a few: enough for the scorecard, and a year is still written in a minute.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from desk.actions.simulation.book import Book, Row
from desk.actions.simulation.place import Hours, Place
from desk.models.forecast import ForecastLog
from desk.models.site import CounterPeriod
from desk.models.ticket import Ticket, TicketPeriod
from desk.queue import announce, forecast_log, habits, lessons, present, promises, records
from desk.queue.announce import Given
from desk.queue.forecast import HARDLY_TODAY, SERVES_ON
from desk.queue.habits import Learned, Opened, Page, Shift
from desk.queue.present import LATELY, Present, Slow
from desk.queue.records import DayRows, Seen, Stay
from desk.queue.snapshot import NEVER, Snapshot, TicketNow
from desk.queue.types import Promise, TicketState

if TYPE_CHECKING:
    from desk.actions.simulation.hall import Hall

FORECAST_DAYS = 45
"""Of a simulation's days, the last ones whose numbers are forecast: twenty to learn k from, twenty for the card."""

ONE_IN = 6
REPLICATIONS = 16


@dataclass(eq=False)
class History:
    """What the days played so far have taught."""

    days: int = 0  # still to be played, with the one that is
    pages: deque[Page] = field(default_factory=lambda: deque(maxlen=announce.KEPT_DAYS))
    opened: deque[list[Opened]] = field(default_factory=lambda: deque(maxlen=announce.KEPT_DAYS))
    given: deque[list[Given]] = field(default_factory=lambda: deque(maxlen=announce.KEPT_DAYS))

    @property
    def learns(self) -> bool:
        """Whether what happens now will matter to a forecast."""
        return self.days <= FORECAST_DAYS + announce.KEPT_DAYS

    @property
    def forecasts(self) -> bool:
        return self.days <= FORECAST_DAYS

    def known(self) -> Learned:
        k = announce.widening(one for day in self.given for one in day)
        return habits.learn(tuple(self.pages), habits.usual_shifts(list(self.opened)), k)

    def end(self, book: Book, midnight: datetime, kept: Iterable[tuple[Row, Promise]]) -> None:
        """A day is over: what it teaches."""
        self.days -= 1
        if not self.learns:
            return
        rows = _rows(book, midnight)
        usual = habits.usual_shifts([*self.opened, rows.opened])
        self.pages.append(records.page(book.day.weekday(), rows, usual))
        self.opened.append(rows.opened)
        self.given.append(
            [
                Given(promise.forecast.median, promise.forecast.sd, _minutes(row["issued_at"], row["first_called_at"]))
                for row, promise in kept
                if promise.forecast is not None and promise.forecast.replications and row["first_called_at"]
            ]
        )


def _minutes(begun: datetime, ended: datetime) -> float:
    return (ended - begun).total_seconds() / 60


def _rows(book: Book, midnight: datetime) -> DayRows:
    """What the tables will hold of the day."""

    def minute(moment: datetime | None) -> float:
        return NEVER if moment is None else _minutes(midnight, moment)

    place = book.place
    codes = {service.id: code for code, service in place.services.items()}
    first = {service.numbers.letter: code for code, service in place.services.items()}
    numbers = {counter.id: counter.number for counter in place.counters}
    stays: dict[UUID, list[Stay]] = defaultdict(list)
    for row in book.rows[TicketPeriod]:
        counter = numbers.get(row["counter_id"], 0)
        stays[row["ticket_id"]].append(Stay(row["kind"], counter, minute(row["started_at"]), minute(row["ended_at"])))
    found = DayRows()
    for row in book.rows[Ticket]:
        if row["state"] is not TicketState.CANCELLED:
            then, now, at = first[row["series"]], codes[row["service_id"]], minute(row["arrived_at"])
            spans = records.spans(stays[row["id"]], then, now, at)
            found.seen.append(Seen(then, at, row["priority"], row["state"] is TicketState.NO_SHOW, spans))
    found.opened = [
        Opened(numbers[row["counter_id"]], minute(row["started_at"]), minute(row["ended_at"]))
        for row in book.rows[CounterPeriod]
    ]
    return found


class _SeatRow(NamedTuple):
    """A counter's row as the desk would read it."""

    number: int
    state: str
    priority_run: int
    seen_at: int | None
    service_id: UUID | None
    called_at: int | None


class Foresight:
    """The forecasts of one day."""

    def __init__(self, hall: Hall, history: History, place: Place, hours: Hours, midnight: datetime) -> None:
        self.hall, self.book, self.midnight = hall, hall.book, midnight
        self.kept: list[tuple[Row, Promise]] = []
        self._asked = self._issued = 0
        self._slow = _slow(history.known(), place, hours, hall) if history.forecasts else None
        self._done: list[tuple[str, int, float]] = []
        self._calls: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=LATELY))
        self._acted: dict[int, float] = {}

    def called(self, service: str, now: datetime) -> None:
        self._calls[service].append(_minutes(self.midnight, now))

    def done(self, service: str, counter: int, called: datetime, now: datetime) -> None:
        """A counter is free again; ``service`` "" when nobody had come."""
        self._acted[counter] = _minutes(self.midnight, now)
        if service:
            self._done.append((service, counter, _minutes(called, now)))

    def promise(self, service: str, priority: bool, now: datetime) -> Promise | None:
        """What the desk would have said; None for a number that is not forecast."""
        self._issued += 1
        if self._slow is None:
            return None
        self._asked += 1
        if self._asked % ONE_IN:
            return None
        return promises.promise_on(self._present(self._slow, now), service, priority, REPLICATIONS)

    def keep(self, row: Row, promise: Promise | None) -> None:
        """Write a promise down beside its ticket."""
        values = forecast_log.row(promise) if promise else None
        if promise is None or values is None:
            return
        self.kept.append((row, promise))
        self.book.add(
            ForecastLog,
            day=row["day"],
            ticket_id=row["id"],
            service_id=row["service_id"],
            window_from=None,
            window_to=None,
            **values,
        )

    def _present(self, slow: Slow, now: datetime) -> Present:
        minute = _minutes(self.midnight, now)
        opened: dict[int, list[Opened]] = defaultdict(list)
        for seat in self.hall.seats:
            opened[seat.counter.number] = [
                Opened(seat.counter.number, _minutes(self.midnight, p["started_at"]), self._end_of(p))
                for p in seat.periods
            ]
        slow = replace(
            slow,
            opened=opened,
            acted=self._acted,
            calls={service: tuple(calls) for service, calls in self._calls.items()},
            issued=self._issued,
            speed=slow.known.speed(self._done),
        )
        start = round(self.midnight.timestamp() * 1_000_000)
        seats = (present.counter_now(self._seat_row(seat), slow, minute, start) for seat in self.hall.seats)
        known = slow.known
        snapshot = Snapshot(
            now=minute,
            waiting=tuple(
                TicketNow(_minutes(self.midnight, one.row["arrived_at"]), code, one.row["priority"])
                for code, queue in self.hall.queues.items()
                for line in (queue.normal, queue.priority)
                for one in line
            ),
            counters=tuple(seat for seat in seats if seat is not None),
            habits=known.habits,
            rule=slow.rule,
            priority_per_minute=known.priority_per_minute(self._issued, minute),
            speed=slow.speed,
        )
        return Present(slow, now, self._asked, snapshot)

    def _end_of(self, period: Row) -> float:
        return NEVER if period["ended_at"] is None else _minutes(self.midnight, period["ended_at"])

    def _seat_row(self, seat: object) -> _SeatRow:
        from desk.actions.simulation.hall import Seat

        assert isinstance(seat, Seat)
        ticket = seat.ticket.row if seat.ticket else None
        return _SeatRow(
            number=seat.counter.number,
            state="open" if seat.period is not None else "closed",
            priority_run=seat.run,
            seen_at=None,
            service_id=ticket["service_id"] if ticket else None,
            called_at=round(ticket["called_at"].timestamp() * 1_000_000) if ticket else None,
        )


def _slow(known: Learned, place: Place, hours: Hours, hall: Hall) -> Slow:
    """What moves slowly, as it is in the morning."""
    lunch = hours.lunch
    spans = ((hours.opens, lunch[0]), (lunch[1], hours.closes)) if lunch else ((hours.opens, hours.closes),)
    site = Shift(hours.opens, hours.closes, (lunch[0], lunch[1]) if lunch else None)
    stage = hall.stage
    return Slow(
        day=stage.day,
        read_at=stage.now,
        seq=0,
        midnight=stage.midnight,
        open_hours=spans,
        rule=hall.rule,
        hardly=HARDLY_TODAY,
        goes_home=hours.closes + SERVES_ON,
        rostered=frozenset(),
        codes={service.id: code for code, service in place.services.items()},
        skills={counter.number: frozenset(counter.services) for counter in place.counters},
        shifts=known.usual or {counter.number: site for counter in place.counters},
        lesson=lessons.Lesson(known, None),
        known=known,
        opened={},
        acted={},
        calls={},
        issued=0,
        speed=1.0,
    )

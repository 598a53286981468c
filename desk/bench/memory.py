"""What a desk would know of a simulated hall: its records of the last 20 days and what its screens show now.

Nothing else of the simulation is read: not who will come, how long somebody will take, who is only seemingly there.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

from desk.bench.hall import GOES_HOME, OPENS, Hall
from desk.bench.play import Floor, Post, Ticket
from desk.queue.announce import KEPT_DAYS
from desk.queue.habits import Learned, Page, learn, slot_of
from desk.queue.snapshot import NEVER, SILENT_MINUTES, CounterNow, Doing, Snapshot, TicketNow

LATELY = 10
"""Calls of the moving average that the forecast is compared with."""


def _due_back(post: Post) -> float:
    """When a closed counter opens by the roster: after lunch; closed at another time it should be open."""
    lunch = post.counter.lunch
    return lunch[1] if lunch and lunch[0] <= post.since < lunch[1] else max(post.since, OPENS)


@dataclass(eq=False)
class Memory:
    """A watcher of the floor that keeps its book and puts together the forecast's snapshot."""

    hall: Hall
    pages: deque[Page] = field(default_factory=lambda: deque(maxlen=KEPT_DAYS))
    today: Page = field(default_factory=lambda: Page(0))
    last_wait: dict[str, float] = field(default_factory=dict)

    def begin(self, weekday: int) -> None:
        """A new day: turn the page and learn from those before."""
        self.today = Page(weekday)
        self.last_wait.clear()
        self.calls: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=LATELY))
        self._issued = 0
        self._opened: dict[int, float] = {}
        self._had_break: set[int] = set()
        self.known: Learned = learn(self.pages)
        self.usual = self._usual_waits()

    def end(self) -> None:
        self.pages.append(self.today)

    def _usual_waits(self) -> dict[tuple[str, int, int], float]:
        """Mean wait by service, weekday and half-hour; under weekday -1 that of all days."""
        sums: dict[tuple[str, int, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for page in self.pages:
            for service, slot, waited in page.waits:
                for key in ((service, page.weekday, slot), (service, -1, slot), (service, -1, -1)):
                    sums[key][0] += waited
                    sums[key][1] += 1
        return {key: total / count for key, (total, count) in sums.items()}

    # --- what is recorded when it happens ---

    def issued(self, floor: Floor, ticket: Ticket) -> None:
        slot = slot_of(floor.now)
        self._issued += 1
        self.today.arrivals[slot] += 1
        self.today.priority[ticket.service, slot] += ticket.visitor.priority

    def called(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        self.calls[ticket.service].append(floor.now)
        idle = floor.now - max(post.since, ticket.arrives)
        if idle > SILENT_MINUTES:
            # The counter let this person wait: its clerk was away without a word.
            self.today.breaks.append(idle)
            self._on_break(post, floor.now - idle)
        elif idle > 0 and ticket.arrives < post.since:
            self.today.handovers.append(idle)
        if ticket.called is None:
            waited = floor.now - ticket.arrives
            self.today.waits.append((ticket.service, slot_of(ticket.arrives), waited))
            self.last_wait[ticket.service] = waited

    def served(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        minutes = floor.now - post.since
        service, counter = ticket.service, post.counter.number
        assert ticket.waited is not None
        visitor = ticket.visitor
        if service == visitor.service:
            self.today.called.append((ticket.waited, False))
            self.today.sent_on += visitor.transfer is not None
        self.today.durations.append((service, counter, minutes))

    def missed(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        assert ticket.waited is not None
        self.today.called.append((ticket.waited, True))

    def changed(self, floor: Floor, post: Post, doing: Doing) -> None:
        number = post.counter.number
        if doing is Doing.IDLE:
            self._opened.setdefault(number, floor.now)
            if post.doing is Doing.CLOSED:
                self.today.late.append(floor.now - _due_back(post))
            elif post.doing is Doing.BREAK:
                self.today.breaks.append(floor.now - post.since)
        elif doing is Doing.BREAK or (floor.now >= post.counter.ends and number not in self._had_break):
            self._on_break(post, floor.now)
        missing = post.doing is Doing.CLOSED and post.shift.planned and _due_back(post) < post.counter.ends
        if missing and floor.now >= GOES_HOME:
            self.today.late.append(NEVER)

    def _on_break(self, post: Post, begun: float) -> None:
        """The counter's time at risk of a break ends."""
        number = post.counter.number
        if number in self._had_break or number not in self._opened:
            return
        self._had_break.add(number)
        lunch = post.counter.lunch
        away = lunch[1] - lunch[0] if lunch and begun >= lunch[1] else 0.0
        self.today.open_minutes += begun - self._opened[number] - away

    # --- what is asked of it ---

    def snapshot(self, floor: Floor) -> Snapshot:
        now = floor.now
        return Snapshot(
            now=now,
            waiting=tuple(TicketNow(t.arrives, t.service, t.visitor.priority) for t in floor.waiting),
            counters=tuple(self._counter(post, now) for post in floor.posts if post.shift.planned),
            habits=self.known.habits,
            rule=floor.rule,
            priority_per_minute=self.known.priority_per_minute(self._issued, now),
            speed=self.known.speed(self.today.durations),
        )

    def _counter(self, post: Post, now: float) -> CounterNow:
        counter = post.counter
        lunch, opens = counter.lunch, NEVER
        if post.doing is Doing.CLOSED:
            opens = _due_back(post)
        return CounterNow(
            services=counter.services,
            doing=post.doing,
            since=post.since,
            serving=post.ticket.service if post.ticket else "",
            speed=self.known.pace.get(counter.number, 1.0),
            opens=opens,
            ends=counter.ends,
            lunch=lunch if lunch and not post.lunched else None,
            break_due=counter.number not in self._had_break,
            run=post.run,
        )

    def usual_wait(self, service: str, moment: float) -> float:
        slot = slot_of(moment)
        for key in ((service, self.today.weekday, slot), (service, -1, slot), (service, -1, -1)):
            if key in self.usual:
                return self.usual[key]
        return 0.0

    def moving_average(self, floor: Floor, ticket: Ticket) -> float:
        """What a usual product shows: people ahead × the moving average of the time between two calls.

        The stronger of the usual ones: with the service time ÷ open counters its error was a quarter larger.
        """
        able = [p for p in floor.posts if ticket.service in p.counter.services and p.doing in (Doing.IDLE, Doing.BUSY)]
        if any(
            post.doing is Doing.IDLE and not any(one.service in post.counter.services for one in floor.waiting)
            for post in able
        ):
            return 0.0
        ahead = floor.comes_before(ticket)
        calls = self.calls[ticket.service]
        if len(calls) > 1:
            return ahead * (calls[-1] - calls[0]) / (len(calls) - 1)
        return ahead * self.known.mean.get(ticket.service, 0.0) / max(1, len(able))

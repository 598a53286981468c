"""What a desk would know of a simulated hall: its records of the last 20 days and what its screens show now.

Nothing else of the simulation is read: not who will come, how long somebody will take, who is only seemingly there.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from itertools import accumulate

from desk.bench.hall import GOES_HOME, OPENS, SLOT, Hall
from desk.bench.play import Floor, Post, Ticket
from desk.queue import learned
from desk.queue.announce import KEPT_DAYS
from desk.queue.snapshot import NEVER, SILENT_MINUTES, CounterNow, Doing, Habits, Snapshot, TicketNow

RECENT = 300
"""Durations kept per service: a few days of an ordinary one."""

LATELY = 10
"""Calls of the moving average that the forecast is compared with."""


def slot_of(moment: float) -> int:
    return int((moment - OPENS) // SLOT)


def _due_back(post: Post) -> float:
    """When a closed counter opens by the roster: after lunch; closed at another time it should be open."""
    lunch = post.counter.lunch
    return lunch[1] if lunch and lunch[0] <= post.since < lunch[1] else max(post.since, OPENS)


@dataclass(eq=False)
class Page:
    """The records of one day."""

    weekday: int
    called: list[tuple[float, bool]] = field(default_factory=list)  # minutes waited, nobody came
    durations: list[tuple[str, int, float]] = field(default_factory=list)  # service, counter, minutes
    breaks: list[float] = field(default_factory=list)
    open_minutes: float = 0.0  # before the break
    handovers: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    sent_on: int = 0
    arrivals: Counter[int] = field(default_factory=Counter)  # by half-hour
    priority: Counter[tuple[str, int]] = field(default_factory=Counter)  # by service and half-hour
    waits: list[tuple[str, int, float]] = field(default_factory=list)  # service, half-hour of issue, minutes


@dataclass(eq=False)
class Memory:
    """A watcher of the floor that keeps its book and puts together the forecast's snapshot."""

    hall: Hall
    pages: deque[Page] = field(default_factory=lambda: deque(maxlen=KEPT_DAYS))
    today: Page = field(default_factory=lambda: Page(0))
    recent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=RECENT)))
    served_count: Counter[str] = field(default_factory=Counter)
    last_wait: dict[str, float] = field(default_factory=dict)

    def begin(self, weekday: int) -> None:
        """A new day: turn the page and learn from those before."""
        self.today = Page(weekday)
        self.last_wait.clear()
        self.calls: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=LATELY))
        self._issued = 0
        self._took: dict[int, float] = defaultdict(float)
        self._expected: dict[int, float] = defaultdict(float)
        self._services: Counter[int] = Counter()
        self._opened: dict[int, float] = {}
        self._had_break: set[int] = set()
        self._learn()

    def end(self) -> None:
        self.pages.append(self.today)

    def _learn(self) -> None:
        self.mean = {service: sum(took) / len(took) for service, took in self.recent.items()}
        handovers = [minutes for page in self.pages for minutes in page.handovers]
        breaks = sorted(minutes for page in self.pages for minutes in page.breaks)
        self.habits = Habits(
            durations={service: tuple(sorted(took)) for service, took in self.recent.items()},
            breaks=tuple(breaks),
            break_hazard=learned.break_hazard(len(breaks), sum(page.open_minutes for page in self.pages)),
            no_show=learned.no_show_curve(one for page in self.pages for one in page.called),
            late=tuple(sorted(minutes for page in self.pages for minutes in page.late)),
            sent_on=sum(page.sent_on for page in self.pages) / max(1, sum(len(page.durations) for page in self.pages)),
            handover=sum(handovers) / len(handovers) if handovers else 0.0,
        )
        self.pace = self._paces()
        days = max(1, len(self.pages))
        self.by_slot = [sum(page.arrivals[slot] for page in self.pages) / days for slot in range(24)]
        self.by_now = [0.0, *accumulate(self.by_slot)]
        total: Counter[tuple[str, int]] = Counter()
        for page in self.pages:
            total.update(page.priority)
        self.priority = {key: count / days / SLOT for key, count in total.items()}
        self.usual = self._usual_waits()

    def _paces(self) -> dict[int, float]:
        """Each counter's durations of the last days against the mean of the services it did."""
        took: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for page in self.pages:
            for service, counter, minutes in page.durations:
                took[counter].append((minutes, self.mean[service]))
        return {
            counter: learned.speed(sum(m for m, _ in done), sum(e for _, e in done), len(done), learned.COUNTER_WEIGHT)
            for counter, done in took.items()
        }

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
        if service in self.mean:
            self._took[counter] += minutes / self.pace.get(counter, 1.0)
            self._expected[counter] += self.mean[service]
            self._services[counter] += 1
        self.recent[service].append(minutes)
        self.served_count[service] += 1

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
        at = min(slot_of(now), 22)
        into = (now - OPENS) / SLOT - at
        expected = self.by_now[at] + into * self.by_slot[at]
        scale = learned.arrivals_scale(self._issued, expected)
        services = [service.code for service in self.hall.services]
        return Snapshot(
            now=now,
            waiting=tuple(TicketNow(t.arrives, t.service, t.visitor.priority) for t in floor.waiting),
            counters=tuple(self._counter(post, now) for post in floor.posts if post.shift.planned),
            habits=self.habits,
            head_start=floor.head_start,
            # Whoever may overtake comes within the head start: half an hour from now is this half-hour and the next.
            priority_per_minute={
                code: scale
                * ((1 - into) * self.priority.get((code, at), 0.0) + into * self.priority.get((code, at + 1), 0.0))
                for code in services
            },
            speed=learned.speed(
                sum(self._took.values()),
                sum(self._expected.values()),
                sum(self._services.values()),
                learned.HALL_WEIGHT,
            ),
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
            speed=self.pace.get(counter.number, 1.0),
            opens=opens,
            ends=counter.ends,
            lunch=lunch if lunch and not post.lunched else None,
            break_due=counter.number not in self._had_break,
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
        ahead = sum(one.service == ticket.service and one.due <= ticket.due for one in floor.waiting)
        calls = self.calls[ticket.service]
        if len(calls) > 1:
            return ahead * (calls[-1] - calls[0]) / (len(calls) - 1)
        return ahead * self.mean.get(ticket.service, 0.0) / max(1, len(able))

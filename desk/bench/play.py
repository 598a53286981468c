"""Play one day of a simulated hall under the calling rule, event by event, and tell a watcher what a desk would see."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any, Protocol

from desk.bench.hall import GOES_HOME, Counter, Day, Hall, Shift, Visitor
from desk.queue.rule import Rule, key, next_run, priority_first
from desk.queue.snapshot import Doing


@dataclass(slots=True, eq=False)
class Ticket:
    number: int
    visitor: Visitor
    service: str
    called: float | None = None  # the first call: the wait ends here
    came: bool | None = None

    @property
    def arrives(self) -> float:
        return self.visitor.arrives

    @property
    def waited(self) -> float | None:
        return None if self.called is None else self.called - self.visitor.arrives


@dataclass(slots=True, eq=False)
class Post:
    """A counter during the day. ``doing`` and ``since`` are what the desk has recorded; ``ready`` is the truth."""

    counter: Counter
    shift: Shift
    doing: Doing = Doing.CLOSED
    since: float = 0.0
    ready: bool = False  # the clerk sits there and has nobody to call
    ticket: Ticket | None = None
    lunched: bool = False
    paused: bool = False
    run: int = 0  # priority numbers called one after the other


class Watcher(Protocol):
    """Told of everything when it happens; must change nothing."""

    def issued(self, floor: Floor, ticket: Ticket) -> None:
        """Before the ticket stands among those who wait."""

    def called(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        """Before the counter's record changes."""

    def served(self, floor: Floor, post: Post, ticket: Ticket) -> None: ...

    def missed(self, floor: Floor, post: Post, ticket: Ticket) -> None: ...

    def changed(self, floor: Floor, post: Post, doing: Doing) -> None:
        """The counter opens, closes or goes on a break; its record still says what it did before."""


@dataclass(eq=False)
class Floor:
    """The hall at a moment of the day."""

    hall: Hall
    day: Day
    rule: Rule
    watcher: Watcher | None = None
    now: float = 0.0
    waiting: list[Ticket] = field(default_factory=list)  # by arrival
    posts: list[Post] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    _events: list[tuple[float, int, Callable[..., None], Any]] = field(default_factory=list)
    _pushed: int = 0

    def play(self) -> list[Ticket]:
        """The whole day; returns every ticket. Those never called have no wait."""
        for number, visitor in enumerate(self.day.visitors):
            self._at(visitor.arrives, self._arrive, Ticket(number, visitor, visitor.service))
        for counter, shift in zip(self.hall.counters, self.day.shifts, strict=True):
            self._begin(Post(counter, shift))
        while self._events and self._events[0][0] < GOES_HOME:
            self.now, _, happens, whom = heappop(self._events)
            happens(whom)
        self.now = GOES_HOME
        for post in self.posts:
            self._record(post, Doing.CLOSED)
        return self.tickets

    def _at(self, moment: float, happens: Callable[..., None], whom: Any) -> None:
        self._pushed += 1
        heappush(self._events, (moment, self._pushed, happens, whom))

    def _begin(self, post: Post) -> None:
        self.posts.append(post)
        shift, counter = post.shift, post.counter
        if not shift.comes:
            return
        self._at(shift.opens, self._open, post)
        moments = [shift.leaves, counter.ends]
        moments += [counter.lunch[0]] if counter.lunch else []
        moments += [shift.pause[0]] if shift.pause else []
        for moment in moments:
            self._at(moment, self._look_up, post)

    def _arrive(self, ticket: Ticket) -> None:
        if self.watcher:
            self.watcher.issued(self, ticket)
        self.tickets.append(ticket)
        if ticket.visitor.tells:
            self._at(ticket.arrives + ticket.visitor.patience, self._leave, ticket)
        self._wait(ticket)

    def _wait(self, ticket: Ticket) -> None:
        insort(self.waiting, ticket, key=lambda one: one.number)
        able = [post for post in self.posts if post.ready and ticket.service in post.counter.services]
        if able:
            self._next(min(able, key=lambda post: post.since))

    def _leave(self, ticket: Ticket) -> None:
        if ticket.called is None and ticket in self.waiting:
            self.waiting.remove(ticket)

    def _look_up(self, post: Post) -> None:
        """Lunch, a break or the end has come: whoever has nobody to serve goes now."""
        if post.ready:
            self._next(post)

    def _record(self, post: Post, doing: Doing) -> None:
        if self.watcher:
            self.watcher.changed(self, post, doing)
        post.doing, post.since = doing, self.now

    def _open(self, post: Post) -> None:
        self._record(post, Doing.IDLE)
        self._next(post)

    def _next(self, post: Post) -> None:
        """The clerk is free: goes when it is time to, or calls the next, or waits for one."""
        post.ready = False
        if self._goes(post):
            return
        ticket = self._first(post)
        if ticket is None:
            post.ready = True
            return
        self.waiting.remove(ticket)
        if self.watcher:
            self.watcher.called(self, post, ticket)
        post.doing, post.since, post.ticket = Doing.BUSY, self.now, ticket
        post.run = next_run(post.run, ticket.visitor.priority)
        first = ticket.called is None
        ticket.called = self.now if ticket.called is None else ticket.called
        visitor = ticket.visitor
        if first:
            ticket.came = visitor.comes and self.now - visitor.arrives <= visitor.patience
        if not ticket.came:
            self._at(self.now + visitor.absent_minutes, self._miss, post)
            return
        minutes = visitor.minutes if first or visitor.transfer is None else visitor.transfer[1]
        self._at(self.now + visitor.walk + minutes * post.counter.pace, self._finish, post)

    def _first(self, post: Post) -> Ticket | None:
        """Whom the rule puts first of those this counter serves: of each class whoever came first."""
        heads: dict[bool, Ticket] = {}
        for one in self.waiting:
            if one.service in post.counter.services and one.visitor.priority not in heads:
                heads[one.visitor.priority] = one
                if len(heads) == 2:
                    break
        normal, priority = heads.get(False), heads.get(True)
        if normal is None or priority is None:
            return normal or priority
        first = priority_first(self.rule, normal.arrives, priority.arrives, self.now, post.run)
        return priority if first else normal

    def comes_before(self, ticket: Ticket) -> int:
        """How many of the same service wait that the rule puts before ``ticket``, by all that is known now."""
        mine = key(self.rule, ticket.arrives, ticket.visitor.priority, self.now)
        return sum(
            one.service == ticket.service and key(self.rule, one.arrives, one.visitor.priority, self.now) <= mine
            for one in self.waiting
        )

    def _goes(self, post: Post) -> bool:
        shift, counter = post.shift, post.counter
        if self.now >= min(shift.leaves, counter.ends):
            self._record(post, Doing.CLOSED)
        elif counter.lunch and not post.lunched and self.now >= counter.lunch[0]:
            post.lunched = True
            self._record(post, Doing.CLOSED)
            self._at(max(counter.lunch[1] + shift.lunch_late, self.now + 30.0), self._open, post)
        elif shift.pause and not post.paused and self.now >= shift.pause[0]:
            post.paused = True
            if shift.announced:
                self._record(post, Doing.BREAK)
            self._at(self.now + shift.pause[1], self._open if shift.announced else self._next, post)
        else:
            return False
        return True

    def _finish(self, post: Post) -> None:
        ticket = post.ticket
        assert ticket is not None
        if self.watcher:
            self.watcher.served(self, post, ticket)
        post.doing, post.since, post.ticket = Doing.IDLE, self.now, None
        self._at(self.now + ticket.visitor.handover, self._next, post)
        to = ticket.visitor.transfer
        if to and ticket.service == ticket.visitor.service:
            ticket.service = to[0]
            self._wait(ticket)

    def _miss(self, post: Post) -> None:
        ticket = post.ticket
        assert ticket is not None
        if self.watcher:
            self.watcher.missed(self, post, ticket)
        post.doing, post.since, post.ticket = Doing.IDLE, self.now, None
        self._next(post)


def play(hall: Hall, day: Day, rule: Rule, watcher: Watcher | None = None) -> list[Ticket]:
    """One day under a rule."""
    return Floor(hall, day, rule, watcher).play()

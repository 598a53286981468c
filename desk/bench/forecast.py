"""``desk bench forecast``: how good the waiting forecast and the calling rule are on days that can be played again.

Each simulated hall is lived through for 20 days, then judged on the next ones. At every number the forecast is made
from what the desk would know at that moment (``Memory``) and kept beside what then happened, with the moving average
of a usual product as a shadow. The same days under "first come, first served" show what the head start costs others.
Limits: queue.md, "Scorecard".
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean

from desk.bench.hall import Hall, draw_day, halls
from desk.bench.memory import Memory
from desk.bench.play import Floor, Post, Ticket, play
from desk.queue import announce
from desk.queue.announce import Estimates, Given, Promise, Weights
from desk.queue.forecast import ENOUGH_SERVED
from desk.queue.forward import Outlook, outlook
from desk.queue.rule import Rule
from desk.queue.snapshot import NEVER, CounterNow, Doing, Habits, Snapshot, TicketNow
from desk.text import number, percent

WARM_DAYS = 20
"""Days lived through before anything is judged."""

HEAD_START = Rule()
FIRST_COME = Rule(head_start=0.0)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played. ``every``: one ticket in so many is forecast on warm days (from ``warm_from``) and later.

    The rule is compared in ``more_halls`` beside those of the forecast, on ``more_days`` each. What a head start costs
    differs from hall to hall: of twelve, one seed in two has several with hardly a queue (mean wait 10.6 instead of the
    study's 12.7 minutes), and their few long waits moved the P95 by as much as the rule does (4.9–6.3 % over seeds).
    """

    halls: int
    warm_from: int
    test: int  # days the forecast is judged on
    rule: int  # days the rule is compared with first come, first served
    every_warm: int
    every_test: int
    more_halls: int = 0
    more_days: int = 0


FULL = Size(halls=12, warm_from=0, test=40, rule=40, every_warm=4, every_test=2, more_halls=36, more_days=12)
QUICK = Size(halls=12, warm_from=10, test=8, rule=12, every_warm=16, every_test=16, more_halls=24, more_days=6)


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold of queue.md; ``least`` and ``most``: which of its ends bind."""

    key: str
    name: str
    low: float
    high: float
    unit: str = ""

    @property
    def least(self) -> bool:
        return self.low > -math.inf

    @property
    def most(self) -> bool:
        return self.high < math.inf

    def kept(self, figures: dict[str, float]) -> bool:
        return self.low <= figures[self.key] <= self.high


_ANY = math.inf

LIMITS = (
    Limit("mae_ratio", "Ortalama hata ÷ hareketli ortalamanınki", -_ANY, 0.50),
    Limit("bias", "Yanlılık (tahmin − gerçek)", -1.0, 1.0, "dk"),
    Limit("within5", "±5 dk içinde", 0.80, _ANY, "%"),
    Limit("within10", "±10 dk içinde", 0.92, _ANY, "%"),
    Limit("coverage", "Üst sınırdan önce çağrılan", 0.82, 0.90, "%"),
    Limit("width", "Aralığın genişliği", -_ANY, 7.0, "dk"),
    Limit("priority_ratio", "Öncelikli ÷ diğer, ortalama bekleme", -_ANY, 0.40),
    Limit("normal_p95_growth", "Diğerlerinin P95 artışı (geliş sırasına göre)", -_ANY, 0.06, "%"),
    Limit("forecast_ms", "Bir tahmin, 100 kişi beklerken", -_ANY, 5.0, "ms"),
)


@dataclass(slots=True)
class Asked:
    """One forecast and, after the day, the wait that followed (None: never called)."""

    ticket: Ticket
    outlook: Outlook
    promise: Promise
    estimates: Estimates
    shadow: float
    known_days: int

    @property
    def actual(self) -> float | None:
        return self.ticket.waited


@dataclass(eq=False)
class Forecaster:
    """Watches the floor, keeps the desk's memory and forecasts every ``every``-th ticket."""

    memory: Memory
    every: int
    random: Random
    k: float = announce.FIRST_K
    weights: Weights = field(default_factory=Weights)
    asked: list[Asked] = field(default_factory=list)
    silent: int = 0

    def issued(self, floor: Floor, ticket: Ticket) -> None:
        if self.every and ticket.number % self.every == 0:
            self._forecast(floor, ticket)
        self.memory.issued(floor, ticket)

    def _forecast(self, floor: Floor, ticket: Ticket) -> None:
        memory, service = self.memory, ticket.service
        person = TicketNow(ticket.arrives, service, ticket.visitor.priority)
        found = outlook(memory.snapshot(floor), person, self.random)
        if found is None or found.median == NEVER or memory.known.served.get(service, 0) < ENOUGH_SERVED:
            self.silent += 1
            return
        usual = memory.usual_wait(service, floor.now)
        estimates = Estimates(found.median, memory.last_wait.get(service, usual), usual)
        thin = len(memory.pages) < announce.ENOUGH_DAYS
        middle = self.weights.of(estimates) if thin else found.median
        promised = announce.promise(found, self.k, middle)
        shadow = memory.moving_average(floor, ticket)
        self.asked.append(Asked(ticket, found, promised, estimates, shadow, len(memory.pages)))

    def called(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        self.memory.called(floor, post, ticket)

    def served(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        self.memory.served(floor, post, ticket)

    def missed(self, floor: Floor, post: Post, ticket: Ticket) -> None:
        self.memory.missed(floor, post, ticket)

    def changed(self, floor: Floor, post: Post, doing: Doing) -> None:
        self.memory.changed(floor, post, doing)


@dataclass(slots=True)
class Lived:
    """What came out of one hall (or, added up, of all)."""

    warm: list[Asked] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    silent: int = 0
    called: list[Ticket] = field(default_factory=list)  # under the head start
    first_come: list[Ticket] = field(default_factory=list)  # the same people, first come, first served

    def add(self, other: Lived) -> None:
        self.warm += other.warm
        self.asked += other.asked
        self.silent += other.silent
        self.called += other.called
        self.first_come += other.first_come


def live(hall: Hall, size: Size) -> Lived:
    """Play a hall from its first day; days from ``WARM_DAYS`` on are judged."""
    memory, random, lived = Memory(hall), Random(hall.seed), Lived()
    past: deque[list[Asked]] = deque(maxlen=announce.KEPT_DAYS)
    for at in range(WARM_DAYS + max(size.test, size.rule)):
        day, judged = draw_day(hall, at), at >= WARM_DAYS
        if at < WARM_DAYS + size.test:
            memory.begin(day.weekday)
            forecaster = _forecaster(memory, random, _every(size, at), past)
            tickets = play(hall, day, HEAD_START, forecaster)
            memory.end()
            done = [asked for asked in forecaster.asked if asked.actual is not None]
            past.append(done)
            (lived.asked if judged else lived.warm).extend(done)
            lived.silent += forecaster.silent if judged else 0
        else:
            tickets = play(hall, day, HEAD_START)
        if WARM_DAYS <= at < WARM_DAYS + size.rule:
            lived.called += tickets
            lived.first_come += play(hall, day, FIRST_COME)
    return lived


def compare(hall: Hall, days: int) -> Lived:
    """A hall in which only the rule is judged: the same people under the head start and first come, first served."""
    lived = Lived()
    for at in range(WARM_DAYS, WARM_DAYS + days):
        day = draw_day(hall, at)
        lived.called += play(hall, day, HEAD_START)
        lived.first_come += play(hall, day, FIRST_COME)
    return lived


def _every(size: Size, number: int) -> int:
    """One ticket in so many is forecast on this day; 0 for none."""
    if number >= WARM_DAYS:
        return size.every_test
    return size.every_warm if number >= size.warm_from else 0


def _forecaster(memory: Memory, random: Random, every: int, past: deque[list[Asked]]) -> Forecaster:
    """What the morning starts with: the band's width, and the weights while the data are thin."""
    queued = [asked for day in past for asked in day if not asked.outlook.at_once]
    given = [Given(a.promise.median, a.outlook.sd, a.actual) for a in queued if a.actual is not None]
    weights = Weights()
    if len(memory.pages) < announce.ENOUGH_DAYS:
        weights = announce.blend([(a.estimates, a.actual) for a in queued if a.actual is not None])
    return Forecaster(memory, every, random, announce.widening(given), weights)


def run(quick: bool = False, seed: int = 1) -> dict[str, float]:
    """Play the halls of one seed and return the figures: every key of ``LIMITS`` and what explains them."""
    size = QUICK if quick else FULL
    milliseconds = forecast_milliseconds()
    lived = Lived()
    for index, hall in enumerate(halls(size.halls + size.more_halls, seed)):
        lived.add(live(hall, size) if index < size.halls else compare(hall, size.more_days))
    figures = judge(lived)
    figures["forecast_ms"] = milliseconds
    return figures


def judge(lived: Lived) -> dict[str, float]:
    """The figures of what was lived through."""
    asked = [(one, one.actual) for one in lived.asked if one.actual is not None]
    off = [one.promise.median - actual for one, actual in asked]
    queued = [(one.promise, actual) for one, actual in asked if not one.outlook.at_once]
    told = [(promise.in_words(), actual) for promise, actual in queued]
    mae = fmean(abs(error) for error in off)
    shadow = fmean(abs(one.shadow - actual) for one, actual in asked)
    normal, priority = _waits(lived.called, False), _waits(lived.called, True)
    before = _waits(lived.first_come, False)
    figures = {
        "forecasts": float(len(asked)),
        "queued_share": len(queued) / len(asked),
        "silent": float(lived.silent),
        "mae": mae,
        "mae_shadow": shadow,
        "mae_ratio": mae / shadow,
        "mae_queued": fmean(abs(promise.median - actual) for promise, actual in queued),
        "bias": fmean(off),
        "within5": fmean(abs(error) <= 5 for error in off),
        "within10": fmean(abs(error) <= 10 for error in off),
        "coverage": fmean(actual <= promise.upper for promise, actual in queued),
        "width": fmean(promise.upper - promise.median for promise, _ in queued),
        "coverage_told": fmean(actual <= band.high for band, actual in told),
        "width_told": fmean(band.high - band.low for band, _ in told),
        "normal_mean": fmean(normal),
        "normal_p95": quantile(normal, 0.95),
        "priority_mean": fmean(priority),
        "priority_p95": quantile(priority, 0.95),
        "priority_ratio": fmean(priority) / fmean(normal),
        "first_come_mean": fmean(before),
        "first_come_p95": quantile(before, 0.95),
        "normal_p95_growth": quantile(normal, 0.95) / quantile(before, 0.95) - 1,
    }
    thin = [(one, one.actual) for one in lived.warm if one.actual is not None]
    thin = [(one, actual) for one, actual in thin if one.known_days < announce.ENOUGH_DAYS]
    if thin:
        figures["thin_mae"] = fmean(abs(one.promise.median - actual) for one, actual in thin)
        figures["thin_mae_forward"] = fmean(abs(one.outlook.median - actual) for one, actual in thin)
    return figures


def _waits(tickets: Sequence[Ticket], priority: bool) -> list[float]:
    return [t.waited for t in tickets if t.visitor.priority is priority and t.waited is not None]


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def forecast_milliseconds(waiting: int = 100, times: int = 50) -> float:
    """The processor time of one forecast with so many waiting before six counters that share five services."""
    random = Random(1)
    durations = {code: tuple(sorted(random.lognormvariate(1.6, 0.7) for _ in range(300))) for code in "ABCDE"}
    habits = Habits(
        durations,
        breaks=tuple(sorted(random.uniform(6, 20) for _ in range(80))),
        break_hazard=0.003,
        no_show=(0.04, 0.06, 0.1, 0.15),
        handover=0.3,
    )
    counters = tuple(
        CounterNow(
            frozenset(skills), Doing.BUSY, 600 - random.random() * 5, skills[0], lunch=(720, 780), break_due=True
        )
        for skills in ("AB", "ABC", "CD", "DE", "EA", "ABCDE")
    )
    tickets = tuple(
        TicketNow(600 - random.random() * 90, random.choice("ABCDE"), random.random() < 0.12) for _ in range(waiting)
    )
    snapshot = Snapshot(600.0, tickets, counters, habits, priority_per_minute=dict.fromkeys("ABCDE", 0.02))
    begin = time.process_time()
    for _ in range(times):
        outlook(snapshot, TicketNow(600.0, "A"), random)
    return (time.process_time() - begin) * 1000 / times


def reached(figures: dict[str, float]) -> bool:
    """Whether every limit is kept."""
    return all(limit.kept(figures) for limit in LIMITS)


def table(figures: dict[str, float]) -> str:
    """The limits, one a line, each with its figure and whether it is reached; below, what they stand on."""
    lines = [f"{'':<48}{'ölçülen':>10}  sınır"]
    for limit in LIMITS:
        value = figures[limit.key]
        word = "ulaşıldı" if limit.kept(figures) else "ULAŞILMADI"
        lines.append(f"{limit.name:<48}{_written(value, limit.unit):>10}  {_bounds(limit):<19}  {word}")
    stands_on = (
        "{forecasts} tahmin, ortalama hata {mae} dk (hareketli ortalama {mae_shadow} dk). Geliş sırasına göre bekleme: "
        "ortalama {first_come_mean} dk, P95 {first_come_p95} dk; bu kuralla {normal_mean} / {normal_p95} dk, öncelikli "
        "{priority_mean} / {priority_p95} dk."
    )
    written = {key: number(value, 0 if key == "forecasts" else 1) for key, value in figures.items()}
    return "\n".join([*lines, "", stands_on.format(**written)])


def _written(value: float, unit: str) -> str:
    if unit == "%":
        return percent(value, 1)
    return f"{number(value, 2)} {unit}".rstrip()


def _bounds(limit: Limit) -> str:
    low, high = _written(limit.low, limit.unit), _written(limit.high, limit.unit)
    if limit.least and limit.most:
        return f"{low} … {high}"
    return f"en az {low}" if limit.least else f"en çok {high}"

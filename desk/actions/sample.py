"""Sample data for the demo and the tour: past days by the simulation, a morning made by the actions themselves."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from desk.actions import counter, desk, escort, records, simulate, start
from desk.actions.context import Context
from desk.clock import SetClock, local, local_date
from desk.config import Config
from desk.errors import DeskError
from desk.models.base import new_id
from desk.models.engine import Database
from desk.printing import ledger
from desk.printing.types import JobState
from desk.queue import catalog
from desk.queue.types import DESK_PRIORITIES
from desk.registry import assistance, site
from desk.registry.types import AssistanceKind, AssistanceState, Enclosure, PersonInput, PetitionRequest

SERVICES = ("danisma", "talep", "evrak", "vergi", "sosyal", "imar", "evlendirme")
WEIGHTS = (20, 17, 14, 24, 12, 10, 5)
SERVE_MINUTES = {"danisma": 3, "talep": 6, "evrak": 7, "vergi": 7, "sosyal": 9, "imar": 10, "evlendirme": 11}
GAP_MINUTES = 1.2
"""Mean time between two visitors of the morning."""

COUNTERS = (1, 3, 4, 6, 7, 8)

PETITIONS = (
    (
        "Ayşe Yıldırım",
        "gulbahce",
        "Ihlamur Sk. No: 12/3",
        True,
        "Gülbahçe Parkı yanındaki kaldırımın onarılması",
        "fen",
    ),
    ("Kemal Çetinkaya", "yenimahalle", "Işıklar Cd. No: 14", True, "Sokak aydınlatması arızası", "fen"),
    ("Şükrü Özbağ", "carsi", "", True, "Pazar yeri tahsisi", "zabita"),
    ("Nuriye Ağaoğlu", "agacli", "Söğüt Sk. No: 5", True, "Sosyal yardım talebi", "sosyal"),
    ("Gökçe Iğdır", "ihlamur", "Çamlık Cd. No: 21", False, "Ağaç budama isteği", "park"),
    ("Işıl Gündoğdu", "gulbahce", "Lale Sk. No: 8", True, "İmar durumu hakkında bilgi", "imar"),
)


def prepare(config: Config, days: int, seed: int, visitors_per_day: int) -> None:
    """Make the demo's database anew, unless the file already holds today or yesterday."""
    db = Database(config.database_url())
    path = db.path
    yesterday = local_date(db.now()) - timedelta(days=1)
    if path is not None and path.exists():
        try:
            with db.read() as session:
                known = start.last_day(session)
        except DeskError:  # an older or broken demo file: it is only a demo
            known = None
        if known is not None and known >= yesterday - timedelta(days=3):
            db.close()
            return
        db.close()
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        db = Database(config.database_url())
    simulate.simulate(db, days, seed, visitors_per_day, yesterday, None)
    db.close()


def past(ctx: Context, days: int, seed: int, visitors_per_day: int) -> None:
    """Days before today, by the simulation."""
    yesterday = local_date(ctx.now()) - timedelta(days=1)
    simulate.simulate(ctx.db, days, seed, visitors_per_day, yesterday, None)


def few_waiting(ctx: Context, seed: int = 3) -> None:
    """Open counters and a dozen visitors who wait: nothing when the day has begun before."""
    with ctx.db.read() as session:
        if start.last_day(session) == local_date(ctx.now()):
            return
    chance = random.Random(seed)
    for number in range(1, 9):
        counter.open_counter(ctx, number)
    for _ in range(12):
        _visitor(ctx, chance)


def morning_until(ctx: Context, clock: SetClock, until: datetime, seed: int = 4) -> None:
    """Play the morning from 08.00 to ``until``, every step by the very actions, with the clock going along.

    Leaves some waiting, some called, some at the counters, and open refakat jobs: what a desk looks like at work.
    """
    day = local(until)
    clock.set(day.replace(hour=8, minute=0, second=0, microsecond=0))
    _Morning(ctx, clock, until, random.Random(seed)).play()
    clock.set(until)


def _visitor(ctx: Context, chance: random.Random) -> None:
    """One visitor at the desk: a direction, or a number with öncelik or refakat now and then."""
    persons = chance.choices((1, 2, 3, 4), (70, 20, 7, 3))[0]
    if chance.random() < 0.25:
        desk.give_direction(ctx, desk.Direction(str(new_id()), persons, to=chance.choice(ctx.read(site.destinations))))
        return
    service = chance.choices(SERVICES, WEIGHTS)[0]
    priority = chance.choice(DESK_PRIORITIES) if chance.random() < 0.14 else None
    helped = chance.choice(tuple(AssistanceKind)) if chance.random() < 0.08 else None
    desk.register_visit(
        ctx,
        desk.VisitRequest(str(new_id()), service, persons=persons, priority=priority, assistance=helped),
    )


class _Paper:
    """The terminal's printer, played: what is enqueued is printed at once, before the clock of the morning moves on."""

    OWNER = "sample"

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        with ctx.db.read() as session:
            self.printer_id = ledger.printer_for(session, ctx.actor.site_id, ctx.actor.terminal_id)

    def print_waiting(self) -> None:
        if self.printer_id is None:
            return
        with ledger.entry(self.ctx.db, self.ctx.actor) as unit:
            ledger.lease(unit, self.printer_id, self.OWNER)
            while (job := ledger.take(unit, self.printer_id, self.OWNER)) is not None:
                ledger.settle(unit, job.id, JobState.PRINTED)

    def leave(self) -> None:
        if self.printer_id is not None:
            with ledger.entry(self.ctx.db, self.ctx.actor) as unit:
                ledger.release(unit, self.printer_id, self.OWNER)


@dataclass
class _Morning:
    """An agenda of moments and what happens then; the clock jumps from one to the next."""

    ctx: Context
    clock: SetClock
    until: datetime
    chance: random.Random
    agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    order: count[int] = field(default_factory=count)
    petitions: int = 0
    idle: list[int] = field(default_factory=list)  # counters with nobody waiting, until the next visitor

    mean_minutes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.paper = _Paper(self.ctx)

    def play(self) -> None:
        self.mean_minutes = {s.name: SERVE_MINUTES[s.code] for s in self.ctx.read(catalog.services)}
        for number in COUNTERS:
            counter.open_counter(self.ctx, number)
            self.after(self.chance.uniform(0.5, 6), partial(self.call, number))
        self.after(0.3, self.visitor)
        self.after(25, self.petition)
        self.after(3, self.escorts)
        while self.agenda and self.agenda[0][0] < self.until:
            moment, _, what = heapq.heappop(self.agenda)
            self.clock.set(moment)
            what()
        self.paper.leave()

    def after(self, minutes: float, what: Callable[[], None]) -> None:
        heapq.heappush(self.agenda, (self.clock.now() + timedelta(minutes=minutes), next(self.order), what))

    def visitor(self) -> None:
        _visitor(self.ctx, self.chance)
        self.paper.print_waiting()
        for number in self.idle:
            self.after(0.1, partial(self.call, number))
        self.idle.clear()
        self.after(self.chance.expovariate(1 / GAP_MINUTES), self.visitor)

    def call(self, number: int) -> None:
        called = counter.call_next(self.ctx, number)
        if called is None:
            self.idle.append(number)
            return
        if self.chance.random() < 0.06:
            self.after(1, lambda: counter.recall(self.ctx, called.ticket_id))
            self.after(2, lambda: counter.no_show(self.ctx, called.ticket_id))
            self.after(2.2, lambda: self.call(number))
            return
        self.after(0.6, lambda: counter.start(self.ctx, called.ticket_id))
        spent = 0.6 + self.chance.lognormvariate(0, 0.35) * self.mean_minutes[called.service_name]
        self.after(spent, lambda: counter.finish(self.ctx, called.ticket_id))
        self.after(spent + 0.3, lambda: self.call(number))

    def petition(self) -> None:
        name, neighbourhood, address, signed, subject, unit = PETITIONS[self.petitions % len(PETITIONS)]
        self.petitions += 1
        known = {n.code for n in self.ctx.read(site.neighbourhoods)}
        sender = PersonInput(
            name=name, address=address, neighbourhood_code=neighbourhood if neighbourhood in known else ""
        )
        enclosures = (Enclosure("Fotoğraf", "Fotoğraf", 3),) if self.petitions % 2 else ()
        request = PetitionRequest(
            str(new_id()),
            sender=sender,
            signature_present=signed,
            subject=subject,
            unit_code=unit,
            enclosures=enclosures,
        )
        records.register_petition(self.ctx, request)
        self.paper.print_waiting()
        self.after(25, self.petition)

    def escorts(self) -> None:
        """Every three minutes each job goes one step on, while an escort is free."""
        board = self.ctx.read(assistance.board)
        free = [one for one in board.escorts if not one.busy_with]
        pieces = [one for one in board.equipment if not one.out_with]
        for job in board.jobs:
            if job.state is AssistanceState.REQUESTED and free:
                fitting = next((one for one in pieces if one.kind is job.kind), None)
                if fitting is not None:
                    pieces.remove(fitting)
                escort.assign(self.ctx, job.id, free.pop().id, fitting.id if fitting else None)
            elif job.state is AssistanceState.ASSIGNED:
                escort.start(self.ctx, job.id)
            elif job.state is AssistanceState.STARTED:
                escort.hand_over(self.ctx, job.id)
            elif job.state is AssistanceState.HANDED_OVER:
                escort.end(self.ctx, job.id)
        self.after(3, self.escorts)

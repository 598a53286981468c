"""``desk simulate``: fill a database with plausible past days.

The days are played through by an agenda in memory (``desk.actions.simulation``) and written in bulk, a transaction a
day; the rows, numbers, change log and counts are what the actions would have written. The older days of a long
simulation repeat played ones (``simulation.again``). The same arguments give the same days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, update

from desk.actions import start
from desk.actions.simulation import again, calls, demand, lives, opinions
from desk.actions.simulation.again import Pattern, Patterns
from desk.actions.simulation.book import Book, Series
from desk.actions.simulation.bulk import in_bulk, trust_parents, without_collector
from desk.actions.simulation.door import Door
from desk.actions.simulation.escorts import Escorts
from desk.actions.simulation.foresight import History
from desk.actions.simulation.hall import STAYS_MINUTES, Hall
from desk.actions.simulation.papers import Papers
from desk.actions.simulation.place import Place, read_place
from desk.actions.simulation.stage import Stage
from desk.clock import local_date
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import counting
from desk.models.application import Application
from desk.models.assistance import Assistance
from desk.models.counting import Measure
from desk.models.engine import Database
from desk.models.session import Session
from desk.models.site import Counter, Site, SiteDay
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.text import short_date
from desk.workdays import is_working_day

Progress = Callable[[int, int], None]

PLAYED_DAYS = 20
"""The newest days, from which forecasts learn: always played by the agenda."""
AGAIN_FROM_DAYS = 80
"""Shorter simulations are played throughout."""
PATTERNS_OF_KIND = 2
"""How many days of each weekday are played for the older ones to repeat."""

VISITS_AT_ONCE = 20_000
"""About how many visits of repeated days one transaction writes."""

EARLIEST_YEAR = 1980
"""Keys hold the moment since 1970, and nobody needs older sample days."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What was written; undone visits are not counted, their spent numbers are."""

    visits: int
    persons: int
    tickets: int


def simulate(
    db: Database,
    days: int,
    seed: int,
    visitors_per_day: int,
    until: date | None = None,
    progress: Progress | None = None,
) -> Totals:
    """Write ``days`` working days, the last one not after ``until`` (yesterday), about so many visits a day.

    ``progress(done, days)`` is told after each day. Creates and fills the database when it is empty; raises UserError
    when it holds real records, or days that are not over before the first one to be written.
    """
    if days < 1 or visitors_per_day < 1:
        raise UserError(N_("Gün ve ziyaret sayısı en az 1 olmalı."))
    start.prepare(db, sample=True)
    last = until or local_date(db.now()) - timedelta(days=1)
    with db.write() as session:
        site_id = _sample_site(session)
        place = read_place(session, site_id, last, db.now())
        series = Series(session, site_id)
        wanted = _working_days(place, last, days)
        empty = _refuse_overlap(session, site_id, wanted[0])
        opinions.keep_forms(session, wanted[0])
    until = _after(place, last)
    totals = Totals(0, 0, 0)
    older = wanted[:-PLAYED_DAYS] if days > AGAIN_FROM_DAYS else []
    history = History(days=days - len(older))
    with without_collector(), in_bulk(db, empty=empty):
        if older:
            totals = _repeat(db, place, older, seed, visitors_per_day, series, lambda n: progress and progress(n, days))
        for done, day in enumerate(wanted[len(older) :], start=len(older) + 1):
            book = _play(place, day, Random(f"{seed}/{day.isoformat()}"), visitors_per_day, series, history, until)
            _write(db, book)
            totals = _add(totals, book.tally)
            if progress is not None:
                progress(done, days)
    return totals


def _after(place: Place, last: date) -> datetime:
    """The midnight that ends a day."""
    return datetime.combine(last + timedelta(days=1), time(), place.zone).astimezone(UTC)


def _volume(seed: int, day: date, visitors: int) -> int:
    return demand.volume(Random(f"{seed}/{day.isoformat()}/volume"), day, visitors)


def _repeat(
    db: Database, place: Place, older: list[date], seed: int, visitors: int, series: Series, told: Callable[[int], Any]
) -> Totals:
    """Write the older days after some played ones, several in a transaction, all on one connection."""
    today, totals = local_date(db.now(), place.zone), Totals(0, 0, 0)
    with db.connect() as connection:
        with db.transaction(connection) as made:
            again.prepare(made.session.connection())
            patterns = _patterns(place, made.session.connection(), seed, visitors, older)
        at_once = max(1, VISITS_AT_ONCE // visitors)
        for at in range(0, len(older), at_once):
            some = older[at : at + at_once]
            with db.transaction(connection) as made:
                trust_parents(made.session.connection())
                for done, day in enumerate(some, start=at + 1):
                    wanted = _volume(seed, day, visitors)
                    pattern = patterns.near(day.weekday(), day.month in demand.TAX_MONTHS, wanted)
                    chance = Random(f"{seed}/{day.isoformat()}/again")
                    pattern.write(made.session.connection(), day, today, series, chance)
                    totals = _add(totals, pattern.tally)
                    told(done)
                series.write(made.session, place.site_id)
                counting.add_up_months(made.session.connection(), place.site_id, some[0], some[-1])
    return totals


def _patterns(place: Place, connection: Connection, seed: int, visitors: int, older: list[date]) -> Patterns:
    """Play the days that the older ones repeat: some of each kind that is asked for."""
    found = Patterns()
    kinds: dict[tuple[int, bool], list[date]] = {}
    for day in older:
        kinds.setdefault((day.weekday(), day.month in demand.TAX_MONTHS), []).append(day)
    history = History(days=PATTERNS_OF_KIND * len(kinds))
    for (weekday, tax), days in sorted(kinds.items()):
        for number in range(min(PATTERNS_OF_KIND, len(days))):
            day = days[number * len(days) // PATTERNS_OF_KIND]
            series = Series()
            chance = Random(f"{seed}/{day.isoformat()}/{number}")
            book = _play(
                place, day, chance, visitors, series, history, _after(place, day + timedelta(days=lives.LONGEST))
            )
            book.complete()
            found.add(weekday, tax, Pattern(book, series, connection))
    return found


def _sample_site(session: Session) -> UUID:
    """The site to fill; one that nobody has worked at yet becomes a sample. Raises UserError for a real one."""
    site_id, sample = session.execute(select(Site.id, Site.sample).order_by(Site.number).limit(1)).one()
    found: UUID = site_id
    if not sample:
        for table in (Visit, Ticket, Application, Assistance):
            if session.execute(select(table.id).limit(1)).first() is not None:
                raise UserError(
                    N_("Bu veri tabanında gerçek kayıtlar var; benzetim yapılmadı. Boş bir veri tabanı seçiniz (--db).")
                )
        session.execute(update(Site).where(Site.id == found).values(sample=True))
    return found


def _refuse_overlap(session: Session, site_id: UUID, first: date) -> bool:
    """Whether no day was ever opened. Raises UserError when the days would not come after all that there are."""
    known: date | None = session.execute(select(func.max(SiteDay.day)).where(SiteDay.site_id == site_id)).scalar()
    if known is not None and known >= first:
        raise UserError(
            N_("Bu veri tabanında {known} gününe kadar kayıt var; benzetim {first} gününden başlayamaz."),
            known=short_date(known),
            first=short_date(first),
        )
    return known is None


def _working_days(place: Place, last: date, count: int) -> list[date]:
    """The last ``count`` days up to ``last`` on which the site is open: no weekends, no public holidays."""
    if not place.hours:
        raise UserError(N_("Yerleşkenin çalışma saatleri tanımlı değil."))
    found: list[date] = []
    day = last
    while len(found) < count:
        if day.year < EARLIEST_YEAR:
            raise UserError(N_("Benzetim {year} yılından öncesine gidemez; daha az gün isteyiniz."), year=EARLIEST_YEAR)
        if day.weekday() in place.hours and is_working_day(day):
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]


def _play(
    place: Place, day: date, chance: Random, visitors: int, series: Series, history: History, until: datetime
) -> Book:
    book = Book(place, day, chance, series)
    stage = Stage(place, day, place.hours[day.weekday()], chance, book, until)
    count = demand.volume(chance, day, visitors)
    papers = Papers(stage)
    hall = Hall(stage, count * (1 - demand.DIRECTION_SHARE), opinions.asked_after(stage, papers.handed), history)
    door = Door(stage, hall, Escorts(stage), papers)
    stage.at(stage.hours.opens - 5, partial(_open_day, stage))
    hall.plan()
    papers.plan_post(count)
    calls.ring(stage, count)
    door.plan(demand.arrivals(chance, stage.hours, count))
    stage.play()
    _close_day(stage, hall)
    history.end(book, stage.midnight, hall.foresight.kept)
    return book


def _open_day(stage: Stage) -> None:
    lead = stage.place.lead
    stage.book.add(
        SiteDay,
        day=stage.day,
        opened_at=stage.now,
        opened_by=lead.staff_id,
        closed_at=None,
        closed_by=None,
        note="",
    )
    stage.book.change(Kind.DAY_OPENED, None, stage.now, lead)


def _close_day(stage: Stage, hall: Hall) -> None:
    minute = stage.hours.closes + STAYS_MINUTES + stage.chance.uniform(2, 15)
    moment = max(stage.now, stage.midnight + timedelta(minutes=minute))
    hall.expire_all(moment, stage.place.lead)
    stage.book.rows[SiteDay][0].update(closed_at=moment, closed_by=stage.place.lead.staff_id)
    stage.book.change(Kind.DAY_CLOSED, None, moment, stage.place.lead)


def _write(db: Database, book: Book) -> None:
    closed_at = book.rows[SiteDay][0]["closed_at"]
    with db.write() as session:
        book.write(session)
        session.execute(
            update(Counter).where(Counter.site_id == book.place.site_id).values(seen_at=closed_at, staff_id=None)
        )


def _add(totals: Totals, tally: counting.Tally) -> Totals:
    counted = dict.fromkeys((Measure.VISITS, Measure.PERSONS, Measure.TICKETS_ISSUED), 0)
    for (measure, _), value in tally.days.items():
        if measure in counted:
            counted[Measure(measure)] += value
    return Totals(
        totals.visits + counted[Measure.VISITS],
        totals.persons + counted[Measure.PERSONS],
        totals.tickets + counted[Measure.TICKETS_ISSUED],
    )

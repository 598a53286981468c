"""Simulated days look like days of work: every count agrees, every rule is kept, and real records are safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from acting import assert_whole, call, key, number, serve, visit
from sqlalchemy import func, select, update

from desk.actions import counter, desk, records, shift, start
from desk.actions.context import Context
from desk.actions.simulate import Totals, simulate
from desk.actor import Actor
from desk.clock import SetClock, local
from desk.errors import UserError
from desk.models.application import Application
from desk.models.assistance import Assistance, EquipmentUse
from desk.models.engine import Database
from desk.models.print_job import PrintJob
from desk.models.site import CounterPeriod, CounterService, Service, Site, SiteDay, Staff, Terminal
from desk.models.summary import Change
from desk.models.ticket import NumberSeries, Ticket, TicketCall, TicketPeriod
from desk.models.visit import Person, Visit
from desk.printing.slips import Slip
from desk.queue import rule
from desk.registry.types import PetitionRequest
from desk.reports.recount import differences

MONDAY = date(2026, 11, 23)
DAYS, VISITORS = 3, 70


@pytest.fixture
def sample(empty_url: str, clock: SetClock) -> Iterator[Database]:
    """A database that the simulation creates itself."""
    database = Database(empty_url, clock)
    yield database
    database.close()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Totals]]:
    """Three days that the tests below only read."""
    clock = SetClock(datetime.fromisoformat("2026-11-24T10:42:00+03:00"))
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('simulated') / 'danisma.db'}", clock)
    yield database, simulate(database, DAYS, 11, 150)
    database.close()


def every(db: Database, table: type[Any], *order: Any) -> list[Any]:
    with db.read() as session:
        return list(session.execute(select(table).order_by(*order)).scalars())


def days_of(db: Database) -> list[date]:
    return [row.day for row in every(db, SiteDay, SiteDay.day)]


def at_desk(db: Database, folder: Path) -> Context:
    with db.read() as session:
        staff = session.execute(select(Staff).where(Staff.code == "danisma1")).scalar_one()
        terminal = session.execute(select(Terminal).where(Terminal.role == "desk")).scalar_one()
        return Context(db, Actor(staff.id, terminal.id, staff.site_id), folder)


# --- on both engines ------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("both_engines")
def test_every_simulated_day_counts_what_its_records_say_and_work_goes_on_the_next_day(
    sample: Database, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    totals = simulate(sample, DAYS, 4, VISITORS, progress=lambda done, days: told.append((done, days)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert days_of(sample) == [date(2026, 11, 19), date(2026, 11, 20), MONDAY]
    ctx = at_desk(sample, tmp_path)
    with sample.read() as session:
        for day in days_of(sample):
            assert differences(session, ctx.actor.site_id, day) == []
        visits, persons = session.execute(
            select(func.count(), func.sum(Visit.persons)).where(Visit.voided_at.is_(None))
        ).one()
        tickets = session.execute(select(func.count()).select_from(Ticket)).scalar()
    assert totals == Totals(visits, persons, tickets)
    assert 0.7 * DAYS * VISITORS < visits < 1.4 * DAYS * VISITORS

    last = every(sample, Application, Application.serial)[-1].serial
    assert number(ctx, "danisma") == "A 001"
    assert records.register_petition(ctx, PetitionRequest(key())).record_number == f"2026/{last + 1:06d}"
    serve(ctx, 1)
    assert shift.sheet(ctx, MONDAY).visits > 0
    assert_whole(ctx)
    seqs = [change.seq for change in every(sample, Change, Change.seq)]
    assert seqs == list(range(1, len(seqs) + 1))


# --- the same days, where and when ----------------------------------------------------------------------------------
def test_the_same_arguments_give_the_same_days(known: tuple[Database, Totals], tmp_path: Path) -> None:
    first, totals = known
    again = Database(f"sqlite:///{tmp_path / 'again.db'}", first.clock)
    assert simulate(again, DAYS, 11, 150) == totals
    for table in (Visit, Ticket, TicketPeriod, Application, Assistance):
        assert story(first, table) == story(again, table)
    again.close()


def test_another_seed_gives_other_days(known: tuple[Database, Totals], tmp_path: Path) -> None:
    first, _ = known
    other = Database(f"sqlite:///{tmp_path / 'other.db'}", first.clock)
    simulate(other, 1, 12, 150)
    assert {row.at for row in every(first, Visit)}.isdisjoint(row.at for row in every(other, Visit))
    other.close()


def story(db: Database, table: type[Any]) -> list[dict[str, Any]]:
    """All rows but for who worked: staff and terminals get their keys when the database is made."""
    own = {"staff_id", "terminal_id", "escort_id", "registered_by"}
    return [
        {c.name: getattr(row, c.name) for c in table.__table__.columns if c.name not in own}
        for row in every(db, table, table.id)
    ]


def test_weekends_and_public_holidays_are_closed(sample: Database) -> None:
    simulate(sample, 6, 1, 5, date(2026, 11, 1))  # a Sunday; Thursday 29 October is Republic Day
    assert days_of(sample) == [date(2026, 10, day) for day in (22, 23, 26, 27, 28, 30)]


def test_visitors_come_within_the_opening_hours(known: tuple[Database, Totals]) -> None:
    for row in every(known[0], Visit):
        assert 8 <= local(row.at).hour < 17 and local(row.at).date() == row.day


def test_long_years_keep_their_record_numbers_apart(sample: Database) -> None:
    simulate(sample, 4, 3, 60, date(2027, 1, 5))
    years = {row.year: row.serial for row in every(sample, Application, Application.serial)}
    assert set(years) == {2026, 2027}
    last = {row.period: row.last for row in every(sample, NumberSeries) if row.series == "record"}
    assert last == {str(year): serial for year, serial in years.items()}


def test_six_times_the_visitors_are_still_served(sample: Database) -> None:
    simulate(sample, 1, 5, 1500)
    states = [row.state for row in every(sample, Ticket)]
    assert len(states) > 900 and states.count("served") > 0.85 * len(states)
    assert len({row.number for row in every(sample, Ticket)}) == len(states)


def test_few_labels_and_a_cap_are_kept(sample: Database) -> None:
    start.prepare(sample)
    with sample.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(last_serial=2))
        session.execute(update(Service).where(Service.code == "imar").values(daily_cap=3))
    simulate(sample, 1, 5, 200)
    numbers = Counter(row.number for row in every(sample, Ticket))
    assert {label for label in numbers if label.startswith("V")} == {"V 001", "V 002"} and numbers["V 001"] > 3
    assert {label for label in numbers if label.startswith("R")} == {"R 001", "R 002", "R 003"}


@pytest.mark.parametrize("used", ["strict", "interleave", "accumulating"])
def test_simulated_days_are_called_by_the_rule_of_the_site(sample: Database, used: str) -> None:
    start.prepare(sample)
    with sample.write() as session:
        session.execute(update(Site).values(settings={"calling_rule": used}))
    simulate(sample, 1, 3, 120)
    tickets = {row.id: row for row in every(sample, Ticket)}
    calls = [row for row in every(sample, TicketCall, TicketCall.at) if row.recall == 1]
    assert {row.rule for row in calls} == {used}
    passed_over = [row for row in calls if tickets[row.ticket_id].priority and "runner_up" in row.inputs]
    assert passed_over
    runs = [row.inputs.get("run", 0) for row in calls if tickets[row.ticket_id].priority]
    assert (max(runs) > 0) == (used == "interleave")


# --- what is written ------------------------------------------------------------------------------------------------
def test_every_call_follows_the_rule(known: tuple[Database, Totals]) -> None:
    """Whoever waited for a service of the counter at that moment had no higher score than who was called."""
    db, _ = known
    tickets = {row.id: row for row in every(db, Ticket)}
    skills: dict[Any, set[Any]] = {}
    for row in every(db, CounterService):
        skills.setdefault(row.counter_id, set()).add(row.service_id)
    waits = [p for p in every(db, TicketPeriod) if p.kind == "waiting"]
    waited = Counter(p.ticket_id for p in waits)
    sent_on = {ticket_id for ticket_id, times in waited.items() if times > 1}  # they were in two queues
    checked = 0
    for made in every(db, TicketCall, TicketCall.at):
        called = tickets[made.ticket_id]
        if made.recall > 1 or made.ticket_id in sent_on:
            continue
        mine = rule.score(called.arrived_at, called.priority, 30, made.at)
        for period in waits:
            other = tickets[period.ticket_id]
            if other.id in sent_on or other.service_id not in skills[made.counter_id] or other.day != called.day:
                continue
            if period.started_at < made.at < (period.ended_at or made.at + timedelta(1)):
                assert rule.score(other.arrived_at, other.priority, 30, made.at) <= mine
                checked += 1
    assert checked > 30


def test_nothing_is_left_open_at_the_end_of_a_day(known: tuple[Database, Totals]) -> None:
    db, _ = known
    assert {row.state for row in every(db, Ticket)} <= {"served", "no_show", "cancelled", "expired"}
    assert {row.state for row in every(db, Assistance)} <= {"ended", "cancelled"}
    assert {row.state for row in every(db, PrintJob)} == {"printed"}
    for table, end in ((TicketPeriod, "ended_at"), (CounterPeriod, "ended_at"), (EquipmentUse, "in_at")):
        assert all(getattr(row, end) is not None for row in every(db, table))
    assert all(row.closed_at is not None for row in every(db, SiteDay))


def test_a_chair_is_with_one_visitor_at_a_time(known: tuple[Database, Totals]) -> None:
    uses: dict[Any, list[EquipmentUse]] = {}
    for use in every(known[0], EquipmentUse, EquipmentUse.out_at):
        uses.setdefault(use.equipment_id, []).append(use)
    assert uses
    for line in uses.values():
        assert all(before.in_at <= after.out_at for before, after in pairwise(line))


def test_the_log_goes_forward_in_time(known: tuple[Database, Totals]) -> None:
    moments = [change.at for change in every(known[0], Change, Change.seq)]
    assert moments == sorted(moments)


def test_a_day_has_something_of_everything(known: tuple[Database, Totals]) -> None:
    db, totals = known
    share = {row.priority: 0 for row in every(db, Ticket)}
    for row in every(db, Ticket):
        share[row.priority] += 1
    assert 0.06 < share[True] / totals.tickets < 0.2
    assert 0.05 < len(every(db, Assistance)) / totals.visits < 0.16
    assert 0.06 < len(every(db, Application)) / totals.visits < 0.18
    assert 0.15 < sum(row.kind == "direction" for row in every(db, Visit)) / totals.visits < 0.35
    kinds = {change.kind for change in every(db, Change)}
    assert {"ticket.recalled", "ticket.no_show", "ticket.transferred", "equipment.taken", "counter.closed"} <= kinds


def test_names_are_seen_to_be_nobodys_and_no_identity_number_is_made_up(known: tuple[Database, Totals]) -> None:
    invented = ("Örnek", "Deneme", "Numune", "Taslak", "Benzetim", "Sanal")
    for person in every(known[0], Person):
        assert person.name == "" or any(word in person.name for word in invented)
        assert (person.tckn, person.phone) == ("", "")
        assert person.erase_after > MONDAY


def test_every_slip_can_be_printed_again(known: tuple[Database, Totals]) -> None:
    kinds = {Slip.from_data(job.slip).kind for job in every(known[0], PrintJob)}
    assert kinds >= {"ticket", "receipt"}


def test_rows_are_filled_in_as_the_actions_fill_them(known: tuple[Database, Totals], ctx: Context) -> None:
    """A column that an action leaves empty or fills is left empty or filled here too, by the state of the row."""
    for service in ("vergi", "imar"):
        visit(ctx, service)
    desk.give_direction(ctx, desk.Direction(key()))
    serve(ctx, 4)
    called = call(ctx, 7)
    counter.recall(ctx, called.ticket_id)
    assert isinstance(ctx.db.clock, SetClock)
    ctx.db.clock.advance(seconds=20)
    counter.no_show(ctx, called.ticket_id)
    shift.close_day(ctx)
    mine, theirs = shapes(ctx.db), shapes(known[0])
    assert mine and mine <= theirs


def shapes(db: Database) -> set[tuple[str, str, frozenset[str]]]:
    """Per table and state: which columns are empty. Columns that may go either way are left out."""
    either = {"forecast_low", "forecast_high", "subject_id", "person_id", "unit_id"}
    found = set()
    for table, state in ((Visit, "kind"), (Ticket, "state"), (TicketPeriod, "kind"), (TicketCall, "rule"),
                         (SiteDay, "note")):  # fmt: skip
        for row in every(db, table):
            empty = {c.name for c in table.__table__.columns if getattr(row, c.name) is None} - either
            found.add((table.__tablename__, str(getattr(row, state)), frozenset(empty)))
    return found


# --- what is refused ------------------------------------------------------------------------------------------------
def test_a_database_with_real_records_is_refused_and_left_alone(ctx: Context) -> None:
    visit(ctx)
    with pytest.raises(UserError, match="gerçek kayıtlar var"):
        simulate(ctx.db, 2, 1, 20)
    assert len(every(ctx.db, Visit)) == 1
    assert not every(ctx.db, Site)[0].sample


def test_a_database_nobody_has_worked_with_becomes_a_sample(ctx: Context) -> None:
    assert not every(ctx.db, Site)[0].sample
    simulate(ctx.db, 1, 1, 20)
    assert every(ctx.db, Site)[0].sample
    assert days_of(ctx.db) == [MONDAY]


def test_days_are_never_written_twice_but_can_be_added(sample: Database) -> None:
    simulate(sample, 1, 1, 20, date(2026, 11, 19))
    with pytest.raises(UserError, match=r"19\.11\.2026 gününe kadar kayıt var"):
        simulate(sample, 3, 1, 20)
    simulate(sample, 2, 1, 20)
    assert days_of(sample) == [date(2026, 11, 19), date(2026, 11, 20), MONDAY]
    with sample.read() as session:
        site_id = session.execute(select(Site.id)).scalar_one()
        assert all(differences(session, site_id, day) == [] for day in days_of(sample))


@pytest.mark.parametrize(("days", "visitors"), [(0, 10), (1, 0)])
def test_no_days_or_no_visitors_are_refused(sample: Database, days: int, visitors: int) -> None:
    with pytest.raises(UserError, match="en az 1"):
        simulate(sample, days, 1, visitors)


@pytest.mark.parametrize(("days", "until"), [(10_000_000, None), (1, date(1, 1, 2))])
def test_days_before_anybody_counted_them_are_refused(sample: Database, days: int, until: date | None) -> None:
    with pytest.raises(UserError, match="1980 yılından öncesine gidemez"):
        simulate(sample, days, 1, 20, until)


def test_a_simulation_that_is_stopped_leaves_whole_days(sample: Database, stop: Callable[[int, int], None]) -> None:
    with pytest.raises(KeyboardInterrupt):
        simulate(sample, 3, 1, 30, progress=stop)
    assert len(days_of(sample)) == 2
    with sample.read() as session:
        site_id = session.execute(select(Site.id)).scalar_one()
        assert all(differences(session, site_id, day) == [] for day in days_of(sample))


@pytest.fixture
def stop() -> Callable[[int, int], None]:
    def after_two(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    return after_two

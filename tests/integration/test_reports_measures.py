"""The summaries and the records tell the same; where they do not, it is found."""

from __future__ import annotations

import pytest
from reports_case import TUESDAY, Office, at, busy_tuesday

from desk.actions import check, counter, shift
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.models.counting import Duration, Measure
from desk.reports.measures import DEFINITIONS, definition
from desk.reports.recount import CountKey, recount

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def office(ctx: Context, clock: SetClock) -> Office:
    return Office(ctx, clock)


def test_a_busy_day_has_no_differences(office: Office) -> None:
    busy_tuesday(office)
    assert office.differences() == []


def test_a_closed_day_has_no_differences_and_the_check_says_so(office: Office) -> None:
    busy_tuesday(office)
    office.clock.set(at(18))
    shift.close_day(office.ctx)
    assert office.differences() == []
    assert check.problems(office.ctx.db) == []


def test_a_day_without_anything_has_no_differences(office: Office) -> None:
    assert office.differences(TUESDAY) == []


def test_a_transferred_number_and_a_pause_are_counted_alike(office: Office) -> None:
    office.visit(at(9), "vergi")
    ticket = office.call(at(9, 10))
    for minute, step in ((11, counter.start), (15, counter.hold), (25, counter.resume)):
        office.clock.set(at(9, minute))
        step(office.ctx, ticket)
    office.clock.set(at(9, 30))
    counter.transfer(office.ctx, ticket, "imar")
    office.serve(at(9, 40), at(9, 47), "imar")
    assert office.differences() == []
    with office.ctx.db.read() as session:
        told = recount(session, office.site_id, TUESDAY)
    assert told.counts[CountKey(Measure.TICKETS_ISSUED, "vergi", 9)] == 1
    assert told.counts[CountKey(Measure.TICKETS_SERVED, "imar", None)] == 1
    assert told.durations[Duration.SERVE] == (1, (4 + 5 + 7) * 60)


def test_a_record_changed_behind_the_summaries_is_found(office: Office) -> None:
    visit_id, _ = office.visit(at(9), "vergi", persons=3)
    office.forget_visit(visit_id)
    wrong = {(d.measure, d.key, d.hour): (d.summary, d.records) for d in office.differences()}
    assert wrong[Measure.VISITS, "vergi", None] == (1, 0)
    assert wrong[Measure.VISITS, "vergi", 9] == (1, 0)
    assert wrong[Measure.PERSONS, "", None] == (3, 0)
    assert "visits[vergi] 09.00: 1 ≠ 0" in [str(d) for d in office.differences()]


def test_a_count_without_a_record_is_found(office: Office) -> None:
    with office.ctx.work(Right.ISSUE) as work:
        work.count(Measure.PRIORITY, "age65")
        work.time(Duration.WAIT, "vergi", 75)
    assert [str(d) for d in office.differences()] == ["priority: 1 ≠ 0", "wait: 1 ≠ 0", "wait_seconds: 75 ≠ 0"]


def test_every_measure_has_one_definition() -> None:
    assert sorted(d.measure for d in DEFINITIONS) == sorted(Measure)
    assert len({d.name for d in DEFINITIONS}) == len(DEFINITIONS)
    assert definition(Measure.NO_SHOWS).share_of is Measure.TICKETS_ISSUED

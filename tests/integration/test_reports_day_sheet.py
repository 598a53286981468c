"""The day sheet says what was done at the desk, and its totals reconcile."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from reports_case import TUESDAY, Office, at, busy_tuesday

from desk.actions import shift
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import UserError
from desk.registry.types import AssistanceKind
from desk.reports.day_sheet import day_sheet
from desk.reports.types import DaySheet

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def office(ctx: Context, clock: SetClock) -> Office:
    return Office(ctx, clock)


def assert_reconciles(sheet: DaySheet) -> None:
    columns = [*(line.by_hour for line in sheet.services), sheet.directions_by_hour]
    assert [sum(column) for column in zip(*columns, strict=True)] == list(sheet.visits_by_hour)
    assert sum(sheet.visits_by_hour) == sheet.visits
    assert sum(line.visits for line in sheet.services) + sheet.directions == sheet.visits
    ends = sheet.tickets_served + sheet.unserved + sheet.tickets_cancelled + sheet.tickets_waiting
    assert sheet.tickets_issued == ends
    assert sum(line.tickets for line in sheet.services) == sheet.tickets_issued
    assert sum(line.served for line in sheet.services) == sheet.tickets_served
    assert sum(line.unserved for line in sheet.services) == sheet.unserved
    assert sheet.assistance_total == sheet.assistance_done + sheet.assistance_open
    assert sum(unit.value for unit in sheet.petition_units) == sheet.petitions


def test_a_busy_day_is_counted_and_reconciles(office: Office) -> None:
    busy_tuesday(office)
    sheet = office.sheet()
    assert_reconciles(sheet)
    assert (sheet.visits, sheet.persons, sheet.directions) == (9, 13, 2)
    assert (sheet.tickets_issued, sheet.tickets_served, sheet.tickets_cancelled) == (8, 3, 1)
    assert (sheet.no_shows, sheet.left, sheet.expired, sheet.tickets_waiting) == (1, 0, 0, 3)
    assert (sheet.priority_total, sheet.assistance_total, sheet.assistance_done) == (1, 2, 1)
    assert sheet.assistance_wait_mean == 360
    assert (sheet.petitions, sheet.petitions_incomplete, sheet.enclosures) == (4, 1, 4)
    units = [(u.name, u.value) for u in sheet.petition_units]
    assert units == [("Fen İşleri", 2), ("Birim belirtilmedi", 1), ("İmar ve Şehircilik", 1)]
    assert sheet.units[0].name == "Mali Hizmetler" and sheet.units[0].value == 3
    assert sheet.note.startswith("Sosyal destekte")
    assert sheet.header.authority == "Çınarova Belediye Başkanlığı"


def test_closing_the_day_expires_who_still_waits_and_it_still_reconciles(office: Office) -> None:
    busy_tuesday(office)
    office.clock.set(at(18))
    assert shift.close_day(office.ctx) == 3
    sheet = office.sheet()
    assert_reconciles(sheet)
    assert (sheet.expired, sheet.tickets_waiting, sheet.unserved) == (3, 0, 4)


def test_a_class_with_a_number_each_is_one_visit_of_many_persons(office: Office) -> None:
    office.visit(at(9), "evrak", persons=30, numbers=30)
    sheet = office.sheet()
    assert_reconciles(sheet)
    assert (sheet.visits, sheet.persons, sheet.tickets_issued) == (1, 30, 30)


def test_hours_are_the_opening_hours_widened_to_what_was_counted(office: Office) -> None:
    office.visit(at(9))
    assert office.sheet().hours == tuple(range(8, 17))
    assert (office.sheet().opens, office.sheet().closes) == ("08.00", "17.00")
    office.visit(at(19, 5))
    assert office.sheet().hours == tuple(range(8, 20))
    assert office.sheet().visits_by_hour[-1] == 1


def test_an_undone_visit_leaves_no_trace_but_its_spent_number(office: Office) -> None:
    visit_id, _ = office.visit(at(9, 59, 58), persons=4)
    office.undo(at(10, 0, 4), visit_id)
    sheet = office.sheet()
    assert_reconciles(sheet)
    assert (sheet.visits, sheet.persons, sheet.tickets_issued, sheet.tickets_cancelled) == (0, 0, 1, 1)
    assert not any(sheet.visits_by_hour)


def test_waits_are_mean_median_p90_and_the_longest_with_its_service(office: Office) -> None:
    for minute, code in ((0, "vergi"), (1, "vergi"), (2, "imar")):
        office.visit(at(9, minute), code)
    office.serve(at(9, 6), at(9, 10))  # 6 minutes
    office.serve(at(9, 13), at(9, 20))  # 12 minutes
    office.serve(at(9, 44), at(9, 50), "imar")  # 42 minutes
    sheet = office.sheet()
    assert sheet.wait_mean == 20 * 60
    assert sheet.wait_longest == 42 * 60
    assert sheet.wait_longest_service == "İmar ve ruhsat"
    assert sheet.wait_median is not None and abs(sheet.wait_median - 12 * 60) <= 30
    assert sheet.wait_p90 is not None and sheet.wait_p90 <= sheet.wait_longest
    assert sheet.serve_mean == (4 + 7 + 6) * 60 / 3
    tax = next(line for line in sheet.services if line.letter == "V")
    assert (tax.wait_mean, tax.served) == (9 * 60, 2)
    register = next(line for line in sheet.services if line.letter == "E")
    assert (register.wait_mean, register.wait_median, register.wait_p90, register.serve_mean) == (None,) * 4


def test_the_day_is_compared_with_the_last_four_worked_same_weekdays(office: Office) -> None:
    for weeks in (6, 5, 3, 2, 1):  # four weeks ago was a holiday
        day = TUESDAY - timedelta(weeks=weeks)
        for _ in range(weeks):
            office.visit(at(10, day=day))
    office.visit(at(10, day=TUESDAY - timedelta(days=1)))  # a Monday does not count
    office.visit(at(10))
    sheet = office.sheet()
    assert sheet.visits_previous == 1
    ten = sheet.hours.index(10)
    assert sheet.weekday_mean_by_hour[ten] == (1 + 2 + 3 + 5) / 4
    assert len(sheet.weekday_mean_by_hour) == len(sheet.hours)


def test_without_a_worked_day_a_week_before_nothing_is_compared(office: Office) -> None:
    office.visit(at(10))
    sheet = office.sheet()
    assert sheet.visits_previous is None
    assert sheet.weekday_mean_by_hour == ()


def test_a_worked_day_without_visitors_compares_as_zero(office: Office) -> None:
    office.clock.set(at(9, day=TUESDAY - timedelta(weeks=1)))
    with office.ctx.work(Right.REPORT):
        pass
    office.visit(at(10))
    assert office.sheet().visits_previous == 0


def test_a_day_without_any_action_is_a_sheet_of_zeros(office: Office) -> None:
    sheet = office.sheet()
    assert_reconciles(sheet)
    assert (sheet.visits, sheet.persons, sheet.tickets_issued, sheet.petitions, sheet.assistance_total) == (0,) * 5
    assert (sheet.wait_mean, sheet.wait_median, sheet.wait_p90, sheet.wait_longest, sheet.serve_mean) == (None,) * 5
    assert sheet.hours == tuple(range(8, 17)) and len(sheet.services) == 7
    assert sheet.note == ""


def test_a_sunday_has_no_hours_until_somebody_works(office: Office) -> None:
    sunday = TUESDAY - timedelta(days=2)
    empty = office.sheet(sunday)
    assert_reconciles(empty)
    assert (empty.hours, empty.opens, empty.closes) == ((), "", "")
    office.visit(at(11, day=sunday))
    office.visit(at(13, day=sunday))
    assert office.sheet(sunday).hours == (11, 12, 13)


def test_a_service_no_longer_offered_stays_on_the_days_it_was_used(office: Office) -> None:
    office.visit(at(10), "evlendirme")
    office.retire("evlendirme", "imar")
    letters = [line.letter for line in office.sheet().services]
    assert "N" in letters and "R" not in letters


def test_kinds_and_classes_come_in_their_own_order_with_zeros(office: Office) -> None:
    office.assist(at(9), AssistanceKind.CHILD)
    sheet = office.sheet()
    assert [c.key for c in sheet.assistance] == list(AssistanceKind)
    assert [c.value for c in sheet.assistance] == [0, 0, 0, 0, 1, 0]
    assert sheet.assistance_open == 1


def test_an_unknown_site_is_refused_with_a_sentence(office: Office) -> None:
    with office.ctx.db.read() as session, pytest.raises(UserError, match="Yerleşke bulunamadı"):
        day_sheet(session, uuid4(), TUESDAY, at(18), "Elif Karaca")

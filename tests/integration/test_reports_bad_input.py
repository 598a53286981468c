"""Awkward days and places: a renamed unit, a closed one, two sites with one letter, the last second before midnight."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from reports_case import Office, at
from sqlalchemy import Table, insert, select, update

from desk.actions import check, desk, reports, shift
from desk.actions.context import Context
from desk.actor import Actor
from desk.clock import SetClock
from desk.errors import UserError
from desk.models import site as tables
from desk.models.base import new_id

pytestmark = pytest.mark.usefixtures("both_engines")

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def office(ctx: Context, clock: SetClock) -> Office:
    return Office(ctx, clock)


def again(ctx: Context, table: type[Any], where: Any, **other: Any) -> None:
    """The same row once more, but for what is given."""
    core: Table = table.__table__  # type: ignore[attr-defined]
    with ctx.db.write() as session:
        for row in session.execute(select(core).where(where)).mappings().all():
            made = {key: value(row) if callable(value) else value for key, value in other.items()}
            session.execute(insert(core).values({**row, **made}))


def rename(ctx: Context, code: str, name: str, day: date) -> None:
    again(ctx, tables.Unit, tables.Unit.code == code, id=new_id(), name=name, short_name=name, valid_from=day)
    with ctx.db.write() as session:
        old = update(tables.Unit).where(tables.Unit.code == code, tables.Unit.name != name)
        session.execute(old.values(valid_to=day))


def rows_of(ctx: Context, measure: str) -> dict[str, tuple[str, int]]:
    report = reports.year_report(ctx, 2026)
    table = next(one for one in report.tables if one.measure == measure)
    return {row.key: (row.name, row.total) for row in table.rows}


def test_a_renamed_unit_keeps_its_old_name_in_the_old_figures(office: Office) -> None:
    office.direct(at(10))
    office.direct(at(11))
    rename(office.ctx, "fen", "Fen ve Altyapı", WEDNESDAY)
    office.visit(at(9, day=WEDNESDAY))
    office.direct(at(10, day=WEDNESDAY))
    found = rows_of(office.ctx, "visits_by_unit")
    assert found["fen<2026-11-24"] == ("Fen İşleri", 2) and found["fen"] == ("Fen ve Altyapı", 1)
    for key, count in (("fen<2026-11-24", 2), ("fen", 1)):
        assert reports.cell(office.ctx, 2026, "visits_by_unit", key, None).total == count
        assert reports.cell(office.ctx, 2026, "visits_by_unit", key, 11).total == count
        assert reports.cell(office.ctx, 2026, "visits_by_unit", key, 10).total == 0
    names = {day: {one.key: one.name for one in shift.sheet(office.ctx, day).units} for day in (TUESDAY, WEDNESDAY)}
    assert (names[TUESDAY]["fen"], names[WEDNESDAY]["fen"]) == ("Fen İşleri", "Fen ve Altyapı")
    assert check.problems(office.ctx.db) == []


def test_a_closed_unit_stays_in_the_figures_of_its_time(office: Office) -> None:
    office.direct(at(10))
    with office.ctx.db.write() as session:
        session.execute(update(tables.Unit).where(tables.Unit.code == "fen").values(valid_to=WEDNESDAY))
    office.visit(at(9, day=WEDNESDAY))
    assert ("Fen İşleri", 1) in rows_of(office.ctx, "visits_by_unit").values()
    assert [one.name for one in shift.sheet(office.ctx, TUESDAY).units] == ["Fen İşleri"]


def second_site(ctx: Context) -> Context:
    """Another door of the same municipality, with a service of the same letter."""
    here, there = ctx.actor.site_id, new_id()
    again(ctx, tables.Site, tables.Site.id == here, id=there, code="ikinci", number=2, name="İkinci Küre")
    own = {"id": lambda _: new_id(), "site_id": there}
    for table in (tables.Service, tables.Terminal, tables.Staff):
        again(ctx, table, table.site_id == here, **own)  # type: ignore[attr-defined]
    again(ctx, tables.OpeningHours, tables.OpeningHours.site_id == here, site_id=there)
    with ctx.db.read() as session:
        terminal = session.execute(
            select(tables.Terminal.id).where(tables.Terminal.site_id == there, tables.Terminal.role == "desk")
        ).scalars().first()  # fmt: skip
        staff = session.execute(
            select(tables.Staff.id).where(tables.Staff.site_id == there, tables.Staff.code == "danisma1")
        ).scalar_one()
    assert terminal is not None
    return Context(ctx.db, Actor(staff, terminal, there), ctx.data_dir)


def test_two_sites_with_the_same_letter_stay_apart_and_add_up(office: Office) -> None:
    other = second_site(office.ctx)
    office.visit(at(10))
    office.visit(at(11))
    number = desk.register_visit(other, desk.VisitRequest("there", "vergi")).tickets[0].number
    assert number == "V 001"
    assert (shift.sheet(office.ctx).visits, shift.sheet(other).visits) == (2, 1)
    found = rows_of(office.ctx, "tickets_issued")
    here = next(key for key in found if key.startswith("vergi@") and not key.endswith("İkinci Küre"))
    assert found["vergi@İkinci Küre"][1] == 1 and found[here][1] == 2
    assert "İkinci Küre" in found["vergi@İkinci Küre"][0]
    assert [row.number for row in reports.cell(office.ctx, 2026, "tickets_issued", "vergi@İkinci Küre", 11).rows] == [
        "V 001"
    ]
    assert reports.cell(office.ctx, 2026, "tickets_issued", here, None).total == 2
    sites = next(one for one in reports.year_report(office.ctx, 2026).tables if one.measure == "sites")
    assert sites.total == 3 and sorted(row.total for row in sites.rows) == [1, 2]
    for row in sites.rows:
        assert reports.cell(office.ctx, 2026, "sites", row.key, None).total == row.total
    assert reports.year_report(office.ctx, 2026, this_site=True).figures[1].value == 2
    assert check.problems(office.ctx.db) == []


def test_the_last_second_of_a_year_and_midnight_belong_to_different_days_and_years(office: Office) -> None:
    office.visit(at(23, 59, 59, date(2026, 12, 31)))
    office.visit(at(3, 0, 0, date(2027, 1, 1)))
    last, first = (shift.sheet(office.ctx, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (last.visits, first.visits) == (1, 1)
    assert last.hours[-1] == 23 and last.visits_by_hour[-1] == 1
    for year, month in ((2026, 12), (2027, 1)):
        visits = next(f for f in reports.year_report(office.ctx, year).figures if f.measure == "visits")
        assert visits.value == 1
        assert reports.cell(office.ctx, year, "visits", None, month).total == 1
    assert check.problems(office.ctx.db) == []


def test_midnight_itself_is_the_first_hour_of_its_day(office: Office, clock: SetClock) -> None:
    office.visit(at(23, 59, 59))
    midnight = at(3, day=WEDNESDAY).replace(hour=21, day=24)  # 00.00 on Wednesday at the site, 21.00 UTC on Tuesday
    office.visit(midnight)
    sheet = shift.sheet(office.ctx, WEDNESDAY)
    assert (sheet.visits, sheet.hours[0], sheet.visits_by_hour[0]) == (1, 0, 1)
    assert shift.sheet(office.ctx, TUESDAY).visits == 1


def test_a_day_to_come_and_a_year_without_data_are_sentences(office: Office) -> None:
    office.visit(at(10))
    with pytest.raises(UserError, match=r"25\.11\.2026 henüz gelmedi"):
        shift.sheet(office.ctx, WEDNESDAY)
    with pytest.raises(UserError, match="2024 yılına ait kayıt yok"):
        reports.year_report(office.ctx, 2024)

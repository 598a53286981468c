"""Every figure of the day sheet and of the annual report, counted again by plain SQL over the raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import Engine, text

from desk.actions import check, reports, shift
from desk.actions.context import Context
from desk.errors import UserError
from desk.models.counting import Measure
from desk.reports.types import DaySheet
from desk.reports.year_types import YearReport

pytestmark = pytest.mark.usefixtures("both_engines")

LAST = date(2026, 1, 9)


class Recount:
    """Questions to the raw rows of some days, in plain SQL."""

    def __init__(self, ctx: Context, first: str, last: str) -> None:
        self._engine: Engine = ctx.db.reader if hasattr(ctx.db, "reader") else ctx.db.writer
        self.days = f"BETWEEN '{first}' AND '{last}'"

    def rows(self, sql: str) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(text(sql.replace("DAYS", self.days))))

    def one(self, sql: str) -> int:
        return int(self.rows(sql)[0][0] or 0)

    def by(self, sql: str) -> dict[str, int]:
        return {str(key): int(value) for key, value in self.rows(sql)}


VISITS = "visit v WHERE v.day DAYS AND v.voided_at IS NULL"


def visits_by(table: str) -> str:
    join = f"JOIN {table} k ON k.id = v.{table}_id WHERE"
    return f"SELECT k.code, count(*) FROM {VISITS.replace('WHERE', join)} GROUP BY k.code"


SERVED_AT = "ticket t JOIN service s ON s.id = t.service_id WHERE t.day DAYS AND"
ENDS = {
    "tickets_served": "t.state = 'served'",
    "no_shows": "t.state = 'no_show'",
    "expired": "t.state = 'expired'",
    "left": "t.state = 'cancelled' AND t.outcome = 'left'",
    "tickets_cancelled": "t.state = 'cancelled' AND t.outcome <> 'left'",
}


@pytest.fixture
def days_before(request: pytest.FixtureRequest) -> tuple[tuple[Any, ...], ...]:
    return ((14, 7, 40, LAST),) if "filled" in request.fixturenames else ()


@pytest.fixture
def filled(ctx: Context) -> Context:
    return ctx


@pytest.fixture
def days(filled: Context) -> Iterator[list[date]]:
    yield [row[0] if isinstance(row[0], date) else date.fromisoformat(row[0]) for row in Recount(
        filled, "2020-01-01", "2030-01-01").rows("SELECT day FROM site_day WHERE day DAYS ORDER BY day")]  # fmt: skip


def check_counts(sheet: DaySheet, raw: Recount) -> None:
    assert sheet.visits == raw.one(f"SELECT count(*) FROM {VISITS}")
    assert sheet.persons == raw.one(f"SELECT sum(v.persons) FROM {VISITS}")
    assert sheet.directions == raw.one(f"SELECT count(*) FROM {VISITS} AND v.service_id IS NULL")
    assert sheet.tickets_issued == raw.one("SELECT count(*) FROM ticket WHERE day DAYS")
    assert sheet.tickets_served == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS['tickets_served']}")
    assert sheet.no_shows == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS['no_shows']}")
    assert sheet.left == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS['left']}")
    assert sheet.expired == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS['expired']}")
    assert sheet.tickets_cancelled == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS['tickets_cancelled']}")
    undone = "SELECT id FROM visit WHERE voided_at IS NOT NULL"
    assert sheet.priority_total == raw.one(
        f"SELECT count(*) FROM ticket WHERE day DAYS AND priority AND visit_id NOT IN ({undone})"
    )
    jobs = "assistance a WHERE a.day DAYS AND a.state <> 'cancelled'"
    assert {c.key: c.value for c in sheet.assistance if c.value} == raw.by(
        f"SELECT a.kind, count(*) FROM {jobs} GROUP BY a.kind"
    )
    assert sheet.assistance_done == raw.one("SELECT count(*) FROM assistance WHERE day DAYS AND state = 'ended'")
    used = "assistance a JOIN equipment_use u ON u.assistance_id = a.id WHERE a.day DAYS"
    assert {c.key: c.equipment for c in sheet.assistance_lines if c.equipment} == raw.by(
        f"SELECT a.kind, count(*) FROM {used} GROUP BY a.kind"
    )
    assert sheet.petitions == raw.one("SELECT count(*) FROM application WHERE day DAYS")
    assert {c.key: c.value for c in sheet.channels} == raw.by(
        "SELECT channel, count(*) FROM application WHERE day DAYS GROUP BY channel"
    )
    assert sheet.enclosures == raw.one(
        "SELECT count(*) FROM enclosure e JOIN application a ON a.id = e.application_id WHERE a.day DAYS"
    )
    lacking = [row for row in raw.rows("SELECT missing FROM application WHERE day DAYS") if row[0] not in ("[]", [])]
    assert sheet.petitions_incomplete == len(lacking)
    assert {c.key: c.value for c in sheet.units} == raw.by(visits_by("unit"))
    assert {c.key: c.value for c in sheet.petition_units} == raw.by(
        "SELECT coalesce(u.code, ''), count(*) FROM application a LEFT JOIN unit u ON u.id = a.unit_id "
        "WHERE a.day DAYS GROUP BY 1"
    )


def test_the_day_sheet_says_what_the_rows_say(filled: Context, days: list[date]) -> None:
    for day in (days[0], days[6], days[-1]):
        sheet, raw = shift.sheet(filled, day), Recount(filled, day.isoformat(), day.isoformat())
        check_counts(sheet, raw)
        assert sum(sheet.visits_by_hour) == sheet.visits
        assert [sum(s.by_hour) for s in sheet.services] == [s.visits for s in sheet.services]
        by_service = raw.by(
            f"SELECT s.name, count(*) FROM {VISITS.replace('WHERE', 'JOIN service s ON s.id = v.service_id WHERE')} "
            "GROUP BY s.name"
        )
        assert {s.name: s.visits for s in sheet.services if s.visits} == by_service


def test_the_waits_of_the_day_sheet_are_those_of_the_rows(filled: Context, days: list[date]) -> None:
    day = days[3]
    sheet = shift.sheet(filled, day)
    with filled.db.read() as session:
        rows = session.execute(
            text(f"SELECT issued_at, first_called_at FROM ticket WHERE day = '{day}' AND first_called_at IS NOT NULL")
        ).all()
    waits = [float(b - a) / 1e6 if filled.db.is_sqlite else (b - a).total_seconds() for a, b in rows]
    assert sheet.wait_longest == pytest.approx(max(waits))
    assert sheet.wait_mean == pytest.approx(sum(map(int, waits)) / len(waits))
    assert sheet.wait_median == pytest.approx(median(waits), abs=30)


def test_week_and_month_sheets_add_up(filled: Context, days: list[date]) -> None:
    from desk.reports.spans import month_span, week_span
    from desk.reports.types import Period

    for period, span in ((Period.WEEK, week_span(days[-1])), (Period.MONTH, month_span(days[-1]))):
        sheet = shift.sheet(filled, days[-1], period)
        check_counts(sheet, Recount(filled, span.first.isoformat(), span.last.isoformat()))
        assert sum(sheet.visits_by_hour) == sheet.visits


def table_of(report: YearReport, measure: str) -> dict[str, int]:
    table = next(t for t in report.tables if t.measure == measure)
    assert sum(row.total for row in table.rows) == table.total == sum(table.months)
    assert all(sum(row.months) == row.total for row in table.rows)
    assert sum(row.share for row in table.rows) == (1000 if table.total else 0)
    return {row.key: row.total for row in table.rows if row.total}


def test_the_annual_report_says_what_the_rows_say(filled: Context) -> None:
    for year in (2025, 2026):
        report = reports.year_report(filled, year)
        raw = Recount(filled, f"{year}-01-01", f"{year}-12-31")
        figures = {f.measure: f.value for f in report.figures}
        petitions = raw.one("SELECT count(*) FROM application WHERE day DAYS")
        assert figures["visits"] == raw.one(f"SELECT count(*) FROM {VISITS}") > 0
        assert figures["persons"] == raw.one(f"SELECT sum(v.persons) FROM {VISITS}")
        assert figures["contacts"] == figures["visits"] + petitions
        assert figures["petitions"] == petitions
        assert figures["tickets_issued"] == raw.one("SELECT count(*) FROM ticket WHERE day DAYS")
        for measure in ("tickets_served",):
            assert figures[measure] == raw.one(f"SELECT count(*) FROM {SERVED_AT} {ENDS[measure]}")
        assert report.days == raw.one("SELECT count(*) FROM site_day WHERE day DAYS")
        asked = {
            "visits_by_subject": visits_by("subject"),
            "visits_by_unit": visits_by("unit"),
            "petitions_by_channel": "SELECT channel, count(*) FROM application WHERE day DAYS GROUP BY 1",
            "petitions_by_neighbourhood": "SELECT coalesce(k.code, ''), count(*) FROM application a "
            "LEFT JOIN neighbourhood k ON k.id = a.neighbourhood_id WHERE a.day DAYS GROUP BY 1",
            "assistance": "SELECT kind, count(*) FROM assistance WHERE day DAYS AND state <> 'cancelled' GROUP BY 1",
        }  # fmt: skip
        for measure, sql in asked.items():
            assert table_of(report, measure) == raw.by(sql), measure
        for row in report.outcomes:
            assert row.issued >= 0
        assert sum(row.served for row in report.outcomes) == figures["tickets_served"]
        for name in ("no_shows", "left", "expired"):
            assert sum(getattr(row, name) for row in report.outcomes) == raw.one(
                f"SELECT count(*) FROM {SERVED_AT} {ENDS[name]}"
            )
        visits = next(t for t in report.monthly if t.measure == "visits")
        months = Counter(str(row[0])[5:7] for row in raw.rows(f"SELECT v.day FROM {VISITS}"))
        assert {f"{place:02d}": value for place, value in enumerate(visits.months, 1) if value} == dict(months)
    assert reports.year_report(filled, 2026).figures[1].before == reports.year_report(filled, 2025).figures[1].value
    assert check.problems(filled.db) == []


def test_every_figure_that_can_be_opened_is_as_long_as_it_says(filled: Context, days: list[date]) -> None:
    from desk.reports.drill import OPENERS
    from desk.reports.measures import definition

    day = days[5]
    with filled.db.read() as session:
        counted = session.execute(
            text(f"SELECT measure, key, value FROM day_count WHERE day = '{day}' AND value <> 0")
        ).all()
    seen = set()
    for measure, key, value in counted:
        assert measure in OPENERS
        if measure == Measure.PRIORITY:  # which class each was, no record says
            key, value = None, sum(n for m, _, n in counted if m == measure)
        found = reports.records(filled, measure, key if definition(Measure(measure)).by else None, day, day)
        count = sum(row.persons for row in found.rows) if measure == "persons" else found.total
        assert count == value, (measure, key)
        seen.add(measure)
    assert len(seen) > 20
    with pytest.raises(UserError, match="tek tek gösterilemez"):
        reports.records(filled, Measure.PRIORITY, "age", day, day)


def test_an_hour_of_the_day_opens_its_visits(filled: Context, days: list[date]) -> None:
    day = days[5]
    sheet = shift.sheet(filled, day)
    opened = [reports.records(filled, Measure.VISITS, None, day, day, hour).total for hour in sheet.hours]
    assert opened == list(sheet.visits_by_hour)


def test_a_year_without_data_and_one_to_come_are_sentences(ctx: Context, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="2019 yılına ait kayıt yok"):
        reports.year_report(ctx, 2019)
    with pytest.raises(UserError, match="2031 yılı henüz gelmedi"):
        reports.export_year(ctx, 2031, "pdf", tmp_path / "r.pdf")
    with pytest.raises(UserError, match="Böyle bir biçim yok: doc"):
        reports.export_year(ctx, 2026, "doc", tmp_path / "r.doc")


def test_shares_always_make_a_hundred() -> None:
    from desk.reports.year import shares

    for values in ([1, 1, 1], [0, 0], [7], [1, 2, 3, 5, 8, 13], [999, 1], [1] * 7, [333, 333, 334]):
        parts = shares(values)
        assert sum(parts) == (1000 if sum(values) else 0)
        assert all(a >= b for (a, x), (b, y) in pairwise(zip(parts, values, strict=True)) if x > y)

"""Every figure of the day sheet and of the annual report equals an independent count of the raw rows (plain SQL).

Which figures there are is read from the types themselves: a figure that is added later and not counted here fails.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from acting import key, visit
from raw_counts import COUNTS, RawCounts, mean, quantile_bounds
from sqlalchemy import select, update

from desk.actions import reports, reserved, shift, surveys
from desk.actions.context import Context
from desk.actions.reserved import Handed
from desk.clock import SetClock
from desk.models.counting import Duration, Measure
from desk.models.forecast import ForecastLog
from desk.models.site import Service
from desk.registry.incident_kinds import IncidentKind
from desk.reports.measures import DEFINITIONS, TIMINGS
from desk.reports.types import DaySheet
from desk.reports.year_types import YearReport

pytestmark = pytest.mark.usefixtures("both_engines")

TOLD_ONLY = {
    "header", "day", "opens", "closes", "hours", "made_at", "made_by", "note", "period", "last", "columns", "staff",
    "opening_note", "number", "revision", "closed_at",
}  # fmt: skip
"""Fields of the day sheet that are no figures."""


@pytest.fixture
def days_before(request: pytest.FixtureRequest) -> tuple[tuple[Any, ...], ...]:
    """Days of two years."""
    return ((9, 7, 45, date(2026, 1, 7)), (5, 8, 45, date(2026, 11, 23))) if "filled" in request.fixturenames else ()


@pytest.fixture
def filled(ctx: Context, clock: SetClock) -> Context:
    """Days of two years, and today by hand what the simulation does not know."""
    for service in ("vergi", "imar"):
        visit(ctx, service)
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(daily_cap=1))
        later = select(Service.id).where(Service.code == "vergi").scalar_subquery()  # on quiet days all promises hold
        off = update(ForecastLog).where(ForecastLog.service_id == later).values(median=ForecastLog.median + 7)
        session.execute(off)
    visit(ctx, "vergi", override_reason="Sınama")
    block = reserved.reserve(ctx, "imar", 3, key()).block
    clock.set(clock.now() + timedelta(minutes=20))
    reserved.enter(ctx, Handed(block.first, block.numbers[1].number))
    surveys.note_incident(ctx, IncidentKind.HEALTH, "Giriş", "112 arandı")
    return ctx


def raw_of(ctx: Context, first: date, last: date) -> RawCounts:
    return RawCounts(ctx.db.writer, first.isoformat(), last.isoformat())


# --- the day --------------------------------------------------------------------------------------------------------
def test_every_figure_of_the_day_sheet_is_what_the_rows_say(filled: Context) -> None:
    today = filled.read(lambda _, scope: scope.day)
    worked = [row[0] for row in raw_of(filled, date(2025, 1, 1), today).rows("SELECT day FROM site_day WHERE day DAYS")]
    days = [date.fromisoformat(str(day)) for day in sorted(worked)]
    for day in (days[0], days[8], days[12], days[-1]):
        sheet, raw = shift.sheet(filled, day), raw_of(filled, day, day)
        told = totals_of(sheet, raw) | lists_of(sheet, raw) | durations_of(sheet, raw) | around_of(filled, sheet, days)
        assert {one.name for one in fields(DaySheet)} == told | TOLD_ONLY


def totals_of(sheet: DaySheet, raw: RawCounts) -> set[str]:
    """Plain totals; the names that were compared come back."""
    measured = {
        "visits": "visits", "persons": "persons", "directions": "directions", "tickets_issued": "tickets_issued",
        "tickets_served": "tickets_served", "tickets_cancelled": "tickets_cancelled", "no_shows": "no_shows",
        "left": "left", "expired": "expired", "assistance_done": "assistance_ended", "petitions": "petitions",
        "petitions_incomplete": "petitions_incomplete", "enclosures": "enclosures", "contacts": "contacts",
        "surveys_alarming": "surveys_alarming", "manual_entered": "manual_entered", "limits_passed": "limits_passed",
    }  # fmt: skip
    for name, measure in measured.items():
        assert getattr(sheet, name) == raw.total(measure), name
    assert sheet.priority_total == raw.total("priority")
    waiting = "SELECT count(*) FROM ticket WHERE day DAYS AND state IN ('waiting', 'called', 'serving', 'on_hold')"
    assert sheet.tickets_waiting == raw.rows(waiting)[0][0]
    ended = "('ended', 'cancelled')"
    assert (
        sheet.assistance_open
        == raw.rows(f"SELECT count(*) FROM assistance WHERE day DAYS AND state NOT IN {ended}")[0][0]
    )
    return set(measured) | {"priority", "tickets_waiting", "assistance_open"}


def lists_of(sheet: DaySheet, raw: RawCounts) -> set[str]:
    """Figures by a key."""
    for name, measure in (
        ("assistance", "assistance"), ("units", "visits_by_unit"), ("petition_units", "petitions_by_unit"),
        ("channels", "petitions_by_channel"), ("document_kinds", "petitions"), ("surveys", "surveys"),
        ("ticket_outcomes", "tickets_outcome"),
    ):  # fmt: skip
        assert {one.key: one.value for one in getattr(sheet, name) if one.value} == raw.by(measure), name
    by = by_hour_of(raw)
    place = {hour: column for column, hour in enumerate(sheet.hours)}
    found = {(line.code, hour): line.by_hour[place[hour]] for line in sheet.services for hour in sheet.hours}
    found |= {("", hour): sheet.directions_by_hour[place[hour]] for hour in sheet.hours}
    assert Counter({entry: n for entry, n in found.items() if n}) == by
    assert [sum(n for (_, h), n in by.items() if h == hour) for hour in sheet.hours] == list(sheet.visits_by_hour)
    for line in sheet.services:
        lost = sum(raw.by(m).get(line.code, 0) for m in ("no_shows", "left", "expired"))
        told = (line.visits, line.tickets, line.served, line.unserved)
        asked = [raw.by(m).get(line.code, 0) for m in ("visits", "tickets_issued", "tickets_served")]
        assert told == (*asked, lost), line.code
    assert sorted(r.n for r in sheet.survey_lines) == sorted(c.total() for c in raw.answers().values())
    assert sorted(r.counts for r in sheet.survey_lines) == sorted(_in_order(c) for c in raw.answers().values())
    assert len(sheet.events) == raw.total("incidents")
    return {
        "assistance", "units", "petition_units", "channels", "document_kinds", "surveys", "services", "survey_lines",
        "directions_by_hour", "visits_by_hour", "events", "ticket_outcomes",
    }  # fmt: skip


def by_hour_of(raw: RawCounts) -> Counter[tuple[str, int]]:
    """Visits by service and hour of the wall clock."""
    codes = dict(raw.rows("SELECT id, code FROM service"))
    by: Counter[tuple[str, int]] = Counter()
    for service, at in raw.rows("SELECT v.service_id, v.at FROM visit v WHERE v.day DAYS AND v.voided_at IS NULL"):
        seconds = at / 1e6 if isinstance(at, int) else at.timestamp()
        by[codes.get(service, ""), int(seconds // 3600 + 3) % 24] += 1  # Türkiye is three hours before Greenwich
    return by


CHOICES = {"evet": "Evet", "kismen": "Kısmen", "hayir": "Hayır"}
"""What people were asked, in that order; numbers stand by their size."""


def _in_order(answers: Counter[str]) -> tuple[tuple[str, int], ...]:
    if all(given.isdigit() for given in answers):
        return tuple(sorted(answers.items(), key=lambda one: int(one[0])))
    return tuple((words, answers[code]) for code, words in CHOICES.items() if code in answers)


def durations_of(sheet: DaySheet, raw: RawCounts) -> set[str]:
    """Means to the second; medians and P90 within the bucket they are read from."""
    wait, serve = raw.seconds("wait"), raw.seconds("serve")
    waits = [one for each in wait.values() for one in each]
    serves = [one for each in serve.values() for one in each]
    assert (sheet.wait_mean, sheet.serve_mean) == (pytest.approx(mean(waits)), pytest.approx(mean(serves)))
    assert sheet.wait_longest == pytest.approx(max(waits, default=None))
    for told, values, share in (
        (sheet.wait_median, waits, 0.5), (sheet.wait_p90, waits, 0.9),
        (sheet.serve_median, serves, 0.5), (sheet.serve_p90, serves, 0.9),
    ):  # fmt: skip
        assert_quantile(told, values, share)
    for line in sheet.services:
        assert line.wait_mean == pytest.approx(mean(wait[line.code]))
        assert line.serve_mean == pytest.approx(mean(serve[line.code]))
        assert_quantile(line.wait_median, wait[line.code], 0.5)
        assert_quantile(line.wait_p90, wait[line.code], 0.9)
        if line.wait_mean and sheet.wait_longest in [pytest.approx(one) for one in wait[line.code]]:
            assert line.name == sheet.wait_longest_service
    began, took = raw.seconds("assistance_wait"), raw.seconds("assistance_job")
    assert sheet.assistance_wait_mean == pytest.approx(mean([one for each in began.values() for one in each]))
    for job in sheet.assistance_lines:
        counts = [raw.by(m).get(job.key, 0) for m in ("assistance", "assistance_ended", "equipment_used")]
        assert [job.asked, job.ended, job.equipment] == counts
        assert (job.wait_mean, job.job_mean) == (
            pytest.approx(mean(began[job.key])),
            pytest.approx(mean(took[job.key])),
        )
    return {
        "wait_mean", "wait_median", "wait_p90", "wait_longest", "wait_longest_service", "serve_mean", "serve_median",
        "serve_p90", "assistance_lines", "assistance_wait_mean",
    }  # fmt: skip


def assert_quantile(told: float | None, values: list[float], share: float) -> None:
    if not values:
        assert told is None
        return
    low, high = quantile_bounds(values, share)
    assert told is not None and low <= told <= high, (share, told, low, high)


def around_of(ctx: Context, sheet: DaySheet, days: list[date]) -> set[str]:
    """What stands beside the day: means of earlier days, printers, forecast, what was left open."""
    earlier = [day for day in reversed(days) if day < sheet.day and (sheet.day - day).days in range(7, 52 * 7 + 1, 7)]
    before = [raw_of(ctx, day, day) for day in earlier[:4]]
    assert sheet.compared_with == len(before)
    for line, measure in zip(
        sheet.compared,
        ("visits", "persons", "tickets_issued", "tickets_served", "assistance", "petitions"),
        strict=bool(before),
    ):
        assert line.mean == pytest.approx(sum(raw.total(measure) for raw in before) / len(before)), measure
    came: Counter[int] = Counter()
    for one in before:
        for (_, hour), visits in by_hour_of(one).items():
            came[hour] += visits
    means = tuple(came[hour] / len(before) for hour in sheet.hours) if before else ()
    assert sheet.weekday_mean_by_hour == pytest.approx(means)
    week = sheet.day - timedelta(days=7)
    assert sheet.visits_previous == (raw_of(ctx, week, week).total("visits") if week in days else None)
    raw = raw_of(ctx, sheet.day, sheet.day)
    off = raw.forecast_errors()
    if sheet.accuracy is None:
        assert off == []
    else:
        told = (sheet.accuracy.n, sheet.accuracy.within5, sheet.accuracy.error_mean)
        within = sum(one <= 300 for one in off)
        assert told == (len(off), within, pytest.approx(sum(off) / len(off)))
    assert sheet.printer_troubles == () and sheet.left_open == () and sheet.corrections == ()
    return {
        "compared", "compared_with", "weekday_mean_by_hour", "visits_previous", "accuracy", "printer_troubles",
        "left_open", "corrections",
    }  # fmt: skip


# --- the year -------------------------------------------------------------------------------------------------------
def test_every_figure_of_the_annual_report_is_what_the_rows_say(filled: Context) -> None:
    for year in (2025, 2026):
        report = reports.year_report(filled, year)
        raw = raw_of(filled, date(year, 1, 1), date(year, 12, 31))
        before = raw_of(filled, date(year - 1, 1, 1), date(year - 1, 12, 31))
        told = {one.name for one in fields(YearReport)}
        assert told == year_totals(report, raw, before) | year_lists(report, raw, before) | {
            "header", "year", "sites", "first", "last", "days", "months", "made_at", "made_by", "has_before",
            "meanings",
        }  # fmt: skip
        assert report.days == raw.rows("SELECT count(*) FROM site_day WHERE day DAYS")[0][0]
        assert report.has_before == (year == 2026)
        assert {one.name for one in report.meanings} == {d.name for d in DEFINITIONS} | {t.name for t in TIMINGS}


def year_totals(report: YearReport, raw: RawCounts, before: RawCounts) -> set[str]:
    for figure in report.figures:
        assert figure.value == raw.total(figure.measure), figure.measure
        assert figure.before == (before.total(figure.measure) if report.has_before else None), figure.measure
        if figure.share_of:
            whole = next(d.share_of for d in DEFINITIONS if d.measure == figure.measure)
            assert whole is not None and figure.whole == raw.total(whole)
    for table in report.monthly:
        months = Counter[int]()
        for by in raw.by_month(table.measure).values():
            months.update(by)
        assert table.months == tuple(months[m] for m in range(1, 13)) and table.total == months.total()
    names = dict(raw.rows("SELECT name, code FROM service"))
    for row in report.outcomes:
        measures = ("tickets_issued", "tickets_served", "no_shows", "left", "expired", "tickets_cancelled")
        counted = tuple(raw.by(m).get(names[row.name], 0) for m in measures)
        assert (row.issued, row.served, row.no_shows, row.left, row.expired, row.cancelled) == counted
        wait, serve = raw.seconds("wait")[names[row.name]], raw.seconds("serve")[names[row.name]]
        assert (row.wait_mean, row.serve_mean) == (pytest.approx(mean(wait)), pytest.approx(mean(serve)))
        assert_quantile(row.wait_median, wait, 0.5)
        assert_quantile(row.wait_p90, wait, 0.9)
    assert sum(row.issued for row in report.outcomes) == raw.total("tickets_issued")
    return {"figures", "monthly", "outcomes"}


def year_lists(report: YearReport, raw: RawCounts, before: RawCounts) -> set[str]:
    for table in report.tables:
        of_month = raw.by_month(table.measure)
        if table.measure == Measure.PRIORITY:  # the class stands in no record: only all of them can be counted
            assert table.total == raw.total("priority") and sum(row.total for row in table.rows) == table.total
            continue
        found = {row.key: {m: n for m, n in enumerate(row.months, 1) if n} for row in table.rows if row.total}
        assert found == of_month, table.measure
        assert sum(row.share for row in table.rows) == (1000 if table.total else 0)
        assert all(abs(row.share - 1000 * row.total / table.total) < 1 for row in table.rows if table.total)
        assert table.total == raw.total(table.measure) and table.before == (
            before.total(table.measure) if report.has_before else None
        )
        earlier = before.by(table.measure)
        assert all((row.before or 0) == earlier.get(row.key, 0) for row in table.rows), table.measure
    assert {t.measure for t in report.tables} >= {
        str(d.measure) for d in DEFINITIONS if d.yearly and raw.total(d.measure)
    }
    by_name = {timing.name: timing.duration for timing in TIMINGS}
    for line in report.timings:
        now, then = (_all(of.seconds(by_name[line.name])) for of in (raw, before))
        assert (line.n, line.mean, line.before) == (len(now), pytest.approx(mean(now)), pytest.approx(mean(then)))
        assert_quantile(line.median, now, 0.5)
        assert_quantile(line.p90, now, 0.9)
    assert {by_name[line.name] for line in report.timings} == {str(d) for d in Duration if _all(raw.seconds(d))}
    began, took = raw.seconds("assistance_wait"), raw.seconds("assistance_job")
    for job in report.assistance:
        counts = [raw.by(m).get(job.key, 0) for m in ("assistance", "assistance_ended", "equipment_used")]
        assert [job.asked, job.ended, job.equipment] == counts
        assert (job.wait_mean, job.job_mean) == (
            pytest.approx(mean(began[job.key])),
            pytest.approx(mean(took[job.key])),
        )
    assert sorted(r.counts for r in report.surveys) == sorted(_in_order(c) for c in raw.answers().values())
    for result in report.surveys:
        if result.mean is not None:
            whole = sum(int(given) * n for given, n in result.counts)
            assert result.mean == pytest.approx(whole / result.n)
    return {"tables", "timings", "assistance", "surveys"}


def _all(by: dict[str, list[float]]) -> list[float]:
    return [one for each in by.values() for one in each]


def test_every_cell_of_the_annual_report_opens_as_many_records_as_it_says(filled: Context) -> None:
    report = reports.year_report(filled, 2026)
    opened = 0
    for table in report.tables:
        for row in table.rows:
            if table.measure == Measure.PRIORITY:  # the class stands in no record
                continue
            assert reports.cell(filled, 2026, table.measure, row.key, None).total == row.total, (table.title, row.name)
            opened += 1
        month = max(range(1, 13), key=lambda one: table.months[one - 1])
        found = reports.cell(filled, 2026, table.measure, None, month)
        assert found.total == table.months[month - 1], table.title
        assert {one.at.month for one in found.rows} <= {month}
    for figure in report.figures:
        if figure.measure != Measure.PERSONS:  # as many visits as brought them
            assert reports.cell(filled, 2026, figure.measure, None, None).total == figure.value, figure.measure
    for line in report.timings:
        assert reports.cell(filled, 2026, line.duration, None, None).total == line.n, line.name
    assert opened > 60


def test_every_measure_has_its_own_count_here() -> None:
    asked_otherwise: dict[str, Any] = {"survey_answers": RawCounts.answers}
    assert {str(measure) for measure in Measure} == set(COUNTS) | set(asked_otherwise)

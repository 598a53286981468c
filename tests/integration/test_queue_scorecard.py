"""The scorecard of the waiting forecast, on simulated days and on an empty site; rosters from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.actions import roster
from desk.actions.context import Context
from desk.actions.simulate import simulate
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.engine import Database
from desk.queue.roster import CounterRoster, Line
from desk.queue.scorecard import Given, score


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Seven simulated days."""
    path = tmp_path_factory.mktemp("scored")
    clock = SetClock(datetime.fromisoformat("2026-11-24T10:42:00+03:00"))
    database = Database(f"sqlite:///{path / 'danisma.db'}", clock)
    simulate(database, 7, 3, 150)
    database.close()
    yield path


def run(folder: Path, *words: str) -> str:
    from desk.cli import desk

    result = CliRunner().invoke(desk, [*words, "--data-dir", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


GIVEN = [
    Given(date(2026, 11, 23), 9, "vergi", False, 10.0, 16.0, True, 22.0, 12.0),
    Given(date(2026, 11, 23), 9, "vergi", False, 10.0, 14.0, True, 2.0, 18.0),
    Given(date(2026, 11, 24), 10, "imar", True, 0.0, 0.0, False, 0.0, 0.0),
]


def test_the_figures_are_those_of_the_study() -> None:
    found = score(GIVEN)
    assert found is not None and (found.forecasts, found.queued) == (3, 2)
    assert found.mae == pytest.approx(10 / 3) and found.bias == pytest.approx(-10 / 3)
    assert found.within5 == pytest.approx(2 / 3) and found.within10 == 1.0
    assert found.shadow_mae == pytest.approx(26 / 3) and found.mae_ratio == pytest.approx(10 / 26)
    assert found.coverage == 0.5 and found.width == pytest.approx(5.0)


def test_nothing_was_measured_where_nobody_queued() -> None:
    found = score(GIVEN[2:])
    assert found is not None and found.coverage is None and found.width is None and found.mae_ratio is None
    assert score([]) is None


@pytest.mark.usefixtures("both_engines")
def test_an_empty_site_has_an_empty_card(ctx: Context) -> None:
    card = roster.score(ctx)
    assert card.total is None and not card.enough and card.by_day == () and card.tickets == 0
    with pytest.raises(UserError):
        roster.score(ctx, 0)


def test_simulated_days_have_a_card_with_every_part(folder: Path) -> None:
    data = json.loads(run(folder, "queue", "scorecard", "--json"))
    assert data["enough"] and data["forecasts"] == sum(day["forecasts"] for day in data["by_day"])
    assert data["forecasts"] == sum(part["forecasts"] for part in data["by_class"])
    assert data["mae"] < data["shadow_mae"] and 0.5 < data["within5"] <= 1 and 0 < data["coverage"] <= 1
    assert {part["priority"] for part in data["by_class"]} == {False, True}
    words = run(folder, "queue", "scorecard", "--days", "2")
    assert "Toplam" in words and "Öncelikli" in words and "23.11.2026" in words and "18.11.2026" not in words


def test_a_roster_is_written_and_shown_by_the_command_line(folder: Path) -> None:
    assert "alışılmış saatleri" in run(folder, "queue", "roster")
    hours = ("--hours", "08.00-17.00/12.00-13.00", "--clerk", "banko4")
    run(folder, "queue", "roster", "--counter", "4", "--weekdays", "1-5", *hours)
    run(folder, "queue", "roster", "--counter", "4", "--date", "2026-11-25", "--nobody")
    shown = run(folder, "queue", "roster")
    assert "Banko 4 · çarşamba: 08.00–17.00, öğle 12.00–13.00 (banko4)" in shown


@pytest.mark.usefixtures("both_engines")
def test_the_lead_writes_weekdays_and_single_dates(ctx: Context) -> None:
    day = date(2026, 11, 25)
    roster.write_week(ctx, 4, [0, 2], [Line(480, 720), Line(780, 1020, staff="banko4")])
    roster.write_day(ctx, 4, day, [])
    assert roster.week(ctx) == tuple(
        CounterRoster(4, (Line(480, 720), Line(780, 1020, staff="banko4")), weekday=at) for at in (0, 2)
    )
    assert roster.dates(ctx) == (CounterRoster(4, (), day=day),)
    roster.clear_day(ctx, 4, day)
    roster.write_week(ctx, 4, [0, 2], [])
    assert roster.dates(ctx) == () and roster.week(ctx) == ()


@pytest.mark.parametrize(
    ("counter", "weekdays", "lines", "said"),
    [
        (99, [0], [Line(480, 1020)], "Böyle bir banko yok"),
        (4, [7], [Line(480, 1020)], "pazartesi"),
        (4, [0], [Line(1020, 480)], "bitiş saati"),
        (4, [0], [Line(480, 720, (700, 800))], "öğle arası"),
        (4, [0], [Line(480, 720), Line(700, 900)], "aynı saatlere"),
        (4, [0], [Line(480, 1020, staff="kimse")], "Görevli yok"),
    ],
)
def test_a_roster_that_cannot_be_is_refused_in_a_sentence(
    ctx: Context, counter: int, weekdays: list[int], lines: list[Line], said: str
) -> None:
    with pytest.raises(UserError) as refused:
        roster.write_week(ctx, counter, weekdays, lines)
    assert said in refused.value.text()
    assert roster.week(ctx) == ()


@pytest.mark.parametrize("text", ["", "8", "8-", "08.00-25.00", "08.00-17.00/12", "a-b"])
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        roster.line_of(text)


def test_hours_are_read_as_people_write_them() -> None:
    assert roster.line_of("08.00–17.00/12.00-13.00") == Line(480, 1020, (720, 780))
    assert roster.line_of("8-12:30") == Line(480, 750)

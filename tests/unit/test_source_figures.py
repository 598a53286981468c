"""The page that says where the figures of the source documents come from names measures that exist and open."""

from __future__ import annotations

from pathlib import Path

from desk.models.counting import Duration, Measure
from desk.registry.types import CHANNEL_NAMES
from desk.reports.drill_openers import OPENERS
from desk.reports.measures import DEFINITIONS, TIMINGS

PAGE = Path(__file__).parents[2] / "docs" / "sayilar.md"


def rows() -> list[tuple[str, str, str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    return [(figure, measure, key) for figure, measure, key in cells]


def test_every_figure_names_a_measure_whose_records_open() -> None:
    known = {str(one.measure) for one in DEFINITIONS} | {str(one.duration) for one in TIMINGS}
    found = rows()
    assert len(found) > 30
    for figure, measure, _key in found:
        assert measure in known, figure
        assert measure in OPENERS, figure


def test_every_channel_that_is_named_is_one() -> None:
    for figure, measure, key in rows():
        if measure in (Measure.APPLICATIONS_BY_CHANNEL, Measure.PETITIONS_BY_CHANNEL):
            assert {one.strip() for one in key.split(",")} <= {str(one) for one in CHANNEL_NAMES}, figure


def test_every_measure_and_duration_can_be_opened() -> None:
    assert set(OPENERS) == {str(one) for one in (*Measure, *Duration)}

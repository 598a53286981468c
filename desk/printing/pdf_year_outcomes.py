"""What the units answered: a line for each unit, a column for each outcome. Its months stand in the files."""

from __future__ import annotations

from collections import Counter

from desk.errors import N_
from desk.printing.pdf_flow import Column, Flow, Line
from desk.printing.pdf_page import CONTENT
from desk.registry.application_types import ENDED_WITHOUT, OUTCOME_NAMES
from desk.registry.types import APPLICATION_STATE_NAMES
from desk.reports.year_types import YearTable
from desk.text import number, sort_key

_NAME = 128.0


def unit_outcomes(flow: Flow, table: YearTable) -> None:
    """Rows and columns add up to the table's total."""
    tr = flow.tr
    names = [*OUTCOME_NAMES.values(), *(APPLICATION_STATE_NAMES[state] for state in ENDED_WITHOUT)]
    cells: Counter[tuple[str, str]] = Counter()
    units: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for row in table.rows:
        unit, _, outcome = row.name.rpartition(": ")
        cells[unit, outcome] += row.total
        units[unit] += row.total
        before[unit] += row.before or 0
    shown = [name for name in names if any(cells[unit, name] for unit in units)]
    wide = (CONTENT - _NAME) / (len(shown) + 2)
    columns = [Column(tr(N_("Birim")), _NAME, number=False), *(Column(tr(name), wide) for name in shown)]
    columns += [Column(tr(N_("Toplam")), wide), Column(tr(N_("Önceki")), wide)]

    def line(name: str, counts: list[int], whole: int, earlier: int, *, total: bool = False) -> Line:
        told = "–" if table.before is None else number(earlier)
        return Line((name, *(number(n) if n else "–" for n in counts), number(whole), told), total=total)

    lines = [
        line(tr(unit), [cells[unit, name] for name in shown], units[unit], before[unit])
        for unit in sorted(units, key=lambda one: (-units[one], sort_key(one)))
    ]
    sums = [sum(cells[unit, name] for unit in units) for name in shown]
    flow.heading(tr(table.title), f"({tr(table.unit)})", room=90)
    flow.table(columns, [*lines, line(tr("Toplam"), sums, table.total, table.before or 0, total=True)], 7.0, 11.6)

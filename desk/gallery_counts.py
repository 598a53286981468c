"""The Vardiya page's overlays in ``desk gallery``: reports, the year on the screen, a table of it, records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk.gallery_states import Shown, covered


def year(tour: Any) -> Shown:
    """From the choice of a report to the records behind a cell."""
    from desk.ui import person
    from desk.ui.staff.vardiya_counts import RecordsOverlay
    from desk.ui.staff.vardiya_year import TableOverlay, YearOverlay

    window = tour.windows["staff"]
    tour.page("vardiya", "Vardiya")
    yield from covered(tour, "vardiya-counts", "Alt+S")
    person.press(window, "Alt+Y")
    tour.settle()
    yield "vardiya-reports", window
    person.find(window, "Ekranda aç").click()
    tour.wait(lambda: _top(window, YearOverlay) is not None, "the year does not open")
    yield "vardiya-year", window
    table = _top(window, YearOverlay).table
    place = next(n for n, row in enumerate(table.rows_model.rows()) if row.id == "table:visits_by_unit")
    table.setCurrentIndex(table.rows_model.index(place, 0))
    table.activated_row.emit(table.rows_model.row_at(place))
    tour.wait(lambda: _top(window, TableOverlay) is not None, "the table does not open")
    yield "vardiya-year-table", window
    inner = _top(window, TableOverlay).table
    inner.activated_row.emit(inner.rows_model.row_at(0))
    tour.wait(lambda: _top(window, RecordsOverlay) is not None, "the records do not open")
    yield "vardiya-year-records", window
    for _ in range(4):
        person.press(window, "Escape")
        tour.settle()


def _top(window: Any, kind: type[Any]) -> Any:
    return next((one for one in window.findChildren(kind) if one.isVisible()), None)


NAMES: dict[Callable[[Any], Shown], tuple[str, ...]] = {
    year: ("vardiya-counts", "vardiya-reports", "vardiya-year", "vardiya-year-table", "vardiya-year-records"),
}

"""Scrolling Başvurular through very many rows, in a program of its own, told as JSON.

``python -m desk.bench.registry_scroll DATABASE FOLDER ROWS``: the real page in a window drawn into memory. The wheel
goes as fast as the rows come, five screens at a time; every tenth step is PageDown. ``paint`` is one painting of the
table, ``gap`` the longest time the event loop was away, ``wait`` how long the end of the list stood in sight,
``export_gap`` the longest time away while the list is written as XLSX and the wheel goes up and down.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

SCREENS = 5
FRAME = 0.016
"""Seconds between two steps: as often as a screen is drawn anew."""

LEAST = 0.006
"""Seconds that a late step leaves to the event loop: Qt gathers for five milliseconds what is to be painted."""

WIDE, HIGH = 1440, 900
ENDS_AFTER = 600.0


def main(database: str, folder: str, rows: int) -> dict[str, float]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desk import app as composition
    from desk.config import Config
    from desk.ui import theme

    composition.hurry()
    application = QApplication.instance() or QApplication(["desk"])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.LIGHT)
    config = Config(data_dir=Path(folder), database=database)
    contexts = composition.open_contexts(config, ("staff",))
    program = composition.Program(config)
    program.begin(contexts)
    try:
        window = composition.build_window("staff", contexts["staff"], program.bridge, config)
        window.resize(WIDE, HIGH)
        window.show()
        composition.settle_down()
        return _scroll(window, rows)
    finally:
        window.hide()
        program.close()


def _scroll(window: Any, rows: int) -> dict[str, float]:
    from desk.bench.printing_gui import Watch
    from desk.registry.application_types import ListQuery
    from desk.ui import person, tasks

    window.show_page("basvurular")
    page = window.current_page()
    person.settle(lambda: page.shown is not None and tasks.under_way() == 0)
    page.set_query(ListQuery(open_only=False))
    person.settle(lambda: page.shown.query == page.query and tasks.under_way() == 0)
    table = page.list.table
    table.setFocus()
    paints = _Paints(table.viewport())
    watch, hand = Watch(), _Hand(table)
    watch.begin()
    begun = time.perf_counter()
    while hand.seen() < rows and time.perf_counter() - begun < ENDS_AFTER:
        hand.step()
    paints.end()
    found = {
        "rows": float(hand.seen()),
        "seconds": time.perf_counter() - begun,
        "paint_ms": _p95(paints.times),
        "gap_ms": watch.gap_ms(),
        "wait_ms": max(hand.waits, default=0.0),
    }
    return found | _exported(page, rows, watch)


def _exported(page: Any, rows: int, watch: Any) -> dict[str, float]:
    """The newest ``rows`` as XLSX, while a person goes on scrolling."""
    from desk.registry.application_types import ListQuery
    from desk.ui import person, tasks

    first = page.list.model.row_at(min(rows, page.list.model.rowCount()) - 1).received_at.date()
    page.set_query(ListQuery(open_only=False, received_from=first))
    person.settle(lambda: page.shown.query == page.query and tasks.under_way() == 0)
    bar, exports = page.list.table.verticalScrollBar(), page.deeds.exports
    exports.write("xlsx")
    watch.begin()
    begun = time.perf_counter()
    while exports.is_running() and time.perf_counter() - begun < ENDS_AFTER:
        step = time.perf_counter()
        bar.setValue(0 if bar.value() else SCREENS * bar.pageStep())
        _until_next_frame(step)
    return {"export_gap_ms": watch.gap_ms(), "export_seconds": time.perf_counter() - begun}


def _until_next_frame(since: float) -> None:
    """The event loop works and rests as in the program: one that never rests holds the interpreter and a core against
    the reading thread and the writing program, and is measured waiting for both."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    loop, timer = QEventLoop(), QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    left = max(FRAME - (time.perf_counter() - since), LEAST)
    timer.start(round(left * 1000))
    loop.exec()


class _Hand:
    """Scrolls on where there is more, looks on where there is not yet."""

    def __init__(self, table: Any) -> None:
        self.table, self.steps = table, 0
        self.waits: list[float] = []
        self._since = 0.0

    def seen(self) -> int:
        """The last row that was in sight."""
        bottom = self.table.rowAt(self.table.viewport().height() - 1)
        return int(bottom if bottom >= 0 else self.table.rows_model.rowCount() - 1) + 1

    def step(self) -> None:
        from desk.ui import person

        begun = time.perf_counter()
        bar = self.table.verticalScrollBar()
        if bar.value() == bar.maximum():
            self._since = self._since or begun
        else:
            if self._since:
                self.waits.append((begun - self._since) * 1000)
                self._since = 0.0
            self.steps += 1
            if self.steps % 10:
                bar.setValue(bar.value() + SCREENS * bar.pageStep())
            else:
                self.table.selectRow(self.seen() - 1)
                person.press(self.table, "PgDown")
        _until_next_frame(begun)


class _Paints:
    """How long each painting of a viewport takes, from its event to the next thing the event loop does."""

    def __init__(self, viewport: Any) -> None:
        from PySide6.QtCore import QEvent, QObject

        owner = self
        self.times: list[float] = []

        class Filter(QObject):
            painting = False

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() != QEvent.Type.Paint or self.painting:
                    return False
                self.painting = True
                begun = time.perf_counter()
                owner.table.paintEvent(event)
                owner.times.append((time.perf_counter() - begun) * 1000)
                self.painting = False
                return True

        self.table = viewport.parent()
        self._viewport, self._filter = viewport, Filter()
        viewport.installEventFilter(self._filter)

    def end(self) -> None:
        self._viewport.removeEventFilter(self._filter)


def _p95(values: list[float]) -> float:
    return sorted(values)[max(round(len(values) * 0.95) - 1, 0)] if values else 0.0


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))), flush=True)
    os._exit(0)

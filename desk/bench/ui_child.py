"""One start of a window, told as JSON: seconds until it is painted and until it shows data, memory, idle processor.

``python -m desk.bench.ui_child ROLE FOLDER IDLE_SECONDS``; BEGUN in the environment is when the program was started.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
from pathlib import Path
from typing import Any

BEGUN = float(os.environ["BEGUN"])
told: dict[str, float] = {}


def main(role: str, folder: str, idle_seconds: float) -> None:
    from desk import app

    app.hurry()  # as the program does before it reads anything of Qt
    from desk.ui import opening

    first = opening.Opening._first_paint_done

    def painted(self: opening.Opening) -> None:
        told["paint"] = time.time() - BEGUN
        first(self)

    opening.Opening._first_paint_done = painted
    built = opening.Opening._on_done

    def opened(self: opening.Opening, result: Any) -> None:
        if role == "staff":
            _watch_boards()
        built(self, result)
        _when_usable(role, idle_seconds)

    opening.Opening._on_done = opened
    sys.argv = ["desk", *([] if role == "staff" else [role]), "--data-dir", folder]
    runpy.run_module("desk", run_name="__main__")  # as a person starts it


def _watch_boards() -> None:
    """Danışma is usable with its first board, which says who is there; the second says how long they will wait."""
    from desk.ui.staff.danisma import DanismaPage

    show = DanismaPage._show_board
    shown: list[float] = []

    def show_and_note(self: DanismaPage, board: Any) -> None:
        show(self, board)
        shown.append(time.time() - BEGUN)
        if len(shown) == 2:
            told["forecasts"] = shown[1]

    DanismaPage._show_board = show_and_note


TICK_MS = 5
AT_REST = 3
"""Ticks without a paint, after which what was shown is on the screen."""


def _when_usable(role: str, idle_seconds: float) -> None:
    """Usable: the data is there, and painted. The time is that of the last paint, not of the ticks waited for."""
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.setInterval(TICK_MS)
    paints = _paints()
    seen = {"count": 0.0, "ticks": 0.0, "at": 0.0}

    def look() -> None:
        now = time.time() - BEGUN
        painted = paints.count != seen["count"]
        if painted or (not seen["at"] and paints.count and _shows_data(role)):
            seen.update(count=paints.count, ticks=0.0, at=now if _shows_data(role) else 0.0)
            return
        seen["ticks"] += 1
        if not seen["at"] or seen["ticks"] < AT_REST:
            return
        told["usable"] = seen["at"]
        told["paints"] = paints.count
        timer.stop()
        QTimer.singleShot(2000 if idle_seconds else 0, lambda: _idle(idle_seconds))

    timer.timeout.connect(look)
    timer.start()
    _kept.extend((timer, paints))


_kept: list[Any] = []


def _paints() -> Any:
    """Counts how often the windows were painted (all that is in one is painted with it). Their first paint comes with
    ``Paint`` alone, and later ones of a part alone with ``UpdateRequest``: both count, a whole later one twice."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    class Paints(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint)
            return False

    made = Paints()
    for window in QApplication.topLevelWidgets():
        window.installEventFilter(made)
    return made


def _shows_data(role: str) -> bool:
    from PySide6.QtWidgets import QApplication

    windows: list[Any] = QApplication.topLevelWidgets()
    for window in windows:
        if not window.isVisible():
            continue
        if role == "kiosk" and getattr(window, "step", "wait") not in ("", "wait"):
            return True
        if role == "hall" and getattr(window, "begun", False):
            return True
        if role == "staff" and getattr(window, "current_page", None):
            return _staff_shows_data(window)
    return False


def _staff_shows_data(window: Any) -> bool:
    """The day's figures, the queue and the strip are read, and what is typed into the search finds something."""
    page = window.current_page()
    if page is None or window._printer_news.told is None:
        return False
    return bool(page.subtitle.text() and page.form.search.known())


def _idle(seconds: float) -> None:
    from PySide6.QtCore import QTimer

    before, begun = sum(os.times()[:2]), time.monotonic()

    def end() -> None:
        spent = sum(os.times()[:2]) - before
        told["cpu_percent"] = 100 * spent / max(time.monotonic() - begun, 0.001)
        status = Path("/proc/self/status").read_text(encoding="ascii")
        told["memory_mb"] = int(status.split("VmRSS:")[1].split()[0]) / 1024
        print(json.dumps(told), flush=True)
        os._exit(0)

    QTimer.singleShot(round(seconds * 1000), end)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))

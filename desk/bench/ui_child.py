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
    from desk.ui import opening

    first = opening.Opening._first_paint_done

    def painted(self: opening.Opening) -> None:
        told["paint"] = time.time() - BEGUN
        first(self)

    opening.Opening._first_paint_done = painted
    built = opening.Opening._on_done

    def opened(self: opening.Opening, result: Any) -> None:
        built(self, result)
        _when_usable(role, idle_seconds)

    opening.Opening._on_done = opened
    sys.argv = ["desk", *([] if role == "staff" else [role]), "--data-dir", folder]
    runpy.run_module("desk", run_name="__main__")  # as a person starts it


def _when_usable(role: str, idle_seconds: float) -> None:
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.setInterval(5)

    def look() -> None:
        if not _shows_data(role):
            return
        told["usable"] = time.time() - BEGUN
        timer.stop()
        QTimer.singleShot(2000 if idle_seconds else 0, lambda: _idle(idle_seconds))

    timer.timeout.connect(look)
    timer.start()
    told["_"] = 0.0
    _kept.append(timer)


_kept: list[Any] = []


def _shows_data(role: str) -> bool:
    from PySide6.QtWidgets import QApplication

    from desk.ui import tasks

    windows: list[Any] = QApplication.topLevelWidgets()
    for window in windows:
        if role == "kiosk" and getattr(window, "step", "wait") not in ("", "wait"):
            return True
        if role == "hall" and getattr(window, "begun", False):
            return True
        if role == "staff" and getattr(window, "current_page", None) and window.current_page() is not None:
            return bool(tasks.under_way() == 0)
    return False


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

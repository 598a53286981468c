"""How long the event loop of a real kiosk window stands still while its printer fails.

The collector works as in the program (``settle_down``), whose window it is: left to itself it goes through all that was
imported, some 150 ms at once, in whichever thread and in whichever fault its turn comes.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desk.actions.context import Context
from desk.app import Program, build_window, hurry, settle_down
from desk.bench.printing_faults import FAULTS, Stage
from desk.config import Config
from desk.errors import Fault
from desk.printing.profiles import load_profile
from desk.printing.virtual import VirtualPrinter, on_pty

TICK_MS = 2


class Watch:
    """Ticks on the event loop and keeps the longest pause between two ticks."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def gap_ms(self) -> float:
        return max(self.longest * 1000 - TICK_MS, 0.0)


def gaps(ctx: Context, profile: str, touch: Callable[[Context], None], seconds: float) -> dict[str, float]:
    """Milliseconds per fault and "idle"; in each, visitors go on taking numbers (in a thread, as the kiosk does).

    Every fault has a terminal device of its own: one that was pulled does not come back.
    """
    hurry()
    from desk.ui import tasks, theme

    app = QApplication.instance() or QApplication(["desk"])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT)
    config = Config(data_dir=ctx.data_dir)
    program = Program(config)
    measured: dict[str, float] = {}
    program.begin({"kiosk": ctx})
    program.start_printing({"kiosk": ctx})
    window = build_window("kiosk", ctx, program.bridge, config)
    window.resize(1080, 1920)
    window.show()
    _spin(app, 2.0)
    settle_down()
    spoolers = list(program.spoolers)
    try:
        for name, begin in {"idle": lambda stage: stage.mend, **FAULTS}.items():
            printer = VirtualPrinter(load_profile(profile))
            with on_pty(printer) as path:
                stage = Stage(ctx, printer, path, profile, spoolers)
                stage.connect()
                _until(app, lambda printer=printer: printer.received > 0, 10.0)  # type: ignore[misc]
                measured[name] = _measure(app, stage, begin, touch, seconds)
                _beside(app, stage.clear)
    finally:
        window.deleteLater()
        tasks.finish()
        program.bridge.stop()
        for spooler in spoolers:
            spooler.stop()
        app.processEvents()
        gc.unfreeze()
        gc.enable()
    return measured


def _measure(
    app: QApplication,
    stage: Stage,
    begin: Callable[[Stage], Callable[[], object]],
    touch: Callable[[Context], None],
    seconds: float,
) -> float:
    """The longest pause while the fault begins, lasts, and is over; what sets the stage runs beside the event loop."""
    watch = Watch()
    ends: list[Callable[[], object]] = []
    _beside(app, lambda: ends.append(begin(stage)))
    visitors = threading.Thread(target=_visitors, args=(stage.ctx, touch))
    visitors.start()
    _spin(app, seconds)
    _beside(app, ends[0])
    _spin(app, seconds)
    gap = watch.gap_ms()
    _beside(app, visitors.join)
    return gap


def _beside(app: QApplication, step: Callable[[], object]) -> None:
    thread = threading.Thread(target=step)
    thread.start()
    while thread.is_alive():
        _spin(app, 0.005)


def _visitors(ctx: Context, touch: Callable[[Context], None]) -> None:
    for _ in range(3):
        with suppress(Fault):  # the disk is full: the kiosk says so and gives no number
            touch(ctx)
        time.sleep(0.02)  # fifty visitors a second


def _until(app: QApplication, reached: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        _spin(app, 0.05)


def _spin(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.0005)

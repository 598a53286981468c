"""How long the event loop of a real kiosk window stands still while its printer fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desk.actions.context import Context
from desk.app import Program, build_window
from desk.config import Config
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


def gaps(
    ctx: Context,
    printer: VirtualPrinter,
    faults: Mapping[str, Callable[[VirtualPrinter], None]],
    touch: Callable[[Context], None],
    seconds: float,
) -> dict[str, float]:
    """Milliseconds per fault and "idle"; in each, visitors go on taking numbers (in a thread, as the kiosk does)."""
    from sqlalchemy import update

    from desk.models.print_job import Printer
    from desk.ui import tasks, theme

    app = QApplication.instance() or QApplication(["desk"])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT)
    config = Config(data_dir=ctx.data_dir)
    program = Program(config)
    measured: dict[str, float] = {}
    with on_pty(printer) as path:
        with ctx.db.write() as session:
            here = Printer.terminal_id == ctx.actor.terminal_id
            session.execute(update(Printer).where(here).values(address=f"serial:{path}?baud=4000000&flow=none"))
        program.begin({"kiosk": ctx})
        window = build_window("kiosk", ctx, program.bridge, config)
        window.resize(1080, 1920)
        window.show()
        _spin(app, 2.0)
        watch = Watch()
        try:
            for name, set_it in {"idle": lambda _: None, **faults}.items():
                set_it(printer)
                watch.begin()
                visitors = threading.Thread(target=_visitors, args=(ctx, touch, 3 if name != "refill" else 100))
                visitors.start()
                _spin(app, seconds)
                _mend(printer)
                _spin(app, seconds)
                measured[name] = watch.gap_ms()
                visitors.join()
        finally:
            window.deleteLater()
            tasks.finish()
            program.bridge.stop()
            for spooler in program.spoolers:
                spooler.stop()
            app.processEvents()
    return measured


def _visitors(ctx: Context, touch: Callable[[Context], None], count: int) -> None:
    for _ in range(count):
        touch(ctx)
        time.sleep(0.02)  # fifty visitors a second


def _mend(printer: VirtualPrinter) -> None:
    printer.paper_out = printer.cover_open = printer.silent = printer.deaf = False
    printer.hangs_up_after, printer.garbage = None, b""


def _spin(app: QApplication, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.0005)

"""What the other processes of ``desk bench queue`` do: give numbers, call them, show them."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from desk import app
from desk.actions import counter, look, start
from desk.actions.context import Context
from desk.actions.desk import VisitRequest, register_visit
from desk.bench.as_in_use import settle_down
from desk.bench.queue_issue import timed_forecast
from desk.config import Config
from desk.errors import DeskError
from desk.queue.types import Promise

FORK = get_context("forkserver")
FORK.set_forkserver_preload(
    [
        "desk.bench.queue_work",
        *("desk.queue.closing", "desk.registry.desk_settings", "desk.registry.erasure", "desk.registry.messages"),
        *("desk.registry.visitor_cards", "holidays.countries.turkey"),
        *("psycopg", "sqlalchemy.dialects.postgresql.psycopg"),
    ]
)
"""Read once for all processes: what a first press would read by itself, in each of them."""

SERVICE = "vergi"


@dataclass(slots=True)
class Done:
    """What one process did: seconds each, the numbers it was told, and what failed."""

    seconds: list[float]
    numbers: list[str]
    errors: list[str]
    forecasts: list[float] = field(default_factory=list)
    lasted: float = 0.0


def opened(url: str, folder: str, role: str = "desk") -> Context:
    return start.open_office(Config(database=url, data_dir=Path(folder)), role)


def issue_paced(url: str, folder: str, place: int, per_second: float, seconds: float, begin: Any, out: Any) -> None:
    """Give numbers at a mean pace, at moments nobody chose; each is timed as the button's press is."""
    ctx, chance = opened(url, folder), random.Random(place)
    _issue(ctx, f"warm-{place}")
    settle_down()
    begin.wait()
    told = Done([], [], [])
    forecasts: list[float] = []
    with timed_forecast(forecasts, time.perf_counter):
        at = ends = time.perf_counter()
        ends += seconds
        while (at := at + chance.expovariate(per_second)) < ends:
            time.sleep(max(0.0, at - time.perf_counter()))
            forecasts.clear()
            begun = time.perf_counter()
            try:
                told.numbers.append(_issue(ctx, f"{place}-{len(told.seconds)}"))
            except DeskError as error:
                told.errors.append(str(error))
            told.seconds.append(time.perf_counter() - begun)
            told.forecasts.append(sum(forecasts))
    out.send(told)
    ctx.db.close()


def issue_flat_out(url: str, folder: str, place: int, seconds: float, begin: Any, out: Any) -> None:
    """Give numbers as fast as it goes, without the forecast, which is timed apart."""
    ctx = opened(url, folder)
    place_of_forecast: Any = look
    place_of_forecast._promise = lambda *_: Promise(0)
    _issue(ctx, f"warm-{place}")
    begin.wait()
    told = Done([], [], [])
    ends = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < ends:
        try:
            told.numbers.append(_issue(ctx, f"flat-{place}-{len(told.seconds)}"))
        except DeskError as error:
            told.errors.append(str(error))
        told.seconds.append(time.perf_counter() - begun)
    out.send(told)
    ctx.db.close()


def issue_until_killed(url: str, folder: str, name: str, pipe: Any) -> None:
    """Tell each number as soon as it is given; somebody will end this process in the middle."""
    ctx = opened(url, folder)
    for turn in range(100_000):
        os.write(pipe.fileno(), f"{_issue(ctx, f'{name}-{turn}')}\n".encode())


def call_paced(url: str, folder: str, banko: int, calls: int, pause: float, begin: Any, out: Any) -> None:
    """A counter: call the next, serve, finish, and a pause in between; only the calls are timed.

    The first one is not: it finds the statements in words, once in a program's life, as the warming numbers do.
    """
    ctx, chance = opened(url, folder), random.Random(banko)
    first = counter.call_next(ctx, banko)
    assert first is not None
    counter.start(ctx, first.ticket_id)
    counter.finish(ctx, first.ticket_id)
    settle_down()
    begin.wait()
    told, since = Done([], [first.number], []), time.perf_counter()
    for _ in range(calls):
        time.sleep(chance.uniform(0.5, 1.5) * pause)
        begun = time.perf_counter()
        try:
            called = counter.call_next(ctx, banko)
        except DeskError as error:
            told.errors.append(str(error))
            continue
        told.seconds.append(time.perf_counter() - begun)
        if called is not None:
            told.numbers.append(called.number)
            counter.start(ctx, called.ticket_id)
            counter.finish(ctx, called.ticket_id)
    told.lasted = time.perf_counter() - since
    out.send(told)
    ctx.db.close()


def show_hall(url: str, folder: str, out: Any) -> None:
    """A hall display: tell each number and the moment it stood painted in the window."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PATH"] = ""  # neither chime nor voice: what is measured is what is painted
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desk.ui import theme
    from desk.ui.bridge import Bridge
    from desk.ui.hall.window import HallWindow
    from desk.ui.office import Office

    windows = QApplication([])
    theme.apply(windows, theme.LIGHT)
    ctx = opened(url, folder, "hall")
    bridge = Bridge(ctx)
    bridge.start()
    # A call is shown for some seconds before the next one: here they pass ten times as fast.
    window = HallWindow(Office(ctx, bridge), steady=lambda: 10 * time.monotonic())
    shown = [""]
    take, paint = window.current.set_call, window.current.paint

    def taken(number: str, *more: Any) -> None:
        shown[0] = number
        take(number, *more)

    def painted(painter: Any) -> None:
        paint(painter)
        if shown[0]:
            out.send((shown[0], time.monotonic()))
            shown[0] = ""

    window.current.set_call, window.current.paint = taken, painted
    window.resize(1920, 1080)
    window.show()

    def tell_when_ready() -> None:
        if not window.begun:
            QTimer.singleShot(50, tell_when_ready)
            return
        app.settle_down()  # as a window does once it stands
        QTimer.singleShot(400, lambda: out.send(("ready", time.monotonic())))

    tell_when_ready()
    windows.exec()


def _issue(ctx: Context, key: str) -> str:
    return register_visit(ctx, VisitRequest(key=key, service_code=SERVICE)).tickets[0].number

"""``desk bench ui``: is the screen there at once, and does it keep up with hands? Windows are drawn into memory.

First paint and "usable" are measured in programs of their own, beside a bare window of Qt in the same run; the rest in
the real staff window over a sample database.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]

ROLES = ("staff", "kiosk", "hall")
SUBJECTS = 5000
WORDS = ("emlak", "imar", "evlen", "konu 41", "sokak", "vergi")

LIMITS: dict[str, float] = {
    **{f"paint_ratio_{role}": 1.4 for role in ROLES},
    **{f"usable_ms_{role}": 700.0 for role in ROLES},
    **{f"memory_mb_{role}": 160.0 for role in ROLES},
    **{f"idle_cpu_percent_{role}": 0.5 for role in ROLES},
    "search_p95_ms": 16.0,
    "next_visitor_p95_ms": 50.0,
    "gap_ms": 50.0,
    "keys_for_a_number": 4,
    "keys_for_a_direction": 3,
}
"""At most (issue: figures). Keys are counted beside the letters that were typed."""

NAMES = {
    "paint_ratio": "ilk boyama ÷ boş pencere",
    "usable_ms": "kullanılır (veri görünür), ms",
    "memory_mb": "bellek, MB",
    "idle_cpu_percent": "boşta işlemci, % çekirdek",
    "search_p95_ms": "tuş → sonuçlar boyandı, p95 ms",
    "next_visitor_p95_ms": "F2 → sonraki ziyaretçi, p95 ms",
    "gap_ms": "yoğun saatte en uzun duraksama, ms",
    "keys_for_a_number": "numara için tuş (harflerden başka)",
    "keys_for_a_direction": "yön için tuş (harflerden başka)",
}

BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    painted = False
    def paintEvent(self, event):
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.end)
    def end(self):
        print(time.time() - float(os.environ["BEGUN"]), flush=True)
        os._exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
"""The least a program of Qt can be."""


def run(quick: bool) -> Figures:
    """All figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: Figures = {"quick": quick}
    with tempfile.TemporaryDirectory(prefix="danisma-bench-") as name:
        folder = Path(name)
        figures |= _starts(folder / "start", 5 if quick else 11, 4.0 if quick else 15.0)
        figures |= _hands(folder / "hands", 3 if quick else 20, 6.0 if quick else 30.0)
    return figures


def reached(figures: Figures) -> bool:
    return all(figures[name] is not None and figures[name] <= limit for name, limit in LIMITS.items())


def table(figures: Figures) -> str:
    lines = [f"{'':44} {'ölçülen':>9} {'sınır':>8}"]
    for name, limit in LIMITS.items():
        stem, _, role = name.rpartition("_") if name.endswith(ROLES) else (name, "", "")
        words = f"{NAMES[stem]}{f' · {role}' if role else ''}"
        value = figures[name]
        verdict = "ulaşıldı" if value is not None and value <= limit else "ULAŞILMADI"
        shown = "–" if value is None else f"{value:.2f}".replace(".", ",")
        lines.append(f"{words:44} {shown:>9} {str(limit).replace('.', ','):>8}  {verdict}")
    bare = figures["bare_paint_ms"]
    lines.append(
        f"\nBoş pencere {bare:.0f} ms; ilk boyama "
        + ", ".join(f"{role} {figures[f'paint_ms_{role}']:.0f} ms" for role in ROLES)
    )
    expected = figures["forecasts_ms_staff"]
    told = f"{expected:.0f} ms" if expected is not None else "gelmedi"
    lines.append(f"Danışma ilk kimlerin beklediğini gösterir; ne kadar bekleneceği (tek başlangıçta): {told}")
    return "\n".join(lines)


# --- programs of their own


def _starts(folder: Path, times: int, idle_seconds: float) -> Figures:
    """Bare window and roles in turns, so that a busy moment of the machine meets them all alike."""
    _child("staff", folder, 0.0)  # creates the database and warms the disk
    painted: dict[str, list[float]] = {role: [] for role in ("bare", *ROLES)}
    usable: dict[str, list[float]] = {role: [] for role in ROLES}
    for _ in range(times):
        painted["bare"].append(_bare() * 1000)
        for role in ROLES:
            told = _child(role, folder, 0.0)
            painted[role].append(told["paint"] * 1000)
            usable[role].append(told["usable"] * 1000)
    figures: Figures = {"bare_paint_ms": statistics.median(painted["bare"])}
    for role in ROLES:
        ratios = [own / bare for own, bare in zip(painted[role], painted["bare"], strict=True)]
        figures[f"paint_ms_{role}"] = statistics.median(painted[role])
        figures[f"paint_ratio_{role}"] = statistics.median(ratios)
        figures[f"usable_ms_{role}"] = statistics.median(usable[role])
        told = _child(role, folder, idle_seconds)
        if role == "staff":
            figures["forecasts_ms_staff"] = told.get("forecasts", 0.0) * 1000 or None
        figures[f"memory_mb_{role}"] = told["memory_mb"]
        figures[f"idle_cpu_percent_{role}"] = told["cpu_percent"]
    return figures


def _bare() -> float:
    done = _python(["-c", BARE])
    return float(done)


def _child(role: str, folder: Path, idle_seconds: float) -> dict[str, float]:
    told: dict[str, float] = json.loads(_python(["-m", "desk.bench.ui_child", role, str(folder), str(idle_seconds)]))
    return told


def _python(arguments: list[str]) -> str:
    env = os.environ | {"BEGUN": repr(time.time())}
    done = subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip().splitlines()[-1]


# --- hands at the staff window


def _hands(folder: Path, rounds: int, busy_seconds: float) -> Figures:
    from PySide6.QtWidgets import QApplication

    from desk import app as composition
    from desk.actions import sample
    from desk.config import Config
    from desk.ui import theme

    composition.hurry()
    application = QApplication.instance() or QApplication(["desk"])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.LIGHT)
    config = Config(data_dir=folder, printer=f"virtual:?dir={folder / 'kagit'}")
    contexts = composition.open_contexts(config, ("staff", "hall"), sample=True)
    sample.past(contexts["staff"], 5, 1, 60)
    _many_subjects(contexts["staff"])
    program = composition.Program(config)
    program.begin(contexts)
    program.start_printing(contexts)
    try:
        window = composition.build_window("staff", contexts["staff"], program.bridge, config)
        hall = composition.build_window("hall", contexts["hall"], program.bridge, config)
        for one in (window, hall):
            one.resize(1440, 900)
            one.show()
        composition.settle_down()
        figures = _typing(window, rounds)
        figures["gap_ms"] = _busy(contexts["staff"], busy_seconds)
    finally:
        for one in (window, hall):
            one.hide()
        program.close()
    return figures


def _many_subjects(ctx: Any) -> None:
    """As many things to find as a large municipality has."""
    from datetime import date
    from uuid import uuid4

    from sqlalchemy import insert, select

    from desk.models.site import Subject, Unit
    from desk.text import fold

    with ctx.db.write() as session:
        units = session.execute(select(Unit.id)).scalars().all()
        rows = [
            {
                "id": uuid4(),
                "code": f"konu-{place}",
                "name": f"Sokak ve konu {place} başvurusu",
                "name_fold": fold(f"Sokak ve konu {place} başvurusu"),
                "unit_id": units[place % len(units)],
                "urgency": "normal",
                "valid_from": date(2020, 1, 1),
            }
            for place in range(SUBJECTS)
        ]
        session.execute(insert(Subject), rows)


def _typing(window: Any, rounds: int) -> Figures:
    from PySide6.QtCore import QCoreApplication

    from desk.ui import person
    from desk.ui.staff.danisma_search import ResultList

    window.show_page("danisma")
    page = window.current_page()
    person.settle(lambda: "bekliyor" in person.shown_text(page) or "Bekleyen yok" in person.shown_text(page))
    search = person.find(page, "Birim veya konu")
    shown = page.findChild(ResultList)
    painted = _Paints(shown)
    letters: list[float] = []
    for word in WORDS * rounds:
        for letter in word:
            painted.count = 0
            begun = time.perf_counter()
            person.type_text(search, letter)
            while not painted.count and time.perf_counter() - begun < 1:
                QCoreApplication.processEvents()
            letters.append((time.perf_counter() - begun) * 1000)
        person.press(window, "Escape")
        person.settle()
    waits: list[float] = []
    keys = 0
    for _ in range(max(rounds, 3)):
        person.type_text(search, "em")
        person.settle()
        keys = _pressed(window, "Return", "F2", before_last=lambda: waits.append(time.perf_counter()))
        while search.text() or not search.hasFocus() or not search.isEnabled():
            QCoreApplication.processEvents()
        waits[-1] = (time.perf_counter() - waits[-1]) * 1000
        person.settle()
    person.type_text(search, "tuvalet")
    person.settle()
    direction = _pressed(window, "Return", "F4")
    person.settle()
    return {
        "search_p95_ms": _p95(letters),
        "next_visitor_p95_ms": _p95(waits),
        "keys_for_a_number": keys,
        "keys_for_a_direction": direction,
    }


def _pressed(window: Any, *keys: str, before_last: Callable[[], object] = lambda: None) -> int:
    """Press these, one after the other; how many they were."""
    from desk.ui import person

    for key in keys[:-1]:
        person.press(window, key)
        person.settle()
    before_last()
    person.press(window, keys[-1])
    return len(keys)


class _Paints:
    """Counts how often a widget (or what is in it) was painted."""

    def __init__(self, widget: Any) -> None:
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QWidget

        owner = self

        class Filter(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                owner.count += event.type() == QEvent.Type.Paint
                return False

        self.count = 0
        self._filter = Filter()
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self._filter)


def _busy(ctx: Any, seconds: float) -> float:
    """An hour's work in these seconds, done by another thread; the longest pause of the event loop meanwhile."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from desk.bench.printing_gui import Watch

    ended = threading.Event()
    worker = threading.Thread(target=_work, args=(ctx, seconds, ended), daemon=True)
    watch = Watch()
    watch.begin()
    worker.start()
    while not ended.is_set():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    return watch.gap_ms()


def _work(ctx: Any, seconds: float, ended: threading.Event) -> None:
    from desk.actions import counter
    from desk.actions.desk import VisitRequest, register_visit
    from desk.errors import DeskError

    step, count = seconds / 60, 60  # sixty visitors an hour: twice what the seeds have
    try:
        for place in range(count):
            begun = time.perf_counter()
            register_visit(ctx, VisitRequest(f"busy-{place}", ("vergi", "evrak", "danisma")[place % 3]))
            try:
                called = counter.call_next(ctx, 4)
                if called is not None:
                    counter.start(ctx, called.ticket_id)
                    counter.finish(ctx, called.ticket_id)
            except DeskError:
                continue
            time.sleep(max(0.0, step - (time.perf_counter() - begun)))
    finally:
        ended.set()


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]

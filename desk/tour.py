"""``desk tour``: the whole chain once, in the real windows, with every result written to a folder.

A visitor is registered, takes a number at the kiosk, is accompanied, called, served, hands in a petition and is
counted. Each step acts as a person would (keys, touches, what a screen reader reads), then checks what is shown and
what was recorded. The first step that does not show what it should ends the tour with exit code 1.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.config import Config
from desk.errors import N_, DeskError, Fault

START = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
"""A Tuesday, 10.42 on the wall in Istanbul."""

PAST_DAYS, PAST_VISITORS, SEED = 25, 150, 7
"""What the forecast and the weekday means of the pictures are made of."""


class Missing(Exception):  # noqa: N818 - what is missing from the picture
    """A step did not show what it should."""


@dataclass
class Tour:
    """What the steps share: the folder, the clock, the contexts, and what was done."""

    out: Path
    clock: Any
    contexts: dict[str, Any]
    program: Any
    windows: dict[str, Any] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    written: int = 0

    @property
    def ctx(self) -> Any:
        return self.contexts["staff"]

    def file(self, name: str) -> Path:
        """The next numbered file."""
        self.written += 1
        return self.out / f"{self.written:02d}-{name}"

    def picture(self, window: Any, name: str) -> None:
        """Settle, then save what the window shows."""
        self.settle()
        path = self.file(f"{name}.png")
        if not window.grab().save(str(path)):
            raise Fault(N_("Dosya yazılamadı: {path} ({reason})."), path=path, reason="PNG")

    def settle(self, until: Callable[[], object] | None = None) -> None:
        from desk.ui import person

        person.settle(until, timeout_ms=8000)

    def expect(self, shown: object, what: str) -> None:
        if not shown:
            raise Missing(what)

    def wait(self, until: Callable[[], object], what: str) -> None:
        """Let things come, at most eight seconds; raise Missing when they do not."""
        try:
            self.settle(until)
        except AssertionError as error:
            raise Missing(what) from error


def run(out: Path) -> int:
    """Perform the tour into ``out``; 0 when every step showed what it should."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    begun = time.perf_counter()
    _empty(out)
    folder = Path(tempfile.mkdtemp(prefix="danisma-tur-"))
    try:
        with _opened(out, folder) as tour:
            good = _perform(tour, begun)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def _empty(out: Path) -> None:
    """The folder, without what an earlier tour wrote into it (numbered files and tour.json, nothing else)."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in [*out.glob("[0-9][0-9]-*.*"), *out.glob("tour.json")]:
            old.unlink()
    except OSError as error:
        from desk.files import reason_of

        raise Fault(N_("Dosya yazılamadı: {path} ({reason})."), path=out, reason=reason_of(error)) from error


@contextmanager
def _opened(out: Path, folder: Path) -> Iterator[Tour]:
    """A fresh office with past days and a morning behind it, its printers and its windows."""
    from PySide6.QtWidgets import QApplication

    from desk import app as composition
    from desk.actions import sample
    from desk.clock import SetClock
    from desk.ui import theme

    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application, theme.LIGHT)
    clock = SetClock(START)
    config = Config(data_dir=folder, printer=f"virtual:?dir={folder / 'kagit'}")
    contexts = composition.open_contexts(config, ("staff", "kiosk", "hall"), clock=clock, sample=True)
    sample.past(contexts["staff"], PAST_DAYS, SEED, PAST_VISITORS)
    sample.morning_until(contexts["staff"], clock, START)
    program = composition.Program(config)
    tour = Tour(out, clock, contexts, program)
    try:
        program.begin(contexts)
        yield tour
    finally:
        for window in tour.windows.values():
            window.hide()
        program.close()


def _perform(tour: Tour, begun: float) -> bool:
    from desk import tour_steps

    good = True
    for number, (name, step) in enumerate(tour_steps.STEPS, start=1):
        start = time.perf_counter()
        try:
            step(tour)
            result, reason = "ok", ""
        except (Missing, AssertionError, DeskError) as error:
            result, reason, good = "failed", str(error), False
        spent = round((time.perf_counter() - start) * 1000)
        tour.steps.append({"step": number, "name": name, "result": result, "reason": reason, "ms": spent})
        mark = "✓" if result == "ok" else "✗"
        print(f"{number}. {mark} {name} ({spent} ms){': ' + reason if reason else ''}", flush=True)
        if not good:
            break
    seconds = round(time.perf_counter() - begun, 1)
    summary = {"ok": good, "seconds": seconds, "steps": tour.steps, "numbers": tour.numbers}
    (tour.out / "tour.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{'Tamam' if good else 'Eksik'}: {tour.out} ({seconds} s)")
    return good

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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.config import Config
from desk.errors import N_, DeskError, Fault

START = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
"""A Tuesday, 10.42 on the wall in Istanbul."""

PAST_DAYS, PAST_VISITORS, SEED = 22, 260, 7
"""What the forecast and the weekday means of the pictures are made of."""


class Missing(Exception):
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
    tickets: dict[str, Any] = field(default_factory=dict)
    written: int = 0

    @property
    def ctx(self) -> Any:
        return self.contexts["staff"]

    @property
    def office(self) -> Any:
        """The staff window's office."""
        return self.windows["staff"].office

    # --- windows

    def window(self, role: str, size: tuple[int, int]) -> Any:
        """The window of a role, made and shown at a size; the tour's own numbers, whatever the screen."""
        from desk import app

        if role not in self.windows:
            made: Any = app.build_window(role, self.contexts[role], self.program.bridge, Config(counter=0))
            made.resize(*size)
            self.windows[role] = made
            if role == "staff":
                made.idle.watching = False
        self.windows[role].show()
        self.settle()
        return self.windows[role]

    def page(self, name: str, until: str) -> Any:
        """Bring a page of the staff window to the front and wait until it shows something."""
        from desk.ui import person
        from desk.ui.widgets import toasts

        window = self.windows["staff"]
        toasts(window).clear()  # what was said of the last step has been read by now
        window.show_page(name)
        page = window.current_page()
        self.wait(lambda: until in person.shown_text(page), f"{name}: “{until}” is not shown")
        return page

    def colour(self, window: Any, across: float, down: float) -> str:
        """The colour that the window shows at a place (#RRGGBB), given as shares of its size."""
        image = window.grab().toImage()
        shown = image.pixelColor(round(image.width() * across), round(image.height() * down))
        return str(shown.name()).upper()

    def touch(self, window: Any, name: str) -> None:
        """Touch what is called ``name``, in its middle."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        from desk.ui import person

        QTest.mouseClick(person.find(window, name), Qt.MouseButton.LeftButton)

    def scan(self, window: Any, code: str) -> None:
        """A keyboard-wedge scanner: the digits fast, then Enter."""
        from desk.ui import person

        person.type_text(window.focusWidget() or window, code)
        person.press(window, "Return")

    def card(self, window: Any, number: str, shown: str) -> None:
        """Go down the open refakat jobs until the one of this number has the focus and shows ``shown``."""
        from PySide6.QtWidgets import QApplication

        from desk.ui import person

        def here() -> str:
            focused = QApplication.focusWidget()
            return person.shown_text(focused) if focused is not None else ""

        for _ in range(12):
            if number in here():
                self.wait(lambda: shown in here(), f"the card does not show “{shown}”")
                return
            person.press(window, "Down")
            self.settle()
        raise Missing(f"the keys do not reach the card of {number}")

    # --- what was recorded

    def newest_ticket(self) -> Any:
        from desk.queue import reads

        newest = self.ctx.read(reads.last_issued, 1)
        return self.ctx.read(reads.ticket, newest[0].ticket_id) if newest else None

    def next_number(self, service: str) -> str:
        from desk.queue import catalog, reads

        found = self.ctx.read(catalog.service_by_code, service)
        return str(self.ctx.read(reads.next_number, found.id))

    def visits(self) -> int:
        from desk.queue import reads

        return int(self.ctx.read(reads.live_board).visits_today)

    def at_counter(self, number: int) -> Any:
        from desk.queue import reads

        return self.ctx.read(reads.counter_panel, number).current

    def petitions(self) -> Any:
        from desk.registry import applications

        return self.ctx.read(applications.recent)

    def job_state(self, number: str) -> str:
        """The state of the open refakat job of a ticket; empty when none is open."""
        from desk.registry import assistance

        return next((str(j.state) for j in self.ctx.read(assistance.board).jobs if j.number == number), "")

    def print_state(self, subject_id: Any, kind: str = "ticket") -> str:
        from desk.actions import paper

        job = paper.job_of(self.ctx, subject_id, kind)
        return str(job.state) if job else ""

    def job_bytes(self, subject_id: Any, kind: str) -> bytes:
        """The bytes of the slip as the printer of this terminal gets them."""
        from desk.actions import paper

        job = paper.job_of(self.ctx, subject_id, kind)
        data: bytes = paper.job_bytes(self.ctx, job.id) if job else b""
        return data

    def printed_bytes(self, ticket: Any) -> bytes:
        """The very bytes that reached the virtual printer, found by the ticket's barcode."""
        for path in sorted(self.ctx.data_dir.joinpath("kagit").rglob("*.bin"), reverse=True):
            data: bytes = path.read_bytes()
            if ticket.scan_code in [code for _, code in self.read_paper(data).codes]:
                return data
        raise Missing("the virtual printer never got this ticket")

    def read_paper(self, data: bytes) -> Any:
        from desk.actions import paper
        from desk.printing import preview

        return preview.read_paper(data, paper.own_profile(self.ctx))

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


Steps = Sequence[tuple[str, Callable[["Tour"], None]]]


def run(out: Path, steps: Steps) -> int:
    """Perform the tour's steps into ``out``; 0 when every one showed what it should."""
    without_screen()
    begun = time.perf_counter()
    _empty(out)
    folder = Path(tempfile.mkdtemp(prefix="danisma-tur-"))
    try:
        with opened(out, folder) as tour:
            good = _perform(tour, steps, begun)
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


def without_screen() -> None:
    """Draw into memory where there is no screen."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@contextmanager
def opened(out: Path, folder: Path, *, empty: bool = False) -> Iterator[Tour]:
    """A fresh office with past days and a morning behind it (``empty``: before its first visitor), its printers and
    its windows."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from desk import app as composition
    from desk.actions import sample
    from desk.clock import SetClock
    from desk.ui import theme

    qInstallMessageHandler(_without_the_usual)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application, theme.LIGHT)
    clock = SetClock(START)
    config = Config(data_dir=folder, printer=f"virtual:?dir={folder / 'kagit'}")
    contexts = composition.open_contexts(config, ("staff", "kiosk", "hall"), clock=clock, sample=True)
    if not empty:
        sample.past(contexts["staff"], PAST_DAYS, SEED, PAST_VISITORS)
        sample.morning_until(contexts["staff"], clock, START)
    program = composition.Program(config)
    tour = Tour(out, clock, contexts, program)
    try:
        program.begin(contexts)
        program.start_printing(contexts)
        yield tour
    finally:
        for window in tour.windows.values():
            window.hide()
        program.close()


def _without_the_usual(_kind: object, _context: object, message: str | None) -> None:
    """The offscreen platform complains at every resize that it has no window frames; the rest is passed on."""
    if message and "propagateSizeHints" not in message and "raise()" not in message:
        print(message, file=sys.stderr)


def _perform(tour: Tour, steps: Steps, begun: float) -> bool:
    good = True
    for number, (name, step) in enumerate(steps, start=1):
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

"""What somebody sees when a window opens: first who is there, then how long they will wait (desk.app, Danışma)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from person import find, settle, shown_text, unhurried
from PySide6.QtCore import QEvent, QObject

from desk import app
from desk.actions import counter
from desk.actions.context import Context
from desk.config import Config
from desk.queue.types import Band
from desk.ui.opening import Opening
from desk.ui.staff import danisma
from desk.ui.staff.shell import StaffWindow

LONG_MS = 600_000


@pytest.fixture
def program(qtbot: Any, ctx: Context) -> Iterator[app.Program]:
    """Its windows are built over ``ctx``; nothing is printed."""
    made = app.Program(Config(data_dir=ctx.data_dir))
    made._go_on = lambda contexts: None  # type: ignore[method-assign]
    yield made
    for window in made.windows:
        window.close_now()
        window.deleteLater()
    made.bridge.stop()
    settle()


class Boards:
    """Stands before ``read_board``: says what was asked for, and holds the answers back while its gate is shut."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[bool] = []
        self.gates: dict[bool, threading.Event] = {False: threading.Event(), True: threading.Event()}
        self._read = danisma.read_board
        monkeypatch.setattr(danisma, "read_board", self.read)

    def read(self, ctx: Context, *, forecasts: bool = True) -> Any:
        self.asked.append(forecasts)
        assert self.gates[forecasts].wait(10)
        return self._read(ctx, forecasts=forecasts)

    def open(self) -> None:
        for gate in self.gates.values():
            gate.set()


@pytest.fixture
def boards(monkeypatch: pytest.MonkeyPatch) -> Iterator[Boards]:
    made = Boards(monkeypatch)
    yield made
    made.open()


def expected(window: Any) -> set[Band | None]:
    return {queue.forecast for queue in window.current_page()._shown.board.queues}


def test_danisma_tells_who_is_there_and_right_after_how_long_they_will_wait(office, ctx, qtbot, boards):
    counter.open_counter(ctx, 4)
    window = StaffWindow(office, clock=unhurried())
    window.show()
    boards.gates[False].set()
    qtbot.waitUntil(lambda: "Bugün 0 ziyaret" in shown_text(window))
    assert expected(window) == {None}
    qtbot.waitUntil(lambda: True in boards.asked)  # nobody did anything
    assert boards.asked == [False, True]
    boards.gates[True].set()
    settle(lambda: Band(0, 0) in expected(window))
    window.close_now()


def test_a_window_is_shown_with_what_it_reads_first(program, ctx, qtbot, boards, monkeypatch):
    monkeypatch.setattr(app, "PATIENCE_MS", LONG_MS)
    left = []
    program.open_windows({"staff": ctx}, lambda: left.append(shown_text(program.windows[0])))
    assert not program.windows[0].isVisible() and not left
    boards.open()
    qtbot.waitUntil(lambda: bool(left))
    assert program.windows[0].isVisible()
    assert "Bugün 0 ziyaret" in left[0]


class FirstPicture(QObject):
    """The heights of the lines of Bekleyenler when the window is painted first."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: list[int] = []

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() == QEvent.Type.Paint and not self.heights:
            self.heights = heights(watched)
        return False


def heights(window: Any) -> list[int]:
    return [row.height() for row in window.current_page().queue._queue_rows.values()]


def test_the_first_picture_of_a_window_is_right(program, ctx, qtbot, boards, monkeypatch):
    monkeypatch.setattr(app, "PATIENCE_MS", LONG_MS)
    picture = FirstPicture()
    program.open_windows({"staff": ctx}, lambda: None)
    program.windows[0].installEventFilter(picture)
    boards.gates[False].set()
    qtbot.waitUntil(lambda: bool(picture.heights))
    boards.open()
    settle()
    assert picture.heights == heights(program.windows[0])
    assert min(picture.heights) > 20


def test_a_window_whose_first_reads_take_long_is_shown_all_the_same(program, ctx, qtbot, boards, monkeypatch):
    monkeypatch.setattr(app, "PATIENCE_MS", 1)
    left = []
    program.open_windows({"staff": ctx}, lambda: left.append(True))
    qtbot.waitUntil(lambda: bool(left))
    assert program.windows[0].isVisible()
    assert "ziyaret," not in shown_text(program.windows[0])
    boards.open()
    settle(lambda: "Bugün 0 ziyaret" in shown_text(program.windows[0]))
    assert left == [True]  # the frame leaves once


def test_a_frame_that_tries_again_opens_the_window(program, ctx, qtbot, monkeypatch):
    make, tries = StaffWindow.make_page, []

    def make_page(self: StaffWindow) -> None:
        tries.append(self)
        if len(tries) == 1:
            raise OSError("a cable")
        make(self)

    monkeypatch.setattr(StaffWindow, "make_page", make_page)
    frame = Opening(lambda: {"staff": ctx}, program.open_windows)
    frame.show()
    settle(lambda: "Program açılamadı" in shown_text(frame))
    find(frame, "Yeniden dene").click()
    settle(lambda: tries[-1].isVisible())
    assert len(tries) == 2 and program.windows == tries[1:]
    tries[0].deleteLater()


def test_the_strip_offers_each_way_once_after_the_window_was_minimized(office):
    window = StaffWindow(office, clock=unhurried())
    window.show()
    settle(lambda: window.strip._ways)
    before = shown_text(window.strip)
    assert "İleti" in before
    window.hide()
    window.show()
    settle()
    assert shown_text(window.strip) == before
    window.close_now()

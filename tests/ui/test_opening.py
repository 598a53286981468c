"""The first seconds: a frame at once, a sentence when it takes long or fails, never an empty window."""

from __future__ import annotations

import threading

import pytest
from person import find, press, settle, shown_text

from desk.errors import N_, Fault
from desk.ui.opening import Opening


@pytest.fixture
def opened():
    return []


def test_nothing_slow_begins_before_the_frame_is_painted(qtbot, opened):
    begun = []
    made = Opening(lambda: "office", opened.append, begin=lambda: begun.append(made._painted))
    made.show()
    settle(lambda: opened)
    assert begun == [True]
    assert opened == ["office"]


def test_a_slow_start_asks_for_patience(qtbot, opened):
    gate = threading.Event()
    made = Opening(lambda: gate.wait(10), opened.append)
    qtbot.addWidget(made)
    made.show()
    settle(lambda: "Danışma açılıyor" in shown_text(made))
    gate.set()
    settle(lambda: opened)


def test_a_failure_says_what_happened_and_can_be_tried_again(qtbot, opened):
    tries = []

    def opener() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason="kablo")
        return "office"

    made = Opening(opener, opened.append)
    made.show()
    settle(lambda: "Program açılamadı" in shown_text(made))
    assert "Veri tabanına ulaşılamıyor (kablo)" in shown_text(made)
    press(find(made, "Yeniden dene"), "Space")
    settle(lambda: opened)
    assert opened == ["office"]


def test_a_window_that_cannot_be_built_leaves_no_empty_frame(qtbot):
    def build(_: object) -> None:
        raise ValueError("no such page")

    made = Opening(lambda: "office", build)
    qtbot.addWidget(made)
    made.show()
    settle(lambda: "Program açılamadı" in shown_text(made))
    assert "no such page" in shown_text(made)


def test_a_kiosk_has_no_rail(qtbot):
    assert Opening(lambda: None, print, role="kiosk").rail is None
    assert Opening(lambda: None, print).rail is not None

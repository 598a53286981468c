"""The first seconds: a frame at once, a sentence when it takes long or fails, never an empty window."""

from __future__ import annotations

import re
import threading

import pytest
from person import find, press, settle, shown_text
from PySide6.QtCore import QTimer

from desk import app
from desk.config import Config
from desk.errors import N_, Fault, UserError
from desk.ui import opening
from desk.ui.opening import Opening
from desk.ui.staff.shell import StaffWindow


class Taken(list):
    """What was opened; the frame leaves at once."""

    def take(self, result, leave):
        self.append(result)
        leave()


@pytest.fixture
def opened():
    return Taken()


def test_nothing_slow_begins_before_the_frame_is_painted(qtbot, opened):
    begun = []
    made = Opening(lambda: "office", opened.take, begin=lambda: begun.append(made._painted))
    made.show()
    settle(lambda: opened)
    assert begun == [True]
    assert opened == ["office"]


def test_a_slow_start_asks_for_patience(qtbot, opened):
    gate = threading.Event()
    made = Opening(lambda: gate.wait(10), opened.take)
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

    made = Opening(opener, opened.take)
    made.show()
    settle(lambda: "Program açılamadı" in shown_text(made))
    assert "Veri tabanına ulaşılamıyor (kablo)" in shown_text(made)
    press(find(made, "Yeniden dene"), "Space")
    settle(lambda: opened)
    assert opened == ["office"]


def test_a_window_that_cannot_be_built_leaves_no_empty_frame(qtbot):
    def build(*_: object) -> None:
        raise ValueError("no such page")

    made = Opening(lambda: "office", build)
    qtbot.addWidget(made)
    made.show()
    settle(lambda: "Program açılamadı" in shown_text(made))
    assert "no such page" in shown_text(made)


@pytest.mark.parametrize(
    ("role", "works"),
    [("staff", "ön basılı numara"), ("kiosk", "danışmaya başvurunuz"), ("hall", "sesle çağrılır")],
)
def test_a_failure_says_what_still_works_and_its_code_is_in_the_log(qtbot, caplog, role, works):
    def opener() -> None:
        raise Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason="dosya yok")

    made = Opening(opener, print, role=role)
    qtbot.addWidget(made)
    made.show()
    settle(lambda: works in shown_text(made))
    assert "Veri tabanına ulaşılamıyor (dosya yok)" in shown_text(made)
    code = re.search(r"Hata kodu: ([0-9A-F]{6})", shown_text(made))
    assert code
    assert f"bug {code[1]}" in caplog.text


def test_a_kiosk_tries_again_by_itself(qtbot, opened, monkeypatch):
    monkeypatch.setattr(opening, "RETRY_MS", 1)
    tries = []

    def opener() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason="kablo")
        return "office"

    made = Opening(opener, opened.take, role="kiosk")
    made.show()
    settle(lambda: opened)
    assert len(tries) == 2


@pytest.mark.parametrize("role", ["staff", "kiosk", "hall"])
def test_settings_that_cannot_be_read_are_told_in_the_window_and_read_again(qtbot, qapp, monkeypatch, role):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(app, "hurry", lambda: None)
    said = []

    def look_on() -> None:
        window = next(one for one in qapp.topLevelWidgets() if isinstance(one, Opening) and one.isVisible())
        if "anlaşılamadı" not in shown_text(window):
            QTimer.singleShot(10, look_on)
            return
        said.append(shown_text(window))
        press(find(window, "Yeniden dene"), "Space")

    QTimer.singleShot(0, look_on)
    refusal = UserError(N_("Ayar dosyası anlaşılamadı: {file}"), file="config.toml")
    assert app.show_refusal(role, Config, refusal) == Config()
    assert "config.toml" in said[0]


@pytest.mark.bug_expected
def test_a_first_page_that_cannot_be_made_leaves_no_empty_window(office, settle, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("no such column")

    monkeypatch.setattr("desk.ui.staff.danisma.DanismaPage.__init__", broken)
    window = StaffWindow(office)
    window.show()
    settle()
    assert "Bu sayfa açılamadı" in shown_text(window)
    assert "öteki sayfalar çalışır" in shown_text(window)
    press(window, "F6")
    settle()
    assert "Sayfa: Banko" in shown_text(window)
    window.close_now()


def test_a_kiosk_has_no_rail(qtbot):
    assert Opening(lambda: None, print, role="kiosk").rail is None
    assert Opening(lambda: None, print).rail is not None

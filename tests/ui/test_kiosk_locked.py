"""Nobody leaves the kiosk without a staff code."""

from __future__ import annotations

import pytest
from kiosk_case import finger, opened, reads
from person import find, press, settle, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.ui.kiosk.window import KioskWindow


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


def code_field(kiosk) -> QLineEdit:
    return next(one for one in kiosk.findChildren(QLineEdit) if one.isVisible())


def test_closing_the_window_does_nothing(office) -> None:
    kiosk = opened(office)
    event = QCloseEvent()
    QApplication.sendEvent(kiosk, event)
    assert not event.isAccepted()
    assert not kiosk.close()
    assert kiosk.isVisible()


def test_alt_f4_and_the_menu_do_nothing(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Alt+F4")
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(50, 50), kiosk.mapToGlobal(QPoint(50, 50)))
    QApplication.sendEvent(kiosk, menu)
    assert kiosk.isVisible() and kiosk.step == "home"
    assert QApplication.activePopupWidget() is None


def test_a_staff_code_leaves_the_kiosk(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Ctrl+Shift+Q")
    assert "Görevli girişi" in reads(kiosk)
    type_text(code_field(kiosk), "vardiya")
    press(kiosk, "Return")
    assert not kiosk.isVisible()


def test_a_wrong_code_is_refused_and_five_of_them_lead_back(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Ctrl+Shift+Q")
    for place in range(5):
        assert kiosk.step == "leave", place
        type_text(code_field(kiosk), "kiosk")  # an account of the system, not a person
        press(kiosk, "Return")
        if place == 0:
            assert "Bu kod tanınmadı." in reads(kiosk)
    assert kiosk.isVisible() and kiosk.step == "home"


def test_the_code_is_not_shown(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Ctrl+Shift+Q")
    assert code_field(kiosk).echoMode() == QLineEdit.EchoMode.Password


def test_a_set_code_is_typed_on_the_pad(office) -> None:
    kiosk = opened(office, exit_code="4711")
    press(kiosk, "Ctrl+Shift+Q")
    type_text(code_field(kiosk), "vardiya")
    press(kiosk, "Return")
    assert kiosk.isVisible()
    for digit in "4711":
        finger(kiosk, digit)
    finger(kiosk, "Tamam")
    assert not kiosk.isVisible()


def test_a_long_press_in_the_corner_asks_for_the_code(office) -> None:
    kiosk = opened(office)
    child = kiosk.childAt(QPoint(10, 10))
    QTest.mousePress(child, Qt.MouseButton.LeftButton, pos=child.mapFrom(kiosk, QPoint(10, 10)))
    assert kiosk.touch.corner.isActive()
    kiosk.touch.corner.timeout.emit()
    assert kiosk.step == "leave"


def test_a_short_press_in_the_corner_does_nothing(office) -> None:
    kiosk = opened(office)
    child = kiosk.childAt(QPoint(10, 10))
    QTest.mouseClick(child, Qt.MouseButton.LeftButton, pos=child.mapFrom(kiosk, QPoint(10, 10)))
    assert not kiosk.touch.corner.isActive()


def test_the_staff_page_is_left_by_escape_and_by_waiting(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Ctrl+Shift+Q")
    press(kiosk, "Escape")
    assert kiosk.step == "home"
    press(kiosk, "Ctrl+Shift+Q")
    finger(kiosk, "Vazgeç")
    assert kiosk.step == "home"
    press(kiosk, "Ctrl+Shift+Q")
    kiosk.idle()
    assert kiosk.step == "home"


def test_an_unlocked_kiosk_closes_like_any_window(office) -> None:
    kiosk = opened(office, locked=False)
    assert kiosk.close()


def test_the_window_paints_before_the_database_is_there(qapp, qtbot) -> None:
    kiosk = KioskWindow()
    qtbot.addWidget(kiosk, before_close_func=lambda window: window.leave())
    kiosk.show()
    assert find(kiosk, "Bir an lütfen").isVisible()


def test_no_clock_runs_while_the_window_is_hidden(office) -> None:
    from PySide6.QtCore import QTimer

    kiosk = opened(office)
    kiosk.hide()
    settle()
    assert [timer for timer in kiosk.findChildren(QTimer) if timer.isActive()] == []

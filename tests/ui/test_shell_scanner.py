"""A scanner is a keyboard: told from a person by its pace alone, and it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import find_all, shown_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.actions import counter, desk
from desk.queue import reads
from desk.ui.staff.banko import BankoWindow
from desk.ui.staff.page import Page
from desk.ui.staff.rail import RailButton
from desk.ui.staff.shell import StaffWindow
from desk.ui.staff.wedge import Pace

CODE = "200100000427"


class Tick:
    """A clock that goes on by ``step`` seconds with every look at it."""

    def __init__(self) -> None:
        self.now, self.step = 100.0, 0.01

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def tick() -> Tick:
    return Tick()


@pytest.fixture
def window(office: Any, settle: Callable[..., None], tick: Tick) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=tick)
    window.show()
    settle()
    yield window
    window.close_now()


@pytest.fixture
def opened(window: StaffWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes that Evrak Kayıt was asked to open."""
    codes: list[str] = []

    def open_scan(self: Page, code: str) -> bool:
        codes.append(code)
        return True

    monkeypatch.setattr(type(window.page("evrak")), "open_scan", open_scan)
    return codes


def scan(code: str = CODE) -> None:
    for letter in code:
        target = QApplication.focusWidget()
        for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
            QTest.sendKeyEvent(action, target, Qt.Key(ord(letter.upper())), letter, Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_scan_opens_the_record_and_leaves_no_digits_in_the_field(
    window: StaffWindow, opened: list[str], find: Any, type_text: Any, tick: Tick, settle: Any
) -> None:
    search = find(window, "Birim veya konu", QLineEdit)
    tick.step = 0.2
    type_text(search, "emlak")
    tick.now += 1
    tick.step = 0.01
    scan()
    settle()
    assert opened == [CODE]
    assert find(window, "Evrak Kayıt").isChecked()
    assert search.text() == "emlak"
    window.show_page("danisma")
    assert find(window, "Sıra ver ve yazdır").accessibleDescription().startswith("Emlak") or "V 0" in shown_text(window)


def test_a_scan_leaves_a_number_field_as_it_was(
    window: StaffWindow, opened: list[str], find: Any, press: Any, settle: Any
) -> None:
    press(window, "Tab")
    persons = find(window, "Kişi sayısı", QLineEdit)
    assert persons.hasFocus()
    scan()
    settle()
    assert opened == [CODE]
    assert persons.text() == "1"
    window.show_page("danisma")
    assert "ayrı numara" not in shown_text(window)


def test_a_person_typing_twelve_digits_is_no_scanner(
    window: StaffWindow, opened: list[str], find: Any, tick: Tick, settle: Any
) -> None:
    tick.step = 0.09
    scan()
    settle()
    assert opened == []
    assert find(window, "Birim veya konu", QLineEdit).text() == CODE
    assert find(window, "Danışma").isChecked()


@pytest.mark.parametrize("code", ["12345678950", "1234567890123", "05321234567"])
def test_other_lengths_are_no_scan(window: StaffWindow, opened: list[str], code: str, settle: Any) -> None:
    scan(code)
    settle()
    assert opened == []


def test_a_held_key_is_no_scan(window: StaffWindow, opened: list[str], settle: Any) -> None:
    for _ in range(12):
        QTest.sendKeyEvent(
            QTest.KeyAction.Press, QApplication.focusWidget(), Qt.Key.Key_1, "1", Qt.KeyboardModifier.ControlModifier
        )
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert opened == []


def test_a_scan_while_the_page_of_keys_is_open_closes_it(
    window: StaffWindow, opened: list[str], press: Any, settle: Any
) -> None:
    press(window, "Shift+F1")
    scan()
    settle()
    assert opened == [CODE]
    assert "Formu temizler" not in shown_text(window)


def test_pace_alone_decides() -> None:
    tick = Tick()
    pace = Pace(tick)
    for digit in CODE:
        pace.key(digit)
    assert pace.enter() == CODE
    assert pace.enter() == ""
    for place, digit in enumerate(CODE):
        tick.step = 0.3 if place == 6 else 0.01
        pace.key(digit)
    assert pace.enter() == CODE[6:]
    tick.step = 0.01
    for digit in CODE:
        pace.key(digit)
    tick.step = 0.2
    assert pace.enter() == ""


def test_the_moment_of_the_press_counts_and_not_that_of_hearing_it() -> None:
    tick = Tick()
    tick.step = 0.4
    pace = Pace(tick)
    for place, digit in enumerate(CODE):
        pace.key(digit, at=7 + place / 100)
    assert pace.enter(at=7.12) == CODE


@pytest.mark.parametrize("code", ["7K4M-92QD", "7K4M*92QD"])
def test_the_qr_code_of_a_receipt_opens_the_record_too(
    window: StaffWindow, opened: list[str], find: Any, settle: Any, code: str
) -> None:
    scan(code)
    settle()
    assert opened == [code]
    window.show_page("danisma")
    assert find(window, "Birim veya konu", QLineEdit).text() == ""


@pytest.mark.parametrize("code", ["8690123456789", "https://example.org/tbgyad"])
def test_a_strange_code_at_a_counter_presses_no_keys(
    window: StaffWindow, opened: list[str], office: Any, ctx: Any, settle: Any, press: Any, tick: Tick, code: str
) -> None:
    ticket = desk.register_visit(ctx, desk.VisitRequest(key="a", service_code="vergi")).tickets[0]
    counter.call_next(ctx, 4)
    counter.start(ctx, ticket.id)
    office.take_counter(4)
    press(window, "F6")
    settle(lambda: "İşlemde" in card(window))
    scan(code)
    settle()
    assert ctx.read(reads.ticket, ticket.id).state == "serving"
    assert opened == []
    assert find_all(window, "Banko", RailButton)[0].isChecked()
    assert f"Bu kod tanınmadı: {code}" in shown_text(window)
    tick.now += 1
    press(window, "Return")
    settle()
    assert ctx.read(reads.ticket, ticket.id).state == "served"


def card(window: Any) -> str:
    return find_all(window, "Bankodaki numara")[0].accessibleDescription()


def test_a_scan_in_the_small_window_of_a_counter_ends_no_service(
    window: StaffWindow, opened: list[str], office: Any, ctx: Any, settle: Any, press: Any
) -> None:
    ticket = desk.register_visit(ctx, desk.VisitRequest(key="a", service_code="vergi")).tickets[0]
    counter.call_next(ctx, 4)
    counter.start(ctx, ticket.id)
    office.take_counter(4)
    press(window, "F6")
    settle(lambda: "İşlemde" in card(window))
    window.page("banko").open_small()
    small = next(top for top in QApplication.topLevelWidgets() if isinstance(top, BankoWindow))
    settle(lambda: "İşlemde" in card(small))
    small.activateWindow()
    press(small, "Shift")
    scan()
    settle(lambda: opened == [CODE])
    assert ctx.read(reads.ticket, ticket.id).state == "serving"
    small.close()

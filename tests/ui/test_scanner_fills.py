"""An identity card or a posted letter read by the scanner fills the form for correction, and registers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import shown_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.actions import records
from desk.printing import papers
from desk.registry import applications
from desk.registry.types import Channel, PetitionRequest
from desk.ui.staff.shell import StaffWindow

CARD = ("I<TURA00A000000<12345678950<<<", "8507044F3101012TUR<<<<<<<<<<<2", "ORNEK<<AYSE<GUL<<<<<<<<<<<<<<<")
LETTER = "RR473124829TR"


class Tick:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        self.now += 0.01
        return self.now


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=Tick())
    window.show()
    window.show_page("evrak")
    settle()
    yield window
    window.close_now()


def scan(*lines: str) -> None:
    for line in lines:
        for letter in line:
            target = QApplication.focusWidget()
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                QTest.sendKeyEvent(action, target, Qt.Key(ord(letter)), letter, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_three_lines_of_a_card_fill_name_and_number(window: StaffWindow, ctx: Any, settle: Any) -> None:
    scan(*CARD)
    settle()
    form = window.page("evrak").form
    assert form.name.text() == "Ayse Gul Ornek"
    assert form.tckn.digits() == "12345678950"
    assert form.name.edit.hasFocus() and form.name.edit.selectedText() == "Ayse Gul Ornek"
    assert "Türkçe harfleri denetleyiniz" in shown_text(window)
    assert ctx.read(applications.recent) == ()


def test_what_stood_in_the_form_can_be_taken_back(
    window: StaffWindow, press: Any, settle: Any, type_text: Any, find: Any
) -> None:
    find(window, "Ad soyad", QLineEdit).setText("Kemal Öztürk")
    scan(*CARD)
    settle()
    press(window, "Ctrl+Z")
    settle()
    assert window.page("evrak").form.name.text() == "Kemal Öztürk"


def test_a_card_read_wrongly_fills_nothing_and_says_so(window: StaffWindow, settle: Any) -> None:
    scan(CARD[0], CARD[1].replace("8507044", "8507045"), CARD[2])
    settle()
    assert window.page("evrak").form.is_empty()
    assert "hatalı okundu" in shown_text(window)


def test_the_barcode_of_a_letter_goes_into_its_field(window: StaffWindow, ctx: Any, press: Any, settle: Any) -> None:
    scan(LETTER)
    settle()
    form = window.page("evrak").form
    assert form.channel.value() is Channel.PTT
    assert form.request().fields == {"ptt_barcode": LETTER}
    assert ctx.read(applications.recent) == ()
    press(window, "F2")
    settle(lambda: ctx.read(applications.recent))
    assert ctx.read(applications.recent)[0].channel is Channel.PTT


def test_a_letter_does_not_change_the_channel_of_what_is_being_typed(
    window: StaffWindow, settle: Any, type_text: Any, find: Any
) -> None:
    find(window, "Ad soyad", QLineEdit).setText("Kemal")
    scan(LETTER)
    settle()
    assert window.page("evrak").form.channel.value() is Channel.IN_PERSON
    assert "PTT seçiniz" in shown_text(window)


def test_the_danisma_desk_takes_a_card_only_where_identity_was_asked_for(
    window: StaffWindow, press: Any, settle: Any
) -> None:
    window.show_page("danisma")
    settle()
    scan(*CARD)
    settle()
    identity = window.page("danisma").form.identity
    assert identity.person().name == ""
    assert "Alt+K" in shown_text(window)
    press(window, "Alt+K")
    scan(*CARD)
    settle()
    assert (identity.person().name, identity.person().tckn.replace(" ", "")) == ("Ayse Gul Ornek", "12345678950")


def test_sticker_and_second_copy_are_one_key_after_registering(
    window: StaffWindow, ctx: Any, press: Any, settle: Any, find: Any
) -> None:
    find(window, "Ad soyad", QLineEdit).setText("Kemal")
    press(window, "F2")
    settle(lambda: ctx.read(applications.recent))
    press(window, "Ctrl+K")
    press(window, "Ctrl+2")
    settle()
    with ctx.db.read() as session:
        kinds = sorted(one.kind for one in papers.jobs(session, ctx.actor.site_id))
    assert kinds == ["label", "receipt", "receipt_second"]


def test_a_receipt_can_carry_a_summary_in_the_visitors_language(ctx: Any) -> None:
    receipt = records.register_petition(ctx, PetitionRequest("k", subject="Kaldırım", lang="de"))
    with ctx.db.read() as session:
        job = papers.last_job(session, receipt.application_id, "receipt")
    assert job is not None and "maßgeblich" in job.slip
    assert "Dilekçe alındı belgesi" in job.slip

"""Danışma's rarer work: a limit passed with a reason, manual numbers, appointments, a slip in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from person import shown_text, unhurried
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select, update

from desk.actions import appointments, desk, reserved
from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.site import Service
from desk.models.ticket import Ticket
from desk.queue import overrides
from desk.queue import reserved as queue_reserved
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import Control

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=unhurried())
    window.show()
    window.activateWindow()
    settle()
    yield window
    window.close_now()


@pytest.fixture
def search(window: StaffWindow, find: Callable[..., Any]) -> QLineEdit:
    return find(window, "Birim veya konu", QLineEdit)


def numbers(ctx: Context) -> list[str]:
    with ctx.db.read() as session:
        return list(session.execute(select(Ticket.number).order_by(Ticket.issued_at, Ticket.number)).scalars())


def cap(ctx: Context, service: str, count: int) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == service).values(daily_cap=count))


def ask_for_vergi(window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any) -> None:
    type_text(search, "emlak")
    press(window, "F2")
    settle()


# --- a limit


def test_a_full_service_asks_for_a_reason_and_keeps_it(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    cap(ctx, "vergi", 1)
    ask_for_vergi(window, search, type_text, press, settle)
    ask_for_vergi(window, search, type_text, press, settle)
    assert "Bugün için sıra doldu" in shown_text(window)
    reason = find(window, "Gerekçe", QLineEdit)
    assert reason.hasFocus()
    type_text(reason, "Uzaktan geldi")
    press(window, "Return")
    settle()
    assert numbers(ctx) == ["V 001", "V 002"]
    assert "V 002 verildi" in shown_text(window)
    (one,) = ctx.read(overrides.of_day)
    assert (one.number, one.limit, one.reason, one.staff) == (
        "V 002",
        overrides.Limit.CAP,
        "Uzaktan geldi",
        "Danışma Görevlisi 1",
    )


def test_without_a_reason_no_number_is_given_and_nothing_recorded(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    cap(ctx, "vergi", 0)
    ask_for_vergi(window, search, type_text, press, settle)
    press(find(window, "Gerekçe", QLineEdit), "Return")
    assert "Gerekçeyi yazınız." in shown_text(window)
    press(window, "Esc")
    settle()
    assert numbers(ctx) == []
    assert ctx.read(overrides.of_day) == ()
    assert search.hasFocus()


def test_a_usual_reason_is_one_press(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    cap(ctx, "vergi", 0)
    ask_for_vergi(window, search, type_text, press, settle)
    find(window, "Süreli işlem, yarına kalamaz").click()
    press(find(window, "Gerekçe", QLineEdit), "Return")
    settle()
    assert numbers(ctx) == ["V 001"]
    press(window, "F12")
    settle()
    find(window, "Sınır aşılarak verilenler").click()
    settle(lambda: "Günlük sınır dolmuştu" in shown_text(window) or "V 001" in shown_text(window))


# --- manual numbers


def begin(window: StaffWindow, name: str, press: Any, settle: Any, find: Any) -> None:
    press(window, "F12")
    settle()
    find(window, name).click()
    settle()


def test_numbers_for_a_power_cut_are_taken_and_entered_by_keys(
    window: StaffWindow, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    begin(window, "Elle verilecek numaraları ayır", press, settle, find)
    count = find(window, "Hizmet başına numara", QLineEdit)
    assert count.hasFocus()
    count.selectAll()
    type_text(count, "5")
    press(window, "Return")
    settle(lambda: "7 hizmet için 35 numara ayrıldı." in shown_text(window))
    begin(window, "Elle verilenleri işle", press, settle, find)
    last = find(window, "Son verilen numara", QLineEdit)
    assert last.hasFocus()
    first = find(window, "İlk verilen numara", QLineEdit)
    first.selectAll()
    type_text(first, "V1")
    type_text(last, "V3")
    press(window, "Return")
    settle(lambda: "3 numara işlendi (V 001 – V 003)" in shown_text(window))
    assert numbers(ctx) == ["V 001", "V 002", "V 003"]
    assert "artan 2 numara iptal edildi" in shown_text(window)


def test_a_number_nobody_reserved_is_refused_in_the_form(
    window: StaffWindow, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    reserved.reserve(ctx, "vergi", 3, "key")
    begin(window, "Elle verilenleri işle", press, settle, find)
    type_text(find(window, "Son verilen numara", QLineEdit), "V 009")
    press(window, "Return")
    settle()
    assert "V 009 bugün elle verilmek üzere ayrılmamış." in shown_text(window)
    assert numbers(ctx) == []
    assert len(ctx.read(queue_reserved.blocks)[0].open) == 3


# --- appointments


def test_an_appointment_is_given_for_the_chosen_service_and_its_code_shown(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    type_text(search, "nikâh gü")
    begin(window, "Randevu ver", press, settle, find)
    at = find(window, "Saat", QLineEdit)
    assert at.hasFocus()
    type_text(at, "1430")
    type_text(find(window, "Ad soyad", QLineEdit), "Ayşe Örnekoğlu")
    press(window, "Return")
    (made,) = _until(lambda: appointments.of_day(ctx), settle)
    settle(lambda: made.code in shown_text(window))
    assert (made.service_code, made.at) == ("evlendirme", datetime(2026, 11, 24, 14, 30, tzinfo=ISTANBUL))
    press(window, "Return")
    assert made.code not in shown_text(window)


def _until(read: Any, settle: Any) -> Any:
    settle(read)
    return read()


def test_an_hour_in_the_lunch_break_is_refused_in_the_form(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    type_text(search, "nikâh gü")
    begin(window, "Randevu ver", press, settle, find)
    type_text(find(window, "Saat", QLineEdit), "12.30")
    press(window, "Return")
    settle(lambda: "Bu saatte kapalıyız" in shown_text(window))
    assert appointments.of_day(ctx) == ()


def test_who_has_an_appointment_is_checked_in_from_the_list(
    window: StaffWindow, ctx: Context, clock: SetClock, press: Any, settle: Any, find: Any
) -> None:
    moment = datetime(2026, 11, 24, 11, 0, tzinfo=ISTANBUL)
    appointments.book(ctx, appointments.Booking("key", "vergi", moment))
    begin(window, "Randevulu ziyaretçi geldi", press, settle, find)
    find(window, "11.00 · Emlak ve çevre temizlik vergisi").click()
    settle(lambda: "V 001 verildi" in shown_text(window))
    assert numbers(ctx) == ["V 001"]


# --- the language of the slip


def test_the_slip_speaks_the_visitors_language_and_the_next_one_turkish_again(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    type_text(search, "emlak")
    press(window, "Alt+L")
    press(window, "Alt+L")
    press(window, "F2")
    settle()
    with ctx.db.read() as session:
        assert session.execute(select(Ticket.lang)).scalar_one() == "ar"
    assert find(window, "Türkçe", Control).isChecked()
    assert search.hasFocus()


def test_a_click_on_a_language_leaves_the_focus_in_the_search(
    window: StaffWindow, search: QLineEdit, find: Any, settle: Any
) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    search.setFocus()
    QTest.mouseClick(find(window, "English", Control), Qt.MouseButton.LeftButton)
    assert find(window, "English", Control).isChecked()
    assert search.hasFocus()


def test_forty_people_get_one_number_or_forty(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    for each in (False, True):
        type_text(search, "emlak")
        persons = find(window, "Kişi sayısı", QLineEdit)
        persons.selectAll()
        type_text(persons, "40")
        if each:
            press(window, "Alt+N")
        press(window, "F2")
        settle()
        assert len(numbers(ctx)) == (41 if each else 1)


def test_more_numbers_than_people_are_refused(ctx: Context) -> None:
    with pytest.raises(desk.UserError, match="Kişi sayısından fazla"):
        desk.register_visit(ctx, desk.VisitRequest(key="a", service_code="vergi", persons=2, numbers=3))

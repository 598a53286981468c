"""Banko: call, start, finish and all between, by single keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from banko_case import card, choose, give
from person import find_all, shown_text, unhurried
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import select

from desk.actions import counter, desk
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import N_, Fault
from desk.models.application import Application
from desk.queue import reads
from desk.queue.types import CounterPanel, Priority
from desk.registry.types import AssistanceKind
from desk.ui.staff import banko_panel
from desk.ui.staff.banko import BankoWindow
from desk.ui.staff.shell import StaffWindow
from desk.ui.theme import app_look


@pytest.fixture
def window(office: Any, settle: Callable[..., None], press: Any) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=unhurried())
    window.show()
    settle()
    press(window, "F6")
    settle()
    yield window
    window.close_now()


@pytest.fixture
def four(window: StaffWindow, office: Any, ctx: Context, settle: Any) -> StaffWindow:
    """The page at Banko 4 (taxes), open."""
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    settle()
    return window


@pytest.fixture
def panel(ctx: Context) -> Callable[[], CounterPanel]:
    return lambda: ctx.read(reads.counter_panel, 4)


def test_the_counter_is_chosen_with_arrows_and_enter(window: StaffWindow, office: Any, press: Any, settle: Any) -> None:
    assert "Bu bilgisayar hangi banko?" in shown_text(window)
    for _ in range(3):
        press(window, "Down")
    press(window, "Return")
    settle()
    assert office.counter == 4
    assert "Banko 4" in shown_text(window)
    assert "Emlak ve çevre temizlik vergisi" in shown_text(window)


def test_the_arrows_stop_at_the_last_counter(window: StaffWindow, office: Any, press: Any, settle: Any) -> None:
    for _ in range(12):
        press(window, "Down")
    press(window, "Return")
    settle()
    assert office.counter == 8


def test_space_calls_enter_starts_and_enter_finishes(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    assert card(four, find).startswith("V 001 · Çağrıldı, bekleniyor · 1. çağrı · Çağrıdan beri 0 sn")
    press(four, "Return")
    settle()
    assert card(four, find).startswith("V 001 · İşlemde · Geliş 10.42")
    press(four, "Return")
    settle()
    assert card(four, find) == "Çağrılan numara yok · Bekleyen yok"
    assert panel().served_today == 1
    assert "Bekleyen yok · bugün 1 işlem" in shown_text(four)


def test_space_is_off_while_somebody_is_at_the_counter(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    give(ctx)
    for _ in range(2):
        press(four, "Space")
        settle()
        assert panel().current.number == "V 001"
        assert not find(four, "Sıradakini çağır").isEnabled()
    press(four, "Return")
    settle()
    press(four, "Space")
    settle()
    assert panel().current.number == "V 001"


def test_a_held_or_doubled_key_does_not_do_two_steps(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "Return")
    press(four, "Return")  # before the first has come back
    settle()
    assert panel().current.state == "serving"


def test_nobody_waiting_is_said(four: StaffWindow, press: Any, settle: Any) -> None:
    press(four, "Space")
    settle()
    assert "Bu bankonun hizmetleri için bekleyen yok." in shown_text(four)


def test_a_second_call_is_counted_and_only_then_no_show_is_taken(
    four: StaffWindow, ctx: Context, clock: SetClock, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    assert find(four, "Gelmedi").label() == "Gelmedi · 1 çağrı daha"
    press(four, "G")
    settle()
    assert "“Gelmedi” demeden önce numarayı en az 2 kez çağırınız." in shown_text(four)
    press(four, "T")
    settle()
    assert "2. çağrı" in card(four, find)
    assert find(four, "Gelmedi").label() == "Gelmedi · 20 sn"
    press(four, "G")
    settle()
    assert "Son çağrının üzerinden henüz yeterince geçmedi; 20 sn daha bekleyiniz." in shown_text(four)
    clock.advance(seconds=20)
    settle(lambda: find(four, "Gelmedi").label() == "Gelmedi")
    press(four, "G")
    settle()
    assert panel().current is None


def test_on_hold_and_taken_up_again(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "B")
    settle()
    assert panel().current is None
    assert "Beklemede" in shown_text(four)
    press(four, "D")
    settle()
    assert panel().current.number == "V 001"
    assert panel().current.state == "serving"


def test_y_sends_on_to_a_service_from_a_list(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, type_text: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "Y")
    settle()
    assert "V 001 nereye yönlendirilsin?" in shown_text(four)
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        type_text(field, "evlen")
    else:
        for _ in range(8):
            press(four, "Down")
    press(four, "Return")
    settle()
    assert panel().current is None
    assert [one.number for one in ctx.read(reads.counter_panel, 8).next] == ["V 001"]


def test_letters_typed_into_the_list_are_no_commands(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "Y")
    settle()
    press(four, "B")
    press(four, "T")
    press(four, "Esc")
    settle()
    assert panel().current.recalls == 1
    assert panel().current.state == "called"


def test_a_opens_an_application_over_the_counter_tied_to_the_number(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, type_text: Any
) -> None:
    ticket = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    press(four, "A")
    settle(lambda: four._overlay is not None)
    assert f"{ticket.number} sıra numarasıyla" in shown_text(four._overlay)
    assert four.current_page() is four.page("banko")
    type_text(find(four._overlay, "Konu"), "Emlak vergisine itiraz")
    press(four, "F2")
    settle(lambda: four._overlay is None)
    with ctx.db.read() as session:
        (row,) = session.execute(select(Application.ticket_id, Application.channel, Application.visit_id)).all()
    assert (row.ticket_id, row.channel, row.visit_id) == (ticket.id, "in_person", ticket.visit_id)
    assert four.current_page() is four.page("banko")


def test_a_takes_the_visitor_with_a_paper_to_evrak_kayit(
    four: StaffWindow, ctx: Context, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = desk.register_visit(ctx, desk.VisitRequest("paper", "evrak")).tickets[0]
    asked: list[Any] = []
    monkeypatch.setattr(four.page("evrak"), "open_for_ticket", asked.append)
    four.open_record_for(ticket.id)  # what A asks for
    settle(lambda: bool(asked))
    assert asked == [ticket.id]
    assert four.current_page() is four.page("evrak")


def test_the_next_three_say_why_without_the_class(
    four: StaffWindow, ctx: Context, clock: SetClock, settle: Any, find: Any
) -> None:
    give(ctx)
    clock.advance(minutes=7)
    give(ctx, priority=Priority.DISABLED)
    clock.advance(minutes=9)
    four.page("banko").load()
    settle()
    assert find(four, "V 002").accessibleDescription() == "Öncelikli · 9 + 30 dk"
    assert find(four, "V 001").accessibleDescription() == "16 dk bekledi"
    assert "Engelli" not in shown_text(four)


def test_the_call_says_why_and_shows_the_help_only_then(
    four: StaffWindow, ctx: Context, clock: SetClock, press: Any, settle: Any, find: Any
) -> None:
    give(ctx, priority=Priority.DISABLED, assistance=AssistanceKind.SIGN, persons=2)
    give(ctx)
    clock.advance(minutes=9)
    four.page("banko").load()
    settle()
    assert "TİD" not in shown_text(four) + card(four, find) + find(four, "V 001").accessibleDescription()
    press(four, "Space")
    settle()
    assert card(four, find).endswith("Öncelikli · Türk İşaret Dili (TİD) · 2 kişi")
    assert (
        "Neden bu sıra? 9 dk bekledi; öncelikli olduğu için 30 dakika önce gelmiş sayıldı. "
        "Ardından V 002 geliyordu: 9 dk."
    ) in shown_text(four)


def test_the_seconds_run_by_the_clock(
    four: StaffWindow, ctx: Context, clock: SetClock, press: Any, settle: Any, find: Any, qtbot: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    clock.advance(seconds=24)
    qtbot.waitUntil(lambda: "Çağrıdan beri 24 sn" in card(four, find))
    press(four, "Return")
    settle()
    clock.advance(minutes=4, seconds=12)
    qtbot.waitUntil(lambda: "İşlem süresi 4 dk 12 sn" in card(four, find))


def test_who_was_first_is_said_and_the_page_is_right_again(
    four: StaffWindow, ctx: Context, context_of: Any, press: Any, settle: Any, find: Any
) -> None:
    ticket = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    four.page("banko").hide()  # a screen that has not heard yet
    counter.start(context_of(staff="banko5"), ticket.id)
    counter.finish(context_of(staff="banko5"), ticket.id)
    four.page("banko").panel.go_on()
    settle()
    assert "V 001 için önce Banko 4 işlem yaptı: Tamamlandı (10.42)." in shown_text(four)
    four.page("banko").show()
    settle()
    assert card(four, find).startswith("Çağrılan numara yok")


def test_after_a_click_space_is_still_the_call(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    give(ctx)
    QTest.mouseClick(find(four, "Sıradakini çağır"), Qt.MouseButton.LeftButton)
    settle()
    for _ in range(2):
        QTest.mouseClick(find(four, "Geldi, işleme al veya bitir"), Qt.MouseButton.LeftButton)
        settle()
    press(four, "Space")
    settle()
    assert panel().current.number == "V 002"


def test_a_button_reached_with_tab_keeps_its_own_enter(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    find(four, "Tekrar çağır").setFocus(Qt.FocusReason.TabFocusReason)
    press(four, "Return")
    settle()
    assert panel().current.state == "called"
    assert panel().current.recalls == 2


def test_a_closed_counter_is_opened_with_enter_and_calls_nobody_before(
    window: StaffWindow, office: Any, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    give(ctx)
    office.take_counter(4)
    settle()
    assert card(window, find) == "Banko kapalı · 1 bekliyor"
    press(window, "Space")
    settle()
    assert "Banko 4 kapalı. Çağırmak için önce bankoyu açınız." in shown_text(window)
    assert panel().current is None and not panel().open
    assert find(window, "Geldi, işleme al veya bitir").accessibleDescription() == "Bankoyu aç"
    press(window, "Return")
    settle()
    assert panel().open
    press(window, "Space")
    settle()
    assert panel().current.number == "V 001"


def test_the_counter_is_closed_from_the_other_deeds(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, panel: Any
) -> None:
    press(four, "F12")
    choose(four, press, settle, "Bankoyu kapat")
    assert not panel().open
    assert "Kapalı" in shown_text(four)


def test_the_small_window_works_by_the_same_keys_and_asks_before_closing(
    office: Any, ctx: Context, press: Any, settle: Any, find: Any, panel: Any
) -> None:
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    small = BankoWindow(office)
    small.show()
    settle()
    give(ctx)
    settle(lambda: "1 bekliyor · bugün 0 işlem" in shown_text(small))
    press(small, "Space")
    settle()
    assert panel().current.number == "V 001"
    small.close()
    assert small.isVisible()
    assert "Pencereyi kapatmak istiyor musunuz?" in shown_text(small)
    press(small, "Esc")
    press(small, "Return")
    settle()
    press(small, "Return")
    settle()
    assert panel().served_today == 1
    small.close()
    assert not small.isVisible()


def test_the_small_window_has_room_for_the_next_three(
    office: Any, ctx: Context, press: Any, settle: Any, find: Any
) -> None:
    for _ in range(5):
        give(ctx)
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    small = BankoWindow(office)
    small.show()
    settle()
    press(small, "Space")
    settle(lambda: find_all(small, "V 004"))
    third = find(small, "V 004")
    assert (small.width(), small.height()) == (420, 760)
    assert third.visibleRegion().boundingRect() == third.rect()


def test_the_keys_live_on_after_the_database_was_away(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(ctx: Context, number: int, *, small: bool) -> None:
        raise Fault(N_("Veri tabanına ulaşılamıyor."))

    give(ctx)
    with monkeypatch.context() as away:
        away.setattr(banko_panel, "read_counter", lost)
        press(four, "Space")
        settle()
        assert "Veri tabanına ulaşılamıyor." in shown_text(four)
    four.page("banko").load()
    settle()
    press(four, "Return")
    settle()
    assert panel().current.state == "serving"


def heights(window: StaffWindow) -> list[tuple[int, int]]:
    """Where each key of the counter begins, and how high it is."""
    panel = window.current_page().panel
    return [(button.mapTo(panel, QPoint(0, 0)).y(), button.height()) for button in panel.buttons()]


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_key_moves_whatever_the_counter_shows(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, scale: float
) -> None:
    app_look().change(text_scale=1.5)
    settle()
    app_look().change(text_scale=scale)  # a label that keeps the height of another size would tell
    settle()
    try:
        at_rest = heights(four)
        give(ctx, priority=Priority.AGE)
        give(ctx)
        give(ctx)
        settle()
        seen = [heights(four)]
        for keys in ("Space", "Return", "Return", "Space", "B", "Space", "Return"):
            press(four, keys)
            settle()
            seen.append(heights(four))
        assert seen == [at_rest] * len(seen)
    finally:
        app_look().change(text_scale=1.0)


def test_what_the_counter_finished_with_stands_on_its_page(
    four: StaffWindow, ctx: Context, clock: SetClock, press: Any, settle: Any
) -> None:
    give(ctx)
    settle()
    assert "Biten işlem yok" in shown_text(four)
    press(four, "Space")
    settle()
    press(four, "Return")
    settle()
    clock.advance(minutes=6)
    press(four, "Return")
    settle()
    assert "V 001" in shown_text(four)
    assert "6 dk işlem" in shown_text(four)

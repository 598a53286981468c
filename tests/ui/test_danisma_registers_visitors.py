"""Danışma: a visitor in two seconds, by keyboard alone, over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from person import shown_text, unhurried
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.actions import desk as actions
from desk.actions import paper
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import N_, Fault
from desk.queue import reads
from desk.queue.types import Band, LiveBoard, Window
from desk.registry import assistance
from desk.ui.staff.danisma_words import as_told, outlook_words
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import PaperView, QueueRow


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


@pytest.fixture
def board(ctx: Context) -> Callable[[], LiveBoard]:
    return lambda: ctx.read(reads.live_board, 100)


def numbers(board: LiveBoard) -> list[str]:
    return [one.number for one in reversed(board.issued)]


def test_the_search_has_the_focus_at_once(window: StaffWindow, search: QLineEdit) -> None:
    assert search.hasFocus()


def test_a_plain_visitor_takes_the_letters_and_two_keys(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "em")
    press(window, "Return")
    press(window, "Return")
    settle()
    assert numbers(board()) == ["V 001"]
    assert "V 001 verildi · Emlak" in shown_text(window)
    assert search.text() == ""
    assert search.hasFocus()


def test_f2_takes_the_line_that_is_marked(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "nikâh gü")
    press(window, "F2")
    settle()
    assert numbers(board()) == ["N 001"]


def test_turkish_letters_find_with_and_without_their_marks(
    window: StaffWindow, search: QLineEdit, type_text: Any, find: Any
) -> None:
    for typed in ("şikayet", "SIKAYET", "şikâyet"):
        search.clear()
        type_text(search, typed)
        assert find(window, "Talep, öneri, şikâyet").isVisible()


def test_a_double_f2_gives_one_number(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "evrak")
    press(window, "F2")
    press(window, "F2")
    settle()
    assert numbers(board()) == ["E 001"]
    assert board().visits_today == 1


def test_a_double_f4_counts_one_visitor(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "mescit")
    press(window, "F4")
    press(window, "F4")
    settle()
    assert board().visits_today == 1


def test_a_held_enter_chooses_and_gives_no_number(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "emlak")
    press(window, "Return")
    for _ in range(3):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
        QApplication.sendEvent(search, held)
    settle()
    assert board().visits_today == 0
    assert search.text().startswith("Emlak")


def test_the_next_visitor_can_be_typed_before_the_answer(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "emlak")
    press(window, "F2")
    type_text(search, "nik")
    settle()
    assert search.text() == "nik"
    press(window, "F2")
    settle()
    assert numbers(board()) == ["V 001", "N 001"]


def test_showing_the_way_is_one_key_and_counts_without_a_number(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "mes")
    press(window, "F4")
    settle()
    assert board().visits_today == 1
    assert numbers(board()) == []
    assert "Bilgi verildi: Mescit nerede? · 1 kişi" in shown_text(window)


def test_the_way_can_be_counted_with_nothing_chosen(window: StaffWindow, press: Any, settle: Any, board: Any) -> None:
    press(window, "F4")
    settle()
    assert board().visits_today == 1


def test_f2_says_that_a_place_without_queue_gets_no_number(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "mescit")
    press(window, "F2")
    settle()
    assert "“Mescit nerede?” için numara verilmez. Yolu anlattıysanız F4 ile kaydediniz." in shown_text(window)
    assert board().visits_today == 0
    assert search.text() == "mescit"


def test_f2_with_nothing_entered_asks_for_a_destination(window: StaffWindow, press: Any, settle: Any) -> None:
    press(window, "F2")
    settle()
    assert "Önce birim veya konu yazıp seçiniz." in shown_text(window)


def test_ctrl_z_takes_the_number_back(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    type_text(search, "emlak")
    press(window, "F2")
    settle()
    type_text(search, "nik")  # the next one is being typed: the field's own undo must not catch the chord
    press(window, "Ctrl+Z")
    settle()
    assert "V 001 iptal edildi; fişi geri alınız." in shown_text(window)
    assert numbers(board()) == []
    assert board().visits_today == 0
    assert search.text() == "nik"


def test_ctrl_z_after_ten_seconds_says_it_is_too_late(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any, clock: SetClock
) -> None:
    type_text(search, "emlak")
    press(window, "F2")
    settle()
    clock.advance(seconds=11)
    press(window, "Ctrl+Z")
    settle()
    assert "Geri alma süresi (10 sn) doldu." in shown_text(window)
    assert numbers(board()) == ["V 001"]


def test_ctrl_z_without_a_message_stays_the_fields_own(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any
) -> None:
    type_text(search, "emlak")
    press(window, "Ctrl+Z")
    assert search.text() == ""


def test_arrows_and_ctrl_digits_choose_a_line(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, find: Any
) -> None:
    type_text(search, "emlak ver")
    press(window, "Down")
    press(window, "Return")
    second = search.text()
    press(window, "Esc")
    type_text(search, "emlak ver")
    press(window, "Ctrl+2")
    assert search.text() == second == "Emlak vergisi ödeme"


def test_a_group_gets_one_number_or_one_each(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any, find: Any
) -> None:
    type_text(search, "danışma")
    press(window, "Alt+Up")
    press(window, "Alt+Up")
    press(window, "Alt+Down")
    press(window, "F2")
    settle()
    assert (board().persons_today, numbers(board())) == (2, ["A 001"])
    type_text(search, "danışma")
    press(window, "Tab")
    type_text(QApplication.focusWidget(), "40")
    assert find(window, "Kişi başına numara").label() == "40 ayrı numara"
    press(window, "Alt+N")
    press(window, "F2")
    settle()
    assert len(numbers(board())) == 41
    assert "A 002 – A 041 verildi (40 numara)" in shown_text(window)
    assert search.hasFocus()


def test_a_single_visitor_is_not_asked_about_groups(window: StaffWindow, press: Any, find: Any) -> None:
    assert "ayrı numara" not in shown_text(window)
    press(window, "Alt+Up")
    assert find(window, "Kişi başına numara").isVisible()


def test_priority_is_one_of_five_and_is_never_named_on_the_slip(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    names = ["65 yaş ve üzeri", "Engelli", "Hamile", "Bebekli / küçük çocuklu", "Şehit yakını / gazi"]
    type_text(search, "emlak")
    for place, name in enumerate(names, start=1):
        press(window, f"Alt+{place}")
        assert [chip for chip in names if find(window, chip).isChecked()] == [name]
    slip = find(window, "Fiş ön izlemesi", PaperView)
    settle(lambda: "ncelikli" in slip.accessibleDescription())
    assert not any(name in slip.accessibleDescription() for name in names)
    press(window, "Alt+5")
    assert not any(find(window, name).isChecked() for name in names)


def test_the_list_says_of_the_chosen_service_what_the_slip_says(
    window: StaffWindow, search: QLineEdit, ctx: Context, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    for place in range(3):
        actions.register_visit(ctx, actions.VisitRequest(f"before-{place}", "vergi"))
    type_text(search, "emlak ver")
    press(window, "Return")
    slip = find(window, "Fiş ön izlemesi", PaperView)
    settle(lambda: "3 numara" in slip.accessibleDescription())
    settle(lambda: "Önünde 3 numara" in shown_text(window))
    press(window, "Alt+1")
    settle(lambda: "3 numara" not in slip.accessibleDescription())
    settle(lambda: "Önünde kimse yok" in shown_text(window))


def test_the_forecast_of_the_slip_takes_the_place_of_the_boards(ctx: Context) -> None:
    actions.register_visit(ctx, actions.VisitRequest("before", "vergi"))
    queue = next(one for one in ctx.read(reads.live_board, 1).queues if one.service.code == "vergi")
    ticket = actions.draft_ticket(ctx, actions.VisitRequest("draft", "vergi"))
    in_minutes = replace(ticket, forecast=Band(15, 30), window=None)
    by_the_clock = replace(ticket, forecast=None, window=Window(time(13, 0), time(13, 5)))
    assert outlook_words(as_told(replace(queue, forecast=Band(40, 60)), in_minutes)) == "15–30 dk"
    assert outlook_words(as_told(replace(queue, forecast=Band(40, 60)), by_the_clock)) == "13.00–13.05"
    assert outlook_words(as_told(replace(queue, window=by_the_clock.window), in_minutes)) == "15–30 dk"


def test_the_slip_is_what_the_bytes_say(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    type_text(search, "nikah gün")
    slip = find(window, "Fiş ön izlemesi", PaperView)
    settle(lambda: "N 001" in slip.accessibleDescription())
    assert slip.image() is not None
    assert find(window, "Sıra ver ve yazdır").accessibleDescription() == "N 001 · Nikâh günü alma · 1 kişi"


def test_alt_r_goes_through_the_kinds_of_help_and_off_again(window: StaffWindow, press: Any, find: Any) -> None:
    kinds = [
        "Tekerlekli sandalye",
        "Yürüme desteği",
        "Sesli eşlik",
        "Türk İşaret Dili (TİD)",
        "Çocuğa eşlik",
        "Birime eşlik",
    ]
    for name in kinds:
        press(window, "Alt+R")
        assert [one for one in kinds if find(window, one).isChecked()] == [name]
    press(window, "Alt+R")
    assert not find(window, "Refakat isteniyor").isChecked()
    assert "Yürüme desteği" not in shown_text(window)


def test_help_that_is_asked_for_becomes_a_job_shown_without_its_kind(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, ctx: Context
) -> None:
    type_text(search, "imar")
    press(window, "Alt+R")
    press(window, "F2")
    settle(lambda: "R 001 → 2. kat · Banko 7" in shown_text(window))
    assert [job.number for job in ctx.read(assistance.board).jobs] == ["R 001"]
    assert "Tekerlekli" not in shown_text(window)


def test_a_wrong_identity_number_is_told_and_gives_no_ticket(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any, find: Any
) -> None:
    type_text(search, "emlak")
    press(window, "Alt+K")
    tckn = find(window, "T.C. kimlik no", QLineEdit)
    type_text(tckn, "12345678951")
    press(window, "F2")
    settle()
    assert "T.C. kimlik no hatalı; 11 haneyi yeniden denetleyiniz." in shown_text(window)
    assert board().visits_today == 0
    tckn.clear()
    type_text(tckn, "12345678950")
    assert "123 456 789 50" in shown_text(window)
    press(window, "F2")
    settle()
    assert numbers(board()) == ["V 001"]
    assert "T.C. kimlik no" not in shown_text(window).split("\n")


def test_identity_is_folded_away_and_the_focus_comes_back(
    window: StaffWindow, search: QLineEdit, press: Any, find: Any
) -> None:
    press(window, "Alt+K")
    assert find(window, "Ad soyad", QLineEdit).hasFocus()
    press(window, "Alt+K")
    assert search.hasFocus()


def test_esc_clears_everything_and_ctrl_k_goes_to_the_search(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, find: Any
) -> None:
    type_text(search, "emlak")
    press(window, "Alt+2")
    press(window, "Alt+G")
    press(window, "Alt+Up")
    press(window, "Esc")
    assert search.text() == ""
    assert not find(window, "Engelli").isChecked()
    assert find(window, "Randevusuz").isChecked()
    assert find(window, "Kişi sayısı", QLineEdit).text() == "1"
    press(window, "Tab")
    press(window, "Ctrl+K")
    assert search.hasFocus()


def test_shift_f2_repeats_the_last_service(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any
) -> None:
    press(window, "Shift+F2")
    assert "Yinelenecek bir işlem yok." in shown_text(window)
    type_text(search, "emlak")
    press(window, "F2")
    settle()
    press(window, "Shift+F2")
    press(window, "Shift+F2")  # a doubled key was meant once
    settle()
    assert numbers(board()) == ["V 001", "V 002"]


def test_f3_prints_the_last_slip_again_as_a_copy(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any, ctx: Context
) -> None:
    type_text(search, "emlak")
    press(window, "F2")
    settle()
    press(window, "F3")
    settle()
    assert "V 001 yeniden yazdırılıyor (kopya)." in shown_text(window)
    job = paper.job_of(ctx, board().issued[0].ticket_id)
    assert job is not None and job.copy_no == 2


def test_a_click_on_a_chip_leaves_the_focus_in_the_search(window: StaffWindow, search: QLineEdit, find: Any) -> None:
    for name in ("Hamile", "Randevulu", "Refakat isteniyor"):
        QTest.mouseClick(find(window, name), Qt.MouseButton.LeftButton)
        assert find(window, name).isChecked()
        assert search.hasFocus()


def test_letters_with_altgr_are_letters(window: StaffWindow, search: QLineEdit, find: Any) -> None:
    """AltGr arrives as Ctrl+Alt (Windows) or as a level of its own (X11): none of it is a chord."""
    ctrl_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for key, text, modifiers in (
        (Qt.Key.Key_1, ">", ctrl_alt),
        (Qt.Key.Key_2, "£", ctrl_alt),
        (Qt.Key.Key_R, "¶", Qt.KeyboardModifier.GroupSwitchModifier),
        (Qt.Key.Key_K, "ĸ", Qt.KeyboardModifier.GroupSwitchModifier | Qt.KeyboardModifier.AltModifier),
    ):
        QTest.sendKeyEvent(QTest.KeyAction.Press, search, key, text, modifiers)
    assert not find(window, "65 yaş ve üzeri").isChecked()
    assert not find(window, "Engelli").isChecked()
    assert not find(window, "Refakat isteniyor").isChecked()
    assert "T.C. kimlik no" not in shown_text(window).split("\n")


def test_digits_in_the_search_are_text(window: StaffWindow, search: QLineEdit, type_text: Any, find: Any) -> None:
    type_text(search, "4982")
    assert search.text() == "4982"
    assert find(window, "Bilgi edinme başvurusu (4982)").isVisible()


def test_a_failure_brings_the_visitor_back_with_the_same_key(
    window: StaffWindow,
    search: QLineEdit,
    type_text: Any,
    press: Any,
    settle: Any,
    board: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, keys = actions.register_visit, []

    def failing_once(ctx: Context, request: actions.VisitRequest, **kwargs: Any) -> actions.Registered:
        keys.append(request.key)
        if len(keys) == 1:
            raise Fault(N_("Diskte yer kalmadı. Kayıt yapılmadı; bilgi işleme haber veriniz."))
        return real(ctx, request, **kwargs)

    monkeypatch.setattr(actions, "register_visit", failing_once)
    type_text(search, "emlak")
    press(window, "Alt+2")
    press(window, "F2")
    settle()
    assert "Diskte yer kalmadı. Kayıt yapılmadı; bilgi işleme haber veriniz." in shown_text(window)
    assert search.text().startswith("Emlak")
    press(window, "F2")
    settle()
    assert numbers(board()) == ["V 001"]
    assert keys[0] == keys[1]


def test_a_failure_never_overwrites_the_next_visitor(
    window: StaffWindow,
    search: QLineEdit,
    type_text: Any,
    press: Any,
    settle: Any,
    board: Any,
    find: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, calls = actions.register_visit, []

    def failing_once(ctx: Context, request: actions.VisitRequest, **kwargs: Any) -> actions.Registered:
        calls.append(request)
        if len(calls) == 1:
            raise Fault(N_("Veri tabanına ulaşılamıyor."))
        return real(ctx, request, **kwargs)

    monkeypatch.setattr(actions, "register_visit", failing_once)
    type_text(search, "emlak")
    press(window, "F2")
    type_text(search, "nik")
    settle()
    assert search.text() == "nik"
    find(window, "Yeniden dene").click()
    settle()
    assert numbers(board()) == ["V 001"]
    assert search.text() == "nik"


def test_outside_hours_a_quiet_line_says_so_and_numbers_are_given(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, board: Any, clock: SetClock
) -> None:
    assert "Mesai dışı: kiosk kapalıdır; danışmadan numara verilebilir." not in shown_text(window)
    clock.advance(hours=8)
    window.page("danisma").load()
    settle()
    assert "Mesai dışı: kiosk kapalıdır; danışmadan numara verilebilir." in shown_text(window)
    type_text(search, "emlak")
    press(window, "F2")
    settle()
    assert numbers(board()) == ["V 001"]


def test_what_another_desk_does_is_seen(
    window: StaffWindow, context_of: Callable[..., Context], settle: Any, find: Any
) -> None:
    other = context_of(staff="danisma2")
    actions.register_visit(other, actions.VisitRequest(key="x", service_code="evrak"))
    settle(lambda: "E 001" in shown_text(window))
    assert find(window, "Dilekçe ve evrak", QueueRow).accessibleDescription().startswith("1")
    assert "Bugün 1 ziyaret, 1 kişi · son bir saatte 1 ziyaret" in shown_text(window)


def test_eight_closed_counters_do_not_push_the_queue_over_the_edge(window: StaffWindow, find: Any, settle: Any) -> None:
    settle()
    last = find(window, "Banko 8")
    assert last.accessibleDescription() == "kapalı"
    assert last.visibleRegion().boundingRect() == last.rect()
    waiting = find(window, "Emlak ve çevre temizlik vergisi", QueueRow)
    assert waiting.visibleRegion().boundingRect() == waiting.rect()


def test_the_name_can_be_seen_while_it_is_typed_in_a_low_window(
    window: StaffWindow, search: QLineEdit, type_text: Any, press: Any, settle: Any, find: Any
) -> None:
    window.resize(1366, 768)
    type_text(search, "emlak")
    press(window, "Return")
    press(window, "Alt+R")
    press(window, "Alt+K")
    name = find(window, "Ad soyad", QLineEdit)
    assert name.hasFocus()
    settle(lambda: name.visibleRegion().boundingRect() == name.rect())
    press(window, "Alt+K")
    settle(lambda: search.visibleRegion().boundingRect() == search.rect())

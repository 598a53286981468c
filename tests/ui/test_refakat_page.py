"""Refakat as the desk uses it: one key per step, the clock, who is free, what is out."""

from __future__ import annotations

import pytest
from person import shown_text
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.actions import desk, escort
from desk.registry import assistance
from desk.registry.types import AssistanceKind, AssistanceState
from desk.ui.staff.refakat import RefakatPage
from desk.ui.widgets import toasts


def board(ctx):
    return ctx.read(assistance.board)


def said(window) -> str:
    return " ".join(toast.words() for toast in toasts(window).shown())


def focused() -> str:
    return QApplication.focusWidget().accessibleName()


@pytest.fixture
def window(office, settle):
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    page = RefakatPage(office)
    page.said.connect(lambda words, undo: toasts(window).info(words))
    page.failed.connect(lambda words: toasts(window).error(words))
    window.badges = []
    page.badge.connect(window.badges.append)
    column.addWidget(page)
    window.page = page
    window.show()
    settle()
    return window


@pytest.fixture
def wheelchair(window, ctx, settle):
    """A job of a visitor who was given a number."""
    request = desk.VisitRequest(key="v1", service_code="imar", assistance=AssistanceKind.WHEELCHAIR)
    desk.register_visit(ctx, request)
    settle(lambda: "R 001" in shown_text(window))
    window.page.enter()
    return board(ctx).jobs[0]


def test_one_key_per_step_takes_a_job_from_request_to_end(window, ctx, wheelchair, press, settle):
    assert focused() == "R 001, Tekerlekli sandalye"
    for state in (AssistanceState.ASSIGNED, AssistanceState.STARTED, AssistanceState.HANDED_OVER):
        press(window, "Return")
        settle(lambda state=state: board(ctx).jobs[0].state is state)
        settle(lambda state=state: window.page._cards[wheelchair.id].job.state is state)
    press(window, "Return")
    settle(lambda: "Açık refakat yok" in shown_text(window))
    assert board(ctx).done_today == 1


def test_enter_assigns_the_free_escort_with_a_chair_that_is_in(window, ctx, wheelchair, press, settle):
    assert "öneri: Refakat Görevlisi 1 + Tekerlekli sandalye 1" in shown_text(window)
    press(window, "Return")
    settle(lambda: board(ctx).jobs[0].escort)
    job = board(ctx).jobs[0]
    assert (job.escort, job.equipment) == ("Refakat Görevlisi 1", "Tekerlekli sandalye 1")
    settle(lambda: "R 001’de" in shown_text(window) or "R 001’de" in _described(window))


def _described(window) -> str:
    return " ".join(part.accessibleDescription() for part in window.findChildren(QWidget) if part.isVisible())


def test_e_chooses_somebody_else_and_no_equipment(window, ctx, wheelchair, press, settle, find):
    press(window, "E")
    press(find(window, "Ekipmansız"), "Space")
    find(window, "Refakat Görevlisi 2").setFocus()
    press(window, "Return")
    settle(lambda: board(ctx).jobs[0].escort)
    assert board(ctx).jobs[0].escort == "Refakat Görevlisi 2"
    assert all(piece.out_since is None for piece in board(ctx).equipment)


def test_changing_the_escort_keeps_the_chair_that_is_out(window, ctx, wheelchair, press, settle, find):
    press(window, "Return")
    settle(lambda: window.page._cards[wheelchair.id].job.escort)
    press(window, "E")
    find(window, "Refakat Görevlisi 3").setFocus()
    press(window, "Return")
    settle(lambda: board(ctx).jobs[0].escort == "Refakat Görevlisi 3")
    assert [piece.out_with for piece in board(ctx).equipment if piece.out_since] == ["R 001"]


def test_changing_to_another_chair_brings_the_first_one_back(window, ctx, wheelchair, press, settle, find):
    press(window, "Return")
    settle(lambda: window.page._cards[wheelchair.id].job.escort)
    press(window, "E")
    find(window, "Tekerlekli sandalye 2").setFocus()
    press(window, "Return")
    settle(lambda: [p.name for p in board(ctx).equipment if p.out_since] == ["Tekerlekli sandalye 2"])


def test_esc_closes_the_choice_and_the_card_has_the_focus_again(window, ctx, wheelchair, press):
    press(window, "E")
    assert focused() != "R 001, Tekerlekli sandalye"
    press(window, "Escape")
    assert focused() == "R 001, Tekerlekli sandalye"
    assert board(ctx).jobs[0].escort == ""


def test_arrows_go_from_card_to_card(window, ctx, wheelchair, press, settle):
    escort.request(ctx, AssistanceKind.CHILD, "Evlendirme, 1. kat")
    settle(lambda: "RF 002" in shown_text(window))
    press(window, "Down")
    assert focused() == "RF 002, Çocuğa eşlik"
    press(window, "Up")
    assert focused() == "R 001, Tekerlekli sandalye"


def test_the_first_job_of_an_empty_page_has_the_focus_at_once(window, ctx, settle):
    window.page.enter()
    escort.request(ctx, AssistanceKind.CHILD, "Evlendirme, 1. kat")
    settle(lambda: "RF 001" in shown_text(window))
    assert focused() == "RF 001, Çocuğa eşlik"


def test_when_a_job_ends_the_focus_goes_to_its_neighbour(window, ctx, wheelchair, press, settle):
    job_id = escort.request(ctx, AssistanceKind.CHILD, "Evlendirme, 1. kat")
    settle(lambda: "RF 002" in shown_text(window))
    press(window, "Down")
    escort.cancel(ctx, job_id)
    settle(lambda: "RF 002" not in shown_text(window))
    assert focused() == "R 001, Tekerlekli sandalye"


def test_the_clock_runs_and_says_when_the_target_was_missed(window, wheelchair, clock):
    clock.advance(minutes=4, seconds=12)
    window.page._tick()
    assert "4 dk 12 sn" in shown_text(window)
    assert "Hedef 15 dk" in shown_text(window)
    clock.advance(minutes=9)
    window.page._tick()
    assert "Hedef 15 dk · 2 dk kaldı" in shown_text(window)
    clock.advance(minutes=4)
    window.page._tick()
    assert "Hedef 15 dk · 2 dk aşıldı" in shown_text(window)


def test_the_clock_stands_while_nobody_can_see_it(window):
    assert window.page._clock.isActive()
    window.hide()
    assert not window.page._clock.isActive()
    window.show()
    assert window.page._clock.isActive()


def test_the_rail_counts_what_has_not_started_also_when_hidden(window, ctx, settle):
    window.hide()
    escort.request(ctx, AssistanceKind.VOICE, "Yazı İşleri")
    settle(lambda: window.badges and window.badges[-1] == 1)


def test_cancelling_asks_once(window, ctx, wheelchair, press, settle, find):
    press(window, "Delete")
    assert board(ctx).jobs
    press(find(window, "İptali onayla"), "Space")
    settle(lambda: not board(ctx).jobs)


def test_a_job_that_somebody_else_moved_is_said_and_shown_as_it_is(window, ctx, wheelchair, press, settle, office):
    office.bridge.changed.disconnect()
    escort.cancel(ctx, wheelchair.id)
    press(window, "Return")
    settle(lambda: "refakati değişmiş" in said(window))
    settle(lambda: "Açık refakat yok" in shown_text(window))


def test_a_job_without_a_number_is_opened_with_ctrl_n_and_f2(window, ctx, press, settle, find, type_text):
    press(window, "Ctrl+N")
    press(find(window, "Türk İşaret Dili (TİD)"), "Space")
    type_text(find(window, "Nereye"), "Nikâh salonu")
    press(window, "F2")
    settle(lambda: board(ctx).jobs)
    job = board(ctx).jobs[0]
    assert (job.kind, job.to_place, job.number) == (AssistanceKind.SIGN, "Nikâh salonu", "RF 001")


def test_a_new_job_has_the_focus_and_the_keys(window, ctx, wheelchair, press, settle, find, type_text):
    press(window, "Ctrl+N")
    type_text(find(window, "Nereye"), "Nikâh salonu")
    press(window, "F2")
    settle(lambda: focused().startswith("RF 002"))
    press(window, "Return")
    settle(lambda: any(job.escort for job in board(ctx).jobs))
    assert [job.number for job in board(ctx).jobs if job.escort] == ["RF 002"]


def test_a_double_f2_opens_one_job(window, ctx, press, settle, find, type_text):
    press(window, "Ctrl+N")
    type_text(find(window, "Nereye"), "Nikâh salonu")
    press(window, "F2")
    press(window, "F2")
    settle(lambda: board(ctx).jobs)
    settle()
    assert [job.number for job in board(ctx).jobs] == ["RF 001"]
    press(window, "Ctrl+N")
    type_text(find(window, "Nereye"), "Muhtarlık")
    press(window, "F2")
    settle(lambda: len(board(ctx).jobs) == 2)


def test_a_job_to_nowhere_is_refused_at_the_field(window, ctx, press, settle, find):
    press(window, "Ctrl+N")
    press(window, "F2")
    settle()
    assert "yazınız" in find(window, "Nereye").accessibleDescription()
    assert not board(ctx).jobs


def test_equipment_is_booked_out_to_the_current_job_and_in_again(window, ctx, wheelchair, press, settle, find):
    press(find(window, "Tekerlekli sandalye 3: Ver"), "Space")
    settle(lambda: any(piece.out_since for piece in board(ctx).equipment))
    settle(lambda: "Tekerlekli sandalye 3: Geri al" in shown_text(window))
    press(find(window, "Tekerlekli sandalye 3: Geri al"), "Space")
    settle(lambda: not any(piece.out_since for piece in board(ctx).equipment))


def test_twenty_jobs_and_a_very_long_place_keep_the_window_its_width(window, ctx, settle):
    for _ in range(20):
        escort.request(ctx, AssistanceKind.UNIT, "Ş" * 120)
    settle(lambda: len(window.page._cards) == 20)
    assert window.page.minimumSizeHint().width() <= 1278

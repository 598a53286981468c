"""Slow work: order, freshness, failure, owners that are gone."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desk.errors import N_, Cancelled, Fault, UserError
from desk.ui import tasks, theme
from desk.ui.theme import LIGHT
from desk.ui.widgets import toasts


@pytest.fixture(autouse=True)
def app(qapp):
    theme.apply(qapp, LIGHT)
    return qapp


@pytest.fixture
def window(qtbot):
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(800, 500)
    shown.show()
    yield shown
    assert tasks.wait_idle()


def said(window: QWidget) -> list[str]:
    return [toast.words() for toast in toasts(window).shown()]


def test_the_work_is_done_elsewhere_and_told_here(window):
    here, where, told = threading.get_ident(), [], []

    def op() -> str:
        where.append(threading.get_ident())
        return "V 017"

    tasks.run(window, op, lambda value: told.append((value, threading.get_ident())))
    assert told == []
    assert tasks.wait_idle()
    assert told == [("V 017", here)]
    assert where != [here]


def test_actions_happen_in_the_order_of_the_key_presses(window):
    done, told = [], []
    for number in range(20):
        tasks.run(window, lambda number=number: done.append(number) or number, told.append)
    assert tasks.wait_idle()
    assert done == told == list(range(20))


def test_reads_run_side_by_side(window):
    both = threading.Barrier(2, timeout=5)
    told = []
    tasks.read(window, lambda: both.wait() is not None, told.append)
    tasks.read(window, lambda: both.wait() is not None, told.append)
    assert tasks.wait_idle()
    assert told == [True, True]


def test_an_action_does_not_wait_for_a_slow_read(window):
    gate, told = threading.Event(), []
    tasks.read(window, lambda: gate.wait(5), lambda _: told.append("read"))
    tasks.run(window, lambda: gate.set(), lambda _: told.append("action"))
    assert tasks.wait_idle()
    assert sorted(told) == ["action", "read"]


def test_only_the_newest_search_is_shown(window):
    gate, told = threading.Event(), []

    def slow() -> str:
        gate.wait(5)
        return "em"

    tasks.latest(window, "search", slow, told.append)
    tasks.latest(window, "search", lambda: "emlak", told.append)
    tasks.latest(window, "preview", lambda: "slip", told.append)
    gate.set()
    assert tasks.wait_idle()
    assert sorted(told) == ["emlak", "slip"]


def test_the_searches_of_two_pages_do_not_void_each_other(window, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    told = []
    tasks.latest(window, "search", lambda: 1, told.append)
    tasks.latest(other, "search", lambda: 2, told.append)
    assert tasks.wait_idle()
    assert sorted(told) == [1, 2]


def test_an_answer_for_a_closed_window_is_dropped(window):
    gate, told = threading.Event(), []
    page = QWidget(window)
    tasks.run(page, lambda: gate.wait(5), told.append, on_end=lambda: told.append("end"))
    page.deleteLater()
    QApplication.sendPostedEvents(page, 52)  # QEvent.DeferredDelete
    gate.set()
    assert tasks.wait_idle()
    assert told == []


def refuse() -> None:
    raise UserError(N_("{number} numara Banko {counter} tarafından çağrıldı."), number="V 017", counter=3)


def test_a_refusal_is_shown_in_the_window(window):
    tasks.run(window, refuse, pytest.fail)
    assert tasks.wait_idle()
    assert said(window) == ["V 017 numara Banko 3 tarafından çağrıldı."]


def test_a_page_may_show_a_refusal_itself(window):
    told, ended = [], []
    tasks.run(window, refuse, pytest.fail, told.append, on_end=lambda: ended.append(1))
    assert tasks.wait_idle()
    assert isinstance(told[0], UserError)
    assert (said(window), ended) == ([], [1])


def test_a_window_with_its_own_way_of_showing_is_used(window):
    shown = []
    window.show_error = shown.append

    def fail() -> None:
        raise Fault(N_("Yazıcı yanıt vermiyor."))

    tasks.read(window, fail)
    assert tasks.wait_idle()
    assert (shown, said(window)) == (["Yazıcı yanıt vermiyor."], [])


def test_who_changes_their_mind_is_told_nothing(window):
    def cancel() -> None:
        raise Cancelled

    tasks.run(window, cancel, pytest.fail, pytest.fail)
    assert tasks.wait_idle()
    assert said(window) == []


def test_a_bug_is_logged_with_the_id_that_is_shown(window, caplog):
    with caplog.at_level(logging.ERROR, "desk.bug"):
        tasks.run(window, lambda: 1 // 0, pytest.fail, pytest.fail)
        assert tasks.wait_idle()
    record = caplog.records[0]
    assert record.exc_info[0] is ZeroDivisionError
    assert record.bug in said(window)[0]


def test_what_an_answer_sets_off_is_waited_for_too(window):
    told = []
    tasks.run(window, lambda: 1, lambda _: tasks.read(window, lambda: 2, told.append))
    assert tasks.wait_idle()
    assert told == [2]
    assert tasks.under_way() == 0


def test_waiting_ends_when_time_runs_out(window):
    gate = threading.Event()
    tasks.run(window, lambda: gate.wait(5))
    assert not tasks.wait_idle(30)
    gate.set()
    assert tasks.wait_idle()


def test_work_is_asked_for_on_the_gui_thread_only(window):
    raised = []

    def wrong() -> None:
        try:
            tasks.run(window, lambda: None)
        except RuntimeError as error:
            raised.append(str(error))

    thread = threading.Thread(target=wrong)
    thread.start()
    thread.join(5)
    assert raised == ["tasks belong to the GUI thread"]


def test_before_the_end_begun_work_is_finished(window):
    done = []
    tasks.run(window, lambda: done.append(1))
    assert tasks.finish()
    assert done == [1]


@pytest.mark.parametrize("fails", [False, True])
def test_what_the_work_knew_of_a_window_dies_on_the_thread_of_the_windows(window, monkeypatch, fails):
    class Known:
        def __del__(self) -> None:
            ends.append(threading.get_ident())

    ends, told, delivered = [], [], threading.Event()
    worker = tasks._Worker

    def slow_to_let_go(job, report):
        return worker(job, lambda job: (report(job), delivered.wait(5)))

    def refuse(_known) -> None:
        raise UserError(N_("Olmadı."))

    monkeypatch.setattr(tasks, "_Worker", slow_to_let_go)
    known = Known()
    tasks.run(window, lambda known=known: refuse(known) if fails else known, told.append, told.append)
    del known
    assert tasks.wait_idle()
    assert len(told) == 1
    told.clear()
    delivered.set()
    assert tasks.finish()
    assert ends == [threading.get_ident()]

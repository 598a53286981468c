"""Banko beyond the usual keys: breaks, choosing a number, bringing back, sending to a counter, calls by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from banko_case import at_four, card, choose, give
from person import shown_text
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update

from desk.actions import counter, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.site import Service
from desk.models.ticket import Ticket, TicketCall
from desk.queue import reads
from desk.queue.types import CounterPanel, Priority
from desk.ui.staff.banko import BankoWindow
from desk.ui.staff.shell import StaffWindow
from desk.ui.theme import DARK, HIGH_CONTRAST, LIGHT


@pytest.fixture
def four(office: Any, ctx: Context, settle: Callable[..., None], press: Any) -> Iterator[StaffWindow]:
    yield from at_four(office, ctx, settle, press)


@pytest.fixture
def panel(ctx: Context) -> Callable[[], CounterPanel]:
    return lambda: ctx.read(reads.counter_panel, 4)


def test_a_break_has_a_reason_and_ends_with_enter(
    four: StaffWindow,
    ctx: Context,
    clock: SetClock,
    press: Any,
    settle: Any,
    find: Any,
    panel: Any,
) -> None:
    give(ctx)
    settle()
    press(four, "M")
    assert "Mola nedeni" in shown_text(four)
    choose(four, press, settle, "Öğle arası")
    assert (panel().state, panel().break_reason) == ("break", "Öğle arası")
    clock.advance(minutes=12)
    settle(lambda: card(four, find) == "Banko molada · Öğle arası · 12 dk · 1 bekliyor")
    press(four, "Space")
    settle()
    assert "Banko 4 molada. Çağırmak için önce moladan dönünüz." in shown_text(four)
    press(four, "Return")
    settle()
    assert panel().state == "open"
    press(four, "Space")
    settle()
    assert panel().current.number == "V 001"


def test_a_break_may_be_told_in_own_words(
    four: StaffWindow,
    press: Any,
    settle: Any,
    type_text: Any,
    find: Any,
    panel: Any,
) -> None:
    press(four, "M")
    settle()
    type_text(QApplication.focusWidget(), "Başkan çağırdı")
    press(four, "Return")
    settle()
    assert panel().break_reason == "Başkan çağırdı"


def test_a_typed_number_is_called_with_a_reason_that_stays_on_record(
    four: StaffWindow,
    ctx: Context,
    clock: SetClock,
    press: Any,
    settle: Any,
    type_text: Any,
    panel: Any,
) -> None:
    give(ctx)
    clock.advance(minutes=6)
    give(ctx)
    clock.advance(minutes=3)
    four.page("banko").load()
    settle()
    press(four, "N")
    settle()
    type_text(QApplication.focusWidget(), "v2")
    press(four, "Return")
    settle()
    assert "V 002 neden sırasından önce çağrılıyor?" in shown_text(four)
    choose(four, press, settle, "Çağrısını kaçırmış")
    assert panel().current.number == "V 002"
    with ctx.db.read() as session:
        call = session.execute(select(TicketCall)).scalar_one()
    assert (call.rule, call.rule_version) == ("chosen", 1)
    assert call.inputs == {
        "waited_minutes": 3,
        "head_start": 0,
        "runner_up": "V 001",
        "runner_up_waited": 9,
        "note": "Çağrısını kaçırmış",
    }
    assert (
        "Neden bu sıra? Seçilerek çağrıldı (Çağrısını kaçırmış); 3 dk bekledi. Kurala göre sıradaki V 001 idi: 9 dk."
    ) in shown_text(four)


def test_a_scanned_slip_is_asked_for_its_reason_too(
    four: StaffWindow,
    ctx: Context,
    press: Any,
    settle: Any,
    panel: Any,
) -> None:
    give(ctx)
    late = give(ctx).tickets[0]
    assert four.page("banko").open_scan(late.scan_code)
    settle()
    choose(four, press, settle, "Acil durum")
    assert panel().current.number == "V 002"
    assert not four.page("banko").open_scan(late.scan_code)  # somebody is at the counter: the desk tells where it is


def test_who_did_not_come_is_brought_back_from_the_list_of_numbers(
    four: StaffWindow,
    ctx: Context,
    clock: SetClock,
    press: Any,
    settle: Any,
    panel: Any,
) -> None:
    give(ctx)
    called = counter.call_next(ctx, 4)
    assert called is not None
    counter.recall(ctx, called.ticket_id)
    clock.advance(seconds=20)
    counter.no_show(ctx, called.ticket_id)
    clock.advance(minutes=4)
    four.page("banko").load()
    settle()
    press(four, "N")
    settle()
    assert "Gelmedi · saat 10.42 itibarıyla; sıraya geri alınır" in listed(four)
    choose(four, press, settle, "V 001")
    assert "V 001 sırasına geri alındı." in shown_text(four)
    assert [one.number for one in panel().next] == ["V 001"]


def listed(window: Any) -> list[str]:
    from desk.ui.staff.picker import Picker

    picker = next(w for w in window.findChildren(Picker) if w.isVisible())
    return [option.note for _, option in picker._rows]


@pytest.mark.parametrize(("deed", "state"), [("V 001 sırasına dönsün", "waiting"), ("V 001 ayrıldı", "cancelled")])
def test_a_called_number_goes_back_or_leaves(
    four: StaffWindow,
    ctx: Context,
    press: Any,
    settle: Any,
    panel: Any,
    deed: str,
    state: str,
) -> None:
    ticket = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    press(four, "F12")
    choose(four, press, settle, deed)
    assert panel().current is None
    assert ctx.read(reads.ticket, ticket.id).state == state


@pytest.mark.parametrize(
    ("deed", "outcome"), [("V 001 eksik belgeyle döndü", "papers"), ("V 001 başka birime gönderildi", "elsewhere")]
)
def test_service_ends_with_another_outcome_than_done(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, panel: Any, deed: str, outcome: str
) -> None:
    ticket = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    press(four, "Return")
    settle()
    press(four, "F12")
    choose(four, press, settle, deed)
    assert panel().current is None and panel().served_today == 1
    with ctx.db.read() as session:
        kept = session.get_one(Ticket, ticket.id)
    assert (kept.state, kept.outcome) == ("served", outcome)


def test_a_visitor_is_sent_to_one_counter_and_only_it_calls_them(
    four: StaffWindow,
    ctx: Context,
    context_of: Any,
    press: Any,
    settle: Any,
) -> None:
    five = context_of(staff="banko5")
    counter.open_counter(five, 5)
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "Y")
    settle()
    choose(four, press, settle, "Banko 5")
    assert ctx.read(reads.counter_panel, 4).next == ()
    (one,) = ctx.read(reads.counter_panel, 5).next
    assert (one.number, one.wanted) == ("V 001", "counter")


def test_a_further_service_gives_the_visitor_another_number(
    four: StaffWindow,
    ctx: Context,
    press: Any,
    settle: Any,
) -> None:
    first = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    press(four, "F12")
    choose(four, press, settle, "V 001 için ek hizmet")
    choose(four, press, settle, "İmar ve ruhsat")
    assert "R 001 verildi: İmar ve ruhsat" in shown_text(four)
    assert [t.number for t in ctx.read(reads.tickets_of_visit, first.visit_id)] == ["V 001", "R 001"]


def test_a_further_service_past_its_cap_asks_for_the_reason(
    four: StaffWindow, ctx: Context, press: Any, settle: Any, type_text: Any
) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "imar").values(daily_cap=0))
    first = give(ctx).tickets[0]
    press(four, "Space")
    settle()
    press(four, "F12")
    choose(four, press, settle, "V 001 için ek hizmet")
    choose(four, press, settle, "İmar ve ruhsat")
    assert "İmar ve ruhsat için bugünkü numara sınırı doldu" in shown_text(four)
    type_text(QApplication.focusWidget(), "Uzaktan geldi")
    press(four, "Return")
    settle()
    assert "R 001 verildi: İmar ve ruhsat" in shown_text(four)
    assert [t.number for t in ctx.read(reads.tickets_of_visit, first.visit_id)] == ["V 001", "R 001"]


def test_a_visitor_sent_where_nobody_sits_is_told_so(four: StaffWindow, ctx: Context, press: Any, settle: Any) -> None:
    give(ctx)
    press(four, "Space")
    settle()
    press(four, "Y")
    settle()
    choose(four, press, settle, "İmar ve ruhsat")
    assert "V 001 yönlendirildi; “İmar ve ruhsat” için şu anda açık banko yok." in shown_text(four)


def test_with_automatic_calls_the_next_one_comes_by_itself_and_esc_stops_it(
    four: StaffWindow,
    ctx: Context,
    clock: SetClock,
    press: Any,
    settle: Any,
    panel: Any,
) -> None:
    for _ in range(3):
        give(ctx)
    settle()
    press(four, "F12")
    choose(four, press, settle, "Otomatik çağrıyı aç")
    assert panel().auto_call_seconds == 10
    for keys in ("Space", "Return", "Return"):
        press(four, keys)
        settle()
    words = "Sıradaki numara 10 sn sonra çağrılacak. Durdurmak için Esc’e basınız."
    settle(lambda: words in shown_text(four))
    press(four, "Esc")
    settle()
    clock.advance(seconds=15)
    settle(lambda: "sonra çağrılacak" not in shown_text(four))
    assert panel().current is None
    for keys in ("Space", "Return", "Return"):
        press(four, keys)
        settle()
    assert panel().current is None
    clock.advance(seconds=10)
    settle(lambda: panel().current is not None and panel().current.number == "V 003")


def test_after_the_day_is_closed_nobody_is_called_and_the_page_says_why(
    four: StaffWindow,
    ctx: Context,
    press: Any,
    settle: Any,
    find: Any,
) -> None:
    give(ctx)
    shift.close_day(ctx)
    settle(lambda: card(four, find) == "Gün kapatıldı · Vardiya sayfasından yeniden açılabilir")
    press(four, "Space")
    settle()
    assert "Gün saat 10.42 itibarıyla kapatıldı." in shown_text(four)
    assert not find(four, "Sıradakini çağır").isEnabled()


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_the_small_window_keeps_its_keys_whole_in_every_look(
    office: Any, ctx: Context, settle: Any, find: Any, theme: Any, qapp: Any
) -> None:
    from desk.ui.theme import Look, dress

    give(ctx, priority=Priority.AGE)
    counter.open_counter(ctx, 4)
    counter.call_next(ctx, 4)
    office.take_counter(4)
    small = BankoWindow(office)
    dress(small, Look(theme))
    small.show()
    settle(lambda: "Gelmedi" in shown_text(small))
    for name in ("Tekrar çağır", "Gelmedi", "Beklet", "Yönlendir", "Başvuru aç", "Diğer işlemler"):
        button = find(small, name)
        assert button.width() >= button.sizeHint().width(), name

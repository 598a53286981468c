"""What a clerk works with stays in sight: under messages, in low windows, without paper or database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from banko_case import give
from person import find, press, shown_text, type_text, unhurried
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from desk.actions import counter
from desk.actions.context import Context
from desk.errors import N_, Fault
from desk.models.print_job import Printer
from desk.printing import ledger
from desk.registry.types import AssistanceKind
from desk.ui.staff.banko import BankoWindow
from desk.ui.staff.shell import StaffWindow
from desk.ui.staff.side_by_side import Scroller
from desk.ui.theme import LIGHT, Look, dress
from desk.ui.widgets import toasts


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Any:
    made = StaffWindow(office, clock=unhurried())
    made.resize(1366, 768)
    made.show()
    settle()
    yield made
    made.close_now()


def place(part: QWidget, window: QWidget) -> QRect:
    return part.rect().translated(part.mapTo(window, QPoint()))


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def test_a_message_at_danisma_hides_no_card(window: StaffWindow, ctx: Context, settle: Callable[..., None]) -> None:
    give(ctx, assistance=AssistanceKind.WHEELCHAIR)
    search = find(window, "Birim veya konu")
    type_text(search, "emlak")
    press(window, "F2")
    settle(lambda: "Geri al" in shown_text(window))
    page = window.page("danisma")
    (toast,) = toasts(window).shown()
    column = page.queue
    assert place(column, window).contains(toast.geometry())
    for card in (column.queues, column.jobs, column.counters):
        assert whole(card)
        assert not place(card, window).intersects(toast.geometry())
    toasts(window).clear()
    settle(lambda: column.layout().contentsMargins().bottom() == 0)


def test_a_message_at_banko_stands_below_what_is_done(
    window: StaffWindow, ctx: Context, office: Any, settle: Callable[..., None]
) -> None:
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    press(window, "F6")
    settle()
    press(window, "Space")  # nobody waits
    settle(lambda: "bekleyen yok" in shown_text(window))
    (toast,) = toasts(window).shown()
    side = window.page("banko").panel.side
    assert place(side, window).contains(toast.geometry())
    assert not place(side.done, window).intersects(toast.geometry())


def test_the_search_stays_while_the_rest_is_scrolled(window: StaffWindow, settle: Callable[..., None]) -> None:
    search = find(window, "Birim veya konu")
    type_text(search, "emlak")
    for keys in ("Return", "Alt+R", "Alt+K"):
        press(window, keys)
    type_text(find(window, "Ad soyad"), "Ayşe Yıldırım")
    settle()
    scroller = window.page("danisma")._room.scroller
    settle(lambda: scroller.verticalScrollBar().value() > 0)
    assert whole(search)
    press(window, "Ctrl+K")
    settle(lambda: scroller.verticalScrollBar().value() == 0)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_small_window_needs_no_scrolling_with_two_on_hold(
    office: Any, ctx: Context, settle: Callable[..., None], scale: float
) -> None:
    for _ in range(6):
        give(ctx)
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    for _ in range(2):
        called = counter.call_next(ctx, 4)
        assert called is not None
        counter.hold(ctx, called.ticket_id)
    counter.call_next(ctx, 4)
    small = BankoWindow(office, stay_on_top=False)
    dress(small, Look(LIGHT, scale))
    small.show()
    small.resize(round(420 * scale), min(round(760 * scale), 1040))
    settle(lambda: "V 003" in shown_text(small))
    area = next(one for one in small.findChildren(Scroller) if one.isVisible())
    settle(lambda: area.verticalScrollBar().maximum() == 0)
    assert whole(find(small, "V 001")) and whole(find(small, "V 004"))
    small.close()


def test_a_printer_without_paper_says_what_to_do_and_where(
    window: StaffWindow, ctx: Context, settle: Callable[..., None]
) -> None:
    printer = ctx.read(lambda s, _scope: ledger.printer_for(s, ctx.actor.site_id, ctx.actor.terminal_id))
    with ctx.db.write() as session:
        session.get(Printer, printer).state = "paper_out"
    window.page("danisma").load()
    settle(lambda: "Ruloyu değiştiriniz" in shown_text(window))
    find(window, "Yazıcılar sayfasını aç").click()
    settle()
    assert window.current_page().title == "Yazıcılar"


def test_without_the_database_pages_say_what_still_works(
    window: StaffWindow, ctx: Context, office: Any, settle: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    press(window, "F6")
    settle()

    def lost(*_given: Any, **_named: Any) -> Any:
        raise Fault(N_("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı."), reason="test")

    with monkeypatch.context() as broken:
        for name in ("read", "connect", "transaction", "write"):
            broken.setattr(ctx.db, name, lost)
        window.current_page().load()
        settle(lambda: "işinizi sürdürebilirsiniz" in shown_text(window))
        press(window, "F5")
        settle(lambda: "elle verilecek numaralardan verebilirsiniz" in shown_text(window))
    office.counter_changed.emit()  # as the look of every few seconds does
    settle(lambda: "elle verilecek" not in shown_text(window))

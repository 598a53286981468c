"""Visitor cards at the desk: by keyboard and scanner, who is inside, and the list that needs no database."""

from __future__ import annotations

from typing import Any

import pytest
from person import find, press, settle, shown_text, type_text

from desk.actions import settings
from desk.actions import visitor_cards as cards
from desk.errors import Fault
from desk.printing.profiles import load_profile
from desk.printing.virtual import printer_at
from desk.registry.setting_fields import Change
from desk.ui.staff.kart import CardOverlay, InsideSheet
from desk.ui.staff.shell import StaffWindow


@pytest.fixture
def window(office: Any, ctx: Any) -> Any:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.cards", False, True)])
    shown = StaffWindow(office)
    shown.resize(1440, 900)
    shown.show_page("danisma")
    shown.show()
    settle(lambda: shown.cards.used and (ctx.data_dir / cards.COPY).exists())
    yield shown
    shown.close_now()


def the(window: Any, cls: type) -> Any:
    settle(lambda: any(one.isVisible() for one in window.findChildren(cls)))
    return next(one for one in window.findChildren(cls) if one.isVisible())


def out(ctx: Any) -> list[str]:
    return [one.card for one in cards.inside(ctx).cards]


def test_a_number_and_enter_give_the_card_to_whoever_is_in_the_form(window: Any, ctx: Any) -> None:
    type_text(find(window, "Birim veya konu"), "imar durum")
    settle()
    press(window, "Alt+Up")
    press(window, "Alt+Z")
    overlay = the(window, CardOverlay)
    assert "İmar durum belgesi" in shown_text(overlay)
    type_text(overlay.card.edit, "17")
    press(window, "Return")
    settle(lambda: "Kart 17 verildi · İmar durum belgesi" in shown_text(window))
    (one,) = cards.inside(ctx).cards
    assert (one.card, one.persons) == ("17", 2)
    settle(lambda: "İçeride 1 kart, 2 kişi" in shown_text(overlay))
    type_text(overlay.card.edit, "17")
    press(window, "Return")
    settle(lambda: "Kart 17 geri alındı" in shown_text(window))
    assert out(ctx) == []
    press(window, "Escape")
    assert find(window, "Birim veya konu").text() == "imar durum"


def test_ctrl_z_takes_a_card_back(window: Any, ctx: Any) -> None:
    window.cards.scan("ZK-21")
    settle(lambda: out(ctx) == ["21"])
    settle(lambda: "Kart 21 verildi" in shown_text(window))
    press(window, "Ctrl+Z")
    settle(lambda: out(ctx) == [])


def test_a_scanned_card_is_given_and_never_typed_into_the_search(window: Any, ctx: Any) -> None:
    search = find(window, "Birim veya konu")
    type_text(search, "ZK-033")  # in a breath, as a scanner types
    press(window, "Return")
    settle(lambda: out(ctx) == ["033"])
    assert search.text() == ""


def test_something_that_is_no_card_is_refused_in_the_field(window: Any, ctx: Any) -> None:
    press(window, "Alt+Z")
    overlay = the(window, CardOverlay)
    type_text(overlay.card.edit, "yanlış numara!")
    press(window, "Return")
    settle(lambda: "en çok 12" in shown_text(overlay))
    assert out(ctx) == []


def test_one_key_shows_and_prints_who_is_inside_without_a_database(window: Any, ctx: Any, monkeypatch: Any) -> None:
    window.cards.scan("ZK-21")
    settle(lambda: out(ctx) == ["21"])
    settle(lambda: len(cards.copy(ctx.data_dir).cards) == 1)
    kept = cards.copy(ctx.data_dir)
    printer = printer_at(kept.printer, load_profile(kept.profile))
    before = len(printer.papers)

    def away(*_given: Any, **_named: Any) -> Any:
        raise Fault("veri tabanı yok")

    for name in ("read", "connect", "transaction", "write"):
        monkeypatch.setattr(ctx.db, name, away)
    press(window, "Ctrl+Shift+L")
    sheet = the(window, InsideSheet)
    settle(lambda: "Fiş yazıcısına gönderildi." in shown_text(sheet))
    assert "Kart 21" in shown_text(sheet) and "İçeride 1 kart, 1 kişi" in shown_text(sheet)
    assert "[ ] Kart 21" in "\n".join(printer.papers[before].text)
    monkeypatch.undo()


def test_when_it_cannot_be_printed_the_sheet_says_so_and_stays(window: Any, ctx: Any) -> None:
    kept = cards.copy(ctx.data_dir)
    printer = printer_at(kept.printer, load_profile(kept.profile))
    printer.deaf = True
    try:
        press(window, "Ctrl+Shift+L")
        sheet = the(window, InsideSheet)
        settle(lambda: "Yazıcı veri almıyor" in shown_text(sheet))
    finally:
        printer.deaf = False
    press(window, "F2")
    settle(lambda: "Fiş yazıcısına gönderildi." in shown_text(sheet))


def test_where_no_cards_are_given_the_keys_say_so(office: Any) -> None:
    shown = StaffWindow(office)
    shown.show()
    settle(lambda: shown.cards.settings is not None)
    press(shown, "Alt+Z")
    settle(lambda: "Ziyaretçi kartı kullanılmıyor" in shown_text(shown))
    press(shown, "Ctrl+Shift+L")
    settle(lambda: "içeridekilerin listesi yok" in shown_text(shown))
    shown.close_now()


def test_the_key_prints_the_newest_number_of_this_terminal_only(window: Any, ctx: Any, context_of: Any) -> None:
    from desk.actions import desk

    desk.register_visit(ctx, desk.VisitRequest("mine", "vergi"))
    desk.register_visit(context_of("kiosk"), desk.VisitRequest("its", "imar"))
    press(window, "F3")
    settle(lambda: "V 001 yeniden yazdırılıyor" in shown_text(window))


def test_ctrl_z_takes_the_card_back_while_its_field_is_still_open(window: Any, ctx: Any) -> None:
    press(window, "Alt+Z")
    field = the(window, CardOverlay).card
    type_text(field.edit, "71")
    press(window, "Return")
    settle(lambda: out(ctx) == ["71"])
    type_text(field.edit, "8")
    press(window, "Ctrl+Z")
    settle()
    assert out(ctx) == ["71"] and not field.text()
    press(window, "Ctrl+Z")
    settle(lambda: out(ctx) == [])

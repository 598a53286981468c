"""Visitor cards: out and in by number, a list of who is inside that needs no database, and an end for every row."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from desk.actions import settings, shift
from desk.actions import visitor_cards as cards
from desk.clock import SetClock
from desk.errors import DeskError, Fault, Stale, UserError
from desk.models.case import Disposal
from desk.models.visitor_card import VisitorCard
from desk.printing.profiles import load_profile
from desk.printing.virtual import printer_at
from desk.registry import visitor_cards as registry
from desk.registry.setting_fields import Change

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture(autouse=True)
def given_out(ctx: Any) -> None:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.cards", False, True)])


def rows(ctx: Any) -> int:
    return int(ctx.read(lambda s, scope: s.execute(select(func.count()).select_from(VisitorCard)).scalar_one()))


def out(ctx: Any) -> list[str]:
    return [one.card for one in cards.inside(ctx).cards]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("17", "17"),
        ("ZK-017", "017"),
        ("zk017", "017"),
        (" zk 17 ", "17"),
        ("", ""),
        ("a b", ""),
        ("1" * 13, ""),
        ("ş-3", "Ş-3"),
    ],
)
def test_a_card_is_known_typed_or_scanned(typed: str, number: str) -> None:
    assert registry.number_of(typed, "ZK") == number


def test_a_card_goes_out_with_a_place_and_comes_back_by_the_same_number(ctx: Any, clock: SetClock) -> None:
    went = cards.move(ctx, "17", "İmar · 2. kat", 2)
    assert went.out and out(ctx) == ["17"] and cards.inside(ctx).persons == 2
    clock.advance(minutes=12)
    back = cards.move(ctx, "ZK-17")
    assert not back.out and back.card.place == "İmar · 2. kat" and out(ctx) == []


def test_moves_can_be_taken_back_until_the_card_moves_on(ctx: Any) -> None:
    went = cards.move(ctx, "17", "İmar")
    cards.undo(ctx, went)
    assert out(ctx) == [] and rows(ctx) == 0
    cards.move(ctx, "18", "Fen")
    back = cards.move(ctx, "18")
    cards.undo(ctx, back)
    assert out(ctx) == ["18"]
    back = cards.move(ctx, "18")
    cards.move(ctx, "18", "Ruhsat")
    with pytest.raises(Stale):
        cards.undo(ctx, back)


def test_without_the_setting_no_card_is_given(ctx: Any) -> None:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.cards", True, False)])
    with pytest.raises(UserError, match="kullanılmıyor"):
        cards.move(ctx, "17")


def test_the_list_is_printed_without_a_database_from_the_copy(ctx: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cards.move(ctx, "17", "İmar · 2. kat", 3)
    kept = cards.keep_copy(ctx)

    def away(*_given: Any, **_named: Any) -> Any:
        raise Fault("veri tabanı yok")

    for name in ("read", "connect", "transaction", "write"):
        monkeypatch.setattr(ctx.db, name, away)
    found = cards.copy(ctx.data_dir)
    assert found == kept
    printer = printer_at(found.printer, load_profile(found.profile))
    before = len(printer.papers)
    cards.print_list(ctx.data_dir, found)
    words = "\n".join(printer.papers[before].text)
    assert "Kart 17 · 3 kişi" in words and "İmar · 2. kat" in words and "1 kart · 3 kişi" in words


def test_a_missing_or_damaged_copy_is_said_in_a_sentence(ctx: Any) -> None:
    with pytest.raises(Fault, match="listesi yok"):
        cards.copy(ctx.data_dir)
    cards.keep_copy(ctx)
    (ctx.data_dir / cards.COPY).write_text('{"at": 3}')
    with pytest.raises(Fault, match="dosya bozuk"):
        cards.copy(ctx.data_dir)


def test_a_printer_without_paper_leaves_the_list_on_the_screen(ctx: Any) -> None:
    found = cards.keep_copy(ctx)
    printer = printer_at(found.printer, load_profile(found.profile))
    printer.deaf = True
    try:
        with pytest.raises(DeskError):
            cards.print_list(ctx.data_dir, found)
    finally:
        printer.deaf = False


def test_the_day_ends_the_list(ctx: Any) -> None:
    cards.move(ctx, "17", "İmar")
    shift.close_day(ctx)
    assert out(ctx) == [] and rows(ctx) == 1


def test_a_card_forgotten_overnight_is_no_longer_inside(ctx: Any, clock: SetClock) -> None:
    cards.move(ctx, "17", "İmar")
    clock.advance(days=1)
    cards.move(ctx, "18", "Fen")
    assert out(ctx) == ["18"]
    assert cards.move(ctx, "17").out


def test_old_rows_are_deleted_and_the_disposal_is_on_record(ctx: Any, clock: SetClock) -> None:
    cards.move(ctx, "17", "İmar")
    cards.move(ctx, "17")
    clock.advance(days=3)
    cards.move(ctx, "18", "Fen")
    assert rows(ctx) == 2
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.card_keep_days", 30, 2)])
    clock.advance(days=1)
    cards.move(ctx, "19", "Fen")
    assert rows(ctx) == 2
    rules = ctx.read(lambda s, scope: s.execute(select(Disposal.rule, Disposal.persons)).all())
    assert [tuple(one) for one in rules] == [("visitor_cards", 1)]

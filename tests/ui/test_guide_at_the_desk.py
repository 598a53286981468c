"""Rehber at Danışma: shown by one key for what is chosen, told and counted, printed, searched."""

from __future__ import annotations

from typing import Any

import pytest
from person import find, press, settle, shown_text, type_text

from desk.models.counting import Measure
from desk.models.summary import DayCount
from desk.ui.staff.rehber import GuideSheet
from desk.ui.staff.shell import StaffWindow


@pytest.fixture
def window(office: Any) -> Any:
    shown = StaffWindow(office)
    shown.resize(1440, 900)
    shown.show_page("danisma")
    shown.show()
    settle()
    yield shown
    shown.close_now()


def counted(ctx: Any, measure: Measure, key: str = "") -> int:
    from sqlalchemy import func, select

    wanted = select(func.coalesce(func.sum(DayCount.value), 0)).where(DayCount.measure == measure, DayCount.key == key)
    return int(ctx.read(lambda s, scope: s.execute(wanted).scalar_one()))


def sheet(window: Any) -> GuideSheet:
    settle(lambda: any(one.isVisible() for one in window.findChildren(GuideSheet)))
    return next(one for one in window.findChildren(GuideSheet) if one.isVisible())


def choose(window: Any, words: str) -> None:
    type_text(find(window, "Birim veya konu"), words)
    settle()


def test_one_key_reads_out_what_the_chosen_service_needs(window: Any) -> None:
    choose(window, "nikah bas")
    assert "belgeler F11" in shown_text(window)
    press(window, "F11")
    opened = sheet(window)
    assert window.focusWidget() is opened.search.edit
    settle(lambda: "sağlık raporu" in shown_text(opened))
    for words in ("Nikâh başvurusu", "Evlenecek iki kişinin kimlik kartı", "20 dakika", "1. kat, oda 112"):
        assert words in shown_text(opened), words
    press(window, "F11")
    settle()
    assert find(window, "Birim veya konu").text() == "nikah bas"  # nothing that was typed is lost


def test_f4_counts_it_as_told_and_ctrl_z_takes_it_back(window: Any, ctx: Any) -> None:
    choose(window, "nikah bas")
    press(window, "F11")
    sheet(window)
    press(window, "F4")
    settle(lambda: "Bilgi verildi: Nikâh başvurusu · Rehber" in shown_text(window))
    assert counted(ctx, Measure.GUIDE, "nikah-basvuru") == counted(ctx, Measure.DIRECTIONS) == 1
    assert find(window, "Birim veya konu").text() == ""
    press(window, "Ctrl+Z")
    settle(lambda: counted(ctx, Measure.GUIDE, "nikah-basvuru") == 0)
    assert counted(ctx, Measure.DIRECTIONS) == 0


def test_one_key_prints_the_list_without_opening_anything(window: Any, ctx: Any) -> None:
    from desk.actions import printers

    choose(window, "nikah bas")
    press(window, "Shift+F11")
    settle(lambda: "belgeler yazdırılıyor" in shown_text(window))
    assert [job.kind for job in printers.jobs(ctx)] == ["guide"]
    assert counted(ctx, Measure.GUIDE, "nikah-basvuru") == 1


def test_the_whole_guide_is_searched_when_nothing_is_chosen(window: Any, ctx: Any) -> None:
    press(window, "F11")
    opened = sheet(window)
    type_text(opened.search.edit, "hafriyat")
    settle(lambda: "Yapı ya da yıkım ruhsatı" in shown_text(opened))
    press(window, "Shift+F4")
    settle(lambda: counted(ctx, Measure.GUIDE, "hafriyat-tasima-izni") == 1)


def test_a_word_that_is_nowhere_says_so_and_tells_nothing(window: Any, ctx: Any) -> None:
    press(window, "F11")
    opened = sheet(window)
    type_text(opened.search.edit, "qqqq")
    settle(lambda: "Rehberde yok" in shown_text(opened))
    press(window, "F4")
    settle()
    assert opened.isVisible() and counted(ctx, Measure.DIRECTIONS) == 0


def test_on_another_page_it_only_looks_things_up(window: Any, ctx: Any) -> None:
    press(window, "F9")
    press(window, "F11")
    opened = sheet(window)
    press(window, "F4")
    settle()
    assert opened.isVisible() and not opened.told_button.isVisible() and counted(ctx, Measure.DIRECTIONS) == 0


def test_what_has_no_line_says_so(window: Any) -> None:
    choose(window, "mescit")
    press(window, "Shift+F11")
    settle(lambda: "Rehber’de yok" in shown_text(window))


def test_an_empty_guide_says_that_it_is_empty_and_where_it_is_written(window: Any, ctx: Any) -> None:
    from sqlalchemy import delete

    from desk.models.guide import GuideEntry

    with ctx.db.write() as session:
        session.execute(delete(GuideEntry))
    window.page("danisma")._known_read = False
    window.show_page("vardiya")
    press(window, "F11")
    told = shown_text(sheet(window))
    assert "Rehber henüz boş" in told and "Başka bir sözcükle" not in told
    press(window, "F4")
    press(window, "Escape")

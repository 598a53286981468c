"""Vardiya: the day's figures, the sheet, the note, other days, closing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from person import shown_text
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions import counter, desk, escort, paper, shift
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind
from desk.ui.staff.vardiya import VardiyaPage
from desk.ui.staff.vardiya_cards import NoteCard
from desk.ui.widgets import HourBars, StatTile, toasts


def said(window) -> str:
    return " ".join(toast.words() for toast in toasts(window).shown())


def visitor(ctx, key, service="vergi", **more):
    return desk.register_visit(ctx, desk.VisitRequest(key=key, service_code=service, **more)).tickets[0]


@pytest.fixture
def window(office, settle):
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    page = VardiyaPage(office)
    page.said.connect(lambda words, undo: toasts(window).info(words))
    page.failed.connect(lambda words: toasts(window).error(words))
    column.addWidget(page)
    window.page = page
    window.show()
    settle()
    page.enter()
    return window


def test_the_six_figures_are_those_of_the_day(window, ctx, clock, settle, find):
    visitor(ctx, "v1", persons=3, priority=Priority.AGE)
    visitor(ctx, "v2", assistance=AssistanceKind.SIGN)
    clock.advance(minutes=10)
    called = counter.call_next(ctx, 4)
    counter.start(ctx, called.ticket_id)
    clock.advance(minutes=6)
    counter.finish(ctx, called.ticket_id)

    def figure(name):
        return find(window, name, cls=StatTile).accessibleDescription()

    settle(lambda: figure("Ziyaret").startswith("2. 4 kişi"))
    settle(lambda: figure("Ortalama işlem").startswith("6 dk"))
    assert figure("Ortalama bekleme").startswith("10 dk")
    assert "Ortanca" in figure("Ortalama bekleme") and "P90" in figure("Ortalama bekleme")
    assert "1 / 2 numara · %50,0" in figure("Öncelikli")
    assert figure("Refakat").startswith("1. 0 tamamlandı · 1 açık")
    assert "0 / 2 numara" in figure("Hizmet almadan ayrılan")


def test_a_class_of_priority_is_named_whole_or_not_at_all(window, ctx, settle, find):
    def remark():
        return find(window, "Öncelikli", cls=StatTile).accessibleDescription()

    visitor(ctx, "v1", priority=Priority.AGE)
    visitor(ctx, "v2", priority=Priority.DISABLED)
    settle(lambda: "65 yaş ve üzeri 1, Engelli 1" in remark())
    for key in ("v3", "v4"):
        visitor(ctx, key, priority=Priority.SMALL_CHILD)
    settle(lambda: remark().endswith("Bebekli / küçük çocuklu 2"))


def test_the_figures_follow_the_work_while_the_page_is_shown(window, ctx, settle, find):
    assert find(window, "Ziyaret", cls=StatTile).accessibleDescription().startswith("0")
    visitor(ctx, "v1")
    settle(lambda: find(window, "Ziyaret", cls=StatTile).accessibleDescription().startswith("1"))
    assert "10.00: 1" in find(window, "Saatlere göre ziyaret", cls=HourBars).accessibleDescription()


def test_an_empty_day_says_so(window):
    assert "Bu gün için ziyaret yok" in shown_text(window)
    assert "Refakat istenmedi" in shown_text(window)


def test_refakat_is_counted_by_kind(window, ctx, settle):
    escort.request(ctx, AssistanceKind.WHEELCHAIR, "İmar")
    settle(lambda: "Tekerlekli sandalye" in shown_text(window))
    assert "1 refakat" in shown_text(window)


def test_ctrl_p_makes_the_day_sheet_and_offers_to_open_it(window, ctx, press, settle, find, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    visitor(ctx, "v1")
    press(window, "Ctrl+P")
    settle(lambda: "Günlük çizelge hazır" in said(window))
    file = ctx.data_dir / "belgeler" / "gunluk-cizelge-2026-11-24.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    press(find(window, "Aç"), "Space")
    assert opened == [str(file)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_day_is_exported_into_the_documents_folder(window, ctx, settle, form):
    visitor(ctx, "v1")
    window.page.export(form)
    settle(lambda: "Dosya hazır" in said(window))
    file = ctx.data_dir / "belgeler" / f"gunluk-cizelge-2026-11-24.{form}"
    assert file.stat().st_size > 0
    if form == "json":
        assert json.loads(file.read_text(encoding="utf-8"))["visits"] == 1


def test_a_documents_folder_that_cannot_be_made_is_said_in_a_sentence(window, ctx, press, settle):
    ctx.data_dir.mkdir(parents=True, exist_ok=True)
    (ctx.data_dir / "belgeler").write_text("no folder")
    press(window, "Ctrl+P")
    settle(lambda: "Belge klasörü açılamadı" in said(window))


def test_the_short_slip_goes_to_the_printer(window, ctx, press, settle, find):
    press(find(window, "Kısa döküm fişi"), "Space")
    settle(lambda: "Kısa döküm fişi yazdırılıyor" in said(window))
    assert sum(printer.queued for printer in paper.printers(ctx)) == 1


def test_the_note_is_kept_with_ctrl_s(window, ctx, press, settle, find, type_text):
    type_text(find(window, "Vardiya notu"), "Yedek rulo dolap 2’de.")
    assert "Kaydedilmedi" in shown_text(window)
    press(window, "Ctrl+S")
    settle(lambda: "Vardiya notu kaydedildi" in said(window))
    assert shift.sheet(ctx).note == "Yedek rulo dolap 2’de."
    assert "Kaydedilmedi" not in shown_text(window)


def test_what_is_being_written_is_not_replaced_by_a_reload(window, ctx, settle, find, type_text):
    area = find(window, "Vardiya notu")
    type_text(area, "Yarım kalan")
    visitor(ctx, "v1")
    settle(lambda: find(window, "Ziyaret", cls=StatTile).accessibleDescription().startswith("1"))
    assert area.toPlainText() == "Yarım kalan"


def test_nothing_can_be_written_before_it_is_known_what_is_written_there(qtbot):
    card = NoteCard()
    qtbot.addWidget(card)
    card.show()
    assert not card.area.isVisible()
    card.show_note(date(2026, 11, 24), "Salı notu", open_day=True)
    assert card.area.isVisible() and card.area.text() == "Salı notu"


def test_a_note_that_is_too_long_is_refused_before_it_is_sent(window, ctx, press, settle, find):
    area = find(window, "Vardiya notu")
    area.setPlainText("ş" * 1001)
    press(window, "Ctrl+S")
    settle()
    assert "1000" in area.accessibleDescription()
    assert shift.sheet(ctx).note == ""


def test_closing_asks_on_the_page_and_names_how_many_still_wait(window, ctx, press, settle, find):
    visitor(ctx, "v1")
    visitor(ctx, "v2")
    settle(lambda: find(window, "Ziyaret", cls=StatTile).accessibleDescription().startswith("2"))
    press(find(window, "Günü kapat"), "Space")
    settle(lambda: "2 numara hâlâ açık" in shown_text(window))
    press(window, "Escape")
    assert "2 numara hâlâ açık" not in shown_text(window)
    assert shift.sheet(ctx).expired == 0
    press(find(window, "Günü kapat"), "Space")
    press(find(window, "Günü kapatmayı onayla"), "Space")
    settle(lambda: "2 numaranın süresi doldu" in said(window))
    assert shift.sheet(ctx).expired == 2


def test_another_day_is_read_only_and_there_is_no_tomorrow(window, ctx, clock, press, settle, find):
    shift.write_note(ctx, "Salı notu")
    visitor(ctx, "v1")
    clock.set(datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    visitor(ctx, "v2")
    visitor(ctx, "v3")
    settle(lambda: "25 Kasım 2026 Çarşamba" in window.page.subtitle.text())
    assert not find(window, "Sonraki gün").isEnabled()
    press(window, "Alt+Left")
    settle(lambda: "24 Kasım 2026 Salı" in window.page.subtitle.text())
    assert "Salı notu" in shown_text(window)
    assert "Günü kapat" not in shown_text(window)
    press(window, "Alt+Right")
    settle(lambda: "25 Kasım 2026 Çarşamba" in window.page.subtitle.text())


def test_the_same_weekday_a_week_before_is_compared_with(window, ctx, clock, settle, find, press):
    clock.set(datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    visitor(ctx, "v1")
    clock.set(datetime(2026, 12, 2, 7, 0, tzinfo=UTC))
    visitor(ctx, "v2")
    visitor(ctx, "v3")
    figure = find(window, "Ziyaret", cls=StatTile)
    settle(lambda: "Geçen çarşamba gün boyu 1" in figure.accessibleDescription())  # half a day is no day
    assert shift.sheet(ctx).day == date(2026, 12, 2)
    clock.set(datetime(2026, 12, 3, 7, 0, tzinfo=UTC))
    visitor(ctx, "v4")
    settle(lambda: "3 Aralık 2026 Perşembe" in window.page.subtitle.text())
    press(window, "Alt+Left")
    settle(lambda: "Geçen çarşamba 1 · %100,0 artış" in figure.accessibleDescription())

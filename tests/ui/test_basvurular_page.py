"""The applications page: what is due first, masked until opened, every move from the keyboard, and paging."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from person import shown_text
from PySide6.QtCore import Qt

from desk.actions import applications, records
from desk.registry.application_types import ApplicationKind, ApplicationRequest, ListQuery, Urgency
from desk.registry.life import Move, Step
from desk.registry.types import Channel, DocumentKind, PersonInput
from desk.ui import theme
from desk.ui.staff.record_panel import IDLE_MS
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import toasts

AYSE = PersonInput(name="Ayşe Yıldırım", phone="05321234567", address="Ihlamur Sk. 12")


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.resize(1440, 900)
    window.show()
    settle()
    yield window
    window.close_now()


def an_application(ctx: Any, key: str = "k", **given: Any) -> Any:
    """Registered now, without paper."""
    asked = {"channel": Channel.PHONE, "subject": "Yol çukuru", "sender": AYSE} | given
    return records.register(ctx, ApplicationRequest(key=key, **asked), receipt=False)


def opened(window: StaffWindow, settle: Any) -> Any:
    window.show_page("basvurular")
    settle()
    page = window.current_page()
    settle(lambda: page.shown is not None)
    return page


def told(window: StaffWindow) -> str:
    return " ".join(shown_text(one) for one in toasts(window).shown())


def chosen(page: Any, settle: Any, number: str) -> None:
    """The application of this number stands in the detail."""
    row = next(one for one in page.list.model.rows() if one.record_number == number)
    page.list.table.choose(row.id)
    settle(lambda: page.detail.detail is not None and page.detail.detail.record_number == number)


def detail_of(ctx: Any, receipt: Any) -> Any:
    return applications.open_case(ctx, receipt.application_id)


def test_it_stands_between_evrak_kayit_and_refakat_on_f8(window: StaffWindow, press: Any, settle: Any) -> None:
    press(window, "F8")
    settle()
    assert window.current_page().title == "Başvurular"


def test_an_empty_list_says_what_to_do(window: StaffWindow, settle: Any) -> None:
    page = opened(window, settle)
    text = shown_text(page)
    assert "Açık başvuru yok" in text
    assert "Ctrl+N yeni başvuru açar." in text


def test_overdue_comes_first_and_says_by_how_many_days(window: StaffWindow, settle: Any, ctx: Any) -> None:
    earlier = ctx.now() - timedelta(days=31)
    late = an_application(ctx, "late", urgency=Urgency.LOW, document=DocumentKind.PETITION, received_at=earlier)
    an_application(ctx, "new")
    page = opened(window, settle)
    rows = page.list.model.rows()
    assert rows[0].record_number == late.record_number
    assert page.list.model.index(0, 4).data() == "1 gün geçti"
    assert "Süresi geçen" in shown_text(page)
    settle(lambda: page.detail.number.text() == late.record_number)
    assert "Süre aşıldı" in page.detail.timeline.accessibleDescription() + shown_text(page.detail)


def test_names_and_phone_are_masked_until_the_row_is_opened(
    window: StaffWindow, settle: Any, press: Any, ctx: Any
) -> None:
    an_application(ctx, body="Komşum Ali Veli’nin kapısında")
    page = opened(window, settle)
    settle(lambda: "2026/" in page.detail.number.text())
    text = shown_text(page)
    assert "A*** Y***" in text
    assert "Yıldırım" not in text
    assert "1234567" not in text.replace(" ", "")
    assert "Ali Veli" not in text
    page.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
    press(page.list.table, "Return")
    settle(lambda: page.detail.is_open and "Ayşe Yıldırım" in shown_text(page))
    text = shown_text(page)
    assert "Ayşe Yıldırım · 0532 123 45 67" in text
    assert "Ali Veli" in text


def test_details_hide_when_nobody_touches_anything(window: StaffWindow, settle: Any, press: Any, ctx: Any) -> None:
    an_application(ctx)
    page = opened(window, settle)
    page.toggle_names()
    settle(lambda: page.detail.is_open)
    assert page.detail._idle.interval() == IDLE_MS == 30_000
    page.detail._idle.timeout.emit()
    assert "Yıldırım" not in shown_text(page)


def test_going_to_another_page_hides_the_names(window: StaffWindow, settle: Any, ctx: Any) -> None:
    an_application(ctx)
    page = opened(window, settle)
    page.toggle_names()
    settle(lambda: page.detail.is_open)
    window.show_page("danisma")
    assert not page.detail.is_open


def test_a_hidden_identity_is_not_even_masked(window: StaffWindow, settle: Any, ctx: Any) -> None:
    given = {"cimer_number": "12345678", "hidden": "1"}
    an_application(ctx, channel=Channel.CIMER, fields=given)
    page = opened(window, settle)
    settle(lambda: "Kimliği gizli" in shown_text(page.detail))
    assert "A***" not in shown_text(page.detail)


def test_a_channel_without_a_legal_clock_has_a_target_date(window: StaffWindow, settle: Any, ctx: Any) -> None:
    an_application(ctx)
    page = opened(window, settle)
    settle(lambda: "Hedef tarih" in shown_text(page.detail))
    assert "Son cevap" not in shown_text(page.detail)


def test_ctrl_enter_asks_for_the_outcome_then_closes_and_then_tells(
    window: StaffWindow, settle: Any, press: Any, find: Any, type_text: Any, ctx: Any
) -> None:
    receipt = an_application(ctx)
    page = opened(window, settle)
    chosen(page, settle, receipt.record_number)
    press(window, "Ctrl+Return")
    panel = window._overlay
    press(panel, "Right")  # Olumsuz
    press(window, "Ctrl+Return")
    assert "Açıklama yazınız." in shown_text(panel)
    type_text(find(panel, "Verilen cevap"), "Yol bizim değil.")
    press(window, "Ctrl+Return")
    settle(lambda: str(detail_of(ctx, receipt).state) == "closed")
    assert str(detail_of(ctx, receipt).outcome) == "negative"
    settle(lambda: "Sonuçlandı" in told(window))
    settle(lambda: page.detail.main.label() == "Sonuç bildirildi")


def test_f4_refers_to_a_unit_and_the_timeline_shows_it(window: StaffWindow, settle: Any, press: Any, ctx: Any) -> None:
    receipt = an_application(ctx)
    page = opened(window, settle)
    chosen(page, settle, receipt.record_number)
    press(window, "F4")
    panel = window._overlay
    panel.unit.box.choose("fen")
    press(window, "Ctrl+Return")
    settle(lambda: detail_of(ctx, receipt).unit_code == "fen")
    settle(lambda: "Birime havale edildi" in page.detail.timeline.accessibleDescription())


def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(
    window: StaffWindow, settle: Any, press: Any, find: Any, type_text: Any, ctx: Any
) -> None:
    receipt = an_application(ctx)
    page = opened(window, settle)
    chosen(page, settle, receipt.record_number)
    press(window, "Ctrl+Return")
    panel = window._overlay
    type_text(find(panel, "Verilen cevap"), "Yapıldı")
    applications.move(ctx, receipt.application_id, Step(Move.WITHDRAW))  # somebody else is first
    press(window, "Ctrl+Return")
    settle(lambda: "bu arada işlem yapıldı" in shown_text(panel))
    assert panel.text.text() == "Yapıldı"


def test_f3_offers_what_the_table_of_moves_allows_and_no_more(
    window: StaffWindow, settle: Any, press: Any, ctx: Any
) -> None:
    receipt = an_application(ctx)
    page = opened(window, settle)
    chosen(page, settle, receipt.record_number)
    press(window, "F12")
    text = shown_text(window._overlay)
    assert "Kurum dışına ilet" in text
    assert "Sonuç bildirildi" not in text
    assert "Yeniden aç" not in text


def test_an_unhappy_citizen_reopens_it_in_the_same_press(
    window: StaffWindow, settle: Any, press: Any, ctx: Any
) -> None:
    receipt = an_application(ctx)
    page = opened(window, settle)
    chosen(page, settle, receipt.record_number)
    page.deeds._make(page.detail.detail, _answered(), None)
    settle(lambda: page.detail.detail.outcome is not None)
    page.deeds.ask(Move.FEEDBACK)
    panel = window._overlay
    panel.satisfied.set_value("no")
    panel.reopen.setChecked(True)
    press(window, "Ctrl+Return")
    settle(lambda: str(detail_of(ctx, receipt).state) == "reopened")


def _answered() -> Any:
    from desk.registry.application_types import Outcome
    from desk.ui.staff.basvurular_moves import Asked

    return Asked(Step(Move.ANSWER, text="Yapıldı", outcome=Outcome.POSITIVE))


def test_marked_rows_go_to_one_unit_with_one_cover_list(window: StaffWindow, settle: Any, press: Any, ctx: Any) -> None:
    receipts = [an_application(ctx, f"k{n}", sender=PersonInput()) for n in range(3)]
    page = opened(window, settle)
    page.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(2):
        press(page.list.table, "Space")
        press(page.list.table, "Down")
    press(window, "Ctrl+H")
    panel = window._overlay
    assert "2 başvuruyu havale et" in shown_text(panel)
    panel.unit.box.choose("zabita")
    press(window, "Ctrl+Return")
    settle(lambda: sum(detail_of(ctx, one).unit_code == "zabita" for one in receipts) == 2)
    settle(lambda: "havale listesi hazır" in told(window))
    (made,) = ctx.data_dir.joinpath("belgeler").glob("havale-*.pdf")
    assert made.read_bytes().startswith(b"%PDF-")
    assert not page.list.marked_rows()


def test_a_search_finds_by_name_phone_number_and_words(
    window: StaffWindow, settle: Any, press: Any, type_text: Any, find: Any, ctx: Any
) -> None:
    one = an_application(ctx, "a", subject="Kaldırım onarımı", sender=PersonInput(name="Işıl Gün", phone="05321112233"))
    an_application(ctx, "b", subject="Çöp alınmadı")
    page = opened(window, settle)
    for words in ("isil", "0532 111 22 33", one.record_number, "kaldirim"):
        press(window, "Ctrl+F")
        page.filters.search.set_text("")
        type_text(find(page, "Başvuru ara"), words)
        settle(lambda: [row.record_number for row in page.list.model.rows()] == [one.record_number])


def test_filters_narrow_the_list_and_can_be_kept_under_a_name(
    window: StaffWindow, settle: Any, press: Any, type_text: Any, find: Any, ctx: Any
) -> None:
    an_application(ctx, "a", kind=ApplicationKind.COMPLAINT)
    an_application(ctx, "b", channel=Channel.WHATSAPP)
    page = opened(window, settle)
    page.filters.channel.choose(Channel.WHATSAPP)
    settle(lambda: len(page.list.model.rows()) == 1)
    page.deeds._saved_picked("save")
    type_text(find(window._overlay, "Süzgecin adı"), "WhatsApp hattı")
    press(window, "Return")
    settle(lambda: bool(page.choices.saved))
    press(window, "Ctrl+R")
    settle(lambda: len(page.list.model.rows()) == 2)
    press(window, "Alt+K")
    assert "WhatsApp hattı" in shown_text(window._overlay)
    press(window, "Return")
    settle(lambda: len(page.list.model.rows()) == 1)
    assert page.query == ListQuery(channel=Channel.WHATSAPP)


def test_the_next_page_is_read_when_the_end_comes_into_sight(window: StaffWindow, settle: Any, ctx: Any) -> None:
    for n in range(130):
        an_application(ctx, f"k{n}", sender=PersonInput())
    page = opened(window, settle)
    assert page.list.model.rowCount() == 100
    assert "/ 130 kayıt" in shown_text(page)
    page.list.table.scrollToBottom()
    settle(lambda: page.list.model.rowCount() == 130)
    assert "130 kayıt" in shown_text(page)


def test_a_scanned_receipt_opens_its_application_here(window: StaffWindow, settle: Any, ctx: Any) -> None:
    an_application(ctx, "other")
    receipt = an_application(ctx, "k", document=DocumentKind.PETITION, channel=Channel.IN_PERSON)
    page = opened(window, settle)
    window.open_scan(receipt.scan_code)
    settle(lambda: page.detail.detail is not None and page.detail.detail.record_number == receipt.record_number)
    assert not page.detail.is_open


def test_the_list_is_written_with_masked_names(window: StaffWindow, settle: Any, press: Any, ctx: Any) -> None:
    an_application(ctx)
    page = opened(window, settle)
    page.deeds.exports.write("csv")
    settle(lambda: "1 kayıt yazıldı" in told(window))
    (made,) = ctx.data_dir.joinpath("belgeler").glob("basvurular-*.csv")
    assert "Yıldırım" not in made.read_text(encoding="utf-8-sig")


def test_every_key_of_the_page_is_on_its_key_page(window: StaffWindow, settle: Any) -> None:
    page = opened(window, settle)
    lines = page.keys()
    said = " ".join(keys for keys, _ in lines)
    for chord in page.page_keys._keys:
        shown = {"Ctrl+Return": "Ctrl+Enter", "Alt+1": "Alt+1", "Esc": "Esc"}.get(chord, chord)
        assert shown in said or chord in ("Ctrl+G", "Alt+2", "Alt+3", "Alt+4", "Alt+5", "Alt+6"), chord


def test_what_counts_of_the_chosen_one_is_in_sight_in_large_text(window: StaffWindow, settle: Any, ctx: Any) -> None:
    receipt = an_application(ctx)
    theme.app_look().change(text_scale=1.5)
    window.resize(1366, 768)
    page = opened(window, settle)
    brief = page.detail.brief
    settle(lambda: brief.isVisible())
    parts = brief.number, brief.state, brief.deadline, page.detail.main
    assert brief.number.text() == receipt.record_number
    assert all(part.visibleRegion().boundingRect() == part.rect() for part in parts)
    theme.app_look().change(text_scale=1.0)
    settle(lambda: not brief.isVisible() and page.detail.isAncestorOf(page.detail.main))
    parts = page.detail.number, page.detail.chip, page.detail.main
    assert all(part.visibleRegion().boundingRect() == part.rect() for part in parts)


def test_the_last_day_says_today(window: StaffWindow, settle: Any, ctx: Any) -> None:
    earlier = ctx.now() - timedelta(days=30)
    an_application(ctx, document=DocumentKind.PETITION, received_at=earlier)
    page = opened(window, settle)
    assert page.list.model.index(0, 4).data() == "Bugün"

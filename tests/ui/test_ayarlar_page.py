"""The settings page: changes are shown before they are saved, take effect in open windows, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import shown_text

from desk.actions import settings
from desk.errors import Fault
from desk.i18n import translator
from desk.models.settings import setting
from desk.printing import slips
from desk.printing.samples import TICKET
from desk.printing.typesetting import NO_BREAK
from desk.queue import catalog
from desk.registry import setting_table, site
from desk.registry.setting_fields import Change
from desk.registry.setting_rules import HIGHEST_TARGET
from desk.ui.staff.shell import StaffWindow


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.show()
    settle()
    window.show_page("ayarlar")
    settle()
    yield window
    window.close_now()


@pytest.fixture
def page(window: StaffWindow) -> Any:
    return window.page("ayarlar")


def kept(ctx: Any, name: str, default: Any = None) -> Any:
    return ctx.read(lambda s, scope: setting(s, scope.site_id, name, default))


def opened(page: Any, settle: Any, code: str, title: str = "") -> Any:
    """A sub-page, and in it the record of that title."""
    page.show_subject(code)
    settle()
    if title:
        key = next(one.key for one in page._draft.merged(code).records if title in one.title)
        page.records.picked.emit(key)
        settle()
    return page.form.editors


def retype(page: Any, find: Any, type_text: Any, label: str, words: str) -> None:
    edit = find(page.form, label)
    edit = getattr(edit, "edit", edit)
    edit.setFocus()
    edit.selectAll()
    type_text(edit, words)


def test_it_opens_with_its_key_and_stands_on_the_rail(window: StaffWindow, press: Any, settle: Any) -> None:
    window.show_page("danisma")
    press(window, "Ctrl+,")
    settle()
    assert window.current_page().title == "Ayarlar"
    assert "Yerleşkenin adı" in shown_text(window)


def test_every_sub_page_shows_its_fields(page: Any, settle: Any) -> None:
    for subject in setting_table.SUBJECTS:
        opened(page, settle, subject.code)
        if subject.groups and subject.code not in ("kapali-gunler", "duyurular"):  # there are none yet
            wanted = {one.key for one in subject.fields() if not one.only_new}
            assert set(page.form.editors) == wanted, subject.code
            assert page.form.isVisible()
            settle(lambda: page.form.height() >= page.form.minimumSizeHint().height())


def test_a_change_is_told_before_it_is_saved(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kurallar")
    retype(page, find, type_text, "Öncelikliye tanınan ön süre", "20")
    words = shown_text(page.pending)
    assert "1 değişiklik" in words and "30 dakika → 20 dakika" in words
    assert kept(ctx, "head_start_minutes") == 30
    press(window, "F2")
    settle()
    assert kept(ctx, "head_start_minutes") == 20
    assert "1 değişiklik kaydedildi." in shown_text(window)
    assert "Kaydedilmemiş değişiklik yok" in shown_text(page.pending)


def test_the_calling_rule_is_said_in_its_own_words(page: Any, settle: Any) -> None:
    editors = opened(page, settle, "kurallar")
    editors["calling_rule"].choice.box.choose(2)
    assert "Her bankoda 2 öncelikli numaradan sonra" in shown_text(page.form)


def test_the_last_save_is_taken_back_with_one_key(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kurallar")
    retype(page, find, type_text, "Öncelikliye tanınan ön süre", "20")
    press(window, "Ctrl+S")
    settle()
    press(window, "Ctrl+Shift+Z")
    settle()
    assert kept(ctx, "head_start_minutes", 30) == 30
    settle(lambda: page.form.editors["head_start_minutes"].value() == 30)


def test_what_was_not_saved_is_dropped_and_can_be_brought_back(
    window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kurallar")
    retype(page, find, type_text, "Öncelikliye tanınan ön süre", "20")
    press(window, "F4")
    assert page.form.editors["head_start_minutes"].value() == 30
    press(window, "Ctrl+Z")
    assert page.form.editors["head_start_minutes"].value() == 20


def test_changes_of_several_sub_pages_are_saved_together(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kurallar")
    retype(page, find, type_text, "Öncelikliye tanınan ön süre", "20")
    opened(page, settle, "sureler")
    retype(page, find, type_text, "Dilekçe (3071)", "29")
    assert "2 değişiklik" in shown_text(page.pending)
    press(window, "F2")
    settle()
    assert (kept(ctx, "head_start_minutes"), kept(ctx, "petition_days")) == (20, 29)


def test_a_value_that_cannot_be_is_told_below_its_field_and_not_saved(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "sureler")
    retype(page, find, type_text, "Dilekçe (3071)", "otuz")
    assert "Buraya bir sayı yazınız." in shown_text(page.form)
    press(window, "F2")
    settle()
    assert kept(ctx, "petition_days") == 30


def test_a_text_of_the_papers_stays_typed_when_it_cannot_be_saved_and_is_printed_once_it_is(
    ctx: Any, monkeypatch: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    """Too long for its line, then a database that cannot be written to, then saved: the next slip says it."""
    opened(page, settle, "metinler")
    retype(page, find, type_text, "Sıra fişinin son satırı", "Numaranız okunana kadar salonda bekleyiniz lütfen")
    press(window, "F2")
    settle()
    assert "Kaydetmeden önce işaretli alanı düzeltiniz." in shown_text(window)
    assert page.form.editors["paper.ticket_note"].value() and not ctx.read(site.header).note("ticket_note")

    def full(*_: Any) -> Any:
        raise Fault("Disk dolu.")

    retype(page, find, type_text, "Sıra fişinin son satırı", "Salonda bekleyiniz")
    with monkeypatch.context() as fault:
        fault.setattr(settings, "save", full)
        press(window, "F2")
        settle()
    assert "Disk dolu." in shown_text(window) and not ctx.read(site.header).note("ticket_note")
    assert "1 değişiklik" in shown_text(page.pending)
    assert page.form.editors["paper.ticket_note"].value() == "Salonda bekleyiniz"
    press(window, "F2")
    settle()
    assert ctx.read(site.header).note("ticket_note") == "Salonda bekleyiniz"
    printed = slips.ticket_slip(TICKET, ctx.read(site.header), translator())
    assert any("Salonda bekleyiniz" in getattr(one, "text", "").replace(NO_BREAK, " ") for one in printed.elements)


def test_a_letter_that_sounds_like_another_is_told_while_it_is_typed(
    page: Any, find: Any, type_text: Any, settle: Any
) -> None:
    opened(page, settle, "hizmetler", "Dilekçe")
    retype(page, find, type_text, "Harf", "d")
    assert "seste karışır" in shown_text(page.form)


def test_a_service_is_added_by_keys_and_stands_on_the_kiosk_at_once(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    editors = opened(page, settle, "hizmetler")
    press(window, "Ctrl+N")
    settle()
    for label, words in (("Hizmetin adı", "Nikâh işlemleri"), ("Kısa ad", "Nikâh"), ("Harf", "k")):
        retype(page, find, type_text, label, words)
    page.form.editors["unit"].choice.box.choose(3)
    assert "Nikâh işlemleri ekleniyor" in shown_text(page.pending)
    press(window, "F2")
    settle()
    found = next(one for one in ctx.read(catalog.services) if one.name == "Nikâh işlemleri")
    assert (found.letter, found.kiosk, found.active) == ("K", True, True)
    assert editors is not None


def test_a_closed_day_is_entered_and_taken_away(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kapali-gunler")
    assert "Kapalı gün yok" in shown_text(page)
    press(window, "Ctrl+N")
    retype(page, find, type_text, "Gün", "31.12.2026")
    press(window, "F2")
    settle()
    settle(lambda: [one.title for one in page._draft.merged("kapali-gunler").records] == ["31.12.2026"])
    press(window, "Ctrl+Del")
    assert "31.12.2026 kaldırılıyor" in shown_text(page.pending)
    press(window, "F2")
    settle()
    settle(lambda: not page._draft.merged("kapali-gunler").records)


def test_the_second_of_two_is_told_and_saves_knowingly(
    ctx: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    opened(page, settle, "kurallar")
    retype(page, find, type_text, "Öncelikliye tanınan ön süre", "20")
    settings.save(ctx, [Change("site:kurallar", "head_start_minutes", 30, 45)])
    settle()
    press(window, "F2")
    settle()
    assert "bu arada başka bir görevli tarafından değiştirildi" in shown_text(window)
    assert kept(ctx, "head_start_minutes") == 45
    assert "45 dakika → 20 dakika" in shown_text(page.pending)
    press(window, "F2")
    settle()
    assert kept(ctx, "head_start_minutes") == 20


def test_a_kiosk_that_hangs_too_high_is_told(page: Any, find: Any, type_text: Any, settle: Any) -> None:
    opened(page, settle, "kiosk")
    retype(page, find, type_text, "Ekranın alt kenarı yerden", "1000")
    assert "1.200 mm’yi geçmemeli" in shown_text(page.form)


def test_an_empty_field_of_a_new_record_is_asked_for_once_somebody_was_there_or_saved(
    window: StaffWindow, page: Any, settle: Any, press: Any, find: Any
) -> None:
    opened(page, settle, "duyurular")
    press(window, "Ctrl+N")
    settle()
    assert "yazınız." not in shown_text(page.form)
    find(page.form, "İngilizce").setFocus()  # from the Turkish text, which stays empty
    settle()
    assert "Duyuru metnini yazınız." in shown_text(page.form)
    assert "günü yazınız" not in shown_text(page.form)
    press(window, "F2")
    settle()
    assert "İlk günü yazınız." in shown_text(page.form) and "Son günü yazınız." in shown_text(page.form)


@pytest.mark.parametrize(("shape", "size"), [("portrait", (1080, 1920)), ("landscape", (1920, 1080))])
def test_the_height_that_is_judged_is_that_of_the_kiosks_highest_target(
    office: Any, settle: Any, shape: str, size: tuple[int, int]
) -> None:
    from dataclasses import replace

    from PySide6.QtCore import QPoint

    from desk.ui.kiosk.window import KioskWindow
    from desk.ui.widgets import Control

    kiosk = KioskWindow(office)
    kiosk.resize(*size)
    kiosk.show()
    settle()
    kiosk.feed.stop()
    kiosk.offer = replace(kiosk.offer, appointments=True)  # a key more lifts everything above it
    tops = []
    for step in range(3):
        kiosk._adjusted(replace(kiosk.visitor, text_step=step))
        kiosk.grab()  # lays it out
        tops += [one.mapTo(kiosk, QPoint(0, 0)).y() for one in kiosk.findChildren(Control) if one.isVisible()]
    share = 1 - min(tops) / kiosk.height()
    assert HIGHEST_TARGET[shape] - 0.03 <= share <= HIGHEST_TARGET[shape]


def test_a_screen_too_small_for_the_farthest_seat_is_told(page: Any, find: Any, type_text: Any, settle: Any) -> None:
    opened(page, settle, "salon", "Bütün")
    retype(page, find, type_text, "En uzak koltuk", "16")
    assert "en az 109 inç gerekir" in shown_text(page.form)


def test_the_printers_have_a_page_of_their_own(window: StaffWindow, page: Any, settle: Any) -> None:
    opened(page, settle, "yazicilar")
    page.printers.click()
    settle()
    assert window.current_page().title == "Yazıcılar"


def test_what_is_saved_is_seen_in_other_open_windows(
    ctx: Any, office: Any, window: StaffWindow, page: Any, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    """Danışma in a second staff window, the kiosk and the hall: without a restart."""
    from desk.ui.hall.window import HallWindow
    from desk.ui.kiosk.window import KioskWindow

    desk, kiosk, hall = StaffWindow(office), KioskWindow(office), HallWindow(office)
    for other in (desk, kiosk, hall):
        other.show()
    settle()
    desk.show_page("danisma")
    settle()
    opened(page, settle, "hizmetler", "Dilekçe")
    retype(page, find, type_text, "Kısa ad", "Yazı")
    retype(page, find, type_text, "Hizmetin adı", "Dilekçe ve yazı")
    opened(page, settle, "salon", "Bütün")
    page.form.editors["hall.voice"].toggle.click()
    press(window, "F2")
    settle(lambda: "Dilekçe ve yazı" in shown_text(kiosk))
    settle(lambda: "Dilekçe ve yazı" in shown_text(desk) or "Yazı" in shown_text(desk))
    settle(lambda: hall.settings.voice is False)
    desk.close_now()


def test_an_empty_guide_is_filled_with_the_sample_by_one_key_seen_and_then_saved(
    window: StaffWindow, page: Any, ctx: Any, press: Any, settle: Any
) -> None:
    from sqlalchemy import delete

    from desk.models.guide import GuideEntry

    before = {one.title: one.values for one in settings.sheet(ctx, "rehber").records}
    with ctx.db.write() as session:
        session.execute(delete(GuideEntry))
    opened(page, settle, "rehber")
    assert page.sample.isVisible() and "Rehber boş" in shown_text(page)
    press(window, "Ctrl+Shift+N")
    settle()
    assert not settings.sheet(ctx, "rehber").records and "örnek satır eklendi" in shown_text(window)
    press(window, "F2")
    settle(lambda: len(settings.sheet(ctx, "rehber").records) == len(before))
    assert {one.title: one.values for one in settings.sheet(ctx, "rehber").records} == before
    assert not page.sample.isVisible()
    page.undo_last()
    settle(lambda: not settings.sheet(ctx, "rehber").records)

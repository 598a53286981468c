"""Evrak Kayıt with every kind of paper, its scans, what was registered before, and a sender who brings many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from papers_case import a_pdf, drop
from person import find_all, shown_text
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desk.actions import applications, records
from desk.registry import applications as registry
from desk.registry.channels import fields_of
from desk.registry.types import EVRAK_CHANNELS, EVRAK_KINDS, ApplicationState, Channel, DocumentKind, SenderKind
from desk.ui.staff import evrak_files
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import toasts


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.resize(1440, 900)
    window.show()
    window.show_page("evrak")
    settle()
    yield window
    window.close_now()


@pytest.fixture
def page(window: StaffWindow) -> Any:
    return window.current_page()


def told(window: StaffWindow) -> str:
    return " ".join(one.words() for one in toasts(window).shown())


def recent(ctx: Any) -> Any:
    return ctx.read(registry.recent)


def case(ctx: Any, place: int = 0) -> Any:
    return applications.open_case(ctx, recent(ctx)[place].id)


def test_every_kind_of_paper_shows_the_fields_of_the_table_by_every_channel(page: Any) -> None:
    for kind in EVRAK_KINDS:
        page.form.kind.box.choose(kind)
        for channel in EVRAK_CHANNELS:
            page.form.channel.set_value(channel)
            there = set(shown_text(page.form).splitlines())
            labels = {"Kimliği gizli kalsın" if one.code == "hidden" else one.label for one in fields_of(channel, kind)}
            assert labels <= there, (kind, channel, labels - there)


def test_an_envelope_has_its_minute_and_cannot_be_without_its_tender(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    page.form.kind.box.choose(DocumentKind.TENDER)
    assert find(page, "Teslim alındığı dakika").text() == "24.11.2026 10.42"
    assert "Zarfı açmayınız" in shown_text(page.checks)
    assert "Hedef tarih" in shown_text(page.checks)
    assert not find_all(page.form, "Islak imza görüldü")
    type_text(find(page, "Ad soyad"), "Örnek İnşaat A.Ş.")
    press(window, "F2")
    settle()
    assert recent(ctx) == ()
    assert "yazılmalıdır" in shown_text(page.form)
    type_text(find(page, "İhale (zarfın üzerindeki ad veya İKN)"), "2026/1234 park onarımı")
    press(window, "F2")
    settle(lambda: recent(ctx))
    found = case(ctx)
    assert (found.document, found.missing) == (DocumentKind.TENDER, ())
    assert found.fields == {"tender": "2026/1234 park onarımı", "arrived_at": "2026-11-24T10:42"}


def test_what_registers_and_prints_stays_in_sight_below_the_longest_form(
    window: StaffWindow, page: Any, settle: Any
) -> None:
    window.resize(1366, 768)
    page.form.kind.box.choose(DocumentKind.OFFICIAL_LETTER)
    page.form.channel.set_value(Channel.KEP)
    page.form.sender.box.choose(SenderKind.GROUP)
    settle()
    assert "Şekil şartları tamam" not in shown_text(page.form_actions)  # no law asks a letter for a form
    for key in (page.form_actions.register, page.form_actions.again, page.receipt.last):
        assert key.visibleRegion().boundingRect() == key.rect(), key.accessibleName()
    assert not page.recent.table.verticalScrollBar().isVisible()  # the page is scrolled, not the table in it


def test_a_petition_of_many_by_kep_with_a_wish_for_anonymity(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    press(window, "Alt+2")
    page.form.sender.box.choose(SenderKind.GROUP)
    type_text(find(page, "İlk imza sahibi"), "Ayşe Yıldırım")
    page.form.sender.count.set_value(47)
    type_text(find(page, "Gönderenin sayısı"), "E-15")
    press(find(page, "Kimliği gizli kalsın"), "Space")
    press(window, "F2")
    settle(lambda: recent(ctx))
    found = case(ctx)
    assert (found.sender_kind, found.persons, found.channel, found.hidden) == (SenderKind.GROUP, 47, Channel.KEP, True)
    assert found.fields["sender_number"] == "E-15"


def test_a_wrong_date_of_a_letter_is_said_beside_its_field(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    page.form.kind.box.choose(DocumentKind.OFFICIAL_LETTER)
    type_text(find(page, "Ad soyad"), "İl Sağlık Müdürlüğü")
    type_text(find(page, "Gönderenin tarihi"), "31.02.2026")
    press(window, "F2")
    settle()
    assert recent(ctx) == ()
    assert "Örnek: 24.11.2026" in shown_text(page.form)
    assert find(page, "Gönderenin tarihi").hasFocus()


# --- the same sender


def test_one_key_registers_and_keeps_the_sender_for_the_next_paper(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    page.form.sender.box.choose(SenderKind.HEADMAN)
    type_text(find(page, "Muhtarın adı soyadı"), "Kemal Örnek")
    type_text(find(page, "Telefon"), "05321234567")
    type_text(find(page, "Konu özeti"), "Kaldırım")
    press(window, "Shift+F2")
    settle(lambda: len(recent(ctx)) == 1)
    settle(lambda: "aynı gönderen" in shown_text(page.form))
    assert find(page, "Muhtarın adı soyadı").text() == "Kemal Örnek"
    assert find(page, "Konu özeti").text() == ""
    assert find(page, "Konu özeti").hasFocus()
    press(window, "F2")  # nothing new was written: nothing is registered
    settle()
    assert len(recent(ctx)) == 1
    type_text(find(page, "Konu özeti"), "Park aydınlatması")
    press(window, "F2")
    settle(lambda: len(recent(ctx)) == 2)
    senders = [records.sender_of(ctx, row.id) for row in recent(ctx)]
    assert {one.person.name for one in senders} == {"Kemal Örnek"}
    with ctx.db.read() as session:
        from sqlalchemy import func, select

        from desk.models.application import Application

        assert session.execute(select(func.count(Application.person_id.distinct()))).scalar_one() == 1
    assert find(page, "Ad soyad").text() == ""  # nobody stays in the form after F2


def test_the_sender_of_an_open_record_begins_the_next_one(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
    press(window, "F2")
    settle(lambda: recent(ctx))
    page.open_record(recent(ctx)[0].record_number)
    settle(lambda: page.panel.receipt is not None)
    press(window, "Ctrl+Shift+N")
    settle(lambda: page.panel.receipt is None)
    assert find(page, "Ad soyad").text() == "Ayşe Yıldırım"
    type_text(find(page, "Ad soyad"), " Kaya")  # somebody else after all: a person of their own
    assert page.form.request().same_sender_as is None


# --- registered before


def test_what_was_registered_before_is_shown_and_joined_with_one_key(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    for _ in range(2):
        type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
        type_text(find(page, "Konu özeti"), "Kaldırım")
        if recent(ctx):
            settle(lambda: "Mükerrer olabilir" in shown_text(page))
            press(window, "Alt+M")
            assert "Kaydet ve 2026/000001 ile birleştir" in shown_text(page)
        press(window, "F2")
        settle(lambda: page.form.is_empty() and recent(ctx))
    settle(lambda: len(recent(ctx)) == 2)
    assert case(ctx, 0).state is ApplicationState.DUPLICATE
    assert case(ctx, 0).joined_to == "2026/000001"
    assert "Mükerrer olabilir" not in shown_text(page)


def test_joining_can_be_taken_back_before_f2(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any
) -> None:
    type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
    press(window, "F2")
    settle(lambda: recent(ctx))
    type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
    settle(lambda: "Mükerrer olabilir" in shown_text(page))
    press(window, "Alt+M")
    press(window, "Alt+M")
    press(window, "F2")
    settle(lambda: len(recent(ctx)) == 2)
    assert case(ctx, 0).state is ApplicationState.NEW


# --- scans


def test_a_dropped_scan_waits_in_the_form_and_is_attached_by_f2(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any, tmp_path: Path
) -> None:
    assert drop(page, a_pdf(tmp_path))
    settle(lambda: "tarama.pdf" in shown_text(page.form))
    type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert [one.name for one in case(ctx).files] == ["tarama.pdf"]
    assert "tarama.pdf" not in shown_text(page.form)


def test_a_program_that_is_called_pdf_is_refused_with_a_sentence(
    window: StaffWindow, page: Any, settle: Any, tmp_path: Path
) -> None:
    path = tmp_path / "fatura.pdf"
    path.write_bytes(b"MZ\x90\x00\x03")
    drop(page, path)
    settle(lambda: "adı öyle olsa da içeriği başka" in told(window))
    assert page.form.enclosures.files() == ()
    assert page.form.is_empty()


def test_words_dragged_from_elsewhere_are_not_taken(page: Any) -> None:
    data = QMimeData()
    data.setText("https://ornek.bel.tr")
    enter = QDragEnterEvent(
        QPoint(60, 60), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(page, enter)
    assert not enter.isAccepted()


def test_a_field_leaves_dropped_files_to_the_page(page: Any, find: Any) -> None:
    assert not find(page, "Ad soyad").acceptDrops()


def test_a_scan_is_added_to_an_open_record_by_key_and_opens_with_a_press(
    window: StaffWindow, page: Any, ctx: Any, press: Any, find: Any, type_text: Any, settle: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    type_text(find(page, "Ad soyad"), "Ayşe Yıldırım")
    press(window, "F2")
    settle(lambda: recent(ctx))
    page.open_record(recent(ctx)[0].id)
    settle(lambda: page.panel.receipt is not None)
    path = a_pdf(tmp_path, "dilekçe.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    press(window, "Ctrl+D")
    settle(lambda: "1 belge eklendi" in told(window))
    shown: list[Path] = []
    monkeypatch.setattr(evrak_files, "open_document", lambda _owner, at: shown.append(at))
    button = next(one for one in page.panel.scans._buttons)
    assert button.accessibleName().startswith("dilekçe.pdf")
    press(button, "Space")
    settle(lambda: bool(shown))
    assert shown[0].read_bytes() == path.read_bytes()
    page.panel.hide_details()
    assert "dilekçe" not in shown_text(page.panel)  # a file's name may name people


def test_too_many_scans_for_one_form_are_said(window: StaffWindow, page: Any, settle: Any, tmp_path: Path) -> None:
    drop(page, *(a_pdf(tmp_path, f"sayfa-{number}.pdf") for number in range(12)))
    settle(lambda: "kalan 2 belgeyi" in told(window))
    assert len(page.form.enclosures.files()) == 10

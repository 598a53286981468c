"""Opening registered documents: by barcode, number, code; hiding again; printing again."""

from __future__ import annotations

import pytest
from person import shown_text
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions import paper, printers, records
from desk.events import Kind
from desk.registry import applications
from desk.registry.types import Channel, Enclosure, PersonInput, PetitionRequest
from desk.ui.staff.evrak import EvrakPage
from desk.ui.widgets import toasts


def said(window) -> str:
    return " ".join(toast.words() for toast in toasts(window).shown())


def registered(ctx, key="k1", name="Nuriye Ağaoğlu", **more):
    given = {"sender": PersonInput(name, address="Çam Sk. 3"), "subject": "Yakacak yardımı", "signature_present": True}
    return records.register_petition(ctx, PetitionRequest(key=key, **{**given, **more}))


@pytest.fixture
def window(office, settle):
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    page = EvrakPage(office)
    page.said.connect(lambda words, undo: toasts(window).info(words))
    page.failed.connect(lambda words: toasts(window).error(words))
    column.addWidget(page)
    window.page = page
    window.show()
    settle()
    page.enter()
    return window


def test_scanning_the_barcode_opens_the_record_with_its_name_and_the_access_is_logged(window, ctx, office, settle):
    receipt, seen = registered(ctx), []
    office.bridge.changed.connect(lambda changes: seen.extend(change.kind for change in changes))
    assert window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    assert receipt.record_number in shown_text(window)
    settle(lambda: Kind.RECORD_OPENED in seen)


def test_a_draft_that_comes_late_does_not_stand_beside_an_open_record(window, ctx, settle):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    window.page._draw_preview()  # the form's own, begun before the scan was answered
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    settle()
    assert receipt.record_number in window.page.receipt.paper.accessibleDescription()
    assert "XXXX" not in window.page.receipt.paper.accessibleDescription()


def test_the_list_shows_masked_names_only(window, ctx, settle, find):
    registered(ctx)
    table = window.page.recent.table
    settle(lambda: table.model().rowCount() == 1)
    assert table.model().index(0, 2).data() == "N*** A***"


def test_an_opened_record_hides_its_name_after_half_a_minute_without_a_touch(window, ctx, settle, find, press):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    assert window.page.panel._idle.interval() == 30_000
    window.page.panel._idle.timeout.emit()
    assert "Nuriye Ağaoğlu" not in shown_text(window)
    assert "Çam Sk. 3" not in shown_text(window)
    press(find(window, "Ayrıntıları göster"), "Space")
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))


def test_esc_closes_the_record_and_the_form_is_as_it_was(window, ctx, settle, find, press, type_text):
    type_text(find(window, "Ad soyad"), "Ayşe")
    receipt = registered(ctx)
    window.page.open_scan(receipt.tracking_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "Escape")
    assert "Nuriye Ağaoğlu" not in shown_text(window)
    assert find(window, "Ad soyad").text() == "Ayşe"
    assert find(window, "Ad soyad").hasFocus()


def test_ctrl_f_finds_a_record_by_its_number(window, ctx, settle, find, press, type_text):
    registered(ctx)
    press(window, "Ctrl+F")
    type_text(find(window, "Kayıt ara"), "2026/1")
    press(window, "Return")
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))


def test_a_number_that_does_not_exist_is_said_at_the_search_field(window, settle, find, press, type_text):
    press(window, "Ctrl+F")
    field = find(window, "Kayıt ara")
    type_text(field, "2026/999")
    press(window, "Return")
    settle(lambda: "bulunamadı" in field.accessibleDescription())
    assert field.hasFocus()


def test_f3_prints_the_open_record_again_as_a_copy(window, ctx, settle, press):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "F3")
    settle(lambda: "KOPYA 2" in said(window))
    assert paper.job_of(ctx, receipt.application_id, "receipt").copy_no == 2


def test_f4_prints_the_notice_of_an_open_record_and_registers_nothing(window, ctx, settle, press):
    receipt = registered(ctx, signature_present=False)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "F4")
    settle(lambda: paper.job_of(ctx, receipt.application_id, "deficiency") is not None)
    assert len(ctx.read(applications.recent)) == 1


def test_f2_does_not_register_while_a_record_is_open(window, ctx, settle, press):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "F2")
    settle()
    assert len(ctx.read(applications.recent)) == 1


def test_ctrl_p_makes_the_a4_receipt_and_offers_to_open_it(window, ctx, settle, press, find, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "Ctrl+P")
    settle(lambda: "A4 alındı belgesi hazır" in said(window))
    file = ctx.data_dir / "belgeler" / "alindi-2026-000001.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    press(find(window, "Aç"), "Space")
    assert opened == [str(file)]


def test_where_there_is_an_a4_printer_ctrl_p_prints(window, ctx, settle, press):
    printers.save_printer(ctx, printers.PrinterEdit("a4", "A4 yazıcı", "cups:A4"))
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    press(window, "Ctrl+P")
    settle(lambda: "A4 yazıcıya gönderildi" in said(window))
    (job,) = [one for one in printers.jobs(ctx) if one.kind == "receipt_a4"]
    assert job.printer_name == "A4 yazıcı"


def test_enter_in_the_list_opens_the_record(window, ctx, settle, find, press):
    registered(ctx, channel=Channel.PTT, enclosures=(Enclosure("Dekont", "Makbuz", 2),))
    table = window.page.recent.table
    settle(lambda: table.model().rowCount() == 1)
    table.setFocus()
    table.selectRow(0)
    press(table, "Return")
    settle(lambda: "Dekont (2)" in shown_text(window))


def test_forty_records_and_very_long_texts_keep_the_window_its_width(window, ctx, settle, find):
    for number in range(40):
        registered(ctx, f"k{number}", name="Ş" * 100, subject="kaldırım" * 60)
    settle(lambda: window.page.recent.table.model().rowCount() == 40)
    window.page.open_scan("2026/40")
    settle(lambda: window.page.panel.receipt is not None)
    assert window.width() == 1352
    assert window.page.minimumSizeHint().width() <= 1278


def test_a_record_is_masked_when_somebody_comes_back_to_the_page(window, ctx, settle):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    window.hide()
    window.show()
    assert "Nuriye Ağaoğlu" not in shown_text(window)


def test_any_key_starts_the_half_minute_anew(window, ctx, settle, press, find):
    receipt = registered(ctx)
    window.page.open_scan(receipt.scan_code)
    settle(lambda: "Nuriye Ağaoğlu" in shown_text(window))
    idle = window.page.panel._idle
    idle.start(5)
    idle.setInterval(30_000)
    press(find(window, "Kayıt ara"), "A")
    assert idle.remainingTime() > 5_000

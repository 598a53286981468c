"""Evrak Kayıt as a clerk uses it: typing, F2, what is missing, what cannot be true."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.actions import paper
from desk.errors import N_, Fault
from desk.registry import applications
from desk.ui.staff import evrak_work
from desk.ui.staff.evrak import EvrakPage
from desk.ui.tables.rows_model import PILL_ROLE
from desk.ui.widgets import toasts


def said(window) -> str:
    return " ".join(toast.words() for toast in toasts(window).shown())


@pytest.fixture
def window(office, settle):
    """The page in a plain window, its sentences shown as the shell would."""
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    page = EvrakPage(office)
    page.hinted.connect(lambda words: toasts(window).info(words))
    page.said.connect(lambda words, undo: toasts(window).info(words, action="Geri al" if undo else "", on_action=undo))
    page.failed.connect(lambda words: toasts(window).error(words))
    column.addWidget(page)
    window.page = page
    window.show()
    settle()
    page.enter()
    return window


def recent(ctx):
    return ctx.read(applications.recent)


def test_a_whole_petition_is_registered_with_the_keyboard_only(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Ayşe Yıldırım")
    press(window, "Return")
    type_text(QApplication.focusWidget(), "17291716060")
    press(window, "Return")
    type_text(QApplication.focusWidget(), "05321234567")
    type_text(find(window, "Cadde, sokak ve kapı no"), "Ihlamur Sk. No: 4")
    type_text(find(window, "Konu özeti"), "Kaldırımın onarılması")
    press(find(window, "Islak imza görüldü"), "Space")
    press(window, "F2")
    settle(lambda: recent(ctx))
    row = recent(ctx)[0]
    assert (row.record_number, row.applicant_masked, row.missing) == ("2026/000001", "A*** Y***", ())
    assert row.unit == "Fen İşleri"
    assert "2026/000001 kaydedildi" in said(window)
    assert paper.job_of(ctx, row.id, "receipt") is not None


def test_after_registering_the_form_is_empty_and_the_focus_is_on_the_name(window, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Işıl")
    press(window, "F2")
    settle(lambda: "kaydedildi" in said(window))
    assert find(window, "Ad soyad").text() == ""
    assert find(window, "Ad soyad").hasFocus()
    settle(lambda: "2026/000002" in window.page.subtitle.text())


def test_f2_registers_whatever_is_missing_and_the_list_says_what(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Konu özeti"), "Ağaç budama")
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert {str(one) for one in recent(ctx)[0].missing} == {"name", "signature", "address"}
    settle(lambda: window.page.recent.table.model().rowCount() == 1)
    assert window.page.recent.table.model().index(0, 8).data(PILL_ROLE).words == "3 eksik"


def test_two_presses_of_f2_make_one_record(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Kemal Çetinkaya")
    press(window, "F2")
    press(window, "F2")
    settle(lambda: recent(ctx))
    settle()
    assert len(recent(ctx)) == 1


def test_a_wrong_identity_number_is_refused_at_its_field(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Kemal Çetinkaya")
    field = find(window, "T.C. kimlik no")
    type_text(field, "17291716061")
    assert "hatalı" in field.accessibleDescription()
    find(window, "Konu özeti").setFocus()
    press(window, "F2")
    settle()
    assert field.hasFocus()
    assert recent(ctx) == ()


def test_a_right_identity_number_is_shown_back_in_groups(window, type_text, find):
    field = find(window, "T.C. kimlik no")
    type_text(field, "17291716060")
    assert field.text() == "172 917 160 60"
    assert field.accessibleDescription() == ""


def test_letters_in_the_identity_number_are_refused_too(window, ctx, type_text, press, settle, find):
    field = find(window, "T.C. kimlik no")
    type_text(field, "abc")
    press(window, "F2")
    settle()
    assert "hatalı" in field.accessibleDescription()
    assert recent(ctx) == ()


def test_a_missing_door_number_is_remarked_on_but_registers(window, ctx, type_text, press, settle, find):
    field = find(window, "Cadde, sokak ve kapı no")
    type_text(field, "Ihlamur Sk.")
    press(window, "Return")
    assert "Kayda engel değildir" in field.accessibleDescription()
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert "address" not in recent(ctx)[0].missing


def test_a_name_that_is_too_long_is_refused_with_a_sentence_not_cut(window, ctx, type_text, press, settle, find):
    field = find(window, "Ad soyad")
    field.setText("a" * 121)
    press(window, "F2")
    settle()
    assert "120" in field.accessibleDescription()
    assert len(field.text()) == 121
    assert recent(ctx) == ()


def test_names_in_other_scripts_and_emoji_are_stored_as_typed(window, ctx, press, settle, find):
    find(window, "Ad soyad").setText("محمد علي 🙂")
    find(window, "Konu özeti").setText("Su 💧 baskını")
    press(window, "F2")
    settle(lambda: recent(ctx))
    receipt = ctx.read(applications.receipt, recent(ctx)[0].id)
    assert (receipt.applicant, receipt.subject) == ("محمد علي 🙂", "Su 💧 baskını")


def test_f4_registers_with_the_deficiency_notice(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Gökçe Iğdır")
    press(window, "F4")
    settle(lambda: recent(ctx))
    assert paper.job_of(ctx, recent(ctx)[0].id, "deficiency") is not None


def test_an_empty_form_is_not_registered_by_a_slip_of_the_finger(window, ctx, press, settle):
    press(window, "F2")
    settle()
    assert recent(ctx) == ()
    assert "Form boş" in said(window)


def test_alt_digits_choose_the_channel_and_kep_asks_for_an_e_signature(window, ctx, press, settle, find, type_text):
    type_text(find(window, "Ad soyad"), "Kemal")
    press(window, "Alt+2")
    press(find(window, "E-imza görüldü"), "Space")
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert recent(ctx)[0].channel == "kep"
    assert "signature" not in recent(ctx)[0].missing


@pytest.mark.qt_log_ignore("plugin does not support")
def test_information_requests_have_fifteen_working_days(window, ctx, press, settle, find, type_text):
    press(window, "Alt+T")
    kinds = window.page.form.kind.box.popup().list
    press(kinds, "Down")
    press(kinds, "Return")
    assert "15.12.2026 Salı" in window.page.checks.deadline._day.text()
    type_text(find(window, "Ad soyad"), "Kemal")
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert f"{recent(ctx)[0].due_on:%d.%m.%Y}" == "15.12.2026"


def test_a_last_day_on_a_sunday_also_names_the_working_day_before(window, clock, settle, find):
    clock.advance(days=3)  # Friday 27.11.2026, thirty days before a Sunday
    window.page.reload_soon()
    settle(
        lambda: (
            "26.12.2026" in window.page.checks.deadline._day.text()
            or "27.12.2026" in window.page.checks.deadline._day.text()
        )
    )
    assert "önceki iş günü 25.12.2026 Cuma" in window.page.checks.deadline._day_off.text()


def test_enclosures_are_added_in_the_line_and_taken_away_again(window, ctx, press, settle, find, type_text):
    type_text(find(window, "Ad soyad"), "Kemal")
    press(window, "Ctrl+E")
    type_text(QApplication.focusWidget(), "Olay yeri")
    press(window, "Return")
    type_text(QApplication.focusWidget(), "Dekont")
    press(window, "Return")
    press(window, "Escape")
    press(find(window, "Dekont, 1 sayfa: çıkarınız"), "Space")
    press(window, "F2")
    settle(lambda: recent(ctx))
    receipt = ctx.read(applications.receipt, recent(ctx)[0].id)
    assert [one.name for one in receipt.enclosures] == ["Olay yeri"]


def test_a_cleared_form_can_be_taken_back(window, press, settle, find, type_text):
    type_text(find(window, "Ad soyad"), "Ayşe")
    press(window, "Ctrl+N")
    assert find(window, "Ad soyad").text() == ""
    toasts(window).undo()
    assert find(window, "Ad soyad").text() == "Ayşe"


def test_the_receipt_preview_follows_the_form(window, settle, find, type_text):
    type_text(find(window, "Ad soyad"), "Ayşe Yıldırım")
    settle(lambda: "A*** Y***" in window.page.receipt.paper.accessibleDescription())
    assert "2026/000001" in window.page.receipt.paper.accessibleDescription()


def test_the_petition_of_a_ticket_is_tied_to_it(window, ctx, press, settle, find, type_text):
    from desk.actions import desk

    ticket = desk.register_visit(ctx, desk.VisitRequest(key="v1", service_code="evrak")).tickets[0]
    window.page.open_for_ticket(ticket.id)
    settle(lambda: ticket.number in window.page.subtitle.text())
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert len(recent(ctx)) == 1


def test_the_next_document_can_be_typed_before_the_answer(window, ctx, type_text, press, settle, find):
    type_text(find(window, "Ad soyad"), "Kemal Çetinkaya")
    press(window, "F2")
    type_text(QApplication.focusWidget(), "Işıl Gündoğdu")
    settle(lambda: "kaydedildi" in said(window))
    settle()
    assert find(window, "Ad soyad").text() == "Işıl Gündoğdu"
    press(window, "F2")
    settle(lambda: len(recent(ctx)) == 2)
    assert [row.applicant_masked for row in recent(ctx)] == ["I*** G***", "K*** Ç***"]


@pytest.fixture
def failing_once(monkeypatch):
    """The database cannot be reached when the first document is registered."""
    real, failed = evrak_work.register, []

    def register(ctx, request, deficiency):
        if not failed:
            failed.append(request)
            raise Fault(N_("Veri tabanıyla bağlantı koptu. Kayıt yapılmadı; yeniden deneyiniz."))
        return real(ctx, request, deficiency)

    monkeypatch.setattr(evrak_work, "register", register)


def test_a_document_that_was_not_registered_stands_in_the_form_again(
    window, ctx, failing_once, type_text, press, settle, find
):
    type_text(find(window, "Ad soyad"), "Kemal Çetinkaya")
    type_text(find(window, "Konu özeti"), "Ağaç budama")
    press(window, "F2")
    settle(lambda: "bağlantı koptu" in said(window))
    assert find(window, "Ad soyad").text() == "Kemal Çetinkaya"
    assert find(window, "Konu özeti").text() == "Ağaç budama"
    press(window, "F2")
    settle(lambda: recent(ctx))
    assert len(recent(ctx)) == 1


def test_a_document_that_was_not_registered_waits_behind_the_message_while_another_is_typed(
    window, ctx, failing_once, type_text, press, settle, find
):
    type_text(find(window, "Ad soyad"), "Kemal Çetinkaya")
    press(window, "F2")
    type_text(QApplication.focusWidget(), "Işıl")
    settle(lambda: "Önceki evrak kaydedilemedi. Veri tabanıyla bağlantı koptu." in said(window))
    assert find(window, "Ad soyad").text() == "Işıl"
    find(window, "Yeniden dene").click()
    settle(lambda: recent(ctx))
    assert recent(ctx)[0].applicant_masked == "K*** Ç***"
    assert find(window, "Ad soyad").text() == "Işıl"

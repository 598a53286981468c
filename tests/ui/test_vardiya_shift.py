"""Vardiya: opening the shift, what needs attention, the records behind figures, closing, a face-to-face survey."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions import desk, escort, shift, surveys
from desk.registry.surveys import Answer, Filled
from desk.registry.types import AssistanceKind
from desk.ui.staff import vardiya_reports
from desk.ui.staff.anket import SurveyOverlay
from desk.ui.staff.vardiya import VardiyaPage
from desk.ui.staff.vardiya_counts import CountsOverlay, RecordsOverlay
from desk.ui.staff.vardiya_reports import ReportsOverlay
from desk.ui.staff.vardiya_shift import OpeningOverlay
from desk.ui.widgets import Chip, Segmented, toasts


def visitor(ctx, key, service="vergi"):
    return desk.register_visit(ctx, desk.VisitRequest(key=key, service_code=service)).tickets[0]


def said(window) -> str:
    return " ".join(toast.words() for toast in toasts(window).shown())


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


def test_a_very_bad_survey_is_told_until_the_lead_has_seen_it(window, ctx, settle, find):
    card = window.page.now
    assert not card.isVisible()
    surveys.fill(ctx, Filled("k", "genel", (Answer("memnuniyet", 1), Answer("gorus", text="Çok bekledim"))))
    settle(card.isVisible)
    badges = []
    window.page.badge.connect(badges.append)
    find(window, "Anketi gördüm: 10.42 · Çok bekledim").click()
    settle(lambda: not card.isVisible())
    assert badges[-1] == 0


def test_every_figure_opens_its_records_from_the_keyboard(window, ctx, settle, press, find):
    visitor(ctx, "a")
    visitor(ctx, "b", "imar")
    settle(lambda: window.page._sheet.tickets_issued == 2)
    press(window.page, "Alt+S")
    settle(lambda: window.findChild(CountsOverlay) is not None)
    overlay = window.findChild(CountsOverlay)
    assert overlay.table.choose("tickets_issued")
    overlay.table.setFocus()
    press(overlay.table, "Return")
    settle(lambda: window.findChild(RecordsOverlay) is not None)
    rows = window.findChild(RecordsOverlay).table.model().rows()
    assert [row.number for row in rows] == ["V 001", "R 001"]


def test_the_shift_is_opened_with_a_note_and_names(window, ctx, settle, find):
    find(window, "Vardiyayı aç").click()
    settle(lambda: window.findChild(OpeningOverlay) is not None)
    overlay = window.findChild(OpeningOverlay)
    overlay.note.set_text("Banko 4 bakımda")
    chip = overlay.findChildren(Chip)[0]
    chip.setChecked(True)
    overlay.save.click()
    settle(lambda: "Vardiya açıldı." in said(window))
    assert shift.view(ctx).opening_note == "Banko 4 bakımda" and len(shift.view(ctx).staff) == 1


def test_closing_tells_the_open_refakat_and_keeps_the_handover(window, ctx, settle):
    visitor(ctx, "a")
    escort.request(ctx, AssistanceKind.WHEELCHAIR, "2. kat")
    page = window.page
    settle(lambda: page._sheet is not None)
    page.ask_to_close()
    settle(lambda: "1 numara hâlâ açık" in page.confirmation.question.text())
    words = page.confirmation.question.text()
    assert "Refakat: RF 001 sonraki vardiyaya devredilir." in words
    page.confirmation.handover.set_text("Sandalye 2. katta")
    page.confirmation.confirm_button.click()
    settle(lambda: "Gün kapatıldı" in said(window))
    assert shift.sheet(ctx).number == "2026/0001"
    assert {line.done for line in shift.sheet(ctx).left_open if line.kind == "assistance"} == {"handed_over"}


def test_a_survey_is_asked_face_to_face(window, ctx, settle, press):
    press(window.page, "Alt+A")
    settle(lambda: window.findChild(SurveyOverlay) is not None)
    overlay = window.findChild(SurveyOverlay)
    overlay.submit()
    settle(lambda: "En az bir soruyu" in said(window))
    overlay._rows[0].findChild(Segmented).set_value("5")
    overlay.submit()
    settle(lambda: "Genel memnuniyet anketi kaydedildi." in said(window))
    settle(lambda: shift.sheet(ctx).survey_total == 1)


def test_a_cell_of_service_and_hour_opens_just_its_records(window, ctx, settle, press):
    visitor(ctx, "a")
    visitor(ctx, "b", "imar")
    settle(lambda: window.page._sheet.tickets_issued == 2)
    press(window.page, "Alt+S")
    settle(lambda: window.findChild(CountsOverlay) is not None)
    overlay = window.findChild(CountsOverlay)
    overlay.tabs.set_value("cells")
    lines = {line.name: line for line in overlay._lines["cells"]}
    line = next(line for name, line in lines.items() if "İmar" in name)
    assert line.value == 1 and "10.00–11.00" in line.name
    overlay.opened.emit(line)
    settle(lambda: window.findChild(RecordsOverlay) is not None)
    assert window.findChild(RecordsOverlay).table.model().rowCount() == 1


def test_the_year_report_is_two_presses_away(window, ctx, settle, press, tmp_path, monkeypatch):
    monkeypatch.setattr(vardiya_reports, "document_path", lambda ctx, name: tmp_path / name)
    visitor(ctx, "a")
    press(window.page, "Alt+Y")
    settle(lambda: window.findChild(ReportsOverlay) is not None)
    overlay = window.findChild(ReportsOverlay)
    assert overlay.words.text() == "2026" and not overlay.after.isEnabled()
    if os.environ.get("KIOSK_SHOTS"):
        window.grab().save(os.environ["KIOSK_SHOTS"] + "/raporlar.png")
    overlay._ask("pdf")
    settle(lambda: (tmp_path / "faaliyet-raporu-2026.pdf").is_file())
    overlay._ask("xlsx")
    settle(lambda: (tmp_path / "faaliyet-raporu-2026.xlsx").is_file())
    overlay.span.set_value("month")
    assert overlay.words.text() == "Kasım 2026"
    overlay._ask("pdf")
    settle(lambda: (tmp_path / "aylik-cizelge-2026-11-01.pdf").is_file())
    overlay.span.set_value("week")
    overlay._go(-1)
    assert overlay.words.text() == "16–22 Kasım 2026"


def test_a_year_without_records_is_told_in_a_sentence(window, ctx, settle, press):
    press(window.page, "Alt+Y")
    settle(lambda: window.findChild(ReportsOverlay) is not None)
    overlay = window.findChild(ReportsOverlay)
    overlay._go(-1)
    overlay._ask("pdf")
    settle(lambda: "2025 yılına ait kayıt yok" in said(window))

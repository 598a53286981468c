"""The printers page: health, papers that need a decision, reprint with a reason; other terminals' trouble is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import shown_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select, update

from desk.actions import desk, paper, printers, records
from desk.models.print_job import Printer, PrintJob
from desk.models.site import Terminal
from desk.printing.types import JobState
from desk.registry.types import PersonInput, PetitionRequest
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import toasts


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.show()
    settle()
    yield window
    window.close_now()


def a_ticket(ctx: Any, state: JobState, key: str = "k", reason: str = "") -> Any:
    """A ticket whose slip came to ``state``."""
    job_id = desk.register_visit(ctx, desk.VisitRequest(key, service_code="vergi")).jobs[0]
    with ctx.db.write() as session:
        session.execute(update(PrintJob).where(PrintJob.id == job_id).values(state=state, reason=reason))
    return job_id


def state_of(ctx: Any, job_id: Any) -> JobState:
    return paper.job(ctx, job_id).state


def test_it_opens_from_the_status_strip_and_by_key(window: StaffWindow, press: Any, settle: Any) -> None:
    window.strip.printer.click()
    settle()
    assert window.current_page().title == "Yazıcılar"
    window.show_page("danisma")
    press(window, "Ctrl+Shift+Y")
    settle()
    assert window.current_page().title == "Yazıcılar"


def test_it_shows_every_printer_with_its_state_and_place(window: StaffWindow, settle: Any) -> None:
    window.show_page("yazicilar")
    settle()
    text = shown_text(window.page("yazicilar"))
    assert "yazıcı hazır" in text
    assert "Deneme baskısı" in text


def test_a_late_slip_is_printed_when_a_person_says_so(ctx: Any, window: StaffWindow, press: Any, settle: Any) -> None:
    job_id = a_ticket(ctx, JobState.WAITING)
    window.show_page("yazicilar")
    settle()
    assert "1 fiş kararınızı bekliyor" in shown_text(window)
    press(window, "F2")
    settle()
    assert state_of(ctx, job_id) is JobState.QUEUED


def test_a_late_slip_can_be_taken_back(ctx: Any, window: StaffWindow, press: Any, settle: Any) -> None:
    job_id = a_ticket(ctx, JobState.WAITING)
    window.show_page("yazicilar")
    settle()
    press(window, "Del")
    settle()
    assert state_of(ctx, job_id) is JobState.FAILED
    settle(lambda: not window.page("yazicilar").papers.table.rows_model.rows())
    assert "Kararınızı bekleyen fiş yok" in shown_text(window)


def test_a_lost_slip_that_was_seen_warns_no_more(ctx: Any, window: StaffWindow, press: Any, settle: Any) -> None:
    a_ticket(ctx, JobState.UNKNOWN)
    window.show_page("yazicilar")
    settle()
    press(window, "F4")
    settle()
    assert printers.needing(ctx) == ()


def test_a_reprint_asks_why_and_keeps_the_answer(ctx: Any, window: StaffWindow, press: Any, settle: Any) -> None:
    job_id = a_ticket(ctx, JobState.FAILED, reason="Kâğıt bitti.")
    window.show_page("yazicilar")
    settle()
    press(window, "F3")
    settle()
    assert "neden yeniden yazdırılıyor" in shown_text(window)
    QTest.keyClick(window._overlay, Qt.Key.Key_Down)
    QTest.keyClick(window._overlay, Qt.Key.Key_Return)
    settle()
    again = next(one for one in printers.jobs(ctx) if one.copy_no == 2)
    assert again.why == "Fiş silik ya da eksik çıktı"
    assert state_of(ctx, job_id) is JobState.FAILED


def test_numbers_are_shown_and_no_names(ctx: Any, window: StaffWindow, settle: Any) -> None:
    records.register_petition(ctx, PetitionRequest("p", sender=PersonInput(name="Nuriye Ağaoğlu"), subject="Kaldırım"))
    page = window.page("yazicilar")
    window.show_page("yazicilar")
    page.which.set_value("lately")
    settle()
    table = page.papers.table.rows_model
    row = [table.index(0, place).data() for place in range(table.columnCount())]
    assert "2026/000001" in row and "Alındı belgesi" in row
    assert not any("N***" in str(cell) or "Nuriye" in str(cell) for cell in row)


def test_the_trial_and_the_code_page_slips_go_through_the_ledger(
    ctx: Any, window: StaffWindow, press: Any, settle: Any
) -> None:
    window.show_page("yazicilar")
    settle()
    press(window, "Ctrl+T")
    press(window, "Ctrl+Shift+T")
    settle()
    assert {one.kind for one in printers.jobs(ctx)} == {"trial", "codepages"}


def test_an_office_without_printers_says_so(ctx: Any, window: StaffWindow, settle: Any) -> None:
    with ctx.db.write() as session:
        session.execute(update(Printer).values(active=False))
    window.show_page("yazicilar")
    settle()
    assert "Yazıcı tanımlı değil" in shown_text(window)


def test_a_kiosk_that_runs_low_is_told_once_and_calmly(ctx: Any, office: Any, window: StaffWindow, settle: Any) -> None:
    with ctx.db.write() as session:
        kiosk = select(Terminal.id).where(Terminal.role == "kiosk").scalar_subquery()
        session.execute(update(Printer).where(Printer.terminal_id == kiosk).values(state="paper_low"))
    window._read_facts()
    settle()
    window._read_facts()
    settle()
    assert "kâğıt azaldı" in window.strip.printer.label()
    said = [one for one in toasts(window).shown() if "basmayı sürdürüyor" in one.words()]
    assert len(said) == 1

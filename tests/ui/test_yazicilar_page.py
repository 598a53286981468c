"""The printers page: health, papers that need a decision, reprint with a reason; other terminals' trouble is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from person import find, shown_text, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select, update

from desk.actions import desk, paper, printer_setup, printers, records
from desk.models.print_job import Printer, PrintJob
from desk.models.site import Terminal
from desk.printing.found import Found
from desk.printing.profiles import load_profile
from desk.printing.types import JobState
from desk.printing.virtual import VirtualPrinter, on_pty
from desk.registry.types import PersonInput, PetitionRequest
from desk.ui.staff.shell import StaffWindow
from desk.ui.staff.yazicilar_address import parts_of
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


@pytest.fixture
def form(window: StaffWindow, press: Any, settle: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A new printer's form, on a computer with one serial port."""
    monkeypatch.setattr(printer_setup, "found_here", lambda: (Found("serial:/dev/ttyUSB7", "Epson"),))
    window.show_page("yazicilar")
    settle()
    press(window, "Ctrl+N")
    settle(lambda: window._overlay is not None and window._overlay._choices is not None)
    settle()
    return window._overlay


def printer_of(ctx: Any, code: str) -> Any:
    with ctx.db.read() as session:
        return session.execute(select(Printer).where(Printer.code == code)).scalar_one()


def test_a_printer_is_added_from_what_was_found(
    ctx: Any, window: StaffWindow, form: Any, press: Any, settle: Any
) -> None:
    type_text(find(form, "Adı"), "Evrak kayıt yazıcısı")
    assert form.code.text() == "evrak-kayit-yazicisi"
    form.found.box.choose("serial:/dev/ttyUSB7")
    form.baud.box.choose(9600)
    form.model.box.choose("epson-tm-t20")
    type_text(find(form, "Yeri"), "Giriş")
    press(window, "F2")
    settle(lambda: "kaydedildi" in shown_text(window))
    row = printer_of(ctx, "evrak-kayit-yazicisi")
    assert (row.address, row.profile, row.pool) == ("serial:/dev/ttyUSB7?baud=9600", "epson-tm-t20", "Giriş")
    assert row.terminal_id == ctx.actor.terminal_id and row.active
    settle(lambda: "Evrak kayıt yazıcısı" in shown_text(window.page("yazicilar")))


def test_mistakes_are_said_beside_their_fields_and_nothing_is_saved(
    ctx: Any, window: StaffWindow, form: Any, press: Any, settle: Any
) -> None:
    press(window, "F2")
    text = shown_text(form)
    for words in ("Yazıcının adını yazınız", "Yazıcının kodunu yazınız", "ağ adresini yazınız", "modelini seçiniz"):
        assert words in text
    assert form.name.edit.hasFocus()
    type_text(find(form, "Adı"), "Kapı")
    type_text(find(form, "Ağ adresi"), "10.0.0.5:yanlış")
    form.model.box.choose("generic-80")
    form.code.set_text("danisma-fis")
    press(window, "F2")
    assert "Bu kodla başka bir yazıcı var" in shown_text(form)
    form.code.set_text("kapi")
    press(window, "F2")
    settle(lambda: "anlaşılamadı" in shown_text(form))
    with ctx.db.read() as session:
        assert session.execute(select(Printer).where(Printer.code == "kapi")).first() is None


@pytest.mark.skipif(os.name != "posix", reason="terminal devices are POSIX")
def test_a_slip_tries_a_printer_before_it_is_saved(window: StaffWindow, form: Any, press: Any, settle: Any) -> None:
    printer = VirtualPrinter(load_profile("generic-80"))
    form.model.box.choose("generic-80")
    form.kind.set_value("serial")
    with on_pty(printer) as path:
        type_text(find(form, "Seri port"), path)
        form._parts = replace(form._parts, rest=(("flow", "none"),))
        press(window, "Ctrl+T")
        settle(lambda: "Deneme fişi basıldı" in shown_text(form))
        printer.paper_out = True
        press(window, "Ctrl+T")
        settle(lambda: "Kâğıt bitti" in shown_text(form))
    assert "Deneme baskısı" in printer.papers[0].text[-20:] or len(printer.papers) == 1
    press(window, "Ctrl+T")  # the line is gone
    settle(lambda: "Yazıcı" in form.said.text() and "Kâğıt" not in form.said.text())


def test_a_printer_is_changed_and_keeps_what_the_form_does_not_show(
    ctx: Any, window: StaffWindow, press: Any, settle: Any
) -> None:
    with ctx.db.write() as session:
        there = "serial:/dev/ttyS9?flow=dtr&baud=38400"
        session.execute(
            update(Printer).where(Printer.code == "danisma-fis").values(address=there, profile="generic-80")
        )
        wanted = session.execute(select(Printer.id).where(Printer.code == "danisma-fis")).scalar_one()
    window.show_page("yazicilar")
    settle()
    window.page("yazicilar").printers.picked.emit(wanted)
    settle()
    press(window, "Ctrl+E")
    settle(lambda: window._overlay is not None and window._overlay._choices is not None)
    form = window._overlay
    assert (form.target.text(), form.baud.value(), form.code.text()) == ("/dev/ttyS9", 38400, "danisma-fis")
    type_text(find(form, "Adı"), "Kapı yazıcısı")
    press(window, "F2")
    settle(lambda: "kaydedildi" in shown_text(window))
    row = printer_of(ctx, "danisma-fis")
    assert row.address == "serial:/dev/ttyS9?flow=dtr&baud=38400" and "Kapı yazıcısı" in row.name


def test_a_printer_that_is_not_used_can_be_taken_into_use_again(
    ctx: Any, window: StaffWindow, press: Any, settle: Any
) -> None:
    with ctx.db.write() as session:
        session.execute(update(Printer).where(Printer.code == "danisma-fis").values(active=False))
    window.show_page("yazicilar")
    settle(lambda: window.page("yazicilar").printers.off.isVisible())
    window.page("yazicilar").printers.off.click()
    settle()
    press(window, "Return")
    settle(lambda: getattr(window._overlay, "_choices", None) is not None)
    find(window._overlay, "Kullanılıyor").click()
    press(window, "F2")
    settle(lambda: "kaydedildi" in shown_text(window))
    assert printer_of(ctx, "danisma-fis").active


@pytest.mark.parametrize(
    "address",
    [
        "tcp:10.0.0.5:9100",
        "serial:/dev/ttyUSB0?flow=none&baud=9600",
        "usb:/dev/usb/lp0",
        "cups:HP?server=host:631",
        "virtual:",
    ],
)
def test_an_address_comes_back_from_the_form_as_it_was(address: str) -> None:
    assert parts_of(address).address() == address

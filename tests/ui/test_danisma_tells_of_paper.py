"""Danışma and a printer in trouble: the number counts, the person is told it, and why no slip came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from person import find_all, shown_text, unhurried
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import update

from desk.actions import paper
from desk.actions.context import Context
from desk.models.print_job import Printer
from desk.printing import ledger
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler
from desk.printing.types import JobState
from desk.printing.virtual import printer_at
from desk.queue import reads
from desk.ui.staff.shell import StaffWindow
from desk.ui.widgets import toasts


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=unhurried())
    window.show()
    settle()
    yield window
    window.close_now()


def give(window: StaffWindow, find: Any, type_text: Any, press: Any, settle: Any) -> None:
    type_text(find(window, "Birim veya konu", QLineEdit), "emlak")
    press(window, "F2")
    settle()


def mark(window: StaffWindow, number: str) -> str:
    """What stands beside a number under "Son verilen"."""
    return " ".join(row.accessibleDescription() for row in find_all(window, number))


def settle_job(ctx: Context, state: JobState, reason: str) -> UUID:
    """What a printer's thread would write for the newest ticket."""
    job = paper.job_of(ctx, ctx.read(reads.live_board).issued[0].ticket_id)
    assert job is not None
    with ledger.entry(ctx.db, ctx.actor) as unit:
        ledger.lease(unit, job.printer_id, "test")
        ledger.take(unit, job.printer_id, "test")
        ledger.settle(unit, job.id, state, reason)
    return job.id


def test_paper_that_is_out_is_told_with_the_number(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    with ctx.db.write() as session:
        session.execute(update(Printer).values(address="virtual:danisma-bos?fault=paper_out"))
    spooler = Spooler(ctx.db, ctx.actor, ctx.data_dir)
    spooler.start()
    try:
        give(window, find, type_text, press, settle)
        settle(lambda: "V 001: fiş henüz basılamadı. Kâğıt bitti." in shown_text(window))
        assert "Numarayı ziyaretçiye söyleyiniz." in shown_text(window)
        settle(lambda: "Fiş yazıcısı: kâğıt bitti" in shown_text(window))
    finally:
        spooler.stop()


def test_slips_that_wait_share_one_message_which_goes_when_they_have_come(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    address = "virtual:danisma-kapak"
    with ctx.db.write() as session:
        session.execute(update(Printer).values(address=address))
    printer = printer_at(address, load_profile("virtual-80"))
    printer.cover_open = True
    for _ in range(5):
        give(window, find, type_text, press, settle)
    spooler = Spooler(ctx.db, ctx.actor, ctx.data_dir)
    spooler.start()
    try:
        settle(lambda: "V 003, V 004, V 005 ve 2 numara daha: fişler henüz basılamadı." in told(window))
        assert told(window).count("basılamadı") == 1
        printer.cover_open = False
        settle(lambda: "basılamadı" not in told(window))
        assert len(printer.papers) == 5
    finally:
        spooler.stop()


def told(window: StaffWindow) -> str:
    return "\n".join(toast.words() for toast in toasts(window).shown())


def test_a_failed_slip_can_be_printed_again_from_the_message(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    give(window, find, type_text, press, settle)
    settle_job(ctx, JobState.FAILED, "Yazıcı yanıt vermiyor. Açık ve bağlı olduğundan emin olunuz.")
    settle(lambda: "V 001: fiş basılamadı. Yazıcı yanıt vermiyor." in shown_text(window))
    press(window, "Ctrl+O")
    settle()
    assert "V 001 yeniden yazdırılıyor (kopya)." in shown_text(window)
    job = paper.job_of(ctx, ctx.read(reads.live_board).issued[0].ticket_id)
    assert job is not None and job.copy_no == 2


def test_a_slip_nobody_can_vouch_for_is_not_called_printed(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    give(window, find, type_text, press, settle)
    settle_job(ctx, JobState.UNKNOWN, "Yazıcı, fişin basıldığını bildirmedi.")
    settle(lambda: "V 001: fişin basıldığı bilinmiyor." in shown_text(window))
    settle(lambda: "Basıldığı bilinmiyor" in mark(window, "V 001"))


def test_a_printed_slip_is_marked_and_nothing_is_said(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    give(window, find, type_text, press, settle)
    settle_job(ctx, JobState.PRINTED, "")
    settle(lambda: mark(window, "V 001").endswith("Basıldı"))
    assert "basılamadı" not in shown_text(window)


def test_without_a_printer_the_number_is_to_be_told(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    with ctx.db.write() as session:
        session.execute(update(Printer).values(active=False))
    give(window, find, type_text, press, settle)
    assert "Fiş yazıcısı yok; numarayı ziyaretçiye söyleyiniz." in shown_text(window)


def test_a_slip_that_went_with_its_number_is_not_missed(
    window: StaffWindow, ctx: Context, find: Any, type_text: Any, press: Any, settle: Any
) -> None:
    """The day was closed before the slip came out: nobody is to be told a number that no longer counts."""
    from desk.actions import shift

    give(window, find, type_text, press, settle)
    shift.close_day(ctx)
    settle()
    assert "ziyaretçiye söyleyiniz" not in shown_text(window)

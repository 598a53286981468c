"""Printers that stand in for each other, devices under two rows, a table that changes, and what people decide."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image, ImageDraw
from printing_case import PrintRoom, slip, wait
from sqlalchemy import select, update

from desk.actions import printers as actions
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import Fault, UserError
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.print_job import PrintDocument, Printer, PrintJob
from desk.models.work import work
from desk.printing import copies, decisions, delivery, ledger, pool, spooler, virtual, worker
from desk.printing.elements import Cut, Logo, Slip, Text
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler
from desk.printing.types import JobState
from desk.printing.virtual import VirtualPrinter, on_pty

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminal devices are POSIX")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PROOF_SECONDS", 0.6)
    monkeypatch.setattr(worker, "RETRY_SECONDS", (0.05,))
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(worker, "HEALTH_SECONDS", 0.2)
    monkeypatch.setattr(spooler, "FOLLOW_SECONDS", 0.05)


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path) -> Iterator[PrintRoom]:
    room = PrintRoom.of(db, clock, tmp_path)
    yield room
    room.close()


def context(room: PrintRoom) -> Context:
    return Context(room.db, room.actor, room.folder)


def second(room: PrintRoom, place: str = "", **values: object) -> tuple[UUID, VirtualPrinter]:
    """Another printer of this terminal, beside the first one in ``place``."""
    url, printer_id = f"virtual:?test={new_id()}", new_id()
    row = {
        "id": printer_id, "site_id": room.actor.site_id, "terminal_id": room.actor.terminal_id, "code": "yedek",
        "name": "Yedek yazıcı", "profile": "generic-80", "address": url, "pool": place, "state": "unknown",
    } | values  # fmt: skip
    with room.db.write() as session:
        session.add(Printer(**row))
        session.execute(update(Printer).where(Printer.id == room.printer_id).values(pool=place))
    return printer_id, virtual.printer_at(url, load_profile("generic-80"))


@pytest.mark.usefixtures("both_engines")
def test_the_second_printer_of_a_place_takes_over_and_the_first_comes_back(room: PrintRoom) -> None:
    first = room.virtual()
    _, other = second(room, "giriş")
    room.start()
    room.until(room.enqueue("V 001"), "printed")
    first.paper_out = True
    job = room.until(room.enqueue("V 002"), "queued", because="Kâğıt bitti")
    assert other.papers == []
    room.clock.advance(seconds=pool.TAKEOVER_SECONDS + 1)
    taken = room.until(job.id, "printed")
    assert (taken.printer_name, taken.moved_from) == ("Yedek yazıcı", "Danışma fiş yazıcısı")
    first.paper_out = False
    wait(lambda: room.printer_state() == "ready", room.printer_state)
    assert room.until(room.enqueue("V 003"), "printed").moved_from == ""
    assert [paper.text[0] for paper in first.papers] == ["V 001", "V 003"]
    assert [paper.text[0] for paper in other.papers] == ["V 002"]


def test_what_is_being_sent_never_moves_and_places_do_not_mix(room: PrintRoom) -> None:
    room.virtual()
    other_id, _ = second(room, "giriş", pool="salon")
    sent, waits = room.enqueue("V 001"), room.enqueue("V 002")
    with ledger.entry(room.db, room.actor) as entry:
        assert ledger.lease(entry, room.printer_id, "a")
        assert ledger.take(entry, room.printer_id, "a")
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == room.printer_id).values(pool="salon", lease_until=None))
    room.clock.advance(minutes=1)
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == other_id).values(pool="başka yer"))
    with ledger.entry(room.db, room.actor) as entry:
        assert pool.take_over(entry, other_id) == 0
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == other_id).values(pool="salon"))
    with ledger.entry(room.db, room.actor) as entry:
        assert pool.take_over(entry, other_id) == 1
    assert (room.job(sent).printer_id, room.job(waits).printer_id) == (room.printer_id, other_id)


def test_one_device_under_two_rows_has_one_owner_and_every_slip_comes_once(room: PrintRoom) -> None:
    printer = VirtualPrinter(load_profile("generic-80"))
    with on_pty(printer) as path:
        room.connect(f"serial:{path}?baud=115200&flow=none")
        link = room.folder / "yazici"
        link.symlink_to(path)
        other_id, _ = second(room, address=f"serial:{link}?flow=none")
        room.start()
        room.until(room.enqueue("V 001"), "printed")
        with work(room.db, room.actor, Right.ISSUE) as unit:
            job = ledger.enqueue(unit, other_id, "ticket", Slip("ticket", "tr", (Text("V 002"), Cut())), new_id())
        room.until(job, "printed")
        room.until(room.enqueue("V 003"), "printed")
        room.close()
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002", "V 003"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("tcp:10.0.0.5", "tcp:10.0.0.5:9100", True), ("tcp:10.0.0.5:9100", "tcp:10.0.0.5:9101", False),
     ("serial:/dev/null?baud=9600", "usb:/dev/null", True), ("virtual:", "virtual:", False)],
)  # fmt: skip
def test_two_spellings_of_a_device_are_one(one: str, other: str, same: bool) -> None:
    assert (pool.device_of(one) == pool.device_of(other) != "") == same


def test_a_printer_that_is_added_or_switched_off_needs_no_restart(room: PrintRoom) -> None:
    room.virtual()
    room.start()
    room.until(room.enqueue(), "printed")
    url = f"virtual:?test={new_id()}"
    added = actions.save_printer(
        context(room), actions.PrinterEdit("yeni", "Yeni yazıcı", url, "generic-80", terminal_id=room.actor.terminal_id)
    )
    with work(room.db, room.actor, Right.ISSUE) as unit:
        job = ledger.enqueue(unit, added, "ticket", Slip("ticket", "tr", (Text("V 002"), Cut())), new_id())
    room.until(job, "printed")
    edit = actions.PrinterEdit("yeni", "Yeni yazıcı", url, "generic-80", active=False, id=added)
    actions.save_printer(context(room), edit)
    wait(lambda: len(room.spoolers[0]._workers) == 1)
    with pytest.raises(UserError, match="zaten var"):
        actions.save_printer(context(room), actions.PrinterEdit("danisma-fis", "x", url, "generic-80"))


def test_a_printer_tells_of_paper_and_cover_without_being_asked(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HEALTH_SECONDS", 3600)
    printer = VirtualPrinter(load_profile("epson-tm-t20"))
    with on_pty(printer) as path:
        room.connect(f"serial:{path}?baud=115200&flow=none", "epson-tm-t20")
        room.start()
        room.until(room.enqueue(), "printed")
        asked = printer.received
        printer.cover_open = True
        wait(lambda: room.printer_state() == "cover_open", room.printer_state)
        assert printer.received == asked
        printer.cover_open, printer.cutter = False, True
        wait(lambda: room.printer_state() == "cutter", room.printer_state)
        printer.cutter = False
        wait(lambda: room.printer_state() == "ready", room.printer_state)
        printer.hangs_up_after = printer.received
        room.close()


def stale(room: PrintRoom) -> UUID:
    job = room.enqueue()
    room.clock.advance(minutes=5)
    with ledger.entry(room.db, room.actor) as entry:
        assert ledger.set_aside_stale(entry, room.printer_id) == 1
    return job


@pytest.mark.usefixtures("both_engines")
def test_a_late_slip_is_printed_or_taken_back_by_a_person(room: PrintRoom) -> None:
    ctx = context(room)
    late, unwanted = stale(room), stale(room)
    assert {job.id for job in actions.needing(ctx)} == {late, unwanted}
    actions.release(ctx, late)
    assert actions.withdraw(ctx, unwanted)
    assert not actions.withdraw(ctx, unwanted)
    with pytest.raises(UserError, match="karar beklemiyor"):
        actions.release(ctx, unwanted)
    with ledger.entry(room.db, room.actor) as entry:
        assert ledger.set_aside_stale(entry, room.printer_id) == 0
    assert (room.job(late).state, room.job(unwanted).state) == (JobState.QUEUED, JobState.FAILED)
    assert actions.needing(ctx) == ()


def test_a_late_slip_of_a_printer_that_is_switched_off_comes_out_where_it_is_released(room: PrintRoom) -> None:
    late = stale(room)
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == room.printer_id).values(active=False))
        other = session.execute(select(Printer.id).where(Printer.active).order_by(Printer.code)).scalars().first()
    actions.release(context(room), late)
    assert (room.job(late).state, room.job(late).printer_id) == (JobState.QUEUED, other)


def test_a_kiosks_slip_is_late_sooner(room: PrintRoom) -> None:
    with room.db.read() as session:
        kiosk = session.execute(select(Printer.terminal_id).where(Printer.code == "kiosk-fis")).scalar_one()
    here, there = room.enqueue(), room.enqueue()
    with room.db.write() as session:
        session.execute(update(PrintJob).where(PrintJob.id == there).values(terminal_id=kiosk))
    room.clock.advance(seconds=90)
    with ledger.entry(room.db, room.actor) as entry:
        ledger.set_aside_stale(entry, room.printer_id)
    assert (room.job(here).state, room.job(there).state) == (JobState.QUEUED, JobState.WAITING)


@pytest.mark.usefixtures("both_engines")
def test_what_was_lost_is_counted_until_somebody_has_seen_it(room: PrintRoom) -> None:
    ctx = context(room)
    job = stale(room)
    assert next(one for one in actions.printers(ctx) if one.id == room.printer_id).failed == 1
    actions.acknowledge(ctx, job)
    actions.acknowledge(ctx, job)
    shown = next(one for one in actions.printers(ctx) if one.id == room.printer_id)
    assert (shown.failed, shown.waiting) == (0, 0)
    assert room.job(job).seen_by and room.job(job).seen_at == room.clock.now()
    with pytest.raises(UserError, match="sorun yok"):
        actions.acknowledge(ctx, room.enqueue())


def test_a_reprint_keeps_who_and_why(room: PrintRoom) -> None:
    again = actions.reprint(context(room), room.enqueue(), " Kâğıt yırtıldı ")
    job = room.job(again)
    assert (job.copy_no, job.why) == (2, "Kâğıt yırtıldı")
    assert job.created_by


@pytest.mark.usefixtures("both_engines")
def test_the_content_of_old_slips_is_deleted_and_their_rows_stay(room: PrintRoom) -> None:
    old = room.enqueue("Konu: kaldırım")
    with ledger.entry(room.db, room.actor) as entry:
        pdf = ledger.enqueue_document(entry, room.printer_id, "receipt_a4", "application/pdf", "x", b"%PDF")
    room.clock.advance(days=decisions.KEEP_DAYS + 1)
    with ledger.entry(room.db, room.actor) as entry:
        fresh = ledger.enqueue(entry, room.printer_id, "ticket", slip("Konu: park"), None)
    keeper = Spooler(room.db, room.actor, room.folder)
    keeper.keep_house()
    keeper.keep_house()
    assert (room.job(old).slip, room.job(old).content, room.job(old).state) == ("{}", False, JobState.FAILED)
    assert "park" in room.job(fresh).slip
    with room.db.read() as session:
        assert session.execute(select(PrintDocument.job_id).where(PrintDocument.job_id == pdf)).all() == []
    with pytest.raises(UserError, match="saklama süresi"), ledger.entry(room.db, room.actor) as entry:
        copies.reprint(entry, old)


def logo() -> bytes:
    picture = Image.new("L", (120, 60), 255)
    ImageDraw.Draw(picture).rectangle((10, 10, 60, 50), fill=0)
    whole = BytesIO()
    picture.save(whole, "PNG")
    return whole.getvalue()


def test_the_sites_logo_goes_into_the_printers_memory_and_onto_its_slips(room: PrintRoom, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(logo())
    printer = room.virtual("epson-tm-t20")
    room.start()
    with work(room.db, room.actor, Right.ISSUE) as unit:
        bare = ledger.enqueue(unit, room.printer_id, "ticket", Slip("ticket", "tr", (Logo(), Text("A"), Cut())), None)
    room.until(bare, "printed")
    room.until(actions.store_logo(context(room), "danisma-fis", file), "printed")
    with work(room.db, room.actor, Right.ISSUE) as unit:
        job = ledger.enqueue(unit, room.printer_id, "ticket", Slip("ticket", "tr", (Logo(), Text("A"), Cut())), None)
    room.until(job, "printed")
    without, with_logo = printer.papers[0].image, printer.papers[-1].image
    assert with_logo.height - without.height == 64
    middle = with_logo.width // 2
    ink = [with_logo.getpixel((x, 16 + 30)) == 0 for x in (middle - 60 + 5, middle - 60 + 30, middle + 30)]
    assert ink == [False, True, False]
    (tmp_path / "metin.png").write_text("x")
    with pytest.raises(UserError, match="resim değil"):
        actions.store_logo(context(room), "danisma-fis", tmp_path / "metin.png")


def test_an_outage_of_the_database_is_said_once_and_its_end_once(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room.virtual()
    mine = worker.Worker(room.db, room.actor, room.folder, room.printer_id)
    mine._look_safely()

    def away(*_: object) -> None:
        raise Fault("Veri tabanına ulaşılamıyor.")

    with caplog.at_level(logging.WARNING), monkeypatch.context() as gone:
        gone.setattr(ledger, "post", away)
        for _ in range(20):
            assert mine._look_safely() == 1.0
    mine._look_safely()
    mine.leave()
    said = [record.getMessage() for record in caplog.records if "printing" in record.name]
    assert len(said) == 2
    assert "cannot be reached" in said[0] and said[1].endswith("goes on")
    assert not any(record.exc_info for record in caplog.records)
    assert timedelta(0) < ledger.LEASE

"""The spooler against printers that fail: what the ledger says afterwards must be true."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from printing_case import PrintRoom, wait
from sqlalchemy import update

from desk.actor import Right
from desk.clock import SetClock
from desk.errors import Fault
from desk.models.engine import Database
from desk.models.print_job import Printer, PrintJob
from desk.models.work import work
from desk.printing import copies, delivery, hold, ledger, status, worker
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler, print_now
from desk.printing.types import JobState
from desk.printing.virtual import VirtualPrinter, on_pty, on_socket


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PROOF_SECONDS", 0.6)
    monkeypatch.setattr(worker, "RETRY_SECONDS", (0.05,))
    monkeypatch.setattr(worker, "HEALTH_SECONDS", 0.2)
    monkeypatch.setattr(status, "_LOOK_SECONDS", 0.1)


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path) -> Iterator[PrintRoom]:
    room = PrintRoom.of(db, clock, tmp_path)
    yield room
    room.close()


def texts(printer: VirtualPrinter) -> list[str]:
    return [paper.text[0] for paper in printer.papers]


@pytest.mark.usefixtures("both_engines")
def test_what_is_enqueued_is_printed_in_order_and_proved(room: PrintRoom) -> None:
    printer = room.virtual()
    room.start()
    jobs = []
    for place in range(5):
        room.clock.advance(milliseconds=1)
        jobs.append(room.enqueue(f"V 00{place}"))
    for job in jobs:
        assert room.until(job, "printed").finished_at
    assert texts(printer) == [f"V 00{place}" for place in range(5)]
    wait(lambda: room.printer_state() == "ready")


def test_what_waited_before_the_window_opened_is_printed(room: PrintRoom) -> None:
    printer = room.virtual()
    job = room.enqueue()
    room.start()
    room.until(job, "printed")
    assert len(printer.papers) == 1


def test_a_slip_enqueued_by_another_process_is_found(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.05)
    room.virtual()
    room.start()
    room.db.after_commit.clear()  # as if the commit were not ours
    room.until(room.enqueue(), "printed")


@pytest.mark.parametrize("line", ["pty", "socket"])
def test_it_prints_over_a_real_line(room: PrintRoom, line: str) -> None:
    printer = VirtualPrinter(load_profile("generic-80"))
    with on_pty(printer) if line == "pty" else on_socket(printer) as where:
        room.connect(f"serial:{where}?baud=115200" if line == "pty" else where)
        room.start()
        room.until(room.enqueue("Şişli"), "printed")
        room.close()
    assert texts(printer) == ["Şişli"]


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [("paper_out", "paper_out", "Kâğıt bitti"), ("cover_open", "cover_open", "kapağı açık"),
     ("cutter", "cutter", "kesici takıldı"), ("silent", "unknown", "yanıt vermiyor"),
     ("deaf", "offline", "veri almıyor"),
     ("hang_up", "offline", "koptu")],
)  # fmt: skip
def test_trouble_before_a_slip_keeps_it_waiting_with_its_reason(
    room: PrintRoom, fault: str, state: str, words: str
) -> None:
    printer = room.virtual()
    printer.set_fault(fault)
    room.start()
    job = room.until(room.enqueue(), "queued", because=words)
    assert printer.papers == []
    wait(lambda: room.printer_state() == state, room.printer_state)
    printer.paper_out = printer.cover_open = printer.cutter = printer.silent = printer.deaf = False
    printer.hangs_up_after = None
    assert room.until(job.id, "printed").reason == ""
    wait(lambda: room.printer_state() == "ready", room.printer_state)
    assert len(printer.papers) == 1


def test_paper_nearly_out_still_prints_and_is_told(room: PrintRoom) -> None:
    printer = room.virtual()
    printer.paper_low = True
    room.start()
    room.until(room.enqueue(), "printed")
    wait(lambda: room.printer_state() == "paper_low", room.printer_state)


def test_paper_that_ends_in_a_slip_leaves_it_unknown_and_nothing_comes_twice(room: PrintRoom) -> None:
    printer = room.virtual()
    printer.paper_left = 20
    room.start()
    job = room.until(room.enqueue("V 001"), "unknown", because="baskı sırasında bitti")
    waiting = room.until(room.enqueue("V 002"), "queued", because="Kâğıt bitti")
    printer.paper_out = False
    room.until(waiting.id, "printed")
    assert texts(printer) == ["V 001", "V 002"]
    assert room.job(job.id).state == JobState.UNKNOWN


def test_a_cover_opened_in_a_slip_leaves_it_unknown(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = room.virtual()
    room.start()
    room.until(room.enqueue(), "printed")
    monkeypatch.setattr(printer, "_use_paper", lambda dots: setattr(printer, "_cover_open", True))
    room.until(room.enqueue(), "unknown", because="Kapak, baskı sırasında açıldı")


def test_a_printer_that_falls_silent_after_the_slip_leaves_it_unknown(room: PrintRoom) -> None:
    printer = room.virtual()

    def fall_silent(name: str, parameters: bytes) -> None:
        printer.silent = name == "process"

    printer._reader._on_request = fall_silent
    room.start()
    room.until(room.enqueue(), "unknown", because="bildirmedi")


def test_a_cable_pulled_in_the_middle_of_a_slip_leaves_it_unknown(room: PrintRoom) -> None:
    printer = room.virtual()
    room.start()
    room.until(room.enqueue(), "printed")
    printer.hangs_up_after = printer.received + 9 + 12  # the three questions, and half a slip
    room.until(room.enqueue(), "unknown", because="koptu")
    printer.hangs_up_after = None
    room.until(room.enqueue("V 002"), "printed")


def test_a_terminal_device_that_goes_away_and_comes_back(room: PrintRoom) -> None:
    printer = VirtualPrinter(load_profile("generic-80"))
    with on_pty(printer) as path:
        room.connect(f"serial:{path}?baud=115200")
        room.start()
        room.until(room.enqueue(), "printed")
        printer.hangs_up_after = printer.received
        wait(lambda: room.printer_state() == "offline", room.printer_state)
    job = room.enqueue("V 002")
    room.until(job, "queued", because="bulunamadı")
    again = VirtualPrinter(load_profile("generic-80"))
    with on_pty(again) as path:
        room.connect(f"serial:{path}?baud=115200")
        room.until(job, "printed")
        room.close()
    assert texts(again) == ["V 002"]


def test_garbage_and_half_answers_never_prove_a_slip(room: PrintRoom) -> None:
    printer = room.virtual()
    printer.garbage = b"\xff\x37\x22x"
    room.start()
    room.until(room.enqueue(), "queued", because="yanıt vermiyor")
    assert printer.papers == []


def test_a_model_that_cannot_tell_leaves_its_slips_unknown(room: PrintRoom, tmp_path: Path) -> None:
    folder = tmp_path / "printers"
    folder.mkdir()
    (folder / "mute.toml").write_text(
        'name = "Dilsiz"\nfamily = "epson"\npaper_mm = 80\ndots = 576\ncolumns = 48\n[pages]\ncp857 = 13\n'
        "[status]\nrealtime = false\ntransmit = false\nprocess_id = false\n"
    )
    room.connect(f"file:{tmp_path}/fis.bin", "mute")
    room.start()
    room.until(room.enqueue("Şişli"), "unknown", because="bildirmez")
    assert "Şişli".encode("cp857") in (tmp_path / "fis.bin").read_bytes()


def test_a_printer_that_is_not_there_says_so_and_a_wrong_model_too(room: PrintRoom) -> None:
    room.connect("serial:/dev/yok0")
    room.start()
    job = room.enqueue()
    room.until(job, "queued", because="bulunamadı")
    room.connect("virtual:", "yok")
    room.until(job, "queued", because="bilinmiyor")
    room.connect("nowhere")
    room.until(job, "queued", because="anlaşılamadı")
    room.virtual()
    room.until(job, "printed")


def test_old_tickets_do_not_burst_out_when_paper_comes_back(room: PrintRoom) -> None:
    printer = room.virtual()
    printer.paper_out = True
    room.start()
    old = [room.enqueue(f"V {place:03d}") for place in range(30)]
    room.until(old[-1], "queued", because="Kâğıt bitti")
    room.clock.advance(minutes=5)
    fresh = room.enqueue("V 900")
    room.until(fresh, "queued", because="Kâğıt bitti")
    printer.paper_out = False
    room.until(fresh, "printed")
    assert texts(printer) == ["V 900"]
    assert {room.job(job).state for job in old} == {JobState.WAITING}
    with room.db.read() as session:
        assert {job.id for job in ledger.needing(session, room.actor.site_id)} == set(old)


def test_a_slip_of_another_version_fails_alone(room: PrintRoom) -> None:
    printer = room.virtual()
    bad = room.enqueue()
    with room.db.write() as session:
        session.execute(update(PrintJob).where(PrintJob.id == bad).values(slip={"version": 99}))
    room.start()
    good = room.enqueue("V 002")
    room.until(bad, "failed", because="99")
    room.until(good, "printed")
    assert texts(printer) == ["V 002"]


def test_a_bug_in_one_slip_does_not_stop_the_queue(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.virtual()
    real = delivery.build

    def build(slip: object, profile: object) -> object:
        if "BUG" in str(slip):
            raise ZeroDivisionError
        return real(slip, profile)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "build", build)
    room.start()
    bad = room.enqueue("BUG")
    room.until(bad, "failed", because="hazırlanamadı")
    room.until(room.enqueue(), "printed")


def test_a_disk_that_is_full_after_the_slip_delays_the_word_and_prints_nothing_twice(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = room.virtual()
    full = threading.Event()
    real = ledger.settle

    def settle(*arguments: object, **named: object) -> None:
        if full.is_set():
            raise Fault("Diskte yer kalmadı.")
        real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "settle", settle)
    full.set()
    room.start()
    first, second = room.enqueue("V 001"), room.enqueue("V 002")
    wait(lambda: len(printer.papers) == 1)
    wait(lambda: room.job(first).state == "sending")
    assert room.job(second).state == "queued"
    full.clear()
    room.until(first, "printed")
    room.until(second, "printed")
    assert texts(printer) == ["V 001", "V 002"]


def test_a_disk_that_is_full_just_before_the_slip_delays_it_and_forgets_nothing(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = room.virtual()
    tries: list[float] = []
    real = hold.Hold.keep

    def keep(self: hold.Hold, seconds: float = 0.0, **seen: bool) -> bool:
        if seconds:  # asked again with the slip in hand
            tries.append(seconds)
            if len(tries) == 1:
                raise Fault("Diskte yer kalmadı.")
        return real(self, seconds, **seen)

    monkeypatch.setattr(hold.Hold, "keep", keep)
    room.start()
    room.until(room.enqueue("V 001"), "printed")
    assert (texts(printer), len(tries)) == (["V 001"], 2)


def test_a_bug_in_the_middle_of_a_slip_leaves_it_unknown_and_the_next_one_is_printed(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = room.virtual()
    real = status.Conversation.proof
    asked: list[bytes] = []

    def proof(self: status.Conversation, process_id: bytes, *given: object) -> object:
        asked.append(process_id)
        if len(asked) == 1:
            raise RuntimeError("bug")
        return real(self, process_id, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(status.Conversation, "proof", proof)
    room.start()
    first = room.enqueue("V 001")
    room.until(first, "unknown", because="yarıda")
    room.until(room.enqueue("V 002"), "printed")
    assert texts(printer) == ["V 001", "V 002"]


@pytest.mark.usefixtures("both_engines")
def test_two_programs_at_one_printer_print_each_slip_once(room: PrintRoom) -> None:
    printer = room.virtual()
    room.start()
    room.start()
    jobs = [room.enqueue(f"V {place:03d}") for place in range(20)]
    for job in jobs:
        room.until(job, "printed")
    assert sorted(texts(printer)) == [f"V {place:03d}" for place in range(20)]


def test_the_second_program_takes_over_when_the_first_leaves(room: PrintRoom) -> None:
    room.virtual()
    first = room.start()
    room.until(room.enqueue(), "printed")
    room.start()
    first.stop()
    room.until(room.enqueue(), "printed")


@pytest.mark.usefixtures("both_engines")
def test_after_a_crash_nothing_is_printed_again_and_the_lease_need_not_run_out(room: PrintRoom) -> None:
    """A process of this machine dies between sending and proof: its job is unknown, the next one goes on."""
    printer = room.virtual()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    job = room.enqueue("V 001")
    import socket as sockets

    owner = f"{sockets.gethostname()}:{dead.pid}:abcd"
    with ledger.entry(room.db, room.actor) as entry:
        assert ledger.lease(entry, room.printer_id, owner)
        assert ledger.take(entry, room.printer_id, owner)
    room.start()
    room.until(job, "unknown", because="yarıda")
    room.until(room.enqueue("V 002"), "printed")
    assert texts(printer) == ["V 002"]


def test_a_program_that_lives_elsewhere_keeps_its_printer(room: PrintRoom) -> None:
    room.virtual()
    with ledger.entry(room.db, room.actor) as entry:
        ledger.lease(entry, room.printer_id, "other-host:1:abcd")
    room.start()
    job = room.enqueue()
    assert print_now(room.db, room.actor, room.folder, job, seconds=0.3) == "queued"
    room.clock.advance(seconds=20)
    room.until(job, "printed")


def test_a_long_queue_does_not_hand_the_printer_to_another_program(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class of children: the slips take longer than a lease, and the second window must not break in."""
    printer = room.virtual()
    monkeypatch.setattr(hold, "RENEW_SECONDS", 0.0)
    broke_in = []

    def build(slip: object, profile: object) -> object:
        room.clock.advance(seconds=6)
        with ledger.entry(room.db, room.actor) as entry:
            broke_in.append(ledger.lease(entry, room.printer_id, "other-host:1:abcd"))
        return built(slip, profile)

    built = delivery.build
    monkeypatch.setattr(delivery, "build", build)
    jobs = [room.enqueue(f"V 00{place}") for place in range(5)]
    room.start()
    for job in jobs:
        room.until(job, "printed")
    assert len(printer.papers) == 5
    assert broke_in == [False] * 5


def test_a_slip_longer_than_a_lease_keeps_its_printer(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture at 9600 baud takes most of a minute."""
    room.virtual()
    monkeypatch.setattr(delivery, "PROOF_SECONDS", 50)
    send, kept = status.Conversation.send, []

    def slowly(talk: status.Conversation, slip: bytes, process_id: bytes) -> bool:
        room.clock.advance(seconds=40)
        with ledger.entry(room.db, room.actor) as entry:
            kept.append(not ledger.lease(entry, room.printer_id, "other-host:1:abcd"))
        return send(talk, slip, process_id)

    monkeypatch.setattr(status.Conversation, "send", slowly)
    job = room.enqueue()
    room.start()
    room.until(job, "printed")
    assert kept == [True]


def test_the_command_line_prints_when_no_window_does(room: PrintRoom) -> None:
    printer = room.virtual()
    job = room.enqueue()
    assert print_now(room.db, room.actor, room.folder, job, seconds=5) == "printed"
    assert len(printer.papers) == 1
    with room.db.read() as session:
        assert ledger.owner_of(session, room.printer_id) == ""


def test_the_command_line_leaves_the_printing_to_the_window(room: PrintRoom) -> None:
    printer = room.virtual()
    room.start()
    room.until(room.enqueue(), "printed")
    assert print_now(room.db, room.actor, room.folder, room.enqueue(), seconds=5) == "printed"
    assert len(printer.papers) == 2


def test_the_command_line_does_not_wait_for_a_printer_in_trouble(room: PrintRoom) -> None:
    room.virtual().paper_out = True
    job = room.enqueue()
    start = time.monotonic()
    assert print_now(room.db, room.actor, room.folder, job, seconds=30) == "queued"
    assert time.monotonic() - start < 5
    assert "Kâğıt bitti" in room.job(job).reason


def test_closing_the_window_while_a_printer_is_stuck_takes_no_longer_than_a_few_seconds(room: PrintRoom) -> None:
    room.virtual().deaf = True
    room.enqueue()
    spooling = room.start()
    wait(lambda: room.printer_state() == "offline", room.printer_state)
    start = time.monotonic()
    spooling.stop()
    assert time.monotonic() - start < 4
    assert not [t for t in threading.enumerate() if t.name.startswith("printer-")]


def test_a_reprint_comes_out_marked(room: PrintRoom) -> None:
    printer = room.virtual()
    room.start()
    first = room.until(room.enqueue("V 017"), "printed")
    with work(room.db, room.actor, Right.ISSUE) as unit:
        again = copies.reprint(unit, first.id)
    room.until(again, "printed")
    assert printer.papers[1].text == ("KOPYA 2", "V 017")


def test_a_printers_line_belongs_to_one_thread(room: PrintRoom) -> None:
    room.virtual()
    mine = worker.Worker(room.db, room.actor, room.folder, room.printer_id)
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            mine.look()
        except AssertionError as error:
            caught.append(error)

    mine.look()
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    mine.leave()
    assert caught


def test_the_press_itself_wakes_the_printer(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the next look (``desk bench print`` measures how long it takes)."""
    monkeypatch.setattr(worker, "POLL_SECONDS", 60.0)
    room.virtual()
    room.start()
    for _ in range(3):
        room.until(room.enqueue(), "printed")


def test_a_printer_in_trouble_is_not_asked_without_pause(room: PrintRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "RETRY_SECONDS", (30.0,))
    printer = room.virtual()
    printer.paper_out = True
    spooling: Spooler = room.start()
    room.until(room.enqueue(), "queued", because="Kâğıt bitti")
    before = printer.received
    for _ in range(50):
        spooling.wake()
        room.job(room.enqueue())
    room.until(room.enqueue(), "queued", because="Kâğıt bitti")
    assert printer.received == before


def test_the_row_of_an_inactive_printer_is_left_alone(room: PrintRoom) -> None:
    room.virtual()
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == room.printer_id).values(active=False))
    room.start()
    assert not [t for t in threading.enumerate() if t.name == f"printer-{room.printer_id}"]

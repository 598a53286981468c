"""The faults of the issue over real terminal devices and real sockets, each with the state the ledger must hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from printing_case import PrintRoom, slip, wait
from processes import line_of, running
from sqlalchemy import text

from desk.actor import Right
from desk.clock import SetClock
from desk.errors import Fault
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.work import work
from desk.printing import delivery, ledger, spooler, status, transports, worker
from desk.printing.elements import Cut, Slip, Text
from desk.printing.profiles import load_profile
from desk.printing.types import JobState
from desk.printing.virtual import VirtualPrinter, on_pty, on_socket

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminal devices are POSIX")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PROOF_SECONDS", 0.6)
    monkeypatch.setattr(worker, "RETRY_SECONDS", (0.05,))
    monkeypatch.setattr(worker, "HEALTH_SECONDS", 0.2)
    monkeypatch.setattr(spooler, "FOLLOW_SECONDS", 0.1)
    monkeypatch.setattr(status, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(transports, "WRITE_SECONDS", 0.3)


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path) -> Iterator[PrintRoom]:
    room = PrintRoom.of(db, clock, tmp_path)
    yield room
    room.close()


@contextmanager
def behind(room: PrintRoom, line: str, profile: str = "generic-80") -> Iterator[VirtualPrinter]:
    """The printer behind a real line, with a spooler that owns it."""
    printer = VirtualPrinter(load_profile(profile))
    with on_pty(printer) if line == "pty" else on_socket(printer) as where:
        room.connect(where if line == "socket" else f"serial:{where}?baud=115200&flow=none", profile)
        room.start()
        yield printer
        room.close()


lines = pytest.mark.parametrize("line", ["pty", "socket"])
LONG = {"pty": 1200, "socket": 3000}
"""Lines of 42 characters that no line's buffer holds: some kilobytes of a terminal, some 100 of a socket."""


@lines
@pytest.mark.parametrize(
    ("fault", "words"), [("paper_out", "Kâğıt bitti"), ("cover_open", "kapağı açık"), ("silent", "yanıt vermiyor")]
)
def test_trouble_before_a_slip_keeps_it_queued_and_it_comes_when_that_is_mended(
    room: PrintRoom, line: str, fault: str, words: str
) -> None:
    with behind(room, line) as printer:
        room.until(room.enqueue("V 001"), "printed")
        setattr(printer, fault, True)
        job = room.until(room.enqueue("V 002"), "queued", because=words)
        setattr(printer, fault, False)
        room.until(job.id, "printed")
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002"]


@lines
def test_paper_that_ends_in_a_slip_leaves_it_unknown(room: PrintRoom, line: str) -> None:
    with behind(room, line) as printer:
        printer.paper_left = 20
        room.until(room.enqueue(), "unknown", because="baskı sırasında bitti")


@lines
def test_a_cover_opened_in_a_slip_leaves_it_unknown_and_the_next_comes_once(room: PrintRoom, line: str) -> None:
    """Closed again, the printer goes on with what it had; whether a person can read that, a person must say."""
    with behind(room, line) as printer:
        printer.cover_left = 20
        torn = room.enqueue("V 001")
        room.until(torn, "unknown", because="baskı sırasında açıldı")
        after = room.enqueue("V 002")
        room.until(after, "queued", because="kapağı açık")
        printer.cover_open = False
        room.until(after, "printed")
        assert room.job(torn).state == JobState.UNKNOWN
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002"]


@lines
def test_a_printer_that_stops_reading_in_a_short_slip_leaves_it_unknown(room: PrintRoom, line: str) -> None:
    """The line's buffer swallows the rest, so nothing is stuck: only the proof is missing."""
    with behind(room, line) as printer:
        room.until(room.enqueue("V 001"), "printed")
        wait(lambda: room.printer_state() == "ready")
        printer.deaf_after = printer.received + 9 + 1  # the three questions are answered, then a slip begins
        stuck = room.enqueue("V 002")
        room.until(stuck, "unknown", because="bildirmedi")
        after = room.until(room.enqueue("V 003"), "queued", because="yanıt vermiyor")
        printer.deaf = False
        room.until(after.id, "printed")
        assert room.job(stuck).state == JobState.UNKNOWN
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002", "V 003"]


@lines
def test_a_buffer_that_fills_up_in_a_slip_leaves_it_unknown_and_lets_the_printer_go(room: PrintRoom, line: str) -> None:
    """More than the line holds: the write itself is stuck, ends in time, and what was cut off is not sent again."""
    with behind(room, line) as printer:
        room.until(room.enqueue("V 001"), "printed")
        wait(lambda: room.printer_state() == "ready")
        printer.deaf_after = printer.received + 9 + 1
        with work(room.db, room.actor, Right.ISSUE) as unit:
            endless = Slip("ticket", "tr", (*(Text(f"{n:06d} " * 6) for n in range(LONG[line])), Cut()))
            long = ledger.enqueue(unit, room.printer_id, "ticket", endless, new_id())
        room.until(long, "unknown", because="veri almıyor")
        after = room.enqueue("V 003")
        printer.deaf = False
        room.until(after, "printed")
        assert room.job(long).state == JobState.UNKNOWN
    last = f"{LONG[line] - 1:06d}"
    assert printer.papers[-1].text == ("V 003",)
    assert not any(last in words for paper in printer.papers for words in paper.text)


@lines
def test_a_cable_pulled_in_the_middle_of_a_slip_leaves_it_unknown(room: PrintRoom, line: str) -> None:
    with behind(room, line) as printer:
        room.until(room.enqueue("V 001"), "printed")
        wait(lambda: room.printer_state() == "ready")
        printer.hangs_up_after = printer.received + 9 + 12 + 3  # the three questions, and half a slip
        room.until(room.enqueue("V 002"), "unknown")
    assert len(printer.papers) == 1


@lines
def test_garbage_for_answers_keeps_the_slip_queued(room: PrintRoom, line: str) -> None:
    with behind(room, line) as printer:
        printer.garbage = b"\xff\x00\x37\x22\x01\x02"
        room.until(room.enqueue(), "queued", because="yanıt vermiyor")
    assert printer.papers == []


def proof_becomes(printer: VirtualPrinter, answer: Callable[[bytes], bytes]) -> None:
    """What it says of a finished slip, in place of the true answer."""
    told = printer._asked

    def asked(name: str, parameters: bytes) -> None:
        if name == "process":
            printer._say(answer(parameters))
        else:
            told(name, parameters)

    printer._reader._on_request = asked


@lines
@pytest.mark.parametrize("answer", [lambda p: b"\x37\x22" + p[:2], lambda p: b"\x37\x22zzzz\0", lambda p: b"\x0f"])
def test_half_a_reply_or_a_wrong_one_proves_nothing(
    room: PrintRoom, line: str, answer: Callable[[bytes], bytes]
) -> None:
    with behind(room, line) as printer:
        proof_becomes(printer, answer)
        room.until(room.enqueue(), "unknown", because="bildirmedi")


@lines
def test_a_reply_after_the_time_out_proves_neither_this_slip_nor_the_next(room: PrintRoom, line: str) -> None:
    with behind(room, line) as printer:
        late: list[bytes] = []

        def keep(parameters: bytes) -> bytes:
            late.append(b"\x37\x22" + parameters + b"\0")
            return b"" if len(late) == 1 else late[0]  # the second slip hears the first one's answer

        proof_becomes(printer, keep)
        room.until(room.enqueue("V 001"), "unknown", because="bildirmedi")
        room.until(room.enqueue("V 002"), "unknown", because="bildirmedi")


@contextmanager
def a_port(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A network printer that does what the test says with each connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def accept() -> None:
        listener.settimeout(0.05)
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                continue
            with connection:
                serve(connection)
                over.wait(0.05)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listener.close()


def test_a_socket_that_refuses_keeps_the_slip_queued(room: PrintRoom) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    room.connect(f"tcp:127.0.0.1:{port}")
    room.start()
    room.until(room.enqueue(), "queued", because="bağlanılamadı")


def test_a_socket_that_accepts_and_never_reads_keeps_the_slip_queued(room: PrintRoom) -> None:
    with a_port(lambda connection: threading.Event().wait(0.3) and None) as address:
        room.connect(address)
        room.start()
        room.until(room.enqueue(), "queued")
        wait(lambda: bool(room.job(room.enqueue()).state == "queued"))
        wait(lambda: room.printer_state() in ("unknown", "offline"), room.printer_state)
        room.close()


def test_a_socket_that_closes_after_the_first_send_keeps_the_slip_queued(room: PrintRoom) -> None:
    with a_port(lambda connection: bool(connection.recv(3)) and None) as address:
        room.connect(address)
        room.start()
        room.until(room.enqueue(), "queued", because="koptu")
        room.close()


def test_a_model_without_proof_by_number_is_not_fooled_by_the_tail_of_an_automatic_packet(room: PrintRoom) -> None:
    """GS r answers with one byte that looks like the tail of what the printer says by itself."""
    with behind(room, "pty", "epson-tm-t88iii") as printer:
        room.until(room.enqueue("Şişli"), "printed")
        told = printer._asked

        def asked(name: str, parameters: bytes) -> None:
            if name != "transmit":
                told(name, parameters)

        printer._reader._on_request = asked
        job = room.enqueue("Ağrı")
        room.until(job, "unknown", because="bildirmedi")


def test_a_printer_without_a_turkish_page_prints_turkish_as_a_picture(room: PrintRoom) -> None:
    with behind(room, "pty", "epson-tm-t88iii") as printer:
        room.until(room.enqueue("İğdır şöförü"), "printed")
    (paper,) = printer.papers
    assert paper.text == () and paper.image.height > 60 and paper.unknown == ()


def test_a_name_that_holds_commands_cuts_no_paper(room: PrintRoom) -> None:
    with behind(room, "pty") as printer:
        room.until(room.enqueue("Nuriye \x1b@\x1dV\x00 Örnek"), "printed")
    (paper,) = printer.papers
    assert "Nuriye" in paper.text[0] and "Örnek" in paper.text[0]
    assert len(paper.cuts) == 1


HOLD = """
import serial, sys
port = serial.Serial(sys.argv[1], exclusive=True)
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_port_that_another_program_holds_is_said_and_printed_when_it_lets_go(room: PrintRoom) -> None:
    printer = VirtualPrinter(load_profile("generic-80"))
    with on_pty(printer) as path:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen([sys.executable, "-c", HOLD, path], text=True, **pipes) as other:
            assert line_of(other) == "held"
            room.connect(f"serial:{path}?baud=115200&flow=none")
            room.start()
            job = room.until(room.enqueue(), "queued", because="başka bir program")
            assert room.printer_state() == "offline"
            other.communicate("\n")
        room.until(job.id, "printed")
        room.close()


SPOOL = """
from uuid import UUID
from desk.actor import Actor
from desk.printing import delivery
from desk.printing.spooler import Spooler
delivery.PROOF_SECONDS = 60
staff, terminal, site = (UUID(one) for one in arguments)
db = Database(url, clock)
spooler = Spooler(db, Actor(staff, terminal, site), Path(folder))
spooler.start()
ready()
"""


@pytest.mark.usefixtures("both_engines")
def test_a_program_killed_between_sending_and_proof_leaves_the_slip_unknown(room: PrintRoom, url: str) -> None:
    """kill -9, the real one: the next program neither prints its slip again nor calls it printed."""
    printer = VirtualPrinter(load_profile("generic-80"))
    proof_becomes(printer, lambda parameters: b"")
    with on_socket(printer) as address:
        room.connect(address)
        actor = room.actor
        with running(SPOOL, url, room.folder, actor.staff_id, actor.terminal_id, actor.site_id) as process:
            assert line_of(process) == "ready"
            job = room.enqueue("V 001")
            wait(lambda: len(printer.papers) == 1)
            assert room.job(job).state == JobState.SENDING
            process.send_signal(signal.SIGKILL)
            process.wait()
        printer._reader._on_request = printer._asked
        room.start()
        room.until(job, "unknown", because="yarıda")
        room.until(room.enqueue("V 002"), "printed")
        room.close()
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002"]


def test_a_disk_that_fills_up_in_a_slip_is_said_later_and_prints_nothing_twice(room: PrintRoom) -> None:
    """SQLite itself refuses to grow. What was sent is told when there is room again; the next slip waits for that."""
    from sqlalchemy import event

    printer = VirtualPrinter(load_profile("generic-80"))
    full = threading.Event()

    def grow(connection: object, cursor: object, statement: str, *_: object) -> None:
        if full.is_set() and statement.startswith("UPDATE print_job SET state=") and "finished_at" in statement:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()  # type: ignore[attr-defined]
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]
            connection.exec_driver_sql("CREATE TABLE filler AS SELECT randomblob(100000000) AS b")  # type: ignore[attr-defined]

    event.listen(room.db.writer, "before_cursor_execute", grow)
    with on_pty(printer) as path:
        room.connect(f"serial:{path}?baud=115200&flow=none")
        full.set()
        room.start()
        first, second = room.enqueue("V 001"), room.enqueue("V 002")
        wait(lambda: len(printer.papers) == 1)
        assert room.job(first).state == JobState.SENDING
        assert room.job(second).state == JobState.QUEUED
        full.clear()
        with room.db.write() as session:
            session.execute(text("PRAGMA max_page_count=1073741823"))
        room.until(first, "printed")
        room.until(second, "printed")
        room.close()
    event.remove(room.db.writer, "before_cursor_execute", grow)
    assert [paper.text[0] for paper in printer.papers] == ["V 001", "V 002"]


def test_a_ledger_that_cannot_be_written_is_not_tried_without_pause_because_the_printer_speaks(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []

    def settle(*given: object) -> None:
        tries.append(given)
        raise Fault("Diskte yer kalmadı.")

    with behind(room, "pty") as printer:
        room.until(room.enqueue(), "printed")
        monkeypatch.setattr(ledger, "settle", settle)
        room.enqueue()
        wait(lambda: len(tries) >= 2)
        printer.cover_open = True  # it says so by itself
        printer.cover_open = False
        before = len(tries)
        for _ in range(20):
            room.enqueue()  # each commit wakes the printer's thread once
        assert len(tries) - before <= 30


def five_hundred(room: PrintRoom) -> list[UUID]:
    with work(room.db, room.actor, Right.ISSUE) as unit:
        return [ledger.enqueue(unit, room.printer_id, "ticket", slip(f"V {n:03d}"), new_id()) for n in range(500)]


def test_five_hundred_slips_that_waited_for_paper_do_not_burst_out(room: PrintRoom) -> None:
    with behind(room, "pty") as printer:
        room.until(room.enqueue(), "printed")
        printer.paper_out = True
        old = five_hundred(room)
        room.until(old[-1], "queued", because="Kâğıt bitti")
        room.clock.advance(minutes=5)
        fresh = room.enqueue("V 900")
        printer.paper_out = False
        room.until(fresh, "printed")
        wait(lambda: room.job(old[0]).state == JobState.WAITING, room.job, old[0])
    assert len(printer.papers) == 2
    with room.db.read() as session:
        assert len(ledger.needing(session, room.actor.site_id)) == 500


def test_slips_that_waited_a_moment_for_paper_come_in_their_order_and_once(room: PrintRoom) -> None:
    with behind(room, "socket") as printer:
        printer.paper_out = True
        room.until(room.enqueue("V 000"), "queued", because="Kâğıt bitti")
        with work(room.db, room.actor, Right.ISSUE) as unit:
            last = [ledger.enqueue(unit, room.printer_id, "ticket", slip(f"V {n:03d}"), new_id()) for n in range(1, 60)]
        printer.paper_out = False
        wait(lambda: room.job(last[-1]).state == JobState.PRINTED, room.job, last[-1], seconds=60)
    assert [paper.text[0] for paper in printer.papers] == [f"V {n:03d}" for n in range(60)]

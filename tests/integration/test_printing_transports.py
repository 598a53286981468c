"""Real terminal devices and real sockets, with a printer behind them that fails when told to."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk.errors import UserError
from desk.printing import status, transports, virtual
from desk.printing.profiles import load_profile
from desk.printing.status import Answers, Conversation, PrinterState
from desk.printing.transports import LineFault, Transport, open_transport, parse_address
from desk.printing.virtual import VirtualPrinter, on_pty, on_socket, printer_at

PROFILE = load_profile("generic-80")
SLIP = b"\x1b@\x1c.\x1bt\x0dmerhaba\n\x1dVB\x00"
ID = b"ab12"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminal devices are POSIX")


@contextmanager
def line_to(printer: VirtualPrinter, kind: str) -> Iterator[Transport]:
    """An open transport to a printer behind a pty, a socket, or in this process."""
    if kind == "pty":
        with on_pty(printer) as path:
            line = open_transport(f"serial:{path}?baud=115200&flow=rtscts", printer.profile)
            try:
                yield line
            finally:
                line.close()
    elif kind == "socket":
        with on_socket(printer) as address:
            line = open_transport(address, printer.profile)
            try:
                yield line
            finally:
                line.close()
    else:
        url = f"virtual:?x={id(printer)}"
        virtual._printers[url] = printer
        yield open_transport(url, printer.profile)


@pytest.fixture(params=["pty", "socket", "virtual"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def never() -> bool:
    return False


def test_a_slip_comes_out_and_the_printer_says_so(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state() == PrinterState.READY
        assert talk.send(SLIP, ID)
        assert talk.proof(ID, 3, never) is None
    assert [paper.text for paper in printer.papers] == [("merhaba",)]


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("paper_out", PrinterState.PAPER_OUT),
        ("cover_open", PrinterState.COVER_OPEN),
        ("cutter", PrinterState.CUTTER),
        ("paper_low", PrinterState.PAPER_LOW),
        ("silent", PrinterState.UNKNOWN),
    ],
)
def test_the_printer_says_what_is_the_matter(kind: str, fault: str, state: PrinterState) -> None:
    printer = VirtualPrinter(PROFILE)
    printer.set_fault(fault)
    with line_to(printer, kind) as line:
        assert Conversation(line, PROFILE).state(0.2) == state


def test_an_answer_that_comes_late_is_still_taken(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    printer.late = 0.1
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state(2) == PrinterState.READY
        talk.send(SLIP, ID)
        assert talk.proof(ID, 3, never) is None


def test_an_answer_after_the_time_out_does_not_prove_the_next_slip(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "ANSWER_SECONDS", 0.1)
    printer = VirtualPrinter(PROFILE)
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        printer.late = 0.4  # longer than the last look at the printer
        talk.send(SLIP, b"old1")
        assert talk.proof(b"old1", 0.05, never) is not None
        printer.silent = True
        talk.send(SLIP, b"new1")
        assert talk.proof(b"new1", 0.5, never) is not None


def test_a_late_answer_without_a_number_is_waited_for_and_does_not_prove_the_next_slip(kind: str) -> None:
    """GS r says that something was printed, not what."""
    printer = VirtualPrinter(load_profile("epson-tm-t88iii"))
    told, stuck = printer._asked, [False]
    printer._reader._on_request = lambda name, given: None if name == "transmit" and stuck[0] else told(name, given)
    with line_to(printer, kind) as line:
        talk = Conversation(line, printer.profile)
        talk.send(SLIP, ID)
        assert talk.proof(ID, 3, never) is None and talk.caught_up()
        stuck[0] = True
        talk.send(SLIP, ID)
        assert talk.proof(ID, 0.05, never) is not None
        assert not talk.caught_up(0.05)
        stuck[0] = False
        with printer._changed:
            printer._say(b"\0")  # the slip is out at last
        assert talk.caught_up(2)
        stuck[0] = True
        talk.send(SLIP, ID)
        assert talk.proof(ID, 0.05, never) is not None


def test_a_model_that_never_answers_is_given_the_next_slip_all_the_same(kind: str) -> None:
    printer = VirtualPrinter(load_profile("epson-tm-t88iii"))
    printer._reader._on_request = lambda name, given: None
    with line_to(printer, kind) as line:
        talk = Conversation(line, printer.profile)
        talk.send(SLIP, ID)
        assert talk.proof(ID, 0.05, never) is not None
        assert talk.caught_up(0.05)


def test_a_number_that_was_heard_before_proves_nothing(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        talk.send(SLIP, ID)
        assert talk.proof(ID, 3, never) is None
        printer.silent = True
        talk.send(SLIP, ID)
        assert talk.proof(ID, 0.05, never) is not None


def test_garbage_for_an_answer_proves_nothing(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    printer.garbage = b"\xff\x80\x37\x22a"
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state(0.1) == PrinterState.UNKNOWN
        talk.send(SLIP, ID)
        assert talk.proof(ID, 0.2, never) is not None


def test_paper_that_ends_in_the_middle_of_a_slip_is_noticed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.printing.status._LOOK_SECONDS", 0.05)
    printer = VirtualPrinter(PROFILE)
    printer.paper_left = 60
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state() == PrinterState.READY
        talk.send(b"\x1b@" + b"satir\n" * 10 + b"\x1dVB\x00", ID)
        assert talk.proof(ID, 5, never) == PrinterState.PAPER_OUT
        assert printer.papers == []
        printer.paper_out = False
        assert talk.proof(ID, 5, never) is None
    assert len(printer.papers) == 1


def test_a_cable_pulled_before_the_slip_lets_nothing_out(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state() == PrinterState.READY
        printer.hangs_up_after = printer.received
        with pytest.raises(LineFault) as caught:
            for _ in range(20):  # the first write after the peer closed may still succeed
                talk.state(0.2)
        assert str(caught.value)
    assert printer.papers == []


def test_a_cable_pulled_in_the_middle_says_that_bytes_went_out(kind: str) -> None:
    printer = VirtualPrinter(PROFILE)
    with line_to(printer, kind) as line:
        talk = Conversation(line, PROFILE)
        assert talk.state() == PrinterState.READY
        printer.hangs_up_after = printer.received + 10
        with pytest.raises(LineFault):
            talk.send(SLIP * 40, ID)
            talk.proof(ID, 5, never)
    assert printer.papers == []


def test_a_printer_that_does_not_read_leaves_the_slip_unproved(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "WRITE_SECONDS", 0.2)
    printer = VirtualPrinter(PROFILE)
    printer.deaf = True
    with line_to(printer, kind) as line:
        try:
            line.write_all(SLIP)
        except LineFault as fault:
            assert fault.sent <= len(SLIP)
        else:
            assert Conversation(line, PROFILE).proof(ID, 0.1, never) is not None


def test_a_full_buffer_ends_in_a_sentence_and_not_in_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "WRITE_SECONDS", 0.2)
    printer = VirtualPrinter(PROFILE)
    printer.deaf = True
    for kind in ("pty", "socket"):
        with line_to(printer, kind) as line:
            with pytest.raises(LineFault, match="veri almıyor") as caught:
                line.write_all(b"x" * 30_000_000)
            assert 0 < caught.value.sent < 30_000_000


def test_a_stuck_write_can_be_freed_from_another_thread() -> None:
    printer = VirtualPrinter(PROFILE)
    printer.deaf = True
    with line_to(printer, "socket") as line:
        timer = threading.Timer(0.1, line.cancel)
        timer.start()
        with pytest.raises(LineFault):
            line.write_all(b"x" * 30_000_000)
        timer.join()


def test_a_port_belongs_to_one_program_at_a_time() -> None:
    with on_pty(VirtualPrinter(PROFILE)) as path:
        first = open_transport(f"serial:{path}", PROFILE)
        with pytest.raises(LineFault, match="başka bir program"):
            open_transport(f"serial:{path}", PROFILE)
        first.close()
        open_transport(f"serial:{path}", PROFILE).close()


def test_a_printer_that_is_not_there_is_named_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    for url, words in (
        ("serial:/dev/yok0", "bulunamadı"),
        ("usb:/dev/usb/yok0", "bulunamadı"),
        (f"tcp:127.0.0.1:{free}", "bağlanılamadı"),
        (f"file:{tmp_path}/yok/fis.bin", "yazılamadı"),
    ):
        with pytest.raises(LineFault, match=words) as caught:
            open_transport(url, PROFILE)
        assert caught.value.sent == 0


@pytest.mark.parametrize(
    "url",
    ["", "serial:", "tcp:", "ftp:host", "tcp:host:0", "tcp:host:99999", "tcp:host:abc", "serial:/dev/x?baud=fast",
     "serial:/dev/x?baud=1", "serial:/dev/x?flow=maybe", "http://[::1", "/dev/ttyS0"],
)  # fmt: skip
def test_a_wrong_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(UserError, match="serial:/dev/ttyUSB0"):
        open_transport(url, PROFILE)


def test_addresses_may_name_port_and_options() -> None:
    assert parse_address("tcp:10.0.0.5:9100").target == "10.0.0.5:9100"
    assert parse_address("serial:/dev/ttyUSB0?baud=9600&flow=none").options == {"baud": "9600", "flow": "none"}
    assert parse_address("serial:COM3").target == "COM3"
    assert parse_address("virtual:").target == ""


def test_a_device_file_is_written_and_read_like_a_line() -> None:
    """A pty stands for /dev/usb/lp0: both are character devices that answer."""
    printer = VirtualPrinter(PROFILE)
    with on_pty(printer) as path:
        line = open_transport(f"usb:{path}", PROFILE)
        talk = Conversation(line, PROFILE)
        assert talk.state() == PrinterState.READY
        talk.send(SLIP, ID)
        assert talk.proof(ID, 3, never) is None
        line.close()
    assert len(printer.papers) == 1


def test_a_device_that_is_readable_and_says_nothing_is_not_waited_for(tmp_path: Path) -> None:
    target = tmp_path / "lp0"
    target.touch()
    line = open_transport(f"usb:{target}", PROFILE)
    assert line.fileno() >= 0
    assert line.read(0.0) == b""
    assert line.fileno() == -1
    line.close()


def test_slips_can_go_to_a_file_one_after_the_other(tmp_path: Path) -> None:
    target = tmp_path / "fis.bin"
    for _ in range(2):
        line = open_transport(f"file:{target}", PROFILE)
        line.write_all(SLIP)
        assert line.read(0) == b""
        line.close()
    assert target.read_bytes() == SLIP * 2


def test_a_full_disk_is_said_in_a_sentence() -> None:
    line = open_transport("file:/dev/full", PROFILE)
    with pytest.raises(LineFault, match="disk") as caught:
        line.write_all(SLIP)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ENOSPC


def test_the_virtual_printer_keeps_its_papers_in_a_folder(tmp_path: Path) -> None:
    url = f"virtual:?dir={tmp_path}/kagit"
    for place in (1, 2):
        line = open_transport(url, PROFILE)
        line.write_all(SLIP)
        assert (tmp_path / "kagit" / f"{place:04d}.bin").read_bytes() == SLIP
        assert (tmp_path / "kagit" / f"{place:04d}.png").is_file()
    assert len(printer_at(url, PROFILE).papers) == 2


def test_the_virtual_printer_takes_faults_from_its_address() -> None:
    line = open_transport("virtual:?fault=paper_out&n=1", PROFILE)
    assert Conversation(line, PROFILE).state() == PrinterState.PAPER_OUT
    printer_at("virtual:?fault=paper_out&n=1", PROFILE).paper_out = False
    assert Conversation(line, PROFILE).state() == PrinterState.READY


def test_two_hosts_at_one_virtual_printer_get_their_own_answers() -> None:
    first, second = (Conversation(open_transport("virtual:?n=two", PROFILE), PROFILE) for _ in range(2))
    first.send(SLIP, b"aaaa")
    second.send(SLIP, b"bbbb")
    assert second.proof(b"bbbb", 1, never) is None
    assert first.proof(b"aaaa", 1, never) is None


def test_kinds_of_answers_are_told_apart() -> None:
    answers = Answers()
    stream = b"\x12" + b"\x37\x22ab12\x00" + b"\x14\x00\x0f\x0f" + b"\x0c" + b"\x11\x13" + b"\xff" + b"\x16"
    for byte in stream:
        answers.feed(bytes([byte]))
    assert answers.realtime == [0x12, 0x16]
    assert answers.process_ids == [b"ab12"]
    assert answers.automatic == b"\x14\x00\x0f\x0f"
    assert answers.transmitted == [0x0C]
    assert answers.garbage == 1


def test_the_paper_classes_import_without_terminal_modules() -> None:
    """Windows has no termios, fcntl or pty: nothing here may ask for them before it is used."""
    import subprocess

    program = (
        "import sys\n"
        "for name in ('termios', 'fcntl', 'pty', 'tty', 'serial'): sys.modules[name] = None\n"
        "import desk.printing.transports, desk.printing.virtual, desk.printing.status, desk.printing.spooler\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

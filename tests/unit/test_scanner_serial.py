"""A serial scanner: codes come whole, cards as one, rubbish does no harm, a pulled cable is waited for."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator

import pytest

from desk import scanners
from desk.errors import UserError
from desk.registry.scanning import ScanKind, read_scan

CARD = "I<TURA00A000000<12345678950<<<\r8507044F3101012TUR<<<<<<<<<<<2\rORNEK<<AYSE<GUL<<<<<<<<<<<<<<<\r"


class Line:
    """A port that gives what a test puts in: bytes, silence (b"") or an error."""

    def __init__(self) -> None:
        self.put: queue.Queue[bytes | Exception] = queue.Queue()
        self.closed = threading.Event()

    def read(self, size: int) -> bytes:
        try:
            what = self.put.get(timeout=0.02)
        except queue.Empty:
            return b""
        if isinstance(what, Exception):
            raise what
        return what

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def heard(line: Line) -> Iterator[queue.Queue[str]]:
    said: queue.Queue[str] = queue.Queue()
    scanner = scanners.Scanner("serial:/dev/ttyX", said.put, opener=lambda _: line)
    scanner.start()
    yield said
    scanner.stop()
    assert line.closed.is_set()


def test_a_code_is_told_when_the_line_falls_silent(line: Line, heard: queue.Queue[str]) -> None:
    line.put.put(b"1001000")
    line.put.put(b"00173\r\n")
    assert heard.get(timeout=2) == "100100000173"


def test_a_scanner_that_ends_nothing_is_understood_too(line: Line, heard: queue.Queue[str]) -> None:
    line.put.put(b"7K4M-92QD")
    assert heard.get(timeout=2) == "7K4M-92QD"


def test_the_lines_of_a_card_come_as_one_scan(line: Line, heard: queue.Queue[str]) -> None:
    line.put.put(CARD.encode())
    assert read_scan(heard.get(timeout=2)).kind is ScanKind.MRZ


def test_two_codes_in_one_breath_are_two_scans(line: Line, heard: queue.Queue[str]) -> None:
    line.put.put(b"RR473124829TR\rRR473124832TR\r")
    assert [heard.get(timeout=2), heard.get(timeout=2)] == ["RR473124829TR", "RR473124832TR"]


def test_rubbish_is_cut_and_refused(line: Line, heard: queue.Queue[str]) -> None:
    line.put.put(b"\xff\x00\x1b@" * 5000)
    assert read_scan(heard.get(timeout=2)).kind is ScanKind.REFUSED
    line.put.put(b"7K4M-92QD\r")
    assert heard.get(timeout=2) == "7K4M-92QD"


def test_a_pulled_cable_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanners, "RETRY", (0.01,))
    lines = [Line(), Line()]
    given = iter(lines)
    said: queue.Queue[str] = queue.Queue()
    scanner = scanners.Scanner("serial:/dev/ttyX", said.put, opener=lambda _: next(given))
    scanner.start()
    lines[0].put.put(OSError("gone"))
    lines[1].put.put(b"7K4M-92QD\r")
    assert said.get(timeout=2) == "7K4M-92QD"
    scanner.stop()


def test_a_window_that_fails_does_not_end_the_scanner(line: Line) -> None:
    said: queue.Queue[str] = queue.Queue()

    def heard(text: str) -> None:
        said.put(text)
        raise RuntimeError("a bug")

    scanner = scanners.Scanner("serial:/dev/ttyX", heard, opener=lambda _: line)
    scanner.start()
    line.put.put(b"A\r")
    line.put.put(b"")
    assert said.get(timeout=2) == "A"
    line.put.put(b"B\r")
    assert said.get(timeout=2) == "B"
    scanner.stop()


@pytest.mark.parametrize("address", ["", "tcp:1.2.3.4", "serial:", "serial:/dev/ttyX?baud=fast"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(UserError):
        scanners.open_port(address)


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")
def test_a_real_port_is_read() -> None:
    master, slave = os.openpty()
    said: queue.Queue[str] = queue.Queue()
    scanner = scanners.Scanner(f"serial:{os.ttyname(slave)}?baud=115200", said.put)
    opened = threading.Event()
    real = scanner._opener

    def opener(address: str) -> scanners.Port:
        port = real(address)
        opened.set()
        return port

    scanner._opener = opener
    scanner.start()
    assert opened.wait(5)
    os.write(master, b"100100000173\r\n")
    assert said.get(timeout=5) == "100100000173"
    scanner.stop()
    os.close(master)
    os.close(slave)

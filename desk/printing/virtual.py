"""A printer that is not there: it reads the real bytes back, answers like one, and fails when told to.

A fresh machine prints to it; tests put it behind a real pty (``on_pty``) or a real socket (``on_socket``). Every
address ``virtual:…`` names one printer of this process, which ``printer_at`` gives, so that its paper can be
looked at and its cover opened. Options of the address: ``dir`` (each paper as 0001.bin and 0001.png), ``baud``
(its speed), ``fault`` (paper_out, paper_low, cover_open, cutter, silent, hang_up, deaf), ``late`` (milliseconds).
"""

from __future__ import annotations

import os
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.printing.preview import Reader
from desk.printing.preview_paper import Paper
from desk.printing.profiles import Profile
from desk.printing.transports import LOST, STUCK, Address, LineFault, Transport, parse_address

_REALTIME = re.compile(rb"\x10\x04([\x01-\x04])", re.DOTALL)
_FAULTS = frozenset({"paper_out", "paper_low", "cover_open", "cutter", "silent", "hang_up", "deaf"})
_TICK = 0.01  # seconds between looks at what is to be answered


class VirtualPrinter:
    """Give it bytes with ``receive``; take its answers with ``answer``. Safe from several threads.

    The faults are attributes to set at any time. Without paper or with an open cover it stops reading its
    buffer, as a real one does, and goes on when that is put right.
    """

    def __init__(self, profile: Profile, folder: Path | None = None) -> None:
        self.profile = profile
        self.folder = folder
        self.papers: list[Paper] = []
        self.received = 0  # bytes, status questions included
        self.paper_low = False
        self.silent = False  # answers nothing
        self.deaf = False  # does not read what is sent: the line's buffer fills
        self.deaf_after: int | None = None  # bytes, then it reads no more
        self.hangs_up_after: int | None = None  # bytes, then the line is gone
        self.late = 0.0  # seconds before an answer leaves
        self.paper_left: int | None = None  # dots until the paper is out
        self.cover_left: int | None = None  # dots until somebody opens the cover
        self.garbage = b""  # said in place of every answer
        self._paper_out = self._cover_open = self._cutter = False
        self._changed = threading.Condition()
        self._answers: list[tuple[float, object, bytes]] = []  # when due, on which line, what
        self._line: object = None  # the one that spoke last: two hosts may share a virtual printer
        self._buffer = b""  # waits while the printer is offline
        self._tail = b""  # may be the beginning of a DLE EOT
        self._raw = b""  # of the paper that is not torn off yet
        self._automatic = False
        self._listeners: dict[object, Callable[[], None]] = {}  # by line
        self._reader = Reader(profile, on_request=self._asked)

    # What happens to it

    @property
    def paper_out(self) -> bool:
        return self._paper_out

    @paper_out.setter
    def paper_out(self, out: bool) -> None:
        with self._changed:
            self._paper_out = out
            self._state_changed()

    @property
    def cover_open(self) -> bool:
        return self._cover_open

    @cover_open.setter
    def cover_open(self, is_open: bool) -> None:
        with self._changed:
            self._cover_open = is_open
            self._state_changed()

    @property
    def cutter(self) -> bool:
        """Paper is caught in it."""
        return self._cutter

    @cutter.setter
    def cutter(self, stuck: bool) -> None:
        with self._changed:
            self._cutter = stuck
            self._state_changed()

    @property
    def _offline(self) -> bool:
        return self._paper_out or self._cover_open or self._cutter

    def set_fault(self, name: str) -> None:
        """One of the names an address may give; raises ValueError for others."""
        if name not in _FAULTS:
            raise ValueError(name)
        if name == "hang_up":
            self.hangs_up_after = self.received
        else:
            setattr(self, name, True)

    # The line

    def receive(self, data: bytes, line: object = None) -> None:
        """Take bytes from a line. Raises ConnectionResetError at ``hangs_up_after``."""
        with self._changed:
            self._line = line
            if self.hangs_up_after is not None and self.received + len(data) > self.hangs_up_after:
                kept = data[: max(self.hangs_up_after - self.received, 0)]
                self._take_in(kept)
                raise ConnectionResetError
            self._take_in(data)
            if self.appetite <= 0:
                self.deaf, self.deaf_after = True, None

    @property
    def appetite(self) -> int:
        """How many bytes it would take from its line at once."""
        return 4096 if self.deaf_after is None else min(self.deaf_after - self.received, 4096)

    def answer(self, seconds: float, line: object = None) -> bytes:
        """What it says on that line now, or within ``seconds``; empty when it says nothing."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                now = time.monotonic()
                ready = [said for said in self._answers if said[0] <= now and said[1] is line]
                if ready or now >= end:
                    self._answers = [said for said in self._answers if said not in ready]
                    return b"".join(words for _, _, words in ready)
                due = min((said[0] for said in self._answers if said[1] is line), default=end)
                self._changed.wait(max(min(due, end) - now, 0.001))

    def _take_in(self, data: bytes) -> None:
        self.received += len(data)
        data = self._tail + data
        self._tail = b""
        for possible in (b"\x10\x04", b"\x10"):
            if data.endswith(possible):
                data, self._tail = data[: -len(possible)], possible
                break
        for question in _REALTIME.finditer(data):
            self._say(bytes([self._realtime(question[1][0])]))
        self._buffer += _REALTIME.sub(b"", data)
        self._print()

    def _print(self) -> None:
        """Line by line, so that the paper can end in the middle of a slip."""
        while self._buffer and not self._offline:
            end = self._buffer.find(b"\n") + 1 or len(self._buffer)
            piece, self._buffer = self._buffer[:end], self._buffer[end:]
            if piece.startswith(b"\x1b@") and not self._reader.blank and self._reader.between_commands:
                self._tear_off()
            self._raw += piece
            before, cuts = self._reader.position, self._reader.cut_count
            self._reader.feed(piece)
            self._use_paper(self._reader.position - before)
            if self._reader.cut_count > cuts:
                self._tear_off()

    def _use_paper(self, dots: int) -> None:
        if self.paper_left is not None:
            self.paper_left -= dots
            if self.paper_left <= 0:
                self._paper_out, self.paper_left = True, None
                self._state_changed()
        if self.cover_left is not None:
            self.cover_left -= dots
            if self.cover_left <= 0:
                self._cover_open, self.cover_left = True, None
                self._state_changed()

    def _tear_off(self) -> None:
        paper, raw = self._reader.take(), self._raw
        self._raw = b""
        self.papers.append(paper)
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            place = 1 + max((int(p.stem) for p in self.folder.glob("*.bin") if p.stem.isdigit()), default=0)
            (self.folder / f"{place:04d}.bin").write_bytes(raw)
            paper.image.save(self.folder / f"{place:04d}.png")

    # Its answers

    def _say(self, answer: bytes) -> None:
        if not self.silent:
            self._answers.append((time.monotonic() + self.late, self._line, self.garbage or answer))
            self._changed.notify_all()
            self._listeners.get(self._line, _nobody)()

    def tell(self, line: object, ring: Callable[[], None] | None) -> None:
        """Call ``ring`` whenever there is an answer for that line; None: no more."""
        with self._changed:
            self._listeners.pop(line, None)
            if ring is not None:
                self._listeners[line] = ring

    def _realtime(self, question: int) -> int:
        if question == 1:
            return 0x12 | 0x08 * self._offline
        if question == 2:
            return 0x12 | 0x04 * self._cover_open | 0x20 * self._paper_out | 0x40 * self._cutter
        if question == 3:
            return 0x12 | 0x08 * self._cutter
        if question == 4:
            return 0x12 | 0x0C * (self.paper_low or self._paper_out) | 0x60 * self._paper_out
        return 0x12

    def _asked(self, name: str, parameters: bytes) -> None:
        if name == "process" and self.profile.status.process_id:
            self._say(b"\x37\x22" + parameters + b"\0")
        elif name == "transmit" and self.profile.status.transmit:
            self._say(bytes([0x03 * self.paper_low]))
        elif name == "initialise":
            self._automatic = False
        elif name == "automatic" and self.profile.status.automatic:
            self._automatic = parameters != b"\0"
            self._say_automatically()
        if name in ("process", "transmit") and self.profile.cutter == "none" and self._raw:
            self._tear_off()

    def _state_changed(self) -> None:
        self._say_automatically()
        self._print()

    def _say_automatically(self) -> None:
        if self._automatic:
            first = 0x10 | 0x08 * self._offline | 0x20 * self._cover_open
            self._say(
                bytes(
                    [first, 0x08 * self._cutter, 0x03 * (self.paper_low or self._paper_out) | 0x0C * self._paper_out, 0]
                )
            )


def _nobody() -> None:
    """Nobody listens."""


_printers: dict[str, VirtualPrinter] = {}
_printers_lock = threading.Lock()


def printer_at(url: str, profile: Profile) -> VirtualPrinter:
    """The one virtual printer of this process behind ``url``. Raises UserError for a wrong address."""
    address = parse_address(url)
    with _printers_lock:
        if url not in _printers or _printers[url].profile != profile:
            folder = Path(address.options["dir"]) if "dir" in address.options else None
            printer = VirtualPrinter(profile, folder)
            printer.late = address.number("late", 0) / 1000
            if address.options.get("fault") in _FAULTS:
                printer.set_fault(address.options["fault"])
            _printers[url] = printer
        return _printers[url]


class VirtualTransport(Transport):
    """Straight into the printer of this address, at the speed it is told."""

    def __init__(self, address: Address, profile: Profile) -> None:
        super().__init__(address)
        self._printer = printer_at(address.text, profile)
        self._baud = address.number("baud", 0)
        self._cancelled = threading.Event()

    def open(self) -> None:
        pass

    def write_all(self, data: bytes) -> None:
        if self._printer.deaf:
            raise LineFault(STUCK)
        before = self._printer.received
        if self._baud and self._cancelled.wait(10 * len(data) / self._baud):
            raise LineFault(LOST)
        try:
            self._printer.receive(data, self)
        except ConnectionResetError as error:
            raise LineFault(LOST, sent=self._printer.received - before) from error

    def read(self, seconds: float) -> bytes:
        return self._printer.answer(seconds, self)

    def cancel(self) -> None:
        self._cancelled.set()

    def when_heard(self, ring: Callable[[], None]) -> None:
        self._printer.tell(self, ring)

    def close(self) -> None:
        self._printer.tell(self, None)


@contextmanager
def on_pty(printer: VirtualPrinter) -> Iterator[str]:
    """The printer behind a real terminal device; gives the device's path. POSIX only."""
    import pty
    import tty

    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    path = os.ttyname(theirs)
    stop = threading.Event()

    def hang_up() -> None:
        os.close(theirs)
        os.close(ours)

    thread = threading.Thread(target=_serve, args=(printer, ours, stop, hang_up), name="virtual-pty", daemon=True)
    thread.start()
    try:
        yield path
    finally:
        stop.set()
        thread.join()


@contextmanager
def on_socket(printer: VirtualPrinter) -> Iterator[str]:
    """The printer behind a real port of this machine; gives its address ("tcp:127.0.0.1:…")."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)  # some kilobytes, as a printer's
    listener.settimeout(_TICK)
    stop = threading.Event()

    def accept() -> None:
        while not stop.is_set():
            try:
                line, _ = listener.accept()
            except TimeoutError:
                continue
            _serve(printer, line.fileno(), stop, line.close)
        listener.close()

    thread = threading.Thread(target=accept, name="virtual-socket", daemon=True)
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        thread.join()


def _serve(printer: VirtualPrinter, file: int, stop: threading.Event, hang_up: Callable[[], None]) -> None:
    try:
        while not stop.is_set():
            if not printer.deaf and select.select([file], [], [], _TICK)[0]:
                data = os.read(file, printer.appetite)
                if not data:
                    return
                printer.receive(data)
            elif printer.deaf:
                stop.wait(_TICK)
            answer = printer.answer(0)
            if answer:
                os.write(file, answer)
    except OSError:
        pass  # the host closed its side, or the printer hung up
    finally:
        hang_up()

"""What the printer says of itself, and what its answers look like (Epson ESC/POS reference, "Printer status").

A printer that does not answer is *unknown*, never "ok". The four kinds of answer share one line and are told
apart by fixed bits: DLE EOT 0xx1xx10, automatic status (ASB) 0xx1xx00 and three bytes 0xx0xxxx, GS r 0xx0xxxx,
process id 37h 22h d1–d4 00h.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desk.printing.profiles import Profile
from desk.printing.transports import Transport

ANSWER_SECONDS = 0.5
"""A printer answers DLE EOT within some 20 ms; a network or a slow line adds to it."""

_LOOK_SECONDS = 1.0  # between looks at paper and cover while a slip is being printed
_SLICE_SECONDS = 0.2
_DLE_EOT = b"\x10\x04"
_TRANSMIT = b"\x1dr\x01"
_WATCH, _BE_QUIET = b"\x1da\x0e", b"\x1da\x00"  # GS a: on/offline, errors, paper


class PrinterState(StrEnum):
    UNKNOWN = "unknown"
    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"  # paper is caught in it
    OFFLINE = "offline"


CAN_PRINT = frozenset({PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.UNKNOWN})
_STOPPED = (PrinterState.PAPER_OUT, PrinterState.COVER_OPEN, PrinterState.CUTTER)


@dataclass(slots=True)
class Answers:
    """Splits what comes from the printer into its kinds. What fits none is counted and dropped."""

    realtime: list[int]
    transmitted: list[int]
    process_ids: list[bytes]
    automatic: bytes  # the last ASB packet, empty before the first
    garbage: int
    _rest: bytes

    def __init__(self) -> None:
        self.realtime, self.transmitted, self.process_ids = [], [], []
        self.automatic, self.garbage, self._rest = b"", 0, b""

    def feed(self, data: bytes) -> None:
        data = self._rest + data
        at = 0
        while at < len(data):
            length = self._one(data[at:])
            if length == 0:
                break
            at += length
        self._rest = data[at:]

    def _one(self, data: bytes) -> int:
        """Takes the first answer and returns its length; 0 when its rest has not come yet."""
        first = data[0]
        if first == 0x37:
            return self._process_id(data)
        if first & 0x93 == 0x10:
            return self._automatic(data)
        if first & 0x93 == 0x12:
            self.realtime.append(first)
        elif first & 0x90 == 0:
            self.transmitted.append(first)
        elif first not in (0x11, 0x13):  # XON and XOFF mean the line, not the printer
            self.garbage += 1
        return 1

    def _process_id(self, data: bytes) -> int:
        if data[1:2] not in (b"", b"\x22") or (len(data) >= 7 and data[6] != 0):
            self.garbage += 1
            return 1
        if len(data) < 7:
            return 0
        self.process_ids.append(data[2:6])
        return 7

    def _automatic(self, data: bytes) -> int:
        if any(byte & 0x90 for byte in data[1:4]):
            self.garbage += 1
            return 1
        if len(data) < 4:
            return 0
        self.automatic = data[:4]
        return 4


class Conversation:
    """Questions and answers over one line, for the thread that owns it."""

    def __init__(self, transport: Transport, profile: Profile) -> None:
        self._transport = transport
        self._profile = profile
        self.answers = Answers()
        self._tells = False  # it has answered GS r before: some that should never do
        self._owed = False  # an answer to GS r, which bears no number, may still come

    def watch(self) -> None:
        """Let the printer tell of changes by itself, where the model can (a slip's ESC @ ends that on some).

        Raises LineFault.
        """
        if self._profile.status.automatic:
            self._transport.write_all(_WATCH)

    def news(self) -> PrinterState | None:
        """What the printer said by itself since the last look. Raises LineFault when the line is gone."""
        self._listen(0)
        packet, self.answers.automatic = self.answers.automatic, b""
        return automatic_state(packet) if packet else None

    def state(self, seconds: float | None = None) -> PrinterState:
        """Ask now. Never inside another command: the printer obeys DLE EOT everywhere.

        Raises LineFault when the line is gone. ``seconds`` is for each question: three, and one more about an error.
        """
        seconds = ANSWER_SECONDS if seconds is None else seconds
        if not self._profile.status.realtime:
            return PrinterState.UNKNOWN
        said: list[int] = []
        for question in (1, 2, 4):
            answer = self._ask(question, seconds)
            if answer is None:
                return PrinterState.UNKNOWN
            said.append(answer)
        state = _state(*said)
        if state == PrinterState.OFFLINE and said[1] & 0x40 and (self._ask(3, seconds) or 0) & 0x08:
            return PrinterState.CUTTER
        return state

    def _ask(self, question: int, seconds: float) -> int | None:
        self._listen(0)  # what was said before is not an answer to this
        self.answers.realtime.clear()
        self._transport.write_all(_DLE_EOT + bytes([question]))
        end = time.monotonic() + seconds
        while not self.answers.realtime:
            left = end - time.monotonic()
            if left <= 0:
                return None
            self._listen(left)
        return self.answers.realtime[-1]

    def _listen(self, seconds: float) -> None:
        self.answers.feed(self._transport.read(seconds))

    def send(self, slip: bytes, process_id: bytes) -> bool:
        """The whole slip and the request to say when it is on paper, in one go. False when the model cannot say.

        ``process_id``: four printable ASCII characters. Raises LineFault with what had gone out.
        """
        self._listen(0)
        self.answers.transmitted.clear()
        self.answers.process_ids.clear()
        self.answers.automatic = b""
        request = _proof_request(self._profile, process_id)
        # The tail of an automatic packet looks like an answer to GS r: then it must be silent until the slip is out.
        quiet = _BE_QUIET if self._profile.status.automatic and not self._profile.status.process_id else b""
        self._owed = bool(request) and not self._profile.status.process_id
        self._transport.write_all(quiet + slip + request)
        return bool(request)

    def caught_up(self, seconds: float | None = None) -> bool:
        """Whether all that was sent before is dealt with: else the late answer to an unproved slip would prove the
        next. Raises LineFault."""
        if not self._owed or not self._tells:
            return True
        self.answers.transmitted.clear()
        self._transport.write_all(_TRANSMIT)
        end = time.monotonic() + (ANSWER_SECONDS if seconds is None else seconds)
        while not self.answers.transmitted and time.monotonic() < end:
            self._listen(max(end - time.monotonic(), 0))
        if not self.answers.transmitted:
            return False
        self._listen(_SLICE_SECONDS)  # this one's own follows at once: nothing is to be printed in between
        self._owed = False
        self.watch()  # the unproved slip had ended it
        return True

    def store(self, data: bytes, seconds: float) -> bool:
        """Write something into the printer's memory and wait until it speaks again: models restart after it."""
        self._transport.write_all(data)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.state() in CAN_PRINT - {PrinterState.UNKNOWN}:
                return True
        return False

    def proof(self, process_id: bytes, seconds: float, give_up: Callable[[], bool]) -> PrinterState | None:
        """Wait until the printer says that the slip is on paper: None then, else what is the matter with it.

        Out of paper and an open cover are noticed within a second or two. Raises LineFault.
        """
        end = time.monotonic() + seconds
        look = time.monotonic() + _LOOK_SECONDS
        while not self._proved(process_id):
            now = time.monotonic()
            if now >= end or give_up():
                state = self.state()
                return None if self._proved(process_id) else state
            said = self.news()
            if self._proved(process_id):
                break
            if said in _STOPPED:
                return said
            if now >= look:
                look = now + _LOOK_SECONDS
                state = self.state()
                if state in _STOPPED and not self._proved(process_id):
                    return state
            self._listen(min(end - now, _SLICE_SECONDS))
        return None

    def _proved(self, process_id: bytes) -> bool:
        if self._profile.status.process_id:
            return process_id in self.answers.process_ids
        if self.answers.transmitted:
            self._tells, self._owed = True, False
        return bool(self.answers.transmitted)


def _state(printer: int, cause: int, paper: int) -> PrinterState:
    if cause & 0x04:
        return PrinterState.COVER_OPEN
    if paper & 0x60 or cause & 0x20:
        return PrinterState.PAPER_OUT
    if printer & 0x08 or cause & 0x40:
        return PrinterState.OFFLINE
    return PrinterState.PAPER_LOW if paper & 0x0C else PrinterState.READY


def automatic_state(packet: bytes) -> PrinterState:
    """The state in an ASB packet of four bytes."""
    if packet[0] & 0x20:
        return PrinterState.COVER_OPEN
    if packet[2] & 0x0C:
        return PrinterState.PAPER_OUT
    if packet[1] & 0x08:
        return PrinterState.CUTTER
    if packet[0] & 0x08 or packet[1] & 0x6C:
        return PrinterState.OFFLINE
    return PrinterState.PAPER_LOW if packet[2] & 0x03 else PrinterState.READY


def _proof_request(profile: Profile, process_id: bytes) -> bytes:
    """GS ( H is answered when printing is complete; GS r when all before it was processed, and not at paper end."""
    if profile.status.process_id:
        return b"\x1d(H\x06\x0000" + process_id
    return _TRANSMIT if profile.status.transmit else b""

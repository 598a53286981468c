"""Printing past the ledger, for the one paper that may not wait for a database: the list of who is inside.

A printer that a window of this process holds is reached through the thread that owns its line; any other one is opened
for the moment. Nothing is written down, and nothing is tried twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue

from desk.errors import N_, Fault
from desk.printing.elements import Slip
from desk.printing.escpos import build
from desk.printing.profiles import load_profile
from desk.printing.transports import LOST, LineFault, Transport, open_transport

PATIENCE_SECONDS = 12.0
"""The thread of a printer may just be waiting for a database that does not answer."""

_held: dict[str, Line] = {}
_lock = threading.Lock()


class Line:
    """A printer's line as other threads see it: they put bytes, its own thread pours them out."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._waiting: SimpleQueue[tuple[bytes, Future[None]]] = SimpleQueue()
        self._address = ""

    def hold(self, address: str) -> None:
        """The line is open from now on, at this address."""
        with _lock:
            self._address = address
            _held[address] = self

    def let_go(self) -> None:
        """It is closed; what waits will not be printed here."""
        with _lock:
            if _held.get(self._address) is self:
                del _held[self._address]
        self.pour(None)

    def put(self, data: bytes) -> Future[None]:
        done: Future[None] = Future()
        self._waiting.put((data, done))
        self._ring()
        return done

    def pour(self, transport: Transport | None) -> None:
        """Send what waits; for the thread that owns the line."""
        while True:
            try:
                data, done = self._waiting.get_nowait()
            except Empty:
                return
            if not done.set_running_or_notify_cancel():
                continue
            try:
                if transport is None:
                    raise LineFault(LOST)
                transport.write_all(data)
            except LineFault as fault:
                done.set_exception(fault)
            else:
                done.set_result(None)


def print_apart(address: str, profile: str, profiles: Path, slip: Slip) -> None:
    """Send ``slip`` now. Raises Fault (LineFault) when the printer cannot be reached or takes nothing."""
    model = load_profile(profile, profiles)
    data = build(slip, model).data
    with _lock:
        line = _held.get(address)
        waiting = line.put(data) if line is not None else None
    if waiting is None:
        transport = open_transport(address, model)
        try:
            transport.write_all(data)
        finally:
            transport.close()
        return
    try:
        waiting.result(PATIENCE_SECONDS)
    except TimeoutError as error:
        waiting.cancel()
        raise Fault(N_("Yazıcı yanıt vermiyor. Listeyi ekrandan okuyunuz.")) from error

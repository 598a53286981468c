"""A barcode scanner on a serial line: one thread owns the port and tells what was read, whole.

A scanner ends a code with CR, LF or both; some send an identity card as three lines, some end nothing at all. So what
came is told when the line falls silent: the lines of a card together, anything else line by line. Nothing is trusted:
``desk.registry.scanning`` says what a text means. A pulled cable is waited for; nothing is lost but the code under way.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from desk.errors import N_, UserError
from desk.registry import mrz
from desk.registry.scanning import LONGEST

log = logging.getLogger("desk.scanners")

BAUD = 9600
SILENCE = 0.15
"""Seconds without a byte after which a code has ended; at 9600 baud a byte takes one millisecond."""

RETRY = (1.0, 2.0, 5.0, 15.0)
"""Seconds between attempts to open a port that is not there."""


class Port(Protocol):
    """What of a serial port is needed. ``read`` comes back with b"" after ``SILENCE``."""

    def read(self, size: int) -> bytes: ...

    def close(self) -> None: ...


def open_port(address: str) -> Port:
    """The port of ``serial:/dev/ttyACM0?baud=9600`` (or ``serial:COM3``), held alone.

    Raises UserError for an address that is none, OSError when the port cannot be opened.
    """
    parts = urlsplit(address.strip())
    options = dict(parse_qsl(parts.query))
    device = (f"//{parts.netloc}" if parts.netloc else "") + parts.path
    if parts.scheme != "serial" or not device or not options.get("baud", "1").isdecimal():
        raise UserError(
            N_("Okuyucu adresi anlaşılamadı: {address}. Örnek: serial:/dev/ttyACM0?baud=9600"), address=address
        )
    import serial  # with the first scanner: most machines have none

    make: Any = serial.serial_for_url
    port: Port = make(device, baudrate=int(options.get("baud", BAUD)), timeout=SILENCE, exclusive=True)
    return port


class Scanner:
    """``Scanner(address, heard).start()``; ``heard(text)`` is called in the scanner's own thread."""

    def __init__(
        self, address: str, heard: Callable[[str], None], *, opener: Callable[[str], Port] = open_port
    ) -> None:
        self._address, self._heard, self._opener = address, heard, opener
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; waits until the port is closed."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def _run(self) -> None:
        failed = 0
        while not self._over.is_set():
            try:
                port = self._opener(self._address)
            except UserError:
                log.warning("the scanner's address makes no sense: %s", self._address)
                return
            except OSError as error:
                if failed == 0:
                    log.warning("the scanner cannot be opened: %s", error)
                self._over.wait(RETRY[min(failed, len(RETRY) - 1)])
                failed += 1
                continue
            failed = 0
            self._listen(port)

    def _listen(self, port: Port) -> None:
        """Read until the port fails or the thread ends."""
        came = bytearray()
        try:
            while not self._over.is_set():
                piece = port.read(256)
                came += piece[: LONGEST + 1 - len(came)] if len(came) <= LONGEST else b""
                if came and not piece:
                    self._tell(bytes(came))
                    came.clear()
        except OSError as error:  # pyserial's SerialException is one
            log.warning("the scanner is gone: %s", error)
            self._over.wait(RETRY[0])
        finally:
            port.close()

    def _tell(self, came: bytes) -> None:
        text = came.decode("utf-8", "replace")
        lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
        whole = "\n".join(lines)
        for one in [whole] if mrz.mrz_lines(whole) else lines:
            try:
                self._heard(one)
            except Exception:  # a bug in a window must not end the scanner
                log.exception("what was scanned could not be taken")

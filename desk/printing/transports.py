"""The ways to a printer: serial line, network, USB device file, plain file, and the virtual printer.

``open_transport`` reads an address: ``serial:/dev/ttyUSB0?baud=19200&flow=rtscts``, ``tcp:10.0.0.5:9100``,
``usb:/dev/usb/lp0``, ``file:/tmp/slips.bin``, ``virtual:?dir=/tmp/papers``. A4 printers (``cups:NAME``) take whole
documents and no bytes of ours: ``desk.printing.cups``. A transport belongs to one thread; only ``cancel`` may be
called from another. What fails raises LineFault, which knows how many bytes had gone out: a slip of which a part went
out may stand on paper.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import struct
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from desk.errors import N_, Fault, UserError
from desk.printing.profiles import Profile

CONNECT_SECONDS = 3.0
WRITE_SECONDS = 4.0
"""How long a printer may take no bytes (a print head moves some 100 lines in that time)."""

_PORT = 9100
_CHUNK = 512
_SEND_BUFFER = 1 << 15
"""Bytes that may wait in this computer for a network printer, in place of megabytes: a printer that stopped reading is
noticed while the slip is being sent, and little of it can come out after everybody gave it up."""
_THROW_AWAY = struct.pack("HH" if os.name == "nt" else "ii", 1, 0)  # what is stuck, when the line is closed
_QUESTION = 16  # bytes; what is shorter asks something
# A print job keeps the sentence alone, so none of them has a parameter.
LOST = N_("Yazıcı bağlantısı koptu. Kabloyu ve yazıcıyı denetleyiniz.")
STUCK = N_("Yazıcı veri almıyor. Kâğıdı, kapağı ve yazıcının açık olduğunu denetleyiniz.")
_NO_DEVICE = N_("Yazıcı bulunamadı. Açık ve takılı olduğundan emin olunuz.")
_NO_PERMISSION = N_("Yazıcıyı kullanma izni yok. Kullanıcıyı dialout ve lp gruplarına ekleyiniz.")
_BUSY = N_("Yazıcıyı başka bir program kullanıyor.")
_REFUSED = N_("Yazıcıya bağlanılamadı. Açık ve ağa bağlı olduğundan emin olunuz.")
_NOT_READY = N_("Yazıcı hazır sinyali vermiyor. Kablo üç telliyse yazıcının adresine flow=none ekleyiniz.")
_FULL = N_("Fiş dosyaya yazılamadı. Klasör iznini ve diski denetleyiniz.")


class LineFault(Fault):
    """The line failed. ``sent``: bytes of this write that had gone out, at the most (0: surely nothing)."""

    def __init__(self, message: str, *, sent: int = 0) -> None:
        super().__init__(message)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Address:
    text: str
    scheme: str
    target: str
    options: Mapping[str, str]

    def number(self, name: str, default: int) -> int:
        value = self.options.get(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise _wrong(self.text)
        return int(value)


class Transport(ABC):
    def __init__(self, address: Address) -> None:
        self.address = address.text

    @abstractmethod
    def open(self) -> None: ...

    @abstractmethod
    def write_all(self, data: bytes) -> None:
        """Hand over every byte, or raise LineFault with how many went out."""

    @abstractmethod
    def read(self, seconds: float) -> bytes:
        """What came; empty when nothing did within ``seconds``. Raises LineFault when the line is gone."""

    @abstractmethod
    def close(self) -> None:
        """Never raises; may be called twice."""

    def cancel(self) -> None:
        """Free a write that is stuck, from another thread."""
        return

    def fileno(self) -> int:
        """The file that becomes readable when the printer speaks by itself; -1 when there is none."""
        return -1

    def when_heard(self, ring: Callable[[], None]) -> None:
        """Call ``ring`` when the printer speaks, where no file can tell."""
        return


def open_transport(url: str, profile: Profile) -> Transport:
    """An open way to the printer at ``url``. Raises UserError for a wrong address, LineFault when it cannot open."""
    transport = _make(parse_address(url), profile)
    transport.open()
    return transport


def parse_address(url: str) -> Address:
    """Raises UserError when it is none of the known forms."""
    try:
        parts = urlsplit(url.strip())
    except ValueError as error:
        raise _wrong(url) from error
    target = (f"//{parts.netloc}" if parts.netloc else "") + parts.path
    address = Address(url, parts.scheme, target, dict(parse_qsl(parts.query)))
    if address.scheme not in _KINDS or (not target and address.scheme != "virtual"):
        raise _wrong(url)
    return address


def check_address(url: str, profile: Profile) -> None:
    """Raises UserError when a line of this model cannot be at ``url``: port, speed, flow. Nothing is opened."""
    address = parse_address(url)
    if address.scheme != "virtual":  # one of those is made by being named
        _make(address, profile)


def _make(address: Address, profile: Profile) -> Transport:
    return _KINDS[address.scheme](address, profile)


def _wrong(url: str) -> UserError:
    return UserError(
        N_("Yazıcı adresi anlaşılamadı: {url}. Örnek: serial:/dev/ttyUSB0?baud=19200, tcp:10.0.0.5:9100"), url=url
    )


class SerialTransport(Transport):
    """A serial port, or USB that looks like one. Held alone; flow control and speed by profile or address."""

    def __init__(self, address: Address, profile: Profile) -> None:
        super().__init__(address)
        self._device = address.target
        self._baud = address.number("baud", profile.serial.baud)
        self._flow = address.options.get("flow", profile.serial.flow)
        if self._flow not in ("none", "rtscts", "dtr", "xonxoff") or not 300 <= self._baud <= 4_000_000:
            raise _wrong(address.text)
        self._port: Any = None

    def open(self) -> None:
        try:
            self._port = _pyserial().Serial(
                self._device,
                self._baud,
                timeout=0.02,
                write_timeout=WRITE_SECONDS,
                exclusive=True,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
            )
        except (OSError, ValueError) as error:
            raise LineFault(_reason(getattr(error, "errno", None), str(error))) from error

    def write_all(self, data: bytes) -> None:
        sent = 0
        end = time.monotonic() + WRITE_SECONDS + 10 * len(data) / self._baud
        try:
            while sent < len(data):
                self._await_ready(end, sent)
                self._port.write(data[sent : sent + _CHUNK])
                sent += len(data[sent : sent + _CHUNK])
            if len(data) > _QUESTION:  # an answer proves that a question went out
                self._drain(end, len(data))
        except _pyserial().SerialTimeoutException as error:
            raise LineFault(STUCK, sent=min(sent + _CHUNK, len(data))) from error
        except OSError as error:
            raise LineFault(LOST, sent=min(sent + _CHUNK, len(data))) from error

    def _await_ready(self, end: float, sent: int) -> None:
        """DTR/DSR by hand, for neither Linux nor pyserial does it. A line without modem signals is ready."""
        while self._flow == "dtr" and not self._ready():
            if time.monotonic() > end:
                raise LineFault(_NOT_READY, sent=sent)
            time.sleep(0.005)

    def _ready(self) -> bool:
        try:
            return bool(self._port.dsr)
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.ENOTTY):
                return True
            raise

    def _drain(self, end: float, count: int) -> None:
        """Wait until the system's buffer is empty; what is stuck there is thrown away, not printed an hour later."""
        while self._port.out_waiting:
            if time.monotonic() > end:
                left = self._port.out_waiting
                self._port.reset_output_buffer()
                raise LineFault(STUCK, sent=max(count - left, 0))
            time.sleep(0.002)

    def read(self, seconds: float) -> bytes:
        end = time.monotonic() + seconds
        try:
            while True:
                waiting = self._port.in_waiting
                data: bytes = self._port.read(max(waiting, 1)) if waiting or seconds > 0 else b""
                if data or time.monotonic() >= end:
                    return data
        except OSError as error:
            raise LineFault(LOST) from error

    def cancel(self) -> None:
        if self._port is not None:
            self._port.cancel_write()

    def fileno(self) -> int:
        port = self._port
        return int(port.fileno()) if port is not None and hasattr(port, "fileno") else -1

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            _quietly(port.close)


class TcpTransport(Transport):
    """A network printer's raw port (9100)."""

    def __init__(self, address: Address, profile: Profile) -> None:
        super().__init__(address)
        host, colon, port = address.target.lstrip("/").rpartition(":")
        if not colon or port.endswith("]"):
            host, port = address.target.lstrip("/"), str(_PORT)
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise _wrong(address.text)
        self._peer = (host.strip("[]"), int(port))
        self._socket: socket.socket | None = None

    def open(self) -> None:
        try:
            self._socket = socket.create_connection(self._peer, timeout=CONNECT_SECONDS)
        except OSError as error:
            raise LineFault(_REFUSED) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: a pulled cable is noticed in seconds, not minutes
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 5000)

    def _open_socket(self) -> socket.socket:
        if self._socket is None:
            raise LineFault(LOST)
        return self._socket

    def write_all(self, data: bytes) -> None:
        line, sent = self._open_socket(), 0
        line.settimeout(WRITE_SECONDS)
        try:
            while sent < len(data):
                sent += line.send(data[sent:])
        except TimeoutError as error:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _THROW_AWAY)
            raise LineFault(STUCK, sent=sent) from error
        except OSError as error:
            raise LineFault(LOST, sent=sent) from error

    def read(self, seconds: float) -> bytes:
        line = self._open_socket()
        try:
            if not _readable(line.fileno(), seconds):
                return b""
            data = line.recv(4096)
        except (OSError, ValueError) as error:
            raise LineFault(LOST) from error
        if not data:
            raise LineFault(LOST)
        return data

    def cancel(self) -> None:
        if self._socket is not None:
            _quietly(partial(self._socket.shutdown, socket.SHUT_RDWR))

    def fileno(self) -> int:
        return self._socket.fileno() if self._socket is not None else -1

    def close(self) -> None:
        line, self._socket = self._socket, None
        if line is not None:
            _quietly(line.close)


class DeviceTransport(Transport):
    """The kernel's printer device (``/dev/usb/lp0``), as a file that answers."""

    def __init__(self, address: Address, profile: Profile) -> None:
        super().__init__(address)
        self._path = address.target
        self._file = -1
        self._mute = False  # says that there is something to read, and there is nothing: some drivers do

    def open(self) -> None:
        flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        try:
            self._file = os.open(self._path, flags)
            _hold_alone(self._file)
        except OSError as error:
            self.close()
            raise LineFault(_reason(error.errno, "")) from error

    def write_all(self, data: bytes) -> None:
        sent = 0
        end = time.monotonic() + WRITE_SECONDS
        try:
            while sent < len(data):
                left = end - time.monotonic()
                if left <= 0 or not select.select([], [self._file], [], left)[1]:
                    raise LineFault(STUCK, sent=sent)
                written = self._write_some(data[sent : sent + _CHUNK])
                if written:
                    end = time.monotonic() + WRITE_SECONDS
                sent += written
        except (OSError, ValueError) as error:
            raise LineFault(LOST, sent=sent) from error

    def _write_some(self, data: bytes) -> int:
        try:
            return os.write(self._file, data)
        except BlockingIOError:
            return 0

    def read(self, seconds: float) -> bytes:
        data = b""
        try:
            if not _readable(self._file, seconds):
                return data
            with suppress(BlockingIOError):
                data = os.read(self._file, 4096)
        except (OSError, ValueError) as error:
            raise LineFault(LOST) from error
        self._mute = not data
        if self._mute:
            time.sleep(min(seconds, 0.02))
        return data

    def fileno(self) -> int:
        return -1 if self._mute else self._file

    def close(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            _quietly(partial(os.close, file))


class FileTransport(Transport):
    """Appends to a file. It never answers, so its jobs stay *unknown*."""

    def __init__(self, address: Address, profile: Profile) -> None:
        super().__init__(address)
        self._path = Path(address.target)

    def open(self) -> None:
        try:
            self._path.open("ab").close()
        except OSError as error:
            raise LineFault(_FULL) from error

    def write_all(self, data: bytes) -> None:
        try:
            with self._path.open("ab") as file:
                file.write(data)
        except OSError as error:
            raise LineFault(_FULL, sent=len(data)) from error

    def read(self, seconds: float) -> bytes:
        return b""

    def close(self) -> None:
        pass


def _virtual(address: Address, profile: Profile) -> Transport:
    from desk.printing.virtual import VirtualTransport  # it knows this module

    return VirtualTransport(address, profile)


def _documents_only(address: Address, profile: Profile) -> Transport:
    raise UserError(N_("Bu yazıcı A4 belge basar; fiş basmaz."))


_KINDS = {
    "cups": _documents_only,
    "serial": SerialTransport,
    "tcp": TcpTransport,
    "usb": DeviceTransport,
    "file": FileTransport,
    "virtual": _virtual,
}


def _hold_alone(file: int) -> None:
    """The kernel lets several programs open some device files. Raises OSError when another one holds it."""
    if os.name == "posix":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _readable(file: int, seconds: float) -> bool:
    return bool(select.select([file], [], [], max(seconds, 0))[0])


def _reason(number: int | None, text: str) -> str:
    """The sentence for an open that failed. pyserial reports a held port in words only."""
    if number in (errno.EACCES, errno.EPERM):
        return _NO_PERMISSION
    if number in (errno.EBUSY, errno.EAGAIN) or "lock" in text:
        return _BUSY
    return _NO_DEVICE


def _pyserial() -> Any:
    """25 ms to import, and only where a serial printer is used."""
    return import_module("serial")


def _quietly(close: Callable[[], None]) -> None:
    """A line that is gone cannot be closed, and that is what was wanted."""
    with suppress(OSError):
        close()

"""Wakes a thread that waits for a device: by hand from any thread, or by what the device says."""

from __future__ import annotations

import os
import select
import socket
from contextlib import suppress


class Bell:
    """A pair of connected sockets, because ``select`` waits for files and not for an Event."""

    def __init__(self) -> None:
        self._hear, self._ring = socket.socketpair()
        self._hear.setblocking(False)
        self._ring.setblocking(False)

    def ring(self) -> None:
        """End the wait of now, or the next one. Cheap, never blocks, from any thread; nothing after ``close``."""
        with suppress(OSError):  # full: it rings anyway
            self._ring.send(b"!")

    def wait(self, seconds: float, file: int = -1) -> None:
        """Until it rings, ``file`` can be read, or the time is over. Windows can wait for no device file."""
        heard = self._hear
        files: list[socket.socket | int] = [heard]
        if file >= 0 and os.name == "posix":
            files.append(file)
        try:
            ready = select.select(files, [], [], max(seconds, 0))[0]
        except (OSError, ValueError):  # the device was closed meanwhile; its owner finds that out
            return
        if heard in ready:
            with suppress(OSError):
                while heard.recv(4096):
                    pass

    def close(self) -> None:
        self._hear.close()
        self._ring.close()

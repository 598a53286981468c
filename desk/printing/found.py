"""What a printer may hang on here: serial ports, USB printers, queues of the print server. Looked up, never opened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

LOOK_SECONDS = 4.0
_CUPS_LINE = re.compile(r"^(\S+)")


@dataclass(frozen=True, slots=True)
class Found:
    """A way to a printer that exists on this computer. ``about`` is what the system calls it; may be empty."""

    address: str
    about: str


def found_here() -> tuple[Found, ...]:
    """Everything at once, serial ports first; takes up to some seconds where a print server does not answer."""
    return (*_serial(), *_usb(), *_queues())


def _serial() -> Iterator[Found]:
    for port in sorted(import_module("serial.tools.list_ports").comports(), key=lambda one: str(one.device)):
        about = port.description if port.description not in (None, "", "n/a") else ""
        yield Found(f"serial:{port.device}", str(about))


def _usb(folder: Path = Path("/dev/usb")) -> Iterator[Found]:
    for device in sorted(folder.glob("lp[0-9]*")):
        yield Found(f"usb:{device}", _usb_name(device.name))


def _usb_name(name: str) -> str:
    """The model as the printer told the kernel (IEEE 1284), when it did."""
    try:
        told = Path(f"/sys/class/usbmisc/{name}/device/ieee1284_id").read_text("utf-8", "replace")
    except OSError:
        return ""
    parts = dict(part.split(":", 1) for part in told.strip().split(";") if ":" in part)
    return " ".join(filter(None, (parts.get("MFG", ""), parts.get("MDL", "")))).strip()


def _queues() -> Iterator[Found]:
    program = shutil.which("lpstat")
    if program is None:
        return
    english = os.environ | {"LC_ALL": "C", "LANG": "C"}
    try:
        done = subprocess.run([program, "-e"], capture_output=True, timeout=LOOK_SECONDS, env=english)
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        name = _CUPS_LINE.match(line)
        if name is not None:
            yield Found(f"cups:{name[1]}", "CUPS")

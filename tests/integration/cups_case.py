"""A real print server of its own with a real IPP printer behind it: cupsd, ippeveprinter, and what the latter needs.

``ippeveprinter`` refuses to start without DNS-SD, so a message bus and avahi run for it, too, on sockets of their own.
Nothing of this machine's own print server is touched. Installed by ``./test --cups``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("cupsd", "ippeveprinter", "lpadmin", "lp", "lpstat", "dbus-daemon", "avahi-daemon")

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
<allow send_type="method_call"/></policy></busconfig>
"""

FILES = """ServerRoot {here}/etc
RequestRoot {here}/spool
CacheDir {here}/cache
StateDir {here}/state
TempDir {here}/spool/tmp
AccessLog {here}/access.log
ErrorLog {here}/error.log
PageLog {here}/page.log
User lp
Group lp
SystemGroup root
"""

SERVER = """Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

PRINT = """#!/bin/sh
# The printer's own program: waits while the tray is empty, then keeps what it "printed".
while [ -e {here}/empty ]; do
    echo "STATE: +media-empty" >&2
    sleep 0.2
done
echo "STATE: -media-empty" >&2
cp "$1" {here}/out/$(date +%s%N).pdf
"""


def missing() -> list[str]:
    """Programs that are not installed; running a print server takes root, too."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return [name for name in PROGRAMS if shutil.which(name, path=path) is None] + (["root"] if os.geteuid() else [])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class PrintServer:
    here: Path
    address: str  # of the A4 printer, as a printer row has it

    def printed(self) -> list[Path]:
        return sorted((self.here / "out").glob("*.pdf"))

    def tray(self, *, empty: bool) -> None:
        (self.here / "empty").touch() if empty else (self.here / "empty").unlink()


@contextmanager
def print_server(here: Path) -> Iterator[PrintServer]:
    for name in ("etc/ppd", "spool/tmp", "cache", "state", "out", "ipp"):
        (here / name).mkdir(parents=True)
    bus, port, ipp = here / "bus", free_port(), free_port()
    (here / "bus.conf").write_text(BUS.format(socket=bus))
    (here / "files.conf").write_text(FILES.format(here=here))
    (here / "server.conf").write_text(SERVER.format(port=port))
    (here / "print").write_text(PRINT.format(here=here))
    (here / "print").chmod(0o755)
    for folder in (here, *here.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    subprocess.run(["chown", "-R", "lp", str(here)], check=True)
    with ExitStack() as stack:
        run = stack.enter_context
        log = run((here / "log").open("wb"))
        surroundings = os.environ | {
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}",
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
            "LC_ALL": "C",
        }

        def start(*command: str) -> None:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=surroundings)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        start("dbus-daemon", f"--config-file={here}/bus.conf", "--nofork")
        until(bus.exists, here)
        start("avahi-daemon", "--no-chroot", "--no-drop-root", "--no-rlimits", "-f", "/dev/null")
        start("cupsd", "-f", "-c", f"{here}/server.conf", "-s", f"{here}/files.conf")
        until(lambda: reachable(port), here)
        a4 = ("ippeveprinter", "-r", "off", "-p", str(ipp), "-d", f"{here}/ipp", "-c", f"{here}/print")
        model = ("-n", "localhost", "-f", "application/pdf,image/pwg-raster", "A4")
        end = time.monotonic() + 20
        while not reachable(ipp):  # avahi may need a moment
            assert time.monotonic() < end, (here / "log").read_text()
            process = subprocess.Popen([*a4, *model], stdout=log, stderr=log, env=surroundings)
            waited = time.monotonic() + 1.5
            while process.poll() is None and not reachable(ipp) and time.monotonic() < waited:
                time.sleep(0.05)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        add = ("lpadmin", "-h", f"127.0.0.1:{port}", "-p", "a4", "-E", "-v", f"ipp://localhost:{ipp}/ipp/print")
        subprocess.run([*add, "-m", "everywhere"], check=True, stdout=log, stderr=log, env=surroundings)
        yield PrintServer(here, f"cups:a4?server=127.0.0.1:{port}")


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(reached: object, here: Path, seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not reached():  # type: ignore[operator]
        assert time.monotonic() < end, (here / "log").read_text()
        time.sleep(0.05)

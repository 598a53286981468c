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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
cp "$1" {here}/out/$(date +%s%N).part
mv {here}/out/*.part {here}/out/$(date +%s%N).pdf
"""

START_SECONDS = 60.0  # a server on a busy machine; a quiet one needs less than a second


def missing() -> list[str]:
    """Programs that are not installed; running a print server takes root, too."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return [name for name in PROGRAMS if shutil.which(name, path=path) is None] + (["root"] if os.geteuid() else [])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class A4Printer:
    """One printer of the server, of one test alone: what an earlier document left in it reaches no other test."""

    def __init__(self, server: PrintServer, name: str) -> None:
        self.here = server.here / name
        self.name = name
        self.address = f"cups:{name}?server=127.0.0.1:{server.port}"  # as a printer row has it
        self._server = server
        self._ipp = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        for folder in ("out", "ipp"):
            (self.here / folder).mkdir(parents=True)
        program = self.here / "print"
        program.write_text(PRINT.format(here=self.here))
        program.chmod(0o755)
        subprocess.run(["chown", "-R", "lp", str(self.here)], check=True)

    def printed(self) -> list[Path]:
        return sorted((self.here / "out").glob("*.pdf"))

    def tray(self, *, empty: bool) -> None:
        (self.here / "empty").touch() if empty else (self.here / "empty").unlink(missing_ok=True)

    def switch_on(self) -> None:
        """Start it, and again when it gave up: it does so while avahi is not there yet. Never two at one port."""
        a4 = ("ippeveprinter", "-r", "off", "-p", str(self._ipp), "-d", f"{self.here}/ipp", "-c", f"{self.here}/print")
        model = ("-n", "localhost", "-f", "application/pdf,image/pwg-raster", self.name)
        end = time.monotonic() + START_SECONDS
        while not reachable(self._ipp):
            assert time.monotonic() < end, self._server.said()
            if self._process is None or self._process.poll() is not None:
                self._process = self._server.begin(*a4, *model)
            time.sleep(0.05)

    def switch_off(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait()

    def waiting(self) -> str:
        """What the server still means to print on it."""
        return self._server.ask("lpstat", "-h", f"127.0.0.1:{self._server.port}", "-o", self.name)

    def enrol(self) -> None:
        add = ("lpadmin", "-h", f"127.0.0.1:{self._server.port}", "-p", self.name, "-E")
        self._server.ask(*add, "-v", f"ipp://localhost:{self._ipp}/ipp/print", "-m", "everywhere")

    def dismiss(self) -> None:
        self.tray(empty=False)
        self._server.ask("cancel", "-h", f"127.0.0.1:{self._server.port}", "-a", self.name)
        self._server.ask("lpadmin", "-h", f"127.0.0.1:{self._server.port}", "-x", self.name)
        self.switch_off()


class PrintServer:
    """A cupsd with its own files, and what it needs."""

    def __init__(self, here: Path) -> None:
        self.here = here
        self.port = free_port()
        self._log = (here / "log").open("wb")
        self._count = 0
        self.surroundings = os.environ | {
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={here / 'bus'}",
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
            "LC_ALL": "C",
        }

    def begin(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, stdout=self._log, stderr=self._log, env=self.surroundings)

    def ask(self, *command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, env=self.surroundings, check=False)
        assert done.returncode == 0, (command, done.stderr, self.said())
        return done.stdout

    def said(self) -> str:
        self._log.flush()
        return (self.here / "log").read_text() + "".join(p.read_text()[-4000:] for p in self.here.glob("error.log"))

    def close(self) -> None:
        self._log.close()

    @contextmanager
    def printer(self) -> Iterator[A4Printer]:
        self._count += 1
        printer = A4Printer(self, f"a4-{self._count}")
        try:
            printer.switch_on()
            printer.enrol()
            yield printer
        finally:
            printer.dismiss()


@contextmanager
def print_server(here: Path) -> Iterator[PrintServer]:
    for name in ("etc/ppd", "spool/tmp", "cache", "state"):
        (here / name).mkdir(parents=True)
    server = PrintServer(here)
    (here / "bus.conf").write_text(BUS.format(socket=here / "bus"))
    (here / "files.conf").write_text(FILES.format(here=here))
    (here / "server.conf").write_text(SERVER.format(port=server.port))
    for folder in (here, *here.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    subprocess.run(["chown", "-R", "lp", str(here)], check=True)
    with ExitStack() as stack:
        stack.callback(server.close)

        def start(*command: str) -> None:
            process = server.begin(*command)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        start("dbus-daemon", f"--config-file={here}/bus.conf", "--nofork")
        until((here / "bus").exists, server)
        start("avahi-daemon", "--no-chroot", "--no-drop-root", "--no-rlimits", "-f", "/dev/null")
        start("cupsd", "-f", "-c", f"{here}/server.conf", "-s", f"{here}/files.conf")
        until(lambda: reachable(server.port), server)
        yield server


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(reached: Callable[[], bool], server: PrintServer) -> None:
    end = time.monotonic() + START_SECONDS
    while not reached():
        assert time.monotonic() < end, server.said()
        time.sleep(0.05)

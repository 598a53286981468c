"""The faults of a printer as a window meets them: each is brought about on a real terminal device or a real socket.

A fault is a function that begins it and returns what ends it. What is queued meanwhile comes from ``visitors`` of
``printing_gui``; the state of the ledger after each is the matter of tests/integration/test_printing_faults.py.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, update

from desk.actions.context import Context
from desk.models.base import new_id
from desk.models.print_job import Printer, PrintJob
from desk.printing import ledger
from desk.printing.elements import Cut, Slip, Text
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler
from desk.printing.types import JobState
from desk.printing.virtual import VirtualPrinter, on_socket

NO_TURKISH = "epson-tm-t88iii"
HOSTILE = "Nuriye \x1b@\x1dV\x00 Örnek"
QUEUED = 500

End = Callable[[], object]


@dataclass
class Stage:
    """The kiosk's printer, the line it hangs on, and the spooler that owns it."""

    ctx: Context
    printer: VirtualPrinter
    path: str  # of the terminal device
    profile: str
    spoolers: list[Spooler] = field(default_factory=list)

    def connect(self, address: str = "", profile: str = "") -> None:
        """Point the printer's row at a line; without an address at its own."""
        values = {
            "address": address or f"serial:{self.path}?baud=4000000&flow=none",
            "profile": profile or self.profile,
        }
        with self.ctx.db.write() as session:
            here = Printer.terminal_id == self.ctx.actor.terminal_id
            session.execute(update(Printer).where(here).values(**values))

    def enqueue(self, words: str, count: int = 1) -> None:
        """Slips besides those of the visitors, in one transaction."""
        with ledger.entry(self.ctx.db, self.ctx.actor) as entry:
            printer_id = ledger.printer_for(entry.session, self.ctx.actor.site_id, self.ctx.actor.terminal_id)
            assert printer_id is not None
            for _ in range(count):
                ledger.enqueue(entry, printer_id, "ticket", Slip("ticket", "tr", (Text(words), Cut())), new_id())

    def clear(self) -> None:
        """What still waits is over: the next fault begins with an empty queue."""
        with self.ctx.db.write() as session:
            waits = PrintJob.state.in_((JobState.QUEUED, JobState.WAITING))
            session.execute(update(PrintJob).where(waits).values(state=JobState.FAILED))

    def mend(self) -> None:
        printer = self.printer
        printer.paper_out = printer.cover_open = printer.cutter = printer.silent = printer.deaf = False
        printer.hangs_up_after, printer.garbage, printer.late, printer.paper_left = None, b"", 0.0, None
        printer._reader._on_request = printer._asked


def _attribute(name: str, value: Any) -> Callable[[Stage], End]:
    def begin(stage: Stage) -> End:
        setattr(stage.printer, name, value)
        return stage.mend

    return begin


def _pulled(stage: Stage) -> End:
    """In the middle of the next slip. The device stays away until the end, as an unplugged one does."""
    stage.printer.hangs_up_after = stage.printer.received + 9 + 60
    return stage.mend


def _half_reply(stage: Stage) -> End:
    printer = stage.printer
    told = printer._asked

    def asked(name: str, parameters: bytes) -> None:
        printer._say(b"\x37\x22" + parameters[:2]) if name == "process" else told(name, parameters)

    printer._reader._on_request = asked
    return stage.mend


def _at(serve: Callable[[socket.socket], None]) -> Callable[[Stage], End]:
    """A network printer that does that with each connection."""

    def begin(stage: Stage) -> End:
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.05)
        over = threading.Event()

        def accept() -> None:
            while not over.is_set():
                try:
                    line, _ = listener.accept()
                except OSError:
                    continue
                with line:
                    serve(line)
                    over.wait(0.5)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        stage.connect(f"tcp:127.0.0.1:{listener.getsockname()[1]}")

        def end() -> None:
            over.set()
            thread.join()
            listener.close()
            stage.connect()

        return end

    return begin


def _hear_three(line: socket.socket) -> None:
    line.recv(3)


def _refused(stage: Stage) -> End:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    stage.connect(f"tcp:127.0.0.1:{port}")
    return stage.connect


_HOLD = """
import serial, sys, time
while True:
    try:
        port = serial.Serial(sys.argv[1], exclusive=True)
        break
    except OSError:  # the window has not let go of it yet
        time.sleep(0.02)
print(flush=True)
sys.stdin.readline()
"""


def _held(stage: Stage) -> End:
    """A second process has the port."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    stage.connect("tcp:127.0.0.1:1")  # let go of it
    other = subprocess.Popen([sys.executable, "-c", _HOLD, stage.path], text=True, **pipes)

    def end() -> None:
        other.communicate("\n")

    def hold() -> None:
        assert other.stdout is not None
        other.stdout.readline()
        stage.connect()

    threading.Thread(target=hold, daemon=True).start()
    return end


def _full_disk(stage: Stage) -> End:
    """SQLite itself refuses to grow when the end of a slip is written down."""
    engine = stage.ctx.db.writer

    def grow(connection: Any, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE print_job SET state=") and "finished_at" in statement:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            connection.exec_driver_sql("CREATE TABLE filler AS SELECT randomblob(1000000) AS b")

    event.listen(engine, "before_cursor_execute", grow)

    def end() -> None:
        event.remove(engine, "before_cursor_execute", grow)
        engine.dispose()  # the limit belongs to a connection

    return end


def _five_hundred(stage: Stage) -> End:
    """Queued while the paper is out; they come when it is filled."""
    stage.printer.paper_out = True
    stage.enqueue("V 017", QUEUED)
    return stage.mend


def _no_turkish_page(stage: Stage) -> End:
    stage.connect(profile=NO_TURKISH)
    stage.enqueue("İğdır şöförü", 5)
    return stage.connect


def _hostile(stage: Stage) -> End:
    stage.enqueue(HOSTILE, 5)
    return stage.mend


_OWNER = """
import sys, threading
from pathlib import Path
from uuid import UUID
from desk.actor import Actor
from desk.clock import SystemClock
from desk.models.engine import Database
from desk.printing.spooler import Spooler
url, folder, *ids = sys.argv[1:]
Spooler(Database(url, SystemClock()), Actor(*(UUID(one) for one in ids)), Path(folder)).start()
print(flush=True)
threading.Event().wait()
"""


def _killed(stage: Stage) -> End:
    """kill -9 of the process that owns the printer, between sending and proof; this one takes over."""
    mute = VirtualPrinter(load_profile(stage.profile))
    mute._reader._on_request = lambda name, parameters: None
    line = on_socket(mute)
    address = line.__enter__()
    for spooler in stage.spoolers:
        spooler.stop()
    stage.connect(address)
    actor, ctx = stage.ctx.actor, stage.ctx
    given = (
        ctx.db.url.render_as_string(hide_password=False),
        str(ctx.data_dir),
        str(actor.staff_id),
        str(actor.terminal_id),
        str(actor.site_id),
    )
    other = subprocess.Popen([sys.executable, "-c", _OWNER, *given], stdout=subprocess.PIPE, text=True)

    def kill() -> None:
        assert other.stdout is not None
        other.stdout.readline()
        stage.enqueue("V 001")
        _wait(lambda: bool(mute.papers), 10)
        other.send_signal(signal.SIGKILL)
        other.wait()
        stage.spoolers[:] = [Spooler(ctx.db, actor, ctx.data_dir)]
        stage.spoolers[0].start()

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()

    def end() -> None:
        thread.join()
        stage.connect()
        line.__exit__(None, None, None)

    return end


def _wait(reached: Callable[[], bool], seconds: float) -> None:
    pause = threading.Event()
    for _ in range(round(seconds / 0.02)):
        if reached():
            return
        pause.wait(0.02)


FAULTS: dict[str, Callable[[Stage], End]] = {
    "paper_out": _attribute("paper_out", True),
    "paper_ends": _attribute("paper_left", 20),
    "cover_open": _attribute("cover_open", True),
    "pulled": _pulled,
    "silent": _attribute("silent", True),
    "garbage": _attribute("garbage", b"\xff\x01"),
    "half_reply": _half_reply,
    "late_reply": _attribute("late", 9.0),
    "deaf": _attribute("deaf", True),
    "refused": _refused,
    "never_reads": _at(lambda line: None),
    "closes": _at(_hear_three),
    "port_held": _held,
    "killed": _killed,
    "refill_500": _five_hundred,
    "no_turkish_page": _no_turkish_page,
    "hostile_name": _hostile,
    "disk_full": _full_disk,  # the last: what it refused is refused once more until its connections are gone
}
"""By name, in the order of the issue. ``pulled`` hangs up for good: see ``printing_gui``."""

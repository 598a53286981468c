"""A4 documents through CUPS: ``lp`` hands a PDF over, ``lpstat`` tells what became of it.

The commands are the interface, as in every Unix: they find the server by the machine's own settings, and nothing of
ours is loaded where no A4 printer is used. Address: ``cups:NAME``, or ``cups:NAME?server=host:631``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from desk.errors import N_, Fault
from desk.printing.status import PrinterState
from desk.printing.transports import parse_address
from desk.printing.types import JobState

COMMAND_SECONDS = 10.0

NO_CUPS = N_("Bu bilgisayarda CUPS yok; A4 yazıcısı kullanılamaz (cups-client paketini kurunuz).")
NO_QUEUE = N_("A4 yazıcısı CUPS içinde bulunamadı. Yazıcının adını ve CUPS hizmetini denetleyiniz.")
REFUSED = N_("CUPS belgeyi kabul etmedi. Yazıcının açık ve kabul eder durumda olduğundan emin olunuz.")
ABORTED = N_("CUPS belgeyi basamadı. Yazıcıyı denetleyip yeniden yazdırınız.")
CANCELLED = N_("Belge, yazdırma kuyruğundan silinmiş.")
NO_WORD = N_("CUPS belgeyi alıp almadığını bildirmedi; kâğıda basılmış olabilir.")

_REQUEST = re.compile(r"request id is (\S+-\d+)")
_UNREACHED = "may not exist or is unavailable"
"""What the ipp backend of CUPS says of a printer that is off, and no alert does."""

_FAILED = re.compile(r"cannot|cancel|fail|error|not accept|reject|refus|unable|unavailable|stopped|abort|unsupported")
"""A document that the printer turned down is "completed" like any other, with no alert: its status line alone says so
(of the ipp backend: "Printer cannot print with supplied options."; of the server: "Filter failed")."""

_STATUS = re.compile(r"^\s*Status:[ \t]*(.*)$", re.MULTILINE)
_ALERTS = re.compile(r"^\s*Alerts:\s*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a document is. ``done``: nothing more will happen to it."""

    done: bool
    state: JobState
    reason: str
    printer: PrinterState


class Unsure(Fault):
    """The document may have been taken, and may come out."""


class CupsQueue:
    """One printer of the print server."""

    def __init__(self, address: str) -> None:
        parsed = parse_address(address)
        self._name = parsed.target
        server = parsed.options.get("server", "")
        self._server = ("-h", server) if server else ()

    def state(self) -> PrinterState:
        """What the server knows of the printer. Raises Fault when there is no server or no such printer."""
        answer = self._run("lpstat", "-l", "-p", self._name)
        if answer is None:
            raise Fault(NO_QUEUE)
        return _printer_state(answer)

    def submit(self, pdf: bytes, title: str) -> str:
        """Hand a document over, scaled to the paper; the server's number of it.

        Raises Fault when it was surely not taken, and Unsure (one of these) when nobody knows.
        """
        options = ("-d", self._name, "-t", title, "-o", "media=A4", "-o", "print-scaling=fit")
        try:
            answer = self._run("lp", *options, "-", given=pdf)
        except Fault as fault:
            if isinstance(fault.__cause__, subprocess.TimeoutExpired):
                raise Unsure(NO_WORD) from fault
            raise
        if answer is None:
            raise Fault(REFUSED)
        found = _REQUEST.search(answer)
        if found is None:
            raise Unsure(NO_WORD)
        return found[1]

    def outcome(self, request: str) -> Outcome:
        """Raises Fault when the server is away."""
        printer = self.state()
        for which in ("not-completed", "completed"):
            told = _of_job(self._run("lpstat", "-l", "-W", which, "-o", self._name) or "", request)
            if told is not None:
                return _outcome(which == "completed", *told, printer)
        return Outcome(True, JobState.UNKNOWN, CANCELLED, printer)

    def cancel(self, request: str) -> bool:
        """Take it back. False when the server says that it was over before: ``outcome`` tells how it ended."""
        return self._run("cancel", request) is not None

    def _run(self, command: str, *arguments: str, given: bytes = b"") -> str | None:
        """What the command says; None when it refuses."""
        program = shutil.which(command)
        if program is None:
            raise Fault(NO_CUPS)
        line: Sequence[str] = (program, *self._server, *arguments)
        english = os.environ | {"LC_ALL": "C", "LANG": "C"}  # its words are read, and differ by language
        try:
            done = subprocess.run(line, input=given, capture_output=True, timeout=COMMAND_SECONDS, env=english)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Fault(NO_QUEUE) from error
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _of_job(listing: str, request: str) -> tuple[str, str] | None:
    """The reasons and the status in the paragraph of one document; None when it is not listed."""
    for paragraph in re.split(r"^(?=\S)", listing, flags=re.MULTILINE):
        if paragraph.split(" ", 1)[0] == request:
            alerts, status = _ALERTS.search(paragraph), _STATUS.search(paragraph)
            return alerts[1] if alerts else "", status[1] if status else ""
    return None


def _outcome(completed: bool, reasons: str, status: str, printer: PrinterState) -> Outcome:
    if not completed:
        return Outcome(False, JobState.SENDING, "", printer)
    if "cancel" in reasons:
        return Outcome(True, JobState.UNKNOWN, CANCELLED, printer)
    if "abort" in reasons or "error" in reasons or _FAILED.search(status.lower()):
        return Outcome(True, JobState.UNKNOWN, ABORTED, printer)
    # CUPS 2.4 leaves "processing-to-stop-point" on what came out well, others say "job-completed-successfully".
    return Outcome(True, JobState.PRINTED, "", printer)


def _printer_state(answer: str) -> PrinterState:
    """From ``printer-state-reasons`` (RFC 8011, 5.4.12; PWG 5100.9), which lpstat calls alerts."""
    alerts = _ALERTS.search(answer)
    reasons = alerts[1] if alerts else ""
    if "media-empty" in reasons or "media-needed" in reasons:
        return PrinterState.PAPER_OUT
    if "cover-open" in reasons or "door-open" in reasons:
        return PrinterState.COVER_OPEN
    first = answer.split("\n")[0]
    if "disabled" in first or any(word in reasons for word in ("offline", "paused", "media-jam")):
        return PrinterState.OFFLINE
    if "now printing" in first and _UNREACHED in answer:  # idle, it is the news of an earlier document
        return PrinterState.OFFLINE
    return PrinterState.PAPER_LOW if "media-low" in reasons else PrinterState.READY

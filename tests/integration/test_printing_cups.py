"""A4 documents through a real CUPS and a real IPP printer (./test --cups); the words of lpstat are read here, too."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from cups_case import A4Printer, PrintServer, missing, print_server
from printing_case import PrintRoom, wait

from desk.clock import SetClock
from desk.errors import Fault
from desk.models.engine import Database
from desk.printing import cups, delivery, ledger, worker
from desk.printing.cups import CupsQueue
from desk.printing.status import PrinterState
from desk.printing.types import SETTLED, JobState, JobView

real = pytest.mark.skipif(bool(missing()), reason=f"NOT RUN, needs ./test --cups ({', '.join(missing())} missing)")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    with print_server(tmp_path_factory.mktemp("cups")) as running:
        yield running


@pytest.fixture
def a4(server: PrintServer) -> Iterator[A4Printer]:
    with server.printer() as printer:
        yield printer


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintRoom]:
    monkeypatch.setattr(worker, "RETRY_SECONDS", (0.05,))
    monkeypatch.setattr(delivery, "DOCUMENT_POLL_SECONDS", 0.1)
    room = PrintRoom.of(db, clock, tmp_path)
    yield room
    room.close()


def document() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    whole = BytesIO()
    canvas = Canvas(whole, invariant=1)
    canvas.drawString(100, 700, "2026/004218")
    canvas.save()
    return whole.getvalue()


def enqueue(room: PrintRoom) -> UUID:
    pdf = document()
    with ledger.entry(room.db, room.actor) as entry:
        return ledger.enqueue_document(entry, room.printer_id, "receipt_a4", "application/pdf", "2026/004218", pdf)


PATIENCE = 120.0  # seconds on a busy machine


@pytest.mark.cups
@real
def test_a_document_comes_out_of_a_real_print_server_and_is_proved(room: PrintRoom, a4: A4Printer) -> None:
    room.connect(a4.address, "a4")
    room.start()
    job = enqueue(room)
    wait(lambda: room.job(job).state == JobState.PRINTED, room.job, job, seconds=PATIENCE)
    (paper,) = a4.printed()
    assert paper.read_bytes().startswith(b"%PDF")


@pytest.mark.cups
@real
def test_an_empty_tray_is_told_and_the_document_comes_when_it_is_filled(room: PrintRoom, a4: A4Printer) -> None:
    room.connect(a4.address, "a4")
    a4.tray(empty=True)
    room.start()
    job = enqueue(room)
    wait(lambda: room.printer_state() == "paper_out", room.printer_state, seconds=PATIENCE)
    assert room.job(job).state == JobState.SENDING  # this printer was well until it had the document
    a4.tray(empty=False)
    wait(lambda: room.job(job).state == JobState.PRINTED, room.job, job, seconds=PATIENCE)
    wait(lambda: room.printer_state() == "ready", room.printer_state, seconds=PATIENCE)
    assert len(a4.printed()) == 1


@pytest.mark.cups
@real
def test_a_document_that_stays_too_long_in_the_printer_is_taken_back_and_called_unknown(
    room: PrintRoom, a4: A4Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ippeveprinter goes on with what it was printing when that is cancelled, as real ones may: hence *unknown*."""
    monkeypatch.setattr(delivery, "DOCUMENT_SECONDS", 2.0)
    room.connect(a4.address, "a4")
    a4.tray(empty=True)
    room.start()
    job = enqueue(room)
    wait(lambda: room.job(job).state == JobState.UNKNOWN, room.job, job, seconds=PATIENCE)
    assert a4.waiting() == "" and a4.printed() == []


@pytest.mark.cups
@real
def test_a_document_for_a_printer_that_is_off_is_taken_back_and_does_not_come_when_it_is_on(
    room: PrintRoom, a4: A4Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DOCUMENT_SECONDS", 2.0)
    room.connect(a4.address, "a4")
    a4.switch_off()
    room.start()
    late = enqueue(room)
    wait(lambda: room.printer_state() == "offline", room.printer_state, seconds=PATIENCE)
    wait(lambda: room.job(late).state == JobState.UNKNOWN, room.job, late, seconds=PATIENCE)
    assert a4.waiting() == ""
    a4.switch_on()
    monkeypatch.setattr(delivery, "DOCUMENT_SECONDS", PATIENCE)
    assert printed_at_last(room).state == JobState.PRINTED
    assert len(a4.printed()) == 1


def printed_at_last(room: PrintRoom) -> JobView:
    """A printer that has just been switched on may turn documents down; those are not called printed."""
    for _ in range(10):
        fresh = enqueue(room)
        wait(lambda fresh=fresh: room.job(fresh).state in SETTLED, room.job, fresh, seconds=PATIENCE)  # type: ignore[misc]
        if room.job(fresh).state == JobState.PRINTED:
            break
    return room.job(fresh)


def test_a_document_taken_back_at_the_last_moment_is_printed_only_when_the_server_would_not_take_it_back(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CUPS says "processing-to-stop-point" of a document that is being cancelled and of one that came out well."""
    monkeypatch.setattr(delivery, "DOCUMENT_SECONDS", 0.0)
    monkeypatch.setattr(CupsQueue, "state", lambda self: PrinterState.READY)
    monkeypatch.setattr(CupsQueue, "submit", lambda self, pdf, title: "a4-1")
    over = cups._outcome(True, "processing-to-stop-point", "", PrinterState.READY)
    monkeypatch.setattr(CupsQueue, "outcome", lambda self, request: over)
    monkeypatch.setattr(CupsQueue, "cancel", lambda self, request: True)
    room.connect("cups:a4", "a4")
    room.start()
    room.until(enqueue(room), "unknown", because="bildirmedi")
    monkeypatch.setattr(CupsQueue, "cancel", lambda self, request: False)
    room.until(enqueue(room), "printed")


@pytest.mark.parametrize("reasons", ["aborted-by-system", "job-canceled-by-user"])
def test_a_document_that_was_aborted_or_deleted_is_never_called_printed(reasons: str) -> None:
    assert cups._outcome(True, reasons, "", PrinterState.READY).state == JobState.UNKNOWN
    assert not cups._outcome(False, "job-printing", "Printing.", PrinterState.READY).done


@pytest.mark.parametrize("status", ["Printer cannot print with supplied options.", "Filter failed"])
def test_a_document_that_the_printer_turned_down_is_never_called_printed(status: str) -> None:
    assert cups._outcome(True, "processing-to-stop-point", status, PrinterState.READY).state == JobState.UNKNOWN
    assert cups._outcome(True, "processing-to-stop-point", "Ready to print.", PrinterState.READY).state == "printed"


@pytest.mark.cups
@real
def test_a_printer_the_server_does_not_know_is_named_in_a_sentence(server: PrintServer) -> None:
    with pytest.raises(Fault, match="bulunamadı"):
        CupsQueue(f"cups:yok?server=127.0.0.1:{server.port}").state()


def test_a_slip_on_an_a4_printer_and_a_document_on_a_slip_printer_end_at_once(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CupsQueue, "state", lambda self: PrinterState.READY)
    room.virtual()
    room.start()
    room.until(enqueue(room), "failed", because="A4 belge basmaz")
    room.connect("cups:a4", "a4")
    room.until(room.enqueue(), "failed", because="fiş basmaz")


def test_a_document_that_the_server_may_have_taken_is_unknown_and_not_handed_over_twice(
    room: PrintRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """lp hands it over, and the server's answer does not come in time."""
    lp = tmp_path / "lp"
    lp.write_text(f"#!/bin/sh\necho x >> {tmp_path}/taken\nexec sleep 60\n")
    lp.chmod(0o755)
    monkeypatch.setattr(cups.shutil, "which", lambda name: str(lp))
    monkeypatch.setattr(cups, "COMMAND_SECONDS", 0.2)
    monkeypatch.setattr(CupsQueue, "state", lambda self: PrinterState.READY)
    room.connect("cups:a4", "a4")
    room.start()
    room.until(enqueue(room), "unknown", because="basılmış olabilir")
    fresh = enqueue(room)
    room.until(fresh, "unknown", because="basılmış olabilir")  # the one before had its turn again until then
    assert (tmp_path / "taken").read_text() == "x\n" * 2


def test_a_machine_without_cups_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups.shutil, "which", lambda name: None)
    with pytest.raises(Fault, match="cups-client"):
        CupsQueue("cups:a4").state()


LISTING = """a4-1                    root              2048   Sun Nov 22 00:34:38 2026
\tStatus: Printing.
\tAlerts: job-printing
\tqueued for a4
a4-12                   root              2048   Sun Nov 22 00:35:38 2026
\tAlerts: job-canceled-by-user
\tqueued for a4
"""


def test_a_document_is_found_by_its_whole_number() -> None:
    assert cups._of_job(LISTING, "a4-1") == ("job-printing", "Printing.")
    assert cups._of_job(LISTING, "a4-12") == ("job-canceled-by-user", "")
    assert cups._of_job(LISTING, "a4-2") is None


@pytest.mark.parametrize(
    ("alerts", "state"),
    [("none", "ready"), ("media-empty-error", "paper_out"), ("media-low-report", "paper_low"),
     ("cover-open-error", "cover_open"), ("offline-report", "offline"), ("paused", "offline")],
)  # fmt: skip
def test_the_words_of_a_print_server_become_the_states_of_a_printer(alerts: str, state: str) -> None:
    assert cups._printer_state(f"printer a4 is idle.  enabled since\n\tAlerts: {alerts}\n\tLocation: \n") == state


@pytest.mark.parametrize(("first", "state"), [("now printing a4-1", "offline"), ("is idle", "ready")])
def test_a_printer_that_is_off_is_told_while_a_document_waits_for_it_and_is_tried_with_the_next(
    first: str, state: str
) -> None:
    away = "The printer may not exist or is unavailable at this time."
    assert cups._printer_state(f"printer a4 {first}.  enabled since\n\t{away}\n\tAlerts: none\n") == state

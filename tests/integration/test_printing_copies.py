"""A4 documents printed once more from the ledger, and documents that are not whole."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from printing_case import PrintRoom
from sqlalchemy import delete

from desk.actions import printers
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.print_job import PrintDocument
from desk.printing import copies, decisions, documents, ledger, samples, worker
from desk.printing.cups import CupsQueue
from desk.printing.pdf_copy import check_pdf, mark_pdf
from desk.printing.status import PrinterState


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintRoom]:
    monkeypatch.setattr(worker, "RETRY_SECONDS", (0.05,))
    monkeypatch.setattr(CupsQueue, "state", lambda self: PrinterState.READY)
    room = PrintRoom.of(db, clock, tmp_path)
    room.connect("cups:a4", "a4")
    yield room
    room.close()


def receipt(summary: str = "tr") -> bytes:
    made = BytesIO()
    documents.receipt_pdf(samples.INCOMPLETE, samples.HEADER, made, summary=summary)
    return made.getvalue()


def day_sheet() -> bytes:
    made = BytesIO()
    documents.day_sheet_pdf(samples.day_sheet(), made)
    return made.getvalue()


def words(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf), strict=True).pages]


def enqueue(room: PrintRoom, pdf: bytes, kind: str = "receipt_a4") -> UUID:
    with ledger.entry(room.db, room.actor) as entry:
        return ledger.enqueue_document(entry, room.printer_id, kind, ledger.PDF, "2026/004218", pdf)


def again(room: PrintRoom, job_id: UUID, why: str = "") -> UUID:
    with ledger.entry(room.db, room.actor) as entry:
        return copies.reprint(entry, job_id, why)


def content(room: PrintRoom, job_id: UUID) -> bytes:
    with room.db.read() as session:
        found = ledger.document(session, job_id)
    assert found is not None
    return found[2]


@pytest.mark.parametrize("made", [receipt, day_sheet, lambda: receipt("ar")])
def test_every_page_of_a_copy_says_so_above_what_stood_there(made: object) -> None:
    pdf: bytes = made()  # type: ignore[operator]
    copy = mark_pdf(pdf, "KOPYA 2")
    assert copy.startswith(pdf.rstrip())  # nothing of the paper is made anew
    before, after = words(pdf), words(copy)
    assert len(before) == len(after)
    for page, copied in zip(before, after, strict=True):
        assert "KOPYA 2" in copied and "KOPYA" not in page
        assert copied.replace("KOPYA 2", "").split() == page.split()
    assert mark_pdf(pdf, "KOPYA 2") == copy


def test_a_document_is_printed_again_marked_with_who_and_why(room: PrintRoom) -> None:
    first = enqueue(room, receipt())
    second = again(room, first, "Vatandaş yeniden istedi")
    third = again(room, second)  # a copy of the copy
    fourth = again(room, first)
    assert [room.job(job).copy_no for job in (second, third, fourth)] == [2, 3, 4]
    assert (room.job(second).kind, room.job(second).why) == ("receipt_a4", "Vatandaş yeniden istedi")
    assert room.job(second).created_by == "Danışma Görevlisi 1"
    assert room.job(first).state == "failed" and "Yerine" in room.job(first).reason  # it still waited
    (page,) = words(content(room, third))
    assert "KOPYA 3" in page and "KOPYA 2" not in page and "2026/004218" in page


def test_the_same_record_on_a4_for_the_second_time_is_a_marked_copy(room: PrintRoom, ctx: Context) -> None:
    """Ctrl+P twice. A cover list or a day sheet belongs to no record and is printed as it was made."""
    record, other = new_id(), new_id()

    def printed(subject: UUID | None, kind: str = "receipt_a4") -> UUID:
        job = printers.print_pdf(ctx, kind, receipt(), "2026/004218", subject)
        assert job is not None
        return job

    first, second, third = (printed(record) for _ in range(3))
    alone = (printed(record, "receipt_a5"), printed(other), printed(None, "cover_list"), printed(None, "cover_list"))
    assert [room.job(job).copy_no for job in (first, second, third, *alone)] == [1, 2, 3, 1, 1, 1, 1]
    assert ["KOPYA" in words(content(room, job))[0] for job in (first, second, *alone)] == [False, True] + 4 * [False]
    assert "KOPYA 3" in words(content(room, third))[0]
    assert room.job(again(room, second)).copy_no == 4


def test_a_document_whose_time_is_over_is_not_printed_again(room: PrintRoom) -> None:
    first = enqueue(room, receipt())
    second = again(room, first)
    with ledger.entry(room.db, room.actor) as entry:
        decisions.empty(entry, (first,))
    for job in (first, second):
        with pytest.raises(UserError, match="saklama süresi"):
            again(room, job)


def test_a_document_of_another_program_that_cannot_be_marked_is_refused_and_not_printed_unmarked(
    room: PrintRoom,
) -> None:
    with ledger.entry(room.db, room.actor) as entry:
        odd = b"%PDF-1.5\n1 0 obj\n<< /Type /XRef >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
        job = ledger.enqueue_document(entry, room.printer_id, "document", ledger.PDF, "dış", odd)
    with pytest.raises(UserError, match="KOPYA yazılamıyor"):
        again(room, job)
    assert room.job(job).state == "queued"


@pytest.mark.parametrize("torn", [b"", b"%PDF-1.4\n", receipt()[:9000], b"<html>" + receipt()])
def test_a_torn_file_is_refused_with_a_sentence(torn: bytes) -> None:
    with pytest.raises(UserError, match="eksik ya da bozuk"):
        check_pdf(torn)


def test_a_document_that_is_torn_or_gone_in_the_ledger_ends_with_a_sentence_and_no_empty_page(
    room: PrintRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[bytes] = []
    monkeypatch.setattr(CupsQueue, "submit", lambda self, pdf, title: handed.append(pdf))
    torn = enqueue(room, receipt()[:9000])
    gone = enqueue(room, receipt())
    with room.db.write() as session:
        session.execute(delete(PrintDocument).where(PrintDocument.job_id == gone))
    room.start()
    room.until(torn, "failed", because="eksik ya da bozuk")
    room.until(gone, "failed", because="bulunamadı")
    assert handed == []

"""Files, registers, exports, EBYS, leave, erasure: what lies beside an application, and its end."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update

from desk.actions import applications, attachments, exchange, exporting, records
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Cancelled, UserError
from desk.files import part_of
from desk.models import case
from desk.models.visit import Person
from desk.registry.application_types import ApplicationRequest, Detail, ListQuery, Outcome
from desk.registry.leave import Leave
from desk.registry.life import Move, Step
from desk.registry.types import Channel, DocumentKind, PersonInput

both = pytest.mark.usefixtures("both_engines")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def new(ctx: Context, **more: object) -> UUID:
    given: dict[str, object] = {"key": str(uuid4()), "subject": "Kaldırım onarımı", "unit_code": "fen"}
    given["sender"] = PersonInput(name="Ayşe Işıldak", phone="0532 123 45 67", address="Lale Sk. 3")
    request = ApplicationRequest(**(given | more))  # type: ignore[arg-type]
    return records.register(ctx, request, receipt=False).application_id


def attach(ctx: Context, key: UUID, page: Path) -> Detail:
    """A scan dropped on a record: looked into, and attached when it may be."""
    looked = attachments.look_into(ctx, [page])
    for error in looked.refused:
        raise error
    return attachments.add_files(ctx, key, looked.files)


def png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def test_pages_are_kept_by_their_content_once(ctx: Context, tmp_path: Path) -> None:
    key = new(ctx)
    for name, content in (("tarama.pdf", PDF), ("resim.png", png()), ("yine.pdf", PDF)):
        (tmp_path / name).write_bytes(content)
        detail = attach(ctx, key, tmp_path / name)
    assert [(one.name, one.media_type) for one in detail.files] == [
        ("tarama.pdf", "application/pdf"),
        ("resim.png", "image/png"),
    ]
    kept = applications.open_file(ctx, key, detail.files[0].id)
    assert kept.read_bytes() == PDF
    assert kept.name == f"{hashlib.sha256(PDF).hexdigest()}.pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("fatura.pdf", b"MZ\x90\x00" + bytes(400), "adı öyle olsa da içeriği başka"),
        ("yarim.pdf", b"%PDF-1.4\n1 0 obj", "yarım kalmış"),
        ("bos.pdf", b"", "boş"),
        ("bozuk.png", b"\x89PNG\r\n\x1a\n" + b"x" * 90, "bozuk bir resim"),
        ("kesik.png", b"", "bozuk bir resim"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"y" * 90, "bozuk bir resim"),
        ("belge.docx", b"PK\x03\x04zzzz", "PDF, JPEG veya PNG değil"),
    ],
)
def test_what_is_no_page_is_refused_with_a_sentence(
    ctx: Context, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(png()[:-20] if name == "kesik.png" else content)
    with pytest.raises(UserError, match=sentence):
        attach(ctx, new(ctx), tmp_path / name)


def test_a_page_that_is_too_large_is_refused(ctx: Context, tmp_path: Path) -> None:
    with (tmp_path / "dev.pdf").open("wb") as file:
        file.truncate(21_000_000)
    with pytest.raises(UserError, match="En çok 20 MB"):
        attach(ctx, new(ctx), tmp_path / "dev.pdf")


def test_the_incoming_register_and_the_cover_list_are_written(ctx: Context, tmp_path: Path) -> None:
    from pypdf import PdfReader

    fields = {"sender_number": "E-123", "sender_date": "20.11.2026", "kep_id": "k1"}
    new(ctx, channel=Channel.KEP, document=DocumentKind.OFFICIAL_LETTER, fields=fields)
    for _ in range(60):
        new(ctx, document=DocumentKind.PETITION)
    new(ctx)  # no paper: not in the book
    for name in ("defter.pdf", "defter.xlsx", "defter.csv"):
        assert applications.incoming_register(ctx, date(2026, 11, 1), date(2026, 11, 30), tmp_path / name) == 61
    pages = PdfReader(tmp_path / "defter.pdf").pages
    words = " ".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert all(word in words for word in ("Gelen evrak defteri", "E-123", "20.11.2026", "2026/000061", "Resmî yazı"))
    assert "2026/000062" not in words
    with pytest.raises(UserError, match="başından önce"):
        applications.incoming_register(ctx, date(2026, 12, 1), date(2026, 11, 30), tmp_path / "x.pdf")
    rows = applications.work_list(ctx, ListQuery(), "", 40).rows
    cover = applications.forward_all(ctx, rows, "park")
    shown = " ".join(
        page.extract_text()
        for page in PdfReader(applications.cover_list_pdf(ctx, cover, tmp_path / "havale.pdf")).pages
    )
    assert all(word in shown for word in ("Havale listesi", "Park ve Bahçeler Müdürlüğü", "40 başvuru", "Teslim alan"))


def test_lists_go_out_masked_and_open311_without_anybody(ctx: Context, tmp_path: Path) -> None:
    new(ctx, subject_code="kaldirim", unit_code="", body="Ben Ayşe Işıldak, kaldırım kırık", subject="=HYPERLINK()")
    assert applications.export_list(ctx, ListQuery(), tmp_path / "liste.csv") == 1
    assert applications.export_list(ctx, ListQuery(), tmp_path / "liste.xlsx") == 1
    out = (tmp_path / "liste.csv").read_text("utf-8-sig")
    assert "A*** I***" in out and "Ayşe" not in out and "'=HYPERLINK()" in out
    applications.export_open311(ctx, date(2026, 1, 1), date(2026, 12, 31), tmp_path / "o.json")
    raw = (tmp_path / "o.json").read_text()
    (one,) = json.loads(raw)
    assert (one["status"], one["service_code"], one["service_name"]) == ("open", "kaldirim", "Kaldırım onarımı")
    assert "Ayşe" not in raw and "HYPERLINK" not in raw and "532" not in raw
    with pytest.raises(UserError, match=r"\.csv ya da \.xlsx"):
        applications.export_list(ctx, ListQuery(), tmp_path / "liste.doc")


class StoppedHalfWay(exporting.Export):
    def _begin(self) -> subprocess.Popen[str]:
        process = super()._begin()
        part_of(self.target, process.pid).write_text("Kayıt no;")
        self.stop()
        return process


def test_a_program_of_its_own_writes_the_same_list_says_the_same_refusal_and_stops_without_a_trace(
    ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SMALL", 0)
    new(ctx)
    applications.export_list(ctx, ListQuery(), tmp_path / "liste.csv")
    export = exporting.of_list(ctx, ListQuery(), tmp_path / "öteki.csv")
    assert (export.run(), export.rows) == (1, 1)
    assert (tmp_path / "öteki.csv").read_bytes() == (tmp_path / "liste.csv").read_bytes()
    told: list[dict[str, Any]] = []
    exporting.main(exporting.of_list(ctx, ListQuery(), tmp_path / "liste.doc").given(), told.append)
    assert [(one["error"], one["params"]) for one in told] == [("UserError", {"name": "liste.doc"})]
    with pytest.raises(Cancelled):
        StoppedHalfWay(ctx, "list", tmp_path / "yarım.csv", ListQuery(), {"query": {}}).run()
    assert sorted(one.name for one in tmp_path.iterdir() if "csv" in one.name) == ["liste.csv", "öteki.csv"]


def test_ebys_numbers_come_back_all_or_none(ctx: Context, tmp_path: Path) -> None:
    with ctx.db.write() as session:
        session.execute(text("UPDATE site SET settings = :s"), {"s": json.dumps({"official_registry": "ebys"})})
    request = ApplicationRequest(key="1", document=DocumentKind.PETITION, subject="x", signature_present=True)
    receipt = records.register(ctx, request)
    assert (receipt.preliminary, receipt.official_number) == (True, "")
    records.register(ctx, ApplicationRequest(key="2", document=DocumentKind.PETITION, subject="y"))
    assert applications.export_for_ebys(ctx, tmp_path / "ebys.csv") == 2
    rows = (tmp_path / "ebys.csv").read_text("utf-8-sig").splitlines()
    back = tmp_path / "geri.csv"
    back.write_text("\n".join([rows[0], "2026/000001;E-55;25.11.2026", "2026/000009;E-56;25.11.2026"]), "utf-8-sig")
    with pytest.raises(UserError, match="1 hatalı satır"):
        exchange.take_ebys(ctx, exchange.look_at_ebys(ctx, back))
    assert applications.export_for_ebys(ctx, tmp_path / "ebys.csv") == 2
    back.write_text("\n".join([rows[0], "2026/000001;E-55;25.11.2026"]), "utf-8-sig")
    assert exchange.take_ebys(ctx, exchange.look_at_ebys(ctx, back)) == 1
    again = records.open_by_id(ctx, receipt.application_id)
    assert (again.preliminary, again.official_number, again.official_on) == (False, "E-55", date(2026, 11, 25))


def test_administrative_leave_moves_what_is_registered_after_it(ctx: Context) -> None:
    applications.grant_leave(ctx, Leave(date(2026, 12, 10), False, "2026/12 sayılı genelge"))
    key = new(ctx, document=DocumentKind.INFORMATION)
    assert applications.open_case(ctx, key).due.on == date(2026, 12, 16)
    with pytest.raises(UserError, match="zaten tatil"):
        applications.grant_leave(ctx, Leave(date(2026, 12, 12), False, "x"))
    applications.take_back_leave(ctx, date(2026, 12, 10))
    assert applications.open_case(ctx, new(ctx, document=DocumentKind.INFORMATION)).due.on == date(2026, 12, 15)


@both
def test_a_person_past_the_date_is_gone_everywhere_and_an_open_matter_waits(
    ctx: Context, clock: SetClock, tmp_path: Path
) -> None:
    (tmp_path / "t.pdf").write_bytes(PDF)
    fields = {"platform": "x", "handle": "@ayse"}
    done = new(ctx, channel=Channel.SOCIAL, fields=fields, body="Ben Ayşe")
    waiting = new(ctx, sender=PersonInput(name="Veli Öz"))
    detail = attach(ctx, done, tmp_path / "t.pdf")
    kept = applications.open_file(ctx, done, detail.files[0].id)
    applications.move(ctx, done, Step(Move.ANSWER, outcome=Outcome.POSITIVE, text="Ayşe Hanım'a bildirildi"))
    clock.advance(hours=1)
    assert applications.erase_due(ctx).persons == 0
    with ctx.db.write() as session:
        session.execute(update(Person).values(erase_after=date(2026, 11, 23)))
    erased = applications.erase_due(ctx)
    assert (erased.persons, kept.exists()) == (1, False)
    gone = applications.open_case(ctx, done)
    assert (gone.applicant, gone.phone, gone.body, dict(gone.fields), gone.files) == ("", "", "", {"platform": "x"}, ())
    assert "Ayşe" not in str(gone)
    assert applications.work_list(ctx, ListQuery(text="ayşe", open_only=False)).rows == ()
    assert applications.open_case(ctx, waiting).applicant == "Veli Öz"
    assert applications.erase_due(ctx).persons == 0
    assert not kept.exists()
    with ctx.db.read() as session:
        (record,) = session.execute(select(case.Disposal)).scalars()
        assert (record.persons, record.keep_until - record.at.date() > timedelta(days=1000)) == (1, True)
        assert "Ayşe Işıldak" not in set(session.execute(select(Person.name)).scalars())


@both
def test_the_first_work_of_a_morning_erases_whose_time_has_come(ctx: Context, clock: SetClock, tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(PDF)
    key = new(ctx)
    detail = attach(ctx, key, tmp_path / "t.pdf")
    kept = applications.open_file(ctx, key, detail.files[0].id)
    applications.move(ctx, key, Step(Move.WITHDRAW))
    with ctx.db.write() as session:
        session.execute(update(Person).values(erase_after=date(2026, 11, 24)))
    clock.advance(days=1)
    new(ctx, sender=PersonInput(name="Veli Öz"))
    assert (applications.open_case(ctx, key).applicant, kept.exists()) == ("", False)

"""Evrak kayıt: nothing is refused, nothing is registered twice, and every paper's code opens its record."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from acting import assert_whole, key, rows, visit
from sqlalchemy import select

from desk.actions import paper, records, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import UserError
from desk.events import Kind
from desk.models.application import Application, ApplicationEvent
from desk.models.print_job import PrintJob
from desk.models.summary import Change
from desk.models.visit import Person
from desk.registry import applications
from desk.registry.types import Channel, DocumentKind, Enclosure, Missing, PersonInput, PetitionRequest, Receipt

pytestmark = pytest.mark.usefixtures("both_engines")

AYSE = PersonInput("Ayşe Örnek", "10000000146", "0532 123 45 67", "gulbahce", "Ihlamur Sk. No: 12/3")


def register(ctx: Context, **given: object) -> Receipt:
    whole = {
        "key": key(), "sender": AYSE, "signature_present": True, "subject": "Kaldırım onarımı", "unit_code": "fen",
    }  # fmt: skip
    return records.register_petition(ctx, PetitionRequest(**(whole | given)))  # type: ignore[arg-type]


def test_a_whole_petition_gets_number_last_day_and_receipt(ctx: Context) -> None:
    got = register(ctx, enclosures=(Enclosure("Fotoğraf", "Fotoğraf", 3), Enclosure("Kroki", "Kroki", 1)))
    assert (got.record_number, got.due_on, got.missing) == ("2026/000001", date(2026, 12, 24), ())
    assert (got.applicant, got.applicant_masked, got.unit) == ("Ayşe Örnek", "A*** Ö***", "Fen İşleri Müdürlüğü")
    assert got.address == "Gülbahçe Mah. Ihlamur Sk. No: 12/3"
    assert [e.name for e in got.enclosures] == ["Fotoğraf", "Kroki"]
    assert (got.registered_by_masked, got.copy_no) == ("D. G. 1.", 1)
    assert paper.job_of(ctx, got.application_id, "receipt") is not None
    sheet = shift.sheet(ctx)
    assert (sheet.petitions, sheet.petitions_incomplete, sheet.enclosures) == (1, 0, 2)
    (row,) = ctx.read(applications.recent)
    assert (row.record_number, row.applicant_masked, row.enclosures, row.state) == (
        "2026/000001", "A*** Ö***", 2, "referred",
    )  # fmt: skip
    assert_whole(ctx)


def test_a_petition_with_everything_missing_is_registered_and_says_what_is_missing(ctx: Context) -> None:
    got = records.register_petition(ctx, PetitionRequest(key()), deficiency=True)
    assert got.record_number == "2026/000001"
    assert got.missing == (Missing.NAME, Missing.SIGNATURE, Missing.ADDRESS, Missing.SUBJECT)
    assert (got.applicant, got.unit, got.subject) == ("", "", "")
    assert rows(ctx, Person) == 0
    with ctx.db.read() as session:
        kinds = session.execute(select(PrintJob.kind).order_by(PrintJob.kind)).scalars().all()
        slip = str(session.execute(select(PrintJob.slip).where(PrintJob.kind == "receipt")).scalar_one())
    assert kinds == ["deficiency", "receipt"]
    assert "Eksik hususlar: Ad soyad, İmza, Adres, Belirli konu" in slip
    assert ctx.read(applications.recent)[0].state == "new"
    assert shift.sheet(ctx).petitions_incomplete == 1
    assert_whole(ctx)


def test_blanks_and_controls_do_not_count_as_a_name_or_a_subject(ctx: Context) -> None:
    got = register(ctx, sender=PersonInput(name="\t \u202e", address="\r\n"), subject="\x07 ")
    assert got.missing == (Missing.NAME, Missing.ADDRESS, Missing.SUBJECT)


def test_what_is_typed_or_pasted_is_kept_as_it_can_be_shown(ctx: Context) -> None:
    sender = PersonInput(name="محمد Şükrü\u200f 😀\x00Öztürk", address="Çamlık Cd.\nNo: 4")
    got = register(ctx, sender=sender, subject="Ağaç\tbudama 🌳 ' \" % _ \\ ; DROP TABLE visit")
    assert got.applicant == "محمد Şükrü 😀Öztürk"
    assert got.address == "Çamlık Cd. No: 4"
    assert got.subject == "Ağaç budama 🌳 ' \" % _ \\ ; DROP TABLE visit"
    assert records.open_record(ctx, got.scan_code) == got
    assert paper.job_bytes(ctx, paper.job_of(ctx, got.application_id, "receipt").id)


def test_only_what_cannot_be_true_or_stored_is_refused_and_no_number_is_spent(ctx: Context) -> None:
    refused = (
        ({"sender": PersonInput(tckn="10000000147")}, "T.C. kimlik no hatalı"),
        ({"sender": PersonInput(tckn="22222222220")}, "T.C. kimlik no hatalı"),
        ({"sender": PersonInput(phone="12")}, "Telefon numarası hatalı"),
        ({"sender": PersonInput(name="Ğ" * 121)}, "Ad soyad en çok 120 harf"),
        ({"sender": PersonInput(address="Ü" * 301)}, "Adres en çok 300 harf"),
        ({"sender": PersonInput(neighbourhood_code="yok")}, "Böyle bir mahalle yok"),
        ({"subject": "ş" * 501}, "Konu özeti en çok 500 harf"),
        ({"unit_code": "yok"}, "Böyle bir birim yok"),
        ({"enclosures": (Enclosure("", "", 1),) * 100}, "En çok 99 ek"),
        ({"enclosures": (Enclosure("Tapu", "Tapu", 0),)}, "Ek satırı hatalı: Tapu"),
        ({"enclosures": (Enclosure("Tapu", "Tapu", 10_000),)}, "Ek satırı hatalı: Tapu"),
    )
    for given, sentence in refused:
        with pytest.raises(UserError, match=sentence.replace(".", r"\.")):
            register(ctx, **given)
    assert rows(ctx, Application) == rows(ctx, Person) == rows(ctx, Change) == 0
    assert register(ctx, subject="ş" * 500, sender=PersonInput(name="Ğ" * 120)).record_number == "2026/000001"


def test_a_double_f2_makes_one_record_and_one_receipt(ctx: Context) -> None:
    request = PetitionRequest("form-7", sender=AYSE, subject="Park", enclosures=(Enclosure("Kroki", "Kroki", 1),))
    begin = threading.Barrier(4)

    def press(_: int) -> Receipt:
        begin.wait()
        return records.register_petition(ctx, request)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(press, range(4)))
    assert len({(t.record_number, t.tracking_code) for t in told}) == 1
    assert (rows(ctx, Application), rows(ctx, PrintJob), rows(ctx, Person)) == (1, 1, 1)
    assert register(ctx).record_number == "2026/000002"
    assert_whole(ctx)


def test_record_numbers_begin_anew_with_the_year(ctx: Context, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 31, 20, 59, tzinfo=UTC))
    assert register(ctx).record_number == "2026/000001"
    assert ctx.read(applications.next_record_number) == "2026/000002"
    clock.advance(hours=9)  # the next morning in Istanbul
    assert ctx.read(applications.next_record_number) == "2027/000001"
    assert register(ctx).record_number == "2027/000001"
    assert records.open_record(ctx, "2026/1").received_at.year == 2026
    assert_whole(ctx)


def test_an_information_request_has_fifteen_working_days(ctx: Context, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    got = register(ctx, kind=DocumentKind.INFORMATION, channel=Channel.EMAIL)
    assert (got.due_on, got.channel) == (date(2026, 12, 14), Channel.EMAIL)


def test_every_code_on_the_paper_opens_the_record_and_is_logged(ctx: Context) -> None:
    other, got = register(ctx), register(ctx, subject="Gürültü")
    letters = got.tracking_code.replace("-", "")
    for code in (got.scan_code, f" {got.scan_code}\n", got.tracking_code, got.tracking_code.lower(), letters,
                 f"{letters[:4]} {letters[4:]}", got.record_number, "2026/2", "2026/000002"):  # fmt: skip
        assert records.open_record(ctx, code).application_id == got.application_id
    with ctx.db.read() as session:
        opened = session.execute(select(Change.subject_id).where(Change.kind == Kind.RECORD_OPENED)).scalars().all()
    assert opened == [got.application_id] * 9
    assert records.open_by_id(ctx, other.application_id).record_number == "2026/000001"


def test_a_code_of_no_record_is_said_back(ctx: Context) -> None:
    register(ctx)
    for code in ("", "2026/9", "1999/1", "2026/", "/", "2026/9999999999", "AAAA-AAAA", "Ş", "200100000990", "٢٠٢٦/٩",
                 "%", "\x00", "2" * 400):  # fmt: skip
        with pytest.raises(UserError, match="ile kayıt bulunamadı"):
            records.open_record(ctx, code)


def test_another_copy_of_the_receipt_is_numbered_and_noted(ctx: Context) -> None:
    got = register(ctx)
    paper.reprint(ctx, got.application_id, "receipt")
    assert paper.job_of(ctx, got.application_id, "receipt").copy_no == 2
    with ctx.db.read() as session:
        assert session.execute(select(Application.receipts)).scalar() == 2
        kinds = session.execute(select(ApplicationEvent.kind).order_by(ApplicationEvent.id)).scalars().all()
    assert kinds == ["registered", "referred", "receipt_copied"]


def test_no_name_stands_in_events_changes_and_slips(ctx: Context) -> None:
    register(
        ctx, sender=PersonInput("Nuriye Gizlioğlu", "10000000146", "0532 123 45 67", "gulbahce", "Gizli Sk. No: 5")
    )
    with ctx.db.read() as session:
        for table in (Application, ApplicationEvent, Change, PrintJob):
            for row in session.execute(select(table.__table__)):
                assert not any(word in str(row) for word in ("Gizli", "10000000146", "5321234567"))


def test_a_petition_made_at_a_counter_remembers_its_number(ctx: Context) -> None:
    ticket = visit(ctx, "evrak").tickets[0]
    register(ctx, ticket_id=ticket.id)
    with ctx.db.read() as session:
        assert session.execute(select(Application.ticket_id)).scalar() == ticket.id


def test_the_a4_receipt_is_written(ctx: Context, tmp_path: Path) -> None:
    target = records.receipt_pdf(ctx, register(ctx).application_id, tmp_path / "alındı.pdf")
    assert target.read_bytes().startswith(b"%PDF")

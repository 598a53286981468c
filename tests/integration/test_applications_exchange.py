"""What goes out and comes back: EBYS numbers line by line, calls written down, days of leave; and joined records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from desk.actions import applications, attachments, exchange, imports, records
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.application import Application
from desk.models.visit import Person
from desk.registry import duplicates
from desk.registry.application_types import ApplicationRequest, CallOutcome, CallResult, Clock
from desk.registry.call_desk import NewCall
from desk.registry.leave import Leave
from desk.registry.types import ApplicationState, Channel, DocumentKind, PersonInput, Receipt, SenderKind
from desk.reports import recount

both = pytest.mark.usefixtures("both_engines")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MUHTAR = PersonInput(name="Kemal Örnek", phone="05321234567", address="Muhtarlık")
TODAY = date(2026, 11, 24)


def new(ctx: Context, **more: object) -> Receipt:
    given: dict[str, object] = {"key": str(uuid4()), "subject": "Kaldırım onarımı", "sender": MUHTAR}
    document: dict[str, object] = {"document": DocumentKind.PETITION, "signature_present": True}
    return records.register(ctx, ApplicationRequest(**(given | document | more)), receipt=False)  # type: ignore[arg-type]


def agree(ctx: Context) -> None:
    with ctx.db.read() as session:
        assert recount.differences(session, ctx.actor.site_id, TODAY) == []


def count(ctx: Context, column: object) -> int:
    with ctx.db.read() as session:
        return session.execute(select(func.count(column))).scalar_one()  # type: ignore[arg-type]


# --- registering with what belongs to it


@both
def test_a_repetition_is_joined_with_its_scans_in_the_press_that_registers_it(ctx: Context, tmp_path: Path) -> None:
    first = new(ctx)
    (tmp_path / "tarama.pdf").write_bytes(PDF)
    looked = attachments.look_into(ctx, [tmp_path / "tarama.pdf"])
    request = ApplicationRequest("twice", subject="Kaldırım onarımı", sender=MUHTAR)
    for _ in range(2):  # the second press is the first record again
        again = records.register(ctx, request, receipt=False, join_to=first.application_id, files=looked.files)
    assert again.state is ApplicationState.DUPLICATE
    detail = applications.open_case(ctx, again.application_id)
    assert detail.joined_to == first.record_number
    assert [one.name for one in detail.files] == ["tarama.pdf"]
    assert applications.open_case(ctx, first.application_id).joined == (again.record_number,)
    agree(ctx)


@both
def test_what_cannot_be_joined_is_not_registered_either(ctx: Context) -> None:
    before = count(ctx, Application.id)
    with pytest.raises(UserError):
        records.register(ctx, ApplicationRequest("k", subject="Park"), receipt=False, join_to=uuid4())
    assert count(ctx, Application.id) == before


@both
def test_a_muhtar_with_many_petitions_is_one_person(ctx: Context) -> None:
    first = new(ctx, sender_kind=SenderKind.HEADMAN)
    sender = records.sender_of(ctx, first.application_id)
    assert (sender.kind, sender.person.name, sender.record_number) == (
        SenderKind.HEADMAN, "Kemal Örnek", first.record_number,
    )  # fmt: skip
    persons = count(ctx, Person.id)
    second = new(ctx, same_sender_as=first.application_id, sender=sender.person, subject="Park")
    assert count(ctx, Person.id) == persons
    assert second.applicant == "Kemal Örnek"


def test_of_a_known_sender_only_the_same_matter_is_a_possible_duplicate(ctx: Context) -> None:
    first = new(ctx)
    asked = ApplicationRequest("k", subject="Park", sender=MUHTAR)
    assert [one.record_number for one in ctx.read(duplicates.possible, asked)] == [first.record_number]
    assert ctx.read(duplicates.possible, replace(asked, same_sender_as=first.application_id)) == ()


def test_a_program_named_pdf_is_refused_and_the_page_beside_it_is_taken(ctx: Context, tmp_path: Path) -> None:
    (tmp_path / "fatura.pdf").write_bytes(b"MZ\x90\x00\x03")
    (tmp_path / "tarama.pdf").write_bytes(PDF)
    found = attachments.look_into(ctx, [tmp_path / "fatura.pdf", tmp_path / "tarama.pdf", tmp_path / "yok.pdf"])
    assert [one.name for one in found.files] == ["tarama.pdf"]
    said = [error.text() for error in found.refused]
    assert said[0] == "fatura.pdf bir PDF, JPEG veya PNG değil; adı öyle olsa da içeriği başka."
    assert "okunamıyor" in said[1]


# --- EBYS


@both
def test_every_line_of_the_ebys_file_has_its_result_before_anything_is_written(ctx: Context, tmp_path: Path) -> None:
    one, two, three = new(ctx), new(ctx), new(ctx)
    exchange.write_official_number(ctx, three.record_number, "E-3", TODAY)
    path = tmp_path / "ebys.csv"
    path.write_text(
        "Takip no;EBYS sayısı;EBYS tarihi\n"
        f"{one.record_number};E-1;24.11.2026\n"
        f"{two.record_number};E-2;23.11.2026\n"
        f"{three.record_number};E-3;24.11.2026\n"
        f"{three.record_number};E-9;24.11.2026\n"
        f"{one.record_number};E-8;24.11.2026\n"
        "2026/999999;E-5;24.11.2026\n"
        "kayıt;E-6;24.11.2026\n",
        encoding="cp1254",
    )
    file = exchange.look_at_ebys(ctx, path)
    assert [(line.line, line.result) for line in file.lines] == [
        (2, "Yazılacak"),
        (3, "EBYS tarihi kayıttan önce"),
        (4, "Aynı sayı zaten yazılmış"),
        (5, "Kayıtta başka bir EBYS sayısı var"),
        (6, "Dosyada ikinci kez geçiyor"),
        (7, "Takip no bulunamadı"),
        (8, "Takip no okunamadı"),
    ]
    assert (len(file.good), len(file.wrong)) == (1, 5)
    with pytest.raises(UserError, match="5 hatalı satır"):
        exchange.take_ebys(ctx, file)
    assert exchange.take_ebys(ctx, file, skip_bad=True) == 1
    assert records.open_by_id(ctx, one.application_id).official_number == "E-1"
    assert [w.record_number for w in exchange.ebys_state(ctx).waiting] == [two.record_number]


# --- calls


@both
def test_a_call_is_written_down_once_counted_and_can_be_taken_back(ctx: Context) -> None:
    call = NewCall("call-1", "153", waiting_seconds=45, talk_seconds=150, subject="Pazar yeri")
    first = exchange.note_call(ctx, call)
    assert exchange.note_call(ctx, call) == first
    exchange.note_call(ctx, NewCall("call-2", "444", outcome=CallOutcome.ABANDONED, waiting_seconds=80, talk_seconds=9))
    shown = {one.id: one for one in exchange.calls_of_day(ctx)}
    assert len(shown) == 2
    assert (shown[first].result, shown[first].talk_seconds) == (CallResult.INFORMED, 150)
    (gone,) = (one for one in shown.values() if one.id != first)
    assert (gone.talk_seconds, gone.result) == (0, "")
    agree(ctx)
    exchange.take_back_call(ctx, first)
    assert [one.id for one in exchange.calls_of_day(ctx)] == [gone.id]
    agree(ctx)


@both
def test_an_application_knows_its_call_which_then_stays(ctx: Context) -> None:
    call_id = exchange.note_call(ctx, NewCall("call-3"))
    receipt = new(ctx, channel=Channel.PHONE, document=DocumentKind.NONE, call_id=call_id)
    (call,) = exchange.calls_of_day(ctx)
    assert (call.record_number, call.result) == (receipt.record_number, CallResult.APPLICATION)
    with pytest.raises(UserError, match="başvuru açılmış"):
        exchange.take_back_call(ctx, call_id)


def test_a_call_cannot_come_from_the_future_or_last_a_week(ctx: Context, clock: SetClock) -> None:
    for wrong in (
        NewCall("a", at=clock.now() + timedelta(hours=1)),
        NewCall("b", talk_seconds=90_000),
        NewCall("c", waiting_seconds=-1),
        NewCall("d", subject="x" * 121),
    ):
        with pytest.raises(UserError):
            exchange.note_call(ctx, wrong)
    assert exchange.calls_of_day(ctx) == ()


def test_a_call_log_is_looked_into_before_it_is_taken_and_not_taken_back_by_hand(ctx: Context, tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_text(
        "1795506120|c1|153|NONE|ENTERQUEUE||0532\n"
        "1795506140|c1|153|SIP/1|CONNECT|20|x|3\n"
        "1795506200|c1|153|SIP/1|COMPLETEAGENT|20|60|1\n"
        "bozuk|satır|1|2|3\n",
        encoding="utf-8",
    )
    looked = imports.look_calls(ctx, path)
    assert (len(looked.calls), looked.calls[0].waiting_seconds, [one.line for one in looked.errors]) == (1, 20, [4])
    assert exchange.calls_of_day(ctx) == ()
    assert imports.take_calls(ctx, looked).created == 1
    assert imports.take_calls(ctx, looked).created == 0
    with ctx.db.read() as session:
        from desk.models.case import Call

        call_id: UUID = session.execute(select(Call.id)).scalar_one()
    with pytest.raises(UserError, match="içe aktarmayı geri alınız"):
        exchange.take_back_call(ctx, call_id)


# --- leave


@both
def test_a_day_of_leave_says_what_it_moves_before_it_is_entered(ctx: Context) -> None:
    new(ctx, document=DocumentKind.NONE, channel=Channel.PHONE)  # its target is 08.12.2026
    friday = Leave(date(2026, 11, 27), False, "yazı")
    found = exchange.leave_effect(ctx, friday)
    moved = {one.clock: (one.before, one.after) for one in found.moved}
    assert moved[Clock.INFORMATION] == (date(2026, 12, 15), date(2026, 12, 16))
    assert Clock.PETITION not in moved  # calendar days
    assert exchange.leave_effect(ctx, Leave(date(2026, 12, 8), False, "")).falls_on == 1
    applications.grant_leave(ctx, friday)
    assert exchange.leave_days(ctx) == (friday,)
    back = exchange.leave_effect(ctx, friday, taken_back=True)
    assert {one.clock: (one.before, one.after) for one in back.moved}[Clock.INFORMATION] == (
        date(2026, 12, 16), date(2026, 12, 15),
    )  # fmt: skip
    half = exchange.leave_effect(ctx, replace(friday, half=True))
    assert {one.clock for one in half.moved} == {one.clock for one in found.moved}  # from a whole day to a half one

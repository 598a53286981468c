"""Registering through any channel: what is asked, what is refused, what the counts and the search say afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from desk.actions import applications, records
from desk.actions.context import Context
from desk.actor import Scope
from desk.errors import UserError
from desk.registry import cases, duplicates, search, worklists
from desk.registry.application_types import (
    ApplicationKind,
    ApplicationRequest,
    Clock,
    ListQuery,
    ListSize,
    Order,
    Urgency,
)
from desk.registry.applications import status
from desk.registry.channels import CHANNELS, FieldError, fields_of
from desk.registry.types import ApplicationState, Channel, DocumentKind, PersonInput, SenderKind
from desk.reports import recount

both = pytest.mark.usefixtures("both_engines")

AYSE = PersonInput(name="Ayşe Işıldak", phone="0532 123 45 67", neighbourhood_code="gulbahce", address="Lale Sk. 3")


def asked(**more: object) -> ApplicationRequest:
    given: dict[str, object] = {
        "key": str(uuid4()),
        "sender": AYSE,
        "subject": "Kaldırım onarımı",
        "subject_code": "kaldirim",
    }
    return ApplicationRequest(**(given | more))  # type: ignore[arg-type]


def agree(ctx: Context) -> None:
    with ctx.db.read() as session:
        assert recount.differences(session, ctx.actor.site_id, date(2026, 11, 24)) == []


@both
def test_a_subject_brings_its_unit_and_urgency_and_the_counts_agree(ctx: Context) -> None:
    receipt = records.register(ctx, asked(channel=Channel.PHONE, fields={"line": "153"}))
    detail = applications.open_case(ctx, receipt.application_id)
    assert (detail.unit_code, detail.urgency, detail.state) == ("fen", Urgency.NORMAL, ApplicationState.REFERRED)
    assert detail.due.clock is Clock.TARGET and receipt.due_is_target
    assert detail.due.words == "24.11.2026 + 10 iş günü → 08.12.2026"
    assert [entry.kind for entry in detail.timeline] == ["registered", "referred"]
    agree(ctx)


EXAMPLES: dict[Channel, dict[str, str]] = {
    Channel.KEP: {"kep_id": "<20261124.1@hs01.kep.tr>"},
    Channel.SOCIAL: {"platform": "x", "handle": "@ayse"},
    Channel.CIMER: {"cimer_number": "2612345678"},
    Channel.OPEN_DOOR: {"open_door_number": "AK-55"},
    Channel.E_STATE: {"reference": "ED-1"},
    Channel.UETS: {"uets_number": "UETS-9"},
}


def test_every_channel_registers_and_says_which_of_its_fields_is_missing(ctx: Context) -> None:
    for spec in CHANNELS:
        required = [one for one in spec.fields if one.required]
        if required:
            with pytest.raises(FieldError) as refused:
                records.register(ctx, asked(channel=spec.channel))
            assert refused.value.field == required[0].code
            assert required[0].label in refused.value.text()
        receipt = records.register(ctx, asked(channel=spec.channel, fields=EXAMPLES.get(spec.channel, {})))
        assert receipt.channel is spec.channel
    agree(ctx)


@pytest.mark.parametrize(
    ("channel", "fields", "field"),
    [
        (Channel.CIMER, {"cimer_number": "12A"}, "cimer_number"),
        (Channel.PTT, {"ptt_barcode": "123"}, "ptt_barcode"),
        (Channel.SOCIAL, {"platform": "mastodonx"}, "platform"),
        (Channel.KEP, {"kep_id": "1", "sender_date": "31.02.2026"}, "sender_date"),
        (Channel.IN_PERSON, {"cimer_number": "2612345678"}, "cimer_number"),
    ],
)
def test_a_wrong_field_is_named(ctx: Context, channel: Channel, fields: dict[str, str], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        records.register(ctx, asked(channel=channel, fields=fields))
    assert refused.value.field == field


@both
def test_the_same_cimer_number_is_registered_once_and_the_record_is_named(ctx: Context) -> None:
    first = records.register(ctx, asked(channel=Channel.CIMER, fields={"cimer_number": "2612345678"}))
    with pytest.raises(UserError, match=first.record_number):
        records.register(ctx, asked(channel=Channel.CIMER, fields={"cimer_number": "2612345678"}))
    assert first.due_on == date(2026, 12, 24)


def test_a_second_press_returns_the_first_record(ctx: Context) -> None:
    request = asked()
    assert records.register(ctx, request).record_number == records.register(ctx, request).record_number
    agree(ctx)


def test_a_tender_envelope_keeps_its_minute_and_lacks_nothing(ctx: Context) -> None:
    fields = {"tender": "2026/123 asfalt alımı", "arrived_at": "24.11.2026 10.29"}
    given = asked(document=DocumentKind.TENDER, sender_kind=SenderKind.COMPANY, fields=fields)
    receipt = records.register(ctx, given)
    assert receipt.missing == ()
    detail = applications.open_case(ctx, receipt.application_id)
    assert detail.fields["arrived_at"] == "2026-11-24T10:29"
    with pytest.raises(FieldError, match="Teslim alındığı dakika"):
        records.register(ctx, replace(given, key="k2", fields={"tender": "x"}))


def test_an_oral_petition_has_its_minutes_and_the_clock_of_a_petition(ctx: Context) -> None:
    receipt = records.register(ctx, asked(document=DocumentKind.ORAL, fields={"taken_by": "S. Tekin"}))
    assert (receipt.due_on, receipt.due_is_target) == (date(2026, 12, 24), False)
    assert {one.code for one in fields_of(Channel.IN_PERSON, DocumentKind.ORAL)} == {"taken_by", "witnesses", "hidden"}


def test_a_petition_of_many_counts_its_signatures_and_a_single_one_does_not(ctx: Context) -> None:
    receipt = records.register(ctx, asked(sender_kind=SenderKind.GROUP, persons=47))
    assert receipt.persons == 47
    with pytest.raises(FieldError, match="yalnız toplu"):
        records.register(ctx, asked(persons=2))


@both
def test_a_headman_with_many_petitions_is_typed_once(ctx: Context) -> None:
    first = records.register(ctx, asked(sender_kind=SenderKind.HEADMAN))
    again = records.register(
        ctx,
        asked(
            sender=PersonInput(),
            same_sender_as=first.application_id,
            document=DocumentKind.PETITION,
            signature_present=True,
        ),
    )
    assert (again.applicant, again.address, again.missing) == (first.applicant, first.address, ())
    assert again.record_number != first.record_number


def test_who_asked_to_stay_hidden_is_on_no_list_and_found_by_no_name(ctx: Context) -> None:
    fields = {"cimer_number": "2612345678", "hidden": "1"}
    receipt = records.register(ctx, asked(channel=Channel.CIMER, fields=fields))
    (row,) = applications.work_list(ctx, ListQuery()).rows
    assert (row.applicant_masked, row.phone_masked) == ("Kimliği gizli", "")
    assert applications.work_list(ctx, ListQuery(text="ayşe")).rows == ()
    assert applications.open_case(ctx, receipt.application_id).hidden


@both
def test_numbers_names_phones_and_words_find_a_record(ctx: Context) -> None:
    receipt = records.register(ctx, asked(subject="IHLAMUR parkının çeşmesi", subject_code=""))
    records.register(ctx, asked(sender=PersonInput(name="Öz Deniz"), subject="Gürültü"))
    for typed in (
        receipt.record_number, "2026/1", receipt.scan_code, receipt.tracking_code, "isildak", "IŞIL", "0532 123 45 67",
        "5321234567", "ıhlamur", "çeşme park", "ayşe ihlamur",
    ):  # fmt: skip
        rows = applications.work_list(ctx, ListQuery(text=typed)).rows
        assert [row.id for row in rows] == [receipt.application_id], typed
    (other,) = applications.work_list(ctx, ListQuery(text="öz")).rows
    assert other.subject == "Gürültü"
    assert applications.work_list(ctx, ListQuery(text='"; DROP*')).rows == ()


def test_a_sentence_proposes_the_unit(ctx: Context) -> None:
    best = ctx.read(search.proposals, "sokağımızdaki kaldırımın onarılması")[0]
    assert (best.subject_code, best.unit_code) == ("kaldirim", "fen")
    (animal, *_) = ctx.read(search.proposals, "YARALI HAYVAN")
    assert (animal.unit_code, animal.urgency) == ("veteriner", Urgency.URGENT)
    assert ctx.read(search.proposals, "zzz") == ()


@both
def test_the_same_person_or_place_and_subject_is_shown_before_saving(ctx: Context) -> None:
    first = records.register(ctx, asked())
    by_phone = asked(sender=PersonInput(name="A. Işıldak", phone="5321234567"), subject="Başka", subject_code="")
    by_place = asked(sender=PersonInput(name="Veli Örnek", neighbourhood_code="gulbahce"))
    other = asked(sender=PersonInput(name="Ayşe Işıldak", phone="0533 765 43 21"), subject="Başka", subject_code="")
    assert [(d.id, d.reason) for d in ctx.read(duplicates.possible, by_phone)] == [(first.application_id, "Aynı kişi")]
    assert [d.reason for d in ctx.read(duplicates.possible, by_place)] == ["Aynı yer ve konu"]
    assert ctx.read(duplicates.possible, other) == ()


def test_a_citizen_learns_the_state_with_the_paper_and_nothing_without(ctx: Context) -> None:
    receipt = records.register(ctx, asked())
    for code, number in ((receipt.scan_code, ""), (receipt.tracking_code, "2026/1")):
        found = ctx.read(status, code, number)
        assert (found.record_number, found.unit) == (receipt.record_number, "Fen İşleri Müdürlüğü")
        assert "Ayşe" not in str(found)
    for code, number in (
        (receipt.tracking_code, ""), (receipt.tracking_code, "2026/2"), (receipt.record_number, receipt.record_number),
        ("XXXX-XXXX", receipt.record_number),
    ):  # fmt: skip
        with pytest.raises(UserError, match="bulunamadı"):
            ctx.read(status, code, number)


@both
def test_pages_of_a_list_hold_every_row_once_in_order(ctx: Context) -> None:
    for place in range(23):
        records.register(ctx, asked(urgency=list(Urgency)[place % 4]), receipt=False)
    for query in (
        ListQuery(),
        replace(ListQuery(), order=Order.NEWEST),
        replace(ListQuery(), order=Order.URGENCY),
    ):
        rows, after = [], ""
        while True:
            page = applications.work_list(ctx, query, after, 5)
            rows += page.rows
            after = page.next
            if not after:
                break
        assert len({row.id for row in rows}) == 23
        due = [row.due_on for row in rows]
        if query.order is Order.DUE:
            assert due == sorted(due)
        if query.order is Order.URGENCY:
            ranks = [list(Urgency).index(row.urgency) for row in rows]
            assert ranks == sorted(ranks)
        if query.order is Order.NEWEST:
            numbers = [row.record_number for row in rows]
            assert numbers == sorted(numbers, reverse=True)
    assert applications.list_size(ctx, ListQuery()) == ListSize(23, more=False)
    counts = ctx.read(worklists.counts, ctx.actor.staff_id)
    assert (counts.open, counts.awaiting, counts.mine, counts.untold) == (23, 23, 0, 0)


@both
def test_filters_narrow_a_list(ctx: Context) -> None:
    records.register(ctx, asked(channel=Channel.PHONE, kind=ApplicationKind.COMPLAINT))
    records.register(ctx, asked(subject="Çöp toplama", subject_code="cop", neighbourhood_code="fatih"))
    for query, found in (
        (ListQuery(unit_code="fen"), 1), (ListQuery(channel=Channel.PHONE), 1), (ListQuery(mine=True), 0),
        (ListQuery(neighbourhood_code="fatih"), 1), (ListQuery(state=ApplicationState.NEW), 0),
        (ListQuery(kind=ApplicationKind.COMPLAINT), 1),
        (ListQuery(overdue_only=True), 0), (ListQuery(awaiting=True), 2), (ListQuery(untold=True), 0),
        (ListQuery(received_from=date(2026, 11, 25)), 0), (ListQuery(text="ayşe", unit_code="temizlik"), 1),
    ):  # fmt: skip
        assert len(applications.work_list(ctx, query).rows) == found, query
    with pytest.raises(UserError, match="birim yok"):
        applications.work_list(ctx, ListQuery(unit_code="yok"))
    applications.save_filter(ctx, "Fen, acil", ListQuery(unit_code="fen", urgency=Urgency.URGENT))
    applications.save_filter(ctx, "Fen, acil", ListQuery(unit_code="fen", received_from=date(2026, 1, 1)))
    (saved,) = applications.saved_filters(ctx)
    assert saved.query == ListQuery(unit_code="fen", received_from=date(2026, 1, 1))


def test_an_earlier_arrival_runs_from_its_own_day(ctx: Context) -> None:
    early = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    given = asked(channel=Channel.CIMER, fields={"cimer_number": "2612345678"}, received_at=early)
    assert records.register(ctx, given).due_on == date(2026, 12, 20)


def test_the_clerk_reads_a_record_of_its_own_site_only(ctx: Context) -> None:
    receipt = records.register(ctx, asked())
    elsewhere = Scope(uuid4(), date(2026, 11, 24), ctx.now())
    with ctx.db.read() as session, pytest.raises(UserError, match="bulunamadı"):
        cases.detail(session, elsewhere, receipt.application_id)

"""The life of an application: every move by the table, who was first, the clock that stands, and any order of moves."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from desk.actions import applications, records
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock, local_date
from desk.errors import Stale, UserError
from desk.models.application import Application
from desk.models.work import Work
from desk.registry import life
from desk.registry.application_types import (
    ApplicationKind,
    ApplicationRequest,
    Detail,
    ListQuery,
    Outcome,
    Urgency,
)
from desk.registry.life import OPEN, RULES, Move, Step
from desk.registry.types import ApplicationState, Channel, DocumentKind, PersonInput
from desk.reports import recount

both = pytest.mark.usefixtures("both_engines")
State = ApplicationState


def new(ctx: Context, **more: object) -> UUID:
    given_: dict[str, object] = {"key": str(uuid4()), "subject": "Kaldırım onarımı", "unit_code": "fen"}
    given_["sender"] = PersonInput(name="Ayşe Işıldak")
    request = ApplicationRequest(**(given_ | more))  # type: ignore[arg-type]
    return records.register(ctx, request, receipt=False).application_id


def do(ctx: Context, key: UUID, move: Move, **more: object) -> Detail:
    return applications.move(ctx, key, Step(move, **more))  # type: ignore[arg-type]


def later(ctx: Context, clock: SetClock, days: int) -> None:
    """So many days on; somebody says that the date is right."""
    clock.advance(days=days)
    with ctx.work(Right.REGISTER, confirmed=local_date(clock.now())):
        pass


def agree(ctx: Context) -> None:
    with ctx.db.read() as session:
        assert recount.differences(session, ctx.actor.site_id, date(2026, 11, 24)) == []


@both
def test_from_the_unit_to_the_citizen_and_back(ctx: Context, clock: SetClock) -> None:
    key = new(ctx, document=DocumentKind.PETITION)
    do(ctx, key, Move.RETURN, text="Bizim işimiz değil")
    do(ctx, key, Move.REFER, unit_code="temizlik", text="Konteyner")
    do(ctx, key, Move.TAKE)
    clock.advance(hours=3)
    done = do(ctx, key, Move.ANSWER, outcome=Outcome.PARTIAL, text="Onarım programa alındı.")
    assert (done.state, done.outcome, done.owner) == (State.CLOSED, Outcome.PARTIAL, "Danışma Görevlisi 1")
    agree(ctx)
    do(ctx, key, Move.TELL, channel=Channel.PHONE)
    back = applications.feedback(ctx, key, reached=True, satisfied=False, reopen=True)
    assert (back.state, back.outcome, back.told_at, back.satisfied) == (State.REOPENED, None, None, "")
    assert [entry.kind for entry in back.timeline] == [
        "registered", "referred", "returned", "referred", "taken", "answered", "told", "feedback", "reopened",
    ]  # fmt: skip
    assert (back.timeline[2].text, back.timeline[2].unit) == ("Bizim işimiz değil", "Fen İşleri Müdürlüğü")
    agree(ctx)


@both
def test_the_second_of_two_clerks_is_told_who_was_first(ctx: Context) -> None:
    key = new(ctx)
    seen = applications.open_case(ctx, key).version
    do(ctx, key, Move.START, version=seen)
    with pytest.raises(Stale, match=r"İşleme alındı \(Danışma Görevlisi 1, 24\.11\.2026 10\.42\)"):
        do(ctx, key, Move.ANSWER, version=seen, outcome=Outcome.POSITIVE, text="x")


@pytest.mark.parametrize(
    ("move", "more", "sentence"),
    [
        (Move.REFER, {}, "Birimi seçiniz"),
        (Move.REFER, {"unit_code": "fen"}, "zaten bu birimde"),
        (Move.REFER, {"unit_code": "yok"}, "Böyle bir birim yok"),
        (Move.RETURN, {}, "Açıklama yazınız"),
        (Move.ANSWER, {"text": "x"}, "Sonucu seçiniz"),
        (Move.FORWARD, {}, "kurumu yazınız"),
        (Move.ASK, {"text": "x", "fee": True}, "yalnız bilgi edinme"),
        (Move.EXTEND, {"text": "x"}, "Yalnız bilgi edinme"),
        (Move.TELL, {"channel": Channel.SMS}, "“Birime havale” durumundaki başvuruda bu yapılamaz"),
        (Move.HEAR, {}, "yapılamaz"),
        (Move.NOTE, {"text": "a" * 4001}, "en çok 4000"),
    ],
)
def test_what_is_missing_or_impossible_is_said(
    ctx: Context, move: Move, more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        do(ctx, new(ctx), move, **more)


def test_an_answer_before_the_registration_is_refused(ctx: Context, clock: SetClock) -> None:
    key = new(ctx)
    clock.advance(hours=-2)
    with pytest.raises(UserError, match="Kayıttan önceki"):
        do(ctx, key, Move.ANSWER, outcome=Outcome.POSITIVE, text="x")


@both
def test_the_clock_stands_while_the_citizen_is_asked(ctx: Context, clock: SetClock) -> None:
    petition = new(ctx, document=DocumentKind.PETITION)
    information = new(ctx, document=DocumentKind.INFORMATION, kind=ApplicationKind.INFORMATION)
    assert applications.open_case(ctx, information).due.on == date(2026, 12, 15)
    do(ctx, petition, Move.ASK, text="Adresinizi bildiriniz")
    asked = do(ctx, information, Move.ASK, text="Ücret 120 TL", fee=True)
    assert asked.due.stopped_on == date(2026, 11, 24)
    assert asked.timeline[-1].data["fee_until"] == "2026-12-15"
    later(ctx, clock, 10)
    heard = do(ctx, petition, Move.HEAR)
    assert (heard.due.on, heard.due.words) == (date(2027, 1, 3), "04.12.2026 + 30 gün → 03.01.2027")
    assert heard.due.day_off and heard.due.working_day_before == date(2026, 12, 31)
    heard = do(ctx, information, Move.HEAR)
    assert heard.due.words == "04.12.2026 + 15 iş günü → 25.12.2026"


def test_fifteen_days_become_thirty_only_before_they_are_over(ctx: Context, clock: SetClock) -> None:
    early, late = (new(ctx, document=DocumentKind.INFORMATION) for _ in range(2))
    longer = do(ctx, early, Move.EXTEND, text="İki kurum ilgili")
    assert longer.due.on == date(2027, 1, 6)
    later(ctx, clock, 25)
    with pytest.raises(UserError, match="artık uzatılamaz"):
        do(ctx, late, Move.EXTEND, text="İki kurum ilgili")


@both
def test_duplicates_are_joined_without_chains_or_circles(ctx: Context) -> None:
    first, second, third = new(ctx), new(ctx), new(ctx)
    joined = do(ctx, second, Move.JOIN, to=first)
    assert (joined.state, joined.joined_to) == (State.DUPLICATE, "2026/000001")
    assert applications.open_case(ctx, first).joined == ("2026/000002",)
    for key, to, sentence in (
        (third, third, "başka bir başvuru"),
        (third, second, "asıl başvuruyla"),
        (first, third, "bağlı başvurular var"),
        (third, uuid4(), "bulunamadı"),
    ):
        with pytest.raises(UserError, match=sentence):
            do(ctx, key, Move.JOIN, to=to)
    agree(ctx)
    parted = do(ctx, second, Move.REOPEN, text="Ayrı konuymuş")
    assert (parted.state, parted.joined_to) == (State.REOPENED, "")
    agree(ctx)


@both
def test_many_are_referred_with_one_cover_list_or_none(ctx: Context) -> None:
    for _ in range(3):
        new(ctx)
    rows = applications.work_list(ctx, ListQuery()).rows
    do(ctx, rows[2].id, Move.START)
    with pytest.raises(Stale, match=r"2026/000003: .* Hiçbiri havale edilmedi"):
        applications.forward_all(ctx, rows, "park")
    assert {row.unit for row in applications.work_list(ctx, ListQuery()).rows} == {"Fen İşleri"}
    cover = applications.forward_all(ctx, applications.work_list(ctx, ListQuery()).rows, "park")
    assert (cover.unit, len(cover.lines)) == ("Park ve Bahçeler Müdürlüğü", 3)
    agree(ctx)


def test_an_urgent_matter_is_due_sooner(ctx: Context) -> None:
    key = new(ctx)
    changed = do(ctx, key, Move.URGE, urgency=Urgency.URGENT, text="Çocuk düşmüş")
    assert (changed.urgency, changed.due.on) == (Urgency.URGENT, date(2026, 11, 25))


STEPS: dict[Move, dict[str, object]] = {
    Move.REFER: {"unit_code": "park"},
    Move.ANSWER: {"outcome": Outcome.POSITIVE},
    Move.FORWARD: {"body": "İSKİ", "letter": "12"},
    Move.TELL: {"channel": Channel.PHONE},
    Move.FEEDBACK: {"satisfied": True},
    Move.URGE: {"urgency": Urgency.HIGH},
}


@both
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Move))), max_size=25))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
def test_no_order_of_moves_leaves_the_table(ctx: Context, wanted: list[tuple[int, Move]]) -> None:
    """A move is made exactly when the table allows it; every one raises the version and appends an event."""
    keys = [new(ctx) for _ in range(3)]
    with ctx.work(Right.REGISTER) as work:
        for place, move in wanted:
            before = row_of(work, keys[place])
            step = Step(move, text="Açıklama", to=keys[(place + 1) % 3], **STEPS.get(move, {}))  # type: ignore[arg-type]
            allowed = State(before.state) in RULES[move].sources
            try:
                life.do(work, keys[place], step)
            except UserError:
                assert row_of(work, keys[place]) == before
                assert not allowed or move in (Move.REFER, Move.JOIN, Move.URGE, Move.EXTEND, Move.TAKE)
                continue
            assert allowed
            after = row_of(work, keys[place])
            assert after.version == before.version + 1
            assert after.state == (RULES[move].target or before.state)
            assert after.open == (State(after.state) in OPEN)
            assert (after.stopped_on is not None) == (after.state == State.WAITING)
            assert (after.outcome is not None) == (after.state == State.CLOSED)
            assert (after.joined_to is not None) == (after.state == State.DUPLICATE)
            assert after.joined_to is None or row_of(work, after.joined_to).joined_to is None
    agree(ctx)


def row_of(work: Work, key: UUID) -> Row[Any]:
    table = Application.__table__
    return work.session.execute(select(table).where(table.c.id == key)).one()

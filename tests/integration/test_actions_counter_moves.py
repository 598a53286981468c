"""Beyond call and finish: chosen numbers, those who come after all, sent to a counter or clerk, breaks, closed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from acting import assert_whole, call, current, serve, state, visit
from sqlalchemy import select, update

from desk.actions import counter, desk, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.day_event import DayEvent
from desk.models.print_job import PrintJob
from desk.models.site import Counter, CounterPeriod, Service, Site, Staff
from desk.models.ticket import Ticket, TicketCall, TicketPeriod
from desk.queue import closing, overrides, reads
from desk.queue.overrides import CapReached
from desk.queue.reasons import after_call, before_call
from desk.queue.types import CallReason, Priority

pytestmark = pytest.mark.usefixtures("both_engines")


def configure(ctx: Context, **values: Any) -> None:
    """Change settings of the site, as the settings page does."""
    from desk.actor import Right
    from desk.events import Kind

    with ctx.work(Right.OVERRIDE) as work:
        before = work.session.execute(select(Site.settings)).scalar_one()
        work.session.execute(update(Site).values(settings=before | values))
        work.change(Kind.SETTINGS_CHANGED)


def row(ctx: Context, ticket_id: Any) -> Ticket:
    with ctx.db.read() as session:
        return session.get_one(Ticket, ticket_id)


def numbers(ctx: Context, banko: int) -> list[str]:
    return [one.number for one in ctx.read(reads.counter_panel, banko).next]


def same(words: str) -> str:
    return words


# --- the rule a site has chosen -------------------------------------------------------------------------------------
def arrive(ctx: Context, clock: SetClock, *arrivals: tuple[float, bool]) -> None:
    """Numbers V 001, V 002 … each so many minutes after the one before; with öncelik or not."""
    for minutes, priority in arrivals:
        clock.advance(minutes=minutes)
        visit(ctx, priority=Priority.AGE if priority else None)


def test_strict_calls_every_priority_number_first_and_says_so(ctx: Context, clock: SetClock) -> None:
    configure(ctx, calling_rule="strict")
    arrive(ctx, clock, (0, False), (40, True), (1, True), (1, False))
    panel = ctx.read(reads.counter_panel, 4)
    assert [(one.number, before_call(one, same)) for one in panel.next] == [
        ("V 002", "Öncelikli · 2 dk bekledi"),
        ("V 003", "Öncelikli · 1 dk bekledi"),
        ("V 001", "42 dk bekledi"),
    ]
    first = serve(ctx, 4)
    assert first.reason == CallReason("strict", 1, 2, 0, "V 003", 1, 0, True, True)
    assert after_call(first.reason, same) == (
        "2 dk bekledi; öncelikli olduğu için önce çağrıldı. "
        "Ardından V\N{NO-BREAK SPACE}003 geliyordu: 1 dk (öncelikli)."
    )
    assert [serve(ctx, 4).number for _ in range(3)] == ["V 003", "V 001", "V 004"]


def test_two_priority_numbers_then_one_of_the_others(ctx: Context, clock: SetClock) -> None:
    configure(ctx, calling_rule="interleave", interleave_k=2)
    arrive(ctx, clock, (0, False), (1, False), (1, True), (1, True), (1, True), (1, True))
    assert numbers(ctx, 4) == ["V 003", "V 004", "V 001"]  # as it will be, not the three that would win now
    called = [serve(ctx, 4) for _ in range(6)]
    assert [one.number for one in called] == ["V 003", "V 004", "V 001", "V 005", "V 006", "V 002"]
    assert (called[2].reason.run, called[2].reason.k) == (2, 2)
    assert after_call(called[2].reason, same).startswith(
        "Art arda 2 öncelikliden sonra genel sıranın çağrısıydı; en uzun bekleyen: 5 dk."
    )


def test_each_counter_keeps_its_own_turn(ctx: Context, clock: SetClock) -> None:
    configure(ctx, calling_rule="interleave", interleave_k=1)
    arrive(ctx, clock, (0, False), (1, True), (1, True))
    assert [serve(ctx, 4).number, serve(ctx, 5).number, serve(ctx, 5).number] == ["V 002", "V 003", "V 001"]


def test_a_priority_minute_counts_as_often_as_the_site_says(ctx: Context, clock: SetClock) -> None:
    configure(ctx, calling_rule="accumulating", accumulating_ratio=3)
    arrive(ctx, clock, (0, False), (6, True), (2, False))
    assert numbers(ctx, 4)[0] == "V 001"  # 8 minutes against 3 × 2
    clock.advance(minutes=2)
    called = serve(ctx, 4)
    assert called.number == "V 002"  # 3 × 4 against 10
    assert after_call(called.reason, same).startswith(
        "4 dk bekledi; öncelikli sırada her dakika 3 dakika sayıldı. Ardından"
    )


def test_an_unknown_rule_is_the_head_start(ctx: Context, clock: SetClock) -> None:
    configure(ctx, calling_rule="yarının kuralı")
    arrive(ctx, clock, (0, False), (20, True))
    assert call(ctx, 4).reason.rule == "head_start"


# --- this very number -----------------------------------------------------------------------------------------------
def test_a_chosen_number_needs_a_reason_and_keeps_it(ctx: Context, clock: SetClock) -> None:
    arrive(ctx, clock, (0, False), (3, False))
    clock.advance(minutes=2)
    chosen = ctx.read(reads.find_open, "v-2").id
    for nothing in ("", "  \n", "x" * 121):
        with pytest.raises(UserError, match="nedenini en çok 120 harfle"):
            counter.call_this(ctx, 4, chosen, nothing)
    at = counter.call_this(ctx, 4, chosen, "Acil durum")
    assert at.reason == CallReason("chosen", 1, 2, 0, "V 001", 5, 0, note="Acil durum")
    counter.start(ctx, at.ticket_id)
    counter.finish(ctx, at.ticket_id)
    with pytest.raises(Stale, match="V 002 için önce Banko 4 işlem yaptı: Tamamlandı"):
        counter.call_this(ctx, 5, chosen, "Acil durum")
    assert call(ctx, 4).number == "V 001"
    assert_whole(ctx)


def test_a_number_is_found_as_it_is_typed_or_scanned(ctx: Context) -> None:
    ticket = visit(ctx).tickets[0]
    for typed in ("V 001", "v1", " V-001 ", ticket.scan_code):
        assert ctx.read(reads.find_open, typed).id == ticket.id
    for typed in ("V 002", "", "vergi", "999999999999"):
        with pytest.raises(UserError, match="Bugün verilmiş böyle bir numara yok"):
            ctx.read(reads.find_open, typed)


def test_a_number_of_yesterday_cannot_be_called(ctx: Context, clock: SetClock) -> None:
    old = visit(ctx).tickets[0]
    clock.advance(days=1)
    visit(ctx)
    with pytest.raises(Stale, match="V 001 gün sonunda kapandı"):
        counter.call_this(ctx, 4, old.id, "Acil durum")


# --- back again -----------------------------------------------------------------------------------------------------
def missed(ctx: Context, clock: SetClock) -> Any:
    at = call(ctx, 4)
    counter.recall(ctx, at.ticket_id)
    clock.advance(seconds=20)
    counter.no_show(ctx, at.ticket_id)
    return at


def test_who_comes_after_all_waits_with_number_and_arrival_and_is_no_no_show(ctx: Context, clock: SetClock) -> None:
    first = visit(ctx).tickets[0]
    clock.advance(minutes=5)
    visit(ctx)
    missed(ctx, clock)
    assert shift.sheet(ctx).no_shows == 1
    clock.advance(minutes=29)
    assert [one.number for one in ctx.read(reads.missed, current_counter(ctx, 4))] == ["V 001"]
    counter.bring_back(ctx, first.id)
    assert shift.sheet(ctx).no_shows == 0
    assert numbers(ctx, 4) == ["V 001", "V 002"]
    again = call(ctx, 4)
    assert (again.number, again.waited_seconds, again.recalls) == ("V 001", 300, 1)
    assert row(ctx, first.id).arrived_at == first.issued_at
    with pytest.raises(Stale):
        counter.bring_back(ctx, first.id)
    assert_whole(ctx)


def current_counter(ctx: Context, banko: int) -> Any:
    return ctx.read(reads.counter_panel, banko).counter_id


def test_too_late_is_said_with_what_to_do(ctx: Context, clock: SetClock) -> None:
    configure(ctx, bring_back_minutes=10)
    first = visit(ctx).tickets[0]
    missed(ctx, clock)
    clock.advance(minutes=10, seconds=1)
    with pytest.raises(UserError, match=r"V 001 için geri alma süresi \(10 dk\) doldu; yeni numara veriniz"):
        counter.bring_back(ctx, first.id)
    assert ctx.read(reads.missed, current_counter(ctx, 4)) == ()
    clock.advance(days=1)
    with pytest.raises(UserError, match="doldu"):
        counter.bring_back(ctx, first.id)
    assert_whole(ctx)


def test_a_called_or_held_number_goes_back_to_its_place(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.advance(minutes=5)
    visit(ctx)
    at = call(ctx, 4)
    counter.return_to_queue(ctx, at.ticket_id)
    assert numbers(ctx, 5) == ["V 001", "V 002"]
    at = call(ctx, 5)
    assert at.number == "V 001"
    counter.hold(ctx, at.ticket_id)
    counter.return_to_queue(ctx, at.ticket_id)
    assert numbers(ctx, 4) == ["V 001", "V 002"]
    with pytest.raises(Stale, match=r"V 001 için önce Danışma Görevlisi 1 işlem yaptı: Bekliyor \(10\.47\)"):
        counter.start(ctx, at.ticket_id)
    assert_whole(ctx)


def test_whoever_leaves_is_counted_as_left(ctx: Context, clock: SetClock) -> None:
    waits, called, held, served = visit(ctx, numbers=4, persons=4).tickets
    counter.call_next(ctx, 4)
    counter.leave(ctx, waits.id)  # was called at 4
    counter.leave(ctx, called.id)  # while it waits
    at = call(ctx, 4)
    counter.hold(ctx, at.ticket_id)
    counter.leave(ctx, held.id)
    at = call(ctx, 4)
    counter.start(ctx, served.id)
    with pytest.raises(Stale, match="İşlemde"):
        counter.leave(ctx, served.id)
    assert shift.sheet(ctx).left == 3
    assert_whole(ctx)


# --- sent on --------------------------------------------------------------------------------------------------------
def test_a_number_sent_to_a_counter_is_called_there_alone_until_it_closes(
    ctx: Context, context_of: Callable[..., Context]
) -> None:
    five, seven = context_of(staff="banko5"), context_of(staff="banko7")
    counter.open_counter(five, 5)
    counter.open_counter(seven, 7)
    first = visit(ctx).tickets[0]
    at = call(ctx, 4)
    counter.transfer_to_counter(ctx, at.ticket_id, 7)
    assert (numbers(ctx, 4), numbers(ctx, 5), numbers(ctx, 7)) == ([], [], ["V 001"])  # without the skill, too
    assert counter.call_next(five, 5) is None
    counter.begin_break(seven, 7, "Kısa mola")
    assert numbers(ctx, 5) == []
    counter.close_counter(seven, 7)
    assert (numbers(ctx, 4), numbers(ctx, 5)) == (["V 001"], ["V 001"])
    again = call(five, 5)
    assert (again.ticket_id, row(ctx, first.id).wanted_counter_id) == (first.id, None)
    assert_whole(ctx)


def test_a_number_sent_to_a_clerk_goes_with_them(ctx: Context, context_of: Callable[..., Context]) -> None:
    clerk = context_of(staff="banko5")
    counter.open_counter(clerk, 5)
    visit(ctx)
    at = call(ctx, 4)
    counter.transfer_to_staff(ctx, at.ticket_id, "banko5")
    assert (numbers(ctx, 4), numbers(ctx, 5)) == ([], ["V 001"])
    counter.close_counter(clerk, 5)
    counter.open_counter(clerk, 7)
    assert (numbers(ctx, 4), numbers(ctx, 7)) == ([], ["V 001"])
    called = call(clerk, 7)
    assert called.reason.wanted == "staff"
    assert after_call(called.reason, same).startswith("Bu bankodaki görevliye yönlendirilmişti.")


def test_nobody_is_sent_to_an_empty_seat(ctx: Context) -> None:
    visit(ctx)
    at = call(ctx, 4)
    with pytest.raises(UserError, match="Banko 5 kapalı; başka banko veya hizmet seçiniz"):
        counter.transfer_to_counter(ctx, at.ticket_id, 5)
    with pytest.raises(UserError, match="şu anda bir bankoda değil"):
        counter.transfer_to_staff(ctx, at.ticket_id, "banko5")
    with pytest.raises(UserError, match="Görevli yok: yok"):
        counter.transfer_to_staff(ctx, at.ticket_id, "yok")
    assert state(ctx, at.ticket_id) == "called"


def test_a_further_number_is_of_the_same_visit_and_has_its_slip(ctx: Context, clock: SetClock) -> None:
    first = visit(ctx, priority=Priority.AGE).tickets[0]
    clock.advance(minutes=7)
    serve(ctx, 4)
    more = counter.add_service(ctx, first.id, "imar")
    assert (more.visit_id, more.number, more.priority) == (first.visit_id, "R 001", True)
    assert row(ctx, more.id).arrived_at == clock.now()
    with ctx.db.read() as session:
        assert session.execute(select(PrintJob.kind).where(PrintJob.subject_id == more.id)).scalars().all() == [
            "ticket"
        ]
    counter.transfer(ctx, call(ctx, 7).ticket_id, "talep")  # it was asked for there all the same
    sheet = shift.sheet(ctx)
    assert (sheet.visits, sheet.tickets_issued) == (1, 2)
    assert_whole(ctx)


def test_a_further_number_over_the_cap_needs_a_reason_that_is_kept(ctx: Context) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "imar").values(daily_cap=1))
    visit(ctx, "imar")
    first = visit(ctx).tickets[0]
    serve(ctx, 4)
    with pytest.raises(CapReached):
        counter.add_service(ctx, first.id, "imar")
    with pytest.raises(UserError, match="Gerekçeyi"):
        counter.add_service(ctx, first.id, "imar", " x ")
    more = counter.add_service(ctx, first.id, "imar", "Uzaktan geldi")
    assert more.number == "R 002"
    (kept,) = ctx.read(overrides.of_day)
    assert (kept.number, kept.limit, kept.reason) == ("R 002", overrides.Limit.CAP, "Uzaktan geldi")
    assert_whole(ctx)


def test_who_is_sent_where_nobody_sits_waits_there_and_it_is_said(ctx: Context) -> None:
    visit(ctx)
    sent = counter.transfer(ctx, call(ctx, 4).ticket_id, "imar")
    assert (sent.service, sent.manned) == ("İmar ve ruhsat", False)
    assert "“{service}” için şu anda açık banko yok" in sent.notice
    visit(ctx)
    counter.open_counter(ctx, 7)
    assert counter.transfer(ctx, call(ctx, 4).ticket_id, "imar").notice == ""
    assert call(ctx, 7).number == "V 001"
    assert_whole(ctx)


def test_a_number_of_another_day_gets_no_further_one(ctx: Context, clock: SetClock) -> None:
    first = visit(ctx).tickets[0]
    serve(ctx, 4)
    clock.advance(days=1)
    with pytest.raises(UserError, match="V 001 başka bir günün numarası; Danışma’dan yeni numara veriniz"):
        counter.add_service(ctx, first.id, "imar")
    assert_whole(ctx)


def test_a_site_may_let_a_further_number_wait_since_the_first(ctx: Context, clock: SetClock) -> None:
    configure(ctx, further_service_keeps_arrival=True)
    first = visit(ctx).tickets[0]
    clock.advance(minutes=7)
    more = counter.add_service(ctx, first.id, "imar")
    assert row(ctx, more.id).arrived_at == first.issued_at
    assert_whole(ctx)


# --- the counter ----------------------------------------------------------------------------------------------------
def test_a_counter_on_break_calls_nobody_and_the_roster_keeps_why(ctx: Context, clock: SetClock) -> None:
    visit(ctx, numbers=2, persons=2)
    counter.open_counter(ctx, 4)
    clock.advance(minutes=30)
    counter.begin_break(ctx, 4, "Öğle arası")
    panel = ctx.read(reads.counter_panel, 4)
    assert (panel.state, panel.break_reason, panel.break_since, panel.open) == (
        "break",
        "Öğle arası",
        clock.now(),
        False,
    )
    with pytest.raises(UserError, match=r"Banko 4 molada\. Çağırmak için önce moladan dönünüz"):
        counter.call_next(ctx, 4)
    clock.advance(minutes=15)
    counter.open_counter(ctx, 4)
    at = call(ctx, 4)
    with pytest.raises(UserError, match="Önce V 001"):
        counter.begin_break(ctx, 4, "Kısa mola")
    counter.hold(ctx, at.ticket_id)
    counter.begin_break(ctx, 4, "Kısa mola")
    with pytest.raises(UserError, match="molada"):
        counter.resume(ctx, at.ticket_id)
    with ctx.db.read() as session:
        made = (
            session.execute(select(CounterPeriod).order_by(CounterPeriod.started_at, CounterPeriod.id)).scalars().all()
        )
    assert [(p.kind, p.reason) for p in made] == [
        ("open", ""), ("break", "Öğle arası"), ("open", ""), ("break", "Kısa mola"),
    ]  # fmt: skip
    assert [(p.ended_at - p.started_at) for p in made[:2]] == [timedelta(minutes=30), timedelta(minutes=15)]


def test_a_closed_counter_says_what_to_do_and_its_held_numbers_wait_again(ctx: Context) -> None:
    visit(ctx)
    with pytest.raises(UserError, match=r"Banko 4 kapalı\. Çağırmak için önce bankoyu açınız"):
        counter.call_next(ctx, 4, opens=False)
    at = call(ctx, 4)
    counter.hold(ctx, at.ticket_id)
    assert counter.close_counter(ctx, 4) == 1
    assert numbers(ctx, 5) == ["V 001"]
    with pytest.raises(UserError, match="Banko 4 açık değil; mola verilemez"):
        counter.begin_break(ctx, 4, "Kısa mola")
    with ctx.db.write() as session:
        session.execute(update(Counter).where(Counter.number == 5).values(state="open", staff_id=None))
    with pytest.raises(UserError, match="Banko 5 için görevli yok"):
        counter.call_next(ctx, 5)


def test_another_clerk_at_an_open_counter_begins_a_time_of_their_own(
    ctx: Context, clock: SetClock, context_of: Callable[..., Context]
) -> None:
    visit(ctx)
    counter.open_counter(ctx, 4)
    clock.advance(minutes=5)
    call(context_of(staff="banko5"), 4)
    with ctx.db.read() as session:
        asked = select(Staff.code, CounterPeriod.ended_at).join(Staff, Staff.id == CounterPeriod.staff_id)
        made = session.execute(asked.order_by(CounterPeriod.started_at)).all()
    assert [tuple(one) for one in made] == [("danisma1", clock.now()), ("banko5", None)]


def test_automatic_calls_are_kept_with_the_counter(ctx: Context) -> None:
    counter.set_auto_call(ctx, 4, 10)
    assert ctx.read(reads.counter_panel, 4).auto_call_seconds == 10
    with pytest.raises(UserError, match="0 ile 120 saniye"):
        counter.set_auto_call(ctx, 4, 121)


def test_every_act_marks_the_counter_as_manned(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    at = call(ctx, 4)
    for act in (counter.recall, counter.start, counter.hold, counter.resume, counter.finish):
        clock.advance(minutes=1)
        act(ctx, at.ticket_id)
        with ctx.db.read() as session:
            seen = session.execute(select(Counter.seen_at).where(Counter.number == 4)).scalar_one()
        assert seen == clock.now(), act.__name__


# --- the end of the day ---------------------------------------------------------------------------------------------
def test_after_the_day_is_closed_nobody_is_given_a_number_called_or_sent_on(ctx: Context, clock: SetClock) -> None:
    first = visit(ctx, numbers=3, persons=3).tickets
    missed(ctx, clock)
    served = call(ctx, 4)
    counter.start(ctx, served.ticket_id)
    clock.advance(minutes=3)
    assert shift.close_day(ctx) == 1
    assert ctx.read(closing.is_closed)
    sentence = r"Gün saat 10\.45 itibarıyla kapatıldı"
    for deed in (
        lambda: visit(ctx),
        lambda: counter.call_next(ctx, 5),
        lambda: counter.open_counter(ctx, 5),
        lambda: counter.bring_back(ctx, first[0].id),
        lambda: counter.transfer(ctx, served.ticket_id, "imar"),
        lambda: counter.add_service(ctx, served.ticket_id, "imar"),
    ):
        with pytest.raises(UserError, match=sentence):
            deed()
    assert current(ctx, 4) is not None
    counter.finish(ctx, served.ticket_id)
    with pytest.raises(Stale, match=r"Gün saat 10\.45 itibarıyla kapatılmıştı \(Danışma Görevlisi 1\)"):
        shift.close_day(ctx)
    assert_whole(ctx)


def test_a_closed_day_is_opened_again_with_a_reason_that_is_kept(ctx: Context) -> None:
    visit(ctx)
    counter.open_counter(ctx, 5)
    with pytest.raises(Stale, match="Gün zaten açık"):
        shift.reopen_day(ctx, "Neden")
    shift.close_day(ctx)
    assert ctx.read(reads.counter_panel, 5).state == "closed"
    with pytest.raises(UserError, match="nedenini en çok 200 harfle"):
        shift.reopen_day(ctx, " ")
    shift.reopen_day(ctx, "Meclis uzadı")
    assert not ctx.read(closing.is_closed)
    assert visit(ctx).tickets[0].number == "V 002"
    with ctx.db.read() as session:
        kept = session.execute(select(DayEvent.kind, DayEvent.reason).order_by(DayEvent.id)).all()
    assert [tuple(one) for one in kept] == [("closed", ""), ("reopened", "Meclis uzadı")]
    assert_whole(ctx)


def test_the_next_morning_opens_by_itself(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    shift.close_day(ctx)
    clock.advance(days=1)
    assert visit(ctx).tickets[0].number == "V 001"
    assert call(ctx, 4).number == "V 001"
    assert not ctx.read(closing.is_closed)


# --- the share of priority ------------------------------------------------------------------------------------------
def test_the_shift_lead_is_warned_when_every_fifth_number_has_oncelik(ctx: Context) -> None:
    visit(ctx, priority=Priority.AGE, numbers=6, persons=6)
    assert not ctx.read(reads.priority_share).over  # of so few it says nothing
    visit(ctx, numbers=23, persons=23)
    undone = visit(ctx)
    desk.undo_visit(ctx, undone.visit.id)
    visit(ctx)
    share = ctx.read(reads.priority_share)
    assert (share.priority, share.numbers, share.percent, share.over) == (6, 30, 20.0, True)
    visit(ctx, numbers=4, persons=4)
    assert not ctx.read(reads.priority_share).over


# --- what is left behind --------------------------------------------------------------------------------------------
def test_every_call_and_every_time_says_who_and_where(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    at = call(ctx, 4)
    clock.advance(seconds=30)
    counter.recall(ctx, at.ticket_id)
    counter.start(ctx, at.ticket_id)
    counter.hold(ctx, at.ticket_id)
    counter.resume(ctx, at.ticket_id)
    counter.finish(ctx, at.ticket_id)
    with ctx.db.read() as session:
        calls = session.execute(select(TicketCall).order_by(TicketCall.recall)).scalars().all()
        made = session.execute(select(TicketPeriod).order_by(TicketPeriod.id)).scalars().all()
        four = session.execute(select(Counter.id).where(Counter.number == 4)).scalar_one()
    assert [(c.recall, (c.at - calls[0].at).total_seconds()) for c in calls] == [(1, 0), (2, 30)]
    assert [(p.kind, p.counter_id) for p in made] == [
        ("waiting", None), ("called", four), ("serving", four), ("on_hold", four), ("serving", four),
    ]  # fmt: skip
    assert all(p.staff_id == ctx.actor.staff_id and p.ended_at for p in made)

"""Through a power cut: numbers are taken out before it, given by hand, and entered in one step after it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from acting import assert_whole, call, key, number, rows, visit
from sqlalchemy import select, update

from desk.actions import counter, reserved
from desk.actions.context import Context
from desk.actions.reserved import Handed
from desk.clock import SetClock
from desk.errors import UserError
from desk.models.counting import Measure
from desk.models.site import Service
from desk.models.summary import DayCount
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.printing import ledger
from desk.printing.elements import Slip
from desk.queue import reserved as queue_reserved
from desk.queue.reserved import ReservedState


def taken(ctx: Context, count: int = 5, service: str = "vergi") -> reserved.Taken:
    return reserved.reserve(ctx, service, count, key())


def states(ctx: Context) -> dict[str, str]:
    blocks = ctx.read(queue_reserved.blocks)
    return {one.number: str(one.state) for block in blocks for one in block.numbers}


def tickets(ctx: Context) -> list[Ticket]:
    with ctx.db.read() as session:
        return list(session.execute(select(Ticket).order_by(Ticket.serial)).scalars())


def counted(ctx: Context, measure: Measure) -> int:
    with ctx.db.read() as session:
        return sum(session.execute(select(DayCount.value).where(DayCount.measure == measure)).scalars())


def test_reserved_numbers_are_given_to_nobody_else(ctx: Context) -> None:
    assert number(ctx) == "V 001"
    block = taken(ctx).block
    assert (block.first, block.last) == ("V 002", "V 006")
    assert number(ctx) == "V 007"
    assert_whole(ctx)


def test_the_paper_names_every_number_once(ctx: Context) -> None:
    done = taken(ctx, 3)
    with ctx.db.read() as session:
        job = ledger.last_job(session, done.block.id, "reserved")
    assert job is not None and job.id == done.job
    words = [getattr(one, "text", "") for one in Slip.from_json(job.slip).elements]
    spoken = " ".join(words).replace("\N{NO-BREAK SPACE}", " ")
    assert spoken.count("V 002") == 1  # and the first and the last stand in the head too
    assert (spoken.count("V 001"), spoken.count("V 003")) == (2, 2)
    assert "Elle verilecek numaralar" in spoken


def test_a_second_press_takes_no_second_block_and_no_second_paper(ctx: Context) -> None:
    first = reserved.reserve(ctx, "V", 4, "one")
    again = reserved.reserve(ctx, "V", 4, "one")
    assert again.block == first.block
    assert (again.job, again.repeated) == (None, True)


def test_every_morning_all_services_in_one_step(ctx: Context) -> None:
    done = reserved.reserve_all(ctx, 3, "morning")
    assert len(done) == len({one.block.service_code for one in done}) == 7
    assert all(len(one.block.numbers) == 3 for one in done)


@pytest.mark.usefixtures("both_engines")
def test_what_was_given_by_hand_is_entered_in_one_step_and_the_rest_is_void(ctx: Context) -> None:
    taken(ctx, 6)
    done = reserved.enter(ctx, Handed("v1", "V 004"))
    assert done.numbers == ("V 001", "V 002", "V 003", "V 004")
    assert done.voided == 2
    assert states(ctx) == dict.fromkeys(done.numbers, "entered") | {"V 005": "void", "V 006": "void"}
    assert [one.number for one in tickets(ctx)] == list(done.numbers)
    assert rows(ctx, Visit) == 4
    assert counted(ctx, Measure.MANUAL_ENTERED) == 4
    assert number(ctx) == "V 007"  # a void number stays spent
    assert call(ctx, 4).number == "V 001"
    assert_whole(ctx)


def test_entering_again_changes_nothing(ctx: Context) -> None:
    taken(ctx, 4)
    reserved.enter(ctx, Handed("V 001", "V 003"))
    again = reserved.enter(ctx, Handed("V 001", "V 003"))
    assert (again.numbers, again.before, again.voided) == ((), ("V 001", "V 002", "V 003"), 0)
    assert rows(ctx, Ticket) == rows(ctx, Visit) == 3
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_two_desks_entering_at_once_enter_each_number_once(ctx: Context) -> None:
    taken(ctx, 8)
    with ThreadPoolExecutor(2) as desks:
        done = list(desks.map(lambda _: reserved.enter(ctx, Handed("V 001", "V 008")), range(2)))
    assert sorted(n for one in done for n in one.numbers) == [f"V {n:03d}" for n in range(1, 9)]
    assert rows(ctx, Ticket) == rows(ctx, Visit) == 8
    assert_whole(ctx)


def test_they_count_from_when_they_came(ctx: Context, clock: SetClock) -> None:
    taken(ctx, 2)
    came = clock.now()
    clock.advance(minutes=50)
    assert number(ctx) == "V 003"
    clock.advance(minutes=10)
    reserved.enter(ctx, Handed("V 001", "V 002", came))
    assert [one.arrived_at for one in tickets(ctx)][:2] == [came, came]
    assert [call(ctx, banko).number for banko in (4, 5)] == ["V 001", "V 002"]
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_who_was_served_by_hand_waits_no_longer(ctx: Context) -> None:
    taken(ctx, 4)
    reserved.enter(ctx, Handed("V 001", "V 004", served_to="V 003"))
    assert [one.state for one in tickets(ctx)] == ["served", "served", "served", "waiting"]
    assert counted(ctx, Measure.TICKETS_SERVED) == 3
    assert call(ctx, 4).number == "V 004"
    assert_whole(ctx)


def test_the_rest_may_be_kept_while_the_power_is_still_away(ctx: Context) -> None:
    taken(ctx, 5)
    assert reserved.enter(ctx, Handed("V 001", "V 002", release=False)).voided == 0
    assert reserved.enter(ctx, Handed("V 003", "V 004")).voided == 1


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("V 001", "V 009", "V 009 bugün elle verilmek üzere ayrılmamış"),
        ("V 003", "V 001", "önce gelmeli"),
        ("merhaba", "V 002", "anlaşılamadı"),
        ("V 001", "A 002", "ayrı dizilerden"),
    ],
)
def test_a_range_of_no_sense_is_refused_with_a_sentence(ctx: Context, first: str, last: str, sentence: str) -> None:
    taken(ctx, 4)
    taken(ctx, 4, "danisma")
    with pytest.raises(UserError, match=sentence):
        reserved.enter(ctx, Handed(first, last))
    assert rows(ctx, Ticket) == 0


def test_a_time_of_no_sense_is_refused_with_a_sentence(ctx: Context, clock: SetClock) -> None:
    taken(ctx, 4)
    for hour, sentence in ((9, "ayrıldığı saatten önce"), (12, "şu andan sonra")):
        at = datetime(2026, 11, 24, hour, 0, tzinfo=ZoneInfo("Europe/Istanbul"))
        with pytest.raises(UserError, match=sentence):
            reserved.enter(ctx, Handed("V 001", "V 002", at))


@pytest.mark.parametrize("count", [0, 101])
def test_a_block_of_no_sense_is_refused(ctx: Context, count: int) -> None:
    with pytest.raises(UserError, match="1 ile 100"):
        taken(ctx, count)


@pytest.mark.usefixtures("both_engines")
def test_what_was_not_entered_is_void_the_next_morning(ctx: Context, clock: SetClock) -> None:
    taken(ctx, 3)
    clock.advance(days=1)
    with pytest.raises(UserError, match="ayrılmamış"):
        reserved.enter(ctx, Handed("V 001", "V 002"))
    assert taken(ctx, 2).block.first == "V 001"  # a new day, numbers from the first
    with ctx.db.read() as session:
        found = session.execute(select(queue_reserved.ReservedNumber.state)).scalars().all()
    assert sorted(found) == [ReservedState.OPEN] * 2 + [ReservedState.VOID] * 3


@pytest.mark.usefixtures("both_engines")
def test_after_a_wrap_a_number_on_paper_is_passed_over(ctx: Context) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(first_serial=1, last_serial=5))
    taken(ctx, 2)  # V 001, V 002
    first = [visit(ctx) for _ in range(3)]
    assert [one.tickets[0].number for one in first] == ["V 003", "V 004", "V 005"]
    assert call(ctx, 4).number == "V 003"
    with pytest.raises(UserError, match="sıra doldu"):
        number(ctx)  # two on paper, two waiting, one called
    reserved.enter(ctx, Handed("V 001", "V 001"))  # and V 002 is free again
    assert number(ctx) == "V 002"


def test_after_a_wrap_nobody_is_brought_back_whose_number_is_on_paper(ctx: Context, clock: SetClock) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(first_serial=1, last_serial=3))
    visit(ctx)
    at = call(ctx, 4)
    counter.recall(ctx, at.ticket_id)
    clock.advance(seconds=30)
    counter.no_show(ctx, at.ticket_id)
    assert [number(ctx), number(ctx)] == ["V 002", "V 003"]
    assert taken(ctx, 1).block.first == "V 001"
    with pytest.raises(UserError, match="V 001 numarası bu arada başkasına verildi"):
        counter.bring_back(ctx, at.ticket_id)
    assert_whole(ctx)

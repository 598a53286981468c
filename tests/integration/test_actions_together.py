"""Many at once, killed, or kept out: no number twice, none lost, nothing half-written."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from acting import assert_whole, call, key, number, rows, visit, waiting
from processes import go, line_of, running, together
from sqlalchemy import event, select

from desk.actions import counter, desk
from desk.actions.context import Context
from desk.actions.desk import VisitRequest
from desk.clock import SetClock
from desk.errors import Fault, UserError
from desk.models.engine import Database
from desk.models.print_job import PrintJob
from desk.models.summary import Change
from desk.models.ticket import Ticket
from desk.models.visit import Visit

ISSUE = """
where = %(where)s
from desk.actions.desk import VisitRequest, register_visit
office = open_office(Config(database=url, data_dir=Path(folder)), "desk", clock)
ready()
for turn in range(int("%(count)s")):
    done = register_visit(office, VisitRequest(key=f"{where}-{turn}", service_code="vergi"))
    # One write a line: with PYTHONUNBUFFERED print() would make three, and mix them with those of others.
    sys.stdout.write(f"{done.tickets[0].number} {done.tickets[0].scan_code}\\n")
    sys.stdout.flush()
office.db.close()
"""

WAITS_BRIEFLY = 0.2


@pytest.mark.usefixtures("both_engines")
def test_eight_desks_at_once_give_every_number_once_and_leave_no_gap(ctx: Context, url: str, tmp_path: Path) -> None:
    given = together(8, ISSUE % {"count": 25, "where": "place"}, url, tmp_path)
    assert sorted(line[:5] for line in given) == [f"V {serial:03d}" for serial in range(1, 201)]
    assert len({line[6:] for line in given}) == 200  # barcodes
    with ctx.db.read() as session:
        seqs = session.execute(select(Change.seq).order_by(Change.seq)).scalars().all()
    assert seqs == list(range(1, len(seqs) + 1))
    assert rows(ctx, PrintJob) == 200
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_a_desk_killed_in_the_middle_loses_no_number_it_had_told(ctx: Context, url: str, tmp_path: Path) -> None:
    with running(ISSUE % {"count": 100_000, "where": "'doomed'"}, url, tmp_path) as process:
        assert line_of(process) == "ready"
        go(process)
        told = [line_of(process) for _ in range(20)]
        process.kill()
        assert process.stdout is not None
        told += process.stdout.read().splitlines()
    told = [line[:5] for line in told if len(line) == len("V 001 100100000017")]
    with ctx.db.read() as session:
        kept = session.execute(select(Ticket.number).order_by(Ticket.serial)).scalars().all()
    assert kept[: len(told)] == told
    assert kept == [f"V {serial:03d}" for serial in range(1, len(kept) + 1)]
    assert rows(ctx, Visit) == rows(ctx, PrintJob) == len(kept)
    assert number(ctx) == f"V {len(kept) + 1:03d}"
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_two_counters_never_call_the_same_number(ctx: Context) -> None:
    for _ in range(30):
        visit(ctx)
    called: Counter[str] = Counter()
    begin = threading.Barrier(2)

    def work(banko: int) -> list[str]:
        begin.wait()
        numbers = []
        while (at := counter.call_next(ctx, banko)) is not None:
            counter.start(ctx, at.ticket_id)
            counter.finish(ctx, at.ticket_id)
            numbers.append(at.number)
        return numbers

    with ThreadPoolExecutor(2) as pool:
        for numbers in pool.map(work, (4, 5)):
            called.update(numbers)
    assert called == {f"V {serial:03d}": 1 for serial in range(1, 31)}
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_two_presses_of_the_same_counter_call_one_number(ctx: Context) -> None:
    """On PostgreSQL both look at the counter before either has called."""
    for _ in range(4):
        visit(ctx)
    begin = threading.Barrier(2)

    def press(_: int) -> str:
        begin.wait()
        try:
            return call(ctx, 4).number
        except UserError as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, range(2)))
    assert told == ["V 001", "Önce V 001 numarasının işlemini tamamlayınız."]
    assert waiting(ctx) == 3


@pytest.mark.usefixtures("both_engines")
def test_a_double_press_from_two_threads_gives_one_number(ctx: Context) -> None:
    request = VisitRequest(key=key(), service_code="vergi")
    begin = threading.Barrier(4)

    def press(_: int) -> tuple[str, bool]:
        begin.wait()
        done = desk.register_visit(ctx, request)
        return done.tickets[0].number, done.repeated

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(press, range(4)))
    assert {number for number, _ in told} == {"V 001"}
    assert [repeated for _, repeated in told].count(False) == 1
    assert number(ctx) == "V 002"
    assert_whole(ctx)


@pytest.mark.usefixtures("both_engines")
def test_a_direction_pressed_on_two_threads_is_counted_once(ctx: Context) -> None:
    begin = threading.Barrier(4)

    def press(pressed: str) -> UUID:
        begin.wait()
        return desk.give_direction(ctx, desk.Direction(pressed)).id

    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            assert len(set(pool.map(press, [key()] * 4))) == 1
    assert rows(ctx, Visit) == 5
    assert_whole(ctx)


def test_a_file_kept_by_another_program_is_said_so_and_nothing_is_half_written(
    url: str, tmp_path: Path, clock: SetClock, context_of: Callable[..., Context]
) -> None:
    patient = context_of("desk")
    hasty = Context(Database(url, clock, busy_seconds=WAITS_BRIEFLY), patient.actor, tmp_path)
    visit(hasty)
    before = everything(hasty)
    other = sqlite3.connect(tmp_path / "danisma.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Fault, match=r"0\.2 saniyedir başka bir program kullanıyor\. Kayıt yapılmadı"):
        visit(hasty)
    assert waiting(hasty) == 1  # reading goes on
    assert everything(hasty) == before
    other.execute("ROLLBACK")
    other.close()
    assert number(hasty) == "V 002"
    assert_whole(hasty)
    hasty.db.close()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_row_kept_by_another_program_is_said_so_and_nothing_is_half_written(
    url: str, tmp_path: Path, clock: SetClock, context_of: Callable[..., Context]
) -> None:
    hasty = Context(Database(url, clock, busy_seconds=WAITS_BRIEFLY), context_of("desk").actor, tmp_path)
    visit(hasty)
    before = everything(hasty)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE number_series IN EXCLUSIVE MODE")
        with pytest.raises(Fault, match=r"0\.2 saniyedir başka bir program kullanıyor\. Kayıt yapılmadı"):
            visit(hasty)
        assert everything(hasty) == before
    assert number(hasty) == "V 002"
    assert_whole(hasty)
    hasty.db.close()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_server_that_drops_the_line_is_said_so_and_the_next_press_works(ctx: Context, url: str) -> None:
    visit(ctx)
    drop = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
    with pytest.raises(Fault, match=r"bağlantı koptu|ulaşılamıyor"), ctx.db.write() as session:
        session.execute(select(Visit)).all()
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(drop)
        session.execute(select(Visit)).all()
    assert number(ctx) == "V 002"


def test_a_file_that_may_not_be_written_says_so_and_what_is_there_can_be_read(
    db: Database, context_of: Callable[..., Context], tmp_path: Path, clock: SetClock
) -> None:
    """As root no permission holds, so SQLite itself is asked to refuse."""
    desk_context = context_of("desk")
    visit(desk_context)
    read_only = Database(f"sqlite:///{tmp_path / 'danisma.db'}", clock)
    event.listen(read_only.writer, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    refused = Context(read_only, desk_context.actor, tmp_path)
    with pytest.raises(Fault, match="yazılamıyor"):
        visit(refused)
    assert waiting(refused) == 1
    read_only.close()


def everything(ctx: Context) -> dict[str, int]:
    return {table.__name__: rows(ctx, table) for table in (Visit, Ticket, PrintJob, Change)}

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from printing_case import PrintRoom, slip
from sqlalchemy import Select, select, update

from desk.actor import Right
from desk.clock import SetClock
from desk.errors import UserError
from desk.events import Kind
from desk.models import changes
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.print_job import Printer, PrintJob
from desk.models.work import work
from desk.printing import copies, ledger
from desk.printing.elements import CopyMark, Slip
from desk.printing.types import JobState

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def room(db: Database, clock: SetClock, tmp_path: Path) -> Iterator[PrintRoom]:
    room = PrintRoom.of(db, clock, tmp_path)
    yield room
    room.close()


def took(room: PrintRoom, owner: str = "a") -> bool:
    with ledger.entry(room.db, room.actor) as entry:
        return ledger.lease(entry, room.printer_id, owner)


def take(room: PrintRoom, owner: str = "a") -> ledger.JobView | None:
    with ledger.entry(room.db, room.actor) as entry:
        return ledger.take(entry, room.printer_id, owner)


def test_a_slip_waits_in_the_ledger_as_it_was_drawn_up(room: PrintRoom) -> None:
    job = room.job(room.enqueue("Şişli 45"))
    assert (job.state, job.reason, job.copy_no) == ("queued", "", 1)
    assert Slip.from_json(job.slip) == slip("Şişli 45")


def test_jobs_are_taken_in_their_order_and_each_once(room: PrintRoom) -> None:
    assert took(room)
    first = room.enqueue()
    room.clock.advance(seconds=1)
    second = room.enqueue()
    taken = [take(room), take(room), take(room)]
    assert [job.id for job in taken if job] == [first, second]
    assert taken[2] is None
    assert room.job(first).state == JobState.SENDING


def test_only_the_owner_of_a_printer_takes_jobs(room: PrintRoom) -> None:
    room.enqueue()
    assert take(room, "nobody") is None
    assert took(room, "a")
    assert not took(room, "b")
    assert take(room, "b") is None
    assert take(room, "a") is not None


def test_a_lease_that_is_renewed_stays_and_one_that_runs_out_goes(room: PrintRoom) -> None:
    assert took(room, "a")
    room.clock.advance(seconds=10)
    assert took(room, "a")
    room.clock.advance(seconds=10)
    assert not took(room, "b")
    room.clock.advance(seconds=6)
    assert took(room, "b")
    assert not took(room, "a")


def test_what_a_dead_owner_was_sending_is_unknown_and_not_sent_again(room: PrintRoom) -> None:
    assert took(room, "a")
    job_id = room.enqueue()
    assert take(room, "a")
    room.clock.advance(seconds=16)
    assert took(room, "b")
    job = room.job(job_id)
    assert job.state == JobState.UNKNOWN
    assert "yarıda" in job.reason
    assert take(room, "b") is None


def test_a_printer_that_was_given_up_is_free_at_once(room: PrintRoom) -> None:
    assert took(room, "a")
    with ledger.entry(room.db, room.actor) as entry:
        ledger.release(entry, room.printer_id, "a")
    assert took(room, "b")


def test_a_late_word_about_a_job_of_a_lost_lease_changes_nothing(room: PrintRoom) -> None:
    assert took(room, "a")
    job_id = room.enqueue()
    take(room, "a")
    room.clock.advance(seconds=16)
    took(room, "b")
    with ledger.entry(room.db, room.actor) as entry:
        ledger.settle(entry, job_id, JobState.PRINTED)
    assert room.job(job_id).state == JobState.UNKNOWN


def test_a_reprint_is_a_new_row_marked_as_a_copy(room: PrintRoom) -> None:
    subject = new_id()
    first = room.enqueue(subject=subject)
    took(room)
    take(room)
    with ledger.entry(room.db, room.actor) as entry:
        ledger.settle(entry, first, JobState.PRINTED)
    with work(room.db, room.actor, Right.ISSUE) as unit:
        second = copies.reprint(unit, first)
    with work(room.db, room.actor, Right.ISSUE) as unit:
        third = copies.reprint(unit, first)
    assert [room.job(j).copy_no for j in (first, second, third)] == [1, 2, 3]
    assert Slip.from_json(room.job(third).slip).elements[0] == CopyMark("KOPYA 3")
    assert room.job(first).state == JobState.PRINTED
    with room.db.read() as session:
        newest = ledger.last_job(session, subject, "ticket")
        assert newest and newest.id == third
        assert ledger.last_job(session, subject, "receipt") is None
        assert session.execute(select(PrintJob.reprint_of).where(PrintJob.id == second)).scalar() == first


def test_a_job_that_still_waits_is_replaced_by_its_reprint_and_not_printed_twice(room: PrintRoom) -> None:
    first = room.enqueue()
    with work(room.db, room.actor, Right.ISSUE) as unit:
        second = copies.reprint(unit, first)
    assert room.job(first).state == JobState.FAILED
    took(room)
    taken = take(room)
    assert taken and taken.id == second
    assert take(room) is None


def test_a_reprint_comes_out_where_it_was_asked_for(room: PrintRoom) -> None:
    with room.db.read() as session:
        kiosk = session.execute(select(Printer).where(Printer.code == "kiosk-fis")).scalar_one()
    job_id = room.enqueue()
    with work(room.db, replace(room.actor, terminal_id=kiosk.terminal_id), Right.ISSUE) as unit:
        again = copies.reprint(unit, job_id)
    assert room.job(again).printer_id == kiosk.id


def test_nobody_takes_a_printer_whose_owner_is_just_taking_a_slip(room: PrintRoom) -> None:
    """Else the slip would stay *sending* for ever, should that owner die: the next one had looked before."""
    took(room)
    job_id = room.enqueue()
    with ledger.entry(room.db, room.actor) as entry:
        ledger.take(entry, room.printer_id, "a")
        assert not _is_free(room, select(Printer.id).where(Printer.id == room.printer_id))
    assert _is_free(room, select(Printer.id).where(Printer.id == room.printer_id))
    assert room.job(job_id).state == JobState.SENDING


def test_two_who_ask_for_a_copy_at_once_get_two_numbers(room: PrintRoom) -> None:
    job_id = room.enqueue()
    with work(room.db, room.actor, Right.ISSUE) as unit:
        copies.reprint(unit, job_id)
        assert not _is_free(room, select(PrintJob.id).where(PrintJob.id == job_id))


def _is_free(room: PrintRoom, row: Select[Any]) -> bool:
    """Whether another transaction may change the row now. On PostgreSQL a number may be enqueued all the while."""
    if room.db.path:
        with closing(sqlite3.connect(room.db.path, timeout=0, isolation_level=None)) as file:
            try:
                file.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True
    with room.db.writer.connect() as other:
        held = other.execute(row.with_for_update(key_share=True, skip_locked=True)).first() is None
        assert other.execute(row.with_for_update(read=True, key_share=True, skip_locked=True)).first() is not None
    return not held


def test_reprinting_what_does_not_exist_is_refused(room: PrintRoom) -> None:
    with pytest.raises(UserError, match="bulunamadı"), work(room.db, room.actor, Right.ISSUE) as unit:
        copies.reprint(unit, new_id())


def test_old_tickets_wait_for_a_person_and_receipts_wait_longer(room: PrintRoom) -> None:
    ticket, receipt = room.enqueue(kind="ticket"), room.enqueue(kind="receipt")
    room.clock.advance(minutes=3)
    fresh = room.enqueue(kind="ticket")
    with ledger.entry(room.db, room.actor) as entry:
        assert ledger.set_aside_stale(entry, room.printer_id) == 1
    assert room.job(ticket).state == JobState.WAITING
    assert "Zamanında" in room.job(ticket).reason
    assert room.job(receipt).state == room.job(fresh).state == JobState.QUEUED
    with room.db.read() as session:
        assert [job.id for job in ledger.open_jobs(session, room.printer_id)] == [receipt, fresh]


def test_every_change_of_a_job_or_printer_is_told_to_the_screens(room: PrintRoom) -> None:
    with room.db.read() as session:
        start = changes.last_seq(session, room.actor.site_id)
    job_id = room.enqueue()
    took(room)
    take(room)
    with ledger.entry(room.db, room.actor) as entry:
        ledger.settle(entry, job_id, JobState.PRINTED)
        assert ledger.note_state(entry, room.printer_id, "paper_low")
        assert not ledger.note_state(entry, room.printer_id, "paper_low")
    with room.db.read() as session:
        told = [(c.kind, c.subject_id) for c in changes.since(session, room.actor.site_id, start)]
    assert [t for t in told if t[0] != Kind.DAY_OPENED] == [
        (Kind.PRINT_CHANGED, job_id),
        (Kind.PRINT_CHANGED, job_id),
        (Kind.PRINT_CHANGED, job_id),
        (Kind.PRINTER_CHANGED, room.printer_id),
    ]


def test_waiting_jobs_say_why_once(room: PrintRoom) -> None:
    job_id = room.enqueue()
    with room.db.read() as session:
        assert ledger.unexplained(session, room.printer_id, "Kâğıt bitti.")
    with ledger.entry(room.db, room.actor) as entry:
        ledger.hold(entry, room.printer_id, "Kâğıt bitti.")
    assert (room.job(job_id).state, room.job(job_id).reason) == ("queued", "Kâğıt bitti.")
    with room.db.read() as session:
        assert not ledger.unexplained(session, room.printer_id, "Kâğıt bitti.")


def test_printers_show_their_queue_and_what_was_lost(room: PrintRoom) -> None:
    took(room)
    lost, replaced = room.enqueue(), room.enqueue()
    for job_id in (lost, replaced):
        take(room)
        with ledger.entry(room.db, room.actor) as entry:
            ledger.settle(entry, job_id, JobState.UNKNOWN, "?")
    with work(room.db, room.actor, Right.ISSUE) as unit:
        copies.reprint(unit, replaced)
    with room.db.read() as session:
        shown = {p.code: p for p in ledger.printers(session, room.actor.site_id)}
    assert (shown["danisma-fis"].queued, shown["danisma-fis"].failed) == (1, 1)
    assert shown["danisma-fis"].terminal_name
    assert shown["kiosk-fis"].queued == 0


def test_a_terminal_without_a_printer_of_its_own_uses_one_of_the_site(room: PrintRoom) -> None:
    with room.db.write() as session:
        session.execute(update(Printer).where(Printer.id == room.printer_id).values(active=False))
    with room.db.read() as session:
        other = ledger.printer_for(session, room.actor.site_id, room.actor.terminal_id)
        assert other not in (None, room.printer_id)
        assert ledger.printers_of(session, room.actor.terminal_id) == ()
    with room.db.write() as session:
        session.execute(update(Printer).values(active=False))
    with room.db.read() as session:
        assert ledger.printer_for(session, room.actor.site_id, room.actor.terminal_id) is None


def test_a_change_of_a_printer_at_night_opens_no_business_day(room: PrintRoom) -> None:
    from desk.models.site import SiteDay

    room.clock.advance(hours=20)
    took(room)
    with ledger.entry(room.db, room.actor) as entry:
        ledger.note_state(entry, room.printer_id, "paper_out")
    with room.db.read() as session:
        assert session.execute(select(SiteDay.day)).all() == []
    assert timedelta(0) < ledger.LEASE

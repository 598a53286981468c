"""Vardiya: the day's note, its exports, and closing it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from acting import assert_whole, visit
from sqlalchemy import select

from desk.actions import counter, escort, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Fault, UserError
from desk.models.print_job import PrintJob
from desk.models.site import SiteDay
from desk.registry import assistance, shifts
from desk.registry.types import AssistanceKind
from desk.reports.types import Period

pytestmark = pytest.mark.usefixtures("both_engines")


def test_the_note_of_the_shift_is_kept_with_the_day(ctx: Context) -> None:
    shift.write_note(ctx, "  Yoğun\tsabah;\x00 iki banko açıldı ")
    shift.write_note(ctx, "Yoğun sabah; iki banko açıldı")
    assert shift.sheet(ctx).note == "Yoğun sabah; iki banko açıldı"
    with pytest.raises(UserError, match="en çok 1000 harf"):
        shift.write_note(ctx, "ğ" * 1001)


def test_the_sheet_is_made_by_who_works_here(ctx: Context) -> None:
    assert shift.sheet(ctx).made_by == "Danışma Görevlisi 1"


def test_every_form_of_the_sheet_is_written(ctx: Context, tmp_path: Path) -> None:
    visit(ctx, persons=2)
    for form in shift.FORMATS:
        target = shift.export(ctx, None, form, tmp_path / f"gün.{form}")
        assert target.stat().st_size > 100
    data = json.loads((tmp_path / "gün.json").read_text(encoding="utf-8"))
    assert (data["visits"], data["persons"], data["tickets_issued"]) == (1, 2, 1)
    with pytest.raises(UserError, match="Böyle bir biçim yok: doc"):
        shift.export(ctx, None, "doc", tmp_path / "gün.doc")
    for form in shift.FORMATS:
        with pytest.raises(Fault):
            shift.export(ctx, None, form, tmp_path / "yok" / "gün")


def test_the_short_slip_goes_to_the_printer(ctx: Context) -> None:
    shift.print_slip(ctx)
    with ctx.db.read() as session:
        job = session.execute(select(PrintJob)).scalar_one()
    assert (job.kind, job.subject_id, job.state) == ("day", None, "queued")


def test_a_closed_day_is_closed_once_and_again_after_it_was_opened_again(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    assert shift.close_day(ctx) == 1
    with pytest.raises(UserError, match="kapat"):
        shift.close_day(ctx)
    first = shift.sheet(ctx)
    assert (first.number, first.revision, first.closed_at) == ("2026/0001", 1, ctx.now())
    clock.advance(hours=1)
    shift.reopen_day(ctx, "Geç gelen grup")
    assert shift.sheet(ctx).number == ""
    visit(ctx)
    assert shift.close_day(ctx) == 1
    again = shift.sheet(ctx)
    assert (again.number, again.revision, again.visits) == ("2026/0001", 2, first.visits + 1)
    with ctx.db.read() as session:
        day = session.execute(select(SiteDay)).scalar_one()
    assert day.closed_at == ctx.now() and day.closed_by == ctx.actor.staff_id
    assert_whole(ctx)


def test_numbers_of_sheets_are_consecutive_over_the_days(ctx: Context, clock: SetClock) -> None:
    for number in ("2026/0001", "2026/0002", "2026/0003"):
        visit(ctx)
        shift.close_day(ctx)
        assert shift.sheet(ctx).number == number
        clock.advance(days=1)


def test_a_closed_day_gives_the_same_bytes_again(ctx: Context, clock: SetClock, tmp_path: Path) -> None:
    visit(ctx, persons=3)
    day = shift.sheet(ctx).day
    shift.close_day(ctx, "Rulo dolapta")
    for form in ("pdf", "csv", "xlsx", "json", "slip"):
        first = shift.export(ctx, day, form, tmp_path / f"1.{form}").read_bytes()
        clock.advance(days=2)
        again = shift.export(ctx, day, form, tmp_path / f"2.{form}").read_bytes()
        assert first == again, form


def test_a_late_entry_stands_as_a_correction_below_the_signed_sheet(ctx: Context, clock: SetClock) -> None:
    for _ in range(2):
        visit(ctx)
    counter.open_counter(ctx, 4)
    called = counter.call_next(ctx, 4)
    assert called is not None
    counter.start(ctx, called.ticket_id)
    shift.close_day(ctx)
    signed = shift.sheet(ctx)
    assert (signed.tickets_served, signed.corrections) == (0, ())
    clock.advance(minutes=5)
    counter.finish(ctx, called.ticket_id)
    late = shift.sheet(ctx)
    assert late.tickets_served == 0
    assert [(c.name, c.about, c.value) for c in late.corrections] == [
        ("İşlem sonucu", "Tamamlandı", 1),
        ("Hizmet verilen", "Emlak ve çevre temizlik vergisi", 1),
    ]
    assert_whole(ctx)


def test_closing_tells_what_is_open_and_hands_refakat_over(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    job = escort.request(ctx, AssistanceKind.WHEELCHAIR, "2. kat")
    board = ctx.read(assistance.board)
    chair = next(piece for piece in board.equipment if piece.kind is AssistanceKind.WHEELCHAIR)
    escort.assign(ctx, job, board.escorts[0].id, chair.id)
    kinds = [item.kind for item in shift.open_items(ctx)]
    assert [kinds.count(kind) for kind in shifts.OpenKind] == [1, 1, 1, 1]
    shift.close_day(ctx, "Sandalye 2. katta")
    left = {(line.kind, line.done) for line in shift.sheet(ctx).left_open}
    assert left == {
        ("ticket", "ended"), ("assistance", "handed_over"), ("equipment", "handed_over"), ("paper", "handed_over"),
    }  # fmt: skip
    clock.advance(days=1)
    visit(ctx)
    assert [one.id for one in ctx.read(assistance.board).jobs] == [job]
    assert shift.view(ctx).handover_note == "Sandalye 2. katta"
    escort.start(ctx, job)
    escort.end(ctx, job)
    assert_whole(ctx)


def test_closing_can_end_the_refakat_instead(ctx: Context) -> None:
    job = escort.request(ctx, AssistanceKind.WHEELCHAIR, "2. kat")
    board = ctx.read(assistance.board)
    chair = next(piece for piece in board.equipment if piece.kind is AssistanceKind.WHEELCHAIR)
    escort.assign(ctx, job, board.escorts[0].id, chair.id)
    shift.close_day(ctx, end_assistance=True)
    board = ctx.read(assistance.board)
    assert board.jobs == () and all(piece.out_since is None for piece in board.equipment)
    assert_whole(ctx)


def test_the_shift_is_opened_with_a_note_and_who_is_there(ctx: Context) -> None:
    here = [one.id for one in shift.people(ctx)[:3]]
    shift.open_shift(ctx, "İki banko bakımda", here)
    assert shift.view(ctx).opening_note == "İki banko bakımda"
    assert set(shift.view(ctx).staff) == set(here)
    shift.open_shift(ctx, "Hepsi açık", here[:1])
    made = shift.sheet(ctx)
    assert (made.opening_note, len(made.staff)) == ("Hepsi açık", 1)
    with pytest.raises(UserError, match="Görevli bulunamadı"):
        shift.open_shift(ctx, "", [ctx.actor.site_id])


def test_a_day_to_come_is_refused_with_a_sentence(ctx: Context) -> None:
    with pytest.raises(UserError, match=r"30\.12\.2026 henüz gelmedi"):
        shift.sheet(ctx, date(2026, 12, 30))


def test_a_closed_days_note_is_not_changed(ctx: Context) -> None:
    shift.write_note(ctx, "Sakin gün")
    shift.close_day(ctx)
    with pytest.raises(UserError, match="Gün kapatıldı"):
        shift.write_note(ctx, "Yoğun gün")


def test_weeks_and_months_add_up_from_their_days(ctx: Context, clock: SetClock) -> None:
    for persons in (1, 2, 3):
        visit(ctx, persons=persons)
        clock.advance(days=1)
    week, month = shift.sheet(ctx, date(2026, 11, 25), Period.WEEK), shift.sheet(ctx, None, Period.MONTH)
    assert (week.visits, week.persons, week.visits_by_hour) == (3, 6, (0, 1, 1, 1, 0, 0, 0))
    assert (month.visits, month.columns[0], month.columns[-1]) == (3, "1", "30")
    assert sum(month.visits_by_hour) == 3

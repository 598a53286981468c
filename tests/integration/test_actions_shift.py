"""Vardiya: the day's note, its exports, and closing it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from acting import assert_whole, rows, visit
from sqlalchemy import select

from desk.actions import shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Fault, UserError
from desk.models.print_job import PrintJob
from desk.models.site import SiteDay

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


def test_a_closed_day_can_be_closed_again_and_says_when(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    assert shift.close_day(ctx) == 1
    clock.advance(hours=1)
    visit(ctx)
    assert shift.close_day(ctx) == 1
    with ctx.db.read() as session:
        day = session.execute(select(SiteDay)).scalar_one()
    assert day.closed_at == ctx.now() and day.closed_by == ctx.actor.staff_id
    assert rows(ctx, PrintJob) == 2
    assert_whole(ctx)

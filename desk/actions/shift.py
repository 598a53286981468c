"""The Vardiya page and ``desk report day``: the day's counts on screen and paper, the note, closing the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.files import write_whole
from desk.i18n import translator
from desk.models.site import SiteDay
from desk.printing import documents, slips
from desk.queue import closing
from desk.registry import site
from desk.reports import day_sheet, exports
from desk.reports.types import DaySheet
from desk.text import clean

NOTE_LIMIT = 1000
FORMATS = ("pdf", "csv", "xlsx", "json", "slip")


def sheet(ctx: Context, day: date | None = None) -> DaySheet:
    """The counts of a day; without one, of the business day that is open."""
    return ctx.read(_sheet, ctx, day)


def _sheet(s: Session, scope: Scope, ctx: Context, day: date | None) -> DaySheet:
    made_by = site.staff_name(s, ctx.actor.staff_id)
    return day_sheet.day_sheet(s, scope.site_id, day or scope.day, scope.now, made_by)


def export(ctx: Context, day: date | None, form: str, target: Path) -> Path:
    """Write the day sheet as pdf, csv, xlsx, json, or the bytes of the short slip. Raises Fault on a bad path."""
    counts = sheet(ctx, day)
    if form == "pdf":
        documents.day_sheet_pdf(counts, target, translator())
    elif form == "csv":
        exports.write_csv(counts, target)
    elif form == "xlsx":
        exports.write_xlsx(counts, target)
    elif form == "json":
        exports.write_json(counts, target)
    elif form == "slip":
        write_whole(target, paper.slip_bytes(slips.day_slip(counts, translator()), paper.own_profile(ctx)))
    else:
        raise UserError(N_("Böyle bir biçim yok: {form}"), form=form)
    return target


def print_slip(ctx: Context, day: date | None = None) -> None:
    """Enqueue the short counts slip at this terminal's printer."""
    counts = sheet(ctx, day)
    with ctx.work(Right.REPORT) as work:
        paper.print_day(work, slips.day_slip(counts, translator()))


def write_note(ctx: Context, note: str) -> None:
    """Keep the shift note of the open day."""
    text = clean(note)
    if len(text) > NOTE_LIMIT:
        raise UserError(N_("Vardiya notu en çok {count} harf olabilir."), count=NOTE_LIMIT)
    with ctx.work(Right.REPORT) as work:
        work.session.execute(
            update(SiteDay).where(SiteDay.site_id == work.site_id, SiteDay.day == work.day).values(note=text)
        )
        work.change(Kind.NOTE_WRITTEN)


def close_day(ctx: Context) -> int:
    """End the business day: numbers that still wait expire. Returns how many did. Stale when it was closed before."""
    with ctx.work(Right.REPORT) as work:
        return closing.close_day(work)


def reopen_day(ctx: Context, reason: str) -> None:
    """Open a closed business day again; who did it and why is kept. UserError without a reason."""
    with ctx.work(Right.REPORT) as work:
        closing.reopen_day(work, reason)

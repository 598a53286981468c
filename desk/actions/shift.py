"""The Vardiya page and ``desk report``: opening and closing the shift, the counts on screen and paper, the note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, update

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right, Scope, allowed
from desk.errors import N_, UserError
from desk.events import Kind
from desk.files import write_whole
from desk.i18n import translator
from desk.models import counting
from desk.models.base import new_id
from desk.models.numbers import next_number
from desk.models.session import Session
from desk.models.shift import KeptSheet
from desk.models.site import SiteDay
from desk.models.work import Work
from desk.printing import documents, ledger, slips
from desk.queue import closing
from desk.registry import assistance, messages, shifts, site, visitor_cards
from desk.registry.shifts import OpenItem, OpenKind, ShiftView
from desk.registry.types import AssistanceState, Staff
from desk.reports import around, day_sheet, exports, stored
from desk.reports.spans import SPANS
from desk.reports.types import DaySheet, Period
from desk.text import short_date

NOTE_LIMIT = shifts.NOTE_LIMIT
EARLIEST_YEAR = 1930
"""The first law on municipalities of today (1580) is of that year; what a mistyped date means is no older day."""
FORMATS = ("pdf", "csv", "xlsx", "json", "slip")


# --- reading


def may_read(ctx: Context) -> None:
    """Counts are for those with the right to them; raises UserError for others."""
    if not allowed(ctx.actor, Right.REPORT):
        raise UserError(N_("Bu işlem için yetkiniz yok."))


def sheet(ctx: Context, day: date | None = None, period: Period = Period.DAY) -> DaySheet:
    """The counts of a day (without one, of the business day that is open), or of the week or month around it.

    A day that was closed comes back as it was signed, with what came in later as corrections. Raises UserError for a
    day to come, and without the right.
    """
    may_read(ctx)
    return ctx.read(_sheet, ctx, day, period)


def figures(ctx: Context, day: date | None = None) -> DaySheet:
    """The sheet for the page that follows the day: without what only paper and files tell. A signed day's is whole."""
    may_read(ctx)
    return ctx.read(_sheet, ctx, day, Period.DAY, figures_only=True)


def _sheet(
    s: Session, scope: Scope, ctx: Context, day: date | None, period: Period, *, figures_only: bool = False
) -> DaySheet:
    wanted = day or scope.day
    if wanted > scope.day:
        raise UserError(N_("{day} henüz gelmedi; çizelgesi hazırlanamaz."), day=short_date(wanted))
    if wanted.year < EARLIEST_YEAR:
        raise UserError(N_("{year} yılından önceki bir günün kaydı olamaz."), year=EARLIEST_YEAR)
    if period is Period.DAY:
        signed = _signed(s, scope.site_id, wanted)
        if signed is not None:
            return signed
    made_by = site.staff_name(s, ctx.actor.staff_id)
    span = SPANS[period](wanted)
    return day_sheet.sheet_of(s, scope.site_id, span, scope.now, made_by, figures_only=figures_only)


def _signed(s: Session, site_id: UUID, day: date) -> DaySheet | None:
    """The kept sheet of a day that is closed; None while it is open (or open again) and when none was ever kept."""
    kept = around.kept_sheet(s, site_id, day)
    if kept is None or kept.closed_at is None:
        return None
    return replace(stored.from_data(kept.data), corrections=around.corrections(s, site_id, day, kept))


def open_items(ctx: Context) -> tuple[OpenItem, ...]:
    """What closing the day would find unfinished."""
    return ctx.read(shifts.open_items)


def view(ctx: Context) -> ShiftView:
    return ctx.read(shifts.view)


def people(ctx: Context) -> tuple[Staff, ...]:
    """Who may be there today."""
    return ctx.read(site.staff)


# --- opening and closing


def open_shift(ctx: Context, note: str = "", staff: Iterable[UUID] = ()) -> None:
    """Begin the shift: the opening note and who is there."""
    with ctx.work(Right.REPORT) as work:
        shifts.open_shift(work, note, staff)


def close_day(ctx: Context, handover_note: str = "", *, end_assistance: bool = False) -> int:
    """End the business day and keep its sheet, with a consecutive number. Returns how many numbers expired.

    Waiting numbers expire and their slips that did not come out yet never do. Refakat jobs are handed over to the next
    shift with their equipment; ``end_assistance`` ends them instead. Stale when the day was closed before.
    """
    with ctx.work(Right.REPORT) as work:
        left = tuple(_ended(item, end_assistance) for item in shifts.open_items(work.session, paper.scope_of(work)))
        expired = closing.close_day(work)
        visitor_cards.end_day(work)
        messages.erase_over(work, whole_day=True)
        for item in left:
            _end(work, item)
        shifts.close_shift(work, handover_note, left)
        _keep(work)
        return expired


def _ended(item: OpenItem, end_assistance: bool) -> OpenItem:
    with_assistance = item.kind in (OpenKind.ASSISTANCE, OpenKind.EQUIPMENT)
    return replace(item, ends=end_assistance) if with_assistance else item


def _end(work: Work, item: OpenItem) -> None:
    if not item.ends:
        return
    if item.kind is OpenKind.TICKET:
        ledger.withdraw(work, item.id)
    elif item.kind is OpenKind.ASSISTANCE:
        state = assistance.job(work.session, paper.scope_of(work), item.id).state
        if state in (AssistanceState.REQUESTED, AssistanceState.ASSIGNED):
            assistance.cancel(work, item.id)
        else:
            assistance.end(work, item.id)


def _keep(work: Work) -> None:
    """Store the sheet as it is signed. The counts of this very work are written first: the sheet tells them too."""
    counting.write(work.connection, work.site_id, work.tallies)
    work.tallies.clear()
    before = around.kept_sheet(work.session, work.site_id, work.day)
    year, revision = work.day.year, before.revision + 1 if before else 1
    serial = before.serial if before else next_number(work.session, work.site_id, "sheet", str(year))
    made_by = site.staff_name(work.session, work.actor.staff_id)
    made = day_sheet.day_sheet(work.session, work.site_id, work.day, work.now, made_by)
    made = replace(made, number=f"{year}/{serial:04d}", revision=revision, closed_at=work.now)
    row = {"id": new_id(), "site_id": work.site_id, "day": work.day, "revision": revision, "year": year}
    signed = {"serial": serial, "made_at": work.now, "made_by": work.actor.staff_id, "data": stored.to_data(made)}
    work.session.execute(insert(KeptSheet).values(**row, **signed))


def reopen_day(ctx: Context, reason: str) -> None:
    """Open a closed business day again; who did it and why is kept. UserError without a reason.

    Its signed sheet stays; closing it again keeps another revision under the same number.
    """
    with ctx.work(Right.REPORT) as work:
        closing.reopen_day(work, reason)


def write_note(ctx: Context, note: str) -> None:
    """Keep the shift note of the open day. A signed sheet's note is not changed any more."""
    text = shifts.checked(note)
    with ctx.work(Right.REPORT) as work:
        if work.closed:
            raise UserError(N_("Gün kapatıldı; notu artık değişmez. Gerekirse günü yeniden açınız."))
        work.session.execute(
            update(SiteDay).where(SiteDay.site_id == work.site_id, SiteDay.day == work.day).values(note=text)
        )
        work.change(Kind.NOTE_WRITTEN)


# --- paper and files


def export(ctx: Context, day: date | None, form: str, target: Path, period: Period = Period.DAY) -> Path:
    """Write the sheet as pdf, csv, xlsx, json, or the bytes of the short slip. Raises Fault on a bad path."""
    counts = sheet(ctx, day, period)
    if form == "pdf":
        documents.day_sheet_pdf(counts, target, translator())
    elif form in exports.EXPORTS:
        exports.EXPORTS[form](counts, target)
    elif form == "slip":
        write_whole(target, paper.slip_bytes(slips.day_slip(counts, translator()), paper.own_profile(ctx)))
    else:
        raise UserError(N_("Böyle bir biçim yok: {form}"), form=form)
    return target


def print_slip(ctx: Context, day: date | None = None) -> None:
    """Enqueue the short counts slip at this terminal's printer; of a closed day the second one is marked as a copy."""
    counts = sheet(ctx, day)
    with ctx.work(Right.REPORT) as work:
        copies = _copies(work, counts)
        paper.print_day(work, slips.day_slip(counts, translator(), copy_no=copies + 1))


def _copies(work: Work, counts: DaySheet) -> int:
    """How often the slip of a signed sheet was printed since it was closed."""
    if counts.closed_at is None:
        return 0
    return next_number(work.session, work.site_id, "sheet_copy", f"{counts.number}/{counts.revision}") - 1

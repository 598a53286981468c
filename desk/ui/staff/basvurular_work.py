"""What Başvurular reads and does, for workers: nothing here touches a widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from desk.actions import applications, attachments, exporting, paper, records
from desk.actions.attachments import LookedInto
from desk.actions.context import Context
from desk.actions.exporting import Export
from desk.errors import UserError
from desk.registry import applications as registry
from desk.registry import cases, duplicates, search, site, worklists
from desk.registry.application_types import (
    ApplicationRequest,
    CoverList,
    Detail,
    ListQuery,
    ListSize,
    PossibleDuplicate,
    Proposal,
    SavedFilter,
    WorkCounts,
    WorkPage,
    WorkRow,
)
from desk.registry.call_desk import CallLine
from desk.registry.files import Taken
from desk.registry.life import Move, Step
from desk.registry.types import Neighbourhood, Receipt, Unit
from desk.text import clock_time
from desk.ui.staff.basvurular_words import masked
from desk.ui.staff.documents_folder import document_path

RELOADED_MOST = 1000
"""Rows that are read again when something changed; who has scrolled further is told instead."""

FURTHER = 300
"""Rows of every further page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list's beginning and what stands around it."""

    query: ListQuery
    page: WorkPage
    size: ListSize
    counts: WorkCounts
    day: date


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in filters, forms and moves."""

    units: tuple[Unit, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    saved: tuple[SavedFilter, ...]


def read(ctx: Context, query: ListQuery, rows: int = worklists.PAGE) -> Shown:
    page, size = applications.list_beginning(ctx, query, max(worklists.PAGE, min(rows, RELOADED_MOST)))
    return Shown(
        query=query,
        page=page,
        size=size,
        counts=ctx.read(worklists.counts, ctx.actor.staff_id),
        day=ctx.read(lambda session, scope: scope.day),
    )


def counts(ctx: Context) -> WorkCounts:
    return ctx.read(worklists.counts, ctx.actor.staff_id)


def choices(ctx: Context) -> Choices:
    return Choices(ctx.read(site.units), ctx.read(site.neighbourhoods), applications.saved_filters(ctx))


def glance(ctx: Context, application_id: UUID) -> Detail:
    """A chosen row's detail without anything that names the applicant: not an access to personal data."""
    return masked(ctx.read(cases.detail, application_id))


def found(ctx: Context, code: str) -> Detail:
    """The masked detail behind a scanned barcode, a tracking code or a record number."""
    return glance(ctx, ctx.read(registry.by_scan, code))


def moved(ctx: Context, application_id: UUID, step: Step, to: str, *, open_: bool) -> Detail:
    """Make a move; ``to`` is the record number of the application that a JOIN leads to."""
    if step.move is Move.JOIN:
        step = replace(step, to=ctx.read(registry.by_scan, to))
    detail = applications.move(ctx, application_id, step)
    return detail if open_ else masked(detail)


def told_back(ctx: Context, application_id: UUID, step: Step, reopen: bool, *, open_: bool) -> Detail:
    """Geri bildirim, with a reopening in the same press when the citizen wants it."""
    detail = applications.feedback(
        ctx, application_id, reached=step.reached, satisfied=step.satisfied, text=step.text, reopen=reopen,
        version=step.version,
    )  # fmt: skip
    return detail if open_ else masked(detail)


def forwarded(ctx: Context, rows: tuple[WorkRow, ...], unit_code: str, text: str) -> tuple[CoverList, Path]:
    """Refer many with one cover list, and write it as a document."""
    cover = applications.forward_all(ctx, rows, unit_code, text)
    name = f"havale-{unit_code}-{cover.made_at:%Y%m%d-%H%M%S}.pdf"
    return cover, applications.cover_list_pdf(ctx, cover, document_path(ctx, name))


def with_files(
    ctx: Context, application_id: UUID, paths: Sequence[Path], *, open_: bool
) -> tuple[Detail | None, LookedInto]:
    """Attach what is a paper; None instead of the detail when none was."""
    found = attachments.look_into(ctx, paths)
    if not found.files:
        return None, found
    detail = attachments.add_files(ctx, application_id, found.files)
    return (detail if open_ else masked(detail)), found


# --- a new application


def proposals(ctx: Context, words: str) -> tuple[Proposal, ...]:
    return ctx.read(search.proposals, words)


def possible_duplicates(ctx: Context, request: ApplicationRequest) -> tuple[PossibleDuplicate, ...]:
    return ctx.read(duplicates.possible, request)


@dataclass(frozen=True, slots=True)
class Further:
    """What happens with a new application in the same press."""

    receipt: bool = False
    join_to: UUID | None = None  # the same matter: that record goes on for this one (mükerrer)
    files: tuple[Taken, ...] = ()


def register(ctx: Context, request: ApplicationRequest, further: Further) -> Receipt:
    return records.register(ctx, request, receipt=further.receipt, join_to=further.join_to, files=further.files)


def has_paper(ctx: Context, application_id: UUID) -> bool:
    return paper.job_of(ctx, application_id, "receipt") is not None


# --- lists to hand out


def export_of(ctx: Context, query: ListQuery, form: str, today: date) -> Export:
    """The list as it is filtered now ("csv", "xlsx") or the month as Open311 ("open311"), to be written."""
    first = today.replace(day=1)
    if form == "open311":
        return exporting.of_period(ctx, form, first, today, document_path(ctx, f"open311-{first:%Y-%m}.json"))
    if form not in ("csv", "xlsx"):
        raise UserError(form)
    return exporting.of_list(ctx, query, document_path(ctx, f"basvurular-{today:%Y-%m-%d}.{form}"))


def register_of(ctx: Context, first: date, last: date, form: str) -> Export:
    """The gelen evrak defteri of a period, by the file's ending, to be written."""
    target = document_path(ctx, f"gelen-evrak-{first:%Y%m%d}-{last:%Y%m%d}.{form}")
    return exporting.of_period(ctx, "incoming", first, last, target)


def hour_of(call: CallLine) -> str:
    return clock_time(call.at)


def period(name: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a period by its name; None where it is open."""
    return {
        "today": (today, today),
        "week": (today - timedelta(days=6), today),
        "month": (today - timedelta(days=29), today),
        "this_month": (today.replace(day=1), today),
        "this_year": (today.replace(month=1, day=1), today),
    }.get(name, (None, None))

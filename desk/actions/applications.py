"""The Başvurular page: open, move, forward many with one cover list, files, saved filters, lists to hand out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import local
from desk.errors import N_, UserError
from desk.events import Kind
from desk.i18n import translator
from desk.models.base import new_id
from desk.models.case import SavedFilter as SavedFilterRow
from desk.models.engine import insert_into
from desk.printing import pdf_cover_list
from desk.registry import (
    applications,
    cases,
    erasure,
    files,
    incoming,
    leave,
    life,
    named,
    official,
    open311,
    site,
    worklists,
)
from desk.registry.application_types import (
    APPLICATION_KIND_NAMES,
    OUTCOME_NAMES,
    URGENCY_NAMES,
    ApplicationKind,
    CoverList,
    Detail,
    IncomingLine,
    ListQuery,
    ListSize,
    Order,
    SavedFilter,
    Urgency,
    WorkPage,
    WorkRow,
)
from desk.registry.life import Move, Step
from desk.registry.types import (
    APPLICATION_STATE_NAMES,
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    ApplicationState,
    Channel,
)
from desk.reports import lists
from desk.text import clean, clock_time, number

_S = SavedFilterRow.__table__

BULK_LIMIT = 500
"""Records of one cover list."""

EXPORT_LIMIT = 200_000
"""Rows of a list that is handed out."""


# Open and move


def open_case(ctx: Context, application_id: UUID) -> Detail:
    """One application with the person as given; the access is logged."""
    with ctx.work(Right.READ_PERSON) as work:
        applications.note_opened(work, application_id)
        return cases.detail(work.session, paper.scope_of(work), application_id)


def find_case(ctx: Context, code: str) -> Detail:
    """The application behind a scanned barcode, a tracking code or a record number; the access is logged."""
    return open_case(ctx, ctx.read(named.by_scan, code))


def move(ctx: Context, application_id: UUID, step: Step) -> Detail:
    """Make a move and return the application as it is now.

    Raises UserError for what is missing or not possible now, Stale when somebody else was first.
    """
    with ctx.work(Right.REGISTER) as work:
        life.do(work, application_id, step)
        return cases.detail(work.session, paper.scope_of(work), application_id)


def feedback(
    ctx: Context, application_id: UUID, *, reached: bool, satisfied: bool | None, text: str = "", reopen: bool = False,
    version: int | None = None,
) -> Detail:  # fmt: skip
    """Note what the citizen says of the answer; one who is not satisfied may have it reopened in the same press."""
    with ctx.work(Right.REGISTER) as work:
        life.do(
            work,
            application_id,
            Step(Move.FEEDBACK, version=version, text=text, reached=reached, satisfied=satisfied),
        )
        if reopen:
            reason = text or N_("Vatandaş sonuçtan memnun değil.")
            life.do(work, application_id, Step(Move.REOPEN, text=reason))
        return cases.detail(work.session, paper.scope_of(work), application_id)


def forward_all(ctx: Context, chosen: Sequence[WorkRow], unit_code: str, text: str = "") -> CoverList:
    """Refer many to one unit, all or none, and return their cover list."""
    if not chosen:
        raise UserError(N_("Havale edilecek başvuruları seçiniz."))
    if len(chosen) > BULK_LIMIT:
        raise UserError(N_("Bir listeyle en çok {count} başvuru havale edilebilir."), count=BULK_LIMIT)
    with ctx.work(Right.REGISTER) as work:
        for row in sorted(chosen, key=lambda one: one.id):  # one order: two bulk forwards cannot lock each other out
            try:
                life.do(work, row.id, Step(Move.REFER, version=row.version, unit_code=unit_code, text=text))
            except UserError as error:
                raise type(error)(
                    N_("{number}: {reason} Hiçbiri havale edilmedi."), number=row.record_number, reason=error.text()
                ) from error
        made_by = site.staff_name(work.session, work.actor.staff_id)
        ids = tuple(row.id for row in chosen)
        return worklists.cover_list(work.session, paper.scope_of(work), ids, unit_code, made_by)


def cover_list_pdf(ctx: Context, cover: CoverList, target: Path) -> Path:
    """Write the cover list on A4, with the line to sign for it. Raises Fault when the disk refuses."""
    pdf_cover_list.cover_list_pdf(cover, ctx.read(site.header), target, translator())
    return target


# Lists


def work_list(ctx: Context, query: ListQuery, after: str = "", limit: int = worklists.PAGE) -> WorkPage:
    return ctx.read(worklists.page, query, after, limit, staff_id=ctx.actor.staff_id)


def list_beginning(ctx: Context, query: ListQuery, limit: int = worklists.PAGE) -> tuple[WorkPage, ListSize]:
    """The first page of a list, and how many rows it has; only one that goes on is counted."""
    page = work_list(ctx, query, "", limit)
    return page, list_size(ctx, query) if page.next else ListSize(len(page.rows), False)


def list_size(ctx: Context, query: ListQuery) -> ListSize:
    return ctx.read(worklists.size, query, staff_id=ctx.actor.staff_id)


def saved_filters(ctx: Context) -> tuple[SavedFilter, ...]:
    """The filters this person has saved, by name."""
    with ctx.db.read() as session:
        rows = session.execute(
            select(_S).where(_S.c.site_id == ctx.actor.site_id, _S.c.staff_id == ctx.actor.staff_id).order_by(_S.c.name)
        ).all()
    return tuple(SavedFilter(row.id, row.name, query_of(row.data)) for row in rows)


def save_filter(ctx: Context, name: str, query: ListQuery) -> None:
    """Keep a filter under a name; the same name is written over."""
    name = clean(name)
    if not name or len(name) > 60:
        raise UserError(N_("Süzgece bir ad veriniz (en çok 60 harf)."))
    with ctx.work(Right.REGISTER) as work:
        row = {
            "id": new_id(),
            "site_id": work.site_id,
            "staff_id": work.actor.staff_id,
            "name": name,
            "data": data_of(query),
        }
        statement = insert_into(work.session, _S).values(row)
        work.session.execute(
            statement.on_conflict_do_update(index_elements=["site_id", "staff_id", "name"], set_={"data": row["data"]})
        )


def delete_filter(ctx: Context, filter_id: UUID) -> None:
    with ctx.work(Right.REGISTER) as work:
        work.session.execute(delete(_S).where(_S.c.id == filter_id, _S.c.staff_id == work.actor.staff_id))


def data_of(query: ListQuery) -> dict[str, Any]:
    """What is kept of a filter: only what was asked for."""
    plain = ListQuery()
    found = {key: value for key, value in asdict(query).items() if value != getattr(plain, key)}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in found.items()}


_ENUMS: dict[str, type[StrEnum]] = {
    "channel": Channel, "kind": ApplicationKind, "state": ApplicationState, "urgency": Urgency, "order": Order,
}  # fmt: skip


def query_of(data: dict[str, Any]) -> ListQuery:
    """A kept filter read back; what a newer program wrote and this one does not know is passed over."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        try:
            if key in _ENUMS:
                found[key] = _ENUMS[key](value)
            elif key in ("received_from", "received_to"):
                found[key] = date.fromisoformat(value)
            elif key in ListQuery.__dataclass_fields__:
                found[key] = value
        except ValueError:
            continue
    return ListQuery(**found)


# Files


def open_file(ctx: Context, application_id: UUID, file_id: UUID) -> Path:
    """Where a file of a record lies, to show it; the access is logged."""
    with ctx.work(Right.READ_PERSON) as work:
        applications.note_opened(work, application_id)
        return files.opened(work.session, paper.scope_of(work), ctx.data_dir, file_id)


# Lists to hand out


def export_list(ctx: Context, query: ListQuery, target: Path, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write every row of a list as CSV or XLSX (by the ending), names masked as on the screen. How many rows.

    ``progress`` is told how many have been read.
    Raises UserError for a list that no spreadsheet opens, Fault when the disk refuses.
    """
    _target(target)
    rows: list[WorkRow] = []
    after = ""
    while True:
        page = work_list(ctx, query, after, 1000)
        rows += page.rows
        after = page.next
        progress(len(rows))
        if len(rows) > EXPORT_LIMIT:
            raise UserError(
                N_("Listede {count} satırdan fazlası var; dönem ya da birim süzgeciyle daraltınız."),
                count=number(EXPORT_LIMIT),
            )
        if not after:
            break
    lists.write(_work_table(rows), target)
    return len(rows)


def _work_table(rows: Sequence[WorkRow]) -> lists.Table:
    return lists.Table(
        N_("Başvurular"),
        (
            N_("Kayıt no"), N_("Geliş"), N_("Kanal"), N_("Tür"), N_("Konu"), N_("Başvuran"), N_("Mahalle"), N_("Birim"),
            N_("Aciliyet"), N_("Durum"), N_("Sonuç"), N_("Son gün"), N_("Kalan gün"),
        ),
        [
            (
                row.record_number,
                local(row.received_at).date(),
                CHANNEL_NAMES[row.channel],
                APPLICATION_KIND_NAMES[row.kind],
                row.subject,
                row.applicant_masked,
                row.neighbourhood,
                row.unit,
                URGENCY_NAMES[row.urgency],
                APPLICATION_STATE_NAMES[row.state],
                OUTCOME_NAMES[row.outcome] if row.outcome else "",
                row.due_on,
                row.days_left if row.open else None,
            )
            for row in rows
        ],
        (13, 11, 14, 12, 44, 18, 16, 22, 9, 18, 14, 11, 9),
    )  # fmt: skip


def _target(target: Path) -> Path:
    if target.suffix.lower().lstrip(".") not in lists.FORMATS:
        raise UserError(N_("Dosya adı .csv ya da .xlsx ile bitmelidir: {name}"), name=target.name)
    return target


def export_open311(ctx: Context, first: date, last: date, target: Path) -> int:
    """Open311 GeoReport v2 service requests of a period as JSON, without personal data. How many."""
    import json

    from desk.files import write_whole

    with ctx.db.read() as session:
        found = list(open311.requests(session, ctx.read(lambda _s, scope: scope), first, last))
    write_whole(target, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    return len(found)


def incoming_register(ctx: Context, first: date, last: date, target: Path) -> int:
    """The gelen evrak defteri of a period, as PDF, XLSX or CSV by the ending. The access is logged."""
    with ctx.work(Right.READ_PERSON) as work:
        rows = incoming.lines(work.session, paper.scope_of(work), first, last)
        header = site.header(work.session, paper.scope_of(work))
        work.change(Kind.RECORD_OPENED)
    if target.suffix.lower() == ".pdf":
        pdf_cover_list.incoming_pdf(rows, first, last, header, target, translator())
    else:
        lists.write(_incoming_table(rows), _target(target))
    return len(rows)


def _incoming_table(rows: Sequence[IncomingLine]) -> lists.Table:
    return lists.Table(
        N_("Gelen evrak defteri"),
        (
            N_("Kayıt no"), N_("Tarih"), N_("Saat"), N_("Gönderen"), N_("Gönderenin tarihi"), N_("Gönderenin sayısı"),
            N_("Tür"), N_("Geliş kanalı"), N_("Ek"), N_("Konu"), N_("Birim"), N_("EBYS sayısı"),
        ),
        [
            (
                line.record_number,
                local(line.received_at).date(),
                clock_time(line.received_at),
                line.sender,
                line.sender_date,
                line.sender_number,
                DOCUMENT_NAMES[line.document],
                CHANNEL_NAMES[line.channel],
                line.enclosures,
                line.subject,
                line.unit,
                line.official_number,
            )
            for line in rows
        ],
        (13, 11, 7, 26, 12, 14, 20, 12, 5, 44, 22, 16),
    )  # fmt: skip


# EBYS


def export_for_ebys(ctx: Context, target: Path) -> int:
    """Papers that wait for their EBYS number, with room for it: the file that comes back fills it in. How many."""
    rows = ctx.read(official.waiting)
    columns = (*official.COLUMNS, N_("Kayıt tarihi"), N_("Konu"))
    table = lists.Table(N_("EBYS"), columns, [(number, "", "", day, subject) for number, day, subject in rows])
    lists.write(table, _target(target))
    return len(rows)


# Leave and erasure


def grant_leave(ctx: Context, one: leave.Leave) -> None:
    with ctx.work(Right.OVERRIDE) as work:
        leave.grant(work, one)


def take_back_leave(ctx: Context, day: date) -> None:
    with ctx.work(Right.OVERRIDE) as work:
        leave.take_back(work, day)


def erase_due(ctx: Context) -> erasure.Erased:
    """Anonymise everybody whose time has come (once a day by the first work of a morning, or by ``desk db erase``)."""
    with ctx.work(Right.OVERRIDE) as work:
        erased = erasure.erase_due(work)
    files.forget(ctx.read(files.shared, ctx.data_dir), erased.contents)
    return erased

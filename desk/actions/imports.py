"""Taking in what other systems export: look first, then write in chunks, and take back as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.actions.context import Context
from desk.actor import Right
from desk.errors import N_, Cancelled, UserError
from desk.models.site import Site
from desk.models.work import Work
from desk.registry import calls, import_sheets, import_writing, imports
from desk.registry.import_writing import CHUNK, CallRow, Run, Written
from desk.registry.imports import Preview, Progress, RowError

T = TypeVar("T")


def NEVER() -> bool:  # noqa: N802 - the default of a callable argument
    return False


@dataclass(frozen=True, slots=True)
class Imported:
    id: UUID
    rows: int
    created: int
    known: int  # were here already
    refused: int
    errors: tuple[RowError, ...]


def folder(ctx: Context) -> Path:
    """Where a site's own mappings stand."""
    return ctx.data_dir / "imports"


def sources(ctx: Context) -> tuple[imports.Source, ...]:
    return imports.sources(folder(ctx))


def look(ctx: Context, source: str, path: Path, progress: Progress | None = None) -> Preview:
    """Read a file to the end and say what would be taken and what not; nothing is written.

    Raises UserError for a file of another kind, Fault when it cannot be read.
    """
    told = imports.source(source, folder(ctx))
    sheet = import_sheets.read(path)
    return ctx.read(imports.preview, sheet, told, progress)


def take(
    ctx: Context,
    preview: Preview,
    *,
    skip_bad: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = NEVER,
) -> Imported:
    """Write what was looked at. Rows that are here already are passed over, so a file may come again.

    With errors in it a file is only taken with ``skip_bad``. Raises UserError for that, and Cancelled when
    ``cancelled()`` says so between two chunks: what was written is taken back before.
    """
    if preview.errors and not skip_bad:
        raise UserError(
            N_("Dosyada {count} hatalı satır var; hiçbir kayıt alınmadı. Düzeltiniz ya da yalnız hatasızları alınız."),
            count=len({one.line for one in preview.errors}),
        )
    refused = len({one.line for one in preview.errors})
    begun = (preview.source, preview.name, preview.sha256, preview.rows, refused)
    import_id, created, known = _written(ctx, begun, preview.good, import_writing.write, progress, cancelled)
    return Imported(import_id, preview.rows, created, known + preview.repeated, refused, preview.errors)


@dataclass(frozen=True, slots=True)
class CallPreview:
    """A call log that was read to its end: nothing is written yet."""

    name: str
    sha256: str
    rows: int
    calls: tuple[CallRow, ...]  # each once
    repeated: int
    errors: tuple[RowError, ...]


def look_calls(ctx: Context, path: Path) -> CallPreview:
    """Read a call log (queue_log or CDR). Raises UserError for a file that is neither, Fault when it cannot be read."""
    content = import_sheets.content_of(path)
    with ctx.db.read() as session:
        zone = ZoneInfo(session.execute(select(Site.zone).where(Site.id == ctx.actor.site_id)).scalar_one())
    log = calls.read(import_sheets.text_of(path.name, content), zone)
    once = tuple({one.outside_id: one for one in log.calls}.values())
    rows = len(log.calls) + len(log.errors)
    digest = hashlib.sha256(content).hexdigest()
    return CallPreview(path.name, digest, rows, once, len(log.calls) - len(once), log.errors)


def take_calls(
    ctx: Context,
    given: Path | CallPreview,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = NEVER,
) -> Imported:
    """Take a call log, or what was looked at. A line that cannot be read is told and passed over.

    Raises Cancelled when ``cancelled()`` says so between two chunks: what was written is taken back before.
    """
    log = look_calls(ctx, given) if isinstance(given, Path) else given
    begun = ("calls", log.name, log.sha256, log.rows, len(log.errors))
    import_id, created, known = _written(ctx, begun, log.calls, import_writing.write_calls, progress, cancelled)
    return Imported(import_id, log.rows, created, known + log.repeated, len(log.errors), log.errors)


def _written(
    ctx: Context,
    begun: tuple[str, str, str, int, int],
    rows: Sequence[T],
    write: Callable[[Work, UUID, Sequence[T]], Written],
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> tuple[UUID, int, int]:
    """Chunk after chunk, each a transaction; whatever stops it takes back what was written."""
    with ctx.work(Right.REGISTER) as work:
        import_id = import_writing.begin(work, *begun)
    created = known = 0
    try:
        for at in range(0, len(rows), CHUNK):
            if cancelled():
                raise Cancelled
            with ctx.work(Right.REGISTER) as work:
                done = write(work, import_id, rows[at : at + CHUNK])
            created, known = created + done.created, known + done.known
            if progress:
                progress(min(at + CHUNK, len(rows)), len(rows))
    except BaseException:
        with suppress(UserError):  # somebody has taken it back already
            undo(ctx, import_id, leave_worked_on=True)
        raise
    with ctx.work(Right.REGISTER) as work:
        import_writing.finish(work, import_id)
    return import_id, created, known


def undo(ctx: Context, import_id: UUID, *, leave_worked_on: bool = False) -> int:
    """Take an import back as a whole; how many records. See ``import_writing.undo``."""
    with ctx.work(Right.REGISTER) as work:
        return import_writing.undo(work, import_id, leave_worked_on=leave_worked_on)


def runs(ctx: Context) -> tuple[Run, ...]:
    return ctx.read(import_writing.runs)

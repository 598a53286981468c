"""Scanned papers of a record: looked into when they are dropped, kept when the record is registered or at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desk.actions import paper
from desk.actions.context import Context
from desk.actor import Right
from desk.errors import Fault, UserError
from desk.registry import cases, files
from desk.registry.application_types import Detail


@dataclass(frozen=True, slots=True)
class LookedInto:
    """Dropped files: those that may be kept, and why each other may not."""

    files: tuple[files.Taken, ...]
    refused: tuple[UserError | Fault, ...]


def look_into(ctx: Context, paths: Sequence[Path]) -> LookedInto:
    """Read and check dropped files by what is in them; nothing is kept yet."""
    limit = ctx.read(files.limit)
    found: list[files.Taken] = []
    refused: list[UserError | Fault] = []
    for path in paths:
        try:
            found.append(files.taken(path, limit))
        except (UserError, Fault) as error:
            refused.append(error)
    return LookedInto(tuple(found), tuple(refused))


def add_files(ctx: Context, application_id: UUID, given: Sequence[files.Taken]) -> Detail:
    """Attach files that were looked into, all of them or none."""
    for one in given:
        files.store(ctx.read(files.folder, ctx.data_dir), one)
    with ctx.work(Right.REGISTER) as work:
        for one in given:
            files.attach(work, application_id, one)
        return cases.detail(work.session, paper.scope_of(work), application_id)

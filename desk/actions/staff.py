"""Who sits at a window: the persons, and the PIN of those who have one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from uuid import UUID

from sqlalchemy import select

from desk.actions.context import Context
from desk.actor import Scope
from desk.models import site as tables
from desk.models.session import Session
from desk.registry import desk_settings, site
from desk.registry.place_types import DeskSettings
from desk.registry.types import Staff
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may sit here, and the PIN hashes of who has one: a locked window opens without a database."""

    staff: tuple[Staff, ...]
    hashes: Mapping[UUID, str] = field(repr=False)


def people(ctx: Context) -> People:
    def read(s: Session, scope: Scope) -> People:
        table = tables.Staff
        wanted = select(table.id, table.pin_hash).where(table.site_id == scope.site_id, table.active)
        return People(site.staff(s, scope), {row.id: row.pin_hash for row in s.execute(wanted) if row.pin_hash})

    return ctx.read(read)


def desk_settings_of(ctx: Context) -> DeskSettings:
    """What the staff window of this site is set to."""
    return ctx.read(desk_settings.read)

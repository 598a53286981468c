"""Who sits at a window: the persons, and the PIN of those who have one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.context import Context
from desk.actor import Scope
from desk.models import site as tables
from desk.registry import desk_settings, site
from desk.registry.pins import pin_fits
from desk.registry.place_types import DeskSettings
from desk.registry.types import Staff


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may sit here, and who of them is asked for a PIN."""

    staff: tuple[Staff, ...]
    with_pin: frozenset[UUID]


def people(ctx: Context) -> People:
    def read(s: Session, scope: Scope) -> People:
        table = tables.Staff
        wanted = select(table.id).where(table.site_id == scope.site_id, table.pin_hash.is_not(None))
        return People(site.staff(s, scope), frozenset(s.execute(wanted).scalars()))

    return ctx.read(read)


def pin_is_right(ctx: Context, staff_id: UUID, pin: str) -> bool:
    """Whether this is the person's PIN; a person without one needs none."""

    def read(s: Session, scope: Scope) -> str | None:
        table = tables.Staff
        return s.execute(
            select(table.pin_hash).where(table.id == staff_id, table.site_id == scope.site_id)
        ).scalar_one_or_none()

    return pin_fits(ctx.read(read), pin)


def desk_settings_of(ctx: Context) -> DeskSettings:
    """What the staff window of this site is set to."""
    return ctx.read(desk_settings.read)

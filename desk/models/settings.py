"""A site's own settings, kept as one JSON value of its row."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from desk.models.session import Session
from desk.models.site import Site

T = TypeVar("T")


def setting(session: Session, site_id: UUID, name: str, default: T) -> T:
    """The site's value, or ``default`` when it never set one."""
    values = session.execute(select(Site.settings).where(Site.id == site_id)).scalar_one()
    found: T = values.get(name, default)
    return found

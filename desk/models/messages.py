"""Ready messages between desk and counters, and announcements for the public screens."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index

from desk.models.base import Base, Mapped, mapped_column, new_id


class DeskMessage(Base):
    """One of the site's ready sentences, on its way from a desk or counter to another. Never words of one's own;
    deleted when its day is over."""

    __tablename__ = "desk_message"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    text: Mapped[str]
    from_counter: Mapped[int]  # number; 0 is the desk
    to_counter: Mapped[int]
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class Announcement(Base):
    """A sentence for hall or kiosk from a day to a day, both included. ``texts`` by language, Turkish among them."""

    __tablename__ = "announcement"
    __table_args__ = (Index(None, "site_id", "ends_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    hall: Mapped[bool]
    kiosk: Mapped[bool]
    texts: Mapped[dict[str, Any]]

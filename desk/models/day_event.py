"""When a business day was closed or opened again, by whom and why. Appended, never rewritten."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index

from desk.models.base import Base, Mapped, mapped_column, new_id


class DayEvent(Base):
    __tablename__ = "day_event"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]  # closed | reopened
    reason: Mapped[str] = mapped_column(default="")

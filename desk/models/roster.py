"""Who is to sit at which counter from when until when: per weekday, and what is different on one date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class RosterWeek(Base):
    """A counter's shift on every such weekday. ``weekday`` 0 is Monday; minutes after midnight on the site's clock."""

    __tablename__ = "roster_week"
    __table_args__ = (UniqueConstraint("counter_id", "weekday", "begins"), Index(None, "site_id", "weekday"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    counter_id: Mapped[UUID] = mapped_column(ForeignKey("counter.id"))
    weekday: Mapped[int]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    lunch_from: Mapped[int | None]
    lunch_to: Mapped[int | None]


class RosterDay(Base):
    """A counter's shift on one date instead of its weekday's. ``begins == ends``: nobody sits there that day."""

    __tablename__ = "roster_day"
    __table_args__ = (UniqueConstraint("counter_id", "day", "begins"), Index(None, "site_id", "day"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    counter_id: Mapped[UUID] = mapped_column(ForeignKey("counter.id"))
    day: Mapped[date]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    lunch_from: Mapped[int | None]
    lunch_to: Mapped[int | None]

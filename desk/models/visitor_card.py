"""Visitor cards: which number is out, where its bearer went, and since when. No names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index

from desk.models.base import Base, Mapped, mapped_column, new_id, only


class VisitorCard(Base):
    """One card from going out until it comes back. A card is out once: the partial index refuses a second open row."""

    __tablename__ = "visitor_card"
    __table_args__ = (
        Index(None, "site_id", "day"),
        Index(
            "uq_visitor_card_out",
            "site_id",
            "card",
            unique=True,
            **only("in_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    card: Mapped[str]
    place: Mapped[str]  # where its bearer went
    persons: Mapped[int]
    out_at: Mapped[datetime]
    in_at: Mapped[datetime | None]
    ended: Mapped[str] = mapped_column(default="")  # returned | day
    out_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    in_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))

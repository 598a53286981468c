"""Rehber: what each service asks of a visitor (Hizmet Standartları Tablosu), and how often it was told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class GuideEntry(Base):
    """One line of the table. It belongs to a subject or a service of the search, or stands there by its own name."""

    __tablename__ = "guide_entry"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    name: Mapped[str]
    name_fold: Mapped[str]
    subject_code: Mapped[str] = mapped_column(default="")
    service_code: Mapped[str] = mapped_column(default="")
    unit_code: Mapped[str] = mapped_column(default="")
    documents: Mapped[list[Any]]  # one line each, in the order in which they are asked for
    duration: Mapped[str]  # until the service is done, in words
    fee: Mapped[str]
    place: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class GuideUse(Base):
    """A visitor was told what a service needs: how often each is asked for. With an undone visit it goes too."""

    __tablename__ = "guide_use"
    __table_args__ = (Index(None, "site_id", "day"), Index(None, "visit_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("guide_entry.id"))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    printed: Mapped[bool]

"""Unusual events (olay) at a site, step by step. Nobody is named or described here."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class Incident(Base):
    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("site_id", "day", "serial"), Index(None, "site_id", "ended_at"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    serial: Mapped[int]
    kind: Mapped[str]  # registry.incidents.IncidentKind
    at: Mapped[datetime]
    place: Mapped[str]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))


class IncidentStep(Base):
    """What was done when. Appended, never rewritten."""

    __tablename__ = "incident_step"
    __table_args__ = (Index(None, "incident_id", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    at: Mapped[datetime]
    text: Mapped[str]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))

"""Applications (başvuru), petitions among them, their history, referrals and enclosures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.models.base import Base, new_id


class Application(Base):
    """A request, complaint, petition … through any channel. Who asked stands in ``person``."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("site_id", "year", "serial"),
        UniqueConstraint("site_id", "request_key"),
        Index(None, "tracking_code", unique=True),
        Index(None, "scan_code"),
        Index(None, "site_id", "day", "received_at"),
        Index(None, "unit_id", "state", "due_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    year: Mapped[int]
    serial: Mapped[int]
    record_number: Mapped[str]  # 2026/004218
    tracking_code: Mapped[str]  # random; what the citizen asks with
    scan_code: Mapped[str]
    request_key: Mapped[str]
    document_kind: Mapped[str]  # petition | information
    channel: Mapped[str]
    state: Mapped[str]
    subject: Mapped[str]
    subject_fold: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhood.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    signature_present: Mapped[bool]
    missing: Mapped[list[Any]]  # values of registry.types.Missing
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    due_basis: Mapped[str]  # message id of the rule
    registered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    receipts: Mapped[int] = mapped_column(default=1)  # copies of the alındı belgesi handed out


class ApplicationEvent(Base):
    """What happened to an application. ``data`` carries no personal data."""

    __tablename__ = "application_event"
    __table_args__ = (Index(None, "application_id", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    data: Mapped[dict[str, Any]]


class Enclosure(Base):
    __tablename__ = "enclosure"
    __table_args__ = (UniqueConstraint("application_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    pages: Mapped[int]

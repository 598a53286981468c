"""Refakat: jobs, their history and the equipment lent for them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id, only


class Assistance(Base):
    """One job of accompanying a visitor: the help needed, never why."""

    __tablename__ = "assistance"
    __table_args__ = (UniqueConstraint("site_id", "day", "serial"), Index(None, "site_id", "day", "state"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    serial: Mapped[int]
    number: Mapped[str]  # the ticket's, else RF 001
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[str]
    state: Mapped[str]
    from_place: Mapped[str]
    to_place: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    escort_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    equipment_id: Mapped[UUID | None] = mapped_column(ForeignKey("equipment.id"))
    requested_at: Mapped[datetime]
    assigned_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    terminal_id: Mapped[UUID | None]  # where it was asked for; the key of a terminal
    lang: Mapped[str] = mapped_column(default="tr", server_default="tr")  # what the visitor reads


class AssistanceEvent(Base):
    __tablename__ = "assistance_event"
    __table_args__ = (Index(None, "assistance_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    assistance_id: Mapped[UUID] = mapped_column(ForeignKey("assistance.id"))
    at: Mapped[datetime]
    state: Mapped[str]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    escort_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class Equipment(Base):
    __tablename__ = "equipment"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]  # the kind of help it serves
    active: Mapped[bool] = mapped_column(default=True)


class EquipmentUse(Base):
    """Out and in. A piece is out once: the partial index refuses a second open row."""

    __tablename__ = "equipment_use"
    __table_args__ = (
        Index(None, "assistance_id"),
        Index(
            "uq_equipment_use_out",
            "equipment_id",
            unique=True,
            **only("in_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    equipment_id: Mapped[UUID] = mapped_column(ForeignKey("equipment.id"))
    assistance_id: Mapped[UUID] = mapped_column(ForeignKey("assistance.id"))
    out_at: Mapped[datetime]
    in_at: Mapped[datetime | None]

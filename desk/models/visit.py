"""Visits and the persons who chose to be known."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class Person(Base):
    """The only table with names, phones, identity numbers and addresses; each row has a purpose and an end."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "name_fold"), Index(None, "erase_after"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    purpose: Mapped[str]  # visit | application | assistance
    notice_version: Mapped[str]  # which aydınlatma text was shown
    erase_after: Mapped[date]
    name: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str]
    phone: Mapped[str]
    tckn: Mapped[str]
    address: Mapped[str]
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhood.id"))


class Visit(Base):
    """One entry of one or more persons through a site's door."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("site_id", "request_key"), Index(None, "site_id", "day", "at"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    persons: Mapped[int]
    kind: Mapped[str]  # ticket | direction
    arrival: Mapped[str]
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("subject.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    request_key: Mapped[str]  # made by the caller: a second press returns the first result
    voided_at: Mapped[datetime | None]

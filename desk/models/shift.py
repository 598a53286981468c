"""The shift: who opened and closed the day with what note, what was left open, and the sheets that were signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import NARROW, Base, Mapped, mapped_column, new_id


class Shift(Base):
    """The shift lead's part of a business day. A day nobody opened by hand has none; it is counted all the same."""

    __tablename__ = "shift"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    opening_note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    handover_note: Mapped[str] = mapped_column(default="")


class ShiftStaff(Base):
    """Who was there."""

    __tablename__ = "shift_staff"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)


class LeftOpen(Base):
    """What was still open when a day was closed, and what became of it: it ended there, or the next shift has it."""

    __tablename__ = "left_open"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    kind: Mapped[str]  # ticket | assistance | paper | equipment
    subject_id: Mapped[UUID]
    number: Mapped[str]  # as people call it: V 017, RF 003, a piece's name
    state: Mapped[str]  # as it stood
    done: Mapped[str]  # ended | handed_over


class KeptSheet(Base):
    """A closed day's sheet as it was signed. ``revision`` 1 is the first closing; a day opened again gets another."""

    __tablename__ = "kept_sheet"
    __table_args__ = (UniqueConstraint("site_id", "day", "revision"), Index(None, "site_id", "year", "serial"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    revision: Mapped[int]
    year: Mapped[int]
    serial: Mapped[int]  # the day's; a new revision keeps it
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    data: Mapped[dict[str, Any]]  # reports.stored


class LateEntry(Base):
    """A count that came into a closed day: the signed sheet stays as it is, this stands below it as a correction."""

    __tablename__ = "late_entry"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    measure: Mapped[str]
    key: Mapped[str]
    value: Mapped[int]

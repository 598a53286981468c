"""The change log and the summaries, both kept by the transaction that made the record."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey

from desk.models.base import NARROW, Base, Mapped, mapped_column


class Change(Base):
    __tablename__ = "change"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))


class DayCount(Base):
    """How often, per site and day. ``key`` is a service, unit, class or kind; empty for the whole site."""

    __tablename__ = "day_count"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class HourCount(Base):
    """The same per local hour: only for the few measures a day sheet shows by the hour."""

    __tablename__ = "hour_count"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class DurationCount(Base):
    """Histogram of durations: median and P90 of any period come from adding these up (buckets: models.counting)."""

    __tablename__ = "duration_count"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    seconds: Mapped[int]  # sum, for the mean


class MonthCount(Base):
    """The day counts of a calendar month added up, by the same transaction: what the annual report reads."""

    __tablename__ = "month_count"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    measure: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class MonthDuration(Base):
    """The histograms of a calendar month's days added up."""

    __tablename__ = "month_duration"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    seconds: Mapped[int]

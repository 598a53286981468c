"""What was promised with each number, and what the last days taught the forecast."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey

from desk.models.base import NARROW, Base, Mapped, mapped_column


class ForecastLog(Base):
    """The forecast given with a ticket, in minutes. When it was called and how it ended stands in the ticket."""

    __tablename__ = "forecast_log"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))  # at issue: a transfer changes the ticket's
    rule: Mapped[str]
    rule_version: Mapped[int]
    median: Mapped[float]
    upper: Mapped[float]
    sd: Mapped[float]
    k: Mapped[float]
    replications: Mapped[int]  # 0: a counter was free
    shadow: Mapped[float]  # what people ahead x moving average would have said
    waiting: Mapped[int]
    counters_open: Mapped[int]
    window_from: Mapped[datetime | None]  # told by the clock, across a pause
    window_to: Mapped[datetime | None]


class ForecastHabits(Base):
    """What the days before ``day`` taught: learned once a day, kept so that every terminal has the same."""

    __tablename__ = "forecast_habits"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]  # of what is kept; another one is learned anew
    learned: Mapped[dict[str, Any]]

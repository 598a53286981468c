"""Numbers, tickets and their periods."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import NARROW, Base, Mapped, mapped_column, new_id, only

SENT = "state = 'waiting' AND (wanted_counter_id IS NOT NULL OR wanted_staff_id IS NOT NULL)"


class NumberSeries(Base):
    """The last number of each series people see; raised in the transaction that uses it, so no gap and no duplicate."""

    __tablename__ = "number_series"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)  # ticket:V, record, change, scan:1
    period: Mapped[str] = mapped_column(primary_key=True)  # 2026-11-24, 2026, or empty
    last: Mapped[int]


class Ticket(Base):
    """A place in the queue. The priority *class* is not here: only yes or no."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("site_id", "day", "series", "serial"),
        # The calling rule looks only at those who wait, and of them at the first of each service and class.
        Index(
            "ix_ticket_waiting",
            "site_id",
            "day",
            "service_id",
            "priority",
            "arrived_at",
            "id",
            **only("state = 'waiting'"),
        ),
        # And at the few who were sent to a counter or a clerk.
        Index(
            "ix_ticket_sent",
            "site_id",
            "day",
            **only(SENT),
        ),
        Index(None, "site_id", "day", "issued_at"),
        Index(None, "visit_id"),
        Index(None, "scan_code"),
        Index(
            "ix_ticket_at_counter",
            "counter_id",
            unique=True,  # never two numbers at one counter
            **only("state IN ('called', 'serving')"),
        ),
        # What a counter served and holds today, however many wait.
        Index(
            "ix_ticket_of_counter",
            "counter_id",
            "day",
            "state",
            **only("counter_id IS NOT NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    series: Mapped[str]
    serial: Mapped[int]
    number: Mapped[str]  # V 017
    scan_code: Mapped[str]
    state: Mapped[str]
    priority: Mapped[bool]
    persons: Mapped[int]
    lang: Mapped[str]
    issued_at: Mapped[datetime]
    arrived_at: Mapped[datetime]  # what the rule counts from: issue, or the appointment when that is later
    outside_hours: Mapped[bool]
    ahead: Mapped[int]
    forecast_low: Mapped[int | None]  # minutes, as promised at issue
    forecast_high: Mapped[int | None]
    counter_id: Mapped[UUID | None] = mapped_column(ForeignKey("counter.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    first_called_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    recalls: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    wanted_counter_id: Mapped[UUID | None]  # sent on to this counter, or to
    wanted_staff_id: Mapped[UUID | None]  # this clerk, while they are there: nobody else calls it
    further_service_id: Mapped[UUID | None]  # a further number of a visit: the service it was asked for


class TicketPeriod(Base):
    """How long a ticket waited, was called, served or on hold, by whom and where. Appended, closed, never rewritten."""

    __tablename__ = "ticket_period"
    __table_args__ = (Index(None, "ticket_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[str]  # waiting | called | serving | on_hold
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    counter_id: Mapped[UUID | None] = mapped_column(ForeignKey("counter.id"))


class TicketCall(Base):
    """Each call with the rule, its version and its inputs: what answers "why this number?"."""

    __tablename__ = "ticket_call"
    __table_args__ = (Index(None, "ticket_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    counter_id: Mapped[UUID] = mapped_column(ForeignKey("counter.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    recall: Mapped[int]
    rule: Mapped[str]
    rule_version: Mapped[int]
    inputs: Mapped[dict[str, Any]]

"""Numbers known in advance: manual numbers, appointments, overrides."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class NumberOverride(Base):
    """Why a number was given against a limit. Appended only."""

    __tablename__ = "number_override"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    kind: Mapped[str]  # cap | unlikely
    reason: Mapped[str]


class ReservedBlock(Base):
    """Numbers of one service taken out of the series to be given by hand, e.g. for a power cut."""

    __tablename__ = "reserved_block"
    __table_args__ = (Index(None, "site_id", "day"), UniqueConstraint("site_id", "request_key"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    request_key: Mapped[str]  # made by the caller: a second press takes no second block
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None]  # entered, with the rest void
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class ReservedNumber(Base):
    """One number of a block: still open, entered as a ticket, or void. It is never given again that day."""

    __tablename__ = "reserved_number"
    __table_args__ = (UniqueConstraint("ticket_id"),)
    block_id: Mapped[UUID] = mapped_column(ForeignKey("reserved_block.id"), primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    state: Mapped[str]  # open | entered | void
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))


class Appointment(Base):
    """A time given in advance. The name, when there is one, is a person row with its own end."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("site_id", "day", "code"),
        UniqueConstraint("site_id", "request_key"),
        Index(None, "person_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    request_key: Mapped[str]  # made by the caller: a second press gives no second appointment
    day: Mapped[date]  # of ``at``, on the site's clock
    at: Mapped[datetime]
    code: Mapped[str]  # six digits, random: typed at the kiosk
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    persons: Mapped[int]
    early_minutes: Mapped[int]  # check-in is taken this long before …
    late_minutes: Mapped[int]  # … and this long after the time given
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    cancelled_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))

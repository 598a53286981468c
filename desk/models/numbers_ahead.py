"""Numbers and days known in advance: closed days, hours of a service, manual numbers, appointments, overrides."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import NARROW, Base, Mapped, mapped_column, new_id


class ClosedDay(Base):
    """A day on which a site is shut, or open for other hours than its weekday's, beside the public holidays.

    ``opens`` and ``closes`` (minutes after midnight) are both set on a short day and both empty on a closed one.
    """

    __tablename__ = "closed_day"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]  # bridge | leave | local | works | other
    reason: Mapped[str]  # the site's own words for people, in Turkish; empty: those of the kind
    opens: Mapped[int | None]
    closes: Mapped[int | None]


class ServiceHours(Base):
    """Hours of a service that keeps shorter ones than its site; a weekday without a row follows the site."""

    __tablename__ = "service_hours"
    __table_args__ = NARROW
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)  # 0 is Monday
    opens: Mapped[int]
    closes: Mapped[int]


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

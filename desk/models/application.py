"""Applications (başvuru), petitions among them, their history, referrals and enclosures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column

from desk.models.base import Base, Mapped, mapped_column, new_id, only

IS_OPEN = "open IS TRUE"
IS_ALIVE = "state <> 'voided'"
IS_UNTOLD = "told_at IS NULL AND closed_at IS NOT NULL"
IS_OUTSIDE = "outside_number IS NOT NULL"
"""Conditions of partial indexes: statements repeat them with ``as_indexed``."""

_LISTED = (
    "unit_id", "state", "stopped_on", "owner_id", "channel", "kind", "neighbourhood_id", "day", "year", "serial",
    "open",
)  # fmt: skip
"""What lists count, sort and are filtered by. The condition's own column is among it: SQLite asks for it once more."""

_UNTOLD = ("state", "unit_id", "told_at", "closed_at")


def as_indexed(condition: str) -> ColumnElement[bool]:
    """One of the conditions above in a statement over ``application`` alone, with no bound value in it."""
    found: ColumnElement[bool] = literal_column(f"({condition})")
    return found


class Application(Base):
    """A request, complaint, petition … through any channel. Who asked stands in ``person``, their words in
    ``application_text`` and ``application_detail``; here is what lists and clocks need."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("site_id", "year", "serial"),
        UniqueConstraint("site_id", "request_key"),
        Index(None, "tracking_code", unique=True),
        Index(None, "scan_code"),
        Index(None, "site_id", "day", "received_at"),
        # Work lists. What is open is little beside all: both indexes of it hold all that lists ask for. Each urgency is
        # a run of its own in them: a page by urgency and one by what is due are both the beginnings of a few runs.
        Index("ix_application_open", "site_id", "urgency", "due_on", "id", *_LISTED, **only(IS_OPEN)),
        Index(
            "ix_application_open_unit", "site_id", "unit_id", "urgency", "due_on", "id", *_LISTED[1:], **only(IS_OPEN)
        ),
        Index("ix_application_untold", "site_id", "due_on", "id", *_UNTOLD, **only(IS_UNTOLD)),
        Index("ix_application_newest", "site_id", "year", "serial", **only(IS_ALIVE)),
        Index("ix_application_unit", "site_id", "unit_id", "year", "serial", **only(IS_ALIVE)),
        Index("ix_application_owner", "owner_id", "due_on", **only("owner_id IS NOT NULL")),
        Index("ix_application_outside", "site_id", "channel", "outside_number", unique=True, **only(IS_OUTSIDE)),
        Index("ix_application_person", "person_id"),
        Index("ix_application_import", "import_id", **only("import_id IS NOT NULL")),
        Index("ix_application_joined", "joined_to", **only("joined_to IS NOT NULL")),
        Index("ix_application_place", "site_id", "neighbourhood_id", "subject_code", "day"),
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
    document_kind: Mapped[str]  # petition | information | official_letter … | none (an application without paper)
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
    # From revision 0006 on. The defaults are what the petitions of before were.
    kind: Mapped[str] = mapped_column(default="request", server_default="request")
    sender_kind: Mapped[str] = mapped_column(default="person", server_default="person")
    persons: Mapped[int] = mapped_column(default=1, server_default="1")  # signatures of a toplu dilekçe
    urgency: Mapped[str] = mapped_column(default="normal", server_default="normal")
    subject_code: Mapped[str] = mapped_column(default="", server_default="")
    clock: Mapped[str] = mapped_column(default="petition", server_default="petition")
    open: Mapped[bool] = mapped_column(default=True, server_default="1")  # follows the state: what lists filter by
    version: Mapped[int] = mapped_column(default=0, server_default="0")  # raised by every move: who was first
    stopped_on: Mapped[date | None]  # the clock stands still since this day
    outcome: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    satisfied: Mapped[str | None]  # yes | no | unreached; None: nobody asked
    joined_to: Mapped[UUID | None]  # the application that goes on for this one (mükerrer)
    owner_id: Mapped[UUID | None]  # who has taken it on: "bana ait"
    outside_number: Mapped[str | None]  # of the other system, unique in its channel
    official_number: Mapped[str | None]  # the EBYS number, where registration is official there
    official_on: Mapped[date | None]
    import_id: Mapped[UUID | None]
    hidden: Mapped[bool] = mapped_column(default=False, server_default="0")  # asked that the identity be kept hidden


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

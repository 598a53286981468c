"""Printers, their leases and the ledger of print jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.models.base import Base, new_id


class Printer(Base):
    """A printer of a terminal. The process whose ``lease_owner`` is unexpired sends; all others only enqueue."""

    __tablename__ = "printer"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    code: Mapped[str]
    name: Mapped[str]
    profile: Mapped[str]  # name of a file in resources/printers
    address: Mapped[str]  # virtual:, serial:/dev/ttyUSB0?baud=19200, tcp:10.0.0.5:9100
    active: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(
        default="unknown"
    )  # unknown | ready | paper_low | paper_out | cover_open | offline
    state_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]


class PrintJob(Base):
    """One slip to be printed once. ``slip`` is versioned data; bytes are made when sending.

    States: queued → sending → printed | unknown | failed. *Unknown* and *failed* are never sent again by themselves:
    a reprint is a new row with ``copy_no`` + 1 and ``reprint_of``.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        Index(
            "ix_print_job_open",
            "printer_id",
            "created_at",
            sqlite_where=text("state IN ('queued', 'sending')"),
            postgresql_where=text("state IN ('queued', 'sending')"),
        ),
        Index(None, "subject_id"),
        Index(None, "site_id", "created_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    printer_id: Mapped[UUID] = mapped_column(ForeignKey("printer.id"))
    kind: Mapped[str]  # ticket | direction | assistance | receipt | deficiency | day
    subject_id: Mapped[UUID | None]  # the ticket, job or application it is for
    slip: Mapped[dict[str, Any]]  # printing.elements.Slip.to_data()
    copy_no: Mapped[int]
    reprint_of: Mapped[UUID | None] = mapped_column(ForeignKey("print_job.id"))
    state: Mapped[str]
    reason: Mapped[str]  # message id of the fault, empty when none
    created_at: Mapped[datetime]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    sent_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

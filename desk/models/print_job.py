"""Printers, their leases, the ledger of print jobs, and documents that wait to be printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id, only

TROUBLED = "state IN ('failed', 'unknown')"


class Printer(Base):
    """A printer of a terminal. The process whose ``lease_owner`` is unexpired sends; all others only enqueue.

    Printers of one ``pool`` stand at one place: what one cannot print now, another one prints.
    """

    __tablename__ = "printer"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    code: Mapped[str]
    name: Mapped[str]
    profile: Mapped[str]  # name of a file in resources/printers
    address: Mapped[str]  # virtual:, serial:/dev/ttyUSB0?baud=19200, tcp:10.0.0.5:9100, cups:NAME (A4)
    active: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(
        default="unknown"
    )  # unknown | ready | paper_low | paper_out | cover_open | cutter | offline
    state_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    pool: Mapped[str] = mapped_column(default="", server_default="")  # the place; empty: stands alone
    logo_at: Mapped[datetime | None]  # since when the site's logo lies in its memory


class PrintJob(Base):
    """One slip to be printed once. ``slip`` is versioned data; bytes are made when sending.

    States: queued → sending → printed | unknown | failed. *Unknown* and *failed* are never sent again by themselves:
    a reprint is a new row with ``copy_no`` + 1 and ``reprint_of``. What is too old when its printer is well again
    becomes *waiting* until a person releases or withdraws it. ``slip`` is emptied when its time is over; the row stays.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        Index(
            "ix_print_job_open",
            "printer_id",
            "created_at",
            **only("state IN ('queued', 'sending')"),
        ),
        Index(None, "subject_id"),
        Index(None, "site_id", "created_at"),
        Index(
            "ix_print_job_kept",
            "site_id",
            "created_at",
            **only("emptied_at IS NULL"),
        ),
        # What a day's sheet tells of printers, however many slips came out.
        Index("ix_print_job_troubled", "site_id", "created_at", **only(TROUBLED)),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    printer_id: Mapped[UUID] = mapped_column(ForeignKey("printer.id"))
    kind: Mapped[str]  # ticket | direction | assistance | receipt | deficiency | day | codepages | …
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
    why: Mapped[str] = mapped_column(default="", server_default="")  # a reprint's, in words of who asked
    released_at: Mapped[datetime | None]  # a person wants it printed though it is late
    moved_from: Mapped[UUID | None]  # the printer it waited at before another one of the pool took it
    seen_at: Mapped[datetime | None]  # a person knows that it was not printed
    seen_by: Mapped[UUID | None]  # staff.id
    emptied_at: Mapped[datetime | None]  # the slip's content is deleted since then


class PrintDocument(Base):
    """What a job prints that is no slip: a PDF for an A4 printer, the logo for a printer's memory.

    It stands here and not in a file, because the process that owns the printer may run on another machine.
    Deleted together with the job's slip.
    """

    __tablename__ = "print_document"
    job_id: Mapped[UUID] = mapped_column(ForeignKey("print_job.id"), primary_key=True)
    media: Mapped[str]  # application/pdf | image/png
    title: Mapped[str]  # without personal data: other users of the print server see it
    content: Mapped[bytes]

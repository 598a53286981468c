"""What belongs to an application and is not in its row: words, channel fields, files, search, filters, leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id

SEARCH_INDEXES = ("application_trigram", "application_word", "application_search_trigram", "application_search_word")
"""How the names of what each engine searches by begin (migration 0006); no table class describes them."""


class ApplicationDetail(Base):
    """The citizen's words and the channel's own fields: read with one record, never by lists; erased in time."""

    __tablename__ = "application_detail"
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    body: Mapped[str]
    place: Mapped[str]  # where the matter is, in words
    fields: Mapped[dict[str, Any]]  # registry.channels names them


class ApplicationText(Base):
    """Words of one event (an answer, a reason, a question): apart from the event, because they may name people."""

    __tablename__ = "application_text"
    __table_args__ = (Index(None, "application_id"),)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("application_event.id"), primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    text: Mapped[str]


class ApplicationSearch(Base):
    """What is searched in, folded: number, name, phone, subject, place. Derived: cleaned when the person is erased.

    ``doc`` grows with time, so that the newest hits come first without sorting; SQLite's two FTS5 tables (trigrams,
    and words with prefixes) take it as their rowid, which VACUUM cannot change because it is a declared key.
    """

    __tablename__ = "application_search"
    doc: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), unique=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    text: Mapped[str]


class ApplicationFile(Base):
    """A scanned page or picture. The content lies in a file named by its hash, beside the database."""

    __tablename__ = "application_file"
    __table_args__ = (UniqueConstraint("application_id", "sha256"), Index(None, "sha256"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class AdministrativeLeave(Base):
    """İdari izin: a working day on which the municipality does not work, wholly or from 13.00."""

    __tablename__ = "administrative_leave"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    half: Mapped[bool]
    reason: Mapped[str]


class SavedFilter(Base):
    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("site_id", "staff_id", "name"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str]
    data: Mapped[dict[str, Any]]


class ImportRun(Base):
    """One file of another system taken in, and whether it was taken back."""

    __tablename__ = "import_run"
    __table_args__ = (Index(None, "site_id", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    source: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    rows: Mapped[int]
    created: Mapped[int]
    known: Mapped[int]  # already here by their outside number
    refused: Mapped[int]
    finished_at: Mapped[datetime | None]  # None: broken off; take it back or run the same file again
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))


class Call(Base):
    """One call of the call centre, as the exchange's log tells it or a clerk wrote it down; no caller's number."""

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("site_id", "outside_id"),
        Index(None, "site_id", "day"),
        Index(None, "import_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    outside_id: Mapped[str]  # the exchange's call id; "h:…" of one that was written down by hand
    line: Mapped[str]  # queue or number called: 153, 444 …
    agent: Mapped[str]
    outcome: Mapped[str]  # answered | abandoned | missed
    waiting_seconds: Mapped[int]
    talk_seconds: Mapped[int]
    # From revision 0012 on: what a call written down by hand was about, and what came of it.
    subject: Mapped[str] = mapped_column(default="", server_default="")
    result: Mapped[str] = mapped_column(default="", server_default="")  # informed | transferred | application | ""
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("application.id"))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_run.id"))


class Disposal(Base):
    """İmha kaydı: how many persons' data were erased when, by which rule. Kept three years (KVKK by-law, art. 7)."""

    __tablename__ = "disposal"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    rule: Mapped[str]
    persons: Mapped[int]
    files: Mapped[int]
    keep_until: Mapped[date]

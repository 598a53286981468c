"""The privacy notice (aydınlatma metni): every version that was in force, and that it was offered. Nobody is named."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class PrivacyNotice(Base):
    """One published version and its words: "version 3 was shown" must be answerable with what version 3 said."""

    __tablename__ = "privacy_notice"
    __table_args__ = (UniqueConstraint("site_id", "version"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    version: Mapped[str]
    texts: Mapped[dict[str, Any]]  # by language, paragraphs
    at: Mapped[datetime]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class NoticeShown(Base):
    """At a kiosk the notice was offered with a number, opened, or read aloud: version and time, no identity."""

    __tablename__ = "notice_shown"
    __table_args__ = (UniqueConstraint("site_id", "press", "how"), Index(None, "site_id", "day"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    version: Mapped[str]
    lang: Mapped[str]
    how: Mapped[str]  # offered | opened | heard
    press: Mapped[str]  # a random word of one stay at the kiosk; leads to nobody and to no number

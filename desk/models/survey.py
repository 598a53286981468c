"""Surveys (anket): versioned forms and what was answered. Nobody is asked who they are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import Base, Mapped, mapped_column, new_id


class SurveyForm(Base):
    """One version of a form. A changed question is a new version: answers are never read against other words."""

    __tablename__ = "survey_form"
    __table_args__ = (UniqueConstraint("code", "version"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]  # genel | hizmet | personel
    version: Mapped[int]
    title: Mapped[str]
    programme: Mapped[str]  # the programme the surveys are counted for
    questions: Mapped[list[Any]]  # registry.surveys.Question.to_data()
    kiosk: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Survey(Base):
    """One filled survey."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("site_id", "request_key"),
        Index(None, "site_id", "day"),
        Index(None, "ticket_id"),
        Index(None, "application_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    form_id: Mapped[UUID] = mapped_column(ForeignKey("survey_form.id"))
    place: Mapped[str]  # desk | kiosk | field
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("application.id"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    lang: Mapped[str]
    alarming: Mapped[bool]  # the shift lead was told
    seen_at: Mapped[datetime | None]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    terminal_id: Mapped[UUID] = mapped_column(ForeignKey("terminal.id"))
    request_key: Mapped[str]


class SurveyAnswer(Base):
    """One answered question; one left out has no row. A face or number is ``value``, a choice its code."""

    __tablename__ = "survey_answer"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int | None]
    choice: Mapped[str]
    text: Mapped[str]

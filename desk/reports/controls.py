"""Counting a measure again from the records, in one statement: what ``desk db check`` holds the summaries against.

A control takes a session, a site and a business day and gives the count of each key. ``grouped`` makes one from a
table and its key; whoever adds a measure adds its control beside its definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, select

from desk.models.application import Application
from desk.models.assistance import Assistance, EquipmentUse
from desk.models.case import Call
from desk.models.guide import GuideEntry, GuideUse
from desk.models.incident import Incident
from desk.models.numbers_ahead import NumberOverride, ReservedBlock, ReservedNumber
from desk.models.session import Session
from desk.models.site import Neighbourhood, Service, Subject
from desk.models.site import Unit as OfUnit
from desk.models.survey import Survey, SurveyAnswer, SurveyForm
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.registry.application_types import ENDED_WITHOUT

Control = Callable[[Session, UUID, date], Mapping[str, int]]


def grouped(
    record: type[Any],
    key: ColumnElement[Any] | Any = None,
    *where: ColumnElement[bool],
    joins: tuple[tuple[type[Any], ColumnElement[bool]], ...] = (),
    value: ColumnElement[int] | None = None,
) -> Control:
    """Count the rows of ``record`` (it has ``site_id`` and ``day``) by ``key`` ("" without one); ``value`` sums."""
    table = record.__table__
    by = literal_column("''") if key is None else func.coalesce(key, "")
    counted = func.count() if value is None else func.sum(value)
    asked = select(by.label("key"), counted.label("value")).select_from(table)
    for other, on in joins:
        asked = asked.outerjoin(other, on)
    asked = asked.where(*where).group_by("key" if key is not None else literal_column("1"))

    def control(session: Session, site_id: UUID, day: date) -> Mapping[str, int]:
        rows = session.execute(asked.where(table.c.site_id == site_id, table.c.day == day))
        return {str(row.key): int(row.value) for row in rows if row.value}

    return control


VISITS_BY_SUBJECT = grouped(
    Visit,
    Subject.code,
    Visit.voided_at.is_(None),
    Visit.subject_id.is_not(None),
    joins=((Subject, Subject.id == Visit.subject_id),),
)
_COUNTS = Application.state != "voided"
_PAPER = Application.document_kind != "none"
_THERE = ((Neighbourhood, Neighbourhood.id == Application.neighbourhood_id),)
PETITIONS_BY_CHANNEL = grouped(Application, Application.channel, _COUNTS, _PAPER)
PETITIONS_BY_NEIGHBOURHOOD = grouped(Application, Neighbourhood.code, _COUNTS, _PAPER, joins=_THERE)
APPLICATIONS = grouped(Application, Application.kind, _COUNTS)
APPLICATIONS_BY_CHANNEL = grouped(Application, Application.channel, _COUNTS)
APPLICATIONS_BY_UNIT = grouped(Application, OfUnit.code, _COUNTS, joins=((OfUnit, OfUnit.id == Application.unit_id),))
APPLICATIONS_BY_NEIGHBOURHOOD = grouped(Application, Neighbourhood.code, _COUNTS, joins=_THERE)
APPLICATIONS_BY_SUBJECT = grouped(Application, Application.subject_code, _COUNTS)
APPLICATIONS_OUTCOME = grouped(
    Application,
    func.coalesce(Application.outcome, Application.state),
    Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
)
_ENDED_AS = func.coalesce(Application.outcome, Application.state)
APPLICATIONS_OUTCOME_BY_CHANNEL = grouped(
    Application,
    Application.channel + ":" + _ENDED_AS,
    Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
)
APPLICATIONS_OUTCOME_BY_UNIT = grouped(
    Application,
    func.coalesce(OfUnit.code, "") + ":" + _ENDED_AS,
    Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
    joins=((OfUnit, OfUnit.id == Application.unit_id),),
)
APPLICATIONS_FEEDBACK = grouped(Application, Application.satisfied, Application.satisfied.is_not(None))
CALLS = grouped(Call, Call.outcome)
EQUIPMENT_USED = grouped(
    Assistance,
    Assistance.kind,
    EquipmentUse.id.is_not(None),
    joins=((EquipmentUse, EquipmentUse.assistance_id == Assistance.id),),
)
SURVEYS = grouped(Survey, SurveyForm.code, joins=((SurveyForm, SurveyForm.id == Survey.form_id),))
SURVEYS_BY_PLACE = grouped(Survey, Survey.place)
SURVEYS_ALARMING = grouped(
    Survey, SurveyForm.code, Survey.alarming.is_(True), joins=((SurveyForm, SurveyForm.id == Survey.form_id),)
)
INCIDENTS = grouped(Incident, Incident.kind)
GUIDE = grouped(GuideUse, GuideEntry.code, joins=((GuideEntry, GuideEntry.id == GuideUse.entry_id),))
MANUAL_ENTERED = grouped(
    ReservedBlock,
    Service.code,
    ReservedNumber.state == "entered",
    joins=(
        (ReservedNumber, ReservedNumber.block_id == ReservedBlock.id),
        (Service, Service.id == ReservedBlock.service_id),
    ),
)
TICKETS_OUTCOME = grouped(Ticket, Ticket.outcome, Ticket.state == "served")
LIMITS_PASSED = grouped(NumberOverride, NumberOverride.kind)


def survey_answers(session: Session, site_id: UUID, day: date) -> Mapping[str, int]:
    """By "form:version:question:value"; texts are not counted."""
    asked = (
        select(SurveyForm.code, SurveyForm.version, SurveyAnswer.question, SurveyAnswer.value, SurveyAnswer.choice)
        .join(Survey, Survey.id == SurveyAnswer.survey_id)
        .join(SurveyForm, SurveyForm.id == Survey.form_id)
        .where(Survey.site_id == site_id, Survey.day == day)
    )
    found: dict[str, int] = {}
    for code, version, question, value, choice in session.execute(asked):
        given = choice if value is None else str(value)
        if given:
            key = f"{code}:{version}:{question}:{given}"
            found[key] = found.get(key, 0) + 1
    return found


def call_waits(session: Session, site_id: UUID, day: date) -> tuple[int, int]:
    """How many calls of a day were timed in the queue, and the sum of their seconds."""
    return _timed(session, site_id, day, Call.waiting_seconds)


def call_talks(session: Session, site_id: UUID, day: date) -> tuple[int, int]:
    return _timed(session, site_id, day, Call.talk_seconds, Call.outcome == "answered")


def _timed(session: Session, site_id: UUID, day: date, seconds: Any, *where: ColumnElement[bool]) -> tuple[int, int]:
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(seconds), 0)).where(
            Call.site_id == site_id, Call.day == day, *where
        )
    ).one()
    return int(count), int(total)

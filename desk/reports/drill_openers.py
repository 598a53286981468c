"""How each figure is opened: the statement that finds its records, and what is shown of one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select

from desk.errors import N_, UserError
from desk.models.application import Application, Enclosure
from desk.models.assistance import Assistance, EquipmentUse
from desk.models.case import Call
from desk.models.counting import Duration, Measure
from desk.models.guide import GuideEntry, GuideUse
from desk.models.incident import Incident
from desk.models.numbers_ahead import NumberOverride, ReservedBlock, ReservedNumber
from desk.models.orm import aliased
from desk.models.site import Neighbourhood, Service, Subject, Unit
from desk.models.survey import Survey, SurveyAnswer, SurveyForm
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.queue.overrides import LIMIT_NAMES
from desk.queue.reasons import OUTCOMES_COUNTED
from desk.queue.types import STATE_NAMES, TicketState
from desk.registry.application_types import CALL_NAMES, ENDED_WITHOUT
from desk.registry.incident_kinds import INCIDENT_NAMES, IncidentKind
from desk.registry.types import (
    APPLICATION_STATE_NAMES,
    ASSISTANCE_NAMES,
    ASSISTANCE_STATE_NAMES,
    AssistanceKind,
    AssistanceState,
)

NOT_KEPT = N_("Bu sayının kayıtları tek tek gösterilemez; yalnız toplamı tutulur.")


@dataclass(frozen=True, slots=True)
class Drilled:
    """One record: what it is called, when, what it is about, how it stands. ``opens`` is what a scan would open."""

    id: UUID
    number: str
    at: datetime
    about: str
    state: str  # marked source string, or a count of persons
    persons: int = 1
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    rows: tuple[Drilled, ...]
    total: int


Opened = tuple[Any, Callable[[Any], Drilled]]
Opener = Callable[[str | None], Opened]

_ASKED = aliased(Service)


def _visits(*where: ColumnElement[bool], by: Any = None) -> Opener:
    def opener(key: str | None) -> Opened:
        asked = (
            select(Visit, _ASKED.name, Unit.short_name, func.min(Ticket.number))
            .outerjoin(_ASKED, _ASKED.id == Visit.service_id)
            .outerjoin(Unit, Unit.id == Visit.unit_id)
            .outerjoin(Subject, Subject.id == Visit.subject_id)
            .outerjoin(Ticket, Ticket.visit_id == Visit.id)
            .where(Visit.voided_at.is_(None), *where)
            .group_by(Visit.id, _ASKED.name, Unit.short_name)
        )
        if key is not None and by is not None:
            asked = asked.where(func.coalesce(by, "") == key)
        return asked, _visit

    return opener


def _visit(row: Any) -> Drilled:
    visit, service, unit, number = row
    return Drilled(visit.id, number or "", visit.at, service or unit or "", N_("Ziyaret"), visit.persons)


def _tickets(*where: ColumnElement[bool], asked_for: bool = False) -> Opener:
    def opener(key: str | None) -> Opened:
        asked = (
            select(Ticket, Service.name)
            .join(Service, Service.id == Ticket.service_id)
            .join(Visit, Visit.id == Ticket.visit_id)
            .outerjoin(_ASKED, _ASKED.id == func.coalesce(Ticket.further_service_id, Visit.service_id))
            .where(*where)
        )
        if key is not None:
            asked = asked.where((func.coalesce(_ASKED.code, Service.code) if asked_for else Service.code) == key)
        return asked, _ticket

    return opener


def _ticket(row: Any) -> Drilled:
    ticket, service = row
    state = STATE_NAMES[TicketState(ticket.state)]
    return Drilled(ticket.id, ticket.number, ticket.issued_at, service, state, ticket.persons, ticket.scan_code)


def _ended(state: str, *where: ColumnElement[bool]) -> Opener:
    return _tickets(Ticket.state == state, *where)


def _outcomes(key: str | None) -> Opened:
    """Served numbers by how service ended."""
    asked, made = _ended("served", *([] if key is None else [func.coalesce(Ticket.outcome, "") == key]))(None)
    return asked, lambda row: replace(made(row), state=OUTCOMES_COUNTED.get(row[0].outcome, row[0].outcome or ""))


def _by_hand(key: str | None) -> Opened:
    """Numbers that were given by hand and entered afterwards."""
    asked = (
        select(ReservedBlock, ReservedNumber.number, Service.name)
        .join(ReservedNumber, ReservedNumber.block_id == ReservedBlock.id)
        .join(Service, Service.id == ReservedBlock.service_id)
        .where(ReservedNumber.state == "entered")
    )
    return (asked if key is None else asked.where(Service.code == key)), _entered


def _entered(row: Any) -> Drilled:
    block, number, service = row
    return Drilled(block.id, number, block.made_at, service, N_("Elle verildi, işlendi"))


def _overrides(key: str | None) -> Opened:
    asked = select(NumberOverride, Ticket.number).outerjoin(Ticket, Ticket.id == NumberOverride.ticket_id)
    return (asked if key is None else asked.where(NumberOverride.kind == key)), _override


def _override(row: Any) -> Drilled:
    one, number = row
    return Drilled(one.id, number or "", one.at, LIMIT_NAMES.get(one.kind, one.kind), N_("Gerekçeyle"))


def _jobs(*where: ColumnElement[bool], equipment: bool = False) -> Opener:
    def opener(key: str | None) -> Opened:
        asked: Select[Any] = select(Assistance).where(*where)
        if equipment:
            asked = asked.join(EquipmentUse, EquipmentUse.assistance_id == Assistance.id)
        return (asked if key is None else asked.where(Assistance.kind == key)), _job

    return opener


def _job(row: Any) -> Drilled:
    (job,) = row
    about = ASSISTANCE_NAMES[AssistanceKind(job.kind)]
    return Drilled(job.id, job.number, job.requested_at, about, ASSISTANCE_STATE_NAMES[AssistanceState(job.state)])


def _applications(by: Any = None, *where: ColumnElement[bool], enclosures: bool = False) -> Opener:
    def opener(key: str | None) -> Opened:
        asked = (
            select(Application, Unit.short_name)
            .outerjoin(Unit, Unit.id == Application.unit_id)
            .outerjoin(Neighbourhood, Neighbourhood.id == Application.neighbourhood_id)
            .where(Application.state != "voided", *where)
        )
        if enclosures:  # one line an enclosure
            asked = asked.join(Enclosure, Enclosure.application_id == Application.id)
        return (asked if key is None or by is None else asked.where(func.coalesce(by, "") == key)), _application

    return opener


def _application(row: Any) -> Drilled:
    record, unit = row
    state = APPLICATION_STATE_NAMES.get(record.state, record.state)
    return Drilled(record.id, record.record_number, record.received_at, unit or "", state, 1, record.scan_code)


def _sent(key: str | None) -> Opened:
    """All of them are those that a unit has; the key "" opens those that none has."""
    return _applications(Unit.code, *([Application.unit_id.is_not(None)] if key is None else []))(key)


def _surveys(by: Any = SurveyForm.code, *where: ColumnElement[bool]) -> Opener:
    def opener(key: str | None) -> Opened:
        asked = (
            select(Survey, SurveyForm.title, Ticket.number)
            .join(SurveyForm, SurveyForm.id == Survey.form_id)
            .outerjoin(Ticket, Ticket.id == Survey.ticket_id)
            .where(*where)
        )
        return (asked if key is None else asked.where(by == key)), _survey

    return opener


def _survey(row: Any) -> Drilled:
    survey, title, number = row
    return Drilled(survey.id, number or "", survey.at, title, N_("Çok olumsuz") if survey.alarming else N_("Anket"))


def _incidents(key: str | None) -> Opened:
    asked = select(Incident)
    return (asked if key is None else asked.where(Incident.kind == key)), _incident


def _incident(row: Any) -> Drilled:
    (one,) = row
    name = INCIDENT_NAMES[IncidentKind(one.kind)]
    return Drilled(one.id, f"O {one.serial:03d}", one.at, name, one.outcome or N_("Sürüyor"))


def _calls(by: Any = Call.outcome, *where: ColumnElement[bool]) -> Opener:
    def opener(key: str | None) -> Opened:
        asked = select(Call).where(*where)
        return (asked if key is None else asked.where(by == key)), _call

    return opener


def _call(row: Any) -> Drilled:
    (call,) = row
    return Drilled(call.id, "", call.at, call.line, CALL_NAMES.get(call.outcome, call.outcome))


def _answers(key: str | None) -> Opened:
    """One line an answer; texts are not counted. ``key``: "form:version:question:value"."""
    given = func.coalesce(cast(SurveyAnswer.value, String), SurveyAnswer.choice)
    asked = (
        select(Survey, SurveyForm.title, Ticket.number)
        .join(SurveyForm, SurveyForm.id == Survey.form_id)
        .join(SurveyAnswer, SurveyAnswer.survey_id == Survey.id)
        .outerjoin(Ticket, Ticket.id == Survey.ticket_id)
        .where(given != "")
    )
    if key is not None:
        form, version, question, value = key.split(":", 3)
        asked = asked.where(SurveyForm.code == form, SurveyForm.version == int(version))
        asked = asked.where(SurveyAnswer.question == question, given == value)
    return asked, _survey


def _priority(key: str | None) -> Opened:
    """All of them; of which class each was stands in no record."""
    if key is not None:
        raise UserError(NOT_KEPT)
    return _tickets(Ticket.priority.is_(True), Ticket.further_service_id.is_(None), Visit.voided_at.is_(None))(None)


def _guide(key: str | None) -> Opened:
    asked = select(GuideUse, GuideEntry.name).join(GuideEntry, GuideEntry.id == GuideUse.entry_id).order_by(GuideUse.at)
    return (asked if key is None else asked.where(GuideEntry.code == key)), _told


def _told(row: Any) -> Drilled:
    use, name = row
    return Drilled(use.id, "", use.at, name, N_("Rehber"))


_PAPER = Application.document_kind != "none"
_LEFT = Ticket.outcome == "left"
_VISITS = _visits(by=_ASKED.code)

OPENERS: dict[str, tuple[Opener, ...]] = {
    Measure.VISITS: (_VISITS,),
    Measure.PERSONS: (_visits(),),
    Measure.CONTACTS: (_visits(), _applications()),
    Measure.DIRECTIONS: (_visits(Visit.service_id.is_(None)),),
    Measure.VISITS_BY_UNIT: (_visits(Visit.unit_id.is_not(None), by=Unit.code),),
    Measure.VISITS_BY_SUBJECT: (_visits(Visit.subject_id.is_not(None), by=Subject.code),),
    Measure.TICKETS_ISSUED: (_tickets(asked_for=True),),
    Measure.TICKETS_SERVED: (_ended("served"),),
    Measure.TICKETS_OUTCOME: (_outcomes,),
    Measure.NO_SHOWS: (_ended("no_show"),),
    Measure.EXPIRED: (_ended("expired"),),
    Measure.LEFT: (_ended("cancelled", _LEFT),),
    Measure.TICKETS_CANCELLED: (_ended("cancelled", or_(Ticket.outcome.is_(None), Ticket.outcome != "left")),),
    Measure.ASSISTANCE: (_jobs(Assistance.state != "cancelled"),),
    Measure.ASSISTANCE_ENDED: (_jobs(Assistance.state == "ended"),),
    Measure.EQUIPMENT_USED: (_jobs(equipment=True),),
    Measure.PETITIONS: (_applications(Application.document_kind, _PAPER),),
    Measure.PETITIONS_BY_CHANNEL: (_applications(Application.channel, _PAPER),),
    Measure.PETITIONS_BY_UNIT: (_applications(Unit.code, _PAPER),),
    Measure.PETITIONS_BY_NEIGHBOURHOOD: (_applications(Neighbourhood.code, _PAPER),),
    Measure.APPLICATIONS: (_applications(Application.kind),),
    Measure.APPLICATIONS_BY_CHANNEL: (_applications(Application.channel),),
    Measure.APPLICATIONS_BY_UNIT: (_sent,),
    Measure.APPLICATIONS_BY_NEIGHBOURHOOD: (_applications(Neighbourhood.code),),
    Measure.APPLICATIONS_BY_SUBJECT: (_applications(Application.subject_code),),
    Measure.APPLICATIONS_OUTCOME: (
        _applications(
            func.coalesce(Application.outcome, Application.state),
            Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
        ),
    ),
    Measure.APPLICATIONS_OUTCOME_BY_CHANNEL: (
        _applications(
            Application.channel + ":" + func.coalesce(Application.outcome, Application.state),
            Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
        ),
    ),
    Measure.APPLICATIONS_OUTCOME_BY_UNIT: (
        _applications(
            func.coalesce(Unit.code, "") + ":" + func.coalesce(Application.outcome, Application.state),
            Application.outcome.is_not(None) | Application.state.in_(ENDED_WITHOUT),
        ),
    ),
    Measure.APPLICATIONS_FEEDBACK: (_applications(Application.satisfied, Application.satisfied.is_not(None)),),
    Measure.PETITIONS_INCOMPLETE: (_applications(None, _PAPER, cast(Application.missing, String) != "[]"),),
    Measure.ENCLOSURES: (_applications(None, _PAPER, enclosures=True),),
    Measure.PRIORITY: (_priority,),
    Measure.MANUAL_ENTERED: (_by_hand,),
    Measure.LIMITS_PASSED: (_overrides,),
    Measure.GUIDE: (_guide,),
    Measure.SURVEY_ANSWERS: (_answers,),
    Measure.CALLS: (_calls(),),
    Measure.SURVEYS: (_surveys(),),
    Measure.SURVEYS_BY_PLACE: (_surveys(Survey.place),),
    Measure.SURVEYS_ALARMING: (_surveys(SurveyForm.code, Survey.alarming.is_(True)),),
    Measure.INCIDENTS: (_incidents,),
    Duration.WAIT: (_tickets(Ticket.first_called_at.is_not(None), asked_for=True),),
    Duration.SERVE: (_ended("served"),),
    Duration.ASSISTANCE_WAIT: (_jobs(Assistance.started_at.is_not(None)),),
    Duration.ASSISTANCE_JOB: (_jobs(Assistance.state == "ended"),),
    Duration.CALL_WAIT: (_calls(Call.line),),
    Duration.CALL_TALK: (_calls(Call.line, Call.outcome == "answered"),),
}
"""For each measure and each duration, the records it counted."""

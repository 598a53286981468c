"""Surveys and unusual events: filling a form, looking at a very bad one, noting what happened."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from desk.actions.context import Context
from desk.actions.shift import may_read
from desk.actor import Right, allowed
from desk.models.numbers import CodeKind, read_scan_code
from desk.models.site import Staff
from desk.queue import reads
from desk.registry import incidents, named, surveys
from desk.registry.emergency import Emergency, current
from desk.registry.incident_kinds import IncidentKind
from desk.registry.incidents import IncidentView
from desk.registry.survey_forms import Form
from desk.registry.surveys import Alarm, Filled
from desk.reports import live
from desk.reports.live import Live

LEAD = "lead"
"""The role of who leads the shift."""


def forms(ctx: Context, *, kiosk: bool = False) -> tuple[Form, ...]:
    """The forms in use; for the kiosk only those meant for it."""
    return tuple(form for form in ctx.read(surveys.forms) if form.kiosk or not kiosk)


def fill(ctx: Context, filled: Filled) -> UUID:
    """Keep a filled survey; a double press keeps one. UserError for what the form does not know."""
    try:
        return _fill(ctx, filled)
    except IntegrityError:
        return _fill(ctx, filled)  # the other press of the same key, or of the same new form, has committed meanwhile


def _fill(ctx: Context, filled: Filled) -> UUID:
    with ctx.work(Right.ISSUE) as work:
        return surveys.record(work, filled)


def subject_of(ctx: Context, code: str) -> tuple[UUID | None, UUID | None]:
    """The ticket or the application behind a scanned slip, as what the survey is about; (None, None) for neither.

    Raises UserError for a receipt that no record has.
    """
    scanned = read_scan_code(code.strip())
    if scanned is None:
        return None, None
    if scanned.kind is CodeKind.TICKET:
        ticket = ctx.read(reads.ticket_by_scan, code.strip())
        return (ticket.id if ticket else None), None
    if scanned.kind is CodeKind.APPLICATION:
        return None, ctx.read(named.by_scan, code)
    return None, None


def alarm(ctx: Context, survey_id: UUID) -> Alarm | None:
    """What the shift lead is told of a very bad survey; None for one of another day."""
    found = ctx.read(surveys.alarms, survey_id)
    return found[0] if found else None


def alarm_for_lead(ctx: Context, survey_id: UUID) -> str | None:
    """A very bad survey in a line, when whoever works here leads the shift or the directorate; else None."""
    who = ctx.actor.staff_id
    role = ctx.read(lambda s, scope: s.execute(select(Staff.role).where(Staff.id == who)).scalar())
    if role != LEAD or not allowed(ctx.actor, Right.REPORT):
        return None
    found = alarm(ctx, survey_id)
    return " · ".join(part for part in (found.form, found.number, found.service) if part) if found else None


def seen(ctx: Context, survey_id: UUID) -> None:
    with ctx.work(Right.REPORT) as work:
        surveys.seen(work, survey_id)


def now(ctx: Context) -> Live:
    """What needs the shift lead at this moment."""
    may_read(ctx)
    return ctx.read(live.live)


def note_incident(ctx: Context, kind: IncidentKind, place: str = "", first_step: str = "") -> UUID:
    """Note an unusual event with its first step."""
    with ctx.work(Right.ISSUE) as work:
        return incidents.start(work, kind, place, first_step)


def incident_step(ctx: Context, incident_id: UUID, text: str) -> None:
    with ctx.work(Right.ISSUE) as work:
        incidents.step(work, incident_id, text)


def end_incident(ctx: Context, incident_id: UUID, outcome: str) -> None:
    with ctx.work(Right.ISSUE) as work:
        incidents.end(work, incident_id, outcome)


def incident(ctx: Context, incident_id: UUID) -> IncidentView | None:
    """One event with its steps; None when this site has none such."""
    return ctx.read(incidents.one, incident_id)


def incidents_open(ctx: Context) -> tuple[IncidentView, ...]:
    """Events that nobody has ended, the newest first, also those of earlier days."""
    return ctx.read(incidents.going_on)


def emergency(ctx: Context) -> Emergency | None:
    """What kiosk and hall say to everybody now."""
    return ctx.read(current)


def incidents_today(ctx: Context) -> tuple[IncidentView, ...]:
    return ctx.read(incidents.today)

"""What the kiosk does in the database; every function belongs in a worker."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from desk.errors import N_, Fault, UserError
from desk.queue.types import Priority, Ticket
from desk.registry.types import AssistanceKind
from desk.ui.kiosk.words import ServiceFull
from desk.values import dataclass

if TYPE_CHECKING:  # imported with the first act: Qt paints before
    from desk.actions.context import Context
    from desk.actions.escort import Coming
    from desk.actions.scans import Standing
    from desk.registry.application_types import CitizenStatus
    from desk.registry.survey_forms import Form


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a visitor, and the print jobs of its slip."""

    ticket: Ticket
    jobs: tuple[UUID, ...]


def take_number(ctx: Context, key: str, service_code: str, priority: Priority | None, lang: str, notice: str) -> Number:
    """Register the visitor and give a number, within opening hours. The same ``key`` gives the same number.

    ``notice``: the version of the privacy notice that was offered beside it, which is noted without the number.
    Raises ServiceFull when there is none any more today.
    """
    from desk.actions import desk, paper
    from desk.queue.overrides import AskFirst

    _refuse_shut(ctx, service_code)
    request = desk.VisitRequest(key=key, service_code=service_code, priority=priority, lang=lang)
    try:
        done = desk.register_visit(ctx, request, bound_by_hours=True)
    except AskFirst as error:
        raise _full(ctx, service_code) from error
    jobs = done.jobs
    if done.repeated:
        found = (paper.job_of(ctx, ticket.id) for ticket in done.tickets)
        jobs = tuple(job.id for job in found if job is not None)
    else:
        _note_offered(ctx, notice, lang)
    return Number(done.tickets[0], jobs)


def _note_offered(ctx: Context, version: str, lang: str) -> None:
    """A number that is given stays given, also when this cannot be written down."""
    from desk.actions import kiosk
    from desk.registry.privacy import How

    try:
        kiosk.note_notice(ctx, How.OFFERED, version, lang, secrets.token_hex(8))
    except Fault:
        log.warning("the offer of the privacy notice was not noted", exc_info=True)


def note_notice(ctx: Context, version: str, lang: str, press: str, *, heard: bool) -> None:
    """The privacy notice was opened, and read aloud when ``heard``."""
    from desk.actions import kiosk
    from desk.registry.privacy import How

    for how in (How.OPENED, How.HEARD) if heard else (How.OPENED,):
        kiosk.note_notice(ctx, how, version, lang, press)


def where_it_stands(ctx: Context, code: str, number: str) -> CitizenStatus:
    """An application by barcode, or by tracking code and record number. Raises UserError for whatever is wrong."""
    from desk.registry import applications

    if len(code) == 8:
        code = f"{code[:4]}-{code[4:]}"
    return ctx.read(applications.status, code, number)


def where_number_stands(ctx: Context, code: str) -> Standing | None:
    """A number of the queue by its slip; None for one that is not known."""
    from desk.actions import scans
    from desk.registry.scanning import read_scan

    return scans.standing(ctx, read_scan(code))


def _refuse_shut(ctx: Context, service_code: str) -> None:
    """A service with hours of its own is shut while the site is open: that is another sentence than "we are closed"."""
    from desk.queue import catalog, opening

    def shut(session, scope) -> str:
        service = catalog.service_by_code(session, scope, service_code)
        is_shut = service.id in opening.shut_services(session, scope) and opening.kiosk_state(session, scope).open
        return service.name if is_shut else ""

    name = ctx.read(shut)
    if name:
        raise UserError(N_("“{name}” hizmeti şu anda kapalı."), name=name)


def _full(ctx: Context, service_code: str) -> ServiceFull:
    """Which service it is, and when it opens next."""
    from desk.queue import catalog, opening

    def look(session, scope) -> ServiceFull:
        service = catalog.service_by_code(session, scope, service_code)
        known = opening.calendar(session, scope, service.id)
        return ServiceFull(service.name, known.next_opening(scope.now, not_on=scope.day))

    return ctx.read(look)


def check_in(ctx: Context, code: str, lang: str) -> Number:
    """A visitor with an appointment has come: a number, the same one again for the same code.

    Raises UserError, with what to do, for an unknown code, too early, too late or another day.
    """
    from desk.actions import appointments, paper

    done = appointments.check_in(ctx, code, lang=lang, at_kiosk=True)
    jobs = done.jobs
    if done.repeated:
        found = (paper.job_of(ctx, ticket.id) for ticket in done.tickets)
        jobs = tuple(job.id for job in found if job is not None)
    return Number(done.tickets[0], jobs)


def ask_help(ctx: Context, kind: AssistanceKind, to_place: str, lang: str) -> Coming:
    from desk.actions import escort

    return escort.call_here(ctx, kind, to_place, lang)


def keep_survey(ctx: Context, key: str, form: Form, given: Mapping[str, int | str], lang: str) -> None:
    """Keep what a visitor answered, tied to no number and nobody; the same ``key`` is one survey."""
    from desk.actions import surveys
    from desk.registry.surveys import Answer, Filled, Place

    answers = tuple(
        Answer(code, value=value) if isinstance(value, int) else Answer(code, choice=value)
        for code, value in given.items()
    )
    surveys.fill(ctx, Filled(key, form.code, answers, Place.KIOSK, lang=lang, form_version=form.version))


def cancel_help(ctx: Context, job: UUID) -> None:
    from desk.actions import escort

    escort.cancel(ctx, job)

"""Limits that the kiosk keeps and the desk may pass: which, who passed it, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.numbers_ahead import NumberOverride
from desk.models.session import Session
from desk.models.site import Staff
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.text import clean

REASON_LIMIT = 200
"""Letters of a reason: a sentence, not a letter."""


class Limit(StrEnum):
    """What stood against giving a number."""

    CAP = "cap"
    UNLIKELY = "unlikely"


LIMIT_NAMES = {
    Limit.CAP: N_("Günlük sınır dolmuştu"),
    Limit.UNLIKELY: N_("Bugün sıra gelmesi beklenmiyordu"),
}


class AskFirst(UserError):
    """No number without a reason: the desk may give one, the kiosk may not."""

    limit: Limit


class CapReached(AskFirst):
    """The daily cap of the service is used up."""

    limit = Limit.CAP

    def __init__(self) -> None:
        super().__init__(N_("Bugün için sıra doldu."))


class HardlyToday(AskFirst):
    """Too many wait for the hours that are left."""

    limit = Limit.UNLIKELY

    def __init__(self) -> None:
        super().__init__(N_("Bugün için sıra doldu."))


@dataclass(frozen=True, slots=True)
class Override:
    """One number given against a limit, for the records of the day."""

    at: datetime
    number: str
    limit: Limit
    reason: str
    staff: str


def checked_reason(text: str) -> str:
    """The reason, cleaned. Raises UserError for none, or one that is too long."""
    reason = clean(text)
    if len(reason) < 3:
        raise UserError(N_("Gerekçeyi yazınız."))
    if len(reason) > REASON_LIMIT:
        raise UserError(N_("Gerekçe en çok {count} harf olabilir."), count=REASON_LIMIT)
    return reason


def record(work: Work, ticket_id: UUID, limit: Limit | str, reason: str) -> None:
    """Write down why a number was given against a limit. The row is never changed."""
    work.session.execute(
        insert(NumberOverride).values(
            id=new_id(),
            site_id=work.site_id,
            day=work.day,
            at=work.now,
            ticket_id=ticket_id,
            staff_id=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
            kind=str(Limit(limit)),
            reason=checked_reason(reason),
        )
    )
    work.count(Measure.LIMITS_PASSED, str(Limit(limit)))


def of_day(s: Session, scope: Scope) -> tuple[Override, ...]:
    """Numbers given against a limit on the business day, oldest first."""
    rows = s.execute(
        select(NumberOverride, Ticket.number, Staff.name)
        .join(Ticket, Ticket.id == NumberOverride.ticket_id)
        .join(Staff, Staff.id == NumberOverride.staff_id)
        .where(NumberOverride.site_id == scope.site_id, NumberOverride.day == scope.day)
        .order_by(NumberOverride.at, NumberOverride.id)
    )
    return tuple(
        Override(row.NumberOverride.at, row.number, Limit(row.NumberOverride.kind), row.NumberOverride.reason, row.name)
        for row in rows
    )

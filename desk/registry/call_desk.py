"""Calls written down by hand, where the exchange keeps no log, and the calls of a day with what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from desk.actor import Scope
from desk.clock import local_date
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models import case
from desk.models.base import new_id
from desk.models.counting import Duration, Measure
from desk.models.session import Session
from desk.models.work import Work
from desk.registry.application_types import CallOutcome, CallResult
from desk.registry.calls import LONGEST_SECONDS
from desk.registry.site import staff_name
from desk.text import clean

_C = case.Call.__table__
_A = tables.Application.__table__

SUBJECT_LIMIT = 120
BY_HAND = "h:"
LINES = (("153", "ALO 153"), ("444", "444"), ("other", N_("Diğer")))
"""Lines a call may have come in on; logs name their own queues beside these."""


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call as a clerk writes it down. No caller's number or name: who asks for something becomes an application."""

    key: str  # made by the form: a second arrival returns the first call
    line: str = "153"
    at: datetime | None = None  # None: now
    outcome: CallOutcome = CallOutcome.ANSWERED
    result: CallResult | None = CallResult.INFORMED  # of an answered call
    waiting_seconds: int = 0
    talk_seconds: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class CallLine:
    id: UUID
    at: datetime
    line: str
    agent: str
    outcome: CallOutcome
    result: str
    waiting_seconds: int
    talk_seconds: int
    subject: str
    record_number: str  # of the application that came of it, "" when none did
    by_hand: bool


def note(work: Work, call: NewCall) -> UUID:
    """Write a call down and count it on its day.

    Raises UserError for seconds that cannot be, a subject that is too long, or a moment that has not come yet.
    """
    outside = f"{BY_HAND}{call.key}"[:80]
    earlier: UUID | None = work.session.execute(
        select(_C.c.id).where(_C.c.site_id == work.site_id, _C.c.outside_id == outside)
    ).scalar()
    if earlier is not None:
        return earlier
    subject = _checked(work, call)
    answered = call.outcome is CallOutcome.ANSWERED
    at = call.at or work.now
    call_id = new_id()
    row = {
        "id": call_id,
        "site_id": work.site_id,
        "day": work.day if call.at is None else min(local_date(at, work.zone), work.day),
        "at": at,
        "outside_id": outside,
        "line": call.line[:40],
        "agent": staff_name(work.session, work.actor.staff_id),
        "outcome": str(call.outcome),
        "waiting_seconds": call.waiting_seconds,
        "talk_seconds": call.talk_seconds if answered else 0,
        "subject": subject,
        "result": str(call.result) if answered and call.result else "",
        "application_id": None,
        "import_id": None,
    }
    work.session.execute(insert(_C).values(**row))
    _count(work, row, 1)
    work.change(Kind.CALL_NOTED, call_id)
    return call_id


def _checked(work: Work, call: NewCall) -> str:
    subject = clean(call.subject)
    if len(subject) > SUBJECT_LIMIT:
        raise UserError(N_("Konu en çok {count} harf olabilir."), count=SUBJECT_LIMIT)
    for seconds in (call.waiting_seconds, call.talk_seconds):
        if not 0 <= seconds <= LONGEST_SECONDS:
            raise UserError(N_("Saniye 0 ile {most} arasında olmalıdır."), most=LONGEST_SECONDS)
    if call.at is not None and call.at > work.now:
        raise UserError(N_("Çağrının saati henüz gelmedi."))
    return subject


def take_back(work: Work, call_id: UUID) -> None:
    """Take a call out again that was written down by mistake.

    Raises UserError for one of a log (undo its import) and for one that an application came of.
    """
    row = work.session.execute(select(_C).where(_C.c.id == call_id, _C.c.site_id == work.site_id)).one_or_none()
    if row is None:
        raise UserError(N_("Çağrı bulunamadı; başkası silmiş olabilir."))
    if not row.outside_id.startswith(BY_HAND):
        raise UserError(N_("Bu çağrı bir kayıt dosyasından alınmış; içe aktarmayı geri alınız."))
    if row.application_id is not None:
        raise UserError(N_("Bu çağrıdan başvuru açılmış; silinemez."))
    work.session.execute(_C.delete().where(_C.c.id == call_id))
    _count(work, dict(row._mapping), -1)
    work.change(Kind.CALL_NOTED, call_id)


def _count(work: Work, row: dict[str, object], sign: int) -> None:
    day, line = row["day"], str(row["line"])
    work.count(Measure.CALLS, str(row["outcome"]), sign, day=day)  # type: ignore[arg-type]
    timed = [(Duration.CALL_WAIT, row["waiting_seconds"])]
    if row["outcome"] == CallOutcome.ANSWERED:
        timed.append((Duration.CALL_TALK, row["talk_seconds"]))
    for duration, seconds in timed:
        if sign > 0:
            work.time(duration, line, seconds, day=day)  # type: ignore[arg-type]
        else:
            work.tally(day).untime(duration, line, seconds)  # type: ignore[arg-type]


def of_day(s: Session, scope: Scope, limit: int = 200) -> tuple[CallLine, ...]:
    """The calls of the business day, newest first."""
    rows = s.execute(
        select(_C, _A.c.record_number)
        .outerjoin(_A, _A.c.id == _C.c.application_id)
        .where(_C.c.site_id == scope.site_id, _C.c.day == scope.day)
        .order_by(_C.c.at.desc(), _C.c.id.desc())
        .limit(limit)
    )
    return tuple(
        CallLine(
            row.id, row.at, row.line, row.agent, CallOutcome(row.outcome), row.result, row.waiting_seconds,
            row.talk_seconds, row.subject, row.record_number or "", row.outside_id.startswith(BY_HAND),
        )
        for row in rows
    )  # fmt: skip

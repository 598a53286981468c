"""Calling: the next number by the rule, this very one for a reason, and the same again.

The hottest statement of a hall: one conditional UPDATE claims a number, so two counters never call the same.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, insert, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.counting import Duration
from desk.models.site import Counter, Service
from desk.models.ticket import Ticket, TicketCall
from desk.models.work import Work
from desk.queue import counter_reads, day, rule
from desk.queue.commands import move, stale
from desk.queue.counters import open_counter, refuse_unmanned, refuse_when_busy
from desk.queue.lifecycle import Move
from desk.queue.periods import next_period
from desk.queue.types import CallReason, TicketState
from desk.text import clean

_T: Table = Ticket.__table__  # type: ignore[assignment]
_CALL: Table = TicketCall.__table__  # type: ignore[assignment]
_S: Table = Service.__table__  # type: ignore[assignment]
_C: Table = Counter.__table__  # type: ignore[assignment]

REASON_LIMIT = 120


def call_next(work: Work, counter_id: UUID, *, opens: bool = False) -> UUID | None:
    """Call the ticket that the rule puts first, or return None when nobody waits.

    One statement claims it, so two counters never call the same number. Refused with a sentence when the day is
    closed and at a counter that is busy, on break, or closed (``opens`` takes a closed one instead).
    """
    run = _sit_down(work, counter_id, opens)
    used = rule.of(work.session, work.site_id)
    first = counter_reads.eligible(_scope(work), counter_id, used, run, limit=1)
    claimed = _claim(
        work,
        counter_id,
        _T.c.id == first.with_only_columns(_T.c.id).with_for_update(skip_locked=True).scalar_subquery(),
    )
    if claimed is None:
        return None
    runner_up = work.session.execute(first).first()
    why = rule.reason(
        counter_reads.as_next_up(used, claimed, work.now),
        counter_reads.as_next_up(used, runner_up, work.now) if runner_up else None,
        run,
    )
    return _called(work, claimed, counter_id, run, why)


def call_this(work: Work, counter_id: UUID, ticket_id: UUID, reason: str, *, opens: bool = False) -> UUID:
    """Call this very number out of turn. ``reason`` (required) is kept with the call, and who was next by the rule.

    Refused like ``call_next``; raises Stale when the number does not wait any more.
    """
    said = clean(reason)
    if not said or len(said) > REASON_LIMIT:
        raise UserError(N_("Numarayı seçerek çağırma nedenini en çok {count} harfle yazınız."), count=REASON_LIMIT)
    run = _sit_down(work, counter_id, opens)
    used = rule.of(work.session, work.site_id)
    others = counter_reads.eligible(_scope(work), counter_id, used, run, limit=1).where(_T.c.id != ticket_id)
    claimed = _claim(work, counter_id, _T.c.id == ticket_id)
    if claimed is None:
        raise stale(work, ticket_id)
    passed_over = work.session.execute(others).first()
    why = rule.reason(
        counter_reads.as_next_up(used, claimed, work.now),
        counter_reads.as_next_up(used, passed_over, work.now) if passed_over else None,
        run,
        chosen=said,
    )
    return _called(work, claimed, counter_id, run, why)


def _sit_down(work: Work, counter_id: UUID, opens: bool) -> int:
    """The counter is ready to call and the actor is its clerk; returns its run of priority calls (see rule.Kind)."""
    day.refuse_when_closed(work)
    counter = refuse_when_busy(work, counter_id)
    if opens and counter.state == "closed":
        open_counter(work, counter_id)
        return 0  # closing a counter ended its run
    refuse_unmanned(counter)
    if counter.staff_id != work.actor.staff_id:
        open_counter(work, counter_id)
    run: int = counter.priority_run
    return run


def _scope(work: Work) -> Scope:
    return Scope(work.site_id, work.day, work.now)


def _claim(work: Work, counter_id: UUID, which: Any) -> Row[Any] | None:
    """Take a waiting ticket to the counter; None when another was first."""
    return work.session.execute(
        update(_T)
        .where(which, _T.c.state == TicketState.WAITING, _T.c.site_id == work.site_id, _T.c.day == work.day)
        .values(
            state=TicketState.CALLED,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            called_at=work.now,
            recalls=1,
        )
        .returning(
            _T.c.id,
            _T.c.number,
            _T.c.priority,
            _T.c.arrived_at,
            _T.c.service_id,
            _T.c.first_called_at,
            _T.c.wanted_counter_id,
            _T.c.wanted_staff_id,
        )
    ).first()


def _called(work: Work, claimed: Row[Any], counter_id: UUID, run: int, why: CallReason) -> UUID:
    """What every call leaves behind: the reason, the period, the counter's run, and no wish any more."""
    _called_first_time(work, claimed)
    if claimed.wanted_counter_id is not None or claimed.wanted_staff_id is not None:
        done = {"wanted_counter_id": None, "wanted_staff_id": None}
        work.session.execute(update(_T).where(_T.c.id == claimed.id).values(done))
    work.session.execute(
        update(_C)
        .where(_C.c.id == counter_id)
        .values(seen_at=work.now, priority_run=rule.next_run(run, claimed.priority))
    )
    _log_call(work, claimed.id, counter_id, 1, why.rule, why.version, rule.inputs(why))
    next_period(work, claimed.id, TicketState.CALLED, counter_id)
    work.change(Kind.TICKET_CALLED, claimed.id)
    found: UUID = claimed.id
    return found


def _called_first_time(work: Work, row: Row[Any]) -> None:
    """The wait ends with the first call; a returned or transferred ticket is not counted again."""
    if row.first_called_at is not None:
        return
    code = select(_S.c.code).where(_S.c.id == _T.c.service_id).scalar_subquery()
    first = update(_T).where(_T.c.id == row.id).values(first_called_at=work.now).returning(_T.c.issued_at, code)
    issued, service = work.session.execute(first).one()
    work.time(Duration.WAIT, service, (work.now - issued).total_seconds())


def recall(work: Work, ticket_id: UUID) -> None:
    """Call the same number again at its counter."""
    row = move(work, ticket_id, Move.RECALL, recalls=_T.c.recalls + 1, called_at=work.now)
    _log_call(work, ticket_id, row.counter_id, row.recalls, "recall", 1, {"waited_minutes": 0, "head_start": 0})
    work.change(Kind.TICKET_RECALLED, ticket_id)


def _log_call(
    work: Work, ticket_id: UUID, counter_id: UUID, recall: int, rule_name: str, version: int, inputs: dict[str, Any]
) -> None:
    work.session.execute(
        insert(_CALL).values(
            id=new_id(),
            site_id=work.site_id,
            ticket_id=ticket_id,
            counter_id=counter_id,
            staff_id=work.actor.staff_id,
            at=work.now,
            recall=recall,
            rule=rule_name,
            rule_version=version,
            inputs=inputs,
        )
    )

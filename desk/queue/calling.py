"""Calling: the next number by the rule, this very one for a reason, and the same again.

The hottest statement of a hall: one conditional UPDATE claims a number, so two counters never call the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, null, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.assistance import Assistance
from desk.models.base import new_id, written
from desk.models.counting import Duration
from desk.models.prepared import Prepared, Query, insertion
from desk.models.site import Counter, Service
from desk.models.ticket import Ticket, TicketCall
from desk.models.work import Work
from desk.queue import counter_reads, day, rule
from desk.queue.commands import move, stale
from desk.queue.counters import open_counter, refuse_unmanned, refuse_when_busy
from desk.queue.eligible import eligible, first
from desk.queue.lifecycle import Move
from desk.queue.periods import next_period
from desk.queue.types import AtCounter, CallReason, TicketState
from desk.text import clean

_T = Ticket.__table__
_CALL = TicketCall.__table__
_S = Service.__table__
_A = Assistance.__table__
_C = Counter.__table__

REASON_LIMIT = 120


def call_next(work: Work, counter_id: UUID, *, opens: bool = False) -> AtCounter | None:
    """Call the ticket that the rule puts first, or return None when nobody waits.

    One statement claims it, so two counters never call the same number. Refused with a sentence when the day is
    closed and at a counter that is busy, on break, or closed (``opens`` takes a closed one instead).
    """
    run = _sit_down(work, counter_id, opens)
    used = rule.from_settings(work.settings)
    claimed, runner_up = _first(work, counter_id, used, run)
    if claimed is None:
        return None
    why = rule.reason(
        counter_reads.as_next_up(used, claimed, work.now),
        counter_reads.as_next_up(used, runner_up, work.now) if runner_up else None,
        run,
    )
    return _called(work, claimed, counter_id, run, why)


def call_this(work: Work, counter_id: UUID, ticket_id: UUID, reason: str, *, opens: bool = False) -> AtCounter:
    """Call this very number out of turn. ``reason`` (required) is kept with the call, and who was next by the rule.

    Refused like ``call_next``; raises Stale when the number does not wait any more.
    """
    said = clean(reason)
    if not said or len(said) > REASON_LIMIT:
        raise UserError(N_("Numarayı seçerek çağırma nedenini en çok {count} harfle yazınız."), count=REASON_LIMIT)
    run = _sit_down(work, counter_id, opens)
    used = rule.from_settings(work.settings)
    claimed = _CLAIM.one_or_none(work.connection, _place(work, counter_id) | {"ticket": ticket_id})
    if claimed is None:
        raise stale(work, ticket_id)
    passed_over = _waiting(work, counter_id, used, run)
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


def _first(work: Work, counter_id: UUID, used: rule.Rule, run: int) -> tuple[Any, Any]:
    """Claim the first by the rule; with it whoever is next then."""
    connection, place = work.connection, _place(work, counter_id)
    over = run >= used.k
    if connection.dialect.name == "sqlite":  # this work stands alone: who was read first is still there to be claimed
        found = _order(used, over, 2, "sqlite").all(connection, place)
        claimed = _CLAIM.one_or_none(connection, place | {"ticket": found[0].id}) if found else None
        return claimed, found[1] if len(found) > 1 else None
    claimed = _claim_first(used, over).ask(connection, place)
    after = _order(used, over, 1, "postgresql").ask(connection, place)
    return claimed(), after()


def make_ready(dialect: str, used: rule.Rule) -> None:
    """Put together what every call under this rule asks, before somebody waits for it (see ``prepared.make_ready``)."""
    for over in (False, True):
        _order(used, over, 2 if dialect == "sqlite" else 1, dialect)
        if dialect != "sqlite":
            _claim_first(used, over)


def _waiting(work: Work, counter_id: UUID, used: rule.Rule, run: int) -> Any:
    """The first who waits for this counter."""
    order = _order(used, run >= used.k, 1, work.connection.dialect.name)
    return order.one_or_none(work.connection, _place(work, counter_id))


def _place(work: Work, counter_id: UUID) -> dict[str, Any]:
    return {
        "site": work.site_id,
        "today": work.day,
        "counter": counter_id,
        "staff": work.actor.staff_id,
        "now": work.now,
    }


# --- the statements, put together once -------------------------------------------------------------------------------
_SITE = bindparam("site", type_=_T.c.site_id.type)
_TODAY = bindparam("today", type_=_T.c.day.type)
_COUNTER = bindparam("counter", type_=_T.c.counter_id.type)
_NOW = bindparam("now", type_=_T.c.called_at.type)


_HERE: Any = Scope(_SITE, _TODAY, _NOW)  # type: ignore[arg-type]  # marks instead of values


def _run(used: rule.Rule, over: bool) -> int:
    """A run that stands for all on the same side of the rule's ``k``."""
    return used.k if over else 0


@lru_cache(maxsize=64)
def _order(used: rule.Rule, over: bool, count: int, dialect: str) -> Query:
    return Query(first(dialect, _HERE, _COUNTER, used, _run(used, over), count))


@lru_cache(maxsize=32)
def _claim_first(used: rule.Rule, over: bool) -> Query:
    """Claim the first that no other counter is about to claim."""
    order = eligible(_HERE, _COUNTER, used, _run(used, over)).limit(1).with_only_columns(_T.c.id)
    return Query(_claim(order.with_for_update(skip_locked=True).scalar_subquery()))


def _claim(which: Any) -> Any:
    """Take a waiting ticket to the counter, with all that the counter shows of it; nothing when another was first."""
    service = select(_S.c.code).where(_S.c.id == _T.c.service_id).scalar_subquery()
    name = select(_S.c.name).where(_S.c.id == _T.c.service_id).scalar_subquery()
    return (
        update(_T)
        .where(_T.c.id == which, written(_T.c.state, "waiting"), _T.c.site_id == _SITE, _T.c.day == _TODAY)
        .values(
            state=str(TicketState.CALLED),
            counter_id=_COUNTER,
            staff_id=bindparam("staff", type_=_T.c.staff_id.type),
            called_at=_NOW,
            recalls=1,
        )
        .returning(
            _T.c.id,
            _T.c.number,
            _T.c.priority,
            _T.c.persons,
            _T.c.arrived_at,
            _T.c.issued_at,
            _T.c.visit_id,
            _T.c.first_called_at,
            _T.c.wanted_counter_id,
            _T.c.wanted_staff_id,
            service.label("service_code"),
            name.label("service_name"),
        )
    )


_CLAIM = Query(_claim(bindparam("ticket", type_=_T.c.id.type)))

# Not asked within the claim: SQLAlchemy writes columns of RETURNING without their table's name for SQLite.
_HELP = Query(
    select(_A.c.kind)
    .where(_A.c.site_id == _SITE, _A.c.day == _TODAY)
    .where(_A.c.ticket_id == bindparam("ticket", type_=_A.c.ticket_id.type), _A.c.state != "cancelled")
    .limit(1)
)

_SETTLED = Prepared(
    lambda _dialect: (
        update(_T)
        .where(_T.c.id == bindparam("ticket", type_=_T.c.id.type))
        .values(first_called_at=_NOW, wanted_counter_id=null(), wanted_staff_id=null())
    )
)

_SEEN = Prepared(
    lambda _dialect: (
        update(_C)
        .where(_C.c.id == _COUNTER)
        .values(seen_at=_NOW, priority_run=bindparam("run", type_=_C.c.priority_run.type))
    )
)


def _called(work: Work, claimed: Any, counter_id: UUID, run: int, why: CallReason) -> AtCounter:
    """What every call leaves behind: the reason, the period, the counter's run, and no wish any more."""
    since = claimed.first_called_at or work.now
    waited = (since - claimed.issued_at).total_seconds()
    if claimed.first_called_at is None:
        # The wait ends with the first call; a returned or transferred ticket is not counted again.
        work.time(Duration.WAIT, claimed.service_code, waited)
    helped = _HELP.ask(work.connection, {"site": work.site_id, "today": work.day, "ticket": claimed.id})
    if claimed.first_called_at is None or claimed.wanted_counter_id or claimed.wanted_staff_id:
        _SETTLED.run(work.connection, {"ticket": claimed.id, "now": since})
    run = rule.next_run(run, claimed.priority)
    _SEEN.run(work.connection, {"counter": counter_id, "now": work.now, "run": run})
    _log_call(work, claimed.id, counter_id, 1, why.rule, why.version, rule.inputs(why))
    next_period(work, claimed.id, TicketState.CALLED, counter_id)
    work.change(Kind.TICKET_CALLED, claimed.id)
    help_needed = helped()
    missing, no_show_from = counter_reads.missing_before_no_show(work.settings, 1, work.now)
    return AtCounter(
        ticket_id=claimed.id,
        number=claimed.number,
        service_name=claimed.service_name,
        state=TicketState.CALLED,
        priority=claimed.priority,
        persons=claimed.persons,
        issued_at=claimed.issued_at,
        called_at=work.now,
        started_at=None,
        waited_seconds=max(0, int(waited)),
        recalls=1,
        help_needed=help_needed.kind if help_needed else "",
        reason=why,
        visit_id=claimed.visit_id,
        calls_missing=missing,
        no_show_from=no_show_from,
    )


def recall(work: Work, ticket_id: UUID) -> None:
    """Call the same number again at its counter."""
    row = move(work, ticket_id, Move.RECALL, called_at=work.now)
    _log_call(work, ticket_id, row.counter_id, row.recalls, "recall", 1, {"waited_minutes": 0, "head_start": 0})
    work.change(Kind.TICKET_RECALLED, ticket_id)


def _log_call(
    work: Work, ticket_id: UUID, counter_id: UUID, recall: int, rule_name: str, version: int, inputs: dict[str, Any]
) -> None:
    row = {
        "id": new_id(),
        "site_id": work.site_id,
        "ticket_id": ticket_id,
        "counter_id": counter_id,
        "staff_id": work.actor.staff_id,
        "at": work.now,
        "recall": recall,
        "rule": rule_name,
        "rule_version": version,
        "inputs": inputs,
    }
    insertion(_CALL).run(work.connection, row)

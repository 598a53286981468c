"""The calling rule, "head start": a priority ticket counts as having come some minutes earlier.

Nobody is overtaken by a ticket issued more than the head start after theirs, so nobody starves. The same order
stands in SQL (``rank``), for the one statement that calls, and in Python (``score``), for what is shown before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case

from desk.models.base import micros
from desk.models.ticket import Ticket
from desk.queue.types import CallReason, NextUp

RULE = "head_start"
VERSION = 1

_T: Table = Ticket.__table__  # type: ignore[assignment]


def rank(head_start_minutes: int) -> ColumnElement[Any]:
    """SQL: the moment a ticket counts from, in microseconds; the smallest is called first."""
    return micros(_T.c.arrived_at) - case((_T.c.priority, head_start_minutes * 60_000_000), else_=0)


def score(arrived_at: datetime, priority: bool, head_start_minutes: int, now: datetime) -> float:
    """Minutes waited, with the head start; the highest is called first."""
    return (now - arrived_at).total_seconds() / 60 + (head_start_minutes if priority else 0)


def counts_from(arrived: float, priority: bool, head_start_minutes: float) -> float:
    """The moment a ticket counts from, in minutes like ``arrived``; the smallest is called first.

    The order of ``rank`` and ``score`` without a clock: by it the forecast plays the queue forward.
    """
    return arrived - head_start_minutes if priority else arrived


def reason(called: NextUp, runner_up: NextUp | None) -> CallReason:
    """Why ``called`` came before ``runner_up``."""
    return CallReason(
        rule=RULE,
        version=VERSION,
        waited_minutes=called.waited_minutes,
        head_start=called.head_start,
        runner_up=runner_up.number if runner_up else "",
        runner_up_waited=runner_up.waited_minutes if runner_up else 0,
        runner_up_head_start=runner_up.head_start if runner_up else 0,
    )

"""States of a ticket and the moves between them: one table, read by the commands, the screens and the tests."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from desk.queue.types import TicketState as S


class Move(StrEnum):
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    RETURN = "return"
    BRING_BACK = "bring_back"
    LEAVE = "leave"
    CANCEL = "cancel"
    EXPIRE = "expire"


class Step(NamedTuple):
    sources: frozenset[S]
    target: S


MOVES: dict[Move, Step] = {
    Move.CALL: Step(frozenset({S.WAITING}), S.CALLED),
    Move.RECALL: Step(frozenset({S.CALLED}), S.CALLED),
    Move.START: Step(frozenset({S.CALLED}), S.SERVING),
    Move.FINISH: Step(frozenset({S.SERVING}), S.SERVED),
    Move.NO_SHOW: Step(frozenset({S.CALLED}), S.NO_SHOW),
    Move.HOLD: Step(frozenset({S.CALLED, S.SERVING}), S.ON_HOLD),
    Move.RESUME: Step(frozenset({S.ON_HOLD}), S.SERVING),
    Move.TRANSFER: Step(frozenset({S.CALLED, S.SERVING, S.ON_HOLD}), S.WAITING),
    Move.RETURN: Step(frozenset({S.CALLED, S.ON_HOLD}), S.WAITING),
    Move.BRING_BACK: Step(frozenset({S.NO_SHOW}), S.WAITING),
    Move.LEAVE: Step(frozenset({S.WAITING, S.CALLED, S.ON_HOLD}), S.CANCELLED),
    Move.CANCEL: Step(frozenset({S.WAITING, S.ON_HOLD}), S.CANCELLED),
    Move.EXPIRE: Step(frozenset({S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD}), S.EXPIRED),
}

OPEN_STATES = frozenset({S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD})
"""A ticket in one of these still needs somebody; its label may not be given again."""

PERIOD_STATES = frozenset({S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD})
"""States whose duration is a row of its own; they are the names of the period kinds."""


def allowed_moves(state: S) -> frozenset[Move]:
    """What can be done with a ticket in ``state``."""
    return frozenset(move for move, step in MOVES.items() if state in step.sources)

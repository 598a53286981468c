"""The table of moves: nothing leaves an end, everything open can come to one."""

from __future__ import annotations

import pytest

from desk.queue.lifecycle import MOVES, OPEN_STATES, PERIOD_STATES, Move, allowed_moves
from desk.queue.types import STATE_NAMES
from desk.queue.types import TicketState as S

ENDS = set(S) - OPEN_STATES


def test_every_state_has_a_name_for_people() -> None:
    assert STATE_NAMES.keys() == set(S)


def test_every_move_is_in_the_table_and_leads_somewhere_known() -> None:
    assert MOVES.keys() == set(Move)
    for step in MOVES.values():
        assert step.sources and step.sources <= set(S) and step.target in S


def test_from_an_end_only_a_no_show_comes_back() -> None:
    assert {state: allowed_moves(state) for state in ENDS} == {
        S.SERVED: frozenset(),
        S.CANCELLED: frozenset(),
        S.EXPIRED: frozenset(),
        S.NO_SHOW: frozenset({Move.BRING_BACK}),
    }


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_every_open_number_can_come_to_an_end(state: S) -> None:
    reached, fresh = {state}, {state}
    while fresh:
        fresh = {MOVES[move].target for one in fresh for move in allowed_moves(one)} - reached
        reached |= fresh
    assert reached & ENDS
    assert Move.EXPIRE in allowed_moves(state)


def test_only_a_called_number_is_served_and_only_a_served_one_is_finished() -> None:
    assert MOVES[Move.START].sources == {S.CALLED}
    assert MOVES[Move.FINISH].sources == {S.SERVING}
    assert MOVES[Move.CALL].sources == {S.WAITING}
    assert MOVES[Move.RECALL] == (frozenset({S.CALLED}), S.CALLED)


def test_an_undone_number_was_never_at_a_counter() -> None:
    assert MOVES[Move.CANCEL].sources.isdisjoint({S.CALLED, S.SERVING})


def test_whoever_is_being_served_does_not_leave_and_goes_back_to_no_queue() -> None:
    assert S.SERVING not in MOVES[Move.LEAVE].sources | MOVES[Move.RETURN].sources
    assert MOVES[Move.RETURN].target is MOVES[Move.BRING_BACK].target is S.WAITING


def test_time_is_kept_of_every_open_state() -> None:
    assert PERIOD_STATES == OPEN_STATES

"""Which call the hall shows, and that none is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.types import Call
from desk.ui.hall.calls import LISTED, SHOWN_SECONDS, Bookmark, CallQueue

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def call(seq: int, ticket: int | None = None, ago: float = 0, recall: int = 1) -> Call:
    number = ticket if ticket is not None else seq
    return Call(seq, UUID(int=number), f"A {number:03}", "Banko 1", 1, NOON - timedelta(seconds=ago), recall, "tr")


def shown_over_time(calls: CallQueue, until: float, step: float = 0.5) -> list[tuple[float, str]]:
    """What appears on the screen, with the second it appears at."""
    seen, at = [], 0.0
    while at <= until:
        if (new := calls.advance(at)) is not None:
            seen.append((at, new.number))
        at += step
    return seen


def test_a_call_is_shown_at_once() -> None:
    calls = CallQueue()
    calls.add([call(1)])
    assert calls.advance(100.0) == call(1)


def test_calls_that_come_together_are_each_shown_six_seconds() -> None:
    calls = CallQueue()
    calls.add([call(1), call(2), call(3)])
    assert shown_over_time(calls, 30) == [(0.0, "A 001"), (6.0, "A 002"), (12.0, "A 003")]


def test_the_last_five_stand_in_the_list_newest_first_without_the_current_one() -> None:
    calls = CallQueue()
    calls.add([call(seq) for seq in range(1, 9)])
    shown_over_time(calls, 60)
    assert calls.current == call(8)
    assert [one.number for one in calls.recent] == ["A 007", "A 006", "A 005", "A 004", "A 003"]


def test_a_recall_comes_to_the_front_again_and_stands_once_in_the_list() -> None:
    calls = CallQueue()
    calls.add([call(1, ticket=7), call(2, ticket=8), call(3, ticket=7, recall=2)])
    shown_over_time(calls, 30)
    assert calls.current is not None and calls.current.recall == 2
    assert [one.number for one in calls.recent] == ["A 008"]


def test_a_call_read_twice_is_shown_once() -> None:
    calls = CallQueue()
    calls.add([call(1), call(2)])
    calls.add([call(2), call(3)])
    assert [number for _, number in shown_over_time(calls, 60)] == ["A 001", "A 002", "A 003"]


def test_a_first_start_shows_the_day_so_far_without_announcing_it() -> None:
    calls = CallQueue()
    calls.begin([call(5), call(4), call(3)], [], cursor=9, now=NOON)
    assert calls.current == call(5)
    assert calls.recent == [call(4), call(3)]
    assert calls.advance(0.0) is None
    assert calls.cursor == 9


def test_calls_made_while_the_display_was_down_are_announced_when_they_are_fresh() -> None:
    calls = CallQueue()
    missed = [call(3, ago=300), call(4, ago=119), call(5, ago=3)]
    calls.begin([call(5), call(4), call(3), call(2)], missed, cursor=5, now=NOON)
    assert calls.current is not None and calls.current.number == "A 003"
    assert [number for _, number in shown_over_time(calls, 30)] == ["A 004", "A 005"]
    assert [one.number for one in calls.recent] == ["A 004", "A 003", "A 002"]


def test_an_old_recall_of_a_number_that_is_called_again_is_announced_once() -> None:
    calls = CallQueue()
    missed = [call(3, ticket=7, ago=200), call(6, ticket=7, ago=5, recall=2)]
    calls.begin([call(6, ticket=7, recall=2), call(2)], missed, cursor=6, now=NOON)
    assert [number for _, number in shown_over_time(calls, 20)] == ["A 007"]


def test_the_place_that_is_kept_is_the_last_one_that_was_shown() -> None:
    calls = CallQueue()
    calls.add([call(1), call(2)])
    calls.advance(0.0)
    assert (calls.shown, calls.cursor, calls.waiting) == (1, 2, 1)


def test_a_new_day_clears_the_screen() -> None:
    calls = CallQueue()
    calls.add([call(1), call(2)])
    shown_over_time(calls, 10)
    calls.clear()
    assert calls.current is None and calls.recent == []


@given(st.lists(st.lists(st.integers(1, 6), max_size=4), max_size=12), st.lists(st.floats(0.1, 9), max_size=40))
def test_no_call_is_lost_or_cut_short_however_they_come(bursts: list[list[int]], steps: list[float]) -> None:
    calls, made, seen, at, seq = CallQueue(), [], [], 0.0, 0
    for burst, step in zip(bursts, [*steps, *[1.0] * len(bursts)], strict=False):
        new = []
        for ticket in burst:
            seq += 1
            new.append(call(seq, ticket))
        made += new
        calls.add(new)
        if (shown := calls.advance(at)) is not None:
            seen.append((at, shown))
        at += step
    while calls.waiting:
        if (shown := calls.advance(at)) is not None:
            seen.append((at, shown))
        at += 0.25
    assert [one for _, one in seen] == made
    assert all(later - sooner >= SHOWN_SECONDS - 1e-6 for (sooner, _), (later, _) in pairwise(seen))
    tickets = [one.ticket_id for one in calls.recent]
    assert len(tickets) == len(set(tickets)) <= LISTED
    assert calls.current is None or calls.current.ticket_id not in tickets


def test_the_bookmark_survives_a_restart(tmp_path) -> None:
    assert Bookmark(tmp_path, UUID(int=5)).load() is None
    assert Bookmark(tmp_path, UUID(int=5)).save(41)
    assert Bookmark(tmp_path, UUID(int=5)).load() == 41
    assert Bookmark(tmp_path, UUID(int=6)).load() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"shown": "x"}', '{"shown": true}', '{"other": 1}'])
def test_a_spoilt_bookmark_counts_as_none(tmp_path, content: str) -> None:
    bookmark = Bookmark(tmp_path, UUID(int=5))
    bookmark.save(1)
    next(tmp_path.glob("hall-*.json")).write_text(content)
    assert bookmark.load() is None


def test_a_bookmark_that_cannot_be_written_does_not_stop_the_display(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert not Bookmark(tmp_path / "file", UUID(int=5)).save(1)

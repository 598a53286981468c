"""The day is closed while others give numbers and call: nobody is left waiting in it, and nobody is turned away."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from acting import assert_whole, call, visit, waiting

from desk.actions import counter, desk, shift
from desk.actions import look as looking
from desk.actions.context import Context
from desk.errors import Stale, UserError

pytestmark = pytest.mark.usefixtures("both_engines")

CLOSED = "Gün saat 10.42 itibarıyla kapatıldı"


def test_a_press_that_looked_before_the_day_was_closed_gives_no_number(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(ctx)

    def look(*given: object) -> looking.Seen:
        seen = looking.look(*given)  # type: ignore[arg-type]
        shift.close_day(ctx)
        return seen

    monkeypatch.setattr(desk, "look", look)
    with pytest.raises(UserError, match=CLOSED):
        visit(ctx)
    assert waiting(ctx) == 0
    assert_whole(ctx)


def test_closing_waits_for_the_presses_that_have_begun(ctx: Context) -> None:
    """On PostgreSQL these met in a deadlock, or the day could not be closed because a number was called just then."""
    for turn in range(4):
        for _ in range(6):
            visit(ctx)
        begin = threading.Barrier(4)

        def work(press: int, begin: threading.Barrier = begin) -> str:
            begin.wait()
            try:
                for _ in range(8):
                    if press == 0:
                        visit(ctx)
                    elif (at := counter.call_next(ctx, 3 + press)) is not None:
                        counter.start(ctx, at.ticket_id)
                        counter.finish(ctx, at.ticket_id)
            except UserError as refused:
                return str(refused)
            return CLOSED  # it was through before

        with ThreadPoolExecutor(3) as pool:
            told = [pool.submit(work, press) for press in range(3)]
            begin.wait()
            shift.close_day(ctx)
            assert all(CLOSED in one.result() or "gün sonunda kapandı" in one.result() for one in told)
        assert waiting(ctx) == 0
        shift.reopen_day(ctx, f"deneme {turn}")
    assert_whole(ctx)


def test_two_who_close_the_day_at_once_close_it_once(ctx: Context) -> None:
    visit(ctx)
    call(ctx, 4)
    begin = threading.Barrier(2)

    def close(_: int) -> str:
        begin.wait()
        try:
            shift.close_day(ctx)
        except Stale as late:
            return str(late)
        return "closed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(close, range(2)))
    assert told == ["Gün saat 10.42 itibarıyla kapatılmıştı (Danışma Görevlisi 1).", "closed"]
    assert_whole(ctx)

"""A machine at which nobody does anything does nothing: threads learn of commits without a look at the tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from acting import visit
from sqlalchemy import event

from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.engine import Database
from desk.printing.spooler import Spooler


@pytest.fixture
def other(url: str, clock: SetClock) -> Database:
    return Database(url, clock)


def test_the_beat_is_another_one_after_a_commit_of_another_program_and_of_this_one(
    ctx: Context, other: Database
) -> None:
    before = other.beat()
    assert before is not None and other.beat() == before
    visit(ctx)
    after = other.beat()
    assert after != before and ctx.db.beat() == ctx.db.beat()
    with other.read():
        assert other.beat() == after  # a look is no commit
    with other.write():
        pass
    assert other.beat() == after
    other.close()
    assert other.beat() is None


def test_of_a_file_that_was_replaced_only_a_look_tells(ctx: Context, tmp_path: Path) -> None:
    visit(ctx)
    path = ctx.db.path
    assert path is not None and ctx.db.beat() is not None
    path.rename(tmp_path / "moved.db")
    assert ctx.db.beat() is None


def test_printers_are_looked_up_again_only_when_something_was_written(
    ctx: Context, other: Database, tmp_path: Path
) -> None:
    asked: list[str] = []
    event.listen(other._reader, "before_cursor_execute", lambda *given: asked.append(given[2].partition("WHERE ")[2]))
    spooler = Spooler(other, ctx.actor, tmp_path)
    spooler.follow()
    spooler.follow()
    assert sum(one.startswith("printer.terminal_id") for one in asked) == 1
    visit(ctx)
    spooler.follow()
    assert sum(one.startswith("printer.terminal_id") for one in asked) == 2
    spooler.stop()
    other.close()

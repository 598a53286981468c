"""The change log reaches every window, in this process and in others, in order and without a gap."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from acting import call, visit
from processes import line_of, running

from desk.actions import counter, desk, feed
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import UserError
from desk.events import Change, Kind
from desk.models import changes
from desk.models.engine import Database

pytestmark = pytest.mark.usefixtures("both_engines")

PATIENCE_SECONDS = 10


class Listener:
    """Another window: its own connection to the same database, telling what it hears."""

    def __init__(self, url: str, clock: SetClock, ctx: Context, folder: Path, cursor: int | None = None) -> None:
        self.db = Database(url, clock)
        self.heard: queue.Queue[Change] = queue.Queue()
        self.feed = feed.follow(Context(self.db, ctx.actor, folder), self._hear, cursor)

    def _hear(self, news: list[Change]) -> None:
        for change in news:
            self.heard.put(change)

    def until(self, kind: Kind) -> list[Change]:
        """All that is heard up to the next change of this kind."""
        told = []
        while not told or told[-1].kind is not kind:
            told.append(self.heard.get(timeout=PATIENCE_SECONDS))
        return told

    def close(self) -> None:
        self.feed.stop()
        self.db.close()


@pytest.fixture
def listen(url: str, clock: SetClock, ctx: Context, tmp_path: Path) -> Callable[..., Listener]:
    @contextmanager
    def open_listener(cursor: int | None = None) -> Iterator[Listener]:
        listener = Listener(url, clock, ctx, tmp_path, cursor)
        try:
            yield listener
        finally:
            listener.close()

    return open_listener


def test_another_window_hears_every_change_in_order(ctx: Context, listen: Callable[..., Listener]) -> None:
    with listen() as listener:
        done = visit(ctx)
        called = call(ctx, 4)
        counter.recall(ctx, called.ticket_id)
        counter.start(ctx, called.ticket_id)
        counter.finish(ctx, called.ticket_id)
        heard = listener.until(Kind.TICKET_FINISHED)
    assert [change.kind for change in heard] == [
        Kind.DAY_OPENED,
        Kind.VISIT_REGISTERED,
        Kind.TICKET_ISSUED,
        Kind.PRINT_CHANGED,
        Kind.COUNTER_OPENED,
        Kind.TICKET_CALLED,
        Kind.TICKET_RECALLED,
        Kind.TICKET_STARTED,
        Kind.TICKET_FINISHED,
    ]
    assert [change.seq for change in heard] == list(range(1, 10))
    assert heard[5].subject_id == done.tickets[0].id and heard[5].staff_id == ctx.actor.staff_id


def test_a_listener_wakes_by_itself_and_not_by_the_poll(
    ctx: Context, listen: Callable[..., Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "NET_SECONDS", 1.5 * PATIENCE_SECONDS)
    with listen() as listener:
        visit(ctx)
        listener.until(Kind.PRINT_CHANGED)  # by now whoever listens is listening
        begun = monotonic()
        for _ in range(5):
            visit(ctx)
            listener.until(Kind.PRINT_CHANGED)
        assert monotonic() - begun < PATIENCE_SECONDS


def test_changes_made_at_once_by_many_are_heard_once_each_and_in_order(
    ctx: Context, listen: Callable[..., Listener]
) -> None:
    with listen() as listener:
        threads = [threading.Thread(target=lambda: [visit(ctx) for _ in range(5)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        heard = [change for _ in range(20) for change in listener.until(Kind.TICKET_ISSUED)]
    assert [change.seq for change in heard] == list(range(1, len(heard) + 1))
    assert [change.kind for change in heard].count(Kind.DAY_OPENED) == 1


def test_a_listener_that_was_away_goes_on_where_it_stopped(ctx: Context, listen: Callable[..., Listener]) -> None:
    with listen() as listener:
        visit(ctx)
        listener.until(Kind.PRINT_CHANGED)
        cursor = listener.feed.cursor
    for _ in range(3):
        visit(ctx)  # while nobody listens
    with listen(cursor) as listener:
        heard = [change for _ in range(3) for change in listener.until(Kind.PRINT_CHANGED)]
    assert [change.seq for change in heard] == list(range(cursor + 1, cursor + 10))


def test_a_new_listener_is_not_told_old_news(ctx: Context, listen: Callable[..., Listener]) -> None:
    for _ in range(3):
        visit(ctx)
    with listen() as listener:
        desk.give_direction(ctx, desk.Direction(key="yön"))
        assert [change.kind for change in listener.until(Kind.VISIT_REGISTERED)] == [Kind.VISIT_REGISTERED]


def test_what_was_refused_is_never_heard(ctx: Context, listen: Callable[..., Listener]) -> None:
    with listen() as listener:
        with pytest.raises(UserError):
            desk.undo_visit(ctx, ctx.actor.site_id)  # no visit has this id
        with pytest.raises(UserError):
            visit(ctx, "vergi", unit_code="yok")
        visit(ctx)
        heard = listener.until(Kind.PRINT_CHANGED)
    assert [change.seq for change in heard] == [1, 2, 3, 4]


def test_a_window_of_another_process_hears_and_is_heard(
    ctx: Context, url: str, tmp_path: Path, listen: Callable[..., Listener]
) -> None:
    script = """
from desk.actions import desk, feed
from queue import Queue
office = open_office(Config(database=url, data_dir=Path(folder)), "kiosk", clock)
heard = Queue()
following = feed.follow(office, lambda news: [heard.put(change) for change in news])
print("listening", flush=True)
while (change := heard.get(timeout=30)).kind != "print.changed":
    print(change.seq, change.kind.value, flush=True)
following.stop()
desk.give_direction(office, desk.Direction(key="kiosk"))
office.db.close()
"""
    with listen() as listener, running(script, url, tmp_path) as other:
        assert line_of(other) == "listening"
        visit(ctx)
        assert [line_of(other) for _ in range(3)] == ["1 day.opened", "2 visit.registered", "3 ticket.issued"]
        listener.until(Kind.PRINT_CHANGED)
        (heard,) = listener.until(Kind.VISIT_REGISTERED)
        assert heard.terminal_id != ctx.actor.terminal_id


def test_what_happened_is_named_with_the_wake_up_where_the_database_can(
    ctx: Context, url: str, clock: SetClock, tmp_path: Path
) -> None:
    db = Database(url, clock)
    heard: queue.Queue[list[Change]] = queue.Queue()
    stirred: queue.Queue[frozenset[str]] = queue.Queue()
    following = feed.follow(Context(db, ctx.actor, tmp_path), heard.put, None, stirred.put)
    try:
        until = monotonic() + PATIENCE_SECONDS
        while stirred.empty() and monotonic() < until:  # it listens a moment after it was told to
            visit(ctx)
            heard.get(timeout=PATIENCE_SECONDS)
            if db.is_sqlite:
                break
        assert stirred.empty() if db.is_sqlite else {"visit.registered", "ticket.issued"} <= stirred.get()
    finally:
        following.stop()
        db.close()


def test_what_a_newer_program_did_does_not_deafen_an_older_window(
    ctx: Context, listen: Callable[..., Listener]
) -> None:
    """Desks are not updated in the same minute: a kind of change may come that this window has no word for."""
    with listen() as listener:
        with ctx.db.write() as session:
            changes.append(session.connection(), ctx.actor, ctx.now(), [("loan.begun", None)])  # type: ignore[list-item]
        visit(ctx)
        heard = listener.until(Kind.VISIT_REGISTERED)
    assert [change.kind for change in heard] == [Kind.OTHER, Kind.DAY_OPENED, Kind.VISIT_REGISTERED]


def test_a_listener_that_fails_once_hears_what_comes_next(
    ctx: Context, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    heard: queue.Queue[Change] = queue.Queue()
    fail, failed = iter([True]), threading.Event()

    def told(news: list[Change]) -> None:
        if next(fail, False):
            failed.set()
            raise RuntimeError("a slip of the pen")
        for change in news:
            heard.put(change)

    following = feed.follow(ctx, told)
    visit(ctx)
    assert failed.wait(PATIENCE_SECONDS)  # both visits in one go would leave nothing to be heard
    visit(ctx)
    while heard.get(timeout=PATIENCE_SECONDS).kind is not Kind.PRINT_CHANGED:
        pass
    following.stop()
    assert "a slip of the pen" in caplog.text

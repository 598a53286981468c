"""The change log and its wake-up.

Changes are appended in the transaction that made them, with a ``seq`` per site that has no gaps. A wake-up (NOTIFY
on PostgreSQL, a watcher on the ``-wal`` file for SQLite) only says "look"; the reader takes what is newer than its
cursor, so nothing is lost when a wake-up is.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from desk.actor import Actor
from desk.errors import DeskError
from desk.events import Change, Kind
from desk.models import known, summary
from desk.models.base import Key
from desk.models.engine import BUSY_SECONDS, CUT_CABLE, Database
from desk.models.numbers import next_numbers
from desk.models.prepared import Query, insertion, run
from desk.models.session import Session

log = logging.getLogger(__name__)

_CHANGE = summary.Change.__table__

DEBOUNCE_SECONDS = 0.015
"""A commit touches the -wal file several times; without a pause the reader is one write late."""

NET_SECONDS = 1.0
"""The poll that catches what a watcher missed (network drives, a lost NOTIFY connection)."""

WATCH_SECONDS = 1.0
"""After the start of a feed: until then a window reads its first data, and a look now and then suffices."""

UNTIL_WATCHED_SECONDS = 0.05
"""Between two such looks. Each asks only whether anybody has committed (``models.pulse``)."""

AGAIN_SECONDS = 0.02
"""After a wake-up of SQLite: a slow disk may still write what woke us, and when it is done nothing tells. So another
look is taken, then after twice as long each time, up to the poll."""

STOP_SECONDS = 0.2
"""How soon a thread that listens to PostgreSQL notices that it shall end."""

CHANNEL = "danisma_change"


def append(connection: Connection, actor: Actor, now: datetime, entries: Sequence[tuple[Kind, UUID | None]]) -> None:
    """Append changes at the end of a transaction (the series row stays locked until commit: last is shortest)."""
    if not entries:
        return
    raised = [("change", "", len(entries))]
    if any(kind is Kind.SETTINGS_CHANGED for kind, _ in entries):
        raised.append((known.SERIES, "", 1))
    last = next_numbers(connection, actor.site_id, raised)[0]
    base = {"site_id": actor.site_id, "at": now, "staff_id": actor.staff_id, "terminal_id": actor.terminal_id}
    first = last - len(entries) + 1
    rows = [
        base | {"seq": first + place, "kind": str(kind), "subject_id": subject}
        for place, (kind, subject) in enumerate(entries)
    ]
    insertion(_CHANGE).many(connection, rows)
    if connection.dialect.name == "postgresql":
        run(connection, f"NOTIFY {CHANNEL}, '{' '.join(sorted({str(kind) for kind, _ in entries}))}'")


def last_seq(session: Session, site_id: UUID) -> int:
    value: int | None = session.execute(select(func.max(_CHANGE.c.seq)).where(_CHANGE.c.site_id == site_id)).scalar()
    return value or 0


AT_ONCE = 1000
"""Changes read in one go."""


def since(session: Session, site_id: UUID, seq: int, limit: int = AT_ONCE) -> list[Change]:
    """Changes after ``seq``, oldest first, at most ``limit``."""
    rows = _SINCE.all(session.connection(), {"site": site_id, "seq": seq, "limit": limit})
    return [Change(r.site_id, r.seq, r.at, Kind(r.kind), r.subject_id, r.staff_id, r.terminal_id) for r in rows]


_SINCE = Query(
    select(_CHANGE)
    .where(_CHANGE.c.site_id == bindparam("site", type_=Key()), _CHANGE.c.seq > bindparam("seq"))
    .order_by(_CHANGE.c.seq)
    .limit(bindparam("limit"))
)


class Outage:
    """One line when the database goes away and one when it is back, however often it is tried in between."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._since: float | None = None

    def begins(self, error: Exception) -> None:
        if self._since is None:
            self._since = time.monotonic()
            log.warning("%s: the database is away: %s", self._what, str(error).split("\n")[0])

    def over(self) -> None:
        if self._since is not None:
            log.warning("%s: the database is back after %.0f s", self._what, time.monotonic() - self._since)
            self._since = None


class ChangeFeed:
    """A thread that hands every new change of a site to ``told`` (on that thread, oldest first).

    ``cursor`` continues where an earlier feed stopped; without it the feed begins with what comes next. ``stirred`` is
    told the kinds of what was just committed before anything of it is read, on another thread, where the database
    says them with its wake-up (PostgreSQL): whoever reads something of its own for them can begin at once.
    """

    def __init__(
        self,
        db: Database,
        site_id: UUID,
        told: Callable[[list[Change]], None],
        cursor: int | None = None,
        stirred: Callable[[frozenset[str]], None] | None = None,
    ) -> None:
        self._db = db
        self._site_id = site_id
        self._told = told
        self._stirred = stirred or (lambda _kinds: None)
        self._wake = threading.Event()
        self._soon = False
        self._taken: object | None = None  # the database's beat when the log was read to its end
        self._stopped = threading.Event()
        self._observer: Any = None
        self._outage = Outage("change feed")
        if cursor is None:
            with db.read() as session:
                cursor = last_seq(session, site_id)
        self.cursor = cursor
        self._threads = [threading.Thread(target=self._run, name="change-feed", daemon=True)]
        if not db.is_sqlite:
            self._threads.append(threading.Thread(target=self._listen, name="change-listen", daemon=True))

    def start(self) -> None:
        self._db.after_commit.append(self.wake)
        self._wake.set()  # what came after the cursor is told at once
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop within about a second; no more calls of ``told`` afterwards."""
        self._stopped.set()
        self._wake.set()
        if self.wake in self._db.after_commit:
            self._db.after_commit.remove(self.wake)
        for thread in self._threads:
            thread.join(timeout=2)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=2)

    def wake(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        pause = NET_SECONDS
        watch_at = time.monotonic() + WATCH_SECONDS if self._db.is_sqlite else float("inf")
        while not self._stopped.is_set():
            woken = self._wake.wait(pause)
            self._wake.clear()
            if self._soon:
                self._wake.wait(DEBOUNCE_SECONDS)  # a commit of this process ends it
                self._soon = False
            if time.monotonic() >= watch_at and not self._stopped.is_set():
                watch_at = float("inf")
                self._watch_safely()
            most = NET_SECONDS if watch_at == float("inf") else UNTIL_WATCHED_SECONDS
            pause = AGAIN_SECONDS if woken and self._db.is_sqlite else min(most, 2 * pause)
            try:
                beat = self._db.beat()
                if beat is None or beat != self._taken:
                    self._take()
                    self._taken = beat
                self._outage.over()
            except DeskError as error:
                # The database is away: the net poll tries again, and screens learn it from their own reads.
                self._outage.begins(error)
            except Exception:
                log.exception("change feed: unexpected")  # a window that hears no more would go unnoticed

    def _take(self) -> None:
        while not self._stopped.is_set():
            with self._db.read() as session:
                changes = since(session, self._site_id, self.cursor)
            if changes:
                self.cursor = changes[-1].seq
                self._told(changes)
            if len(changes) < AT_ONCE:
                return  # what came meanwhile wakes us again

    def _watch_safely(self) -> None:
        try:
            self._watch()
        except Exception:
            log.exception("change feed: the database's folder cannot be watched; it is looked at every second")

    def _watch(self) -> None:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler
        from watchdog.observers import Observer

        path = self._db.path
        assert path is not None
        wal = f"{path.name}-wal"
        feed = self

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type == "modified" and str(event.src_path).endswith(wal):
                    feed._wake_soon()

        self._observer = Observer()
        self._observer.schedule(Handler(), str(path.parent))
        self._observer.start()

    def _wake_soon(self) -> None:
        if not self._soon:  # else a look is on its way and will see this write too
            self._soon = True
            self._wake.set()

    def _listen(self) -> None:
        import psycopg

        outage = Outage("change feed: connection that listens")
        url = self._db.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopped.is_set():
            try:
                with psycopg.connect(url, autocommit=True, connect_timeout=BUSY_SECONDS, **CUT_CABLE) as connection:
                    outage.over()
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.wake()
                    while not self._stopped.is_set():
                        for note in connection.notifies(timeout=STOP_SECONDS):
                            self._stirred(frozenset(note.payload.split()))
                            self.wake()
            except psycopg.Error as error:
                outage.begins(error)
                self._stopped.wait(NET_SECONDS)

"""What every action and read is given: the database, who acts, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from desk.actor import Actor, Right, Scope
from desk.models import work as works
from desk.models.engine import Database
from desk.models.session import Session
from desk.values import dataclass

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Context:
    """One person at one terminal. Screens hold it, hand it to actions, and read through it."""

    db: Database
    actor: Actor
    data_dir: Path

    def read(self, function: Callable[Concatenate[Session, Scope, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a read with a session and the scope of this moment: ``ctx.read(reads.live_board)``."""
        with self.db.read() as session:
            return function(session, works.scope(session, self.actor.site_id, self.db.now()), *args, **kwargs)

    @contextmanager
    def work(
        self,
        right: Right,
        *,
        seen: works.Standing | None = None,
        connection: Connection | None = None,
        confirmed: date | None = None,
    ) -> Iterator[works.Work]:
        """Open the one transaction of an action; what else is given goes to ``models.work.work``.

        The first of a day ends what an earlier day left open. That is a transaction before its own: it stays done
        when the action is refused, as it must be on a number of yesterday.
        """
        with works.work(self.db, self.actor, right, seen=seen, connection=connection, confirmed=confirmed) as work:
            gone: list[tuple[str, str]] = []
            if not (work.opened and _begin_day(work, gone)):
                yield work
                return
        if gone:
            from desk.registry import files  # on use, as below: a window stands before a quarter of the modules is read

            files.forget(self.read(files.shared, self.data_dir), gone)
        with works.work(self.db, self.actor, right, connection=connection) as work:
            yield work

    def as_staff(self, staff_id: UUID) -> Context:
        """The same terminal with somebody else working there."""
        return replace(self, actor=replace(self.actor, staff_id=staff_id))

    def now(self) -> datetime:
        """The moment, by the one clock (UTC)."""
        return self.db.now()


def _begin_day(work: works.Work, gone: list[tuple[str, str]]) -> bool:
    """What the first work of a morning does before its own: ends what is open, erases whose time has come.

    ``gone`` takes the files that no record points at any more: they are deleted when this is in the database.
    """
    from desk.queue import closing
    from desk.registry import erasure, visitor_cards

    erased = erasure.erase_due(work)
    gone += erased.contents
    left = visitor_cards.end_day(work, earlier=True)
    return closing.begin_day(work) or erased.persons > 0 or left > 0

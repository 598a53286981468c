"""Whose a printer is: a lease with a heartbeat, and two rows of the table that mean one device.

A process that died is known by its number on this machine; its lease need not run out. A device that a living process
holds under another row prints our papers there.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from desk.actor import Actor
from desk.errors import UserError
from desk.models.engine import Database
from desk.models.session import Session
from desk.printing import ledger, pool

RENEW_SECONDS = 7.5
"""Half a lease: what a writer may wait for another one (engine.BUSY_SECONDS) is left when it is renewed."""

_LONG_SECONDS = ledger.LEASE.total_seconds() - RENEW_SECONDS  # what is left of a lease just before it is renewed


class Hold:
    """One process's claim on one printer. For the thread that works there."""

    def __init__(self, db: Database, actor: Actor, printer_id: UUID, on_change: Callable[[], None]) -> None:
        self._db = db
        self._actor = actor
        self._printer_id = printer_id
        self._on_change = on_change
        self._host = socket.gethostname()
        self._owner = f"{self._host}:{os.getpid()}:{secrets.token_hex(4)}"
        self._renew_at = 0.0
        self._held = False

    @property
    def owner(self) -> str:
        """How the table names this process."""
        return self._owner

    def keep(self, seconds: float = 0.0, *, seen: bool = False) -> bool:
        """Whether the printer is ours; for a slip that takes ``seconds``, until that one is through. Raises Fault.

        ``seen``: its state is known here, which another row of the same device shall have, too.
        """
        longer = timedelta(seconds=seconds) if seconds > _LONG_SECONDS else timedelta()
        if self._held and not longer and time.monotonic() < self._renew_at:
            return True
        if not self._held and not self._is_free(seen):
            return False
        with self._db.read() as session:
            other = ledger.owner_of(session, self._printer_id)
        gone = other if _is_dead(other) else ""
        with ledger.entry(self._db, self._actor) as entry:
            twin = None if self._held else self._twin(entry.session, lock=True)
            self._held = twin is None and ledger.lease(entry, self._printer_id, self._owner, gone=gone, longer=longer)
        self._renew_at = time.monotonic() + RENEW_SECONDS
        return self._held

    def _is_free(self, seen: bool) -> bool:
        """Looks before it writes, twice a second."""
        with self._db.read() as session:
            owner, until = ledger.holding(session, self._printer_id)
            twin = self._twin(session)
            waits = twin is not None and ledger.post(session, self._printer_id).waiting_since is not None
        if twin is not None and (waits or seen):
            with ledger.entry(self._db, self._actor) as entry:
                pool.hand_over(entry, self._printer_id, twin)
            self._on_change()
        living = until is not None and until >= self._db.now() and not _is_dead(owner)
        return twin is None and (owner in ("", self._owner) or not living)

    def _twin(self, session: Session, *, lock: bool = False) -> UUID | None:
        """The row under which a living process holds this very device."""
        address = ledger.post(session, self._printer_id).address
        try:
            return pool.holder(session, self._db.now(), self._printer_id, address, self._host, lock=lock)
        except UserError:  # the address is wrong: opening it says so
            return None

    def give_up(self) -> None:
        """The next process need not wait for the lease to run out. Raises Fault."""
        if self._held:
            with ledger.entry(self._db, self._actor) as entry:
                ledger.release(entry, self._printer_id, self._owner)
            self._held = False


def _is_dead(owner: str) -> bool:
    """Whether the lease's owner was a process of this machine that is gone (a crash, a power cut)."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if os.name != "posix" or host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False  # alive, and somebody else's
    return False

"""A PostgreSQL connection that does not wait for ever.

libpq has no time-out of its own for an answer, and ``tcp_user_timeout`` does not help with a server that is frozen:
its kernel goes on acknowledging. So each wait is counted here. When nothing has come for a while, the server is
asked over a new connection whether it lives; a living one may take its time over a long report, a frozen one is
given up and the press ends with a sentence.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import psycopg

SILENT_SECONDS = 6.0
"""Without one byte from the server for so long, it is asked whether it is there at all."""

PROBE_SECONDS = 3
"""How long it may take to say so (the driver takes nothing under two)."""

LONGEST_SECONDS = 300.0
"""No statement of this program takes longer."""

SILENT = "the server does not answer"


class PatientConnection(psycopg.Connection[Any]):
    """Raises ``psycopg.OperationalError`` (and is closed) when the server has fallen silent."""

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        return super().wait(self._counted(gen), *args, **kwargs)

    def _counted(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        begun = heard = time.monotonic()
        try:
            state = next(gen)
        except StopIteration as end:
            return end.value
        while True:
            ready = yield state
            now = time.monotonic()
            if ready:
                heard = now
            elif now - heard > SILENT_SECONDS:
                if now - begun > LONGEST_SECONDS or not self._answers():
                    self.close()
                    raise psycopg.OperationalError(SILENT)
                heard = time.monotonic()
            try:
                state = gen.send(ready)
            except StopIteration as end:
                return end.value

    def _answers(self) -> bool:
        """Whether the server lets somebody in now."""
        try:
            psycopg.connect(self.info.dsn, password=self.info.password, connect_timeout=PROBE_SECONDS).close()
        except psycopg.Error:
            return False
        return True

"""Small work beside the presses: what somebody would else have to wait for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from desk.errors import DeskError

log = logging.getLogger(__name__)


class Beside:
    """One thread at a time; asked while it is busy, it does nothing: whoever asks comes again."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def do(self, work: Callable[[], object]) -> None:
        """``work`` must be such that it may fail: what it did not read is read by whoever needs it."""
        with self._guard:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, args=(work,), name="beside", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except DeskError as error:  # the database is away: the presses say so
            log.info("beside: %s", error)
        except Exception:
            log.exception("beside: unexpected")

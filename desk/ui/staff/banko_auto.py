"""The count-down to a call that a counter makes by itself after "Bitir"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta


class AutoCall:
    """``start(seconds)``; whoever asks each second learns what is left and when it is due. By the office's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._at: datetime | None = None

    @property
    def running(self) -> bool:
        return self._at is not None

    def start(self, seconds: int) -> None:
        self._at = self._now() + timedelta(seconds=seconds)

    def stop(self) -> None:
        self._at = None

    def left(self) -> int | None:
        """Whole seconds until the call, None when none is coming."""
        return None if self._at is None else max(0, -int((self._now() - self._at).total_seconds() // 1))

    def due(self) -> bool:
        return self._at is not None and self._now() >= self._at

"""What a process keeps of a site's settings between two presses, and how it learns that they were changed.

Every change of settings is noted in the change log; in the same transaction the log raises the series "settings".
Whoever keeps something asks for that number (``version()``, a part of a statement it sends anyway) and reads anew
when it is another one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from desk.models.ticket import NumberSeries

T = TypeVar("T")

SERIES = "settings"

_SERIES = NumberSeries.__table__


def version(site_id: Any) -> ScalarSelect[int]:
    """How often the settings of a site were changed; ``site_id`` is a column or a bound value."""
    found = select(_SERIES.c.last).where(
        _SERIES.c.site_id == site_id, _SERIES.c.series == SERIES, _SERIES.c.period == ""
    )
    return select(func.coalesce(found.scalar_subquery(), 0)).scalar_subquery()


class Known:
    """Values read once per version. One for each open database; used from many threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[UUID, Hashable], tuple[Hashable, Any]] = {}
        self._lock = threading.Lock()

    def get(self, site_id: UUID, name: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """What was kept under ``name`` at this version, else what ``make`` reads now."""
        kept = self._kept.get((site_id, name))
        if kept is not None and kept[0] == version:
            found: T = kept[1]
            return found
        made = make()
        with self._lock:
            self._kept[site_id, name] = version, made
        return made

    def forget(self) -> None:
        """Read everything anew: for tests that write settings past the change log."""
        with self._lock:
            self._kept.clear()

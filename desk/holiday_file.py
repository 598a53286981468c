"""The public holidays of a year as they were reckoned last time, in a file of the cache.

The library that knows them takes 60 ms to read, at every start of every window; the file takes half of one. It belongs
to one installation of the library: after an update of it the days are reckoned anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib.util import find_spec

from desk.config import cache_dir
from desk.errors import Fault
from desk.files import write_whole

Named = dict[date, str]


def named(year: int, category: str, reckon: Callable[[], Named]) -> Named:
    """Days and names from the file, else by ``reckon``, which the file keeps for the next start."""
    stamp = _stamp()
    if stamp is None:
        return reckon()
    path = cache_dir() / f"holidays-{year}-{category}.json"
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):  # none yet, or half of one
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["of"] == stamp:
            return {date.fromisoformat(day): str(name) for day, name in kept["days"].items()}
    found = reckon()
    text = json.dumps({"of": stamp, "days": {day.isoformat(): name for day, name in found.items()}})
    with suppress(OSError, Fault):  # a cache that cannot be written costs time, nothing else
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    return found


def _stamp() -> list[object] | None:
    """Which installation of the library this is; None where there is no file to tell it by."""
    found = find_spec("holidays")
    try:
        state = os.stat(found.origin) if found is not None and found.origin else None  # noqa: PTH116
    except OSError:
        return None
    return [str(found.origin), state.st_mtime_ns, state.st_size] if found is not None and state is not None else None

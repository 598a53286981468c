"""The ORM, read whole or not at all. Whoever needs something of it takes it from here, never from SQLAlchemy itself.

WORKAROUND: SQLAlchemy keeps one list of what it can inspect. While the ORM is read (a tenth of a second, beside the
first work of a window) it puts functions into that list which fail until its last module is there; every statement
that compares with an enumeration asks the list, in whatever thread it is made. So what the reading thread adds is seen
by that thread alone until all has been read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from sqlalchemy import inspection


class _Apart(dict[Any, Any]):
    """What the thread that made it adds is seen by that thread alone."""

    def __init__(self, known: dict[Any, Any]) -> None:
        super().__init__(known)
        self.added: dict[Any, Any] = {}
        self._reader = get_ident()

    def _reads(self) -> bool:
        return get_ident() == self._reader

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (self._reads() and key in self.added)

    def __getitem__(self, key: Any) -> Any:
        return self.added[key] if self._reads() and key in self.added else super().__getitem__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._reads():
            self.added[key] = value
        else:
            super().__setitem__(key, value)


@contextmanager
def _read_apart() -> Iterator[None]:
    known = inspection._registrars
    apart = inspection._registrars = _Apart(known)
    try:
        yield
    finally:
        known.update(apart)  # what others added meanwhile
        known.update(apart.added)
        inspection._registrars = known


with _read_apart():
    from sqlalchemy.orm import Session as Session
    from sqlalchemy.orm import aliased as aliased
    from sqlalchemy.orm import registry as registry

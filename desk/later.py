"""What others ask for while they are read and seldom use: modules and long patterns, made when they are used."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any


def later(name: str, **known: Any) -> None:
    """``import name`` costs nothing from now on, until something of it is asked for that is not ``known`` here. What is
    read already stays."""
    if name in sys.modules:
        return
    stands = sys.modules[name] = _Later(name)
    vars(stands).update(known)
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(import_module(parent), own, stands)


class _Later(ModuleType):
    """Stands for a module; whoever holds it is handed on to the real one."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]  # then the real one is found
        return getattr(import_module(self.__name__), name)


LONG = 5000
"""Signs of a pattern from which ``patterns_later`` keeps it back."""


@contextmanager
def patterns_later() -> Iterator[None]:
    """``re.compile`` of a long pattern costs nothing within this block, until the pattern is used."""
    compiled = re.compile

    def later_when_long(pattern: Any, flags: Any = 0) -> Any:
        is_long = isinstance(pattern, str) and len(pattern) > LONG
        return _LaterPattern(lambda: compiled(pattern, flags)) if is_long else compiled(pattern, flags)

    re.compile = later_when_long
    try:
        yield
    finally:
        re.compile = compiled


class _LaterPattern:
    """Stands for a pattern; its methods, too, may be taken before it is used."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return lambda *given, **named: getattr(self._made, name)(*given, **named)
